"""Quantities: a number with unit, rounding interval and lineage; arithmetic on them keeps all three.

Everything is `Decimal`: computed with 50 digits, kept with 28, interval ends rounded outward.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import Literal

from tieout.machine.opened import OPENED
from tieout.numbers import units
from tieout.numbers.interval import NEAR, WORK, Interval, largest, smallest, stated_interval
from tieout.numbers.lineage import Const, Expr, Leaf, Op, from_json, inputs, plain, to_json, written
from tieout.numbers.precision import EXACT, Precision, last_unit
from tieout.numbers.spans import read_span, write_span
from tieout.numbers.units import UnitMismatch, UnknownUnit, register_units, unit

Kind = Literal["stated", "derived", "computed", "assumed"]
QUALIFIERS = ("exact", "rounded", "approx", "at-least", "at-most", "projected", "target")
_STATED = re.compile(r"[+-]?\d+(?:\.\d+)?")
_LONGEST = 1000

__all__ = [
    "Const", "Expr", "Interval", "Leaf", "Op", "Quantity", "UnitMismatch", "UnknownUnit", "evaluate",
    "from_json", "growth_rate", "inputs", "is_end", "lower", "maximum", "mean", "minimum", "plain", "power",
    "ratio", "register_units", "share", "span", "to_json", "total", "unit", "upper",
]  # fmt: skip


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
            _kept(value), name, interval, "+".join(words), leaf, "stated", id, label,
            text=text.strip(), scale=scale, is_range=span is not None,
            precision=_kept(last) if {EXACT, "at-least", "at-most"}.isdisjoint(words) else None,
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
        kept = _kept(WORK.divide(Decimal(number.numerator), Decimal(number.denominator)))
        return cls(
            kept, name, Interval.point(kept), "exact" if exact else "rounded", None, "computed", scale=scale
        )

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
        lineage = Op("to", (_expr(self), Const(name)))
        try:
            if {self.unit, name} & units.OFFSET.keys():
                ends = (self._shifted(end, name) for end in (self.interval.low, self.interval.high))
                value = self._shifted(self.value, name)
                assert value is not None
                return self._kind_of(_derived(value, name, Interval(*ends), lineage, (self,), scale))
            factor = units.factor(self.unit, name)
        except UnitMismatch as error:
            raise UnitMismatch(f"{_name(self)}: {error}") from None
        value = _scaled(self.value, factor)
        converted = self._kind_of(
            _derived(value, name, self.interval.scaled(factor), lineage, (self,), scale)
        )
        if self.precision is None or self.text is not None:
            return converted
        return replace(converted, precision=_kept(_scaled(self.precision, factor)))

    def _kind_of(self, converted: Quantity) -> Quantity:
        """Return a converted quantity as the range that it was, where its interval is that range."""
        return replace(converted, is_range=self.is_range and self.span == self.interval, level=self.level)

    def _shifted(self, value: Decimal | None, name: str) -> Decimal | None:
        if value is None:
            return None
        moved = units.shifted(Fraction(value), self.unit, name)
        return _kept(WORK.divide(Decimal(moved.numerator), Decimal(moved.denominator)))

    def __add__(self, other: Operand) -> Quantity:
        return _combine("add", self, other)

    def __radd__(self, other: Operand) -> Quantity:
        return self if other == 0 and type(other) is int else _combine("add", other, self)  # as `sum` begins

    def __sub__(self, other: Operand) -> Quantity:
        return _combine("sub", self, other)

    def __rsub__(self, other: Operand) -> Quantity:
        return _combine("sub", other, self)

    def __mul__(self, other: Operand) -> Quantity:
        return _combine("mul", self, other)

    def __rmul__(self, other: Operand) -> Quantity:
        return _combine("mul", other, self)

    def __truediv__(self, other: Operand) -> Quantity:
        return _combine("div", self, other)

    def __rtruediv__(self, other: Operand) -> Quantity:
        return _combine("div", other, self)

    def __pow__(self, exponent: Operand) -> Quantity:
        return power(self, exponent)

    def __float__(self) -> float:
        """Return its value in its canonical unit: the lineage ends here, and what it read is kept."""
        OPENED.release()
        return float(self.value)

    def __lt__(self, other: object) -> bool:
        """Whether its value is the smaller, in one unit."""
        return self.value < _in_unit(_operand(other), self, "compare").value

    def __gt__(self, other: object) -> bool:
        """Whether its value is the greater, in one unit."""
        return self.value > _in_unit(_operand(other), self, "compare").value

    def __neg__(self) -> Quantity:
        return _derived(-self.value, self.unit, -self.interval, Op("neg", (_expr(self),)), (self,))


Operand = Quantity | int | float | Decimal | str


def _kept(value: Decimal) -> Decimal:
    rounded = NEAR.plus(value)
    return (
        rounded.quantize(Decimal(1))
        if rounded == rounded.to_integral_value() and rounded.adjusted() < 28
        else rounded.normalize()
    )


def _scaled(value: Decimal, factor: Fraction) -> Decimal:
    return WORK.divide(WORK.multiply(value, Decimal(factor.numerator)), Decimal(factor.denominator))


def _name(quantity: Quantity) -> str:
    shown = quantity.id or (written(quantity.lineage) if quantity.lineage else str(quantity.value))
    return f"{shown} ({units.spoken(quantity.unit)})"


def _expr(quantity: Quantity) -> Expr:
    return quantity.lineage or Const(f"{quantity.value:f}")


def _operand(value: object) -> Quantity:
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


def _derived(
    value: Decimal,
    name: str,
    interval: Interval,
    lineage: Expr,
    of: Iterable[Quantity],
    scale: Decimal | None = None,
) -> Quantity:
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
    return Quantity(_kept(value), name, interval, "+".join(qualifier) or "rounded", lineage, scale=shown)


def _in_unit(part: Quantity, target: Quantity, doing: str) -> Quantity:
    """Bring an operand to another's unit, without a step of its own in the lineage."""
    if part.unit == target.unit:
        return part
    try:
        factor = units.factor(part.unit, target.unit)
    except UnitMismatch:
        raise UnitMismatch(
            f"cannot {doing} {_name(target)} and {_name(part)}: their units do not fit"
        ) from None
    return replace(
        part, value=_scaled(part.value, factor), interval=part.interval.scaled(factor), unit=target.unit
    )


