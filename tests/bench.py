"""Times the work on this report, and on data up to 100 times as large, in one run: `make bench`.

It prints seconds, which say something of this machine only, and ratios within the run, which can be compared
between machines and between commits:

``scale``
    For 1,000, 10,000 and 100,000 facts: loading the data, the ledger (with relations and uses), its JSON, and
    arithmetic on whole columns. ``per fact`` is the cost of one fact as a multiple of its cost among 1,000:
    near 1 is linear. Hundredths of a second are noisy; the calls that `tests/test_scale.py` counts are not.
``build``
    Seconds of a *cold* build (every notebook runs, in a fresh copy), a *warm* one (nothing changed), and of
    one after a change of prose alone. A ratio to ``cold`` below one is what is not done twice.
``check``
    Seconds of each check without running notebooks, its part of their sum, and of all together.

Nothing is asserted, and nothing is written outside a temporary folder. It takes a few minutes.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from tests.conftest import copy_report, run_tieout
from tests.support import large_package
from tieout import check as checking
from tieout import total
from tieout.data import facts
from tieout.ledger import Ledger
from tieout.ledger.publication import ledger_json
from tieout.workspace import Workspace

SIZES = (1_000, 10_000, 100_000)


def seconds(work: Callable[[], Any]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def say(name: str, *cells: str) -> None:
    """Print one line of a table."""
    print(f"  {name:<34}" + "".join(f"{cell:>12}" for cell in cells), flush=True)


def build(root: Path) -> None:
    """Time the whole build: cold, with nothing changed, and after a change of prose."""

    def run() -> None:
        result = run_tieout("build", "--engine", "pandoc", cwd=root)
        assert result.returncode == 0, result.stdout + result.stderr

    print("build", flush=True)
    cold = seconds(run)
    say("cold: all notebooks run", f"{cold:.1f} s")
    warm = seconds(run)
    say("warm: nothing changed", f"{warm:.1f} s", f"{warm / cold:.2f} cold")
    page = root / "chapters" / "findings.qmd"
    page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    prose = seconds(run)
    say("one page of prose changed", f"{prose:.1f} s", f"{prose / cold:.2f} cold")


def check(root: Path) -> None:
    """Time all checks together, and each alone."""
    print("check, notebooks not run", flush=True)
    together = seconds(lambda: checking.run(Workspace.load(root), execute=False))
    names = ("data", "source", "outputs", "ledger", "prose", "citations", "relations", "site")
    alone = {
        name: seconds(lambda name=name: checking.run(Workspace.load(root), [name], execute=False))
        for name in names
    }  # type: ignore[misc]
    for name, each in alone.items():
        say(name, f"{each:.1f} s", f"{each / sum(alone.values()):.0%}")
    say("all together", f"{together:.1f} s", f"{together / sum(alone.values()):.2f} sum")


def scale(folder: Path) -> None:
    """Time data, ledger and arithmetic by the number of facts."""
    print("scale", flush=True)
    say("facts", *(f"{size:,}" for size in SIZES))
    taken: dict[str, list[float]] = {}
    for size in SIZES:
        root = large_package.create(folder / str(size), size)
        held: dict[str, Any] = {}
        column: dict[str, pd.Series[Any]] = {}

        def load(root: Path = root, held: dict[str, Any] = held) -> None:
            held["facts"] = facts.load(root)

        def ledger(root: Path = root, held: dict[str, Any] = held) -> None:
            held["ledger"] = Ledger.load(root)

        def frame(held: dict[str, Any] = held, column: dict[str, pd.Series[Any]] = column) -> None:
            table = held["facts"].frame("cities")
            column["people"] = table.loc[table["unit"] == "million person", "quantity"]

        work: dict[str, Callable[[], Any]] = {
            "load the data": load,
            "ledger": ledger,
            "ledger as JSON": lambda held=held: ledger_json(held["ledger"]),  # type: ignore[misc]
            "data frame": frame,
            "column × 2": lambda column=column: column["people"] * 2,  # type: ignore[misc]
            "column ÷ column": lambda column=column: column["people"] / column["people"],  # type: ignore[misc]
            "total of a column": lambda column=column: total(column["people"]),  # type: ignore[misc]
            "column.sum()": lambda column=column: column["people"].sum(),  # type: ignore[misc]
        }
        for name, each in work.items():
            taken.setdefault(name, []).append(seconds(each))
    for name, times in taken.items():
        say(name, *(f"{each:.2f} s" for each in times))
        costs = [each / size for each, size in zip(times, SIZES, strict=True)]
        say("  per fact", *(f"{cost / costs[0]:.2f}" for cost in costs))


def main() -> None:
    """Time everything."""
    with tempfile.TemporaryDirectory(prefix="tieout-bench-") as name:
        folder = Path(name)
        Ledger.load(large_package.create(folder / "warm-up", 100))
        scale(folder)
        report = copy_report(folder / "report")
        build(report)
        check(report)


if __name__ == "__main__":
    main()
