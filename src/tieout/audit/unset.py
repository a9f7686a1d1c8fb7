"""Signs that no font of a PDF has: boxes stand in their place, and the first of each font says nothing.

Typst writes all of them as the first glyph of a font, which is a box. That glyph has no text of its own; what
the second such sign of a font says stands beside it, and of the first one nothing does. So a text with these
signs cannot be read back: they are left out of both sides of a comparison.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Collection, Iterator
from typing import Any

import pypdf
from pypdfium2 import raw

MAPPED = re.compile(r"<[0-9A-Fa-f]+>\s*<([0-9A-Fa-f]+)>")


def texts_with_gaps(words: Any, runs: Collection[Any]) -> dict[int, str]:
    """Return the texts of the runs that have signs which say nothing, by `place`; these are spaces.

    Parameters
    ----------
    words
        The page's text, as PDFium reads it.
    runs
        The runs that are looked at: pictures have fonts of their own.
    """
    count = raw.FPDFText_CountChars(words.raw)
    if count <= 0 or raw.FPDFText_GetText(words.raw, 0, count, (ctypes.c_ushort * (2 * count + 1))()) > count:
        return {}  # each sign says something
    own = {place(run) for run in runs}
    signs = [raw.FPDFText_GetUnicode(words.raw, at) for at in range(count)]
    holders = [place(raw.FPDFText_GetTextObject(words.raw, at)) for at in range(count)]
    silent = {holder for sign, holder in zip(signs, holders, strict=True) if sign == 0 and holder in own}
    found = dict.fromkeys(silent, "")
    for sign, holder in zip(signs, holders, strict=True):
        if holder in found:
            found[holder] += chr(sign) if sign else " "
    return found


def place(run: Any) -> int:
    """Return where a run of text lies in memory, which is its own while the page is open."""
    return ctypes.cast(run, ctypes.c_void_p).value or 0


def set_signs(reader: pypdf.PdfReader) -> frozenset[str]:
    """Return the signs that glyphs of a PDF's fonts are for, those of pictures left out."""
    return frozenset(sign for table in _tables(reader) for sign in _signs(table))


def _tables(reader: pypdf.PdfReader) -> Iterator[str]:
    """Give what each font of the pages says of the text of its glyphs."""
    known: set[Any] = set()
    for page in reader.pages:
        fonts: Any = (page.get("/Resources") or {}).get("/Font")
        for font in fonts.get_object().values() if fonts is not None else ():
            table = font.get_object().get("/ToUnicode")
            if table is not None and id(table.get_object()) not in known:
                known.add(id(table.get_object()))
                yield table.get_object().get_data().decode("latin-1")


def _signs(table: str) -> Iterator[str]:
    for part in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for found in MAPPED.finditer(part):
            yield from bytes.fromhex(found[1]).decode("utf-16-be", "ignore")
