"""The font that charts are measured in: the one that comes along, under a name that no machine has.

Their renderer looks among the machine's fonts first. A font of the same name there, or one in somebody's
home, would move every axis; so each font that a chart names is Tieout Sans, under a name of its own, while it
is drawn.
"""

from __future__ import annotations

import atexit
import functools
import os
import re
import struct
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import vl_convert

from tieout.machine import scratch
from tieout.machine.scratch import FOLDER
from tieout.problems import InputError
from tieout.project.drawings import font_folders

MOST = 10  # fonts in one chart
SANS = "sans-"  # what the files of the font begin with
FAMILY, HEADER, RECORD, NAMES = 1, 12, 16, 12
WINDOWS = (0, 3)  # platforms whose names are UTF-16


def measured(spec: dict[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a chart with the fonts that it names replaced, and the names to put back, by the new ones.

    Raises
    ------
    InputError
        It names more fonts than a chart may.
    """
    fonts = list(dict.fromkeys(_fonts(spec)))
    if len(fonts) > MOST:
        raise InputError(f"the chart names {len(fonts)} fonts", f"take {MOST} at most; one is enough")
    names = {font: _own(number) for number, font in enumerate(fonts)}
    return _renamed(spec, names), {own: font for font, own in names.items()}


def restored(picture: str, names: dict[str, str]) -> str:
    """Return a drawing with the fonts that its chart names."""
    return re.sub(r'(?<=font-family=")Tieo\d(?=")', lambda found: _attribute(names[found[0]]), picture)


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _fonts(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if _names_font(key, value):
                yield value
            elif key not in ("data", "datasets", "usermeta"):
                yield from _fonts(value)
    elif isinstance(node, list):
        for item in node:
            yield from _fonts(item)


def _renamed(node: Any, names: dict[str, str]) -> Any:
    if isinstance(node, list):
        return [_renamed(item, names) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: names[value]
        if _names_font(key, value)
        else (value if key in ("data", "datasets", "usermeta") else _renamed(value, names))
        for key, value in node.items()
    }


def _names_font(key: str, value: Any) -> bool:
    return isinstance(value, str) and (key == "font" or key.endswith("Font"))


@functools.cache
def _own(number: int) -> str:
    """Make the font known under the name of a number, and return that."""
    name = f"Tieo{number}"
    folder = _folder() / name
    folder.mkdir(exist_ok=True)
    for place in font_folders():
        for path in place.glob(f"{SANS}*.ttf"):
            (folder / f"{path.stem}.ttf").write_bytes(named(path.read_bytes(), name))
    vl_convert.register_font_directory(str(folder))
    return name


@functools.cache
def _folder() -> Path:
    """Return where the renderer finds fonts for as long as this process lives."""
    given = os.environ.get(FOLDER)
    if given and Path(given).is_dir():
        return Path(given)
    stack = ExitStack()
    folder = stack.enter_context(scratch())
    atexit.register(stack.close)
    return folder


def named(font: bytes, family: str) -> bytes:
    """Return a TrueType font under another family name, no longer than its own (OpenType, the table `name`).

    Raises
    ------
    ValueError
        The name is longer.
    """
    data = bytearray(font)
    (tables,) = struct.unpack_from(">H", data, 4)
    for at in range(HEADER, HEADER + tables * RECORD, RECORD):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, at)
        if tag != b"name":
            continue
        count, texts = struct.unpack_from(">HH", data, start + 2)
        for record in range(start + 6, start + 6 + count * NAMES, NAMES):
            platform, _, _, kind, length, offset = struct.unpack_from(">6H", data, record)
            if kind == FAMILY:
                text = family.encode("utf-16-be" if platform in WINDOWS else "latin-1")
                if len(text) > length:
                    raise ValueError(f"{family} is longer than the font's own name")
                place = start + texts + offset
                data[place : place + len(text)] = text
                struct.pack_into(">H", data, record + 8, len(text))
    return bytes(data)
