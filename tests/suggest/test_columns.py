"""Statistics of a column that no variable holds: its range, its middle, a part of its sum."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.test_lined import certain

MADE = """\
farms = pd.DataFrame({"cost": [69.31, 84.02, 77.5, 71.16], "margin": [-108.3, -1.34, 22.8, -1.34],
                      "profit": [631.0, 204.0, 112.0, 53.0]},
                     index=["Ash", "Birch", "Cedar", "Dell"])
"""
RANGE = {"€69": 'farms["cost"].min()', "€84": 'farms["cost"].max()'}


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("Costs were similar, from €69 to €84 per hectare.", RANGE),
        ("The cost was between €69 and €84.", RANGE),
        ("The median farm had a margin of −€1.34.", {"−€1.34": 'farms["margin"].median()'}),
        ("Ash has 63% of the profit.", {"63%": 'farms.loc["Ash", "profit"] / farms["profit"].sum()'}),
    ],
)  # fmt: skip
def test_a_statistic_of_a_named_column_is_certain(
    tmp_path: Path, prose: str, expected: dict[str, str]
) -> None:
    found = certain(tmp_path, prose, MADE)
    assert found.keys() == expected.keys()
    assert all(f", {code}, " in found[text] for text, code in expected.items())


def test_a_rate_is_recorded_in_the_form_that_says_what_it_is_per(tmp_path: Path) -> None:
    line = certain(tmp_path, "The median farm had a margin of −€1.34 per hectare.", MADE)["−€1.34"]
    assert line.endswith('unit="EUR / hectare", like="−€1.34 per hectare")')


@pytest.mark.parametrize(
    "prose",
    [
        "Sizes were similar, from €69 to €84 per hectare.",  # the column is not named
        "The cost went up from €69 to €84.",  # it moved, and is no range
        "The cost was between €71 and €84.",
        "Ash has 63% of the cost.",
        "The mean farm had a margin of −€1.34.",
    ],
)
def test_what_is_no_statistic_of_a_named_column_is_not_certain(tmp_path: Path, prose: str) -> None:
    assert not certain(tmp_path, prose, MADE)
