"""Tables that a cell shows as they are, where a page asks for a tie of each of their numbers.

The audit of the built page finds them as well; here they are named with all else that is wrong in the prose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import html
from lxml.etree import LxmlError

from tieout.ledger import Ledger, Required
from tieout.notebooks import Cell, Notebook, tied_instead
from tieout.problems import Problem
from tieout.project import read_front, usual_of_cells

HTML, MARKDOWN = "text/html", "text/markdown"
TABLES = ("dataframe", "simpletable")
FEW = 3  # numbers that are named
_NUMBER = re.compile(r"[-+−]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?%?")


def untied(ledger: Ledger, required: Required) -> Iterator[Problem]:
    """Give a problem for each frame of a page that asks for ties in outputs."""
    project = ledger.project
    for chapter in project.chapters:
        path, page = str(chapter.path), chapter.href
        notebook = ledger.sources.notebooks.get(path)
        if notebook is None or not required.is_strict(page) or not required.asks(page, "12", output=True):
            continue
        usual = usual_of_cells(project, read_front(project.files, chapter.path).metadata)
        for cell in notebook.code:
            said = {**usual, **cell.options}
            if said.get("include") is not False and said.get("output") is not False:
                yield from _of_cell(path, notebook, cell)


def _of_cell(path: str, notebook: Notebook, cell: Cell) -> Iterator[Problem]:
    for place, output in enumerate(cell.outputs):
        data = output.get("data") or {}
        numbers = _numbers(str(data.get(HTML, ""))) if MARKDOWN not in data else []
        if numbers:
            few = ", ".join(f"`{text}`" for text in numbers[:FEW]) + (", …" if numbers[FEW:] else "")
            count = f"{len(numbers)} numbers of a table are" if numbers[1:] else "a number of a table is"
            line, where = notebook.output_line(cell.index, (place,)), f"{cell.name}, output {place + 1}"
            what, hint = f"{count} not tied: {few}", tied_instead(notebook, cell)
            yield Problem(what, hint, path, line, rule="untied", where=where)


def _numbers(markup: str) -> list[str]:
    """Return the numbers in the cells of a data frame or a summary of a model; none of any other HTML."""
    if not any(name in markup for name in TABLES):
        return []
    asked = " or ".join(f'contains(@class, "{name}")' for name in TABLES)
    try:
        cells: Any = html.fromstring(markup).xpath(f"//table[{asked}]//td")
    except (ValueError, LxmlError):
        return []
    texts = [" ".join(cell.text_content().split()) for cell in cells]
    return [text for text in texts if _NUMBER.fullmatch(text)]
