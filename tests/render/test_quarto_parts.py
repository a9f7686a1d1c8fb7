"""Constructs of Quarto's documents, each as Quarto's pages have it: elements, class names, numbers."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from lxml import html

from tests.support.rendered_books import BOOKS, render, select, text, write_book
from tieout import publish
from tieout.project import Project
from tieout.render.document import assemble
from tieout.workspace import Workspace

BOOK = "quarto-parts"


def test_what_is_for_other_formats_is_not_shown() -> None:
    page = render(BOOK).page("shown.html")
    shown = text(page)
    for words in ("code for pages", "One of two formats.", "Both conditions hold.", "Calm.", "A kept span"):
        assert words in shown
    for words in ("code for paper", "Wild.", "A box for paper"):
        assert words not in shown
    assert select(page, ".kept") and not select(page, ".lost") and select(page, "span.marked")
    assert "A box for paper" in render(BOOK).pdf and "code for paper" in render(BOOK).pdf
    assert "code for pages" not in render(BOOK).pdf


def test_a_reference_to_what_is_hidden_is_a_warning() -> None:
    said = [problem for problem in render(BOOK).book.problems if "fig-paper" in problem.what]
    assert [(problem.severity, problem.rule) for problem in said] == [("warning", "reference")]


def test_loose_attributes_and_other_languages_are_read() -> None:
    page = render(BOOK).page("shown.html")
    assert select(page, "#loose")[0].get("data-key") == "value"
    assert text(select(page, "em")[-1]) == "HTML"
    assert text(select(page, "p.subtitle.lead")[0]) == "And what is not"


def test_every_float_is_a_figure_in_a_div_of_its_label() -> None:
    page = render(BOOK).page("floats.html")
    for name in ("fig-linked", "fig-said", "fig-nested", "tbl-raw", "tbl-list"):
        kind = name[:3]
        outer = page.get_element_by_id(name)
        assert {"quarto-float", "quarto-figure", "quarto-figure-center"} <= set(outer.get("class").split())
        (figure,) = select(outer, f"figure.quarto-float-{kind}")
        (caption,) = select(figure, f"figcaption.quarto-float-caption.quarto-float-{kind}")
        assert select(figure, "div[aria-describedby]")[0].get("aria-describedby") == caption.get("id")
    assert select(page, "#fig-linked a > img.img-fluid.figure-img")


def test_captions_come_from_attributes_raw_tables_and_links() -> None:
    page = render(BOOK).page("floats.html")
    captions = [text(node) for node in select(page, "figcaption.quarto-float-caption")]
    assert captions == [
        "Figure 2.A: A linked box",
        "Figure 2.B: A caption in an attribute",
        "Figure 2.C: A nested div",
        "Table 2.1: A raw table",
        "Table 2.2: A list",
        "Figure 2.D: A pair",
    ]
    assert [text(node) for node in select(page, ".quarto-subfloat-caption")] == ["(i) Left", "(ii) Right"]
    assert not select(page, "#tbl-raw caption")
    (said,) = [text(node) for node in select(page, "p") if text(node).startswith("As ")]
    assert said == (
        "As Figure 2.A, Figure 2.B, Figure 2.C, Table 2.1, Table 2.2, Figure 2.D (i) and Equation 2.1 say."
    )


def test_captions_stand_where_the_chapter_wants_them() -> None:
    page = render(BOOK).page("floats.html")
    (figure,) = select(page, "#tbl-list > figure")
    assert [node.tag for node in figure] == ["div", "figcaption"]
    (figure,) = select(render(BOOK).page("code.html"), "#lst-kept > figure")
    assert [node.tag for node in figure] == ["div", "figcaption"]


def test_a_list_becomes_a_table() -> None:
    table = select(render(BOOK).page("floats.html"), "#tbl-list table")[0]
    assert [text(cell) for cell in select(table, "th")] == ["Name", "Meaning"]
    assert select(table, "td")[0].get("colspan") == "2"
    assert [node.get("style") for node in select(table, "col")] == ["width: 20%", "width: 80%"]


def test_tables_have_the_classes_that_styles_ask_for() -> None:
    table = select(render(BOOK).page("floats.html"), "table.odd-one")[0]
    assert {"table", "table-striped"} <= set(table.get("class").split())
    assert [row.get("class") for row in select(table, "tbody > tr")] == ["odd", "even"]
    raw = select(render(BOOK).page("floats.html"), "table.bare")[0]
    assert "table-hover" in raw.get("class").split() and "raw" in render(BOOK).typst("floats.html")


def test_pictures_are_set_to_their_side_and_keep_their_shape() -> None:
    page = render(BOOK).page("floats.html")
    assert select(page, ".quarto-figure-right figure.figure img")
    assert select(page, "#fig-pair .quarto-layout-panel .quarto-layout-row .quarto-layout-cell")
    assert not any(image.get("height") for image in select(page, "#fig-pair img"))


def test_a_formula_is_said_in_words_and_numbered() -> None:
    equation = render(BOOK).page("floats.html").get_element_by_id("eq-known")
    (formula,) = select(equation, "span.math")
    assert formula.get("aria-label") == "Energy is mass times a constant"
    assert text(select(equation, ".equation-number")[0]) == "(2.1)"


def test_notes_on_code_are_taken_out_of_it_and_explained() -> None:
    page = render(BOOK).page("code.html")
    code = text(select(page, "pre")[0])
    assert "<1>" not in code and "\ue001" in code
    notes = select(page, ".code-annotation-container li > span")
    assert [(note.get("data-code-lines"), text(note)) for note in notes] == [
        ("1", "It begins."),
        ("3", "It ends."),
    ]
    # In one order, as everything that is published: Lua has another for its tables in each process.
    assert [list(note.attrib) for note in notes] == 2 * [
        ["data-code-cell", "data-code-annotation", "data-code-lines"]
    ]
    assert text(select(page, ".code-with-filename-file")[0]) == "sum.py"
    assert "<1>" in render(BOOK).typst("code.html")


def test_code_that_shows_how_code_is_written_keeps_its_fences() -> None:
    codes = [text(node) for node in select(render(BOOK).page("code.html"), "pre")]
    assert any("```{python}" in code and "as written" in code for code in codes)
    assert any("```{r}" in code for code in codes)


def test_a_listing_has_its_label_and_its_code_has_none() -> None:
    page = render(BOOK).page("code.html")
    assert select(page, "div#lst-kept.listing.quarto-figure-left figure.quarto-float-lst em")
    assert not select(page, "div#lst-kept.sourceCode")


def test_tabs_and_callouts_have_their_parts() -> None:
    page = render(BOOK).page("code.html")
    assert select(page, "#tabset-1-2.active") and not select(page, "#tabset-1-1.active")
    assert [node.get("id") for node in select(page, ".tab-body")] == ["first", "second"]
    tip = select(page, "div.callout.callout-tip.callout-style-default.callout-titled")[0]
    assert select(tip, "div.callout-header div.callout-icon-container i.callout-icon")
    assert text(select(tip, ".callout-title-container span.screen-reader-only")[0]) == "Tip"
    assert select(page, "details.callout-note > summary i.no-icon")
    assert select(page, "details.callout-note .callout-collapse .callout-body-container")


def test_shortcodes_bring_what_they_stand_for() -> None:
    page = render(BOOK).page("stock.html")
    keys = select(page, "kbd")
    assert [(text(key), key.get("title")) for key in keys] == [
        ("Ctrl-C", "Ctrl-C"),
        ("Control-C", "mac: Command-C, windows: Control-C"),
    ]
    shown = text(page)
    for words in ("Sed ut perspiciatis", "Neque porro", "CC BY 4.0", "a default"):
        assert words in shown
    assert len(select(page, "img")) == 2
    assert select(page, "p > a.quarto-video")[0].get("href") == "https://www.example.org/watch?v=1"
    assert text(select(page, "div.there")[0]) == "This stands elsewhere." and shown.count("elsewhere") == 1
    assert [text(node) for node in select(page, "p") if "line." in text(node)] == [
        "One line.",
        "Another line.",
    ]
    assert any("`nothing`" in problem.what for problem in render(BOOK).said("warning"))


def test_theorems_and_proofs_have_titles_in_the_language_of_the_chapter() -> None:
    page = render(BOOK).page("proofs.html")
    assert text(select(page, "#alg-gcd.theorem.algorithm .theorem-title")[0]) == "Algorithme 5.1 (Euclid)"
    assert text(select(page, "#lem-small.theorem.lemma .theorem-title")[0]) == "Lemme 5.1 (Small)"
    assert text(select(page, "div.proof p")[0]) == "Preuve. By Algorithme 5.1 and Lemme 5.1."
    assert text(select(page, "div.proof.solution span.proof-title")[0]) == "Solution (Of the first)."
    assert text(select(page, ".callout-title")[0]) == "Note"


def test_the_pdf_has_all_of_it() -> None:
    pdf = render(BOOK).pdf
    for words in (
        "Table 2.2: A list",
        "Figure 2.A: A linked box",
        "Algorithme 5.1 (Euclid)",
        "Control-C",
        "A talk",
    ):
        assert words in pdf


def test_the_audit_accepts_what_is_rendered(tmp_path: Path) -> None:
    root = tmp_path / "book"
    shutil.copytree(BOOKS / BOOK, root)
    shown = root / "shown.qmd"  # what paper alone numbers is not compared
    shown.write_text(
        re.sub(r"::: \{#fig-paper.*?\n:::\n", "", shown.read_text(), flags=re.S).replace(
            "See @fig-paper.", ""
        )
    )
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    found = [problem for report in result.reports for problem in report.problems]
    assert result.site, [str(problem) for problem in found if problem.severity == "error"]
    page = (result.site / "code.html").read_text(encoding="utf-8")
    assert 'class="code-annotation-anchor" data-target-cell="annotated-cell-1"' in page
    assert 'class="code-copy-button"' in page


def test_nothing_of_it_stops_a_book() -> None:
    assert [problem.what for problem in render(BOOK).said("error")] == []


def test_words_of_the_page_are_no_kinds_of_references(tmp_path: Path) -> None:
    chapters = {f"{name}.qmd": f"# {name}\n\n## Next steps\n\nText.\n" for name in ("index", "one")}
    root = write_book(tmp_path, chapters)
    assert assemble(Project.load(root), root / "none.json").problems == ()


def test_a_chapter_with_options_of_its_own_for_references_counts_without_its_number(tmp_path: Path) -> None:
    """As Quarto has it, whose `crossref: chapters` such a header ends."""
    header = "---\ncrossref: {fig-labels: alpha x}\n---\n\n"
    said = "# {0}\n\nSee @fig-{0}.\n\n## Part\n\n![Box](box.svg){{#fig-{0}}}\n"
    box = (BOOKS / "layout" / "box.svg").read_text(encoding="utf-8")
    chapters = {
        "index.md": "# Home {.unnumbered}\n",
        "a.md": header + said.format("a"),
        "b.md": said.format("b"),
        "c.md": header.replace("{fig", "{chapters: true, fig") + said.format("c"),
    }
    result = publish.build(Workspace.load(write_book(tmp_path, chapters, **{"box.svg": box})), "pandoc")
    assert result.site and not [str(each) for report in result.reports for each in report.problems]
    shown = {}
    for name in "abc":
        page = html.fromstring((result.site / f"{name}.html").read_bytes())
        part = select(page, "h2 .header-section-number")
        shown[name] = (text(select(page, "a.quarto-xref")[0]), text(part[0]))
    assert shown == {"a": ("Figure x", "1"), "b": ("Figure 2.1", "2.1"), "c": ("Figure 3.x", "3.1")}
