"""Prints how long things take, as tables: `make bench`, or ``python -m tests.bench report 10 100``.

Seconds say something of this machine only; the column *times* compares within one run, and can be compared
between machines and commits. Nothing is asserted, and nothing is written outside a temporary folder.

``report``
    The commands of an author on this report; beside it Quarto, which renders the edition of QUARTO_PROFILE.
a number
    The same on a generated book of so many chapters; beside it Quarto and Jupyter Book, where on PATH.
``execute``
    Ten notebooks of ordinary pandas run, beside nbconvert and nbval.
``floors``
    What nothing can be faster than.
``scale``
    Data of 1,000, 10,000 and 100,000 facts: see `scale`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from tests.bench import commands, peers, scale
from tests.bench.commands import Row
from tests.conftest import copy_report
from tests.support import large_book

ALL = ("floors", "report", "10", "100", "execute", "scale")


def table(title: str, rows: Iterable[Row]) -> None:
    """Print rows as they come, each beside the first; nothing where there are none."""
    first = 0.0
    for name, took in rows:
        if not first:
            print(f"\n| {title} | by the clock | of the processor | memory | times |")
            print("|---|---:|---:|---:|---:|")
            first = took.wall
        print(f"| {name} | {took} | {took.wall / first:.2f} |", flush=True)


def main() -> None:
    """Measure what is named, or everything."""
    with tempfile.TemporaryDirectory(prefix="tieout-bench-") as name:
        folder = Path(name)
        for each in sys.argv[1:] or ALL:
            if each == "floors":
                table("floors", peers.floors(folder))
            elif each == "report":
                report = copy_report(folder / "report")
                table("this report", commands.rows(report, report / "chapters" / "findings.qmd", True))
                table("this report, Quarto", peers.quarto(report, "chapters/02-market.ipynb"))
            elif each == "execute":
                table("ten notebooks run", peers.executing(large_book.create(folder / "run", 10, run=True)))
            elif each == "scale":
                scale.main(folder)
            else:
                book = large_book.create(folder / each, int(each))
                chapter = "chapters/c1.ipynb"
                table(f"{each} chapters", commands.rows(book, book / chapter, False))
                table(f"{each} chapters, Quarto", peers.quarto(book, chapter))
                table(f"{each} chapters, Jupyter Book", peers.jupyter_book(book, chapter))


if __name__ == "__main__":
    main()
