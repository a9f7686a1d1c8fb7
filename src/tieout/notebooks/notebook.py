"""Notebooks as files: their cells, the place of every character in the raw text, their canonical form.

Problems are reported at physical lines of the `.ipynb`, and text is rewritten by editing single JSON strings,
because a reviewer reads the diff of the file, not of a parsed copy of it.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap

from tieout.machine.reading import Unreadable, as_text, read_json, read_yaml
from tieout.machine.yamllines import entries
from tieout.notebooks.canonical import is_json, joined
from tieout.notebooks.heads import Head
from tieout.notebooks.jsontext import Element, scan
from tieout.notebooks.older import RENEWED, is_older, placed, upgraded
from tieout.notebooks.tags import tagged
from tieout.problems import InputError

ENTRY = "application/vnd.tieout.entry+json"
RELATION = "application/vnd.tieout.relation+json"
SPOKEN = "application/vnd.tieout.quantity+json"
VEGALITE = "application/vnd.vegalite.v6+json"
VEGALITES = "application/vnd.vegalite."  # of all versions
SVG = "image/svg+xml"
NARROW = "application/x-tieout-narrow+svg"  # the same picture, as narrow screens show it
MARKDOWN = "text/markdown"
PLAIN = "text/plain"
KERNEL = "python3"

ABOUT = ("kernelspec", "language_info")
TIGHT = re.compile(r"^(\w[\w-]*):(?=[^\s:])", re.M)
_NO_NUMBER = re.compile(r"\b(?:NaN|Infinity)\b")  # which Python reads, and JSON has not


@dataclass(frozen=True)
class Cell:
    """One cell.

    Parameters
    ----------
    index
        Its position in the notebook, from 0.
    kind
        ``markdown``, ``code`` or ``raw``.
    source
        Its text, lines joined.
    id
        Its id; empty in notebooks older than nbformat 4.5.
    count
        Its execution count; None for what was never run, and for text.
    outputs
        Its stored outputs, with the lines of each text joined.
    metadata
        Its metadata.
    options
        What its leading ``#|`` lines say.
    option_lines
        The line in the cell, from 1, of each option.
    """

    index: int
    kind: str
    source: str
    id: str = ""
    count: int | None = None
    outputs: tuple[Mapping[str, Any], ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    option_lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """How messages call it: ``cell 4 (market-path)``."""
        return f"cell {self.index + 1}" + (f" ({self.id})" if self.id else "")

    def displays(self, mime: str) -> list[Any]:
        """Return what the cell's outputs hold in one MIME type, in order."""
        return [output["data"][mime] for output in self.outputs if mime in output.get("data", {})]


