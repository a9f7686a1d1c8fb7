"""YAML as most cells and headers have it, a key and a text on each line: ruamel takes long for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LINE = re.compile(r'([a-z]+(?:-[a-z]+)*): +(?:"([^"\\\n]*)"|([A-Za-z][^:#\n]*))')
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n"))  # in some YAML no texts


@dataclass(frozen=True)
class Entry:
    """A line: its key, its text, where that begins and ends with its quotes, and the quote or nothing."""

    key: str
    text: str
    start: int
    end: int
    style: str


def entries(text: str) -> tuple[Entry, ...] | None:
    """Return the lines of a text; None where any is of another form, and for ruamel to read.

    Examples
    --------
    >>> [(each.key, each.text) for each in entries('label: fig-a\\nfig-cap: "So: it is."\\n') or ()]
    [('label', 'fig-a'), ('fig-cap', 'So: it is.')]
    >>> entries("echo: false")
    """
    lines = text.removesuffix("\n").split("\n")
    if not all(map(str.isprintable, lines)):
        return None
    found = tuple(_entries(lines))
    return found if len({each.key for each in found}) == len(lines) else None


def _entries(lines: list[str]) -> Iterator[Entry]:
    at = 0
    for line in lines:
        match = _LINE.fullmatch(line)
        if match and match[1] not in _WORDS:
            quoted, plain = match[2], match[3]
            if quoted is not None:
                yield Entry(match[1], quoted, at + match.start(2) - 1, at + match.end(2) + 1, '"')
            elif plain.lower() not in _WORDS and not plain.endswith(" "):
                yield Entry(match[1], plain, at + match.start(3), at + match.end(3), "")
        at += len(line) + 1
