"""`like=` in words: a number is known as finely as the words mean it where prose ties to it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tieout import numerals, record
from tieout.numbers import Interval


@pytest.mark.parametrize(
    ("value", "like", "unit", "low", "high"),
    [
        (0.255, "a quarter", None, "0.25", "0.26"),
        (25.5, "a quarter", "percent", "25", "26"),
        (0.503, "half", None, "0.498", "0.508"),
        (0.098, "one in ten", None, "0.093", "0.103"),
        (0.0334, "one in 30", None, "0.03284", "0.03396"),
        (2.004, "twice", None, "1.994", "2.014"),
        (0.496, "halved", None, "0.491", "0.501"),
        (2.52, "two and a half", None, "2.47", "2.57"),
    ],
)
def test_words_give_the_precision_that_they_mean(
    value: float, like: str, unit: str | None, low: str, high: str
) -> None:
    quantity = record("share", value, "Share", like=like, unit=unit)
    expected = Interval(Decimal(low), Decimal(high))
    assert [round(float(end or 0), 5) for end in (quantity.interval.low, quantity.interval.high)] == [
        float(end or 0) for end in (expected.low, expected.high)
    ]
    assert numerals.agrees(like, quantity) is None


@pytest.mark.parametrize(("like", "count"), [("a dozen", 12), ("half a dozen", 6), ("two dozen", 24)])
def test_dozens_are_counts(like: str, count: int) -> None:
    quantity = record("eggs", count, "Eggs", like=like)
    assert quantity.interval.is_point
    assert numerals.agrees(like, quantity) is None
    assert numerals.agrees(like, record("more", count + 1, "More")) is not None


def test_a_form_with_a_scale_of_its_own_has_it_once() -> None:
    quantity = record("more", 127.11, "More", unit="thousand EUR", like="127.1 thousand")
    assert numerals.agrees("€127.1 thousand", quantity) is None
    assert numerals.agrees("€127.2 thousand", quantity) is not None


@pytest.mark.parametrize(("text", "agrees"), [("127.1 thousand", True), ("127.2 thousand", False)])
def test_a_number_with_a_scale_has_the_unit_of_the_one_before_it(text: str, agrees: bool) -> None:
    quantity = record("more", 127.11, "More", unit="thousand EUR", like="127.1 thousand")
    before = "It cost 492.0 thousand euros, "
    near = (numerals.Near("before", 8, 28, "price", "492.0 thousand euros"),)
    context = numerals.Context(before, " more than on Hillside.", near=near)
    assert (numerals.agrees(text, quantity, context=context) is None) == agrees
