"""Notebooks of format 3, as IPython wrote them, are shown as they are stored, and stay as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from tests.support import ordinary_books
from tieout import publish
from tieout.adopt.adopt import adopt
from tieout.notebooks import Notebook
from tieout.problems import InputError
from tieout.workspace import Workspace

CELLS = [
    {"cell_type": "heading", "level": 1, "metadata": {}, "source": ["Counts"]},
    {"cell_type": "markdown", "metadata": {}, "source": ["We saw 12.\n", "Then 13."]},
    {
        "cell_type": "code",
        "collapsed": False,
        "input": ["print 12\n", "x"],
        "language": "python",
        "metadata": {},
        "outputs": [
            {"output_type": "stream", "stream": "stdout", "text": ["12\n"]},
            {
                "output_type": "pyout",
                "prompt_number": 1,
                "metadata": {},
                "text": ["<table>"],
                "html": ["<table><tr><td>14</td></tr></table>"],
            },
        ],
        "prompt_number": 1,
    },
]
OLD = json.dumps(
    {"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": CELLS}]}, indent=1
)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return ordinary_books.write(tmp_path, {"old.ipynb": OLD}, {})


def test_its_text_code_and_outputs_are_shown(book: Path) -> None:
    result = publish.build(Workspace.load(book), "pandoc", ("html",))
    assert result.site is not None
    shown = html.parse(str(book / "_book" / "old.html"))
    assert shown.xpath("//h1[contains(., 'Counts')]") and shown.xpath("//article//td[. = '14']")
    assert "print 12" in shown.xpath("string(//article)")
    (said,) = [each for report in result.reports for each in report.problems if "format 3" in each.what]
    assert (said.path, said.severity) == ("old.ipynb", "warning")


def test_its_lines_are_those_of_the_file() -> None:
    notebook = Notebook.parse(OLD)
    lines = OLD.splitlines()
    assert "Then 13." in lines[notebook.line(1, 2) - 1]
    assert lines[notebook.line(2, 2) - 1].strip() == '"x"'
    assert [cell.id for cell in notebook.cells] == ["", "", ""]


def test_it_is_neither_rewritten_nor_given_a_cell(book: Path) -> None:
    assert not [each for each in adopt(book).rewrites if each.path == "old.ipynb"]
    with pytest.raises(InputError, match="format 3, which is not rewritten"):
        Notebook.load(book / "old.ipynb").replace(1, 0, 2, "They")