_DOING = {
    "add": "add", "sub": "subtract", "sum": "add", "mean": "average", "min": "compare", "max": "compare",
}  # fmt: skip


def _combine(name: str, left: object, right: object) -> Quantity:
    a, b = _operand(left), _operand(right)
    lineage = _running_sum(a, b) if name == "add" else Op(name, (_expr(a), _expr(b)))
    if name in ("add", "sub"):
        shift = f"delta_{a.unit}"
        c = replace(b, unit=a.unit) if b.unit == shift else _in_unit(b, a, _DOING[name])
        unit_name = a.unit if b.unit == shift else units.difference(a.unit, c.unit, name == "add")
        if name == "add":
            return _derived(WORK.add(a.value, c.value), unit_name, a.interval + c.interval, lineage, (a, b))
        return _derived(WORK.subtract(a.value, c.value), unit_name, a.interval - c.interval, lineage, (a, b))
    if name == "mul":
        value, interval, sign = WORK.multiply(a.value, b.value), a.interval * b.interval, 1
    else:
        if b.value == 0:
            raise ZeroDivisionError(f"cannot divide {_name(a)} by {_name(b)}, which is zero")
        value, interval, sign = WORK.divide(a.value, b.value), a.interval / b.interval, -1
    unit_name, factor = units.product(a.unit, b.unit, sign)
    return _derived(_scaled(value, factor), unit_name, interval.scaled(factor), lineage, (a, b))


def _running_sum(first: Quantity, more: Quantity) -> Op:
    """Return a sum's lineage: a running sum is one step of many parts, so that columns stay shallow."""
    before = first.lineage
    if isinstance(before, Op) and before.name in ("add", "sum") and len(before.args) < _LONGEST:
        return Op("sum", (*before.args, _expr(more)))
    return Op("add", (_expr(first), _expr(more)))


