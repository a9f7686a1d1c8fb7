"""Comparatives before two numbers in brackets: *Men were older than women (50.9 vs 46.4 years)*.

The first number is that of what the sentence is about, unless the labels of the two say otherwise. How much
more it is said to be, in a number without a tie, is weighed as well: *by four and a half years*.
"""

from __future__ import annotations

import re
from fractions import Fraction

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numbers import PURE
from tieout.numerals import LARGER, LARGER_UK, SMALLER, SMALLER_UK, Context, Near, is_denied, readings
from tieout.wording.crossed import letters, names_apart
from tieout.wording.sides import is_named

_VERB = (
    "is|are|was|were|be|been|had|has|have|got|gave|made|spent|saw|ran|took|cost|earns?|scores?|[a-z]{2,}ed"
)
_ADVERB = r"(?:(?!than\b)[a-z]+ly |much |far |still |clearly |even |somewhat |also |thus |on average )*"
_BY = r"(?: (?:by|на) (?P<much>(?:[^.;:()]|(?<=\d)[.,](?=\d)){1,40}?))?"
# *Were older than women by four years (*
_ENGLISH = lazily(
    rf"\b(?:{_VERB}) (?:worth )?{_ADVERB}(?:[\d.,]+ ?%? (?:\w+ )?)?(?:(?P<up>{LARGER})|(?P<down>{SMALLER}))"
    rf"(?: [a-z]+){{0,3}}? than (?P<object>[^.;:,()\d]{{1,50}}?){_BY}(?: \(|:)$",
    re.IGNORECASE,
)
_UKRAINIAN = lazily(
    rf"\b(?:(?P<up>{LARGER_UK})|(?P<down>{SMALLER_UK}))(?: [^\W\d_]+){{0,2}}? (?:за|ніж(?: у| в)?|від)"
    rf" (?P<object>[^.;:,()\d]{{1,50}}?){_BY} \($",
    re.IGNORECASE,
)
# Behind these something else is compared: *older than women who earn less (*.
_MORE_SAID = lazily(
    rf"\b(?:{LARGER}|{SMALLER}|{LARGER_UK}|{SMALLER_UK}|is|are|was|were|had|has|have|did|does?|who|which|that|and|or"
    r"|або|які|що|[a-z]{3,}ed)\b",
    re.IGNORECASE,
)
_AGAINST = lazily(
    r"\)?,? ?(?:vs\.?|versus|(?:as )?against|as opposed to|compared (?:with|to)|and|проти|порівняно з|та|і)"
    r" (?:the |an? )?\(?"
)
_PORTION = lazily(r"%|\b(?:per ?cent|times|fold|percentage|відсот\w*|раз\w*)\b", re.IGNORECASE)
_SEXES = {"man": ("men",), "woman": ("women",), "male": ("men",), "female": ("women",)}
_SLACK = Fraction(6, 100)  # what counting with rounded numbers may add


def miscompared(entry: Entry, shown: str, context: Context, ledger: Ledger, lang: str = "en") -> str:
    """Return in words why a comparison is not true of the two numbers behind it; empty where it may be.

    Parameters
    ----------
    shown
        The first of them, as its tie shows it.
    """
    found, near = _said(context), context.next
    other = ledger.entries.get(near.key) if found and near else None
    if found is None or near is None or other is None or not _AGAINST.fullmatch(context.after[: near.start]):
        return ""
    sizes = _sizes(entry, other)
    if sizes is None or is_denied(context):
        return ""
    numbers = (shown, near.text)
    if _is_turned(entry, other, found["object"]):
        sizes, numbers = (sizes[1], sizes[0]), (numbers[1], numbers[0])
    gap = sizes[0] - sizes[1]
    word = found["up"] or found["down"]
    if gap and (gap > 0) != bool(found["up"]):
        return f"“{word} than {found['object']}” is said, and {numbers[0]} is {_way(gap)} than {numbers[1]}"
    much = found["much"] or ""
    if _is_far(much, abs(gap), lang) and not _is_tied(context, much):
        return f"“by {much}” is said, and {numbers[0]} and {numbers[1]} are {float(abs(gap)):.3g} apart"
    return ""


def _said(context: Context) -> re.Match[str] | None:
    before = " ".join(context.clause[0].split())
    found = _ENGLISH.search(before) or _UKRAINIAN.search(before)
    return None if found is None or _MORE_SAID.search(found["object"]) else found


def _sizes(entry: Entry, other: Entry) -> tuple[Fraction, Fraction] | None:
    """Return two numbers of one unit, or one of which has none."""
    one, two = entry.quantity, other.quantity
    if one is None or two is None or one.is_range or two.is_range:
        return None
    if one.unit != two.unit and PURE not in (one.unit, two.unit):
        return None
    return Fraction(one.value), Fraction(two.value)


def _is_turned(entry: Entry, other: Entry, said: str) -> bool:
    """Whether the first number is that of what something is set against, by the names of both."""
    names = names_apart(entry, other) or letters(entry, other)
    if names is None:
        return False
    own, theirs = (is_named(said, (name, *_SEXES.get(name, ()))) for name in names)
    return own and not theirs


def _is_far(much: str, gap: Fraction, lang: str) -> bool:
    """Whether two numbers are clearly not so far apart as a text says."""
    forms = readings(much, lang) if much and not _PORTION.search(much) else ()
    if not forms or forms[0].is_range or forms[0].qualifiers or forms[0].ends[0] < 1:
        return False
    return abs(forms[0].ends[0] - gap) > forms[0].figures[-1].grain / 2 + gap * _SLACK


def _is_tied(context: Context, text: str) -> bool:
    return any(each.side == "before" and _overlaps(each, text) for each in context.near)


def _overlaps(near: Near, text: str) -> bool:
    return near.text in text or text in near.text


def _way(gap: Fraction) -> str:
    return "more" if gap > 0 else "less"
