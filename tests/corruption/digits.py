"""Where a built page, a notebook or a table has digits, and the same text with one of them changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

TAG = re.compile(r"<!--.*?-->|<(script|style|title)\b.*?</\1\s*>|<[^>]*>", re.DOTALL | re.IGNORECASE)
SPOKEN = re.compile(
    r"""\s(alt|title|aria-label|content|value)=("[^"]*"|'[^']*')""",
    re.IGNORECASE,
)
TECHNICAL = re.compile(r"<meta\b[^>]*\b(?:viewport|generator|charset|theme-color)\b", re.IGNORECASE)
ENTITY = re.compile(r"&#?\w+;")


@dataclass(frozen=True)
class Digit:
    """One digit of a text.

    Parameters
    ----------
    at
        Where it stands.
    kind
        What it is in: ``text``, or the name of an attribute.
    """

    at: int
    kind: str


def changed(text: str, at: int, by: int = 1) -> str:
    """Return the text with the digit at a place raised, by one unless more is said, nine becoming zero."""
    return text[:at] + str((int(text[at]) + by) % 10) + text[at + 1 :]


def in_page(html: str) -> Iterator[Digit]:
    """Give the digits of a page that a reader sees or hears, in order."""
    done = 0
    for tag in TAG.finditer(html):
        yield from _digits(html, done, tag.start(), "text")
        done = tag.end()
        if tag[0].lower().startswith("<title"):
            yield from _digits(html, tag.start(), tag.end(), "title element")
        elif not tag[1] and not tag[0].startswith("<!--") and not TECHNICAL.match(tag[0]):
            for attribute in SPOKEN.finditer(tag[0]):
                start = tag.start() + attribute.start(2)
                yield from _digits(html, start, start + len(attribute[2]), attribute[1].lower())
    yield from _digits(html, done, len(html), "text")


def _digits(text: str, start: int, end: int, kind: str) -> Iterator[Digit]:
    entities = {at for found in ENTITY.finditer(text, start, end) for at in range(*found.span())}
    for at in range(start, end):
        if text[at].isdecimal() and text[at].isascii() and at not in entities:
            yield Digit(at, kind)
