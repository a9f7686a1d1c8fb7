"""JSON text whose values know where they stand: one string can be edited and every other byte stays.

Ours because no JSON reader of Python's says where in the text a value stands.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

LONG = 100_000  # characters of a string that is read again where it is asked for
_STRING = r'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"'
# An array of strings, such as the lines of a source: it is looked into where it is asked for.
_GAP = r"[ \t\n\r]*"
_STRINGS = re.compile(rf"\[{_GAP}{_STRING}(?:{_GAP},{_GAP}{_STRING})*{_GAP}\]")
_SPACE = re.compile(_GAP)
_SCALAR = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null")
_UNIT = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.S
)


@dataclass(frozen=True)
class Element:
    """A value in JSON text.

    Parameters
    ----------
    start, end
        Where it stands in the text, quotes and brackets included.
    held
        Its members (of an object or an array), or the value itself; None where it is read when asked for.
    raw
        The text that a long string, such as a picture, or an array of strings stands in.
    """

    start: int
    end: int
    held: dict[str, Element] | list[Element] | str | int | float | bool | None
    raw: str | None = field(default=None, repr=False)

    @property
    def items(self) -> dict[str, Element] | list[Element] | str | int | float | bool | None:
        """Its members, or the value itself."""
        if self.raw is None:
            return self.held
        if self.raw[self.start] == "[":
            return self._strings
        return str(scanstring(self.raw, self.start + 1, True)[0])  # it is not held twice

    @cached_property
    def _strings(self) -> list[Element]:
        return _array(self.raw or "", self.start)

    def value(self) -> Any:
        """Return the plain value."""
        items = self.items
        if isinstance(items, dict):
            return {key: item.value() for key, item in items.items()}
        return [item.value() for item in items] if isinstance(items, list) else items

    def nearest(self, *keys: str | int) -> Element:
        """Return the element at a path, or the innermost existing one on the way to it."""
        found = self
        for key in keys:
            items = found.items
            inside: Element | None = None
            if isinstance(items, dict):
                inside = items.get(str(key))
            elif isinstance(items, list) and isinstance(key, int) and 0 <= key < len(items):
                inside = items[key]
            if inside is None:
                break
            found = inside
        return found

    def span(self, raw: str, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands, of the text that a string or an array of strings holds."""
        strings = self._texts()
        if not strings:
            return self.start, self.start
        first, inside = _find(strings, start, forward=True)
        last, until = _find(strings, end, forward=end == start)
        return _offset(raw, first, inside), _offset(raw, last, until)

    def replace(self, raw: str, start: int, end: int, new: str) -> str:
        """Return ``raw`` with ``text[start:end]`` replaced, one array item a line as before."""
        strings = self._texts()
        ascii_only = raw.isascii() and "\\u" in raw
        if not strings:
            items = ",".join(
                json.dumps(line, ensure_ascii=ascii_only) for line in new.splitlines(keepends=True)
            )
            return f"{raw[: self.start]}[{items}]{raw[self.end :]}"
        begin, stop = self.span(raw, start, end)
        escaped = json.dumps(new, ensure_ascii=ascii_only)[1:-1]
        if isinstance(self.items, list):
            indent = re.search(r"[ \t]*\Z", raw[: strings[0].start])
            broken = "\n" in raw[self.start : strings[0].start]
            separator = '",' + ("\n" + (indent[0] if indent else "") if broken else " ") + '"'
            lines = [json.dumps(line, ensure_ascii=ascii_only)[1:-1] for line in re.split(r"(?<=\n)", new)]
            if len(lines) > 1 and not lines[-1] and raw[stop] == '"':
                lines.pop()
            escaped = separator.join(lines)
        return raw[:begin] + escaped + raw[stop:]

    def _texts(self) -> list[Element]:
        return self.items if isinstance(self.items, list) else [self]


def scan(raw: str) -> Element:
    """Read JSON text.

    Raises
    ------
    json.JSONDecodeError
        The text is not JSON.
    """
    start = _space(raw, 1 if raw.startswith("\ufeff") else 0)
    found = _scan(raw, start)
    end = _space(raw, found.end)
    if end != len(raw):
        raise json.JSONDecodeError("there is text after the end", raw, end)
    return found


def _space(raw: str, at: int) -> int:
    match = _SPACE.match(raw, at)
    return match.end() if match else at


def _scan(raw: str, at: int) -> Element:
    sign = raw[at : at + 1]
    if sign == '"':
        text, end = scanstring(raw, at + 1, True)
        return Element(at, end, text) if end - at < LONG else Element(at, end, None, raw)
    if sign == "{":
        return _object(raw, at)
    if sign == "[":
        strings = _STRINGS.match(raw, at)
        if strings:
            return Element(at, strings.end(), None, raw)
        items = _array(raw, at)
        return Element(at, _space(raw, items[-1].end if items else at + 1) + 1, items)
    match = _SCALAR.match(raw, at)
    if not match:
        raise json.JSONDecodeError("a value is missing" if sign else "the text ends too early", raw, at)
    return Element(at, match.end(), json.loads(match[0]))


def _object(raw: str, start: int) -> Element:
    items: dict[str, Element] = {}
    at = _space(raw, start + 1)
    if raw[at : at + 1] == "}":
        return Element(start, at + 1, items)
    while True:
        if raw[at : at + 1] != '"':
            raise json.JSONDecodeError("a key in double quotes is missing", raw, at)
        key, at = scanstring(raw, at + 1, True)
        at = _space(raw, at)
        if raw[at : at + 1] != ":":
            raise json.JSONDecodeError("a colon is missing", raw, at)
        items[key] = _scan(raw, _space(raw, at + 1))
        at = _space(raw, items[key].end)
        if raw[at : at + 1] == "}":
            return Element(start, at + 1, items)
        if raw[at : at + 1] != ",":
            raise json.JSONDecodeError("a comma is missing", raw, at)
        at = _space(raw, at + 1)


def _array(raw: str, start: int) -> list[Element]:
    items: list[Element] = []
    at = _space(raw, start + 1)
    if raw[at : at + 1] == "]":
        return items
    while True:
        items.append(_scan(raw, at))
        at = _space(raw, items[-1].end)
        if raw[at : at + 1] == "]":
            return items
        if raw[at : at + 1] != ",":
            raise json.JSONDecodeError("a comma is missing", raw, at)
        at = _space(raw, at + 1)


def _find(strings: list[Element], at: int, forward: bool) -> tuple[Element, int]:
    """Return the string that holds a position, and the position in it; at a seam the later if ``forward``."""
    for place, string in enumerate(strings):
        length = len(str(string.items))
        last = place == len(strings) - 1
        if at < length or last or (at == length and not forward):
            return string, min(at, length)
        at -= length
    raise AssertionError("unreachable: the last string holds what is left")


def _offset(raw: str, string: Element, inside: int) -> int:
    """Return where the ``inside``-th character of a string stands, escapes counted as written."""
    at = string.start + 1
    while (escape := raw.find("\\", at, string.end)) >= 0 and escape - at < inside:
        inside -= escape - at + 1
        match = _UNIT.match(raw, escape)
        at = match.end() if match else escape + 1
    return at + inside
