"""Changes of the words of a passage around its ties: names, citation keys, years, ranks, comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tieout.checks.prose import disagreements
from tieout.ledger import Ledger
from tieout.prose import Passage
from tieout.wording.cited import miscited
from tieout.wording.suspicions import Suspicions

PAIRS = (
    ("above", "below"), ("higher", "lower"), ("larger", "smaller"), ("longer", "shorter"), ("more", "fewer"),
    ("older", "younger"), ("rose", "fell"),
    ("up from", "down from"), ("grew", "shrank"), ("exceeds", "trails"),
    ("dropped", "climbed"), ("doubled", "halved"),
)  # fmt: skip
RANKS = (("largest", "smallest"), ("highest", "lowest"), ("second", "third"), ("most", "least"))
SWAPS = {one: other for pair in PAIRS for one, other in (pair, pair[::-1])}
RANKED = {one: other for pair in RANKS for one, other in (pair, pair[::-1])}
BETWEEN = re.compile(
    rf"\]\(tie:[^)\s:]+\)[^.;|\[\]]{{0,60}}?\b(?P<word>{'|'.join(SWAPS)})\b[^.;|\[\]]{{0,40}}?\[[^\]]+\]\(tie:[^)\s:]+\)"
)
MOVED = re.compile(
    rf"\b(?P<word>{'|'.join(SWAPS)})\b(?: by| from| to| in| of| [a-z]+){{0,3}}"
    rf" (?:some |about )?\[[^\]]+\]\(tie:[^)\s:]+\)"
)
RANK = re.compile(rf"\b(?P<word>{'|'.join(RANKED)})\b[^.;|\[\]]{{0,40}}\[[^\]]+\]\(tie:[^)\s:]+\)")


def is_caught(passage: Passage, weighed: Suspicions) -> bool:
    """Whether a passage raises an error or a warning; what is quickest to say is asked first."""
    found = passage.scan
    return (
        _any(miscited(passage, weighed.ledger))  # a part of the next
        or _any(weighed.passage(passage))
        or any(_any(disagreements(tie, found, passage, weighed.ledger)) for tie in found.ties)
    )


def _any(things: Iterable[object]) -> bool:
    return any(True for _ in things)


def _put(passage: Passage, start: int, end: int, new: str) -> Passage:
    return replace(passage, markdown=passage.markdown[:start] + new + passage.markdown[end:])


def comparisons(passage: Passage, ledger: Ledger) -> Iterator[Passage]:
    """Words that set one tied number against the next, or say where one went, turned round."""
    for pattern in (BETWEEN, MOVED):
        for found in pattern.finditer(passage.markdown):
            yield _put(passage, *found.span("word"), SWAPS[found["word"]])


def ranks(passage: Passage, ledger: Ledger) -> Iterator[Passage]:
    """Ranks of tied numbers, turned round."""
    for found in RANK.finditer(passage.markdown):
        yield _put(passage, *found.span("word"), RANKED[found["word"]])


def keys(passage: Passage, ledger: Ledger) -> Iterator[Passage]:
    """Citation keys, in sentences with ties, exchanged for each other work that facts are from."""
    stating = {entry.source for entry in ledger.values() if entry.source} - {
        ledger.facts.package.document.key
    }
    for offset, key in passage.scan.keys:
        at = passage.markdown.index(key, offset)
        sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z])|\n\s*\n", passage.markdown[:at])[-1]
        if key in stating and "](tie:" in sentence:
            yield from (_put(passage, at, at + len(key), other) for other in sorted(stating - {key}))


def names(passage: Passage, ledger: Ledger) -> Iterator[Passage]:
    """Names that are tied, exchanged for that of another entry."""
    texts = [entry.text for entry in ledger.values() if entry.quantity is None]
    for tie in passage.scan.ties:
        entry = ledger.entries.get(tie.id)
        if entry is not None and entry.quantity is None and not tie.column and tie.shown:
            other = next(
                (text for text in texts if text[:1].isalpha() and text.lower() != entry.text.lower()), None
            )
            if other:
                yield _put(passage, tie.text_start, tie.text_end, other)


def years(passage: Passage, ledger: Ledger) -> Iterator[Passage]:
    """Years that are tied, exchanged for the year of an entry that is called alike."""
    for tie in passage.scan.ties:
        if tie.column != "year" or not tie.id[-4:].isdigit():
            continue
        stem = tie.id[:-4]
        for entry in ledger.values():
            if entry.id.startswith(stem) and entry.id != tie.id and entry.id[len(stem) :].isdigit():
                new = f"[{entry.cells['period']}](tie:{entry.id}:year)"
                yield _put(passage, tie.start, tie.end, new)


KINDS = (comparisons, ranks, keys, names, years)
