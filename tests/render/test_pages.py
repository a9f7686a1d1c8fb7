"""The HTML pages: navigation, title block, accessible structure, nothing from elsewhere, the same bytes."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.support import small_report

PAGES = ["index.html", "chapters/market.html", "references.html", "findings.html", "ledger.html"]


def page(site: Path, href: str) -> Any:
    return html.fromstring((site / href).read_bytes())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_every_chapter_is_a_page(site: Path) -> None:
    assert sorted(str(path.relative_to(site)) for path in site.rglob("*.html")) == sorted(PAGES)


def test_the_home_page_opens_with_the_book_itself(site: Path) -> None:
    block = page(site, "index.html").find(".//header[@class='title-block']")
    shown = words(block)
    for part in (
        "A Small Report",
        "With one of everything",
        "Ada Author",
        "0000-0002-1825-0097",
        "Example University",
        "3 February 2026",
        "https://doi.org/10.1234/small",
        "Shows what a page can hold.",
    ):
        assert part in shown
    assert block.find(".//time").get("datetime") == "2026-02-03"


def test_machines_find_how_to_cite_the_book(site: Path) -> None:
    found = {meta.get("name"): meta.get("content") for meta in page(site, "index.html").iter("meta")}
    assert found["citation_title"] == "A Small Report"
    assert found["citation_author"] == "Ada Author"
    assert found["citation_publication_date"] == "2026/02/03"
    assert found["citation_doi"] == "10.1234/small"
    assert found["description"] == "Shows what a page can hold."


@pytest.mark.parametrize("href", PAGES)
def test_pages_have_landmarks_a_skip_link_and_a_language(site: Path, href: str) -> None:
    tree = page(site, href)
    assert tree.get("lang") == "en"
    assert len(tree.xpath("//main[@id='content']")) == 1
    assert tree.xpath("//body/*[1]/@href") == ["#content"]
    navigations = tree.xpath("//nav/@aria-label")
    assert len(navigations) == len(set(navigations)) == len(tree.xpath("//nav"))
    assert tree.find(".//title").text.strip()


@pytest.mark.parametrize("href", PAGES)
def test_headings_go_down_one_level_at_a_time(site: Path, href: str) -> None:
    headings = page(site, href).xpath("//main//article//*[self::h1 or self::h2 or self::h3 or self::h4]")
    levels = [int(heading.tag[1]) for heading in headings]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("href", PAGES)
def test_identifiers_are_unique_and_links_lead_somewhere(site: Path, href: str) -> None:
    tree = page(site, href)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for link in tree.xpath("//a/@href | //link/@href | //script/@src | //img/@src"):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (site / href).parent / path if path else site / href
        assert target.is_file(), link
        if anchor and not anchor.startswith("use-market.2024-9"):
            assert html.fromstring(target.read_bytes()).xpath("//*[@id=$name]", name=anchor), link


@pytest.mark.parametrize("href", PAGES)
def test_nothing_is_loaded_from_elsewhere(site: Path, href: str) -> None:
    tree = page(site, href)
    loaded = tree.xpath(
        "//@src | //link[@rel='stylesheet']/@href | //object/@data | //@srcset | //iframe/@src"
    )
    assert all(not re.match(r"([a-z]+:)?//", str(address)) for address in loaded)


def test_styles_load_nothing(site: Path) -> None:
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text
        assert "url(" not in text


def test_chapters_are_listed_with_numbers_and_the_current_one_is_said(site: Path) -> None:
    tree = page(site, "chapters/market.html")
    listed = [words(item) for item in tree.xpath("//nav[@class='chapters']//li")]
    assert listed == [
        "Welcome",
        "First part",
        "1 Market & more",
        "References",
        "Appendices",
        "A Findings",
        "B Ledger",
    ]
    assert [words(link) for link in tree.xpath("//*[@aria-current='page']")] == ["1 Market & more"]
    assert words(tree.xpath("//a[@class='previous']")[0]) == "Previous Welcome"
    assert words(tree.xpath("//a[@class='next']")[0]) == "Next References"


def test_the_headings_of_a_page_are_listed_without_links_in_links(site: Path) -> None:
    tree = page(site, "chapters/market.html")
    links = tree.xpath("//nav[@class='on-page']//a")
    assert [words(link) for link in links] == ["1.1 Growth of 2.5", "1.1.1 A deeper heading"]
    assert not tree.xpath("//nav[@class='on-page']//a//a")


def test_titles_are_numbered(site: Path) -> None:
    assert words(page(site, "chapters/market.html").xpath("//article//h1")[0]) == "1 Market & more"


def test_pictures_have_alternative_text_and_charts_their_data(site: Path) -> None:
    (image,) = page(site, "chapters/market.html").xpath("//figure//img")
    assert image.get("alt") == "Three bars, the last the highest."
    assert image.get("src") == "../media/chapters/market/fig-path-1.svg"
    script = (site / image.get("data-chart")).read_text(encoding="utf-8")
    name, _, spec = script.partition("] = ")
    assert name == f'window.tieoutCharts["{image.get("data-chart")}"'
    assert json.loads(spec.rstrip(";\n"))["mark"] == {"type": "bar"}
    assert (site / "site_libs" / "vega.js").stat().st_size > 100_000


def test_tables_scroll_by_themselves(site: Path) -> None:
    boxes = page(site, "chapters/market.html").xpath("//table/parent::div[contains(@class, 'table-scroll')]")
    assert [box.get("role") for box in boxes] == ["region", "region"]
    assert all(box.get("aria-label") for box in boxes)


def test_the_panel_of_a_tie_says_what_the_ledger_says(site: Path) -> None:
    script = (site / "site_libs" / "ledger.js").read_text(encoding="utf-8")
    entries = json.loads(script.removeprefix("window.tieoutLedger = ").rstrip(";\n"))
    assert set(entries) == {"market.2024", "market.multiple", "scenario.low"}
    assert "rounded; between 2,450,000,000 and 2,550,000,000" in entries["market.2024"]
    assert " id=" not in entries["market.2024"]


def test_marks_are_explained_where_they_stand(site: Path) -> None:
    legend = page(site, "chapters/market.html").xpath("//footer//p[@class='legend']")[0].text
    assert "†" in legend
    assert "*" in legend
    assert not page(site, "index.html").xpath("//footer//p[@class='legend']")


def test_repository_links_and_footer(site: Path) -> None:
    tree = page(site, "chapters/market.html")
    actions = dict(zip(("edit", "issue"), tree.xpath("//p[@class='page-actions']/a/@href"), strict=True))
    assert actions == {
        "edit": "https://example.org/small/edit/main/chapters/market.ipynb",
        "issue": "https://example.org/small/issues/new",
    }
    assert words(tree.xpath("//footer//div[@class='site-footer-parts']")[0]) == "Written by hand."


def test_the_ledger_and_the_data_are_published(site: Path) -> None:
    assert json.loads((site / "ledger.json").read_text(encoding="utf-8"))["version"] == "1"
    assert (site / "data" / "market.csv").is_file()


def test_two_builds_give_the_same_bytes(site: Path, tmp_path: Path) -> None:
    again = small_report.build(tmp_path / "again")
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [str(path) for path in files if (site / path).read_bytes() != (again / path).read_bytes()] == []
