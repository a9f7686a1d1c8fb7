"""Printed formulas: how a number was computed, in amounts with units, so that it evaluates as printed.

`=` stands where what is before it makes exactly what is after it, `≈` where a digit was rounded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from tieout.numbers import units
from tieout.numbers.amounts import Written, exact, write, write_stated
from tieout.numbers.conversions import ENDS, Lookup, conversions, converted, from_root, in_root
from tieout.numbers.functions import evaluate
from tieout.numbers.lineage import Const, Expr, Leaf, Op, inputs
from tieout.numbers.quantity import Quantity
from tieout.numbers.sides import Atom, Side, Term, Work, render, size
from tieout.numbers.wording import with_unit

_TRIES = (4, 5, 6, 8, 10, 13, 17, 22, 28)
_MANY = 8


@dataclass(frozen=True)
class Operand:
    """What a formula starts from: an entry, what it is called, and its amount."""

    id: str
    label: str
    amount: str

    def to_json(self) -> dict[str, str]:
        """Return it as `ledger.json` holds it."""
        return {"id": self.id, "label": self.label, "amount": self.amount}


@dataclass(frozen=True)
class Formula:
    """A formula as readers see it.

    Parameters
    ----------
    sides
        What equals what: as computed, with all units made one, and the result. None where the only thing
        to say would be that a number is itself.
    operands
        The entries that it starts from.
    """

    sides: tuple[Side, ...]
    operands: tuple[Operand, ...]

    @property
    def text(self) -> str:
        """The formula in a line: ``10 min ÷ 30 s = 600 s ÷ 30 s = 20``."""
        return " ".join(f"{side.sign} {side.text}".strip() for side in self.sides)


def formula(expr: Expr, lookup: Lookup) -> Formula:
    """Write out how a number is computed.

    Inputs are printed with as many digits as the printed result needs to follow from them.

    Raises
    ------
    ValueError, ArithmeticError
        Where it cannot be computed.
    """
    result = evaluate(expr, lookup)
    unit = units.counted(result.unit)
    one = in_root(Fraction(1), unit) - in_root(Fraction(0), unit)
    known = {id: lookup(id) for id in inputs(expr)}
    if isinstance(expr, Op) and expr.name == "span":  # a range is told by its ends
        return Formula((), tuple(Operand(id, each.label or id, figure(each)) for id, each in known.items()))
    targets = conversions(expr, lookup, unit)
    last = write(from_root(size(_Terms(lookup, None, {}).of(expr)), unit), _TRIES[0])
    made = in_root(last.value, unit)
    for digits in _TRIES:
        plain, fitted = (_Terms(lookup, digits, each).of(expr) for each in ({}, targets))
        if all(abs(size(term) - made) <= last.slack * one for term in (plain, fitted)):
            break
    steps = [(render(term), size(term)) for term in (plain, fitted)]
    steps.append((with_unit(last.text, unit, last.scale, short=True), made))
    sides: list[Side] = []
    before = Fraction(0)
    for text, value in steps:
        if not sides or text != sides[-1].text:
            sides.append(Side("" if not sides else "=" if value == before else "≈", text))
            before = value
    operands = tuple(Operand(id, each.label or id, figure(each, digits)) for id, each in known.items())
    return Formula(tuple(sides) if len(sides) > 1 else (), operands)


def figure(quantity: Quantity, digits: int | None = _TRIES[0]) -> str:
    """Return a number as its source states it, or with so many significant digits."""
    if quantity.is_range:
        spanned = replace(quantity, interval=quantity.span)
        return _span(spanned.to(units.counted(quantity.unit)), digits)[0]
    quantity = quantity.to(units.counted(quantity.unit))
    written = write_stated(quantity) or write(exact(quantity.value), digits)
    return with_unit(written.text, quantity.unit, written.scale, short=True)


def _span(quantity: Quantity, digits: int | None) -> tuple[str, Written | None, Written | None]:
    """Return where a number may lie, ``$2.45 billion to $2.55 billion``, and the ends as printed."""
    low, high = (
        None if end is None else write(exact(end), digits)
        for end in (quantity.interval.low, quantity.interval.high)
    )
    texts = [
        with_unit(end.text, quantity.unit, end.scale, short=True) for end in (low, high) if end is not None
    ]
    if low is None or high is None:
        texts = [f"at {'most' if low is None else 'least'} {text}" for text in texts]
    return " to ".join(texts), low, high


@dataclass(frozen=True)
class _Terms:
    """Makes the terms of a formula: its amounts with so many digits, in units of one's choice."""

    lookup: Lookup
    digits: int | None
    targets: Mapping[str, str]

    def of(self, expr: Expr) -> Term:
        if isinstance(expr, Leaf):
            return self._leaf(self.lookup(expr.id))
        if isinstance(expr, Const):
            return self._atom(evaluate(expr, self.lookup))
        if expr.name == "to":
            return self.of(expr.args[0])
        if expr.name in ENDS:
            return self._end(expr.name, evaluate(expr.args[0], self.lookup))
        if expr.name == "span":
            return self._leaf(evaluate(expr, self.lookup))
        if expr.name == "growth_rate":
            start, end, periods = expr.args
            return Work("growth_rate", (self.of(start), self.of(end), self._bare(periods)))
        if expr.name in ("sum", "mean", "min", "max"):
            return self._several(expr)
        return Work(expr.name, tuple(map(self.of, expr.args)))

    def _leaf(self, quantity: Quantity) -> Atom:
        if not quantity.is_range:
            return self._atom(quantity)
        quantity = self._fitted(replace(quantity, interval=quantity.span))
        text, low, high = _span(quantity, self.digits)
        assert low is not None and high is not None
        return Atom(f"middle of ({text})", in_root((low.value + high.value) / 2, quantity.unit))

    def _fitted(self, quantity: Quantity) -> Quantity:
        name = converted(quantity.unit, self.targets)
        return quantity if name == quantity.unit else quantity.to(name)

    def _atom(self, quantity: Quantity) -> Atom:
        name = converted(quantity.unit, self.targets)
        value = exact(quantity.value) * units.factor(quantity.unit, name)
        same = name == quantity.unit
        written = (write_stated(quantity) if same else None) or write(value, self.digits)
        return self._written(written, name)

    def _written(self, written: Written, unit: str) -> Atom:
        text = with_unit(written.text, unit, written.scale, short=True)
        return Atom(text, in_root(written.value, unit), " " in text or unit != units.PURE, " / " in unit)

    def _end(self, name: str, of: Quantity) -> Atom:
        of = self._fitted(of)
        text, low, high = _span(of, self.digits)
        end = low if name == "lower" else high
        if end is None:
            raise ValueError(f"the interval of {text or 'a number'} has no {name} end")
        return Atom(f"{ENDS[name]} of ({text})", in_root(end.value, of.unit))

    def _bare(self, expr: Expr) -> Atom:
        """Return how many periods there are: a count, whatever its unit."""
        count = evaluate(expr, self.lookup)
        written = write_stated(count) or write(exact(count.value), self.digits)
        text = f"{written.text} {written.scale}".strip()
        return Atom(text, written.value)

    def _several(self, expr: Op) -> Term:
        args = expr.args
        while isinstance(args[0], Op) and args[0].name == expr.name == "sum":  # a running sum in pieces
            args = (*args[0].args, *args[1:])
        if len(args) <= _MANY:
            return Work(expr.name, tuple(map(self.of, args)))
        # The middle is told as one amount: readers can follow the formula, and it still evaluates.
        name = "sum" if expr.name == "mean" else expr.name
        middle = args[_MANY - 2 : -1]
        unit = converted(evaluate(args[0], self.lookup).unit, self.targets)
        rest = size(Work(name, tuple(map(_Terms(self.lookup, None, {}).of, middle))))
        others = self._written(write(from_root(rest, unit), self.digits), unit)
        within = Atom(f"({len(middle):,} others: {others.text})", others.size)
        many = Work(name, (*map(self.of, args[: _MANY - 2]), within, self.of(args[-1])))
        if expr.name != "mean":
            return many
        count = Fraction(len(args))
        return Work("div", (many, Atom(write(count, None).text, count)))
