"""Two numbers and what their sentence says of the one against the other: each makes the others sure.

*Went up from 413.3 to 421.2, an increase of 1.9%*: three numbers of one table agree by value and arithmetic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tieout.suggest.proposal import FEW, NEEDED, digits_of
from tieout.suggest.suggestion import Suggestion


def with_ends(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Return the suggestions of a passage; the ends of a comparison that is sure are sure too.

    An end that shows few digits agrees with something by chance, and stays what it was.
    """
    sure = [(each.number.sentence, each.records.ends) for each in found if each.records and each.records.ends]
    return [
        _sure(each)
        if any(_is_end(each, sentence, known) for sentence, known in sure) and digits_of(each.number) >= FEW
        else each
        for each in found
    ]


def _is_end(found: Suggestion, sentence: str, ends: Sequence[object]) -> bool:
    own = found.likely
    return own is not None and not own.ends and found.number.sentence == sentence and own.evidence in ends


def _sure(found: Suggestion) -> Suggestion:
    """Return a suggestion whose best output is certain."""
    likely, best = found.likely, found.outputs[0]
    if found.records is not None or likely is not best:
        return found
    others = tuple(replace(each, fits=False) for each in found.outputs[1:])
    return replace(found, outputs=(replace(best, fits=True, support=max(best.support, NEEDED[1])), *others))
