"""Words that give a number a direction, or set it against another: *fell by*, *more than*, *from A to B*.

What such words say is weighed only where they touch a tie; what cannot be read for certain is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from tieout.numbers import Op, Quantity, UnitMismatch, units
from tieout.numerals.context import Context

UP, DOWN = 1, -1
_RISE = (
    r"rose|rises?|rising|risen|gr[eo]ws?|grown|growing|increas(?:e|es|ed|ing)|gain(?:s|ed)?|climb(?:s|ed)?"
    r"|jump(?:s|ed)?|surg(?:e|es|ed)|expand(?:s|ed)?|soar(?:s|ed)?|improv(?:e|es|ed)|doubl(?:e|es|ed)|tripl(?:e|es|ed)"
    r"|quadrupl(?:e|es|ed)"
)
_FALL = (
    r"fell|falls?|falling|fallen|dropp?(?:s|ed)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|shr[aiu]nk(?:s|en)?"
    r"|los(?:t|es|ses|s)|reduc(?:e|es|ed|tion|tions)|sank|sinks?|sunk|cuts?|slump(?:s|ed)?|halv(?:e|es|ed)"
    r"|plung(?:e|es|ed)"
)
_ADVERBS = (
    r"(?:only |just |about |around |roughly |nearly |almost |another |a further |some |over |more than "
    r"|~ ?|≈ ?)*"
)
_BY = re.compile(
    rf"\b(?:(?P<up>{_RISE})|(?P<down>{_FALL}))(?: sharply| slightly| again| steeply)? (?:by|of) {_ADVERBS}$"
    rf"|\b(?:(?P<rose>{_RISE})|(?P<fell>{_FALL})) by [^;]{{1,60}} by {_ADVERBS}$"
    rf"|\b(?:(?P<plus>up)|(?P<minus>down)) (?:by )?{_ADVERBS}$",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\s(?:\w+ )?(?:(?P<up>more|higher|larger|greater|above)|(?P<down>less|fewer|lower|smaller|below))\b"
    r"(?! (?:or|and|for each|often))",
    re.IGNORECASE,
)
_FROM = re.compile(
    rf"\b(?:(?P<up>{_RISE})|(?P<down>{_FALL}))\b(?P<between>[^.;:]{{0,40}}?)\bfrom {_ADVERBS}$", re.IGNORECASE
)
_TO = re.compile(rf"(?: (?:in|of|during) [^.;,]{{1,20}}?)? to {_ADVERBS}$", re.IGNORECASE)
_COMPARED = re.compile(
    r"(?:\s\w+){0,3}?\s(?:is|was|are|were|lies|lay|stands|stood)(?: much| far| slightly| still| clearly)?"
    r" (?:(?P<up>larger|greater|higher|more|bigger|longer|above)"
    r"|(?P<down>smaller|lower|less|fewer|shorter|below))"
    r"(?: than)?(?: the| its| that of| those of)?\s$",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not?|never|neither|nor|without|hardly|instead|n't)\b|n['’]t\b", re.IGNORECASE)
_GROWTH = re.compile(r"\b(?:growth|increase|rise|gain|grew|grown)\b", re.IGNORECASE)
_LOSS = re.compile(r"\b(?:decline|decrease|reduction|drop|fall|loss|cut)\b", re.IGNORECASE)
_TIMES = {"doubl": Fraction(2), "tripl": Fraction(3), "quadrupl": Fraction(4), "halv": Fraction(1, 2)}
Lookup = Callable[[str], Quantity | None]


def direction(context: Context) -> int:
    """Return whether the words at a number say that something rose or fell by it: 1, −1, or 0 for neither.

    Examples
    --------
    >>> direction(Context("sales fell by ")), direction(Context("", " more than before"))
    (-1, 1)
    """
    before, after = (" ".join(part.split()) for part in context.clause)
    before += " " * context.before[-1:].isspace()
    found = _BY.search(before)
    if found:
        return UP if found["up"] or found["plus"] or found["rose"] else DOWN
    found = _THAN.match(" " + after) if after else None
    if found and " than" in (after + " ")[: found.end() + 6]:
        return UP if found["up"] else DOWN
    return 0


def known_direction(quantity: Quantity) -> int:
    """Return whether an entry above zero says a rise or a fall, by its formula or its label."""
    formula, label = quantity.formula or quantity.lineage, quantity.label or ""
    if isinstance(formula, Op) and formula.name == "growth_rate":
        return UP
    rise, fall = bool(_GROWTH.search(label)), bool(_LOSS.search(label))
    return 0 if rise == fall else UP if rise else DOWN


def misdirected(quantity: Quantity, context: Context, negative: bool) -> str:
    """Return in words why the direction said is not the entry's; empty where it is, or is not known."""
    said = direction(context)
    if not said or _denied(context) or quantity.is_range:
        return ""
    way = {UP: "a rise", DOWN: "a fall"}
    own = known_direction(quantity) if quantity.value >= 0 else DOWN
    if quantity.value < 0:
        return f"is said as {way[UP]}, and the entry is {way[DOWN]}" if said == UP and not negative else ""
    by = _BY.search(" ".join(context.clause[0].split()) + " ")
    if own and own != said and by:
        return f"is said as {way[said]}, and the entry is {way[own]}"
    return ""


def reversed_by(quantity: Quantity, context: Context, lookup: Lookup) -> str:
    """Return in words why a comparison with the next tie of the clause is the wrong way round, or nothing.

    Read are *rose from A to B* (also *fell*, *doubled*, *halved*) and *A is larger than B*.
    """
    following = context.next
    other = lookup(following.key) if following else None
    if following is None or other is None or _denied(context):
        return ""
    sizes = _sizes(quantity, other)
    between = context.after[: following.start]
    if sizes is None or any(mark in between for mark in (". ", "; ", "|")):
        return ""
    first, second = sizes
    verb = _FROM.search(_plain(context.clause[0]))
    if verb and _TO.fullmatch(_plain(between)):
        word = (verb["up"] or verb["down"]).lower()
        times = next((size for stem, size in _TIMES.items() if word.startswith(stem)), None)
        if times and first and not Fraction(3, 4) <= second / first / times <= Fraction(5, 4):
            return f"to {following.text} has not {word}"
        if (verb["up"] and second < first) or (verb["down"] and second > first):
            return f"to {following.text} is {'a fall' if verb['up'] else 'a rise'}, and the verb is “{word}”"
        return ""
    compared = _COMPARED.fullmatch(_plain(between))
    if compared and ((compared["up"] and first < second) or (compared["down"] and first > second)):
        return (
            f"is {'less' if compared['up'] else 'more'} than {following.text}, and the words say the contrary"
        )
    return ""


def is_compared(context: Context) -> bool:
    """Whether the words before a number set another tie against it: *A is more than B* bounds nothing."""
    before = context.before
    last = max((near.end for near in context.near if near.side == "before"), default=None)
    return last is not None and bool(_COMPARED.fullmatch(_plain(before[last:])))


def _plain(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text)


def _denied(context: Context) -> bool:
    return bool(_NOT.search(" ".join(context.clause)))


def _sizes(one: Quantity, other: Quantity) -> tuple[Fraction, Fraction] | None:
    try:
        factor = units.factor(other.unit, one.unit)
    except UnitMismatch:
        return None
    return Fraction(one.value), Fraction(other.value) * factor
