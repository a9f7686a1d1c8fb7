"""The built report: complete, resolved, self-contained, the same bytes again, and of no machine."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pypdf
import pytest
from lxml import etree, html

from tests.conftest import LEFT_OUT
from tests.support.depth import DEEP
from tieout import publish
from tieout.authoring.chart import NARROWEST
from tieout.data.bibliography import load as load_bibliography
from tieout.harmless.tones import untoned
from tieout.notebooks import NARROW, SVG, VEGALITE, Notebook, pretty
from tieout.project import Project
from tieout.prose import Sources
from tieout.workspace import Workspace

KINDS = {"sec": "Chapter|Section|Appendix", "fig": "Figure", "tbl": "Table", "eq": "Equation"}
LABEL = re.compile(r"(?:\{[^}]*#|^#\|\s*label:\s*)((?:sec|fig|tbl|eq)-[\w-]+)", re.M)
UNRESOLVED = re.compile(r"\?@|@(?:sec|fig|tbl|eq)-|\?\?\?|\{\{<")
OPEN = re.compile(rf"{UNRESOLVED.pattern}|\]\(|tie:\w|:::")
LOADED = "//@src | //@srcset | //@poster | //object/@data | //link[@rel!='next' and @rel!='prev']/@href"
IN_SVG = "//*[local-name()='image' or local-name()='use']/@*[local-name()='href']"
XREFS = "//a[contains(@class, 'xref')]"


@cache
def parse(path: Path) -> Any:
    """A page as a tree; look, do not touch."""
    return html.fromstring(path.read_bytes())


def words(node: Any) -> str:
    """A node's text with plain, single spaces."""
    return plain(node.text_content())


def plain(text: str) -> str:
    """Text with single spaces and straight apostrophes."""
    return " ".join(text.replace("\xa0", " ").replace("’", "'").split())


@cache
def anchors(path: Path) -> frozenset[str]:
    """The names that links into a page may have."""
    return frozenset(parse(path).xpath("//@id"))


@pytest.fixture(scope="module")
def site(built: Path) -> Path:
    return built / "_site"


@pytest.fixture(scope="module")
def project(built: Path) -> Project:
    return Project.load(built)


@pytest.fixture(scope="module")
def pages(project: Project, site: Path) -> dict[str, Any]:
    """Every page by its address, in the order of the chapters."""
    return {project.href(chapter): parse(site / project.href(chapter)) for chapter in project.chapters}


