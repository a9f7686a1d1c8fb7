"""Numbers in words for readers: as they were stated, and where they may lie."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tieout.numbers import Interval, Quantity, between, wording


@pytest.mark.parametrize(
    ("text", "unit", "qualifier", "said", "lies"),
    [
        ("900", "million USD", "at-least", "at least $900 million", "at least $900 million"),
        ("2.5", "billion person", "at-most", "at most 2.5 billion people", "at most 2.5 billion people"),
        ("900", "million USD", "approx", "about $900 million", "between $800 million and $1.0 billion"),
        ("5.25", "percent", "at-least", "at least 5.25%", "at least 5.25%"),
        ("30-40", "percent", "rounded", "30–40%", "between 25% and 45%"),
        ("-1.5", "percent", "rounded", "−1.5%", "between −1.55% and −1.45%"),
        ("162", "1", "exact", "162", "exactly 162"),
    ],
)
def test_a_stated_number_is_said_as_it_stands_and_where_it_may_lie(
    text: str, unit: str, qualifier: str, said: str, lies: str
) -> None:
    quantity = Quantity.stated("a", text=text, unit=unit, qualifier=qualifier)
    assert wording.said(quantity) == said
    assert between(quantity) == lies


@pytest.mark.parametrize(
    ("text", "unit", "wanted"),
    [
        ("2.5", "percent", 1),
        ("2.50", "percent", 2),
        ("2.5", "billion USD", -8),
        ("900", "1", 0),
        ("30-40", "percent", -1),
    ],
)
def test_a_number_has_the_decimals_that_it_was_stated_with(text: str, unit: str, wanted: int) -> None:
    assert wording.stated_places(Quantity.stated("a", text=text, unit=unit, qualifier="rounded")) == wanted


def test_a_computed_number_has_the_decimals_that_its_interval_bears_out() -> None:
    computed = Quantity(Decimal("2.71828"), "percent", Interval(Decimal("2.6"), Decimal("2.8")))
    assert wording.stated_places(computed) == 1
