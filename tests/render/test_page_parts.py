"""What stands around and beside the text of Quarto's pages: margins, bylines, pictures that open, own Lua."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.support.rendered_books import BOOKS, Rendered, render, select, text, write_book
from tieout import publish
from tieout.project import Project
from tieout.render import pages
from tieout.render.document import assemble
from tieout.workspace import Workspace

BOOK = "page-parts"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the book, whole."""
    folder = tmp_path_factory.mktemp("site")
    pages.write(render(BOOK).book, folder, {})
    return folder


def test_what_is_beside_the_text_stands_in_the_margin() -> None:
    page = render(BOOK).page("margin.html")
    beside = select(page, ".column-margin.column-container")
    assert [text(each) for each in beside] == [
        "1 A note of 1998.",
        "An aside of 3 words.",
        "A margin of 7 lines.",
        "Figure 1.1: A small box",
        "In a tab.",
    ]
    assert text(select(page, "p")[0]) == "A sentence. It goes on.1"
    assert select(page, ".column-margin > span.margin-aside") and not select(page, ".aside")
    assert page.get_element_by_id("beside") in beside
    assert select(page, ".column-margin > .quarto-figure img.img-fluid")


def test_notes_stand_beside_what_refers_to_them() -> None:
    page = render(BOOK).page("margin.html")
    (link,) = select(page, "a.footnote-ref")
    assert link.get("href") == "#fn1" and select(page, ".column-margin > div#fn1")
    assert not select(page, ".footnotes")


def test_margins_are_set_apart_on_paper() -> None:
    said = render(BOOK).typst("margin.html")
    assert said.count("#beside[") == 4
    assert "A margin of 7 lines." in render(BOOK).pdf


def test_a_chapter_says_who_wrote_it(site: Path) -> None:
    from lxml import html

    page = html.parse(site / "index.html").getroot()
    (head,) = select(page, "article #title-block-header")
    assert [text(each) for each in select(head, ".quarto-title-meta-heading")] == [
        "Autor:in",
        "Zugehörigkeit",
        "Veröffentlicht",
        "Schlüsselwörter",
    ]
    assert [text(each) for each in select(head, "p.author")] == ["Ada One ORCID", "Ben Two"]
    assert [text(each) for each in select(head, "p.affiliation")] == ["The Hall", "Flour, A Mill"]
    assert text(select(head, ".quarto-category")[0]) == "news"
    assert text(select(page, ".abstract")[0]) == "Zusammenfassung In short, with 5 words."
    assert select(page, ".description em")


def test_pictures_open_where_the_chapter_wants_it() -> None:
    page = render(BOOK).page("pictures.html")
    (link,) = select(page, "a.lightbox")
    assert link.get("href") == "box.svg" and link.get("data-gallery") == "boxes"
    assert select(page, ".quarto-figure-right > figure > a.lightbox > img")
    assert not select(page, ".lightbox .lightbox, .nolightbox")


def test_a_picture_from_the_web_is_a_link_by_its_words() -> None:
    page = render(BOOK).page("pictures.html")
    (link,) = (each for each in select(page, "a") if each.get("href", "").endswith("far.png"))
    assert text(link) == "A far picture" and link.get("class") == "align-left"


def test_a_diagram_is_a_figure_with_its_code() -> None:
    page = render(BOOK).page("pictures.html")
    (cell,) = select(page, ".cell[data-layout-align='left']")
    assert select(cell, "#fig-flow.quarto-figure-left figure.quarto-float-fig pre.mermaid")
    assert text(select(cell, "figcaption")[0]) == "Figure 2.1: From 17 to b"
    assert "Figure 2.1 shows it." in text(page)
    said = [problem.what for problem in render(BOOK).book.problems if problem.rule == "unknown-engine"]
    assert said == [f"`{name}` is drawn by a script, and pages here load none" for name in ("mermaid", "dot")]


def test_filters_of_a_header_and_of_extensions_run() -> None:
    page = render(BOOK).page("lua.html")
    assert select(page, ".early.seen-on-pages") and select(page, ".seen-late") and select(page, ".said-so")
    (problem,) = (each for each in render(BOOK).book.problems if each.rule == "unknown-filter")
    assert "`nowhere`" in problem.what and problem.path == "lua.qmd"


def test_shortcodes_of_extensions_run() -> None:
    page = render(BOOK).page("lua.html")
    assert text(select(page, "span.loud")[0]) == "word"
    assert text(select(page, ".callout-tip .callout-title-container")[0]).endswith("a title")
    (problem,) = (each for each in render(BOOK).book.problems if each.rule == "shortcode")
    assert "`unheard`" in problem.what and "{{< unheard of >}}" in text(page)


def test_a_filter_that_fails_leaves_the_chapter_as_it_is(tmp_path: Path) -> None:
    bad = "function Str() error('oh no') end"
    root = write_book(
        tmp_path, {"index.qmd": "---\nfilters: [bad.lua]\n---\n\n# T\n\nword\n"}, **{"bad.lua": bad}
    )
    book = assemble(Project.load(root), root / "none.json")
    (problem,) = (each for each in book.problems if each.rule == "filter")
    assert problem.severity == "warning" and problem.path == "index.qmd" and "oh no" in problem.what
    assert text(Rendered(book).page()) == "word"


def test_keys_are_heard_once() -> None:
    page = render(BOOK).page("lua.html")
    (shown,) = select(page, "kbd")
    assert shown.get("aria-hidden") == "true" and text(select(page, ".visually-hidden")[0]) == "Shift-F5"


def test_a_formula_says_its_number_as_tex(site: Path) -> None:
    assert "a = b \\tag{3.1}</annotation>" in (site / "lua.html").read_text(encoding="utf-8")


def test_a_formula_and_the_sign_behind_it_stay_on_one_line(tmp_path: Path) -> None:
    root = write_book(tmp_path, {"index.qmd": "# T\n\nWith $n = 12$, ($p$) and $q$ alone.\n"})
    pages.write(assemble(Project.load(root), root / "none.json"), tmp_path / "site", {})
    found = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r'<span class="together"><math.*?</math>(.*?)</span>', found) == [",", ")"]
    assert "</math> alone." in found


def test_a_chapter_without_title_counts_without_its_number(site: Path) -> None:
    page = render(BOOK).page("bare.html")
    assert (
        text(select(page, ".equation-number")[0]) == "(1)" and text(select(page, "a.xref")[0]) == "Equation 1"
    )


def test_another_dialect_is_read(tmp_path: Path) -> None:
    header = "---\nfrom: commonmark_x\ntitle: T\n---\n\n"
    root = write_book(
        tmp_path, {"index.qmd": header + "{#quote}\n> Words\n", "two.qmd": "---\nfrom: rst\n---\n\n# T\n"}
    )
    book = assemble(Project.load(root), root / "none.json")
    assert select(Rendered(book).page(), "#quote")
    (problem,) = (each for each in book.problems if each.rule == "ignored-key")
    assert "`from: rst`" in problem.what and problem.path == "two.qmd"


def test_the_audit_knows_all_of_it(tmp_path: Path) -> None:
    root = tmp_path / BOOK
    shutil.copytree(BOOKS / BOOK, root)
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    said = [problem for report in result.reports if report.check != "build" for problem in report.problems]
    assert result.site and said == []
