"""Words of a change against the numbers that it lies between: *fell from 213 to 166, an increase of 47*."""

from __future__ import annotations

import ast
import re
from fractions import Fraction

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import LARGER, SMALLER, Context, is_denied, readings
from tieout.wording.changed import mischanged
from tieout.wording.meant import own_words, tokens
from tieout.wording.traced import core, made_of

_NUMBER = r"[−-]?[$€£]?\d[\d.,]*\d|[−-]?[$€£]?\d"
_BETWEEN = r"(?:(?!\bfrom\b|\bto\b)[^.;:()]|(?<=\d)[.](?=\d)){0,40}?"
_ABOUT = r"(?:about |around |nearly |almost |over |more than )?"
_SCALE = r"\s?(?:thousand|million|billion|trillion|tn|bn|mn?|k)\b"
_WAY = rf"(?:(?P<up>{LARGER})|(?P<down>{SMALLER}))"
_FROM_TO = lazily(
    rf"\bfrom {_ABOUT}(?P<one>{_NUMBER}){_BETWEEN} to {_ABOUT}(?P<two>{_NUMBER})"
    rf"{_BETWEEN}, (?:(?:or|that is|i\.e\.),? )?(?:an? |by )?(?:[a-z]+ )?"
    r"(?:(?P<up>increase|rise|growth|jump)|(?P<down>decrease|drop|fall|decline|reduction))"
    rf" of {_ABOUT}$",
    re.IGNORECASE,
)
# *We took 2,511 orders, up from*
_UP_FROM = lazily(
    rf"(?<![\d.,])(?P<one>(?:{_NUMBER})(?:{_SCALE})?)"
    rf"(?:[^\d.;:()]{{0,40}}?),? (?:(?P<up>up)|(?P<down>down)) from {_ABOUT}$",
    re.I,
)
# *185.8 minutes on average, 113.7 minutes longer than those who stayed (72.1*
_BEFORE_IT = lazily(rf"(?<![\d.,])(?P<one>{_NUMBER})[^\d;()]{{0,60}}?, (?:i\.e\. |or )?{_ABOUT}$")
_THAN = lazily(rf"^(?: [\w%]+){{0,2}}? {_WAY} than [^\d.;:()]{{1,60}}\((?P<two>{_NUMBER})", re.IGNORECASE)
# *8.5% compared with 5.7% of the old, 2.8 points more*
_COMPARED = lazily(
    rf"(?<![\d.,])(?P<one>{_NUMBER})[^\d;()]{{0,40}}?"
    r" (?:compared (?:with|to)|against|versus|vs\.?|rather than)"
    rf" (?P<two>{_NUMBER})[^\d;()]{{0,40}}?, (?:i\.e\. |or )?{_ABOUT}$",
    re.IGNORECASE,
)
_MORE = lazily(rf"^(?: [\w%]+){{0,2}}? {_WAY}\b(?! (?:than|or|and))", re.IGNORECASE)
# *Rose from 20.1% to*
_MOVES = lazily(
    r"\b(?:(?P<up>rose|grew|increased|climbed|jumped|went up)"
    r"|(?P<down>fell|dropped|declined|decreased|sank|shrank|went down))"
    rf" (?:[a-z]+ly )?from {_ABOUT}(?P<one>{_NUMBER})(?P<unit>%|(?: (?!in\b|to\b)[a-z]+){{0,2}})"
    rf"(?: in [12]\d{{3}})? to {_ABOUT}$"
)
# *Widened from 19.8% in 2023 to*, where the second number has no tie.
_MOVES_ON = lazily(
    r"\b(?:(?P<up>rose|grew|increased|climbed|jumped|went up|widened)"
    r"|(?P<down>fell|dropped|declined|decreased|sank|shrank|went down|narrowed))"
    rf" (?:[a-z]+ly )?from {_ABOUT}$"
)
_ON_TO = lazily(
    rf"^(?P<percent> ?%)?(?: in [12]\d{{3}})? to {_ABOUT}(?P<two>{_NUMBER})(?P<unit>%?)(?![\d.,]*\d|%)"
)
_PLACES = lazily(r"\b(?:rank\w*|places?|positions?|table|league|chart)\b", re.I)  # less is higher there
_UNIT = lazily(r"[\d.,−-]")
_LOSS = lazily(
    rf"\ba (?:net |small |slight )?(?P<word>loss|deficit|drop|fall|decline|decrease|reduction) of {_ABOUT}$"
)
_CHANGES = frozenset(("change", "gain", "growth", "profit", "surplus", "increase", "rise"))
_LOSSES = frozenset(("loss", "losses", "decline", "decrease", "drop", "fall", "reduction", "abs", "absolute"))
# Numbers that nothing moves to: the base of a rate, *3.16 mites per 100 bees*, and a year, *3.16 in 2023,*.
_ASIDE = lazily(
    r"(?<![\w-])(?:(?P<base>per|every|each|out of)"
    r" \d(?:[\d.,]*\d)?(?: \d{3})*(?: thousand| million)?(?![\w.,]*\d)"
    r"|(?:in|since|until|after|before) (?:[A-Z]\w+ )?[12]\d{3}(?=,| (?:up|down|and)\b))",
    re.IGNORECASE,
)
_ROOM = Fraction(12, 10)  # how far a difference of rounded numbers may be off, in their last digits


