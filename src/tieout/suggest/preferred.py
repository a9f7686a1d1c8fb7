"""Which of several proposals a number means: the very count, the percentage, the test told before it."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from tieout.numbers import PERCENT
from tieout.numerals import Shown
from tieout.prose import Untied
from tieout.suggest.clauses import around
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import NAMES_OF_STATISTICS
from tieout.suggest.meanings import is_half_within, is_median
from tieout.suggest.proposal import Proposal
from tieout.suggest.rivals import is_percentage

# The statistic that a p-value is told behind: *r = −0.61, p <*.
_TOLD = re.compile(r"([−-]?\d[\d,]*(?:\.\d+)?)\)?\s?[,;]\s(?:and\s|with\s)?[pP]\s?[<>=≤]\s?$")
_FEWEST = 3  # digits


def preferred(
    found: Sequence[Proposal], number: Untied, shown: Shown, known: Mapping[str, Evidence]
) -> list[Proposal]:
    """Return the proposals that a number can mean, those left out that another one shuts out.

    Parameters
    ----------
    known
        The outputs by what tells them apart, ``known_as``.
    """
    kept = _middle(list(found), number)
    kept = _of_percent(kept, shown)
    kept = _once(kept)
    kept = _length(_very_count(kept, number, shown))
    return _told_before(kept, number, known)


def _middle(found: list[Proposal], number: Untied) -> list[Proposal]:
    """Of what half of all are within leave the middle, and that of no group which nobody names."""
    if not is_half_within(number):
        return found
    own = [each for each in found if is_median(each.evidence)]
    of_all = [each for each in own if each.evidence.rows <= NAMES_OF_STATISTICS | each.shared]
    return of_all or own or [replace(each, fits=False, doubtful=True) for each in found]


def _of_percent(found: list[Proposal], shown: Shown) -> list[Proposal]:
    """Leave out what has a unit of its own, 51 minutes, where a percentage is a share that is shown."""
    if shown.unit != PERCENT or not any(is_percentage(each.evidence) or not each.unit for each in found):
        return found
    own = [each for each in found if is_percentage(each.evidence)]
    return [
        each for each in found if each in own or each.unit != PERCENT or not each.evidence.words & _IN_UNITS
    ]


_IN_UNITS = frozenset(re.findall(r"\w+", """
minute hour second day wait time duration delay age price cost revenue income spend weight height length
distance eur usd euro dollar kg km mm cm
"""))  # fmt: skip


def _once(found: list[Proposal]) -> list[Proposal]:
    """Of a share and the same in per cent, two cells of one row, leave the one that is shown in per cent."""
    twice = {
        id(one)
        for one in found
        for other in found
        if not one.unit and other.unit == PERCENT and _are_one(one.evidence, other.evidence)
    }
    return [each for each in found if id(each) not in twice]


def _are_one(share: Evidence, percentage: Evidence) -> bool:
    one, other = _cell(share), _cell(percentage)
    places = int(percentage.number.as_tuple().exponent)
    near = abs(share.number * 100 - percentage.number) <= Decimal(1).scaleb(places) / 2
    return bool(one) and one == other and near


def _cell(found: Evidence) -> str:
    """Return the code of the table and row that a value is a cell of; empty where it is none."""
    node = found.node
    if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "loc":
        row = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else None
        return f"{ast.dump(node.value.value)} {ast.dump(row)}" if row is not None else ""
    return ""


def _very_count(found: list[Proposal], number: Untied, shown: Shown) -> list[Proposal]:
    """Of counts that fit leave the very number: *2,100* is no 2,080, where there is a 2,100."""
    figure = shown.figures[0]
    if shown.is_range or shown.unit or figure.scale != 1 or sum(map(str.isdigit, number.text)) < _FEWEST:
        return found
    very = [
        each
        for each in found
        if each.evidence.is_exact and each.evidence.number == Decimal(int(figure.number))
    ]
    rounded = [each for each in found if each.evidence.is_exact and each not in very]
    is_one = figure.number.denominator == 1 and any(each.fits for each in very)
    return [each for each in found if not (is_one and each in rounded)]


def _length(found: list[Proposal]) -> list[Proposal]:
    """Of the length of a frame and how many values its columns have, the same number, leave the length."""
    lengths = [each for each in found if isinstance(each.evidence.node, ast.Call) and each.evidence.is_exact]
    lengths = [each for each in lengths if each.evidence.expression.startswith("len(")]
    if len({each.evidence.expression for each in lengths}) != 1:
        return found
    (own, *_), counts = lengths, _COUNT_ROW
    return [
        each
        for each in found
        if each.evidence.number != own.evidence.number or counts not in each.evidence.expression
    ]


_COUNT_ROW = '.describe().loc["count"'


def _told_before(found: list[Proposal], number: Untied, known: Mapping[str, Evidence]) -> list[Proposal]:
    """Of p-values leave those whose statistic, printed just before them, stands before the number."""
    told = _TOLD.search(around(number)[0])
    if told is None:
        return found
    said = Decimal(told[1].replace(",", "").replace("−", "-"))
    places = int(said.as_tuple().exponent)

    def is_of_it(each: Proposal) -> bool | None:
        statistic = known.get(each.evidence.after)
        if statistic is None:
            return None
        is_told = round(statistic.number, -places) == said  # *n* and *df* may be printed between them
        return is_told if is_told or (statistic.test and not statistic.is_exact) else None

    own = [(each, is_of_it(each)) for each in found]
    return [each for each, fits in own if fits] or [each for each, fits in own if fits is None]
