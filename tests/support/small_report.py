"""A small report with one of everything that pages and PDF show, and a ledger written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import altair

CONFIG = """\
project:
  type: book
  output-dir: _site
  resources: [data]
book:
  title: "A Small Report"
  subtitle: "With one of everything"
  author:
    - name: Ada Author
      orcid: 0000-0002-1825-0097
      affiliations: [{name: Example University}]
  date: "2026-02-03"
  description: "Shows what a page can hold."
  doi: 10.1234/small
  keywords: [numbers, ties]
  output-file: small
  repo-url: https://example.org/small
  repo-actions: [edit, issue]
  page-footer: "Written by *hand*."
  chapters:
    - index.md
    - part: "First part"
      chapters: [chapters/market.ipynb]
    - references.md
  appendices: [findings.md, ledger.md]
bibliography: bibliography.bib
lang: en
filters: [tieout]
execute: {echo: false}
format:
  html: {toc: true, number-sections: true, html-math-method: mathml}
  typst: {toc: true, number-sections: true, papersize: a4}
"""

BIBLIOGRAPHY = """\
@book{frost2024, author = {Frost, Ann}, title = {Markets}, publisher = {House}, year = {2024}}
"""

CHAPTER = r"""# Market & more {#sec-market}

The market reached [\$2.5 billion](tie:market.2024) in [2024](tie:market.2024:year) [@frost2024], and grew
[](tie:market.multiple). We assume [0.5%](tie:scenario.low). See @fig-path, @tbl-sizes and
[the ledger](../ledger.md).[^note]

[^note]: A note with [\$2.5B](tie:market.2024).

## Growth of [2.5](tie:market.2024) {#sec-growth}

