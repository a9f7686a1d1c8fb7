"""Verbs before *by* that no list has: they say the sign of the number, and which it is is not known.

*The backlog was whittled away by 14%* may be said of −14. Where a rise is said, or no direction at all
(*changed by*), a number below zero has to show its sign.
"""

from __future__ import annotations

import re

from tieout.machine.patterns import lazily
from tieout.numerals.context import Context
from tieout.numerals.direction import is_denied, turn
from tieout.numerals.turns import ADVERBS, LARGER, NOUN_UP, RISE_BY, UP_BY

# *Lightened by €31,082, or 16%*
_AGAIN = rf"(?:[^\s;,()]*\d[^\s;()]*(?: [\w%/]+){{0,2}},? (?:or|that is|i\.e\.),? {ADVERBS})?"
_BY = lazily(rf"(?P<lead>.*?),?[ (]+by {ADVERBS}{_AGAIN}$", re.IGNORECASE | re.DOTALL)
_RISING = (
    rf"{RISE_BY}|{NOUN_UP}|{LARGER}|{UP_BY}|rising|gaining|climbing|jumping|leap\w*|surging|soaring"
    rf"|expanding"
    r"|expansion|spik(?:e[sd]?|ing)|\w*rocket\w*|balloon\w*|mushroom\w*|swell\w*|swollen|advanc\w+"
    r"|accelerat\w+|strengthen\w*"
    r"|rall(?:y|ies|ied|ying)|rebound\w*|recover\w*|bounc(?:e[sd]?|ing)|appreciat\w+"
    r"|inflat(?:e[sd]?|ing)|escalat\w+"
    r"|mount(?:s|ed|ing)|lift\w*|top(?:s|ped|ping)|upgrad\w+|enlarg\w+|bolster\w*|hik(?:e[sd]?|ing)"
    r"|heighten\w*"
    r"|intensif\w+|augment\w*|exceed\w*|excess|surplus|outpac\w+|outperform\w*|outstrip\w*|outgr\w+"
    r"|surpass\w*"
    r"|overshoot\w*|overshot|overtak\w+|overtook|multipl\w+|boosting|enhanc\w+|boom(?:s|ed|ing)?|ahead"
    r"|above|over"
    r"|better off|brighten\w*|uplift\w*|warm(?:s|ed|ing)|thicken\w*|deepen\w*|w[io]n|wins|winning"
    r"|add(?:s|ed|ing)"
    r"|extend\w*|prolong\w*|firm(?:ed|ing)|upp(?:ed|ing)|sped|speeding|fatten\w*|doubling|tripling"
    r"|snowball\w*|shot"
    r"|vault(?:ed|ing)|zoom\w*|bump(?:ed|ing)|flourish\w*|proliferat\w*|profit\w*|upwards?|overr[au]n\w*|padd(?:ed|ing)"
)
_NEUTRAL = (
    r"chang\w+|mov(?:e[sd]?|ing|ement)|differ\w*|var(?:y|ies|ied|ying|iation)|shift\w*|swing\w*|swung|alter\w*"
    r"|fluctuat\w+|oscillat\w+|deviat\w+|adjust\w*|revis\w+|modif\w+|transform\w*|divid\w+|separat\w+|apart"
    r"|influenc\w+|impact\w*|affect\w*|effect|correlat\w+|coefficient|followed"
    r"|preceded|replaced|represented|denoted|marked|indicated|given|defined|explained|caused|driven|accompanied"
)
# What stands between a verb and *by*, and is none: *fell back in 2023, as expected, by*.
_BESIDE = (
    r"back|off|away|down|out|further|again|sharply|somewhat|overall|in all|in total|on average"
    r"|\w+ly|,|:|expected|forecast|planned|predicted|reported|compared|yet"
)
_TRAILING = lazily(rf"(?:[ ,]*\b(?:{_BESIDE}))*[ ,:]*$", re.IGNORECASE)
_LAST = lazily(r"[\w’'-]+$")
_SAYS_OTHERWISE = lazily(rf"\b(?:{_RISING}|{_NEUTRAL})\b", re.IGNORECASE)
_REACH = 80
_VERB = lazily(r"\w{2,}(?:ed|ing)", re.IGNORECASE)


def is_unlisted(context: Context) -> bool:
    """Whether a number stands behind *by* and a verb of which no direction is known.

    Examples
    --------
    >>> [is_unlisted(Context(f"{text} by ")) for text in ("It was whittled away", "It grew", "It changed")]
    [True, False, False]
    """
    before = " ".join(context.clause[0].split()) + " " * context.before[-1:].isspace()
    found = _BY.fullmatch(before)
    if not found or turn(context) is not None or is_denied(context):
        return False
    lead = found["lead"].strip()
    last = _LAST.search(_TRAILING.sub("", lead[-_REACH:]))
    if last and _VERB.fullmatch(last[0]):
        lead = last[0]
    return bool(lead) and not _SAYS_OTHERWISE.search(lead)
