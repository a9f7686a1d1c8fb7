"""Says in words, for readers, how two numbers of a source contradict each other and what follows from it.

Every number is tied: to what the ledger holds of numbers, the ranges that these stand for, years and labels,
or to what the finding makes itself (`tieout.findings.made`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from tieout import numerals
from tieout.data import Fact, Facts
from tieout.data.sourcetext import place
from tieout.findings.made import Change, apart, form_places, left_id, noun, periods, right_id, worked
from tieout.findings.words import bare
from tieout.markdown import escape, tied, visible
from tieout.numbers import Const, Expr, Leaf, Op, Quantity, inputs, written
from tieout.numbers.wording import amount, between, is_said_whole, places, said, stated_places
from tieout.numerals import bounded, is_open, judged, needs_range
from tieout.relations import Outcome
from tieout.relations.reconcile import Attempt, Needed, core

_MODES = {
    "truncated": "digits that were cut off instead of rounded",
    "raised": "digits that were rounded up",
    "either": "digits that were cut off in some numbers and rounded up in others",
}
# A number in a formula and its entry, until the formula is Markdown.
_MARKED = "\ue000{}\ue001{}\ue002"
_FINEST = 20  # digits more than two
_MARK = re.compile(_MARKED.format("([^\ue001]*)", "([^\ue002]*)"))


def title(outcome: Outcome, facts: Facts) -> str:
    """Return a heading in Markdown, of a relation whose numbers are named."""
    left, _ = _sides(outcome)
    relation = outcome.relation
    stated = _fact(relation.left, facts)
    first, second = _left(outcome), _right(outcome)
    if relation.sides and stated:
        return f"{_told(stated)}: stated as {first} and as {second}"
    name = _told(left) if left.label and isinstance(relation.left, Leaf) else escape(relation.statement)
    if relation.kind == "whole":
        return f"{_told(_parts(outcome, facts)[0])} and the others: {first} together, not {second}"
    return f"{name}: {first} stated, {second} computed"


def text(outcome: Outcome, changed: Sequence[Change], facts: Facts) -> str:
    """Return the finding in paragraphs of Markdown.

    Parameters
    ----------
    changed
        How relations that depend on the stated number come out with the computed one.
    """
    paragraphs = (
        escape(outcome.relation.note),
        _stated(outcome, facts),
        _ranges(outcome),
        _nearby(outcome, facts),
        _consequences(outcome, changed),
        _notes(outcome, facts),
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _sides(outcome: Outcome) -> tuple[Quantity, Quantity]:
    assert outcome.left is not None and outcome.right is not None
    return outcome.left, outcome.right


def quoted(outcome: Outcome, facts: Facts) -> Iterator[str]:
    """Give what the text takes as it stands: remarks and statements, places, and numbers of formulas."""
    relation = outcome.relation
    stated = _fact(relation.left, facts)
    yield relation.note
    yield stated.cells.get("note", "") if stated else ("" if relation.kind == "whole" else relation.statement)
    yield from map(place, stated.locators if stated and relation.sides else ())
    if relation.kind != "whole":
        yield from (each.text for each in _constants(worked(outcome)))


def _constants(expr: Expr) -> Iterator[Const]:
    if isinstance(expr, Const):
        yield expr
    elif isinstance(expr, Op):
        shown = expr.args[:1] if expr.name == "to" else expr.args
        if expr.name == "growth_rate":
            grown = all(isinstance(arg, Leaf) for arg in expr.args[:2])
            shown = () if grown else (*shown, Const("1"))
        yield from (each for arg in shown for each in _constants(arg))


def _fact(expr: object, facts: Facts) -> Fact | None:
    return facts.get(expr.id) if isinstance(expr, Leaf) else None


def _parts(outcome: Outcome, facts: Facts) -> list[Fact]:
    return [facts[id] for id in inputs(outcome.relation.left) if id in facts]


def _told(named: Quantity | Fact) -> str:
    """Return what an entry is called, tied to it where its name has a number."""
    label = named.label or named.id or "a number"
    if any(map(str.isdigit, label)) and named.id and named.label:
        return tied(escape(label), named.id, "label")
    return escape(bare(label))


def _label(named: Quantity | Fact) -> str:
    return f"“{_told(named)}”"


def _amount(quantity: Quantity, id: str = "") -> str:
    form = quantity.like if quantity.kind == "stated" and quantity.text is None else None
    told = escape(form or _open(quantity, said(quantity)))
    return tied(told, id) if id else told


def _open(quantity: Quantity, told: str) -> str:
    """Return how a computed number is told that is too open to stand bare: hedged, or as where it lies."""
    if bounded(quantity) or needs_range(quantity):
        return _lying(quantity)
    return _agreeing(f"about {told}" if is_open(quantity) else told, quantity)


def _agreeing(told: str, quantity: Quantity) -> str:
    """Return how a number is told, or its own display where that could be read as another number."""
    return told if judged(told, quantity) is None else numerals.format(quantity)


def _lying(quantity: Quantity, least: int = -30) -> str:
    """Return where a number may lie, so that it agrees with it."""
    fine = between(quantity, least)
    return fine if judged(fine, quantity) is None else _agreeing(between(quantity), quantity)


def _left(outcome: Outcome) -> str:
    return _amount(_sides(outcome)[0], left_id(outcome))


def _right(outcome: Outcome) -> str:
    return _amount(_sides(outcome)[1], right_id(outcome))


# What is stated, and what follows


def _stated(outcome: Outcome, facts: Facts) -> str:
    relation = outcome.relation
    if relation.sides:
        fact, (one, other) = facts[inputs(relation.left)[0]], _sides(outcome)
        here, there = (place(fact.locators[each]) for each in form_places(fact, one, other))
        return f"{_told(fact)}: {_left(outcome)} ({here}) should equal {_right(outcome)} ({there})."
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
    givens = [facts[id] for id in _givens(worked(outcome)) if id in facts]
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
    expr = worked(outcome)
    inner = core(expr)
    if (
        isinstance(inner, Op)
        and inner.name == "growth_rate"
        and all(isinstance(arg, Leaf) for arg in inner.args[:2])
    ):
        each = noun(outcome, facts)
        span = _span(inner.args[2], outcome, facts, f" {each}s")
        return f"Growing from the first of these to the second in {span} takes {_right(outcome)} a {each}."
    sign = "=" if is_said_whole(_sides(outcome)[1]) else "≈"
    return f"From this follows {_written(expr, facts)} {sign} {_right(outcome)}."


def _span(expr: Expr, outcome: Outcome, facts: Facts, noun: str) -> str:
    """Write a number of periods: the entry that says it, or its digits."""
    if isinstance(expr, Const):
        return tied(expr.text, periods(outcome, expr)) + noun
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
    gap = apart(outcome)
    first, second = ("one form", "the other") if outcome.relation.sides else ("stated number", "computed one")
    one, other = (
        tied(escape(_lying(side, fine)), id) if id else escape(_lying(side, fine))
        for side, id in ((left, left_id(outcome)), (right, right_id(outcome)))
    )
    return (
        "Digits are rounded, so each number stands for a range. "
        f"The {first} lies {one}, the {second.removeprefix('the ')} {other}. "
        f"The two ranges do not meet: they are {_amount_apart(gap)} apart."
    )


def _amount_apart(gap: Quantity) -> str:
    """Return a gap with two significant digits, or as many as it takes to be no other number."""
    least = 1 - gap.value.adjusted()
    told = [amount(gap.value, gap.unit, least + more) for more in range(_FINEST)]
    return tied(escape(next((each for each in told if judged(each, gap) is None), told[0])), str(gap.id))


# What would reconcile them


def _nearby(outcome: Outcome, facts: Facts) -> str:
    """Say which other readings reconcile the two, and which do not."""
    left, _ = _sides(outcome)
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
        wanted = [_wanted(each, outcome, facts) for each in outcome.needed]
        sentences.append(f"The stated number would need {_listed(wanted, 'or')}.")
    return " ".join(sentences)


def _reading(attempt: Attempt, outcome: Outcome, facts: Facts) -> str:
    assert attempt.core is not None
    args = attempt.core.args
    if attempt.kind == "periods":
        inner = core(worked(outcome))
        first = next(each for each in outcome.attempts if each.kind == "periods")
        span = _span(args[2], outcome, facts, f" {noun(outcome, facts)}s")
        instead = attempt is first and isinstance(inner, Op) and inner.name == "growth_rate"
        return (
            f"{span} instead of {_span(inner.args[2], outcome, facts, '')}"
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
    told = amount(quantity.value, quantity.unit, min(places(quantity), decimals))
    told = escape(_open(quantity, told))
    return tied(told, quantity.id) if quantity.id else told


def _wanted(needed: Needed, outcome: Outcome, facts: Facts) -> str:
    value = needed.value
    digits = min(places(value), 1) if needed.kind == "periods" else places(value)
    shown = amount(value.value, value.unit, digits)
    whole = value.interval.is_point and is_said_whole(value)
    sharp = bounded(value) or needs_range(value) or is_open(value) or whole
    shown = escape(_open(value, shown) if sharp else _agreeing(f"about {shown}", value))
    shown = tied(shown, value.id) if value.id else shown
    if needed.kind == "periods":
        return f"{shown} {noun(outcome, facts)}s"
    inner = core(worked(outcome))
    assert isinstance(inner, Op)
    at_start = 0 if inner.name == "growth_rate" else 1
    fact = _fact(inner.args[at_start if needed.kind == "start" else 1 - at_start], facts)
    if fact is None:
        return f"{shown} at the {needed.kind}"
    return f"{shown} in {_end(fact, facts)}" if fact.period.isdigit() else f"{shown} as {_label(fact)}"


# What depends on it


def _consequences(outcome: Outcome, changed: Sequence[Change]) -> str:
    """Say what else changes when the computed number takes the place of the stated one."""
    stated = outcome.relation.left
    if not isinstance(stated, Leaf) or outcome.relation.sides:
        return ""
    told = [words for change in changed for words in _changed(change, stated.id)]
    if not told:
        return "No other relation that was compared depends on the stated number."
    first, second = _right(outcome), _left(outcome)
    return f"Does it matter? With {first} in place of {second}, {'; '.join(told)}."


def _changed(change: Change, id: str) -> Iterator[str]:
    """Say how another relation comes out with a number swapped."""
    other, anew = change.before, change.after
    relation = other.relation
    yield from _order(anew, change.lookup)
    if not isinstance(relation.left, Leaf) or relation.left.id == id:
        return
    assert other.left is not None and anew.right is not None
    name = f"{_label(other.left)}, stated as {_amount(other.left, relation.left.id)},"
    if other.status == "holds" and anew.status == "fails":
        lies = tied(escape(_lying(anew.right)), str(anew.right.id))
        yield f"but {name} no longer follows: it would lie {lies}"
    elif other.status == "fails" and anew.status == "holds":
        yield f"and {name} follows, which it does not now"
    elif anew.status == other.status == "holds":
        yield f"and {name} still follows"


def _order(outcome: Outcome, named: Callable[[str], Quantity]) -> Iterator[str]:
    """Say whether the larger of two compared numbers stays the larger."""
    expr = core(outcome.relation.right)
    if not isinstance(expr, Op) or expr.name != "sub" or outcome.right is None:
        return
    names = [_label(named(arg.id)) for arg in expr.args if isinstance(arg, Leaf)]
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
