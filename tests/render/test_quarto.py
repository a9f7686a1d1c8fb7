"""The quarto engine, as far as it shows without Quarto: versions, and what is said where it is missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest
from lxml import html

from tests.support import editions, notebooks, projects, quarto_book
from tests.support.commands import run_tieout
from tieout import publish
from tieout.adopt.adopt import adopt
from tieout.audit.page import Page
from tieout.audit.reading import read_page
from tieout.problems import InputError
from tieout.project import parse_yaml
from tieout.project.drawings import FONTS
from tieout.project.starter import create
from tieout.render import quarto
from tieout.render.build import choose
from tieout.workspace import Workspace

needs_quarto = pytest.mark.skipif(shutil.which("quarto") is None, reason="Quarto is not on PATH")


@pytest.fixture
def no_quarto(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("QUARTO_PATH", raising=False)


def test_quarto_gets_in_its_own_words_what_it_has_none_for(tmp_path: Path) -> None:
    note = "#:# One\n\n```{note}\nMind this.\n```"
    root = projects.create(tmp_path / "book", {"index.ipynb": [note], "two.ipynb": ["#:# Two"]})
    book = json.loads((root / "two.ipynb").read_text("utf-8"))
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "mark": "bar",
        "data": {"values": [{"a": 1}]},
    }
    spec |= {"encoding": {"x": {"field": "a", "type": "quantitative"}}}
    data = {"application/vnd.vegalite.v6+json": spec, "text/plain": "alt.Chart(...)"}
    output = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": data}
    drawn = {
        "cell_type": "code",
        "id": "c",
        "execution_count": 1,
        "metadata": {},
        "source": "1",
        "outputs": [output],
    }
    (root / "two.ipynb").write_text(json.dumps({**book, "cells": [*book["cells"], drawn]}), "utf-8")
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    quarto.in_its_words(Workspace.load(root).project, copy)
    said = json.loads((copy / "index.ipynb").read_text("utf-8"))["cells"][0]["source"]
    assert "::: {.callout-note}\n" in said and "Mind this.\n" in said
    assert "image/svg+xml" in (copy / "two.ipynb").read_text("utf-8")
    assert (root / "index.ipynb").read_text("utf-8").count("callout") == 0
    assert (copy / "_quarto.yml").read_bytes() == (root / "_quarto.yml").read_bytes()


SCRIPTED = "<div id='altair-viz-1'></div><script>1</script>"
FRAME = "<div>\n<style scoped>\n.dataframe td { top: 0 }\n</style>\n"
FRAME += "<table class='dataframe'><tr><td>``2``</td></tr></table></div>"


def test_quarto_gets_of_an_output_the_form_that_readers_see(tmp_path: Path) -> None:
    shown = [
        {"text/html": FRAME, "text/plain": "   0\n0  2"},
        {"text/html": SCRIPTED, "image/svg+xml": "<svg/>", "text/plain": "alt.Chart(...)"},
        {"text/html": "<b>Model</b>", "text/plain": "Model()"},
    ]
    cells = [projects.code("1", each) for each in shown]
    root = tmp_path / "book"
    notebooks.write(root / "index.ipynb", "#:# One", *cells)
    adopt(root).write()
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    quarto.in_its_words(Workspace.load(root).project, copy)
    written = json.loads((copy / "index.ipynb").read_text("utf-8"))["cells"]
    table, chart, plain = [each["outputs"][0]["data"] for each in written if each.get("outputs")]
    assert "text/html" not in {*table, *chart, *plain}, "for one Quarto loads scripts from elsewhere"
    text = table["text/markdown"]
    assert text.startswith("```{=html}\n") and "<table" in text and "<style" not in text
    assert "image/svg+xml" in chart and plain == {"text/plain": "Model()"}


def test_quarto_is_given_cells_as_lists_of_lines(tmp_path: Path) -> None:
    """A source may be one text, of which Quarto makes one line."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# One\n\nText.\n\n## Part"}
    root = projects.create(tmp_path / "book", {"index.ipynb": [cell]})
    copy = tmp_path / "copy"
    shutil.copytree(root, copy)
    quarto.in_its_words(Workspace.load(root).project, copy)
    (written,) = json.loads((copy / "index.ipynb").read_text("utf-8"))["cells"]
    assert written["source"] == ["# One\n", "\n", "Text.\n", "\n", "## Part"]


def test_the_fonts_of_the_pdf_lie_where_the_extension_has_typst_look(tmp_path: Path) -> None:
    create(tmp_path / "report")
    text = (tmp_path / "report" / "_extensions" / "tieout" / "_extension.yml").read_text("utf-8")
    folders = parse_yaml(text, "")[0]["contributes"]["formats"]["typst"]["font-paths"]
    assert run_tieout("ledger", cwd=tmp_path / "report").returncode == 0
    laid = [path.name for folder in folders for path in (tmp_path / "report" / folder).glob("*.ttf")]
    assert sorted(laid) == sorted(path.name for path in FONTS.glob("*.ttf")) != []


