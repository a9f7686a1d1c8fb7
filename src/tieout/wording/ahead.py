"""*Ahead of* and *behind* against two numbers set in order: *most leads, 2,600, behind ads with 1,900*.

What is ahead is more only where the sentence says that the most comes first, and never of times: in a race,
or where the least is best, the smaller one is ahead.
"""

from __future__ import annotations

import re

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numbers import units
from tieout.numerals import Context, is_denied
from tieout.wording.crossed import names_apart
from tieout.wording.groups import Siblings
from tieout.wording.meant import own_words
from tieout.wording.sides import Sides

_FAR = r"(?:only |just |well |far |slightly |narrowly |a little |a long way )?"
_WORD = r"(?:(?P<up>ahead of)|(?P<down>behind))"
# *… in 2024, ahead of Mid-market at*, between two ties
_BETWEEN = lazily(
    rf"[^.;:()\d]{{0,40}}?(?: in [12]\d{{3}})?, {_FAR}{_WORD} (?P<object>[^.;:()\d]{{1,40}}?)"
    r"(?:,? (?:with|at|on)(?: (?:about|around|some|nearly|almost|only|just))? | ?\()",
    re.IGNORECASE,
)
_MOST = lazily(
    r"\b(?:most|largest|highest|biggest|greatest|longest|busiest|richest|first|top|leads?|led)\b", re.I
)
_LEAST = lazily(
    r"\b(?:least|fewest|lowest|smallest|shortest|worst|last|cheapest|weakest|slowest|fastest|poorest|quietest)\b",
    re.IGNORECASE,
)
_VERB = lazily(r"\b(?:is|was|are|were|had|has|have|who|which|that|and|but|schedule|time|plan|target)\b")
_BY = lazily(
    rf"(?P<lead>.*)\b{_WORD} (?P<object>[^.;:,()\d]{{1,40}})"
    r" by (?:about |around |nearly |almost |just |only )?$",
    re.IGNORECASE,
)
_EITHER = lazily(r"\bahead of\b|\bbehind\b", re.IGNORECASE)
# *0.77 t/ha ahead of Cadmus*
_OF = lazily(rf"^[^.;:,()\d]{{0,24}}? {_WORD} (?P<object>[^.;:,()\d]{{1,40}})", re.IGNORECASE)


def misplaced(entry: Entry, context: Context, ledger: Ledger, siblings: Siblings) -> str:
    """Return in words why a number is ahead and not behind, or the other way; empty where it may be."""
    if entry.quantity is None or entry.quantity.is_range or _is_time(entry) or is_denied(context):
        return ""
    return _in_order(entry, context, ledger) or _apart(entry, context, siblings)


def _in_order(entry: Entry, context: Context, ledger: Ledger) -> str:
    near, own = context.next, entry.quantity
    other = ledger.entries.get(near.key) if near else None
    if near is None or own is None or other is None or other.quantity is None or other.quantity.is_range:
        return ""
    found = _BETWEEN.fullmatch(re.sub(r"\s+", " ", context.after[: near.start]))
    before = own_words(context)
    if found is None or not _MOST.search(before) or _LEAST.search(before) or _VERB.search(found["object"]):
        return ""
    if own.unit != other.quantity.unit or names_apart(entry, other) is None:
        return ""
    one, two = own.value, other.quantity.value
    word = found["up"] or found["down"]
    if one == two or (one > two) == bool(found["up"]):
        return ""
    return f"is said to be {word} {found['object']}, and is {'more' if one > two else 'less'}"


def _apart(entry: Entry, context: Context, siblings: Siblings) -> str:
    """*Home wins were behind away wins by 13.9 points*, of home wins less away wins."""
    assert entry.quantity is not None
    before, after = own_words(context), " ".join(context.clause[1].split())
    if not _EITHER.search(f"{before} {after}"):
        return ""
    ahead, behind = _BY.match(before), _OF.match(f" {after}")
    found = ahead or behind
    sides = Sides.of(entry, siblings)
    if found is None or not sides.is_difference or not entry.quantity.value or _LEAST.search(before):
        return ""
    subject = sides.subject(ahead["lead"] if ahead else before, f"than {found['object']}")
    word = found["up"] or found["down"]
    if not subject or ((entry.quantity.value > 0) == (subject > 0)) == bool(found["up"]):
        return ""
    if _VERB.search(found["object"]):
        return ""
    which, zero = "first" if subject > 0 else "second", "above" if entry.quantity.value > 0 else "below"
    said = f"is said to be {word} {found['object'].strip()}"
    return f"{said}, and the entry is a difference {zero} zero of which the {which} is said"


def _is_time(entry: Entry) -> bool:
    assert entry.quantity is not None
    return [dimension for dimension, _ in units.root(entry.quantity.unit)[1]] == ["[time]"]
