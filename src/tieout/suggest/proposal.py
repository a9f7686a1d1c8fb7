"""An output that could explain a number of the prose: the line that records it, and how sure it is."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from tieout import numerals
from tieout.numbers import Quantity
from tieout.prose import Untied
from tieout.suggest.evidence import Evidence
from tieout.suggest.titles import titled

COMMON, RARE, COUNTED, BESIDE = 0.25, 1.0, 2.0, 2.0
# How much has to speak for a proposal, by how many digits the number shows: few agree with much by chance.
NEEDED = {1: 3.0, 2: 2.0, 3: 1.0}
NEEDED_OF_MANY = COMMON
FEW = 3  # digits
IN_UNIT = ("se", "low", "high")
_DECIMAL = re.compile(r"\d\.\d")
_AS_CODE = {"sd": "std", "50%": "median"}


@dataclass(frozen=True)
class Proposal:
    """An output that a number could be tied to, and how it would be recorded.

    Parameters
    ----------
    evidence
        The output.
    id
        The id that would be new; with the part of its family.
    unit
        The unit that the prose gives it; empty for a plain number.
    like
        The form that it has in the prose.
    name
        What the notebook calls Tieout.
    support
        How much speaks for it, in shared words.
    shared
        The words that it shares with the sentence.
    fits
        Whether nothing in the sentence speaks against it.
    holds
        Whether the number is true of it where it stands, with the bound that the sentence gives.
    more
        What has to be recorded beside it: the room of an estimate.
    code
        The line that records it, where that is more than its value.
    counts
        Of a share the two counts that it divides.
    is_recorded
        Whether the code records it already.
    value
        What its line records, where that is not the output itself.
    ends
        The two outputs that it compares.
    doubtful
        Whether it is a cell of a table that nothing tells from the others, or rounds to a digit by chance.
    other
        What the number may be too, for the output was rounded where it is shown; empty for nothing else.
    """

    evidence: Evidence
    id: str
    unit: str
    like: str
    name: str
    support: float
    shared: frozenset[str]
    fits: bool
    more: tuple[Proposal, ...] = ()
    code: str = ""
    holds: bool = True
    doubtful: bool = False
    counts: tuple[Decimal, Decimal] | None = None
    is_recorded: bool = False
    value: Quantity | None = None
    ends: tuple[Evidence, ...] = ()
    other: str = ""

    @property
    def key(self) -> str:
        """What the number would be tied to."""
        return f"{self.id}.{self.evidence.part}" if self.evidence.part else self.id

    @property
    def line(self) -> str:
        """The line of code that records it."""
        if self.code:
            return self.code
        found = self.evidence
        given = [quoted(self.id), found.expression]
        if found.term is not None:
            given.append(f"term={quoted(found.term)}")
        given.append(f"label={quoted(titled(found))}")
        if self.unit and found.part in (None, ""):
            given.append(f"unit={quoted(self.unit)}")
        if self.like and not found.is_exact and found.part in (None, ""):
            given.append(f"like={quoted(self.like)}")
        return f"{self.name}.record({', '.join(given)})"

    @property
    def open_end(self) -> str:
        """Say in words what the digits that are shown do not settle; empty for nothing."""
        shown = f"{self.evidence.number:f}"
        return f"shown as {shown}, rounded, it may be {self.other}" if self.other else ""

    def __str__(self) -> str:
        return self.line


def ranked(found: Sequence[Proposal]) -> tuple[Proposal, ...]:
    """Return proposals, best first; of one number the one that names it most plainly."""
    found = sorted(found, key=lambda each: (-each.fits, each.doubtful, -each.support))
    for place, best in enumerate(found[:1]):
        same = [each for each in found if each is best or (each.fits and _is_same(best, each))]
        plain = min(same, key=lambda each: (_is_rounded(each.evidence), len(each.evidence.expression)))
        found.remove(plain)
        found.insert(place, plain)
    return tuple(found)


def _is_rounded(found: Evidence) -> bool:
    """Whether an expression gives fewer digits than there are."""
    return ".round(" in found.expression


def of_one_value(proposals: Sequence[Proposal]) -> bool:
    """Whether proposals differ in how a number was computed, and not in what it is."""
    first, *others = proposals
    if not others or (first.counts and all(each.counts == first.counts for each in others)):
        return True
    if not first.evidence.number and not all(map(_is_of, proposals, [first] * len(proposals))):
        return False  # the zeros of two tables are two things
    return all(
        each.evidence.number == first.evidence.number
        and each.unit == first.unit
        and not each.evidence.is_apart(first.evidence)
        and not each.code
        and not (_are_rows(each.evidence, first.evidence) and each.support >= first.support)
        and not _are_columns(first, each)
        for each in (first, *others)
    ) and all(first.shared & each.shared or first.evidence.is_exact for each in others)


def is_alone_named(proposals: Sequence[Proposal]) -> bool:
    """Whether the sentence names the row of the best proposal, and shares no word with any other."""
    best, *others = proposals
    return (
        bool(best.evidence.rows)
        and best.evidence.rows <= best.shared
        and not any(each.shared for each in others)
    )


def recorded_of(proposals: Sequence[Proposal], number: Untied) -> Proposal | None:
    """Return of outputs that all are one count the one that the code records already; None for few digits."""
    own = [each for each in proposals if each.is_recorded and each.holds and not each.doubtful]
    counts = {(each.evidence.number, each.unit) for each in proposals if each.evidence.is_exact}
    is_one = len(own) == 1 and len(counts) == 1 and all(each.evidence.is_exact for each in own)
    is_one = is_one and not any(each.evidence.is_apart(own[0].evidence) for each in proposals)
    return own[0] if is_one and digits_of(number) >= FEW else None


def is_p_of_its_row(proposals: Sequence[Proposal]) -> bool:
    """Whether the best of some proposals is the p-value of the row that is named, the only one that fits."""
    best, *others = proposals
    is_p = "pvalue" in best.evidence.words and bool(best.evidence.rows & best.shared)
    return is_p and best.fits and best.holds and not any(each.fits for each in others)


def _are_rows(one: Evidence, other: Evidence) -> bool:
    """Whether two outputs are of two rows, which have one value by chance."""
    return bool(one.rows and other.rows) and one.rows != other.rows


def _is_of(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals are one, or of one cell of code."""
    return one.evidence.cell == other.evidence.cell


