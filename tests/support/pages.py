"""Pages of ordinary reports, each with the facts that it tells: what nobody should have to explain."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass
from pathlib import Path

from tests.support import projects

FOLDER = Path(__file__).resolve().parents[1] / "pages"
_FACTS = re.compile(r"\n*<!-- facts\n(.*?)\n-->", re.DOTALL)
_COLUMNS = ("id", "label", "value", "unit", "qualifier", "period", "source", "locator", "stated", "level")
_WORK = "@misc{{{key}, author = {{{name}, Ann}}, title = {{On {key}}}, year = {{{year}}}}}\n"


@dataclass(frozen=True)
class Page:
    """One page: its name, its prose, its facts as rows, and the numerals that are meant to stand untied."""

    name: str
    prose: str
    facts: tuple[tuple[str, ...], ...]
    untied: tuple[str, ...]


def read(lang: str) -> list[Page]:
    """Return the pages of a language."""
    found = []
    for path in sorted((FOLDER / lang).glob("*.md")):
        text = path.read_text(encoding="utf-8")
        facts = _FACTS.search(text)
        assert facts, path
        lines = [tuple(cell.strip() for cell in line.split("|")) for line in facts[1].splitlines()]
        untied = next((row[1] for row in lines if row[0] == "waived"), "")
        rows = tuple(row for row in lines if row[0] != "waived")
        found.append(Page(path.stem, _FACTS.sub("\n", text), rows, tuple(filter(None, untied.split(", ")))))
    return found


def create(root: Path, lang: str, pages: list[Page]) -> Path:
    """Write a project whose chapters are the pages."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for page in pages:
        for row in page.facts:
            writer.writerow([*row[:7], "1:p1", row[2], *row[7:8], *[""] * (8 - max(len(row), 7))])
    chapters = {"index.qmd": "# Home\n"} | {f"{page.name}.qmd": page.prose for page in pages}
    projects.create(root, chapters, lang=lang)
    (root / "data" / "facts.csv").write_text(table.getvalue(), encoding="utf-8")
    package = json.loads((root / "data" / "datapackage.json").read_text(encoding="utf-8"))
    package["resources"][0]["schema"]["fields"].append({"name": "level", "type": "string"})
    (root / "data" / "datapackage.json").write_text(json.dumps(package, indent=2) + "\n", encoding="utf-8")
    keys = {row[6] for page in pages for row in page.facts}
    keys |= {key for page in pages for key in re.findall(r"@(\w+)", page.prose)}
    works = "".join(_WORK.format(key=key, name=key[:-4].title(), year=key[-4:]) for key in sorted(keys))
    (root / "bibliography.bib").write_text(works, encoding="utf-8")
    from tieout.data.facts import refresh

    refresh(root)
    return root
