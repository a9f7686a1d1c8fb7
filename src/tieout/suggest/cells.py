"""What is put into notebooks: a cell, or lines of code in one; every other byte of the file stays."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator

from tieout.notebooks import Cell, Notebook, without_magics

ALIAS = "t"
MODULE = "tieout"
IMPORT = f"import {MODULE} as {ALIAS}"
PYTHON = frozenset(("python", "ipython"))
# Magics that run the cell below them as if they were not there; `%%timeit` keeps none of its variables.
_RUNS = re.compile(r"\s*%%(?:time|capture)\b")
_CAPTURES = re.compile(r"\s*%%capture\b")


def is_python(notebook: Notebook) -> bool:
    """Whether the code of a notebook is Python; one that does not say is."""
    about = notebook.data.get("metadata", {})
    said = (about.get("language_info", {}).get("name"), about.get("kernelspec", {}).get("language"))
    return all(name is None or str(name).lower() in PYTHON for name in said)


def statements(source: str) -> list[ast.stmt] | None:
    """Return the statements of a cell, its magics left out line by line; None where it is not all Python."""
    if source.lstrip().startswith("%%") and not _RUNS.match(source):
        return None
    try:
        return ast.parse(without_magics(source)).body
    except (SyntaxError, ValueError, RecursionError):
        return None


def is_captured(source: str) -> bool:
    """Whether what a cell shows, records too, goes nowhere: ``%%capture``."""
    return _CAPTURES.match(source) is not None


def alias_of(notebook: Notebook) -> str | None:
    """Return the name by which a notebook calls Tieout; None where it does not import it."""
    for cell in notebook.code:
        for node in _imports(cell):
            for name in node.names:
                if name.name == MODULE:
                    return name.asname or name.name
    return None


def _imports(cell: Cell) -> Iterator[ast.Import]:
    for statement in statements(cell.source) or ():
        if isinstance(statement, ast.Import):
            yield statement


def recordings(statement: ast.stmt) -> list[ast.Call]:
    """Return the calls of a statement that record a value."""
    return [
        node
        for node in ast.walk(statement)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and len(node.args) > 1
    ]


def recorded_ids(notebook: Notebook) -> frozenset[str]:
    """Return the ids under which a notebook records, whether it has been run or not."""
    calls = (
        call for cell in notebook.code for each in statements(cell.source) or () for call in recordings(each)
    )
    return frozenset(str(call.args[0].value) for call in calls if isinstance(call.args[0], ast.Constant))


def is_recording(statement: ast.stmt) -> bool:
    """Whether a statement does nothing but record: ``t.record("n", n, "Penguins")``."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Call) and getattr(value.func, "attr", "") in ("record", "interval")


def import_for(notebook: Notebook) -> tuple[str, str]:
    """Return the line that imports Tieout, and what to call it: ``t``, unless that name is taken."""
    names = {name for cell in notebook.code for name in bound(cell.source)}
    return (f"import {MODULE}", MODULE) if ALIAS in names else (IMPORT, ALIAS)


def bound(source: str) -> Iterator[str]:
    """Give the names that the code of a cell binds, at any depth."""
    for statement in statements(source) or ():
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store | ast.Del):
                yield node.id
            elif isinstance(node, ast.alias):
                yield (node.asname or node.name).partition(".")[0]
            elif isinstance(node, ast.arg):
                yield node.arg
            elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield node.name


def with_cell(notebook: Notebook, before: int, source: str, id: str) -> str:
    """Return a notebook's text with one more code cell before another.

    Parameters
    ----------
    before
        The index of the cell that follows it.
    source
        The code of the new cell.
    id
        Its id, where the notebook's format has ids; made unique.
    """
    raw = notebook.raw
    element = notebook.element.nearest("cells", before)
    line = raw.rfind("\n", 0, element.start) + 1
    indent = raw[line : element.start]
    new: dict[str, object] = {"cell_type": "code", "execution_count": None}
    if any(cell.id for cell in notebook.cells):
        taken = {cell.id for cell in notebook.cells}
        new["id"] = next(name for name in _numbered(id) if name not in taken)
    new |= {"metadata": {}, "outputs": [], "source": source.splitlines(keepends=True)}
    if indent.strip() or not line:  # all on one line
        return f"{raw[: element.start]}{json.dumps(new)}, {raw[element.start :]}"
    step = indent[: len(indent) // 2] or " "
    text = json.dumps(new, indent=step, ensure_ascii=False).replace("\n", "\n" + indent)
    return f"{raw[: element.start]}{text},\n{indent}{raw[element.start :]}"


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1
