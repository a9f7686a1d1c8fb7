"""Words that say outright that a number is a fall: *cost us 1.27 kg*, *softened by 3.2%*, *a 4% shortfall*.

They say the sign of an entry below zero, and nothing against one above: *we lost 12 hives* may count hives.
"""

from __future__ import annotations

import re

from tieout.machine.patterns import lazily
from tieout.numbers import Quantity
from tieout.numerals.context import Context
from tieout.numerals.direction import is_denied
from tieout.numerals.falls import (
    BEYOND,
    COMPARATIVES,
    FALLEN,
    FALLING,
    JUDGED,
    LOSSES,
    NEGATIVE,
    NOUNS,
    TAKING,
)
from tieout.numerals.turns import ADVERBS, ARTICLE, FALL, RISE, UNIT

_LOST = rf"(?:{LOSSES}) (?:is|was|are|were|came to|came in at|amounted to|averaged|totalled|reached)"
_WHOM = (
    r"(?!(?:of|by|to|from|per|at|in|on|is|are|was|were|be|been|not|for|than|and|or|but)\b)[^\W\d_][\w’'-]* "
)
_MEASURED = (
    r"(?:an? (?:mean|average|median|estimated|total|further|additional) (?:of )?|another |on average,? )?"
)
_HOW = (
    r"(?:,? (?:\w+ly|again|further|back|away))?"
    r"(?::|(?:,|:| [—–-])? by| to the (?:tune|extent) of)?(?: the same)?"
)
_BEFORE = lazily(
    rf"\b(?:{FALLING}{_HOW} |{_LOST} |{TAKING} (?:{_WHOM}){{0,4}}?|(?:{NOUNS}|{NEGATIVE}|{JUDGED}) of "
    rf"|{FALLING} \(by |{FALLING} by between [^;,()]{{1,20}} and |(?:{LOSSES}) in [^,;:()\d]{{1,40}} \("
    rf"|{FALLING} at an? (?:\w+ )?(?:rate|pace) of ){_MEASURED}{ADVERBS}$",
    re.IGNORECASE,
)
_SAVED = lazily(
    rf"\b(?:sav(?:e|es|ed|ing) (?:{_WHOM}){{0,3}}?|savings? of ){_MEASURED}{ADVERBS}$", re.IGNORECASE
)
_SAVING = re.compile(r"(?:\b|_)sav(?:e|ing)", re.IGNORECASE)
_BEHIND = lazily(
    r"[\s-](?:(?!(?:is|are|was|were|will|that|which|who|and|or|but)\b)[^\W\d_]+ ){0,2}?"
    rf"(?:{NOUNS}|{JUDGED})\b",
    re.IGNORECASE,
)
_BEYOND = lazily(
    rf"[\s-]{UNIT}(?:{BEYOND}|{COMPARATIVES})\b(?![-‐‑])(?! (?:payment|or|season|licence))", re.IGNORECASE
)
# *Fell from 155 to 131, or 15%*, *slid by the same share: 11%*; and *dropped from 5 to 4, a change of 1*.
_PART = r"(?:[^,;:()]|,(?=\d))"
_AGAIN = r"(?:(?:that is|i\.e\.|namely|in all|or),? )?(?:by )?"
_SET = rf" to {_PART}{{0,30}}\d{_PART}{{0,20}}| by the (?:very )?same {_PART}{{0,30}}?"
_APPOSED = lazily(
    rf"\b(?:{FALL}|{FALLING})\b(?P<between>[^;]{{0,120}}?)(?:(?:{_SET})(?:,|:| [—–-]| \(| or) ?{_AGAIN}"
    rf"|[,:(—–] ?{_AGAIN}an? (?:\w+ )?(?:{JUDGED}|change|difference|move|movement|shift|swing|gap) of )"
    rf"{ADVERBS}$",
    re.IGNORECASE,
)
_PAUSE = re.compile(r"[,:(—–-]|\bor\b")
_NEAR, _FAR = 120, 240
_BUT = lazily(rf"\b(?:{RISE}|while|whereas|but|then)\b", re.IGNORECASE)
_SHORT = lazily(r"[\s-](?:[^\W\d_]+ )?short\b(?![-‐‑])(?! (?:term|run|list|of the))", re.IGNORECASE)
# What speaks anywhere in a sentence of a fall: *the fall was twice as large (27.2 against 14.0)*.
_FALLING = lazily(
    r"\b(?:f[ae]ll(?:s|ing|en)?|drop(?:s|ped|ping)?|declin\w+|decreas\w+|shr[aiu]nk\w*|s[aiu]nk(?:s|ing)?|reduc\w+"
    r"|lower(?:s|ed|ing)|los(?:s|ses|t|e|es|ing)|cuts?|cutting|down|slip(?:s|ped|ping)?|dip(?:s|ped|ping)?"
    r"|slid(?:e|es|ing)?|eas(?:es|ed|ing)|slump\w*|plung\w+|tumbl\w+|contract(?:s|ed|ing|ion)|reced\w+"
    r"|retreat\w*|weaken\w*|diminish\w*|lessen\w*|shorten\w*|narrow(?:s|ed|ing)|halv\w+|sav(?:es|ed|ing|ings)"
    r"|shed(?:s|ding)?|deficit|shortfall|minus|negative)\b",
    re.IGNORECASE,
)
_LEVEL = lazily(rf"{_FALLING.pattern}[^.;:,()\d\ufffc]*\b(?:to|at) {ADVERBS}$", re.IGNORECASE)
_SYMBOL = lazily(r"(?:=|(?<!\w)(?:[rRbBdtzβρτΔ]|rho|tau|beta) ?:?)\s*$")
_OF_A_CHANGE = re.compile(
    r"(?:\b|_)(?:effect|change|differ|diff|delta|coef|slope|gap|growth|trend|versus|against|vs|minus|less)",
    re.IGNORECASE,
)
_OF_A_FALL = lazily(rf"\b(?:{FALLEN}|{NOUNS})\b|\bsav(?:e|ing)|miss|lack|dead|death", re.IGNORECASE)


