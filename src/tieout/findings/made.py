"""Numbers that a finding computes itself, as entries of the ledger: readers question them like any other.

The growth that follows from two sizes, how far two ranges are apart, what another number of years would give:
each has an id below the finding's name, such as ``finding.market-cagr.apart``, a formula, and its inputs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tieout.data import Fact, Facts
from tieout.findings.words import bare, said
from tieout.numbers import PERCENT, POINT, Const, Expr, Interval, Leaf, Op, Quantity, inputs
from tieout.numbers import evaluate as compute
from tieout.problems import InputError
from tieout.relations import Outcome, evaluate
from tieout.relations.reconcile import Attempt, Needed, core

_ENDS = {"start": "first", "end": "last"}


@dataclass(frozen=True)
class Made:
    """One such number.

    Parameters
    ----------
    quantity
        The number, with id, label and formula; a form that a source states has no formula.
    note
        How it was found, where no formula says so.
    fact, place
        Of a stated form: the fact that it is a form of, and which of its places states it, from 0.
    """

    quantity: Quantity
    note: str = ""
    fact: Fact | None = None
    place: int = 0


@dataclass(frozen=True)
class Change:
    """How another relation comes out with the computed number in the place of the stated one."""

    before: Outcome
    after: Outcome
    lookup: Callable[[str], Quantity]


def slug(name: str) -> str:
    """Return a name in letters, digits and single dashes."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def named(outcome: Outcome, name: str, facts: Facts, lang: str = "en") -> Outcome:
    """Return a relation that fails with an id for each number that no entry is, and a label in a language."""
    left, right, relation = outcome.left, outcome.right, outcome.relation
    assert left is not None and right is not None

    def call(quantity: Quantity, part: str, label: str) -> Quantity:
        return quantity.named(f"{name}.{part}", label)

    about = _about(outcome, facts, lang)
    if relation.sides:
        left, right = (
            replace(call(side, part, said(lang, f"{{about}}, {told}", about=about)), like=side.label)
            for side, part, told in ((left, "form-1", "one form"), (right, "form-2", "the other form"))
        )
    elif relation.kind == "whole":
        if not isinstance(relation.left, Leaf):
            left = call(left, "together", said(lang, "{about}, together", about=about))
        if not isinstance(relation.right, Leaf):
            right = call(right, "whole", said(lang, "The whole"))
    else:
        if not isinstance(relation.left, Leaf):
            left = call(left, "first", about)
        if not isinstance(relation.right, Leaf):
            right = call(right, "computed", said(lang, "{about}, computed", about=about))
    outcome = replace(outcome, name=name, left=left, right=right)
    attempts = tuple(_reading(each, outcome, facts, lang, call) for each in outcome.attempts)
    needed = tuple(
        replace(each, value=call(each.value, f"needed-{each.kind}", _would_be(each, outcome, facts, lang)))
        for each in outcome.needed
    )
    return replace(outcome, attempts=attempts, needed=needed)


def _reading(
    each: Attempt,
    outcome: Outcome,
    facts: Facts,
    lang: str,
    call: Callable[[Quantity, str, str], Quantity],
) -> Attempt:
    if each.core is None or each.value.id:
        return each
    args = each.core.args
    if each.kind == "periods":
        count = args[2].text if isinstance(args[2], Const) else "others"
        told, part = "{about}, over {count} {periods}", f"over-{count}"
        values = {
            "count": count,
            "periods": _periods_in(lang, outcome, facts, one=lang == "en" and count == "1"),
        }
    else:
        ends = args[:2] if each.core.name == "growth_rate" else args[1::-1]
        names = [facts[end.id].period or end.id for end in ends if isinstance(end, Leaf) and end.id in facts]
        told, part = "{about}, from {first} to {last}", f"from-{slug('-'.join(names))}"
        values = {"first": names[0], "last": names[-1]}
    label = said(lang, told, about=_about(outcome, facts, lang), **values)
    return replace(each, value=call(each.value, part, label))


