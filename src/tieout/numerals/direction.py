"""Words that give a number a direction: *fell by*, *more than before*, *below the mean*.

What such words say is weighed only where they touch a tie; what cannot be read for certain is left alone.
"""

from __future__ import annotations

import re

from tieout.numbers import Op, Quantity
from tieout.numerals.context import Context

UP, DOWN = 1, -1
RISE = (
    r"rose|rises?|rising|risen|gr[eo]ws?|grown|growing|increas(?:e|es|ed|ing)|gain(?:s|ed)?|climb(?:s|ed)?"
    r"|jump(?:s|ed)?|surg(?:e|es|ed)|expand(?:s|ed)?|soar(?:s|ed)?|improv(?:e|es|ed)|doubl(?:e|es|ed)|tripl(?:e|es|ed)"
    r"|quadrupl(?:e|es|ed)"
)
FALL = (
    r"fell|falls?|falling|fallen|dropp?(?:s|ed)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)|shr[aiu]nk(?:s|en)?"
    r"|los(?:t|es|ses|s)|reduc(?:e|es|ed|tion|tions)|sank|sinks?|sunk|cuts?|slump(?:s|ed)?|halv(?:e|es|ed)"
    r"|plung(?:e|es|ed)"
)
ADVERBS = (
    r"(?:only |just |about |around |roughly |nearly |almost |another |a further |some |over |more than "
    r"|~ ?|≈ ?)*"
)
_BY = re.compile(
    rf"\b(?:(?P<up>{RISE})|(?P<down>{FALL}))(?: sharply| slightly| again| steeply)? (?:by|of) {ADVERBS}$"
    rf"|\b(?:(?P<rose>{RISE})|(?P<fell>{FALL})) by [^;]{{1,60}} by {ADVERBS}$"
    rf"|\b(?:(?P<plus>up)|(?P<minus>down)) (?:by )?{ADVERBS}$",
    re.IGNORECASE,
)
_THAN = re.compile(
    r"\s(?:\w+ )?(?:(?P<up>more|higher|larger|greater|above)|(?P<down>less|fewer|lower|smaller|below))\b"
    r"(?! (?:or|and|for each|often))",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r" (?:the|its|their|average|normal|trend|target|last|plan|expect|forecast|budget|baseline)"
)
_EARLIER = re.compile(r"\bthan\b.*\b(?:ago|last|before|earlier|previous|preceding)\b", re.DOTALL)
_REACH = 50
_NOT = re.compile(
    r"\b(?:not?|never|neither|nor|nothing|nobody|none|cannot|without|hardly|scarcely|instead|n't)\b|n['’]t\b",
    re.IGNORECASE,
)
_GROWTH = re.compile(r"\b(?:growth|increase|rise|gain|grew|grown)\b", re.IGNORECASE)
_EXCESS = re.compile(r"\b(?:above|excess|surplus|more than|higher than)\b", re.IGNORECASE)
_SHORTFALL = re.compile(r"\b(?:below|shortfall|deficit|less than|fewer than|lower than)\b", re.IGNORECASE)
_LOSS = re.compile(r"\b(?:decline|decrease|reduction|drop|fall|loss|cut)\b", re.IGNORECASE)


def direction(context: Context) -> int:
    """Return whether the words at a number say that something rose or fell by it: 1, −1, or 0 for neither.

    Examples
    --------
    >>> direction(Context("sales fell by ")), direction(Context("", " more than before"))
    (-1, 1)
    """
    before = " ".join(context.clause[0].split())
    before += " " * context.before[-1:].isspace()
    found = _BY.search(before)
    if found:
        return UP if found["up"] or found["plus"] or found["rose"] else DOWN
    found = _against(context)
    return (UP if found["up"] else DOWN) if found else 0


def _against(context: Context) -> re.Match[str] | None:
    """Return the words by which a number is set against something: *more than*, *below the mean*."""
    after = " ".join(context.clause[1].split())
    found = _THAN.match(" " + after) if after else None
    than = found is not None and " than" in (after + " ")[: found.end() + 6]
    alone = found is not None and (found["up"] or found["down"]).lower() in ("above", "below")
    return found if than or (alone and _BESIDE.match(" " + after, found.end() if found else 0)) else None


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
    if not said or is_denied(context) or quantity.is_range:
        return ""
    way = {UP: "a rise", DOWN: "a fall"}
    own = known_direction(quantity) if quantity.value >= 0 else DOWN
    if quantity.value < 0:
        return f"is said as {way[UP]}, and the entry is {way[DOWN]}" if said == UP and not negative else ""
    by = _BY.search(" ".join(context.clause[0].split()) + " ")
    if own and own != said and by:
        return f"is said as {way[said]}, and the entry is {way[own]}"
    earlier = _EARLIER.search(context.clause[1][:_REACH])
    side = _side(quantity.label or "") or (known_direction(quantity) if earlier else 0)
    if side and side != said and not by and _against(context):
        names = {UP: "more", DOWN: "less"}
        return f"is said as {names[said]}, and the entry is {names[side]}"
    return ""


def _side(label: str) -> int:
    """Return on which side of something its label says that a number lies; 0 for neither, or both."""
    more, less = bool(_EXCESS.search(label)), bool(_SHORTFALL.search(label))
    return 0 if more == less else UP if more else DOWN


def is_denied(context: Context) -> bool:
    """Whether a sentence denies what it says."""
    return bool(_NOT.search(" ".join(context.clause)))
