"""Quarters beside numbers of other ones: *9.6% in the second quarter of 2009*, of an entry of the third."""

from __future__ import annotations

import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context
from tieout.wording.meant import tokens

_NAMES = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "4", "final": "4"}
_SAID = (
    rf"(?:(?P<name>{'|'.join(_NAMES)}) quarter of (?P<of>[12]\d{{3}})"
    r"|Q(?P<number>[1-4]) (?P<year>[12]\d{3}))(?!\d)"
)
_AFTER = lazily(rf"\)? (?:in|at|of|for|by) (?:the )?{_SAID}", re.IGNORECASE)
_BEFORE = lazily(
    rf"\b[Ii]n (?:the )?{_SAID}(?:,| )"
    r"(?: ?(?!than|and|from|since|after|before|until|but)[A-Za-z’'-]+){0,8} $"
)
_ANY = lazily(_SAID, re.IGNORECASE)
_ALONE = lazily(
    r"(?<!above )(?<!below )(?<!than )(?<!over )(?<!on )(?<!from )(?<!with )(?<!against )(?<!to )"
    r"\b(?:the|[Ii]n|[Ii]ts) (first|second|third|fourth) quarter\b(?! of the)",
    re.IGNORECASE,
)
_CALLED = lazily(
    r"(?<![^\W_])(?:([12]\d{3})[-. ]?q([1-4])|q([1-4])[-. ]?([12]\d{3}))(?![^\W_])", re.IGNORECASE
)
_ELSEWHERE = lazily(r"\b(?:later|earlier|ago|after|before|since|next|following|previous|preceding)\b")
# What is made of two quarters is of neither.
_MADE = frozenset(("difference", "change", "ratio", "growth", "sum", "mean", "average", "gap"))


def misquartered(entry: Entry, context: Context) -> str:
    """Return in words why a quarter beside a number is not its entry's; empty where it may be.

    A number is of the quarter that stands right behind it, or else of the one that its clause begins with.
    """
    own = {_key(found[1] or found[4], found[2] or found[3]) for found in _CALLED.finditer(entry.label)}
    own = own or {_key(found[1] or found[4], found[2] or found[3]) for found in _CALLED.finditer(entry.id)}
    made = _MADE.intersection((*tokens(entry.label), *tokens(entry.id)))
    if len(own) != 1 or made or (entry.quantity is not None and entry.quantity.formula is not None):
        return ""
    before, after = context.clause
    ahead = min((each.start for each in context.near if each.side == "after"), default=len(after))
    before, after = (re.sub(r"\s+", " ", part) for part in (before, after[:ahead]))
    last = max((each.end for each in context.near if each.side == "before"), default=0)
    behind = re.sub(r"\s+", " ", context.before[max(last, len(context.before) - len(context.clause[0])) :])
    if last and (theirs := _AFTER.match(behind)):
        behind = behind[theirs.end() :]  # the quarter of the number before it
    found = _AFTER.match(after) or (None if _AFTER.search(after) else _BEFORE.search(behind))
    if found is None and not _ANY.search(f"{before} | {after}"):
        return _undated(min(own), behind, f"{before} {after}")
    if found is None or _ELSEWHERE.search(f"{behind} {after}"):
        return ""
    said = _told(found)
    (one,) = own
    if said == one or one in {_told(each) for each in _ANY.finditer(f"{before} | {after}")}:
        return ""
    return f"is said of {said}, and the entry is of {one}"


def _undated(own: str, behind: str, clause: str) -> str:
    """*The second quarter was the weakest (* of an entry of the first: what alone a clause names."""
    named = {_NAMES[found[1].lower()] for found in _ALONE.finditer(clause)}
    said = _ALONE.search(behind)
    if said is None or len(named) != 1 or own[1] in named or _ELSEWHERE.search(clause):
        return ""
    return f"is said of the {said[1]} quarter, and the entry is of {own}"


def _told(found: re.Match[str]) -> str:
    return _key(found["of"] or found["year"], found["number"] or _NAMES[found["name"].lower()])


def _key(year: str, number: str) -> str:
    return f"Q{number} {year}"
