"""Compares the forms in which a source states a fact with the fact: all of them must be the same quantity."""

from __future__ import annotations

from collections.abc import Iterable

from tieout import numerals
from tieout.fact import Fact
from tieout.sourcetext import words

# Words that state a number without naming one: "no product", "in all hospitals".
QUANTIFIERS = {"no": "0", "none": "0", "all": "100%"}


def disagreement(fact: Fact, form: str) -> str | None:
    """Return in words why a stated form is not the fact; None where it is.

    A number agrees when the fact's value, rounded as the form is, gives the form. A text agrees with any
    form; `stray_digits` looks at its digits.
    """
    if fact.quantity is None:
        return None
    shown = QUANTIFIERS.get(form.lower(), form)
    if numerals.parse(shown) is None:
        return f"{form!r} is not one number"
    return numerals.agrees(shown, fact.quantity)


def stray_digits(fact: Fact, columns: Iterable[str] = ()) -> tuple[str, str] | None:
    """Return the column and the number of a row that nothing else of it supports, or None.

    Labels may name the fact's value and period; a text may have the digits that its stated forms have; the
    columns named, the row's own that hold text, may have no others than these.
    """
    stated = {number for form in fact.stated for number in _digits(form)}
    known = {*stated, *_digits(fact.period), *_digits(fact.value)}
    if not fact.is_number:
        for number in _digits(fact.value):
            if number not in stated:
                return "value", number
    for column, text in {"label": fact.label, **{name: fact.cells[name] for name in columns}}.items():
        for number in _digits(text):
            if number not in known:
                return column, number
    return None


def _digits(text: str) -> list[str]:
    parts = (part for word in words(text) for part in word.replace("/", " ").split())
    return [part for part in parts if any(letter.isdigit() for letter in part)]
