"""The fonts that the PDF is set in: those in Typst's wheel, and one for the text of drawings.

Charts are measured in Liberation Sans, which their renderer brings along. Arimo is the same design with the
same widths, and comes as a package; no font of the machine is ever looked at.
"""

from __future__ import annotations

import re
from pathlib import Path

import fontpkg_arimo

DRAWN = b"Arimo"
GENERIC = re.compile(rb"(\bfont(?:-family)?\s*[:=][^<>;]*?)\bsans-serif\b")
ROOT = re.compile(rb"<svg(?=\s)(?![^>]*\bfont-family=)")


def folders() -> tuple[Path, ...]:
    """Return the folders of fonts that Typst is given beside its own."""
    return (Path(fontpkg_arimo.ROOT) / "files",)


def named(drawing: bytes) -> bytes:
    """Return a drawing whose text names a font that is there: Typst takes a serif one for `sans-serif`."""
    return ROOT.sub(b'<svg font-family="' + DRAWN + b'"', GENERIC.sub(rb"\1" + DRAWN, drawing), count=1)
