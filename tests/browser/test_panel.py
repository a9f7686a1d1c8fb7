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
    for said in (
        "$2.5 billion",
        "Rounded: it stands for any value between 2,450,000,000 and 2,550,000,000.",
        "data/market.csv",
        "Two rates differ",
    ):
        expect(panel).to_contain_text(said)
    expect(panel.get_by_role("img", name="from 2,450,000,000 to 2,550,000,000")).to_be_visible()
    expect(panel.get_by_role("table")).to_contain_text("USD")
    page.get_by_role("link", name="7.6-fold").click()
    panel = page.get_by_role("dialog", name="Growth multiple")
    expect(panel).to_contain_text("market.2030 ÷ market.2024 = 7.56")
    expect(panel).to_contain_text("between 7.39 and 7.73")


def test_a_computed_number_is_told_as_computed_and_no_bar_says_where_it_lies(
    open_page: Open, address: str
) -> None:
    page = open_page(f"{address}/wide.html")
    page.get_by_role("link", name="4.1 kg").click()
    panel = page.get_by_role("dialog", name="Mean mass of the heaviest tenth")
    expect(panel).to_contain_text("Computed as ≈ 4.0758 kg, stated to 0.1 kg.")
    assert "lies between" not in (panel.text_content() or "") and not panel.locator(".tie-interval").count()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="3.42 kg").click()
    expect(page.get_by_role("dialog").locator(".tie-interval")).to_be_visible()


def test_the_address_follows_and_leads_back(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.get_by_role("link", name="$2.5B").click()
    expect(page).to_have_url(f"{address}/{MARKET}#tie=market.2024/4")
    page.keyboard.press("Escape")
    expect(page).to_have_url(f"{address}/{MARKET}")
    sent = open_page(f"{address}/{MARKET}#tie=market.2024/4")
    expect(sent.get_by_role("dialog", name="Market size, 2024")).to_be_visible()
    expect(sent.locator(".tie-open")).to_have_text("$2.5B")


def test_escape_closes_it_and_the_keyboard_is_where_it_was(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.get_by_role("link", name="7.6-fold").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    expect(panel.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert focused(page) == "use-market.multiple-1"
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()


# Where a panel at the foot of the window would stand.
TO_THE_FOOT = "tie => scrollBy(0, tie.getBoundingClientRect().bottom - innerHeight + 20)"


def test_the_panel_is_never_over_its_number(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    for width in (320, 768, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 740})
        for tie in page.locator("article a.tie:visible").all()[-4:]:
            tie.evaluate(TO_THE_FOOT)
            tie.click()
            panel = page.get_by_role("dialog").bounding_box()  # waits for it; only then does the number stay
            number = tie.bounding_box()
            assert number and panel
            beside = number["x"] + number["width"] <= panel["x"]
            above = number["y"] >= 0 and number["y"] + number["height"] <= panel["y"]
            assert beside or above, width
            page.keyboard.press("Escape")


def test_ties_are_out_of_the_tab_order_and_n_and_p_step_through_numbers(
    open_page: Open, address: str
) -> None:
    page = open_page(f"{address}/{MARKET}")
    assert page.locator("a.tie[data-tie]:not([tabindex='-1'])").count() == 0
    page.keyboard.press("n")
    assert focused(page) == "use-market.2024-1"
    page.keyboard.press("n")
    assert focused(page) == "use-market.2024:year-1"
    page.keyboard.press("p")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Market size, 2024")
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Next number").click()
    panel.get_by_role("button", name="Next number").click()
    expect(page.get_by_role("dialog", name="Growth multiple")).to_be_visible()
    panel = page.get_by_role("dialog")
    panel.get_by_text("Numbers on this page").click()
    panel.get_by_role("button", name="0.5%").click()
    expect(page).to_have_url(f"{address}/{MARKET}#tie=scenario.low")


def test_the_panel_leads_on_to_the_ledger_the_findings_and_other_places(
    open_page: Open, address: str
) -> None:
    page = open_page(f"{address}/{MARKET}")
    page.get_by_role("link", name="$2.5 billion").first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    links = {link.inner_text(): link.get_attribute("href") for link in panel.get_by_role("link").all()}
    assert links["Open in the ledger"] == f"{address}/ledger.html#market.2024"
    assert links["Two rates differ"] == f"{address}/findings.html#growth-gap"
    assert links["Next place →"].startswith(f"{address}/{MARKET}#use-market.2024-")
    panel.get_by_role("link", name="Open in the ledger").click()
    expect(page.locator("[id='market.2024']")).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_url(re.compile(r"market\.html"))


def test_a_number_is_copied_as_text_citation_or_link(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name="$2.5 billion").first.click()
    panel = page.get_by_role("dialog")
    holds = "said => navigator.clipboard.readText().then(text => text.includes(said))"
    for name, said in (
        ("text", "Market size, 2024: $2.5 billion"),
        ("citation", "Ada Author (2026). A Small Report. “Market size, 2024”"),
        ("link", f"{address}/{MARKET}#tie=market.2024"),
    ):
        panel.get_by_role("button", name=name, exact=True).click()
        page.wait_for_function(holds, arg=said)


def test_numbers_are_marked_quietly_and_words_not_at_all_until_a_reader_asks(
    open_page: Open, address: str
) -> None:
    page = open_page(f"{address}/{MARKET}")
    switch = page.get_by_role("button", name="Show sources")
    legend = page.get_by_role("region", name="Sources of the numbers")
    expect(legend).to_have_count(0)
    switch.click()
    expect(legend).to_contain_text("7 Tied to the ledger")
    expect(switch).to_have_attribute("aria-pressed", "true")
    switch.click()
    expect(legend).to_have_count(0)


def test_a_click_that_asks_for_a_new_tab_gets_it(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/{MARKET}")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="7.6-fold").click(modifiers=["Control"])
    # There the entry's panel opens, and the address follows it.
    expect(opened.value).to_have_url(f"{address}/ledger.html#tie=market.multiple")
    expect(opened.value.get_by_role("dialog", name="Growth multiple")).to_be_visible()
    assert not page.get_by_role("dialog").count()


def test_it_opens_from_a_disk_too(open_page: Open, small_site: Path) -> None:
    page = open_page((small_site / MARKET).as_uri())
    page.get_by_role("link", name="7.6-fold").click()
    expect(page.get_by_role("dialog")).to_contain_text("between 7.39 and 7.73")
    page.keyboard.press("Escape")
    expect(page.locator(".chart svg")).to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("2500 million")
    page.get_by_role("dialog", name="Search").get_by_role("link", name="Market size, 2024").click()
    expect(page.get_by_role("dialog", name="Market size, 2024")).to_be_visible()


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
