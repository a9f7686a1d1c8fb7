"""Limits behind their estimate: *needs [0.66](…) less heat ([95% CI 0.64 to 0.69](…))*, of one below zero.

The words at the estimate say the sign of both.
"""

from __future__ import annotations

import re

from tieout.numbers import Quantity
from tieout.numerals.cldr import MINUSES
from tieout.numerals.context import Context

_LIMITS = ".ci"
_OPENED = re.compile(r"[^.;()\[\]]{0,60}[(,\[]\s*(?:\d+% (?:CI|confidence interval)[:, ]*)?")


def around_estimate(quantity: Quantity, context: Context) -> Context | None:
    """Return what stands around the estimate that has no sign, right before its limits; None for no such."""
    own = quantity.id or ""
    if not quantity.is_range or not own.endswith(_LIMITS):
        return None
    near = [each for each in context.near if each.side == "before"]
    last = max(near, key=lambda each: each.start, default=None)
    if last is None or last.key != own.removesuffix(_LIMITS) or re.search(f"[{MINUSES}]", last.text):
        return None
    between = context.before[last.end :]
    return Context(context.before[: last.start], between) if _OPENED.fullmatch(between) else None
