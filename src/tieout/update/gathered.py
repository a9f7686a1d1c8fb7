"""The numbers that a notebook's stored outputs show, each with the expression that gave it.

Only what is certain is evidence: the last expression of a cell, what it printed, a cell of its table.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tieout.notebooks import PLAIN, Cell, Notebook
from tieout.update import shownvalues
from tieout.update.cells import is_recording, statements
from tieout.update.evidence import Evidence
from tieout.update.expressions import quantiles
from tieout.update.known import Known, variables
from tieout.update.places import Computed
from tieout.update.printed import printed
from tieout.update.shownvalues import Value
from tieout.update.unrounded import is_rounded
from tieout.update.valued import ENDS, each_of, is_alone, peeks, summarised

HTML = "text/html"


def evidence(notebook: Notebook) -> list[Evidence]:
    """Return the numbers that a notebook's outputs show, in their order; of one expression, the first."""
    known = Known(frozenset(_imported(notebook)), {}, Computed())
    found: dict[tuple[str, str | None, str | None], Evidence] = {}
    for cell in notebook.code:
        body = statements(cell.source)
        if not body:
            continue
        known = known.after(cell, body)
        for each in (*printed(cell, body, known), *_shown(cell, body, known)):
            key = (each.expression, each.part, each.term)
            found[key] = found[key].or_finer(each) if key in found else each
    return list(found.values())


def _imported(notebook: Notebook) -> Iterator[str]:
    for cell in notebook.code:
        for statement in statements(cell.source) or ():
            if isinstance(statement, ast.Import | ast.ImportFrom):
                yield from (name.asname or name.name for name in statement.names)


def _shown(cell: Cell, body: list[ast.stmt], known: Known) -> Iterator[Evidence]:
    """Give what the last expression of a cell shows."""
    last = body[-1]
    results = [each["data"] for each in cell.outputs if each.get("output_type") == "execute_result"]
    if not isinstance(last, ast.Expr) or len(results) != 1 or not is_alone(last, body):
        return
    shown = last.value
    before = [each for each in body[:-1] if not is_recording(each)]
    if isinstance(shown, ast.Name) and before:
        shown = _made(shown, before[-1])
    if _ends_table(shown, known):
        shown = shown.func.value  # type: ignore[attr-defined]
    (data,) = results
    plain, markup = str(data.get(PLAIN, "")), str(data.get(HTML, ""))
    summed = summarised(last.value)
    if summed is not None:
        yield from each_of(cell, last, summed, shownvalues.of_summary(plain), known)
    elif peeks(last.value) and not _ends_table(last.value, known):
        return
    elif "dataframe" in markup:
        yield from each_of(cell, last, shown, shownvalues.of_table(markup), known)
    elif levels := quantiles(shown):
        for part, value in zip(levels, shownvalues.of_list(plain), strict=False):
            yield from each_of(cell, last, part, [value], known)
    elif isinstance(last.value, ast.Tuple) and plain.startswith("("):
        for part, value in zip(last.value.elts, shownvalues.of_plain(plain), strict=False):
            if value.path == f"{{}}[{last.value.elts.index(part)}]":
                yield from each_of(cell, last, part, [Value(value.number)], known)
    elif not markup:
        yield from each_of(cell, last, shown, shownvalues.of_plain(plain), known)


def _made(name: ast.Name, before: ast.stmt) -> ast.expr:
    """Return what the statement before makes of a variable, where it rounds it; else the variable."""
    if (
        isinstance(before, ast.Assign)
        and len(before.targets) == 1
        and isinstance(before.targets[0], ast.Name)
        and before.targets[0].id == name.id
        and is_rounded(before.value)
        and name.id not in variables(before.value)
    ):
        return before.value
    return name


def _ends_table(node: ast.expr, known: Known) -> bool:
    """Whether an expression shows the ends of a table that sums up another: ``monthly.tail(12)``."""
    is_end = peeks(node) and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    if not (is_end and isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    return (
        node.func.attr in ENDS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in known.tables
    )
