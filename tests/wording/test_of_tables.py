"""Words against the tables that a notebook stores: groups that no entry is of, what is cheapest, how many."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of_run

READ = """\
import pandas as pd
import tieout as t

wards = pd.DataFrame(
    {
        "beds": [24, 32, 28, 18], "nurses": [31, 40, 22, 26], "nights": [4.8, 4.3, 9.7, 3.2],
        "cost": [4176, 5592, 4980, 2042], "rate": [0.11, 0.08, 0.21, 0.02], "delay": [4.1, 6.9, 3.8, 2.6],
        "on_time": [0.4, 0.1, 0.5, 0.7],
    },
    pd.Index(["Cardiology", "Surgery", "Geriatrics", "Maternity"], name="ward"),
)
wards"""
RECORDED = """\
t.record("nights.geriatrics", wards.nights["Geriatrics"], "Mean stay, geriatrics")
t.record("nights.surgery", wards.nights["Surgery"], "Mean stay, surgery")
t.record("cost.surgery", wards["cost"]["Surgery"], "Mean cost of a stay, surgery", unit="EUR")
t.record("cost.geriatrics", wards.cost.loc["Geriatrics"], "Mean cost of a stay, geriatrics", unit="EUR")
t.record("cost.maternity", wards.loc["Maternity"].cost, "Mean cost of a stay, maternity", unit="EUR")
t.record("beds.surgery", wards.beds["Surgery"], "Beds, surgery")
t.record("beds", wards.beds.sum(), "Beds")
t.record("share", wards.beds["Surgery"] / wards.beds.sum(), "Share of beds in surgery", like="31%")
t.record("delay.surgery", wards.delay["Surgery"], "Mean delay, surgery", unit="minute")
t.record("time.surgery", wards.on_time["Surgery"], "Share on time, surgery", like="10%")
t.record("time.maternity", wards.on_time["Maternity"], "Share on time, maternity", like="70%")
t.record("nurses", wards.nurses.sum(), "Nurses")
t.record("rate.max", wards.rate.max(), "Highest rate of return", like="21%")"""
NIGHTS, BEDS = "[9.7](tie:nights.geriatrics)", "[32](tie:beds.surgery)"
SURGERY, MATERNITY = "[5,592](tie:cost.surgery) EUR", "[2,042](tie:cost.maternity) EUR"
TRUE = [
    f"Patients in geriatrics stay {NIGHTS} nights.",
    f"Patients stay longest in geriatrics, {NIGHTS} nights on average.",
    f"Geriatric patients stay twice as long as those in cardiology, {NIGHTS} nights.",
    f"Unlike cardiology, where stays are short, the old need {NIGHTS} nights.",
    f"Surgery is the most expensive ward: one stay costs {SURGERY}.",
    "After surgery, geriatrics is the most expensive ward, at [4,980](tie:cost.geriatrics) EUR.",
    f"Maternity is the cheapest ward, at {MATERNITY} a stay.",
    f"Maternity is not the dearest ward, at {MATERNITY} a stay.",
    f"Surgery has {BEDS} beds, more than any other ward.",
    f"Surgery, the largest ward, has {BEDS} beds.",
    "All four wards share [102](tie:beds) beds.",
    "Surgery has [31%](tie:share) of the beds.",
    "Surgery has [31%](tie:share) of the beds and a third of the nurses.",
    "At the worst ward, geriatrics, [21%](tie:rate.max) returned.",
    "Surgery is the least punctual ward, with [10%](tie:time.surgery) of visits on time.",
    "Nowhere are delays longer than in surgery ([6.9](tie:delay.surgery) minutes).",
    "Surgery is the oldest ward, with a mean delay of [6.9](tie:delay.surgery) minutes.",
    "Nurses in surgery see a patient for [4.3](tie:nights.surgery) nights.",
    "Surgery pays the highest costs, [5,592](tie:cost.surgery) EUR.",
    "Mean costs are highest in surgery, [5,592](tie:cost.surgery) EUR.",
    "Surgery is the slowest ward, with [10%](tie:time.surgery) of visits on time.",
    "Delays are longest in surgery, [6.9](tie:delay.surgery) minutes.",
]
FALSE = [
    "Surgery is the most punctual ward, with [10%](tie:time.surgery) of visits on time.",
    "Maternity is the least punctual ward: [70%](tie:time.maternity) of visits are on time.",
    "Maternity pays the highest costs, [2,042](tie:cost.maternity) EUR.",
    "Nobody has longer delays than maternity, and nowhere are costs higher than in maternity"
    " ([2,042](tie:cost.maternity) EUR).",
    "Nowhere are delays shorter than in surgery ([6.9](tie:delay.surgery) minutes).",
    "Delays are lowest in surgery, [6.9](tie:delay.surgery) minutes.",
    f"Patients in cardiology stay {NIGHTS} nights.",
    f"Patients stay shortest in geriatrics, {NIGHTS} nights on average.",
    f"Surgery is the cheapest ward: one stay costs {SURGERY}.",
    "Geriatrics is the most expensive ward, at [4,980](tie:cost.geriatrics) EUR.",
    f"Maternity is the costliest ward, at {MATERNITY} a stay.",
    f"The dearest ward is maternity, with a stay at {MATERNITY}.",
    f"Surgery has {BEDS} beds, fewer than any other ward.",
    "All five wards share [102](tie:beds) beds.",
    f"Surgery is the largest of five wards, with {BEDS} beds.",
    "Surgery has [31%](tie:share) of the nurses.",
    f"Surgery has {BEDS} nurses.",
    "At the worst ward, cardiology, [21%](tie:rate.max) returned.",
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rules under which each sentence is named, all of them in one book."""
    return rules_of_run(tmp_path_factory.mktemp("tables"), [*TRUE, *FALSE], READ, RECORDED)


@pytest.mark.parametrize("text", TRUE)
def test_what_the_table_bears_out_is_right(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_what_the_table_contradicts_is_named(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text]


LOANS = """\
import pandas as pd
import tieout as t

loans = pd.DataFrame({"month": ["2023-01", "2024-01", "2024-02"], "loans": [222, 236, 148]})
annual = loans.groupby("month")["loans"].sum()
y24 = annual.iloc[1:]"""
OF_LOANS = """\
t.record("annual.2023", annual.loc["2023-01"], label="Total of loans, 2023")
t.record("y24.max", y24.max(), label="Largest of y24")"""


def test_what_a_column_that_was_picked_is_called_is_its_own_name(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = "August was the high point with [236](tie:y24.max) loans, while December brought up the rear."
    rules = rules_of_run(tmp_path_factory.mktemp("loans"), [text], LOANS, OF_LOANS)
    assert rules[text] == []
