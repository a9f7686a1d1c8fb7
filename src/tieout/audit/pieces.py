"""Reads the runs of text of a PDF, with PDFium: where each stands, how large, and in which font."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium


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


def read_pieces(path: Path) -> Iterator[Piece]:
    """Give the runs of text of every page; drawings that are objects of their own are left out."""
    document = pdfium.PdfDocument(path)
    try:
        for number, page in enumerate(document):
            words = page.get_textpage()
            before = ""  # a sign with marks of another font is drawn in two runs, each with its text
            for run in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
                text = run_text(run, words)
                again = text == before and any(unicodedata.category(char)[0] == "M" for char in text)
                if text.strip() and not again:
                    a, b, _, _, x, y = run.get_matrix().get()
                    yield Piece(number, x, y, math.hypot(a, b), text, _font(run), run.get_bounds())
                before = text
    finally:
        document.close()


def run_text(run: Any, words: Any) -> str:
    """Return the text of a run, as PDFium reads it."""
    size = pdfium.raw.FPDFTextObj_GetText(run.raw, words.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    place = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.raw.FPDFTextObj_GetText(run.raw, words.raw, place, size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", errors="replace")


def _font(run: Any) -> str:
    font = pdfium.raw.FPDFTextObj_GetFont(run.raw)
    size = pdfium.raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.raw.FPDFFont_GetBaseFontName(font, buffer, size)
    return buffer.value.decode("utf-8", errors="replace")
