"""The two numbers of a way, *from 7.0% to 9.1%*, *€346k, up from €253k*: both are of one line of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tieout.prose import Passage, Untied
from tieout.suggest.clauses import around, end_of_range
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import NAMES_OF_STATISTICS
from tieout.suggest.meanings import is_other_end
from tieout.suggest.proposal import NEEDED, Proposal, digits_of
from tieout.suggest.rivals import MANY, cell_of
from tieout.suggest.suggestion import Suggestion

LEAST = 2  # digits of a number that its other end makes certain
_BETWEEN = re.compile(r"\bbetween\s$")
_SINCE = re.compile(
    r"(?:[^.;:()\d\n]{0,40}[,(])?\s?(?:(?:up|down|back)\s+from|after|compared\s+(?:with|to))\s"
)


def is_way(markdown: str, number: Untied, other: Untied) -> bool:
    """Whether two numbers are what something was and came to, in whichever order they are told."""
    first, last = sorted((number, other), key=lambda each: each.start)
    return is_other_end(markdown, number, other) or bool(
        _SINCE.fullmatch(markdown[first.end : last.start]) and number.sentence == other.sentence
    )


def is_range(markdown: str, low: Untied, high: Untied) -> bool:
    """Whether two numbers are the ends of a range, *from €69 to €84*, and not of what moved."""
    if not is_other_end(markdown, low, high) and not _BETWEEN.search(markdown[: low.start]):
        return False
    return bool(end_of_range(*around(low)) & {"min"}) and bool(end_of_range(*around(high)) & {"max"})


def are_in_line(one: Evidence, other: Evidence) -> bool:
    """Whether two outputs are cells of one column, or of one row, of a table that is the same for both."""
    first, second = cell_of(one), cell_of(other)
    if first is None or second is None or first[0] != second[0] or one.is_apart(other):
        return False
    return first != second and (first[1] == second[1] or first[2] == second[2])


def lines_of(found: Evidence, evidence: Sequence[Evidence]) -> Iterator[list[Evidence]]:
    """Give the other cells of the column of an output, and those of its row."""
    cell = cell_of(found)
    line = [each for each in evidence if each.part is None and are_in_line(each, found)] if cell else []
    for side in (2, 1):
        yield [each for each in line if cell and (cell_of(each) or cell)[side] == cell[side]]


def are_kin(one: Evidence, other: Evidence) -> bool:
    """Whether two outputs can be the ends of a way: no cells of two tables that have nothing in common."""
    first, second = cell_of(one), cell_of(other)
    if first is None or second is None:
        words = (one.words & other.words) - NAMES_OF_STATISTICS
        return first == second or bool(words)
    return are_in_line(one, other) or (first[0] != second[0] and first[1:] == second[1:])


def with_ways(
    found: Sequence[Suggestion], others_in_line: Callable[[Passage, Evidence, Evidence], int]
) -> list[Suggestion]:
    """Return the suggestions of a passage without a certain end of a way that has nothing of its other end.

    Two ends of one line of a table, each the only output with its value, are both certain where words name
    them, or the line has no other cells.

    Parameters
    ----------
    others_in_line
        How many cells stand beside one in the line that it shares with another.
    """
    made = list(found)
    for place, each in enumerate(found):
        for at, other in enumerate(found):
            if at == place or not is_way(each.passage.markdown, each.number, other.number):
                continue
            if other.candidates or each.candidates:
                continue
            is_strict = is_other_end(each.passage.markdown, each.number, other.number)
            if is_strict and each.records and not _has_kin(each.records, other):
                made[place] = replace(each, outputs=tuple(replace(one, fits=False) for one in each.outputs))
            elif _are_ends(each, other, others_in_line):
                made[place] = certain(each)
            elif is_strict and (own := _in_line_of_two(each, other, others_in_line)):
                rest = [one for one in each.outputs if one is not own]
                made[place] = certain(replace(each, outputs=(own, *rest)))
    return made


def _has_kin(one: Proposal, other: Suggestion) -> bool:
    return any(are_kin(one.evidence, each.evidence) for each in other.outputs)


def _are_ends(
    each: Suggestion, other: Suggestion, others_in_line: Callable[[Passage, Evidence, Evidence], int]
) -> bool:
    own, theirs = each.likely, other.likely
    if own is None or theirs is None or each.records or own.code or theirs.code:
        return False
    has_words = bool(own.shared | theirs.shared) and min(map(digits_of, (each.number, other.number))) >= LEAST
    if not has_words or own is not each.outputs[0] or not are_in_line(own.evidence, theirs.evidence):
        return False
    is_of_two = others_in_line(each.passage, own.evidence, theirs.evidence) == 1
    return is_of_two or (is_named(own, theirs) and is_named(theirs, own))


def _in_line_of_two(
    each: Suggestion, other: Suggestion, others_in_line: Callable[[Passage, Evidence, Evidence], int]
) -> Proposal | None:
    """Return the output of a number that makes the only line of two with one of its other end."""
    if each.records or other.records or min(map(digits_of, (each.number, other.number))) < MANY:
        return None
    pairs = [
        (one, two)
        for one in each.outputs
        for two in other.outputs
        if not one.code and not two.code and are_in_line(one.evidence, two.evidence)
    ]
    if len(pairs) != 1:
        return None
    one, two = pairs[0]
    is_of_two = others_in_line(each.passage, one.evidence, two.evidence) == 1
    return one if is_of_two and one.shared | two.shared and one.holds else None


def is_named(one: Proposal, other: Proposal) -> bool:
    """Whether a sentence says the row or column that an output does not share with another one."""
    found, beside = one.evidence, other.evidence
    return bool(((found.rows | found.columns) - beside.rows - beside.columns) & one.shared)


def certain(found: Suggestion) -> Suggestion:
    """Return a suggestion whose best output is certain."""
    best, *others = found.outputs
    best = replace(best, fits=True, doubtful=False, support=max(best.support, NEEDED[1]))
    return replace(found, outputs=(best, *(replace(each, fits=False) for each in others)))
