"""What an id or a unit says where no label does: mean or median, per what, over or under."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
t.record("median-gap.now", 25.3, "Year 2024", unit="percent")
t.record("daily-mean", 2918, "Rides")
t.record("days-over-3000", 97, "Days")
t.record("pay", 24.11, "Pay", unit="GBP / hour")
t.record("returned", 102, "Returned")
t.record("interval.count", 102, "Count of days to return")
t.record("rate.flu", 7.2, "Rate, flu", unit="percent")
t.record("rate.asthma", 22.7, "Rate, asthma", unit="percent")
"""
GAP, RIDES, OVER, PAY = (
    "[25.3%](tie:median-gap.now)",
    "[2,918](tie:daily-mean)",
    "[97](tie:days-over-3000)",
    "[£24.11](tie:pay)",
)
BACK, RATES = "[102](tie:returned)", ("[7.2%](tie:rate.flu)", "[22.7%](tie:rate.asthma)")
RIGHT = [
    f"The median gap is {GAP}.", f"The gap is {GAP}.", f"The mean gap is smaller, the median gap {GAP}.",
    f"They took {RIDES} rides a day.", f"Daily rides, {RIDES} a year ago, grew.",
    f"There were {RIDES} rides each day of the week.",
    f"There were {OVER} days with more than 3,000 rides.", f"On {OVER} of them it was more than 3,000.",
    f"He earned {PAY} an hour and she less.",
    f"Of the {BACK} who returned within 30 days few stayed.",
    f"{BACK} returned, most of them in seven days.",
    f"It is {RATES[0]}, a third of the rate of asthma ({RATES[1]}).",
]  # fmt: skip
WRONG = [
    f"The mean gap is {GAP}.", f"On average the gap is {GAP}.", f"They took {RIDES} rides a week.",
    f"Those with fewer than 3,000 rides numbered {OVER}.", f"He earned {PAY} a day and she less.",
]  # fmt: skip


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return rules_of(tmp_path_factory.mktemp("ids"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_what_an_id_bears_out_is_left_alone(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_what_an_id_or_a_unit_excludes_is_suspicious(text: str, rules: dict[str, list[str]]) -> None:
    assert "meant" in rules[text]
