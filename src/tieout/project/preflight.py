"""What of a chapter would keep a build busy for minutes, told before its first step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tieout.machine.limits import size
from tieout.machine.reading import NO_TEXT
from tieout.markdown.preflight import Excess, excesses
from tieout.problems import Problem
from tieout.project.configuration import read_text
from tieout.project.frontmatter import Places, load_notebook, source_of

PRINTED = 1_000_000  # characters that one cell may show as text: what a page of a book cannot hold
SHOWN_AS_TEXT = ("text/markdown", "text/plain", "text/latex")
TAKE_OUT = "take it out"


def excessive(path: Path, name: str) -> Iterator[Problem]:
    """Give what is too much in a chapter, with its file, line and cell.

    Raises
    ------
    InputError
        The file cannot be read.
    """
    text = read_text(path, name)
    if path.suffix != ".ipynb":
        yield from _in_text(text, name)
        return
    places = Places(text)
    for index, cell in enumerate(load_notebook(path, name)["cells"]):
        source = source_of(cell)
        lines = places.find(source)
        first = lines[0] if lines else 1
        where = f"cell {index + 1}"
        if cell["cell_type"] != "code":
            for found in excesses(source):
                yield _problem(found, name, lines[min(found.line, len(lines)) - 1] if lines else 1, where)
        for what, hint in _outputs(cell):
            yield Problem(what, hint, path=name, line=first, rule="excess", where=where)


def _in_text(text: str, name: str) -> Iterator[Problem]:
    odd = NO_TEXT.search(text)
    if odd:
        what = f"has the character U+{ord(odd[0]):04X}, which is no text"
        line = text.count("\n", 0, odd.start()) + 1
        yield Problem(what, TAKE_OUT, path=name, line=line, rule="excess")
    for found in excesses(text):
        yield _problem(found, name, found.line)


def _outputs(cell: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    total = 0
    for output in cell.get("outputs", []):
        data = output.get("data")
        shown = data if isinstance(data, dict) else {}
        texts = [output.get("text", ""), *(shown.get(mime, "") for mime in SHOWN_AS_TEXT)]
        total += sum(len(_joined(text)) for text in texts)
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
