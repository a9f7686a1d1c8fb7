"""How many times one tied number is the next: *A, twice the B*, *doubles the odds (OR = 0.49)*."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from tieout.machine.patterns import lazily
from tieout.numbers import Quantity
from tieout.numerals.context import Context
from tieout.numerals.pairs import AGAINST, IS, SLACK, THINGS, TIMES, WHOSE, Pair, plain
from tieout.numerals.turns import opposite

_MANY: dict[str, int | Fraction] = {
    "one and a half times": Fraction(3, 2), "two and a half times": Fraction(5, 2),
    "three and a half times": Fraction(7, 2),
    "twice": 2, "double": 2, "three times": 3, "four times": 4, "five times": 5, "ten times": 10, "triple": 3,
    "half": Fraction(1, 2), "a third of": Fraction(1, 3), "a quarter of": Fraction(1, 4),
}  # fmt: skip
MULTIPLE = lazily(
    rf"{THINGS},? (?:(?:{IS}|has|had|have|takes?|took|makes?|made|gets?|got|costs?|sells?|sold|earns?) )?"
    rf"(?P<firm>(?:(?:about|roughly|around|nearly|almost|(?:a )?little (?:more|less) than|more than"
    rf"|over|less than|not far short of|just) )*)(?P<times>{'|'.join(_MANY)})(?: as [a-z]+ as)?{WHOSE}"
    r"(?: of)?(?: about| around| roughly| some| nearly| almost| just over| just under)? \(?",
    re.IGNORECASE,
)
_AS_MANY = lazily(
    rf"(?P<firm>(?:(?:about|roughly|around|nearly|almost|more than|over|less than|just) )*)"
    rf"\b(?P<times>{'|'.join(_MANY)}) as [a-z]+(?: (?!as\b)[\w’'-]+){{0,7}}? \($",
    re.IGNORECASE,
)
_AS_MANY_AS = lazily(_AS_MANY.pattern.removesuffix(r" \($") + r" as [^.;:,()\d]{1,40} \($", re.IGNORECASE)
_OF_THEM = lazily(r"\bof (?:them|these|those|which|whom)\b", re.IGNORECASE)
_AS_THAT = lazily(r"\) as (?:(?!and\b|or\b|than\b)[^\W\d_][\w’'-]* ){1,5}\(")
# A ratio behind a verb that names another: *doubles the odds (OR = 0.49)*.
_FACTOR = lazily(
    r"\b(?P<verb>doubl(?:es?|ed|ing)|halv(?:es?|ed|ing)|tripl(?:es?|ed|ing))\b[^.;:()]{0,40}"
    r"\((?:a?OR|a?HR|a?RR|IRR|odds ratio|hazard ratio|risk ratio|rate ratio|ratio)(?: ?[=:] ?| of | )$"
)
# *Doubles the odds of response (*, of what is called a ratio.
_FACTOR_OF_ODDS = lazily(
    r"\b(?P<verb>doubl(?:es?|ed|ing)|halv(?:es?|ed|ing)|tripl(?:es?|ed|ing)|quadrupl(?:es?|ed|ing))"
    r" (?:the|their|his|her|its) (?:odds|risks?|hazards?|likelihood|chances?|rates?)\b[^.;:()\d]{0,40}\($"
)
_RATIO = lazily(r"\b(?:ratio|or|hr|rr|irr)\b", re.IGNORECASE)


def factor(quantity: Quantity, context: Context) -> str:
    """*Doubles the odds (OR = 0.49)*."""
    before = plain(context.clause[0])
    of_odds = _FACTOR_OF_ODDS.search(before) if _RATIO.search(f"{quantity.id} {quantity.label}") else None
    found = _FACTOR.search(before) or of_odds
    if found is None or quantity.value <= 0 or quantity.is_range:
        return ""
    times = next(size for stem, size in TIMES.items() if found["verb"].startswith(stem))
    ratio = Fraction(quantity.value) / times
    if SLACK[0] <= ratio <= SLACK[1]:
        return ""
    true = opposite(found["verb"])
    other = SLACK[0] <= Fraction(quantity.value) * times <= SLACK[1]
    write = f"; write “{true}”" if true and other else ""
    return f"is not what “{found['verb']}” says{write}"


def multiplied(pair: Pair) -> str:
    """*A is twice B*, *A, half of B*."""
    found = MULTIPLE.fullmatch(pair.between)
    if not found or not pair.second or any(map(str.isdigit, pair.between)):
        return ""  # *82 cases, median 5.9 hours, less than half the 13.3 of others* compares what has no tie
    if _OF_THEM.search(found[0]):  # *360 items, half of them (180)*
        pair = replace(pair, first=pair.second, second=pair.first)
    return _off(pair, found["times"].lower(), found["firm"]) if pair.second else ""


def _off(pair: Pair, times: str, firm: str) -> str:
    """Return in words why one number is not so many times the other; empty where it is."""
    whole = pair.first / pair.second
    ratio = whole / Fraction(_MANY[times])
    low, high = SLACK
    if "more than" in firm or "over" in firm:
        low, high = Fraction(1), Fraction(2)
    if "less than" in firm:
        low, high = Fraction(0), Fraction(1)
    return "" if low <= ratio <= high else f"is {float(whole):.2g} times {pair.name}, and not {times}"


def as_many(pair: Pair) -> str:
    """*Twice as many patients (A) as Dundee (B)*."""
    if not pair.first or not pair.second:
        return ""
    found = _AS_MANY.search(pair.before) if _AS_THAT.fullmatch(pair.between) else None
    if found is None and (found := _AS_MANY_AS.search(pair.before)) and AGAINST.fullmatch(pair.between):
        turned = replace(pair, first=pair.second, second=pair.first)  # *as Quarry (B against A)*
        if not _off(turned, found["times"].lower(), found["firm"]):
            return ""
    elif found and not _AS_THAT.fullmatch(pair.between):
        return ""
    return _off(pair, found["times"].lower(), found["firm"]) if found else ""
