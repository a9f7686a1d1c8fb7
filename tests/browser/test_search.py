"""Search from any page: words, numbers in any form, ids of the ledger."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import rest

Open = Callable[..., Page]
pytestmark = pytest.mark.browser


def test_numbers_ids_and_words_lead_to_their_places(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/index.html")
    for query in ("2.5 billion", "2500 million", "$2.5B", "2,500,000,000", "market.2024", "tie:market.2024"):
        page.keyboard.press("/")
        box = page.get_by_role("dialog", name="Search")
        box.get_by_role("searchbox").fill(query)
        expect(box.get_by_role("link").first).to_contain_text("Market size, 2024")
        if query == "2.5 billion":
            expect(box.locator("mark").first).to_have_text("2.5")
        page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("a deeper heading")
    expect(box.get_by_role("link").first).to_contain_text("A deeper heading")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}/chapters/market.html#a-deeper-heading")


def test_what_is_shown_of_a_place_ends_with_a_whole_word(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/index.html")
    page.keyboard.press("/")
    page.keyboard.type("market")
    expect(page.get_by_role("dialog", name="Search").get_by_role("link").first).to_be_visible()
    cut = [text for text in page.locator("dialog li span").all_inner_texts() if text.endswith(" …")]
    known = page.evaluate("window.tieoutSearch.records.flatMap(record => record.text.split(' '))")
    assert cut and {text.split(" ")[-2] for text in cut} <= {*known}


def test_what_is_not_there_is_not_found(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/index.html")
    page.get_by_role("button", name="Search").click()
    page.keyboard.type("7.7 billion")
    expect(page.get_by_role("status")).to_have_text("Nothing found.")


def test_the_index_is_fetched_by_those_who_search_only(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/index.html")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    rest(page)
    assert not [url for url in asked if "search-index" in url or "ledger.js" in url]


def test_a_reader_who_writes_is_not_taken_elsewhere(open_page: Open, address: str) -> None:
    page = open_page(f"{address}/chapters/market.html")
    page.keyboard.press("/")
    page.keyboard.type("n p /")
    expect(page.get_by_role("searchbox")).to_have_value("n p /")
