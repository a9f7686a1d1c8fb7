"""The project as an object: `_quarto.yml` is read, and what is wrong with it is named with its line."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from tests.support import notebooks
from tieout.problems import InputError, Problem
from tieout.project import Author, Chapter, Files, Project, misread, read_front
from tieout.project.languages import words

BOOK = """\
project:
  type: book
  output-dir: _site
  pre-render: [one.py, two.py]
  post-render: after.py
  resources: figures

book:
  title: "A *book*"
  subtitle: Its subtitle
  author:
    - Plain Name
    - name: Full Name
      orcid: 0000-0001-2345-6789
      email: full@example.org
      affiliations:
        - name: University
        - Institute
    - name: {given: Given, family: Family}
  date: 2026-11-23
  description: What it is.
  repo-url: https://example.org/repo
  page-footer: {center: "Footer"}
  chapters:
    - index.qmd
    - part: "Part one"
      chapters:
        - one.ipynb
        - two.md
    - three.qmd
  appendices:
    - extra.qmd

bibliography: works.bib
lang: en
toc: false

execute:
  echo: false

format:
  html:
    toc: true
    code-fold: true
  typst:
    papersize: a4
"""
NOTEBOOK = '{"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["# One"]}], "nbformat": 4}'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A folder with a whole book in it."""
    files = {
        "_quarto.yml": BOOK,
        "index.qmd": "# Home {.unnumbered}\n",
        "one.ipynb": NOTEBOOK,
        "two.md": "# Two {.unnumbered}\n",
        "three.qmd": "---\ntitle: Three\n---\n",
        "extra.qmd": "# Extra\n",
        "works.bib": "",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def change(root: Path, old: str, new: str) -> Path:
    """Change the configuration, which has to have the old text."""
    path = root / "_quarto.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return root


def strict(root: Path) -> Path:
    """Let the project ask for ties, where its configuration can be read."""
    path = root / "_quarto.yml"
    data = path.read_bytes() if path.is_file() else b""
    if data.isascii() and data:
        path.write_bytes(data + b"tieout: {require: all}\n")
    return root


def refused(root: Path) -> Problem:
    """The one error that a project that asks for ties is refused with."""
    strict(root)
    with pytest.raises(InputError) as caught:
        Project.load(root)
    (problem,) = caught.value.problems
    assert caught.value.exit_code == 2
    return problem


def test_a_book_is_read_as_written(book: Path) -> None:
    project = Project.load(book)
    assert (project.title, project.subtitle, project.date) == ("A *book*", "Its subtitle", "2026-11-23")
    assert (project.lang, project.description, project.output_dir) == ("en", "What it is.", "_site")
    assert project.pre_render == ("one.py", "two.py") and project.post_render == ("after.py",)
    assert project.resources == ("figures",)
    assert [str(path) for path in project.bibliography] == ["works.bib"]
    assert project.execute == {"echo": False}
    assert project.configuration.get("book", "repo-url") == "https://example.org/repo"
    assert not project.problems


def test_authors_in_every_form(book: Path) -> None:
    assert Project.load(book).authors == (
        Author("Plain Name"),
        Author("Full Name", "0000-0001-2345-6789", ("University", "Institute"), "full@example.org"),
        Author("Given Family"),
    )


def test_one_author_may_be_plain_text(book: Path) -> None:
    text = (book / "_quarto.yml").read_text(encoding="utf-8")
    start, end = text.index("  author:"), text.index("  date:")
    (book / "_quarto.yml").write_text(text[:start] + "  author: Solo\n" + text[end:], encoding="utf-8")
    assert Project.load(book).authors == (Author("Solo"),)


def test_chapters_in_order_with_numbers_parts_and_pages(book: Path) -> None:
    chapters = Project.load(book).chapters
    assert [
        (chapter.kind, chapter.number, chapter.part, chapter.title, chapter.href) for chapter in chapters
    ] == [
        ("index", None, None, "Home", "index.html"),
        ("chapter", "1", "Part one", "One", "one.html"),
        ("chapter", None, "Part one", "Two", "two.html"),
        ("chapter", "2", None, "Three", "three.html"),
        ("appendix", "A", None, "Extra", "extra.html"),
    ]
    assert [str(path) for path in Project.load(book).notebooks] == ["one.ipynb"]


def test_options_of_a_format_win_over_those_for_all(book: Path) -> None:
    project = Project.load(book)
    assert project.option("html", "toc") is True
    assert project.option("typst", "toc") is False
    assert project.option("typst", "papersize") == "a4"
    assert project.option("typst", "margin", "default") == "default"


def test_lines_of_keys_are_known(book: Path) -> None:
    project = Project.load(book)
    lines = BOOK.splitlines()
    assert "orcid" in lines[project.line_of("book", "author", 1, "orcid") - 1]
    assert "three.qmd" in lines[project.line_of("book", "chapters", 2) - 1]
    assert "book:" in lines[project.line_of("book", "no such key") - 1]


def test_the_output_file_is_named_after_the_title(book: Path) -> None:
    assert Project.load(book).output_file == "A-book"


def test_unknown_keys_are_named_once_and_harmless(book: Path) -> None:
    change(book, "  subtitle:", "  weather: fine\n  subtitle:")
    (problem,) = Project.load(book).problems
    assert (problem.severity, problem.line, problem.rule) == ("warning", 10, "unknown-key")
    assert "book.weather" in problem.what and problem.hint


def test_all_wrong_types_are_named_at_once(book: Path) -> None:
    change(book, "  subtitle: Its subtitle", "  subtitle: [a, list]")
    change(book, "    toc: true", "    toc: maybe")
    change(book, "  output-dir: _site", "  output-dir: {a: b}")
    said = [problem for problem in Project.load(book).problems if problem.rule == "type"]
    assert [(problem.line, problem.severity) for problem in said] == [(n, "warning") for n in (3, 10, 43)]
    assert Project.load(book).subtitle is None and Project.load(book).output_dir == "_book"
    strict(book)
    with pytest.raises(InputError) as caught:
        Project.load(book)
    assert [(problem.line, problem.rule) for problem in caught.value.problems] == [
        (3, "type"),
        (10, "type"),
        (43, "type"),
    ]
    assert "`book.subtitle` should be text, and is a list" in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('  title: "A *book*"\n', "", 8, "no title"),
        ("    - three.qmd", "    - missing.qmd", 30, "does not exist"),
        ("    - three.qmd", "    - ../three.qmd", 30, "leaves the project"),
        ("    - three.qmd", "    - /etc/hosts.md", 30, "leaves the project"),
        ("    - three.qmd", "    - one.ipynb", 30, "listed twice"),
        ("    - three.qmd", "    - {chapter: three.qmd}", 30, "names no file"),
        ("    - index.qmd", "    - three.qmd", 24, "no home page"),
        ("  output-dir: _site", "  output-dir: ../out", 3, "leaves the project"),
        ("  output-dir: _site", "  output-dir: .", 3, "is the project itself"),
        ("bibliography: works.bib", "bibliography: none.bib", 34, "does not exist"),
        ("    - name: Full Name", "    - nickname: Full", 13, "has no name"),
        ("lang: en", "lang: en\nlang: uk", 36, "malformed YAML"),
        ("lang: en", "lang: [en", 36, "malformed YAML"),
        ("lang: en", "\tlang: en", 35, "malformed YAML"),
    ],
)
def test_a_wrong_configuration_is_refused_with_its_line(
    book: Path, old: str, new: str, line: int, words: str
) -> None:
    problem = refused(change(book, old, new))
    assert problem.path == "_quarto.yml"
    assert words in problem.what
    assert problem.line == line


