"""What of a notebook is on no page, said once a chapter: texts on stderr, cells for other formats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tieout.notebooks import raw_form, raw_type
from tieout.problems import Problem


def for_others(cells: Iterable[tuple[Any, str, list[int]]], name: str) -> Iterator[Problem]:
    """Say how many raw cells of a notebook are meant for formats that are not made, and which these are.

    Parameters
    ----------
    cells
        Each cell with its source and the lines of the file that it stands in.
    name
        The notebook's path.
    """
    others = [
        (raw_type(cell.get("metadata")), numbers)
        for cell, _, numbers in cells
        if cell["cell_type"] == "raw" and raw_form(cell.get("metadata")) is None
    ]
    if others:
        many = "1 raw cell is" if len(others) == 1 else f"{len(others)} raw cells are"
        forms = ", ".join(f"`{form}`" for form in sorted({form for form, _ in others}))
        what = f"{many} left out, written for other formats: {forms}"
        hint = "to show what it says here too, write it in a Markdown cell"
        line = others[0][1][0] if others[0][1] else 1
        yield Problem(what, hint, name, line, rule="raw-cell", severity="warning")


def on_stderr(count: int, name: str) -> Iterator[Problem]:
    """Say how many texts on stderr are left out of a notebook's page."""
    if count:
        many = "1 text on stderr is" if count == 1 else f"{count} texts on stderr are"
        what = f"{many} left out: warnings and progress bars are not for readers"
        hint = "to show that of a cell, write `#| warning: true` in it"
        yield Problem(what, hint, name, 1, rule="stderr", severity="warning")