@pytest.mark.parametrize(
    ("said", "version"),
    [("1.9.38\n", (1, 9, 38)), ("1.10.0", (1, 10, 0)), ("v2.0", (2, 0)), ("quarto", ()), ("", ())],
)
def test_versions_are_read(said: str, version: tuple[int, ...]) -> None:
    assert quarto.parse_version(said) == version


@pytest.mark.parametrize(
    ("version", "good"), [((1, 8, 27), False), ((1, 9, 0), True), ((1, 10, 2), True), ((2, 0), True)]
)
def test_nine_is_older_than_ten(version: tuple[int, ...], good: bool) -> None:
    assert quarto.Quarto("quarto", version).is_new_enough is good


@pytest.mark.usefixtures("no_quarto")
def test_asked_for_and_absent_says_how_to_get_it() -> None:
    with pytest.raises(InputError) as error:
        choose("quarto")
    assert 'pip install "tieout[quarto]"' in str(error.value)


@pytest.mark.usefixtures("no_quarto")
def test_auto_takes_pandoc_where_there_is_no_quarto_and_says_so() -> None:
    assert choose("auto").version_text == "pandoc"


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(InputError, match="latex"):
        choose("latex")


@pytest.mark.usefixtures("no_quarto")
def test_something_that_only_has_the_name_is_not_quarto(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("QUARTO_PATH", str(tmp_path / "nowhere" / "quarto"))
    assert quarto.find() is None


@pytest.fixture
def of_one(tmp_path: Path) -> Path:
    """A book of one chapter without an `index`, as `tieout adopt` makes it of one notebook."""
    notebooks.write(tmp_path / "book" / "one.ipynb", "#:# One\n\n## Within")
    adopt(tmp_path / "book").write()
    return tmp_path / "book"


def test_quarto_is_not_given_a_book_without_the_home_page_that_it_asks_for(
    of_one: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = quarto.Quarto(str(tmp_path / "quarto"), (1, 9, 38))
    project = Workspace.load(of_one).project
    with pytest.raises(InputError, match=r"no book without index\.qmd"):
        quarto.render(found, project, tmp_path / "site", tmp_path / "ledger.json", ("html",))
    monkeypatch.setattr(quarto, "find", lambda: found)
    result = publish.build(Workspace.load(of_one), "auto", ("html",))
    assert result.site and result.files[0].name == "one.html"
    assert "one.html" in (result.site / "index.html").read_text("utf-8")
    found_wrong = [problem.rule for report in result.reports for problem in report.problems]
    assert set(found_wrong) <= {"author"}, "its heading, under the book's own title, has its number"


# With Quarto itself


def shown(site: Path) -> dict[str, tuple[object, ...]]:
    """Return what the pages of a site show: their text in order, and the numbers of sections and captions."""
    pages: dict[str, tuple[object, ...]] = {}
    for path in sorted(site.rglob("*.html")):
        href = path.relative_to(site).as_posix()
        if not href.startswith("site_libs/"):
            page: Page = read_page(path.read_bytes(), href, site)
            items = [(item.kind, item.text) for item in page.items]
            kinds = ("heading", "caption", "subcaption", "note")
            pages[href] = (items, [" ".join(mark.text.split()) for mark in page.marks if mark.kind in kinds])
    return pages


def fonts(pdf: pypdf.PdfReader) -> set[str]:
    """Return the names of the fonts that the pages of a PDF use."""
    given = [page["/Resources"].get_object().get("/Font", {}) for page in pdf.pages]
    names = [str(font.get_object()["/BaseFont"]) for each in given for font in each.values()]
    return {name.partition("+")[2] for name in names}


@needs_quarto
def test_both_engines_publish_the_same_numbers(tmp_path: Path) -> None:
    sites = {}
    for engine in ("pandoc", "quarto"):
        root = quarto_book.create(tmp_path / engine)
        result = publish.build(Workspace.load(root), engine, execute=False)
        assert result.site, [str(each) for report in result.reports for each in report.errors]
        sites[engine] = result.site
    ledgers = [json.loads((site / "ledger.json").read_text(encoding="utf-8")) for site in sites.values()]
    assert ledgers[0] == ledgers[1]
    ours, theirs = shown(sites["pandoc"]), shown(sites["quarto"])
    assert ours.keys() - {"404.html", "downloads.html"} == theirs.keys()
    for href in theirs.keys() - {"findings.html", "ledger.html"}:  # whose titles are numbered in other ways
        assert ours[href] == theirs[href], href
    used = fonts(pypdf.PdfReader(sites["quarto"] / "small.pdf"))
    assert "TieoutSerif-Regular" in used and not [name for name in used if "Libertinus" in name]


@needs_quarto
def test_a_new_report_renders_at_once_and_leaves_its_folder_clean(tmp_path: Path) -> None:
    root = tmp_path / "report"
    create(root)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "start"]):
        subprocess.run([*git, *command], cwd=root, check=True)
    surroundings = {**os.environ, "QUARTO_PYTHON": sys.executable}
    ran = subprocess.run(["quarto", "render"], cwd=root, check=True, capture_output=True, env=surroundings)
    assert b"unknown font" not in ran.stdout + ran.stderr
    said = subprocess.run([*git, "status", "--short"], cwd=root, check=True, capture_output=True, text=True)
    assert said.stdout == ""
    from tieout.audit import site
    from tieout.ledger import Ledger

    assert [str(each) for each in site.check(Ledger.load(root)).errors] == []


