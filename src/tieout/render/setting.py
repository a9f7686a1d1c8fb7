"""Typst in a process of its own, which can be ended when it takes too much.

The child is `tieout.machine.typesetting`. It sees the fonts that Tieout
ships, those beside the document and no others, has no packages, and reaches no network.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tieout.machine import Limits, Standing, TooMuch, typesetting
from tieout.machine.steps import Steps
from tieout.machine.store import code_hash, file_hash, installed, key_of, version
from tieout.problems import InputError
from tieout.project.drawings import font_folders

OWN_FONTS = ".fonts"  # beside the document: those of the project
SOURCE = Path(__file__).parents[1]
RAISE = "raise `tieout: limits:` in _quarto.yml"
NOWHERE = "http://127.0.0.1:9"  # the port of RFC 863, where nothing answers


class Refused(Exception):
    """What Typst says against a document: its message, and its whole diagnostic."""


class Typesetter:
    """Typst, started at its first document; one that is like it is then set in a part of the time."""

    def __init__(self) -> None:
        names = [f"{way}_proxy" for way in ("http", "https", "all")]
        proxies = dict.fromkeys((*names, *(name.upper() for name in names)), NOWHERE)
        offline = {**os.environ, **proxies, "no_proxy": "", "NO_PROXY": ""}
        # By its file, without the folder on the path: its package imports what Typst does not need.
        self._program = Standing([sys.executable, "-P", typesetting.__file__], offline)

    def close(self) -> None:
        """Let go of it until the next document."""
        self._program.dismiss()

    def typeset(
        self,
        source: Path,
        root: Path,
        timestamp: int,
        limits: Limits,
        steps: Steps,
        standards: Sequence[str] = (),
    ) -> bytes:
        """Return the PDF of a Typst document, made once of the same files.

        Parameters
        ----------
        source, root
            The document, and the folder that holds it and all it shows.
        timestamp
            The moment that the PDF carries, in seconds since 1970.
        limits
            What Typst may take.
        steps
            Keep the PDF, and which drawings can be set.
        standards
            What Typst shall hold the document to, and claim in it: ``ua-1``.

        Raises
        ------
        Refused
            Typst cannot make a document of it.
        InputError
            It takes too much.
        """
        files = sorted(path for path in root.rglob("*") if path.is_file())
        made = [version("typst"), code_hash(SOURCE), installed()]
        key = key_of(
            "pdf",
            made,
            timestamp,
            list(standards),
            [[path.relative_to(root).as_posix(), file_hash(path)] for path in files],
        )
        known = steps.recall("pdf", key)
        if known is not None:
            return known
        drawings = {path: key_of("drawing", made, file_hash(path)) for path in files if path.suffix == ".svg"}
        new = [path for path, name in drawings.items() if steps.recall("drawing", name) is None]
        data = self._made(source, root, timestamp, limits, standards, new)
        for path in new:
            steps.keep("drawing", drawings[path], b"1", path.name)
        steps.keep("pdf", key, data)
        return data

    def _made(
        self,
        source: Path,
        root: Path,
        timestamp: int,
        limits: Limits,
        standards: Sequence[str],
        drawings: Sequence[Path],
    ) -> bytes:
        target = root / "book.pdf"
        task = {
            "source": str(source),
            "root": str(root),
            "timestamp": timestamp,
            "target": str(target),
            "standards": list(standards),
            "drawings": [path.relative_to(root).as_posix() for path in drawings],
            "drawing": str(root / "drawing.txt"),
            "fonts": [str(path) for path in (*font_folders(), root / OWN_FONTS) if path.is_dir()],
        }
        try:
            wrong = self._asked(task, limits)
        except TooMuch as error:
            drawing = root / "drawing.txt"
            if drawing.is_file():
                what, hint = f"the drawing {error} for the PDF", f"draw fewer points, or {RAISE}"
                name = drawing.read_text(encoding="utf-8")
                raise InputError(what, hint, path=name, rule="limit") from None
            what, hint = f"Typst {error} for the PDF", f"split the book, or {RAISE}"
            raise InputError(what, hint, path="_quarto.yml", rule="typst") from None
        if wrong and "drawing" in wrong:
            what = f"the drawing cannot be set: {wrong['message']}"
            hint = "make it anew; it should be valid SVG"
            raise InputError(what, hint, path=wrong["drawing"], rule="picture")
        if wrong:
            raise Refused(wrong["message"], wrong["diagnostic"])
        return target.read_bytes()

    def _asked(self, task: Mapping[str, Any], limits: Limits) -> dict[str, str] | None:
        """Return what is wrong with a document, if anything is."""
        try:
            answer: dict[str, str] | None = json.loads(self._program.ask(json.dumps(task).encode(), limits))
        except OSError as error:
            raise InputError(f"what makes the PDF ended: {error}", "run again", rule="pdf") from None
        return answer
