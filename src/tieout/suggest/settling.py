"""Which output a number means where all that a notebook holds is known: what has another value is none.

Else words alone tell outputs apart, since the one that a number means may not have been shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from tieout.numbers import PERCENT
from tieout.prose import Untied
from tieout.suggest import clauses
from tieout.suggest.combined import COMPARING
from tieout.suggest.evidence import Evidence
from tieout.suggest.labels import root_name
from tieout.suggest.proposal import FEW, NEEDED, NEEDED_OF_MANY, Proposal, digits_of
from tieout.suggest.rivals import is_percentage

SAME = 9  # significant digits in which two values are one
TWO = 2  # digits, which agree with something by chance: the row has to be named too
NEAR = 3  # cells above a text, its code and a text between them
_IN_PART = re.compile(r"\d[.,]\d(?!\d\d)")
_BY_PLACE = re.compile(r"\.i?loc\[\d+[],]")
_COUNTED = frozenset(("second", "minute", "hour", "day", "week", "month", "year"))
_SHARES = COMPARING | frozenset(
    (
        "rate",
        "proportion",
        "fraction",
        "frac",
        "prob",
        "probability",
        "percentage",
        "margin",
        "cf",
        "utilisation",
    )
)
_POINTS = frozenset(("pp", "ppt"))  # percentage points, of which 0.45 are no 45%
_DERIVED = re.compile(r"round\(|\.describe\(")


def settled_by_value(found: Sequence[Proposal], number: Untied, cell: int) -> list[Proposal]:
    """Return proposals for a number, of each value one; sure of the only one that has words of its sentence.

    Parameters
    ----------
    found
        All that agree with the number.
    cell
        The index of the cell that the number stands in.
    """
    each_once = list(_of_each_value(list(_in_full(found)), cell))
    chance = [each for each in each_once if _is_by_chance(each, number)]
    likely = [each for each in each_once if each not in chance]
    kept = [*likely, *(replace(each, doubtful=True, fits=False) for each in chance)]
    rivals = _rivals(likely, cell)
    if len(rivals) != 1 or any(map(_is_more, kept)):
        return kept
    (best,) = rivals
    if not best.holds or best.other or not _is_said(best, number, cell):
        return kept
    needed = NEEDED.get(digits_of(number), NEEDED_OF_MANY)
    sure = replace(best, fits=True, doubtful=False, support=max(best.support, needed))
    return [sure if each is best else replace(each, fits=False) for each in kept]


def _rivals(kept: Sequence[Proposal], cell: int) -> Sequence[Proposal]:
    """Return those of several values that a number may mean, without those in doubt or far beside others."""
    rivals = [each for each in kept if not each.doubtful] or kept
    near = [each for each in rivals if _is_above(each.evidence, cell)]
    far = [each for each in rivals if each not in near]
    if len(near) == 1 and all(not each.shared or _BY_PLACE.search(each.line) for each in far):
        return near  # rows of the data, far above, have the same value by chance
    said = [each for each in rivals if each.shared]
    return said if len(said) == 1 and said[0] in near else rivals


def _in_full(found: Sequence[Proposal]) -> Iterator[Proposal]:
    """Give proposals without those that show a value rounded which another one has in full."""
    for one in found:
        of, step = one.evidence, one.evidence.step
        if _is_more(one) or not any(
            each.unit == one.unit
            and _is_of_one(each.evidence, of)
            and _places(each) < _places(one)
            and abs(each.evidence.number - of.number) <= step / 2
            for each in found
        ):
            yield one


def _is_of_one(one: Evidence, other: Evidence) -> bool:
    """Whether two values are of one variable, or of tables with the same row and column."""
    same = (one.rows, one.columns) == (other.rows, other.columns)
    return same or root_name(one.node) == root_name(other.node)


def _places(one: Proposal) -> int:
    return int(one.evidence.number.as_tuple().exponent)


def _is_by_chance(one: Proposal, number: Untied) -> bool:
    """Whether an output is likely by chance alone to have a value, and no words speak for it.

    A digit or two are rounded to, a share is told in per cent that is called no share, or as a count, and
    *12 months* are no change of 11.7.
    """
    found, digits = one.evidence, digits_of(number)
    least = TWO if digits == 1 else 1
    is_whole = found.number == found.number.to_integral_value() or _IN_PART.search(number.text) is not None
    is_counted = one.unit in _COUNTED and one.unit not in found.words and not is_whole
    is_very = found.is_exact and len(str(abs(int(found.number))).rstrip("0")) <= digits
    if digits < FEW and (len(one.shared) < least or is_counted) and not is_very:
        return True
    if one.unit == "" and "%" in number.text and not _POINTS.isdisjoint(found.words):
        return True
    if one.unit == "" and (
        (is_percentage(found) and number.kind != "word") or ("%" in number.text and not one.shared)
    ):
        return True
    is_share = is_percentage(found) or not _SHARES.isdisjoint(found.words)
    return one.unit == PERCENT and not is_share and not one.shared


def _is_said(best: Proposal, number: Untied, cell: int) -> bool:
    """Whether words or place say that a number is of an output: three digits hardly agree by chance."""
    is_near = _is_above(best.evidence, cell)
    if digits_of(number) >= FEW:
        return is_near or (bool(best.shared) and not best.doubtful)
    clause = clauses.clause(*clauses.around(number))
    is_named = bool(best.evidence.rows & clause) or len(best.shared) >= TWO
    is_named = is_named or (bool(best.shared) and _IN_PART.search(number.text) is not None)
    return digits_of(number) == TWO and is_named and is_near and not best.doubtful


def _is_above(found: Evidence, cell: int) -> bool:
    """Whether an output is of the code right above a text, or of the cell before that."""
    return cell - NEAR <= found.cell < cell


def _is_more(one: Proposal) -> bool:
    """Whether a proposal is of more than a value: of a family, of two outputs, of a turn of a loop."""
    return bool(one.code or one.more or one.evidence.part is not None)


def _of_each_value(found: Sequence[Proposal], cell: int) -> Iterator[Proposal]:
    """Give of each value the proposal that says most, or else the nearest above the text."""
    values: dict[object, list[Proposal]] = {}
    for each in found:
        values.setdefault(_value(each), []).append(each)

    def rank(one: Proposal) -> tuple[bool, bool, bool, bool, float, bool, int, int]:
        of = one.evidence
        far = cell - of.cell if of.cell < cell else 2 * of.cell
        is_derived, by_place = bool(_DERIVED.search(of.expression)), bool(_BY_PLACE.search(of.expression))
        order = not one.is_recorded, is_derived, not one.fits, one.doubtful, -one.support, by_place
        return (*order, far, len(of.expression))

    for same in values.values():
        yield min(same, key=rank)


def _size(one: Proposal) -> tuple[str, str]:
    """Return a value and its unit; 10.1% and 101 per 1,000 are one."""
    found, unit = one.evidence.in_unit(one.unit), one.unit
    with suppress(ValueError):
        found, unit = found.to("1"), ""
    return f"{found.value:.{SAME - 1}e}", unit


def _value(one: Proposal) -> object:
    """Return what two proposals of one value have in common; of few digits, of what they are too."""
    found = one.evidence
    if _is_more(one):
        return id(one)
    near = _size(one)
    is_whole = found.number == found.number.to_integral_value()
    digits = len(str(abs(int(found.number)))) if is_whole else len(found.number.normalize().as_tuple().digits)
    if digits > FEW or (is_whole and digits == FEW):
        return near
    return (*near, found.rows, found.columns) if found.rows else (*near, found.expression)
