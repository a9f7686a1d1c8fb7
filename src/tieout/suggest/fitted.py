"""How a number of the prose fits the value of an output: as rounded, as written, and where it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import log10

from tieout import numerals
from tieout.numbers import CURRENCIES, PERCENT, POINT, Quantity
from tieout.numerals import Shown
from tieout.numerals.locales import APPROX, NEARLY
from tieout.prose import Untied
from tieout.suggest import clauses
from tieout.suggest.evidence import Evidence
from tieout.suggest.proposal import Proposal, digits_of
from tieout.suggest.rivals import column_of
from tieout.suggest.titles import titled

_PER = re.compile(r"\s?(?:/|(?:per|an?|each)\s)[^\W\d_]+")
_TWO = 2  # digits
_FAR = log10(1.15)  # powers of ten aside
NEAR = Fraction(1, 20)  # how far a bound may be from what it is said of, as a part of it
TEN, ROUGH = 10, Fraction(1, 8)  # how far a value may be from one digit with a scale, as a part of it


def is_rough(shown: Shown, found: Evidence, unit: str) -> bool:
    """Whether a single digit with a scale rounds an output by a lot: *one billion* is hardly 730 million."""
    figure = shown.figures[0]
    said = figure.number * Fraction(figure.scale)
    if figure.scale == 1 or figure.number.denominator > 1 or figure.number >= TEN or not said:
        return False
    value = abs(Fraction(found.in_unit(unit).to(shown.unit or "1").value))
    return abs(value / said - 1) > ROUGH


def is_only_count(number: Untied, found: Sequence[Proposal]) -> bool:
    """Whether a number of two digits or more is one count that its notebook shows, and nothing else there."""
    values = {each.evidence.known_as for each in found}
    digits = len(re.sub(r"\D", "", number.text))
    if len(values) != 1 or not found[0].evidence.is_exact or digits <= 1:
        return False
    column = column_of(found[0].evidence)
    in_table = column is not None and bool(column[1])  # some cell of a table has most numbers of two digits
    return not in_table or bool(found[0].shared) or digits > _TWO


def plain(number: Untied, lang: str) -> str:
    """Return the number that a formula states, as prose writes it."""
    shown = numerals.parse(number.text, lang)
    if shown is None:
        return number.text
    start = shown.figures[0].start
    return shown.text[min(start, shown.sign_at[0]) if shown.sign_at[0] >= 0 else start : shown.end]


def rated(number: Untied, lang: str) -> Shown | None:
    """Return a number with what it is per, where that has a unit: *€72.35 per MWh*, and not *per order*."""
    found = _PER.match(clauses.around(number)[1])
    wide = numerals.parse(f"{number.text}{found[0]}", lang) if found else None
    is_rate = wide is not None and not wide.is_range and "/" in (wide.unit or "") and "/" not in number.text
    return wide if is_rate else None


def is_far(number: Untied, shown: Shown, found: Evidence) -> bool:
    """Whether no power of ten brings a value near a number: to compare them as text takes far longer.

    Of units that are not counted in tens, of a single digit and of words nothing is said.
    """
    is_plain = shown.unit in (None, PERCENT, POINT) or shown.unit in CURRENCIES
    if shown.is_range or not is_plain or number.kind != "number" or digits_of(number) < _TWO or found.part:
        return False
    if not found.number or clauses.is_probability(found.words, found.part):
        return False
    return not is_near(float(found.number), shown)


def is_near(value: float, shown: Shown) -> bool:
    """Whether a power of ten brings a value near a number, or one of them is zero."""
    said, size = abs(float(shown.figures[0].number)), abs(value)
    if not said or not size:
        return True
    apart = (log10(size) - log10(said)) % 1
    return min(apart, 1 - apart) <= _FAR


def may_agree(text: str, found: Evidence, unit: str, lang: str) -> bool:
    """Whether a number agrees with an output as shown, or as it may have been before it was rounded."""
    if agrees(text, found, unit, lang):
        return True
    return found.is_cut and any(agrees(text, each, unit, lang) for each in _unrounded(found))


def is_bound(number: Untied, shown: Shown, found: Evidence, unit: str, lang: str) -> bool:
    """Whether a number is a bound close to an output, true where it stands: *over 2,470* of 2470.95."""
    figure = shown.figures[0]
    if shown.is_range or shown.is_fixed or figure.style != "digits" or not figure.number:
        return False
    try:
        value = abs(Fraction(found.in_unit(unit).to(shown.unit or "1").value)) / Fraction(figure.scale)
    except ValueError:
        return False
    apart = abs(value - figure.number)
    if not 0 < apart < _last_step(figure) or apart > figure.number * NEAR:
        return False
    context = numerals.Context(*clauses.around(number))
    return numerals.judged(number.text, found.in_unit(unit), lang, context) is None


def _last_step(figure: numerals.Figure) -> Fraction:
    """Return one unit of the last digit of a number that is no zero: 10 of *2,470*, 0.1 of *3.5*."""
    step = Fraction(1, 10**figure.decimals)
    while figure.decimals == 0 and figure.number % (step * TEN) == 0:
        step *= TEN
    return step


def left_open(text: str, found: Evidence, unit: str, lang: str) -> str:
    """Return what a rounded output may say too in the form of a number: *22,845* of 22845.5 beside *22,846*.

    Empty where the digits that it shows settle the number.
    """
    if not (found.is_cut or found.is_coarse):
        return ""
    others = [each for each in _unrounded(found) if not agrees(text, each, unit, lang)]
    if not others:
        return ""
    try:
        return numerals.format(others[0].in_unit(unit), text, lang)
    except ValueError:
        return f"{others[0].number:f}"


def _unrounded(found: Evidence) -> tuple[Evidence, Evidence]:
    """Return an output a little less and a little more than it is shown, both of which round to that."""
    step = Decimal(1).scaleb(int(found.number.as_tuple().exponent)) / 4
    return replace(found, number=found.number - step), replace(found, number=found.number + step)


def agrees(text: str, found: Evidence, unit: str, lang: str) -> bool:
    """Whether a number agrees with an output in a unit, wherever it stands."""
    return _says(text, found.number, unit, found.is_exact, lang)


@lru_cache(maxsize=65536)
def _says(text: str, value: Decimal, unit: str, exact: bool, lang: str) -> bool:
    try:
        quantity = Quantity.computed(value, unit or "1", exact=exact)
    except ValueError:
        return False
    return numerals.says(text, quantity, lang, bare=True)


def hedged(number: Untied, shown: Shown, lang: str) -> str:
    """Return a share in words with the hedge that stands before it, *nearly two thirds*; empty for none."""
    if shown.is_range or not shown.figures[0].is_fraction:
        return ""
    around = numerals.Context(*clauses.around(number))
    said = numerals.spoken_with(number.text, Quantity.computed(shown.figures[0].number), lang, around)
    return said if numerals.claims(said, lang) and numerals.claims(said, lang) <= {APPROX, NEARLY} else ""


def holds(found: Evidence, number: Untied, unit: str, lang: str) -> bool:
    """Whether a number agrees with an output where it stands: *21 at most* says more than *21*."""
    shown = numerals.parse(number.text, lang)
    if shown is None or shown.is_range or shown.is_fixed:
        return True
    before, after = clauses.around(number)
    quantity = found.in_unit(unit)
    quantity = replace(quantity, label=titled(found))
    wrong = numerals.judged(number.text, quantity, lang, numerals.Context(before, after))
    return wrong is None or wrong.kind in ("bare", "level")  # a level is that of the interval beside it
