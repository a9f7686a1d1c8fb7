"""Tables that are not plain CSV: other delimiters, encodings and decimal signs, Excel, Parquet, JSON.

Frictionless reads them as their description says; what it gives is written as a plain table would have it.
"""

from __future__ import annotations

import datetime
import importlib.util
import io
import json
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import PurePosixPath
from typing import Any

from tieout.problems import InputError

_PLAIN = frozenset(("", "utf-8", "utf8", "ascii"))
_WRITTEN = ("decimalChar", "groupChar", "bareNumber", "missingValues", "trueValues", "falseValues", "format")
# What reads a format that Tieout does not bring along, and what it is called.
_NEEDED = {"xlsx": ("openpyxl", "Excel"), "xls": ("xlrd", "Excel"), "parquet": ("pyarrow", "Parquet"),
           "ods": ("ezodf", "OpenDocument")}  # fmt: skip
PACKED = ".gz"
MOST_BYTES = 1 << 30
_LINES = frozenset(("jsonl", "ndjson"))


def format_of(descriptor: Mapping[str, Any]) -> str:
    """Return the format of a resource: what it says, or what its file is called."""
    path = str(descriptor.get("path", ""))
    given = descriptor.get("format") or PurePosixPath(plain_name(path)).suffix.lstrip(".")
    return str(given or "csv").lower()


def plain_name(path: str) -> str:
    """Return what a file is called without the `.gz` of a packed one."""
    return path[: -len(PACKED)] if path.lower().endswith(PACKED) else path


def unpacked(descriptor: Mapping[str, Any], path: str, data: bytes) -> bytes:
    """Return what a file holds, packed with gzip or not.

    Raises
    ------
    InputError
        It is called `.gz` and is none, or holds too much.
    """
    if not str(descriptor.get("path", "")).lower().endswith(PACKED):
        return data
    unpacker = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        found = unpacker.decompress(data, MOST_BYTES)
    except zlib.error as error:
        hint = "pack it anew, or correct its name"
        raise InputError(
            f"is not packed with gzip: {error}", hint, path=path, line=1, rule="format"
        ) from None
    if unpacker.unconsumed_tail or not unpacker.eof:
        what = f"holds more than {MOST_BYTES >> 20:,} MiB" if unpacker.unconsumed_tail else "is cut off"
        raise InputError(what, "unpack it, or pack it anew", path=path, line=1, rule="format")
    return found


def is_plain(descriptor: Mapping[str, Any]) -> bool:
    """Whether a resource is CSV as the fast reader takes it: commas, points, UTF-8, empty where nothing is.

    Examples
    --------
    >>> is_plain({"path": "a.csv"}), is_plain({"path": "a.csv", "encoding": "iso-8859-1"})
    (True, False)
    """
    schema = descriptor.get("schema")
    fields = schema.get("fields", []) if isinstance(schema, dict) else []
    missing = schema.get("missingValues", [""]) if isinstance(schema, dict) else [""]
    own = any(key in each for each in fields if isinstance(each, dict) for key in _WRITTEN)
    return (
        format_of(descriptor) == "csv"
        and not str(descriptor.get("path", "")).lower().endswith(PACKED)
        and str(descriptor.get("encoding", "")).lower() in _PLAIN
        and not descriptor.get("dialect")
        and missing in ([""], [])
        and not own
    )


def described(descriptor: Mapping[str, Any], path: str, data: bytes) -> Any:
    """Return a resource of Frictionless that reads some bytes as their description says.

    Raises
    ------
    InputError
        A package is needed that is not installed, or the bytes are no such file; in words.
    """
    import frictionless

    kind = format_of(descriptor)
    needed, name = _NEEDED.get(kind, ("", ""))
    if needed and importlib.util.find_spec(needed) is None:
        what = f"{name} files are read with the package {needed}, which is not installed"
        raise InputError(what, f"pip install {needed}", path=path, line=1, rule="package")
    data = unpacked(descriptor, path, data)
    given = {key: descriptor[key] for key in ("name", "schema", "dialect", "encoding") if key in descriptor}
    given.setdefault("name", "table")
    if kind in ("json", *_LINES, "parquet"):
        held = _parquet(path, data) if kind == "parquet" else _json(descriptor, path, data)
        return frictionless.Resource.from_descriptor({**_without(given, "dialect", "encoding"), "data": held})
    if kind == "tsv":
        kind, given["dialect"] = "csv", {"csv": {"delimiter": "\t"}, **given.get("dialect", {})}
    found = frictionless.Resource.from_descriptor({**given, "path": f"table.{kind}"})
    found.path, found.scheme, found.format, found.data = None, "buffer", kind, data
    return found


