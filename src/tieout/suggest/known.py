"""What is known before a cell of a notebook: what its variables were made of, and of which statistic."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from tieout.notebooks import Cell
from tieout.suggest.expressions import ABBREVIATED, names, split_words
from tieout.suggest.labels import SAID, TESTS
from tieout.suggest.places import Computed, only_shows
from tieout.suggest.unrounded import is_rounded, root, unrounded
from tieout.suggest.versions import (
    Held,
    Place,
    Register,
    assigned,
    column_given,
    given_within,
    stored,
    variables,
    within,
)

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

_ESTIMATING = frozenset(("linregress", "fisher_exact", "pearsonr", "spearmanr", "kendalltau"))
MEASURING = frozenset(TESTS) - _ESTIMATING  # of the others the first is an estimate
_SUMMING = frozenset(("groupby", "pivot_table", "crosstab", "resample", "value_counts", "describe", "agg"))


@dataclass(frozen=True)
class Known:
    """What is known before a cell: which names are imported, and what the others were made of, in words.

    ``columns`` are those that were put into a table later, ``rounded_columns`` of these the rounded ones;
    ``tables`` what sums up another one; ``measures`` the statistics of tests, ``unpacked`` all variables that
    are made several at once; ``sources`` the code that made a variable; ``origins`` the variables that one
    was made of, and those that these were made of; ``held`` what each holds.
    """

    imported: frozenset[str]
    made: Mapping[str, frozenset[str]]
    computed: Computed
    shows: bool = False
    rounded: frozenset[str] = field(default_factory=frozenset)
    rounded_columns: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    kinds: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    tables: frozenset[str] = field(default_factory=frozenset)
    measures: frozenset[str] = field(default_factory=frozenset)
    unpacked: frozenset[str] = field(default_factory=frozenset)
    sources: Mapping[str, str] = field(default_factory=dict)
    origins: Mapping[str, frozenset[str]] = field(default_factory=dict)
    held: Held = field(default_factory=dict)
    register: Register = field(default_factory=Register)

    def place(self, cell: Cell, node: ast.expr, line: int) -> Place:
        """Return where a value that a cell shows before or at a line can be recorded."""
        found = self.computed.place_of(node) if self.shows else None
        return found or (cell.index, line)

    def cell(self, cell: Cell, body: list[ast.stmt]) -> list[Known]:
        """Return what is known before each statement of a cell, and at its end."""
        self.computed.read(cell, body)
        states = [replace(self, shows=only_shows(body))]
        for statement in body:
            states.append(states[-1]._after(cell, statement))
        return states

    def _after(self, cell: Cell, statement: ast.stmt) -> Known:
        """Return what is known with the assignments of a statement."""
        made, kinds, sources = dict(self.made), dict(self.kinds), dict(self.sources)
        origins = dict(self.origins)
        rounded, tables = set(self.rounded), set(self.tables)
        measures, unpacked = set(self.measures), set(self.unpacked)
        given = set(stored(statement))
        columns = {key: words for key, words in self.columns.items() if key[0] not in given}
        coarse = {key for key in self.rounded_columns if key[0] not in given}
        own = given_within(statement)
        for name in given:
            for each in (made, kinds, sources, origins):
                each.pop(name, None)
            for held in (rounded, tables, measures, unpacked):
                held.discard(name)
            values = [value for other, value in own if other == name]
            if not values:
                continue
            used = {other for each in values for other in variables(each)}
            origins[name] = frozenset(used).union(*(self.origins.get(other, ()) for other in used)) - {name}
            of = (word for other in used for word in self.made.get(other, ()))
            made[name] = words_of((*(word for each in values for word in names(each)), *of)) - _READING
            if any(is_rounded(each) or root(each) in self.rounded for each in values):
                rounded.add(name)
            if all(map(_sums_up, values)):
                tables.add(name)
            if name in dict(assigned(statement)):
                kinds[name] = _statistic(values[-1])
                sources[name] = _source(values[-1])
            elif len(values) == 1:
                kinds[name] = _statistic(values[-1])
            together = [other for other, value in own if value is values[-1]]
            if len(together) > 1 and len(values) == 1:
                unpacked.add(name)
                if kinds.get(name, "") in MEASURING and together[0] == name:
                    measures.add(name)
        if column := column_given(statement):
            name, label, value = column
            words = (word for other in variables(value) for word in made.get(other, ()) if other != name)
            columns[name, label] = words_of((*names(value), *words)) - _READING
            coarse = coarse - {(name, label)} | ({(name, label)} if is_rounded(value) else set())
        for part in within(statement):  # with another column it is another thing
            if isinstance(part, ast.Subscript | ast.Attribute) and isinstance(part.ctx, ast.Store):
                kinds.pop(root(part), None)
        return replace(
            self, made=made, rounded=frozenset(rounded), rounded_columns=frozenset(coarse), kinds=kinds,
            columns=columns, sources=sources, origins=origins, tables=frozenset(tables),
            measures=frozenset(measures), unpacked=frozenset(unpacked),
            held=self.register.after(self.held, cell.index, statement),
        )  # fmt: skip

    def origins_of(self, node: ast.expr) -> frozenset[str]:
        """Return the variables that those of an expression were made of."""
        return frozenset(other for name in variables(node) for other in self.origins.get(name, ()))

    def is_rounded(self, node: ast.expr, labels: tuple[str, ...] = ()) -> bool:
        """Whether an expression picks values of what was rounded, or of a column that was."""
        return (
            root(node) in self.rounded or (root(node), labels[-1] if labels else "") in self.rounded_columns
        )

    def words(self, node: ast.expr, labels: tuple[str, ...] = ()) -> frozenset[str]:
        """Return what the variables of an expression were made of.

        ``labels`` are those of a column: one that was put into a table later was made of something else.
        """
        own = self.columns.get((root(node), labels[-1])) if labels else None
        if own is not None:
            return own
        return frozenset(word for name in variables(node) for word in self.made.get(name, ()))


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


def _source(value: ast.expr) -> str:
    """Return the code that made a variable; empty of what names nothing."""
    return ast.unparse(value) if any(isinstance(each, ast.Name) for each in ast.walk(value)) else ""


def words_of(texts: tuple[str, ...]) -> frozenset[str]:
    """Return the words of names and labels, those that are cut short in full too."""
    found = frozenset(word for text in texts for word in split_words(text))
    return found | {ABBREVIATED[word] for word in found & ABBREVIATED.keys()}
