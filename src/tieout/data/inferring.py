"""How a file is described as a resource: its delimiter, encoding and columns, as Frictionless infers them.

Frictionless is sure of points, and of little else: what a German spreadsheet writes (`1.234,5`), which
encoding a file without UTF-8 has, and which signs stand for nothing known are looked for here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from tieout.data.formats import described, format_of, is_plain, plain_name, unpacked, unreadable
from tieout.problems import InputError

_MISSING = ("NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "None", "#N/A", "k. A.", "k.A.", "-", "–", ".")
_FIRM = frozenset(("integer", "number", "string", "boolean", "date", "datetime", "time", "year"))
_COMMA = re.compile(r"[+-]?(?:\d{1,3}(?:[.\u00a0\u202f ]\d{3})+|\d+),\d+")
_COMMA_WHOLE = re.compile(r"[+-]?(?:\d{1,3}(?:[.\u00a0\u202f ]\d{3})+|\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POINT = re.compile(r"[+-]?\d+(?:\.\d+)?")
_ACCENTED = re.compile(r"[À-ÿ]{3}")
_MOST, _BEGINNING = 10_000, 200_000  # rows that are looked at, and bytes for how they are parted
_LETTERS = ("windows-125", "iso-8859-", "koi8", "shift", "gb", "big5", "euc", "cp125")


def inferred(path: str, data: bytes, shown: str, encoding: str | None = None) -> dict[str, Any]:
    """Return the description of a file, without its name, hash and size.

    Parameters
    ----------
    path
        The file, relative to the package.
    shown
        What messages call it.
    encoding
        That of its text, where it is known.

    Raises
    ------
    InputError
        It is of no kind that can be read, or has no header.
    """
    import frictionless

    given: dict[str, Any] = {"path": path}
    kind = format_of(given)
    given["format"] = kind
    if kind in ("csv", "tsv", "txt"):
        given["format"] = "csv"
        text = unpacked(given, shown, data)
        given["encoding"] = encoding or encoding_of(text)
        dialect = _dialect(_decoded(text[:_BEGINNING], given["encoding"], shown), kind)
        given |= {"dialect": {"csv": {"delimiter": dialect}}} if dialect != "," else {}
    try:
        header, cells = _cells(given, shown, data)
    except frictionless.FrictionlessException as error:
        raise unreadable(shown, kind, error.error) from None
    if not header or len(set(header)) < len(header) or not all(header):
        hint = "give each column a name of its own in the first row"
        raise InputError("has no header that names its columns", hint, path=shown, line=1, rule="columns")
    texts = [[row[at] if at < len(row) else None for row in cells] for at in range(len(header))]
    missing = _missing(texts)
    by_comma = given["format"] == "csv" and "dialect" not in given
    commas = any(
        _COMMA.fullmatch(text) and not (by_comma and _GROUPED.fullmatch(text))
        for column in texts
        for text in _said(column, missing)
    )
    typed = _types(given, shown, data, missing)
    fields = [
        _field(name, typed.get(name, "string"), list(_said(column, missing)), commas, by_comma)
        for name, column in zip(header, texts, strict=True)
    ]
    schema: dict[str, Any] = {"fields": fields}
    if missing:
        schema["missingValues"] = ["", *missing]
    return {**given, "schema": schema}


def _decoded(data: bytes, encoding: str, shown: str) -> str:
    try:
        return data.decode(encoding, errors="replace")
    except LookupError:
        hint = "name one that Python knows: utf-8, windows-1252, iso-8859-1"
        raise InputError(f"there is no encoding {encoding}", hint, path=shown, rule="encoding") from None


def encoding_of(data: bytes) -> str:
    """Return the encoding of a text: UTF-8 where it can be, and else what its letters say."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return name
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        western = data.decode("windows-1252", errors="replace")
        if not _ACCENTED.search(western):
            return "windows-1252"
        return _guessed(data) or "windows-1252"
    return "utf-8"


def _guessed(data: bytes) -> str | None:
    import chardet

    name = str(chardet.detect(data[:100_000]).get("encoding") or "").lower()
    return name if name.startswith(_LETTERS) else None


