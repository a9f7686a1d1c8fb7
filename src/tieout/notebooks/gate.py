"""The gate: what must be true of a notebook's stored outputs before anything is read from them.

nbval compares outputs that are there; it says nothing of cells that never ran, ran out of order, ended in an
error, or lost what they show. This does.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tieout.notebooks.magics import without_magics
from tieout.notebooks.notebook import ENTRY, MARKDOWN, NARROW, RELATION, SVG, VEGALITE, Cell, Notebook
from tieout.problems import Problem, Severity

SHOWS = {
    "record": ENTRY,
    "assume": ENTRY,
    "interval": ENTRY,
    "relate": RELATION,
    "table": MARKDOWN,
    "figure": VEGALITE,
    "tree": VEGALITE,
}
UNCHECKED_TAGS = frozenset(
    ("nbval-ignore-output", "nbval-skip", "nbval-raises-exception", "raises-exception", "skip-execution")
)
RAISING = frozenset(("nbval-raises-exception", "raises-exception"))
UNCHECKED_COMMENTS = frozenset(
    ("NBVAL_IGNORE_OUTPUT", "NBVAL_SKIP", "NBVAL_RAISES_EXCEPTION", "PYTEST_VALIDATE_IGNORE_OUTPUT")
)
_NAME = re.compile(r"[^\W_][\w.-]{0,99}")  # of a file in figures/, its suffix apart
ONLY_IMPORT = re.compile(r"(?:#.*\n|\s)*import tieout(?: as \w+)?\s*")
RUN_AGAIN = "run the notebook again: tieout execute"


def gate(notebook: Notebook, root: Path | None = None) -> list[Problem]:
    """Return what is wrong with a notebook's stored outputs.

    Every code cell ran, in order from 1 on, none ended in an error, and each shows what it says it shows. A
    cell that opts out of the comparison is a warning. One that never ran, or ran out of order, is no fault of
    those after it.
    """
    path = notebook.shown(root)
    alias = _alias(notebook)
    problems = []
    expected, cleared = 1, 0  # cells that were cleared after they had run have left their numbers free
    for cell in notebook.code:
        for what, hint, rule, place in _cell_problems(cell, range(expected, expected + cleared + 1), alias):
            line = notebook.line_of("cells", cell.index, *place) if place else notebook.line(cell.index)
            severity: Severity = "warning" if rule == "unchecked" else "error"
            problems.append(
                Problem(what, hint, path=path, line=line, rule=rule, where=cell.name, severity=severity)
            )
        cleared = cleared + 1 if cell.count is None else 0
        expected = expected if cell.count is None else cell.count + 1
    return problems


def records(notebook: Notebook) -> bool:
    """Whether a notebook calls Tieout, or stores what it recorded: others import it at most."""
    alias = _alias(notebook)
    called = alias and any(re.search(rf"\b{alias}\.\w", cell.source) for cell in notebook.code)
    stored = (cell.displays(mime) for cell in notebook.code for mime in (ENTRY, RELATION))
    return bool(called) or any(stored)


def unchecked(cell: Cell) -> str | None:
    """Return what takes a cell's outputs out of the comparison of two runs; None where nothing does.

    That is ``#| volatile: reason``, a tag or a comment of nbval's, or a tag of Jupyter's.
    """
    if str(cell.options.get("volatile") or "").strip():
        return f"is volatile ({cell.options['volatile']})"
    for tag in _tags(cell):
        if tag in UNCHECKED_TAGS:
            return f"has the tag {tag}"
    for line in cell.source.splitlines():
        mark = line.strip().lstrip("#").strip()
        if line.strip().startswith("#") and mark in UNCHECKED_COMMENTS:
            return f"has the comment {mark}"
    return None


def _tags(cell: Cell) -> list[str]:
    tags = cell.metadata.get("tags", [])
    return [str(tag) for tag in tags] if isinstance(tags, list) else []


def _cell_problems(
    cell: Cell, expected: range, alias: str | None
) -> Iterator[tuple[str, str, str, tuple[str | int, ...]]]:
    if cell.count is None:
        if cell.outputs or not ONLY_IMPORT.fullmatch(cell.source):  # that cell `tieout adopt` adds
            yield "was never executed", RUN_AGAIN, "not-executed", ()
    elif cell.count not in expected:
        what = f"was executed as number {cell.count}, not {expected[0]}: not from top to bottom"
        yield what, RUN_AGAIN, "order", ("execution_count",)
    out = unchecked(cell)
    if out:
        what = f"{out}: its outputs are not compared when it runs again"
        hint = "tie no number to it; where its outputs are the same at each run, take the mark away"
        yield what, hint, "unchecked", ()
        if cell.displays(ENTRY):
            what = "records a number, and its outputs are not compared when it runs again"
            yield what, "record it in a cell of its own, without the mark", "unchecked-entry", ()
    for place, output in enumerate(cell.outputs):
        at = ("outputs", place)
        if output.get("output_type") == "error" and not RAISING.intersection(_tags(cell)):
            what = f"ended in an error: {output.get('ename')}: {_first_line(output.get('evalue'))}"
            yield what, "correct the cell and run the notebook again", "error-output", at
    if alias:
        for mime, (name, count) in _shown_by(cell.source, alias).items():
            held = len(cell.displays(mime))
            if held < count:
                what = (
                    f"calls {alias}.{name} and stores {held or 'no'} output{'' if held == 1 else 's'} of it"
                )
                yield (f"{what}, not {count}" if held else what), RUN_AGAIN, "no-output", ()


def _first_line(text: Any) -> str:
    return next(iter(str(text).splitlines()), "")


def _alias(notebook: Notebook) -> str | None:
    """Return the name under which a notebook imports Tieout."""
    for cell in notebook.code:
        for node in _statements(cell.source):
            if isinstance(node, ast.Import):
                for name in node.names:
                    if name.name == "tieout":
                        return name.asname or name.name
    return None


def _statements(source: str) -> list[ast.stmt]:
    try:
        return ast.parse(without_magics(source)).body
    except SyntaxError:  # what IPython allows beyond Python is not looked into
        return []


def _shown_by(source: str, alias: str) -> dict[str, tuple[str, int]]:
    """Count, by MIME type, the outputs that a cell's top-level statements give for certain."""
    counts: dict[str, tuple[str, int]] = {}
    for statement in _statements(source):
        if not isinstance(statement, ast.Expr | ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        for node in _evaluated(statement.value):
            called = node.func if isinstance(node, ast.Call) else None
            if (
                isinstance(called, ast.Attribute)
                and isinstance(called.value, ast.Name)
                and called.value.id == alias
                and called.attr in SHOWS
            ):
                mime = SHOWS[called.attr]
                counts[mime] = (called.attr, counts.get(mime, ("", 0))[1] + 1)
    return counts


def _evaluated(node: ast.AST) -> Iterator[ast.AST]:
    """Walk the parts of an expression that are evaluated exactly once."""
    if isinstance(node, ast.Lambda | ast.IfExp | ast.BoolOp | ast.ListComp | ast.SetComp | ast.DictComp):
        return
    if isinstance(node, ast.GeneratorExp):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _evaluated(child)


def pictures(notebook: Notebook) -> dict[str, str]:
    """Return the files in ``figures/`` that a notebook's stored outputs stand for, by name."""
    return {name: text for _, files in stored_pictures(notebook) for name, text in files.items()}


def stored_pictures(notebook: Notebook) -> Iterator[tuple[Cell, dict[str, str]]]:
    """Give, for each chart that a notebook stores, its cell and its files."""
    for cell in notebook.code:
        for output in cell.outputs:
            data = output.get("data", {})
            label = label_of(data.get(VEGALITE))
            if label is not None:
                files = {f"{label}.svg": str(data.get(SVG, "")), f"{label}.json": pretty(data[VEGALITE])}
                if NARROW in data:
                    files[f"{label}-narrow.svg"] = str(data[NARROW])
                yield cell, files


def pretty(spec: Mapping[str, Any]) -> str:
    """Return a chart's specification as the text of its file in ``figures/``."""
    return json.dumps(spec, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def label_of(spec: Any) -> str | None:
    """Return the label of a figure from its specification."""
    meta = spec.get("usermeta") if isinstance(spec, dict) else None
    label = meta.get("label") if isinstance(meta, dict) else None
    return label if isinstance(label, str) and _NAME.fullmatch(label) else None
