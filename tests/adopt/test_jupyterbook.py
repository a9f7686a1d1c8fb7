"""`tieout adopt` in a Jupyter Book: its chapters, in its order, parts and titles."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import notebooks
from tests.support.commands import call
from tieout.adopt.adopt import adopt
from tieout.adopt.jupyterbook import JupyterBook
from tieout.project import Project

BOOK = """\
format: jb-book
root: intro
parts:
  - caption: "Basics: first"
    chapters:
      - file: zoo/last
        title: The zoo
        sections:
          - file: zoo/first.ipynb
  - caption: Further
    numbered: true
    chapters:
      - url: https://example.org
        title: A link
      - file: lost
      - glob: "more/*"
"""
PLAIN = """\
- file: intro
- part: "Basics: first"
  chapters:
    - file: zoo/last
      title: The zoo
      sections:
      - file: zoo/first
- header: Further
- file: more/a
- file: more/b
"""
OLDER = """\
- url: /intro
- header: "Basics: first"
- url: /zoo/last
  title: The zoo
  sections:
  - url: /zoo/first
- header: Further
- url: /more/a
- url: /more/b
"""
ARTICLE = "format: jb-article\nroot: intro\nsections:\n- file: zoo/last\n  sections:\n  - file: zoo/first\n"
CONFIG = """\
title: Of animals
author: A. Keeper
bibtex_bibfiles: [works.bib, ../x.bib]
execute: {execute_notebooks: "off"}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    for name in ("zoo/first", "zoo/last", "more/a", "unlisted"):
        notebooks.write(root / f"{name}.ipynb", f"#:# {name}", "1")
    (root / "more/b.md").write_text("# More\n", "utf-8")
    (root / "intro.md").write_text("# Welcome\n", "utf-8")
    (root / "works.bib").write_text("", "utf-8")
    (root / "other.bib").write_text("", "utf-8")
    return root


@pytest.mark.parametrize("text", [BOOK, PLAIN, OLDER])
def test_order_parts_and_titles_are_those_of_the_book(folder: Path, text: str) -> None:
    (folder / "_toc.yml").write_text(text, "utf-8")
    (folder / "_config.yml").write_text(CONFIG, "utf-8")
    kept = {path: path.read_bytes() for path in folder.glob("_*.yml")}
    adopt(folder).write()
    assert {path: path.read_bytes() for path in kept} == kept
    project = Project.load(folder)
    assert not project.problems
    assert [(str(each.path), each.part) for each in project.chapters[:-1]] == [
        ("index.qmd", None),
        ("intro.md", None),
        ("zoo/last.ipynb", "Basics: first"),
        ("zoo/first.ipynb", "Basics: first"),
        ("more/a.ipynb", "Further"),
        ("more/b.md", "Further"),
    ]
    assert project.chapters[2].title == "The zoo"
    assert (project.title, project.authors[0].name) == ("Of animals", "A. Keeper")
    assert [str(name) for name in project.bibliography] == ["works.bib"]


def test_an_article_has_no_parts(folder: Path) -> None:
    (folder / "_toc.yml").write_text(ARTICLE, "utf-8")
    adopt(folder).write()
    project = Project.load(folder)
    assert [(str(each.path), each.part) for each in project.chapters[1:-1]] == [
        ("intro.md", None), ("zoo/last.ipynb", None), ("zoo/first.ipynb", None)
    ]  # fmt: skip
    assert [str(name) for name in project.bibliography] == ["other.bib", "works.bib"]
    assert project.title == "Book"


def test_a_bibliography_in_a_folder_of_its_own_is_taken(folder: Path) -> None:
    (folder / "_toc.yml").write_text(ARTICLE, "utf-8")
    (folder / "other.bib").unlink()
    (folder / "_bibliography").mkdir()
    (folder / "works.bib").rename(folder / "_bibliography" / "works.bib")
    adopt(folder).write()
    assert [str(name) for name in Project.load(folder).bibliography] == ["_bibliography/works.bib"]


