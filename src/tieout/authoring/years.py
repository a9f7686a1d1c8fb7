"""Which recorded counts are years: they are shown as 1935, and not as 1,935."""

from __future__ import annotations

import re

from tieout.numbers import PURE, Quantity
from tieout.numerals.fitting import YEAR, YEARS

_WHICH = "first|last|start|starting|end|final|base|peak|birth|earliest|latest|smallest|largest|min|max"
# *First year*, *Year*, *Year of the peak*, *Data since*; not *Visitors per year*, *Years of life*.
_LABEL = re.compile(
    rf"(?:the )?(?:(?:{_WHICH}|minimum|maximum|lowest|highest|publication|founding) (?:of )?)?year"
    r"(?:,? (?:of|when|in which|that|with) .*)?"
    rf"|.*\b(?:{_WHICH}) (?:of (?:the )?)?year|(?:.*\b)?(?:since|from|until)",
    re.IGNORECASE,
)
_LASTS = frozenset((
    "age", "ages", "aged", "old", "older", "oldest", "bp", "ago", "duration", "lasts", "length", "long",
    "life", "lifespan", "lifetime", "lived", "half", "span", "time", "tenure", "years", "per", "wait",
))  # fmt: skip
_ID = re.compile(rf"(?:.*[.-])?(?:(?:{_WHICH})[.-]year|year[.-](?:{_WHICH})|since|from|until)")


def is_year(quantity: Quantity, id: str, label: str) -> bool:
    """Whether a whole number is a year: it could be one, and is called one, or has the unit of one.

    What lasts for years has that unit too: *Age of the oldest tree* is none.

    Examples
    --------
    >>> from decimal import Decimal
    >>> count = Quantity.computed(Decimal(1935), "1", exact=True)
    >>> is_year(count, "data.n", "First year"), is_year(count, "data.n", "Visitors per year")
    (True, False)
    """
    if quantity.qualifier != "exact" or quantity.unit not in (PURE, YEAR) or quantity.value not in YEARS:
        return False
    named = _LABEL.fullmatch(label.strip()) is not None or _ID.fullmatch(id) is not None
    return named or (quantity.unit == YEAR and not _LASTS & {*re.findall("[a-z]+", f"{label} {id}".lower())})
