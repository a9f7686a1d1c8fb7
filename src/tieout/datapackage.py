"""The data package as an object: which tables there are, what their columns must hold, and whether the bytes are known.

Frictionless says the same at length in `checks.data`; notebooks load facts often, so this path is short.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.problems import InputError, Problem

FOLDER = "data"
FILE = f"{FOLDER}/datapackage.json"
REFRESH = "if the change is meant, run `tieout data`"


@dataclass(frozen=True)
class Field:
    """One column: its name, type and constraints, in the words of a Table Schema."""

    name: str
    type: str = "string"
    description: str = ""
    constraints: Mapping[str, Any] | None = None

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
        if self.type == "boolean" and cell not in ("true", "false"):
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
    """

    name: str
    path: str
    fields: tuple[Field, ...]
    hash: str
    bytes: int | None
    facts: bool
    line: int = 1

    @property
    def columns(self) -> list[str]:
        """The names of its columns, in order."""
        return [field.name for field in self.fields]


@dataclass(frozen=True)
class Package:
    """The data package of a project. Read one with `Package.load`."""

    root: Path
    name: str
    title: str
    version: str
    units: tuple[str, ...]
    resources: tuple[Resource, ...]
    text: str

    @classmethod
    def load(cls, root: Path) -> Package:
        """Read the descriptor.

        Raises
        ------
        InputError
            It is missing, not UTF-8, not JSON, or lacks what the tables need.
        """
        text = decoded(_bytes(root, FILE), FILE)
        try:
            given = json.loads(text)
        except json.JSONDecodeError as error:
            what = f"is not JSON: {error.msg} (column {error.colno})"
            hint = "correct this line or the one before"
            raise InputError(what, hint, path=FILE, line=error.lineno, rule="package") from None
        if not isinstance(given, dict) or not isinstance(given.get("resources"), list):
            hint = "write it as a Frictionless data package"
            raise InputError("lists no resources", hint, path=FILE, line=1, rule="package")
        own = given.get("tieout", {})
        units = own.get("units", []) if isinstance(own, dict) else None
        if not isinstance(units, list) or not all(isinstance(each, str) for each in units):
            what, hint = "`tieout: units` is not a list of texts", 'write ["device = [device]"]'
            raise InputError(what, hint, path=FILE, line=_line(text, '"tieout"'), rule="package")
        resources = tuple(_resource(each, index, text) for index, each in enumerate(given["resources"], 1))
        _no_twins(resources, text)
        name, title, version = (str(given.get(key, "")) for key in ("name", "title", "version"))
        return cls(root, name, title, version, tuple(units), resources, text)

    def read(self, resource: Resource) -> bytes:
        """Return the bytes of a table.

        Raises
        ------
        InputError
            The file is missing or cannot be read.
        """
        return _bytes(self.root, resource.path, f"named in {FILE}")

    def known(self, resource: Resource, data: bytes) -> Problem | None:
        """Return a problem where a table is not the one that the package describes."""
        if resource.hash != digest(data) or resource.bytes not in (None, len(data)):
            what = f"the file is not the one that {FILE} describes"
            return Problem(what, REFRESH, path=resource.path, line=1, rule="hash", where="sha256")
        return None


