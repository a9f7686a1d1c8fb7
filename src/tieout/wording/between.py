"""The two times of a change: *rose by 21% from 2022 to 2023* of what is called a growth from 2021 to 2023."""

from __future__ import annotations

import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.numerals.calendar import MONTH

_TIMES = (lazily(r"\b(?:19|20)\d\d\b"), lazily(rf"\b(?:{MONTH})\b"))
_SPAN = lazily(r"\b(?:from|between|since|by)\b", re.IGNORECASE)
_LABEL = lazily(r"\b(?:to|and|over|between|against|minus|since)\b|[–-]", re.IGNORECASE)


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