def _are_columns(best: Proposal, other: Proposal) -> bool:
    """Whether two proposals are of two columns of one row, and the best one's is not named alone."""
    one, two = best.evidence, other.evidence
    differ = bool(one.columns and two.columns) and one.columns != two.columns and one.rows == two.rows
    is_named = bool(one.columns & best.shared) and not two.columns & other.shared
    return differ and one.cell == two.cell and not is_named


def sure(proposals: Sequence[Proposal], number: Untied) -> bool:
    """Whether the best of some proposals is the only one that a number can mean."""
    if not proposals:
        return False
    best, *others = proposals
    digits = digits_of(number)
    if number.kind == "year" or not best.fits or best.support < NEEDED.get(digits, NEEDED_OF_MANY):
        return False
    return all(not other.fits or other.shared < best.shared or _is_same(best, other) for other in others)


def _is_same(one: Proposal, other: Proposal) -> bool:
    """Whether two proposals are of one number: `x.mean()` and the mean in `x.describe()`."""
    a, b = one.evidence, other.evidence
    if (
        a.is_apart(b)
        or one.code
        or other.code
        or a.term != b.term
        or a.part != b.part
        or len(one.more) != len(other.more)
    ):
        return False
    said, too = (frozenset(_AS_CODE.get(word, word) for word in each.words) for each in (a, b))
    places = [int(each.number.as_tuple().exponent) for each in (a, b)]
    near = abs(a.number - b.number) <= Decimal(1).scaleb(max(places)) / 2
    return near and (said <= too or too <= said) and all(map(_is_same, one.more, other.more))


def unlike_units(chosen: Sequence[Proposal]) -> frozenset[tuple[str, str]]:
    """Return what prose shows in two units, as keys with the unit that is not recorded.

    A part of a family has the unit of its estimate; another output the one that its first number says.
    """
    units = {each.id: each.unit for each in chosen if each.evidence.part == ""}
    for each in sorted(chosen, key=lambda each: not each.unit):
        units.setdefault(each.id, each.unit)
    return frozenset(
        (each.key, each.unit)
        for each in chosen
        if each.evidence.part in (None, *IN_UNIT) and not each.code and each.unit != units.get(each.id, "")
    )


def digits_of(number: Untied) -> int:
    """Return how many digits a number shows that say something."""
    shown = numerals.parse(number.text) if number.kind == "formula" else None
    if shown is not None:
        figure = shown.figures[0]
        return len(re.sub(r"\D", "", shown.text[figure.start : figure.end]).strip("0")) or 1
    digits = re.sub(r"\D", "", number.text)
    # The zeros at the end of 14.0 are digits, and those of 1,400 may be none.
    return len(digits.lstrip("0") if _DECIMAL.search(number.text) else digits.strip("0")) or 1


def finest(proposals: Sequence[Proposal], lang: str) -> Proposal:
    """Return one of several proposals of the same output: in the form that shows most digits."""

    def grain(proposal: Proposal) -> tuple[bool, float]:
        shown = numerals.parse(proposal.like, lang)
        return not proposal.like, float(shown.figures[0].grain) if shown else 0.0

    return min(proposals, key=grain)


def quoted(text: str) -> str:
    """Return a text as Python and JSON write it, in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def in_form(proposal: Proposal, like: str) -> Proposal:
    """Return a proposal that is recorded in another form."""
    return replace(proposal, like=like)
