"""The order of numbers on paper: that of the page, but for notes, captions, and heads of tables that repeat.

Cells over several rows are set behind the first of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tieout.audit.dom import SILENT, Element, classes, content_of, is_margin_note
from tieout.audit.flow import digits
from tieout.audit.page import Page

GAP = "\u2028"  # between elements, so that digits do not join
NOT_PRINTED = frozenset(
    ("footnote-ref", "footnote-back", "tie-finding", "tie-assumed-mark", "title-block", "tieout-ledger")
)


def ordered(page: Page) -> tuple[list[str], ...]:
    """Return the numbers of a page in reading order: of its text, its notes, captions, cells over rows.

    Those of mathematics are left out.
    """
    found: dict[str, list[str]] = {"text": [], "notes": [], "caption": [], "cells": [], "math": []}
    for kind, text in _texts(content_of(page.tree), "text"):
        found[kind].append(text)
    return tuple(digits("".join(found[kind])) for kind in ("text", "notes", "caption", "cells"))


def _texts(element: Element, kind: str) -> Iterator[tuple[str, str]]:
    if not isinstance(element.tag, str) or element.tag in SILENT or element.tag in ("nav", "annotation"):
        return
    names = classes(element)
    if (
        names & NOT_PRINTED
        or element.get("role") in ("doc-noteref", "doc-backlink")
        or "title-block" in names
    ):
        return
    if element.get("role") == "doc-endnotes" or "footnotes" in names or is_margin_note(element):
        kind = "notes"
    elif element.tag == "math" or "equation-number" in names:
        kind = "math"
    elif element.tag in ("figcaption", "caption"):
        kind = "caption"
    elif kind == "text" and element.get("rowspan", "1") != "1":
        kind = "cells"
    yield kind, element.text or ""
    for child in element:
        gap = GAP if child.tag in ("td", "th", "p", "li", "dd", "dt", "figcaption", "caption", "div") else ""
        yield kind, gap
        yield from _texts(child, kind)
        yield kind, gap + (child.tail or "")


def is_interleaved(
    found: Sequence[str], parts: Sequence[Sequence[str]], repeated: frozenset[str] = frozenset()
) -> int | None:
    """Return where a sequence stops to be several others shuffled together, each in its own order.

    ``repeated`` are numbers that may stand there again. None where all fits.

    Examples
    --------
    >>> is_interleaved(["1", "7", "2"], (["1", "2"], ["7"])) is None
    True
    >>> is_interleaved(["2", "7", "1"], (["1", "2"], ["7"]))
    0
    """
    states = {(0,) * len(parts)}
    for at, number in enumerate(found):
        after = set()
        for state in states:
            for index, part in enumerate(parts):
                if state[index] < len(part) and part[state[index]] == number:
                    after.add((*state[:index], state[index] + 1, *state[index + 1 :]))
            if number in repeated:
                after.add(state)
        if not after:
            return at
        states = after
    return None if tuple(map(len, parts)) in states else max(len(found) - 1, 0)