def _would_be(each: Needed, outcome: Outcome, facts: Facts, lang: str) -> str:
    about, what = _about(outcome, facts, lang), _periods_in(lang, outcome, facts)
    if each.kind == "periods":
        return said(lang, "{about}, number of {periods} that it would need", about=about, periods=what)
    return said(lang, f"{{about}}, {_ENDS[each.kind]} number that it would need", about=about)


def _about(outcome: Outcome, facts: Facts, lang: str) -> str:
    """Return what a relation is about, in plain text."""
    relation = outcome.relation
    if relation.sides:
        return facts[inputs(relation.left)[0]].label
    if relation.kind == "whole":
        return said(lang, "{first} and the others", first=bare(facts[inputs(relation.left)[0]].label))
    named = outcome.left.label if outcome.left and isinstance(relation.left, Leaf) else ""
    return bare(named or relation.statement)


def noun(outcome: Outcome, facts: Facts) -> str:
    """Return what the periods of a growth rate are called: years where the data date its ends."""
    return "year" if any(facts[id].period for id in outcome.entries if id in facts) else "period"


def _periods_in(lang: str, outcome: Outcome, facts: Facts, one: bool = False) -> str:
    return said(lang, noun(outcome, facts) + ("" if one else "s"))


def worked(outcome: Outcome) -> Expr:
    """Return the computed side, down to what is stated."""
    return outcome.worked[1] if outcome.worked else outcome.relation.right


def left_id(outcome: Outcome) -> str:
    """Return the entry that the first side is."""
    return _id(outcome.relation.left, outcome.left, outcome)


def right_id(outcome: Outcome) -> str:
    """Return the entry that the second side is."""
    return _id(outcome.relation.right, outcome.right, outcome)


def _id(side: Expr, quantity: Quantity | None, outcome: Outcome) -> str:
    own = isinstance(side, Leaf) and not outcome.relation.sides
    return side.id if own and isinstance(side, Leaf) else (quantity.id or "" if quantity else "")


def periods(outcome: Outcome, count: Const) -> str:
    """Return what a number of periods is called: ``finding.market-cagr.periods-6``."""
    return f"{outcome.name}.periods-{count.text}"


def apart(outcome: Outcome, label: str = "") -> Quantity:
    """Return how far the two ranges are apart: the lower end of one, less the upper end of the other."""
    left, right = outcome.left, outcome.right
    assert left is not None and right is not None and outcome.gap is not None
    below, above = (left, right) if _is_below(left.interval, right.interval) else (right, left)
    ids = {id(left): left_id(outcome), id(right): right_id(outcome)}
    known = {ids[id(each)]: replace(each, lineage=Leaf(ids[id(each)])) for each in (left, right)}
    upper, lower = (
        Leaf(ids[id(side)]) if side.interval.is_point else Op(end, (Leaf(ids[id(side)]),))
        for side, end in ((below, "upper"), (above, "lower"))
    )
    found = compute(Op("sub", (lower, upper)), known.__getitem__)
    found = found.to(POINT) if found.unit == PERCENT else found
    return found.named(f"{outcome.name}.apart", label)


def _is_below(one: Interval, other: Interval) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def changes(outcome: Outcome, outcomes: Iterable[Outcome], facts: Facts, lang: str = "en") -> list[Change]:
    """Return how other relations come out with the computed number in the place of the stated one."""
    stated, left, right = outcome.relation.left, outcome.left, outcome.right
    if not isinstance(stated, Leaf) or outcome.relation.sides or left is None or right is None:
        return []
    taken = replace(right, id=left.id, label=left.label, lineage=Leaf(right_id(outcome)), formula=None)

    def swapped(id: str) -> Quantity:
        if id == stated.id:
            return taken
        quantity = facts[id].quantity
        if quantity is None:
            raise InputError(f"{id} is text", id=id)
        return quantity

    return [
        change
        for other in outcomes
        if other.relation is not outcome.relation
        for change in _change(other, stated.id, swapped, outcome.name, lang)
    ]


