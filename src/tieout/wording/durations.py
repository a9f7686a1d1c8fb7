"""Bounds of time in words, in another unit than the number or its label: *less than an hour* of 75 minutes.

*Waited less than an hour* of what is called *Patients who waited more than 60 minutes*; *seen within an hour*
of ``(wait_min <= 30).mean()``; *less than an hour (75 minutes)*.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import units
from tieout.numerals import Context, is_denied
from tieout.wording.meant import own_words, tokens
from tieout.wording.traced import core, made_of, nodes

_SECONDS = {
    "second": Fraction(1), "minute": Fraction(60), "hour": Fraction(3600), "day": Fraction(86400),
    "week": Fraction(604800),
}  # fmt: skip
# What columns are called that hold a time: *wait_min*, *stay_days*.
_IN_CODE = {
    "sec": "second", "secs": "second", "seconds": "second", "min": "minute", "mins": "minute",
    "minutes": "minute",
    "hr": "hour", "hrs": "hour", "hours": "hour", "days": "day", "weeks": "week",
}  # fmt: skip
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "half": Fraction(1, 2),
}  # fmt: skip
_KINDS = {
    "more than": 1, "over": 1, "longer than": 1, "at least": 1, "less than": -1, "under": -1,
    "fewer than": -1,
    "shorter than": -1, "within": -1, "at most": -1, "up to": -1, "no more than": -1, "no longer than": -1,
}  # fmt: skip
_DURATION = (
    r"(?P<half>half an? )?(?P<number>\d+(?:\.\d+)?|" + "|".join(_NUMBERS) + r")?(?:[ -]|(?<= ))"
    r"(?P<unit>" + "|".join(_SECONDS) + r")s?\b(?! and)"
)
_BOUND = lazily(
    r"(?<!\bnot )(?<!\bno )\b(?P<kind>" + "|".join(sorted(_KINDS, key=len, reverse=True)) + rf") {_DURATION}",
    re.IGNORECASE,
)
_HELD = lazily(r"(?: on average| in all| at most)?,? ?\($")
_BRACKETS = lazily(r"^\s?\([^()]*\)|^\s?%?\s?(?:of [^()]*)?\)|\([^()]*\)")
_PART = lazily(r"[,;:(]")
# *After more than a week of training* is of something else.
_ASIDE = lazily(
    r"\b(?:after|in|of|with|by|during|since|before|until|from|every)(?: [a-z]+)?\s$", re.IGNORECASE
)
_BEHIND = lazily(
    r"(?: [a-z]+)?, (?:and so |i\.e\. |that is,? |well |far |just )?"
    r"(?P<said>(?:more|less|longer|shorter) than (?:half )?[a-z]+ ?[a-z]*)(?=[.,;)]|$)"
)
_CLOSED = lazily(r"(?: [a-z]+)?\)")
_SIDES = {ast.Gt: 1, ast.GtE: 1, ast.Lt: -1, ast.LtE: -1}


@dataclass(frozen=True)
class _Bound:
    """On which side of a time something lies, 1 above it; the seconds of that time; and the words."""

    side: int
    seconds: Fraction
    said: str


def misheld(entry: Entry, context: Context) -> str:
    """Return in words why a bound of time is another one, or does not hold; empty where it may be right."""
    if is_denied(context):
        return ""
    return _beyond(entry, context) or _of_others(entry, context)


def _beyond(entry: Entry, context: Context) -> str:
    """*Less than an hour (75 minutes)*, *75 minutes, less than an hour*: it lies on the other side."""
    quantity, before = entry.quantity, own_words(context)
    behind = _BEHIND.match(" ".join(f"|{context.clause[1]}".split()).removeprefix("|"))
    said = list(_bounds(behind["said"] if behind else before))
    unit = quantity.unit if quantity is not None else ""
    if quantity is None or quantity.is_range or unit not in _SECONDS or len(said) != 1:
        return ""
    if behind is None:
        found = next(_BOUND.finditer(before))
        if not _HELD.fullmatch(before[found.end() :]) or not _CLOSED.match(context.clause[1]):
            return ""
    gap = Fraction(quantity.value) * _SECONDS[unit] - said[0].seconds
    return f"“{said[0].said}” is said of it" if gap * said[0].side < 0 else ""


def _of_others(entry: Entry, context: Context) -> str:
    """*Waited less than an hour* of those who waited more, and *within an hour* of within half of one."""
    behind = _PART.split(_BRACKETS.sub("", context.clause[1]))[0]
    own, said = list(_bounds(entry.label)) or list(_coded(entry)), list(_bounds(behind))
    if len(said) == 1 and _ASIDE.search(behind.partition(said[0].said)[0]):
        return ""
    if len(own) != 1 or len(said) != 1 or _is_time(entry):
        return ""
    (one,), (other,) = own, said
    if one.side == other.side and one.seconds == other.seconds:
        return ""
    if one.side != other.side and one.seconds != other.seconds:
        return ""  # of those who waited two hours *less than three* is true
    return f"is of those {one.said}, and “{other.said}” is said of it"


def _bounds(text: str) -> Iterator[_Bound]:
    """Give the bounds of time that a text says."""
    for found in _BOUND.finditer(" ".join(text.split())):
        number = (found["number"] or "").lower()
        if not number and not found["half"]:
            continue
        count = Fraction(str(_NUMBERS.get(number, number))) if number else Fraction(1)
        seconds = count * _SECONDS[found["unit"].lower()] / (2 if found["half"] else 1)
        yield _Bound(_KINDS[found["kind"].lower()], seconds, found[0])


def _coded(entry: Entry) -> Iterator[_Bound]:
    """Give the bound that code sets to a column of a known unit: ``(seen.wait_min <= 30).mean()``."""
    made = core(made_of(entry))
    for each in nodes(entry, made) if made is not None else ():
        if not isinstance(each, ast.Compare) or len(each.ops) != 1 or type(each.ops[0]) not in _SIDES:
            continue
        limit, left = each.comparators[0], each.left
        name = getattr(left, "attr", "") or str(getattr(getattr(left, "slice", None), "value", ""))
        unit = _IN_CODE.get(tokens(name)[-1] if tokens(name) else "")
        if unit and isinstance(limit, ast.Constant) and isinstance(limit.value, int | float):
            side = _SIDES[type(each.ops[0])]
            said = f"{'over' if side > 0 else 'within'} {limit.value:g} {unit}s"
            yield _Bound(side, Fraction(limit.value) * _SECONDS[unit], said)


def _is_time(entry: Entry) -> bool:
    unit = entry.quantity.unit if entry.quantity else ""
    return [dimension for dimension, _ in units.root(unit)[1]] == ["[time]"]
