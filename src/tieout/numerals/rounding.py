"""How finely a quantity can be shown, and rounding to that: exact, half up."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

from tieout.numbers import Quantity, figures_of, write_span
from tieout.numerals.shown import Figure

_NAMED_PARTS = (2, 3, 4, 5, 6, 8, 10)
OPEN_DIGITS = 4
_MOST_PLACES = 24


def ends(quantity: Quantity) -> tuple[Fraction, ...]:
    """Return the value that is shown, or both ends of a range, in the quantity's unit."""
    low, high = quantity.span.low, quantity.span.high
    if quantity.is_range and low is not None and high is not None:
        return Fraction(low), Fraction(high)
    return (Fraction(quantity.value),)


def span_text(quantity: Quantity, *bounds: Quantity | None) -> str | None:
    """Return the digits of a range whose ends were computed: those that the ends support; None for all.

    Parameters
    ----------
    bounds
        What its ends were made of; None for one of mere digits.
    """
    known = [each if each.unit == quantity.unit else each.to(quantity.unit) for each in bounds if each]
    grains = [grain for each in known if (grain := finest_grain(each)) is not None]
    if quantity.text is not None or not grains:
        return quantity.text
    finest = min(grains) / Fraction(quantity.scale)
    places = 0
    while places < _MOST_PLACES and Fraction(1, 10**places) > finest:
        places += 1
    size = Fraction(quantity.scale)
    steps = [rounded(end / size, Fraction(1, 10**places)) * 10**places for end in ends(quantity)]
    low, high = (f"{Decimal(int(step)).scaleb(-places):f}" for step in steps)
    return write_span(low, high)


def rounded(value: Fraction, grain: Fraction) -> Fraction:
    """Round half up, away from zero, to a multiple of ``grain``."""
    steps = floor(abs(value) / grain + Fraction(1, 2)) * grain
    return -steps if value < 0 else steps


def nearest_part(value: Fraction, below: int) -> Fraction:
    """Return the nearest of the fractions that people name, ``below`` among their denominators."""
    whole = floor(value)
    part = value - whole
    named = {Fraction(top, each) for each in {*_NAMED_PARTS, below} for top in range(each + 1)}
    return whole + min(named, key=lambda each: (abs(each - part), each.denominator))


def place_of(value: Fraction) -> int:
    """Return the place of the leading digit of a number above zero: 0 for 7, 3 for 7000, −2 for 0.07."""
    place = len(str(value.numerator)) - len(str(value.denominator))
    while Fraction(10) ** place > value:
        place -= 1
    while Fraction(10) ** (place + 1) <= value:
        place += 1
    return place


def finest_grain(quantity: Quantity) -> Fraction | None:
    """Return the finest last digit that a quantity supports, in its unit; None where any is fine.

    A stated number supports the digits it was stated with. A derived one supports the leading digit of half
    its interval's width; with an open end, at most four significant digits. An end of an interval supports
    one digit more than the interval's width has.
    """
    if quantity.text is not None:
        last = min(map(_exponent, figures_of(quantity.text)))
        return Fraction(10) ** last * Fraction(quantity.scale)
    interval = quantity.interval
    if quantity.precision is not None:
        return Fraction(10) ** place_of(Fraction(quantity.precision))
    if interval.is_point or quantity.is_range:
        return None
    if interval.low is not None and interval.high is not None:
        return Fraction(10) ** place_of((Fraction(interval.high) - Fraction(interval.low)) / 2)
    if not quantity.value:
        return None
    leading = Fraction(10) ** (place_of(abs(Fraction(quantity.value))) - OPEN_DIGITS + 1)
    own = Fraction(10) ** _exponent(f"{quantity.value.normalize():f}")
    return max(leading, own)


def _exponent(digits: str) -> int:
    exponent = Decimal(digits.strip()).as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def too_fine(figure: Figure, finest: Fraction | None, stated: bool) -> bool:
    """Whether a number shows more digits than are supported."""
    if finest is None or figure.is_fraction or figure.style in ("ordinal", "nth", "odds"):
        return False
    if figure.decimals or figure.exponent:
        return figure.grain < finest
    # Whole numbers end in zeros that need not be digits: 2,500,000,000 says no more than 2.5 billion.
    return not stated and figure.grain < finest and figure.value % _ten(finest, figure.grain) != 0


def comparing_grain(figure: Figure, finest: Fraction | None, stated: bool) -> Fraction:
    """Return to which multiple the value is rounded before it is compared with a number."""
    if finest is not None and not stated and not figure.decimals and not figure.exponent:
        return _ten(finest, figure.grain)
    return figure.grain


def _ten(finest: Fraction, grain: Fraction) -> Fraction:
    """Return the finest power of ten of a grain that is no finer than supported."""
    place = grain
    while place < finest:
        place *= 10
    return place
