"""What other people's books have: each kind is shown in both media; what is not is said where it stands."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pypdf
import pytest
from lxml import html

from tests.support import notebooks, ordinary_books, projects
from tests.support.commands import call
from tieout import check, publish
from tieout.adopt.adopt import adopt
from tieout.problems import Problem
from tieout.workspace import Workspace

LISTED = """# <span style="float: right; color: red">Lists *of*</span> code

1.  An item

    ```{r}
    #| eval: false
    #| fig-alt: |
    #|   Two lines

    within <- 1
    ```

    ```{r}
    #| echo: false
    hidden <- 2
    ```

```{r setup, include = FALSE, fig.cap = "A, b"}
hidden <- 3
```

See [the notebook](parts/nb), [its page](parts/nb.html#last) and *day*.txt, **one**.field, [a](https://a.example).b.
"""
PICTURES = """# Pictures

<img src="https://example.org/sea.png?a=1&b=2" width="400" alt="The sea">

<p align="center">
  <img src="https://example.org/hills.png">
</p>

![Named otherwise](otherwise.jpg)

![A pointer](pointer.png)

![Dots](dots.bmp)

![A page](page.png)
"""
INCLUDING = "# Including\n\n{{< include ../common/_outer.md >}}\n"
CITING = "# Citing\n\n[@twice; @commas; @open]\n"
WORKS = """@book{twice, title = {First}, author = {A, B}, publisher = {P}, year = 2001}
@book{twice, title = {Second}, author = {C, D}, publisher = {P}, year = 2002, doi = {10/abc}, doi = {10/abd}}
@book{commas, title = {Commas}, author = {E, F., G, H., I, J.}, publisher = {P}, year = 2003}
@article{open, title = {Open}, author = {K, L}, journal = nature, year = {2010--2015}}
@book{idle, title = {Nobody cites this}}
"""
NOTEBOOK = notebooks.text(
    "#:# A notebook",
    "#:---\n## Aims: two of them\n\n---",
    "#:---\n| a | b |\n|---|---|\n| 1 | 2 |",
    "#:---\nnote: a heading\n---\n\n## Last",
    '#:## <p style="direction: rtl">In a paragraph</p>',
    "#:<div>\n    <p>\n"
    "        Indented <code>\\n</code>, <kbd>\\</kbd> and <em>a\\</em> in HTML.\n    </p>\n</div>",
    "#:Text after it.",
)
FILES: dict[str, str | bytes] = {
    "references.bib": WORKS,
    "otherwise.jpg": ordinary_books.PICTURE,
    "pointer.png": "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 5\n",
    "dots.bmp": b"BM" + b"\0" * 80,
    "page.png": "<!DOCTYPE html><p>Not found",
    "common/_outer.md": "Outer text.\n\n{{< include ../common/_inner.md >}}\n\n{{< include _beside.md >}}\n",
    "common/_inner.md": "Inner text.\n",
    "common/_beside.md": "Text beside.\n",
}
CHAPTERS = {
    "listed.qmd": LISTED,
    "pictures.qmd": PICTURES,
    "parts/including.qmd": INCLUDING,
    "citing.qmd": CITING,
    "parts/nb.ipynb": NOTEBOOK,
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Problem]]:
    """Hold a book of all that, built; look, do not touch."""
    root = ordinary_books.write(tmp_path_factory.mktemp("others"), CHAPTERS, FILES)
    config = root / "_quarto.yml"
    footer = (
        "  page-footer: All of it under [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) of A.\n"
    )
    config.write_text(config.read_text("utf-8").replace("  author:", f"{footer}  author:"), "utf-8")
    result = publish.build(Workspace.load(root), "pandoc", None, execute=False)
    assert [path.name for path in result.files] == ["index.html", "Ordinary.pdf"]
    return root, [problem for report in result.reports for problem in report.problems]


def page(book: tuple[Path, list[Problem]], name: str) -> html.HtmlElement:
    return html.parse(str(book[0] / "_book" / name)).getroot()


def article(book: tuple[Path, list[Problem]], name: str) -> str:
    return " ".join(page(book, name).find(".//article").text_content().split())


def said(book: tuple[Path, list[Problem]], path: str) -> list[tuple[int | None, str]]:
    return sorted((each.line or 0, each.what) for each in book[1] if each.path == path)


def test_none_of_it_stops_a_book_or_is_misread_by_the_audit(book: tuple[Path, list[Problem]]) -> None:
    assert not [each for each in book[1] if each.severity == "error"]
    assert not [each for each in book[1] if str(each.path).endswith((".html", ".pdf"))]


def test_code_to_be_run_within_a_list_is_code_without_its_options(book: tuple[Path, list[Problem]]) -> None:
    shown = article(book, "listed.html")
    assert "within <- 1" in shown and "#|" not in shown and "hidden" not in shown
    assert page(book, "listed.html").xpath("string(//li//code)").startswith("within")


def test_a_title_keeps_its_look_to_its_own_page(book: tuple[Path, list[Problem]]) -> None:
    own, other = page(book, "listed.html"), page(book, "citing.html")
    assert own.xpath("//article//*[contains(@style, 'float')]")
    assert not other.xpath("//*[contains(@style, 'float')]")
    assert other.xpath("//nav[contains(@class, 'chapters')]//a[@href='./listed.html']//em")


def test_a_chapter_is_linked_by_its_name_or_its_page(book: tuple[Path, list[Problem]]) -> None:
    links = page(book, "listed.html").xpath("//article//a[contains(@href, 'nb')]/@href")
    assert links == ["parts/nb.html", "parts/nb.html#last"]
    reader = pypdf.PdfReader(book[0] / "_book" / "Ordinary.pdf")
    text = " ".join(" ".join(each.extract_text() for each in reader.pages).split())
    assert "the notebook, its page and day.txt, one.field, a.b." in text


def test_pictures_of_the_web_in_html_are_links_and_others_never_stop_a_pdf(
    book: tuple[Path, list[Problem]],
) -> None:
    links = page(book, "pictures.html").xpath("//article//p/a")
    assert [(link.get("href"), link.text) for link in links] == [
        ("https://example.org/sea.png?a=1&b=2", "The sea"),
        ("https://example.org/hills.png", "https://example.org/hills.png"),
    ]
    assert [(line, what.partition(" is ")[2] or what) for line, what in said(book, "pictures.qmd")] == [
        (3, "on the web"),
        (6, "on the web"),
        (11, "a pointer of Git LFS"),
        (13, "Typst cannot draw `dots.bmp`"),
        (15, "no picture"),
    ]


def test_includes_of_included_files_are_named_from_the_chapter_or_from_the_file(
    book: tuple[Path, list[Problem]],
) -> None:
    assert "Outer text. Inner text. Text beside." in article(book, "parts/including.html")
    whole = Workspace.load(book[0]).sources.passages
    assert {each.path for each in whole} >= {"common/_inner.md", "common/_beside.md"}


def test_a_picture_of_the_web_that_has_a_caption_says_it_once(tmp_path: Path) -> None:
    text = "# A\n\n![The sea of 7](https://example.org/sea.png)\n\n![](https://example.org/b.png){#fig-b}\n"
    text += "\n![Hills](https://example.org/c.png){fig-alt='Of 9 hills'}\n"
    root = ordinary_books.write(tmp_path, {"a.md": text}, {})
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    problems = [each for report in result.reports for each in report.problems]
    assert not [each for each in problems if each.path != "a.md"]
    figures = html.parse(str(root / "_book" / "a.html")).getroot().xpath("//figure")
    assert [" ".join(each.text_content().split()) for each in figures if each.find("figure") is None] == [
        "https://example.org/sea.png The sea of 7", "https://example.org/b.png Figure 1.1", "Of 9 hills Hills"
    ]  # fmt: skip


def test_all_chapters_that_cannot_be_read_are_found_in_one_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = {f"{name}.md": f"# {name}\n\n{{{{< include away.md >}}}}\n" for name in "bcd"}
    root = ordinary_books.write(tmp_path, {"a.md": "# A\n", **broken}, {})
    built, rounds = publish._built, []
    monkeypatch.setattr(publish, "_built", lambda *given: rounds.append(1) or built(*given))
    result = publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    assert result.site is not None and len(rounds) == 2
    assert sorted(str(each.path) for report in result.reports for each in report.errors) == [*broken]


def test_alternative_texts_hold_what_citations_of_their_captions_show(tmp_path: Path) -> None:
    text = "# A\n\n![Of 5 dots, as @open and @fig-b have it](dot.png){#fig-a}\n\n![B](dot.png){#fig-b}\n"
    root = ordinary_books.write(
        tmp_path, {"a.md": text}, {"references.bib": WORKS, "dot.png": ordinary_books.PICTURE}
    )
    result = publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    problems = [each for report in result.reports for each in report.problems]
    assert not [each for each in problems if each.path != "references.bib"]
    page = root / "_book" / "a.html"
    page.write_text(page.read_text("utf-8").replace('alt="Of 5', 'alt="Of 6'), "utf-8")
    (report,) = check.run(Workspace.load(root), ["site"])
    assert [each for each in report.problems if "Of 6 dots" in each.what]


def test_parts_called_as_their_chapters_and_titles_of_one_format_are_no_gaps_on_paper(tmp_path: Path) -> None:
    root = ordinary_books.write(tmp_path, {"a.md": "# Preface\n\nOf 5.\n", "b.md": "# B\n\nOf 6.\n"}, {})
    config = root / "_quarto.yml"
    said = config.read_text("utf-8").replace(
        '    - "a.md"\n', "    - part: Preface\n      chapters: [a.md]\n"
    )
    config.write_text(said.replace("  author:", "  description: |\n    All of it\n\n  author:"), "utf-8")
    welcome = '::: {.content-visible when-format="html"}\n\n# Welcome {.unnumbered}\n\nOf 4.\n\n:::\n'
    (root / "index.md").write_text(welcome, "utf-8")
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert not [each for report in result.reports for each in report.problems]
    titles = [
        each.title
        for each in pypdf.PdfReader(root / "_book" / "Ordinary.pdf").outline
        if hasattr(each, "title")
    ]
    assert titles == ["Welcome", "Preface", "1 Preface", "2 B"]


def test_a_heading_with_an_emoji_stands_where_the_outline_says(tmp_path: Path) -> None:
    root = ordinary_books.write(tmp_path, {"a.md": "# A\n\n## Part 1 done \U0001f389\n\nSo.\n"}, {})
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    said = [each.what for report in result.reports for each in report.problems]
    assert len(result.files) == 2 and not [each for each in said if "outline" in each or "place" in each]


def test_a_place_without_words_takes_no_name_away_on_paper(tmp_path: Path) -> None:
    text = "# A\n\nSee @lem-small and [it](#place).\n\n::: {#lem-small}\nSo.\n:::\n\n[]{#place}Here.\n"
    root = ordinary_books.write(tmp_path, {"a.md": text}, {})
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    assert len(result.files) == 2 and not [each for report in result.reports for each in report.problems]


def test_a_missing_include_loses_only_the_chapter_that_asks_for_it(tmp_path: Path) -> None:
    files = {"common/_outer.md": "Text.\n\n{{< include ../../away.md >}}\n"}
    chapters = {"a.md": "# A\n", "b.md": "# B\n\n{{< include common/_outer.md >}}\n"}
    root = ordinary_books.write(tmp_path, chapters, files)
    result = publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    assert result.site is not None and (root / "_book" / "a.html").exists()
    (problem,) = [each for report in result.reports for each in report.errors]
    assert (problem.path, problem.line) == ("b.md", 3) and "away.md" in problem.what


def test_what_pandoc_reads_of_a_bibliography_is_said_and_read(book: tuple[Path, list[Problem]]) -> None:
    shown = article(book, "citing.html")
    assert "Second" in shown and "First" not in shown and "Nature" in shown
    assert [(line, re.sub(r"“.*”", "…", what)) for line, what in said(book, "references.bib")] == [
        (0, "1 work of the bibliography not cited: idle"),
        (2, "the key twice stands twice, first on line 1: this entry counts"),
        (2, "twice has two fields `doi`"),
        (3, "… is read as one name"),
        (4, "nature stands without quotes, and no @string defines it"),
        (4, "the year of open is not one: 2010--2015"),
    ]


def test_a_line_across_a_cell_begins_no_metadata(book: tuple[Path, list[Problem]]) -> None:
    headings = page(book, "parts/nb.html").xpath("//article//h2")
    words = [" ".join(each.text_content().split()) for each in headings]
    assert [each.partition(" ")[2] for each in words] == [
        "Aims: two of them", "note: a heading", "Last", "In a paragraph"
    ]  # fmt: skip
    assert len(page(book, "parts/nb.html").xpath("//article//hr")) == 4
    assert page(book, "parts/nb.html").xpath("//article//td")


def test_html_of_a_cell_is_no_code_and_ends_where_it_ends(book: tuple[Path, list[Problem]]) -> None:
    shown = page(book, "parts/nb.html")
    assert "Indented \\n, \\ and a\\ in HTML. Text after it." in article(book, "parts/nb.html")
    assert not shown.xpath("//article//pre") and not shown.xpath("//article//em[contains(., 'after')]")


def test_a_book_that_was_adopted_is_published_as_before(tmp_path: Path) -> None:
    """Adopting adds a filter, and a cell to notebooks that nobody has run; no number is promised yet."""
    root = ordinary_books.write(tmp_path, {"nb.ipynb": notebooks.text("#:# Counts\n\n12 of 30", "1")}, {})
    adopt(root).write()
    before = publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    unrun = [each for report in before.reports for each in report.problems if "never" in each.what]
    assert len(unrun) == 1 and "more" not in unrun[0].what
    made = root / "_book" / "nb.html"
    made.write_text(made.read_text("utf-8").replace("12 of 30", "13 of 30"), "utf-8")
    (report,) = check.run(Workspace.load(root), ["site"])
    assert [each.severity for each in report.problems if "13" in each.what] == ["warning"]


def test_signs_that_are_no_citations_are_told_once_a_chapter(tmp_path: Path) -> None:
    text = "# A\n\nWrite @param and @returns.\n\nThen @see, as Doe (2001) has it, and @param.\n"
    root = ordinary_books.write(tmp_path, {"a.md": text}, {})
    (report,) = check.run(Workspace.load(root), ["citations"])
    assert [(each.line, each.severity) for each in report.problems] == [(3, "warning")]
    assert report.problems[0].what.startswith("@param, @returns, @see are read as citations")


def test_a_year_beside_a_name_stops_no_book_without_facts(tmp_path: Path) -> None:
    work = "@book{doe, title = {T}, author = {Doe, Jo}, publisher = {P}, year = 2012}\n"
    chapters = {"a.md": "# A\n\n@doe; others write Doe and Roe (2018).\n"}
    root = ordinary_books.write(tmp_path, chapters, {"references.bib": work})
    (report,) = check.run(Workspace.load(root), ["citations"])
    assert report.ok and not report.errors


def test_a_filter_finds_its_modules_by_their_path(tmp_path: Path) -> None:
    files = {
        "tools/own.lua": 'local place = quarto.utils.resolve_path("parts/words.lua")\n'
        'local words, more = require(place:gsub("%.lua$", "")), require("./parts/words")\n'
        "local function said(el) if el.text == 'hull' then return words.boat .. more.boat end end\n"
        "return { { Str = said } }\n",
        "tools/parts/words.lua": 'return { boat = "keel" }\n',
    }
    root = ordinary_books.write(tmp_path, {"a.md": "# A\n\nA hull here.\n"}, files)
    with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("filters: [tools/own.lua]\n")
    publish.build(Workspace.load(root), "pandoc", ("html",), execute=False)
    assert "A keelkeel here." in (root / "_book" / "a.html").read_text("utf-8")


def test_a_notebook_without_outputs_is_one_message_of_the_check(tmp_path: Path) -> None:
    chapters = {
        "nb.ipynb": notebooks.text("#:# A", "1", "2", "3"),
        "other.ipynb": notebooks.text("#:# B", "1"),
    }
    root = ordinary_books.write(tmp_path, chapters, {})
    adopt(root).write()
    (report,) = check.run(Workspace.load(root), ["outputs"], execute=False)
    assert report.ok and [(each.path, each.what, each.severity) for each in report.problems] == [
        ("nb.ipynb", "none of its 3 code cells was executed", "warning"),
        ("other.ipynb", "was never executed", "warning"),
    ]


@pytest.mark.parametrize(
    ("cell", "require", "passes"),
    [
        ("import tieout", "none", True),
        ("import tieout as t\n\nfor n in (1, 2):\n    t.record(f'a.{n}', n)", "none", False),
        ("1", "results", False),
    ],
    ids=["records nothing", "records numbers", "promises numbers"],
)
def test_cells_out_of_order_fail_the_check_where_a_number_hangs_on_them(
    tmp_path: Path, cell: str, require: str, passes: bool
) -> None:
    book = json.loads(notebooks.text("#:# A", cell, "2"))
    for count, each in enumerate(reversed(book["cells"][1:]), start=1):
        each["execution_count"] = count
    root = ordinary_books.write(tmp_path, {"a.ipynb": json.dumps(book)}, {})
    adopt(root).write()
    projects.change(root / "_quarto.yml", "require: none", f"require: {require}")
    (report,) = check.run(Workspace.load(root), ["outputs"], execute=False)
    assert report.ok == passes
    assert any("not from top to bottom" in each.what for each in report.problems)


def test_a_one_among_the_words_of_a_page_is_no_number(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ordinary_books.write(tmp_path, {"a.md": "# A\n"}, {})
    with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("lang: zh\n")
    done = call(root, capsys, "build", "--engine", "pandoc", "--to", "html")
    assert done.status == 0 and "nothing explains" not in done.err