def test_two_chapters_of_one_name_are_refused(book: Path) -> None:
    (book / "one.qmd").write_text("# One\n", encoding="utf-8")
    problem = refused(change(book, "    - three.qmd", "    - one.qmd"))
    assert "`one.qmd` and `one.ipynb` make the same page one.html" in problem.what


def test_a_folder_without_configuration_is_refused(tmp_path: Path) -> None:
    assert "_quarto.yml" in refused(tmp_path).what


def test_an_empty_configuration_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text("", encoding="utf-8")
    assert "empty" in refused(tmp_path).what


@pytest.mark.parametrize("name", ["_quarto.yml", "index.qmd", "one.ipynb"])
def test_a_file_that_is_not_utf8_is_refused(book: Path, name: str) -> None:
    path = book / name
    path.write_bytes(path.read_bytes() + b"\n# caf\xe9\n")
    problem = refused(book)
    assert (problem.path, problem.line) == (name, path.read_bytes().count(b"\n"))
    assert "UTF-8" in problem.what


def test_a_notebook_that_is_not_json_is_refused(book: Path) -> None:
    (book / "one.ipynb").write_text('{"cells": [\n  oops', encoding="utf-8")
    problem = refused(book)
    assert (problem.path, problem.line) == ("one.ipynb", 2)
    assert "not JSON" in problem.what


@pytest.mark.parametrize(
    "text",
    ["[]", "{}", '{"cells": 3}', '{"cells": ["x"]}', '{"cells": [{"cell_type": "code", "outputs": 3}]}'],
)
def test_json_that_is_no_notebook_is_refused(book: Path, text: str) -> None:
    (book / "one.ipynb").write_text(text, encoding="utf-8")
    problem = refused(book)
    assert problem.rule == "notebook" and problem.path == "one.ipynb"


def test_a_malformed_header_is_refused_at_its_line(book: Path) -> None:
    (book / "three.qmd").write_text("---\ntitle: 'Three\n---\n", encoding="utf-8")
    problem = refused(book)
    assert problem.path == "three.qmd" and problem.line in (2, 3)