def _change(
    other: Outcome, id: str, swapped: Callable[[str], Quantity], name: str, lang: str
) -> Iterator[Change]:
    relation = other.relation
    if relation.sides or id not in other.entries or other.left is None or other.worked is None:
        return
    anew = evaluate(replace(relation, left=other.worked[0], right=other.worked[1]), swapped)
    if anew.left is None or anew.right is None:
        return
    about = bare(other.left.label or other.left.id or relation.statement)
    label = said(lang, "{about}, with the computed number", about=about)
    then = anew.right.named(f"{name}.then-{slug(relation.id)}", label)
    yield Change(other, replace(anew, right=then), swapped)


def numbers(outcome: Outcome, changed: Sequence[Change], facts: Facts, lang: str = "en") -> Iterator[Made]:
    """Give every number that a finding may make, of a relation that was `named`."""
    own = f"{outcome.name}."
    left, right = outcome.left, outcome.right
    assert left is not None and right is not None
    fact = facts.get(inputs(outcome.relation.left)[0]) if outcome.relation.sides else None
    places = form_places(fact, left, right) if fact else (0, 0)
    for side, place in zip((left, right), places, strict=True):
        if side.id and side.id.startswith(own):
            rest = outcome.relation.kind == "whole" and side is right
            note = said(lang, "One of the parts is all the rest") if rest else ""
            yield Made(replace(side, formula=None) if rest else side, note, fact, place)
    about = _about(outcome, facts, lang)
    yield Made(apart(outcome, said(lang, "{about}, gap between the two ranges", about=about)))
    yield from _periods(outcome, facts, lang)
    for attempt in outcome.attempts:
        if attempt.core is not None and (attempt.value.id or "").startswith(own):
            yield Made(attempt.value)
    yield from (Made(each.value) for each in outcome.needed)
    for change in changed:
        if change.after.right is not None:
            yield Made(change.after.right)


def form_places(fact: Fact, one: Quantity, other: Quantity) -> tuple[int, int]:
    """Return which of a fact's places state two of its forms; a form that contradicts itself has two."""
    if one.like == other.like:
        return 0, 1
    return fact.stated.index(str(one.like)), fact.stated.index(str(other.like))


def _periods(outcome: Outcome, facts: Facts, lang: str) -> Iterator[Made]:
    """Give the number of periods that was computed with where no entry is it, and those that were tried."""
    inner = core(worked(outcome))
    if not (isinstance(inner, Op) and inner.name == "growth_rate"):
        return
    about, what, given = _about(outcome, facts, lang), _periods_in(lang, outcome, facts), inner.args[2]
    if isinstance(given, Const):
        fact = facts.get(left_id(outcome))
        first, _, last = fact.period.partition("/") if fact else ("", "", "")
        taken = "How many {periods} the computation takes"
        spanned = "How many {periods} there are from {first} to {last}"
        note = said(lang, spanned if last else taken, periods=what, first=first, last=last)
        label = said(lang, "{about}, number of {periods} computed with", about=about, periods=what)
        yield Made(_counted(given, outcome, label), note)
    for attempt in outcome.attempts:
        if attempt.kind == "periods" and attempt.core is not None:
            count = attempt.core.args[2]
            assert isinstance(count, Const)
            label = said(lang, "{about}, number of {periods} tried", about=about, periods=what)
            note = said(lang, "Tried in place of the number computed with")
            yield Made(_counted(count, outcome, label), note)


def _counted(count: Const, outcome: Outcome, label: str) -> Quantity:
    counted = Quantity.computed(Decimal(count.text), exact=True)
    return replace(counted, kind="derived").named(periods(outcome, count), label)
