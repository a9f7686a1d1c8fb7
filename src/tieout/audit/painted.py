"""Drawings as a PDF paints them, in their own coordinates, whatever their place and size.

Typst marks each picture in a page's content with its alternative text and clips it to its box. What stands
between is told operator by operator: points as shares of the box, text as letters, colours and widths as
they are. The same drawing set twice tells the same; so does one that is set by itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pypdf
from pypdf.generic import ContentStream, DecodedStreamObject, DictionaryObject, IndirectObject, NullObject

from tieout.machine.steps import Steps

NEAR = 5e-4  # of the box; numbers are rounded as they are written
ASIDE = frozenset(("/Parent", "/FontDescriptor", "/DescendantFonts"))
DEEP = 6  # levels of what resources name: a group within a group of a page
ALTERNATIVE = re.compile(rb"/\w+\s*<<[^>]*?/Alt\b")
PAINTED = re.compile(rb"/(\w+)\s+Do\b")
MARK = re.compile(rb"\b(?:BDC|BMC|EMC)\b")
POINTS = {b"m": 1, b"l": 1, b"c": 3, b"v": 2, b"y": 2}
CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
TRIPLE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")

Matrix = tuple[float, float, float, float, float, float]
Told = list[list[Any]]


@dataclass(frozen=True)
class Drawn:
    """A drawing of a PDF: its page's index, its alternative text, and what is drawn."""

    page: int
    alt: str
    told: Told


def drawings(reader: pypdf.PdfReader, steps: Steps) -> Iterator[Drawn]:
    """Give the drawings of a PDF in the order in which they are painted; pictures of dots are left out."""
    hashes: dict[tuple[int, int], str] = {}
    for number, page in enumerate(reader.pages):
        contents = page.get_contents()
        data = contents.get_data() if contents is not None else b""
        if b"/Alt" not in data:
            continue
        resources = page.get("/Resources") or {}
        known = _fingerprint(resources, hashes)
        for stretch in _marked(data):
            key = [hashlib.sha256(stretch).hexdigest(), known]
            alt, told = steps.take("painted", key, lambda: list(_read(stretch, resources)))  # noqa: B023
            if {each[0] for each in told} - {"image", "clip", "nothing"}:
                yield Drawn(number, alt, told)


def unmarked(reader: pypdf.PdfReader) -> Iterator[int]:
    """Give the page of each drawing that is painted as an object outside all pictures."""
    for number, page in enumerate(reader.pages):
        objects = (page.get("/Resources") or {}).get("/XObject") or {}
        contents = page.get_contents()
        if not objects or contents is None:
            continue
        data = contents.get_data()
        for stretch in _marked(data):
            data = data.replace(stretch, b"", 1)
        for name in PAINTED.findall(data):
            shown = objects.get(f"/{name.decode()}", NullObject()).get_object()
            if shown is not None and shown.get("/Subtype") == "/Form":
                yield number


def alone(reader: pypdf.PdfReader) -> Told:
    """Return what the only page of a PDF draws."""
    page = reader.pages[0]
    contents = page.get_contents()
    if contents is None:
        return []
    return _told(ContentStream(contents, reader).operations, page.get("/Resources") or {})


def same(one: Told, other: Told) -> bool:
    """Whether two drawings are one, but for how their numbers are rounded."""
    return len(one) == len(other) and all(map(_alike, one, other))


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    if isinstance(one, float | int) and isinstance(other, float | int):
        return bool(abs(one - other) <= NEAR * max(1.0, abs(one)))
    return bool(one == other)


def _marked(data: bytes) -> Iterator[bytes]:
    """Give the stretches of a page's content that have an alternative text, their marks included."""
    end = 0
    for begin in ALTERNATIVE.finditer(data):
        if begin.start() < end:
            continue
        depth = 0
        for mark in MARK.finditer(data, begin.start()):
            depth += -1 if mark[0] == b"EMC" else 1
            if depth == 0:
                end = mark.end()
                yield data[begin.start() : end]
                break
        else:
            end = len(data)
            yield data[begin.start() :]