def _several(quantities: Iterable[object], name: str) -> tuple[list[Quantity], Expr, list[Quantity]]:
    parts = [_operand(item) for item in quantities]
    if not parts:
        raise ValueError(f"nothing to {_DOING[name]}: give at least one quantity")
    lineage = Op(name, tuple(_expr(part) for part in parts))
    return [_in_unit(part, parts[0], _DOING[name]) for part in parts], lineage, parts


def total(quantities: Iterable[object]) -> Quantity:
    """Return the sum of several quantities, in the unit of the first."""
    fitted, lineage, parts = _several(quantities, "sum")
    value, interval = fitted[0].value, fitted[0].interval
    for part in fitted[1:]:  # each step is kept as `+` keeps it: a sum and a running sum are the same
        value, interval = _kept(WORK.add(value, part.value)), interval + part.interval
    return _derived(value, parts[0].unit, interval, lineage, parts)


def mean(quantities: Iterable[object]) -> Quantity:
    """Return the arithmetic mean, in the unit of the first."""
    fitted, lineage, parts = _several(quantities, "mean")
    summed = total(fitted)
    count = Fraction(1, len(parts))
    return _derived(
        _scaled(summed.value, count), parts[0].unit, summed.interval.scaled(count), lineage, parts
    )


def minimum(quantities: Iterable[object]) -> Quantity:
    """Return the smallest of several quantities."""
    fitted, lineage, parts = _several(quantities, "min")
    value = min(part.value for part in fitted)
    return _derived(value, parts[0].unit, smallest(part.interval for part in fitted), lineage, parts)


def maximum(quantities: Iterable[object]) -> Quantity:
    """Return the largest of several quantities."""
    fitted, lineage, parts = _several(quantities, "max")
    value = max(part.value for part in fitted)
    return _derived(value, parts[0].unit, largest(part.interval for part in fitted), lineage, parts)


def _quotient(name: str, part: object, whole: object, target: str) -> Quantity:
    a, b = _operand(part), _operand(whole)
    divided = _combine("div", a, _in_unit(b, a, "compare"))
    lineage = Op(name, (_expr(a), _expr(b)))
    factor = units.factor(divided.unit, target)
    return _derived(_scaled(divided.value, factor), target, divided.interval.scaled(factor), lineage, (a, b))


def share(part: object, whole: object) -> Quantity:
    """Return what percentage of a whole a part is."""
    return _quotient("share", part, whole, "percent")


def ratio(a: object, b: object) -> Quantity:
    """Return how many times ``b`` goes into ``a``, as a pure number."""
    return _quotient("ratio", a, b, units.PURE)


def power(base: object, exponent: object) -> Quantity:
    """Raise a quantity to a power; the exponent is a pure number.

    Raises
    ------
    UnitMismatch
        Where the exponent has a unit, or a base with a unit has an exponent that is not exact.
    """
    a, b = _operand(base), _operand(exponent)
    if b.unit != units.PURE:
        raise UnitMismatch(f"{_name(b)} cannot be an exponent: it has a unit")
    lineage = Op("pow", (_expr(a), _expr(b)))
    if a.unit != units.PURE and not b.interval.is_point:
        raise UnitMismatch(f"{_name(a)} has a unit, so its exponent must be exact")
    name, factor = units.power(a.unit, Fraction(b.value)) if a.unit != units.PURE else (a.unit, Fraction(1))
    interval = a.interval.power(b.interval if not b.interval.is_point else Fraction(b.value)).scaled(factor)
    return _derived(_scaled(WORK.power(a.value, b.value), factor), name, interval, lineage, (a, b))


def growth_rate(start: object, end: object, periods: object) -> Quantity:
    """Return the compound growth rate, in percent a period: ``(end / start) ** (1 / periods) - 1``.

    ``periods`` is a count, or a duration whose unit is the period (``6 year`` gives percent a year).
    """
    first, last, count = _operand(start), _operand(end), _operand(periods)
    if count.value <= 0:
        raise ValueError(f"{_name(count)}: the number of periods must be above zero")
    multiple = ratio(last, first)
    value = WORK.subtract(WORK.power(multiple.value, WORK.divide(Decimal(1), count.value)), Decimal(1))
    interval = (multiple.interval.root(count.interval) - Interval.point(1)).scaled(Fraction(100))
    lineage = Op("growth_rate", (_expr(first), _expr(last), _expr(count)))
    return _derived(WORK.multiply(value, Decimal(100)), "percent", interval, lineage, (first, last, count))


