"""A book with one of each thing that Quarto makes in its own way, and the pages that it made (1.9.38).

They are stored as Quarto wrote them, without scripts, styles and what they load; that of the ledger without
its entries, which follow from the data. To make them anew, where Quarto is on PATH:
`python -m tests.support.quarto_book`.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.support import projects, registry
from tieout.ledger import Ledger
from tieout.publish import write_ledger
from tieout.render.beside import complete
from tieout.workspace import Workspace

PAGES = Path(__file__).parents[1] / "audit" / "quarto_pages"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80" width="200" height="80">'
    '<rect x="20" y="50" width="40" height="24" fill="#888"/><text x="20" y="48">2.5</text></svg>\n'
)
SPEC = {"$schema": "https://vega.github.io/schema/vega-lite/v6.json", "mark": "bar", "data": {"values": []}}
CONFIG = """\
project:
  type: book
  output-dir: _site
  pre-render: _extensions/tieout/ledger.py
  post-render: _extensions/tieout/ledger.py
  resources: ["/data/*"]
book:
  title: A small project
  author: Ada Author
  output-file: small
  chapters: [index.ipynb, chapters/market.ipynb, references.qmd]
  appendices: [findings.qmd, ledger.qmd]
bibliography: bibliography.bib
lang: en
filters: [tieout]
execute: {echo: false}
tieout: {require: all}
format:
  html: {number-sections: true, html-math-method: mathml}
  tieout-typst: {toc: true, number-sections: true}
"""
INDEX = """#:
# About this book {#sec-about .unnumbered}

The market reached [\\$2.5 billion](tie:market.2024) (@sec-rates); @sec-market has the rest, and
@tbl-first the sum.

| What | Number |
|------|-------:|
| Devices | [162](tie:devices.count) |

: The sum {#tbl-first}
"""
MARKET = """#:# Market {#sec-market}

It grew to [\\$2.5 billion](tie:market.2024) in [2024](tie:market.2024:year) [@agency2026, p. 4]; see
@fig-path and @eq-growth. {{< var said >}}[^note]

[^note]: A note has [162](tie:devices.count) devices.

## Rates and multiples {#sec-rates}

$$ g = b / 2 $$ {#eq-growth}

::: {.callout-note title="Of [162](tie:devices.count) devices"}
A callout, with [10%](tie:share.other) in it.
:::

The multiple is [7.6-fold](tie:market.multiple).
"""
FIGURE = """\
#| label: fig-path
#| fig-cap: "The market in [2024](tie:market.2024:year)"
#| fig-alt: "One bar: [\\\\$2.5 billion](tie:market.2024)."
"""


def create(root: Path) -> Path:
    """Write the book into a folder and return it."""
    chart = {"image/svg+xml": SVG, "application/vnd.vegalite.v6+json": SPEC, "text/plain": "fig-path"}
    market = [MARKET, projects.MULTIPLE, projects.code("figure", chart, options=FIGURE)]
    projects.create(root, {"index.ipynb": [INDEX], "chapters/market.ipynb": market})
    numbered = "---\ntitle: References\n---\n\n::: {#refs}\n:::\n"  # as it was when Quarto made the pages
    (root / "references.qmd").write_text(numbered, encoding="utf-8")
    (root / "_quarto.yml").write_text(CONFIG, encoding="utf-8")
    said = "A variable says [162](tie:devices.count)."
    (root / "_variables.yml").write_text(f'said: "{said}"\n', encoding="utf-8")
    return root


def rendered(root: Path) -> Path:
    """Write the book with the pages that Quarto made of it, as after `quarto render`; return its folder."""
    create(root)
    site = root / "_site"
    shutil.copytree(PAGES, site)
    shutil.copytree(root / "data", site / "data", dirs_exist_ok=True)
    known = Ledger.of(Workspace.load(root))
    work = write_ledger(known).parent
    page = site / "ledger.html"
    entries = registry.entries(json.loads((work / "ledger.json").read_text(encoding="utf-8")))
    page.write_text(page.read_text(encoding="utf-8").replace("@ENTRIES@", entries), encoding="utf-8")
    complete(known.project, site, work)
    return root


def _stored(text: str) -> str:
    """Return a page without what is not ours to keep: scripts, styles and what they load."""
    text = re.sub(r"<script\b.*?</script>|<style\b.*?</style>|<link\b[^>]*>", "", text, flags=re.DOTALL)
    text = re.sub(
        r"(<(?:div|section)[^>]*\bdata-entry=.*)(?=\n</main>|\n\n</main>)", "@ENTRIES@", text, flags=re.DOTALL
    )
    return re.sub(r"\n\s*\n+", "\n\n", text)


def _without_entries(index: str) -> str:
    """Return a search index without what it says of the ledger's entries."""
    kept = [record for record in json.loads(index) if not record["href"].startswith("ledger.html#")]
    return json.dumps(kept, ensure_ascii=False, indent=2) + "\n"


def main() -> None:
    """Render the book with Quarto and store its pages."""
    with tempfile.TemporaryDirectory() as folder:
        root = create(Path(folder) / "book")
        subprocess.run(["quarto", "render", str(root)], check=True)
        shutil.rmtree(PAGES, ignore_errors=True)
        site = root / "_site"
        for path in (*site.rglob("*.html"), *site.rglob("*.svg"), site / "search.json"):
            name = path.relative_to(site)
            if name.parts[0] == "site_libs":
                continue
            (PAGES / name).parent.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8")
            text = _stored(text) if path.suffix == ".html" else text
            (PAGES / name).write_text(
                _without_entries(text) if path.suffix == ".json" else text, encoding="utf-8"
            )


if __name__ == "__main__":
    main()
