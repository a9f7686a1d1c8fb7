"""Statistics of a column that no variable holds: *costs ran from €69 to €84*, *63% of the profit*."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median

from tieout import numerals
from tieout.numbers import PERCENT
from tieout.numerals import Shown
from tieout.prose import Untied
from tieout.suggest import clauses, fitted
from tieout.suggest.combined import SHARE, Combination
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import split_words, told
from tieout.suggest.lined import Line, names
from tieout.suggest.proposal import digits_of, quoted

FEWEST, LEAST = 3, 2  # cells of a column that has statistics, and digits of a number that says one
_OF = re.compile(r"\s+of\s+(?:the\s+|its\s+|their\s+|our\s+|all\s+|total\s+)*(?P<what>[^\W\d_]+)")
_MIDDLE = frozenset(("median", "mean"))


def _mean(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0)) / len(numbers)


def _sum(numbers: Sequence[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))


_STATISTICS: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "min": min, "max": max, "median": median, "mean": _mean, "sum": _sum,
}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """A statistic of a column that a number shows: the output that it would be, its unit, its form."""

    output: Evidence
    unit: str
    like: str
    column: Line


def extremes(number: Untied, shown: Shown, lines: Sequence[Line], lang: str, which: str) -> Iterator[Told]:
    """Give the columns that a text names and whose least or largest value a number shows.

    Parameters
    ----------
    which
        ``min`` or ``max``.
    """
    yield from _statistics(number, shown, lines, lang, (which,))


def middles(number: Untied, shown: Shown, lines: Sequence[Line], lang: str) -> list[Told]:
    """Return the columns whose median or mean a number shows, where its sentence names both."""
    which = _MIDDLE & told(frozenset(split_words(" ".join(clauses.around(number)))))
    return list(_statistics(number, shown, lines, lang, sorted(which))) if len(which) == 1 else []


def shares(number: Untied, shown: Shown, lines: Sequence[Line], lang: str) -> list[Combination]:
    """Return the cells that are the part of their column's sum that a number says: *63% of the profit*."""
    before, after = clauses.around(number)
    of = _OF.match(after)
    if of is None or shown.unit != PERCENT or shown.is_range or digits_of(number) < LEAST:
        return []
    what, clause = frozenset(split_words(of["what"])), frozenset(split_words(before))
    found = []
    for line in _columns(lines):
        if not names(line.label, what):
            continue
        whole = _statistic(line, "sum")
        named = [each for each, own in line.cells if own and own <= clause]
        if whole is None or not whole.number or any(each.number < 0 for each, _ in line.cells):
            continue
        for each in named:
            pair = Combination(SHARE, each, whole, "", True)
            if numerals.says(number.text, pair.value, lang, bare=True):
                found.append(pair)
    return found


def _statistics(
    number: Untied, shown: Shown, lines: Sequence[Line], lang: str, which: Sequence[str]
) -> Iterator[Told]:
    if digits_of(number) < LEAST or shown.is_range:
        return
    said = frozenset(split_words(" ".join(clauses.around(number))))
    wide = fitted.rated(number, lang)
    forms = [(number.text, shown.unit or ""), *([(wide.text, wide.unit or "")] if wide else [])]
    for line in _columns(lines):
        if not names(line.label, said):
            continue
        for name in which:
            found = _statistic(line, name)
            for text, unit in forms if found else ():
                if found and _agrees(text, found, unit, number, lang):
                    yield Told(found, unit, text, line)
                    break


def _agrees(text: str, found: Evidence, unit: str, number: Untied, lang: str) -> bool:
    return fitted.agrees(text, found, unit, lang) and fitted.holds(found, number, unit, lang)


def _columns(lines: Sequence[Line]) -> Iterator[Line]:
    """Give the columns of variables that hold them in full."""
    for line in lines:
        if line.is_column and len(line.cells) >= FEWEST and not any(each.is_cut for each, _ in line.cells):
            yield line


def _statistic(line: Line, name: str) -> Evidence | None:
    """Return a statistic of a column as an output; None of a table that no variable holds."""
    first, _ = line.cells[0]
    node = first.node
    if not (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute)):
        return None
    cells = [each for each, _ in line.cells]
    if not isinstance(node.value.value, ast.Name) or not first.holds_beside(*cells):
        return None
    column = ""
    if first.columns and isinstance(node.slice, ast.Tuple):
        label = node.slice.elts[1]
        is_text = isinstance(label, ast.Constant) and isinstance(label.value, str)
        column = f"[{quoted(str(ast.literal_eval(label))) if is_text else ast.unparse(label)}]"
    return replace(
        first,
        expression=f"{node.value.value.id}{column}.{name}()",
        number=_STATISTICS[name]([each.number for each in cells]),
        words=first.words - first.rows | {name},
        rows=frozenset(),
        row="",
        place=max(each.place for each in cells),
        until=min(each.until for each in cells),
        columns=frozenset(),
    )
