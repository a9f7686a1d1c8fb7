"""Percentiles against words of other statistics: *the median* of what is the 90th percentile."""

from __future__ import annotations

import ast
import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context
from tieout.wording.meant import miscalled, near, own_words
from tieout.wording.traced import called, core, made_of

_BY_ID = lazily(r"(?:^|[._-])[pq](\d\d)(?:[._-]|$)", re.IGNORECASE)
_BY_LABEL = lazily(r"\b(\d\d)(?:st|nd|rd|th) percentile\b|\b[pq](\d\d)\b", re.IGNORECASE)
_SAID = lazily(
    r"\b(?:percentile|quantile|quartile|decile|tenths?|p\d\d|in (?:ten|four|twenty)|9\d ?%|9\d per cent)\b|%"
    r"|slowest|longest|worst|most of",
    re.IGNORECASE,
)
# *Half of chats are closed within*.
_HALF = lazily(
    r"\bhalf (?:of )?(?:the |all |them )?[a-z -]{0,40}\b(?:within|in|less than|up to|at most) (?:about )?$",
    re.IGNORECASE,
)
_PERCENTILE = lazily(r"\b(\d\d)(?:st|nd|rd|th)[ -]percentile(?: [a-z]+){0,3} $", re.IGNORECASE)


def mispercented(entry: Entry, context: Context) -> str:
    """Return in words why a percentile is called a median or a mean, or the other way round; else empty."""
    own, clause = _percentile(entry), " ".join(context.clause)
    if own is not None and own != "50":
        if _SAID.search(clause):
            return ""
        if _HALF.search(own_words(context)):
            return f"is the {own}th percentile, and half is said of it"
        return miscalled("", context, f"{own}th percentile")
    said = _PERCENTILE.search(f"{near(context)[0]} ")
    is_middle = own == "50" or re.search(r"\bmedian\b", f"{entry.label} {entry.id}", re.IGNORECASE)
    if said is None or not is_middle or said[1] == "50" or re.search(r"\bmedian", clause, re.IGNORECASE):
        return ""
    return f"is a median, and its clause says {said[1]}th percentile"


def _percentile(entry: Entry) -> str | None:
    """Return which percentile a number is, in digits; None for none."""
    found = _BY_LABEL.search(entry.label) or _BY_ID.search(entry.id)
    if found:
        return str(next(filter(None, found.groups())))
    made = core(made_of(entry))
    if isinstance(made, ast.Call) and called(made) == "quantile" and made.args:
        share = made.args[0]
        if isinstance(share, ast.Constant) and isinstance(share.value, float) and 0.09 < share.value < 1:
            return f"{share.value * 100:.0f}"
    return None
