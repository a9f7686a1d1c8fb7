"""Charts: a picture for everyone, an interactive chart on request, whose points name their ledger entries."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from tieout.authoring import chart
from tieout.project import extension

Open = Callable[..., Page]
pytestmark = pytest.mark.browser
MARKET = "chapters/market.html"
CLEAR, WHITE = "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"
ALT = "Three bars, the last the highest."


def explore(page: Page) -> None:
    """Ask for the interactive chart and wait until it stands."""
    page.get_by_role("button", name="Explore this chart").click()
    expect(page.locator(".chart[data-figure] svg")).to_be_visible()


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
    expect(page.locator(".chart-drawn")).to_be_visible()
    before = place(page, ".chart-drawn")
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


def test_a_chart_is_drawn_into_the_page_in_its_font(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    expect(page.get_by_role("img", name=ALT)).to_have_count(1)
    label = page.locator(".chart-drawn svg text").first
    expect(label).to_have_css("font-family", re.compile("Tieout Sans"))


def test_a_chart_in_our_colours_has_those_of_the_page(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    drawn = page.locator(".chart-drawn")
    expect(drawn).to_have_css("background-color", WHITE)  # its colours are its own
    colours = """each => {
        each.classList.remove("chart-plain");
        each.querySelector("text").setAttribute("fill", "#1f2a37");
        return [getComputedStyle(each).backgroundColor, getComputedStyle(each.querySelector("text")).fill];
    }"""
    assert drawn.evaluate(colours) == [CLEAR, "rgb(31, 42, 55)"]
    page.emulate_media(color_scheme="dark")
    assert drawn.evaluate(colours) == [CLEAR, "rgb(230, 232, 236)"]


def test_every_colour_of_our_charts_has_a_form_for_dark_pages() -> None:
    script = (extension() / "charts.js").read_text(encoding="utf-8")
    style = (extension() / "ties.css").read_text(encoding="utf-8")
    tones = re.findall(r"#[0-9a-f]{6}", script)
    assert {chart.INK, chart.QUIET, chart.FAINT, chart.PAPER, *chart.PALETTE} <= set(tones)
    for tone in tones:
        for name in ("fill", "stroke"):
            assert f'.chart [{name}="{tone}"] {{ {name}: light-dark({tone}, #' in style


def test_marks_open_the_panel_by_keyboard(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    explore(page)
    marks = page.locator(".chart [role='button']")
    expect(marks).to_have_count(3)
    assert [mark.get_attribute("tabindex") for mark in marks.all()] == ["0", "-1", "-1"]
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    expect(marks.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
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
