"""Times the work on data of 1,000, 10,000 and 100,000 facts: loading, ledger, its JSON, whole columns.

``per fact`` is the cost of one fact as a multiple of its cost among 1,000: near 1 is linear. Hundredths of a
second are noisy; the calls that `tests/test_scale.py` counts are not.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from tests.support import large_package
from tieout import total
from tieout.data import facts
from tieout.ledger import Ledger
from tieout.ledger.publication import ledger_json

SIZES = (1_000, 10_000, 100_000)


def seconds(work: Callable[[], Any]) -> float:
    """How long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def say(name: str, *cells: str) -> None:
    """Print one line of a table."""
    print(f"  {name:<34}" + "".join(f"{cell:>12}" for cell in cells), flush=True)


def main(folder: Path) -> None:
    """Time data, ledger and arithmetic by the number of facts."""
    Ledger.load(large_package.create(folder / "warm-up", 100))
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
