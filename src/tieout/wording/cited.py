"""Citations beside numbers of another source: `[@a]` in a sentence whose facts the data have from b.

What a sentence cites may be more than its numbers rest on, so only that is suspicious which cannot be meant:
a work that is the source of other facts, or that stands right at the number, while the source of the number
is not cited in the paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.markdown import Tie
from tieout.numbers import inputs
from tieout.prose import Passage

_PARAGRAPH = lazily(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|\d+\.)[ \t])|\n(?=#)")
_SENTENCE = lazily(r"(?<=[^\s.][.?!])(?<!\b[A-Z]\.)[)\]*_\"”]*\s+(?=[\[(*\"“]*[A-Z0-9ÄÖÜА-ЯІЇЄҐ\\$€£@])")
_BESIDE = lazily(r"[\s,;:)*_]*(?:[a-z]+[\s,]+){0,2}\[?(?:see |cf\. |e\.g\. )?-?$")
_SEE = lazily(
    r"\b(?:unlike|contrary to|against|disagree|differ|compare|contrast|cf\.|instead|agree|line with)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Miscited:
    """A tie, the work that is cited beside it, and the work that its entry is from."""

    tie: Tie
    offset: int
    cited: str
    source: str


def miscited(passage: Passage, ledger: Ledger) -> Iterator[Miscited]:
    """Give the citations of a passage that name another work than the facts beside them are from."""
    works = ledger.facts.bibliography
    keys = [(offset, key) for offset, key in passage.scan.keys if key in works]
    if not keys or passage.output is not None:
        return
    stating = {entry.source for entry in ledger.values() if entry.source}
    own = ledger.facts.package.document.key
    for start, end in _pieces(passage.markdown, 0, len(passage.markdown), _PARAGRAPH):
        there = {key for offset, key in keys if start <= offset < end}
        if not there or own in there:
            continue
        for first, last in _pieces(passage.markdown, start, end, _SENTENCE):
            cited = [(offset, key) for offset, key in keys if first <= offset < last]
            ties = [tie for tie in passage.scan.ties if first <= tie.start < last]
            told = [(tie, sources(ledger, tie.id)) for tie in ties]
            if not cited or not any(from_ for _, from_ in told) or any(from_ & there for _, from_ in told):
                continue
            if _SEE.search(passage.markdown, first, last):
                continue
            for offset, key in cited:
                near = [(tie, from_) for tie, from_ in told if from_ and _is_beside(passage, tie, offset)]
                tie, from_ = next(iter(near), next((each for each in told if each[1]), (None, frozenset())))
                if tie is not None and (near or key in stating):
                    yield Miscited(tie, offset, key, ", ".join(sorted(from_)))


def sources(ledger: Ledger, id: str) -> frozenset[str]:
    """Return the works that an entry rests on, through the inputs of its formula."""
    found: set[str] = set()
    waiting, seen = [id], set[str]()
    while waiting:
        name = waiting.pop()
        entry: Entry | None = ledger.entries.get(name)
        if entry is None or name in seen:
            continue
        seen.add(name)
        if entry.source:
            found.add(entry.source)
        waiting += inputs(entry.formula)
    return frozenset(found)


def _is_beside(passage: Passage, tie: Tie, offset: int) -> bool:
    return tie.end <= offset and bool(_BESIDE.fullmatch(passage.markdown, tie.end, offset))


def _pieces(text: str, start: int, end: int, stop: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    at = start
    for found in stop.finditer(text, start, end):
        yield at, found.end()
        at = found.end()
    yield at, end
