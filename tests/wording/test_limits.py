"""Limits of confidence that an author gives: prose may show them beside the number, or without its unit."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
t.record("gain", 0.25312, "Mean gain in mass", interval=(0.0932, 0.4068), level=95, unit="kg")
t.record("odds", 0.8664, "Odds ratio")
t.record("odds.model", 2.9764, "Odds ratio of the patch")
"""
TRUE = [
    "They gained [0.25 kg](tie:gain) (95% CI [0.09–0.41](tie:gain)).",
    "They gained [0.253 kg (95% CI 0.09–0.41)](tie:gain).",
    "They gained [0.25 kg](tie:gain) ([0.09–0.41](tie:gain.ci)).",
    "The interval is [0.09 to 0.41 kg](tie:gain).",
    "It lies within [0.09–0.41](tie:gain) kg.",
    "They gained [253 g](tie:gain), in the interval of [93–407](tie:gain) g.",
    "Each point lowered the odds (OR [0.87](tie:odds), 95% CI 0.78 to 0.96).",
    "The odds ratio was [0.87](tie:odds), 95% CI: 0.78–0.96, and [2.98](tie:odds.model) with the patch.",
    "The odds ratio was [0.87](tie:odds) (95% CI [0.78, 0.96]).",
    "They gained [0.253 kg](tie:gain), 95% CI [0.09–0.41](tie:gain.ci).",
    "It is [0.09–0.41](tie:gain) (95% CI).",
    "From [0.09](tie:gain.low) kg to [0.41](tie:gain.high) kg.",
]
FALSE = [
    "They gained [0.25312 kg](tie:gain).",
    "They gained [0.25 kg](tie:gain) (90% CI [0.09–0.41](tie:gain)).",
    "It is [0.09–0.41](tie:gain) (90% CI).",
    "The odds ratio was [0.87](tie:odds) (95% CI).",
    "They gained [0.25 kg (95% CI 0.08–0.41)](tie:gain).",
    "It lies within [0.09–0.42](tie:gain) kg.",
    "It lies within [0.09–0.41](tie:gain) g.",
    "The interval was [94–407](tie:gain) g.",
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("limits"), [*TRUE, *FALSE], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_what_is_right_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_what_is_wrong_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["disagrees"]
