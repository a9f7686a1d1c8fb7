"""The HTML pages: navigation, title block, accessible structure, nothing from elsewhere, the same bytes."""

from __future__ import annotations

import gzip
import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html

from tests.support import small_report
from tieout.project import assets
from tieout.render.beside import picture_script

PAGES = ["index.html", "chapters/market.html", "references.html", "findings.html", "ledger.html"]


def page(site: Path, href: str) -> Any:
    return html.fromstring((site / href).read_bytes())


def words(element: Any) -> str:
    return " ".join(element.text_content().split())


def test_every_chapter_is_a_page(site: Path) -> None:
    assert sorted(str(path.relative_to(site)) for path in site.rglob("*.html")) == sorted(
        ["404.html", "downloads.html", *PAGES]
    )


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
    assert levels[0] == (2 if href == "index.html" else 1)  # the home page's h1 is the book's, above the text
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


def test_styles_load_nothing_but_the_fonts_beside_them(site: Path) -> None:
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text
        assert set(re.findall(r"url\(.{7}", text)) <= {'url("fonts/'}


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
    current = tree.xpath("//nav[@class='chapters']//*[@aria-current='page']")
    assert [words(link) for link in current] == ["1 Market & more"]
    trail = [words(item) for item in tree.xpath("//nav[@class='breadcrumb']//li")]
    assert trail == ["Welcome", "First part", "1 Market & more"]
    assert words(tree.xpath("//a[@class='previous']")[0]) == "Previous Welcome"
    assert words(tree.xpath("//a[@class='next']")[0]) == "Next References"


def test_the_headings_of_a_page_are_listed_without_links_in_links(site: Path) -> None:
    tree = page(site, "chapters/market.html")
    links = tree.xpath("//nav[@class='on-page']//a")
    assert [words(link) for link in links] == ["1.1 Growth of 2.5", "1.1.1 A deeper heading"]
    assert not tree.xpath("//nav[@class='on-page']//a//a")


@pytest.mark.parametrize(
    ("chart", "picture", "more"),
    [
        ({"mark": "bar"}, "<svg/>", False),
        ({"params": [{"name": "grid"}]}, '<svg data-entry="a"/>', True),
        ({"mark": {"type": "bar", "tooltip": True}}, "<svg/>", True),
        ({"mark": {"type": "bar", "tooltip": True}}, '<svg data-entry="a"/>', False),
    ],
)
def test_pictures_say_whether_their_chart_does_more(chart: dict[str, Any], picture: str, more: bool) -> None:
    assert ('"more":true' in picture_script("a.js", chart, {"wide": picture}).replace(" ", "")) is more


def test_titles_are_numbered(site: Path) -> None:
    assert words(page(site, "chapters/market.html").xpath("//article//h1")[0]) == "1 Market & more"


def test_pictures_have_alternative_text_and_charts_their_data(site: Path) -> None:
    (image,) = page(site, "chapters/market.html").xpath("//figure//img")
    assert image.get("alt") == "Three bars, the last the highest."
    assert image.get("src") == "../media/chapters/market/fig-path-1.svg"
    drawn, whole = image.get("data-chart"), image.get("data-chart").replace(".js", ".vl.js")
    chart, pictures = ((site / name).read_text("utf-8").partition("] = ") for name in (whole, drawn))
    assert chart[0] == f'window.tieoutCharts["{whole}"'
    assert json.loads(chart[2].rstrip(";\n"))["mark"] == {"type": "bar"}
    assert pictures[0] == f'window.tieoutPictures["{drawn}"'
    shown = json.loads(pictures[2].rstrip(";\n").replace("<\\/", "</"))
    assert shown == {"wide": (site / "media/chapters/market/fig-path-1.svg").read_text(encoding="utf-8")}
    assert (site / "site_libs" / "vega.js").stat().st_size > 100_000


