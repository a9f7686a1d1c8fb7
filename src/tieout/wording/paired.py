"""Two directions that a correlation joins: *ratings go up as waits go up (r = −0.68)*.

Which way both are said to go is read from verbs and comparatives, *the longer the wait, the lower the
rating*; both the same way is said of what is above zero, the one against the other of what is below it.
"""

from __future__ import annotations

import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.wording.meant import own_words

_UP = (
    r"(?:go|goes|went|going) up|rises?|rose|rising|increas(?:e|es|ed|ing)|grows?|grew|growing|climb(?:s|ed)?"
    r"|(?:is|are|was|were|gets?|becomes?) (?:higher|larger|greater|longer)"
)
_DOWN = (
    r"(?:go|goes|went|going) down|falls?|fell|falling|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)"
    r"|decreas(?:e|es|ed|ing)|shrinks?|shrank|sinks?|sank"
    r"|(?:is|are|was|were|gets?|becomes?) (?:lower|smaller|shorter|fewer)"
)
_MORE = (
    "higher|more|longer|larger|greater|bigger|older|heavier|richer|wetter|warmer|hotter|taller|deeper|denser"
    "|increasing|rising|growing"
)
_LESS = (
    "lower|fewer|less|shorter|smaller|younger|lighter|poorer|drier|colder|cooler|shallower"
    "|decreasing|falling|declining|shrinking"
)
_ONE, _TWO = rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))", rf"(?:(?P<up2>{_UP})|(?P<down2>{_DOWN}))"
_OF, _OF_TWO = rf"(?:(?P<up>{_MORE})|(?P<down>{_LESS}))", rf"(?:(?P<up2>{_MORE})|(?P<down2>{_LESS}))"
_THING = r"(?:(?!than\b|and\b|or\b|but\b|while\b|only\b|as\b)[^\W\d_][\w’'-]*(?: |(?=, ))){1,5}?"
_GO = (
    r"(?:(?:go|goes|went|come|comes|came)(?: along| together| hand in hand)? with"
    r"|(?:is|are|was|were) (?:[a-z]+ly )?(?:associated|linked|correlated|related) (?:with|to)"
    r"|means?|meant|brings?|brought)"
)
_SIGNED, _LINKED = r"(?:(?P<up>positively)|(?P<down>negatively))", "(?:correlated|associated|related|linked)"
# The direction of a verb before a slope is that of the check of the number itself.
_END = (
    r"(?:[a-z]+ly )?(?:\(|, with |, )(?:(?:Pearson|Spearman|Kendall)[’']s )?"
    r"(?:(?:r|ρ|τ|rho|tau|rₛ|r_s|rs|correlation)(?: ?= ?| of | )"
    r"|(?:an? |the )?(?:[a-z]+ )?correlation(?: coefficient)? of )$"
)
_WITH = r"(?P<up2>)(?P<down2>(?!))?"  # what stands alone goes up: *falls with age*
_PATTERNS = tuple(
    lazily(pattern + _END, re.IGNORECASE)
    for pattern in (
        rf"\b{_ONE} (?:[a-z]+ly )?(?:as|when) {_THING}{_TWO} ?",  # *ratings go up as waits go up (*
        rf"\bas {_THING}{_ONE}, {_THING}{_TWO} ?",  # *as waits go up, ratings go up (*
        rf"\b{_OF} {_THING}{_GO} {_OF_TWO} {_THING}",  # *longer waits go with higher ratings (*
        rf"\bthe {_OF} [^.;:,()\d]{{2,40}}, the {_OF_TWO} {_THING}",  # *the longer the wait, the lower …*
        rf"\b{_SIGNED}(?: {_LINKED})? (?:with|to) {_WITH}{_THING}",  # *positively with age (*
        rf"\b{_OF} {_THING}[a-z]+ {_OF_TWO} (?:{_THING})?",  # *longer stays cost more (*
        rf"\b(?:that|who|which) [a-z]+ {_OF} (?:also )?[a-z]+ {_OF_TWO} ?",  # *that shoot more score more (*
        rf"\b{_ONE} (?:[a-z]+ly )?with {_OF_TWO} {_THING}",  # *ratings fall with longer waits (*
        # *Sales fall with advertising (*
        rf"\b{_ONE} (?:[a-z]+ly )?with {_WITH}(?!(?:{_MORE}|{_LESS}|the|an?|new|these)\b){_THING}",
    )
)
_UNSURE = lazily(
    r"\b(?:whether|if|would|could|should|might|may|expect\w*|hypothes\w*|suppos\w*|assum\w*|unless|except|but"
    r"|although|though|while|whereas|less|hardly|barely|wrong\w*|claim\w*|believ\w*)\b",
    re.IGNORECASE,
)
_SAME, _AGAINST = "both go the same way", "one goes against the other"


def mispaired(entry: Entry, context: Context) -> str:
    """Return in words why two directions are not those of a correlation; empty where they may be.

    Examples
    --------
    >>> from tieout.wording.paired import _way
    >>> _way("Ratings go down as waits go up (r = "), _way("The longer the wait, the lower the rating (r = ")
    (-1, -1)
    """
    quantity = entry.quantity
    if quantity is None or quantity.is_range or not quantity.value:
        return ""
    before = re.split("[;:]", own_words(context))[-1]
    way = _way(before)
    if not way or (way > 0) == (quantity.value > 0) or is_denied(Context(before)):
        return ""
    said, zero = (_SAME, "below") if way > 0 else (_AGAINST, "above")
    return f"is {zero} zero, and its clause says that {said}"


def _way(before: str) -> int:
    """Return 1 where two things are said to go the same way, −1 where the other, 0 where neither is."""
    found = next((each for pattern in _PATTERNS if (each := pattern.search(before))), None)
    if found is None or _UNSURE.search(before[: found.start()]):
        return 0
    return 1 if (found["up"] is None) == (found["up2"] is None) else -1
