"""The relations of a report: those that notebooks declare, and those that the data show by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tieout import units
from tieout.discovery import discover
from tieout.interval import WORK
from tieout.lineage import Const, Expr, Op, from_json, inputs
from tieout.quantity import Quantity
from tieout.quantity import evaluate as compute
from tieout.reconcile import UNCOMPUTABLE, Lookup, expanded
from tieout.relation import Outcome, Relation, evaluate

__all__ = ["Outcome", "Relation", "declared", "discover", "evaluate", "merged"]

_KEYS = ("id", "statement", "left", "right")


def declared(bundle: Any, path: str = "", line: int | None = None, cell: int | None = None) -> Relation:
    """Read a relation that a notebook stored.

    Parameters
    ----------
    bundle
        What `tieout.session.relate` put into the output.
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
    found = list(discovered)
    keys = [_key(relation, lookup) for relation in found]
    kept: list[Relation] = []
    taken: set[int] = set()
    seen: set[Any] = set()
    for relation in declared:
        key = _key(relation, lookup)
        if key in seen:
            continue
        seen.add(key)
        for index, other in enumerate(keys):
            if key == other:
                taken.add(index)
                relation = replace(relation, others=found[index].others)
        kept.append(relation)
    return kept + [relation for index, relation in enumerate(found) if index not in taken]


def _key(relation: Relation, lookup: Lookup | None) -> Any:
    """Return what two relations share that compare the same: both sides, in any order."""
    if relation.sides:
        return relation.id
    return frozenset(_side_key(side, lookup) for side in (relation.left, relation.right))


def _side_key(expr: Expr, lookup: Lookup | None) -> Any:
    if lookup is None:
        return expr
    expr = expanded(expr, lookup)
    try:
        value = compute(expr, lookup)
        parts = [lookup(id) for id in inputs(expr)]
    except UNCOMPUTABLE:
        return expr
    size, dimensions = units.root(value.unit)
    ends = (value.value, value.interval.low, value.interval.high)
    numbers = tuple(None if end is None else f"{_scaled(end, size):.20e}" for end in ends)
    return _inexact(parts), dimensions, numbers


def _scaled(value: Decimal, size: Fraction) -> Decimal:
    return WORK.divide(WORK.multiply(value, Decimal(size.numerator)), Decimal(size.denominator))


def _inexact(parts: Iterable[Quantity]) -> frozenset[str | None]:
    """Return the ids of numbers that are not exact: ``6`` and an entry that says six years are the same."""
    return frozenset(part.id for part in parts if not part.interval.is_point)
