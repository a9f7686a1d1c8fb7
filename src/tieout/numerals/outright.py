"""Words that say without *by* that a number is a fall: *cost us 1.27 kg*, *dropped 3.2%*, *a 4% shortfall*.

They say the sign of an entry below zero, and nothing against one above: *we lost 12 hives* may count hives.
"""

from __future__ import annotations

import re

from tieout.machine.patterns import lazily
from tieout.numbers import Quantity
from tieout.numerals.context import Context
from tieout.numerals.direction import is_denied
from tieout.numerals.turns import ADVERBS, ARTICLE

_VERB = (
    r"fell|falls?|falling|fallen|dropp?(?:s|ed|ing)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed|ing)"
    r"|shr[aiu]nks?|sank|sinks?|sunk|slump(?:s|ed)?|plung(?:e|es|ed)|shed|slip(?:s|ped)?|slid|slides?|dip(?:s|ped)?"
    r"|tumbl(?:e|es|ed)|contract(?:s|ed)?|retreat(?:s|ed)?|trail(?:s|ed)? by|behind by"
)
_TAKING = r"cost(?:s|ing)?|los(?:t|e|es|ing)|forfeit(?:s|ed)?|gave up|gives? up|sacrific(?:e|es|ed|ing)"
_NOUN = (
    r"cost|costs|loss(?:es)?|deficit|shortfall|penalty|drop|decline|decrease|reduction|fall|setback|slump|dip"
)
_LOST = (
    "(?:loss|deficit|shortfall|drop|decline|decrease|reduction|fall|slump|dip) (?:is|was|came to|amounted to)"
)
_WHOM = (
    r"(?!(?:of|by|to|from|per|at|in|on|is|are|was|were|be|been|not|for|than|and|or|but)\b)[^\W\d_][\w’'-]* "
)
_MEASURED = (
    r"(?:an? (?:mean|average|median|estimated|total|further|additional) (?:of )?|another |on average,? )?"
)
_BEFORE = lazily(
    rf"\b(?:(?:{_VERB}|{_LOST}) |(?:{_TAKING}) (?:{_WHOM}){{0,3}}?|(?:{_NOUN}) of ){_MEASURED}{ADVERBS}$",
    re.IGNORECASE,
)
_SAVED = lazily(rf"\bsav(?:e|es|ed|ing) (?:{_WHOM}){{0,3}}?{_MEASURED}{ADVERBS}$", re.IGNORECASE)
_SAVING = re.compile(r"(?:\b|_)sav(?:e|ing)", re.IGNORECASE)
_BEHIND = lazily(rf"[\s-](?:[^\W\d_]+ ){{0,2}}?(?:{_NOUN})\b", re.IGNORECASE)
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


def is_outright(context: Context) -> bool:
    """Whether the words at a number say that it is a fall, and not *by* what.

    Examples
    --------
    >>> [is_outright(Context(text)) for text in ("It cost us ", "It dropped ", "Costs are ", "It fell to ")]
    [True, True, False, False]
    >>> is_outright(Context("It left a ", " yield shortfall."))
    True
    """
    before, after = context.clause
    before = " ".join(before.split()) + " " * context.before[-1:].isspace()
    said = _BEFORE.search(before) or _SHORT.match(after) or (ARTICLE.search(before) and _BEHIND.match(after))
    return bool(said) and not is_denied(context)


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
