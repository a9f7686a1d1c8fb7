"""How far a computed number is open, and the ranges that show it: `9 to 27` of what is 9.1 to 27.4.

A number whose interval is wider than a tenth of it pretends to be sharp where it stands bare. Readers see
how open it is by a range of its two ends, by a hedge (`about 20`) or by a bound; of what has one end only, by
that bound alone. Where the interval is wider than half of it, a hedge says too little to be written of one's
own accord, and a range is. What a source states, or an author assumes, is shown as it is stated.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

from tieout.numbers import Quantity
from tieout.numerals.locales import LEAST, MOST
from tieout.numerals.rounding import comparing_grain, place_of, rounded
from tieout.numerals.shown import Figure

_BARE, _HEDGED = Fraction(1, 10), Fraction(1, 2)


def width(quantity: Quantity) -> Fraction | None:
    """Return how wide the interval of a number is; None where an end is open."""
    low, high = quantity.interval.low, quantity.interval.high
    return None if low is None or high is None else Fraction(high) - Fraction(low)


def is_open(quantity: Quantity) -> bool:
    """Whether readers have to see how open a number is: computed, and wider than a tenth of its value."""
    if quantity.text is not None or quantity.kind != "derived" or quantity.is_range:
        return False
    wide = width(quantity)
    return wide is None or wide > abs(Fraction(quantity.value)) * _BARE


def bounded(quantity: Quantity) -> str:
    """Return which bound is all that is known of a number, as a qualifier; empty where it has both ends."""
    low, high = quantity.interval.low, quantity.interval.high
    if (low is None) == (high is None):
        return ""
    return LEAST if high is None else MOST


def needs_range(quantity: Quantity) -> bool:
    """Whether a hedge would say too little: wider than half of its value, and to be written as a range."""
    wide, low = width(quantity), quantity.interval.low
    if wide is None or low is None or low < 0 or not is_open(quantity):
        return False
    return wide > abs(Fraction(quantity.value)) * _HEDGED


def range_ends(quantity: Quantity) -> tuple[Fraction, Fraction] | None:
    """Return between which ends a number lies; None for a point, or where an end is open."""
    low, high = quantity.interval.low, quantity.interval.high
    if low is None or high is None or low == high:
        return None
    return Fraction(low), Fraction(high)


def range_grain(quantity: Quantity) -> Fraction:
    """Return the finest last digit of the ends of an interval: one more than its width has."""
    wide = width(quantity)
    assert wide
    return Fraction(10) ** (place_of(wide) - 1)


def is_end(
    figure: Figure, value: Fraction, end: Fraction, grains: tuple[Fraction, Fraction], lower: bool
) -> bool:
    """Whether a number of a range is the end of an interval: rounded, or rounded outward.

    Parameters
    ----------
    value
        What the number says, with its sign.
    end
        The end of the interval, in the unit shown.
    grains
        The finest last digit that the interval supports, and what one of the number's last digit is worth
        that is no zero at its end.
    lower
        Which end it is.
    """
    finest, unit = grains
    for grain in (comparing_grain(figure, finest, stated=False), unit):
        outward = (floor if lower else ceil)(end / grain) * grain
        if value in (rounded(end, grain), outward):
            return True
    return False
