"""Says in words, for readers, how two numbers of a source contradict each other and what follows from it.

What the ledger holds is tied to it: its numbers, the ranges that these stand for, years, labels.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from tieout.data import Fact, Facts
from tieout.markdown import escape, tied, visible
from tieout.numbers import Expr, Leaf, Op, Quantity, inputs, written
from tieout.numbers.wording import amount, between, distance, is_said_whole, places, said, stated_places
from tieout.problems import InputError
from tieout.relations import Outcome, evaluate
from tieout.relations.reconcile import Attempt, Needed, core

_MODES = {
    "truncated": "digits that were cut off instead of rounded",
    "raised": "digits that were rounded up",
    "either": "digits that were cut off in some numbers and rounded up in others",
}
# A number in a formula and its entry, until the formula is Markdown.
_MARKED = "\ue000{}\ue001{}\ue002"
_MARK = re.compile(_MARKED.format("([^\ue001]*)", "([^\ue002]*)"))


def title(outcome: Outcome, facts: Facts) -> str:
    """Return a heading in Markdown."""
    left, right = _sides(outcome)
    relation = outcome.relation
    stated = _fact(relation.left, facts)
    if relation.sides and stated:
        label = escape(_bare(stated.label))
        return f"{label}: stated as {escape(str(left.label))} and as {escape(str(right.label))}"
    name = escape(_bare(left.label) if left.label and isinstance(relation.left, Leaf) else relation.statement)
    first, second = _left(outcome), _right(outcome)
    if relation.kind == "whole":
        part = escape(_bare(_parts(outcome, facts)[0].label))
        return f"{part} and the others: {first} together, not {second}"
    return f"{name}: {first} stated, {second} computed"


def text(outcome: Outcome, outcomes: Iterable[Outcome], facts: Facts) -> str:
    """Return the finding in paragraphs of Markdown.

    Parameters
    ----------
    outcomes
        Those of all relations: what else depends on the stated number.
    """
    paragraphs = (
        escape(outcome.relation.note),
        _stated(outcome, facts),
        _ranges(outcome),
        _nearby(outcome, facts),
        _consequences(outcome, outcomes, facts),
        _notes(outcome, facts),
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _sides(outcome: Outcome) -> tuple[Quantity, Quantity]:
    assert outcome.left is not None and outcome.right is not None
    return outcome.left, outcome.right


def _worked(outcome: Outcome) -> Expr:
    """Return the computed side, down to what is stated."""
    return outcome.worked[1] if outcome.worked else outcome.relation.right


def _fact(expr: object, facts: Facts) -> Fact | None:
    return facts.get(expr.id) if isinstance(expr, Leaf) else None


def _parts(outcome: Outcome, facts: Facts) -> list[Fact]:
    return [facts[id] for id in inputs(outcome.relation.left) if id in facts]


def _bare(label: str) -> str:
    """Return a label without the remark that it is as stated: the sentence says so."""
    return label.removesuffix(" as stated")


def _label(named: Quantity | Fact) -> str:
    label = _bare(named.label or named.id or "a number")
    told = escape(label)
    if isinstance(named, Fact) and label == named.label and any(map(str.isdigit, label)):
        told = tied(told, named.id, "label")
    return f"“{told}”"


def _amount(quantity: Quantity, id: str = "") -> str:
    return tied(escape(said(quantity)), id) if id else escape(said(quantity))


def _left(outcome: Outcome) -> str:
    return _amount(_sides(outcome)[0], _id(outcome.relation.left, outcome))


def _right(outcome: Outcome) -> str:
    return _amount(_sides(outcome)[1], _id(outcome.relation.right, outcome))


def _id(side: Expr, outcome: Outcome) -> str:
    """Return the entry that a side is; empty for what no entry is."""
    return side.id if isinstance(side, Leaf) and not outcome.relation.sides else ""


def _lookup(facts: Facts) -> Callable[[str], Quantity]:
    def lookup(id: str) -> Quantity:
        quantity = facts[id].quantity
        if quantity is None:
            raise InputError(f"{id} is text", id=id)
        return quantity

    return lookup


def _noun(outcome: Outcome, facts: Facts) -> str:
    """Return what the periods of a growth rate are called: years where the data date its ends."""
    return "year" if any(facts[id].period for id in outcome.entries if id in facts) else "period"


# What is stated, and what follows


def _stated(outcome: Outcome, facts: Facts) -> str:
    relation = outcome.relation
    if relation.sides:
        return f"{escape(relation.statement)}."
    if relation.kind == "whole":
        parts = [_stating(part) for part in _parts(outcome, facts) if part.quantity]
        return f"The source states {_listed(parts)}. {_follows(outcome, facts)}"
    stated = _fact(relation.left, facts)
    if stated:
        span = escape(stated.period.replace("/", " to "))
        period = f" for {tied(span, stated.id, 'year')}" if span else ""
        sentences = [f"The source states {_left(outcome)} as {_label(stated)}{period}."]
    else:
        sentences = [f"{escape(relation.statement)}. The first of the two is {_left(outcome)}."]
    givens = [facts[id] for id in _givens(_worked(outcome)) if id in facts]
    used = [_stating(given) for given in givens if given.quantity]
    if used:
        sentences.append(f"It also states {_listed(used)}.")
    return " ".join([*sentences, _follows(outcome, facts)])


def _stating(fact: Fact) -> str:
    assert fact.quantity is not None
    return f"{_amount(fact.quantity, fact.id)} as {_label(fact)}"


def _givens(expr: Expr) -> tuple[str, ...]:
    """Return what a side is computed from, but for how many periods a growth takes: the formula says it."""
    inner = core(expr)
    if isinstance(inner, Op) and inner.name == "growth_rate":
        return tuple(dict.fromkeys(id for arg in inner.args[:2] for id in inputs(arg)))
    return inputs(expr)


def _follows(outcome: Outcome, facts: Facts) -> str:
    """Say how the other number comes about."""
    if outcome.relation.kind == "whole":
        whole = f"One of these parts is all the rest, so together they should make {_right(outcome)}"
        return f"{whole}; they make {_left(outcome)}."
    expr = _worked(outcome)
    inner = core(expr)
    if (
        isinstance(inner, Op)
        and inner.name == "growth_rate"
        and all(isinstance(arg, Leaf) for arg in inner.args[:2])
    ):
        noun = _noun(outcome, facts)
        span = _span(inner.args[2], facts, f" {noun}s")
        return f"Growing from the first of these to the second in {span} takes {_right(outcome)} a {noun}."
    sign = "=" if is_said_whole(_sides(outcome)[1]) else "≈"
    return f"From this follows {_written(expr, facts)} {sign} {_right(outcome)}."


def _span(expr: Expr, facts: Facts, noun: str) -> str:
    """Write a number of periods: the entry that says it, or its digits."""
    fact = _fact(expr, facts)
    digits = fact.quantity.text if fact and fact.quantity else None
    return tied(f"{digits}{noun}", fact.id) if fact and digits else f"{_written(expr, facts)}{noun}"


def _written(expr: Expr, facts: Facts) -> str:
    """Write a formula in Markdown with the numbers as stated; what counts periods as its digits."""

    def number(id: str) -> str:
        quantity = facts[id].quantity if id in facts else None
        if quantity is None:
            return id
        digits = quantity.text if quantity.text and quantity.unit == "year" else said(quantity)
        return digits if digits.startswith(("−", "-")) else _MARKED.format(digits, id)

    return _MARK.sub(lambda found: tied(found[1], visible(found[2])), escape(written(expr, number)))


def _ranges(outcome: Outcome) -> str:
    left, right = _sides(outcome)
    assert outcome.gap is not None
    # Ends that are nearer than their digits show need the digits of the gap.
    finest = min(places(left, ends=True), places(right, ends=True))
    fine = 1 - outcome.gap.adjusted() if outcome.gap.adjusted() < -finest else -30
    apart = escape(distance(outcome.gap, left.unit))
    first, second = ("one form", "the other") if outcome.relation.sides else ("stated number", "computed one")
    one, other = (
        tied(text, name) if (name := _id(side, outcome)) else text
        for text, side in (
            (escape(between(left, fine)), outcome.relation.left),
            (escape(between(right, fine)), outcome.relation.right),
        )
    )
    return (
        "Digits are rounded, so each number stands for a range. "
        f"The {first} lies {one}, the {second.removeprefix('the ')} {other}. "
        f"The two ranges do not meet: they are {apart} apart."
    )


# What would reconcile them


def _nearby(outcome: Outcome, facts: Facts) -> str:
    """Say which other readings reconcile the two, and which do not."""
    left, _ = _sides(outcome)
    noun = _noun(outcome, facts)
    sentences = []
    hits = [_reading(each, outcome, facts) for each in outcome.attempts if each.reconciles and each.core]
    rounding = [each for each in outcome.attempts if each.kind == "rounding"]
    hits += [_MODES[each.mode] for each in islice((each for each in rounding if each.reconciles), 1)]
    misses = [each for each in outcome.attempts if each.core and not each.reconciles]
    near = [each for each in misses if each.kind == "periods"][:2]
    wrong = [
        f"{_reading(each, outcome, facts)} would give {_as_fine(each.value, left)}"
        for each in (*near, *(each for each in misses if each.kind == "ends"))
    ]
    if hits:
        sentences.append(f"They would agree with {_listed(hits, 'or')}.")
    if wrong:
        sentences.append(_capital(f"{', '.join(wrong)}."))
    if rounding and not any(each.reconciles for each in rounding):
        sentences.append(
            "No other way of rounding closes the gap, neither cutting digits off nor rounding up."
        )
    if outcome.attempts and not hits:
        sentences.insert(0, "Nothing near reconciles them.")
    if outcome.needed:
        wanted = [_wanted(each, outcome, facts, noun) for each in outcome.needed]
        sentences.append(f"The stated number would need {_listed(wanted, 'or')}.")
    return " ".join(sentences)


def _reading(attempt: Attempt, outcome: Outcome, facts: Facts) -> str:
    assert attempt.core is not None
    args = attempt.core.args
    if attempt.kind == "periods":
        inner = core(_worked(outcome))
        first = next(each for each in outcome.attempts if each.kind == "periods")
        span = f"{_written(args[2], facts)} {_noun(outcome, facts)}s"
        instead = attempt is first and isinstance(inner, Op) and inner.name == "growth_rate"
        return (
            f"{span} instead of {_span(inner.args[2], facts, '')}"
            if instead and isinstance(inner, Op)
            else span
        )
    ends = args[:2] if attempt.core.name == "growth_rate" else args[1::-1]
    return "growth from " + " to ".join(_end(end, facts) for end in ends)


def _end(end: Expr | Fact, facts: Facts) -> str:
    fact = end if isinstance(end, Fact) else _fact(end, facts)
    if fact and fact.period:
        return tied(escape(fact.period), fact.id, "year")
    return _label(fact) if fact else "another number"


def _as_fine(quantity: Quantity, like: Quantity) -> str:
    """Return a number with no more decimals than the stated one has, tied where it has an entry."""
    decimals = stated_places(like)
    told = escape(amount(quantity.value, quantity.unit, min(places(quantity), decimals)))
    return tied(told, quantity.id) if quantity.id else told


def _wanted(needed: Needed, outcome: Outcome, facts: Facts, noun: str) -> str:
    value = needed.value
    if needed.kind == "periods":
        return f"about {amount(value.value, value.unit, min(places(value), 1))} {noun}s"
    shown = f"about {escape(amount(value.value, value.unit, places(value)))}"
    inner = core(_worked(outcome))
    assert isinstance(inner, Op)
    at_start = 0 if inner.name == "growth_rate" else 1
    fact = _fact(inner.args[at_start if needed.kind == "start" else 1 - at_start], facts)
    if fact is None:
        return f"{shown} at the {needed.kind}"
    return f"{shown} in {_end(fact, facts)}" if fact.period.isdigit() else f"{shown} as {_label(fact)}"


# What depends on it


def _consequences(outcome: Outcome, outcomes: Iterable[Outcome], facts: Facts) -> str:
    """Say what else changes when the computed number takes the place of the stated one."""
    stated = outcome.relation.left
    if not isinstance(stated, Leaf) or outcome.relation.sides:
        return ""
    left, right = _sides(outcome)
    known = _lookup(facts)

    def swapped(id: str) -> Quantity:
        return replace(right, id=left.id, label=left.label, lineage=stated) if id == stated.id else known(id)

    changes = [
        each for other in outcomes if other is not outcome for each in _change(other, stated.id, swapped)
    ]
    if not changes:
        return "No other relation that was compared depends on the stated number."
    first, second = _right(outcome), _left(outcome)
    return f"Does it matter? With {first} in place of {second}, {'; '.join(changes)}."


def _change(other: Outcome, id: str, swapped: Callable[[str], Quantity]) -> Iterator[str]:
    """Say how another relation comes out with a number swapped."""
    relation = other.relation
    if relation.sides or id not in other.entries or other.left is None or other.worked is None:
        return
    anew = evaluate(replace(relation, left=other.worked[0], right=other.worked[1]), swapped)
    if anew.left is None or anew.right is None:
        return
    yield from _order(anew, swapped)
    if not isinstance(relation.left, Leaf) or relation.left.id == id:
        return
    name = f"{_label(other.left)}, stated as {_amount(other.left, relation.left.id)},"
    if other.status == "holds" and anew.status == "fails":
        yield f"but {name} no longer follows: it would lie {escape(between(anew.right))}"
    elif other.status == "fails" and anew.status == "holds":
        yield f"and {name} follows, which it does not now"
    elif anew.status == other.status == "holds":
        yield f"and {name} still follows"


def _order(outcome: Outcome, lookup: Callable[[str], Quantity]) -> Iterator[str]:
    """Say whether the larger of two compared numbers stays the larger."""
    expr = core(outcome.relation.right)
    if not isinstance(expr, Op) or expr.name != "sub" or outcome.right is None:
        return
    names = [_label(lookup(arg.id)) for arg in expr.args if isinstance(arg, Leaf)]
    if len(names) != 2:
        return
    low, high = outcome.right.interval.low, outcome.right.interval.high
    if low is not None and low > 0:
        yield f"{names[0]} still exceeds {names[1]}"
    elif high is not None and high < 0:
        yield f"{names[0]} no longer exceeds {names[1]} but lies below it"
    else:
        yield f"it is open whether {names[0]} exceeds {names[1]}"


def _notes(outcome: Outcome, facts: Facts) -> str:
    """Return what the data remark on the stated number."""
    stated = _fact(outcome.relation.left, facts)
    note = stated.cells.get("note", "") if stated else ""
    return escape(note.rstrip(".")) + "." if note else ""


def _listed(words: Sequence[str], last: str = "and") -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