$$ g = \left(\frac{b}{a}\right)^{1/n} - 1 $$ {#eq-growth}

::: {.callout-warning title="Mind the gap"}
Rates differ; see @eq-growth.
:::

::: {.callout-note collapse="true"}
Folded *text*.
:::

::: {.panel-tabset}
### Left
Left pane.

### Right
Right pane.
:::

### A deeper heading

> Quoted.

| Year | Size of the market | Words that take some room in the row |
|------|-------------------:|--------------------------------------|
| 2020 | [\$2.5 billion](tie:market.2024) | `code` and **strong** text |
| 2024 | 3 | another |

: Sizes {#tbl-sizes}
"""

LONG_TABLE = "| Row | What it says |\n|---|---|\n" + "".join(
    f"| r{n} | line {n} of a long table |\n" for n in range(1, 81)
)


def entry(name: str, label: str, kind: str, display: str, **rest: Any) -> dict[str, Any]:
    """Return an entry as the ledger publishes it."""
    base: dict[str, Any] = {
        "id": name,
        "label": label,
        "kind": kind,
        "value": display,
        "number": None,
        "unit": "1",
        "interval": None,
        "qualifier": "",
        "formula": None,
        "expression": None,
        "inputs": [],
        "source": {"key": "", "citation": ""},
        "locators": [],
        "stated": [],
        "cells": {},
        "display": display,
        "defined": {"path": "chapters/market.ipynb", "line": None, "cell": 2},
        "used": [],
        "findings": [],
    }
    if rest.get("number") is not None:
        base["value"] = str(rest["number"])
    return {**base, **rest}


def ledger() -> dict[str, Any]:
    """Return the report's ledger."""
    return {
        "version": "1",
        "ledger_page": "ledger.html",
        "findings_page": "findings.html",
        "entries": [
            entry(
                "market.2024",
                "Market size, 2024",
                "stated",
                "$2.5 billion",
                number=2500000000,
                unit="USD",
                interval=[2450000000, 2550000000],
                qualifier="rounded",
                precision="rounded; between 2,450,000,000 and 2,550,000,000",
                source={"key": "frost2024", "citation": "Frost (2024)"},
                locators=["2:p1", "2:t1:r1:c2"],
                stated=["$2.5 billion", "$2.5B"],
                cells={"period": "2024", "value": "2.5"},
                defined={"path": "data/market.csv", "line": 3, "cell": None},
                used=[
                    {"page": "chapters/market.html", "anchor": "use-market.2024-1", "shown": "$2.5 billion"},
                    {"page": "chapters/market.html", "anchor": "use-market.2024-9", "shown": "gone"},
                ],
                findings=["growth-gap"],
            ),
            entry(
                "market.multiple",
                "Growth multiple",
                "derived",
                "7.6-fold",
                number=7.56,
                interval=[7.39, 7.73],
                precision="between 7.39 and 7.73",
                formula="market.2030 ÷ market.2024 = 7.56",
                inputs=["market.2024"],
            ),
            entry("scenario.low", "Prevalence, low", "assumed", "0.5%", number=0.005, unit="percent"),
        ],
        "findings": [
            {
                "id": "growth-gap",
                "title": "Two rates differ",
                "text": "The stated rate and the computed one do not meet.",
                "status": "expected",
                "reason": "as the source has it",
                "entries": ["market.2024"],
            }
        ],
    }


def chart() -> Any:
    """Return a chart of three points."""
    sizes = [("2020", 0.9), ("2024", 2.5), ("2030", 18.9)]
    rows = [
        {
            "id": f"market.{year}",
            "label": f"Market size, {year}",
            "text": f"{size}",
            "year": year,
            "size": size,
        }
        for year, size in sizes
    ]
    data = altair.Data(values=rows)
    tooltip = ["size:Q", "id:N"]
    chart = altair.Chart(data, width=420, height=220).mark_bar()
    return chart.encode(x="year:O", y="size:Q", tooltip=tooltip)


def create(root: Path) -> Path:
    """Write the report into a folder and return it."""
    import vl_convert

    from tieout.authoring.marks import addressed, speaking

    spec = chart().to_dict()
    svg = addressed(vl_convert.vegalite_to_svg(speaking(spec)))
    outputs = [
        {
            "output_type": "display_data",
            "metadata": {},
            "data": {
                "image/svg+xml": svg,
                f"application/vnd.vegalite.{altair.SCHEMA_VERSION[:2]}+json": spec,
            },
        }
    ]
    options = ["label: fig-path", "fig-cap: Path of the market", "fig-alt: Three bars, the last the highest."]
    figure = "".join(f"#| {option}\n" for option in options) + "x"
    long = '#| label: tbl-long\n#| tbl-cap: "A long table"\ny'
    table = [{"output_type": "display_data", "metadata": {}, "data": {"text/markdown": LONG_TABLE}}]
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "id": "text", "metadata": {}, "source": CHAPTER},
        _code("fig", figure, outputs, 1),
        _code("long", long, table, 2),
    ]
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    files = {
        "_quarto.yml": CONFIG,
        "bibliography.bib": BIBLIOGRAPHY,
        "index.md": "# Welcome {.unnumbered}\n\nRead on.\n",
        "chapters/market.ipynb": json.dumps(notebook, indent=1),
        "references.md": "# References {.unnumbered}\n\n::: {#refs}\n:::\n",
        "findings.md": "# Findings\n\nThey follow.\n\n::: {.tieout-findings}\n:::\n",
        "ledger.md": "# Ledger\n\nAll of it.\n\n::: {.tieout-ledger}\n:::\n",
        "data/market.csv": "id,value\nmarket.2024,2.5\n",
        ".tieout/ledger.json": json.dumps(ledger()),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    return root


def build(root: Path) -> Path:
    """Write the report, build it with the embedded engine, and return its site."""
    from tieout.project import Project
    from tieout.render.build import build as build_site

    return build_site(Project.load(create(root)), "pandoc").site


def _code(name: str, source: str, outputs: list[dict[str, Any]], count: int) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {},
        "execution_count": count,
        "source": source,
        "outputs": outputs,
    }
