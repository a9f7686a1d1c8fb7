"""Small projects for tests: facts, prose and stored outputs, all real, and written without a kernel."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.support import notebooks
from tieout.machine.opened import OPENED

FACTS = """\
id,label,value,unit,qualifier,period,source,locator,stated
market.2024,"Market size, 2024",2.5,billion USD,rounded,2024,agency2026,1:p1 | 1:t1:r1:c2,$2.5 billion | $2.5B
market.2030,"Market size, 2030",18.9,billion USD,rounded+projected,2030,agency2026,1:p1,$18.9 billion
market.cagr,"Growth a year",40.1,percent,rounded,2024/2030,agency2026,1:p2,40.1%
devices.count,"Approved devices",162,1,exact,2025,agency2026,1:p2,162
share.other,"Share of all others",10,percent,approx,2024,agency2026,1:p2,about 10%
region.first,"Leading region",Beijing,text,,2024,agency2026,1:p2,Beijing
"""
# Short, as citeproc reads it for each page; few tests look at how works are set.
STYLE = Path(__file__).parents[2] / "citation-style.csl"
CONFIG = """\
project: {{type: book, output-dir: _site}}
book:
  title: A small project
  author: Ada Author
  output-file: small
  chapters: {chapters}
  appendices: [findings.qmd, ledger.qmd]
bibliography: bibliography.bib
csl: style.csl
lang: {lang}
filters: [tieout]
execute: {{echo: false}}
tieout: {{require: all}}
format: {{html: default, typst: default}}
"""
MULTIPLE = """\
import tieout as t

facts = t.facts()
multiple = t.record(
    "market.multiple", facts["market.2030"] / facts["market.2024"], label="Growth multiple", like="7.6-fold"
)
"""


def create(
    root: Path,
    chapters: Mapping[str, str | Sequence[str | dict[str, Any]]],
    facts: str = FACTS,
    lang: str = "en",
) -> Path:
    """Write a project into a folder and return it.

    Parameters
    ----------
    chapters
        By file name, the home page first: Markdown, or the cells of a notebook, which are stored as if they
        had been run (a cell that starts with ``#:`` is Markdown, a dictionary is taken as it is).
    """
    from tieout.data.facts import refresh
    from tieout.project import starter

    starter.create(root)
    (root / "index.ipynb").unlink()
    (root / "data" / "facts.csv").write_text(facts, encoding="utf-8")
    _without_index(root / "data")
    refresh(root)
    shutil.copyfile(STYLE, root / "style.csl")
    names = json.dumps([*chapters, "references.qmd"])
    (root / "_quarto.yml").write_text(CONFIG.format(chapters=names, lang=lang), encoding="utf-8")
    for name, given in chapters.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(given if isinstance(given, str) else run(root, *given), encoding="utf-8")
    return root


def published(root: Path, chapters: Mapping[str, str | Sequence[str | dict[str, Any]]]) -> Path:
    """Write a project that asks for no tie, and publish it; where that fails, all that is wrong is said."""
    from tieout.publish import build
    from tieout.workspace import Workspace

    create(root, chapters)
    change(root / "_quarto.yml", "require: all", "require: none")
    result = build(Workspace.load(root), "pandoc", execute=False)
    if not result.site:
        pytest.fail("\n".join(str(each) for report in result.reports for each in report.problems))
    return root


def _without_index(folder: Path) -> None:
    """Take the index of the source out of a package: it lists the starter's facts, and no others."""
    (folder / "source-index.csv").unlink()
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"] = package["resources"][:1]
    (folder / "datapackage.json").write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")


def run(root: Path, *cells: str | dict[str, Any]) -> str:
    """Return a notebook with the outputs that its code shows, run in this process."""
    book = json.loads(notebooks.text(*cells))
    names: dict[str, Any] = {}
    count = 0
    for cell in book["cells"]:
        if cell["cell_type"] != "code" or cell["outputs"]:
            continue
        count += 1
        shown: list[tuple[dict[str, Any], dict[str, Any]]] = []

        def held(data: dict[str, Any], metadata: dict[str, Any] | None = None, into: Any = shown) -> None:
            into.append((data, metadata or {}))

        with (
            contextlib.chdir(root),
            patch("tieout.authoring.session.emit", held),
            patch("tieout.authoring.display.emit", held),
        ):
            OPENED.forget()  # whatever this process opened for other tests, this notebook did not
            exec("".join(cell["source"]), names)
        cell["execution_count"] = count
        cell["outputs"] = [
            {"output_type": "display_data", "metadata": metadata, "data": dict(data)}
            for data, metadata in shown
        ]
    return json.dumps(book, indent=1, ensure_ascii=False) + "\n"


def code(source: str, *outputs: Mapping[str, Any], options: str = "") -> dict[str, Any]:
    """Return a code cell that shows these outputs, given by MIME type."""
    return {
        "cell_type": "code",
        "id": "given",
        "metadata": {},
        "execution_count": 1,
        "outputs": [{"output_type": "display_data", "metadata": {}, "data": dict(data)} for data in outputs],
        "source": (options + source).splitlines(keepends=True),
    }


def change(path: Path, old: str, new: str) -> int:
    """Replace a text that a file holds once or more, at its first place; return the line of that place."""
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{path.name} does not hold {old!r}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text.count("\n", 0, text.index(old)) + 1
