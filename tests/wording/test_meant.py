"""Words at a tie that are another entry's: its statistic, its group, its year."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import pages
from tieout.checks import prose
from tieout.ledger import Ledger

FACTS = [
    ("wine.median", "Median of alcohol", "13.05", "percent", "rounded", "", "agency2026"),
    ("wine.mean", "Mean of alcohol", "13.00", "percent", "rounded", "", "agency2026"),
    ("wine.sd", "Standard deviation of alcohol", "0.81", "1", "rounded", "", "agency2026"),
    ("wine.0", "Wines of class 0", "59", "1", "exact", "", "agency2026"),
    ("wine.1", "Wines of class 1", "71", "1", "exact", "", "agency2026"),
    ("mass.adelie", "Mass of Adelies", "3701", "gram", "rounded", "", "agency2026"),
    ("mass.gentoo", "Mass of Gentoos", "5076", "gram", "rounded", "", "agency2026"),
    ("fit.r2", "R²", "0.52", "1", "rounded", "", "agency2026"),
    ("fit.p", "p-value", "0.031", "1", "rounded", "", "agency2026"),
    ("growth.year-2009", "Growth of the year 2009", "2.6", "percent", "rounded", "", "agency2026"),
]
RIGHT = """\
# Wines

The median is [13.05%](tie:wine.median), above the mean of [13.00%](tie:wine.mean) (SD [0.81](tie:wine.sd)).
It has a standard
deviation of [0.81](tie:wine.sd).

Class 0 has [59](tie:wine.0) wines, and class 1 has [71](tie:wine.1).

Adelies weigh [3,701 g](tie:mass.adelie), less than the [5,076 g](tie:mass.gentoo) of Gentoos.

The model explains it ([R² = 0.52](tie:fit.r2), p = [0.031](tie:fit.p)).

In 2009 it grew by [2.6%](tie:growth.year-2009).
"""


def warnings(root: Path, text: str) -> list[str]:
    page = pages.Page("one", text, tuple(FACTS), ())
    report = prose.check(Ledger.load(pages.create(root, "en", [page])))
    return [f"{each.rule} {each.id}" for each in report.problems if each.rule in ("meant", "dated")]


def test_what_is_called_as_it_is_is_not_suspicious(tmp_path: Path) -> None:
    assert warnings(tmp_path, RIGHT) == []


def test_the_room_of_a_number_before_is_not_of_this_one(tmp_path: Path) -> None:
    assert warnings(tmp_path, "# Wines\n\nIt is 13.3 (SD 0.9) against [13.00%](tie:wine.mean) here.\n") == []


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("The median is", "The mean is", "meant wine.median"),
        ("The median is", "On average it is", "meant wine.median"),
        ("the mean of [", "the median of [", "meant wine.mean"),
        ("(SD [", "(SE [", "meant wine.sd"),
        ("Class 0 has", "Class 1 has", "meant wine.0"),
        ("class 1 has [", "class 0 has [", "meant wine.1"),
        ("of Gentoos", "of Adelies", "meant mass.gentoo"),
        ("Adelies weigh", "The mass of Gentoos is", "meant mass.adelie"),
        ("[R² = 0.52]", "[R = 0.52]", "meant fit.r2"),
        ("[R² = 0.52]", "[adjusted R² = 0.52]", "meant fit.r2"),
        ("[R² = 0.52]", "p = [0.52]", "meant fit.r2"),
        ("p = [0.031]", "SE = [0.031]", "meant fit.p"),
        ("In 2009", "In 2008", "dated growth.year-2009"),
        ("In 2009 it grew", "The best year was 1984, when it grew", "dated growth.year-2009"),
        ("](tie:growth.year-2009)", "](tie:growth.year-2009) in 2010", "dated growth.year-2009"),
    ],
)
def test_another_statistic_group_or_year_is(tmp_path: Path, old: str, new: str, found: str) -> None:
    assert old in RIGHT
    assert warnings(tmp_path, RIGHT.replace(old, new)) == [found]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The median is", "The average wine's median is"),
        ("The median is", "Half of them have"),
        ("The median is", "In the middle stands, which means"),
        ("Class 0 has", "Each class has"),
        ("Adelies weigh", "They weigh"),
        ("[R² = 0.52]", "an effect of [0.52]"),
        ("In 2009 it", "Since the law of 2008, in the year after, it"),
        ("In 2009 it", "Faster than in 2008 and before, it"),
        ("In 2009 it", "In 2008 dollars it"),
        ("In 2009 it", "In 2008 it shrank; a year later it"),
        ("In 2009 it", "In 2008 it shrank, a year later it"),
        ("In 2009 it", "In 2009, up from [59](tie:wine.0) in 2008, it"),
        ("In 2009 it", "Compared with 2008 it"),
    ],
)
def test_what_may_be_meant_is_left_alone(tmp_path: Path, old: str, new: str) -> None:
    assert old in RIGHT
    assert warnings(tmp_path, RIGHT.replace(old, new)) == []


CROSSED = [
    "Gentoos weigh [3,701 g](tie:mass.adelie) and Adelies [5,076 g](tie:mass.gentoo).",
    "Gentoos weigh [3,701 g](tie:mass.adelie) on average, while an Adelie\nhas [5,076 g](tie:mass.gentoo).",
]
STRAIGHT = [
    "Adelies weigh [3,701 g](tie:mass.adelie) and Gentoos [5,076 g](tie:mass.gentoo).",
    "Unlike Gentoos, [3,701 g](tie:mass.adelie) of Adelies and [5,076 g](tie:mass.gentoo) were weighed.",
    "Among Gentoos [3,701 g](tie:mass.adelie) is little, in Adelies [5,076 g](tie:mass.gentoo) is much.",
    "After Gentoos came, at [3,701 g](tie:mass.adelie), Adelies; [5,076 g](tie:mass.gentoo) is more.",
    "Gentoos outweigh the [3,701 g](tie:mass.adelie) (Adelies) with [5,076 g](tie:mass.gentoo).",
    "Heavier Gentoos than [3,701 g](tie:mass.adelie), and Adelies under [5,076 g](tie:mass.gentoo), came.",
]


@pytest.mark.parametrize("text", CROSSED)
def test_two_numbers_that_stand_beside_each_others_names_are(tmp_path: Path, text: str) -> None:
    assert "meant mass.adelie" in warnings(tmp_path, f"# Wines\n\n{text}\n")


@pytest.mark.parametrize("text", STRAIGHT)
def test_names_that_may_belong_to_the_number_before_them_are_left_alone(tmp_path: Path, text: str) -> None:
    found = [each for each in prose_warnings(tmp_path, text) if "stands beside the name" in each]
    assert found == []


def prose_warnings(root: Path, text: str) -> list[str]:
    page = pages.Page("one", f"# Wines\n\n{text}\n", tuple(FACTS), ())
    return [each.what for each in prose.check(Ledger.load(pages.create(root, "en", [page]))).problems]
