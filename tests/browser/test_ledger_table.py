"""The ledger as a table of one screen: searched, filtered, sorted; each entry keeps its address."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import violations

Open = Callable[..., Page]
pytestmark = pytest.mark.browser


def test_the_ledger_is_searched_filtered_and_sorted(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/ledger.html")
    rows = page.locator(".ledger-table tbody tr")
    expect(rows).to_have_count(5)
    page.get_by_role("searchbox", name="Search the ledger").fill("growth")
    expect(page.get_by_role("status")).to_have_text("1 of 5 entries")
    page.get_by_role("searchbox", name="Search the ledger").fill("")
    for name, option, left in (
        ("Kind", "Assumed", 1), ("Finding", "with a finding", 1), ("Chapter", "1 Market & more", 1),
    ):  # fmt: skip
        page.get_by_role("combobox", name=name).select_option(option)
        expect(rows).to_have_count(left)
        page.get_by_role("combobox", name=name).select_option("")
    page.get_by_role("button", name="Value").click()
    expect(rows.last).to_contain_text("market.2024")
    page.get_by_role("button", name="Value").click()
    expect(rows.first).to_contain_text("market.2024")
    rows.first.get_by_role("button").click()
    expect(page.get_by_role("dialog", name="Market size, 2024")).to_be_visible()
    assert violations(page) == []


def test_each_entry_keeps_its_address(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/ledger.html#market.multiple")
    expect(page.locator("[id='market.multiple']")).to_be_in_viewport()
    expect(page.get_by_role("dialog", name="Growth multiple")).to_be_visible()


def test_the_table_is_printed_whole_its_head_on_each_sheet(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/ledger.html")
    expect(page.locator(".ledger-table")).to_be_visible()
    rows = page.locator(".ledger-table tbody")
    rows.evaluate("body => body.append(...Array(20).fill(body.rows[0]).map(row => row.cloneNode(true)))")
    sheets = pypdf.PdfReader(io.BytesIO(page.pdf(width="20cm", height="10cm"))).pages
    texts = [sheet.extract_text() for sheet in sheets]
    with_rows = [text for text in texts if "market.2024" in text]
    assert len(with_rows) > 1 and all("What it is" in text for text in with_rows)
    said = "\n".join(texts)
    assert [said.count(name) for name in ("market.2024", "market.multiple", "Search the")] == [21, 1, 0]


def test_without_a_script_all_entries_are_there(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/ledger.html", java_script_enabled=False)
    expect(page.locator("[data-entry]")).to_have_count(5)
    expect(page.get_by_text("between 7.39 and 7.73").first).to_be_visible()
