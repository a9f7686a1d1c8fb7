"""Names in the code of a number are followed into the cells before its own, where one gives them a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sentences import rules_of

DATA = """
import pandas as pd
import tieout as t

visits = pd.DataFrame({
    "site": ["North", "South"] * 6,
    "month": ["2024-05"] * 6 + ["2024-06"] * 6,
    "wait": [21.0, 34.0, 20.0, 36.0, 22.0, 35.0, 31.0, 44.0, 30.0, 46.0, 32.0, 45.0],
})
"""
TABLES = """
by_site = visits.groupby("site").wait.median()
last = visits.groupby("month").wait.mean().loc["2024-06"]
"""
RECORDS = """
t.record("north", by_site["North"], "Wait of the first", like="26.0")
t.record("last", last, "Wait in the month", like="38.0")
"""
TWICE = 'by_site = visits.groupby("site").wait.mean()\nlast = visits.wait.max() - 8'

WRONG = {
    "The mean wait there was [26.0](tie:north).": "meant",
    "In May 2024 the wait was [38.0](tie:last).": "dated",
}
RIGHT = (
    "The median wait there was [26.0](tie:north).",
    "In June 2024 the wait was [38.0](tie:last).",
    "The wait was [38.0](tie:last) after [26.0](tie:north).",
)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    folder = tmp_path_factory.mktemp("across")
    return rules_of(folder, [*WRONG, *RIGHT], RECORDS, before=(DATA, TABLES))


@pytest.mark.parametrize("sentence", WRONG)
def test_what_another_cell_computes_is_weighed(said: dict[str, list[str]], sentence: str) -> None:
    assert WRONG[sentence] in said[sentence]


@pytest.mark.parametrize("sentence", RIGHT)
def test_what_is_right_is_not_named(said: dict[str, list[str]], sentence: str) -> None:
    assert said[sentence] == []


def test_of_what_two_cells_give_nothing_is_known(tmp_path: Path) -> None:
    said = rules_of(tmp_path, [*WRONG], RECORDS, before=(DATA, TABLES, TWICE))
    assert {text: rules for text, rules in said.items() if rules} == {}
