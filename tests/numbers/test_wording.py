"""Numbers in words for readers: as they were stated, and where they may lie."""

from __future__ import annotations

import doctest

import pytest

from tieout.numbers import Quantity, between, wording


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


def test_examples_in_docstrings_are_true() -> None:
    assert doctest.testmod(wording).failed == 0
