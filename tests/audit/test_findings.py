"""Findings are tied like the text: what the ledger holds of their numbers is held to it, in both media."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import html

from tests.support import projects
from tieout import publish
from tieout.audit import site
from tieout.ledger import Ledger
from tieout.workspace import Workspace

TEXT = "# Home {.unnumbered}\n\nIt was [\\$2.5 billion](tie:market.2024).\n"
EXPECTED = "id,status,reason\nfinding-market-cagr,expected,Looked at by hand.\n"

EVERY_KIND = """\
market.2020,"Market size, 2020",900,million USD,approx,2020,agency2026,1:p1,about $900 million
market.cagr.world,"Growth of the world",38,percent,approx,2024/2030,agency2026,1:p2,about 38%
market.cagr.lead,"Lead over the world",9,percentage_point,approx,2024/2030,agency2026,1:p2,about 9 points
reading.before,"Before",10,minute,exact,,agency2026,1:p2,10 minutes
reading.after,"After",30,second,exact,,agency2026,1:p2,30 seconds
reading.speedup,"Speedup",30,1,exact,,agency2026,1:p2,30
reading.saving,"Saved",90,percent,exact,,agency2026,1:p2,90%
regions.first.share,"Share of the 1st",31,percent,rounded,,agency2026,1:p2,31%
regions.second.share,"Share of the 2nd",22,percent,rounded,,agency2026,1:p2,22%
regions.other.share,"Share of others",61,percent,rounded,,agency2026,1:p2,61%
twice.size,"Size, in 2019",2.5,billion USD,rounded,,agency2026,1:p1 | 1:t1:r1:c2,$2.5 billion | $2.9B
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    facts = projects.FACTS.replace("40.1", "42.5")
    root = projects.create(tmp_path_factory.mktemp("findings") / "report", {"index.md": TEXT}, facts)
    (root / "data" / "findings.csv").write_text(EXPECTED, "utf-8")
    result = publish.build(Workspace.load(root), "pandoc")
    assert result.site, [str(each) for report in result.reports for each in report.problems]
    return root


def test_every_number_that_the_ledger_holds_is_tied(built: Path) -> None:
    page = (built / "_site" / "findings.html").read_text("utf-8")
    for key, shown in (
        ("market.cagr", "42.5%"),
        ("market.cagr", "between 42.45% and 42.55%"),
        ("market.2024", "$2.5 billion"),
        ("market.2030:year", "2030"),
    ):
        assert re.search(rf'data-tie="{re.escape(key)}"><data[^>]*>{re.escape(shown)}</data>', page), key
    title = re.search(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)
    assert title and title[1].count("data-tie") == 2
    assert '#finding.market-cagr.apart"' in page
    assert "finding-number" not in page
    ledger = json.loads((built / "_site" / "ledger.json").read_text("utf-8"))
    (rate,) = (each for each in ledger["entries"] if each["id"] == "market.cagr")
    uses = [each for each in rate["used"] if each["page"] == "findings.html"]
    assert [each["shown"] for each in uses[:2]] == ["42.5%", "42.5%"]
    assert all(f'id="{each["anchor"]}"' in page for each in uses)
    (finding,) = ledger["findings"]
    assert "tie:" not in finding["title"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("between 42.45% and 42.55%</data>", "between 42.55% and 42.65%</data>"),
        ('data-tie="market.2030:year"', 'data-tie="market.2024:year"'),
        ('<data value="42.5">', '<data value="40.1">'),
        ('#market.cagr" id="use-market.cagr-2"', '#market.2024" id="use-market.cagr-2"'),
        ("1.8 percentage points</data>", "1.9 percentage points</data>"),
        ('data-tie="finding.market-cagr.over-5"', 'data-tie="finding.market-cagr.over-7"'),
        ("about 5.7</data>", "about 5.6</data>"),
        ("Market size, 2024: $2.5 billion</a>", "Market size, 2024: $2.6 billion</a>"),
        ("Market size, 2024: $2.5 billion</a>", "Market of the world: $2.5 billion</a>"),
        ('#market.2024" title="market.2024"', '#market.2030" title="market.2024"'),
        ('#market.2024" title="market.2024"', '#market.2024" title="market.2030"'),
    ],
)
def test_a_changed_number_of_a_finding_is_caught(built: Path, old: str, new: str) -> None:
    page = built / "_site" / "findings.html"
    text = page.read_text("utf-8").replace("\n", " ")
    assert old in text
    page.write_text(text.replace(old, new), "utf-8")
    try:
        assert not site.check(Ledger.load(built)).ok
    finally:
        page.write_text(text, "utf-8")
    assert site.check(Ledger.load(built)).ok


def test_a_number_that_a_finding_computes_has_an_entry_with_formula_and_inputs(built: Path) -> None:
    ledger = json.loads((built / "_site" / "ledger.json").read_text("utf-8"))
    made = {each["id"]: each for each in ledger["entries"] if each["id"].startswith("finding.market-cagr.")}
    rate, gap = made["finding.market-cagr.computed"], made["finding.market-cagr.apart"]
    assert rate["formula"] == "($18.9 billion ÷ $2.5 billion)^(1/6) − 1 ≈ 40.09%"
    assert gap["formula"].startswith("lower end of (42.45% to 42.55%) − upper end of (")
    assert gap["inputs"] == ["market.cagr", "finding.market-cagr.computed"]
    needed = made["finding.market-cagr.needed-periods"]
    assert needed["formula"] == "ln ($18.9 billion ÷ $2.5 billion) ÷ ln (1 + 42.5%) ≈ 5.712"
    assert needed["inputs"] == ["market.2024", "market.2030", "market.cagr"]
    assert all(each["used"] for each in made.values())
    page = (built / "_site" / "ledger.html").read_text("utf-8")
    assert all(f'id="{id}"' in page for id in made)


