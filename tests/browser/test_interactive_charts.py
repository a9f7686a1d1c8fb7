"""Charts: a picture for everyone, drawn into the page where scripts run, whose marks open their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import rest
from tieout.authoring import chart
from tieout.project import extension

Open = Callable[..., Page]
pytestmark = pytest.mark.browser
MARKET = "chapters/market.html"
CLEAR, WHITE = "rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"
ALT = "Three bars, the last the highest."


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


def test_a_chart_is_drawn_where_its_picture_stood(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", java_script_enabled=False)
    before = place(page, "figure img[data-chart]")
    page = open_page(f"{address}/{MARKET}")
    expect(page.locator(".chart-drawn")).to_be_visible()
    after = place(page, ".chart-drawn")
    assert all(abs(before[side] - after[side]) < 8 for side in (0, 2, 3))  # text above it is folded otherwise
    expect(page.locator("img[data-chart]")).to_be_hidden()
    expect(page.locator(".chart[role='group']")).to_have_attribute("aria-label", ALT)
    expect(page.locator("figure:has(.chart) > figcaption")).to_contain_text("Figure 1.1")


def test_a_mark_says_its_number(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    bars = page.locator(".chart .mark-rect path")
    expect(bars).to_have_count(3)
    for bar, year in zip(bars.all(), ("2020", "2024", "2030"), strict=True):
        expect(bar).to_have_attribute("data-entry", f"market.{year}")
        expect(bar.locator("title")).to_contain_text(f"Market size, {year}: ")


def test_a_mark_opens_the_panel_of_its_number(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.locator(".chart .mark-rect path").nth(1).click()
    expect(page.get_by_role("dialog", name="Market size, 2024")).to_be_visible()


def test_a_finger_beside_a_mark_opens_it(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", has_touch=True)
    bar = page.locator(".chart .mark-rect path").nth(1)
    expect(bar).to_be_visible()
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    assert box
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] - 8)
    expect(page.get_by_role("dialog", name="Market size, 2024")).to_be_visible()


def test_a_chart_is_drawn_into_the_page_in_its_font(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    expect(page.get_by_role("group", name=ALT)).to_have_count(1)
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
    marks = page.locator(".chart [role='button']")
    expect(marks).to_have_count(3)
    assert {mark.get_attribute("tabindex") for mark in marks.all()} == {"-1"}
    page.locator(".chart[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    expect(marks.first).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(marks.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Market size, 2024")).to_be_visible()


def test_a_chart_whose_marks_say_their_numbers_needs_no_vega(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    rest(page)
    assert not [url for url in asked if "vega" in url or "ledger.js" in url]
    page.locator(".chart-drawn").hover()
    page.locator(".chart-drawn").focus()
    rest(page)
    assert not [url for url in asked if "vega" in url]


def with_selection(page: Page, address: str) -> None:
    """Open the page with a chart that has a selection of its own."""

    def answer(route: Route) -> None:
        added = '"params":[{"name":"grid"}]' if route.request.url.endswith(".vl.js") else '"more":true'
        text = route.fetch().text().replace('] = {"', f'] = {{{added},"', 1)
        route.fulfill(body=text, content_type="text/javascript")

    page.route("**/media/**/*.js", answer)
    page.goto(f"{address}/{MARKET}")
    expect(page.locator(".chart-drawn")).to_be_visible()


def test_a_chart_with_more_becomes_the_stored_one_when_a_reader_comes_to_it(
    open_page: Open, address: str
) -> None:
    page = open_page(f"{address}/{MARKET}")
    with_selection(page, address)
    page.locator(".chart-drawn").hover()
    expect(page.locator(".chart[data-figure] svg")).to_be_visible()
    page.locator(".chart .mark-rect path").nth(1).click()
    expect(page.get_by_role("dialog", name="Market size, 2024")).to_be_visible()
    page.unroute_all(behavior="wait")


def test_where_vega_is_lost_the_drawing_stays(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/vega.js", lambda route: route.abort())
    with_selection(page, address)
    page.locator(".chart-drawn").hover()
    expect(page.get_by_role("group", name=ALT)).to_be_visible()
    page.unroute_all(behavior="wait")  # an answer that is under way would meet a closed page
    page.close()
