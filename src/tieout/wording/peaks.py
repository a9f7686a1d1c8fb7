"""Months and years beside the largest or least of a column: *peaked in July, at 4.07* of August.

The code says that a number is the largest, and the stored table of its notebook in which row that is.
"""

from __future__ import annotations

import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.numerals.calendar import MONTHS
from tieout.wording.columns import Columns
from tieout.wording.meant import own_words

_NAMES = "|".join(
    f"{name}|{name[:3]}|sept" if name[:3] == "sep" else f"{name}|{name[:3]}"
    for name in map(str.lower, MONTHS)
)
_WHEN = lazily(
    rf"\b(?:in|during|for|of) (?P<month>{_NAMES})\b\.?(?: (?P<of>[12]\d{{3}})\b)?"
    r"|\b(?:in|during) (?P<year>[12]\d{3})\b",
    re.IGNORECASE,
)
_ROW = lazily(rf"(?P<month>{_NAMES})|(?P<year>[12]\d{{3}})(?:-(?P<number>0[1-9]|1[0-2])(?:-\d\d)?)?", re.I)
_OTHER = lazily(
    r"\b(?:than|later|earlier|ago|next|previous|before|after|since|until|from|second|third|beg[aiu]n\w*|start\w*"
    r"|expect\w*|sown|founded|open\w*|introduced|survey\w*|publish\w*|series|data)\b",
    re.IGNORECASE,
)
_NEAR = 8  # words


def mispeaked(entry: Entry, context: Context, columns: Columns) -> str:
    """Return in words why an extreme is said of another month or year than its row; empty where it is not."""
    before, after = own_words(context), re.split(r"[,;(]", context.clause[1])[0]
    said = [*_WHEN.finditer(" ".join(before.split()[-_NEAR:])), *_WHEN.finditer(after)]
    if len(said) != 1 or _OTHER.search(f"{before} {after}") or is_denied(context):
        return ""
    found = _ROW.fullmatch(columns.extreme(entry).strip())
    if found is None:
        return ""
    (when,) = said
    month = MONTHS[int(found["number"]) - 1].lower() if found["number"] else (found["month"] or "").lower()
    own_year, year = found["year"] or "", when["of"] or when["year"] or ""
    is_other = bool(month and when["month"]) and when["month"].lower()[:3] != month[:3]
    if not is_other and not (own_year and year and own_year != year):
        return ""
    return (
        f"is the extreme of its column in the row {found[0]}, and is said of {' '.join(when[0].split()[1:])}"
    )
