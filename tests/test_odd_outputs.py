"""Whatever JSON stands in the outputs of a notebook, all that read them go on, or say what is wrong.

Each key of an output, and each MIME type, in turn holds a list, a number, nothing, or an object that it
should not hold.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import notebooks, projects
from tieout import check
from tieout.audit.assembled import Assembled
from tieout.audit.files import stored_charts
from tieout.notebooks import ENTRY, RELATION, SPOKEN, VEGALITE, Notebook
from tieout.problems import InputError, Problem
from tieout.render.source import read_chapter
from tieout.workspace import Workspace

CHECKS = ("data", "outputs", "ledger", "prose", "citations", "relations")
ODD: dict[str, Any] = {
    "null": None,
    "true": True,
    "number": 5,
    "fraction": 2.5,
    "huge": 10**400,
    "infinite": float("inf"),
    "no number": float("nan"),
    "text": "text",
    "no text": "",
    "list": [],
    "lists": [[1, None], {"a": 1}],
    "texts": ["1", "2"],
    "object": {},
    "objects": {"a": {"b": [1, None]}},
}
TEXTS = (
    "text/plain", "text/markdown", "text/latex", "text/html", "image/svg+xml", "image/png", "image/jpeg",
)  # fmt: skip
TREES = (VEGALITE, ENTRY, RELATION, SPOKEN, "application/json", "application/vnd.vegalite.v5+json")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>1</text></svg>'
CHART = {
    "usermeta": {"label": "fig-odd"},
    "title": {"text": "Of 3"},
    "config": {"view": {}},
    "datasets": {"d": [{"id": "market.2024", "value": 2.5, "text": "2.5"}, {"value": 3}]},
    "data": {"name": "d"},
    "layer": [{"mark": {"type": "bar"}, "encoding": {"x": {"field": "value", "axis": {"title": "9"}}}}],
    "transform": [{"calculate": "1"}],
    "params": [{"name": "p"}],
}
DISPLAY = {"output_type": "display_data", "metadata": {}, "data": {"text/plain": "1"}}
CELL = {
    "cell_type": "code",
    "id": "odd",
    "metadata": {"tags": []},
    "execution_count": 1,
    "attachments": {},
    "outputs": [
        {"output_type": "stream", "name": "stdout", "text": "1"},
        {"output_type": "error", "ename": "E", "evalue": "1", "traceback": ["1"]},
        {**DISPLAY, "output_type": "execute_result", "execution_count": 1},
    ],
    "source": "1",
}


def grafts(tree: Any, value: Any, where: str = "") -> Iterator[tuple[str, Any]]:
    """Give a JSON tree with each of its values in turn replaced, and which one it was."""
    for key in tree if isinstance(tree, dict) else range(len(tree)):
        changed = copy.copy(tree)
        changed[key] = value
        yield f"{where}/{key}", changed
        if isinstance(tree[key], dict | list):
            for place, inner in grafts(tree[key], value, f"{where}/{key}"):
                yield place, {**tree, key: inner} if isinstance(tree, dict) else _with(tree, key, inner)


def _with(items: list[Any], at: int, value: Any) -> list[Any]:
    return [*items[:at], value, *items[at + 1 :]]


def cells(value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give code cells that hold a value where something else should stand, and where that is."""
    for mime in (*TEXTS, *TREES):
        for beside in ({}, {"image/svg+xml": SVG}):
            if mime not in beside:
                data = {mime: value, **beside}
                yield f"{mime} beside {[*beside]}", {**CELL, "outputs": [{**DISPLAY, "data": data}]}
    for place, chart in grafts(CHART, value):
        data = {VEGALITE: chart, "image/svg+xml": SVG}
        yield f"{VEGALITE}{place}", {**CELL, "outputs": [{**DISPLAY, "data": data}]}
    yield from grafts(CELL, value)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return projects.create(tmp_path_factory.mktemp("odd") / "project", {"index.ipynb": ["#:# Home"]})


def read(root: Path, cells: list[dict[str, Any]]) -> list[Problem]:
    """Read a notebook with these cells as checks, engine and audit do; return what was said of it."""
    home = {"cell_type": "markdown", "id": "home", "metadata": {}, "source": "# Home"}
    named = [{**cell, "id": f"c{n}"} if cell.get("id") == "odd" else cell for n, cell in enumerate(cells)]
    book = {"cells": [home, *named], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (root / "index.ipynb").write_text(json.dumps(book), encoding="utf-8")
    workspace = Workspace.load(root)
    found = [each for report in check.run(workspace, CHECKS, execute=False) for each in report.problems]
    for chapter in workspace.project.chapters:
        found += read_chapter(workspace.project, chapter).problems
        Assembled(workspace.project, chapter).markdown()
    list(stored_charts(workspace.project))
    return found


def failures(root: Path, tried: list[tuple[str, dict[str, Any]]]) -> Iterator[str]:
    """Give the cells that something else came of than a message; all are read at once where they can be."""
    try:
        assert all(problem.what for problem in read(root, [cell for _, cell in tried]))
    except Exception as error:
        half = len(tried) // 2
        if half:
            yield from failures(root, tried[:half])
            yield from failures(root, tried[half:])
        elif not isinstance(error, InputError):
            yield f"{tried[0][0]}: {type(error).__name__}: {error}"


@pytest.mark.parametrize("kind", ODD)
def test_odd_json_in_outputs_is_read_or_told(root: Path, kind: str) -> None:
    whole, refused = [], 0
    for place, cell in cells(ODD[kind]):
        try:
            Notebook.parse(notebooks.text(cell))
            whole.append((place, cell))
        except InputError as error:
            refused += 1
            assert all(problem.what and problem.hint for problem in error.problems)
    assert list(failures(root, whole)) == []
    assert len(whole) + refused > 70


@pytest.mark.parametrize("kind", ODD)
def test_odd_metadata_of_a_notebook_is_read_or_told(root: Path, kind: str) -> None:
    about = {"kernelspec": {"name": "python3", "language": "python"}, "language_info": {"name": "python"}}
    for _, book in grafts({"metadata": about}, ODD[kind]):
        text = json.dumps({**json.loads(notebooks.text("#:# Home", "1")), **book})
        (root / "index.ipynb").write_text(text, encoding="utf-8")
        try:
            project = Workspace.load(root).project
            assert read_chapter(project, project.chapters[0]).lines
        except InputError as error:
            assert all(problem.what and problem.hint for problem in error.problems)
