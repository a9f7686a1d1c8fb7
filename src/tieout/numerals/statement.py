"""What a displayed number claims: a region of values, and whether an entry lies in it.

A rounding holds the values that round to it, half up or half even (Python's own `round` writes the latter).
Trailing zeros of a whole number are no digits: *5,400 sites* are 5,350 to 5,450, as long as two digits are
left that say something. *About* reaches one unit of the last non-zero digit, and no further than a tenth of
the number; *nearly* does so from below. Of an entry that is itself open, *about* says just that, and its
digits are a rounding like any other; of one that is approximate in its source they are both. A bound holds
all that lies beyond it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tieout.numbers import Quantity, units
from tieout.numerals.locales import APPROX, LEAST, MOST, NEARLY, OVER, UNDER
from tieout.numerals.rounding import comparing_grain
from tieout.numerals.shown import Figure, Shown
from tieout.numerals.spread import is_open

Kind = Literal["rounding", "bound", "hedge", "range"]
BOUNDS = (OVER, LEAST, UNDER, MOST)
_FARTHEST = Fraction(1, 10)
_FIVE = 5
_LEAST_DIGITS, _LEAST_ZEROS = 2, 2


@dataclass(frozen=True)
class Region:
    """Values between two ends; an end that is None is open."""

    low: Fraction | None
    high: Fraction | None
    has_low: bool = True
    has_high: bool = True

    def holds(self, value: Fraction) -> bool:
        """Whether a value lies in it."""
        above = self.low is None or value > self.low or (self.has_low and value == self.low)
        below = self.high is None or value < self.high or (self.has_high and value == self.high)
        return above and below


@dataclass(frozen=True)
class Statement:
    """What one displayed number claims.

    Parameters
    ----------
    kind
        A rounding, a bound (`p < .001`), a hedge (`about 5,400`), a range (`between 5 and 7`).
    region
        Where the value has to lie for it to be true, in the unit shown.
    words
        What the words at the number say: ``over``, ``approx``; empty for none.
    """

    kind: Kind
    region: Region
    words: str = ""

    def holds(self, quantity: Quantity, wanted: Fraction, factor: Fraction) -> bool:
        """Whether it is true of an entry.

        A bound has to be true wherever the entry may lie; anything else is compared with the raw value.
        """
        if self.kind != "bound":
            return self.region.holds(wanted)
        low, high = (
            None if end is None else Fraction(end) * factor
            for end in (quantity.interval.low, quantity.interval.high)
        )
        if low is None and high is None:
            low = high = wanted
        own = quantity.qualifier.split("+")
        if self.words in (OVER, LEAST):
            return low is not None and (low > _of(self.region.low) or ("at-least" in own and self._ends(low)))
        return high is not None and (high < _of(self.region.high) or ("at-most" in own and self._ends(high)))

    def _ends(self, value: Fraction) -> bool:
        return value in (self.region.low, self.region.high)


def _of(end: Fraction | None) -> Fraction:
    assert end is not None
    return end


def statement(
    shown: Shown, figure: Figure, value: Fraction, finest: Fraction | None, stated: bool, quantity: Quantity
) -> Statement:
    """Return what a number claims.

    Parameters
    ----------
    shown, figure, value
        The form, the number of it that is looked at, and what that says, with its sign.
    finest, stated
        The finest digit that the entry supports, and whether a source states it.
    """
    words = {word for word, _ in shown.qualifiers}
    bound = next((word for word in BOUNDS if word in words), None)
    during = bound == OVER and is_time(quantity) and value >= Fraction(quantity.value)
    if bound and not during:
        if bound in (OVER, LEAST):
            return Statement("bound", Region(value, None, has_low=bound == LEAST), bound)
        return Statement("bound", Region(None, value, has_high=bound == MOST), bound)
    rounding = _rounding(value, comparing_grain(figure, finest, stated))
    if words & {APPROX, NEARLY}:
        reach = hedge(figure, value)
        if NEARLY in words:
            ends = (value - reach, value) if value >= 0 else (value, value + reach)
            return Statement("hedge", Region(*ends), NEARLY)
        if _last_digit(figure) not in (None, 0, _FIVE):
            return Statement("hedge", rounding, APPROX)  # it was rounded to that digit
        low, high = _of(rounding.low), _of(rounding.high)
        far = Region(min(low, value - reach), max(high, value + reach))
        # Where the word says what the entry is, it lets no other digits pass.
        wide = rounding if not value else _rounding(value, unit_of(figure))
        if is_open(quantity):
            return Statement("hedge", wide, APPROX)
        return Statement(
            "hedge", _both(far, wide) if APPROX in quantity.qualifier.split("+") else far, APPROX
        )
    if "exact" not in words and is_loose(figure):
        return Statement("rounding", _rounding(value, unit_of(figure)))
    return Statement("rounding", rounding)


def _both(far: Region, wide: Region) -> Region:
    """Return what lies in both of two regions that have ends, the second of which may leave its own out."""
    low, high = max(_of(far.low), _of(wide.low)), min(_of(far.high), _of(wide.high))
    return Region(low, high, wide.has_low or low != wide.low, wide.has_high or high != wide.high)


def _rounding(value: Fraction, grain: Fraction) -> Region:
    steps = value / grain
    if steps.denominator != 1:  # more digits than the entry supports, and other ones
        return Region(value, value)
    even = steps.numerator % 2 == 0
    low, high = value - grain / 2, value + grain / 2
    return Region(low, high, even or value > 0, even or value < 0)


def unit_of(figure: Figure) -> Fraction:
    """Return what one of its last digit stands for that is no trailing zero of a whole number."""
    if figure.decimals or figure.exponent or not figure.number or figure.number.denominator != 1:
        return figure.grain
    return figure.grain * int(10 ** _zeros(figure))


def hedge(figure: Figure, value: Fraction) -> Fraction:
    """Return how far *about* reaches: one unit of the last non-zero digit, at most a tenth of the number.

    Behind the five of a whole number, the nearest fifty of *about 650*, two and a half units.
    """
    is_five = not figure.decimals and _last_digit(figure, zeros=False) == _FIVE
    units = Fraction(5, 2) if is_five else Fraction(1)
    return max(figure.grain / 2, min(units * unit_of(figure), abs(value) * _FARTHEST))


def _last_digit(figure: Figure, zeros: bool = True) -> int | None:
    """Return the last digit of a number in digits, or that before the zeros at its end; None of another."""
    if figure.style != "digits" or figure.is_fraction:
        return None
    digits = str(int(abs(figure.number) * 10**figure.decimals))
    digits = digits if zeros else digits.rstrip("0")
    return int(digits[-1:] or 0)


def is_loose(figure: Figure) -> bool:
    """Whether the zeros at its end need not be digits: those of 5,400, and not those of 10 or 2,000."""
    if figure.style != "digits" or figure.decimals or figure.exponent:
        return False
    zeros = _zeros(figure)
    return zeros >= _LEAST_ZEROS and len(str(figure.number)) - zeros >= _LEAST_DIGITS


def _zeros(figure: Figure) -> int:
    digits = str(figure.number)
    return len(digits) - len(digits.rstrip("0"))


def is_time(quantity: Quantity) -> bool:
    """Whether it is a duration: *over six years* says during them."""
    return [dimension for dimension, _ in units.root(quantity.unit)[1]] == ["[time]"]
