"""Each feature of the pandoc engine on its own small book: what stands on the page, and in the PDF."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pypandoc
import pytest
from lxml import html

from tests.support.rendered_books import BOOKS, Rendered, render, select, text, write_book
from tieout.problems import InputError
from tieout.project import Project, extension
from tieout.render.build import build
from tieout.render.document import assemble
from tieout.render.shell import THEME

# Cross-references


def test_references_reach_across_chapters_with_chapter_numbers() -> None:
    page = render("crossref").page()
    shown = {link.get("href"): text(link) for link in select(select(page, "p")[0], "a.xref")}
    assert shown == {
        "chapters/one.html#fig-box": "Figure 1.1",
        "chapters/one.html#tbl-sizes": "Table 1.1",
        "chapters/one.html#eq-area": "Equation 1.1",
        "chapters/one.html#lst-loop": "Listing 1.1",
        "chapters/one.html#sec-part": "Section 1.1",
        "chapters/two.html#sec-two": "Chapter 2",
        "appendix.html#sec-extra": "Appendix A",
    }


def test_references_in_every_form() -> None:
    forms = select(render("crossref").page(), "p")[1]
    assert text(forms) == (
        "Forms: Figure 1.1, 1.1, Figure 1.1, Figure 1.2, Fig. 1.1, Figure 1.1, Figure 1.2 (a)."
    )
    assert all(link.get("class") == "xref quarto-xref" for link in select(forms, "a"))


def test_every_label_is_an_element_that_its_reference_leads_to() -> None:
    rendered = render("crossref")
    ids = {
        chapter.href: {*rendered.page(chapter.href).xpath("//@id"), chapter.title.id}
        for chapter in rendered.book.chapters
    }
    links = 0
    for chapter in rendered.book.chapters:
        for link in select(rendered.page(chapter.href), "a.xref"):
            page, anchor = link.get("href").split("#")
            folder = Path(chapter.href).parent
            target = (folder / page).as_posix().replace("chapters/../", "") if page else chapter.href
            assert anchor in ids[target]
            links += 1
    assert links > 20


def test_captions_carry_the_number_that_references_show() -> None:
    rendered = render("crossref")
    captions = {
        node.xpath("ancestor::*[@id][1]/@id")[0]: text(node)
        for href in ("index.html", "chapters/one.html", "chapters/two.html", "appendix.html")
        for node in select(rendered.page(href), "figcaption, caption")
    }
    assert captions["fig-home"] == "Figure 1: Outside any chapter"
    assert captions["fig-box"] == "Figure 1.1: A box"
    assert captions["fig-pair"] == "Figure 1.2: Two boxes"
    assert captions["fig-left"] == "(a) Left"
    assert captions["tbl-sizes"] == "Table 1.1: Sizes"
    assert captions["lst-loop"] == "Listing 1.1: A loop"
    assert captions["fig-plot"] == "Figure 2.1: A plot"
    assert captions["tbl-made"] == "Table 2.1: A table made of code"
    assert captions["fig-appended"] == "Figure A.1: In the appendix"


def test_equations_and_theorems_are_numbered() -> None:
    page = render("crossref").page("chapters/one.html")
    equation = page.get_element_by_id("eq-area")
    assert select(equation, "math[display='block']")
    assert text(select(equation, ".equation-number")[0]) == "(1.1)"
    assert text(page.get_element_by_id("thm-small")) == "Theorem 1.1 (Smallness) Every fixture is small."
    assert text(select(page, "p")[-1]) == "By Theorem 1.1."


def test_the_pdf_has_the_same_numbers() -> None:
    pdf = render("crossref").pdf
    for shown in (
        "Across chapters: Figure 1.1, Table 1.1, Equation 1.1, Listing 1.1, Section 1.1, Chapter 2, "
        "Appendix A.",
        "1 One",
        "1.1 A part",
        "1.1.1 Deeper",
        "Figure 2.1: A plot",
        "Appendix A — Extra",
        "Section A.1",
        "(1.1)",
    ):
        assert shown in pdf


def test_labels_are_listed_for_the_search_and_the_checks() -> None:
    labels = {label.id: label for chapter in render("crossref").book.chapters for label in chapter.labels}
    assert (labels["fig-pair"].number, labels["fig-pair"].text) == ("1.2", "Two boxes")
    assert labels["fig-left"].number == "1.2 (a)"
    assert labels["sec-more"].href == "appendix.html#sec-more"


# Cells and outputs


def test_a_figure_cell_has_caption_alternative_text_and_chart() -> None:
    figure = render("cells").page().get_element_by_id("fig-one")
    image = select(figure, "img")[0]
    assert image.get("alt") == 'A "grey" box of $2'
    assert text(select(figure, "figcaption")[0]) == "Figure 1: One bold figure"
    media = render("cells").book.media
    assert media[image.get("src")].startswith(b"<svg")
    assert json.loads(media[image.get("data-chart")]) == {"mark": "bar"}


def test_subcaptions_and_layout_of_one_cell() -> None:
    figure = render("cells").page().get_element_by_id("fig-many")
    inner = select(figure, "figure.subfloat")
    assert [node.getparent().get("id") for node in inner] == ["fig-many-1", "fig-many-2"]
    assert [text(select(node, "figcaption")[0]) for node in inner] == [
        "(a) The left one",
        "(b) The right one",
    ]
    assert [node.get("alt") for node in select(figure, "img")] == ["First", "Second"]
    assert "1fr 1fr" in select(figure, ".layout-row")[0].get("style")


def test_table_cells_become_tables_with_captions() -> None:
    table = render("cells").page().get_element_by_id("tbl-one")
    assert len(select(table, "table")) == 1
    assert text(select(table, "figcaption")[0]) == "Table 1: A table"


def test_cell_options_show_and_hide() -> None:
    page = text(render("cells").page())
    assert "hidden_code" not in page and "OUTPUT ONLY" in page
    assert "code only" in page and "NEVER SHOWN" not in page
    assert "NOT INCLUDED" not in page and "secret" not in page
    assert "REMOVED" not in page
    assert "```{python} fenced = 1 ```" in page


def test_code_folds_on_the_page_and_stands_open_in_the_pdf() -> None:
    rendered = render("cells")
    fold = select(rendered.page(), "details.code-fold")
    assert [text(select(node, "summary")[0]) for node in fold] == ["Show how"]
    assert "folded = 1" in text(fold[0])
    assert "folded = 1" in rendered.pdf and "Show how" not in rendered.pdf


def test_columns_and_classes_are_kept() -> None:
    cell = select(render("cells").page(), ".cell.column-margin")[0]
    assert {"wide", "tall"} <= set(cell.get("class").split())
    assert text(cell) == "IN THE MARGIN"


def test_outputs_as_they_are_have_no_frame() -> None:
    paragraph = next(p for p in select(render("cells").page(), "p") if "asis" in text(p))
    assert not any("cell" in (node.get("class") or "") for node in paragraph.iterancestors())


def test_an_unknown_cell_option_is_named_once_with_its_line() -> None:
    warnings = [problem for problem in render("cells").said("warning") if problem.rule == "cell-option"]
    assert len(warnings) == 1
    line = (BOOKS / "cells" / "index.ipynb").read_text(encoding="utf-8").splitlines()[warnings[0].line - 1]
    assert "weather" in line


def test_outputs_come_as_markdown_then_pictures_then_text_and_as_html_where_nothing_else_is() -> None:
    page = render("outputs").page()
    shown = text(page)
    assert "From Markdown." in shown and "PLAINOUT" not in shown
    assert "plain instead" in shown
    assert shown.count("HTMLOUT") == 1, "where a plain text stands beside it, that is shown"
    assert select(page, "strong") and select(page, "math")
    image = select(page, "img")[0].get("src")
    assert render("outputs").book.media[image].startswith(b"\x89PNG")


def test_records_of_the_ledger_are_not_shown() -> None:
    assert "tie:" not in text(render("outputs").page())
    assert "tie:" not in render("outputs").pdf


def test_warnings_of_code_are_shown_where_asked_for() -> None:
    shown = text(render("outputs").page())
    assert "to stdout" in shown and "to stderr" not in shown and "wanted warning" in shown


def test_terminal_colours_and_backticks_do_no_harm() -> None:
    assert "red and ``` ticks" in text(render("outputs").page())


def test_code_in_markdown_chapters_is_shown_and_named_once() -> None:
    rendered = render("qmd-code")
    page = text(rendered.page())
    assert "shown = 1" in page and "not_shown" not in page and "graph LR" in page and "plain = 3" in page
    assert "#|" not in page
    said = [(problem.what.split("`")[1], problem.line) for problem in rendered.said("warning")]
    assert said == [("python", 3), ("mermaid", 13), ("fig-never", 3)]


# Blocks


def test_callouts_of_five_types_with_titles() -> None:
    page = render("callouts").page()
    titles = {
        kind: [text(select(node, ".callout-title")[0]) for node in select(page, f".callout-{kind}.callout")]
        for kind in ("note", "tip", "warning", "important", "caution")
    }
    assert titles == {
        "note": ["Note", "Note 1: Labelled"],
        "tip": ["Tip A heading as title"],
        "warning": ["Warning A title given"],
        "important": ["Important Folded"],
        "caution": ["Caution Unfolded"],
    }
    assert not select(page, "h2")


def test_callouts_fold() -> None:
    page = render("callouts").page()
    assert select(page, "details.callout-important")[0].get("open") is None
    assert select(page, "details.callout-caution")[0].get("open") is not None


def test_callouts_are_framed_in_the_pdf_too() -> None:
    rendered = render("callouts")
    assert rendered.typst().count("#callout(") == 6
    for words in ("A heading as title", "Important text.", "The footnote.", "As Note 1 says."):
        assert words in rendered.pdf


def test_an_unknown_type_of_callout_is_named() -> None:
    (warning,) = render("callouts").said("warning")
    assert "danger" in warning.what and warning.line == 35
    assert "Unknown type." in text(render("callouts").page())


def test_tabs_keep_their_titles_and_stay_out_of_the_contents() -> None:
    rendered = render("tabset")
    panes = select(rendered.page(), ".panel-tabset > .tab-pane")
    assert [text(select(pane, ".tab-title")[0]) for pane in panes] == ["First tab", "Second"]
    assert "Text of the second." in text(panes[1])
    assert [entry.plain for entry in rendered.chapter().toc] == ["After"]
    assert "First tab Text of the first." in rendered.pdf and "Text of the second." in rendered.pdf


def test_layout_in_columns_rows_and_weights() -> None:
    page = render("layout").page()
    rows = select(page, ".layout-row")
    styles = [row.get("style").split("columns: ")[1] for row in rows]
    assert styles == ["1fr 1fr", "1fr 1fr", "70fr 30fr", "1fr", "1fr", "1fr"]
    assert [text(cell) for cell in rows[0]] == ["First column.", "Second column."]
    figure = page.get_element_by_id("fig-rows")
    inner = select(figure, "figure.subfloat")
    assert [node.getparent().get("id") for node in inner] == ["fig-up", "fig-down"]
    assert select(page, ".column-margin")
    assert "70fr, 30fr" in render("layout").typst()


def test_figures_tables_and_listings_as_divs() -> None:
    page = render("floats").page()
    assert select(page, "#fig-div img")[0].get("alt") == "A box"
    assert text(select(page, "#fig-div figcaption")[0]) == "Figure 1: A figure as a div, with a link"
    widths = [col.get("style") for col in select(page, "#tbl-div col")]
    assert widths == ["width: 75%", "width: 25%"]
    assert text(select(page, "#tbl-right figcaption")[0]) == "(b) Right"
    assert text(select(page, "#lst-div figcaption")[0]) == "Listing 1: A listing as a div"
    assert text(select(page, "p")[-1]) == "As in Table 2 (a), Listing 1 and Figure 2."
    assert "50" in select(page, "#fig-sized img")[0].get("style")
    assert "Table 2 (a), Listing 1 and Figure 2" in render("floats").pdf


# Text


def test_footnotes_maths_definitions_and_raw_parts() -> None:
    page = render("text").page()
    assert len(select(page, "section.footnotes li")) == 2
    assert len(select(page, "math")) == 2 and select(page, "math[display='block']")
    assert text(select(page, "dt")[0]) == "Term" and text(select(page, "dd")[0]) == "Its definition."
    assert select(page, "div.raw-html") and select(page, "mark")
    shown = text(page)
    assert "RAWTYPST" not in shown and "RAWLATEX" not in shown and "for the PDF" not in shown
    pdf = render("text").pdf
    assert "RAWTYPST" in pdf and "for the PDF" in pdf and "RAWHTML" not in pdf and "RAWLATEX" not in pdf
    assert "The first, with code." in pdf
    assert "“quoted” – dash" in shown and "“quoted” – dash" in pdf


def test_nothing_on_a_page_is_loaded_from_elsewhere() -> None:
    for name in ("text", "crossref", "cells"):
        assert not render(name).page().xpath("//script | //link | //*[starts-with(@src, 'http')]")


def test_shortcodes_are_resolved_in_text_links_and_code() -> None:
    page = render("shortcodes").page()
    shown = text(page)
    assert "Version 1.2, some marked text, a link." in shown
    assert page.xpath("//a/@href") == ["https://example.org/home"]
    assert "Meta: blue, Nobody." in shown
    assert "code has 1.2" in shown
    assert "Escaped: {{< var version >}}." in shown
    assert "verbatim {{< var version >}}" in shown


def test_included_files_stand_in_place_from_any_folder() -> None:
    for href in ("index.html", "chapters/two.html"):
        assert "Included text with 1.2. Included by the included." in text(render("shortcodes").page(href))


def test_a_page_break_breaks_the_pdf_only() -> None:
    assert "#pagebreak" in render("shortcodes").typst()
    assert text(select(render("shortcodes").page(), ".page-break")[0]) == ""


def test_an_unknown_shortcode_is_named_once_and_shown_as_written() -> None:
    (warning,) = render("shortcodes").said("warning")
    assert "weather" in warning.what and warning.line == 18
    assert "{{< weather today >}}" in text(render("shortcodes").page())


def test_conditional_content_goes_where_it_belongs() -> None:
    page, pdf = text(render("conditional").page()), render("conditional").pdf
    for word, on_page in {
        "VISIBLE-HTML": True,
        "VISIBLE-TYPST": False,
        "HIDDEN-UNLESS-HTML": True,
        "inline html": True,
        "inline typst": False,
        "Only on the site": True,
    }.items():
        assert (word in page) is on_page, word
        assert (word in pdf) is not on_page, word
    assert "META-SET" in page and "META-UNSET" in page


# Numbering


def test_headings_are_numbered_below_their_chapter() -> None:
    rendered = render("numbering")
    headings = [
        (node.tag, text(node))
        for node in rendered.page("first.html").xpath(
            "//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]"
        )
    ]
    assert headings == [
        ("h2", "1.1 A heading as high as a title"),
        ("h3", "1.1.1 Below it"),
        ("h4", "Lower"),
        ("h5", "Too low"),
        ("h2", "Hidden"),
        ("h2", "Plain"),
        ("h2", "1.2 Again"),
    ]
    assert [chapter.number for chapter in rendered.book.chapters] == [None, "1", None, None, "2", "A"]


def test_unnumbered_headings_are_listed_and_unlisted_ones_are_not() -> None:
    toc = render("numbering").chapter("first.html").toc
    assert [(entry.number, entry.plain) for entry in toc] == [
        ("1.1", "A heading as high as a title"),
        (None, "Plain"),
        ("1.2", "Again"),
    ]
    assert toc[0].children[0].plain == "Below it"


def test_sections_of_unnumbered_chapters_are_not_numbered() -> None:
    for href in ("index.html", "plain.html"):
        assert not select(render("numbering").page(href), ".header-section-number")


def test_the_title_is_the_first_heading_wherever_it_stands() -> None:
    rendered = render("numbering")
    assert rendered.chapter("second.html").title.plain == "Second"
    assert rendered.typst("second.html").startswith("= 2 Second")


def test_appendices_are_lettered() -> None:
    rendered = render("numbering")
    assert text(select(rendered.page("extra.html"), "h2")[0]) == "A.1 Section"
    assert "Appendix A — Extra" in rendered.pdf


def test_words_follow_the_language_and_the_project() -> None:
    page = render("words").page()
    assert text(select(page, "p")[-2]) == "Див. мал. 1, Мал. 1, Таблиця 1, Відео 1."
    assert text(select(page, "#vid-a figcaption")[0]) == "Відео 1: Опис"
    assert text(select(page, ".callout-title")[0]) == "Примітка"


# Links


def test_links_between_chapters_lead_to_pages_and_places() -> None:
    rendered = render("links")
    assert rendered.page().xpath("//a/@href") == [
        "chapters/a.html",
        "chapters/a.html#growth",
        "data.csv",
        "https://example.org/x.qmd",
    ]
    assert rendered.page("chapters/a.html").xpath("//a/@href") == [
        "../index.html",
        "../chapters/b.html#same",
        "../chapters/b.html",
        "#same",
    ]
    assert rendered.page("chapters/b.html").xpath("//a/@href")[-1] == "../chapters/a.html#sec-a"
    assert not rendered.book.problems


def test_pictures_are_found_from_the_page_and_from_the_root() -> None:
    rendered = render("links")
    for href in ("chapters/a.html", "chapters/b.html"):
        assert rendered.page(href).xpath("//img/@src") == ["../figures/box.svg"]
        assert 'image("/figures/box.svg")' in rendered.typst(href)


def test_identifiers_are_unique_in_the_pdf() -> None:
    rendered = render("links")
    assert "<chapters-a--same>" in rendered.typst("chapters/a.html")
    assert "#link(<chapters-b--same>)[b]" in rendered.typst("chapters/a.html")
    assert "Home" in rendered.pdf


# Citations


def test_citations_agree_in_all_chapters_and_lead_to_the_references() -> None:
    rendered = render("citations")
    first = select(rendered.page(), ".citation")[0]
    assert text(first) == "Smith (2020b)"
    assert select(first, "a")[0].get("href") == "chapters/references.html#ref-smith2020second"
    second = select(rendered.page("chapters/two.html"), ".citation")[0]
    assert text(second) == "(Smith 2020a, 3; see also Smith 2020b)"
    listed = [node.get("id") for node in select(rendered.page("chapters/references.html"), "#refs > div")]
    assert listed == ["ref-quiet2019", "ref-smith2020first", "ref-smith2020second"]
    assert not select(rendered.page(), "#refs")
    assert "Smith (2020b) says so." in rendered.pdf


def test_without_a_page_of_references_each_page_has_its_own() -> None:
    rendered = render("citations-by-page")
    shown = [text(select(rendered.page(href), ".citation")[0]) for href in ("index.html", "two.html")]
    assert shown == ["<Smith 2020a>", "<Smith 2020b>"]
    assert [text(node) for node in select(rendered.page(), "#refs > div")] == ["Second a"]
    assert [text(node) for node in select(rendered.page("two.html"), "#refs > div")] == ["First b"]
    assert rendered.pdf.count("Second a") == 1


# What is wrong


def test_a_suppressed_list_of_works_stands_nowhere(tmp_path: Path) -> None:
    book = shutil.copytree(BOOKS / "citations-by-page", tmp_path / "book")
    config = (book / "_quarto.yml").read_text(encoding="utf-8")
    (book / "_quarto.yml").write_text(config + "suppress-bibliography: true\n", encoding="utf-8")
    built = build(Project.load(book), "pandoc", ("html", "pdf"))
    assert not built.problems
    before = render("citations-by-page")
    for name in ("index.html", "two.html"):
        page = html.fromstring((built.site / name).read_text(encoding="utf-8"))
        assert select(before.page(name), ".csl-entry") and not select(page, ".csl-entry")
        cited = [text(node) for node in select(page, ".citation")]
        assert cited == [text(node) for node in select(before.page(name), ".citation")] and cited
        assert not [node for node in select(page, "a") if "#ref-" in str(node.get("href"))]


def test_a_document_without_a_title_numbers_the_sections_it_has(tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text(
        "---\nnumber-sections: true\n---\n\n## Calm\n\nText.\n", encoding="utf-8"
    )
    built = build(Project.load(tmp_path / "plain.md"), "pandoc", ("html", "pdf"))
    page = html.fromstring((built.site / "plain.html").read_text(encoding="utf-8"))
    assert "1 Calm" in [text(node) for node in select(page, "h2")]


def test_everything_unresolved_is_an_error_with_its_line() -> None:
    errors = {(problem.path, problem.line, problem.rule) for problem in render("unresolved").said("error")}
    assert errors == {
        ("index.qmd", 5, "reference"),
        ("index.qmd", 6, "citation"),
        ("index.qmd", 6, "link"),
        ("index.qmd", 7, "link"),
        ("index.qmd", 9, "picture"),
        ("index.qmd", 11, "var"),
        ("two.ipynb", 12, "reference"),
        ("two.ipynb", 31, "reference"),
        ("two.ipynb", 40, "label"),
    }
    notebook = (BOOKS / "unresolved" / "two.ipynb").read_text(encoding="utf-8").splitlines()
    assert "@tbl-nowhere" in notebook[11] and "@eq-nowhere" in notebook[30] and "sec-twice" in notebook[39]


def test_everything_unknown_is_said_once_with_its_line() -> None:
    said = [(problem.rule, problem.path, problem.line) for problem in render("unknown").said("warning")]
    assert sorted(said) == [
        ("ignored-key", "_quarto.yml", 17),
        ("shortcode", "index.qmd", 7),
        ("unknown-filter", "_quarto.yml", 13),
        ("unknown-format", "_quarto.yml", 18),
        ("unknown-key", "_quarto.yml", 7),
        ("unknown-key", "_quarto.yml", 20),
        ("unknown-reference", "index.qmd", 7),
    ]
    assert all(problem.hint for problem in render("unknown").said("warning"))
    assert not render("unknown").said("error")
    assert select(render("unknown").page(), "a[href='#dia-flow']")


def test_an_unknown_tie_is_an_error_at_its_line(tmp_path: Path) -> None:
    root = write_book(tmp_path, {"index.qmd": "# T\n\nText.\n\nIt is [3](tie:no.such).\n"})
    ledger = root / "ledger.json"
    ledger.write_text('{"version": "1", "ledger_page": "l.html", "entries": []}', encoding="utf-8")
    (error,) = [item for item in assemble(Project.load(root), ledger).problems if item.severity == "error"]
    assert (error.id, error.path, error.line) == ("no.such", "index.qmd", 5)


def test_ties_are_resolved_in_text_captions_tables_and_alternative_text(tmp_path: Path) -> None:
    chapter = (
        "# T\n\nIt is [](tie:a.b).\n\n![Now [3](tie:a.b)](box.svg){#fig-a fig-alt='A box of [](tie:a.b)'}\n\n"
        "| n |\n|---|\n| [3](tie:a.b) |\n"
    )
    root = write_book(
        tmp_path, {"index.qmd": chapter}, **{"box.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"}
    )
    entry = {
        "id": "a.b",
        "label": "B",
        "kind": "stated",
        "value": "3",
        "number": 3,
        "display": "3",
        "cells": {},
    }
    ledger = root / "ledger.json"
    ledger.write_text(
        json.dumps({"version": "1", "ledger_page": "index.html", "entries": [entry]}), encoding="utf-8"
    )
    page = Rendered(assemble(Project.load(root), ledger, ["html"])).page()
    ties = select(page, "a.tie[data-tie='a.b']")
    assert [text(tie) for tie in ties] == ["3", "3", "3"]
    assert [tie.get("id") for tie in ties] == ["use-a.b-1", "use-a.b-2", "use-a.b-3"]
    assert select(page, "img")[0].get("alt") == "A box of 3"


@pytest.mark.parametrize(
    ("shown", "key", "is_number"),
    [
        ("3", "a.b", True),
        ("three", "a.b", True),
        ("about three times", "a.b", True),
        ("tripled", "a.b", True),
        ("2024", "a.b:year", True),
        ("Beijing", "a.b:place", False),
        ("Beijing", "c.d", False),
        ("Region 9", "c.d", True),
    ],
)
def test_a_number_is_underlined_on_pages_and_paper_in_words_too_and_a_name_on_neither(
    tmp_path: Path, shown: str, key: str, is_number: bool
) -> None:
    root = write_book(tmp_path, {"index.qmd": f"# T\n\nIt is [{shown}](tie:{key}).\n"})
    entry = {"label": "B", "kind": "stated", "display": "3", "cells": {"period": "2024", "place": "Beijing"}}
    entries = [
        {**entry, "id": "a.b", "value": "3", "number": 3},
        {**entry, "id": "c.d", "value": "Beijing", "number": None},
    ]
    ledger = root / "ledger.json"
    ledger.write_text(
        json.dumps({"version": "1", "ledger_page": "index.html", "entries": entries}), encoding="utf-8"
    )
    book = Rendered(assemble(Project.load(root), ledger, ["html"]))
    (link,) = select(book.page(), "a.tie")
    assert ("tie-word" not in (link.get("class") or "").split()) is is_number
    paper = pypandoc.convert_file(
        str(root / "index.qmd"),
        "typst",
        format="markdown",
        extra_args=[
            *("-L", str(extension() / "tieout.lua"), "-M", f"tieout-ledger={ledger}"),
            *("-L", str(THEME / "typst.lua")),
        ],
    )
    said = re.sub(r'#metadata\(none\)#label\("[^"]*"\)', "", paper).replace("~", " ")  # but for its place
    assert ("#tie[" in paper) is is_number and shown in said


def test_a_short_number_is_not_hyphenated_on_paper(tmp_path: Path) -> None:
    root = write_book(tmp_path, {"index.qmd": "# T\n\nIt took [193 minutes](tie:a.b).\n"})
    entry = {
        "id": "a.b",
        "label": "B",
        "kind": "stated",
        "value": "193",
        "number": 193,
        "display": "193 minutes",
    }
    ledger = root / "ledger.json"
    told = {"version": "1", "ledger_page": "index.html", "entries": [{**entry, "unit": "minute"}]}
    ledger.write_text(json.dumps(told), encoding="utf-8")
    filters = ("-L", str(extension() / "tieout.lua"), "-M", f"tieout-ledger={ledger}")
    arguments = [*filters, "-L", str(THEME / "typst.lua")]
    paper = pypandoc.convert_file(str(root / "index.qmd"), "typst", format="markdown", extra_args=arguments)
    said = re.sub(r'#metadata\(none\)#label\("[^"]*"\)', "", paper)  # but for its place
    assert "#text(hyphenate: false)[193~minutes]" in said


def test_links_reach_what_is_raw_or_comes_from_the_ledger(tmp_path: Path) -> None:
    chapters = {
        "index.qmd": "# T\n\n[a](b.qmd#raw) [b](b.qmd#market.2024) [c](#here)\n\n<a id='here'></a>\n",
        "b.qmd": '# B\n\n<span id="raw">x</span>\n\n::: {.tieout-ledger}\n:::\n',
    }
    assert not assemble(Project.load(write_book(tmp_path, chapters)), tmp_path / "none.json").problems


def test_keys_of_the_project_in_a_chapter_are_said_to_be_idle(tmp_path: Path) -> None:
    root = write_book(tmp_path, {"index.qmd": "---\ntitle: T\nbibliography: own.bib\ncsl: own.csl\n---\n"})
    (root / "own.bib").write_text("", encoding="utf-8")
    (problem,) = assemble(Project.load(root), root / "none.json").problems
    assert problem.severity == "warning" and "`csl`" in problem.what


@pytest.mark.parametrize("name", ["crossref", "cells", "citations", "shortcodes"])
def test_the_same_book_gives_the_same_trees(name: str) -> None:
    root = BOOKS / name
    again = assemble(Project.load(root), root / ".tieout" / "ledger.json")
    assert again == render(name).book


def test_a_lua_filter_of_the_project_runs(tmp_path: Path) -> None:
    root = write_book(tmp_path, {"index.qmd": "# T\n\nword\n"})
    (root / "loud.lua").write_text("function Str(s) return pandoc.Str(s.text:upper()) end", encoding="utf-8")
    with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("filters: [loud.lua]\n")
    assert text(Rendered(assemble(Project.load(root), root / "none.json")).page()) == "WORD"


def test_no_line_begins_with_a_dash(tmp_path: Path) -> None:
    root = write_book(tmp_path, {"index.qmd": "# T\n\nOne — *two*\n— three – four --- five, and --option—\n"})
    made = Rendered(assemble(Project.load(root), root / "none.json"))
    said = "One\u00a0— two\u00a0— three\u00a0– four\u00a0— five, and –option—"
    assert select(made.page(), "p")[0].text_content().replace("\n", " ") == said
    assert made.typst().replace("~", "\u00a0").count("\u00a0") == said.count("\u00a0")


def test_one_format_alone_can_be_made(tmp_path: Path) -> None:
    root = tmp_path / "crossref"
    shutil.copytree(BOOKS / "crossref", root)
    book = assemble(Project.load(root), root / "none.json", ["typst"])
    assert set(book.chapters[0].trees) == {"typst"}
    assert [chapter.title.html for chapter in book.chapters] == ["Home", "One", "Two", "Extra"]


@pytest.mark.parametrize(
    ("body", "severity", "rule", "line"),
    [
        ("::: {layout='[[1,'}\na\n\nb\n:::", "warning", "layout", 3),
        ("::: {layout-ncol=0}\na\n:::", "warning", "layout", 3),
        ("| a |\n|---|\n| 1 |\n\n: C {#tbl-a tbl-colwidths='[x]'}", "warning", "widths", 7),
        ("Fine.\n\nA formula $\\frac{1}{$ here.", "error", "math", 5),
        ("A note.[^gone]", "error", "footnote", 3),
        ("![x](../outside.svg)", "error", "picture", 3),
        ("![x](https://example.org/x.svg)", "warning", "picture", 3),
        ("A form feed\x0cis no line end.\n\n@fig-gone", "error", "reference", 5),
    ],
)
def test_what_cannot_be_shown_is_said_with_its_line(
    tmp_path: Path, body: str, severity: str, rule: str, line: int
) -> None:
    root = write_book(tmp_path, {"index.qmd": f"# T\n\n{body}\n"})
    for asked, grave in (("", "warning"), ("tieout: {require: all}\n", severity)):
        with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
            config.write(asked)
        (problem,) = assemble(Project.load(root), root / "none.json").problems
        assert (problem.severity, problem.rule, problem.path) == (grave, rule, "index.qmd")
        assert problem.line == line and problem.hint


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("works.bib", "@book{a,\n title={x}\n\n@@@\n", 4),
        ("works.json", "[{]", None),
        ("works.txt", "", None),
        ("style.csl", "<style", None),
        ("style.csl", "<html/>", None),
    ],
)
def test_a_broken_bibliography_or_style_is_refused(
    tmp_path: Path, name: str, content: str, line: int | None
) -> None:
    root = write_book(tmp_path, {"index.qmd": "# T\n"}, **{name: content})
    with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write(f"{'csl' if name.endswith('.csl') else 'bibliography'}: {name}\n")
    with pytest.raises(InputError) as caught:
        assemble(Project.load(root), root / "none.json")
    (problem,) = caught.value.problems
    assert problem.path in (name, "_quarto.yml")
    assert line is None or problem.line == line
    assert "Traceback" not in str(problem)
