"""Numbers made of outputs that their sentence does not state: of a year earlier, per order, sums of rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from tieout import numerals
from tieout.numbers import Quantity
from tieout.numerals import Shown
from tieout.prose import Untied
from tieout.suggest import clauses
from tieout.suggest.combined import PER, SUM, Combination, combined, lies_apart
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import split_words
from tieout.suggest.proposal import digits_of
from tieout.suggest.rivals import column_of

LEAST, MOST = 2, 4  # digits of a sum, and rows that it adds
_YEAR_BEFORE = re.compile(
    r"[^.;]{0,40}?\b(?:than|above|below|over|on|from|compared (?:with|to)) (?:in )?"
    r"(?:(?:a|one|the) year (?:earlier|before|ago)|the (?:previous|preceding|prior) year|last year)\b"
)
_PER = re.compile(r"\s+(?:per|for (?:each|every|an?)|an?)\s+([^\W\d_]+)")
_YEAR = re.compile(r"[12]\d{3}")


def of_year_before(
    number: Untied, shown: Shown, beside: Sequence[Evidence], evidence: Sequence[Evidence], lang: str
) -> Iterator[Combination]:
    """Give the pairs of what a sentence states and the same of the year before.

    *It was €52.39, €4.18 more than a year earlier* states one of them, of what is ``beside`` it.
    """
    if not _YEAR_BEFORE.match(clauses.around(number)[1]):
        return
    for each in beside:
        years = [word for word in each.rows if _YEAR.fullmatch(word)]
        if len(years) != 1 or (column := column_of(each)) is None:
            continue
        before = each.rows - {years[0]} | {str(int(years[0]) - 1)}
        for other in evidence:
            if other.rows == before and column_of(other) == column:
                yield from combined(number, shown, (each, other), lang)


def per_one(number: Untied, shown: Shown, beside: Sequence[Evidence], lang: str) -> Iterator[Combination]:
    """Give the totals of a sentence that a number divides: *€12.40 per order*."""
    said = _PER.match(clauses.around(number)[1])
    if said is None or shown.is_range or digits_of(number) < LEAST:
        return
    noun = frozenset(split_words(said[1]))
    for second in beside:
        whole = second.number == second.number.to_integral_value()
        if not whole or not noun & second.words or second.number <= 1:
            continue
        for first in beside:
            value = Fraction(first.number) / Fraction(second.number)
            one = Quantity.computed(value, shown.unit or "1")
            if first is second or not first.holds_beside(second):
                continue
            if numerals.says(number.text, one, lang, bare=True):
                yield Combination(PER, first, second, shown.unit or "", False)


def rows_added(number: Untied, shown: Shown, evidence: Sequence[Evidence]) -> Iterator[Combination]:
    """Give the counts of a column that a count adds, of all the rows that its clause names.

    *1,392 fall into categories 3 and 4* states neither of the two.
    """
    figure = shown.figures[0]
    if shown.is_range or shown.unit or figure.scale != 1 or digits_of(number) < LEAST or lies_apart(number):
        return
    before, after = clauses.around(number)
    said = frozenset(split_words(f"{before} {after}"))
    columns: dict[object, list[Evidence]] = defaultdict(list)
    for each in evidence:
        column = column_of(each)
        if column and each.is_whole and each.rows <= said and not each.turn:
            columns[column, each.values].append(each)
    for rows in columns.values():
        total = sum(Fraction(each.number) for each in rows)
        if LEAST <= len(rows) <= MOST and total == figure.number and rows[0].holds_beside(*rows[1:]):
            yield Combination(SUM, rows[0], rows[1], "", False, tuple(rows[2:]))
