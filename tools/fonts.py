"""Makes the one pair of fonts, Tieout Sans and Tieout Serif, from IBM Plex: small for pages, whole for paper.

`make fonts` runs it with what it needs. Pages get Latin and Cyrillic as WOFF2; charts and the PDF get every
letter there is as TrueType. The licence, which lies beside them as `OFL.txt`, keeps the name of the original
for the original. Same packages, same bytes.
"""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

FEATURES = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "sups", "subs", "frac", "tnum", "lnum"]
SCRIPTS = {
    "latin": "20-7E,A0,A7,A9,AB,AD,B0-B3,B7,BB,D7,F7,2002-200B,2010-2015,2018-201E,2020-2022,2026,202F,2030,"
    "2032-2033,2039-203A,2044,20AC,2116,2122,2190-2193,2212,2248,2260,2264-2265",
    "letters": "A1-A6,A8,AA,AC,AE-AF,B4-B6,B8-BA,BC-D6,D8-F6,F8-131,152-153,160-161,178,17D-17E,2C6,2DA,2DC,"
    "2070-208E,FB01-FB02",
    "cyrillic": "301,401,404,406-407,410-44F,451,454,456-457,490-491,20B4",
    "slavic": "400,402-403,405,408-40F,450,452-453,455,458-45F",
}
SANS, SERIF = "fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_serif"
CUTS = {
    "sans": (SANS, "IBMPlexSans[wdth,wght].ttf", {"wdth": 100, "wght": (400, 700)}),
    "serif": (SERIF, "IBMPlexSerif-Regular.ttf", None),
    "serif-italic": (SERIF, "IBMPlexSerif-Italic.ttf", None),
    "serif-semibold": (SERIF, "IBMPlexSerif-SemiBold.ttf", None),
}
PAPER = {
    "sans-regular": (SANS, "IBMPlexSans[wdth,wght].ttf", {"wdth": 100, "wght": 400}),
    "sans-bold": (SANS, "IBMPlexSans[wdth,wght].ttf", {"wdth": 100, "wght": 600}),
    "sans-italic": (SANS, "IBMPlexSans-Italic[wdth,wght].ttf", {"wdth": 100, "wght": 400}),
    "serif-regular": (SERIF, "IBMPlexSerif-Regular.ttf", None),
    "serif-bold": (SERIF, "IBMPlexSerif-SemiBold.ttf", None),
    "serif-italic": (SERIF, "IBMPlexSerif-Italic.ttf", None),
    "serif-bolditalic": (SERIF, "IBMPlexSerif-SemiBoldItalic.ttf", None),
}
STYLES = {"regular": "Regular", "bold": "Bold", "italic": "Italic", "bolditalic": "Bold Italic"}
KEPT = (0, 1, 2, 3, 4, 5, 6, 13, 14)  # names of a font for paper: of a family with four styles
NAMED = (1, 3, 4, 6, 16, 25)  # family, unique, full, PostScript, typographic family, prefix of variations


def main(pages: Path, paper: Path) -> None:
    """Write the fonts and their licence into the folders of pages and of paper."""
    for name, (package, file, axes) in CUTS.items():
        home = _home(package)
        (pages / "OFL.txt").write_bytes((home / "LICENSE").read_bytes().replace(b"\r\n", b"\n"))
        for script, codes in SCRIPTS.items():
            font = _cut(home / "files" / file, axes)
            _subset(font, _codes(codes))
            _rename(font, f"Tieout {name.partition('-')[0].title()}")
            font.flavor = "woff2"
            font.save(pages / f"{name}-{script}.woff2")
    (paper / "OFL.txt").write_bytes((pages / "OFL.txt").read_bytes())
    for name, (package, file, axes) in PAPER.items():
        font = _cut(_home(package) / "files" / file, axes)
        _subset(font, sorted(font.getBestCmap()))
        _style(font, *name.split("-"))
        font.save(paper / f"{name}.ttf")


def _home(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    assert spec and spec.origin, package
    return Path(spec.origin).parent


def _subset(font: TTFont, codes: list[int]) -> None:
    cutter = subset.Subsetter(subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True))
    cutter.populate(unicodes=codes)
    cutter.subset(font)


def _style(font: TTFont, family: str, style: str) -> None:
    """Make a font one of the four styles of its family; the bold one is semi-bold, as on pages."""
    full = f"Tieout {family.title()}"
    font["name"].names = [each for each in font["name"].names if each.nameID in KEPT]
    _rename(font, full)
    for record in font["name"].names:
        if record.nameID == 2:
            record.string = STYLES[style]
        elif record.nameID == 6:
            record.string = f"{full.replace(' ', '')}-{STYLES[style].replace(' ', '')}"
    bold, italic = "bold" in style, "italic" in style
    font["OS/2"].usWeightClass = 700 if bold else 400
    font["OS/2"].fsSelection = bold << 5 | italic | (not (bold or italic)) << 6
    font["head"].macStyle = bold | italic << 1


def _cut(path: Path, axes: dict[str, object] | None) -> TTFont:
    font = TTFont(path, recalcTimestamp=False)
    if not axes:
        return font
    saved = io.BytesIO()
    instancer.instantiateVariableFont(font, axes).save(saved)
    saved.seek(0)
    return TTFont(saved, recalcTimestamp=False)


def _codes(text: str) -> list[int]:
    found: list[int] = []
    for part in text.split(","):
        low, _, high = part.partition("-")
        found += range(int(low, 16), int(high or low, 16) + 1)
    return found


def _rename(font: TTFont, family: str) -> None:
    for record in font["name"].names:
        if record.nameID in NAMED:
            record.string = family if record.nameID != 6 else family.replace(" ", "")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
