"""With all that variables hold a number means the output that has its value: what no cell shows is found."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.support import analyses
from tieout import numerals
from tieout.ledger import Ledger
from tieout.notebooks.execute import execute
from tieout.prose import Untied
from tieout.suggest import fitted
from tieout.suggest.evidence import Evidence
from tieout.suggest.search import suggest

MADE = """\
by_species = penguins.groupby("species").agg(mass=("mass", "mean"), longest=("flipper", "max"))
by_species["share"] = 100 * by_species["mass"] / by_species["mass"].sum()
counts = penguins.pivot_table(index="species", columns="sex", values="mass", aggfunc="size")
spread = by_species["mass"].max() - by_species["mass"].min()
late = pd.Series([81.25, 82.5], index=pd.to_datetime(["2024-01-01", "2024-02-01"]))
older = pd.Series({"2019": 61.25, "2020": 62.5})
falling = pd.Series({"Dream": -7.25})
print("Done:", len(by_species), spread.round(0), sep="\\n")
"""


def found(folder: Path, prose: str, made: str = MADE) -> dict[str, str]:
    """What is certain, by the number: the expression that it is tied to."""
    root = analyses.project(folder / "report", "#:# Mass", analyses.READ, made, f"#:{prose}")
    each = suggest(Ledger.load(root), analyses.held(root))
    return {one.number.text: one.records.evidence.expression for one in each if one.records}


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("Gentoos weigh 5,005 g.", {"5,005 g": 'by_species.loc["Gentoo", "mass"]'}),
        ("An Adelie weighs 3,600 g on average, a Gentoo 5,005 g.",
         {"3,600 g": 'by_species.loc["Adelie", "mass"]', "5,005 g": 'by_species.loc["Gentoo", "mass"]'}),
        ("Of this 40.7% is of Gentoos.", {"40.7%": 'by_species.loc["Gentoo", "share"]'}),
        ("The heaviest are 1,405 g ahead.", {"1,405 g": "spread"}),
        ("It was 81.25 in January 2024.", {"81.25": 'late.loc["2024-01-01"]'}),
        ("In 2020 it was 62.5 after all.", {"62.5": 'older.loc["2020"]'}),
        ("Dream lost ground, down 7.25.", {"7.25": 'falling.loc["Dream"]'}),
        ("The lead firmed by 1,405 g to 5,005 g of Gentoos.",
         {"1,405 g": "spread", "5,005 g": 'by_species.loc["Gentoo", "mass"]'}),
    ],
)  # fmt: skip
def test_a_value_that_no_cell_shows_is_found(tmp_path: Path, prose: str, expected: dict[str, str]) -> None:
    assert found(tmp_path, prose) == expected


@pytest.mark.parametrize(
    "prose",
    [
        "Emperors weigh 5,010 g.",  # nothing has this value
        "We waited 41 days.",  # two digits agree with a share by chance
        "There were about 4,000 of them.",
        "The largest group had 4 members.",
    ],
)
def test_what_agrees_by_chance_is_no_certain_tie(tmp_path: Path, prose: str) -> None:
    assert not found(tmp_path, prose)


def test_two_values_that_agree_are_for_the_author_to_choose(tmp_path: Path) -> None:
    made = "one = 100 / 7\ntwo = 14.2864"
    assert not found(tmp_path, "It was 14.286 then.", made)
    (tmp_path / "other").mkdir()
    assert found(tmp_path / "other", "It was 14.2857 then.", made) == {"14.2857": "one"}


def test_what_is_recorded_is_not_what_has_the_same_value_of_a_row_that_is_named(tmp_path: Path) -> None:
    code = """\
import tieout as t
idle = pd.DataFrame({"days": [36, 12]}, index=["T3", "T4"])
below = 36
t.record("below", below, label="Days below 20 MWh", unit="day")"""
    prose = "On 36 days it was below 20 MWh.\n\nT3 was idle on 36 days."
    root = analyses.project(tmp_path / "report", "#:# Idle", analyses.READ, code, f"#:{prose}")
    execute(root / "penguins.ipynb", root)
    first, second = (
        each for each in suggest(Ledger.load(root), analyses.held(root)) if "36" in each.number.text
    )
    assert first.unambiguous and first.keys[0] == "below"
    assert not second.unambiguous


@pytest.mark.parametrize(
    ("prose", "is_day"),
    [
        ("The best was 11 January, with wind.", True),
        ("It began on March 4, a Monday.", True),
        ("They came on the 3rd of May.", True),
        ("Of those in May 4 people left.", False),
        ("All 12 months were calm.", False),
    ],
)
def test_the_day_of_a_month_is_no_result(tmp_path: Path, prose: str, is_day: bool) -> None:
    root = analyses.project(tmp_path / "report", "#:# Days", analyses.READ, f"#:{prose}")
    said = [str(each) for each in suggest(Ledger.load(root))]
    assert any("it is a date, and counts nothing; waive it" in each for each in said) is is_day


@pytest.mark.parametrize(
    "prose",
    [
        "In all 12 months they were counted.",  # no change of 11.7
        "Torgersen is dear, at 47.5% of the total.",  # no weight of 47.5
        "Of 41 of them nothing is known.",  # no share of 40.7
    ],
)
def test_what_agrees_by_chance_is_not_even_likely(tmp_path: Path, prose: str) -> None:
    made = MADE + 'change = 11.746\nheavy = pd.Series({"Biscoe": 47.5})'
    root = analyses.project(tmp_path / "report", "#:# Mass", analyses.READ, made, f"#:{prose}")
    assert not any(each.likely for each in suggest(Ledger.load(root), analyses.held(root)))


@pytest.mark.parametrize(
    ("text", "value", "far"),
    [
        ("£3.09 million", "3094352", False),
        ("23.5%", "0.2349", False),
        ("4,202 g", "4201.75", False),
        ("£3.09 million", "41.2", True),
        ("23.5%", "0.71", True),
        ("6 hours", "21600", False),  # in other units, and of a digit, all may be
    ],
)
def test_what_no_power_of_ten_brings_near_is_not_compared(text: str, value: str, far: bool) -> None:
    shown = numerals.parse(text)
    assert shown is not None
    found = Evidence(0, (0, 1), "x", Decimal(value), frozenset())
    assert fitted.is_far(Untied(0, len(text), text, "number", text, 0), shown, found) is far


@pytest.mark.parametrize("prose", ["Wages of Ash were 45% of sales.", "About €21,000 of it are gone."])
def test_points_are_no_share_and_a_rounded_count_is_no_sum(tmp_path: Path, prose: str) -> None:
    made = 'made = pd.DataFrame({"pp": [0.4486, -1.2], "n": [21127, 40310]}, index=["Ash", "Birch"])\n'
    root = analyses.project(tmp_path / "report", "#:# Mass", analyses.READ, made, f"#:{prose}")
    assert not [each for each in suggest(Ledger.load(root), analyses.held(root)) if each.likely]