def lower(quantity: object) -> Quantity:
    """Return the least value that a quantity's interval allows, as a number of its own.

    It is shown with no more digits than say how wide the interval is.
    """
    return _end("lower", _operand(quantity))


def upper(quantity: object) -> Quantity:
    """Return the greatest value that a quantity's interval allows, as a number of its own: see `lower`."""
    return _end("upper", _operand(quantity))


def span(low: object, high: object, unit: str = "") -> Quantity:
    """Return the range from one number to another.

    Parameters
    ----------
    unit
        The unit of ends that have none of their own; else the one to bring them to.

    Raises
    ------
    ValueError
        It runs downward.
    UnitMismatch
        The ends measure different things.
    """
    a, b = _operand(low), _operand(high)
    same = a.scale if a.scale == b.scale else Decimal(1)
    scale, name = units.canonical(unit) if unit else (same, a.unit)
    first, last = (_span_end(each, name, scale) for each in (a, b))
    lineage = Op("span", (_expr(a), _expr(b), Const(unit or name)))
    bottom, top = first.value, last.value
    if bottom > top:
        raise ValueError(f"the range runs downward, from {plain(bottom)} to {plain(top)}")
    value = WORK.divide(WORK.add(bottom, top), Decimal(2))
    digits = [each.lineage.text for each in (a, b) if isinstance(each.lineage, Const)]
    text = write_span(*digits) if len(digits) == 2 else None
    return Quantity(
        _kept(value), name, Interval(bottom, top), "rounded", lineage, text=text, scale=scale, is_range=True
    )


def _span_end(end: Quantity, name: str, scale: Decimal) -> Quantity:
    if end.unit == units.PURE != name and isinstance(end.lineage, Const):
        return replace(end, value=_kept(WORK.multiply(end.value, scale)), unit=name)
    return end if end.unit == name else end.to(name)


def is_end(quantity: Quantity) -> bool:
    """Whether a quantity is computed from an end of an interval: then it is a limit, and nothing exact."""
    waiting = [quantity.formula or quantity.lineage]
    while waiting:
        expr = waiting.pop()
        if isinstance(expr, Op):
            if expr.name in ("lower", "upper"):
                return True
            waiting += expr.args
    return False


def _end(name: str, of: Quantity) -> Quantity:
    end = of.interval.low if name == "lower" else of.interval.high
    if end is None:
        raise ValueError(f"the interval of {_name(of)} has no {name} end")
    width = of.interval.width
    fine = Decimal(1).scaleb(width.adjusted() - 1) if width else None
    point = _derived(end, of.unit, Interval.point(end), Op(name, (_expr(of),)), (), of.scale)
    return replace(point, precision=fine)


_FUNCTIONS: dict[str, Callable[..., Quantity]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b, "neg": lambda a: -a, "sum": lambda *parts: total(parts),
    "mean": lambda *parts: mean(parts), "min": lambda *parts: minimum(parts),
    "max": lambda *parts: maximum(parts), "pow": power, "share": share, "ratio": ratio,
    "growth_rate": growth_rate, "lower": lower, "upper": upper,
}  # fmt: skip


def evaluate(expr: Expr, lookup: Callable[[str], Quantity]) -> Quantity:
    """Compute a formula anew from the quantities that ``lookup`` gives for its ids."""
    if isinstance(expr, Leaf):
        return lookup(expr.id)
    if isinstance(expr, Const):
        return _operand(expr.text)
    if expr.name == "to":
        assert isinstance(expr.args[1], Const)
        return evaluate(expr.args[0], lookup).to(expr.args[1].text)
    if expr.name == "span":
        first, last, named = expr.args
        assert isinstance(named, Const)
        return span(evaluate(first, lookup), evaluate(last, lookup), named.text)
    return _FUNCTIONS[expr.name](*(evaluate(arg, lookup) for arg in expr.args))
