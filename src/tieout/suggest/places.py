"""Where in a notebook a line that records a value belongs: in the cell that computed it.

A cell that only shows what others computed stays as it is: the line is put into the last of them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tieout.notebooks import Cell
from tieout.suggest.versions import Place, stored, within

_LOOKS = frozenset(
    ("summary", "summary2", "head", "tail", "round", "style", "format", "to_frame", "rename", "sort_values",
     "sort_index", "T", "loc", "iloc", "to_string", "to_markdown")
)  # fmt: skip


@dataclass
class Computed:
    """The last cell that has given each name a value, and the line of it before which others may stand.

    Of names that are unsteady, to which functions give values, none is known.
    """

    places: dict[str, Place] = field(default_factory=dict)
    unsteady: frozenset[str] = frozenset()

    def read(self, cell: Cell, body: list[ast.stmt]) -> None:
        """Take in a cell."""
        if only_shows(body):
            return
        last = body[-1]
        shows = isinstance(last, ast.Expr) and not _prints(last)
        line = last.lineno if shows else (last.end_lineno or last.lineno) + 1
        for name in _given(body[:-1] if shows else body):
            self.places[name] = (cell.index, line)

    def place_of(self, node: ast.expr) -> Place | None:
        """Return where an expression's names have their values; None where a name of it has none."""
        names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        found = [self.places[name] for name in names if name in self.places]
        return max(found, default=None) if not names & self.unsteady else None


def only_shows(body: list[ast.stmt]) -> bool:
    """Whether the statements of a cell only look at what is there: `fit.summary()`, `print(table.round(2))`.

    Examples
    --------
    >>> [only_shows(ast.parse(text).body) for text in ("fit.summary()", "x = 3", "table", "x.mean()")]
    [True, False, True, False]
    """
    shown = [each.value for each in body if isinstance(each, ast.Expr)]
    return bool(body) and len(shown) == len(body) and all(map(_looks, _arguments(shown)))


def _arguments(shown: Iterable[ast.expr]) -> Iterator[ast.expr]:
    for each in shown:
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "print":
            yield from (part for part in each.args if not isinstance(part, ast.Constant))
        else:
            yield each


def _looks(node: ast.expr) -> bool:
    while True:
        if isinstance(node, ast.Call):
            if not (isinstance(node.func, ast.Attribute) and node.func.attr in _LOOKS):
                return False
            node = node.func.value
        elif isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        else:
            return isinstance(node, ast.Name)


def _prints(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print"


def _given(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Give the names that statements bind, or change: by an index, an attribute, a call for its effect."""
    for statement in body:
        yield from stored(statement)
        for node in within(statement):
            if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
                yield from _root(node)
        if isinstance(statement, ast.Expr) and not _prints(statement):
            yield from _root(statement.value)


def _root(node: ast.expr) -> Iterator[str]:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    if isinstance(node, ast.Name):
        yield node.id
