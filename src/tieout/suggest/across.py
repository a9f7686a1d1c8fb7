"""Comparisons whose two numbers stand elsewhere: in other sentences, or in a table whose rows are named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from tieout.numerals import Shown
from tieout.prose import Untied
from tieout.suggest import clauses
from tieout.suggest.clauses import RATIOS
from tieout.suggest.combined import ABOVE, CHANGE, DIFFERENCE, Combination, combined, kind_of
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import split_words
from tieout.suggest.proposal import digits_of
from tieout.suggest.rivals import MANY, column_of

LEAST = 2  # digits: *twice as many* is true of many pairs


def rows_compared(
    number: Untied, shown: Shown, evidence: Sequence[Evidence], lang: str, scales: Sequence[str] = ()
) -> Iterator[Combination]:
    """Give the pairs of rows of one column that a number compares, and that its sentence names.

    *Travellers by air earned 80% more than those by train* states neither of the two means.
    """
    kind = kind_of(number, shown)
    if kind is None or kind[0] not in (DIFFERENCE, CHANGE, ABOVE) or digits_of(number) < LEAST:
        return
    said = frozenset(split_words(" ".join(clauses.around(number))))
    if kind[0] == ABOVE:  # *the odds grew by 35% for each step of income*
        ratios = [each for each in evidence if each.rows and each.rows <= said and each.columns & RATIOS]
        yield from combined(number, shown, ratios if said & RATIOS else [], lang)
        return
    columns: dict[tuple[str, str], list[Evidence]] = defaultdict(list)
    for each in evidence:
        if each.rows and each.rows & said and (column := column_of(each)) is not None:
            columns[column].append(each)
    shared = _shared(evidence)
    for column, rows in columns.items():
        named = [each for each in rows if each.rows - shared[column] <= said]
        yield from combined(number, shown, named, lang, scales)


def _shared(evidence: Sequence[Evidence]) -> Mapping[tuple[str, str], frozenset[str]]:
    """Return the words that all rows of a column are called by: the year of twelve months names none."""
    found: dict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)
    for each in evidence:
        if each.rows and (column := column_of(each)) is not None:
            found[column].append(each.rows)
    return {
        column: frozenset.intersection(*rows) if len(set(rows)) > 1 else frozenset()
        for column, rows in found.items()
    }


def told_before(
    number: Untied, shown: Shown, beside: Sequence[Evidence], lang: str, scales: Sequence[str] = ()
) -> Iterator[Combination]:
    """Give the pairs of outputs that other sentences of the paragraph state, and that a number compares."""
    kind = kind_of(number, shown)
    if kind is None or kind[0] not in (DIFFERENCE, CHANGE) or digits_of(number) < LEAST:
        return
    for each in combined(number, shown, beside, lang, scales):
        if each.is_alike or digits_of(number) >= MANY:
            yield each