def test_a_link_out_of_the_project_is_refused(book: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "three.qmd"
    outside.write_text("# Three\n", encoding="utf-8")
    (book / "three.qmd").unlink()
    (book / "three.qmd").symlink_to(outside)
    assert "leaves the project" in refused(book).what


def test_chapters_of_other_kinds_are_read_as_markdown(book: Path) -> None:
    (book / "three.Rmd").write_text("# Three\n", encoding="utf-8")
    (problem,) = Project.load(change(book, "three.qmd", "three.Rmd")).problems
    assert (problem.severity, problem.line) == ("warning", 30)


def test_the_report_of_this_repository_is_a_book(root: Path) -> None:
    """Its keys are all known to the pandoc engine, or said to be ignored on purpose."""
    from tieout.project import Files
    from tieout.project.profiles import read

    configuration = read(Files(root))
    assert configuration.get("project", "type") == "book"
    assert not configuration.problems


# What the PDF's own module reads.
OF_THE_PDF = {"papersize", "fontsize", "keywords"}


def test_every_known_key_is_read_or_said_to_be_ignored(root: Path) -> None:
    from tieout.project.quarto_keys import SHAPE, SILENT, Shape, reason_ignored

    def leaves(shape: Shape, at: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
        if isinstance(shape, str):
            return [at]
        return [leaf for key, below in shape.items() if key != "*" for leaf in leaves(below, (*at, key))]

    files = [path for path in (root / "src" / "tieout").rglob("*") if path.suffix in (".py", ".lua")]
    code = "".join(path.read_text(encoding="utf-8") for path in files if path.name != "quarto_keys.py")
    unread = {
        ".".join(keys)
        for keys in leaves(SHAPE)
        if f'"{keys[-1]}"' not in code
        and reason_ignored(keys, None) is None
        and keys[-1] not in SILENT | OF_THE_PDF
        and not keys[-1].endswith(("-title", "-prefix", "-labels"))
    }
    assert not unread


def test_an_option_without_effect_is_said_where_it_stands(book: Path) -> None:
    change(book, "    papersize: a4", "    papersize: a4\n    columns: 2")
    change(book, "toc: false", "toc: false\nhtml-math-method: katex")
    said = [(problem.line, problem.rule, problem.hint) for problem in Project.load(book).problems]
    assert [(line, rule) for line, rule, _ in said] == [(37, "ignored-key"), (48, "ignored-key")]
    assert "MathML" in said[0][2] and "one column" in said[1][2]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["# Preface {.unnumbered}\n\nText."], "Quarto will number “Preface”"),
        (["---\nlang: en\n---\n", "# Preface {#a .unnumbered}\n"], "Quarto will number “Preface”"),
        (["\n# Preface {.unnumbered}\n"], None),
        (["# Preface\n"], None),
        (["---\ntitle: Preface\n---\n", "# First {.unnumbered}\n"], None),
        (["Text.\n\n# Preface {.unnumbered}\n"], None),
        (["Text.\n", "# Preface {.unnumbered}\n"], None),
        (["---\ntitle: Preface\n---\n", "## First\n"], "Quarto will number “First” 0.1"),
        (["## First\n"], "Quarto will number “First” 0.1"),
        (["---\ntitle: Preface {.unnumbered}\n---\n", "## First\n"], None),
    ],
)
def test_a_heading_that_quarto_lifts_out_of_its_notebook_is_named(
    tmp_path: Path, cells: list[str], said: str | None
) -> None:
    path = notebooks.write(tmp_path / "index.ipynb", *(f"#:{cell}" for cell in cells))
    problem = misread(Files(tmp_path), Chapter(PurePosixPath(path.name), "index"))
    assert (
        (problem.what.startswith(said) and ("empty line" in problem.hint) == bool(problem.line))
        if said
        else (problem is None)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\ntitle: Main\n---\n\n# First\n", "First"),
        ("# Main\n\n## First\n\n# Second\n", "Second"),
        ("# Main\n\n## First\n\n# Second {.unnumbered}\n\n```python\n# third\n```\n", None),
    ],
)
def test_a_section_that_quarto_numbers_as_a_chapter_is_named(
    tmp_path: Path, text: str, said: str | None
) -> None:
    (tmp_path / "a.qmd").write_text(text, encoding="utf-8")
    notebooks.write(tmp_path / "a.ipynb", *(f"#:{part}" for part in text.partition("\n\n")[::2]))
    for name in ("a.qmd", "a.ipynb"):
        problem = misread(Files(tmp_path), Chapter(PurePosixPath(name), "chapter", "2"))
        assert (problem.what if problem else None) == (
            said and f"Quarto will number “{said}” as a chapter of its own, below the title of another"
        )
        assert misread(Files(tmp_path), Chapter(PurePosixPath(name), "chapter")) is None


def test_the_header_of_a_table_of_words_is_no_language() -> None:
    assert words("key") == words("en")


HEADER = "---\ntitle: Header\n---"


@pytest.mark.parametrize(("cells", "title"), [(["", HEADER, "Text."], "Header"), (["Text.", HEADER], None)])
def test_the_header_of_a_notebook_is_its_first_text(
    tmp_path: Path, cells: list[str], title: str | None
) -> None:
    (tmp_path / "a.ipynb").write_text(notebooks.text(*(f"#:{cell}" for cell in cells)), encoding="utf-8")
    assert read_front(Files(tmp_path), "a.ipynb").metadata.get("title") == title
