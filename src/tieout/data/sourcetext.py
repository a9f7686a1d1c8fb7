"""Reads the text of a source as places and tokens: every number in order, and where it stands.

A place is written as locators are: ``2:p1``, ``2:t1:r1:c2``, ``2:d1:l3``, ``6.2:b1``, ``abstract:p1``,
``refs:4``; a heading is ``2:h``, a panel's title ``3.2:s1``. A token is a word with a digit, together with
the scale word after it, or a number word. Ordinals (*first*) are no tokens: nothing is counted by them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tieout.data.located import in_words, is_cell
from tieout.project import say

SCALES = ("thousand", "million", "billion", "trillion")
NUMBER_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred hundreds thousands
millions billions trillions half double twice dozen dozens no none all
"""
WORDS = frozenset(NUMBER_WORDS.split()) | frozenset(SCALES)
LOCATOR = re.compile(
    r"title|(?:[\w-]+(?:\.[\w-]+)*):(?:h|[psb]\d+|\d+|t\d+(?::r\d+(?::c\d+)?)?|d\d+(?::l\d+)?)", re.ASCII
)
_HEADING = re.compile(r"(\d+(?:\.\d+)*)\.? +(?=\S)(?![^.]*[.;,]$)")
_DIAGRAM = re.compile(r"(?:graph|flowchart) +(?:TD|TB|LR|RL|BT)$")
_ARROW = re.compile(r"\s*-->\s*")
_NODE = re.compile(r"(\w+)(?:\[(.*)\])?$")
_RULE = re.compile(r"\|[\s|:-]+\|$")
_OUTER = "[]{},;:.!?“”\"'‘’«»…*_"
_WORD = re.compile(r"[^\W\d_]+")
_PLACES = {
    "p": "paragraph", "t": "table", "r": "row", "c": "column", "d": "diagram", "l": "line", "b": "bullet",
    "s": "panel", "h": "heading", "": "entry",
}  # fmt: skip
_SECTIONS = {"refs": "references"}


@dataclass(frozen=True)
class Token:
    """A number of the source as it stands there, and its place."""

    locator: str
    text: str

    @property
    def section(self) -> str:
        """The section that it stands in."""
        return section_of(self.locator)


def section_of(locator: str) -> str:
    """Return the section of a place: ``3.1`` of ``3.1:t1:r2:c3``."""
    return locator.split(":", 1)[0]


def block_of(locator: str) -> str:
    """Return the paragraph, table, diagram or item of a place: ``3.1:t1`` of ``3.1:t1:r2:c3``."""
    return ":".join(locator.split(":")[:2])


def place(locator: str, lang: str = "en") -> str:
    """Return a place of the source in words, of a language that the interface has words for.

    Examples
    --------
    >>> place("2:t1:r2:c3")
    'section 2, table 1, row 2, column 3'
    """
    if is_cell(locator):
        return in_words(locator)
    section, *rest = locator.split(":")
    words = [
        f"{say(lang, 'section')} {section}"
        if section[:1].isdigit()
        else say(lang, _SECTIONS.get(section, section))
    ]
    for part in rest:
        kind, number = (part[:1], part[1:]) if part[:1].isalpha() else ("", part)
        words.append(f"{say(lang, _PLACES.get(kind, kind))} {number}".strip())
    return ", ".join(words)


def places(text: str) -> Iterator[tuple[str, str]]:
    """Give every place of a source with its text, in order."""
    section = "title"
    counts: Counter[str] = Counter()
    within = ""  # the kind of block that the line before belongs to
    for line in (each.strip() for each in text.splitlines()):
        if not line:
            within = ""
            continue
        heading = _HEADING.match(line) if section != "refs" else None
        if line.lower() in ("abstract", "references"):
            section = "abstract" if line.lower() == "abstract" else "refs"
            counts.clear()
        elif heading and len(line) < 120:
            section, within = heading[1], ""
            counts.clear()
            yield f"{section}:h", line
        elif section == "refs":
            counts["refs"] += 1
            yield f"refs:{counts['refs']}", line
        elif line.startswith("|"):
            if within != "t":
                counts.update(t=1)
                counts["r"] = -1
            within = "t"
            if not _RULE.fullmatch(line):
                counts["r"] += 1
                for column, cell in enumerate(line.strip("|").split("|"), start=1):
                    yield f"{section}:t{counts['t']}:r{counts['r']}:c{column}", cell.strip()
        elif _DIAGRAM.match(line):
            counts.update(d=1)
            counts["l"], within = 0, "d"
        elif within == "d" and _ARROW.search(line):
            counts["l"] += 1
            yield f"{section}:d{counts['d']}:l{counts['l']}", line
        elif line.startswith("- "):
            counts.update(b=1)
            within = "b"
            yield f"{section}:b{counts['b']}", line[2:]
        elif section == "title" and not counts["title"]:
            counts.update(title=1)
            yield "title", line
        else:
            kind = "s" if unicodedata.category(line[0]) == "So" else "p"
            counts[kind] += 1
            within = kind
            yield f"{section}:{kind}{counts[kind]}", line


def tokens(text: str) -> Iterator[Token]:
    """Give every token of a source, in order."""
    for locator, content in places(text):
        for each in words(content):
            yield Token(locator, each)


def words(text: str) -> Iterator[str]:
    """Give the tokens of a piece of text.

    Examples
    --------
    >>> list(words("from $900 million, in two years, to 10-min reads (7(3))"))
    ['$900 million', 'two', '10-min', '7', '3']
    >>> list(words("B --> B1[Policy, 3%]"))
    ['B1', '3%']
    """
    if _ARROW.search(text):
        for end in _ARROW.split(text):
            node = _NODE.match(end)
            yield from words(node[1] if node else end)
            if node and node[2]:
                yield from words(node[2])
        return
    parts = [each.strip(_OUTER) for each in re.split(r"[\s()—]+", text)]
    skip = False
    for word, after in zip(parts, [*parts[1:], ""], strict=True):
        if skip:
            skip = False
        elif any(letter.isdigit() for letter in word):
            skip = after.lower() in SCALES
            yield f"{word} {after}" if skip else word
        else:
            yield from (each for each in _WORD.findall(word) if each.lower() in WORDS)
