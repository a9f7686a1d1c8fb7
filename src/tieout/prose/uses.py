"""Where the report shows an entry: every tie of every chapter in reading order, with its anchor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tieout.markdown import Tie, scan
from tieout.prose.passages import Passage, Sources

LEDGER, FINDINGS = ".tieout-ledger", ".tieout-findings"


@dataclass(frozen=True)
class Use:
    """One place that shows an entry.

    Parameters
    ----------
    page, anchor
        Where a reader finds it; no anchor for text that cannot hold a link.
    shown
        What it shows; empty where the entry's own display fills it.
    path, line
        Where the source has it.
    where
        A finer place than a line, in words.
    column
        Which cell of the row it shows; None for the value.
    """

    page: str
    anchor: str
    shown: str
    path: str
    line: int
    where: str = ""
    column: str | None = None


def uses(sources: Sources, told: Sequence[str] = ()) -> Mapping[str, tuple[Use, ...]]:
    """Return the uses of every id that a tie names, known or not.

    Parameters
    ----------
    told
        Texts of findings, in the order in which they fill their page.

    Notes
    -----

    Anchors are ``use-ID-1``, ``use-ID:column-2``, …: the extension's filter counts in the same order. Texts
    that cannot hold a link, such as alternative texts, have none.
    """
    found: dict[str, list[Use]] = defaultdict(list)
    for _, passages in sources.chapters:
        counts: Counter[str] = Counter()
        for passage, place, tie in _in_order(passages, told):
            anchor = ""
            if not (tie.attribute or passage.attribute):
                counts[tie.key] += 1
                anchor = f"use-{tie.key}-{counts[tie.key]}"
            line = passage.line(place)
            use = Use(passage.page, anchor, tie.shown, passage.path, line, passage.where, tie.column)
            found[tie.id].append(use)
    return {id: tuple(each) for id, each in found.items()}


def _in_order(passages: Sequence[Passage], told: Sequence[str]) -> Iterator[tuple[Passage, int, Tie]]:
    """Give the ties of a chapter, each with its place, as readers meet them.

    Those of a footnote stand where it is referred to, those of findings where their page is filled.
    """
    notes: dict[str, list[tuple[Passage, int, Tie]]] = defaultdict(list)
    for passage in passages:
        for tie in passage.scan.ties:
            if tie.note is not None:
                notes[tie.note].append((passage, tie.start, tie))
    for passage in passages:
        found = passage.scan
        events: list[tuple[int, Tie | str]] = [(tie.start, tie) for tie in found.ties if tie.note is None]
        events += found.notes
        if told and FINDINGS in passage.markdown:
            events.append((passage.markdown.index(FINDINGS), FINDINGS))
        for place, event in sorted(events, key=lambda pair: pair[0]):
            if isinstance(event, Tie):
                yield passage, event.start, event
            elif event == FINDINGS:
                yield from ((passage, place, tie) for text in told for tie in scan(text).ties)
            else:
                yield from notes.pop(event, [])
    for left in notes.values():
        yield from left


def page_with(sources: Sources, mark: str) -> str | None:
    """Return the page of the chapter that holds a div of a class: ``.tieout-ledger``."""
    for chapter, passages in sources.chapters:
        if any(mark in passage.markdown for passage in passages):
            return chapter.href
    return None
