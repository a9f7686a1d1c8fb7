"""How long a time is that stands beside its length: *18 months of visits (March 2023 to June 2024)*.

More months or years than lie between two dates, both counted, are not there; there may be fewer.
"""

from __future__ import annotations

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.numerals.calendar import MONTH, MONTHS

_TO = r"(?: ?[–-] ?| to | through | until | and )"
_BETWEEN = lazily(
    rf"^(?: (?!before|after|until|since|later|earlier)[a-z-]+){{0,5}}?,? ?(?:\(|,|from|between|in)? ?"
    rf"(?:(?P<from>{MONTH}) )?(?P<first>(?:19|20)\d\d){_TO}"
    rf"(?:(?P<till>{MONTH}) )?(?P<last>(?:19|20)\d\d)(?!\d)"
)
_UNITS = {"month": 1, "year": 12}


def mislasting(entry: Entry, context: Context) -> str:
    """Return in words why a length is more than the time beside it; empty where it may be right."""
    quantity = entry.quantity
    months = _UNITS.get(quantity.unit, 0) if quantity is not None and not quantity.is_range else 0
    found = _BETWEEN.match(" ".join(f"\x00{context.clause[1]}".split()).removeprefix("\x00"))
    if quantity is None or not months or found is None or is_denied(context):
        return ""
    if (found["from"] is None) != (found["till"] is None):
        return ""
    first, last = _place(found["first"], found["from"], 1), _place(found["last"], found["till"], 12)
    span = last - first + 1
    if span <= 0 or quantity.value * months <= span:
        return ""
    count = span if found["from"] else span // 12
    unit = "months" if found["from"] else "years"
    when = f"{found['from'] or ''} {found['first']} to {found['till'] or ''} {found['last']}"
    return f"stands beside {' '.join(when.split())}, which are {count} {unit}"


def _place(year: str, month: str | None, without: int) -> int:
    """Return which month a date is, counted from the year 0."""
    names = [each for each, name in enumerate(MONTHS, 1) if month and name[:3] == month[:3]]
    return int(year) * 12 + (names[0] if names else without)
