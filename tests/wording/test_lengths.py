"""Lengths of time beside the dates between which they lie."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
t.record("months", 18, "Months of data", unit="month", like="18 months")
t.record("years", 12, "Years of the survey", unit="year", like="12 years")
t.record("median.a", 30.5, "Median of Old Town")
t.record("median.b", 23, "Median of Northside")
"""
months, years, a, b = (
    "[18 months](tie:months)",
    "[12 years](tie:years)",
    "[30.5](tie:median.a)",
    "[23](tie:median.b)",
)
RIGHT = [
    f"We have {months} of visits (January 2023 to June 2024).", f"We have {months} (Jan 2023–Jun 2024).",
    f"Of the {months} from January 2022 to June 2024 none is missing.", f"{years} (2010–2021) were read.",
    f"It ran for {years}, from 2010 to 2022.",
    f"The {months} after January 2023 to February 2023 were quiet.",
    f"We have {months}; May 2024 to June 2024 is new.", f"Not {months} (March 2023 to June 2024) but more.",
    f"The {months} end in 2024.", f"We have {months} of the two years 2023 and 2024.",
    f"The medians tell the same story: {a} at Old Town.", f"The medians are {a} and {b}.",
    f"The means tell another story than the medians: {a} at Old Town.",
    f"The means mislead: half waited {b}.",
]  # fmt: skip
DATED = [
    f"We have {months} of visits (March 2023 to June 2024).", f"We have {months} (Mar 2023–Jun 2024).",
    f"Of the {months} from January 2023 to June 2023 all are there.", f"{years} (2012–2021) were read.",
    f"It ran for {years}, from 2014 to 2022.",
]  # fmt: skip
MEANT = [
    f"The means tell the same story: {a} at Old Town.",
    f"The means tell the same story: {a} here and {b} there.",
]
WRONG = [*DATED, *MEANT]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("lengths"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_lengths_and_stories_that_may_be_right_are_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", DATED)
def test_more_months_than_there_are_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["dated"]


@pytest.mark.parametrize("text", MEANT)
def test_a_story_of_means_is_not_told_by_medians(text: str, found: dict[str, list[str]]) -> None:
    assert set(found[text]) == {"meant"}
