"""Bounds that a clause denies or says of one alone, and units that it says once: what is true passes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tieout import numerals
from tieout.numbers import Quantity
from tieout.numerals import Context, Near

EUR, POINTS, DAYS = "EUR", "percentage_point", "day"


def agrees(before: str, text: str, after: str, value: str, unit: str = "1", label: str = "Rate") -> bool:
    entry = replace(Quantity.computed(Decimal(value), unit), id="x.y", label=label)
    return numerals.agrees(text, entry, "en", Context(before, after)) is None


@pytest.mark.parametrize(
    ("before", "text", "after", "value", "unit", "is_true"),
    [
        ("Not one farm spent more than ", "€85", ".", "84.07", EUR, True),
        ("Not one farm spent more than ", "€80", ".", "84.07", EUR, False),
        ("They spent more than ", "€85", ".", "84.07", EUR, False),
        ("None spent less than ", "€68", ".", "68.825", EUR, True),
        ("No shop but Bonn has more than ", "13%", " of sales.", "12.92", "percent", True),
        ("May was the only month of 2024 with less than ", "€299,000", ".", "299051", EUR, True),
        ("May was a month of 2024 with less than ", "€299,000", ".", "299051", EUR, False),
        ("Nobody else is under ", "11.5%", ".", "11.591", "percent", True),
        ("Nobody else is under ", "11.7%", ".", "11.591", "percent", False),
        ("It did not widen the gap by more than ", "0.03", ".", "0.022", "1", True),
        ("None of them lost, and they spent more than ", "€85", ".", "84.07", EUR, False),
        ("No month had fewer than 4,900 tests or more than ", "5,068", ".", "5068", "1", True),
        ("One month had fewer than 4,900 tests or more than ", "5,068", ".", "5068", "1", False),
        ("It did not reach ", "a half", ".", "0.452", "1", True),
        ("It did not reach ", "40%", ".", "45.2", "percent", False),
        ("It reached ", "a half", ".", "0.452", "1", False),
        ("Not even ", "four in ten", " passed.", "0.3822", "1", True),
        ("Not even ", "four in ten", " passed.", "0.4122", "1", False),
        ("Four see fewer than ", "six", ".", "5.154", "1", True),
        ("None of the shops improved by more than ", "half", " a point.", "0.4245", POINTS, True),
        ("All shops improved by more than ", "half", " a point.", "0.4245", POINTS, False),
    ],
)
def test_a_bound_that_is_denied_is_one_on_the_other_side(
    before: str, text: str, after: str, value: str, unit: str, is_true: bool
) -> None:
    assert agrees(before, text, after, value, unit) is is_true


@pytest.mark.parametrize(
    ("before", "text", "after", "value", "unit", "label", "is_true"),
    [
        ("Of every hundred pieces thrown away, ", "57", " are rolls.", "57.4", "percent", "Rolls", True),
        ("Of the pieces thrown away, ", "57", " are rolls.", "57.4", "percent", "Rolls", False),
        ("It took ", "125 days", ".", "125", "1", "Shortest time", True),
        ("It took ", "126 days", ".", "125", "1", "Shortest time", False),
        ("It took ", "125 days", ".", "125.4", "1", "Shortest time", False),
        ("It took ", "125 days", ".", "125", "1", "Number of shops", False),
        ("It took ", "125 kg", ".", "125", "1", "Shortest time", False),
        (
            "The interval excludes zero, ending at ",
            "0.22",
            ".",
            "0.2189",
            "kilogram",
            "CI low",
            True,
        ),
        (
            "The interval excludes zero, ending at ",
            "0.24",
            ".",
            "0.2189",
            "kilogram",
            "CI low",
            False,
        ),
        ("The lightest had ", "0.22", ".", "0.2189", "kilogram", "CI low", False),
    ],
)
def test_a_unit_that_a_sentence_says_otherwise_or_not_at_all(
    before: str, text: str, after: str, value: str, unit: str, label: str, is_true: bool
) -> None:
    assert agrees(before, text, after, value, unit, label) is is_true


def test_a_bare_number_has_the_unit_behind_the_tie_before_it() -> None:
    entry = replace(Quantity.computed(Decimal("0.7165"), "metric_ton / hectare"), id="x.y")
    before = "It was 0.69 t/ha in 2022, compared with "
    near = (Near("before", 7, 11, "x.z", "0.69"),)
    assert numerals.agrees("0.72", entry, "en", Context(before, " for the others.", near=near)) is None
    assert numerals.agrees("0.72", entry, "en", Context("It was ", " for the others.")) is not None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It is out of pocket to the tune of ", "."),
        ("The bills lightened by €31,082, or ", "."),
        ("They weighed ", " more where no clover had been sown."),
        ("They would need ", " more to break even."),
    ],
)
def test_words_of_a_fall_say_the_sign(before: str, after: str) -> None:
    assert agrees(before, "16%", after, "-15.96", "percent", "Difference")
    assert not agrees(before, "17%", after, "-15.96", "percent", "Difference")


def test_more_of_what_is_below_zero_is_still_wrong_without_such_words() -> None:
    assert not agrees("They weighed ", "16%", " more where clover had been sown.", "-15.96", "percent")


def test_what_is_done_fewer_than_so_often_is_bounded_though_a_number_does_it() -> None:
    entry = replace(Quantity.computed(Decimal("5.154"), "1"), id="x.y", label="Rate")
    before = "Only two see more than 40; four see fewer than "
    near = Near("before", 27, 31, "n.few", "four")
    assert numerals.agrees("six", entry, "en", Context(before, ".", near=(near,))) is None
