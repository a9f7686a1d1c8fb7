"""Quantities: a number with unit, rounding interval and lineage; arithmetic on them keeps all three.

Everything is `Decimal`: computed with 50 digits, kept with 28, interval ends rounded outward.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import Literal

from tieout.machine.opened import OPENED
from tieout.numbers import units
from tieout.numbers.interval import NEAR, WORK, Interval, stated_interval
from tieout.numbers.lineage import Const, Expr, Leaf, Op, written
from tieout.numbers.precision import EXACT, Precision, last_unit
from tieout.numbers.spans import read_span, write_span
from tieout.numbers.units import UnitMismatch

Kind = Literal["stated", "derived", "computed", "assumed"]
QUALIFIERS = ("exact", "rounded", "approx", "at-least", "at-most", "projected", "target")
_STATED = re.compile(r"[+-]?\d+(?:\.\d+)?")
_LONGEST = 1000


@dataclass(frozen=True)
class Quantity:
    """A number that knows its unit, how precise it is, and where it comes from.

    Parameters
    ----------
    value
        The number in its unit, scale words resolved: ``2.5`` billion USD is 2500000000 ``USD``.
        Of a range, its midpoint.
    unit
        Canonical name of the unit; ``1`` for a pure number.
    interval
        Where the true value may lie, given the digits it was stated with.
    qualifier
        One of `QUALIFIERS`, or several joined with ``+``.
    lineage
        What it was computed from; a `Leaf` for an entry of the ledger.
    precision
        What one of its last significant digit is worth, in its unit: of a stated number, and of an end of an
        interval. None for a point, a bound, and what is as sharp as its interval.
    like
        The form in which its author wants it shown; None for none in particular.
    is_range
        Whether it is a range, from end to end, rather than one number.
    level
        Of a range, with how much confidence it holds the true value, in per cent; None where nothing says.
    """

    value: Decimal
    unit: str
    interval: Interval
    qualifier: str = "rounded"
    lineage: Expr | None = None
    kind: Kind = "derived"
    id: str | None = None
    label: str | None = None
    formula: Expr | None = field(default=None, repr=False)
    text: str | None = field(default=None, repr=False)
    scale: Decimal = field(default=Decimal(1), repr=False)
    is_range: bool = False
    precision: Decimal | None = field(default=None, repr=False)
    like: str | None = field(default=None, repr=False, compare=False)
    level: Decimal | None = None

    @classmethod
    def stated(
        cls,
        id: str | None,
        *,
        text: str,
        unit: str,
        qualifier: str = "rounded",
        label: str | None = None,
        precision: Precision | None = None,
    ) -> Quantity:
        """Read a number as a source states it: its digits give its interval.

        ``rounded`` leaves half a unit of the last significant digit to each side, ``approx`` a whole one;
        ``exact`` is a point; ``at-least`` is open above, ``at-most`` below. A range runs from end to end, and
        its ends are rounded like any other number. Zeros at the end of a whole number are no digits.

        Parameters
        ----------
        precision
            What one of the last significant digit is worth, in the unit without its scale word, where it is
            not what the digits say; ``exact`` where nothing is rounded.

        Raises
        ------
        ValueError
            Where the text is no number, or a qualifier is unknown.
        UnknownUnit
            Where the unit is not defined.
        """
        words = qualifier.split("+") if qualifier else ["rounded"]
        for word in words:
            if word not in QUALIFIERS:
                raise ValueError(f"unknown qualifier {word!r}; use {', '.join(QUALIFIERS)}")
        scale, name = units.canonical(unit)
        span = read_span(text)
        if not span and not _STATED.fullmatch(text.strip()):
            raise ValueError(
                f"{text!r} is not a number; write digits, such as 2.5, or a range, such as 30-40"
            )
        text = write_span(*span) if span else text
        digits = span or (text.strip(),)
        low, high = (WORK.multiply(Decimal(end), scale) for end in (digits[0], digits[-1]))
        if low > high:
            raise ValueError(f"the range {text!r} runs downward")
        if precision == EXACT:
            words = list(dict.fromkeys(EXACT if word == "rounded" else word for word in words))
            precision = None
        last = precision or WORK.multiply(last_unit(*digits), scale)
        interval = stated_interval(Interval(low, high), last, words)
        value = WORK.divide(WORK.add(low, high), Decimal(2)) if span else low
        leaf = None if id is None else Leaf(id)
        return cls(
            kept(value), name, interval, "+".join(words), leaf, "stated", id, label,
            text=text.strip(), scale=scale, is_range=span is not None,
            precision=kept(last) if {EXACT, "at-least", "at-most"}.isdisjoint(words) else None,
        )  # fmt: skip

    @classmethod
    def computed(cls, value: Decimal | Fraction, unit: str = units.PURE, *, exact: bool = False) -> Quantity:
        """Take a number that ordinary code computed, with every digit that it has.

        Its interval is the number itself until `within` or `known_to` say how sharp it is; ``exact`` tells
        counts, and ratios of counts, from what a computer rounds.

        Raises
        ------
        UnknownUnit
            Where the unit is not defined.
        """
        scale, name = units.canonical(unit)
        number = Fraction(value) * Fraction(scale)
        whole = kept(WORK.divide(Decimal(number.numerator), Decimal(number.denominator)))
        sharp = "exact" if exact else "rounded"
        return cls(whole, name, Interval.point(whole), sharp, None, "computed", scale=scale)

    def within(self, interval: Interval) -> Quantity:
        """Return it with another interval, which holds its value."""
        return replace(self, interval=interval, qualifier="rounded")

    def known_to(self, last: Decimal | Fraction) -> Quantity:
        """Return it known to a last digit that is worth ``last``, in its unit: half of that to each side."""
        half = Fraction(last) / 2
        slack = WORK.divide(Decimal(half.numerator), Decimal(half.denominator))
        return self.within(Interval(WORK.subtract(self.value, slack), WORK.add(self.value, slack)))

    @property
    def span(self) -> Interval:
        """The two ends of a range as they are stated; of anything else its interval."""
        found = read_span(self.text) if self.is_range and self.text else None
        if found is None:
            return self.interval
        return Interval(*(WORK.multiply(Decimal(end), self.scale) for end in found))

    def named(self, id: str, label: str | None = None) -> Quantity:
        """Return it as an entry of the ledger: later lineage refers to the id, `formula` says how it came."""
        formula = self.lineage if self.lineage != Leaf(id) else self.formula
        return replace(self, id=id, label=label or self.label, formula=formula, lineage=Leaf(id))

    def to(self, unit: str) -> Quantity:
        """Convert to another unit of the same kind.

        Raises
        ------
        UnitMismatch
            Where the two measure different things.
        """
        scale, name = units.canonical(unit)
        if name == self.unit:
            return self
        lineage = Op("to", (expression(self), Const(name)))
        try:
            if {self.unit, name} & units.OFFSET.keys():
                ends = (self._shifted(end, name) for end in (self.interval.low, self.interval.high))
                value = self._shifted(self.value, name)
                assert value is not None
                return self._kind_of(derived(value, name, Interval(*ends), lineage, (self,), scale))
            factor = units.factor(self.unit, name)
        except UnitMismatch as error:
            raise UnitMismatch(f"{called(self)}: {error}") from None
        value = scaled(self.value, factor)
        converted = self._kind_of(derived(value, name, self.interval.scaled(factor), lineage, (self,), scale))
        if self.precision is None or self.text is not None:
            return converted
        return replace(converted, precision=kept(scaled(self.precision, factor)))

    def _kind_of(self, converted: Quantity) -> Quantity:
        """Return a converted quantity as the range that it was, where its interval is that range."""
        return replace(converted, is_range=self.is_range and self.span == self.interval, level=self.level)

    def _shifted(self, value: Decimal | None, name: str) -> Decimal | None:
        if value is None:
            return None
        moved = units.shifted(Fraction(value), self.unit, name)
        return kept(WORK.divide(Decimal(moved.numerator), Decimal(moved.denominator)))

    def __add__(self, other: Operand) -> Quantity:
        return combine("add", self, other)

    def __radd__(self, other: Operand) -> Quantity:
        return self if other == 0 and type(other) is int else combine("add", other, self)  # as `sum` begins

    def __sub__(self, other: Operand) -> Quantity:
        return combine("sub", self, other)

    def __rsub__(self, other: Operand) -> Quantity:
        return combine("sub", other, self)

    def __mul__(self, other: Operand) -> Quantity:
        return combine("mul", self, other)

    def __rmul__(self, other: Operand) -> Quantity:
        return combine("mul", other, self)

    def __truediv__(self, other: Operand) -> Quantity:
        return combine("div", self, other)

    def __rtruediv__(self, other: Operand) -> Quantity:
        return combine("div", other, self)

    def __pow__(self, exponent: Operand) -> Quantity:
        return power(self, exponent)

    def __float__(self) -> float:
        """Return its value in its canonical unit: the lineage ends here, and what it read is kept."""
        OPENED.release()
        return float(self.value)

    def __lt__(self, other: object) -> bool:
        """Whether its value is the smaller, in one unit."""
        return self.value < in_unit(operand(other), self, "compare").value

    def __gt__(self, other: object) -> bool:
        """Whether its value is the greater, in one unit."""
        return self.value > in_unit(operand(other), self, "compare").value

    def __neg__(self) -> Quantity:
        return derived(-self.value, self.unit, -self.interval, Op("neg", (expression(self),)), (self,))


Operand = Quantity | int | float | Decimal | str


def kept(value: Decimal) -> Decimal:
    """Return a value with 28 digits, without needless zeros."""
    rounded = NEAR.plus(value)
    return (
        rounded.quantize(Decimal(1))
        if rounded == rounded.to_integral_value() and rounded.adjusted() < 28
        else rounded.normalize()
    )


def scaled(value: Decimal, factor: Fraction) -> Decimal:
    """Multiply a value by an exact factor."""
    return WORK.divide(WORK.multiply(value, Decimal(factor.numerator)), Decimal(factor.denominator))


def called(quantity: Quantity) -> str:
    """Return what messages call a quantity: its id or formula, and its unit."""
    shown = quantity.id or (written(quantity.lineage) if quantity.lineage else str(quantity.value))
    return f"{shown} ({units.spoken(quantity.unit)})"


def expression(quantity: Quantity) -> Expr:
    """Return the lineage of a quantity, which is a number where it has none."""
    return quantity.lineage or Const(f"{quantity.value:f}")


def operand(value: object) -> Quantity:
    """Take a quantity, or an exact constant; a fact gives its quantity."""
    if isinstance(value, Quantity):
        return value
    own = getattr(value, "quantity", None)
    if isinstance(own, Quantity):
        return own
    if isinstance(value, bool):
        raise TypeError(f"cannot compute with {value!r}: use a quantity or a number")
    if isinstance(value, str) and _STATED.fullmatch(value.strip()):
        number = Decimal(value.strip())
    elif isinstance(value, (int, Decimal)):
        number = Decimal(value)
    elif isinstance(value, Integral):
        number = Decimal(int(value))
    elif isinstance(value, Real):  # the shortest digits that give it again
        number = Decimal(str(value) if hasattr(value, "dtype") else repr(float(value)))
    else:
        raise TypeError(f"cannot compute with {value!r}: use a quantity or a number")
    if not number.is_finite():
        raise ValueError(f"cannot compute with {value}: the value is missing")
    return Quantity(number, units.PURE, Interval.point(number), "exact", Const(f"{number:f}"))


def derived(
    value: Decimal,
    name: str,
    interval: Interval,
    lineage: Expr,
    of: Iterable[Quantity],
    scale: Decimal | None = None,
) -> Quantity:
    """Return the result of an operation: with the qualifiers and the scale of what it was made of."""
    parts = list(of)
    words = {word for part in parts for word in part.qualifier.split("+")}
    qualifier: list[str] = [word for word in ("approx", "projected", "target") if word in words]
    if interval.is_point and not qualifier:
        qualifier = ["exact"]
    elif interval.low is not None and interval.high is None:
        qualifier.insert(0, "at-least")
    elif interval.low is None and interval.high is not None:
        qualifier.insert(0, "at-most")
    scales = {part.scale for part in parts if part.unit == name}
    shown = scale or (scales.pop() if len(scales) == 1 else Decimal(1))
    return Quantity(kept(value), name, interval, "+".join(qualifier) or "rounded", lineage, scale=shown)


def in_unit(part: Quantity, target: Quantity, doing: str) -> Quantity:
    """Bring an operand to another's unit, without a step of its own in the lineage."""
    if part.unit == target.unit:
        return part
    try:
        factor = units.factor(part.unit, target.unit)
    except UnitMismatch:
        raise UnitMismatch(
            f"cannot {doing} {called(target)} and {called(part)}: their units do not fit"
        ) from None
    return replace(
        part, value=scaled(part.value, factor), interval=part.interval.scaled(factor), unit=target.unit
    )


