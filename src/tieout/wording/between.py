"""The two times of a change: *rose by 21% from 2022 to 2023* of what is called a growth from 2021 to 2023."""

from __future__ import annotations

import ast
import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.numerals.calendar import MONTH
from tieout.wording.traced import core, made_of

_TIMES = (lazily(r"\b(?:19|20)\d\d\b"), lazily(rf"\b(?:{MONTH})\b"))
_SPAN = lazily(r"\b(?:from|between|since|by)\b", re.IGNORECASE)
_LABEL = lazily(r"\b(?:to|and|over|between|against|minus|since)\b|[–-]", re.IGNORECASE)

_THAN_IN = lazily(r"^[^.;:,(\d]{0,40}\bthan (?:it (?:was|had been) )?in (?P<year>[12]\d{3})(?!\d)")
_YEAR = lazily(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def misreferred(entry: Entry, context: Context) -> str:
    """Return in words why a difference of two years is set against a third: *less than in 2022*."""
    found, made = _THAN_IN.match(" ".join(f"|{context.clause[1]}".split())[1:]), core(made_of(entry))
    if found is None or not isinstance(made, ast.BinOp):
        return ""
    years = set(_YEAR.findall(ast.unparse(made)))
    if len(years) != 2 or found["year"] in years:
        return ""
    return f"is said against {found['year']}, and the entry is of {' and '.join(sorted(years))}"


def misspaced(entry: Entry, context: Context) -> str:
    """Return in words why a change is said of other times than its label's; empty where it may be of those.

    One of the two has to be said, and another one with it; a clause with further numbers is left alone.
    """
    text, label = " | ".join(context.clause), entry.label
    if context.near or is_denied(context) or not _SPAN.search(text) or not _LABEL.search(label):
        return ""
    for times in _TIMES:
        own, said = ([found[0] for found in times.finditer(each)] for each in (label, text))
        if len(own) == len(said) == 2 and len({*own, *said}) == 3 and len({*said}) == 2:
            return f"is called “{label}”, and is said of {said[0]} and {said[1]}"
    return ""
