"""What is computed of quantities beside the four operations: totals, shares, growth, ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tieout.numbers import units
from tieout.numbers.interval import DOWN, UP, WORK, Interval, largest, smallest
from tieout.numbers.lineage import Const, Expr, Leaf, Op, plain
from tieout.numbers.quantity import (
    DOING,
    Quantity,
    called,
    combine,
    derived,
    expression,
    in_unit,
    kept,
    operand,
    power,
    scaled,
)
from tieout.numbers.spans import write_span


def _several(quantities: Iterable[object], name: str) -> tuple[list[Quantity], Expr, list[Quantity]]:
    parts = [operand(item) for item in quantities]
    if not parts:
        raise ValueError(f"nothing to {DOING[name]}: give at least one quantity")
    lineage = Op(name, tuple(expression(part) for part in parts))
    return [in_unit(part, parts[0], DOING[name]) for part in parts], lineage, parts


def total(quantities: Iterable[object]) -> Quantity:
    """Return the sum of several quantities, in the unit of the first."""
    fitted, lineage, parts = _several(quantities, "sum")
    value, interval = fitted[0].value, fitted[0].interval
    for part in fitted[1:]:  # each step is kept as `+` keeps it: a sum and a running sum are the same
        value, interval = kept(WORK.add(value, part.value)), interval + part.interval
    return derived(value, parts[0].unit, interval, lineage, parts)


def mean(quantities: Iterable[object]) -> Quantity:
    """Return the arithmetic mean, in the unit of the first."""
    fitted, lineage, parts = _several(quantities, "mean")
    summed = total(fitted)
    count = Fraction(1, len(parts))
    return derived(scaled(summed.value, count), parts[0].unit, summed.interval.scaled(count), lineage, parts)


def minimum(quantities: Iterable[object]) -> Quantity:
    """Return the smallest of several quantities."""
    fitted, lineage, parts = _several(quantities, "min")
    value = min(part.value for part in fitted)
    return derived(value, parts[0].unit, smallest(part.interval for part in fitted), lineage, parts)


def maximum(quantities: Iterable[object]) -> Quantity:
    """Return the largest of several quantities."""
    fitted, lineage, parts = _several(quantities, "max")
    value = max(part.value for part in fitted)
    return derived(value, parts[0].unit, largest(part.interval for part in fitted), lineage, parts)


def _quotient(name: str, part: object, whole: object, target: str) -> Quantity:
    a, b = operand(part), operand(whole)
    divided = combine("div", a, in_unit(b, a, "compare"))
    lineage = Op(name, (expression(a), expression(b)))
    factor = units.factor(divided.unit, target)
    return derived(scaled(divided.value, factor), target, divided.interval.scaled(factor), lineage, (a, b))


def share(part: object, whole: object) -> Quantity:
    """Return what percentage of a whole a part is."""
    return _quotient("share", part, whole, "percent")


def ratio(a: object, b: object) -> Quantity:
    """Return how many times ``b`` goes into ``a``, as a pure number."""
    return _quotient("ratio", a, b, units.PURE)


def growth_rate(start: object, end: object, periods: object) -> Quantity:
    """Return the compound growth rate, in percent a period: ``(end / start) ** (1 / periods) - 1``.

    ``periods`` is a count, or a duration whose unit is the period (``6 year`` gives percent a year).
    """
    first, last, count = operand(start), operand(end), operand(periods)
    if count.value <= 0:
        raise ValueError(f"{called(count)}: the number of periods must be above zero")
    multiple = ratio(last, first)
    value = WORK.subtract(WORK.power(multiple.value, WORK.divide(Decimal(1), count.value)), Decimal(1))
    interval = (multiple.interval.root(count.interval) - Interval.point(1)).scaled(Fraction(100))
    lineage = Op("growth_rate", (expression(first), expression(last), expression(count)))
    return derived(WORK.multiply(value, Decimal(100)), "percent", interval, lineage, (first, last, count))


def growth_periods(start: object, end: object, rate: object) -> Quantity:
    """Return how many periods growth at a rate takes: ``ln(end / start) / ln(1 + rate)``, a pure number.

    Raises
    ------
    ValueError
        The rate does not surely lead from the one to the other: it is of another sign, or may be zero.
    """
    first, last, pace = operand(start), operand(end), operand(rate)
    multiple, growth = ratio(last, first), pace.to(units.PURE) + 1
    ends = [(each.interval.low, each.interval.high) for each in (multiple, growth)]
    logs = [[end.ln(WORK) for end in pair if end is not None and end > 0] for pair in ends]
    if any(len(pair) < 2 or pair[0] * pair[1] <= 0 for pair in logs) or (logs[0][0] > 0) != (logs[1][0] > 0):
        raise ValueError(f"growth by {called(pace)} does not lead from {called(first)} to {called(last)}")
    (fewest, most), (slow, fast) = (sorted(map(Decimal.copy_abs, pair)) for pair in logs)
    value = WORK.divide(multiple.value.ln(WORK), growth.value.ln(WORK))
    interval = Interval(DOWN.divide(fewest, fast), UP.divide(most, slow))
    lineage = Op("growth_periods", (expression(first), expression(last), expression(pace)))
    return derived(value, units.PURE, interval, lineage, (first, last, pace))


def lower(quantity: object) -> Quantity:
    """Return the least value that a quantity's interval allows, as a number of its own.

    It is shown with no more digits than say how wide the interval is.
    """
    return _end("lower", operand(quantity))


def upper(quantity: object) -> Quantity:
    """Return the greatest value that a quantity's interval allows, as a number of its own: see `lower`."""
    return _end("upper", operand(quantity))


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
    a, b = operand(low), operand(high)
    same = a.scale if a.scale == b.scale else Decimal(1)
    scale, name = units.canonical(unit) if unit else (same, a.unit)
    first, last = (_span_end(each, name, scale) for each in (a, b))
    lineage = Op("span", (expression(a), expression(b), Const(unit or name)))
    bottom, top = first.value, last.value
    if bottom > top:
        raise ValueError(f"the range runs downward, from {plain(bottom)} to {plain(top)}")
    value = WORK.divide(WORK.add(bottom, top), Decimal(2))
    digits = [each.lineage.text for each in (a, b) if isinstance(each.lineage, Const)]
    text = write_span(*digits) if len(digits) == 2 else None
    return Quantity(
        kept(value), name, Interval(bottom, top), "rounded", lineage, text=text, scale=scale, is_range=True
    )


