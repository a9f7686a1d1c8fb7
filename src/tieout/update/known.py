"""What is known before a cell of a notebook: what its variables were made of, and of which statistic."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from tieout.notebooks import Cell
from tieout.update.expressions import ABBREVIATED, names, split_words
from tieout.update.labels import SAID, TESTS
from tieout.update.places import Computed, Place, only_shows
from tieout.update.unrounded import is_rounded, root, unrounded

_READING = frozenset(
    (
        "read",
        "csv",
        "tsv",
        "excel",
        "xlsx",
        "json",
        "parquet",
        "data",
        "load",
        "path",
        "rng",
        "random",
        "default",
    )
)


@dataclass(frozen=True)
class Known:
    """What is known before a cell: which names are imported, and what the others were made of, in words."""

    imported: frozenset[str]
    made: Mapping[str, frozenset[str]]
    computed: Computed
    shows: bool = False
    rounded: frozenset[str] = field(default_factory=frozenset)
    kinds: Mapping[str, str] = field(default_factory=dict)

    def place(self, cell: Cell, node: ast.expr, line: int) -> Place:
        """Return where a value that a cell shows before or at a line can be recorded."""
        found = self.computed.place_of(node) if self.shows else None
        return found or (cell.index, line)

    def after(self, cell: Cell, body: list[ast.stmt]) -> Known:
        """Return what is known with the assignments of a cell."""
        self.computed.read(cell, body)
        made, rounded, kinds = dict(self.made), set(self.rounded), dict(self.kinds)
        for each in body:
            for name, value in _assigned(each):
                words = (
                    *names(value),
                    *(word for other in variables(value) for word in made.get(other, ())),
                )
                made[name] = words_of(words) - _READING
                (rounded.add if is_rounded(value) or root(value) in rounded else rounded.discard)(name)
                kinds[name] = _statistic(value)
            made_here = {name for name, _ in _assigned(each)}
            for part in ast.walk(each):  # with another column it is another thing
                if isinstance(getattr(part, "ctx", None), ast.Store) and isinstance(part, ast.expr):
                    changed = root(part)
                    if changed not in made_here:
                        kinds.pop(changed, None)
        return Known(self.imported, made, self.computed, only_shows(body), frozenset(rounded), kinds)

    def words(self, node: ast.expr) -> frozenset[str]:
        """Return what the variables of an expression were made of."""
        return frozenset(word for name in variables(node) for word in self.made.get(name, ()))


def _assigned(statement: ast.stmt) -> list[tuple[str, ast.expr]]:
    """Return the variables that a statement makes, each with what it is made of."""
    if not isinstance(statement, ast.Assign) or len(statement.targets) != 1:
        return []
    target, value = statement.targets[0], statement.value
    targets = target.elts if isinstance(target, ast.Tuple) else [target]
    values = value.elts if isinstance(value, ast.Tuple) and isinstance(target, ast.Tuple) else [value]
    values = values if len(values) == len(targets) else [value] * len(targets)
    return [(each.id, own) for each, own in zip(targets, values, strict=True) if isinstance(each, ast.Name)]


def _statistic(node: ast.expr) -> str:
    """Return as which statistic a table was made, *mean*, or by which test a result; empty for none."""
    plain = unrounded(node)
    called = plain.func if isinstance(plain, ast.Call) else None
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name if name in SAID or name in TESTS else ""


def variables(node: ast.expr) -> list[str]:
    """Return the variables that an expression names."""
    return [each.id for each in ast.walk(node) if isinstance(each, ast.Name)]


def words_of(texts: tuple[str, ...]) -> frozenset[str]:
    """Return the words of names and labels, those that are cut short in full too."""
    found = frozenset(word for text in texts for word in split_words(text))
    return found | {ABBREVIATED[word] for word in found & ABBREVIATED.keys()}
