"""What a chapter says of itself before pandoc reads it: its YAML header, its title, whether it counts.

Ours because pandoc and nbformat say no line of what they read, and would be started once for every chapter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from tieout.notebooks import Cell, Notebook
from tieout.problems import InputError
from tieout.project.configuration import Key, lines_of, parse_yaml
from tieout.project.files import Files

FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*$")
ATTRIBUTES = re.compile(r"(?:\s+|(?<![\]\s]))\{([^{}]*)\}\s*$")  # right behind a bracket they are of a span
Places = dict[tuple[Key, ...], int]


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
        named = self._named
        return named.text if named else None

    @property
    def _named(self) -> Heading | None:
        """The title of the header, which may have attributes as a heading has, else the first heading."""
        title = self.metadata.get("title")
        return self.heading if title is None else _attributed(str(title), 1)

    @property
    def counts(self) -> bool:
        """Whether the chapter counts: its title heading is not `.unnumbered`."""
        named = self._named
        return named is None or "unnumbered" not in named.classes

    @property
    def numbered(self) -> bool | None:
        """Whether its header wants headings numbered; None where it does not say."""
        given = for_pages(self.metadata).get("number-sections")
        return given if isinstance(given, bool) else None


def for_pages(header: Mapping[str, Any]) -> dict[str, Any]:
    """Return a header with the options that it gives for HTML over those for all formats."""
    given = header.get("format")
    own = given.get("html") if isinstance(given, Mapping) else None
    return {**header, **own} if isinstance(own, Mapping) else dict(header)


def folder_metadata(files: Files, name: PurePosixPath | str) -> dict[str, Any]:
    """Return what `_metadata.yml` of a document's folder, and of those above, says for the document."""
    found: dict[str, Any] = {}
    for folder in reversed(PurePosixPath(name).parents):
        path = str(folder / "_metadata.yml")
        if files.exists(path):
            values, _ = parse_yaml(files.text(path), path)
            found = merged(found, values) if isinstance(values, dict) else found
    return found


def merged(low: Mapping[str, Any], high: Mapping[str, Any]) -> dict[str, Any]:
    """Return metadata over other metadata, groups of keys joined.

    Examples
    --------
    >>> merged({"format": {"html": {"toc": False}}}, {"format": {"html": {"lang": "de"}}})
    {'format': {'html': {'toc': False, 'lang': 'de'}}}
    """
    result = dict(low)
    for key, value in high.items():
        other = result.get(key)
        both = isinstance(other, Mapping) and isinstance(value, Mapping)
        result[key] = merged(other, value) if both else value  # type: ignore[arg-type]
    return result


def split(text: str, name: str, first_line: int = 1) -> tuple[dict[str, Any], str, int]:
    """Take the YAML header off a Markdown text.

    Returns
    -------
    The header (empty where there is none), the text after it, and how many lines the header took.
    """
    values, _, rest, taken = split_placed(text, name, first_line)
    return values, rest, taken


def split_placed(text: str, name: str, first_line: int = 1) -> tuple[dict[str, Any], Places, str, int]:
    """Take the YAML header off as `split` does; the second of four is the line of each key."""
    if not re.match(r"---[ \t]*\r?\n", text):
        return {}, {}, text, 0
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
            return values, places, "\n".join(lines[index + 1 :]), index + 1
    return {}, {}, text, 0


def read_header(files: Files, name: PurePosixPath | str) -> tuple[dict[str, Any], Places]:
    """Return the YAML header of a document and the line of each of its keys; empty where it has none."""
    shown = str(name)
    if PurePosixPath(name).suffix != ".ipynb":
        values, places, _, _ = split_placed(files.text(name), shown)
        return values, places
    notebook = files.notebook(name)
    for cell in notebook.cells:
        if cell.kind != "code" and cell.source.strip():
            values, places, _, _ = split_placed(cell.source, shown, _first_line(notebook, cell))
            return values, places
    return {}, {}


def _first_line(notebook: Notebook, cell: Cell) -> int:
    """Return where a cell begins, which is looked up only where a header may stand in it."""
    return notebook.line(cell.index) if cell.source.startswith("---") else 1


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
    return _attributed(re.sub(r"\s+#+$", "", match[2]), len(match[1]))


def _attributed(text: str, level: int) -> Heading:
    """Return a heading of a text that attributes in braces may follow."""
    attributes = ATTRIBUTES.search(text)
    words = attributes[1].split() if attributes else []
    classes = tuple("unnumbered" if word == "-" else word[1:] for word in words if word[0] in ".-")
    identifier = next((word[1:] for word in words if word.startswith("#")), "")
    plain = text[: attributes.start()] if attributes else text
    return Heading(plain, level, identifier, classes)


def read_front(files: Files, name: PurePosixPath | str) -> Front:
    """Read the head of a chapter: `.ipynb`, or Markdown of any kind."""
    shown = str(name)
    if PurePosixPath(name).suffix != ".ipynb":
        header, rest, _ = split(files.text(name), shown)
        return Front(merged(folder_metadata(files, name), header), next(headings(rest), None))
    above = metadata = folder_metadata(files, name)
    written = False
    notebook = files.notebook(name)
    for cell in notebook.cells:
        if cell.kind == "code":
            continue
        source = cell.source
        if not written:
            header, source, _ = split(source, shown, _first_line(notebook, cell))
            metadata = merged(above, header)
        written = written or bool(cell.source.strip())
        first = next(headings(source), None) if cell.kind == "markdown" else None
        if first:
            return Front(metadata, first)
    return Front(metadata)
