"""Significance against its own p-value: *is significant (p = 0.31)*.

A clause calls what it tests significant or not, and its p-values say so or otherwise, at 5%. Where it names
a level, says both, or has p-values on both sides, nothing is said.
"""

from __future__ import annotations

import re

from tieout.numerals import Context

_LEVEL = 0.05
_P = re.compile(r"\b[pP]\s?(?P<sign>[=<>≤≥])\s?(?P<value>\d*[.,]?\d+)(?P<tiny>\s?[×x·]\s?10\s?[⁻−-]|e-)?")
_WORD = re.compile(r"\b(?P<against>non-?|in)?signifi[ck]an\w+", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not?|nor|never|neither|without|hardly|barely|lacks?|fail(?:s|ed)? to)\b(?! only)|n['’]t\b)"
    r"[^.;:(]{0,30}$",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\blevels?\b|marginal|weak|borderline|almost|nearly|whether|\bif\b|would|digits?|figures?",
    re.IGNORECASE,
)


def insignificant(shown: str, context: Context) -> str:
    """Return in words why a p-value is not what its clause says of it; empty where it may be.

    Examples
    --------
    >>> insignificant("p = 0.31", Context("The slope is significant (", ")."))
    'is called significant, and p = 0.31 is not at 5%'
    >>> insignificant("p = 0.31", Context("The slope is not significant (", ")."))
    ''
    """
    before, after = context.clause
    text = " ".join(f"{before}{shown}{after}".split())
    own = next(_P.finditer(f"{before[-6:]}{shown}"), None)
    if own is None or _UNSURE.search(text):
        return ""
    small = {_is_small(found) for found in _P.finditer(text)}
    said = {not (found["against"] or _DENIED.search(text[: found.start()])) for found in _WORD.finditer(text)}
    if len(said) != 1 or len(small) != 1 or None in small or said == small:
        return ""
    words = ("is called significant", "is not") if said == {True} else ("is called not significant", "is")
    return f"{words[0]}, and {own[0].strip()} {words[1]} at 5%"


def _is_small(found: re.Match[str]) -> bool | None:
    """Whether a p-value is below the level; None where its bound leaves that open."""
    value = 0.0 if found["tiny"] else float(found["value"].replace(",", "."))
    if found["sign"] in "<≤":
        return True if value <= _LEVEL else None
    return False if value > _LEVEL else None if found["sign"] in ">≥" or value == _LEVEL else True
