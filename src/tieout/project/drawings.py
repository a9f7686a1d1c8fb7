"""Drawings as the PDF has them: each is set by itself, in fonts that come along, whatever the machine has.

One pair of fonts, Tieout Sans and Tieout Serif, sets charts and the PDF, and pages have the same letters;
`make fonts` makes them. No font of the machine is ever looked at.
"""

from __future__ import annotations

import re
from pathlib import Path

from tieout.machine import write
from tieout.machine.typesetting import drawn

DRAWN, SERIF = b"Tieout Sans", b"Tieout Serif"
FONTS = Path(__file__).parent / "fonts"
LAID = Path(".tieout") / "fonts"
GENERIC = re.compile(rb"(\bfont(?:-family)?\s*[:=][^<>;]*?)\b(sans-)?serif\b")
ROOT = re.compile(rb"<svg(?=\s)(?![^>]*\bfont-family=)")


def lay_fonts(root: Path) -> None:
    """Lay our fonts into a project's `.tieout/fonts`, where the extension has Typst look for them."""
    for path in sorted(FONTS.glob("*.ttf")):
        write(root / LAID / path.name, path.read_bytes(), LAID / path.name)


def font_folders() -> tuple[Path, ...]:
    """Return the folders of fonts that Typst is given beside its own."""
    return (FONTS,)


def named(drawing: bytes) -> bytes:
    """Return a drawing whose text names fonts that are there: for `serif` Typst takes that of the page."""
    fonts = GENERIC.sub(lambda found: found[1] + (DRAWN if found[2] else SERIF), drawing)
    return ROOT.sub(b'<svg font-family="' + DRAWN + b'"', fonts, count=1)


def as_pdf(drawing: bytes) -> bytes:
    """Return an SVG drawing as a PDF of its own, with its fonts in it.

    Raises
    ------
    ValueError
        It is no drawing; with Typst's words.
    """
    return drawn(named(drawing), [str(path) for path in font_folders()])