@needs_quarto
def test_editions_by_quarto_lead_to_each_other_and_agree_with_ours(tmp_path: Path) -> None:
    sites = {}
    for engine in ("pandoc", "quarto"):
        result = publish.build(Workspace.load(editions.create(tmp_path / engine)), engine)
        assert result.site, [str(each) for report in result.reports for each in report.errors]
        said = [each.rule for report in result.reports for each in report.problems]
        assert "pdf" not in said
        sites[engine] = result.site
    for name in ("ledger.json", "uk/ledger.json"):
        ledgers = [json.loads((site / name).read_text(encoding="utf-8")) for site in sites.values()]
        assert ledgers[0] == ledgers[1]
    for href, other, lang in (
        ("chapters/market.html", "../uk/chapters/uk/market.html", "uk"),
        ("uk/chapters/uk/market.html", "../../../chapters/market.html", "en"),
    ):
        tree = html.fromstring((sites["quarto"] / href).read_bytes())
        (link,) = tree.xpath("//main//a[@class='site-edition']")
        assert (link.get("href"), link.get("lang")) == (other, lang)
        assert (sites["quarto"] / href).parent.joinpath(other).is_file()
        (alternate,) = tree.xpath("//head/link[@rel='alternate' and @hreflang]")
        assert (alternate.get("href"), alternate.get("hreflang")) == (other, lang)
    ours, theirs = shown(sites["pandoc"]), shown(sites["quarto"])
    assert ours["chapters/market.html"] == theirs["chapters/market.html"]
    names = pypdf.PdfReader(sites["quarto"] / "small.pdf").named_destinations
    entries = json.loads((sites["quarto"] / "ledger.json").read_text(encoding="utf-8"))["entries"]
    assert {each["id"] for each in entries} <= names.keys()


@needs_quarto
@pytest.mark.parametrize(
    "home",
    ["# Home\n\nIt is [162](tie:devices.count).\n\n## Part\n\nText.\n", "#:# Home {.unnumbered}\n\nText.\n"],
)
def test_a_home_page_counts_in_both_engines_or_in_none(tmp_path: Path, home: str) -> None:
    sites = {}
    name = "index.ipynb" if home.startswith("#:") else "index.md"
    for engine in ("pandoc", "quarto"):
        chapters = {
            name: [f"#:\n{home[2:]}"] if home.startswith("#:") else home,
            "two.md": "# Two\n\n## Part\n",
        }
        root = projects.create(tmp_path / engine, chapters)
        result = publish.build(Workspace.load(root), engine, execute=False)
        assert result.site, [str(each) for report in result.reports for each in report.errors]
        sites[engine] = shown(result.site)
    for href in ("index.html", "two.html"):
        assert sites["pandoc"][href][1][-2:] == sites["quarto"][href][1][-2:]


@needs_quarto
def test_quarto_says_the_title_of_the_book_once(tmp_path: Path) -> None:
    root = projects.create(tmp_path / "book", {"index.md": "# T {#sec-home .unnumbered}\n\nText.\n"})
    title = Workspace.load(root).project.title
    projects.change(root / "index.md", "# T ", f"# {title} ")
    result = publish.build(Workspace.load(root), "quarto", execute=False)
    assert result.site, [str(each) for report in result.reports for each in report.errors]
    tree = html.fromstring((result.site / "index.html").read_bytes())
    assert [each.text_content() for each in tree.iter("h1")] == [title]


@needs_quarto
def test_plain_quarto_stops_at_a_tie_without_an_entry(tmp_path: Path) -> None:
    create(tmp_path / "report")
    with (tmp_path / "report" / "references.qmd").open("a", encoding="utf-8") as file:
        file.write("\nThere are [3](tie:no.such).\n")
    surroundings = {**os.environ, "QUARTO_PYTHON": sys.executable}
    ran = subprocess.run(
        ["quarto", "render", "--to", "html"], cwd=tmp_path / "report", capture_output=True, env=surroundings
    )
    assert ran.returncode and b"no.such" in ran.stderr
