"""Adds a file to the data package: its description is inferred, and put behind those that are there."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.data.datapackage import FILE, FOLDER, Package, digest, parsed
from tieout.data.formats import plain_name
from tieout.data.inferring import inferred, name_of, said_of
from tieout.machine import write
from tieout.problems import InputError
from tieout.project import Files

_TABLES = ("csv", "tsv", "txt", "xlsx", "xls", "ods", "parquet", "json", "jsonl", "ndjson")


def add(root: Path, given: Path, encoding: str | None = None) -> str:
    """Put a file of data into the package, which is made where there is none; return what was done, in words.

    Nothing else in the descriptor changes, not even its spacing.

    Parameters
    ----------
    root
        The project.
    given
        The file.
    encoding
        That of its text; found out where it is not given.

    Raises
    ------
    InputError
        There is no such file, it lies outside of `data/`, or cannot be read as a table.
    """
    files = Files(root)
    path = _inside(root, given)
    package = Package.load(files, needed=False)
    listed = next((each for each in package.resources if each.path == f"{FOLDER}/{path}"), None)
    if listed is not None:
        return f"{listed.path} is in {FILE} already, as {listed.name}: nothing to add"
    data = files.bytes(f"{FOLDER}/{path}", "to be added")
    found = inferred(path, data, f"{FOLDER}/{path}", encoding)
    names = {each.name for each in package.resources}
    name = next(each for each in _numbered(name_of(path)) if each not in names)
    own = {"tieout": {"facts": False}, "bytes": len(data), "hash": digest(data)}
    resource = {"name": name, **{key: value for key, value in found.items() if key != "schema"}, **own}
    text = _with(package.text, {**resource, "schema": found["schema"]}, root)
    write(root / FILE, text.encode("utf-8"), FILE)
    after = Package.load(Files(root))
    rows = sum(1 for _ in parsed(after.resources[-1], data))
    kinds = Counter(each["type"] for each in found["schema"]["fields"])
    columns = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    size = f"{_many(rows, 'row')}, {_many(sum(kinds.values()), 'column')} ({columns})"
    said = said_of(found)
    return f"{FOLDER}/{path}: added to {FILE} as {name}: {size}{f'; {said}' if said else ''}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def _inside(root: Path, given: Path) -> str:
    """Return a file's path in the package's folder."""
    at = given if given.is_absolute() else Path.cwd() / given
    if not at.is_file() and not given.is_absolute() and (root / given).is_file():
        at = root / given
    if not at.is_file():
        raise InputError(f"there is no file {given}", "correct the name", rule="missing")
    try:
        path = at.resolve().relative_to((root / FOLDER).resolve()).as_posix()
    except ValueError:
        hint = f"move it there first: mkdir -p {FOLDER} && mv {given} {FOLDER}/"
        raise InputError(f"lies outside of {FOLDER}/", hint, path=str(given), rule="package") from None
    kind = PurePosixPath(plain_name(path)).suffix.lstrip(".").lower()
    if kind not in _TABLES:
        hint = "CSV, TSV, Excel, OpenDocument, Parquet and JSON can be added"
        raise InputError("is no table", hint, path=f"{FOLDER}/{path}", rule="format")
    return path


def _numbered(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name}-{number}"
        number += 1


def _with(text: str, resource: dict[str, Any], root: Path) -> str:
    """Return a descriptor with one more resource at the end, in the spacing that the others have."""
    if not text:
        name = name_of(root.resolve().name)
        made = {"name": name, "version": "0.1.0", "resources": [resource]}
        return json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    start, end = _resources(text)
    inner = text[start:end].rstrip()
    before = re.search(r"\n([ \t]*)\S", text[start:end])
    if before is None and "\n" not in text.strip():
        one = json.dumps(resource, ensure_ascii=False)
        return f"{text[:start]}{inner}{', ' if inner else ''}{one}{text[end:]}"
    outer = re.search(r"\n([ \t]*)\"", text)
    step = outer[1] if outer else "  "
    indent = before[1] if before else step * 2
    lines = json.dumps(resource, indent=step, ensure_ascii=False).replace("\n", f"\n{indent}")
    closing = text[start + len(inner) : end] if inner else ""
    closing = closing if "\n" in closing else f"\n{step}"
    return f"{text[:start]}{inner}{',' if inner else ''}\n{indent}{lines}{closing}{text[end:]}"


def _resources(text: str) -> tuple[int, int]:
    """Return where the list of resources begins and ends, its brackets left out."""
    depth, at = 0, None
    opened: list[int] = []
    for token in re.finditer(r'"(?:\\.|[^"\\])*"|[\[\]{}]', text):
        if token[0] == '"resources"' and depth == 1 and at is None:
            at = token.end()
        elif token[0] in "[{":
            depth += 1
            if token[0] == "[" and depth == 2 and at is not None:
                opened.append(token.end())
        elif token[0] in "]}":
            if token[0] == "]" and depth == 2 and opened:
                return opened[0], token.start()
            depth -= 1
    raise InputError("lists no resources", "write it as a data package", path=FILE, line=1, rule="package")
