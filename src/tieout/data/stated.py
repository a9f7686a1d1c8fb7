"""Compares the forms in which a source states a fact with the fact: all of them must be the same quantity."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from tieout import numerals
from tieout.data.fact import Fact
from tieout.data.sourcetext import words

APPROX = "approx"
_TYPOGRAPHY = str.maketrans("’‘“”–—‐‑−", "''\"\"  ---")
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
    said = numerals.parse(shown)
    if said is None:
        return f"{form!r} is not one number"
    # *Over 161* is true of 162, and yet the source that says 162 does not say it.
    bare = shown.strip()
    for _, (start, end) in sorted(said.qualifiers, key=lambda each: each[1], reverse=True):
        bare = bare[:start] + bare[end:]
    return numerals.agrees(shown, fact.quantity) or (
        numerals.agrees(bare, fact.quantity) if numerals.parse(bare) else None
    )


def other_digits(fact: Fact) -> str | None:
    """Return the digits that a source writes where the value has others: ``2.5`` is not ``2.50``."""
    if not fact.is_number:
        return None
    written = [_numbers(form.replace(",", "")) for form in fact.stated]
    with_digits = [numbers for numbers in written if numbers]
    if not with_digits or _numbers(fact.value) in with_digits:
        return None
    return "-".join(with_digits[0])


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?", text)


def stands(form: str, text: str) -> re.Match[str] | None:
    """Find a form in a piece of the source, as whole words; spaces may be any."""
    words = r"\s+".join(re.escape(word) for word in form.split())
    return re.search(rf"(?<!\w){words}" if form[:1].isalnum() else words, text) if words else None


def normal(text: str) -> str:
    """Return words without typography: quotes, dashes and spaces of one kind each, no commas at the ends."""
    plain = unicodedata.normalize("NFKC", text).translate(_TYPOGRAPHY)
    return " ".join(word.strip("\"',.;:()") for word in plain.split()).casefold()


def vagueness(fact: Fact, texts: Sequence[str]) -> str | None:
    """Return in words where fact and source disagree on whether a number is approximate, or None.

    Parameters
    ----------
    texts
        For each stated form, the piece of the source that it stands in.
    """
    said = ""
    for form, text in zip(fact.stated, texts, strict=True):
        found = stands(form, text)
        shown = numerals.parse(form)
        own = [meaning for meaning, _ in shown.qualifiers] if shown else []
        if APPROX in own or (found and numerals.qualifier(text[: found.start()]) == APPROX):
            said = form
    if bool(said) == (APPROX in fact.qualifiers):
        return None
    if said:
        return f"the source says about of {said!r}, and the qualifier does not"
    return "the qualifier says about, and the source does nowhere"


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