def _parquet(path: str, data: bytes) -> list[Any]:
    """Return the rows of a Parquet file as lists, its columns' names first."""
    parquet = importlib.import_module("pyarrow.parquet")
    try:
        table = parquet.read_table(io.BytesIO(data))
    except (ValueError, OSError) as error:  # pyarrow's own errors are of these kinds
        hint = "write it anew"
        raise InputError(f"is no Parquet file: {error}", hint, path=path, line=1, rule="format") from None
    columns = [each.to_pylist() for each in table.columns]
    return [list(table.column_names), *(list(row) for row in zip(*columns, strict=True))]


def rows(descriptor: Mapping[str, Any], path: str, data: bytes) -> Iterator[tuple[int, list[str], list[str]]]:
    """Give the rows of a table, its header first: the row of the file, its cells, and these as they stand.

    Raises
    ------
    InputError
        The file cannot be read so, or a package is needed that is not installed.
    """
    import frictionless

    try:
        with described(descriptor, path, data) as table:
            yield 1, list(table.header), list(table.header)
            for row in table.row_stream:
                raw = ["" if each is None else str(each) for each in row.cells]
                wrong = {error.field_name for error in row.errors if hasattr(error, "field_name")}
                names = list(row.to_dict())
                if len(row.cells) != len(table.header):
                    yield row.row_number, raw, raw
                    continue
                typed = row.to_dict()
                cells = [raw[at] if name in wrong else text_of(typed[name]) for at, name in enumerate(names)]
                yield row.row_number, cells, raw
    except frictionless.FrictionlessException as error:
        raise unreadable(path, format_of(descriptor), error.error) from None
    except (UnicodeDecodeError, LookupError) as error:
        hint = "correct `encoding` in datapackage.json"
        raise InputError(f"cannot be decoded: {error}", hint, path=path, line=1, rule="encoding") from None


def unreadable(path: str, kind: str, error: Any) -> InputError:
    """Return what is wrong with a file that Frictionless cannot read."""
    said = " ".join(str(getattr(error, "note", None) or error).split()).replace(' "None"', "")
    hint = "correct the file, or its description in datapackage.json"
    return InputError(f"cannot be read as {kind}: {said}", hint, path=path, line=1, rule="format")


def text_of(value: object) -> str:
    """Return a cell as a plain table has it.

    Examples
    --------
    >>> text_of(Decimal("1234.50")), text_of(None), text_of(True), text_of(datetime.date(2024, 5, 7))
    ('1234.50', '', 'true', '2024-05-07')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _json(descriptor: Mapping[str, Any], path: str, data: bytes) -> list[Any]:
    """Return the rows of JSON: objects or lists, at the place that the dialect names; or one a line."""
    try:
        text = data.decode(str(descriptor.get("encoding") or "utf-8"))
        if format_of(descriptor) in _LINES:
            return [json.loads(line, parse_float=Decimal) for line in io.StringIO(text) if line.strip()]
        found = json.loads(text, parse_float=Decimal)
    except (ValueError, LookupError) as error:
        raise InputError(f"is no JSON: {error}", "correct the file", path=path, line=1, rule="json") from None
    dialect = descriptor.get("dialect") or {}
    own = dialect.get("json", dialect) if isinstance(dialect, dict) else {}
    for key in filter(None, str(own.get("property", "")).split(".")):
        found = found.get(key) if isinstance(found, dict) else None
    if not isinstance(found, list) or not found or not all(isinstance(each, dict | list) for each in found):
        hint = "make it a list of objects, or name the list in `dialect: {json: {property: …}}`"
        raise InputError("holds no list of rows", hint, path=path, line=1, rule="json")
    return found


def _without(given: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key not in names}
