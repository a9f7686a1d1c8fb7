"""What a reader can take along of figures and tables, as files: pictures, their data, their specification.

All of it is what notebooks have stored, so that an audit can make it again.
"""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from tieout.harmless import clean_drawing
from tieout.machine.store import version
from tieout.markdown import visible, without_ties
from tieout.notebooks import MARKDOWN, SVG, Cell
from tieout.notebooks.notebook import charts_of
from tieout.project.charts import charted
from tieout.project.project import Project

FOLDER = "downloads"
SCALE = 2  # of pictures in pixels
LABEL = re.compile(r"(?:fig|tbl)-[\w-]+")
RULE = re.compile(r"\|(?:\s*:?-+:?\s*\|)+")
Row = list[str]


@dataclass(frozen=True)
class Taken:
    """A figure or a table: its label, what its caption says, and the forms that it can be taken along in.

    Parameters
    ----------
    path
        The notebook that makes it.
    forms
        What each form is called, by the name of its file in the site.
    """

    path: PurePosixPath
    label: str
    caption: str
    forms: Mapping[str, str]
    cell: Cell


def taken(project: Project) -> list[Taken]:
    """Return the labelled figures and tables of a project's notebooks, in order."""
    found: dict[str, Taken] = {}
    for path in project.notebooks:
        for cell in charted(project, path).cells:
            label = str(cell.options.get("label") or "")
            if LABEL.fullmatch(label) and cell.options.get("include") is not False and label not in found:
                endings = list(_endings(cell))
                forms = {f"{FOLDER}/{label}{ending}": said for ending, said in endings}
                caption = str(cell.options.get(f"{label[:3]}-cap") or label)
                if forms:
                    found[label] = Taken(path, label, visible(without_ties(caption)), forms, cell)
    return [*found.values()]


def _endings(cell: Cell) -> Iterator[tuple[str, str]]:
    if cell.displays(SVG):
        yield from ((".svg", "SVG"), (".png", "PNG"))
        if _chart(cell):
            yield from ((".csv", "CSV"), (".vl.json", "specification"))
    elif any(table_rows(str(text)) for text in cell.displays(MARKDOWN)):
        yield ".csv", "CSV"


def files(project: Project) -> dict[str, bytes]:
    """Return the files of all forms, by name."""
    made: dict[str, bytes] = {}
    for each in taken(project):
        for name in each.forms:
            made[name] = _made(each.cell, PurePosixPath(name).suffix, project)
    return made


def _made(cell: Cell, suffix: str, project: Project) -> bytes:
    drawing = next((drawn(text) for text in cell.displays(SVG)), b"")
    if suffix == ".svg":
        return drawing
    if suffix == ".png":
        return _pixels(drawing, project)
    chart = _chart(cell)
    if suffix == ".json":
        return (json.dumps(chart, ensure_ascii=False, indent=1) + "\n").encode()
    if chart:
        return _csv([row for rows in _tables(chart) for row in rows])
    return _csv([row for text in cell.displays(MARKDOWN) for row in table_rows(str(text))])


def drawn(text: Any) -> bytes:
    """Return a drawing of a notebook as a site has it."""
    data = str(text).encode()
    return clean_drawing(data).data or data


def _pixels(drawing: bytes, project: Project) -> bytes:
    """Return a drawing as PNG; what was drawn before is kept."""

    def draw() -> str:
        import vl_convert

        return base64.b64encode(vl_convert.svg_to_png(drawing.decode(), scale=SCALE)).decode("ascii")

    key = [drawing.decode(), SCALE, version("vl-convert-python")]
    return base64.b64decode(project.steps.take("pixels", key, draw))


def _chart(cell: Cell) -> Mapping[str, Any]:
    charts = (chart for output in cell.outputs for chart in charts_of(output.get("data", {})))
    return next(charts, {})


def _tables(node: Any) -> Iterator[list[Row]]:
    """Give the data that a chart draws, one table after the other."""
    if not isinstance(node, Mapping):
        return
    own = [*(node.get("datasets") or {}).values()]
    data = node.get("data")
    if isinstance(data, Mapping) and isinstance(data.get("values"), list):
        own.append(data["values"])
    for rows in own:
        rows = [row for row in rows if isinstance(row, Mapping)]
        names = list(dict.fromkeys(name for row in rows for name in row))
        yield [names, *([_text(row.get(name)) for name in names] for row in rows)]
    for name in ("layer", "concat", "hconcat", "vconcat"):
        for below in node.get(name) or []:
            yield from _tables(below)
    yield from _tables(node.get("spec"))


def _text(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def table_rows(markdown: str) -> list[Row]:
    """Return the cells of a Markdown table as readers see them, its heading first; none where there is none.

    Examples
    --------
    >>> table_rows("| Year | Size |\\n|---|---:|\\n| [2024](tie:a:year) | [\\\\$2.5 billion](tie:a) |")
    [['Year', 'Size'], ['2024', '$2.5 billion']]
    """
    lines = [line.strip() for line in markdown.splitlines() if line.strip().startswith("|")]
    if not any(map(RULE.fullmatch, lines)):
        return []
    cells = (re.split(r"(?<!\\)\|", line.strip("|")) for line in lines if not RULE.fullmatch(line))
    return [[visible(without_ties(cell)).strip() for cell in row] for row in cells]


def _csv(rows: list[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()
