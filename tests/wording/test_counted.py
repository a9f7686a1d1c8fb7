"""Counts in words against the number of groups that code counted."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
df = pd.DataFrame({"site": ["a", "b", "c"] * 4, "city": ["x", "y"] * 6, "day": [1, 2, 3, 4] * 3})
t.record("sites", df.site.nunique(), "Sites")
t.record("cities", len(df["city"].unique()), "Cities")
t.record("days", df["day"].nunique(), "Days of visits")
t.record("days.late", df[df.day > 2].day.nunique(), "Late days")
"""
RIGHT = [
    "It was switched on at all three sites on a Monday.", "All of the three sites had it.",
    "Three sites had it.",
    "At two sites waits fell.", "All two sites in the north had it.", "All two sites that we asked had it.",
    "Both cities have one.", "In all two cities, waits fell.", "In all five days, waits fell.",
    "All two small sites had it.", "Not all four sites, for there is no fourth.", "All ten clinics had it.",
    "The four sites of another report had it.",
]  # fmt: skip
WRONG = [
    "It was switched on at all four sites on a Monday.", "All of the two sites had it.",
    "In all three cities, waits fell.", "Each of the four sites has a pharmacy.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("counted"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_a_count_of_groups_that_may_be_right_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_another_count_than_the_code_has_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["counted"]
