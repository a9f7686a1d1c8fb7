"""The PDF: outline, ties as named destinations, repeated table headers, embedded fonts, metadata."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pypandoc
import pypdf
import pytest
from pypdf.generic import NullObject

from tests.render.test_source import PIXEL
from tests.support import projects, small_report
from tests.support.depth import DEEP
from tests.support.paper import starts, thin_pages
from tieout import publish
from tieout.audit.ink import overlapping
from tieout.audit.pieces import Piece, read_pieces
from tieout.problems import InputError
from tieout.project import Project
from tieout.render.build import build
from tieout.render.shell import THEME
from tieout.workspace import Workspace


@pytest.fixture(scope="module")
def document(site: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(site / "small.pdf")


@pytest.fixture(scope="module")
def sheets(document: pypdf.PdfReader) -> list[str]:
    """The text of each page."""
    return texts(document)


def texts(document: pypdf.PdfReader) -> list[str]:
    return [page.extract_text() for page in document.pages]


def titles(outline: Any) -> list[Any]:
    return [titles(item) if isinstance(item, list) else item.title for item in outline]


def text(sheets: list[str]) -> str:
    return " ".join(" ".join(sheets).split())


def links(document: pypdf.PdfReader) -> list[str]:
    found = []
    for page in document.pages:
        for item in page.get("/Annots", []):
            target = item.get_object().get("/Dest")
            if isinstance(target, str):
                found.append(str(target))
    return found


def test_the_outline_has_every_chapter_and_section_with_its_number(document: pypdf.PdfReader) -> None:
    assert titles(document.outline) == [
        "Welcome",
        "First part",
        "1 Market & more",
        ["1.1 Growth of 2.5", ["1.1.1 A deeper heading"]],
        "References",
        "Appendix A — Findings",
        ["Two rates differ"],
        "Appendix B — Ledger",
    ]


def test_ties_are_links_to_destinations_named_like_their_entries(document: pypdf.PdfReader) -> None:
    names = set(document.named_destinations)
    assert {"market.2024", "market.multiple", "scenario.low", "growth-gap"} <= names
    assert links(document).count("market.multiple") >= 1
    assert set(links(document)) <= names


def test_numbers_are_those_of_the_pages(sheets: list[str]) -> None:
    shown = text(sheets)
    for part in ("Figure 1.1: Path of the market", "Table 1.1: Sizes", "Table 1.2: A long table", "(1.1)"):
        assert part in shown
    assert "Figure 1:" not in shown


@pytest.mark.parametrize(
    ("book", "chapter", "shown"),
    [
        ("Masses", "Masses", "Masses"),
        ("Masses", "Lengths", "Masses Lengths"),
        ("Masses of birds " * 5, "Lengths of birds " * 3, "Lengths of birds " * 3),
    ],
)
def test_a_running_head_says_what_fits_once(tmp_path: Path, book: str, chapter: str, shown: str) -> None:
    text = f"# {chapter} {{.unnumbered}}\n\n" + "Words go on and on. \n\n" * 60
    root = projects.create(tmp_path / "p", {"index.md": "# Preface {.unnumbered}\n", "a.md": text})
    projects.change(root / "_quarto.yml", "  title: A small project", f"  title: {book.strip()}")
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert [each for report in result.reports for each in report.errors] == []
    pages = pypdf.PdfReader(next(root.glob("_site/*.pdf"))).pages
    second = next(page for page in reversed(pages) if "Words go on" in page.extract_text())
    assert " ".join(second.extract_text().split("Words go on")[0].split()) == shown.strip()


def test_a_long_table_repeats_its_header(sheets: list[str]) -> None:
    assert sum("What it says" in page and "of a long table" in page for page in sheets) >= 2
    assert "line 80 of a long table" in text(sheets)


def test_the_title_page_and_the_metadata(document: pypdf.PdfReader) -> None:
    first = document.pages[0].extract_text()
    for part in (
        "A Small Report",
        "With one of everything",
        "Ada Author",
        "3 February 2026",
        "10.1234/small",
    ):
        assert part in first
    metadata = document.metadata
    assert metadata is not None
    assert (metadata.title, metadata.author) == ("A Small Report", "Ada Author")
    assert "/CreationDate" not in metadata
    assert document.trailer["/Root"]["/Lang"] == "en"


def test_the_document_is_tagged_and_pictures_have_alternative_text(
    site: Path, document: pypdf.PdfReader
) -> None:
    assert document.trailer["/Root"]["/MarkInfo"]["/Marked"]
    spoken = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for item in node:
                walk(item)
        elif isinstance(node, dict):
            if "/Alt" in node:
                spoken.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(document.trailer["/Root"]["/StructTreeRoot"])
    assert "Three bars, the last the highest." in spoken


def test_all_fonts_are_embedded(document: pypdf.PdfReader) -> None:
    missing = []

    def look(resources: Any) -> None:
        for font in resources.get("/Font", {}).values():
            inner = font.get_object().get("/DescendantFonts", [font])[0].get_object()
            descriptor = inner.get("/FontDescriptor")
            if descriptor is None or not {"/FontFile2", "/FontFile3", "/FontFile"} & set(
                descriptor.get_object()
            ):
                missing.append(inner.get("/BaseFont") or inner.get("/Subtype"))
        for item in resources.get("/XObject", {}).values():
            inside = item.get_object().get("/Resources")
            if inside is not None:
                look(inside.get_object())

    for page in document.pages:
        look(page["/Resources"])
    assert set(missing) <= {"/Type3"}


def test_marks_are_explained(sheets: list[str]) -> None:
    assert "† A finding concerns this number." in text(sheets)


def test_the_compiler_holds_the_pdf_to_pdf_ua_and_the_file_claims_it(document: pypdf.PdfReader) -> None:
    said = document.trailer["/Root"]["/Metadata"].get_object().get_data().decode("utf-8")
    assert "<pdfuaid:part>1</pdfuaid:part>" in said
    assert document.trailer["/Root"]["/ViewerPreferences"]["/DisplayDocTitle"]


def test_a_book_that_cannot_be_held_to_it_is_made_without_the_claim_and_a_warning(tmp_path: Path) -> None:
    root = projects.create(tmp_path / "project", {"index.md": "# Home\n\n## Two\n\n#### Four\n\nText.\n"})
    built = build(Project.load(root), "pandoc", ("pdf",))
    said = [problem for problem in built.problems if problem.rule == "accessible"]
    assert [problem.severity for problem in said] == ["warning"] and "level" in said[0].what
    reader = pypdf.PdfReader(built.files[0])
    assert b"pdfuaid" not in reader.trailer["/Root"]["/Metadata"].get_object().get_data()


def test_pictures_that_nothing_describes_are_named(tmp_path: Path) -> None:
    text = "# Home\n\nOne ![](a.png) and two ![](b.png), and ![Said](c.png).\n"
    root = projects.create(tmp_path / "project", {"index.md": text})
    for name in "abc":
        (root / f"{name}.png").write_bytes(base64.b64decode(PIXEL))
    (said,) = (
        each for each in build(Project.load(root), "pandoc", ("pdf",)).problems if each.rule == "accessible"
    )
    assert (said.path, said.what.partition(": ")[2]) == (
        "index.md",
        "a.png has no alternative text, as have 1 more",
    )


def test_a_book_that_asks_for_it_is_held_to_it(tmp_path: Path) -> None:
    root = projects.create(tmp_path / "project", {"index.md": "# Home\n\n## Two\n\n#### Four\n\nText.\n"})
    config = root / "_quarto.yml"
    projects.change(config, "typst: default", "typst: {pdf-standard: ua-1}")
    with pytest.raises(InputError, match="level"):
        build(Project.load(root), "pandoc", ("pdf",))


@pytest.mark.parametrize(
    ("paper", "size", "asked", "text"),
    [
        ("a4", (595, 842), "", "9.5pt"),
        ("us-letter", (612, 792), "12pt", "12pt"),
        ("", (595, 842), "huge", "9.5pt"),
    ],
)
def test_paper_and_text_have_the_size_that_is_asked_for(
    tmp_path: Path, paper: str, size: tuple[int, int], asked: str, text: str
) -> None:
    home = "# Home {.unnumbered}\n\nText of `#context text.size`{=typst}.\n"
    root = projects.create(tmp_path / "project", {"index.md": home})
    options = [f"papersize: {paper}"] * bool(paper) + [f"fontsize: {asked}"] * bool(asked)
    projects.change(root / "_quarto.yml", "typst: default", f"typst: {{{', '.join(options)}}}")
    project = Project.load(root)
    assert ["fontsize" in str(problem) for problem in project.problems] == [True] * (asked == "huge")
    pages = pypdf.PdfReader(build(project, "pandoc", ("pdf",)).files[0]).pages
    assert (round(pages[-1].mediabox.width), round(pages[-1].mediabox.height)) == size
    assert any(f"Text of {text}." in page.extract_text() for page in pages)


def test_a_documents_text_is_as_large_as_quarto_has_it(tmp_path: Path) -> None:
    document = tmp_path / "report.qmd"
    document.write_text("---\ntitle: T\n---\n\nText of `#context text.size`{=typst}.\n", encoding="utf-8")
    page = pypdf.PdfReader(build(Project.load(document), "pandoc", ("pdf",)).files[0]).pages[-1]
    assert "Text of 11pt." in page.extract_text()


def test_the_contents_of_an_ordinary_book_stand_on_one_page(tmp_path: Path) -> None:
    sections = "".join(f"\n## Section {letter}\n\nText.\n" for letter in "abcdefghij")
    chapters = {"index.md": "# Home {.unnumbered}\n\nText.\n"} | {
        f"{name}.md": f"# Chapter {name}\n{sections}" for name in ("one", "two", "three", "four", "five")
    }
    reader = pypdf.PdfReader(
        build(Project.load(projects.create(tmp_path / "p", chapters)), "pandoc", ("pdf",)).files[0]
    )
    assert list(reader.page_labels[:3]) == ["", "ii", "1"]
    assert "Section j" in reader.pages[1].extract_text()


@pytest.mark.deep
def test_whatever_does_not_fit_on_a_page_leaves_it_at_least_half_full(tmp_path: Path) -> None:
    paragraph = (
        "Words follow each other, and only where a page ends is asked of them, not what they say. " * 2
    )
    caption = "What is seen in the drawing is said at some length, in more than one line. " * 4
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="900"><path d="M0 0h640v900z"/></svg>'
    )
    whole = {
        "figure": f"![{caption}](tall.svg){{#fig-NAME}}",
        "table": "\n".join(["| a | b |", "|---|---|", *["| row | x |"] * 17, "", ": Rows {#tbl-NAME}"]),
    }
    chapters = {"index.md": "# Home {.unnumbered}\n\nText.\n"}
    for kind, held in whole.items():
        for count in range(5, 13) if DEEP else range(5, 13, 2):
            name = f"{kind}-{count}"
            parts = [paragraph] * count + ["## Section", held.replace("NAME", name)] + [paragraph] * 4
            chapters[f"{name}.md"] = "\n\n".join([f"# Chapter {name}", *parts, ""])
    root = projects.create(tmp_path / "p", chapters)
    (root / "tall.svg").write_text(drawing, encoding="utf-8")
    assert thin_pages(build(Project.load(root), "pandoc", ("pdf",)).files[0]) == []


def test_short_chapters_behind_the_text_share_a_page(tmp_path: Path) -> None:
    text = "# Home {.unnumbered}\n\nIt reached [\\$2.5 billion](tie:market.2024) [@agency2026].\n"
    root = projects.create(tmp_path / "p", {"index.md": text, "more.md": "# More\n\nText.\n"})
    assert publish.build(Workspace.load(root), "pandoc").site
    reader = pypdf.PdfReader(root / "_site" / "small.pdf")
    home, more, references, findings, ledger = starts(reader)
    assert (home, more, references) == (2, 3, 4)
    assert references == findings == ledger


def test_each_row_of_the_ledger_leads_back_to_the_pages_that_show_it(tmp_path: Path) -> None:
    tied = "It reached [\\$2.5 billion](tie:market.2024)."
    chapters = {
        "index.md": f"# Home {{.unnumbered}}\n\n{tied}\n",
        "one.md": "# One\n\nText.\n",
        "two.md": f"# Two\n\n{tied}\n",
    }
    root = projects.create(tmp_path / "project", chapters)
    built = publish.build(Workspace.load(root), "pandoc", ("html", "pdf"))
    reader = pypdf.PdfReader(next(path for path in built.files if path.suffix == ".pdf"))
    last = reader.pages[-1]
    assert "1, 3" in last.extract_text()
    back = [
        reader.get_page_number(note.get_object()["/Dest"][0].get_object())
        for note in last["/Annots"]
        if isinstance(note.get_object().get("/Dest", NullObject()).get_object(), list)
    ]
    assert [reader.page_labels[number] for number in back] == ["1", "3"]
    there = [note.get_object()["/Dest"] for number in back for note in reader.pages[number]["/Annots"]]
    assert there == ["market.2024", "market.2024"]


def test_a_row_says_the_page_that_a_tie_begins_on(tmp_path: Path) -> None:
    """A number, and a name of two long words, each so far down that one begins a page."""
    line, counts = "n" * 75, range(47, 52)  # words of a line each
    numbers = {f"number-{n}": f"{n},000,000,001" for n in counts}
    names = {f"name-{n}": f"{'u' * 75} {'h' * 75}" for n in counts}
    rows = [
        f'n.{id},Count,"{text.replace(",", "")}",{form},,agency2026,1:p2,"{text}"\n'
        for kind, form in ((numbers, "1,exact"), (names, "text,"))
        for id, text in kind.items()
    ]
    chapters = {"index.md": "# Home {.unnumbered}\n\nText.\n"}
    for id, text in (numbers | names).items():
        before = f"{line} " * int(id.partition("-")[2])
        chapters[f"{id}.md"] = f"# Chapter\n\n{before}[{text}](tie:n.{id}){f' {line}' * 4}\n"
    head = projects.FACTS.partition("\n")[0] + "\n"
    root = projects.create(tmp_path / "p", chapters, facts=head + "".join(rows))
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert result.site, [str(each) for report in result.reports for each in report.problems]
    pages = [page.extract_text() for page in pypdf.PdfReader(root / "_site" / "small.pdf").pages]
    first = {page.split(line)[0].split()[-1] for page in pages if line in page}
    for kind in (numbers, names):  # one begins a page, or ends on the next
        assert first & {text.split()[-1] for text in kind.values()}


def test_a_use_that_the_pdf_lacks_has_no_page_in_the_ledger(document: pypdf.PdfReader) -> None:
    assert "gone" not in document.pages[-1].extract_text()


def test_no_text_stands_outside_the_page(site: Path) -> None:
    for piece in read_pieces(site / "small.pdf"):
        left, low, right, high = piece.box
        assert left >= 0 and low >= 0 and right <= 596 and high <= 842, piece.text


def test_a_book_without_a_ledger_chapter_has_ties_without_links(tmp_path: Path) -> None:
    root = tmp_path / "plain"
    small_report.create(root)
    config = (root / "_quarto.yml").read_text(encoding="utf-8")
    (root / "_quarto.yml").write_text(
        config.replace("  appendices: [findings.md, ledger.md]\n", ""), encoding="utf-8"
    )
    chapter = (root / "chapters" / "market.ipynb").read_text(encoding="utf-8")
    (root / "chapters" / "market.ipynb").write_text(
        chapter.replace("[the ledger](../ledger.md)", "x"), encoding="utf-8"
    )
    built = build(Project.load(root), "pandoc", ("pdf",))
    assert "market reached $2.5 billion" in text(texts(pypdf.PdfReader(built.files[0])))


NAMES = [
    "rate_marriage", "age", "yrs_married", "children", "religious", "educ", "occupation", "occupation_husb",
    "affairs", "any_affair",
]  # fmt: skip
WIDE = [
    (NAMES, "6366.00"),
    (NAMES[:9], "123456789.5"),  # ten columns have the same room above and beside
    ([f"a_rather_long_name_{number}" for number in range(20)], "1234.5678"),
    (["one", "two", "three"], "words that go on and on, and break, " * 4),
    (["an_extremely_long_name_that_takes_up_much_of_the_line", "a", "b", "c"], "some words " * 8),
]


def wide_table(names: list[str], held: str) -> str:
    """Return a table with a word before each of four rows, and the same words in all other cells."""
    lines = [
        ["", *names],
        ["-", *["-:"] * len(names)],
        *([f"row{n}", *[held] * len(names)] for n in range(4)),
    ]
    if " " in held:  # a table of pandoc whose columns are as wide as they need to be
        rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in lines[2:])
        head = "".join(f"<th>{cell}</th>" for cell in lines[0])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def test_words_of_wide_tables_are_never_set_over_each_other(tmp_path: Path) -> None:
    chapters = {"index.md": "# Home\n\nText.\n"} | {
        f"wide-{place}.md": f"# Table {place}\n\n{wide_table(names, held)}\n"
        for place, (names, held) in enumerate(WIDE)
    }
    root = projects.create(tmp_path / "report", chapters)
    built = build(Project.load(root), "pandoc", ("pdf",))
    pages: dict[int, list[Piece]] = {}
    for piece in read_pieces(built.files[0]):
        pages.setdefault(piece.page, []).append(piece)
    shown = "".join(piece.text for own in pages.values() for piece in own)
    assert all(name in shown for names, _ in WIDE for name in names)
    for own in pages.values():
        assert not [(one.text, other.text) for one, other in overlapping(own)]
        assert max(piece.box[2] for piece in own) < 595


def test_words_that_stand_over_each_other_are_seen() -> None:
    one = Piece(0, 0, 0, 1, "yrs_married", box=(0, 0, 50, 8))
    beside, over, index = (
        Piece(0, x, y, 1, text, box=(x, y, x + wide, y + high))
        for text, x, y, wide, high in (("age", 51, 0, 15, 8), ("age", 40, 0, 15, 8), ("age", 49, 6, 5, 4))
    )
    assert list(overlapping([one, over])) == [(one, over)]
    assert not list(overlapping([one, beside])) and not list(overlapping([one, index]))


def test_a_cell_that_says_nothing_has_a_dash_on_paper() -> None:
    table = "| Year |  |\n|---|---|\n| 2020 |  |\n| 2024 | 2.8 |\n"
    arguments = ["--from=markdown", "-L", str(THEME / "typst.lua")]
    made = pypandoc.convert_text(table, "typst", format="markdown", extra_args=arguments)
    assert made.count("[--]") == 1 and "[2020], [--]" in made


def test_the_corner_of_a_table_without_a_head_is_left_empty() -> None:
    table = "<table><tr><td></td><td>coef</td></tr><tr><td>Intercept</td><td></td></tr></table>"
    arguments = ["-L", str(THEME / "typst.lua")]
    made = pypandoc.convert_text(table, "typst", format="html", extra_args=arguments)
    assert made.count("[--]") == 1 and "[], [coef]" in made


def test_a_drawing_that_is_none_is_an_error_with_its_name(tmp_path: Path) -> None:
    root = tmp_path / "broken"
    small_report.create(root)
    (root / "bad.svg").write_text("<svg", encoding="utf-8")
    (root / "index.md").write_text("# Welcome\n\n![A picture](bad.svg)\n", encoding="utf-8")
    with pytest.raises(InputError) as error:
        build(Project.load(root), "pandoc", ("pdf",))
    assert error.value.problems[0].path == "bad.svg"
