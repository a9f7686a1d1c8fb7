"""Puts a tie around a number of a text, whatever marks stand around it."""

from __future__ import annotations

import re
from itertools import product

from tieout.markdown import scan
from tieout.prose import Untied
from tieout.update.retext import Replacement, source_end, source_start

_MARKS, _DOLLAR = "*_~^`", r"\\$"
_BARE = re.compile(r"(?<!\\)\$")


def tie_up(markdown: str, number: Untied, key: str, literal: bool = False) -> Replacement | None:
    """Return the replacement in a text that ties one of its numbers; None where none reads back as such."""
    start = source_start(markdown, number.start)
    end = number.end if number.kind == "formula" else source_end(markdown, number.end - 1, number.text[-1])
    wide = (
        len(markdown[:start].rstrip(_MARKS)),
        end + len(markdown[end:]) - len(markdown[end:].lstrip(_MARKS)),
    )
    before = scan(markdown, literal)
    for first, last in product((start, wide[0]), (end, wide[1])):
        own = markdown[first:last]
        text = f"[{own if number.kind == 'formula' else _BARE.sub(_DOLLAR, own)}](tie:{key})"
        after = scan(markdown[:first] + text + markdown[last:], literal)
        new = [tie for tie in after.ties if tie.start == first]
        others = [(tie.key, tie.shown) for tie in after.ties if tie.start != first]
        if (
            [tie.shown.split() for tie in new] == [number.text.split()]
            and others == [(tie.key, tie.shown) for tie in before.ties]
            and [each.text for each in after.waivers] == [each.text for each in before.waivers]
        ):
            return first, last, text
    return None