def charts_of(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the Vega-Lite charts that an output holds; what is no JSON object is none."""
    return [
        value for mime, value in data.items() if mime.startswith(VEGALITES) and isinstance(value, Mapping)
    ]


@dataclass(frozen=True)
class Notebook:
    """A notebook and the raw text it was read from. Read one with `Notebook.load`."""

    path: Path
    raw: str
    data: Mapping[str, Any]
    cells: tuple[Cell, ...]

    @cached_property
    def element(self) -> Element:
        """What the raw text holds, with the place of each value."""
        return placed(scan(self.raw)) if self.is_older else scan(self.raw)

    @property
    def is_older(self) -> bool:
        """Whether its file is of format 3: it is shown as it is stored, never run and never rewritten."""
        return "worksheets" in self.data

    @classmethod
    def load(cls, path: Path | str, root: Path | None = None) -> Notebook:
        """Read a notebook.

        Parameters
        ----------
        path
            The file.
        root
            The project's folder: messages name the file relative to it.

        Raises
        ------
        InputError
            The file is missing, not UTF-8, not JSON, not a notebook of format 4, or has cell options that
            are not YAML.
        """
        path = Path(path)
        shown = display_path(path, root)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            hint = "correct the name, or make the file"
            raise InputError("the notebook does not exist", hint, path=shown, rule="notebook") from None
        except IsADirectoryError:
            raise InputError("is a folder, not a notebook", path=shown, rule="notebook") from None
        return cls.decoded(data, path, root)

    @classmethod
    def decoded(cls, data: bytes, path: Path, root: Path | None = None) -> Notebook:
        """Read a notebook from what its file holds; as `load`."""
        try:
            return cls.parse(data.decode("utf-8"), path, root)
        except UnicodeDecodeError as error:
            shown, line = display_path(path, root), error.object[: error.start].count(b"\n") + 1
            hint = "save the file as UTF-8"
            raise InputError("is not UTF-8", hint, path=shown, line=line, rule="notebook") from None

    @classmethod
    def parse(cls, raw: str, path: Path | str = "notebook.ipynb", root: Path | None = None) -> Notebook:
        """Read a notebook from its raw text; as `load`."""
        path = Path(path)
        shown = display_path(path, root)
        hint = "restore the file, or open and save it in JupyterLab"
        try:
            data = _read(raw)
        except Unreadable as error:
            what = error.what
            if re.search(r"^(<{7}|={7}|>{7})", raw, re.M):
                what = "holds the marks of a merge conflict"
            raise InputError(what, hint, path=shown, line=error.line, rule="notebook") from None

        def wrong(what: str, *keys: str | int) -> InputError:
            line = raw.count("\n", 0, scan(raw).nearest(*keys).start) + 1
            return InputError(what, hint, path=shown, line=line, rule="notebook")

        if is_older(data):
            try:
                data = {**upgraded(data), "worksheets": True}
            except ValueError as error:
                raise wrong(str(error), "worksheets") from None
        if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
            raise wrong("is JSON, but not a notebook: it has no list of cells")
        if data.get("nbformat") != 4:
            raise wrong(f"is a notebook of format {data.get('nbformat')}; format 4 is read", "nbformat")
        cells = []
        about = data.get("metadata", {})
        if not isinstance(about, dict) or not all(isinstance(about.get(key, {}), dict) for key in ABOUT):
            raise wrong("its metadata are not objects", "metadata")
        for index, cell in enumerate(data["cells"]):
            problem = _malformed(cell)
            if problem:
                raise wrong(f"cell {index + 1}: {problem}", "cells", index)
            cells.append(_cell(index, cell, shown, raw))
        return cls(path, raw, data, tuple(cells))

    def shown(self, root: Path | None = None) -> str:
        """Return the file's name for messages, relative to the project."""
        return display_path(self.path, root)

    @property
    def kernel(self) -> str:
        """The name of the kernel that it asks for."""
        return str((self.data.get("metadata", {}).get("kernelspec") or {}).get("name") or KERNEL)

    @property
    def is_python(self) -> bool:
        """Whether its code is Python, whatever its kernel is called."""
        about = self.data.get("metadata", {})
        spec, info = about.get("kernelspec") or {}, about.get("language_info") or {}
        language = str(spec.get("language") or info.get("name") or "").lower()
        return self.kernel in (KERNEL, "python") or language in ("python", "ipython")

    @property
    def code(self) -> tuple[Cell, ...]:
        """The code cells that hold code."""
        return tuple(cell for cell in self.cells if cell.kind == "code" and cell.source.strip())

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.raw))]

    def line_at(self, offset: int) -> int:
        """Return the physical line, from 1, of an offset into the raw text."""
        return bisect_right(self._starts, offset)

    def line(self, cell: int, line: int = 1) -> int:
        """Return the physical line of a line (from 1) of a cell's source."""
        source = self.cells[cell].source
        start = 0
        for _ in range(line - 1):
            start = source.find("\n", start) + 1 or len(source)
        return self.line_at(self.span(cell, start, start)[0])

    def lines(self, cell: int) -> list[int]:
        """Return the physical line of each line of a cell's source."""
        found = self.element.nearest("cells", cell, "source")
        source = self.cells[cell].source
        if isinstance(found.items, list) and all(
            isinstance(item.items, str) and "\n" not in item.items[:-1] for item in found.items
        ):
            return [self.line_at(item.start) for item in found.items if item.items]
        count = source.count("\n") + (not source.endswith("\n") and bool(source))
        return [self.line(cell, number) for number in range(1, count + 1)]

    def line_of(self, *keys: str | int) -> int:
        """Return the physical line of any value: ``line_of("cells", 3, "outputs", 0)``.

        Where the value does not exist, the line of the nearest that does and holds it.
        """
        return self.line_at(self.element.nearest(*keys).start)

    def output_line(self, cell: int, keys: Sequence[str | int], line: int = 1) -> int:
        """Return the physical line of a line (from 1) of a text in a stored output.

        ``keys`` lead to it from the cell's outputs: ``(0, "data", "text/markdown")``.
        """
        found = self.element.nearest("cells", cell, "outputs", *keys)
        if isinstance(found.items, list) and found.items:
            found = found.items[min(line, len(found.items)) - 1]
        return self.line_at(found.start)

    def span(self, cell: int, start: int, end: int) -> tuple[int, int]:
        """Return where the characters ``source[start:end]`` of a cell stand in the raw text."""
        return self.element.nearest("cells", cell, "source").span(self.raw, start, end)

    def replace(self, cell: int, start: int, end: int, new: str) -> str:
        """Return the raw text with ``source[start:end]`` of a cell replaced; every other byte stays.

        To replace several places, begin with the last: earlier offsets then keep their meaning in the text
        of ``Notebook.parse(raw)``.
        """
        return self.replace_all([(cell, start, end, new)])

    def replace_all(self, edits: list[tuple[int, int, int, str]]) -> str:
        """Return the raw text after several edits ``(cell, start, end, new)`` that do not overlap.

        Raises
        ------
        InputError
            It is of format 3.
        """
        if self.is_older:
            what = "is a notebook of format 3, which is not rewritten"
            raise InputError(what, RENEWED, path=self.path.as_posix(), rule="notebook")
        raw = self.raw
        for cell, start, end, new in sorted(edits, reverse=True):
            raw = self.element.nearest("cells", cell, "source").replace(raw, start, end, new)
        return raw


