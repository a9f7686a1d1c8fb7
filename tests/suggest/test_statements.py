"""Statements of statistics follow a fit number by number, in their author's words, digits and units."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tieout import update
from tieout.ledger import Ledger

FIT = """\
from types import SimpleNamespace

import pandas as pd

import tieout as t


def fit(estimate, error, low, high):
    one = lambda *values: pd.Series(values, index=["kg"])
    return SimpleNamespace(
        params=one(estimate), bse=one(error), tvalues=one(estimate / error), pvalues=one(0.0056),
        conf_int=lambda: pd.DataFrame([[low, high]]), nobs=80.0, df_resid=78.0,
    )


t.record("m.sugar", fit(0.2588, 0.0932, 0.07584, 0.4417), term="kg", unit="kilogram", label="Sugar")
t.record("m.fat", fit(-1.3604, 0.157, -1.6689, -1.0519), term="kg", unit="kilogram", label="Fat")
"""
WANTED = {
    "0.25 kg": "0.26 kg",
    "95% CI: 0.09–0.41": "95% CI: 0.08–0.44",
    "95% CI 0.09–0.41": "95% CI 0.08–0.44",
    "95% CI: 0.09 to 0.41": "95% CI: 0.08 to 0.44",
    "95% CI: [0.09, 0.41]": "95% CI: [0.08, 0.44]",
    "95% CI 0.09 to 0.41 kg": "95% CI 0.08 to 0.44 kg",
    "95% confidence interval from 0.09 to 0.41": "95% confidence interval from 0.08 to 0.44",
    "0.09–0.41 (95% CI)": "0.08–0.44 (95% CI)",
    "0.09–0.41": "0.08–0.44",
    "[0.09, 0.41]": "[0.08, 0.44]",
    "0.25 kg (0.09–0.41)": "0.26 kg (0.08–0.44)",
    "0.25 kg (95% CI 0.09–0.41), p = 0.002": "0.26 kg (95% CI 0.08–0.44), p = 0.006",
    "b = 0.25, SE = 0.08": "b = 0.26, SE = 0.09",
    "SE 0.08": "SE 0.09",
    "95% CI: 0.090–0.410": "95% CI: 0.076–0.442",
}
BELOW = {
    "β = −1.27, 95% CI −1.57 to −0.97": "β = −1.36, 95% CI −1.67 to −1.05",
    "-1.27 (95% CI: -1.57, -0.97)": "-1.36 (95% CI: -1.67, -1.05)",
    "−1.57 to −0.97": "−1.67 to −1.05",
}


def planned(root: Path, *prose: str) -> update.Plan:
    """What update makes of paragraphs beside two fits with a unit."""
    text = "\n\n".join(("#:# Fits", *prose)) + "\n"
    return update.plan(Ledger.load(projects.create(root, {"index.ipynb": [text, FIT]})))


def escaped(text: str) -> str:
    return text.replace("[", r"\[").replace("]", r"\]")


def test_a_statement_keeps_its_words_and_digits_and_gets_no_unit(tmp_path: Path) -> None:
    prose = [f"It is so ([{escaped(text)}](tie:m.sugar))." for text in WANTED]
    prose += [f"It is so ([{escaped(text)}](tie:m.fat))." for text in BELOW]
    plan = planned(tmp_path / "report", *prose)
    assert {change.old: change.new for change in plan.changes} == WANTED | BELOW
    assert not [problem for problem in plan.problems if problem.severity == "error"]


def test_an_interval_in_brackets_has_the_level_and_the_unit_that_stand_outside(tmp_path: Path) -> None:
    plan = planned(tmp_path / "report", "It is [0.26 kg](tie:m.sugar) (95% CI [0.09–0.41](tie:m.sugar.ci)).")
    assert [(change.old, change.new) for change in plan.changes] == [("0.09–0.41", "0.08–0.44")]
    assert not planned(tmp_path / "other", "Here (95% CI [0.08–0.44](tie:m.sugar.ci)).").changes


@pytest.mark.parametrize("text", ["b = 0.25", "M = 0.25"])
def test_words_that_cannot_stay_are_left_to_a_person(tmp_path: Path, text: str) -> None:
    """One statistic with a unit of its own has to show it; how, is the author's to say."""
    plan = planned(tmp_path / "report", f"It is so ([{text}](tie:m.sugar)).")
    assert not plan.changes
    (problem,) = (each for each in plan.problems if each.severity == "error")
    assert problem.hint == "correct it by hand" and f"`{text}`" in problem.what and "0.2" in problem.what


def test_a_range_with_another_unit_behind_its_tie_is_not_read_without_it(tmp_path: Path) -> None:
    plan = planned(tmp_path / "report", "It rises by [0.08–0.44](tie:m.sugar) g.")
    assert [change.old for change in plan.changes] == ["0.08–0.44"], "it is not that many grams"
