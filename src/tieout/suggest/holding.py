"""What the variables of a notebook hold where each cell ends: results that no cell shows in full.

The notebook is run once more for it, in a kernel of its own and without a change to its file. What was said
is kept as runs are, until the code or what it reads has changed; lines that record change nothing.
"""

from __future__ import annotations

import ast
import asyncio
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from tieout.machine.asked import asked
from tieout.machine.workers import workers
from tieout.notebooks import Cell, Notebook, store
from tieout.notebooks.execute import digest
from tieout.notebooks.kernel import UNASKED, run
from tieout.problems import InputError
from tieout.project import Project
from tieout.suggest import shownvalues
from tieout.suggest.cells import MODULE, is_python, is_recording, statements
from tieout.suggest.shownvalues import Value
from tieout.suggest.valued import is_alone
from tieout.suggest.versions import stored, within

Held = Mapping[str, Mapping[str, Any]]  # by variable: as text or as HTML, and of which types labels are
Results = list[dict[str, Any]]
NOTHING: Mapping[str, Any] = {"execution_count": None, "outputs": []}
ASKING = "__import__('tieout.notebooks.held', fromlist=['say']).say(globals(), {names})"


def held_in(
    notebooks: Mapping[str, Notebook], project: Project, may_run: bool, progress: Callable[[str], None]
) -> Mapping[str, Mapping[int, Held]]:
    """Return what variables hold after each cell that gave them a value, by notebook and index of the cell.

    Nothing of notebooks whose code is not Python, or fails.

    Parameters
    ----------
    may_run
        Whether they may be run for it; else what was said before counts, while it still holds.
    progress
        Is told which is run.
    """
    known: dict[str, Mapping[int, Held]] = {}
    new: dict[str, Notebook] = {}
    for name, notebook in notebooks.items():
        if is_python(notebook) and notebook.is_python and notebook.code:
            book = _asking(notebook)
            results, _ = store.find(project.root, digest(book, project.root), len(book.code))
            if results is not None:
                known[name] = _said(notebook, results)
            elif may_run:
                new[name] = book
    ran = asyncio.run(_run_all(new, project, progress)) if new else {}
    return known | {name: _said(notebooks[name], results) for name, results in ran.items()}


def _said(notebook: Notebook, results: Sequence[Mapping[str, Any]]) -> Mapping[int, Held]:
    return {
        cell.index: _answer(_printed(result))
        for cell, result in zip(notebook.code, results[1::2], strict=True)
    }


def _answer(printed: str) -> Held:
    """Return what a kernel said, beside which hooks and threads of a notebook may print too."""
    for line in reversed(printed.splitlines()):
        with suppress(ValueError):
            if isinstance(said := json.loads(line), dict):
                return said
    return {}


def values_in(shown: Mapping[str, Any]) -> Iterator[Value]:
    """Give the numbers that a variable holds, those of tables picked by labels of their types."""
    if "length" in shown:
        yield Value(Decimal(shown["length"]), "len({})")
        return
    values = shownvalues.of_table(shown["html"]) if "html" in shown else shownvalues.of_plain(shown["text"])
    for value in values:
        path = _typed(value.path, shown) if "rows" in shown else value.path
        if path is not None:
            yield replace(value, path=path)


def _typed(path: str, shown: Mapping[str, Any]) -> str | None:
    """Return the code that picks a value by its labels, in their types; None where a type is not known."""
    node = ast.parse(path.format("_"), mode="eval").body
    if not isinstance(node, ast.Subscript):
        return None
    sides = [node.slice]
    if "columns" in shown and isinstance(node.slice, ast.Tuple):
        sides = node.slice.elts
    keys = [_keys(side, shown[kind]) for side, kind in zip(sides, ("rows", "columns"), strict=False)]
    return None if None in keys else f"{{}}.loc[{', '.join(map(str, keys))}]"


def _keys(node: ast.expr, types: Sequence[Mapping[str, str]]) -> str | None:
    parts = node.elts if isinstance(node, ast.Tuple) else [node]
    if len(parts) != len(types):
        return None
    keys = [_key(part, of) for part, of in zip(parts, types, strict=True)]
    if None in keys:
        return None
    return str(keys[0]) if len(keys) == 1 else f"({', '.join(map(str, keys))})"


def _key(node: ast.expr, types: Mapping[str, str]) -> str | None:
    """Return a label as code, which was read of a text: *2022* may be a number or a word."""
    value = node.value if isinstance(node, ast.Constant) else None
    text = value if isinstance(value, str) else ast.unparse(node)
    type_ = types.get(text)
    if type_ in ("str", "date"):
        return json.dumps(text, ensure_ascii=False)
    return text if type_ in ("int", "bool") and not isinstance(value, str) else None


def given_by(statement: ast.stmt) -> Iterator[str]:
    """Give the variables that a statement gives a value, or a column, or an item."""
    yield from stored(statement)
    for node in within(statement):
        if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
            held: ast.expr = node
            while isinstance(held, ast.Subscript | ast.Attribute):
                held = held.value
            if isinstance(held, ast.Name):
                yield held.id


async def _run_all(
    books: Mapping[str, Notebook], project: Project, progress: Callable[[str], None]
) -> dict[str, Results]:
    places = asyncio.Semaphore(workers())

    async def one(name: str, book: Notebook) -> Results | None:
        async with places:
            progress(f"Looking into the variables of {name}")
            with suppress(InputError):
                return await _run(book, project)
        return None

    found = await asyncio.gather(*(one(name, book) for name, book in books.items()))
    return {name: results for name, results in zip(books, found, strict=True) if results is not None}


async def _run(book: Notebook, project: Project) -> Results:
    root, limits = project.root, project.limits
    traced: list[dict[str, str] | None] = []

    def read(trace: Path) -> None:
        traced.append(asked(root, trace, UNASKED))

    results = await run(book, root, limits.cell_seconds, limits.memory, read)
    if traced and traced[0] is not None:
        store.keep(root, digest(book, root), results, traced[0])
    return results


def _asking(notebook: Notebook) -> Notebook:
    """Return a notebook with a cell behind each, which says what the variables hold that it gave a value."""
    cells: list[Cell] = []
    for cell in notebook.code:
        body = statements(cell.source) or []
        names = sorted({name for each in body for name in given_by(each)})
        asking = ASKING.format(names=names)
        cells.append(replace(cell, index=len(cells), source=_without_records(cell.source, body)))
        cells.append(Cell(len(cells), "code", asking))
    told = [
        {"cell_type": "code", "source": each.source, "metadata": dict(each.metadata), **NOTHING}
        for each in cells
    ]
    return replace(notebook, data={**notebook.data, "cells": told}, cells=tuple(cells))


def _without_records(source: str, body: list[ast.stmt]) -> str:
    """Return the code of a cell without lines that only record: with them it computes the same."""
    lines = source.split("\n")
    for each in body:
        if (is_recording(each) or _is_import(each)) and is_alone(each, body):
            lines[each.lineno - 1 : each.end_lineno] = [""] * (
                (each.end_lineno or each.lineno) - each.lineno + 1
            )
    return "\n".join(line for line in lines if line.strip())


def _is_import(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Import) and [each.name for each in statement.names] == [MODULE]


def _printed(result: Mapping[str, Any]) -> str:
    return "".join(str(each.get("text", "")) for each in result["outputs"] if each.get("name") == "stdout")
