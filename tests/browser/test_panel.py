"""A number's panel: a click or the keyboard opens what the ledger says of it, without leaving the page."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

Open = Callable[..., Page]
pytestmark = pytest.mark.browser
MARKET = "chapters/market.html"


def focused(page: Page) -> str:
    """The id of the element that has the keyboard."""
    return str(page.evaluate("document.activeElement.id"))


def test_a_click_on_a_number_says_value_precision_formula_and_source(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.get_by_role("link", name="$2.5 billion").first.click()
    panel = page.get_by_role("dialog", name="Market size, 2024")
    for said in ("$2.5 billion", "between 2,450,000,000 and 2,550,000,000", "Frost", "data/market.csv"):
        expect(panel).to_contain_text(said)
    panel.get_by_role("button", name="Close").click()
    expect(panel).to_be_hidden()
    page.get_by_role("link", name="7.6-fold").click()
    panel = page.get_by_role("dialog", name="Growth multiple")
    expect(panel).to_contain_text("market.2030 ÷ market.2024 = 7.56")
    expect(panel).to_contain_text("between 7.39 and 7.73")
    assert page.url == f"{address}/{MARKET}"


def test_escape_closes_it_and_the_keyboard_is_where_it_was(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.get_by_role("link", name="7.6-fold").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert focused(page) == "use-market.multiple-1"
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()


def test_a_click_beside_it_closes_it(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.get_by_role("link", name="7.6-fold").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.mouse.click(5, 5)
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_the_keyboard_alone_reaches_reads_and_leaves_it(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    for _ in range(6):
        page.keyboard.press("Tab")
        if focused(page) == "use-market.2024-1":
            break
    assert focused(page) == "use-market.2024-1"
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel.get_by_role("button", name="Close")).to_be_focused()
    inside = "document.querySelector('dialog').contains(document.activeElement)"
    inside += " || document.activeElement === document.body"  # the browser's own controls
    for _ in range(12):  # the page behind an open panel cannot be reached
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    panel.get_by_role("button", name="Close").focus()
    page.keyboard.press("Space")
    expect(panel).to_be_hidden()
    assert focused(page) == "use-market.2024-1"


def test_the_panel_leads_on_to_the_ledger_the_source_and_the_findings(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.get_by_role("link", name="$2.5 billion").first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    links = {link.inner_text(): link.get_attribute("href") for link in panel.get_by_role("link").all()}
    assert links["Open in the ledger"] == f"{address}/ledger.html#market.2024"
    assert links["growth-gap"] == f"{address}/findings.html#growth-gap"
    assert links["2024"] == f"{address}/references.html#ref-frost2024"
    assert links["$2.5 billion"] == f"{address}/{MARKET}#use-market.2024-1"
    panel.get_by_role("link", name="Open in the ledger").click()
    expect(page.locator("[id='market.2024']")).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_url(f"{address}/{MARKET}")


def test_a_link_back_to_the_same_page_closes_the_panel(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.get_by_role("link", name="7.6-fold").click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("link", name="market.2024", exact=True).click()
    expect(page).to_have_url(re.compile(r"ledger\.html#market\.2024$"))
    page.get_by_role("link", name="$2.5 billion").first.click()
    expect(page).to_have_url(re.compile(r"market\.html#use-market\.2024-1$"))
    page.get_by_role("link", name="$2.5 billion").first.click()
    page.get_by_role("dialog").get_by_role("link", name="$2.5 billion").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_a_click_that_asks_for_a_new_tab_gets_it(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="7.6-fold").click(modifiers=["Control"])
    expect(opened.value).to_have_url(f"{address}/ledger.html#market.multiple")
    assert not page.get_by_role("dialog").count()


def test_it_opens_from_a_disk_too(open_page: Open, small_site: Path) -> None:
    page = open_page((small_site / MARKET).as_uri())
    page.get_by_role("link", name="7.6-fold").click()
    expect(page.get_by_role("dialog")).to_contain_text("between 7.39 and 7.73")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Explore this chart").click()
    expect(page.locator(".chart svg")).to_be_visible()


def test_without_a_script_the_number_leads_to_its_entry(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", java_script_enabled=False)
    page.get_by_role("link", name="7.6-fold").click()
    expect(page).to_have_url(f"{address}/ledger.html#market.multiple")
    expect(page.locator("[id='market.multiple']")).to_be_in_viewport()


def test_where_the_ledgers_script_is_lost_the_number_leads_to_its_entry(
    browser: Browser, address: str
) -> None:
    page = browser.new_page()
    page.route("**/ledger.js", lambda route: route.abort())
    page.goto(f"{address}/{MARKET}")
    page.get_by_role("link", name="7.6-fold").click()
    expect(page).to_have_url(f"{address}/ledger.html#market.multiple")
    page.close()
