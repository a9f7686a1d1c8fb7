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

_SUMMING = frozenset(("groupby", "pivot_table", "crosstab", "resample", "value_counts", "describe", "agg"))


@dataclass(frozen=True)
class Known:
    """What is known before a cell: which names are imported, and what the others were made of, in words.

    ``columns`` are those that were put into a table later; ``tables`` what sums up another one.
    """

    imported: frozenset[str]
    made: Mapping[str, frozenset[str]]
    computed: Computed
    shows: bool = False
    rounded: frozenset[str] = field(default_factory=frozenset)
    kinds: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    tables: frozenset[str] = field(default_factory=frozenset)

    def place(self, cell: Cell, node: ast.expr, line: int) -> Place:
        """Return where a value that a cell shows before or at a line can be recorded."""
        found = self.computed.place_of(node) if self.shows else None
        return found or (cell.index, line)

    def after(self, cell: Cell, body: list[ast.stmt]) -> Known:
        """Return what is known with the assignments of a cell."""
        self.computed.read(cell, body)
        made, rounded, kinds = dict(self.made), set(self.rounded), dict(self.kinds)
        columns, tables = dict(self.columns), set(self.tables)
        for each in body:
            for name, value in _assigned(each):
                words = (
                    *names(value),
                    *(word for other in variables(value) for word in made.get(other, ())),
                )
                made[name] = words_of(words) - _READING
                (rounded.add if is_rounded(value) or root(value) in rounded else rounded.discard)(name)
                kinds[name] = _statistic(value)
                columns = {key: words for key, words in columns.items() if key[0] != name}
                (tables.add if _sums_up(value) else tables.discard)(name)
            if column := _column(each):
                name, label, value = column
                of = (word for other in variables(value) for word in made.get(other, ()) if other != name)
                columns[name, label] = words_of((*names(value), *of)) - _READING
            made_here = {name for name, _ in _assigned(each)}
            for part in ast.walk(each):  # with another column it is another thing
                if isinstance(getattr(part, "ctx", None), ast.Store) and isinstance(part, ast.expr):
                    changed = root(part)
                    if changed not in made_here:
                        kinds.pop(changed, None)
        return Known(
            self.imported, made, self.computed, only_shows(body), frozenset(rounded), kinds, columns,
            frozenset(tables),
        )  # fmt: skip

    def words(self, node: ast.expr, labels: tuple[str, ...] = ()) -> frozenset[str]:
        """Return what the variables of an expression were made of.

        ``labels`` are those of a column: one that was put into a table later was made of something else.
        """
        own = self.columns.get((root(node), labels[-1])) if labels else None
        if own is not None:
            return own
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


def _column(statement: ast.stmt) -> tuple[str, str, ast.expr] | None:
    """Return the table into which a statement puts a column, what that is called, and what it is made of."""
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if not (isinstance(statement, ast.Assign) and isinstance(target, ast.Subscript)):
        return None
    label = target.slice.value if isinstance(target.slice, ast.Constant) else None
    held = target.value
    return (
        (held.id, label, statement.value) if isinstance(held, ast.Name) and isinstance(label, str) else None
    )


def _sums_up(node: ast.expr) -> bool:
    """Whether an expression makes a small table of a large one: ``frame.groupby("month").sum()``."""
    parts = (each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute))
    return not _SUMMING.isdisjoint(parts)


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
