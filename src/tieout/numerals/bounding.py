"""Words right before a number that bound it: *more than 13%*, and where they claim nothing of it."""

from __future__ import annotations

import re

from tieout.machine.patterns import lazily
from tieout.numbers import Quantity
from tieout.numerals.context import Context
from tieout.numerals.locales import LEAST, MOST, OVER, UNDER, words

# What *over* says of that over which something was done: *57,752 visits were counted over*.
_AMONG = lazily(
    r"\b(?:accumulat|add|aggregat|averag|calculat|collect|comput|count|distribut|extend|follow|integrat|measur"
    r"|observ|pool|record|repeat|scatter|spread|summ|taken|total|conduct|estimat|evaluat|fitted|happen|held|last"
    r"|occurr|results?|ran|runs?|stretch|test|train|validat)\w*"
    r"(?: (?!well|just|far|slightly|a\b)\w+){0,2} over\s*$",
    re.IGNORECASE,
)
_NEVER = lazily(r"\b(?:never|not|nor|cannot)\b(?: [\w’'-]+){0,3} $|n['’]t(?: [\w’'-]+){0,3} $", re.IGNORECASE)
_NONE = lazily(r"\b(?:no|none of|nobody|neither)\b(?: [\w’'-]+){0,3} $", re.IGNORECASE)
# What is set against a number bounds nothing: *far less than the 12.8% of cakes*.
_FAR = lazily(
    r"\b(?:far|much|still|even|considerably|substantially|significantly|markedly)\s+$", re.IGNORECASE
)
_CONDITION = lazily(r"\b(?:if|when|whenever|whether|unless|until|once)\s+$", re.IGNORECASE)

# What denies a bound, or says it of one or a few alone: what is tied may lie on the other side of it.
_TURNED = {OVER: MOST, LEAST: UNDER, UNDER: LEAST, MOST: OVER}
_ALONE = lazily(
    r"(?:\b(?:(?:no [\w’'-]+|nobody|none|nothing) but|no|not|none|never|nobody|nothing|nowhere|neither|nor"
    r"|cannot|without|hardly|scarcely|few|only|alone"
    r"|sole|other than|except|but for|apart from|else)\b|n['’]t\b)"
    r"(?:(?!\b(?:and|but|while|whereas|though|although|so|yet)\b)(?:[^,;:()\d]|(?<!\d)[12]\d{3}(?!\d))"
    r"|\d[\d.,]*%?(?: [^\W\d]+){0,3} or\b"  # *fewer than 4,900 or more than*
    r"|, [^,;:()\d]{1,30}, ?)*$",
    re.IGNORECASE,
)

_SHORT = lazily(
    r"(?:\b(?:not|never|nor)\b|n['’]t\b)(?: (?:yet|quite|even|always|once))?"
    r" (?:reach(?:es|ed)?|attain(?:s|ed)?|come to|get to|make it to)\s+$"
    r"|\bnot even (?:a full )?$|\b(?:falls?|fell|stayed|stays?|remained|remains?) short of\s+$",
    re.IGNORECASE,
)


def outside(text: str, said: str, context: Context, lang: str, quantity: Quantity) -> tuple[str, str] | None:
    """Return what the words right before a number claim of it, and these words; None for none.

    A condition claims nothing, *if more than 14.2% are poor*, nor what is denied: *never fell below 316.9*;
    of what code computed, *no month has more than 56*.
    """
    lead = said.partition(text.strip())[0]
    before = context.clause[0]
    before = before.rstrip()[: -len(lead.rstrip())] if lead.strip() else before
    known = words(lang)
    found = known.last_qualifier.search(before[-40:])
    if found and _CONDITION.search(before[-40:][: found.start()]):
        return None
    if found and _FAR.search(before[-40:][: found.start()]):
        return None
    if found and (_AMONG.search(before[-40:][: found.end()]) or _NEVER.search(before[-40:][: found.start()])):
        return None
    if found and quantity.kind == "computed" and _NONE.search(before[-40:][: found.start()]):
        return None
    return (known.meaning(found[0]), " ".join(found[0].split())) if found else None


def denied(said: str, own: str, context: Context, lang: str) -> str:
    """Return the bound on the other side of one that a clause denies or says of some alone; empty for none.

    Parameters
    ----------
    said
        The number with what belongs to it.
    own
        The bound that is read with it.

    Examples
    --------
    >>> denied("13%", "", Context("No other shop has more than ", " of sales."), "en")
    'at-most'
    """
    before = context.clause[0].rstrip()
    known = words(lang)
    found = None if own else known.last_qualifier.search(f"{before[-40:]} ")
    lead = before[: len(before[:-40]) + found.start()] if found else before
    if not (found or own) and _SHORT.search(f"{lead} "):
        return UNDER
    bound = own or (known.meaning(found[0]) if found else "")
    return _TURNED.get(bound, "") if _ALONE.search(f"{lead.rstrip()} ") else ""