def _dialect(text: str, kind: str) -> str:
    """Return the delimiter: the one that parts every line into as many cells as the first."""
    if kind == "tsv":
        return "\t"
    lines = [re.sub(r'"(?:[^"]|"")*"', "", line) for line in text.splitlines()[:200] if line.strip()]
    counts = {sign: [line.count(sign) for line in lines] for sign in (",", ";", "\t", "|")}
    even = [sign for sign, found in counts.items() if found and found[0] and set(found) == {found[0]}]
    most = max(counts, key=lambda sign: counts[sign][0] if counts[sign] else 0)
    return max(even, key=lambda sign: counts[sign][0], default=most)


def _cells(given: Mapping[str, Any], path: str, data: bytes) -> tuple[list[str], list[list[Any]]]:
    """Return the header and the first rows of a table, as they stand."""
    with described(given, path, data) as table:
        rows = []
        for row in table.cell_stream:
            rows.append(list(row))
            if len(rows) > _MOST:
                break
    return [str(each or "").strip() for each in rows[0]] if rows else [], rows[1:]


def _types(given: Mapping[str, Any], path: str, data: bytes, missing: Sequence[str]) -> dict[str, str]:
    """Return what Frictionless takes each column to be."""
    import frictionless

    table = described(given, path, data)
    table.detector = frictionless.Detector(
        field_missing_values=["", *missing], field_confidence=1, sample_size=_MOST
    )
    table.infer(stats=False)
    return {field.name: field.type for field in table.schema.fields}


def _said(column: Sequence[Any], missing: Sequence[str] = ()) -> list[str]:
    return [each.strip() for each in column if isinstance(each, str) and each.strip() not in ("", *missing)]


def _missing(texts: Sequence[Sequence[Any]]) -> list[str]:
    """Return the signs that stand where a column of numbers has none."""
    found: dict[str, None] = {}
    for column in texts:
        said = _said(column)
        signs = [each for each in said if each in _MISSING]
        numbers = [each for each in said if each not in _MISSING]
        if signs and numbers and all(map(_is_number, numbers)):
            found |= dict.fromkeys(signs)
    return [each for each in _MISSING if each in found]


def _is_number(text: str) -> bool:
    return any(each.fullmatch(text) for each in (_POINT, _COMMA, _COMMA_WHOLE, _GROUPED))


def _field(name: str, kind: str, said: Sequence[str], commas: bool, by_comma: bool) -> dict[str, Any]:
    """Return the description of a column.

    Parameters
    ----------
    commas
        Whether some column of the file has decimal commas.
    by_comma
        Whether commas part its cells: then those within numbers part thousands.
    """
    grouped = all(_POINT.fullmatch(each) or _GROUPED.fullmatch(each) for each in said)
    if said and grouped and by_comma and any("," in each for each in said):
        return {"name": name, "type": "number", "groupChar": ","}
    if said and all(_COMMA.fullmatch(each) or _COMMA_WHOLE.fullmatch(each) for each in said):
        group = next((sign for each in said for sign in ".\u00a0\u202f " if sign in each), "")
        if any("," in each for each in said) or (commas and group):
            own = {"groupChar": group} if group else {}
            return {"name": name, "type": "number", "decimalChar": ",", **own}
    if said and grouped and any("," in each for each in said):
        return {"name": name, "type": "number", "groupChar": ","}
    return {"name": name, "type": kind if kind in _FIRM else "string"}


def said_of(descriptor: Mapping[str, Any]) -> str:
    """Return in words how a table is written, where that is not plain."""
    schema = descriptor["schema"]
    parts = []
    encoding = str(descriptor.get("encoding", "utf-8"))
    if encoding != "utf-8":
        parts.append(encoding)
    delimiter = descriptor.get("dialect", {}).get("csv", {}).get("delimiter", ",")
    if delimiter != ",":
        names = {";": "semicolons", "\t": "tabs", "|": "bars"}
        parts.append(f"parted by {names.get(delimiter, delimiter)}")
    if any(each.get("decimalChar") == "," for each in schema["fields"]):
        parts.append("decimal commas")
    if schema.get("missingValues"):
        parts.append(f"{', '.join(schema['missingValues'][1:])} for what is missing")
    return "" if is_plain(descriptor) else "; ".join(parts)


def name_of(path: str) -> str:
    """Return the name of a resource, from its file.

    Examples
    --------
    >>> name_of("raw/Umsatz 2024.csv")
    'umsatz-2024'
    """
    return re.sub(r"[^a-z0-9._-]+", "-", PurePosixPath(plain_name(path)).stem.lower()).strip("-._") or "table"
