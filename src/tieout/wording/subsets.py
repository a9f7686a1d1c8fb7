"""Which tables of a notebook are parts of others: *seen* of ``seen = df[df.no_show == 0].copy()``.

Only a name is known that all cells of the notebook give a value once.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tieout.notebooks import Notebook
from tieout.wording.traced import traced

_KEPT = frozenset(("copy", "reset_index", "sort_values", "sort_index"))  # of these all rows remain
_FILTERING = frozenset(("dropna", "query"))
_MASKS = (ast.Compare, ast.BoolOp, ast.BinOp, ast.UnaryOp, ast.Call)


@dataclass(frozen=True)
class Subsets:
    """The names that are given a value once, each with the name whose rows it has a part of, if any."""

    parents: Mapping[str, str]

    @classmethod
    def of(cls, notebook: Notebook) -> Subsets:
        """Read the cells of a notebook."""
        given: dict[str, list[ast.expr]] = {}
        for cell in notebook.code:
            for name, value in traced(cell.source).all:
                given.setdefault(name, []).append(value)
        once = {name: values[0] for name, values in given.items() if len(values) == 1}
        return cls({name: _parent(value) for name, value in once.items()})

    def is_part(self, name: str, whole: str) -> bool:
        """Whether one table has some of the rows of another, picked once or again and again."""
        seen = set[str]()
        while name in self.parents and name not in seen:
            seen.add(name)
            name = self.parents[name]
            if name == whole:
                return whole in self.parents
        return False


def _parent(value: ast.expr) -> str:
    """Return the name of the table that an expression picks rows of; empty where it does not."""
    picks = False
    for part in _chain(value):
        if isinstance(part, ast.Name):
            return part.id if picks else ""
        if isinstance(part, ast.Call):
            if not isinstance(part.func, ast.Attribute) or part.func.attr not in _KEPT | _FILTERING:
                return ""
            picks = picks or part.func.attr in _FILTERING
        elif isinstance(part, ast.Subscript):
            picks = picks or isinstance(part.slice, _MASKS)
            if not isinstance(part.slice, _MASKS):
                return ""
        elif not (isinstance(part, ast.Attribute) and part.attr == "loc"):
            return ""
    return ""


def _chain(node: ast.expr) -> Iterator[ast.expr]:
    """Give what a table was made by, the last first, and the name at its beginning."""
    while True:
        yield node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            node = node.func.value
        elif isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        else:
            return
