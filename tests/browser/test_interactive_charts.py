"""Charts: a picture for everyone, an interactive chart on request, whose points name their ledger entries."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

Open = Callable[..., Page]
pytestmark = pytest.mark.browser
MARKET = "chapters/market.html"
ALT = "Three bars, the last the highest."


def explore(page: Page) -> None:
    """Ask for the interactive chart and wait until it stands."""
    page.get_by_role("button", name="Explore this chart").click()
    expect(page.locator(".chart svg")).to_be_visible()


def place(page: Page, selector: str) -> list[float]:
    """Where something stands on the page: left, top, width, height."""
    script = "box => [box.x + scrollX, box.y + scrollY, box.width, box.height]"
    measured = page.locator(selector).evaluate(f"element => ({script})(element.getBoundingClientRect())")
    return [float(side) for side in measured]


def test_the_picture_stands_before_any_script(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", java_script_enabled=False)
    picture = page.get_by_role("img", name=ALT)
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.complete && image.naturalWidth > 100")
    assert page.get_by_role("button").count() == 0


def test_a_chart_is_explored_where_its_picture_stood(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    before = place(page, "img[data-chart]")
    explore(page)
    after = place(page, ".chart")
    assert all(abs(one - other) < 8 for one, other in zip(before, after, strict=True))
    expect(page.locator("img[data-chart]")).to_be_hidden()
    expect(page.locator(".chart[role='graphics-document']")).to_have_attribute("aria-label", ALT)
    expect(page.get_by_role("button", name="Explore this chart")).to_have_count(0)
    expect(page.locator("figure:has(.chart) > figcaption")).to_contain_text("Figure 1.1")


def test_a_tooltip_names_the_ledger_entry(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    explore(page)
    bars = page.locator(".chart .mark-rect path")
    expect(bars).to_have_count(3)
    for bar, year in zip(bars.all(), ("2020", "2024", "2030"), strict=True):
        bar.hover()
        expect(page.locator("#vg-tooltip-element")).to_contain_text(f"market.{year}")


def test_a_mark_opens_the_panel_of_its_number(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    explore(page)
    page.locator(".chart .mark-rect path").nth(1).click()
    expect(page.get_by_role("dialog", name="Market size, 2024")).to_be_visible()


def test_vega_is_fetched_by_those_who_ask_for_it_only(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert not [url for url in asked if "vega" in url or "ledger.js" in url]
    explore(page)
    assert any(url.endswith("/site_libs/vega.js") for url in asked)


def test_where_vega_is_lost_the_picture_stays(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/vega.js", lambda route: route.abort())
    page.goto(f"{address}/{MARKET}")
    page.get_by_role("button", name="Explore this chart").click()
    expect(page.get_by_role("button", name="Explore this chart")).to_have_count(0)
    expect(page.get_by_role("img", name=ALT)).to_be_visible()
    page.close()
