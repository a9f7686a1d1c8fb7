"""A data package as large as one likes: cities with people, sales, shares and growth, and a page on them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

COLUMNS = ("id", "label", "value", "unit", "qualifier", "period", "source", "locator", "stated")
CONFIG = """\
project: {type: book, output-dir: _site}
book: {title: Many cities, author: Ada Author, chapters: [index.md]}
bibliography: bibliography.bib
filters: [tieout]
"""
BIBLIOGRAPHY = (
    "@book{frost2024, author = {Frost, Ann}, title = {Cities}, publisher = {House}, year = {2024}}\n"
)
# Of each city: its people, its sales at the ends of a period, how they grew, and its share.
ROWS = (
    ("people", "People in {city}", "2.5", "million person", "2024", "2.5 million people"),
    ("sales.2020", "Sales in {city}, 2020", "4.1", "million USD", "2020", "$4.1 million"),
    ("sales.2024", "Sales in {city}, 2024", "5.2", "million USD", "2024", "$5.2 million"),
    ("sales.cagr", "Compound growth of sales in {city}", "6.1", "percent", "2020/2024", "6.1%"),
    ("share", "Share of the population in {city}", "0.3", "percent", "2024", "0.3%"),
)


UNASKED = "tieout: {require: none}\n"
LEDGER = "# Ledger {.unnumbered}\n\n::: {.tieout-ledger}\n:::\n"


def create(root: Path, facts: int, ledger: bool = False) -> Path:
    """Write a project with so many facts into a folder and return it; ``ledger`` lists all on a page."""
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for number in range(facts):
        city, row = divmod(number, len(ROWS))
        name, label, value, unit, period, stated = ROWS[row]
        place, form = f"2:p{city + 1}", stated
        if number % 10 == 0:  # every tenth is stated twice
            place, form = f"{place} | 3:p{city + 1}", f"{stated} | {stated}"
        label = label.format(city=f"city {city}")
        table.writerow(
            (f"cities.c{city}.{name}", label, value, unit, "rounded", period, "frost2024", place, form)
        )
    data = text.getvalue().encode()
    resource = {
        "name": "cities",
        "path": "cities.csv",
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "bytes": len(data),
        "schema": {"fields": [{"name": name, "type": "string"} for name in COLUMNS]},
    }
    package = {"name": "cities", "title": "Many cities", "version": "1.0.0", "resources": [resource]}
    shown = "".join(
        f"City {city} has [2.5 million people](tie:cities.c{city}.people).\n\n" for city in range(facts // 50)
    )
    files = {
        "_quarto.yml": CONFIG,
        "bibliography.bib": BIBLIOGRAPHY,
        "data/datapackage.json": json.dumps(package, indent=1),
        "index.md": f"# Many cities\n\n{shown}",
    }
    if ledger:
        files["_quarto.yml"] = CONFIG.replace("[index.md]", "[index.md, ledger.md]") + UNASKED
        files["ledger.md"] = LEDGER
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    (root / "data" / "cities.csv").write_bytes(data)
    return root