DOING = {
    "add": "add", "sub": "subtract", "sum": "add", "mean": "average", "min": "compare", "max": "compare",
}  # fmt: skip


def combine(name: str, left: object, right: object) -> Quantity:
    """Add, subtract, multiply or divide two numbers."""
    a, b = operand(left), operand(right)
    lineage = _running_sum(a, b) if name == "add" else Op(name, (expression(a), expression(b)))
    if name in ("add", "sub"):
        shift = f"delta_{a.unit}"
        c = replace(b, unit=a.unit) if b.unit == shift else in_unit(b, a, DOING[name])
        unit_name = a.unit if b.unit == shift else units.difference(a.unit, c.unit, name == "add")
        if name == "add":
            return derived(WORK.add(a.value, c.value), unit_name, a.interval + c.interval, lineage, (a, b))
        return derived(WORK.subtract(a.value, c.value), unit_name, a.interval - c.interval, lineage, (a, b))
    if name == "mul":
        value, interval, sign = WORK.multiply(a.value, b.value), a.interval * b.interval, 1
    else:
        if b.value == 0:
            raise ZeroDivisionError(f"cannot divide {called(a)} by {called(b)}, which is zero")
        value, interval, sign = WORK.divide(a.value, b.value), a.interval / b.interval, -1
    unit_name, factor = units.product(a.unit, b.unit, sign)
    return derived(scaled(value, factor), unit_name, interval.scaled(factor), lineage, (a, b))