def test_a_number_in_words_of_ones_own_is_asked_for_a_tie(tmp_path: Path) -> None:
    facts = projects.FACTS.replace("40.1", "42.5")
    root = projects.create(tmp_path / "report", {"index.md": TEXT}, facts)
    (root / "data" / "findings.csv").write_text(EXPECTED, "utf-8")
    words = "text,words\nfinding-market-cagr.text,{}\n"
    for said, ok in (
        ("It is out by 1.8 points.", False),
        ("It is out by [1.8 points](tie:finding.market-cagr.apart).", True),
        ("It is out by [1.9 points](tie:finding.market-cagr.apart).", False),
    ):
        (root / "data" / "words-en.csv").write_text(words.format(said), "utf-8")
        result = publish.build(Workspace.load(root), "pandoc", execute=False)
        assert bool(result.site) == ok, said


def test_every_kind_of_finding_of_another_book_is_tied(tmp_path: Path) -> None:
    facts = projects.FACTS.replace("40.1", "42.5") + EVERY_KIND
    root = projects.create(tmp_path / "report", {"index.md": TEXT}, facts)
    found = [finding.id for finding in Ledger.load(root).findings]
    assert len(found) == 6
    rows = [f"{id},expected,Looked at by hand." for id in found]
    (root / "data" / "findings.csv").write_text("\n".join(["id,status,reason", *rows, ""]), "utf-8")
    result = publish.build(Workspace.load(root), "pandoc")
    assert result.site, [str(each) for report in result.reports for each in report.problems]


def test_the_numbers_concerned_are_said_in_words(built: Path) -> None:
    page = html.fromstring((built / "_site" / "findings.html").read_text("utf-8"))
    (listed,) = page.xpath("//*[@data-finding]//dt[.='What it concerns']/following-sibling::dd[1]")
    ledger = json.loads((built / "_site" / "ledger.json").read_text("utf-8"))
    entries = {each["id"]: each for each in ledger["entries"]}
    ids = ledger["findings"][0]["entries"]
    links = listed.findall(".//a")
    assert (
        [link.get("href").partition("#")[2] for link in links] == [link.get("title") for link in links] == ids
    )
    for link, entry in zip(links, map(entries.__getitem__, ids), strict=True):
        assert " ".join(link.text_content().split()) == f"{entry['label']}: {entry['display']}"


def test_a_number_concerned_that_the_list_lacks_is_missed(built: Path) -> None:
    page = built / "_site" / "findings.html"
    text = page.read_text("utf-8")
    (last,) = re.findall(r"<br>\s*<a [^>]*>[^<]*</a>\s*(?=</dd>)", text)
    page.write_text(text.replace(last, ""), "utf-8")
    try:
        report = site.check(Ledger.load(built))
    finally:
        page.write_text(text, "utf-8")
    assert any("lists `nothing` where" in each.what for each in report.errors)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' title="finding-market-cagr">', ' title="finding-market-2030">'),
        ("#finding-market-cagr", "#finding-market-2030"),
        ("42.5%", "42.6%"),
    ],
)
def test_an_entry_tells_its_findings_by_what_they_are_called(built: Path, old: str, new: str) -> None:
    (finding,) = json.loads((built / "_site" / "ledger.json").read_text("utf-8"))["findings"]
    page = built / "_site" / "ledger.html"
    text = page.read_text("utf-8")
    links = re.findall(r"<dt>\s*Findings\s*</dt>\s*<dd>\s*(<a .*?</a>)", text, re.DOTALL)
    assert len(links) == len(finding["entries"])
    for link in links:
        assert " ".join(html.fromstring(link).text_content().split()) == finding["title"]
        assert old in link
    page.write_text(text.replace(links[-1], links[-1].replace(old, new)), "utf-8")
    try:
        report = site.check(Ledger.load(built))
    finally:
        page.write_text(text, "utf-8")
    assert not report.ok
    assert site.check(Ledger.load(built)).ok


def test_the_pdf_links_them_too(built: Path) -> None:
    report = site.check(Ledger.load(built))
    (ties,) = (each for each in report.counts if each.label == "PDF ties as on the pages")
    page = (built / "_site" / "findings.html").read_text("utf-8")
    assert ties.passed == ties.total == 1 + page.count("data-tie=")


@pytest.mark.parametrize("name", ["findings", "ledger"])
def test_a_picture_among_entries_is_foreign(built: Path, name: str) -> None:
    page = built / "_site" / f"{name}.html"
    before = page.read_text("utf-8")
    start = before.index(f'tieout-{name}"')
    at = before.index(">", start) + 1
    page.write_text(f'{before[:at]}<img src="../figures/more.svg" alt="">{before[at:]}', "utf-8")
    try:
        report = site.check(Ledger.load(built))
    finally:
        page.write_text(before, "utf-8")
    assert any("a picture stands here" in each.what for each in report.errors)
