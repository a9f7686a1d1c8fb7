"""Numbers in words for readers: as they were stated, and where they may lie."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tieout.ledger.sharpness import precision
from tieout.numbers import Interval, Quantity, between, share, wording


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


@pytest.mark.parametrize(
    ("low", "high", "unit", "grain", "lies"),
    [
        ("32.24945", "32.24947", "percent", "0.1", "between 32.249% and 32.250%"),
        ("32.1", "32.4", "percent", "0.1", "between 32.1% and 32.4%"),
        ("-0.12345", "-0.12335", "1", "0.1", "between −0.124 and −0.123"),
        ("2512345678", "2512345900", "USD", "100000000", "between $2.512 and $2.513 billion"),
    ],
)
def test_the_ends_of_an_interval_have_two_digits_more_than_is_shown_and_are_true(
    low: str, high: str, unit: str, grain: str, lies: str
) -> None:
    middle = (Decimal(low) + Decimal(high)) / 2
    quantity = replace(Quantity.computed(middle, unit), interval=Interval(Decimal(low), Decimal(high)))
    assert between(quantity, grain=Decimal(grain)) == lies


@pytest.mark.parametrize(("top", "below"), [(2053, 6366), (1, 3), (2, 7)])
def test_a_share_of_two_counts_is_exact_and_no_interval_of_its_last_digit(top: int, below: int) -> None:
    whole = share(*(Quantity.computed(count, "1", exact=True) for count in (top, below)))
    assert precision(whole) == "exact"
