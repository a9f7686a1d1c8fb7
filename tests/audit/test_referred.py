"""Files that pages lead to, or show in HTML of their own: taken along, compared, and missed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tieout import publish
from tieout.audit import site
from tieout.ledger import Ledger
from tieout.problems import Report
from tieout.workspace import Workspace

CONFIG = "project: {type: book}\nbook: {title: T, author: A, chapters: [index.md, parts/two.md]}\n"
HOME = """# Home

[Data](data.csv?x=1), [a paper](parts/a%20paper.pdf), [two](parts/two.md), [hidden](.secret),
[out](../out.txt), [by a link](open.txt).

<img src='pictures/a.png' alt="A"> and <img src="pictures/none.png" alt="None">

<a href="gone.csv">Gone</a>, [gone too](gone/).
"""
TWO = '# Two\n\n<img src="../pictures/b.svg" alt="B"> [back](../index.md)\n'
PNG = b"\x89PNG\r\n\x1a\n" + bytes(32)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script><path d="M0 0h9v9z"/></svg>'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    files = {
        "_quarto.yml": CONFIG, "index.md": HOME, "parts/two.md": TWO, "data.csv": "a,b\n", ".secret": "s",
        "parts/a paper.pdf": "p", "pictures/a.png": PNG, "pictures/b.svg": SVG, "../out.txt": "o",
    }  # fmt: skip
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (root / "open.txt").symlink_to(".secret")
    return root


def built(root: Path) -> publish.Result:
    return publish.build(Workspace.load(root), "pandoc", ("html",))


def said(reports: tuple[Report, ...] | list[Report], *rules: str) -> list[str]:
    return [
        f"{each.path}:{each.line}: {each.what}"
        for one in reports
        for each in one.problems
        if each.rule in rules
    ]


def test_what_pages_name_is_in_the_site_and_what_they_miss_is_said(book: Path) -> None:
    result = built(book)
    assert result.site is not None
    for name in ("data.csv", "parts/a paper.pdf", "pictures/a.png"):
        assert (result.site / name).read_bytes() == (book / name).read_bytes()
    assert b"<script" not in (result.site / "pictures/b.svg").read_bytes()
    assert not (result.site / ".secret").exists() and not (result.site / "open.txt").exists()
    assert not list(result.site.rglob("out.txt"))
    assert said(result.reports, "link") == [
        "index.md:3: the link `.secret` leads to nothing in the site",
        "index.md:4: the link `open.txt` leads to nothing in the site",
        "index.md:8: the link `gone.csv` leads to nothing in the site",
        "index.md:8: the link `gone/` leads to nothing in the site",
    ]
    assert said(result.reports, "picture") == ["index.md:6: there is no `pictures/none.png` to show"]


@pytest.mark.parametrize(
    ("name", "what"),
    [("data.csv", "is not the same as data.csv of the project"), ("stray.csv", "nothing makes it")],
)
def test_a_file_that_is_another_one_is_found(book: Path, name: str, what: str) -> None:
    folder = built(book).site
    assert folder is not None
    (folder / name).write_bytes(b"a,c\n")
    (book / name).write_bytes(b"a,b\n")
    report = site.check(Ledger.load(book))
    assert any(what in each.what and each.path == name for each in report.problems)


def test_words_at_the_head_of_a_cell_stop_no_book(book: Path) -> None:
    """As nbdev writes them: what they ask for is nothing to a page, but for hiding."""
    code = {"cell_type": "code", "metadata": {}, "execution_count": 1, "outputs": []}
    hidden = {**code, "id": "a", "source": "#| hide\nunseen()"}
    shown = {**code, "id": "b", "source": "#| export\n#| aside\n#| code-fold: true\nshown()"}
    title = {"cell_type": "markdown", "id": "c", "metadata": {}, "source": "# Index"}
    about = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    notebook = {
        "cells": [title, hidden, shown, shown | {"id": "d"}],
        "metadata": about,
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (book / "index.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (book / "_quarto.yml").write_text(CONFIG.replace("index.md", "index.ipynb"), encoding="utf-8")
    result = publish.build(Workspace.load(book), "pandoc", ("html",), execute=False)
    assert result.site is not None
    page = (result.site / "index.html").read_text(encoding="utf-8")
    assert page.count("shown") == 2 and "unseen" not in page and "export" not in page
    assert said(result.reports, "cell-option") == ["index.ipynb:1: `#| aside` is no option"]
