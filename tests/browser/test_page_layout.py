"""How pages stand on screens and paper: tabs, folded notes, phones, dark rooms, print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Watched, Windows

Open = Callable[..., Page]
pytestmark = pytest.mark.browser
MARKET = "chapters/market.html"
PAGES = ["index.html", MARKET, "wide.html", "references.html", "findings.html", "ledger.html"]
REACH = """[document.documentElement.scrollWidth, ...Array.from(
    document.querySelectorAll(".table-scroll, pre"), box => box.getBoundingClientRect().right)]"""
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}}


def color(page: Page, selector: str, name: str = "background-color") -> str:
    """A computed style of the first match."""
    script = "(element, name) => getComputedStyle(element).getPropertyValue(name)"
    return str(page.locator(selector).first.evaluate(script, name))


def brightness(color: str) -> float:
    """How bright a colour is, from 0 to 255."""
    parts = color.removeprefix("rgba(").removeprefix("rgb(").rstrip(")").split(",")
    return sum(float(part) for part in parts[:3]) / 3


def test_tabs_are_changed_by_click_and_by_keyboard(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    left, right = page.get_by_role("tab", name="Left"), page.get_by_role("tab", name="Right")
    expect(page.get_by_role("tabpanel", name="Left")).to_be_visible()
    expect(page.get_by_text("Right pane.")).to_be_hidden()
    right.click()
    expect(page.get_by_role("tabpanel", name="Right")).to_have_text("Right pane.")
    expect(page.get_by_text("Left pane.")).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(left).to_be_focused()
    expect(left).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(right).to_be_focused()
    page.keyboard.press("Home")
    expect(page.get_by_text("Left pane.")).to_be_visible()


def test_without_a_script_all_panes_stand_below_each_other(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", java_script_enabled=False)
    for text in ("Left pane.", "Right pane."):
        expect(page.get_by_text(text)).to_be_visible()


def test_a_link_into_a_pane_that_is_not_shown_shows_it(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}#right")
    expect(page.get_by_text("Right pane.")).to_be_visible()


def test_a_folded_note_opens(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    expect(page.get_by_text("Folded text.")).to_be_hidden()
    page.locator("summary.callout-title").press("Enter")
    expect(page.get_by_text("Folded text.")).to_be_visible()


def test_no_page_scrolls_sideways_on_any_screen(open_page: Open, address: str) -> None:
    """Neither as it is opened on a phone and on a desk, nor when it is turned or made wider."""
    page = open_page(f"{address}/index.html")
    for href in PAGES:
        for widths in ((320, 768), (1280, 1440)):
            page.set_viewport_size({"width": widths[0], "height": 740})
            page.goto(f"{address}/{href}")
            for width in widths:
                page.set_viewport_size({"width": width, "height": 740})
                whole, *boxes = page.evaluate(REACH)  # what is wider scrolls in itself
                assert whole <= width and max(boxes, default=0) <= width, f"{href}, {width}"


def test_wide_things_scroll_in_themselves_by_keyboard(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/wide.html", **PHONE)
    for selector in (".table-scroll", "pre", "math[display='block']"):
        box = page.locator(selector).first
        assert box.evaluate("box => box.scrollWidth > box.clientWidth"), selector
        assert box.evaluate("box => box.tabIndex") == 0, selector


def test_code_wider_than_the_text_reaches_over_the_margin_but_for_an_open_panel(
    open_page: Open, address: str
) -> None:
    page = open_page(f"{address}/wide.html")
    width = "element => element.getBoundingClientRect().width"
    text, code = page.locator("article p").first, page.locator("article pre.python").first
    assert code.evaluate(width) > 1.3 * text.evaluate(width)
    contents = page.locator(".on-page details")
    code.evaluate("element => scrollTo(0, scrollY + element.getBoundingClientRect().top - 60)")
    expect(contents).to_have_css("opacity", "0")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(contents).to_have_css("opacity", "1")
    page.locator("article p a.tie").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert code.evaluate(width) <= text.evaluate(width)


def test_the_list_of_chapters_is_folded_on_a_phone_and_open_on_a_desk(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", **PHONE)
    chapters = page.get_by_role("navigation", name="Chapters")
    expect(chapters.get_by_role("link", name="Findings")).to_be_hidden()
    chapters.get_by_text("Contents").click()
    chapters.get_by_role("link", name="Findings").click()
    expect(page).to_have_url(f"{address}/findings.html")
    desk = open_page(f"{address}/{MARKET}")
    expect(
        desk.get_by_role("navigation", name="Chapters").get_by_role("link", name="Findings")
    ).to_be_visible()


def test_a_narrow_window_made_wide_shows_the_chapters_again(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", **PHONE)
    page.set_viewport_size({"width": 1300, "height": 800})
    expect(
        page.get_by_role("navigation", name="Chapters").get_by_role("link", name="Findings")
    ).to_be_visible()


def test_pages_follow_the_readers_choice_of_light_and_dark(open_page: Open, address: str) -> None:
    light = open_page(f"{address}/{MARKET}", color_scheme="light")
    dark = open_page(f"{address}/{MARKET}", color_scheme="dark")
    assert brightness(color(light, "body")) > 240
    assert brightness(color(dark, "body")) < 50
    assert brightness(color(light, "article p", "color")) < 60
    assert brightness(color(dark, "article p", "color")) > 200
    assert brightness(color(dark, "figure img")) > 240  # charts are drawn for white paper


def test_a_readers_own_choice_of_light_and_dark_is_kept(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", color_scheme="light")
    page.get_by_role("button", name="Dark").click()
    assert brightness(color(page, "body")) < 50
    page.goto(f"{address}/index.html")
    assert brightness(color(page, "body")) < 50
    page.get_by_role("button", name="Light").click()
    assert brightness(color(page, "body")) > 240


def test_a_window_in_which_a_page_has_kept_something_is_not_used_again(
    windows: Windows, address: str
) -> None:
    for store in ("localStorage", "sessionStorage"):
        page = windows.page(Watched())
        page.goto(f"{address}/index.html")
        page.evaluate(f"{store}.setItem('kept', '1')")
        windows.leave()
        page = windows.page(Watched())
        page.goto(f"{address}/index.html")
        assert page.evaluate(f"{store}.getItem('kept')") is None
        windows.leave()


def test_lines_have_about_68_characters(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", viewport={"width": 1440, "height": 900})
    width = page.locator("article > p").first.evaluate(
        """paragraph => {
            const line = document.createElement("span");
            line.textContent = "The market reached a size in one year, and grew. ".repeat(6);
            line.style.whiteSpace = "nowrap";
            paragraph.append(line);
            return line.textContent.length * paragraph.clientWidth / line.getBoundingClientRect().width;
        }"""
    )
    assert 62 <= width <= 74


def test_notes_and_references_show_beside_what_refers_to_them(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.locator("article .footnote-ref").first.focus()
    card = page.get_by_role("tooltip")
    expect(card).to_contain_text("A note with $2.5B")
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    page.locator("article .citation a").first.hover()
    expect(card).to_contain_text("Markets")


def test_headings_figures_and_tables_have_a_link_to_themselves(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    for anchor in ("sec-growth", "fig-path", "tbl-sizes"):
        assert page.locator(f"a.permalink[href='#{anchor}']").count() == 1, anchor


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_is_the_text_alone_on_white(open_page: Open, address: str, scheme: str) -> None:
    page = open_page(f"{address}/{MARKET}", color_scheme=scheme)
    page.emulate_media(media="print", color_scheme=scheme)
    for role, name in (("navigation", "Chapters"), ("button", "Search"), ("link", "PDF")):
        expect(page.get_by_role(role, name=name)).to_be_hidden()
    assert brightness(color(page, "body")) > 250
    for selector in ("article p", "figcaption", "th", ".callout-title", "a.xref"):
        assert brightness(color(page, selector, "color")) < 130, selector


def test_what_is_folded_is_printed(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for text in ("Folded text.", "Left pane.", "Right pane."):
        expect(page.get_by_text(text)).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    for text in ("Folded text.", "Right pane."):
        expect(page.get_by_text(text)).to_be_hidden()
