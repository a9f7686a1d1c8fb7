"""Comparisons of two cells of one line of a table, which words name: *energy fell by €31,082*."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from tieout.numbers import PERCENT, POINT
from tieout.numerals import Shown
from tieout.prose import Untied
from tieout.suggest import clauses, fitted
from tieout.suggest.combined import ABOVE, CHANGE, DIFFERENCE, RATIO, Combination, combined, kind_of
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import split_words
from tieout.suggest.proposal import digits_of
from tieout.suggest.rivals import MANY, cell_of

_BY = re.compile(r"[^\W\d_]{3,}(?:ed|t|w|e)\s+by\s+(?:about\s+|nearly\s+|almost\s+|only\s+)?$")
LETTERS = 4  # that a word of the prose shares with a label: *gained* of ``gain``
_TWO = 2  # cells of a line, of which one needs no name, and digits
MOST = 100  # per cent, of which points tell two apart


@dataclass(frozen=True)
class Line:
    """A column or a row of a table.

    Parameters
    ----------
    cells
        Its cells, each with the words that tell it from the others.
    label
        The words of its own label.
    is_column
        Whether it is a column.
    """

    cells: tuple[tuple[Evidence, frozenset[str]], ...]
    label: frozenset[str]
    is_column: bool = False


def lined(
    number: Untied,
    shown: Shown,
    lines: Sequence[Line],
    beside: Collection[Evidence],
    lang: str,
    scales: Sequence[str] = (),
) -> list[Combination]:
    """Return the pairs of cells of one line that a number compares, where words say which they are.

    An end is said by its label, by a number of the sentence that shows it, or by the other end of a line of
    two. Each is alike only where there is no other pair, and line and ends are said as plainly as the digits
    of the number need.

    Parameters
    ----------
    number, shown
        The number, and its reading.
    lines
        The columns and rows of its notebook's tables.
    beside
        The outputs that its sentence surely states.
    scales
        The units of scale in which they can be, where it names one.
    """
    kind = _kind_of(number, shown)
    if kind is None or kind[0] not in (DIFFERENCE, CHANGE, RATIO):
        return []
    if kind[0] == RATIO and digits_of(number) < _TWO:
        return []
    said = frozenset(split_words(" ".join(clauses.around(number))))
    known = {cell for each in beside if (cell := cell_of(each)) is not None}
    most = MOST if kind[1] == POINT else None
    found: dict[object, tuple[Combination, bool]] = {}
    for line in lines:
        told = [cell_of(each) in known for each, _ in line.cells]
        is_said = [one or names(own, said) for one, (_, own) in zip(told, line.cells, strict=True)]
        if not (any(told) or names(line.label, said)) or (len(line.cells) > _TWO and sum(is_said) < _TWO):
            continue
        ends = [
            (each, own)
            for (each, _), own in zip(line.cells, is_said, strict=True)
            if (own or len(line.cells) == _TWO) and (most is None or abs(each.number) <= most)
        ]
        for (one, first), (other, second) in combinations(ends, 2):
            if not any(fitted.is_near(size, shown) for size in _sizes(kind[0], one, other)):
                continue
            plainly = digits_of(number) >= (_TWO if first or second else MANY)
            for pair in combined(number, shown, (one, other), lang, scales, kind):
                found.setdefault(_signature(pair), (pair, plainly))
    is_one = len(found) == 1
    return [replace(pair, is_alike=is_one and plainly) for pair, plainly in found.values()]


def _kind_of(number: Untied, shown: Shown) -> tuple[str, str] | None:
    """Return how a number compares; *shortened by 16 minutes* says it too, where its cells are named."""
    kind = kind_of(number, shown)
    if shown.is_range or not _BY.search(clauses.around(number)[0]) or (kind and kind[0] != ABOVE):
        return kind
    return (CHANGE, "") if shown.unit == PERCENT else (DIFFERENCE, shown.unit or "")


def _sizes(kind: str, one: Evidence, other: Evidence) -> Iterator[float]:
    """Give what two outputs can come to, as a comparison of a kind."""
    first, second = float(one.number), float(other.number)
    if kind == DIFFERENCE:
        yield first - second
    for above, below in ((first, second), (second, first)) if kind != DIFFERENCE else ():
        if below:
            yield above / below - (1 if kind == CHANGE else 0)


def lines_in(evidence: Sequence[Evidence]) -> list[Line]:
    """Return the columns and rows of tables that have two cells or more."""
    cells: dict[object, list[tuple[Evidence, frozenset[str]]]] = defaultdict(list)
    labels: dict[object, frozenset[str]] = {}
    columns: set[object] = set()
    for each in evidence:
        cell = cell_of(each) if each.part is None and each.turn is None else None
        if cell is None:
            continue
        table, row, column = cell
        key = table, "column", column, each.values
        cells[key].append((each, each.rows))
        columns.add(key)
        labels[key] = each.columns or each.words - each.rows
        if column:
            cells[table, "row", row, each.values].append((each, each.columns))
            labels[table, "row", row, each.values] = each.rows
    found = []
    for at, line in cells.items():
        shared = frozenset.intersection(*(own for _, own in line))
        if len(line) >= _TWO:
            cells_of = tuple((each, own - shared) for each, own in line)
            found.append(Line(cells_of, labels[at] - shared, at in columns))
    return found


def names(words: frozenset[str], said: frozenset[str]) -> bool:
    """Whether a text says one of some words, in whichever form."""
    return bool(words & said) or any(
        len(word) >= LETTERS and each.startswith(word) for word in words for each in said
    )


def _signature(pair: Combination) -> object:
    """Return what a pair has in common with the same of a table that was turned round, or rounded."""
    return pair.kind, pair.first.rows | pair.first.columns, pair.second.rows | pair.second.columns
