"""Relations that a table shows by itself: totals and averages of rows, shares and changes between columns.

Names say what may be meant, and most rows have to bear it out: then the row that does not is the one to look
at. A total of counts is taken for a sum where it is more than every part; of anything else, for it may be a
mean or a deviation of all, only where it is the sum.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from tieout.numbers import PERCENT, PURE, Quantity, UnitMismatch, mean, ratio, share, total, units

TOTAL = re.compile(r"(?:grand )?total|sum|insgesamt|разом|усього", re.IGNORECASE)
WHOLE = re.compile(rf"{TOTAL.pattern}|all|overall|altogether|gesamt", re.IGNORECASE)
AVERAGE = re.compile(r"mean|average|avg\.?|mittelwert|durchschnitt|середнє", re.IGNORECASE)
SHARE = re.compile(r"share|proportion|percent|%|anteil|частка", re.IGNORECASE)
CHANGE = re.compile(
    r"\b(?:change|growth|increase|decrease|rise|fall)\b|zuwachs|veränderung|зміна|зростання", re.IGNORECASE
)
FEWEST, MOST_ROWS, MOST_COLUMNS = 3, 200, 12
EXACT = "exact"
BORNE_OUT = Fraction(2, 3)
_SLACK = Fraction(1, 10**12)


@dataclass(frozen=True)
class Found:
    """One relation: its id, the number that should follow, and what it should follow from."""

    id: str
    stated: Quantity
    implied: Quantity


Row = tuple[str, Mapping[str, Quantity]]


def found(rows: Sequence[Row]) -> Iterator[Found]:
    """Give the relations of a table, by the names of its rows and columns.

    Parameters
    ----------
    rows
        What each row is called, and its numbers by column.
    """
    if len(rows) > MOST_ROWS:
        return
    names = list(dict.fromkeys(name for _, cells in rows for name in cells))[:MOST_COLUMNS]
    parts = [cells for said, cells in rows if not WHOLE.fullmatch(said) and not AVERAGE.fullmatch(said)]
    wholes = [(said, cells) for said, cells in rows if WHOLE.fullmatch(said)]
    averages = [cells for said, cells in rows if AVERAGE.fullmatch(said)]
    for name in names:
        column = [cells[name] for cells in parts if name in cells]
        if len(column) < 2 or len(column) != len(parts):
            continue
        for said, cells in wholes if len(wholes) == 1 else ():
            if name in cells and _is_sum(said, cells[name], column):
                yield Found(f"{cells[name].id}.whole", cells[name], total(column))
        for cells in averages if len(averages) == 1 else ():
            if name in cells and _holds(cells[name], mean(column)):
                yield Found(f"{cells[name].id}.mean", cells[name], mean(column))
    for name in names:
        if SHARE.search(name):
            yield from _shares(name, names, parts, wholes[0][1] if len(wholes) == 1 else {})
        elif CHANGE.search(name):
            yield from _changes(name, names, parts)


def _is_sum(said: str, whole: Quantity, column: Sequence[Quantity]) -> bool:
    """Whether a row called total is meant to be the sum of the others."""
    if _holds(whole, total(column)):
        return True
    if not TOTAL.fullmatch(said) or any(each.qualifier != EXACT for each in (whole, *column)):
        return False
    return min(each.value for each in column) >= 0 and whole.value > max(each.value for each in column)


def _shares(
    name: str,
    names: Sequence[str],
    parts: Sequence[Mapping[str, Quantity]],
    wholes: Mapping[str, Quantity],
) -> Iterator[Found]:
    """Compare each share with its row's part of one column, for the one column that bears it out."""
    for other in names:
        column = [cells[other] for cells in parts if other in cells]
        if other == name or len(column) != len(parts):
            continue
        of = wholes.get(other) or (total(column) if column else None)

        def implied(cells: Mapping[str, Quantity], other: str = other, of: Quantity | None = of) -> Quantity:
            assert of is not None
            return _like(cells[name], share(cells[other], of), ratio(cells[other], of))

        held = _borne_out(name, parts, implied, "share") if of is not None and of.value else []
        if held:
            yield from held
            return


def _changes(name: str, names: Sequence[str], parts: Sequence[Mapping[str, Quantity]]) -> Iterator[Found]:
    """Compare each relative change with the two columns that it is between."""
    for before, after in permutations([each for each in names if each != name], 2):

        def implied(cells: Mapping[str, Quantity], before: str = before, after: str = after) -> Quantity:
            grown = ratio(cells[after], cells[before]) - 1
            return grown.to(PERCENT) if cells[name].unit == PERCENT else grown

        held = _borne_out(name, parts, implied, "change")
        if held:
            yield from held
            return


def _borne_out(
    name: str,
    parts: Sequence[Mapping[str, Quantity]],
    implied: Callable[[Mapping[str, Quantity]], Quantity],
    kind: str,
) -> list[Found]:
    """Return the relation for every row, where most of at least three rows bear it out; nothing elsewhere."""
    pairs = []
    for cells in parts:
        if name not in cells or cells[name].unit not in (PERCENT, PURE):
            continue
        try:
            pairs.append((cells[name], implied(cells)))
        except (KeyError, UnitMismatch, ArithmeticError):
            return []
    right = sum(_holds(stated, wanted) for stated, wanted in pairs)
    if len(pairs) < FEWEST or Fraction(right, len(pairs)) < BORNE_OUT:
        return []
    return [Found(f"{stated.id}.{kind}", stated, wanted) for stated, wanted in pairs]


def _like(stated: Quantity, percent: Quantity, pure: Quantity) -> Quantity:
    return percent if stated.unit == PERCENT else pure


def _holds(stated: Quantity, implied: Quantity) -> bool:
    """Whether a number is the other one, as it is rounded, or as computers round."""
    try:
        factor = units.factor(implied.unit, stated.unit)
    except UnitMismatch:
        return False
    wanted = Fraction(implied.value) * factor
    low, high = stated.interval.low, stated.interval.high
    if low is None or high is None:
        return False
    slack = abs(wanted) * _SLACK
    return Fraction(low) - slack <= wanted <= Fraction(high) + slack
