"""One relation: an identity that should hold between quantities, and how it came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from tieout.numbers import Expr, Leaf, Op, Quantity, inputs, written
from tieout.numbers import evaluate as compute
from tieout.problems import InputError, Problem
from tieout.relations import reconcile
from tieout.relations.reconcile import Attempt, Lookup, Needed

Kind = Literal["declared", "repeated", "whole", "rate", "multiple", "difference", "share", "ratio"]
Status = Literal["holds", "fails", "undecided"]


@dataclass(frozen=True)
class Relation:
    """Two ways to the same number.

    Parameters
    ----------
    id
        Its id among relations: ``market.cagr.2024-2030``.
    statement
        What should hold, in words.
    left, right
        What is stated, and what follows from other numbers.
    note
        What a reader should know about it.
    kind
        ``declared`` by an author, or the rule of `tieout.relations.discovery` that found it.
    path, line, cell
        Where it is declared, or where the stated number stands; cells count from 1.
    others
        The right side with other end points, where the data have some.
    sides
        Both numbers themselves, where they are two forms of one entry and no formulas.
    """

    id: str
    statement: str
    left: Expr
    right: Expr
    note: str = ""
    kind: Kind = "declared"
    path: str = ""
    line: int | None = None
    cell: int | None = None
    others: tuple[Op, ...] = ()
    sides: tuple[Quantity, Quantity] | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Outcome:
    """How a relation came out.

    Parameters
    ----------
    status
        ``holds``: the intervals of both sides share a value; ``fails``: they do not; ``undecided``: a reason.
    left, right
        Both sides, the right one in the unit of the left; None where one cannot be computed.
    gap
        How far the intervals are apart, in that unit; None unless it fails.
    reconciled
        What would make both sides agree, in words.
    reason
        Why it cannot be decided.
    entries
        Every entry that it leans on, those of the formulas of recorded quantities too.
    worked
        Both sides with the formulas of recorded quantities written out.
    attempts, needed
        Other readings that were tried, and what single inputs would have to be.
    problems
        What is wrong with the relation itself: it names an entry that is none.
    name
        What ids of its own numbers begin with, once a finding has named them; else empty.
    """

    relation: Relation
    status: Status
    left: Quantity | None = None
    right: Quantity | None = None
    gap: Decimal | None = None
    reconciled: tuple[str, ...] = ()
    reason: str = ""
    entries: tuple[str, ...] = ()
    worked: tuple[Expr, Expr] | None = None
    attempts: tuple[Attempt, ...] = ()
    needed: tuple[Needed, ...] = ()
    problems: tuple[Problem, ...] = ()
    name: str = ""


# Of a number that a computer rounded so many digits are taken for certain.
CERTAIN_DIGITS = 15


def _as_computed(lookup: Lookup) -> Lookup:
    """Return numbers that code computed as finely as computers know them: 0.1 + 0.2 is 0.3."""

    def found(id: str) -> Quantity:
        quantity = lookup(id)
        rounded = quantity.kind == "computed" and quantity.qualifier == "rounded" and quantity.value
        if not rounded or not quantity.interval.is_point:
            return quantity
        return quantity.known_to(Decimal(1).scaleb(quantity.value.adjusted() - CERTAIN_DIGITS + 1))

    return found


def evaluate(relation: Relation, lookup: Lookup) -> Outcome:
    """Compare both sides of a relation by their rounding intervals, as XBRL Calculations 1.1 does.

    Parameters
    ----------
    lookup
        Gives the quantity of an id, or raises `InputError`.
    """
    lookup = _as_computed(lookup)
    worked = tuple(reconcile.expanded(side, lookup) for side in (relation.left, relation.right))
    entries = tuple(
        dict.fromkeys(id for expr in (relation.left, relation.right, *worked) for id in inputs(expr))
    )
    base = Outcome(relation, "undecided", entries=entries, worked=(worked[0], worked[1]))
    try:
        left, right = relation.sides or (compute(relation.left, lookup), compute(relation.right, lookup))
        together = reconcile.agree(left, right)
        right = right.to(left.unit)
    except InputError as error:
        return replace(base, reason=error.problems[0].what, problems=error.problems)
    except reconcile.UNCOMPUTABLE as error:
        return replace(base, reason=str(error) or "it cannot be computed")
    base = replace(base, left=left, right=right)
    if together:
        reason = _open(left, right)
        return replace(base, status="undecided" if reason else "holds", reason=reason)
    tried, needed = _readings(base, left, right, lookup)
    said = tuple(_said(attempt) for attempt in tried if attempt.reconciles)
    gap = left.interval.gap(right.interval)
    return replace(base, status="fails", gap=gap, reconciled=said, attempts=tried, needed=needed)


def as_recorded(outcome: Outcome, recorded: Iterable[Quantity]) -> Outcome:
    """Return a relation that fails with its computed numbers named, where a notebook has recorded them.

    A number is a recorded one where value, interval and unit are the same, and both follow from the same
    inputs, one of them perhaps from fewer: a number of periods can be an entry or plain digits.
    """
    left, right, side = outcome.left, outcome.right, outcome.relation.right
    if outcome.status != "fails" or left is None or right is None or outcome.worked is None:
        return outcome
    computed = outcome.worked[1]
    known = [(each, frozenset(inputs(each.formula))) for each in recorded if each.formula is not None]

    def name(of: Quantity, expr: Expr) -> str:
        leaves = frozenset(inputs(expr))
        for each, own in known:
            same = (each.value, each.interval, each.unit) == (of.value, of.interval, of.unit)
            if same and own and (own <= leaves or leaves <= own):
                return each.id or ""
        return ""

    tried = tuple(
        replace(each, value=replace(each.value, id=name(each.value, each.core))) if each.core else each
        for each in outcome.attempts
    )
    outcome = replace(outcome, attempts=tried)
    id = "" if isinstance(side, Leaf) or outcome.relation.sides else name(right, computed)
    if not id:
        return outcome
    entries = tuple(dict.fromkeys((*outcome.entries[:1], id, *outcome.entries[1:])))
    return replace(outcome, relation=replace(outcome.relation, right=Leaf(id)), entries=entries)


def _readings(
    outcome: Outcome, left: Quantity, right: Quantity, lookup: Lookup
) -> tuple[tuple[Attempt, ...], tuple[Needed, ...]]:
    """Try other readings of the computed side: the right one, else the left."""
    assert outcome.worked is not None
    relation = outcome.relation
    stated, expr = left, outcome.worked[1]
    if not reconcile.is_growth(expr) and reconcile.is_growth(outcome.worked[0]):
        stated, expr = right, outcome.worked[0]
    tried = (*reconcile.attempts(stated, expr, lookup, relation.others), *_rounded(outcome, lookup))
    return tried, tuple(reconcile.needed(stated, expr, lookup))


def _open(left: Quantity, right: Quantity) -> str:
    """Return in words why ends that are open leave it undecided; empty where they do not."""
    a, b = left.interval, right.interval
    for interval, side in ((a, "first"), (b, "second")):
        if interval.low is None and interval.high is None:
            return f"nothing bounds the {side} of the two numbers"
    if a != b and ((a.high is None and b.high is None) or (a.low is None and b.low is None)):
        return "both numbers are bounds to the same side, and how far they reach is not stated"
    return ""


def _rounded(outcome: Outcome, lookup: Lookup) -> list[Attempt]:
    """Try other ways of rounding, on both sides at once."""
    found = []
    for mode in reconcile.MODES:

        def loosened(id: str, mode: reconcile.Mode = mode) -> Quantity:
            return reconcile.loosened(lookup(id), mode)

        sides = outcome.relation.sides
        try:
            left, right = (
                (reconcile.loosened(side, mode) for side in sides)
                if sides
                else (compute(side, loosened) for side in outcome.worked or ())
            )
        except reconcile.UNCOMPUTABLE:
            continue
        found.append(Attempt("rounding", right.to(left.unit), reconcile.agree(left, right), mode=mode))
    return found


_ROUNDING = {
    "truncated": "digits cut off instead of rounded",
    "raised": "digits rounded up instead of to the nearest",
    "either": "digits cut off in some numbers and rounded up in others",
}


def _said(attempt: Attempt) -> str:
    if attempt.core is None:
        return _ROUNDING[attempt.mode]
    return f"{written(attempt.core)} instead"