def _span_end(end: Quantity, name: str, scale: Decimal) -> Quantity:
    if end.unit == units.PURE != name and isinstance(end.lineage, Const):
        return replace(end, value=kept(WORK.multiply(end.value, scale)), unit=name)
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
        raise ValueError(f"the interval of {called(of)} has no {name} end")
    width = of.interval.width
    fine = Decimal(1).scaleb(width.adjusted() - 1) if width else None
    point = derived(end, of.unit, Interval.point(end), Op(name, (expression(of),)), (), of.scale)
    return replace(point, precision=fine)


_FUNCTIONS: dict[str, Callable[..., Quantity]] = {
    "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b,
    "div": lambda a, b: a / b, "neg": lambda a: -a, "sum": lambda *parts: total(parts),
    "mean": lambda *parts: mean(parts), "min": lambda *parts: minimum(parts),
    "max": lambda *parts: maximum(parts), "pow": power, "share": share, "ratio": ratio,
    "growth_rate": growth_rate, "growth_periods": growth_periods, "lower": lower, "upper": upper,
}  # fmt: skip


def evaluate(expr: Expr, lookup: Callable[[str], Quantity]) -> Quantity:
    """Compute a formula anew from the quantities that ``lookup`` gives for its ids."""
    if isinstance(expr, Leaf):
        return lookup(expr.id)
    if isinstance(expr, Const):
        return operand(expr.text)
    if expr.name == "to":
        assert isinstance(expr.args[1], Const)
        return evaluate(expr.args[0], lookup).to(expr.args[1].text)
    if expr.name == "span":
        first, last, named = expr.args
        assert isinstance(named, Const)
        return span(evaluate(first, lookup), evaluate(last, lookup), named.text)
    return _FUNCTIONS[expr.name](*(evaluate(arg, lookup) for arg in expr.args))
