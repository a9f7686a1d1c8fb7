"""The strings of a YAML text, decoded, with the place of every character, so that captions can be edited.

ruamel.yaml finds the strings; ours follows their characters, because its marks are only of starts and ends.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from tieout.machine.reading import Unreadable, read_yaml
from tieout.machine.yamllines import entries

_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r?\n[ \t]*|.)", re.S)
_SIMPLE = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r",
    "e": "\x1b", " ": " ", '"': '"', "/": "/", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028",
    "P": "\u2029",
}  # fmt: skip
_SIGNS = tuple("-?:,[]{}#&*!|>'\"%@`")
_ENDS = re.compile(r":\s|:$|\s#|\n")
_FOLD = re.compile(r"[ \t]*(?:\r?\n[ \t]*)+")


@dataclass(frozen=True)
class YamlString:
    """One string of a YAML text.

    Parameters
    ----------
    keys
        The way to it: ``("fig-subcap", 0)``.
    text
        What it says.
    at
        For each character of ``text``, and for its end, where it stands in the source.
    style
        ``"``, ``'``, ``|``, ``>``, or empty for plain.
    line
        How many lines of the source come before it, for each character.
    editable
        Whether a part of it can be replaced where it stands.
    """

    keys: tuple[str | int, ...]
    text: str
    at: tuple[int, ...]
    style: str
    line: tuple[int, ...] = ()
    editable: bool = True

    def lines_before(self, offset: int) -> int:
        """Return how many lines of the YAML text come before a character."""
        return self.line[min(offset, len(self.line) - 1)] if self.line else 0

    def encoded(self, text: str) -> str:
        """Return text as it has to be written inside this string."""
        if self.style == '"':
            return json.dumps(text, ensure_ascii=False)[1:-1]
        return text.replace("'", "''") if self.style == "'" else text

    def breaks(self, start: int, text: str) -> bool:
        """Whether text put in at a place would end a string without quotes, or make it no string."""
        if self.style != "":
            return False
        return bool(_ENDS.search(text)) or (start == 0 and text[:1] in _SIGNS)

    def through(self, places: Sequence[int]) -> YamlString:
        """Return the string with its places looked up in ``places``: those of the text around the YAML."""
        return replace(self, at=tuple(places[offset] for offset in self.at))


def strings(text: str) -> Iterator[YamlString]:
    """Give every string value of a YAML text, in order; nothing where the text is not YAML.

    Examples
    --------
    >>> [(found.keys, found.text) for found in strings('fig-cap: "In [\\\\\\\\$2](tie:a.b)"')]
    [(('fig-cap',), 'In [\\\\$2](tie:a.b)')]
    """
    yield from _strings(text)


@functools.lru_cache(maxsize=4096)
def _strings(text: str) -> tuple[YamlString, ...]:
    simple = entries(text)
    if simple is not None:
        return tuple(
            _placed(text, (each.key,), each.text, each.start, each.end, each.style) for each in simple
        )
    try:
        return tuple(_walk(text, read_yaml(text, compose=True), ()))
    except Unreadable:
        return ()


def _walk(text: str, node: Any, keys: tuple[str | int, ...]) -> Iterator[YamlString]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield from _walk(text, value, (*keys, str(key.value)))
    elif isinstance(node, SequenceNode):
        for index, value in enumerate(node.value):
            yield from _walk(text, value, (*keys, index))
    elif isinstance(node, ScalarNode) and str(node.tag).endswith((":str", "!", "int", "float", "timestamp")):
        start, end = node.start_mark.index, node.end_mark.index
        yield _placed(text, keys, str(node.value), start, end, node.style or "")


def _placed(
    text: str, keys: tuple[str | int, ...], value: str, start: int, end: int, style: str
) -> YamlString:
    if style in ("|", ">"):
        decoded = _block(text, start, end, style == ">")
    elif style == '"':
        decoded = _double(text, start + 1, end - 1)
    elif style == "'":
        decoded = _single(text, start + 1, end - 1)
    else:
        decoded = _folded(text, start, start + len(text[start:end].rstrip()))
    value = value.replace("\x07", "")  # ruamel marks folds with it
    said = "".join(character for character, _ in decoded)
    if said.rstrip("\n") == value.rstrip("\n"):
        value = said.rstrip("\n")
        at = [offset for _, offset in decoded[: len(value)]]
        last = decoded[len(value) - 1][1] if value else start
        at.append(decoded[len(value)][1] if len(decoded) > len(value) else _after(text, last, end, style))
        editable = True
    else:  # a form that is not followed here: its place is known, its characters' are not
        at, editable = [start] * (len(value) + 1), False
    breaks = [match.start() for match in re.finditer("\n", text)]
    lines, passed = [], 0
    for offset in at:
        while passed < len(breaks) and breaks[passed] < offset:
            passed += 1
        lines.append(passed)
    return YamlString(keys, value, tuple(at), style, tuple(lines), editable)


def _after(text: str, last: int, end: int, style: str) -> int:
    if style in ("'", '"'):
        return end - 1
    return last + 1


def _fold(text: str, at: int, end: int) -> tuple[str, int] | None:
    """Return what a line break within a flow string stands for, and where it ends."""
    match = _FOLD.match(text, at, end)
    if not match or "\n" not in match.group():
        return None
    breaks = match.group().count("\n")
    return ("\n" * (breaks - 1) or " "), match.end()


def _folded(text: str, at: int, end: int) -> list[tuple[str, int]]:
    out: list[tuple[str, int]] = []
    while at < end:
        fold = _fold(text, at, end)
        if fold:
            out += [(character, at) for character in fold[0]]
            at = fold[1]
        else:
            out.append((text[at], at))
            at += 1
    return out


def _single(text: str, at: int, end: int) -> list[tuple[str, int]]:
    out: list[tuple[str, int]] = []
    while at < end:
        fold = _fold(text, at, end)
        if fold:
            out += [(character, at) for character in fold[0]]
            at = fold[1]
        else:
            out.append((text[at], at))
            at += 2 if text.startswith("''", at) else 1
    return out


def _double(text: str, at: int, end: int) -> list[tuple[str, int]]:
    out: list[tuple[str, int]] = []
    while at < end:
        fold = _fold(text, at, end)
        escape = _ESCAPE.match(text, at, end)
        if fold:
            out += [(character, at) for character in fold[0]]
            at = fold[1]
        elif escape:
            body = escape.group()[1:]
            if body[0] in "xuU":
                out.append((chr(int(body[1:], 16)), at))
            elif "\n" not in body:
                out.append((_SIMPLE.get(body, body), at))
            at = escape.end()
        else:
            out.append((text[at], at))
            at += 1
    return out


def _block(text: str, start: int, end: int, folded: bool) -> list[tuple[str, int]]:
    first = text.find("\n", start) + 1 or end
    lines, at = [], first
    while at < end:
        stop = text.find("\n", at)
        stop = end if stop < 0 else min(stop, end)
        lines.append((at, text[at:stop]))
        at = stop + 1
    full = [line for _, line in lines if line.strip()]
    indent = min((len(line) - len(line.lstrip(" ")) for line in full), default=0)
    out: list[tuple[str, int]] = []
    before = ""
    for index, (offset, line) in enumerate(lines):
        out += [(character, offset + indent + place) for place, character in enumerate(line[indent:])]
        following = lines[index + 1][1] if index + 1 < len(lines) else ""
        before = line if line.strip() else before
        joins = folded and all(_is_flush(each, indent) for each in (before, following))
        if line.strip() or not joins:  # of the breaks between two paragraphs the last says nothing
            out.append((" " if joins else "\n", offset + len(line)))
    return out


def _is_flush(line: str, indent: int) -> bool:
    """Whether a line of a folded text has words, and is no further in than the others: such lines join."""
    return bool(line.strip()) and not line[indent:].startswith((" ", "\t"))