def test_what_is_left_out_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "_toc.yml").write_text(BOOK, "utf-8")
    said = call(folder, capsys, "adopt", "--yes")
    assert said.status == 0
    assert "_toc.yml:13: `https://example.org` is on the web and no chapter" in said.out + said.err
    assert "_toc.yml:15: there is no notebook or text `lost`" in said.out + said.err
    assert "a book of 6 chapters, as _toc.yml lists them; put its title" in said.out


MYST = """\
version: 1
project:
  title: Of animals
  authors:
    - name: A. Keeper
  bibliography: [works.bib, lost.bib]
  toc:
    - file: intro.md
    - title: "Basics: first"
      children:
        - file: zoo/last.ipynb
          title: The zoo
          children:
            - file: zoo/first
    - title: Further
      children:
        - url: https://example.org
        - pattern: more/*
"""


def test_a_book_of_myst_is_read_with_its_parts(folder: Path) -> None:
    (folder / "myst.yml").write_text(MYST, "utf-8")
    adoption = adopt(folder)
    (problem,) = adoption.problems
    assert (problem.path, problem.line) == ("myst.yml", 17) and "example.org" in problem.what
    adoption.write()
    project = Project.load(folder)
    assert [(str(each.path), each.part) for each in project.chapters[1:-1]] == [
        ("intro.md", None),
        ("zoo/last.ipynb", "Basics: first"),
        ("zoo/first.ipynb", "Basics: first"),
        ("more/a.ipynb", "Further"),
        ("more/b.md", "Further"),
    ]
    assert (project.title, project.authors[0].name) == ("Of animals", "A. Keeper")
    assert [str(name) for name in project.bibliography] == ["works.bib"]


@pytest.mark.parametrize(
    "text", ["", "project: 5\n", "project: {toc: 5, authors: {name: [1]}, bibliography: {}}\n"]
)
def test_a_myst_file_that_lists_nothing_is_no_list(folder: Path, text: str) -> None:
    (folder / "myst.yml").write_text(text, "utf-8")
    adopt(folder).write()
    assert "unlisted.ipynb" in [str(each.path) for each in Project.load(folder).chapters]


def test_a_book_of_markdown_alone_is_adopted(tmp_path: Path) -> None:
    for name in ("intro", "more"):
        (tmp_path / f"{name}.md").write_text(f"# {name}\n", "utf-8")
    (tmp_path / "_toc.yml").write_text("root: intro\nchapters: [{file: more}]\n", "utf-8")
    adopt(tmp_path).write()
    assert [str(each.path) for each in Project.load(tmp_path).chapters][1:3] == ["intro.md", "more.md"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "root: ../book.md\n",
        "- 5\n- [a]\n",
        "parts: 3\n",
        "- glob: ../*\n- glob: /*\n",
        "root: [1]\nchapters: {a: 1}\n",
    ],
)
def test_a_list_that_names_nothing_is_none(folder: Path, text: str) -> None:
    (folder / "_toc.yml").write_text(text, "utf-8")
    (folder / "_config.yml").write_text("- title\n", "utf-8")
    found = JupyterBook.read(folder)
    assert found is not None and not found.files
    adopt(folder).write()
    assert "unlisted.ipynb" in [str(each.path) for each in Project.load(folder).chapters]


def test_an_index_that_is_there_is_the_home_page(folder: Path) -> None:
    (folder / "_toc.yml").write_text(
        "root: intro\nchapters:\n- file: zoo/first\n- file: index\n- file: zoo/first\n", "utf-8"
    )
    (folder / "index.md").write_text("# Home\n", "utf-8")
    adopt(folder).write()
    names = [str(each.path) for each in Project.load(folder).chapters]
    assert names == ["index.md", "intro.md", "zoo/first.ipynb", "ledger.qmd"]
