"""Formulas as readers see them: amounts with units, converted in sight, and as many digits as are needed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tieout import numbers as q
from tieout.numbers import Interval, Quantity, formula, units

units.register_units(["ten_thousand_people = 10000 * person"])
KNOWN = {
    id: Quantity.stated(id, text=text, unit=unit, qualifier=qualifier, label=label)
    for id, text, unit, qualifier, label in (
        ("market.2020", "900", "million USD", "approx", "Market, 2020"),
        ("market.2024", "2.5", "billion USD", "rounded", "Market, 2024"),
        ("market.2030", "18.9", "billion USD", "rounded+projected", "Market, 2030"),
        ("horizon", "6", "year", "exact", "Years"),
        ("before", "10", "minute", "approx", "Reading time before"),
        ("after", "30", "second", "rounded", "Reading time after"),
        ("density", "1.5", "radiologist / ten_thousand_people", "approx", "Radiologists"),
        ("people", "1.4", "billion person", "rounded", "Population"),
        ("rate", "42.5", "percent", "rounded", "Rate"),
        ("one", "1.5", "percent", "rounded", "A rate more"),
        ("world", "38", "percent", "approx", "Rate of the world"),
        ("range", "30-40", "percent", "rounded", "Misdiagnosis"),
        ("devices", "162", "device", "at-least", "Devices"),
        ("consultations", "10000", "consultation / day", "rounded", "Consultations"),
        ("day", "1", "day", "exact", "A day"),
        ("training", "2", "year", "approx", "Training"),
        ("mass", "24.5", "kilogram / meter ** 2", "rounded", "Body mass"),
        ("speed", "60", "kilometer / hour", "exact", "Speed"),
    )
}
Compute = Callable[[dict[str, Quantity]], Quantity]


def said(compute: Compute) -> str:
    """Return the formula of what is computed from what is known."""
    result = compute(KNOWN)
    assert result.lineage is not None
    return formula(result.lineage, KNOWN.__getitem__).text


@pytest.mark.parametrize(
    ("compute", "wanted"),
    [
        (lambda k: k["before"] / k["after"], "10 min ÷ 30 s = 600 s ÷ 30 s = 20"),
        (lambda k: k["before"] + k["after"], "10 min + 30 s = 10 min + 0.5 min = 10.5 min"),
        (
            lambda k: k["density"] * k["people"],
            "1.5 radiologists per 10,000 people × 1.4 billion people = 210,000 radiologists",
        ),
        (lambda k: k["market.2030"] / k["market.2024"], "$18.9 billion ÷ $2.5 billion = 7.56"),
        (lambda k: k["market.2024"] / k["market.2020"], "$2.5 billion ÷ $900 million ≈ 2.778"),
        (lambda k: k["rate"] - k["world"], "42.5% − 38% = 4.5%"),
        (lambda k: (k["rate"] - k["world"]).to("percentage_point"), "42.5% − 38% = 4.5 percentage points"),
        (lambda k: k["training"].to("day"), "2 years = 730.5 days"),
        (
            lambda k: (k["consultations"] * k["day"] / k["training"]).to("consultation / day"),
            "10,000 consultations per day × 1 day ÷ 2 years = "
            "10,000 consultations per day × 1 day ÷ 730.5 days ≈ 13.69 consultations per day",
        ),
        (
            lambda k: q.growth_rate(k["market.2024"], k["market.2030"], k["horizon"]),
            "($18.9 billion ÷ $2.5 billion)^(1/6) − 1 ≈ 40.09%",
        ),
        (
            lambda k: q.growth_periods(k["market.2024"], k["market.2030"], k["rate"]),
            "ln ($18.9 billion ÷ $2.5 billion) ÷ ln (1 + 42.5%) ≈ 5.712",
        ),
        (
            lambda k: k["market.2024"] * (1 + k["rate"]) ** 6,
            "$2.5 billion × (1 + 42.5%)^6 ≈ $20.93 billion",
        ),
        (
            lambda k: k["range"] * k["people"],
            "middle of (30% to 40%) × 1.4 billion people = 490 million people",
        ),
        (
            lambda k: q.lower(k["market.2024"]),
            "lower end of ($2.45 billion to $2.55 billion) = $2.45 billion",
        ),
        (lambda k: q.lower(k["devices"]), "lower end of (at least 162 devices) = 162 devices"),
        (lambda k: k["rate"] - (k["world"] + k["one"]), "42.5% − (38% + 1.5%) = 3%"),
        (lambda k: k["rate"] - (k["world"] - k["one"]), "42.5% − (38% − 1.5%) = 6%"),
        (lambda k: k["rate"] / (k["world"] * k["one"]), "42.5% ÷ (38% × 1.5%) ≈ 7,456%"),
        (
            lambda k: q.upper(k["before"]) + k["after"],
            "upper end of (0 min to 20 min) + 30 s = upper end of (0 min to 20 min) + 0.5 min = 20.5 min",
        ),
        (lambda k: -(k["rate"] - k["world"]), "−(42.5% − 38%) = −4.5%"),
        (lambda k: 1 - k["rate"] * k["world"], "1 − 42.5% × 38% = 0.8385"),
        (
            lambda k: 1 / k["density"],
            "1 ÷ (1.5 radiologists per 10,000 people) ≈ 6,667 people per radiologist",
        ),
        (
            lambda k: q.mean([k["before"], k["after"]]),
            "mean of (10 min; 30 s) = mean of (10 min; 0.5 min) = 5.25 min",
        ),
        (lambda k: q.share(k["after"], k["before"]), "30 s ÷ 10 min = 30 s ÷ 600 s = 5%"),
        (
            lambda k: k["consultations"] * k["day"] / k["training"],
            "10,000 consultations per day × 1 day ÷ 2 years = 5,000 consultations per year",
        ),
        (lambda k: k["mass"] * 2, "24.5 kg/m² × 2 = 49 kg/m²"),
        (lambda k: k["speed"] * k["before"], "60 km/h × 10 min ≈ 60 km/h × 0.1667 h ≈ 10 km"),
        (lambda k: k["rate"] ** 2, "(42.5%)^2 = 0.180625"),
    ],
)
def test_a_formula_carries_units_and_converts_them_in_sight(compute: Compute, wanted: str) -> None:
    assert said(compute) == wanted


def test_what_says_nothing_is_not_printed() -> None:
    assert formula(q.Const("46"), KNOWN.__getitem__).text == ""
    assert formula(q.Leaf("rate"), KNOWN.__getitem__).text == ""


def test_inputs_have_the_digits_that_the_result_needs() -> None:
    third = Quantity(Decimal("40.0942168"), "percent", Interval(Decimal(40), Decimal(41))).named(
        "third", "Third"
    )
    known = KNOWN | {"third": third}
    lineage = (third - KNOWN["world"]).lineage
    assert lineage is not None
    printed = formula(lineage, known.__getitem__)
    assert printed.text == "40.094% − 38% = 2.094%"
    assert [(each.id, each.label, each.amount) for each in printed.operands] == [
        ("third", "Third", "40.094%"),
        ("world", "Rate of the world", "38%"),
    ]


def _computed(value: str) -> Quantity:
    return Quantity(Decimal(value), "1", Interval.point(Decimal(value))).named("computed", "Computed")


@pytest.mark.parametrize(
    ("value", "compute", "wanted"),
    [
        # 100,000 × 1.5 would be 150,000, one away from what is printed.
        ("100000.45", lambda k: k * Decimal("1.5"), "100,000.45 × 1.5 ≈ 150,001"),
        ("100000.05", lambda k: k * Decimal("1.5"), "100,000 × 1.5 = 150,000"),
        # Half a unit of the last digit away still rounds to it.
        ("246913.2", lambda k: k / 2, "246,913 ÷ 2 ≈ 123,457"),
    ],
)
def test_what_a_reader_computes_from_a_formula_is_what_it_says(
    value: str, compute: Callable[[Quantity], Quantity], wanted: str
) -> None:
    computed = _computed(value)
    lineage = compute(computed).lineage
    assert lineage is not None
    assert formula(lineage, {"computed": computed}.__getitem__).text == wanted


def test_many_parts_of_different_units_are_told_in_the_unit_of_the_first() -> None:
    assert said(lambda k: q.total([k["before"], *[k["after"]] * 8])) == (
        "10 min + 30 s + 30 s + 30 s + 30 s + 30 s + (2 others: 1 min) + 30 s = "
        "10 min + 0.5 min + 0.5 min + 0.5 min + 0.5 min + 0.5 min + (2 others: 1 min) + 0.5 min = 14 min"
    )


def test_many_parts_are_told_in_one_line_that_still_adds_up() -> None:
    total = q.total([KNOWN["before"]] * 100)
    assert total.lineage is not None
    assert said(lambda k: q.total([k["before"]] * 100)) == (
        "10 min + 10 min + 10 min + 10 min + 10 min + 10 min + (93 others: 930 min) + 10 min = 1,000 min"
    )
