"""A number's panel by mouse, touch and keyboard, for every kind of entry that there is."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

Open = Callable[..., Page]
pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


def kind(entry: dict[str, Any]) -> tuple[Any, ...]:
    """What decides on how a panel looks."""
    named = entry["unit"] == "text"
    return entry["kind"], entry["qualifier"], named, bool(entry["findings"]), bool(entry["formula"])


def one_of_each(ledger: Path) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """Return a use of an entry of each kind, by the page that it stands on."""
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    seen = set()
    for entry in json.loads(ledger.read_text(encoding="utf-8"))["entries"]:
        for use in entry["used"]:
            if use["anchor"] and use["anchor"] != "use-market.2024-9" and kind(entry) not in seen:
                seen.add(kind(entry))
                found.setdefault(use["page"], []).append((use["anchor"], entry))
    return found


def by_mouse(page: Page, tie: Locator) -> None:
    tie.click()


def by_touch(page: Page, tie: Locator) -> None:
    tie.tap()


def by_keyboard(page: Page, tie: Locator) -> None:
    tie.focus()
    page.keyboard.press("Enter")


Opens = Callable[[Page, Locator], None]
AT_A_DESK, IN_A_HAND = (by_mouse, by_keyboard), (by_touch,)


def opened(page: Page, address: str, site: Path, ways: Sequence[Opens]) -> Iterator[str]:
    """Open and close the panel of an entry of each kind in each way; give the kinds."""
    for href, uses in one_of_each(site / "ledger.json").items():
        page.goto(f"{address}/{href}")
        for (anchor, entry), opens in product(uses, ways):
            tie = page.locator(f"[id='{anchor}']")
            opens(page, tie)
            panel = page.get_by_role("dialog", name=entry["label"], exact=True)
            expect(panel).to_be_visible()
            expect(panel.locator(".tie-value")).to_contain_text(entry["display"])
            for told in ("formula", "code", "origin"):
                assert flat(entry.get(told) or "") in flat(panel.text_content() or ""), (entry["id"], told)
            if opens is by_touch:
                panel.get_by_role("button", name="Close").tap()
            else:
                page.keyboard.press("Escape")
            expect(panel).to_be_hidden()
            if opens is by_keyboard:
                assert page.evaluate("document.activeElement.id") == anchor
            yield entry["kind"]


def flat(said: str) -> str:
    """Return a text without spaces, capitals and what the panel shows by raising."""
    return re.sub(r"[\s^()]", "", said).casefold()


@pytest.mark.parametrize("ways", [AT_A_DESK, IN_A_HAND])
def test_the_panel_of_every_kind_of_entry_of_the_report(
    open_page: Open, report_address: str, built: Path, ways: Sequence[Opens]
) -> None:
    window = {"viewport": PHONE, "has_touch": True} if ways is IN_A_HAND else {}
    page = open_page("about:blank", **window)
    kinds = list(opened(page, report_address, built / "_site", ways))
    assert set(kinds) == {"stated", "derived", "assumed"}
    assert len(kinds) >= 18 * len(ways)


@pytest.mark.parametrize("ways", [AT_A_DESK, IN_A_HAND])
def test_the_panel_of_a_computed_entry(
    open_page: Open, address: str, small_site: Path, ways: Sequence[Opens]
) -> None:
    window = {"viewport": PHONE, "has_touch": True} if ways is IN_A_HAND else {}
    page = open_page("about:blank", **window)
    assert "computed" in set(opened(page, address, small_site, ways))
