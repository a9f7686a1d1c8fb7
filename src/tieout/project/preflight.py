"""What of a chapter would keep a build busy for minutes, told before its first step."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from tieout.machine.limits import size
from tieout.machine.reading import NO_TEXT
from tieout.markdown.preflight import Excess, excesses, tables_in_tables
from tieout.notebooks import Cell
from tieout.notebooks.outputs import PRINTED
from tieout.problems import Problem
from tieout.project.files import Files

SHOWN_AS_TEXT = ("text/markdown", "text/plain", "text/latex")
TAKE_OUT = "take it out"


def excessive(files: Files, name: PurePosixPath) -> Iterator[Problem]:
    """Give what is too much in a chapter, with its file, line and cell.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    shown = str(name)
    if name.suffix != ".ipynb":
        yield from _in_text(files.text(name), shown)
        return
    notebook = files.notebook(name)
    for cell in notebook.cells:
        if cell.kind != "code":
            for found in excesses(cell.source):
                yield _problem(found, shown, notebook.line(cell.index, found.line), cell.name)
        for what, hint in _outputs(cell):
            line = notebook.line(cell.index)
            yield Problem(what, hint, path=shown, line=line, rule="excess", where=cell.name)


def _in_text(text: str, name: str) -> Iterator[Problem]:
    odd = NO_TEXT.search(text)
    if odd:
        what = f"has the character U+{ord(odd[0]):04X}, which is no text"
        line = text.count("\n", 0, odd.start()) + 1
        yield Problem(what, TAKE_OUT, path=name, line=line, rule="excess")
    for found in excesses(text):
        yield _problem(found, name, found.line)


def _outputs(cell: Cell) -> Iterator[tuple[str, str]]:
    total = 0
    for output in cell.outputs:
        data = output.get("data")
        shown = data if isinstance(data, dict) else {}
        total += sum(len(_joined(shown.get(mime, ""))) for mime in SHOWN_AS_TEXT)
        for found in tables_in_tables(_joined(shown.get("text/html", ""))):
            yield f"its output {found.what}", found.hint
        if len(_joined(shown.get("text/markdown", ""))) <= PRINTED:
            for found in excesses(_joined(shown.get("text/markdown", ""))):
                yield f"its output {found.what}", found.hint
    if total > PRINTED:
        hint = "print less: a part of it, or a table of what matters"
        yield f"shows {size(total)} of text, which no page can hold", hint


def _joined(text: Any) -> str:
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def _problem(found: Excess, name: str, line: int, where: str = "") -> Problem:
    return Problem(found.what, found.hint, path=name, line=line, rule="excess", where=where)
