"""Reads the runs of text of a PDF, with PDFium: where each stands, how large, and in which font."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from tieout.audit.unset import place, texts_with_gaps

# The halves of a sign, as PDFium has them in text from right to left.
TURNED = re.compile("([\udc00-\udfff])([\ud800-\udbff])")


@dataclass(frozen=True)
class Piece:
    """A run of text on a page of the PDF: its place in points from the lower left, its scale, its box."""

    page: int
    x: float
    y: float
    scale: float
    text: str
    font: str = ""
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


def read_pieces(path: Path, boxes: list[int] | None = None) -> Iterator[Piece]:
    """Give the runs of text of every page; those of drawings are left out.

    To ``boxes`` the pages are added that have boxes in place of signs.
    """
    document = pdfium.PdfDocument(path)
    try:
        for number, page in enumerate(document):
            words = page.get_textpage()
            fonts: dict[int, str] = {}  # by their places in memory, which are theirs while the page is open
            before = ""  # a sign with marks of another font is drawn in two runs, each with its text
            runs = [*_runs(page)]
            gaps = texts_with_gaps(words, runs)
            if gaps and boxes is not None:
                boxes.append(number)
            for run in runs:
                text = gaps.get(place(run)) or run_text(run, words)
                again = text == before and any(unicodedata.category(char)[0] == "M" for char in text)
                if (text.strip() and not again) or place(run) in gaps:
                    yield _piece(number, run, text, fonts)
                before = text
    finally:
        document.close()


def _runs(page: Any) -> Iterator[Any]:
    """Give the runs of text of a page as PDFium's own objects: to wrap them takes longer than to read."""
    for index in range(raw.FPDFPage_CountObjects(page.raw)):
        run = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(run) == raw.FPDF_PAGEOBJ_TEXT and not is_drawing(run):
            yield run


def is_drawing(shown: Any) -> bool:
    """Whether something on a page is part of a picture: these have an alternative text as a whole."""
    for at in range(raw.FPDFPageObj_CountMarks(shown)):
        mark = raw.FPDFPageObj_GetMark(shown, at)
        size = ctypes.c_ulong()
        if raw.FPDFPageObjMark_GetParamStringValue(mark, b"Alt", None, 0, size) and size.value:
            return True
    return False


def _piece(page: int, run: Any, text: str, fonts: dict[int, str]) -> Piece:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(run, matrix)
    sides = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(run, *sides)
    left, low, right, high = (side.value for side in sides)
    scale = math.hypot(matrix.a, matrix.b)
    return Piece(page, matrix.e, matrix.f, scale, text, _font(run, fonts), (left, low, right, high))


def run_text(run: Any, words: Any) -> str:
    """Return the text of a run, as PDFium reads it: most are short, and are asked for once."""
    room = 256
    while True:
        buffer = (ctypes.c_ushort * room)()
        size = raw.FPDFTextObj_GetText(run, words.raw, buffer, room * 2)
        if size <= room * 2:
            text = bytes(buffer)[: max(size - 2, 0)].decode("utf-16-le", errors="surrogatepass")
            whole = TURNED.sub(r"\2\1", text) if TURNED.search(text) else text
            return whole.encode("utf-16-le", "surrogatepass").decode("utf-16-le", errors="replace")
        room = size


def _font(run: Any, known: dict[int, str]) -> str:
    font = raw.FPDFTextObj_GetFont(run)
    place = ctypes.cast(font, ctypes.c_void_p).value or 0
    if place not in known:
        size = raw.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFFont_GetBaseFontName(font, buffer, size)
        known[place] = buffer.value.decode("utf-8", errors="replace")
    return known[place]