def digest(data: bytes) -> str:
    """Return the hash of a table as the package writes it."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def rows(resource: Resource, data: bytes) -> Iterator[Row | Problem]:
    """Give the rows of a table, and a problem in place of each row that has not the schema's columns.

    Raises
    ------
    InputError
        The file is empty, not UTF-8, not CSV, or its header has a wrong, missing or extra column.
    """
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


def refresh(root: Path) -> list[str]:
    """Write hashes and sizes anew after a deliberate change, and raise the version's last number.

    Nothing else in the descriptor changes, not even its spacing.

    Returns
    -------
    What changed, in words; empty where nothing did, and then nothing is written.

    Raises
    ------
    InputError
        The descriptor or a table cannot be read or written.
    """
    package = Package.load(root)
    text, changed = package.text, []
    for resource in package.resources:
        data = package.read(resource)
        if package.known(resource, data) is None:
            continue
        text = _rewritten(text, resource, data)
        changed.append(f"{resource.path}: hash and size written")
    if not changed:
        return []
    version = _next(package.version)
    pattern = rf'("version"\s*:\s*"){re.escape(package.version)}(")'
    text, count = re.subn(pattern, rf"\g<1>{version}\g<2>", text, count=1)
    if count:
        changed.append(f"{FILE}: version {package.version} → {version}")
    try:
        (root / FILE).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        hint = "make the folder writable"
        raise InputError(f"cannot be written: {error.strerror}", hint, path=FILE) from None
    return changed


def _rewritten(text: str, resource: Resource, data: bytes) -> str:
    """Change hash and size inside the object that holds the resource's path, and nowhere else."""
    name = PurePosixPath(resource.path).relative_to(FOLDER)
    at = re.search(rf'"path"\s*:\s*{re.escape(json.dumps(str(name)))}', text)
    start, end = _object_around(text, at.start() if at else 0)
    body = text[start:end]
    for key, value in (("hash", f'"{digest(data)}"'), ("bytes", str(len(data)))):
        body, count = re.subn(rf'("{key}"\s*:\s*)("[^"]*"|\d+)', rf"\g<1>{value}", body, count=1)
        if not count:
            body = body.replace("{", f'{{"{key}": {value}, ', 1)
    return text[:start] + body + text[end:]


def _object_around(text: str, position: int) -> tuple[int, int]:
    """Return the ends of the innermost JSON object around a position outside of texts."""
    stack: list[int] = []
    for token in re.finditer(r'"(?:\\.|[^"\\])*"|[{}]', text):
        if token[0] == "{":
            stack.append(token.start())
        elif token[0] == "}":
            start = stack.pop()
            if start <= position < token.end():
                return start, token.end()
    return 0, len(text)


def _next(version: str) -> str:
    match = re.fullmatch(r"(\d+\.\d+\.)(\d+)(.*)", version)
    if not match:
        hint = 'write it like "0.1.0"'
        raise InputError(f"the version {version!r} has not three numbers", hint, path=FILE, rule="version")
    return f"{match[1]}{int(match[2]) + 1}"


def _resource(given: Any, number: int, text: str) -> Resource:
    fault = None
    if not isinstance(given, dict) or not isinstance(given.get("path"), str):
        fault, name = "has no path", f"resource {number}"
    else:
        name = str(given.get("name", given["path"]))
        schema = given.get("schema")
        listed = schema.get("fields") if isinstance(schema, dict) else None
        named = isinstance(listed, list) and all(
            isinstance(each, dict) and isinstance(each.get("name"), str) for each in listed
        )
        path = PurePosixPath(FOLDER, given["path"])
        if path.is_absolute() and str(path) == given["path"] or ".." in path.parts:
            fault = f"leaves the folder {FOLDER}/ with its path {given['path']}"
        elif not named or not listed:
            fault = "has no schema with named fields"
    if fault:
        hint = "give it a name, a path beside datapackage.json and a schema"
        line = _line(text, f'"{name}"')
        raise InputError(f"{name} {fault}", hint, path=FILE, line=line, rule="package")
    fields = tuple(_field(each, name, text) for each in listed)
    own = given.get("tieout")
    is_facts = not (isinstance(own, dict) and own.get("facts") is False)
    size = given.get("bytes")
    hashed = str(given.get("hash", ""))
    counted = size if isinstance(size, int) else None
    line = _line(text, json.dumps(given["path"]))
    return Resource(name, str(path), fields, hashed, counted, is_facts, line)


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
    return Field(given["name"], str(given.get("type", "string")), str(given.get("description", "")), rules)


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


def decoded(data: bytes, name: str) -> str:
    """Return a file's text.

    Raises
    ------
    InputError
        A byte is not UTF-8; with its line.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = f"byte {error.start} is not UTF-8"
        raise InputError(what, "save the file as UTF-8", path=name, line=line, rule="encoding") from None


def _bytes(root: Path, name: str, said: str = "") -> bytes:
    try:
        return (root / name).read_bytes()
    except FileNotFoundError:
        what = f"there is no file {name}" + (f", {said}" if said else "")
        raise InputError(what, "restore it, or correct the name", path=name, rule="missing") from None
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
        raise InputError(what, "look at the file's permissions", path=name, rule="missing") from None
