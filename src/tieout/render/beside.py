"""What lies beside the pages of a site, whichever engine has made them: panels of the ledger, charts, Vega.

Quarto makes pages and nothing of this; it is added to what a render has left, by `tieout build` and by the
extension's post-render script alike.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.ledger.publication import panels
from tieout.machine import inside
from tieout.notebooks import SVG, VEGALITE
from tieout.project import Project, vega
from tieout.render.counterparts import with_counterparts

LIBRARY = PurePosixPath("site_libs")
MEDIA = "media"
CHARTS = "charts"  # beside the ledger: the scripts of all charts, by their pictures
CHART = re.compile(r'data-chart="(media/[0-9a-f]+\.js)"')


def complete(project: Project, site: Path, work: Path) -> None:
    """Add what Quarto's pages need to a site: ledger and panels, charts, Vega, the way to other editions.

    Parameters
    ----------
    project
        The book.
    site
        The folder that Quarto has rendered into.
    work
        The folder with the ledger and its charts, as `tieout ledger` writes it.
    """
    for path in sorted(work.glob("ledger*.json*")):
        shutil.copyfile(path, site / path.name)
    pages = {chapter.href: site / chapter.href for chapter in project.chapters}
    texts = {href: path.read_text(encoding="utf-8") for href, path in pages.items() if path.is_file()}
    for chapter in project.chapters:
        text = texts.get(chapter.href, "")
        page = with_counterparts(project, chapter, text)
        if page != text:
            pages[chapter.href].write_text(page, encoding="utf-8", newline="\n")
    library = site / LIBRARY
    library.mkdir(parents=True, exist_ok=True)
    ledger = site / "ledger.json"
    document = json.loads(ledger.read_text(encoding="utf-8")) if ledger.is_file() else {}
    (library / "ledger.js").write_text(panels(document), encoding="utf-8", newline="\n")
    used = sorted({name for text in texts.values() for name in CHART.findall(text)})
    for name in used:
        source = work / CHARTS / PurePosixPath(name).name
        if source.is_file():
            (site / MEDIA).mkdir(exist_ok=True)
            shutil.copyfile(source, site / inside(site, name, path=name))
    if used:
        (library / "vega.js").write_bytes(vega(project.root, keep=True))


def chart_script(name: str, chart: Any) -> str:
    """Return the script that hands a chart to the page which asks for it by name."""
    return f"window.tieoutCharts[{script_json(name)}] = {script_json(chart)};\n"


def picture_script(name: str, chart: Any, pictures: Mapping[str, str]) -> str:
    """Return the script that hands the pictures of a chart to its page as text; the chart has one of its own.

    Parameters
    ----------
    pictures
        The ``wide`` one, and the ``narrow`` one where there is one: as their notebook stored them. With them
        is told whether the chart does ``more``: has selections, or tooltips where they have no numbers.
    """
    said = json.dumps(chart)
    more = '"params":' in said or ('"tooltip":' in said and "data-entry" not in pictures["wide"])
    shown = {**pictures, "more": True} if more else pictures
    return f"window.tieoutPictures[{script_json(name)}] = {script_json(shown)};\n"


def stored_charts(project: Project) -> Iterator[tuple[str, str]]:
    """Give the script of each chart that a notebook stored beside its picture, with its name.

    The name is the hash of the picture, which is all that Quarto hands on.
    """
    for notebook in project.notebooks:
        for cell in project.files.notebook(notebook).cells:
            for output in cell.outputs:
                data = output.get("data", {})
                if SVG in data and VEGALITE in data:
                    picture = _joined(data[SVG]).replace("\r\n", "\n").strip()
                    name = f"{hashlib.sha1(picture.encode(), usedforsecurity=False).hexdigest()}.js"
                    chart = data[VEGALITE]
                    chart = chart if isinstance(chart, dict) else json.loads(_joined(chart))
                    yield name, chart_script(f"{MEDIA}/{name}", chart)


def script_json(value: Any) -> str:
    """Return a value as JSON that may stand in a script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def _joined(text: Any) -> str:
    return "".join(map(str, text)) if isinstance(text, list) else str(text)
