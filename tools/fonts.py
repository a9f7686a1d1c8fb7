"""Makes the fonts of the theme: IBM Plex Sans and Serif, cut to Latin and Cyrillic, under names of our own.

`make fonts` runs it with what it needs. The licence, which lies beside them as `OFL.txt`, keeps the name of
the original for the original: what is cut down is Tieout Sans and Tieout Serif. Same packages, same bytes.
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
    "latin": "20-7E,A0-131,152-153,160-161,178,17D-17E,2C6,2DA,2DC,2002-200B,2010-2015,2018-201E,2020-2022,"
    "2026,202F,2030,2032-2033,2039-203A,2044,2070-208E,20AC,2116,2122,2190-2193,2212,2248,2260,2264-2265,"
    "FB01-FB02",
    "cyrillic": "301,400-45F,490-491,20B4",
}
CUTS = {
    "sans": ("fontpkg_ibm_plex_sans", "IBMPlexSans[wdth,wght].ttf", {"wdth": 100, "wght": (400, 700)}),
    "serif": ("fontpkg_ibm_plex_serif", "IBMPlexSerif-Regular.ttf", None),
    "serif-italic": ("fontpkg_ibm_plex_serif", "IBMPlexSerif-Italic.ttf", None),
    "serif-semibold": ("fontpkg_ibm_plex_serif", "IBMPlexSerif-SemiBold.ttf", None),
}
NAMED = (1, 3, 4, 6, 16, 25)  # family, unique, full, PostScript, typographic family, prefix of variations


def main(folder: Path) -> None:
    """Write the fonts and their licence into a folder."""
    for name, (package, file, axes) in CUTS.items():
        spec = importlib.util.find_spec(package)
        assert spec and spec.origin, package
        home = Path(spec.origin).parent
        (folder / "OFL.txt").write_bytes((home / "LICENSE").read_bytes().replace(b"\r\n", b"\n"))
        for script, codes in SCRIPTS.items():
            font = _cut(home / "files" / file, axes)
            options = subset.Options(layout_features=FEATURES, hinting=False, notdef_outline=True)
            cutter = subset.Subsetter(options)
            cutter.populate(unicodes=_codes(codes))
            cutter.subset(font)
            _rename(font, f"Tieout {name.partition('-')[0].title()}")
            font.flavor = "woff2"
            font.save(folder / f"{name}-{script}.woff2")


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
    main(Path(sys.argv[1]))
