"""Limits of an estimate below zero are said as it is: without a sign where words say that it is a fall."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tieout import numerals
from tieout.ledger import Cell
from tieout.markdown import scan
from tieout.numbers import Quantity, span
from tieout.prose import surroundings
from tieout.prose.ties import find_ties
from tieout.update import renewed

LIMITS = replace(
    span(Quantity.computed(Decimal("-2.663")), Quantity.computed(Decimal("-1.783"))).named("pump.ci"),
    level=Decimal(95),
)


def judged(text: str) -> tuple[numerals.Disagreement | None, str | None]:
    """Return what is wrong with the last tie of a text, and what `update` makes of it."""
    *_, tie = find_ties(text)
    around = surroundings(scan(text), tie)
    wrong = numerals.judged(tie.shown, LIMITS, "en", around)
    return wrong, renewed(tie.shown, Cell("", LIMITS), context=around)


@pytest.mark.parametrize(
    "text",
    [
        "A pump needs [2.22](tie:pump) less heat ([95% CI 1.78 to 2.66](tie:pump.ci)).",
        "Pumps save a further [2.22](tie:pump) compared with gas ([95% CI 1.78 to 2.66](tie:pump.ci)).",
        "It fell by [2.22](tie:pump) (95% CI [1.78 to 2.66](tie:pump.ci)).",
        "A pump needs [2.22](tie:pump) less heat ([95% CI −2.66 to −1.78](tie:pump.ci)).",
        "A pump needs [2.22](tie:pump) less heat (95% CI [−2.66, −1.78](tie:pump.ci)).",
        "A pump needs [2.22](tie:pump) less heat ([−2.66 to −1.78](tie:pump.ci)).",
        "The effect is [−2.22](tie:pump) ([95% CI −2.66 to −1.78](tie:pump.ci)).",
        "The effect is [−2.22](tie:pump). Its [95% interval is −2.66 to −1.78](tie:pump.ci).",
        "The [95% confidence interval runs from −2.66 to −1.78](tie:pump.ci).",
        "The 95% confidence interval ranged from [−2.66 to −1.78](tie:pump.ci).",
    ],
)
def test_limits_have_the_sign_of_their_estimate(text: str) -> None:
    assert judged(text) == (None, None)


def test_limits_that_are_others_are_named_as_they_would_be_said() -> None:
    wrong, new = judged("It needs [2.22](tie:pump) less heat ([95% CI 1.78 to 2.67](tie:pump.ci)).")
    assert wrong is not None and "should be `95% CI 1.78 to 2.66`" in wrong.why
    assert new == "95% CI 1.78 to 2.66"


def test_limits_keep_the_signs_that_they_have() -> None:
    wrong, new = judged("It needs [2.22](tie:pump) less heat ([95% CI −2.67 to −1.78](tie:pump.ci)).")
    assert wrong is not None and "should be `95% CI −2.66 to −1.78`" in wrong.why
    assert new == "95% CI −2.66 to −1.78"


@pytest.mark.parametrize(
    "text",
    [
        "The effect is [−2.22](tie:pump) ([95% CI 1.78 to 2.66](tie:pump.ci)).",
        "A pump needs [2.22](tie:pump) more heat ([95% CI 1.78 to 2.66](tie:pump.ci)).",
        "It needs [2.22](tie:oil) less heat ([95% CI 1.78 to 2.66](tie:pump.ci)).",
        "It needs [2.22](tie:pump) less heat. The limits are ([95% CI 1.78 to 2.66](tie:pump.ci)).",
    ],
)
def test_limits_without_a_sign_that_nothing_says_are_wrong(text: str) -> None:
    wrong, new = judged(text)
    assert wrong is not None and new == "95% CI −2.66 to −1.78"
