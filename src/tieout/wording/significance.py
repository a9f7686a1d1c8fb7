"""Significance against its own p-value: *is significant (p = 0.31)*, *did not differ (p < 0.001)*.

A clause calls what it tests significant or not, or says that things differ or do not, and its p-values say so
or otherwise, at 5% or at the one level that it names. Where it names a correction, says both, or has p-values
on both sides, nothing is said.
"""

from __future__ import annotations

import re

from tieout.machine.patterns import lazily
from tieout.numerals import Context

_LEVEL, _CONFIDENT = 0.05, 0.5
_P = lazily(
    r"\b[pP]\s?(?P<sign>[=<>≤≥])\s?(?P<value>\d*[.,]?\d+)(?P<tiny>\s?[×x·]\s?10\s?[⁻−-][\d⁰¹²³⁴-⁹]*|e[−-]\d*)?"
)
# *At the 1% level*, *at α = 0.05*; what is significant at the 95% level is so at 5%.
_AT_LEVEL = lazily(
    r"\bat (?:the )?(?:conventional |usual |customary )?(?:(?:α|alpha) ?= ?)?"
    r"(?:(?P<percent>\d+(?:\.\d+)?) ?%|(?P<share>0?\.\d+))(?: level)?",
    re.IGNORECASE,
)
_WORD = lazily(r"\b(?P<against>non-?|in)?signifi[ck]an\w+", re.IGNORECASE)
_DENIED = lazily(
    r"(?:\b(?:not?|nor|never|neither|without|hardly|barely|lacks?|fail(?:s|ed)? to)\b(?! only)|n['’]t\b)"
    r"[^.;:(]{0,30}$",
    re.IGNORECASE,
)
_UNSURE = lazily(
    r"\blevels?\b|marginal|weak|borderline|almost|nearly|whether|\bif\b|would"
    r"|digits?|figures?"
    r"|\b(?:but|though|and|while) not (?:in|among|for|at|with|when|on|after|before|of|between)\b"
    r"|correct(?:ion|ed|ing)|adjust|Bonferroni|Holm\b|false discovery",
    re.IGNORECASE,
)
# What says that things differ, or that they do not.
_SAME = lazily(
    r"\b(?:do|does|did) not (?:really |clearly )?differ\b|\b(?:do|does|did)n['’]t differ\b"
    r"|\b(?:was|is|were|are|found|finds?|showed|shows|saw|sees?) no (?:clear |real )?"
    r"(?:evidence (?:of|for) (?:an? |any )?)?(?:differences?|effects?|associations?|correlations?)\b"
    r"(?! which)"
    r"|\b(?:is|are|was|were) (?:unrelated|not (?:related|associated|correlated|linked))\b",
    re.IGNORECASE,
)
_APART = lazily(
    r"\bdiffer(?:ed|s)?\b"
    r"|\b(?:is|are|was|were) (?:strongly|clearly|closely|highly|firmly)"
    r" (?:related|associated|correlated|linked)\b",
    re.IGNORECASE,
)
_OPEN = lazily(
    r"\b(?:whether|if|may|might|could|can|cannot|would|should|seem\w*|suggest\w*|expect\w*|assum\w*"
    r"|suppos\w*|null|hypothes\w*|reject\w*|nothing|nobody|little|how|chance|except|other than|apart|only"
    r"|not?|nor|none|without|hardly|barely|slightly|numerically|fail\w*|but|yet|however"
    r"|although|though|while|whereas)\b|n['’]t\b",
    re.IGNORECASE,
)


_NEXT = lazily(r"[,;] (?:but|and|while|whereas|yet|however)\b")


def insignificant(shown: str, context: Context) -> str:
    """Return in words why a p-value is not what its clause says of it; empty where it may be.

    Examples
    --------
    >>> insignificant("p = 0.31", Context("The slope is significant (", ")."))
    'is called significant, and p = 0.31 is not at 5%'
    >>> insignificant("p = 0.31", Context("The slope is not significant (", ")."))
    ''
    >>> insignificant("p < 0.001", Context("The groups did not differ (", ")."))
    '“did not differ” is said of it, and p < 0.001 is at 5%'
    """
    before, after = context.clause
    before = _own_part(before)
    text = " ".join(f"{before}{shown}{after}".split())
    own = next(_P.finditer(f"{before[-6:]}{shown}"), None)
    levels = list(_AT_LEVEL.finditer(text))
    level = _level(levels[0]) if len(levels) == 1 else _LEVEL
    if own is None or _UNSURE.search(_AT_LEVEL.sub("", text, count=1)):
        return ""
    small = {_is_small(found, level) for found in _P.finditer(text)}
    at = f"at {100 * level:g}%"
    said = {not (found["against"] or _DENIED.search(text[: found.start()])) for found in _WORD.finditer(text)}
    if not said and len(small) == 1:
        text = " ".join(f"{before}{shown}{re.split('[:;]', after)[0]}".split())
        return _apart(text, small == {True}, f"{own[0].strip()} {{}} {at}") if None not in small else ""
    if len(said) != 1 or len(small) != 1 or None in small or said == small:
        return ""
    words = ("is called significant", "is not") if said == {True} else ("is called not significant", "is")
    return f"{words[0]}, and {own[0].strip()} {words[1]} {at}"


def _own_part(before: str) -> str:
    """Return what stands before a p-value in brackets, behind those of the p-value before it.

    *They were higher at one (OR 1.84, p = 0.023), but not significantly different at the other (p = 0.198)*.
    """
    opened = before.rfind("(")
    if opened < before.rfind(")"):
        return before
    closed = before.rfind(")", 0, max(opened, 0))
    goes_on = closed >= 0 and _P.search(before[:closed]) and _NEXT.match(before, closed + 1)
    return before[closed + 1 :] if goes_on else before


def _apart(text: str, small: bool, p: str) -> str:
    """Return in words why things that a clause says to differ may not, or the other way round."""
    found = list((_SAME if small else _APART).finditer(text))
    if len(found) != 1 or _OPEN.search(text[: found[0].start()] + text[found[0].end() :]):
        return ""
    said = " ".join(found[0][0].split())
    return f"“{said}” is said of it, and {p.format('is' if small else 'is not')}"


def _level(found: re.Match[str]) -> float:
    percent = float(found["percent"]) / 100 if found["percent"] else float(found["share"])
    return round(1 - percent, 6) if percent > _CONFIDENT else percent


def _is_small(found: re.Match[str], level: float) -> bool | None:
    """Whether a p-value is below a level; None where its bound leaves that open."""
    value = 0.0 if found["tiny"] else float(found["value"].replace(",", "."))
    if found["sign"] in "<≤":
        return True if value <= level else None
    return False if value > level else None if found["sign"] in ">≥" or value == level else True
