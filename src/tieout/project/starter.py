"""A report of one's own to start from: the smallest project that builds and passes its checks.

Of stated facts, or of an analysis. With the Quarto extension in it, so that plain `quarto render` works there
too.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from tieout.problems import InputError
from tieout.project.shipped import EXTENSION, extension

Example = Literal["facts", "analysis"]
ANALYSIS = Path(__file__).with_name("analysis")

CONFIG = """\
project:
  type: book
  output-dir: _site
  pre-render: _extensions/tieout/ledger.py
  post-render: _extensions/tieout/ledger.py
  resources: ["/figures/*", "/data/*"]

book:
  title: "My report"
  author: "Your name"
  output-file: report
  chapters:
    - index.ipynb
    - references.qmd
  appendices:
    - findings.qmd
    - ledger.qmd

bibliography: bibliography.bib
lang: en
execute:
  echo: false
filters: [tieout]
tieout: {require: all}

format:
  html: {toc: true, number-sections: true, html-math-method: mathml}
  tieout-typst: {toc: true, number-sections: true}
"""

BIBLIOGRAPHY = """\
@techreport{agency2026,
  author      = {{Example Agency}},
  title       = {Registry of Examples},
  institution = {Example Agency},
  year        = {2026}
}
"""

FACTS = """\
id,label,value,unit,qualifier,period,source,locator,stated
sites.2020,"Sites in operation",120,1,exact,2020,agency2026,1:p1,120
sites.2025,"Sites in operation",300,1,exact,2025,agency2026,1:p1,300
"""

INDEX = """\
section,locator,token,fact,why
1,1:p1,120,sites.2020,
1,1:p1,2020,sites.2020:period,
1,1:p1,300,sites.2025,
1,1:p1,2025,sites.2025:period,
"""

INTRODUCTION = """\

# Introduction {.unnumbered}

The registry [@agency2026] counted [120](tie:sites.2020) sites in [2020](tie:sites.2020:year) and
[300](tie:sites.2025) in [2025](tie:sites.2025:year), [2.5-fold](tie:sites.multiple) as many.
"""

CODE = """\
import tieout as t

facts = t.facts()
multiple = t.record(
    "sites.multiple",
    facts["sites.2025"] / facts["sites.2020"],
    label="Growth in sites, as a multiple",
    like="2.5-fold",
)"""

# What the code stores when it is run, so that `quarto render`, which runs nothing, works at once.
RECORDED: dict[str, Any] = {
    "display": "2.5-fold",
    "formula": {"args": [{"id": "sites.2025"}, {"id": "sites.2020"}], "op": "div"},
    "id": "sites.multiple",
    "interval": ["2.5", "2.5"],
    "kind": "derived",
    "label": "Growth in sites, as a multiple",
    "note": "",
    "qualifier": "exact",
    "unit": "1",
    "value": "2.5",
}
OUTPUT = {
    "data": {
        "application/vnd.tieout.entry+json": RECORDED,
        "text/plain": ["tie:sites.multiple = 2.5, exactly, shown as 2.5-fold"],
    },
    "metadata": {},
    "output_type": "display_data",
}

FIELDS = {
    "id": "Stable dotted id of the fact",
    "label": "What the value says, for people",
    "value": "The value exactly as its source states it",
    "unit": "Unit, with a scale word where the source uses one; `text` for names",
    "qualifier": "exact, rounded, approx, at-least, at-most, projected or target",
    "period": "The year, or years with a slash, that the value is about",
    "source": "Key in bibliography.bib",
    "locator": "Places in the source, separated by ` | `",
    "stated": "The form the value has in each of these places",
}
INDEX_FIELDS = {
    "section": "Section of the source",
    "locator": "Place in it",
    "token": "A number as it stands there; the rows follow the source's text, and miss none of its numbers",
    "fact": "Id of the fact that it states, or `id:period` for a year beside one",
    "why": "Why it is no fact: heading-number, node-name, citation, reference or doi",
}


def create(folder: Path, example: Example = "facts") -> list[Path]:
    """Write a starter report into ``folder`` and return the files written.

    Parameters
    ----------
    folder
        A folder that does not exist, or is empty.
    example
        What it starts from: ``facts`` that a source states, or an ``analysis`` of a data set.

    Raises
    ------
    InputError
        Where the folder exists and is not empty, or is a file.
    """
    if folder.is_file():
        raise InputError("is a file", "name a folder that does not exist yet", path=str(folder))
    if folder.exists() and any(folder.iterdir()):
        raise InputError("the folder is not empty", "name a folder that does not exist yet", path=str(folder))
    files = {
        **(_stated() if example == "facts" else _analysed()),
        "references.qmd": "# References {.unnumbered}\n\n::: {#refs}\n:::\n",
        "findings.qmd": "---\ntitle: Findings\n---\n\n::: {.tieout-findings}\n:::\n",
        "ledger.qmd": "---\ntitle: Ledger\n---\n\n::: {.tieout-ledger}\n:::\n",
        ".gitignore": "/_site/\n/_site.*/\n/.tieout/\n/.quarto/\n**/*.quarto_ipynb\n.ipynb_checkpoints/\n",
    }
    for path in sorted(extension().iterdir()):
        if path.is_file():
            files[(EXTENSION / path.name).as_posix()] = path.read_text(encoding="utf-8")
    written = []
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _stated() -> dict[str, str]:
    """Return the files of a report on facts that a source states."""
    return {
        "_quarto.yml": CONFIG,
        "bibliography.bib": BIBLIOGRAPHY,
        "data/facts.csv": FACTS,
        "data/source-index.csv": INDEX,
        "data/datapackage.json": _package(),
        "index.ipynb": _notebook(),
    }


def _analysed() -> dict[str, str]:
    """Return the files of a report on numbers that it computes, as they lie in `analysis/`."""
    return {
        path.relative_to(ANALYSIS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(ANALYSIS.rglob("*"))
        if path.is_file()
        and not any(part.startswith((".", "_site")) for part in path.relative_to(ANALYSIS).parts)
    }


def _package() -> str:
    package = {
        "name": "my-report",
        "title": "Facts of my report",
        "version": "0.1.0",
        "licenses": [{"name": "CC0-1.0"}],
        "sources": [{"title": "Example Agency, Registry of Examples"}],
        "resources": [
            _resource("facts", FACTS, FIELDS, primaryKey="id"),
            {**_resource("source-index", INDEX, INDEX_FIELDS), "tieout": {"facts": False}},
        ],
    }
    return json.dumps(package, indent=2) + "\n"


def _resource(name: str, text: str, fields: Mapping[str, str], **schema: str) -> dict[str, Any]:
    data = text.encode()
    listed = [{"name": key, "type": "string", "description": said} for key, said in fields.items()]
    return {
        "name": name,
        "path": f"{name}.csv",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
        "schema": {"fields": listed, **schema},
    }


def _notebook() -> str:
    def lines(text: str) -> list[str]:
        return text.splitlines(keepends=True)

    cells = [
        {"cell_type": "markdown", "id": "introduction", "metadata": {}, "source": lines(INTRODUCTION)},
        {
            "cell_type": "code",
            "execution_count": 1,
            "id": "computation",
            "metadata": {},
            "outputs": [OUTPUT],
            "source": lines(CODE),
        },
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
