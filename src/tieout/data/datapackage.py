"""The data package as an object: its tables, what their columns must hold, and whether the bytes are known.

Frictionless says the same at length in `checks.data`; notebooks load facts often, so this path is short.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.data.formats import is_plain, rows
from tieout.machine import inside
from tieout.machine.reading import Unreadable, read_json
from tieout.problems import InputError, Problem
from tieout.project import Files, decoded

FOLDER = "data"
FILE = f"{FOLDER}/datapackage.json"
BOOLEANS = ("true", "True", "TRUE", "1", "false", "False", "FALSE", "0")
LARGE = 2_000_000  # bytes
REFRESH = "if the change is meant, run `tieout data`"


@dataclass(frozen=True)
class Field:
    """One column: its name, type and constraints, in the words of a Table Schema.

    Parameters
    ----------
    rank_of
        The column whose scale this one counts: the place, from 1, of the other's cell in its ``enum``.
    """

    name: str
    type: str = "string"
    description: str = ""
    constraints: Mapping[str, Any] | None = None
    rank_of: str | None = None

    @property
    def unique(self) -> bool:
        """Whether no two rows may have the same cell."""
        return bool((self.constraints or {}).get("unique"))

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        given = (self.constraints or {}).get("pattern")
        return re.compile(str(given)) if given else None

    def wrong(self, cell: str) -> str | None:
        """Return in words what is wrong with a cell, or None."""
        rules = self.constraints or {}
        if not cell:
            return "is empty" if rules.get("required") else None
        if cell != cell.strip():
            return f"{cell!r} has spaces around it"
        if self._pattern and not self._pattern.fullmatch(cell):
            return f"{cell!r} is not of the form that the schema asks for"
        if "enum" in rules and cell not in map(str, rules["enum"]):
            return f"{cell!r} is none of {', '.join(map(str, rules['enum']))}"
        if self.type in ("integer", "number", "year"):
            return self._wrong_number(cell, rules)
        if self.type == "boolean" and cell not in BOOLEANS:
            return f"{cell!r} is neither true nor false"
        return None

    def _wrong_number(self, cell: str, rules: Mapping[str, Any]) -> str | None:
        try:
            number = Decimal(cell)
        except InvalidOperation:
            return f"{cell!r} is not a number"
        if not number.is_finite() or (self.type != "number" and number != number.to_integral_value()):
            return f"{cell!r} is not a whole number"
        if "minimum" in rules and number < Decimal(str(rules["minimum"])):
            return f"{cell} is below {rules['minimum']}"
        if "maximum" in rules and number > Decimal(str(rules["maximum"])):
            return f"{cell} is above {rules['maximum']}"
        return None


@dataclass(frozen=True)
class Row:
    """One row of a table, with the line that it starts on."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Resource:
    """One table of the package.

    Parameters
    ----------
    path
        Its file, relative to the project.
    hash
        What the package says of its bytes: ``sha256:…``.
    facts
        Whether its rows are facts.
    line
        Its line in the descriptor.
    descriptor
        What the package says of it, whole.
    """

    name: str
    path: str
    fields: tuple[Field, ...]
    hash: str
    bytes: int | None
    facts: bool
    line: int = 1
    descriptor: Mapping[str, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_large(self) -> bool:
        """Whether it is data by the many rows, which nothing looks at one by one."""
        return not self.facts and (self.bytes or 0) > LARGE

    @property
    def keys(self) -> list[str]:
        """The columns of its primary key."""
        given = self.descriptor.get("schema", {}).get("primaryKey", [])
        return [given] if isinstance(given, str) else list(map(str, given))

    @property
    def columns(self) -> list[str]:
        """The names of its columns, in order."""
        return [field.name for field in self.fields]


@dataclass(frozen=True)
class Document:
    """The text whose places the locators are: its key in the bibliography, and what readers call it."""

    key: str = ""
    name: str = ""


@dataclass(frozen=True)
class _Rows:
    """The rows of a table as far as it could be read, and what stopped the reading."""

    rows: tuple[Row | Problem, ...]
    error: InputError | None

    @classmethod
    def of(cls, resource: Resource, data: bytes) -> _Rows:
        found: list[Row | Problem] = []
        try:
            for row in parsed(resource, data):
                found.append(row)  # what stands before a mistake is kept
        except InputError as error:
            return cls(tuple(found), error)
        return cls(tuple(found), None)


@dataclass(frozen=True)
class Package:
    """The data package of a project. Read one with `Package.load`.

    Parameters
    ----------
    document
        The text that states the facts, where it is one; its facts may rest on other works that it cites.
    """

    files: Files = field(repr=False, compare=False)
    name: str
    title: str
    version: str
    units: tuple[str, ...]
    resources: tuple[Resource, ...]
    text: str
    document: Document = Document()
    _rows: dict[str, _Rows] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def load(cls, files: Files, *, needed: bool = True) -> Package:
        """Read the descriptor among the files of a project.

        Parameters
        ----------
        needed
            Whether there has to be one; else a project without data has a package without tables.

        Raises
        ------
        InputError
            It is missing, not UTF-8, not JSON, or lacks what the tables need.
        """
        if not needed and not files.exists(FILE):
            return cls(files, "", "", "", (), (), "")
        text = decoded(files.bytes(FILE), FILE)
        try:
            given = read_json(text)
        except Unreadable as error:
            hint = "correct this line or the one before"
            raise InputError(error.what, hint, path=FILE, line=error.line, rule="package") from None
        if not isinstance(given, dict) or not isinstance(given.get("resources"), list):
            hint = "write it as a Frictionless data package"
            raise InputError("lists no resources", hint, path=FILE, line=1, rule="package")
        own = given.get("tieout", {})
        units = own.get("units", []) if isinstance(own, dict) else None
        if not isinstance(units, list) or not all(isinstance(each, str) for each in units):
            what, hint = "`tieout: units` is not a list of texts", 'write ["device = [device]"]'
            raise InputError(what, hint, path=FILE, line=_line(text, '"tieout"'), rule="package")
        document = _document(own.get("document", {}) if isinstance(own, dict) else {}, text)
        listed = enumerate(given["resources"], 1)
        resources = tuple(_resource(each, index, text, files.root) for index, each in listed)
        _no_twins(resources, text)
        name, title, version = (str(given.get(key, "")) for key in ("name", "title", "version"))
        return cls(files, name, title, version, tuple(units), resources, text, document)

    def read(self, resource: Resource) -> bytes:
        """Return the bytes of a table.

        Raises
        ------
        InputError
            The file is missing or cannot be read.
        """
        return self.files.bytes(resource.path, f"named in {FILE}")

    def rows(self, resource: Resource) -> Iterator[Row | Problem]:
        """Give the rows of a table, and a problem in place of each row that has not the schema's columns.

        Raises
        ------
        InputError
            The file is missing, empty, not what the package says of it, or its header has a wrong, missing or
            extra column.
        """
        if resource.name not in self._rows:
            self._rows[resource.name] = _Rows.of(resource, self.read(resource))
        held = self._rows[resource.name]
        yield from held.rows
        if held.error is not None:
            raise held.error

    def known(self, resource: Resource, data: bytes) -> Problem | None:
        """Return a problem where a table is not the one that the package describes."""
        if resource.hash != digest(data) or resource.bytes not in (None, len(data)):
            what = f"the file is not the one that {FILE} describes"
            return Problem(what, REFRESH, path=resource.path, line=1, rule="hash", where="sha256")
        return None


def _document(given: Any, text: str) -> Document:
    known = isinstance(given, dict) and all(isinstance(given.get(key, ""), str) for key in ("key", "name"))
    if not known or (given and not given.get("key")):
        what, hint = "`tieout: document` names no work", 'write {"key": "smith2024", "name": "the article"}'
        raise InputError(what, hint, path=FILE, line=_line(text, '"document"'), rule="package")
    return Document(given.get("key", ""), given.get("name", "") or "the source") if given else Document()


def digest(data: bytes) -> str:
    """Return the hash of a table as the package writes it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def parsed(resource: Resource, data: bytes) -> Iterator[Row | Problem]:
    """Give the rows of a table's bytes, as `Package.rows` does, and keep none."""
    if not is_plain(resource.descriptor):
        yield from _described(resource, data)
        return
    text = decoded(data, resource.path)
    place = {"path": resource.path, "line": 1}
    if not text.strip():
        hint = f"write a header with {', '.join(resource.columns)}, or restore the file"
        raise InputError("the file is empty", hint, rule="empty", **place)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        _header(resource, next(reader))
        while True:
            line = reader.line_num + 1
            cells = next(reader, None)
            if cells is None:
                return
            if len(cells) == len(resource.fields):
                yield Row(line, dict(zip(resource.columns, cells, strict=True)))
            else:
                what = f"the row has {len(cells)} cells and the header {len(resource.fields)}"
                hint = "quote a cell that holds a comma, or add the cell that is missing"
                yield Problem(what, hint, path=resource.path, line=line, rule="columns")
    except csv.Error as error:
        hint = "close the quotes, or double the quotes that belong to the cell"
        raise InputError(
            f"the row is not CSV: {error}", hint, path=resource.path, line=line, rule="csv"
        ) from None


def _described(resource: Resource, data: bytes) -> Iterator[Row | Problem]:
    """Give the rows of a table that is not plain CSV, their cells as plain CSV has them."""
    for line, cells, _ in rows(resource.descriptor, resource.path, data):
        if line == 1:
            _header(resource, cells)
        elif len(cells) == len(resource.fields):
            yield Row(line, dict(zip(resource.columns, cells, strict=True)))
        else:
            what = f"the row has {len(cells)} cells and the header {len(resource.fields)}"
            hint = "add the cell that is missing, or take out the one that is too many"
            yield Problem(what, hint, path=resource.path, line=line, rule="columns")


def _resource(given: Any, number: int, text: str, root: Path) -> Resource:
    fault = None
    if not isinstance(given, dict) or not isinstance(given.get("path"), str):
        fault, name = "has no path", f"resource {number}"
    else:
        name = str(given.get("name", given["path"]))
        schema = given.get("schema")
        listed = schema.get("fields") if isinstance(schema, dict) else None
        fields = listed if isinstance(listed, list) else []
        named = all(isinstance(each, dict) and isinstance(each.get("name"), str) for each in fields)
        if not named or not fields:
            fault = "has no schema with named fields"
        try:
            path = PurePosixPath(FOLDER) / inside(root / FOLDER, given["path"])
        except InputError:
            fault = f"leaves the folder {FOLDER}/ with its path {given['path']}"
    if fault:
        hint = "give it a name, a path beside datapackage.json and a schema"
        line = _line(text, f'"{name}"')
        raise InputError(f"{name} {fault}", hint, path=FILE, line=line, rule="package")
    columns = tuple(_field(each, name, text) for each in fields)
    own = given.get("tieout")
    is_facts = not (isinstance(own, dict) and own.get("facts") is False)
    size = given.get("bytes")
    hashed = str(given.get("hash", ""))
    counted = size if isinstance(size, int) else None
    line = _line(text, json.dumps(given["path"]))
    return Resource(name, str(path), columns, hashed, counted, is_facts, line, given)


def _field(given: Mapping[str, Any], resource: str, text: str) -> Field:
    rules = given.get("constraints", {})
    try:
        if not isinstance(rules, dict):
            raise TypeError("constraints are no object")
        re.compile(str(rules.get("pattern", "")))
        for bound in ("minimum", "maximum"):
            Decimal(str(rules.get(bound, 0)))
        list(rules.get("enum", []))
    except (re.error, InvalidOperation, TypeError) as error:
        name = given["name"]
        line = _line(text, f'"{resource}"')
        what = f"the constraints of {resource}, column {name}, cannot be read: {error}"
        raise InputError(what, "correct them", path=FILE, line=line, rule="package") from None
    own = given.get("tieout")
    rank_of = own.get("rankOf") if isinstance(own, dict) else None
    return Field(
        given["name"],
        str(given.get("type", "string")),
        str(given.get("description", "")),
        rules,
        rank_of if isinstance(rank_of, str) else None,
    )


def _no_twins(resources: tuple[Resource, ...], text: str) -> None:
    seen: set[str] = set()
    for resource in resources:
        for key in (resource.name, resource.path):
            if key in seen:
                line = _line(text, f'"{resource.name}"')
                hint = "name each table once"
                raise InputError(f"{key} is listed twice", hint, path=FILE, line=line, rule="package")
        seen |= {resource.name, resource.path}


def _line(text: str, needle: str) -> int:
    at = text.find(needle)
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def _header(resource: Resource, found: list[str]) -> None:
    wanted = resource.columns
    if found == wanted:
        return
    missing = [name for name in wanted if name not in found]
    extra = [name for name in found if name not in wanted]
    doubled = sorted({name for name in found if found.count(name) > 1})
    if missing and extra:
        what = f"column {extra[0]!r} stands where the schema has {missing[0]!r}"
    elif missing:
        what = f"column {missing[0]!r} is missing"
    elif extra:
        what = f"column {extra[0]!r} is not in the schema"
    elif doubled:
        what = f"column {doubled[0]!r} stands twice"
    else:
        what = "the columns are not in the schema's order"
    hint = f"the columns are {', '.join(wanted)}"
    raise InputError(what, hint, path=resource.path, line=1, rule="columns")
