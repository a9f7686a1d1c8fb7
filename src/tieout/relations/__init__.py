"""The relations of a report: those that notebooks declare, and those that the data show by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tieout.numbers import WORK, Const, Expr, Leaf, Op, Quantity, from_json, inputs, units
from tieout.numbers import evaluate as compute
from tieout.relations.discovery import discover
from tieout.relations.reconcile import UNCOMPUTABLE, Lookup, expanded
from tieout.relations.relation import Outcome, Relation, as_recorded, evaluate

__all__ = ["Outcome", "Relation", "as_recorded", "declared", "discover", "evaluate", "merged"]

_KEYS = ("id", "statement", "left", "right")


def declared(bundle: Any, path: str = "", line: int | None = None, cell: int | None = None) -> Relation:
    """Read a relation that a notebook stored.

    Parameters
    ----------
    bundle
        What `tieout.authoring.relate` put into the output.
    path, line, cell
        Where it stands.

    Raises
    ------
    ValueError
        It is not what `relate` stores; in words.
    """
    if not isinstance(bundle, Mapping):
        raise ValueError("the stored relation is no object")
    for key in _KEYS:
        if key not in bundle:
            raise ValueError(f"the stored relation has no {key}")
    id, statement, note = (bundle.get(key, "") for key in ("id", "statement", "note"))
    if not all(isinstance(text, str) for text in (id, statement, note)) or not id:
        raise ValueError("the stored relation has an id, a statement or a note that is no text")
    left, right = (_side(bundle[key]) for key in ("left", "right"))
    return Relation(id, statement, left, right, note, "declared", path, line, cell)


def _side(data: Any) -> Expr:
    expr = from_json(data)
    _checked(expr)
    return expr


def _checked(expr: Expr) -> None:
    if isinstance(expr, Op):
        if expr.name == "to" and not isinstance(expr.args[1], Const):
            raise ValueError("the stored relation converts to something that is no unit")
        for arg in expr.args:
            _checked(arg)


def merged(
    declared: Iterable[Relation], discovered: Iterable[Relation], lookup: Lookup | None = None
) -> list[Relation]:
    """Return all relations, each once: where both compare the same two sides, the declared one counts.

    Parameters
    ----------
    lookup
        Gives the quantity of an id: with it, a recorded quantity is the same as its formula written out.
    """
    found = {_key(relation, lookup): relation for relation in discovered}
    kept: dict[Any, Relation] = {}
    for relation in declared:
        key = _key(relation, lookup)
        twin = found.pop(key, None)
        kept.setdefault(key, replace(relation, others=twin.others) if twin else relation)
    return [*kept.values(), *found.values()]


def _key(relation: Relation, lookup: Lookup | None) -> Any:
    """Return what two relations share that compare the same: the numbers they lean on, and how these differ.

    Terms may stand on either side: parts that make a whole, or one part that is what the others leave.
    """
    if relation.sides:
        return relation.id
    sides = frozenset((relation.left, relation.right))
    if lookup is None:
        return sides
    left, right = (_plain(expanded(side, lookup), lookup) for side in (relation.left, relation.right))
    try:
        difference = _difference(compute(left, lookup), compute(right, lookup))
    except UNCOMPUTABLE:
        return sides
    return frozenset((*inputs(left), *inputs(right))), difference


def _plain(expr: Expr, lookup: Lookup) -> Expr:
    """Write an exact number of periods as its digits: ``6`` and an entry that says six years are the same."""
    if not isinstance(expr, Op):
        return expr
    *args, last = (_plain(arg, lookup) for arg in expr.args)
    if expr.name == "growth_rate" and isinstance(last, Leaf):
        try:
            count = lookup(last.id)
        except UNCOMPUTABLE:
            return expr
        if count.interval.is_point:
            last = Const(f"{count.value:f}")
    return Op(expr.name, (*args, last))


def _difference(left: Quantity, right: Quantity) -> Any:
    """Return where the difference of two sides lies, whichever of them comes first."""
    (size, dimensions), (by, wanted) = units.root(left.unit), units.root(right.unit)
    if dimensions != wanted:
        raise units.UnitMismatch(f"{left.unit} and {right.unit}")
    a, b = left.interval, right.interval
    least = _minus(a.low, size, b.high, by)
    most = _minus(a.high, size, b.low, by)
    ends = [(least, most), (None if most is None else -most, None if least is None else -least)]
    return dimensions, tuple(sorted(f"{_written(low)} to {_written(high)}" for low, high in ends))


def _minus(one: Decimal | None, size: Fraction, other: Decimal | None, by: Fraction) -> Fraction | None:
    return None if one is None or other is None else Fraction(one) * size - Fraction(other) * by


def _written(end: Fraction | None) -> str:
    return "open" if end is None else f"{WORK.divide(Decimal(end.numerator), Decimal(end.denominator)):.15e}"
