"""What a chapter says of itself before pandoc reads it: its YAML header, its title, whether it counts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tieout.machine.reading import Unreadable, read_json
from tieout.problems import InputError
from tieout.project.configuration import lines_of, parse_yaml, read_text

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*$")
ATTRIBUTES = re.compile(r"\s*\{([^{}]*)\}\s*$")


@dataclass(frozen=True)
class Heading:
    """A heading as written: text without its attributes, identifier, classes."""

    text: str
    level: int
    identifier: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Front:
    """The head of a chapter.

    Parameters
    ----------
    metadata
        The YAML header.
    heading
        The first heading, of any level, which is the title where the header has none.
    """

    metadata: Mapping[str, Any] = field(default_factory=dict)
    heading: Heading | None = None

    @property
    def title(self) -> str | None:
        """The title as Markdown, or None for a chapter that has none."""
        title = self.metadata.get("title")
        if title is not None:
            return str(title)
        return self.heading.text if self.heading else None

    @property
    def numbered(self) -> bool:
        """Whether the chapter counts: its title heading is not `.unnumbered`."""
        if self.metadata.get("number-sections") is False:
            return False
        if self.metadata.get("title") is not None or self.heading is None:
            return True
        return "unnumbered" not in self.heading.classes


def load_notebook(path: Path, name: str) -> dict[str, Any]:
    """Return a notebook's JSON.

    Raises
    ------
    InputError
        It is not JSON, or not a notebook of format 4.
    """
    text = read_text(path, name)
    try:
        notebook = read_json(text)
    except Unreadable as error:
        hint = "restore the file, or save it anew from JupyterLab"
        raise InputError(error.what, hint, path=name, line=error.line, rule="notebook") from None
    if not isinstance(notebook, dict) or not _has_cells(notebook):
        hint = "save it anew from JupyterLab"
        raise InputError("is not a notebook of format 4", hint, path=name, line=1, rule="notebook")
    return notebook


def _has_cells(notebook: Mapping[str, Any]) -> bool:
    cells = notebook.get("cells")
    return isinstance(cells, list) and all(
        isinstance(cell, dict)
        and isinstance(cell.get("cell_type"), str)
        and isinstance(cell.get("source", ""), str | list)
        and isinstance(cell.get("metadata", {}), dict)
        and isinstance(cell.get("outputs", []), list)
        and all(isinstance(output, dict) for output in cell.get("outputs", []))
        for cell in cells
    )


def source_of(cell: Mapping[str, Any]) -> str:
    """Return a cell's source, whether stored as text or as a list of lines."""
    source = cell.get("source", "")
    return "".join(source) if isinstance(source, list) else str(source)


class Places:
    """Finds the lines of cell sources in the notebook's own text, which holds them in order."""

    def __init__(self, text: str) -> None:
        self.lines = lines_of(text)
        self.cursor = 0

    def find(self, source: str) -> list[int]:
        """Return the line, from 1, of each line of the next cell's source."""
        numbers: list[int] = []
        for line in lines_of(source):
            forms = {json.dumps(line, ensure_ascii=ascii_)[1:-1] for ascii_ in (False, True)}
            at = self.cursor
            while at < len(self.lines) and not self._is(self.lines[at], forms):
                at += 1
            if at < len(self.lines):
                self.cursor = at + 1
                numbers.append(at + 1)
            else:
                numbers.append(numbers[-1] if numbers else max(self.cursor, 1))
        return numbers

    @staticmethod
    def _is(line: str, forms: set[str]) -> bool:
        text = line.strip().removesuffix(",")
        if text.startswith('"source"'):
            text = text.removeprefix('"source"').lstrip(" :[")
        text = text.strip('"').removesuffix("\\n")
        return text in forms


def split(text: str, name: str, first_line: int = 1) -> tuple[dict[str, Any], str, int]:
    """Take the YAML header off a Markdown text.

    Returns
    -------
    The header (empty where there is none), the text after it, and how many lines the header took.
    """
    if not re.match(r"---[ \t]*\r?\n", text):
        return {}, text, 0
    lines = lines_of(text)
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() in ("---", "..."):
            values, places = parse_yaml("\n".join(lines[1:index]), name, first_line + 1)
            if values is None:
                values = {}
            if not isinstance(values, dict):
                break
            if isinstance(values.get("title"), list | dict):
                place = places.get(("title",), first_line)
                hint = "write it on the line of `title:`, in quotes if it has a colon"
                raise InputError("`title` should be text", hint, path=name, line=place, rule="type")
            return values, "\n".join(lines[index + 1 :]), index + 1
    return {}, text, 0


def headings(text: str) -> Iterator[Heading]:
    """Give the ATX headings of a Markdown text, those in fenced code left out."""
    fence = ""
    for line in lines_of(text):
        marker = FENCE.match(line)
        if fence:
            if marker and marker[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
            continue
        if marker:
            fence = marker[1]
            continue
        match = HEADING.match(line)
        if match:
            yield _heading(match)


def _heading(match: re.Match[str]) -> Heading:
    text = re.sub(r"\s+#+$", "", match[2])
    attributes = ATTRIBUTES.search(text)
    words = attributes[1].split() if attributes else []
    classes = tuple("unnumbered" if word == "-" else word[1:] for word in words if word[0] in ".-")
    identifier = next((word[1:] for word in words if word.startswith("#")), "")
    plain = text[: attributes.start()] if attributes else text
    return Heading(plain, len(match[1]), identifier, classes)


def read_front(path: Path, name: str) -> Front:
    """Read the head of a chapter: `.ipynb`, or Markdown of any kind."""
    if path.suffix != ".ipynb":
        header, rest, _ = split(read_text(path, name), name)
        return Front(header, next(headings(rest), None))
    places = Places(read_text(path, name))
    metadata: dict[str, Any] = {}
    written = False
    for cell in load_notebook(path, name)["cells"]:
        source = source_of(cell)
        numbers = places.find(source)
        if cell["cell_type"] == "code":
            continue
        if not written:
            metadata, source, _ = split(source, name, numbers[0] if numbers else 1)
        written = written or bool(source_of(cell).strip())
        first = next(headings(source), None) if cell["cell_type"] == "markdown" else None
        if first:
            return Front(metadata, first)
    return Front(metadata)
