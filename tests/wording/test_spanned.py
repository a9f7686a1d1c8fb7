"""Intervals that hold zero or one, or do not, and p-values at the level that a sentence names."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
low, high = t.record("d.low", 16.0, "Lower limit"), t.record("d.high", 35.4, "Upper limit")
t.interval("d.ci", low, high, "Interval of the difference", level=95)
low, high = t.record("e.low", -1.2, "Low of e"), t.record("e.high", 3.4, "High of e")
t.interval("e.ci", low, high, "Interval of e", level=95)
low, high = t.record("or.low", 1.96, "Low of odds"), t.record("or.high", 4.53, "High of odds")
t.interval("or.ci", low, high, "Interval of the odds ratio", level=95)
low, high = t.record("hr.low", 0.74, "Low of hazards"), t.record("hr.high", 1.71, "High of hazards")
t.interval("hr.ci", low, high, "Interval of the hazard ratio", level=95)
t.record("gain", 0.25312, "Mean gain", interval=(0.0932, 0.4068), level=95)
t.record("loss", -0.1, "Mean loss", interval=(-0.32, 0.12), level=95)
t.record("ratio", 1.31, "Odds ratio of age", interval=(0.92, 1.86), level=95)
t.record("p.small", 0.0031, "p of the patch")
t.record("p.mid", 0.07, "p of sex")
t.record("p.large", 0.31, "p of age")
"""
dci, dl, dh = "[16.0 to 35.4](tie:d.ci)", "[16.0](tie:d.low)", "[35.4](tie:d.high)"
eci, el, eh = "[−1.2 to 3.4](tie:e.ci)", "[−1.2](tie:e.low)", "[3.4](tie:e.high)"
oci, ol, oh = "[1.96–4.53](tie:or.ci)", "[1.96](tie:or.low)", "[4.53](tie:or.high)"
hci, hl, hh = "[0.74–1.71](tie:hr.ci)", "[0.74](tie:hr.low)", "[1.71](tie:hr.high)"
gci, g, lci = "[0.09–0.41](tie:gain.ci)", "[0.25](tie:gain)", "[−0.32 to 0.12](tie:loss.ci)"
loss, r, rci = "[−0.1](tie:loss)", "[1.31](tie:ratio)", "[0.92–1.86](tie:ratio.ci)"
ps, pl = "[0.003](tie:p.small)", "[0.31](tie:p.large)"
RIGHT = [
    f"It is significant in men but not in women (p = {pl}).",
    f"It is significant at the 5% level in men but not in women (p = {pl}).",
    "It is significant at the 10% but not at the 5% level (p = [0.07](tie:p.mid)).",
    "It is significant at the 10% level only (p = [0.07](tie:p.mid)).",
    f"It is significant at the 95% confidence level (p = {ps}).",
    f"It was not significant at α = 0.05 (p = {pl}).", f"The interval ({dci}) excludes one outlier.",
    f"The confidence interval ({hci}) includes one, and 1.5 too.",
    f"The interval runs from {dl} to {dh} and excludes zero.", f"The 95% interval ({dci}) excludes zero.",
    f"The interval, {dci}, does not include zero.", f"The interval of {eci} includes zero.",
    f"The interval ({eci}) crosses zero, so we cannot tell.",
    f"It ran from {el} to {eh}, an interval that contains zero.",
    f"The confidence interval ({oci}) excludes one.", f"Its confidence interval does not cross 1 ({oci}).",
    f"The interval ({hci}) includes one.",
    f"The hazard ratio was near one, and its interval, {hci}, spans 1.",
    f"The mean gain was {g} (95% CI {gci}), an interval that excludes zero.",
    f"The loss was {loss} ({lci}), and its interval covers zero.",
    f"The odds ratio was {r} (95% CI {rci}), which includes 1.",
    f"The odds ratio was {r} (95% CI {rci}), which does not exclude 1.",
    f"The interval of the first ({dci}) excludes zero, that of the second ({eci}) does not.",
    f"Unlike that of the second, the interval excludes zero ({dci}).",
    f"If the interval included zero, we would say so; it is {dci}.",
    f"Had the interval ({dci}) included zero, we would not go on.",
    f"The interval ({dci}) excludes zero, and that of age ({eci}) includes it.",
    f"No interval but the first ({dci}) excludes zero.", f"The interval ({dci}) includes 20.",
    f"The interval {dci} includes all but one of the sites.",
    f"An interval that includes zero says little; ours is {dci}.",
    f"The interval ({oci}) excludes one, and the other ({hci}) includes it.",
    f"None of the ten intervals, one of them {dci}, includes zero.",
    f"The interval ({eci}) just about includes zero.", f"It nearly includes zero, at {dci}.",
    f"The interval ({dci}) lies above zero.", f"The interval ({eci}) lies on both sides of zero.",
    f"The whole interval ({dci}) is above zero.", f"The effect is significant (p = {ps}).",
    f"The effect is not significant at the 5% level (p = {pl}).",
    f"At the 5% level the effect is significant (p = {ps}).",
    f"It is significant at the 1% level (p = {ps}).",
    f"It is not significant at the 0.1% level (p = {ps}).",
    f"Age was not significant at the 5% level, with p = {pl}.",
    f"The interval ({eci}) includes zero, so the effect is not significant at the 5% level.",
    f"The difference was not significant even at the 10% level (p = {pl}).",
    f"At the conventional 5% level, age does not matter (p = {pl}).",
    f"The interval starts at {dl}, well above zero.", f"The interval includes zero and reaches {eh}.",
    f"Its upper limit, {eh}, excludes a large effect.",
    f"The interval of {eci} includes zero but excludes four.", f"Zero lies outside the interval ({dci}).",
    f"Zero lies within the interval ({eci}).",
]  # fmt: skip
WRONG = [
    f"It was significant at α = 0.05 (p = {pl}).",
    f"The interval runs from {dl} to {dh} and includes zero.", f"The 95% interval ({dci}) includes zero.",
    f"The interval, {dci}, does not exclude zero.", f"The interval of {eci} excludes zero.",
    f"The interval ({eci}) does not cross zero.",
    f"It ran from {el} to {eh}, an interval that does not contain zero.",
    f"The confidence interval ({oci}) includes one.", f"Its confidence interval crosses 1 ({oci}).",
    f"The interval ({hci}) excludes one.",
    f"The mean gain was {g} (95% CI {gci}), an interval that includes zero.",
    f"The odds ratio was {r} (95% CI {rci}), which excludes 1.",
    f"The effect is not significant at the 5% level (p = {ps}).",
    f"The effect is significant at the 5% level (p = {pl}).",
    f"At the 5% level the effect is significant (p = {pl}).",
    f"It is significant at the 0.1% level (p = {ps}).",
    f"It is not significant at the 1% level (p = {ps}).", f"Zero lies outside the interval ({eci}).",
    f"Zero lies within the interval ({dci}).",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("spanned"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_what_an_interval_or_a_p_value_bears_out_is_left_alone(
    text: str, found: dict[str, list[str]]
) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_what_an_interval_or_a_p_value_refutes_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["significance"]
