"""Anybody's Quarto project builds as it is: what is missing is said, and stops nothing that can be shown."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from lxml import html

from tests.support import notebooks, ordinary_books
from tests.support.commands import call
from tieout import check, publish
from tieout.audit import site
from tieout.ledger import Ledger
from tieout.machine import Standing, TooMuch
from tieout.problems import Problem
from tieout.workspace import Workspace

GAPS = r"""# Chapter 1

We saw 12 of 30: @fig-gone, [@nobody2020], [nothing](), [elsewhere](none.qmd) and :100:.

Brackets \[^a\] and $\LaTeX$, a note[^gone], a formula $\frac{1}{$.

![Of 5](nope.png)

![](https://example.org/1.png)
"""


def build(root: Path, *formats: str) -> publish.Result:
    return publish.build(Workspace.load(root), "pandoc", formats or None, execute=True)


def said(result: publish.Result, severity: str = "error") -> list[Problem]:
    return [each for report in result.reports for each in report.problems if each.severity == severity]


def tree(page: str) -> Any:
    return html.fromstring(page)


def references(page: str) -> list[str]:
    """Return what each cross-reference of a page shows; each leads somewhere."""
    links = tree(page).xpath("//a[contains(concat(' ', @class, ' '), ' xref ')]")
    assert all(link.get("href") for link in links)
    return [link.text_content() for link in links]


def headings(page: str) -> list[tuple[str, str, str]]:
    """Return the headings of a page's text: level, anchor (its own or its section's) and words."""
    found = tree(page).xpath("//article//*[self::h1 or self::h2 or self::h3]")
    return [(each.tag, each.get("id") or each.getparent().get("id"), each.text_content()) for each in found]


def code(source: str, text: str, *tags: str, count: int = 1) -> dict[str, Any]:
    data = {"text/plain": text}
    output = {"output_type": "execute_result", "execution_count": count, "metadata": {}, "data": data}
    return {
        "cell_type": "code",
        "id": f"c{count}",
        "metadata": {"tags": list(tags)},
        "execution_count": count,
        "outputs": [output],
        "source": source,
    }


def in_language(text: str, language: str, kernel: str) -> str:
    book = json.loads(text)
    book["metadata"] = {"kernelspec": {"name": kernel, "language": language, "display_name": kernel}}
    return json.dumps(book)


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, publish.Result]:
    """Hold a book with a gap of each kind, built; look, do not touch."""
    root = ordinary_books.write(tmp_path_factory.mktemp("gaps"), {"one.md": GAPS}, {})
    return root, build(root)


def test_gaps_are_warnings_with_their_line_and_stop_nothing(gaps: tuple[Path, publish.Result]) -> None:
    root, result = gaps
    assert said(result) == [] and result.site == root / "_book"
    found = {(each.rule, each.line) for each in said(result, "warning") if each.path == "one.md"}
    assert found == {
        ("reference", 3), ("unknown-citation", 3), ("link", 3), ("footnote", 5), ("math", 5),
        ("picture", 7), ("picture", 9),
    }  # fmt: skip
    assert [path.name for path in result.files] == ["index.html", "Ordinary.pdf"]


def test_every_gap_is_said_once(gaps: tuple[Path, publish.Result]) -> None:
    whats = [each.what for each in said(gaps[1], "warning")]
    assert len(whats) == len(set(whats))
    assert not any("footnote `a" in what or "LaTeX" in what for what in whats)
    assert sum("nobody2020" in what for what in whats) == 1


def test_the_closing_line_says_how_many_numbers_are_tied(gaps: tuple[Path, publish.Result]) -> None:
    assert re.fullmatch(r"0 of \d+ numbers tied", str(gaps[1].tied))


def test_where_ties_are_asked_for_a_gap_stops_the_build(tmp_path: Path) -> None:
    root = ordinary_books.write(tmp_path, {"one.md": "# One\n\nSee [@nobody].\n"}, {})
    with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("tieout: {require: results}\n")
    result = build(root, "html")
    assert result.site is None
    assert [(each.rule, each.path, each.line) for each in said(result)] == [("unknown-citation", "one.md", 3)]


def test_a_chapter_that_cannot_be_shown_is_left_out_and_the_others_keep_their_numbers(tmp_path: Path) -> None:
    chapters = {
        "a.md": "# A\n",
        "bad.ipynb": '{"cells": [\n',
        "deep.md": "# D\n" + ">" * 400,
        "c.md": "# C\n",
    }
    root = ordinary_books.write(tmp_path, chapters, {})
    project = Workspace.load(root).project
    assert [(str(each.path), each.number) for each in project.chapters if each.number][-1][0] == "c.md"
    result = build(root, "html")
    assert result.site is not None
    assert {each.path for each in said(result)} >= {"bad.ipynb"}
    page = (root / "_book" / "c.html").read_text(encoding="utf-8")
    number = next(each.number for each in project.chapters if str(each.path) == "c.md")
    assert f'<span class="header-section-number">{number}</span> C' in page


def test_the_command_says_that_something_is_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ordinary_books.write(tmp_path, {"bad.ipynb": '{"cells": [\n', "c.md": "# C :100:\n\n[x]()\n"}, {})
    done = call(root, capsys, "build", "--engine", "pandoc", "--to", "html")
    assert done.status == 1
    assert "Published without what is named above." in done.err
    assert "_book/index.html" in done.out


def test_a_pdf_that_cannot_be_set_leaves_the_site(tmp_path: Path) -> None:
    text = "# A\n\nTwo 2.\n\n```{=typst}\n#nothing-of-this-name(3)\n```\n"
    root = ordinary_books.write(tmp_path, {"a.md": text}, {})
    result = build(root)
    assert [path.name for path in result.files] == ["index.html"]
    (problem,) = said(result)
    assert (problem.rule, problem.path) == ("typst", "a.md") and "nothing-of-this-name" in problem.what
    assert ".pdf" not in (root / "_book" / "a.html").read_text(encoding="utf-8")


def test_a_pdf_that_takes_too_much_leaves_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def grows(*_: object) -> bytes:
        raise TooMuch("needed more than 4 GB of memory")

    monkeypatch.setattr(Standing, "ask", grows)
    root = ordinary_books.write(tmp_path, {"a.md": "# A\n\nTwo 2.\n"}, {})
    result = build(root)
    assert [path.name for path in result.files] == ["index.html"]
    (problem,) = said(result)
    assert problem.path == "_quarto.yml" and "4 GB of memory for the PDF" in problem.what


def test_notebooks_of_other_languages_show_what_they_store(tmp_path: Path) -> None:
    chapters = {
        "r.ipynb": in_language(notebooks.text("#:# R", code("mean(1:3)", "[1] 2")), "R", "ir"),
        "julia.ipynb": in_language(notebooks.text("#:# J", code("1 + 1", "2")), "julia", "julia-1.10"),
    }
    root = ordinary_books.write(tmp_path, chapters, {})
    before = {name: (root / name).read_bytes() for name in chapters}
    result = build(root, "html")
    assert said(result) == []
    (warning,) = [each for each in said(result, "warning") if each.rule == "kernel"]
    assert warning.path == "r.ipynb" and "`ir`" in warning.what and "1 more" in warning.what
    assert "[1] 2" in (root / "_book" / "r.html").read_text(encoding="utf-8")
    assert {name: (root / name).read_bytes() for name in chapters} == before
    reports = check.run(Workspace.load(root))
    assert not [each for report in reports for each in report.errors]


def test_a_notebook_of_an_ordinary_project_is_not_run(tmp_path: Path) -> None:
    text = notebooks.text("#:# P", code("1 / 0", "0.5"), "print(2)")
    root = ordinary_books.write(tmp_path, {"p.ipynb": text}, {})
    result = build(root, "html")
    assert said(result) == [] and (root / "p.ipynb").read_text(encoding="utf-8") == text
    assert [each.rule for each in said(result, "warning")] == ["unexecuted"]


def test_a_diagram_in_a_notebook_is_shown_as_code_and_what_follows_is_read(tmp_path: Path) -> None:
    """With an empty line inside, and in a list: a reader that takes its fence for text reads no further."""
    text = "#:# P\n\n```{mermaid}\nflowchart\n  A4 --> B\n\n  B --> C\n```\n\nIt is 17. See @fig-none.\n\n"
    text += "- One\n\n  ```{mermaid}\n  a --> b5\n\n  c --> d\n  ```\n\n```\n 18  19\n```\n\nAnd 20."
    root = ordinary_books.write(tmp_path, {"p.ipynb": notebooks.text(text, code("21", "22", count=1))}, {})
    result = build(root, "html")
    found = [(each.rule, each.line) for each in said(result, "warning") if "fig-none" not in each.what]
    assert said(result) == [] and found == [("unknown-engine", 10)]
    page = root / "_book" / "p.html"
    page.write_text(page.read_text("utf-8").replace("And 20", "And 23"), encoding="utf-8")
    assert [each for each in site.check(Ledger.load(root)).problems if "23" in each.what]


def test_tags_of_jupyter_hide_what_they_name(tmp_path: Path) -> None:
    cells = [
        code("# | echo: false\nquiet = 1", "out-quiet", count=1),
        code("no_input = 1", "out-no-input", "remove-input", count=2),
        code("no_output = 1", "out-no-output", "remove_output", count=3),
        code("folded = 1", "out-folded", "hide-input", count=4),
        code("no_cell = 1", "out-no-cell", "remove-cell", count=5),
    ]
    root = ordinary_books.write(tmp_path, {"t.ipynb": notebooks.text("#:# T", *cells)}, {})
    assert said(build(root, "html")) == []
    page = (root / "_book" / "t.html").read_text(encoding="utf-8")
    words = ("quiet =", "out-quiet", "no_input", "out-no-input", "no_output", "out-no-output", "no_cell")
    text = re.sub(r"<[^>]*>", "", page)
    assert [word for word in words if word in text] == ["out-quiet", "out-no-input", "no_output"]
    assert re.search(r"<details[^>]*>.*?folded", page, re.S) and "out-folded" in page


def test_the_numbers_of_a_chapter_that_hides_them_are_still_its_figures(tmp_path: Path) -> None:
    """As Quarto has it: it counts, its figures carry its number, and references show titles."""
    hidden = "---\nnumber-sections: false\n---\n\n# B {#sec-b}\n\n## In B {#sec-in}\n\n"
    chapters = {
        "a.md": "# A {#sec-a}\n\n## In A\n",
        "b.md": hidden + "![Cap](pictures/bars.png){#fig-b}\n",
        "c.md": "# C\n\n## In C\n\nSee @sec-b, @sec-in, @fig-b and @sec-a.\n",
    }
    root = ordinary_books.write(tmp_path, chapters)
    assert said(build(root, "html")) == []
    one, two = ((root / "_book" / name).read_text(encoding="utf-8") for name in ("b.html", "c.html"))
    count = int(re.search(r'header-section-number">(\d+)</span> C', two)[1])  # type: ignore[index]
    assert f"Figure\xa0{count - 1}.1" in one and headings(one) == [
        ("h1", "sec-b", "B"),
        ("h2", "sec-in", "In B"),
    ]
    assert references(two) == ["B", "In B", f"Figure\xa0{count - 1}.1", f"Chapter\xa0{count - 2}"]


def test_a_book_without_numbers_refers_by_title(tmp_path: Path) -> None:
    root = ordinary_books.write(tmp_path, {"a.md": "# A {#sec-a}\n\n@sec-a, @sec-b\n\n## B {#sec-b}\n"}, {})
    with (root / "_quarto.yml").open("a", encoding="utf-8") as config:
        config.write("number-sections: false\n")
    assert said(build(root, "html")) == []
    page = (root / "_book" / "a.html").read_text(encoding="utf-8")
    assert references(page) == ["A", "B"]


@pytest.mark.parametrize(
    ("formats", "numbered"),
    [("{html: {number-sections: false}}", False), ("{html: {number-sections: false}, typst: default}", True)],
)
def test_a_pdf_is_numbered_as_it_says_or_else_as_its_pages(
    tmp_path: Path, formats: str, numbered: bool
) -> None:
    badge = "[![](https://example.org/badge.svg)](https://example.org/)"
    text = f"# Calm 4 seas\n\n## Of 2\n\n{badge}\n\n### Deep\n\n## Of 3\n"
    root = ordinary_books.write(tmp_path, {"a.md": text, "b.md": "# 9 lakes\n"}, {})
    config = (root / "_quarto.yml").read_text(encoding="utf-8")
    config = config.replace('- "a.md"', "- {part: Of 2, chapters: [a.md]}")  # a section has that name too
    (root / "_quarto.yml").write_text(
        config.partition("format:")[0] + f"format: {formats}\n", encoding="utf-8"
    )
    result = build(root, "html", "pdf")
    assert (
        said(result) == [] and [each.rule for each in said(result, "warning") if each.rule != "picture"] == []
    )
    (pdf,) = (root / "_book").glob("*.pdf")
    titles = [each.title for each in pypdf.PdfReader(pdf).outline if not isinstance(each, list)]
    assert ("1 Calm 4 seas" in titles) is numbered and ("Calm 4 seas" in titles) is not numbered
    assert "Of 2" in titles
    page = (root / "_book" / "a.html").read_text(encoding="utf-8")
    assert [words for _, _, words in headings(page)] == ["Calm 4 seas", "Of 2", "Deep", "Of 3"]
    assert [link.get("href") for link in tree(page).xpath("//article//p/a")] == ["https://example.org/"]


HOMEWORK = """---
title: Homework 3
author: A. Author (UIN:433)
date: today
---

We met $0.05$ and 05, $n = 5$.

::: {.content-hidden when-format="html"}
## Works 7
:::
"""


def test_headings_of_paper_alone_and_zeros_of_formulas_are_understood(tmp_path: Path) -> None:
    root = ordinary_books.write(tmp_path, {"hw.md": HOMEWORK, "b.md": "# Last\n\n$5$ of 05.\n"}, {})
    result = build(root, "html", "pdf")
    assert said(result) == said(result, "warning") == []
    (pdf,) = (root / "_book").glob("*.pdf")
    (below,) = [each for each in pypdf.PdfReader(pdf).outline if isinstance(each, list)]
    assert [each.title for each in below] == ["1.1 Works 7"]
    page = root / "_book" / "hw.html"
    text = page.read_text(encoding="utf-8")
    assert "UIN:433" in text and "Works 7" not in text
    page.write_text(text.replace("and 05", "and 06"), encoding="utf-8")
    assert [each for each in site.check(Ledger.load(root)).problems if "06" in each.what]


SITE = """project: {type: website}
website:
  title: A site
  navbar: {left: [{href: a.qmd, text: About}, {text: Elsewhere, href: 'https://example.org'}]}
format: {html: {number-sections: true}}
"""
PAGE = """---
title: Home
---

Hello 5: @sec-one, @fig-a.

## One {#sec-one}

### Inner

![C](x.png){#fig-a}
"""
OTHER = "# First\n\n## Sub {#sec-sub}\n\n@sec-sub @sec-one\n\n# Second {#sec-one}\n"


def test_a_website_is_built_and_checked_with_the_numbers_that_quarto_gives(tmp_path: Path) -> None:
    files = {"_quarto.yml": SITE, "index.qmd": PAGE, "a.qmd": OTHER}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "x.png").write_bytes(ordinary_books.PICTURE)
    result = build(tmp_path)
    assert said(result) + said(result, "warning") == []
    assert [path.relative_to(tmp_path).as_posix() for path in result.files] == ["_site/index.html"]
    home, other = ((tmp_path / "_site" / name).read_text("utf-8") for name in ("index.html", "a.html"))
    assert references(home) == ["Section\xa01", "Figure\xa01"]
    assert references(other) == ["Section\xa01.1", "Section\xa02"]
    menu = re.search(r'<nav class="chapters".*?</nav>', home, re.S)
    assert menu and [(link.get("href"), link.text_content()) for link in tree(menu[0]).iter("a")] == [
        ("./a.html", "About"),
        ("https://example.org", "Elsewhere"),
    ]
    reports = check.run(Workspace.load(tmp_path))
    assert not [each for report in reports for each in report.errors]


@pytest.mark.parametrize(
    ("more", "severity"), [("", "warning"), ("tieout: {require: results}\n", "error")], ids=["any", "ours"]
)
def test_a_changed_number_of_a_website_is_found(tmp_path: Path, more: str, severity: str) -> None:
    """It is a warning where no number is promised to agree, and an error as soon as one is."""
    (tmp_path / "_quarto.yml").write_text(f"project: {{type: website}}\n{more}", encoding="utf-8")
    (tmp_path / "one.md").write_text("# One\n\nThere are 12 of 30.\n", encoding="utf-8")
    assert said(build(tmp_path)) == []
    page = tmp_path / "_site" / "one.html"
    page.write_text(page.read_text("utf-8").replace("12 of 30", "13 of 30"), encoding="utf-8")
    (report,) = check.run(Workspace.load(tmp_path), ["site"])
    assert [each.severity for each in report.problems if "13" in each.what] == [severity]


def test_a_site_without_a_home_page_leads_to_its_first_page(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("project: {type: website}\n", encoding="utf-8")
    (tmp_path / "one.md").write_text("# One\n\nThere are 12.\n", encoding="utf-8")
    result = build(tmp_path)
    assert said(result) == [] and [path.name for path in result.files] == ["one.html"]
    assert 'content="0; url=one.html"' in (tmp_path / "_site" / "index.html").read_text("utf-8")
    (tmp_path / "_site" / "index.html").write_text("<p>13", encoding="utf-8")
    (report,) = check.run(Workspace.load(tmp_path), ["site"])
    assert [each.path for each in report.problems if each.rule == "page"] == ["index.html"]


def test_one_document_is_built_checked_and_updated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = "---\ntitle: A report\nauthor: Ada\ndate: 2024-05-07\nnumber-sections: true\n---\n"
    (tmp_path / "report.qmd").write_text(
        f"{head}\n# Data\n\nWe saw 12 of 30; see @sec-m.\n\n# M {{#sec-m}}\n", "utf-8"
    )
    done = call(tmp_path, capsys, "build", "report.qmd", "--engine", "pandoc")
    assert done.status == 0, done.err
    assert done.out.splitlines()[-2:] == ["report_site/report.html", "report_site/report.pdf"]
    assert "0 of 2 numbers tied" in done.err
    page = (tmp_path / "report_site" / "report.html").read_text("utf-8")
    assert re.search("<h1[^>]*>A report</h1>", page) and "7 May 2024" in page and "Section\xa02" in page
    checked = call(tmp_path, capsys, "check", "report.qmd")
    assert checked.status == 0, checked.out + checked.err
    assert call(tmp_path, capsys, "check", "report.qmd", "prose").status == 0
    assert call(tmp_path, capsys, "update", "report.qmd").status == 0
    assert call(tmp_path, capsys, "build", "none.qmd").status == 2


def test_scripts_from_elsewhere_are_left_out_and_said(tmp_path: Path) -> None:
    root = ordinary_books.write(tmp_path, {}, {})
    text = '<script src="https://example.org/require.js"></script><!-- kept -->'
    config = (
        (root / "_quarto.yml")
        .read_text("utf-8")
        .replace("html: default", f"html: {{include-in-header: {{text: '{text}'}}}}")
    )
    (root / "_quarto.yml").write_text(config, encoding="utf-8")
    result = build(root, "html")
    assert said(result) == []
    assert [(each.rule, each.path) for each in said(result, "warning")] == [("loaded", "_quarto.yml")]
    page = (root / "_book" / "index.html").read_text("utf-8")
    assert "require.js" not in page and "<!-- kept -->" in page


def test_symbols_have_the_names_that_typst_knows(tmp_path: Path) -> None:
    formulas = [r"A \cap B", r"a \otimes b", r"a \odot b", r"a \ominus b", r"\bigcap_i A_i"]
    formulas += [r"\begin{vmatrix}a\end{vmatrix}", r"\begin{Vmatrix}a\end{Vmatrix}"]
    text = "# A\n\n" + "\n\n".join(f"${each}$" for each in formulas) + "\n\n$$ A \\cap B $$ {#eq-a}\n"
    result = build(ordinary_books.write(tmp_path, {"a.md": text}, {}))
    assert said(result) + said(result, "warning") == []


def test_references_to_what_is_not_run_are_said_with_the_code(tmp_path: Path) -> None:
    text = (
        "# A\n\n@fig-a, @fig-b\n\n```{python}\n# | label: fig-a\n1\n```\n\n```{r fig-b, echo=TRUE}\n2\n```\n"
    )
    result = build(ordinary_books.write(tmp_path, {"a.qmd": text}, {}), "html")
    assert said(result) == []
    warned = [each.what for each in said(result, "warning") if each.rule == "unknown-engine"]
    assert len(warned) == len(said(result, "warning")) == 3
    assert "`fig-a` is not run here" in warned[2]


def test_the_check_of_an_ordinary_project_runs_nothing_and_passes(tmp_path: Path) -> None:
    text = notebooks.text("#:# P", code("1 / 0", "0.5"), "print(2)")
    root = ordinary_books.write(tmp_path, {"p.ipynb": text}, {})
    (report,) = check.run(Workspace.load(root), ["outputs"])
    assert not report.errors and [each.rule for each in report.problems] == ["unexecuted"]
    assert any("as they are stored" in note for note in report.notes)


def test_a_number_in_the_title_of_a_document_is_on_its_page(tmp_path: Path) -> None:
    path = tmp_path / "since.md"
    path.write_text("# Since 5 years\n\nText of 12 lines.\n", encoding="utf-8")
    result = publish.build(Workspace.load(path), "pandoc")
    assert result.site and said(result, "warning") == []
