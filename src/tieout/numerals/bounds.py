"""Moves a bound that is no longer true to the next one that is: `p < .001` to `p < .01`."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, floor

from tieout.numbers import Quantity
from tieout.numerals.defaults import write_digits
from tieout.numerals.fitting import conversion
from tieout.numerals.locales import LEAST, OVER
from tieout.numerals.matching import mismatch
from tieout.numerals.reading import readings
from tieout.numerals.rounding import place_of
from tieout.numerals.shown import Shown
from tieout.numerals.statement import BOUNDS


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


def _moved(shown: Shown, quantity: Quantity) -> list[str]:
    figure, factor = shown.figures[0], conversion(shown, quantity)
    if isinstance(factor, str) or figure.style != "digits" or quantity.value <= 0 or not figure.number:
        return []
    value = Fraction(quantity.value) * factor / figure.size
    above = any(word in (OVER, LEAST) for word, _ in shown.qualifiers)
    place = place_of(value)
    if figure.number < 1 and not above:
        steps = [Fraction(10) ** (place + 1)]
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