def _read(stretch: bytes, resources: Any) -> tuple[str, Told]:
    """Return the alternative text of a stretch, and what it draws."""
    stream = DecodedStreamObject()
    stream.set_data(stretch)
    operations = ContentStream(stream, None).operations
    first = operations[0][0] if operations else []
    properties = first[1] if len(first) > 1 and isinstance(first[1], Mapping) else {}
    return str(properties.get("/Alt", "")), _told(operations, resources)


def _fingerprint(value: Any, known: dict[tuple[int, int], str], depth: int = DEEP) -> str:
    """Return the hash of what operators of a page may name.

    Parameters
    ----------
    known
        The hashes of objects that many pages name, by their number and the depth below them.
    """
    name = (value.idnum, depth) if isinstance(value, IndirectObject) else None
    if name in known:
        return known[name]
    held = value.get_object() if name else value
    parts: list[str] = []
    if isinstance(held, DictionaryObject):
        if hasattr(held, "get_data"):
            parts.append(_hash(held))
        for key in sorted(map(str, held)):
            below = depth and key not in ASIDE
            parts += [key, _fingerprint(held.raw_get(key), known, depth - 1) if below else ""]
    elif isinstance(held, list):
        parts += [_fingerprint(each, known, max(depth - 1, 0)) for each in list.__iter__(held)]
    else:
        parts.append(str(held))
    found = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    if name:
        known[name] = found
    return found


def _hash(stream: Any) -> str:
    """Return the hash of a stream as it is stored: unpacked, a picture takes many times the memory."""
    return hashlib.sha256(getattr(stream, "_data", b"")).hexdigest()


def _told(operations: Sequence[tuple[Any, bytes]], resources: Any) -> Told:
    """Tell what operations draw, in shares of the box that they begin with."""
    first: list[tuple[float, float]] = []
    for operands, operator in operations:
        if operator in (b"m", b"l"):
            first.append((float(operands[0]), float(operands[1])))
        elif operator == b"re":
            x, y, wide, high = map(float, operands)
            first += [(x, y), (x + wide, y + high)]
        elif operator in (b"W", b"W*", b"n", b"S", b"f", b"cm"):
            break
    if not first:
        return [["nothing"]] if operations else []
    left, low = min(x for x, _ in first), min(y for _, y in first)
    wide, high = max(x for x, _ in first) - left or 1.0, max(y for _, y in first) - low or 1.0
    to_box = (1 / wide, 0.0, 0.0, 1 / high, -left / wide, -low / high)
    told = list(_Teller(resources, to_box).tell(operations))
    return [["clip", wide / high], *told]


