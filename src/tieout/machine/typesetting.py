"""Sets documents and drawings with Typst: in the fonts that it is given and its own, without packages.

Run as a program it does the tasks that stand on its input, a line of JSON each, and answers each with one, so
that it can be ended when it takes too much; it imports nothing but Typst. Of a document that is like the last
Typst sets only what has changed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def drawn(drawing: bytes, fonts: Sequence[str]) -> bytes:
    """Return an SVG drawing as a PDF of its own, with its fonts in it.

    Parameters
    ----------
    drawing
        The drawing. Texts whose fonts are not there are set in that of the book's drawings.
    fonts
        Folders of fonts.

    Raises
    ------
    ValueError
        It is no drawing; with Typst's words.
    """
    import typst

    page = b"""
#set page(width: auto, height: auto, margin: 0pt)
#set text(font: "Tieout Sans")
#image("drawing.svg")"""
    files: Any = {"main": page, "drawing.svg": drawing}  # the types of the wheel know no folder
    known = typst.Fonts(include_system_fonts=False, font_paths=list(fonts))
    try:
        made = typst.compile(files, format="pdf", font_paths=known, timestamp=0)
    except (typst.TypstError, RuntimeError) as error:
        raise ValueError(str(getattr(error, "message", "") or error)) from None
    assert isinstance(made, bytes)
    return made


def _typeset(task: Mapping[str, Any]) -> dict[str, str] | None:
    import typst

    packages = str(Path(task["root"]) / ".packages")  # there are none
    compiler = typst.Compiler(
        task["source"],
        root=task["root"],
        font_paths=typst.Fonts(include_system_fonts=False, font_paths=task["fonts"]),
        package_path=packages,
        package_cache_path=packages,
    )
    try:
        data = compiler.compile(format="pdf", timestamp=task["timestamp"], pdf_standards=task["standards"])
    except (typst.TypstError, RuntimeError) as error:
        said = " ".join(str(getattr(error, "diagnostic", "") or error).split())
        return {"message": str(getattr(error, "message", "")), "diagnostic": said}
    assert isinstance(data, bytes)
    Path(task["target"]).write_bytes(data)
    return None


def _draw(task: Mapping[str, Any]) -> dict[str, str] | None:
    """Set each new drawing by itself, and say its name first: it may be the one that is too much."""
    for name in task["drawings"]:
        Path(task["drawing"]).write_text(name, encoding="utf-8")
        try:
            drawn((Path(task["root"]) / name).read_bytes(), task["fonts"])
        except ValueError as error:
            return {"drawing": name, "message": str(error)}
    Path(task["drawing"]).unlink(missing_ok=True)
    return None


def main() -> None:
    """Do each task; say of each what is wrong, if anything is."""
    for line in sys.stdin:
        task = json.loads(line)
        print(json.dumps(_draw(task) or _typeset(task)), flush=True)


if __name__ == "__main__":
    main()
