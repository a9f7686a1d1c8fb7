"""Units that are said once for several numbers: *Mean level (m): 2.21 in 2015*, *51.5 (17.4) years*."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.machine.patterns import lazily

_SENTENCE = lazily(r"[.?!]\s|\n[ \t]*\n|\|")
_AHEAD = (
    lazily(r"\((?:in )?(?P<unit>[^()\d]{1,20})\)[^.;()]{0,60}?(?::|\b(?:is|was|are|were)\b)"),
    lazily(r",? in (?P<unit>[^\W\d_]+(?: [^\W\d_]+)?)(?: [^\W\d_]+){0,3}:"),
    lazily(r"\b(?:an?|half an?|one|two|three|four|five|ten) (?P<unit>[^\W\d_]+) \($"),  # *half a degree (*
)
# Behind two numbers, of which one stands in brackets.
_BEHIND = lazily(r"(?: (?:\([^()]{1,30}\)|± ?[\d.,]+)|\)) (?P<unit>[^\W\d_]+(?:/[^\W\d_]+)?)")

_OF_EACH_HUNDRED = lazily(
    r"\b(?:(?:of|in|out of|for) (?:every|each|any|an?)|per) (?:hundred|100)\b(?! (?:thousand|million))",
    re.IGNORECASE,
)


def said_once(before: str, after: str = "") -> Iterator[str]:
    """Give the units that a sentence says before several numbers or behind two, or in words before one.

    Parameters
    ----------
    before, after
        What stands before a number, and what behind it in its clause.

    Examples
    --------
    >>> [*said_once("Mean level (m): Isar ")], [*said_once("The age was ", " (17.4) years.")]
    (['m'], ['years'])
    """
    if behind := _BEHIND.match(after):
        yield behind["unit"]
    sentence = _SENTENCE.split(before)[-1]
    for found in (found for pattern in _AHEAD for found in pattern.finditer(sentence)):
        unit = found["unit"].strip()
        yield from ("°C", "°F") if unit in ("degree", "degrees") else (unit,)


def is_of_hundred(before: str) -> bool:
    """Whether a sentence says before its numbers that they are percentages: *Share late (%): 31 there*.

    *Of every hundred pieces 57 are rolls* says so too.

    Examples
    --------
    >>> is_of_hundred("Share late (%): Norwind "), is_of_hundred("Share late: Norwind ")
    (True, False)
    """
    if _OF_EACH_HUNDRED.search(_SENTENCE.split(before)[-1]):
        return True
    return any(unit in ("%", "per cent", "percent") for unit in said_once(before))
