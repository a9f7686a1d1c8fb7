"""Bounds of time in words, against the number and what its label or code says."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
seen = pd.DataFrame({"wait_min": [5, 20, 40, 70, 90, 10, 25, 35, 15, 30], "stay_days": [1, 2, 9, 8, 3] * 2})
t.record("long", (seen.wait_min > 60).sum(), "Patients who waited more than an hour")
t.record("soon", (seen.wait_min <= 30).mean(), "Share of patients seen soon", like="60%")
t.record("stay", (seen["stay_days"] > 7).mean(), "Long stays", like="40%")
t.record("called", 0.55, "Share seen within 30 minutes", like="55%")
t.record("max", seen.wait_min.max(), "Longest wait", unit="minute", like="90 minutes")
t.record("mean", 45.0, "Mean wait", unit="minute", like="45 minutes")
t.record("days", 5, "Length of stay", unit="day", like="5 days")
t.record("slow", (seen.wait_min > 60).mean(), "Share of slow ones", like="20%")
"""
long, soon, stay, called = "[2](tie:long)", "[60%](tie:soon)", "[40%](tie:stay)", "[55%](tie:called)"
top, mean, days, slow = (
    "[90 minutes](tie:max)",
    "[45 minutes](tie:mean)",
    "[5 days](tie:days)",
    "[20%](tie:slow)",
)
RIGHT = [
    f"They waited {top}, more than an hour.", f"They waited {mean}, and the staff needed more than an hour.",
    f"They waited {mean}, less than an hour.", f"They waited {top}, the staff less than an hour.",
    f"Exactly {long} patients waited more than an hour.",
    f"{long} patients ([20%](tie:slow) of those seen) waited for more than an hour.",
    f"{long} waited longer than sixty minutes.", f"{long} waited more than one hour.",
    f"{soon} were seen within half an hour.", f"{soon} were seen within 30 minutes.",
    f"{stay} stayed more than a week.",
    f"{stay} stayed over seven days.", f"{called} were seen within half an hour.",
    f"{called} were seen soon.",
    f"The longest wait was more than an hour ({top}).", f"The mean wait was less than an hour ({mean}).",
    f"They stayed less than a week ({days}).", f"It was not less than an hour ({top}).",
    f"{long} did not wait less than an hour.", f"{slow} waited for more than 60 minutes.",
    
   f"{long} came after more than a week.",
    f"Within a week {long} patients complained.", f"The mean wait of {mean} is less than an hour.",
    f"In the last two hours {slow} came.", f"Waits of less than a day are common; {stay} stayed longer.",
]  # fmt: skip
WRONG = [
    f"They waited {top}, less than an hour.", f"They waited {mean}, well more than an hour.",
    f"Exactly {long} patients waited less than an hour.", f"{long} waited for under an hour.",
    f"{long} waited more than half an hour.", f"{soon} were seen within an hour.",
    f"{stay} stayed less than a week.",
    f"{soon} waited more than half an hour.", f"{stay} stayed more than two weeks.",
    f"{called} were seen within an hour.",
    f"{called} waited more than 30 minutes.", f"The longest wait was less than an hour ({top}).",
    f"The mean wait was over an hour ({mean}).", f"They stayed more than a week ({days}).",
    f"{slow} waited less than an hour.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("durations"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_bounds_of_time_that_hold_are_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_bounds_of_time_that_do_not_hold_are_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["meant"]
