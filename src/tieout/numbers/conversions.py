"""Which units a formula is written out in once more, so that a reader sees how its units become one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from tieout.numbers import units
from tieout.numbers.functions import evaluate
from tieout.numbers.lineage import Const, Expr, Leaf
from tieout.numbers.quantity import Quantity

ENDS = {"lower": "lower end", "upper": "upper end"}
GROWTH = ("growth_rate", "growth_periods")  # their third argument is no amount
Lookup = Callable[[str], Quantity]


def in_root(value: Fraction, unit: str) -> Fraction:
    """Return a number in root units; a temperature counts from absolute zero."""
    size, start = units.OFFSET.get(unit, (units.root(unit)[0], Fraction(0)))
    return value * size + start


def from_root(value: Fraction, unit: str) -> Fraction:
    """Return what a number in root units is in a unit."""
    size, start = units.OFFSET.get(unit, (units.root(unit)[0], Fraction(0)))
    return (value - start) / size


def conversions(expr: Expr, lookup: Lookup, result: str) -> Mapping[str, str]:
    """Return, for each name of a unit, in which other of its kind a formula is written out once more.

    What the result is in comes first, then what a compound unit holds, then the smallest. There is nothing
    to convert where the names cancel as they stand.
    """
    if _names(expr, lookup) == dict(_parts(result)):
        return {}
    wanted = [_base(name) for name, _ in units.parts(result)]
    kinds: dict[object, list[str]] = {}
    compound: set[str] = set()
    for unit in dict.fromkeys([*_leaf_units(expr, lookup), result]):
        names = [_base(name) for name, _ in units.parts(unit)]
        compound |= set(names) if len(names) > 1 else set()
        for name in names:
            dimensions = units.root(name)[1]
            if dimensions:
                kinds.setdefault(dimensions, []).append(name)
    found: dict[str, str] = {}
    for names in kinds.values():
        best = min(names, key=lambda name: (name not in wanted, name not in compound, units.root(name)[0]))
        found |= {name: best for name in names if name != best}
    return found


def _parts(unit: str) -> list[tuple[str, Fraction]]:
    """Return the names in a unit as readers see them: without what has no dimension."""
    return [(_base(name), power) for name, power in units.parts(unit) if units.root(name)[1]]


def _names(expr: Expr, lookup: Lookup) -> dict[str, Fraction] | None:
    """Return the names of the unit that a formula has as it stands; None where its parts differ."""
    if isinstance(expr, (Leaf, Const)) or expr.name in (*ENDS, "span"):
        found = dict[str, Fraction]()
        for name, power in _parts(evaluate(expr, lookup).unit):
            found[name] = found.get(name, Fraction(0)) + power
        return found
    if expr.name == "pow":
        base, exponent = _names(expr.args[0], lookup), Fraction(evaluate(expr.args[1], lookup).value)
        return None if base is None else {name: power * exponent for name, power in base.items() if exponent}
    args = expr.args[:1] if expr.name == "to" else expr.args[:2] if expr.name in GROWTH else expr.args
    sides = [_names(arg, lookup) for arg in args]
    first = sides[0]
    if first is None or any(side is None for side in sides):
        return None
    if expr.name in ("mul", "div", "share", "ratio", *GROWTH):
        sign = 1 if expr.name == "mul" else -1
        other = sides[1] or {}
        powers = {
            name: first.get(name, Fraction(0)) + sign * other.get(name, Fraction(0))
            for name in {*first, *other}
        }
        return {name: power for name, power in powers.items() if power}
    return first if all(side == first for side in sides) else None


def _base(name: str) -> str:
    of = units.multiple(name)
    return of[1] if of else name


def _leaf_units(expr: Expr, lookup: Lookup) -> list[str]:
    if isinstance(expr, Leaf):
        return [lookup(expr.id).unit]
    if isinstance(expr, Const):
        return []
    if expr.name in ENDS:
        return [evaluate(expr.args[0], lookup).unit]
    if expr.name == "span":
        return [evaluate(expr, lookup).unit]
    args = expr.args[:1] if expr.name == "to" else expr.args[:2] if expr.name in GROWTH else expr.args
    return [unit for arg in args for unit in _leaf_units(arg, lookup)]


def converted(unit: str, targets: Mapping[str, str]) -> str:
    """Return a unit with each name in it replaced by its target."""
    powers: dict[str, Fraction] = {}
    unit = units.counted(unit)
    names = dict(units.parts(unit))
    if not any(_base(name) in targets for name in names):
        return unit
    for name, power in names.items():
        to = targets.get(_base(name), name)
        powers[to] = powers.get(to, Fraction(0)) + power
    return units.made_of(powers)
