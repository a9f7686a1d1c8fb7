"""Promises of precision: a number is as sharp as its last significant digit, or as the data say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tieout.numbers import Interval, Precision, Quantity, given_to, last_unit, lower, read_precision, upper


def stated(
    text: str, unit: str = "1", qualifier: str = "rounded", precision: Precision | None = None
) -> Quantity:
    return Quantity.stated("a.b", text=text, unit=unit, qualifier=qualifier, precision=precision)


@pytest.mark.parametrize(
    ("digits", "unit"),
    [
        (["400"], "100"),
        (["450"], "10"),
        (["2.50"], "0.01"),
        (["0"], "1"),
        (["0.0"], "0.1"),
        (["10.0"], "0.1"),
        (["-3000"], "1000"),
        (["30", "40"], "10"),
        (["100", "250"], "10"),
        (["0", "40"], "1"),
    ],
)
def test_zeros_at_the_end_of_a_whole_number_are_no_digits(digits: list[str], unit: str) -> None:
    assert last_unit(*digits) == Decimal(unit)


@pytest.mark.parametrize(
    ("text", "unit", "size"),
    [
        ("10", "million USD", 10_000_000),
        ("10 million", "million USD", 10_000_000),
        ("10 million USD", "million USD", 10_000_000),
        ("5 minute", "minute", 5),
        ("0.5", "percent", Decimal("0.5")),
        ("exact", "percent", "exact"),
    ],
)
def test_a_size_is_in_the_unit_of_the_value_or_written_out(text: str, unit: str, size: object) -> None:
    assert read_precision(text, unit) == size


@pytest.mark.parametrize("text", ["", "some", "-10", "0", "10 gazillion", "5 minute", "1e6", "10%"])
def test_what_is_no_size_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no size of a digit|is in minute, and the value is in USD"):
        read_precision(text, "million USD")


def test_data_that_know_better_make_it_sharper() -> None:
    about = stated("900", "million USD", "approx")
    assert about.interval == Interval(Decimal(800_000_000), Decimal(1_000_000_000))
    known = stated("900", "million USD", "approx", Decimal(10_000_000))
    assert known.interval == Interval(Decimal(890_000_000), Decimal(910_000_000))
    assert stated("400", "million person").interval == Interval(Decimal(350_000_000), Decimal(450_000_000))
    assert stated("400", "1", "rounded", "exact").interval.is_point
    assert stated("400", "1", "exact").interval.is_point


def test_a_range_keeps_its_ends_and_lies_where_they_may_lie() -> None:
    open_ended, firm = stated("30-40", "percent"), stated("30-40", "percent", "rounded", "exact")
    assert open_ended.interval == Interval(Decimal(25), Decimal(45))
    assert firm.interval == open_ended.span == firm.span == Interval(Decimal(30), Decimal(40))


def test_an_end_of_an_interval_has_no_more_digits_than_its_width_bears() -> None:
    people = stated("450", "million person") / stated("27", "system", "exact")
    for end in (lower(people), upper(people)):
        assert end.precision == 10_000
        assert end.interval.is_point
    thousand = lower(people).to("thousand person / system")
    assert thousand.precision == 10_000


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (stated("900", "million USD", "approx"), "to the nearest $100 million"),
        (stated("400", "million person"), "to the nearest 100 million people"),
        (stated("10", "minute", "approx", Decimal(5)), "to the nearest 5 minutes"),
        (stated("10", "percent", "approx", Decimal(1)), ""),
        (stated("2.5", "billion USD"), ""),
        (stated("100", "condition", "at-least"), ""),
        (stated("100", "1", "exact"), ""),
        (stated("2.5", "billion USD") * 2, ""),
    ],
)
def test_readers_are_told_to_what_a_round_number_is_given(quantity: Quantity, words: str) -> None:
    assert given_to(quantity) == words
