"""A book of as many chapters as one likes: text, a table, a chart, references, citations, thirty ties."""

from __future__ import annotations

import itertools
import json
import string
from pathlib import Path

import altair
import vl_convert

from tests.support import large_package, notebooks, projects

TIES = 30
CONFIG = """\
project: {{type: book, output-dir: _site}}
book: {{title: Many chapters, author: Ada Author, output-file: many, chapters: {chapters}}}
bibliography: bibliography.bib
filters: [tieout]
execute: {{echo: false}}
format: {{html: default, typst: default}}
"""
HOME = "# Many chapters {.unnumbered}\n\nEach has the same parts.\n"
REFERENCES = "# References {.unnumbered}\n\n::: {#refs}\n:::\n"


def create(root: Path, chapters: int, run: bool = False) -> Path:
    """Write a book into a folder and return it.

    Parameters
    ----------
    chapters
        How many notebooks it has, beside its home page and its list of works.
    run
        Whether the notebooks hold plain pandas code that is to be run, instead of stored outputs.
    """
    large_package.create(root, 5 * TIES)
    names = [f"chapters/c{number}.ipynb" for number in range(chapters)]
    files = {
        "_quarto.yml": CONFIG.format(chapters=json.dumps(["index.md", *names, "references.md"])),
        "index.md": HOME,
        "references.md": REFERENCES,
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    for number, name in enumerate(names):
        notebooks.write(root / name, "#:" + _text(number, chapters), _code(number) if run else _chart(number))
    return root


def _text(number: int, chapters: int) -> str:
    people = "[2.5 million people](tie:cities.c{city}.people)"
    ties = [
        f"City {letter} has {people.format(city=city)}, more than it had [@frost2024]."
        for city, letter in zip(range(TIES), itertools.cycle(string.ascii_uppercase), strict=False)
    ]
    parts = [" ".join(ties[start : start + 6]) for start in range(0, TIES, 6)]
    other = (number + 1) % chapters
    table = f"| City | Kind |\n|---|---|\n| A | large |\n| B | small |\n\n: The cities {{#tbl-c{number}}}"
    head = [f"# Chapter of cities {{#sec-c{number}}}", *parts[:3], "## What follows"]
    return "\n\n".join([*head, table, *parts[3:], f"See @sec-c{other} and @tbl-c{other}."])


def _code(number: int) -> str:
    return (
        f"#| label: tbl-n{number}\n#| tbl-cap: Facts by unit\nimport pandas as pd\n"
        "cities = pd.read_csv('../data/cities.csv')\n"
        "cities.groupby('unit').size().rename('count').reset_index()"
    )


def _chart(number: int) -> dict[str, object]:
    """Return a code cell with a stored chart."""
    data = altair.Data(values=[{"id": f"cities.c{city}.people", "people": 2.5} for city in range(3)])
    spec = altair.Chart(data, width=420, height=220).mark_bar().encode(x="id:N", y="people:Q").to_dict()
    form = f"application/vnd.vegalite.{altair.SCHEMA_VERSION[:2]}+json"
    options = f"#| label: fig-c{number}\n#| fig-cap: The cities\n#| fig-alt: Three bars of one height.\n"
    drawn = {"image/svg+xml": vl_convert.vegalite_to_svg(spec), form: spec}
    return projects.code("chart", drawn, options=options)
