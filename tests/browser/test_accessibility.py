"""Accessibility: axe-core on every kind of page, light and dark, with panel, chart and tabs in use."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import violations
from tests.support.depth import DEEP

Open = Callable[..., Page]
pytestmark = pytest.mark.browser
MARKET = "chapters/market.html"
PAGES = ["index.html", MARKET, "wide.html", "references.html", "findings.html", "ledger.html"]
DIALOG = "[role='dialog'], dialog"
FAINT = "@media (prefers-color-scheme: %s) { article p { color: %s !important } }"


def test_the_dark_scheme_changes_colours_and_nothing_else(small_site: Path) -> None:
    """So that what is no matter of colour needs to be asked once."""
    for sheet in small_site.glob("site_libs/*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "prefers-color-scheme" not in text, sheet.name
        for line in text.splitlines():
            if "light-dark(" in line:
                assert re.search(
                    r"^ *((--[a-z-]+|\.chart .*(fill|stroke)): light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\);"
                    r"|linear-gradient)",
                    line,
                )


@pytest.mark.parametrize(("scheme", "faint"), [("light", "#ccc"), ("dark", "#333")])
def test_what_is_too_faint_in_either_scheme_is_found(
    open_page: Open, address: str, scheme: str, faint: str
) -> None:
    page = open_page(f"{address}/index.html")
    page.evaluate(
        "rule => { const sheet = document.styleSheets[0]; sheet.insertRule(rule, sheet.cssRules.length) }",
        FAINT % (scheme, faint),
    )
    assert [each.split()[0] for each in violations(page)] == ["color-contrast"]


@pytest.mark.parametrize("href", PAGES)
def test_axe_finds_nothing_on_any_page(open_page: Open, address: str, href: str) -> None:
    assert violations(open_page(f"{address}/{href}")) == []


def test_axe_finds_nothing_on_a_phone(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", viewport={"width": 360, "height": 740})
    assert violations(page) == []
    page.get_by_text("Contents").click()
    assert violations(page, "nav") == []


@pytest.mark.deep
@pytest.mark.parametrize("width", [320, 1280, *([768, 1440] if DEEP else [])])
def test_axe_finds_nothing_with_panel_search_and_sources_open(
    open_page: Open, address: str, width: int
) -> None:
    page = open_page(f"{address}/{MARKET}", viewport={"width": width, "height": 900})
    page.get_by_role("button", name="Show sources").click()
    page.get_by_role("link", name="7.6-fold").click()
    panel = page.get_by_role("dialog")
    for details in panel.locator("summary").all():
        details.click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("link", name="$2.5 billion").first.click()
    expect(panel).to_contain_text("Two rates differ")
    assert violations(page, DIALOG) == []
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("market")
    expect(page.get_by_role("dialog", name="Search").get_by_role("link").first).to_be_visible()
    assert violations(page, DIALOG) == []


def test_axe_finds_nothing_with_everything_opened(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.locator("summary.callout-title").click()
    page.get_by_role("tab", name="Right").click()
    page.locator(".chart-drawn").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator(".chart [role='button']").first).to_be_focused()
    assert violations(page) == []
