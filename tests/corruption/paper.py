"""Changes of a built PDF: its text, its order, its drawings, what it says beside them, what runs."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdf
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from tieout.audit.against import Audit
from tieout.audit.pdf import check_pdf
from tieout.audit.sheet import sheets

DRAWING = re.compile(rb"/Span<<[^>]*?/Alt\(.*?\nEMC", re.DOTALL)
Wanted = Callable[[str], bool]  # whether another change of a kind is to be made
SHOWN = re.compile(rb"BT\b.*?ET", re.DOTALL)


@dataclass(frozen=True)
class Print:
    """A PDF with one change: its kind, where it is, the bytes."""

    kind: str
    place: str
    data: bytes


def _written(writer: pypdf.PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _open(data: bytes) -> pypdf.PdfWriter:
    return pypdf.PdfWriter(clone_from=io.BytesIO(data))


def _contents(page: Any, data: bytes) -> None:
    stream = DecodedStreamObject()
    stream.set_data(data)
    page[NameObject("/Contents")] = stream


def _first(block: bytes, new: bytes) -> bytes:
    return block.replace(b"BT", new, 1)


def texts(data: bytes, pages: list[int], wanted: Wanted) -> Iterator[Print]:
    """Text moved, made invisible, covered, exchanged: on the cover, in the contents, in chapters."""
    for number in pages:
        content = _open(data).pages[number].get_contents().get_data()  # type: ignore[union-attr]
        blocks = list(SHOWN.finditer(content))
        chosen = random.Random(number).sample(blocks, min(2, len(blocks)))
        for block in chosen:
            start, end = block.span()
            changes = {
                "text left out": content[:start] + content[end:],
                "text that is invisible": content[:start]
                + block[0].replace(b"BT", b"BT 3 Tr", 1)
                + content[end:],
                "text that is white": content[:start] + block[0].replace(b"BT", b"BT 1 g", 1) + content[end:],
            }
            for kind, new in changes.items():
                if not wanted(kind):
                    continue
                writer = _open(data)
                _contents(writer.pages[number], new)
                yield Print(kind, f"page {number}", _written(writer))
        if not wanted("text that is covered"):
            continue
        writer = _open(data)
        box = writer.pages[number].mediabox
        cover = b"\nq 1 1 1 rg 0 0 %d %d re f Q" % (int(box.width), int(box.height))
        _contents(writer.pages[number], b"q " + content + b" Q" + cover)
        yield Print("text that is covered", f"page {number}", _written(writer))


def exchanged(data: bytes, pages: list[int], wanted: Wanted) -> Iterator[Print]:
    """Two numbers of a page, each set where the other belongs, in the same type."""
    for number in pages:
        if not wanted("numbers exchanged"):
            continue
        page = _open(data).pages[number]
        stream = ContentStream(page.get_contents(), None)
        shown = [each for each in _shown(page, stream) if re.fullmatch(r"[\d.,%]*\d[\d.,%]*", each[1])]
        pairs = [
            (one, other)
            for at, one in enumerate(shown)
            for other in shown[at + 1 :]
            if one[0] == other[0] and one[1] != other[1]
        ]
        for (_, text, at), (_, instead, place) in random.Random(number).sample(pairs, min(2, len(pairs))):
            if not wanted("numbers exchanged"):
                continue
            writer = _open(data)
            new = ContentStream(writer.pages[number].get_contents(), None)
            operations = list(new.operations)
            operations[at], operations[place] = operations[place], operations[at]
            new.operations = operations
            _contents(writer.pages[number], new.get_data())
            yield Print("numbers exchanged", f"page {number}: {text} and {instead}", _written(writer))


def _shown(page: Any, stream: ContentStream) -> Iterator[tuple[tuple[str, float], str, int]]:
    """Give the type and size of each text that a page shows, its words, and the place of its operation."""
    fonts = {name: _letters(font.get_object()) for name, font in page["/Resources"]["/Font"].items()}
    kind = ("", 0.0)
    for at, (operands, operator) in enumerate(stream.operations):
        if operator == b"Tf":
            kind = (str(operands[0]), float(operands[1]))
        if operator in (b"Tj", b"TJ"):
            parts = operands[0] if operator == b"TJ" else operands
            codes = b"".join(part.original_bytes for part in parts if hasattr(part, "original_bytes"))
            letters = fonts.get(kind[0], {})
            text = "".join(letters.get(codes[place : place + 2], "?") for place in range(0, len(codes), 2))
            yield kind, text, at


def _letters(font: Any) -> dict[bytes, str]:
    """Return the letters of a font by their codes of two bytes."""
    table = font["/ToUnicode"].get_object().get_data() if "/ToUnicode" in font else b""
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>", table)
    return {bytes.fromhex(code.decode()): chr(int(letter, 16)) for code, letter in pairs}


def drawings(data: bytes, wanted: Wanted) -> Iterator[Print]:
    """Drawings emptied, exchanged, changed in a number, and told of in other words."""
    places = []
    for number, page in enumerate(_open(data).pages):
        content = page.get_contents().get_data()  # type: ignore[union-attr]
        places += [(number, found.span()) for found in DRAWING.finditer(content)]
    for (number, (start, end)), (other, (begin, stop)) in zip(
        places, [*places[1:], *places[:1]], strict=True
    ):
        content = _open(data).pages[number].get_contents().get_data()  # type: ignore[union-attr]
        drawn = content[start:end]
        inside = drawn.index(b"BDC") + 3
        numbers = [found for found in re.finditer(rb"\d+\.\d+", drawn[inside:]) if found[0][:1] != b"9"]
        at = inside + random.Random(number).choice(numbers).start()
        changes = {
            "drawings emptied": drawn[:inside] + b"\nEMC",
            "a number in a drawing": drawn[:at] + b"9" + drawn[at + 1 :],
            "the words of a drawing": drawn.replace(b"/Alt(", b"/Alt(99% ", 1),
            "text hidden in a drawing": drawn[:-3] + b"BT 0 Tr ET EMC",
        }
        if other != number:
            instead = _open(data).pages[other].get_contents().get_data()[begin:stop]  # type: ignore[union-attr]
            changes["drawings exchanged"] = instead
        for kind, new in changes.items():
            if not wanted(kind):
                continue
            writer = _open(data)
            _contents(writer.pages[number], content[:start] + new + content[end:])
            yield Print(kind, f"page {number}", _written(writer))


def links(data: bytes, wanted: Wanted) -> Iterator[Print]:
    """Targets, addresses, texts of annotations; the outline and the places of names."""
    for number in range(1, len(_open(data).pages), 6):
        writer = _open(data)
        notes = [note.get_object() for note in writer.pages[number].get("/Annots") or []]
        inner = [note for note in notes if "/Dest" in note and isinstance(note["/Dest"], str)]
        if inner and number > 2:
            inner[0][NameObject("/Dest")] = TextStringObject("sec-about")
            yield Print("a link to elsewhere", f"page {number}", _written(writer))
        if inner:
            writer = _open(data)
            note = next(
                note.get_object()
                for note in writer.pages[number]["/Annots"]  # type: ignore[union-attr]
                if "/Dest" in note.get_object()
            )
            note[NameObject("/Contents")] = TextStringObject("99% of hospitals")
            yield Print("the text of an annotation", f"page {number}", _written(writer))
    for number, page in enumerate(_open(data).pages):
        if "Formula or source" not in page.extract_text():
            continue  # the ledger's rows lead back
        spots = [
            index
            for index, note in enumerate(page.get("/Annots") or [])
            if isinstance(note.get_object().get("/Dest", NullObject()).get_object(), list)
        ]
        for index in random.Random(number).sample(spots, min(3, len(spots))):
            if not wanted("a way back from the ledger"):
                continue
            writer = _open(data)
            note = writer.pages[number]["/Annots"][index].get_object()  # type: ignore[index]
            note[NameObject("/Dest")][0] = writer.pages[0].indirect_reference  # type: ignore[index]
            yield Print("a way back from the ledger", f"page {number}", _written(writer))
    for number, page in enumerate(_open(data).pages):
        for index, reference in enumerate(page.get("/Annots") or []):
            if wanted("an address") and "/A" in reference.get_object():
                writer = _open(data)
                note = writer.pages[number]["/Annots"][index].get_object()  # type: ignore[index]
                action = note["/A"].get_object()
                action[NameObject("/URI")] = TextStringObject(action["/URI"][:-1] + "9")
                yield Print("an address", f"page {number}", _written(writer))
    names = _open(data).root_object["/Names"]["/Dests"]["/Names"]  # type: ignore[index]
    places = random.Random(1).sample(range(0, len(names), 2), min(6, len(names) // 2))
    for at in sorted(places, key=lambda at: "." not in str(names[at])):  # entries, to which ties lead, first
        if not wanted("places of names exchanged"):
            continue
        writer = _open(data)
        own = writer.root_object["/Names"]["/Dests"]["/Names"]  # type: ignore[index]
        other = (at + len(names) // 4 * 2) % len(names)
        one, two = list.__getitem__(own, at + 1), list.__getitem__(own, other + 1)
        list.__setitem__(own, at + 1, two)
        list.__setitem__(own, other + 1, one)
        yield Print("places of names exchanged", str(names[at]), _written(writer))


def outline(data: bytes, wanted: Wanted) -> Iterator[Print]:
    """One title of the outline, and one target."""
    count = len(list(_items(_open(data).root_object["/Outlines"])))
    for at in random.Random(2).sample(range(count), min(5, count)):
        if not wanted("a title of the outline"):
            continue
        writer = _open(data)
        item = list(_items(writer.root_object["/Outlines"]))[at]
        item[NameObject("/Title")] = TextStringObject(f"{item['/Title']} 99")
        yield Print("a title of the outline", str(at), _written(writer))


def _items(root: Any) -> Iterator[Any]:
    item = root.get("/First")
    while item is not None:
        item = item.get_object()
        yield item
        yield from _items(item)
        item = item.get("/Next")


def metadata(data: bytes, wanted: Wanted) -> Iterator[Print]:
    """Title, author, subject and dates."""
    for key, value in {
        "/Title": "China's Medical AI in 99% of hospitals",
        "/Author": "A. N. Other",
        "/Subject": "99 hospitals",
        "/Keywords": "99%",
        "/CreationDate": "D:19990101000000Z",
        "/Note": "99%",
    }.items():
        if not wanted("what the PDF says of itself"):
            continue
        writer = _open(data)
        writer.add_metadata({key: value})
        yield Print("what the PDF says of itself", key, _written(writer))


def running(data: bytes, wanted: Wanted) -> Iterator[Print]:
    """What runs, asks or carries something."""
    writer = _open(data)
    script = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("app.alert(99)"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    yield Print("what runs or carries something", "JavaScript", _written(writer))
    if not wanted("what runs or carries something"):
        return
    writer = _open(data)
    writer.add_attachment("more.csv", b"99")
    yield Print("what runs or carries something", "an attachment", _written(writer))
    writer = _open(data)
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject("https://example.org")}
    )
    writer.root_object[NameObject("/OpenAction")] = action
    yield Print("what runs or carries something", "an action on opening", _written(writer))
    for kind in ("/FreeText", "/Text", "/Stamp", "/Widget"):
        if not wanted("what runs or carries something"):
            continue
        writer = _open(data)
        note = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject(kind),
                NameObject("/Contents"): TextStringObject("99%"),
                NameObject("/Rect"): ArrayObject(FloatObject(each) for each in (90, 90, 300, 200)),
                NameObject("/F"): NumberObject(4),
            }
        )
        page = writer.pages[min(5, len(writer.pages) - 1)]
        page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", []), writer._add_object(note)])  # type: ignore[misc]
        yield Print("what runs or carries something", kind, _written(writer))


def forms(data: bytes, pages: Sequence[int], wanted: Wanted) -> Iterator[Print]:
    """A number in a form object of its own, drawn over a page."""
    for number in pages:
        if not wanted("a form object drawn over a page"):
            continue
        writer = _open(data)
        page = writer.pages[number]
        resources = page["/Resources"].get_object()
        fonts = resources.get("/Font")
        if fonts is None:
            continue
        form = DecodedStreamObject()
        form.set_data(f"BT {next(iter(fonts.get_object()))} 20 Tf 100 400 Td (99) Tj ET".encode())
        form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        form[NameObject("/BBox")] = ArrayObject(map(FloatObject, (0, 0, 600, 800)))
        form[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        objects = resources.get("/XObject", DictionaryObject()).get_object()
        objects[NameObject("/Fm99")] = writer._add_object(form)
        resources[NameObject("/XObject")] = objects
        content = DecodedStreamObject()
        content.set_data(page.get_contents().get_data() + b"\nq /Fm99 Do Q\n")  # type: ignore[union-attr]
        page[NameObject("/Contents")] = writer._add_object(content)
        yield Print("a form object drawn over a page", f"page {number}", _written(writer))


def every(data: bytes, wanted: Wanted) -> Iterator[Print]:
    """Give all changes of a PDF, of kinds that are wanted when they come: each takes as long as its audit."""
    last = len(_open(data).pages)
    yield from texts(data, [0, 1, *range(3, last, 7)], wanted)
    yield from exchanged(data, [*range(3, last, 4)], wanted)
    yield from forms(data, [*range(2, last, 9)], wanted)
    yield from drawings(data, wanted)
    yield from links(data, wanted)
    yield from outline(data, wanted)
    yield from metadata(data, wanted)
    yield from running(data, wanted)


def caught(audit: Audit, change: Print, folder: Path) -> bool:
    """Whether the audit finds something wrong with the PDF."""
    path = folder / "changed.pdf"
    path.write_bytes(change.data)
    return bool(
        check_pdf(path, audit.site, audit.published, sheets(audit.site, audit.expected), audit.folder)[1]
    )