@pytest.fixture(scope="module")
def ledger(site: Path) -> dict[str, Any]:
    return dict(json.loads((site / "ledger.json").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def pdf(site: Path, project: Project) -> pypdf.PdfReader:
    return pypdf.PdfReader(site / f"{project.configuration.get('book', 'output-file')}.pdf")


@pytest.fixture(scope="module")
def lines(pdf: pypdf.PdfReader) -> list[str]:
    """The text of the PDF, page by page, in its lines."""
    return [page.extract_text() for page in pdf.pages]


@pytest.fixture(scope="module")
def printed(lines: list[str]) -> list[str]:
    """The text of the PDF, page by page."""
    return [plain(page) for page in lines]


# Chapters and labels ----------------------------------------------------------------------------------------


def test_every_chapter_of_the_project_is_a_page_and_nothing_else_is(
    pages: dict[str, Any], site: Path
) -> None:
    assert len(pages) >= 13
    made = {str(path.relative_to(site)) for path in site.rglob("*.html")}
    made -= {name for name in made if name.startswith("uk/")}  # the other edition, a book of its own
    notebooks = {f"{path.relative_to(site)}.html" for path in site.rglob("*.ipynb")}
    notebooks -= {name for name in notebooks if name.startswith("uk/")}
    assert made == {*pages, *notebooks, "404.html", "downloads.html"}
    assert len(notebooks) >= 10
    for href, tree in pages.items():
        assert words(tree.xpath("//h1")[0]), href
        assert len(words(tree.xpath("//article")[0])) > 200, href


def test_every_page_lists_all_chapters_in_order(pages: dict[str, Any], site: Path) -> None:
    for href, tree in pages.items():
        links = tree.xpath("//nav[@class='chapters']//a/@href")
        assert [
            str((site / href).parent.joinpath(link).resolve().relative_to(site.resolve())) for link in links
        ] == [*pages]


def test_every_label_is_an_anchor_of_its_page(pages: dict[str, Any], project: Project, built: Path) -> None:
    found = 0
    for chapter in project.chapters:
        text = (built / chapter.path).read_text(encoding="utf-8")
        if chapter.path.suffix == ".ipynb":
            text = "\n".join(cell.source for cell in Notebook.load(built / chapter.path, built).cells)
        for label in LABEL.findall(text):
            found += 1
            assert len(pages[project.href(chapter)].xpath("//*[@id=$label]", label=label)) == 1, label
    assert found > 80


def test_every_cross_reference_has_a_number_and_leads_to_what_it_names(
    pages: dict[str, Any], site: Path
) -> None:
    links = [(href, link) for href, tree in pages.items() for link in tree.xpath(XREFS)]
    assert len(links) > 80
    for href, link in links:
        path, _, label = link.get("href").partition("#")
        target = parse((site / href).parent.joinpath(path).resolve()) if path else pages[href]
        (element,) = target.xpath("//*[@id=$label]", label=label)
        kind = KINDS[label.partition("-")[0]]
        said = re.fullmatch(rf"(?:{kind})?\s*([\dA-Z]+(?:\.\d+)*)", words(link))
        assert said, words(link)
        assert said[1] in words(element), f"{href}: {words(link)} names {words(element)[:60]}"


def test_no_reference_or_citation_is_left_open(
    pages: dict[str, Any], project: Project, printed: list[str]
) -> None:
    works = load_bibliography(project.files)
    cited = set()
    for href, tree in pages.items():
        text = plain("".join(tree.xpath("//main//text()[not(ancestor::code)]")))
        assert not OPEN.search(text), f"{href}: {OPEN.search(text)}"
        for citation in tree.xpath("//*[@data-cites]"):
            cited |= {*citation.get("data-cites").split()}
            assert "?" not in words(citation), href
            assert citation.xpath(".//a/@href") or citation.getparent().tag == "a", words(citation)
    assert cited
    assert cited <= {*works}
    assert {name.removeprefix("ref-") for name in pages["chapters/references.html"].xpath("//@id")} >= cited
    assert not [page for page in printed if UNRESOLVED.search(page)]


def test_every_link_within_the_site_leads_somewhere(pages: dict[str, Any], site: Path) -> None:
    for href, tree in pages.items():
        ids = tree.xpath("//@id")
        assert len(ids) == len({*ids}), href
        for link in tree.xpath("//a/@href"):
            address = urlsplit(link)
            if address.scheme:
                continue
            target = (site / href).parent.joinpath(unquote(address.path)) if address.path else site / href
            assert target.is_file(), f"{href}: {link}"
            if address.fragment:
                assert unquote(address.fragment) in anchors(target.resolve()), f"{href}: {link}"


# Figures and tables -----------------------------------------------------------------------------------------


def test_every_figure_has_a_number_a_caption_and_a_text_that_says_what_it_shows(
    pages: dict[str, Any],
) -> None:
    figures = [
        figure for tree in pages.values() for figure in tree.xpath("//div[starts-with(@id, 'fig-')]/figure")
    ]
    assert len(figures) >= 12
    assert len([image for tree in pages.values() for image in tree.xpath("//article//img")]) == len(figures)
    alternatives = []
    for figure in figures:
        caption = words(figure.find("figcaption"))
        said = re.fullmatch(r"Figure (?:[\dA-Z]+\.)?\d+: (.{20,})", caption)
        assert said, caption
        (alternative,) = figure.xpath(".//img/@alt")
        assert len(alternative) > 40, caption
        assert alternative.strip(" .") != said[1].strip(" ."), caption
        alternatives.append(alternative)
    assert len({*alternatives}) == len(figures)


def test_every_table_has_a_number_and_a_caption(pages: dict[str, Any]) -> None:
    tables = [table for tree in pages.values() for table in tree.xpath("//article//table")]
    assert len(tables) >= 10
    for table in tables:
        (figure,) = table.xpath("ancestor::figure")
        assert figure.getparent().get("id", "").startswith("tbl-")
        caption = words(figure.find("figcaption"))
        assert re.fullmatch(r"Table (?:[\dA-Z]+\.)?\d+: .{10,}", caption), words(table)[:80]
        assert table.xpath(".//th")


def test_a_cell_of_few_letters_stays_on_a_line(pages: dict[str, Any]) -> None:
    cells = [cell for page in pages.values() for cell in page.xpath("//tbody//td[not(.//code)]")]
    short = {words(cell) for cell in cells if "short" in (cell.get("class") or "").split()}
    assert "2020 to 2024" in short and "Class III" in short
    assert [text for text in short if len(text) > 12 or " " not in text] == []


@pytest.mark.parametrize("name", ["Figure", "Table"])
def test_numbers_count_up_from_one_in_every_chapter(pages: dict[str, Any], name: str) -> None:
    found: dict[str, list[int]] = {}
    for tree in pages.values():
        for number in tree.xpath("//*[@class='caption-number']"):
            if words(number).startswith(name):
                chapter, _, own = words(number).removeprefix(name).strip().rpartition(".")
                found.setdefault(chapter, []).append(int(own))
    assert len(found) > 5
    assert all(numbers == [*range(1, len(numbers) + 1)] for numbers in found.values()), found


def test_every_figure_and_table_is_spoken_of_in_the_text(pages: dict[str, Any]) -> None:
    named = {link.rpartition("#")[2] for tree in pages.values() for link in tree.xpath(f"{XREFS}/@href")}
    labels = {
        label
        for tree in pages.values()
        for label in tree.xpath("//article//figure/ancestor-or-self::*/@id | //article//table/@id")
        if label.startswith(("fig-", "tbl-"))
    }
    assert len(labels) >= 22
    assert labels - named == set()


def test_pictures_on_disk_are_those_that_the_notebooks_store(
    built: Path, site: Path, project: Project
) -> None:
    stored: dict[str, str] = {}
    for path in project.notebooks:
        for cell in Notebook.load(built / path, built).code:
            for data in (output.get("data", {}) for output in cell.outputs):
                if VEGALITE in data:
                    label = data[VEGALITE]["usermeta"]["label"]
                    stored[f"{label}.svg"], stored[f"{label}.json"] = data[SVG], pretty(data[VEGALITE])
                    stored[f"{label}-narrow.svg"] = data[NARROW]
    assert len(stored) >= 24
    assert {file.name for file in (built / "figures").iterdir() if file.is_file()} == {*stored}
    for name, text in stored.items():
        for folder in (built, site):
            assert (folder / "figures" / name).read_text(encoding="utf-8") == text, name
    shown = {
        re.sub(r"-1(?=(-narrow)?\.svg$)", "", file.name): file for file in (site / "media").rglob("*.svg")
    }
    assert {*shown} == {name for name in stored if name.endswith(".svg")}
    for name, file in shown.items():
        assert untoned(file.read_bytes()).decode() == stored[name], name


def test_every_chart_has_a_narrow_variant_with_text_that_a_phone_shows_large_enough(
    pages: dict[str, Any], site: Path
) -> None:
    charts = 0
    for href, tree in pages.items():
        for figure in tree.xpath("//div[starts-with(@id, 'fig-')]/figure"):
            (source,) = figure.xpath(".//picture/source")
            (image,) = figure.xpath(".//picture//img")  # lxml takes a source for its parent
            assert source.get("srcset") == image.get("src").replace("-1.svg", "-1-narrow.svg")
            drawing = ((site / href).parent / unquote(source.get("srcset"))).read_text(encoding="utf-8")
            width = float(re.search(r'<svg\b[^>]*? width="([\d.]+)"', drawing)[1])
            sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', drawing)]
            assert sizes and width <= NARROWEST
            assert min(sizes) * min(1, 288 / width) >= 11, figure.getparent().get("id")
            charts += 1
    assert charts >= 12


@pytest.mark.parametrize("folder", ["", "uk"])
def test_no_chart_lacks_what_its_code_draws(built: Path, folder: str) -> None:
    charts = sorted((built / "figures" / folder).glob("*.json"))
    assert len(charts) >= 12
    for path in charts:
        for name, rows in json.loads(path.read_text(encoding="utf-8"))["datasets"].items():
            assert rows, f"{path.name}: {name} is empty, so a mark of the chart is missing"


def test_no_notebook_stores_html(built: Path, project: Project) -> None:
    assert len(project.notebooks) >= 10
    for path in project.notebooks:
        for cell in Notebook.load(built / path, built).code:
            for output in cell.outputs:
                assert "text/html" not in output.get("data", {}), f"{path}, {cell.name}"
                assert output["output_type"] != "error", f"{path}, {cell.name}"


# The ledger -------------------------------------------------------------------------------------------------


def test_the_ledger_is_published_and_is_what_its_schema_says(site: Path, ledger: dict[str, Any]) -> None:
    schema = json.loads((site / "ledger.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(ledger)
    assert {"stated", "derived"} <= {entry["kind"] for entry in ledger["entries"]}
    assert len(ledger["entries"]) > 200
    graph = json.loads((site / "ledger.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert len(graph) == len(ledger["entries"]) + len(ledger["findings"])


def test_every_fact_is_shown_or_computed_with_or_listed_as_unused_with_a_reason(
    built: Path, ledger: dict[str, Any]
) -> None:
    package = json.loads((built / "data" / "datapackage.json").read_text(encoding="utf-8"))
    unused = package.get("tieout", {}).get("unused", {})
    entries = {entry["id"]: entry for entry in ledger["entries"]}
    used = {id for id, entry in entries.items() if entry["used"]}
    waiting = [*used]
    while waiting:
        for id in entries[waiting.pop()]["inputs"]:
            if id not in used:
                used.add(id)
                waiting.append(id)
    facts = {id for id, entry in entries.items() if entry["kind"] == "stated"}
    assert len(facts) > 150
    assert facts - used == {*unused}
    assert all(unused.values())


def test_every_entry_and_every_finding_has_its_anchor(
    pages: dict[str, Any], ledger: dict[str, Any], site: Path
) -> None:
    for key, page in (("entries", "ledger_page"), ("findings", "findings_page")):
        ids = {*pages[ledger[page]].xpath("//article//@id")}
        assert {each["id"] for each in ledger[key]} <= ids
    assert Path(ledger["ledger_page"]).name == "ledger.html"
    assert Path(ledger["findings_page"]).name == "findings.html"


def test_every_tie_leads_to_its_entry_and_every_use_to_its_tie(
    pages: dict[str, Any], ledger: dict[str, Any], site: Path
) -> None:
    entries = {entry["id"]: entry for entry in ledger["entries"]}
    ties: dict[tuple[str, str], Any] = {}
    for href, tree in pages.items():
        for tie in tree.xpath("//a[contains(concat(' ', @class, ' '), ' tie ')]"):
            ties[href, tie.get("id")] = tie
            id = tie.get("data-tie").partition(":")[0]
            target, _, anchor = tie.get("href").partition("#")
            assert (site / href).parent.joinpath(target).resolve() == (site / ledger["ledger_page"]).resolve()
            assert anchor == id
            assert id in entries
            assert len(tie.xpath(".//data[@value]")) == 1
    assert len(ties) > 500
    uses = [(id, use) for id, entry in entries.items() for use in entry["used"] if use["anchor"]]
    assert len(uses) == len(ties)
    for id, use in uses:
        tie = ties[use["page"], use["anchor"]]
        assert tie.get("data-tie").partition(":")[0] == id
        assert words(tie) == plain(use["shown"])


# Nothing from elsewhere, nothing of this machine ------------------------------------------------------------


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Any], site: Path) -> None:
    for href, tree in pages.items():
        loaded = tree.xpath(LOADED)
        assert loaded
        for address in loaded:
            parts = urlsplit(address)
            assert parts.scheme in ("", "data"), f"{href}: {address}"
            assert not parts.netloc, f"{href}: {address}"
    for path in site.rglob("*.css"):
        style = path.read_text(encoding="utf-8")
        assert not re.search(r"@import|image-set|://", style), path
        for address in re.findall(r"url\(\s*[\"']?([^\"')]*)", style):
            assert urlsplit(address)._replace(path="").geturl() == "", f"{path}: {address}"
            file = (path.parent / unquote(address)).resolve()
            assert file.is_file() and file.is_relative_to(site.resolve()), f"{path}: {address}"
    for path in site.rglob("*.svg"):
        assert not etree.parse(path).xpath(IN_SVG)
    for path in (site / "figures").glob("*.json"):
        assert not re.search(r'"(?:url|href)":', path.read_text(encoding="utf-8")), path


def test_no_path_of_this_machine_is_published(
    built: Path, root: Path, site: Path, pdf: pypdf.PdfReader, printed: list[str]
) -> None:
    private = {
        str(folder).encode() + b"/" for folder in (built, root, Path.home(), Path(tempfile.gettempdir()))
    }
    private |= {str(built).encode(), str(root).encode(), b"/work/"}
    for path in site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [name for name in private if name in data], path
    said = " ".join([*printed, str(pdf.metadata)]).encode()
    assert not [name for name in private if name in said]


@pytest.mark.deep
@pytest.mark.skipif(not DEEP, reason="a part of make test-deep; `make test` builds smaller ones elsewhere")
def test_the_same_sources_elsewhere_give_the_same_bytes(built: Path, site: Path, tmp_path: Path) -> None:
    again = tmp_path / "a" / "folder" / "elsewhere"
    shutil.copytree(built, again, ignore=LEFT_OUT)
    assert publish.build(Workspace.load(again), "pandoc", execute=False).site == again / "_site"
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    others = {path.relative_to(again / "_site") for path in (again / "_site").rglob("*") if path.is_file()}
    assert files == others
    assert [
        str(file) for file in files if (site / file).read_bytes() != (again / "_site" / file).read_bytes()
    ] == []


# The PDF ----------------------------------------------------------------------------------------------------


def test_the_pdf_opens_with_the_title_and_lists_the_chapters(
    pdf: pypdf.PdfReader, printed: list[str], project: Project, pages: dict[str, Any]
) -> None:
    assert plain(project.title) in printed[0]
    assert pdf.metadata is not None
    assert pdf.metadata.title == project.title
    titles = [words(tree.xpath("//main//h1")[0]) for tree in pages.values()]
    outline = [item for item in pdf.outline if not isinstance(item, list)]
    shown = [re.sub(r"^Appendix ([A-Z]) — ", r"\1 ", plain(str(item.title))) for item in outline]
    assert shown == titles
    starts = [pdf.get_destination_page_number(item) for item in outline]
    assert starts == sorted(starts)
    assert all(start is not None and 0 < start < len(pdf.pages) for start in starts)


def test_the_pdf_has_every_figure_and_table_of_the_pages(printed: list[str], pages: dict[str, Any]) -> None:
    text = " ".join(printed)
    for tree in pages.values():
        for number in tree.xpath("//*[@class='caption-number']"):
            assert f"{words(number)}: " in text


def test_prose_of_every_kind_is_read_by_the_checks(project: Project) -> None:
    kinds = {passage.kind for passage in Sources.of(project).passages}
    assert kinds >= {"text", "caption", "alt", "output"}


def test_the_pdf_claims_to_be_accessible_and_its_ledger_has_ten_pages_at_most(
    pdf: pypdf.PdfReader, lines: list[str]
) -> None:
    assert b"<pdfuaid:part>1<" in pdf.trailer["/Root"]["/Metadata"].get_object().get_data()  # type: ignore[index]
    assert 0 < sum("Formula or source" in page for page in lines) <= 10
    assert pdf.page_labels[2] == "1"  # the contents stand on the one page before