class _Teller:
    """Walks operations with the state that they change: the matrix and the font."""

    def __init__(self, resources: Any, matrix: Matrix) -> None:
        self.resources = resources.get_object() if hasattr(resources, "get_object") else resources
        self.matrix = matrix
        self.letters: Mapping[str, str] | None = None
        self.fonts: dict[str, Mapping[str, str] | None] = {}  # the letters of each, by its name
        self.kept: list[tuple[Matrix, Mapping[str, str] | None]] = []

    def tell(self, operations: Iterable[tuple[Any, bytes]]) -> Iterator[list[Any]]:
        """Tell the operations one by one."""
        for operands, operator in operations:
            name = operator.decode("ascii", "replace")
            if operator == b"q":
                self.kept.append((self.matrix, self.letters))
            elif operator == b"Q":
                self.matrix, self.letters = self.kept.pop() if self.kept else (self.matrix, self.letters)
            elif operator == b"cm":
                self.matrix = _times(_matrix(operands), self.matrix)
            elif operator in POINTS:
                yield [
                    name,
                    *(list(self._at(*pair)) for pair in zip(operands[::2], operands[1::2], strict=True)),
                ]
            elif operator == b"re":
                x, y, wide, high = map(float, operands)
                yield [name, list(self._at(x, y)), list(self._at(x + wide, y + high))]
            elif operator == b"Tm":
                yield [name, *_times(_matrix(operands), self.matrix)]
            elif operator in (b"w", b"d"):
                yield [name, *(_plain(each) for each in operands), *self.matrix[:4]]
            elif operator == b"Tf":
                font = self._named("/Font", operands[0])
                if operands[0] not in self.fonts:
                    self.fonts[operands[0]] = _letters(font)
                self.letters = self.fonts[operands[0]]
                yield [name, str(font.get("/BaseFont", "")).partition("+")[2], float(operands[1])]
            elif operator in (b"Tj", b"TJ"):
                yield [name, *self._text(operands[0])]
            elif operator == b"Do":
                yield from self._object(operands[0])
            elif operator not in (b"BDC", b"BMC", b"EMC"):
                yield [name, *(self._value(operator, each) for each in operands)]

    def _at(self, x: Any, y: Any) -> tuple[float, float]:
        a, b, c, d, e, f = self.matrix
        return (a * float(x) + c * float(y) + e, b * float(x) + d * float(y) + f)

    def _named(self, kind: str, name: Any) -> Any:
        kinds = self.resources.get(kind) or {}
        found = kinds.get_object().get(name) if hasattr(kinds, "get_object") else kinds.get(name)
        return found.get_object() if found is not None else {}

    def _text(self, shown: Any) -> Iterator[Any]:
        for part in shown if isinstance(shown, list) else [shown]:
            codes = getattr(part, "original_bytes", None)
            if codes is None and not isinstance(part, bytes):
                yield float(part)
                continue
            text = (codes if codes is not None else part).hex()
            if self.letters is None:
                yield text
            else:
                yield "".join(self.letters.get(text[at : at + 4], "?") for at in range(0, len(text), 4))

    def _object(self, name: Any) -> Iterator[list[Any]]:
        shown = self._named("/XObject", name)
        if shown.get("/Subtype") != "/Form":
            yield ["image", _hash(shown), *self.matrix]
            return
        inner = _Teller(shown.get("/Resources") or self.resources, self.matrix)
        if "/Matrix" in shown:
            inner.matrix = _times(_matrix(shown["/Matrix"]), self.matrix)
        yield ["group"]
        yield from inner.tell(ContentStream(shown, None).operations)
        yield ["end"]

    def _value(self, operator: bytes, value: Any) -> Any:
        """Tell an operand: a resource by what it is, since its name is the page's own."""
        if not isinstance(value, str) or not value.startswith("/"):
            return _plain(value)
        if operator == b"gs":
            state = self._named("/ExtGState", value)
            return [[key, _plain(state[key])] for key in sorted(state) if key in ("/CA", "/ca", "/BM", "/LW")]
        if operator in (b"scn", b"SCN"):
            return ["pattern", _plain(self._named("/Pattern", value).get("/PatternType", 0))]
        if operator == b"sh":
            return ["shading", _plain(self._named("/Shading", value).get("/ShadingType", 0))]
        if operator in (b"cs", b"CS"):
            space = self._named("/ColorSpace", value) or value
            return str(space[0]) if isinstance(space, list) else str(value)
        return str(value)


def _letters(font: Any) -> Mapping[str, str] | None:
    """Return the letters of a font by their codes in hexadecimal; None where a code is one byte."""
    if font.get("/Subtype") != "/Type0" or "/ToUnicode" not in font:
        return None
    table = font["/ToUnicode"].get_object().get_data()
    letters: dict[str, str] = {}
    for block in CHARS.findall(table):
        for code, text in PAIR.findall(block):
            letters[code.decode().lower()] = bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
    for block in RANGES.findall(table):
        for first, last, text in TRIPLE.findall(block):
            start = int(text, 16)
            for at, code in enumerate(range(int(first, 16), int(last, 16) + 1)):
                letters[f"{code:04x}"] = chr(start + at)
    return letters


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return (a, b, c, d, e, f)


def _times(one: Matrix, other: Matrix) -> Matrix:
    """Return the matrix that does one, then the other."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return float(value) if isinstance(value, float | int) else str(value)
