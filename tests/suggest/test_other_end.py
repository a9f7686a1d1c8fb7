"""Numbers that another one of their sentence settles: ends of a way, shares in words before their count."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.test_combined import project
from tests.suggest.test_computed import suggested
from tests.suggest.test_meanings import likely

VISITS = """\
import pandas as pd

visits = pd.DataFrame({
    "after": [False] * 5 + [True] * 5,
    "site": ["North", "South"] * 5,
    "wait": [28, 30, 27, 41, 12, 23, 24, 20, 35, 11],
    "missed": [1, 0, 1, 0, 1, 1, 0, 0, 0, 0],
})"""
BY = 'visits.groupby("after").wait.median()'
SITES = 'visits.groupby("site").wait.median()\n'
MISSED = 'visits.groupby("after").missed.mean()'


def test_the_end_of_a_way_is_in_the_column_of_its_beginning(tmp_path: Path) -> None:
    """The median of one of two sites is 23 too, and only one of 28 is."""
    prose = "The median wait fell by 5 minutes, from 28 before it to 23."
    found = likely(project(tmp_path, prose, VISITS, SITES, BY))
    assert found["28"] == f"{BY}.loc[False]"
    assert found["23"] == f"{BY}.loc[True]"
    assert found["5 minutes"] is not None


def test_what_the_other_end_settles_is_likely_and_not_certain(tmp_path: Path) -> None:
    prose = "Missed visits fell, from 60.0% to 20% of all: a fall of 40 percentage points."
    found = suggested(project(tmp_path, prose, VISITS, MISSED))
    ends = [found[text] for text in ("60.0%", "20%", "40 percentage points")]
    assert all(each.likely for each in ends), ends
    assert found["40 percentage points"].records is None


@pytest.mark.parametrize(
    "prose",
    [
        "The median wait was 28 before it. Later it came to 23.",  # no way from one to the other
        "The median wait fell from 28 to 22.",
    ],
)
def test_a_number_that_is_no_other_end_is_left_to_the_author(tmp_path: Path, prose: str) -> None:
    found = likely(project(tmp_path, prose, VISITS, SITES, BY))
    assert found[prose[-3:-1]] is None


def test_of_more_rows_than_two_the_other_end_has_to_be_named(tmp_path: Path) -> None:
    table = 'visits["day"] = ["Mon", "Tue", "Wed", "Thu", "Fri"] * 2\nvisits.groupby("day").wait.max()'
    prose = "The longest wait fell from 41 on Thu to 28."
    first = 'visits[visits.wait < 30].groupby("site").wait.max()'
    assert likely(project(tmp_path, prose, VISITS, first, table))["28"] is None


def test_a_share_in_words_is_of_the_count_in_brackets_behind_it(tmp_path: Path) -> None:
    made = "rated = visits[visits.wait > 23]\nlen(visits), len(rated)"
    prose = "Of the 10 visits, three fifths of the visits (6) left a rating."
    found = suggested(project(tmp_path, prose, VISITS, made))["three fifths"]
    assert found.likely is not None
    assert "t.share(int(len(rated)), int(len(visits)))" in found.likely.line
