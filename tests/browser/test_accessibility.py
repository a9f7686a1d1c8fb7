"""Accessibility: axe-core on every kind of page, light and dark, with panel, chart and tabs in use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

Open = Callable[..., Page]
pytestmark = pytest.mark.browser
MARKET = "chapters/market.html"
PAGES = ["index.html", MARKET, "wide.html", "references.html", "findings.html", "ledger.html"]
SCHEMES = ["light", "dark"]


def violations(page: Page) -> list[str]:
    """What axe-core finds, a line each; best practices count too."""
    found = Axe().run(page).response["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:160]}" for rule in found for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("href", PAGES)
def test_axe_finds_nothing_on_any_page(open_page: Open, address: str, href: str, scheme: str) -> None:
    page = open_page(f"{address}/{href}", color_scheme=scheme)
    assert violations(page) == []


def test_axe_finds_nothing_on_a_phone(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", viewport={"width": 360, "height": 740})
    assert violations(page) == []
    page.get_by_text("Contents").click()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_an_open_panel(open_page: Open, address: str, scheme: str) -> None:
    page = open_page(f"{address}/{MARKET}", color_scheme=scheme)
    page.get_by_role("link", name="$2.5 billion").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_with_everything_opened(open_page: Open, address: str, scheme: str) -> None:
    page = open_page(f"{address}/{MARKET}", color_scheme=scheme)
    page.locator("summary.callout-title").click()
    page.get_by_role("tab", name="Right").click()
    page.get_by_role("button", name="Explore this chart").click()
    expect(page.locator(".chart svg")).to_be_visible()
    assert violations(page) == []
