"""Intervals: where a stated or computed number may lie, with every end rounded outward.

The rule follows XBRL Calculations 1.1: a number as stated stands for all values that round to it, and two
numbers are consistent when their intervals share a point.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal, Overflow
from fractions import Fraction
from functools import lru_cache

DIGITS = 28
_MOST = 99_999
NEAR = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN, Emax=_MOST, Emin=-_MOST)
WORK = Context(prec=50, rounding=ROUND_HALF_EVEN, Emax=_MOST, Emin=-_MOST)
DOWN = Context(prec=DIGITS, rounding=ROUND_FLOOR, Emax=_MOST, Emin=-_MOST)
UP = Context(prec=DIGITS, rounding=ROUND_CEILING, Emax=_MOST, Emin=-_MOST)
_FINE = Context(prec=90, rounding=ROUND_HALF_EVEN, Emax=_MOST, Emin=-_MOST)
_EXACT = Context(prec=4_000, rounding=ROUND_HALF_EVEN, Emax=_MOST, Emin=-_MOST)
_INFINITY = Decimal("Infinity")
_ZERO, _ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True)
class Interval:
    """All values from ``low`` to ``high``; ``None`` is an open end.

    Examples
    --------
    >>> Interval(Decimal("18.85"), Decimal("18.95")) - Interval.point(18)
    Interval(low=Decimal('0.85'), high=Decimal('0.95'))
    """

    low: Decimal | None
    high: Decimal | None

    def __post_init__(self) -> None:
        for end in (self.low, self.high):
            if end is not None and not end.is_finite():
                raise ValueError(f"an interval cannot end at {end}; an open end is None")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"an interval cannot run from {self.low} down to {self.high}")

    @classmethod
    def point(cls, value: Decimal | int) -> Interval:
        """Return the interval that holds one value."""
        return cls(Decimal(value), Decimal(value))

    @property
    def is_point(self) -> bool:
        """Whether it holds exactly one value."""
        return self.low is not None and self.low == self.high

    @property
    def width(self) -> Decimal | None:
        """Distance between the ends, rounded up; ``None`` if one is open."""
        return None if self.low is None or self.high is None else UP.subtract(self.high, self.low)

    def contains(self, other: Decimal | int | Interval) -> bool:
        """Whether a value, or the whole of another interval, lies inside."""
        if not isinstance(other, Interval):
            other = Interval.point(other)
        return _bottom(self) <= _bottom(other) and _top(other) <= _top(self)

    def intersects(self, other: Interval) -> bool:
        """Whether the two share a point: then they are consistent."""
        return _bottom(self) <= _top(other) and _bottom(other) <= _top(self)

    def intersection(self, other: Interval) -> Interval | None:
        """Return what the two share, or ``None``."""
        if not self.intersects(other):
            return None
        return _made(max(_bottom(self), _bottom(other)), min(_top(self), _top(other)))

    def hull(self, other: Interval) -> Interval:
        """Return the smallest interval around both."""
        return _made(min(_bottom(self), _bottom(other)), max(_top(self), _top(other)))

    def gap(self, other: Interval) -> Decimal:
        """Distance between the nearest ends; zero if the two share a point."""
        if self.intersects(other):
            return _ZERO
        above, below = (self, other) if _bottom(self) > _top(other) else (other, self)
        return NEAR.subtract(_bottom(above), _top(below))

    def __neg__(self) -> Interval:
        return _made(-_top(self), -_bottom(self))

    def __add__(self, other: Interval) -> Interval:
        return _guarded(
            lambda: _made(DOWN.add(_bottom(self), _bottom(other)), UP.add(_top(self), _top(other)))
        )

    def __sub__(self, other: Interval) -> Interval:
        return self + (-other)

    def __mul__(self, other: Interval) -> Interval:
        corners = [(a, b) for a in (_bottom(self), _top(self)) for b in (_bottom(other), _top(other))]
        return _guarded(
            lambda: _made(
                min(_times(a, b, DOWN) for a, b in corners), max(_times(a, b, UP) for a, b in corners)
            )
        )

    def __truediv__(self, other: Interval) -> Interval:
        low, high = _bottom(other), _top(other)
        if low < 0 < high or low == high == 0:
            return Interval(None, None)
        # An end at zero is approached from inside only: its reciprocal is the infinity of that side.
        corners = [
            (a, b, (_INFINITY if (b is high and high > 0) or low >= 0 else -_INFINITY))
            for a in (_bottom(self), _top(self))
            for b in (low, high)
        ]
        return _guarded(
            lambda: _made(
                min(_over(a, b, side, DOWN) for a, b, side in corners),
                max(_over(a, b, side, UP) for a, b, side in corners),
            )
        )

    def scaled(self, factor: Fraction) -> Interval:
        """Multiply by an exact positive factor, as a change of unit does."""
        if factor == 1:
            return self
        top, bottom = Decimal(factor.numerator), Decimal(factor.denominator)
        return _made(
            DOWN.divide(_exactly(_bottom(self), top), bottom), UP.divide(_exactly(_top(self), top), bottom)
        )

    def power(self, exponent: int | Fraction | Interval) -> Interval:
        """Raise to an exponent, exactly where the result is exact.

        Raises
        ------
        ValueError
            For a fractional exponent where the interval reaches below zero.
        """
        if isinstance(exponent, Interval):
            if not exponent.is_point:
                spread = exponent
                return _guarded(lambda: self._spread(spread))
            assert exponent.low is not None
            exponent = Fraction(exponent.low)
        fraction = Fraction(exponent)
        if fraction == 0:
            return Interval.point(1)
        if fraction < 0:
            return Interval.point(1) / self.power(-fraction)
        low, high = _bottom(self), _top(self)
        if low >= 0:
            return _guarded(lambda: _made(_raise(low, fraction, DOWN), _raise(high, fraction, UP)))
        if fraction.denominator != 1:
            raise ValueError("a fractional power of a number below zero is undefined")
        if fraction.numerator % 2:
            return _guarded(
                lambda: _made(_signed(low, fraction, UP, DOWN), _signed(high, fraction, DOWN, UP))
            )
        if high <= 0:
            return (-self).power(fraction)
        return _guarded(lambda: _made(_ZERO, _raise(max(-low, high), fraction, UP)))

    def _spread(self, exponent: Interval) -> Interval:
        if _bottom(self) < 0:
            raise ValueError("a power of a number below zero needs an exact whole exponent")
        parts = [self._corner(end) for end in (exponent.low, exponent.high)]
        result = parts[0].hull(parts[1])
        if _bottom(exponent) < 0 < _top(exponent):
            result = result.hull(Interval.point(1))
        return result

    def _corner(self, end: Decimal | None) -> Interval:
        if end is not None:
            return self.power(Fraction(end))
        return Interval(_ZERO, None)

    def root(self, degree: Interval) -> Interval:
        """Take the n-th root, as a growth rate over n periods does; n above zero."""
        if _bottom(degree) <= 0:
            if _top(degree) <= 0:
                raise ValueError("the number of periods must be above zero")
            return Interval(_ZERO, None)
        many = Fraction(0) if degree.high is None else 1 / Fraction(degree.high)
        assert degree.low is not None
        few = 1 / Fraction(degree.low)
        return self.power(many).hull(self.power(few))


def _bottom(interval: Interval) -> Decimal:
    return -_INFINITY if interval.low is None else interval.low


def _top(interval: Interval) -> Decimal:
    return _INFINITY if interval.high is None else interval.high


def _made(low: Decimal, high: Decimal) -> Interval:
    return Interval(low if low.is_finite() else None, high if high.is_finite() else None)


def _guarded(compute: Callable[[], Interval]) -> Interval:
    try:
        return compute()
    except Overflow:
        return Interval(None, None)


def _exactly(number: Decimal, by: Decimal) -> Decimal:
    return number if number.is_infinite() else _EXACT.multiply(number, by)


def _times(a: Decimal, b: Decimal, context: Context) -> Decimal:
    return _ZERO if a == 0 or b == 0 else context.multiply(a, b)


def _over(a: Decimal, b: Decimal, side: Decimal, context: Context) -> Decimal:
    if a == 0:
        return _ZERO
    if b == 0:
        return context.multiply(a, side)
    if b.is_infinite():
        # The end at infinity contributes its limit; infinity over infinity can be anything from there up.
        return _ZERO
    return context.divide(a, b)


def _raise(base: Decimal, exponent: Fraction, context: Context) -> Decimal:
    """Raise a number of at least zero to a positive exponent, rounded as ``context`` says."""
    if base.is_infinite() or base in (_ZERO, _ONE):
        return base
    if exponent == 1:
        return context.plus(base)
    return _powered(str(base), exponent, context is DOWN)


@lru_cache(maxsize=4096)
def _powered(number: str, exponent: Fraction, down: bool) -> Decimal:
    """Return a power, which many relations take of the same numbers; equal numbers may have other digits."""
    base, context = Decimal(number), DOWN if down else UP
    precise = _FINE.power(base, _FINE.divide(Decimal(exponent.numerator), Decimal(exponent.denominator)))
    if exponent.denominator <= 64 and exponent.numerator <= 64:
        near = NEAR.plus(precise)
        digits = len(base.as_tuple().digits) * exponent.numerator + DIGITS * exponent.denominator
        if digits < _EXACT.prec and _EXACT.power(near, exponent.denominator) == _EXACT.power(
            base, exponent.numerator
        ):
            return near
    error = abs(precise).scaleb(-60, _FINE)
    moved = _FINE.subtract(precise, error) if down else _FINE.add(precise, error)
    return context.plus(moved)


def _signed(base: Decimal, exponent: Fraction, below: Context, above: Context) -> Decimal:
    """Raise to an odd whole exponent, keeping the sign."""
    return -_raise(-base, exponent, below) if base < 0 else _raise(base, exponent, above)


def smallest(intervals: Iterable[Interval]) -> Interval:
    """Return where the minimum of one value from each lies."""
    known = list(intervals)
    return _made(min(map(_bottom, known)), min(map(_top, known)))


def largest(intervals: Iterable[Interval]) -> Interval:
    """Return where the maximum of one value from each lies."""
    known = list(intervals)
    return _made(max(map(_bottom, known)), max(map(_top, known)))


def stated_interval(span: Interval, last: Decimal, words: Collection[str]) -> Interval:
    """Return where a number may lie, by its qualifiers.

    Parameters
    ----------
    span
        What is stated: one value, or a range from end to end.
    last
        What one of its last significant digit is worth.
    """
    assert span.low is not None
    assert span.high is not None
    if "at-least" in words:
        return Interval(span.low, None)
    if "at-most" in words:
        return Interval(None, span.high)
    if "exact" in words:
        return span
    slack = last if "approx" in words else WORK.divide(last, Decimal(2))
    return Interval(WORK.subtract(span.low, slack), WORK.add(span.high, slack))
