"""Ends of a way, *from 7.0% to 9.1%*: both are of one line of a table, or neither is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.test_settling import found

YEARS = """\
years = pd.DataFrame({"sales": [3626433.0, 3817310.0], "margin": [6.963, 9.0576], "lost": [71.84, 63.17]},
                     index=pd.Index([2023, 2024], name="year"))
other = pd.DataFrame({"weeks": [7.04, 19.42, 31.5]}, index=["Ash", "Birch", "Cedar"])
share = pd.Series({"early": 14.73, "late": 25.11})
"""


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("The margin went from 7.0% to 9.1%.",
         {"7.0%": 'years.loc[2023, "margin"]', "9.1%": 'years.loc[2024, "margin"]'}),
        ("Sales came to €3,817k in 2024, up from €3,626k.",
         {"€3,817k": 'years.loc[2024, "sales"]', "€3,626k": 'years.loc[2023, "sales"]'}),
        ("In 2024 we lost 63.2% of them, after 71.8% in 2023.",
         {"63.2%": 'years.loc[2024, "lost"]', "71.8%": 'years.loc[2023, "lost"]'}),
    ],
)  # fmt: skip
def test_both_ends_of_a_way_are_of_one_line(tmp_path: Path, prose: str, expected: dict[str, str]) -> None:
    assert found(tmp_path, prose, YEARS) == expected


@pytest.mark.parametrize("unit", ["per cent", "%"])
def test_an_end_of_a_way_is_of_no_other_table_than_its_other_end(tmp_path: Path, unit: str) -> None:
    """A share of 19.4 is not known, and the weeks of Birch are no share."""
    prose = f"The late share of Birch rose from 19.42 to 25.11 {unit}."
    assert "19.42" not in found(tmp_path, prose, YEARS)
    (tmp_path / "alone").mkdir()
    assert "19.42" in found(tmp_path / "alone", "The weeks of Birch were 19.42.", YEARS)


def test_an_end_is_not_certain_where_nothing_is_known_of_the_other(tmp_path: Path) -> None:
    assert not found(tmp_path, "The weeks of Birch rose from 19.42 to 27.86 weeks.", YEARS)


def test_a_margin_that_is_the_name_of_a_column_compares_nothing(tmp_path: Path) -> None:
    prose = "In 2024 it was a good year, with a margin of 9.06%."
    assert found(tmp_path, prose, YEARS) == {"9.06%": 'years.loc[2024, "margin"]'}


def test_a_table_that_shows_its_values_rounded_has_the_same_values(tmp_path: Path) -> None:
    prose = "In 2024 the margin was 9.06%, and sales came to €3,817k."
    shown = f"{YEARS}years.round(0)"
    assert found(tmp_path, prose, shown).keys() == {"9.06%", "€3,817k"}


def test_of_outputs_that_agree_with_both_ends_those_of_one_line_are_meant(tmp_path: Path) -> None:
    made = f'{YEARS}rest = pd.Series({{"Oak": 71.83, "Elm": 63.21}})\nelse_ = pd.Series({{"Fir": 63.19}})'
    found_in = found(tmp_path, "What was lost, 1,000 in all, edged down from 71.8% to 63.2%.", made)
    assert found_in == {"71.8%": 'years.loc[2023, "lost"]', "63.2%": 'years.loc[2024, "lost"]'}


def test_an_end_that_is_tied_settles_the_other(tmp_path: Path) -> None:
    line = 't.record("margin-now", years.loc[2024, "margin"], "Margin", unit="percent")'
    made = f"{YEARS}import tieout as t\n{line}"
    prose = "The good margin of weeks went from {} to [9.1%](tie:margin-now)."
    assert found(tmp_path, prose.format("7.0%"), made) == {"7.0%": 'years.loc[2023, "margin"]'}
    (tmp_path / "other").mkdir()
    assert not found(tmp_path / "other", prose.format("19.42 for Birch"), made)
