"""A PDF as it is read: its chapters, its runs of text, and the links within it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdf
from pypdf.generic import NameObject

from tieout.audit.flow import plain
from tieout.audit.pieces import Piece, read_pieces
from tieout.audit.unset import set_signs
from tieout.harmless.emoji import on_paper

HYPHEN = "\ufffe"  # PDFium's at the end of a line
SLACK = 1.0  # points; how far a text may start outside the rectangle of its link


@dataclass(frozen=True)
class Link:
    """A link within the PDF: its page and rectangle, its target's name, or where that has none its spot."""

    page: int
    name: str | None
    box: tuple[float, float, float, float]
    spot: tuple[int, float, float] | None = None

    def holds(self, piece: Piece) -> bool:
        """Whether a run of text starts in the rectangle."""
        left, low, right, high = self.box
        inside = left - SLACK <= piece.x < right - 0.01 and low - SLACK <= piece.y <= high + SLACK
        return piece.page == self.page and inside


@dataclass(frozen=True)
class Part:
    """A chapter of the PDF: its title and where it begins."""

    title: str
    page: int
    top: float


@dataclass(frozen=True)
class Document:
    """A PDF, read."""

    parts: tuple[Part, ...]
    pieces: tuple[Piece, ...]
    links: tuple[Link, ...]
    labels: tuple[str, ...]
    reader: pypdf.PdfReader = field(repr=False)
    boxes: tuple[int, ...] = ()  # the pages that have boxes in place of signs
    unset: frozenset[str] = frozenset()  # the signs that are known to have none

    @classmethod
    def read(cls, path: Path) -> Document:
        """Read a PDF; `pypdf.errors.PdfReadError` where it is none."""
        reader = pypdf.PdfReader(path)
        links = [link for number, page in enumerate(reader.pages) for link in _links(reader, page, number)]
        parts, labels = tuple(_parts(reader)), tuple(reader.page_labels)
        boxes: list[int] = []
        document = cls(parts, tuple(read_pieces(path, boxes)), tuple(links), labels, reader)
        return document._without_boxes(boxes) if boxes else document

    def readable(self, text: str) -> str:
        """Return a text as it can be read in the PDF: without the signs that none of its fonts has."""
        if not self.boxes:
            return text
        return "".join(sign for sign in on_paper(text) if self._is_set(sign))

    def _is_set(self, sign: str) -> bool:
        return sign.isascii() or sign in self._set

    @cached_property
    def _set(self) -> frozenset[str]:
        return set_signs(self.reader) | {HYPHEN}

    def _without_boxes(self, boxes: Sequence[int]) -> Document:
        """Return the PDF with the text that can be read in it."""
        document = replace(self, boxes=tuple(boxes))
        unset = {sign for piece in self.pieces for sign in piece.text if not document._is_set(sign)}
        gaps = str.maketrans(dict.fromkeys(unset, " "))
        pieces = tuple(replace(piece, text=piece.text.translate(gaps)) for piece in self.pieces)
        return replace(document, pieces=pieces, unset=frozenset(unset))

    def within(self, part: int) -> tuple[list[Piece], list[Link]]:
        """Return the text and the links of a chapter, in order."""
        first = self.parts[part]
        last = self.parts[part + 1] if part + 1 < len(self.parts) else None

        def inside(page: int, y: float) -> bool:
            after = page > first.page or (page == first.page and y <= first.top + SLACK)
            return after and (
                last is None or page < last.page or (page == last.page and y > last.top + SLACK)
            )

        pages = range(first.page, (last.page if last else len(self.labels)) + 1)
        pieces, links = self._by_page
        return (
            [piece for page in pages for piece in pieces[page] if inside(page, piece.y)],
            [link for page in pages for link in links[page] if inside(page, link.box[1])],
        )

    def links_of(self, page: int) -> list[Link]:
        """Return the links that stand on a page."""
        return self._by_page[1].get(page, [])

    @cached_property
    def _by_page(self) -> tuple[Mapping[int, list[Piece]], Mapping[int, list[Link]]]:
        pieces: dict[int, list[Piece]] = defaultdict(list)
        links: dict[int, list[Link]] = defaultdict(list)
        for piece in self.pieces:
            pieces[piece.page].append(piece)
        for link in self.links:
            links[link.page].append(link)
        return pieces, links


def _parts(reader: pypdf.PdfReader) -> Iterator[Part]:
    for item in reader.outline:
        if isinstance(item, list):
            continue
        page = reader.get_destination_page_number(item)
        if page is not None and page >= 0:
            top = item.top
            yield Part(plain(str(item.title)), page, float(top) if top is not None else 1e9)


def _links(reader: pypdf.PdfReader, page: Any, number: int) -> Iterator[Link]:
    for reference in page.get("/Annots") or []:
        annotation = reference.get_object()
        if annotation.get("/Subtype") != NameObject("/Link"):
            continue
        target = annotation.get("/Dest")
        action = annotation.get("/A")
        if target is None and action is not None and action.get("/S") == "/GoTo":
            target = action.get("/D")
        if target is None:
            continue
        target = target.get_object() if hasattr(target, "get_object") else target
        name = str(target) if isinstance(target, str) else None
        spot = _spot(reader, target) if name is None else None
        yield from (Link(number, name, box, spot) for box in _boxes(annotation))


def _boxes(annotation: Any) -> Iterator[tuple[float, float, float, float]]:
    """Give the rectangles of a link: one a line."""
    corners = [float(value) for value in annotation.get("/QuadPoints") or ()]
    for at in range(0, len(corners) - 7, 8):
        x, y = corners[at : at + 8 : 2], corners[at + 1 : at + 8 : 2]
        yield min(x), min(y), max(x), max(y)
    if len(corners) < 8:
        left, low, right, high = (float(value) for value in annotation["/Rect"])
        yield left, low, right, high


def _spot(reader: pypdf.PdfReader, target: Any) -> tuple[int, float, float] | None:
    """Return the page and the point that an explicit destination is at."""
    if not isinstance(target, list) or len(target) < 4 or target[1] != "/XYZ":
        return None
    page = target[0].get_object() if hasattr(target[0], "get_object") else None
    number = reader.get_page_number(page) if page is not None else None
    return None if number is None else (number, float(target[2] or 0), float(target[3] or 0))