def _running_sum(first: Quantity, more: Quantity) -> Op:
    """Return a sum's lineage: a running sum is one step of many parts, so that columns stay shallow."""
    before = first.lineage
    if isinstance(before, Op) and before.name in ("add", "sum") and len(before.args) < _LONGEST:
        return Op("sum", (*before.args, expression(more)))
    return Op("add", (expression(first), expression(more)))


def power(base: object, exponent: object) -> Quantity:
    """Raise a quantity to a power; the exponent is a pure number.

    Raises
    ------
    UnitMismatch
        Where the exponent has a unit, or a base with a unit has an exponent that is not exact.
    """
    a, b = operand(base), operand(exponent)
    if b.unit != units.PURE:
        raise UnitMismatch(f"{called(b)} cannot be an exponent: it has a unit")
    lineage = Op("pow", (expression(a), expression(b)))
    if a.unit != units.PURE and not b.interval.is_point:
        raise UnitMismatch(f"{called(a)} has a unit, so its exponent must be exact")
    name, factor = units.power(a.unit, Fraction(b.value)) if a.unit != units.PURE else (a.unit, Fraction(1))
    interval = a.interval.power(b.interval if not b.interval.is_point else Fraction(b.value)).scaled(factor)
    return derived(scaled(WORK.power(a.value, b.value), factor), name, interval, lineage, (a, b))
