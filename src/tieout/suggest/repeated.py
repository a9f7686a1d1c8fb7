"""Numbers that a report tells twice, in its summary and where they are computed: both say the same output."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from tieout.suggest.proposal import Proposal, digits_of
from tieout.suggest.rarity import words
from tieout.suggest.suggestion import Suggestion
from tieout.suggest.ways import certain

LEAST, MANY = 2, 4  # digits that are no chance beside words for an output, and beside words of a sentence
_TWO = 2  # words that two sentences share


def with_repeats(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Return suggestions, certain too where the same text is certain elsewhere and the words say the same."""
    known: dict[tuple[str, str], list[Suggestion]] = defaultdict(list)
    for each in found:
        if each.records:
            known[_text(each)].append(each)
    return [_repeated(each, known[_text(each)]) if _text(each) in known else each for each in found]


def _text(found: Suggestion) -> tuple[str, str]:
    return found.passage.path, "".join(found.number.text.split())


def _repeated(found: Suggestion, known: Sequence[Suggestion]) -> Suggestion:
    if found.records or found.candidates or found.is_name or digits_of(found.number) < LEAST:
        return found
    own = [each for each in found.outputs if _is_said(each, known)]
    if len(own) == 1:
        others = [each for each in found.outputs if each is not own[0]]
        # Two digits are those of many things: whatever else has the value may be what is meant.
        few = digits_of(found.number) < MANY and any(each.holds for each in others)
        if few or any(each.fits for each in others):
            return found
        return certain(replace(found, outputs=(*own, *others)))
    if found.outputs or digits_of(found.number) < MANY:
        return found
    said = words(found.number.sentence)
    told = [each.records for each in known if len(said & words(each.number.sentence)) >= _TWO]
    keys = {each.key for each in told if each}
    return certain(replace(found, outputs=(told[0],))) if told[0:1] and told[0] and len(keys) == 1 else found


def _is_said(output: Proposal, known: Sequence[Suggestion]) -> bool:
    """Whether an output that words of a sentence name is the one that is certain elsewhere."""
    found = output.evidence
    is_named = bool(output.shared & (found.columns | found.words - found.rows))
    is_named = is_named or bool(found.rows and found.rows <= output.shared)
    keys = {each.records.key for each in known if each.records}
    return is_named and output.holds and output.key in keys
