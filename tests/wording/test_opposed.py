"""Words that exclude what a number is called by its label or id, and others that do not."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
t.record("fit.aic", 864.7, "Criterion")
t.record("rho", 0.39, "Spearman, education and income")
t.record("step.or", 3.39, "Step to the right")
t.record("welch", 19.6, "Welch t")
t.record("p90", 7, "90th percentile")
t.record("watch.never", 161, "Never")
t.record("deaths", 45, "Deaths")
t.record("alive", 0.43, "One-year survival")
t.record("median", 228, "Median survival", unit="day")
t.record("top", 0.057, "Ten or more")
t.record("small", 0.24, "Places under 1,000")
t.record("spent", 262.53, "Spending a month", unit="USD")
t.record("rate", 2.86, "Visits per person-year")
"""
AIC, RHO, OR, T, P90 = (
    "[864.7](tie:fit.aic)",
    "[0.39](tie:rho)",
    "[3.39](tie:step.or)",
    "[19.6](tie:welch)",
    "[7](tie:p90)",
)
NEVER, DEATHS, ALIVE, DAYS = (
    "[161](tie:watch.never)",
    "[45](tie:deaths)",
    "[43%](tie:alive)",
    "[228 days](tie:median)",
)
TOP, SMALL, SPENT, RATE = "[5.7%](tie:top)", "[24%](tie:small)", "[\\$262.53](tie:spent)", "[2.86](tie:rate)"
TRUE = [
    f"AIC is {AIC}, BIC is more.", f"Against the BIC, the AIC is {AIC}.",
    f"Spearman's is {RHO}, Pearson's more.",
    f"They correlate (r = {RHO}).", f"OR {OR}.", f"The step (odds ratio {OR}) is large.",
    f"Its effect is {OR}.",
    f"Welch's t is {T}.", f"t(245) = {T}.", f"It is {T} (F is larger).", f"The 90th percentile is {P90}.",
    f"Between the 75th and the 90th percentile lie {P90}.", f"{NEVER} never watched, others always.",
    f"{NEVER} did not always watch.", f"{DEATHS} died.", f"{DEATHS} did not survive.",
    f"Only 24 survived: {DEATHS} died.",
    f"{ALIVE} were alive.", f"{ALIVE} had not died.", f"Half had died after {DAYS}.",
    f"{TOP} had ten or more.",
    f"Houses of 5 or more had {P90}, and {TOP} were larger.",
    f"{TOP} had 10 or more.", f"{TOP} had more than nine.", f"At least ten had {TOP}.",
    f"{SMALL} had fewer than 1,000.",
    f"{SMALL} had under 1,000, few over 5,000.", f"They spent {SPENT} a month.",
    f"They spent {SPENT} monthly.",
    f"They spent {SPENT} in a year of few months.", f"They made {RATE} per person-year.",
    f"{RATE} for each was the rate.",
    f"They spent {SPENT} a year ago.",
]  # fmt: skip
FALSE = [
    f"It tripled the odds of it (RR {OR}).", f"They made {RATE} visits per patient.",
    f"{DEATHS} survived within {DAYS}, a rate of deaths that is high.",
    f"BIC is {AIC}.", f"BIC {AIC} is low.", f"Pearson's r is {RHO}.", f"RR {OR}.",
    f"The hazard ratio is {OR}.",
    f"Welch F = {T}.", f"The 75th percentile is {P90}.", f"{NEVER} always watched.", f"{DEATHS} survived.",
    f"{ALIVE} were dead after a year.", f"{TOP} had five or more.", f"{TOP} had ten or fewer.",
    f"{SMALL} had more than 1,000.", f"They spent {SPENT} a year.", f"They spent {SPENT} each per week.",
    f"They made {RATE} visits a month.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("opposed"), [*TRUE, *FALSE], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_words_that_a_label_does_not_exclude_are_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_words_that_a_label_excludes_are_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["meant"]
