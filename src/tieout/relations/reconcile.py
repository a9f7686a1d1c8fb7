"""What would bring two sides that disagree together: other periods, end points or ways of rounding."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tieout.numbers import (
    DOWN,
    UP,
    Const,
    Expr,
    Interval,
    Leaf,
    Op,
    Quantity,
    UnitMismatch,
    evaluate,
    growth_periods,
    power,
)
from tieout.numbers.units import factor
from tieout.problems import InputError

Lookup = Callable[[str], Quantity]
Mode = Literal["truncated", "raised", "either"]
NEIGHBOURS = (-1, 1, -2, 2)
MODES: tuple[Mode, ...] = ("truncated", "raised", "either")
UNCOMPUTABLE = (InputError, UnitMismatch, ArithmeticError, ValueError, TypeError)
_FIRM = frozenset(("exact", "approx", "at-least", "at-most"))


@dataclass(frozen=True)
class Attempt:
    """One other reading of a computed side.

    Parameters
    ----------
    kind
        ``periods``: a neighbouring number of them; ``ends``: other end points; ``rounding``: another way.
    value
        What the computed side is under this reading.
    reconciles
        Whether it then shares a value with the other side.
    core
        The growth rate or ratio that was computed instead; None for ``rounding``.
    mode
        How digits were cut; empty for the others.
    """

    kind: Literal["periods", "ends", "rounding"]
    value: Quantity
    reconciles: bool
    core: Op | None = None
    mode: str = ""


@dataclass(frozen=True)
class Needed:
    """What one input would have to be for the two sides to agree.

    Parameters
    ----------
    kind
        ``periods``, ``start`` or ``end``.
    value
        The values that it could have; of ``periods``, a pure number.
    """

    kind: Literal["periods", "start", "end"]
    value: Quantity


def agree(left: Quantity, right: Quantity) -> bool:
    """Whether two quantities share a value, compared without any rounding.

    Raises
    ------
    UnitMismatch
        Where the two measure different things.
    """
    if left.unit == right.unit:
        return left.interval.intersects(right.interval)
    by = factor(right.unit, left.unit)
    mine, theirs = left.interval, right.interval
    starts_below = mine.low is None or theirs.high is None or Fraction(mine.low) <= Fraction(theirs.high) * by
    ends_above = mine.high is None or theirs.low is None or Fraction(theirs.low) * by <= Fraction(mine.high)
    return starts_below and ends_above


def expanded(expr: Expr, lookup: Lookup, within: frozenset[str] = frozenset()) -> Expr:
    """Write out the formulas of recorded quantities, down to what is stated or assumed."""
    if isinstance(expr, Op):
        return Op(expr.name, tuple(expanded(arg, lookup, within) for arg in expr.args))
    if isinstance(expr, Leaf) and expr.id not in within:
        try:
            formula = lookup(expr.id).formula
        except InputError:
            return expr
        if formula is not None:
            return expanded(formula, lookup, within | {expr.id})
    return expr


def core(expr: Expr) -> Expr:
    """Return the operation under conversions of its unit."""
    while isinstance(expr, Op) and expr.name == "to":
        expr = expr.args[0]
    return expr


def is_growth(expr: Expr) -> bool:
    """Whether a side is a growth rate or a ratio, so that it has end points."""
    inner = core(expr)
    return isinstance(inner, Op) and inner.name in ("growth_rate", "ratio")


def with_core(expr: Expr, new: Expr) -> Expr:
    """Return the same conversions around another operation."""
    if isinstance(expr, Op) and expr.name == "to":
        return Op("to", (with_core(expr.args[0], new), *expr.args[1:]))
    return new


def attempts(stated: Quantity, expr: Expr, lookup: Lookup, others: Sequence[Op]) -> Iterator[Attempt]:
    """Try what is near on the computed side: other numbers of periods, then other end points."""
    inner = core(expr)
    candidates: list[tuple[Literal["periods", "ends"], Op]] = []
    if isinstance(inner, Op) and inner.name == "growth_rate":
        count = _value(inner.args[2], lookup)
        if count is not None and count == count.to_integral_value():
            for step in NEIGHBOURS:
                if count + step > 0:
                    periods = Const(f"{count + step:f}")
                    candidates.append(("periods", Op(inner.name, (*inner.args[:2], periods))))
    candidates += [("ends", other) for other in others]
    for kind, new in candidates:
        value = computed(with_core(expr, new), lookup, stated.unit)
        if value is not None:
            yield Attempt(kind, value, agree(stated, value), new)


def loosened(quantity: Quantity, mode: Mode) -> Quantity:
    """Return a rounded number as if its digits had been cut off, raised, or either.

    What was stated as exact, approximate, a bound or a range stays as it is.
    """
    width = quantity.interval.width
    words = set(quantity.qualifier.split("+"))
    if quantity.kind != "stated" or quantity.is_range or not width or words & _FIRM:
        return quantity
    value = quantity.value
    outward = (value >= 0) == (mode == "truncated")
    low = value if outward and mode != "either" else DOWN.subtract(value, width)
    high = value if not outward and mode != "either" else UP.add(value, width)
    return replace(quantity, interval=Interval(low, high))


def needed(stated: Quantity, expr: Expr, lookup: Lookup) -> Iterator[Needed]:
    """Solve a growth rate or a ratio for each of its inputs, so that it gives what is stated."""
    inner = core(expr)
    try:
        if isinstance(inner, Op) and inner.name == "growth_rate":
            start, end, count = (evaluate(arg, lookup) for arg in inner.args)
            yield from _needed_of_rate(stated, start, end, count)
        elif isinstance(inner, Op) and inner.name == "ratio":
            end, start = (evaluate(arg, lookup) for arg in inner.args)
            multiple = stated.to("1")
            yield Needed("end", start * multiple)
            yield Needed("start", end / multiple)
    except UNCOMPUTABLE:
        return


def _needed_of_rate(stated: Quantity, start: Quantity, end: Quantity, count: Quantity) -> Iterator[Needed]:
    growth = stated.to("1") + 1
    with suppress(ValueError):  # only one of the two grows
        yield Needed("periods", growth_periods(start, end, stated))
    whole = power(growth, count.value)
    yield Needed("end", start * whole)
    yield Needed("start", end / whole)


def computed(expr: Expr, lookup: Lookup, unit: str) -> Quantity | None:
    """Compute a side in a unit; None where it cannot be computed."""
    try:
        return evaluate(expr, lookup).to(unit)
    except UNCOMPUTABLE:
        return None


def _value(expr: Expr, lookup: Lookup) -> Decimal | None:
    try:
        return evaluate(expr, lookup).value
    except UNCOMPUTABLE:
        return None