def mismoved(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why a change is said the wrong way round; empty where it may be right."""
    if entry.quantity is None or is_denied(Context(own_words(context))):
        return ""
    before = _moving(context.clause[0])
    return (
        _between(before)
        or _from(shown, before)
        or _moves(shown, before, context)
        or _moves_on(shown, before, context)
        or _apart(shown, before, context)
        or _lost(entry, context)
        or mischanged(entry, context)
    )


def _moving(before: str) -> str:
    """Return the words before a number in single spaces, without the numbers that nothing moves to."""
    return _ASIDE.sub(lambda found: found["base"] or "then", re.sub(r"\s+", " ", before))


def _between(before: str) -> str:
    """*From 213 in April to 166 in June, an increase of*."""
    found = _FROM_TO.search(before)
    return _wrong(found, found["one"], found["two"]) if found else ""


def _from(shown: str, before: str) -> str:
    """*2,511 orders, down from 2,279*."""
    found = _UP_FROM.search(before)
    scales = [re.findall(_SCALE, text) for text in (found["one"], shown)] if found else []
    return _wrong(found, shown, found["one"]) if found and scales[0] == scales[1] else ""


def _moves(shown: str, before: str, context: Context) -> str:
    """*Rose from 20.1% to 13.1%*, where the first number has no tie."""
    found = _MOVES.search(before)
    if (
        found is None
        or _PLACES.search(" ".join(context.clause))
        or any(found["one"] in near.text for near in context.near if near.side == "before")
    ):
        return ""  # of two ties the numbers themselves are compared
    units = [_UNIT.sub("", text).strip() for text in (found["one"] + found["unit"], shown)]
    return _wrong(found, found["one"], shown) if units[0] == units[1] else ""


def _moves_on(shown: str, before: str, context: Context) -> str:
    """*Widened from 25.3% to 19.8%*, where the second number has no tie."""
    said, after = _MOVES_ON.search(before), " ".join(f"|{context.clause[1]}".split())[1:]
    found = _ON_TO.match(after) if said and not _PLACES.search(" ".join(context.clause)) else None
    if said is None or found is None or any(found["two"] in near.text for near in context.near):
        return ""
    is_alike = "%" in f"{shown}{found['percent']}" and found["unit"] == "%"
    return _wrong(said, shown, found["two"]) if is_alike else ""


def _lost(entry: Entry, context: Context) -> str:
    """*A loss of 9* of what is recorded as a change, and is above zero."""
    quantity, said = entry.quantity, _LOSS.search(re.sub(r"\s+", " ", context.clause[0]))
    if said is None or quantity is None or quantity.value <= 0 or quantity.is_range:
        return ""
    made = core(made_of(entry))
    labels = made.slice.elts if isinstance(made, ast.Subscript) and isinstance(made.slice, ast.Tuple) else []
    last = str(labels[-1].value) if labels and isinstance(labels[-1], ast.Constant) else ""
    called = {*tokens(last), *(tokens(entry.label)[:1])}
    if called.isdisjoint(_CHANGES) or not called.isdisjoint(_LOSSES):
        return ""
    return f"is said as {said['word']}, and the entry is called “{entry.label}” and above zero"


def _wrong(found: re.Match[str], one: str, two: str) -> str:
    first, second = _value(one), _value(two)
    if first is None or second is None or first == second or (second > first) == bool(found["up"]):
        return ""
    way = "up" if second > first else "down"
    return f"is said as “{found['up'] or found['down']}”, and it went from {one} to {two}, {way}"


def _apart(shown: str, before: str, context: Context) -> str:
    """*185.8 minutes, 113.7 minutes shorter than those who stayed (72.1)*: of what lies so far apart."""
    after = re.sub(r"\s+", " ", context.clause[1])
    compared, ahead = _COMPARED.search(before), _BEFORE_IT.search(before)
    said = _MORE.match(after) if compared else _THAN.match(after)
    if said is None or not (compared or ahead):
        return ""
    one = _value((compared or ahead)["one"])  # type: ignore[index]
    two = _value(compared["two"] if compared else said["two"])
    far = _value(shown)
    if one is None or two is None or far is None or one == two:
        return ""
    if "%" in shown and one and two:  # *4,584 GWh, 21% more than in the rest (3,774 GWh)*
        is_far = all(
            abs(abs(share) * 100 - abs(far)) > _grain(shown) for share in (one / two - 1, 1 - two / one)
        )
    else:
        is_far = abs(abs(one - two) - abs(far)) > _ROOM * max(map(_grain, (shown, (compared or said)["two"])))
    if is_far:
        return ""
    word = said["up"] or said["down"]
    way = "more" if one > two else "less"
    return "" if (one > two) == bool(said["up"]) else f"is said as {word}, and the first of the two is {way}"


def _grain(text: str) -> Fraction:
    forms = readings(text)
    return forms[0].figures[0].grain if forms else Fraction(0)


def _value(text: str) -> Fraction | None:
    forms = readings(text)
    return forms[0].ends[0] if forms and not forms[0].is_range else None
