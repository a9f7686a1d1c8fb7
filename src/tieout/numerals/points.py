"""Percentage points that prose calls points: *5.2 points* of what is recorded as 5.2 percentage points."""

from __future__ import annotations

import re
from dataclasses import replace

from tieout.machine.patterns import lazily
from tieout.numerals.context import Context

_RECORDED = lazily(r"[\d.,]+\s?(?:percentage points?|pp)\b")
_SHARE = lazily(r"[−-]?[\d.,]+ ?%")


def points_in_full(shown: str, context: Context, recorded: str) -> tuple[str, Context]:
    """Return what a tie shows and what stands around it, with *points* in full where they are recorded so.

    Parameters
    ----------
    recorded
        What the entry itself is shown as: *9.9 percentage points*, *34%*.
    """
    if _RECORDED.search(recorded) or _SHARE.fullmatch(recorded):
        shown = re.sub(r"(?<=\d) (?=points?$)", " percentage ", shown)
        after = re.sub(r"^ (?=points?\b)", " percentage ", context.after)
        by = len(after) - len(context.after)
        near = (
            replace(each, start=each.start + by, end=each.end + by) if each.side == "after" else each
            for each in context.near
        )
        return shown, replace(context, after=after, near=tuple(near))
    return shown, context
