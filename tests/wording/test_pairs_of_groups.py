"""Two groups that stand in each other's place: between two ends, and on the two sides of a ratio."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
seen = pd.DataFrame({
    "site": ["Old Town", "Northside",
    "Riverside"] * 4, "wait": [36, 27, 30, 35, 28, 31, 34, 26, 32, 33, 29, 30],
    "priority": ["routine", "urgent"] * 6, "stay": [8, 4] * 6, "late": [True, False] * 6,
})
by = seen.groupby("site").wait.mean()
t.record("mean.old-town", by.loc["Old Town"], "Mean wait, Old Town", unit="minute", like="34.5 minutes")
t.record("mean.northside", by.loc["Northside"], "Mean wait, Northside", like="27.5")
t.record("mean.riverside", by.loc["Riverside"], "Mean wait, Riverside", unit="minute", like="30.8 minutes")
t.record("ba.false", 33.8, "Mean stay before the change", unit="day", like="33.8 days")
t.record("ba.true", 27.1, "Mean stay after the change", like="27.1")
seen["variant"] = ["A", "B"] * 6
rate = seen.groupby("variant").late.mean()
t.record("rate.a", rate["A"] * 0.9, "Rate of A", like="90.0%")
t.record("rate.b", rate["B"] + 0.1, "Rate of B", like="10.0%")
means = seen.groupby("priority").stay.mean()
t.record("ratio", means.loc["routine"] / means.loc["urgent"], "Ratio of the stays", like="twice")
t.record("inverse", means["urgent"] / means["routine"], "Other ratio", like="half")
"""
old, north, river = (
    "[34.5 minutes](tie:mean.old-town)",
    "[27.5](tie:mean.northside)",
    "[30.8](tie:mean.riverside)",
)
ago, now = "[33.8 days](tie:ba.false)", "[27.1](tie:ba.true)"
twice, half = "[twice as](tie:ratio)", "[half](tie:inverse) as"
RIGHT = [
    "It fell from [90.0%](tie:rate.a) with variant A to [10.0%](tie:rate.b) with variant B.",
    "Variant A won, [90.0%](tie:rate.a) against [10.0%](tie:rate.b).",
    "A variant B is rare: [90.0%](tie:rate.a).",
    "Variant B lost, [10.0%](tie:rate.b).", "Variant B lost against A, with [90.0%](tie:rate.a) for that.",
    f"Waits differ, from {north} at Northside to {old} at Old Town.",
    f"They fell from {old} at Old Town to {north} at Northside.",
    f"They lie between {north} at Northside and {old} at Old Town.",
    f"From {old} in Old Town to {river} in Riverside.",
    f"It fell from {ago} before the change to {now} after it.",
    f"It fell from {ago} to {now} after the change.",
    f"It fell from {ago} to {now}.", f"From {north} to {old} at Old Town is a long way.",
    f"Going from Old Town to Northside, waits fall from {old} to {north}.",
    f"Routine patients stayed {twice} long as urgent ones.",
    f"Urgent patients stayed {half} long as routine ones.",
    f"Unlike urgent patients, routine ones stayed {twice} long as expected.",
    f"Compared with urgent patients, routine ones stayed {twice} long.",
    "Routine stays were [2.0 times](tie:ratio) those of urgent patients.",
    "Among routine patients it was [2.0 times](tie:ratio) that of urgent ones.",
    f"Urgent patients did not stay {twice} long as routine ones.", f"Patients stayed {twice} long.",
    f"From {old} at Old Town, not far from Northside, to {north} at the other end.",
]  # fmt: skip
CROSSED = [
    "It fell from [90.0%](tie:rate.a) with variant B to [10.0%](tie:rate.b) with variant A.",
    "Variant B won, [90.0%](tie:rate.a) against [10.0%](tie:rate.b).",
    f"Waits differ, from {north} at Old Town to {old} at Northside.",
    f"They fell from {old} at Northside to {north} at Old Town.",
    f"They lie between {north} at Old Town and {old} at Northside.",
    f"From {old} in Riverside to {river} in Old Town.",
    f"It fell from {ago} after the change to {now} before it.",
    f"It fell from about {ago} after the change to {now} before.",
]  # fmt: skip
TURNED = [
    f"Urgent patients stayed {twice} long as routine ones.",
    f"Routine patients stayed {half} long as urgent ones.",
    "Urgent stays were [2.0 times](tie:ratio) those of routine patients.",
    "Urgent patients stay [2.0 times](tie:ratio) longer than routine ones.",
    "Among urgent patients it was [2.0 times](tie:ratio) that of routine ones.",
]  # fmt: skip
WRONG = [*CROSSED, *TURNED]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("pairs"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_groups_in_their_own_place_are_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", CROSSED)
def test_groups_exchanged_between_two_ends_are_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["meant"]


@pytest.mark.parametrize("text", TURNED)
def test_ratios_the_other_way_round_are_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["turned"]
