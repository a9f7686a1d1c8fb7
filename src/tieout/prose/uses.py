"""Where the report shows an entry: every tie of every chapter in reading order, with its anchor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from typing import Any, cast

from tieout.machine.asked import digest
from tieout.machine.store import key_of
from tieout.markdown import Tie, scan
from tieout.markdown.conditions import hidden
from tieout.project import Chapter, read_front
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
    that cannot hold a link, such as alternative texts, have none. What is not shown on pages counts, so that
    the next has one name on paper too, and has none.
    """
    found: dict[str, list[Use]] = defaultdict(list)
    for chapter, passages in sources.chapters:
        for id, *use in _said(sources, chapter, passages, told)["uses"]:
            found[id].append(Use(*use))
    return {id: tuple(each) for id, each in found.items()}


def keys(sources: Sources) -> Iterator[tuple[Passage, Sequence[tuple[str, int]]]]:
    """Give each passage with what it cites, or seems to: the key, and its line."""
    for chapter, passages in sources.chapters:
        found: dict[int, list[tuple[str, int]]] = defaultdict(list)
        for index, key, line in _said(sources, chapter, passages)["keys"]:
            found[index].append((key, line))
        yield from ((passage, found[index]) for index, passage in enumerate(passages))


def _said(
    sources: Sources, chapter: Chapter, passages: Sequence[Passage], told: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what others ask of a chapter's text, from an earlier command where it is as it was then."""
    told = told if any(FINDINGS in each.markdown for each in passages) else ()

    def read() -> dict[str, Any]:
        used = [[id, *astuple(use)] for id, use in _uses(sources, chapter, passages, told)]
        keys = [
            [index, key, passage.line(offset)]
            for index, passage in enumerate(passages)
            for offset, key in passage.scan.keys
        ]
        return {"uses": used, "keys": keys}

    if any("content-" in passage.markdown for passage in passages):  # what is shown follows from more
        return read()
    files = sources.project.files
    paths = dict.fromkeys(each.path for each in passages)  # their lines follow from the whole files
    texts = [
        [each.path, each.markdown, each.kind, each.page, each.cell, each.where, each.attribute]
        for each in passages
    ]
    digests = {path: digest(files.bytes(path)) for path in paths}
    key = [[*map(list, digests.items())], texts, [*told]]
    parts = {**digests, "its text": texts, "the findings": [*told]}
    steps = sources.project.steps
    return files.memory.made(
        ("ties", key_of(*key)),
        lambda: cast(dict[str, Any], steps.take("ties", key, read, str(chapter.path), parts)),
    )


def _uses(
    sources: Sources, chapter: Chapter, passages: Sequence[Passage], told: Sequence[str]
) -> Iterator[tuple[str, Use]]:
    counts: Counter[str] = Counter()
    unseen = _unseen(sources, chapter, passages)
    for passage, place, tie, (around, at) in _in_order(passages, told):
        anchor = ""
        if not (tie.attribute or passage.attribute):
            counts[tie.key] += 1
            if not any(start <= at < end for start, end in unseen.get(id(around), ())):
                anchor = f"use-{tie.key}-{counts[tie.key]}"
        line = passage.line(place)
        yield tie.id, Use(passage.page, anchor, tie.shown, passage.path, line, passage.where, tie.column)


def _unseen(
    sources: Sources, chapter: Chapter, passages: Sequence[Passage]
) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """Return what pages do not show of each passage."""
    if not any("content-" in passage.markdown for passage in passages):
        return {}
    project = sources.project
    metadata = {**project.configuration.values, **read_front(project.files, chapter.path).metadata}
    found = hidden([passage.scan for passage in passages], "html", metadata)
    return {id(passage): each for passage, each in zip(passages, found, strict=True)}


def _in_order(
    passages: Sequence[Passage], told: Sequence[str]
) -> Iterator[tuple[Passage, int, Tie, tuple[Passage, int]]]:
    """Give the ties of a chapter as readers meet them, each with its place and the one that shows it.

    Those of a footnote stand where it is referred to, those of findings where their page is filled.
    """
    notes: dict[str, list[tuple[Passage, Tie]]] = defaultdict(list)
    for passage in passages:
        for tie in passage.scan.ties:
            if tie.note is not None:
                notes[tie.note].append((passage, tie))
    for passage in passages:
        found = passage.scan
        events: list[tuple[int, Tie | str]] = [(tie.start, tie) for tie in found.ties if tie.note is None]
        events += found.notes
        if told and FINDINGS in passage.markdown:
            events.append((passage.markdown.index(FINDINGS), FINDINGS))
        for place, event in sorted(events, key=lambda pair: pair[0]):
            if isinstance(event, Tie):
                yield passage, place, event, (passage, place)
            elif event == FINDINGS:
                yield from (
                    (passage, place, tie, (passage, place)) for text in told for tie in scan(text).ties
                )
            else:
                yield from (
                    (source, tie.start, tie, (passage, place)) for source, tie in notes.pop(event, [])
                )
    for left in notes.values():
        yield from ((source, tie.start, tie, (source, tie.start)) for source, tie in left)


def page_with(sources: Sources, mark: str) -> str | None:
    """Return the page of the chapter that holds a div of a class: ``.tieout-ledger``."""
    for chapter, passages in sources.chapters:
        if any(mark in passage.markdown for passage in passages):
            return chapter.href
    return None
