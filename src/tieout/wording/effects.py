"""How large an effect is called against its size: *a small effect (d = 1.62)*.

Cohen (1988) calls a difference of 0.2 standard deviations small, of 0.5 medium, of 0.8 large, and fields have
scales of their own. Only what is large by his is not small, and what is not even small is not large.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.wording.meant import own_words

_SMALL, _LARGE = Decimal("0.2"), Decimal("0.8")
_SAID = lazily(
    r"\b(?:(?P<small>small|weak|слабк\w+|малий)|(?P<large>large|strong|huge|велик\w+|сильн\w+))"
    r" (?:effect|difference|ефект|відмінність)(?: size)? \((?:Cohen[’']s |Hedges[’'] )?[dg] ?= ?$",
    re.IGNORECASE,
)


def misjudged(entry: Entry, context: Context) -> str:
    """Return in words why an effect is not so large as it is called; empty where it may be."""
    found = _SAID.search(own_words(context))
    quantity = entry.quantity
    if found is None or quantity is None or quantity.is_range or is_denied(Context(own_words(context))):
        return ""
    size = abs(quantity.value)
    wrong = size >= _LARGE if found["small"] else size < _SMALL
    return f"“{found['small'] or found['large']}” is said of it, and by Cohen it is not" if wrong else ""
