"""Bounds that words set to a number from behind, and multiples in words before a ratio in brackets.

*8.61, just over 9*; *just under twice that of summer (ratio 2.11)*. A multiple may be that of the other way
round, and is rounded as words are: three times of 2.7; what is over or under it is strict.
"""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from fractions import Fraction

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import PURE
from tieout.numerals import Context, is_denied, readings
from tieout.wording.meant import own_words
from tieout.wording.traced import core, made_of

_TIMES = {
    "half": "0.5", "halve": "0.5", "twice": "2", "double": "2", "two times": "2", "three times": "3",
    "triple": "3", "treble": "3", "four times": "4", "quadruple": "4", "five times": "5", "six times": "6",
    "seven times": "7", "eight times": "8", "nine times": "9", "ten times": "10",
}  # fmt: skip
_OVER = "just over|slightly over|a little over|more than|well over|over"
_UNDER = "just under|slightly under|slightly less than|a little under|nearly|almost|not quite|less than|under"
_ABOUT = "about|around|roughly|approximately|some|close to"
_HEDGE = rf"(?:(?:(?P<over>{_OVER})|(?P<under>{_UNDER})|(?P<about>{_ABOUT})) )?"
_MULTIPLE = lazily(
    rf"\b{_HEDGE}(?P<times>{'|'.join(sorted(_TIMES, key=len, reverse=True))})(?:[ds]|ing)?\b"
    r"(?! (?:a|an|each|every|per)\b)(?: [^\W\d][\w’'-]*){0,8} \((?:(?:a|the) )?ratio(?: of| ?[=:])? $",
    re.IGNORECASE,
)
_GROWN = lazily(r"\b(?:doubl|tripl|trebl|quadrupl|halv)(?:ed|es)\b[^.;:,()\d]*\($", re.IGNORECASE)
_MORE = lazily(r"\b(?:half|twice|doubl|halv|tripl|quadrupl|times)\w*\b", re.IGNORECASE)
_LOW, _HIGH, _HARDLY = Decimal("0.8"), Decimal("1.25"), Decimal("0.6")
# *8.61, just over 9.*, but not *25 children, under 9*.
_BEHIND = lazily(
    r"%?(?:,| (?:it )?(?:is|was|lies|lay)) (?P<said>(?:just |well |slightly |far |a little )?"
    r"(?:(?P<over>over|above|more than)|under|below|less than) (?P<bound>\d+(?:\.\d+)?))"
    r"(?P<unit>%| [^\W\d][\w/]*)?(?=[.,;)]|$)"
)


def misbounded(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why a number does not lie where words say; empty where it may.

    Examples
    --------
    >>> from tieout.wording.multiples import _beyond, _multiplied
    >>> _beyond("8.61", ", just over 9."), _beyond("8.61", ", just under 9."), _beyond("8", ", over 9 times")
    ('“just over 9” is said of it', '', '')
    >>> _multiplied(Decimal("2.11"), "It was just under twice that of summer (ratio ")
    '“just under twice” is said of it'
    """
    quantity = entry.quantity
    if quantity is None or quantity.is_range or is_denied(context):
        return ""
    is_ratio = quantity.unit == PURE and quantity.value > 0
    return _beyond(shown, context.clause[1]) or (
        _multiplied(quantity.value, _as_ratio(entry, own_words(context))) if is_ratio else ""
    )


def _as_ratio(entry: Entry, before: str) -> str:
    """Return what stands before a number with *ratio* in its bracket, where the code of it divides two."""
    made = core(made_of(entry))
    is_divided = isinstance(made, ast.BinOp) and isinstance(made.op, ast.Div)
    return f"{before}ratio " if is_divided and before.endswith("(") and _GROWN.search(before) else before


def _beyond(shown: str, after: str) -> str:
    """*8.61, just over 9*: of one unit, or of none."""
    found, forms = _BEHIND.match(re.sub(r"\s+", " ", after)), readings(shown)
    if found is None or not forms or forms[0].is_range or forms[0].scale != 1:
        return ""
    if (found["unit"] or "").strip() not in f"{shown}{after[:1]}":
        return ""
    value, bound = forms[0].ends[0], Fraction(found["bound"])
    is_wrong = value < bound if found["over"] else value > bound
    return f"“{found['said']}” is said of it" if is_wrong else ""


def _multiplied(value: Decimal, before: str) -> str:
    """*Just under twice that of summer (ratio*."""
    found = _MULTIPLE.search(before)
    if found is None or len(_MORE.findall(before)) != 1:
        return ""
    said = Decimal(_TIMES[found["times"].lower()])
    share, other = value / said, 1 / value / said
    if found["over"]:
        fits = share >= 1 or other >= 1
    elif found["under"]:
        is_strict = found["under"].lower() in ("less than", "under")
        fits = (0 if is_strict else _HARDLY) <= share <= 1 or _HARDLY <= other <= 1
    else:
        fits = _LOW <= share <= _HIGH or _LOW <= other <= _HIGH
    said_so = " ".join(found[name] for name in ("over", "under", "about", "times") if found[name])
    return "" if fits else f"“{said_so}” is said of it"