def display_path(path: Path, root: Path | None = None) -> str:
    """Return a file's name for messages: relative to the project where it lies inside."""
    if root is not None:
        inside, place = path.resolve(), root.resolve()
        if inside.is_relative_to(place):
            return inside.relative_to(place).as_posix()
    return path.as_posix()


def _read(raw: str) -> Any:
    """Return what a notebook's JSON says; what is malformed is said first, then what is too much."""
    text = raw.removeprefix("\ufeff")
    value, unread = None, None
    try:
        value = read_json(text, _show)
    except Unreadable as error:
        unread = error
    if unread or _NO_NUMBER.search(text):
        try:
            scan(raw)
        except json.JSONDecodeError as error:
            raise Unreadable(f"is not JSON: {error.msg}", error.lineno) from None
        except (RecursionError, ValueError):
            pass
    if unread:
        raise unread
    return value


def _show(book: Any) -> None:
    """Let outputs be text: code may print what is none, a file's bytes say."""
    cells = book.get("cells") if isinstance(book, dict) else None
    for cell in cells if isinstance(cells, list) else ():
        if isinstance(cell, dict) and "outputs" in cell:
            cell["outputs"] = as_text(cell["outputs"])


def _malformed(cell: Any) -> str:
    if not isinstance(cell, dict):
        return "is not an object"
    if cell.get("cell_type") not in ("code", "markdown", "raw"):
        return f"has the unknown type {cell.get('cell_type')!r}"
    if not isinstance(joined(cell.get("source")), str):
        return "has no source text"
    metadata = cell.get("metadata", {})
    if not isinstance(metadata, dict):
        return "its metadata is not an object"
    tags = metadata.get("tags", [])
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        return "its tags are not a list of words"
    if not isinstance(cell.get("id") or "", str):
        return "its id is not text"
    attached = cell.get("attachments") or {}
    if not isinstance(attached, dict) or not all(isinstance(forms, dict) for forms in attached.values()):
        return "its attachments are not objects by name"
    outputs = cell.get("outputs", [])
    if not isinstance(outputs, list) or not all(isinstance(output, dict) for output in outputs):
        return "its outputs are not a list of objects"
    return next(filter(None, map(_malformed_output, outputs)), "")


def _malformed_output(output: Mapping[str, Any]) -> str:
    data = output.get("data", {})
    if not isinstance(data, dict):
        return "an output's data is not an object"
    if not isinstance(output.get("output_type", ""), str):
        return "an output's type is not text"
    if not isinstance(joined(output.get("text", "")), str):
        return "the text of an output is not text"
    for mime, value in data.items():
        if not is_json(mime) and not isinstance(joined(value), str):
            return f"an output's {mime} is not text"
    return ""


def _cell(index: int, cell: Mapping[str, Any], shown: str, raw: str) -> Cell:
    source: str = joined(cell["source"])
    options: dict[str, Any] = {}
    lines: dict[str, int] = {}
    if cell["cell_type"] == "code":
        try:
            options, lines = read_options(source)
        except InputError as error:
            problem = error.problems[0]
            found = scan(raw).nearest("cells", index, "source")
            if isinstance(found.items, list) and found.items:
                found = found.items[min(problem.line or 1, len(found.items)) - 1]
            line = raw.count("\n", 0, found.start) + 1
            raise InputError(problem.what, problem.hint, path=shown, line=line, rule="cell-option") from None
    outputs = tuple(
        {
            **output,
            "data": {mime: joined(value) if not is_json(mime) else value for mime, value in data.items()},
        }
        if isinstance(data := output.get("data"), dict)
        else {**output, **({"text": joined(output["text"])} if "text" in output else {})}
        for output in cell.get("outputs", [])
    )
    count = cell.get("execution_count")
    return Cell(
        index=index,
        kind=cell["cell_type"],
        source=source,
        id=str(cell.get("id", "")),
        count=count if isinstance(count, int) else None,
        outputs=outputs,
        metadata=cell.get("metadata", {}),
        options=options,
        option_lines=lines,
    )


def read_options(source: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Return the options in the leading ``#|`` lines of a code cell, and the line (from 1) of each.

    Raises
    ------
    InputError
        They are not a YAML mapping; the problem's line counts within the cell.
    """
    head = Head.of(source)
    options = tagged(head.tags)
    if not head.yaml.strip():
        return options, {}
    simple = entries(head.yaml)
    if simple is not None:
        named = {each.key: each.text for each in simple}
        return options | named, {key: line for line, key in enumerate(named, start=1)}
    hint = "write `#| key: value`, with the value in double quotes where it has a colon or a hash"
    try:
        values = read_yaml(head.yaml)
        if not isinstance(values, CommentedMap):  # MyST takes `label:a` too
            values = read_yaml(TIGHT.sub(r"\1: ", head.yaml))
    except Unreadable as error:
        line = min(error.line, head.count)
        raise InputError(f"the cell's options are not YAML: {error.what}", hint, line=line) from None
    if not isinstance(values, CommentedMap):
        raise InputError("the cell's options are not `key: value` lines", hint, line=1)
    lines = {str(key): values.lc.key(key)[0] + 1 for key in values}
    return options | {str(key): _plain(value) for key, value in values.items()}, lines


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value
