"""A small book in two languages over one data package: English, and Ukrainian as a profile of Quarto."""

from __future__ import annotations

from pathlib import Path

from tests.support import notebooks, projects
from tests.support.commands import run_tieout

CONFIG = """\
project: {type: book, output-dir: _site}
profile: {default: en}
book:
  title: A small market
  author: Ada Author
  output-file: small
bibliography: bibliography.bib
lang: en
filters: [tieout]
execute: {echo: false}
tieout: {require: all, editions: [uk]}
format: {html: default, typst: default}
"""
ENGLISH = """\
book:
  chapters: [index.md, chapters/market.ipynb, references.qmd]
  appendices: [findings.qmd, ledger.qmd]
"""
UKRAINIAN = """\
project: {output-dir: _site/uk}
book:
  title: Малий ринок
  output-file: small-uk
  chapters: [index.uk.md, chapters/uk/market.ipynb, chapters/uk/references.qmd]
  appendices: [chapters/uk/findings.qmd, chapters/uk/ledger.qmd]
lang: uk
"""
WORDS = """\
text,words
"Market size, 2024","Обсяг ринку, 2024"
"Market size, 2030","Обсяг ринку, 2030"
Growth a year,Зростання за рік
Approved devices,Схвалені пристрої
Share of all others,Частка всіх інших
Leading region,Провідний регіон
Beijing,Пекін
$2.5 billion,"2,5 млрд доларів"
$18.9 billion,"18,9 млрд доларів"
40.1%,"40,1 %"
"""
CODE = """\
import tieout as t

facts = t.facts()
multiple = t.record(
    "market.multiple", facts["market.2030"] / facts["market.2024"], label="{label}", like="{like}"
)
"""
TABLE = """\
#| label: tbl-sizes
#| tbl-cap: "{caption}"
t.table([{{"{what}": facts["region.first"], "{size}": facts["market.2024"]}}])
"""
TEXT = """\
#:# Market {#sec-market}

It grows [7.6-fold](tie:market.multiple) to [\\$18.9 billion](tie:market.2030), by
[40.1%](tie:market.cagr) a year, with [162](tie:devices.count) devices and
[about 10%](tie:share.other) elsewhere [@agency2026]. See @tbl-sizes.
"""
TEXT_UK = """\
#:# Ринок {#sec-market}

Він зросте у [7,6 раза](tie:market.multiple), до [18,9 млрд доларів](tie:market.2030), на
[40,1 %](tie:market.cagr) за рік; пристроїв [162](tie:devices.count), деінде
[приблизно 10 %](tie:share.other) [@agency2026]. Див. @tbl-sizes.
"""


def create(root: Path) -> Path:
    """Write the book; its notebooks were never run."""
    projects.create(root, {"index.md": "# Home {.unnumbered}\n\nBefore all.\n"})
    chapters = root / "chapters"
    notebooks.write(
        chapters / "market.ipynb",
        TEXT,
        CODE.format(label="Growth multiple", like="7.6-fold"),
        TABLE.format(caption="Sizes", what="Region", size="Size"),
    )
    notebooks.write(
        chapters / "uk" / "market.ipynb",
        TEXT_UK,
        CODE.format(label="У скільки разів зростає ринок", like="7,6 раза"),
        TABLE.format(caption="Обсяги", what="Регіон", size="Обсяг"),
    )
    files = {
        "_quarto.yml": CONFIG,
        "_quarto-en.yml": ENGLISH,
        "_quarto-uk.yml": UKRAINIAN,
        "index.uk.md": "# Початок {.unnumbered}\n\nПеред усім.\n",
        "data/words-uk.csv": WORDS,
        "chapters/uk/references.qmd": "# Джерела {.unnumbered}\n\n::: {#refs}\n:::\n",
        "chapters/uk/findings.qmd": "# Суперечності\n\nВони далі.\n\n::: {.tieout-findings}\n:::\n",
        "chapters/uk/ledger.qmd": "# Реєстр\n\nУсі числа.\n\n::: {.tieout-ledger}\n:::\n",
    }
    for name, text in files.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def build(root: Path) -> None:
    """Write the book and build it; what the build says is in `said.txt`."""
    create(root)
    done = run_tieout("build", "--engine", "pandoc", cwd=root)
    assert done.returncode == 0, done.stderr + done.stdout
    (root / "said.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
