"""What readers are told of the cell that computed a number: where it stands, and its code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tieout.ledger.entries import Entry
from tieout.markdown import visible
from tieout.notebooks import Cell, Notebook
from tieout.notebooks.heads import Head
from tieout.notebooks.magics import without_magics
from tieout.notebooks.outputs import chosen, without_records
from tieout.project import Chapter, Project, lines_of, read_front, usual_of_cells
from tieout.project.frontmatter import headings

if TYPE_CHECKING:
    from tieout.ledger.ledger import Ledger

RECORDING = ("record", "interval")


@dataclass(frozen=True)
class Place:
    """Where a reader finds a cell.

    Parameters
    ----------
    section
        The heading that it stands below; empty for that of its chapter.
    is_shown
        Whether its page shows anything of it, code or output.
    """

    section: str = ""
    is_shown: bool = True


def place_of(entry: Entry, ledger: Ledger) -> Place:
    """Return where readers find the cell that recorded an entry."""
    project = ledger.project
    chapter = next((each for each in project.chapters if str(each.path) == entry.path), None)
    if chapter is None or entry.cell is None:
        return Place()
    key, at = ("cell", project.configuration.said, chapter, entry.cell), entry.cell - 1
    return project.files.made(key, lambda: _place(project, chapter, at))


def _place(project: Project, chapter: Chapter, at: int) -> Place:
    header = read_front(project.files, chapter.path).metadata
    notebook = project.files.notebook(chapter.path)
    cell = notebook.cells[at]
    options = {**usual_of_cells(project, header), **cell.options}
    return Place(_section(notebook, cell, chapter.title or ""), _is_shown(cell, options))


def _section(notebook: Notebook, cell: Cell, title: str) -> str:
    """Return the last heading before a cell; empty for the title of its chapter."""
    found = ""
    for before in notebook.cells[: cell.index]:
        if before.kind == "markdown":
            found = next((each.text for each in reversed([*headings(before.source)])), found)
    return "" if visible(found) == visible(title) else visible(found)


def _is_shown(cell: Cell, options: dict[str, object]) -> bool:
    if options.get("include") is False:
        return False
    code = "\n".join(lines_of(cell.source)[Head.of(cell.source).count :])
    if options.get("echo", True) is not False and without_records(code).strip():
        return True
    return options.get("output", True) is not False and any(_outputs(cell))


def _outputs(cell: Cell) -> Iterator[bool]:
    for output in cell.outputs:
        if output.get("output_type") == "stream":
            yield output.get("name") != "stderr" and bool(str(output.get("text", "")).strip())
        else:
            yield chosen(output.get("data") or {}) is not None


def code_of(code: str, id: str) -> str:
    """Return the code of a cell without the statements that only record other entries.

    Parameters
    ----------
    id
        The entry whose code it is: what records it stays, and so does what gives a number a name that other
        code takes.

    Examples
    --------
    >>> code_of("n = 3\\nt.record('a.n', n, label='N')\\nt.record('a.m', n + 1, label='M')", "a.m")
    "n = 3\\nt.record('a.m', n + 1, label='M')"
    """
    lines = without_magics(code).split("\n")
    try:
        body = ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError):
        return code
    others = [node for node in body if _records_another(node, id) and _is_alone(node, body)]
    while True:  # a name that what is left takes keeps what gives it
        dropped = set(others)
        taken = {
            each.id
            for node in body
            if node not in dropped
            for each in ast.walk(node)
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load)
        }
        left = [node for node in others if taken.isdisjoint(_given(node))]
        if left == others:
            break
        others = left
    gone = {line for node in others for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    kept = [text for number, text in enumerate(code.split("\n"), start=1) if number not in gone]
    return "\n".join(kept) if gone else code


def _records_another(node: ast.stmt, id: str) -> bool:
    """Whether a statement only records an entry that is not this one, nor one that this belongs to."""
    if not isinstance(node, ast.Expr | ast.Assign) or not isinstance(node.value, ast.Call):
        return False
    call = node.value
    if getattr(call.func, "attr", "") not in RECORDING:
        return False
    given = (
        call.args[0] if call.args else next((each.value for each in call.keywords if each.arg == "id"), None)
    )
    if not isinstance(given, ast.Constant) or not isinstance(given.value, str):
        return False
    return given.value != id and not id.startswith(f"{given.value}.")


def _is_alone(node: ast.stmt, body: list[ast.stmt]) -> bool:
    """Whether no other statement stands on the lines of one."""
    first, last = node.lineno, node.end_lineno or node.lineno
    return not any(
        each is not node and each.lineno <= last and (each.end_lineno or each.lineno) >= first
        for each in body
    )


def _given(node: ast.stmt) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    return {each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name)}
