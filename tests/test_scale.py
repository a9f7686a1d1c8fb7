"""A report with 100,000 facts does not crawl: work grows with the data, and no column is too long.

Nothing here looks at a clock. Calls of Python functions are counted: they are the same on every machine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import tieout as t
from tests.support import large_package
from tests.support.some_facts import fact, facts, lookup
from tieout import publish
from tieout.audit import site
from tieout.data import facts as data
from tieout.ledger import Ledger
from tieout.ledger.publication import ledger_json
from tieout.numbers import Interval, Quantity, evaluate, formula, from_json, inputs, to_json, written
from tieout.relations import discovery
from tieout.workspace import Workspace

MANY = 5_000  # five times as many as Python lets functions call each other


@pytest.fixture(scope="module")
def column() -> pd.Series[Any]:
    """A long column of facts that are each off by up to half of their last digit."""
    return pd.Series(
        [Quantity.stated(f"city.c{row}", text=f"{row % 97}.5", unit="million person") for row in range(MANY)]
    )


def calls(work: Callable[[], object]) -> int:
    """How many Python functions a piece of work calls."""
    count = 0

    def count_calls(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(count_calls)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def exact(column: pd.Series[Any]) -> Decimal:
    return sum((each.value for each in column), Decimal(0))


def test_a_long_column_adds_up_to_the_right_interval(column: pd.Series[Any]) -> None:
    total = t.total(column)
    off = Decimal(50_000) * MANY
    assert total.value == exact(column)
    assert total.interval == Interval(exact(column) - off, exact(column) + off)
    assert total.unit == "person"
    assert inputs(total.lineage) == tuple(each.id for each in column)


def test_every_way_to_add_a_column_up_gives_the_same(column: pd.Series[Any]) -> None:
    total = t.total(column)
    for summed in (column.sum(), sum(column), t.mean(column) * MANY):
        assert (summed.value, summed.unit, summed.interval) == (total.value, total.unit, total.interval)
        assert inputs(summed.lineage) == inputs(total.lineage)


def test_adding_up_in_thirds_gives_the_same_digits_either_way() -> None:
    thirds = pd.Series(
        [Quantity.stated(f"n.{row}", text=f"{row + 1}.0", unit="1") / 3 for row in range(2_000)]
    )
    total, summed = t.total(thirds), thirds.sum()
    assert (summed.value, summed.interval) == (total.value, total.interval)


def test_a_columns_lineage_can_be_stored_read_back_computed_and_written(column: pd.Series[Any]) -> None:
    known = {each.id: each for each in column}
    for total in (t.total(column), column.sum()):
        stored = json.dumps(to_json(total.lineage))
        assert len(stored) < 40 * MANY
        read = from_json(json.loads(stored))
        assert read == total.lineage
        assert hash(read) == hash(total.lineage)
        again = evaluate(read, known.__getitem__)
        assert (again.value, again.interval) == (total.value, total.interval)
        assert len(written(read)) < 1_000
        printed = formula(read, known.__getitem__)
        assert "others:" in printed.text and len(printed.text) < 1_000
        assert len(repr(total)) > MANY


def test_a_column_computes_with_numbers_columns_and_quantities(column: pd.Series[Any]) -> None:
    some = column[:1_000]
    first = some.iloc[0]
    doubled, halved = some * 2, some / 2
    assert [each.value for each in doubled] == [each.value * 2 for each in some]
    assert [each.interval for each in halved] == [each.interval / Interval.point(2) for each in some]
    assert [each.value for each in some + some] == [each.value for each in doubled]
    assert {each.value for each in some - some} == {0}
    assert [each.value for each in some - first] == [each.value - first.value for each in some]
    assert {each.unit for each in some / first} == {"1"}
    assert {each.unit for each in some * first} == {"person ** 2"}
    assert (some / some).iloc[7].lineage == (some.iloc[7] / some.iloc[7]).lineage


def test_a_frames_column_of_facts_computes(tmp_path: Path) -> None:
    frame = data.load(large_package.create(tmp_path, 200)).frame("cities")
    people = frame.loc[frame["unit"] == "million person", "quantity"]
    assert t.total(people).unit == "person"
    assert t.total(people).value == people.sum().value


def grows(
    work: Callable[[int], Callable[[], object]], sizes: tuple[int, int, int] = (200, 500, 1_100)
) -> float:
    """How much more calls a further row takes when there are many rows than when there are few."""
    few, some, many = (calls(work(size)) for size in sizes)
    return (many - some) / (sizes[2] - sizes[1]) / ((some - few) / (sizes[1] - sizes[0]))


@pytest.mark.parametrize("step", ["facts", "ledger", "json"])
def test_the_work_for_a_fact_does_not_grow_with_the_data(tmp_path: Path, step: str) -> None:
    def work(size: int) -> Callable[[], object]:
        root = large_package.create(tmp_path / str(size), size)
        ledger = Ledger.load(root)  # what is remembered between runs is remembered before any count
        return {
            "facts": lambda: data.load(root),
            "ledger": lambda: Ledger.load(root),
            "json": lambda: ledger_json(ledger),
        }[step]

    work(10)()  # what a process remembers of itself, it remembers now
    assert grows(work) < 1.2


def test_the_work_for_an_entry_of_the_ledgers_page_does_not_grow_with_the_page(tmp_path: Path) -> None:
    """All facts stand on one page, in one chapter of the PDF: 10,000 take ten times as long as 1,000."""

    def work(size: int) -> Callable[[], object]:
        root = large_package.create(tmp_path / str(size), size, ledger=True)
        result = publish.build(Workspace.load(root), "pandoc", execute=False)
        if not result.site:
            pytest.fail("\n".join(str(each) for report in result.reports for each in report.problems))
        known = Ledger.load(root)
        site.check(known)
        return lambda: site.check(known)

    assert grows(work, (40, 80, 160)) < 1.2


ROWS = {
    "one family": lambda n: fact(f"flat.f{n}", "2.5", "billion USD"),
    "rates": lambda n: fact(f"flat.f{n}.cagr", "2.5", "percent", period="2020/2024"),
    "rates of one family": lambda n: fact(f"flat.cagr{n}", "2.5", "percent", "rounded", "2020/2024", "CAGR"),
    "shares": lambda n: fact(f"g{n}.share", "2.5", "percent", label="Share of population"),
    "parts": lambda n: fact(f"all.g{n}.share", "2.5", "percent"),
    "wholes": lambda n: fact(f"g{n}.total.share", "2.5", "percent"),
    "ratios": lambda n: fact(f"g{n}.speedup", "2.5", "1"),
    "leads": lambda n: fact(f"g.lead{n}.lead", "2.5", "percentage_point"),
    "forms": lambda n: fact(f"g{n}.size", "2.5", "billion USD", stated="$2.5B|$2.5 billion"),
}


@pytest.mark.parametrize("kind", ROWS)
def test_looking_for_relations_does_not_compare_all_with_all(kind: str) -> None:
    def work(size: int) -> Callable[[], object]:
        known = facts(map(ROWS[kind], range(size)))
        discovery.discover(known)
        return lambda: discovery.discover(known)

    assert grows(work) < 1.2


def test_the_number_of_an_entry_is_looked_up_not_searched(tmp_path: Path) -> None:
    ledger = Ledger.load(large_package.create(tmp_path, 500))
    ids = list(ledger)
    assert calls(lambda: ledger.lookup(ids[-1])) == calls(lambda: ledger.lookup(ids[0]))
    assert calls(lambda: ledger.resolve(ids[-1], "label")) == calls(lambda: ledger.resolve(ids[0], "label"))


def test_quantities_of_a_column_are_checked_by_their_formula(column: pd.Series[Any]) -> None:
    known = facts(fact(f"city.c{row}", f"{row}.5", "million person") for row in range(2_000))
    total = t.total(known.values())
    assert evaluate(total.lineage, lookup(known)).interval == total.interval  # type: ignore[arg-type]
