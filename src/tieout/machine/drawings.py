"""Drawings as the PDF has them: each is set by itself, in fonts that come along, whatever the machine has.

Charts are measured in Liberation Sans, which their renderer brings along. Arimo is the same design with the
same widths, and comes as a package; no font of the machine is ever looked at.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

import fontpkg_arimo

DRAWN = b"Arimo"
GENERIC = re.compile(rb"(\bfont(?:-family)?\s*[:=][^<>;]*?)\bsans-serif\b")
ROOT = re.compile(rb"<svg(?=\s)(?![^>]*\bfont-family=)")


def font_folders() -> tuple[Path, ...]:
    """Return the folders of fonts that Typst is given beside its own."""
    return (Path(fontpkg_arimo.ROOT) / "files",)


def named(drawing: bytes) -> bytes:
    """Return a drawing whose text names a font that is there: Typst takes a serif one for `sans-serif`."""
    return ROOT.sub(b'<svg font-family="' + DRAWN + b'"', GENERIC.sub(rb"\1" + DRAWN, drawing), count=1)


@functools.cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[str(path) for path in font_folders()])


def as_pdf(drawing: bytes) -> bytes:
    """Return an SVG drawing as a PDF of its own, with its fonts in it.

    Raises
    ------
    ValueError
        It is no drawing; with Typst's words.
    """
    import typst

    page = b'#set page(width: auto, height: auto, margin: 0pt)\n#image("drawing.svg")'
    files: Any = {"main": page, "drawing.svg": named(drawing)}  # the types of the wheel know no folder
    try:
        made = typst.compile(files, format="pdf", font_paths=_fonts(), timestamp=0)
    except (typst.TypstError, RuntimeError) as error:
        raise ValueError(str(getattr(error, "message", "") or error)) from None
    assert isinstance(made, bytes)
    return made
