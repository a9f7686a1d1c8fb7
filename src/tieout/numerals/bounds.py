"""Moves a bound that is no longer true to the next one that is: `p < .001` to `p < .01`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from tieout.numbers import Quantity
from tieout.numerals.defaults import write_digits
from tieout.numerals.fitting import conversion
from tieout.numerals.locales import LEAST, OVER
from tieout.numerals.matching import is_level, mismatch
from tieout.numerals.reading import readings
from tieout.numerals.rounding import place_of, rounded
from tieout.numerals.shown import Shown
from tieout.numerals.statement import BOUNDS

# A p-value from here on is written as it is; below, the next level is.
_FEWEST = Fraction(1, 100)
_DECIMALS, _LEAST = 3, Fraction(5, 10**4)  # of a p-value that is not written with a bound


def rebound(text: str, quantity: Quantity, lang: str = "en") -> str | None:
    """Return a bound in its author's words that is true of a quantity; None where there is none to move.

    It keeps its number of digits; one below 1 moves by powers of ten, as levels of significance do.

    Examples
    --------
    >>> rebound("over 5,000", Quantity.stated("sites", text="4812", unit="1"))
    'over 4,000'
    """
    for shown in readings(text, lang):
        if any(word in BOUNDS for word, _ in shown.qualifiers) and not shown.is_range and not shown.negative:
            for moved in _moved(shown, quantity):
                for again in readings(moved, lang):
                    if mismatch(again, quantity) is None:
                        return moved
    return None


def as_probability(text: str, quantity: Quantity, lang: str = "en") -> str | None:
    """Return a p-value with the sign that it needs where its form cannot show it; None where that can.

    Examples
    --------
    >>> from decimal import Decimal
    >>> tiny, large = (Quantity.computed(Decimal(p)) for p in ("0.00004", "0.2"))
    >>> as_probability(".031", tiny), as_probability("< .001", large), as_probability("< .001", tiny)
    ('< .001', '= .200', None)
    >>> as_probability(".02", Quantity.computed(Decimal("0.0021")))  # what three decimals show
    '= .002'
    """
    shown = next(iter(readings(text, lang)), None)
    figure = shown.figures[0] if shown else None
    if shown is None or figure is None or figure.style != "digits" or not figure.decimals or figure.unit:
        return None
    value, step = Fraction(quantity.value), Fraction(1, 10**figure.decimals)
    sign, decimals = "<", figure.decimals
    if is_level(shown):
        sign, written = "=", rounded(value, step) if value >= _FEWEST else None
    elif shown.qualifiers:
        written = figure.value if 0 < value < figure.value else None  # the sign was turned round
    elif decimals < _DECIMALS and _LEAST <= value < step / 2:
        sign, decimals = "=", _DECIMALS
        written = rounded(value, Fraction(1, 10**decimals))
    else:
        written = step if 0 < value < step / 2 else None
    if written is None:
        return None
    digits = write_digits(written, decimals, shown.place)
    if text[figure.start : figure.end].startswith(shown.place.decimal):
        digits = digits.removeprefix("0")
    return f"{sign} {digits}"


def _moved(shown: Shown, quantity: Quantity) -> list[str]:
    figure, factor = shown.figures[0], conversion(shown, quantity)
    if isinstance(factor, str) or figure.style != "digits" or quantity.value <= 0 or not figure.number:
        return []
    value = Fraction(quantity.value) * factor / figure.size
    above = any(word in (OVER, LEAST) for word, _ in shown.qualifiers)
    place = place_of(value)
    if figure.number < 1 and not above:
        steps = [step for step in (Fraction(10) ** (place + 1),) if step < 1]  # *p < 1* says nothing
    else:
        unit = Fraction(10) ** (place - _digits(figure.number) + 1)
        whole = floor(value / unit) if above else ceil(value / unit)
        steps = [whole * unit, (whole - 1 if above else whole + 1) * unit]
    return [_with(shown, step) for step in steps if step > 0]


def _digits(number: Fraction) -> int:
    """Return how many digits a number has without the zeros at either end."""
    scaled = number
    while scaled.denominator != 1:
        scaled *= 10
    return len(str(scaled.numerator).rstrip("0"))


def _with(shown: Shown, number: Fraction) -> str:
    figure = shown.figures[0]
    own = shown.text[figure.start : figure.end]
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    group = figure.group or ("" if own.isdigit() and len(own) > 3 else shown.place.group)
    text = write_digits(number, places, replace(shown.place, group=group))
    if own.startswith(shown.place.decimal):
        text = text.removeprefix("0")
    return shown.text[: figure.start] + text + shown.text[figure.end :]
