"""Portions of a column behind one of its numbers: *€179k, which is more than half of the profit*.

The whole is the sum of the stored column that the number is a cell of, where the words name what it measures;
or the next number, of which it is said to be a part: *less than half are rolls: 128,435 of 223,736*.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.wording.columns import Place
from tieout.wording.meant import own_words, tokens

_PARTS = {
    "half": (1, 2), "a third": (1, 3), "one third": (1, 3), "two thirds": (2, 3), "a quarter": (1, 4),
    "three quarters": (3, 4), "a fifth": (1, 5), "a tenth": (1, 10),
}  # fmt: skip
_OVER = (
    "well over|just over|slightly more than|a little over|a little more than|little more than|more than|over"
)
_UNDER = (
    "well under|just under|slightly less than|a little under|a little less than|little less than|less than"
    "|fewer than|under"
)
_PORTION = (
    rf"(?:(?P<over>{_OVER})|(?P<under>{_UNDER})) (?P<part>{'|'.join(_PARTS)}) of"
    r" (?:the |all |our |its |their )*"
    r"(?P<what>[^\W\d_][\w’'-]*(?: (?!(?:and|or|in|that|which|for|at|is|was|are|were)\b)[\w’'-]+){0,2})"
)
_BEHIND = lazily(
    r"^\)?,? (?:\(?(?:which|that|this) (?:is|was|makes?|made)|or|i\.e\.|that is|\()"
    rf" ?{_PORTION}\b(?! (?:that|of)\b)",
    re.IGNORECASE,
)
_AHEAD = lazily(rf"\b{_PORTION}\b[^.;:()\d]{{0,60}}(?::| \() ?$", re.IGNORECASE)
_OF = lazily(r" (?:out )?of (?:the |all |these )?")
_STEM, _LEAST = 4, 2


def misparted(entry: Entry, context: Context, cell: Place | None, ledger: Ledger) -> str:
    """Return in words why a portion of a whole is not that of a number; empty where it may be.

    Parameters
    ----------
    cell
        The cell of a stored table that the entry repeats; None where it is none.
    """
    quantity, before = entry.quantity, own_words(context)
    if quantity is None or quantity.is_range or quantity.value <= 0 or is_denied(Context(before)):
        return ""
    found, near = _AHEAD.search(before), context.next
    whole = ledger.entries.get(near.key) if found and near is not None else None
    if found and near is not None and whole is not None and _OF.fullmatch(context.after[: near.start]):
        other = whole.quantity
        if other is not None and other.unit == quantity.unit and other.value >= quantity.value:
            return _wrong(found, quantity.value / other.value)
        return ""
    found = _BEHIND.match(" ".join(f"|{context.clause[1]}".split())[1:])
    if (
        found is None
        or cell is None
        or len(cell.beside()) < _LEAST
        or not _measures(found["what"], entry, cell)
    ):
        return ""
    if any(label == "..." for label, _ in cell.table.rows):
        return ""
    total = sum((cell.own, *cell.beside()), Decimal())
    return _wrong(found, cell.own / total) if total > 0 else ""


def _wrong(found: re.Match[str], share: Decimal) -> str:
    above, below = _PARTS[found["part"].lower()]
    part = Decimal(above) / below
    if share > part if found["over"] else share < part:
        return ""
    said = f"{found['over'] or found['under']} {found['part']}"
    return f"“{said.lower()}” is said of it, and it is {float(share):.1%} of the whole"


def _measures(what: str, entry: Entry, cell: Place) -> bool:
    """Whether some words name what a column measures."""
    known = {*tokens(entry.label), *tokens(cell.name)} - {*tokens(cell.row)}
    return any(word[:_STEM] == other[:_STEM] for word in known for other in tokens(what))