def test_tables_scroll_by_themselves(site: Path) -> None:
    boxes = page(site, "chapters/market.html").xpath("//table/parent::div[contains(@class, 'table-scroll')]")
    assert [box.get("role") for box in boxes] == ["region", "region"]
    assert all(box.get("aria-label") for box in boxes)


def test_the_panel_of_a_tie_says_what_the_ledger_says(site: Path) -> None:
    script = (site / "site_libs" / "ledger.js").read_text(encoding="utf-8")
    ledger = json.loads(script.removeprefix("window.tieoutLedger = ").rstrip(";\n"))
    assert set(ledger["entries"]) == {"market.2024", "market.multiple", "scenario.low"}
    said = ledger["entries"]["market.2024"]["precision"]
    assert said == "rounded; between 2,450,000,000 and 2,550,000,000"
    assert ledger["findings"]["growth-gap"]["text"]


def test_the_index_of_the_search_has_the_text_by_sections_and_every_entry(site: Path) -> None:
    script = (site / "site_libs" / "search-index.js").read_text(encoding="utf-8")
    index = json.loads(script.removeprefix("window.tieoutSearch = ").rstrip(";\n"))
    places = {record["href"]: record for record in index["records"]}
    assert "$2.5 billion" in places["chapters/market.html#sec-market"]["text"]
    assert places["chapters/market.html#sec-growth"]["section"] == "1.1 Growth of 2.5"
    entries = {entry["id"]: entry for entry in index["entries"]}
    assert entries["market.2024"]["number"] == 2_500_000_000
    assert entries["market.2024"]["href"] == "chapters/market.html#tie=market.2024"
    assert "Markets" in index["references"]["ref-frost2024"]


def test_the_contents_of_a_page_never_stand_above_its_title(site: Path) -> None:
    first, second = page(site, "chapters/market.html").xpath("//article/*")[:2]
    assert first.xpath("descendant-or-self::h1")
    assert second.get("class") == "on-page"


def test_every_page_has_one_h1(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert len(page(site, path.relative_to(site).as_posix()).xpath("//h1")) == 1, path


def test_a_first_visit_is_light(site: Path) -> None:
    """Fonts, styles, scripts of a page, compressed: its text and pictures have the rest of 150 kB.

    A page in Ukrainian takes Latin and Cyrillic letters, and the words of the interface.
    """
    library = site / "site_libs"
    names = ["early.js", "fold.js", "theme.css", "theme.js", "ties.css", "ties.js", "favicon.svg"]
    sizes = {path.stem: path.stat().st_size for path in (library / "fonts").glob("*.woff2")}
    fonts = sum(size for name, size in sizes.items() if name.endswith(("-latin", "-cyrillic")))
    files = [assets("uk")["words.js"], *((library / name).read_bytes() for name in names)]
    assert fonts + sum(len(gzip.compress(data, 6)) for data in files) < 128_000


def test_fonts_come_with_their_licence(site: Path) -> None:
    fonts = site / "site_libs" / "fonts"
    assert "SIL Open Font License" in (fonts / "OFL.txt").read_text(encoding="utf-8")
    styles = (site / "site_libs" / "theme.css").read_text(encoding="utf-8")
    named = re.findall(r'url\("fonts/([^"]+)"\)', styles)
    assert sorted(named) == sorted(path.name for path in fonts.glob("*.woff2"))


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


def test_one_page_gathers_the_downloads_and_each_is_there(site: Path) -> None:
    page = (site / "downloads.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]*)"', page)
    for name in ("small.pdf", "ledger.json", "cite.bib"):
        assert name in links
    made = [link for link in links if not link.startswith(("small", "ledger.", "https:"))]
    assert "https://example.org/small" in links
    assert [link for link in made if not (site / unquote(link).partition("#")[0]).is_file()] == []
    assert "<p>Cite as: " in page
    assert 'href="../downloads.html"' in (site / "chapters" / "market.html").read_text(encoding="utf-8")
