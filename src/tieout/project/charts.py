"""Notebooks as readers see them: a chart that was stored without a picture is drawn from its specification.

It is what Altair stores in every front end. Drawn in a process of its own, and once: the drawing follows from
the chart alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from tieout.machine import TooMuch, run
from tieout.notebooks import MARKDOWN, SVG, VEGALITE, Notebook
from tieout.notebooks.outputs import PICTURES
from tieout.notebooks.vega import UNDRAWN, Chart, chart_of
from tieout.project.project import Project

PROGRAM = "tieout.project.plotting"
Drawn = Mapping[str, str]


def charted(project: Project, path: PurePosixPath | str) -> Notebook:
    """Return a notebook whose charts have pictures, as SVG beside Vega-Lite.

    An output whose chart cannot be drawn says why, under the MIME type `UNDRAWN`. The notebook's raw text is
    as it was.

    Raises
    ------
    InputError
        The file is missing, or is no notebook of format 4.
    """
    files = project.files
    return files.made(("charted", str(path)), lambda: _charted(project, files.notebook(path), str(path)))


def _charted(project: Project, notebook: Notebook, name: str) -> Notebook:
    charts = {
        (cell.index, place): chart
        for cell in notebook.cells
        for place, output in enumerate(cell.outputs)
        if (chart := _undrawn(output.get("data", {})))
    }
    if not charts:
        return notebook
    added = dict(zip(charts, _drawn(project, [*charts.values()], name), strict=True))

    def outputs(index: int, stored: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        for place, output in enumerate(stored):
            more = added.get((index, place))
            yield {**output, "data": {**output["data"], **more}} if more else output

    cells = tuple(replace(each, outputs=tuple(outputs(each.index, each.outputs))) for each in notebook.cells)
    raw = [
        {**cell, "outputs": [*outputs(index, cell["outputs"])]} if cell.get("outputs") else cell
        for index, cell in enumerate(notebook.data["cells"])
    ]
    return replace(notebook, data={**notebook.data, "cells": raw}, cells=cells)


def _undrawn(data: Mapping[str, Any]) -> Chart | None:
    """Return the chart of an output that has nothing else for readers."""
    return None if MARKDOWN in data or PICTURES.keys() & data.keys() else chart_of(data)


def _drawn(project: Project, charts: Sequence[Chart], name: str) -> list[dict[str, Any]]:
    """Return what each output is given: a drawing and its chart, or why there is none."""
    specs = [dict(chart.spec) for chart in charts if chart.spec is not None]
    drawings = iter(_drawings(project, specs, name) if specs else ())
    return [_added(chart, next(drawings) if chart.spec else {"reason": chart.reason}) for chart in charts]


def _added(chart: Chart, drawing: Drawn) -> dict[str, Any]:
    if "reason" in drawing:
        return {UNDRAWN: drawing["reason"]}
    return {SVG: drawing["drawn"], VEGALITE: chart.spec}


def _drawings(project: Project, specs: Sequence[dict[str, Any]], name: str) -> Sequence[Drawn]:
    try:
        what, parts = f"the charts of {name}", {"what they show": specs}
        drawings: list[Drawn] = project.steps.take("draw", specs, lambda: _draw(specs, project), what, parts)
    except (TooMuch, ValueError) as error:
        return [{"reason": f"drawing it {error}"}] * len(specs)
    return drawings


def _draw(specs: Sequence[dict[str, Any]], project: Project) -> Any:
    """Draw charts in a process of its own, another one after each that cannot be drawn.

    Raises
    ------
    TooMuch
        It took more than a step may.
    ValueError
        It ended without a result.
    """
    task = [[f"chart-{_hash(spec)}", _silent(spec)] for spec in specs]
    command, environment = [sys.executable, "-m", PROGRAM], {**os.environ, "TZ": "UTC"}
    made: list[Any] = []
    while len(made) < len(task):
        rest = json.dumps(task[len(made) :]).encode()
        ran = run(command, data=rest, environment=environment, limits=project.limits)
        if ran.status:
            raise ValueError(f"ended with the status {ran.status}")
        made += json.loads(ran.out)
    return made


def _hash(spec: Mapping[str, Any]) -> str:
    text = json.dumps(spec, sort_keys=True)
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:8]


def _silent(spec: dict[str, Any]) -> dict[str, Any]:
    """Return a chart whose marks have no words of their own for readers who hear it: the picture has them."""
    config = spec.get("config")
    return {**spec, "config": {**(config if isinstance(config, Mapping) else {}), "aria": False}}
