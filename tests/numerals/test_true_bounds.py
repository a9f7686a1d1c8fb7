"""Bounds, fractions and names as people write them: what is true passes, and what is not is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tieout import numerals
from tieout.numbers import Quantity
from tieout.numerals import Context


def entry(value: str, unit: str = "1", *, exact: bool = False) -> Quantity:
    return replace(Quantity.computed(Decimal(value), unit, exact=exact), id="x.y", label="Change")


FELL = entry("-0.2327")


@pytest.mark.parametrize(
    ("before", "text", "after", "is_true"),
    [
        ("fell by more than ", "30%", "", False),
        ("fell by more than ", "a quarter", "", False),
        ("fell by less than ", "10%", "", False),
        ("fell by at most ", "10%", "", False),
        ("fell by up to ", "10%", "", False),
        ("fell by ", "more than 30%", "", False),
        ("fell by ", "24%", "", False),
        ("were more than ", "30%", " lower", False),
        ("fell by more than ", "20%", "", True),
        ("fell by more than ", "a fifth", "", True),
        ("fell by at least ", "20%", "", True),
        ("fell by less than ", "25%", "", True),
        ("fell by nearly ", "a quarter", "", True),
        ("fell by ", "more than 20%", "", True),
        ("were more than ", "20%", " lower", True),
    ],
)
def test_a_bound_of_a_fall_is_of_how_far(before: str, text: str, after: str, is_true: bool) -> None:
    why = numerals.agrees(text, FELL, "en", Context(before, after))
    assert (why is None) is is_true, why
    assert "`−" not in (why or "")


@pytest.mark.parametrize(
    ("before", "text", "after", "value", "is_true"),
    [
        ("57,752 visits were counted over ", "77", " people", "77", True),
        ("averaged over ", "77", " people", "77", True),
        ("There were over ", "77", " people", "77", False),
        ("Up to ", "77", " visits", "77", True),
        ("At least ", "302", "", "302", True),
        ("", "302 or more", "", "302", True),
        ("At least ", "303", "", "302", False),
        ("Up to ", "76", "", "77", False),
        ("more than ", "302", "", "302", False),
        ("", "302+", "", "302", False),
    ],
)
def test_a_bound_holds_what_it_reaches(before: str, text: str, after: str, value: str, is_true: bool) -> None:
    why = numerals.agrees(text, entry(value, exact=True), "en", Context(before, after))
    assert (why is None) is is_true, why


@pytest.mark.parametrize(
    ("text", "value", "is_true"),
    [
        ("almost a third", "0.3124", True),
        ("about a third", "0.3124", True),
        ("nearly one in three", "0.3124", True),
        ("three in five", "0.6026", True),
        ("four out of five", "0.7977", True),
        ("almost twice as", "1.788", True),
        ("a third", "0.3124", False),
        ("more than a third", "0.3124", False),
        ("about a quarter", "0.3124", False),
        ("two in three", "0.6026", False),
        ("almost twice as", "1.5", False),
        ("almost twice as", "2.1", False),
    ],
)
def test_a_part_in_words_is_as_near_as_people_mean_it(text: str, value: str, is_true: bool) -> None:
    assert (numerals.agrees(text, entry(value)) is None) is is_true


@pytest.mark.parametrize("name", ["IRR", "INR", "BMD", "CDF", "MAD"])
def test_the_name_of_a_statistic_is_no_currency(name: str) -> None:
    pure, money = entry("1.3"), entry("1.3", name)
    assert numerals.agrees("1.30", pure, "en", Context(f"({name} ", ")")) is None
    assert numerals.agrees(f"{name} 1.30", pure) is None
    assert numerals.agrees("1.4", pure, "en", Context(f"({name} ", ")")) is not None
    assert numerals.agrees(f"{name} 1.3", money) is None and numerals.agrees("€1.3", money) is not None


def test_a_rate_of_a_hundred_is_not_always_in_per_cent() -> None:
    around = Context("About ", " per 100 person-years")
    assert numerals.agrees("63", entry("63.22"), "en", around) is None
    assert numerals.agrees("80", entry("63.22"), "en", around) is not None


@pytest.mark.parametrize("text", ["1.22; 1.38", "1.22, 1.38", "[1.22; 1.38]", "95% CI 1.22; 1.38"])
def test_limits_are_parted_as_journals_part_them(text: str) -> None:
    ci = Quantity.stated("x.ci", text="1.22-1.38", unit="1")
    ci = replace(ci, level=Decimal(95))
    assert numerals.agrees(text, ci) is None


@pytest.mark.parametrize(
    ("text", "is_true"),
    [
        ("M = 47.0, SD = 16.4", True),
        ("47.0 years (SD 16.4)", True),
        ("M = 47.0 years, SD = 16.4 years", True),
        ("M = 48.0, SD = 16.4", False),
        ("M = 47.0, SD = 17.4", False),
        ("M = 47.0 kg, SD = 16.4", False),
    ],
)
def test_numbers_that_have_a_name_need_no_unit(text: str, is_true: bool) -> None:
    mean, sd = entry("47.0413", "year"), replace(entry("16.4226", "year"), id="x.y.sd")
    assert (numerals.agrees(text, mean, family={"sd": sd}) is None) is is_true


def test_a_bound_that_is_denied_claims_nothing() -> None:
    lowest = entry("316.912", "ppm")
    assert numerals.agrees("316.9 ppm", lowest, "en", Context("It never fell below ", " again.")) is None
    assert numerals.agrees("316.9 ppm", lowest, "en", Context("It fell below ", " again.")) is not None


def test_the_name_of_a_statistic_stays_where_its_number_is_written_anew() -> None:
    assert numerals.format(entry("1.297"), "IRR 1.31") == "IRR 1.30"
    assert numerals.format(entry("1.297", "IRR"), "IRR 1.31") == "IRR 1.30"


def test_a_bound_at_a_percentile_is_said_of_people() -> None:
    ninth = replace(entry("7", exact=True), label="90th percentile of visits")
    said = Context("Nine in ten made fewer than ", " visits.")
    assert numerals.agrees("7", ninth, "en", said) is None and numerals.agrees("8", ninth, "en", said)
    assert numerals.agrees("7", entry("7", exact=True), "en", said) is not None
    assert (
        numerals.agrees("7", ninth, "en", Context("The percentile was fewer than ", " visits.")) is not None
    )


def test_a_share_and_a_count_in_brackets_are_no_interval() -> None:
    assert numerals.parse("(31.2%, 6,308)") is None
    both = numerals.parse("(31.2%, 33.1%)")
    assert both is not None and both.is_range


def test_the_most_of_a_fall_is_the_least_below_zero() -> None:
    fell = Quantity.stated("x.y", text="-23", unit="percent", qualifier="at-least")
    assert numerals.agrees("23%", fell, "en", Context("fell by at most ")) is None
    assert numerals.agrees("23%", fell, "en", Context("fell by at least ")) is not None
