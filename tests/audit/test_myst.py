"""A chapter of a Jupyter Book, with directives and roles of MyST, is published and agrees with its audit."""

from __future__ import annotations

from pathlib import Path

import pypdf
from lxml import html

from tests.support import notebooks, ordinary_books
from tieout import publish
from tieout.workspace import Workspace

CONFIG = (
    "project: {type: book}\nbook: {title: T, author: A, chapters: [index.ipynb, b.md]}\nbibliography: w.bib\n"
)
WORKS = "@book{knuth, author={Knuth, D.}, title={Art}, year={1968}, publisher={W}}\n"
CELL = """(start)=
# Home

See {cite}`knuth`, {eq}`line` and {ref}`start`.
```{note}
Of 6 things.
```
```{math}
:label: line
a = b
```
{{< include part.md >}}
"""
OTHER = "# Other\n\n:::{warning}\nSeven 7\n:::\n\n```{csv-table} Of 8\n9\n```\n"


def test_chapters_of_a_jupyter_book_are_published(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text(CONFIG, "utf-8")
    (tmp_path / "w.bib").write_text(WORKS, "utf-8")
    (tmp_path / "part.md").write_text("```{tip}\nPart of 5\n```\n", "utf-8")
    (tmp_path / "b.md").write_text(OTHER, "utf-8")
    notebooks.write(tmp_path / "index.ipynb", f"#:{CELL}", "#:More {math}`x_1`.\n")
    result = publish.build(Workspace.load(tmp_path), "pandoc", execute=False)
    problems = [each for report in result.reports for each in report.problems]
    assert result.site, problems
    assert [(each.rule, each.path, each.line) for each in problems] == [("directive", "b.md", 7)]
    page = (result.site / "index.html").read_text("utf-8")
    for text in ("callout-note", "callout-tip", "Knuth 1968", ">Home</a>", "Part of 5"):
        assert text in page
    assert "{note}" not in page and "(start)" not in page and "{math}" not in page
    assert "callout-warning" in (result.site / "b.html").read_text("utf-8")


NAMING = """(start)=
# Beginning

(means)=
## Means of [it](b.ipynb)

A {numref}`boat`, {numref}`Fig. %s here <boat>`, {ref}`the boat <boat>`, {numref}`sizes`, {eq}`line`,
{prf:ref}`small`, {ref}`aside <aside>`, {ref}`ends`, {numref}`ends`, {numref}`Part %s <last>`, [](#ends),
[words](#last), {doc}`b`, {doc}`there <b>`, [](b.ipynb) and {numref}`means`.
"""
NAMED = (
    "#:(ends)=\n# Endings of 7",
    "#:(boat)=\n```{figure} dot.png\nA boat\n```",
    "#:```{table} Sizes\n:name: sizes\n| a |\n|---|\n| 5 |\n```\n\n$$\na = b\n$$ (line)\n",
    "#:```{prf:lemma}\n:label: small\nIt is.\n```\n\n(aside)=\nAside of all.",
    "#:(last)=\n## Last\n\nAs {ref}`boat`, {ref}`means`, {numref}`start` and {doc}`a` say.",
)


def test_what_has_a_name_is_named_from_every_chapter_by_number_or_title(tmp_path: Path) -> None:
    root = ordinary_books.write(
        tmp_path, {"a.md": NAMING, "b.ipynb": notebooks.text(*NAMED)}, {"dot.png": ordinary_books.PICTURE}
    )
    result = publish.build(Workspace.load(root), "pandoc", execute=False)
    problems = [each for report in result.reports for each in report.problems]
    assert result.site and not problems
    links = {}
    for name in ("a", "b"):
        page = html.parse(str(result.site / f"{name}.html")).getroot()
        found = page.xpath("//article//p//a[not(@class='anchor')]")
        links[name] = [(" ".join(each.text_content().split()), each.get("href")) for each in found]
        anchors = set(page.xpath("//@id"))
        assert {"a": {"start", "means"}, "b": {"ends", "fig-boat", "last", "aside"}}[name] <= anchors
    assert links["a"] == [
        ("Figure 2.1", "b.html#fig-boat"), ("Fig. 2.1", "b.html#fig-boat"), ("the boat", "b.html#fig-boat"),
        ("Table 2.1", "b.html#tbl-sizes"), ("Equation 2.1", "b.html#eq-line"),
        ("Lemma 2.1", "b.html#lem-small"), ("aside", "b.html#aside"), ("Endings of 7", "b.html#ends"),
        ("Chapter 2", "b.html#ends"), ("Part 2.1", "b.html#last"), ("Endings of 7", "b.html#ends"),
        ("words", "b.html#last"), ("Endings of 7", "b.html"), ("there", "b.html"), ("Endings of 7", "b.html"),
        ("Section 1.1", "#means"),
    ]  # fmt: skip
    assert links["b"] == [
        ("Figure 2.1", "#fig-boat"), ("Means of it", "a.html#means"), ("Chapter 1", "a.html#start"),
        ("Beginning", "a.html"),
    ]  # fmt: skip
    reader = pypdf.PdfReader(result.site / "Ordinary.pdf")
    text = " ".join(" ".join(each.extract_text() for each in reader.pages).split())
    assert "Fig. 2.1 here, the boat, Table 2.1" in text and "Part 2.1, Endings of 7, words" in text


def test_a_title_that_changes_changes_where_it_is_named(tmp_path: Path) -> None:
    chapters = {"a.md": "# A\n\nSee {ref}`last`.\n", "b.md": "# B\n\n(last)=\n## Before\n"}
    root = ordinary_books.write(tmp_path, chapters, {})
    first = Workspace.load(root)
    publish.build(first, "pandoc", ("html",), execute=False)
    (root / "b.md").write_text("# B\n\n(last)=\n## After\n", "utf-8")
    publish.build(Workspace.load(root, first), "pandoc", ("html",), execute=False)
    assert ">After</a>" in (root / "_book" / "a.html").read_text("utf-8")