def is_outright(context: Context) -> bool:
    """Whether the words at a number say for certain that it is a fall.

    Examples
    --------
    >>> [is_outright(Context(text)) for text in ("It cost us ", "It dropped ", "Costs are ", "It fell to ")]
    [True, True, False, False]
    >>> is_outright(Context("It left a ", " yield shortfall."))
    True
    """
    before, after = context.clause
    before = " ".join(before.split()) + " " * context.before[-1:].isspace()
    said = (
        _BEFORE.search(before[-_NEAR:])
        or _SHORT.match(after)
        or _BEYOND.match(after)
        or (ARTICLE.search(before) and _BEHIND.match(after))
        or ((found := _apposed(before)) and not _BUT.search(found["between"]))
    )
    return bool(said) and not is_denied(context)


def _apposed(before: str) -> re.Match[str] | None:
    return _APPOSED.search(before[-_FAR:]) if _PAUSE.search(before[-_NEAR:]) else None


def is_saved(quantity: Quantity, context: Context) -> bool:
    """Whether the words at a number say that so much less is needed: *heat pumps save 2.2 kWh*.

    Of what is itself called a saving they say no sign.
    """
    if _SAVING.search(f"{quantity.id} {quantity.label or ''}"):
        return False
    before = " ".join(context.clause[0].split()) + " " * context.before[-1:].isspace()
    return bool(_SAVED.search(before)) and not is_denied(context)


def is_told_elsewhere(quantity: Quantity, context: Context) -> bool:
    """Whether a sentence speaks of a fall, of what is called a change: *it fell again, if only by 1.0%*.

    A number behind a symbol shows its own sign, *r = −0.4*, and what it fell to is none of a fall.
    """
    before = " ".join(context.clause[0].split()) + " " * context.before[-1:].isspace()
    if not is_change(quantity) or _SYMBOL.search(before) or _LEVEL.search(before):
        return False
    return _FALLING.search(" | ".join(context.clause)) is not None


def is_change(quantity: Quantity) -> bool:
    """Whether an entry is by its name one whose sign says a rise or a fall: an effect, a difference."""
    return bool(_OF_A_CHANGE.search(f"{quantity.id} {quantity.label or ''}"))


def is_of_a_fall(quantity: Quantity) -> bool:
    """Whether an entry is by its name what is lost: above zero it says a fall."""
    return bool(_OF_A_FALL.search(f"{quantity.id} {quantity.label or ''}".replace("_", " ")))
