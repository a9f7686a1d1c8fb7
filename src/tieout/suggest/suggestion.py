"""What is proposed for a number without a tie, and the words in which that is said."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tieout.prose import Passage, Untied
from tieout.suggest.clauses import around
from tieout.suggest.meanings import is_day, is_of_scale
from tieout.suggest.proposal import (
    Proposal,
    digits_of,
    is_alone_named,
    is_p_of_its_row,
    of_one_value,
    recorded_of,
    sure,
)

MOST, WIDTH = 3, 90
FAR = 2.0
FEW, NAMED = 3, 0.5  # so few digits agree by chance, and so much their words have to say
_SMALL = re.compile(r"\D?\d{1,2}\s?[%×]?")


@dataclass(frozen=True)
class Candidate:
    """An entry, or a column of its row, that a number could be tied to.

    Parameters
    ----------
    key
        ``ID`` or ``ID:column``.
    score
        How much speaks for it: shared words, ties beside it, uses in the chapter, its unit, its digits.
    support
        The part of the score that comes from the sentence.
    same
        Whether the entry is shown or stated in just this form, rather than rounded to it.
    said
        The part of the support that comes from words.
    """

    key: str
    score: float
    support: float
    same: bool = False
    said: float = 0.0

    def is_kin(self, other: Candidate) -> bool:
        """Whether one id continues the other: a stated number and the computed one, say."""
        one, two = (f"{each.key.partition(':')[0]}." for each in (self, other))
        return one.startswith(two) or two.startswith(one)


@dataclass(frozen=True)
class Suggestion:
    """A number without a tie, and what it could be tied to, best first.

    Parameters
    ----------
    passage, number
        Where it stands.
    line
        Its line in the file.
    candidates
        The entries of the ledger that agree with it, best first.
    outputs
        What else its notebook shows that agrees with it, and could be recorded.
    code
        Where nothing agrees: the reason that the notebook's code gives for it, and that code.
    is_name
        Whether it names a row of a table, or the like, and counts nothing.
    has_rival
        Whether its notebook shows another value that it agrees with, and that is not recorded.
    nearly
        Where nothing agrees, in words: what it nearly says, *12,308* of *12,803*, and what the slip is.
    """

    passage: Passage
    number: Untied
    line: int
    candidates: tuple[Candidate, ...]
    outputs: tuple[Proposal, ...] = ()
    code: tuple[str, str] | None = None
    is_name: bool = False
    has_rival: bool = False
    nearly: str = ""

    @property
    def records(self) -> Proposal | None:
        """The output that surely explains the number, where the ledger has nothing that agrees."""
        return self.outputs[0] if not self.candidates and sure(self.outputs, self.number) else None

    @property
    def likely(self) -> Proposal | None:
        """The output that surely explains the number, or the only one that has its value."""
        if self.candidates or not self.outputs:
            return None
        best = self.outputs[0]
        alone = (
            (of_one_value(self.outputs) or is_alone_named(self.outputs)) and best.holds and not best.doubtful
        )
        if alone or is_p_of_its_row(self.outputs):
            return best
        return self.records or recorded_of(self.outputs, self.number)

    @property
    def keys(self) -> tuple[str, ...]:
        """What it could be tied to: ``ID`` or ``ID:column``, best first."""
        return tuple(candidate.key for candidate in self.candidates)

    @property
    def unambiguous(self) -> bool:
        """Whether exactly one entry agrees, or the best is far ahead of the others.

        A number of few digits agrees with something in every ledger: its sentence has to name it too. Kin of
        the best, or another entry of just this form where the best is only rounded to it, leave the choice to
        the author.
        """
        if not self.candidates or self.has_rival:
            return False
        best, *others = self.candidates
        if _SMALL.fullmatch(self.number.text) and not best.support:
            return False
        if digits_of(self.number) < FEW and best.said < NAMED and ":" not in best.key:
            return False
        if any(best.is_kin(other) or (other.same and not best.same) for other in others):
            return False
        return not others or (best.support > 0 and best.score - others[0].score >= FAR)

    @property
    def place(self) -> str:
        """Its file and line."""
        return f"{self.passage.path}:{self.line}"

    def __str__(self) -> str:
        text = " ".join(self.number.text.split())
        said = f"{self.place}: {around_of(self)}: "
        if not self.candidates and self.outputs:
            return said + self._recorded()
        if self.is_name:
            what = "a scale" if is_of_scale(self.number) else "a date" if is_day(self.number) else "a name"
            of = "an end of a scale" if is_of_scale(self.number) else what
            return f'{said}it is {of}, and counts nothing; waive it: [{text}]{{.waived reason="{what}"}}'
        if not self.candidates:
            waived = f'[{text}]{{.waived reason="…"}}'
            if self.code:
                waived = f'[{text}]{{.waived reason="{self.code[0]}"}}'
                return f"{said}it stands in the code, as `{self.code[1]}`; record it, or waive it: {waived}"
            near = f": {self.nearly}" if self.nearly else ""
            what = f"no entry agrees, and no output fits{near}; record it, correct it, or waive it: {waived}"
            return f"{said}{what}"
        best, *others = self.keys[:MOST]
        more = len(self.keys) - MOST
        rest = ", ".join(others) + (f", and {more} more" if more > 0 else "")
        return f"{said}tie to {best}" + (f" (or {rest})" if rest else "")

    def _recorded(self) -> str:
        """Say what to write: the tie, and the line that records what it is tied to."""
        best, *others = self.outputs[:MOST]
        tie = f"[{' '.join(self.number.text.split())}](tie:{best.key})"
        lines = ["\n".join(f"    {one.line}" for one in (each, *each.more)) for each in (best, *others)]
        more = len(self.outputs) - MOST
        rest = [f"    … and {more} more"] if more > 0 else []
        if self.records:
            return "\n".join([f"write {tie} and record it in cell {best.evidence.place[0] + 1}:", lines[0]])
        if best.other:
            lines[0] += f"  # {best.open_end}; recorded, the build says which"
        if not self.likely and not others:
            return "\n".join(["is it this output? then record it:", *lines])
        if not self.likely:
            return "\n".join(["which output is it? record the right one:", *lines, *rest])
        return "\n".join([f"perhaps {tie}, recorded in cell {best.evidence.place[0] + 1}:", lines[0]])


def around_of(found: Suggestion) -> str:
    """Return a number and the part of its sentence around it."""
    return f"“{' '.join(found.number.text.split())}” in “{_around(found.number)}”"


def _around(number: Untied) -> str:
    """Return the part of a sentence around a number."""
    sentence, text = number.sentence, " ".join(number.text.split())
    at = len(around(number)[0])
    first, last = max(at - WIDTH // 2, 0), at + len(text) + WIDTH // 2
    if first > 0:
        first = sentence.find(" ", first, at) + 1 or first
    if last < len(sentence):
        last = max(sentence.rfind(" ", at + len(text), last), at + len(text))
    return ("…" if first else "") + sentence[first:last] + ("…" if last < len(sentence) else "")
