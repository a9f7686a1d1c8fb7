"""Comparisons of two cells of one line of a table that words name, or that the sentence states."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import analyses
from tieout.ledger import Ledger
from tieout.suggest.search import suggest

MADE = """\
years = pd.DataFrame({"wages": [1625600.0, 1723136.0], "energy": [194791.0, 163709.0]},
                     index=pd.Index([2023, 2024], name="year"))
soils = pd.DataFrame({"gain": [0.4981, 0.2201, 0.3107], "depth": [31.0, 44.5, 61.2]},
                     index=["sand", "clay", "loam"])
share = pd.Series({"early": 61.29, "late": 42.55})
"""
WAGES = 'years.loc[2024, "wages"] - years.loc[2023, "wages"]'


def certain(folder: Path, prose: str, made: str = MADE) -> dict[str, str]:
    """What is certain, by the number: the line that records it."""
    root = analyses.project(folder / "report", "#:# Mass", analyses.READ, made, f"#:{prose}")
    found = suggest(Ledger.load(root), analyses.held(root))
    return {each.number.text: each.records.line for each in found if each.records}


@pytest.mark.parametrize(
    ("prose", "number", "expected"),
    [
        ("Energy helped, falling by €31,082.", "€31,082",
         'years.loc[2023, "energy"] - years.loc[2024, "energy"]'),
        ("Wages went from €1,625,600 to €1,723,136, i.e. €97,536 on top.", "€97,536", WAGES),
        ("Wages came to €1,723,136, 6.0% more than in 2023.", "6.0%",
         'years.loc[2024, "wages"] / years.loc[2023, "wages"] - 1'),
        ("The depth on clay shortened by 13.5 against sand.", "13.5",
         'soils.loc["clay", "depth"] - soils.loc["sand", "depth"]'),
        ("On sand they gained 2.3 times as much as on clay.", "2.3 times",
         'soils.loc["sand", "gain"] / soils.loc["clay", "gain"]'),
        ("Sand had a gain of 0.50, 0.28 more than clay.", "0.28",
         'soils.loc["sand", "gain"] - soils.loc["clay", "gain"]'),
    ],
)  # fmt: skip
def test_what_two_named_cells_differ_by_is_certain(
    tmp_path: Path, prose: str, number: str, expected: str
) -> None:
    assert f", {expected}, " in certain(tmp_path, prose)[number]


@pytest.mark.parametrize(
    ("prose", "number"),
    [
        ("Energy helped, falling by €97,536.", "€97,536"),  # it is what wages rose by
        ("On sand they gained 2.3 times as much.", "2.3 times"),  # as what?
        ("Wages came to €1,723,136, 6% more than in 2023.", "6%"),  # one digit
        ("It is 0.28 more than clay.", "0.28"),
    ],
)
def test_a_difference_whose_cells_nobody_names_is_not_certain(
    tmp_path: Path, prose: str, number: str
) -> None:
    assert number not in certain(tmp_path, prose)


def test_two_pairs_that_agree_are_for_the_author_to_choose(tmp_path: Path) -> None:
    twice = MADE + 'plots = pd.DataFrame({"gain": [0.4989, 0.2202]}, index=["sand", "clay"])\n'
    assert "0.28" not in certain(tmp_path, "The gain on sand is 0.28 more than on clay.", twice.replace(
        '["sand", "clay"])', '["sand plots", "clay plots"])'))  # fmt: skip
