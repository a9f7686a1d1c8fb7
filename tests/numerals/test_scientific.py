"""Powers of ten, odds and percentiles are read, checked and written, and no sign of them is lost."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tieout import numerals
from tieout.numbers import Quantity

P = Quantity.computed(Decimal("3.13e-105"))
TRUE = (
    "3.13e-105", "3.13E-105", "3.13 × 10⁻¹⁰⁵", "3.1 × 10^-105", r"3.13 \times 10^{-105}", "3.13·10⁻¹⁰⁵",
    "< .001", "< 1e-104", "p < 10⁻¹⁰⁰", "≈ 3 × 10⁻¹⁰⁵",
)  # fmt: skip
FALSE = (
    "3.14e-105", "3.13e-104", "3.13e105", "-3.13e-105", "3.13", "3.13 × 10¹⁰⁵", "> .001", "< 1e-105",
    "3.13e-15",
)  # fmt: skip


@pytest.mark.parametrize("text", TRUE)
def test_a_power_of_three_digits_is_read(text: str) -> None:
    assert numerals.agrees(text, P) is None


@pytest.mark.parametrize("text", FALSE)
def test_another_power_or_sign_is_another_number(text: str) -> None:
    assert numerals.agrees(text, P)


@pytest.mark.parametrize("text", TRUE[:6])
def test_it_is_one_numeral_of_running_text(text: str) -> None:
    if "\\" not in text:
        assert [token.text for token in numerals.find(f"it was {text}, so")] == [text]


WRITTEN = {
    "3.13e-105": "3.13 × 10⁻¹⁰⁵", "0.00001": "1 × 10⁻⁵", "0.0001234": "0.0001234", "-4.5e-7": "−4.5 × 10⁻⁷",
    "1e20": "1 × 10²⁰", "1.5e13": "15 trillion", "9.99996e-9": "9.99996 × 10⁻⁹",
}  # fmt: skip


@pytest.mark.parametrize("value", WRITTEN)
def test_what_is_tiny_or_huge_has_its_power_apart(value: str) -> None:
    quantity = Quantity.computed(Decimal(value))
    assert numerals.format(quantity) == WRITTEN[value]
    assert numerals.agrees(WRITTEN[value], quantity) is None


def test_it_is_rounded_before_it_is_written() -> None:
    quantity = Quantity.computed(Decimal("0.000099996")).known_to(Decimal("1e-7"))
    assert numerals.format(quantity) == "1.0000 × 10⁻⁴"


def test_an_example_keeps_its_sign_and_takes_another_power() -> None:
    large = Quantity.computed(Decimal("0.0421"))
    for like, wanted in {
        "3.13 × 10⁻¹⁰⁵": "4.21 × 10⁻²",
        "3.1e-105": "4.2e-2",
        "3·10^{-9}": "4·10^{-2}",
    }.items():
        assert numerals.format(large, like) == wanted
    assert numerals.format(P, "< 0.05") == "< 0.05", "a level that is true stays"


ODDS = {
    "3.04": ("3:1", "3 to 1"),
    "0.25": ("1:4", "1 to 4"),
    "1.5": ("3:2",),
    "2.5": ("2.5:1", "5:2", "3:1", "3 to 1"),
}
MOVED = {"3:1": "7:1", "3 to 1": "7 to 1", "1:4": "7:1", "2.5:1": "7.2:1"}


def test_odds_are_of_their_ratio_and_of_no_other() -> None:
    for value, forms in ODDS.items():
        quantity = Quantity.computed(Decimal(value))
        for form in {form for each in ODDS.values() for form in each}:
            assert (numerals.agrees(form, quantity) is None) == (form in forms), (value, form)
    for form, wanted in MOVED.items():
        assert numerals.format(Quantity.computed(Decimal("7.2")), form) == wanted
    assert numerals.format(Quantity.computed(Decimal("0.125")), "3:1") == "1:8"


def test_a_percentile_is_its_number() -> None:
    level = Quantity.computed(Decimal(95), exact=True)
    assert numerals.agrees("95th percentile", level) is None and numerals.agrees("96th percentile", level)
    assert numerals.format(level, "90th percentile") == "95th percentile"
