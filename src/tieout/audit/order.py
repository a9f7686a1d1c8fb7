"""The order of numbers on paper: that of the page, but notes stand at the foot and heads of tables again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tieout.audit.dom import SILENT, Element, classes, content_of
from tieout.audit.flow import digits
from tieout.audit.page import Page

GAP = "\u2028"  # between elements, so that digits do not join
NOT_PRINTED = frozenset(("footnote-ref", "footnote-back", "tie-finding", "tie-assumed-mark", "title-block"))


def ordered(page: Page) -> tuple[list[str], list[str], list[str]]:
    """Return the numbers of a page in reading order: of its text, of its notes, of its mathematics."""
    found: dict[str, list[str]] = {"text": [], "notes": [], "math": []}
    for kind, text in _texts(content_of(page.tree), "text"):
        found[kind].append(text)
    text, notes, mathematics = ("".join(found[kind]) for kind in ("text", "notes", "math"))
    return digits(text), digits(notes), digits(mathematics)


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
    if element.get("role") == "doc-endnotes" or "footnotes" in names:
        kind = "notes"
    elif element.tag == "math" or "equation-number" in names:
        kind = "math"
    yield kind, element.text or ""
    first = [child for child in element if child.tag in ("figcaption", "caption")]
    for child in (*first, *(child for child in element if child not in first)):
        gap = GAP if child.tag in ("td", "th", "p", "li", "dd", "dt", "figcaption", "caption", "div") else ""
        yield kind, gap
        yield from _texts(child, kind)
        yield kind, gap + (child.tail or "")


def is_interleaved(
    found: Sequence[str], text: Sequence[str], notes: Sequence[str], repeated: frozenset[str]
) -> int | None:
    """Return where a sequence stops to be two others shuffled together, each in its own order.

    ``repeated`` are numbers that may stand there again. None where all fits.

    Examples
    --------
    >>> is_interleaved(["1", "7", "2"], ["1", "2"], ["7"], frozenset()) is None
    True
    >>> is_interleaved(["2", "7", "1"], ["1", "2"], ["7"], frozenset())
    0
    """
    states = {(0, 0)}
    for at, number in enumerate(found):
        after = set()
        for one, other in states:
            if one < len(text) and text[one] == number:
                after.add((one + 1, other))
            if other < len(notes) and notes[other] == number:
                after.add((one, other + 1))
            if number in repeated:
                after.add((one, other))
        if not after:
            return at
        states = after
    return None if (len(text), len(notes)) in states else max(len(found) - 1, 0)
