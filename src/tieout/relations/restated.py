"""The same quantity stated twice: the forms in which a source states one fact must agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Context, Decimal
from fractions import Fraction
from itertools import combinations

from tieout.data import Fact
from tieout.data.sourcetext import place
from tieout.numbers import DOWN, UP, WORK, Interval, Leaf, Quantity
from tieout.numerals import (
    APPROX,
    EXACT,
    LEAST,
    MOST,
    NEARLY,
    OVER,
    UNDER,
    Figure,
    conversion,
    readings,
    unit_of,
)
from tieout.relations.relation import Relation

_FIRMNESS = {
    EXACT: "exact", APPROX: "approx", NEARLY: "approx", LEAST: "at-least", OVER: "at-least", MOST: "at-most",
    UNDER: "at-most",
}  # fmt: skip


def repeated(fact: Fact) -> Iterator[Relation]:
    """Compare each form in which the source states a number with each other form of it."""
    if len(fact.stated) < 2:
        return
    forms = {form: _read(form, fact) for form in dict.fromkeys(fact.stated)}
    pairs = list(combinations(forms, 2)) or [(fact.stated[0], fact.stated[0])]
    for number, (one, other) in enumerate(pairs, 1):
        first, second = forms[one], forms[other]
        if first is None or second is None:
            continue
        here, there = (fact.locators[fact.stated.index(form)] for form in (one, other))
        there = fact.locators[1] if one == other else there
        statement = f"{fact.label}: {one} ({place(here)}) should equal {other} ({place(there)})"
        name = f"{fact.id}.stated" + (f".{number}" if len(pairs) > 1 else "")
        leaf = Leaf(fact.id)
        yield Relation(
            name, statement, leaf, leaf, "", "repeated", fact.path, fact.line, sides=(first, second)
        )


def _read(form: str, fact: Fact) -> Quantity | None:
    """Return a stated form as a quantity of the fact's unit; None where it is not one such number.

    Its digits give its interval. How firm it is, its own words say (``over 162``), else the fact.
    """
    quantity = fact.quantity
    assert quantity is not None
    for shown in readings(form):
        by = conversion(shown, quantity)
        if isinstance(by, str) or any(figure.is_fraction for figure in shown.figures):
            continue
        ends = [end / by for end in shown.ends]
        grain = _grain(shown.figures[-1], by, quantity)
        words = {_FIRMNESS[word] for word, _ in shown.qualifiers if word in _FIRMNESS} or {*fact.qualifiers}
        firm = shown.is_range or words & {"exact", "at-least", "at-most"}
        slack = Fraction(0) if firm else grain if "approx" in words else grain / 2
        low = None if "at-most" in words else _divided(ends[0] - slack, DOWN)
        high = None if "at-least" in words else _divided(ends[-1] + slack, UP)
        value = _divided((ends[0] + ends[-1]) / 2, WORK)
        return replace(
            quantity, value=value, interval=Interval(low, high), label=form, text=None, lineage=None
        )
    return None


def _grain(figure: Figure, by: Fraction, quantity: Quantity) -> Fraction:
    """Return what one of a form's last significant digit is worth; the data may say that zeros are digits."""
    own, known = unit_of(figure) / by, quantity.precision
    return own if known is None else min(own, max(Fraction(known), figure.grain / by))


def _divided(value: Fraction, context: Context) -> Decimal:
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))
