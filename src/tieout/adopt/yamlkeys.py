"""Adds a value to a list of `_quarto.yml` as its author would: every other character of the file stays.

What is written is read again. Where the file would then say anything else than before and the value, nothing
is proposed, and a person has to write it.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tieout.problems import InputError
from tieout.project import CONFIG, parse_yaml

Path = tuple[str, ...]


def with_value(text: str, keys: Path, value: str) -> str | None:
    """Return a YAML text in which the list at a path of keys also holds a value.

    The list is made where it is missing; a single value becomes a list of two.

    Returns
    -------
    None where no change of a few lines does it.

    Examples
    --------
    >>> with_value("lang: en  # English\\nfilters: [own.lua]\\n", ("filters",), "tieout")
    'lang: en  # English\\nfilters: [own.lua, tieout]\\n'
    """
    try:
        before, lines = parse_yaml(text, CONFIG)
    except InputError:
        return None
    wanted = _wanted(before, keys, value)
    if wanted is None:
        return None
    for after in _tried(text, lines, keys, value):
        try:
            if parse_yaml(after, CONFIG)[0] == wanted:
                return after
        except InputError:
            continue
    return None


def held(values: Any, keys: Path) -> list[Any]:
    """Return what the list at a path of keys holds; a single value is a list of one."""
    for key in keys:
        values = values.get(key) if isinstance(values, Mapping) else None
    return [] if values is None else values if isinstance(values, list) else [values]


def _wanted(before: Any, keys: Path, value: str) -> Any:
    after = copy.deepcopy(before) if before is not None else {}
    here = after
    for key in keys[:-1]:
        here = here.setdefault(key, {}) if isinstance(here, dict) else None
    if not isinstance(here, dict):
        return None
    here[keys[-1]] = [*held(before, keys), value]
    return after


def _tried(text: str, lines: Mapping[tuple[str | int, ...], int], keys: Path, value: str) -> Iterator[str]:
    rows = text.split("\n")
    if keys in lines:
        at = lines[keys] - 1
        yield from _longer(rows, lines, keys, at, value)
        return
    if len(keys) == 1:
        ending = "" if text.endswith("\n") or not text else "\n"
        yield f"{text}{ending}\n{keys[0]}: [{value}]\n"
        return
    above = keys[:-1]
    if above in lines:
        first = lines[above] - 1
        last = _end(rows, first)
        child = next((row for row in rows[first + 1 : last] if row.strip() and not _is_comment(row)), "")
        indent = _indent(child) or "  "
        yield "\n".join([*rows[:last], f"{indent}{keys[-1]}:", f"{indent}  - {value}", *rows[last:]])


def _longer(
    rows: list[str], lines: Mapping[tuple[str | int, ...], int], keys: Path, at: int, value: str
) -> Iterator[str]:
    """Give the text with one more item in a list: in brackets, a single value, or line by line."""
    row = rows[at]
    key = re.escape(keys[-1])
    bracket = re.fullmatch(rf"(.*?{key}['\"]?\s*:\s*\[)([^\[\]]*)(\].*)", row)
    if bracket:
        inner = bracket[2].strip()
        item = f"{inner}, {value}" if inner else value
        yield "\n".join([*rows[:at], f"{bracket[1]}{item}{bracket[3]}", *rows[at + 1 :]])
    single = re.fullmatch(rf"(.*?{key}['\"]?\s*:\s+)(\S.*?)(\s+#.*)?", row)
    if single:
        yield "\n".join([*rows[:at], f"{single[1]}[{single[2]}, {value}]{single[3] or ''}", *rows[at + 1 :]])
    items = [place for place in lines if place[:-1] == keys and isinstance(place[-1], int)]
    if items:
        first = lines[items[0]] - 1
        last = _end(rows, lines[items[-1]] - 1)
        yield "\n".join([*rows[:last], f"{_indent(rows[first])}- {value}", *rows[last:]])


def _end(rows: list[str], first: int) -> int:
    """Return the number of the line after the block that a line opens, which is indented deeper."""
    last = first + 1
    depth = len(_indent(rows[first]))
    for number in range(first + 1, len(rows)):
        row = rows[number]
        if not row.strip() or _is_comment(row):
            continue
        if len(_indent(row)) <= depth:
            break
        last = number + 1
    return last


def _indent(row: str) -> str:
    return row[: len(row) - len(row.lstrip(" "))]


def _is_comment(row: str) -> bool:
    return row.lstrip().startswith("#")
