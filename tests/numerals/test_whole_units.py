"""The whole unit fits, or the number is refused: compound units, currencies, and what stands outside."""

from __future__ import annotations

import re

import pytest

from tieout import numerals
from tieout.ledger import Cell
from tieout.numbers import Quantity
from tieout.numerals import Context, Near
from tieout.update import renewed


def entry(text: str, unit: str = "1", qualifier: str = "rounded") -> Quantity:
    return Quantity.stated("x", text=text, unit=unit, qualifier=qualifier)


WHOLE = [
    ("24.5 kg/m²", "24.5", "kg/m²"), ("24.5 kg/m2", "24.5", "kg/m²"), ("24.5 kg/m^2", "24.5", "kg/m2"),
    ("24.5 kg per m²", "24.5", "kg/m²"), ("24.5 kg·m⁻²", "24.5", "kg/m²"), ("24.5 kg m⁻²", "24.5", "kg/m²"),
    ("24.5 kilograms per square metre", "24.5", "kg/m²"), ("90 mg/dL", "90", "mg/dL"),
    ("0.90 g/L", "90", "mg/dL"), ("60 km/h", "60", "km/hour"), ("60 km an hour", "60", "km/hour"),
    ("$5 per person", "5", "USD per person"), ("5 USD per capita", "5", "USD per person"),
    ("42 per 100,000", "42", "death per 100,000 people"), ("42 per 100,000", "42", "per 100,000"),
    ("42 deaths per 100,000 people", "42", "death per 100,000 people"),
    ("1.5 radiologists per 10,000 people", "1.5", "radiologist per 10,000 people"),
    ("10,000 consultations a day", "10000", "consultation / day"), ("5 mg/kg/day", "5", "mg/kg/day"),
    ("3.5 N·m", "3.5", "N·m"), ("2 m/s²", "2", "m/s2"), ("37 °C", "37", "°C"), ("98.6 °F", "37.0", "°C"),
    ("12 ppm", "12", "ppm"), ("3 ppb", "3", "ppb"), ("3 ‰", "3", "permille"), ("0.3%", "3", "permille"),
    ("25 bps", "25", "bps"), ("0.25%", "25", "bps"), ("120 mmHg", "120", "mmHg"),
    ("120 mm Hg", "120", "mm Hg"), ("pH 7.4", "7.4", "pH"),
    ("3 GW", "3", "GW"), ("5 TWh", "5", "TWh"), ("10 µm", "10", "µm"), ("5 nm", "5", "nm"),
    ("45°", "45", "degree"), ("3 lakh", "300000", "1"), ("₹2 crore", "2", "crore INR"),
    ("1.4亿", "140000000", "1"), ("SEK 5", "5", "SEK"), ("5 CAD", "5", "CAD"), ("300 K", "300", "kelvin"),
    ("$2.5 billion per year", "2.5", "billion USD / year"), ("1.5 kWh per 100 km", "1.5", "kWh per 100 km"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit"), WHOLE)
def test_the_whole_unit_is_read(text: str, value: str, unit: str) -> None:
    assert numerals.agrees(text, entry(value, unit)) is None


def test_metres_per_second_are_no_millions() -> None:
    shown = [numerals.parse(text) for text in ("5.3 m/s", "3 m/day", "€3 m", "€3 m/year")]
    assert [(each.unit, int(each.figures[0].scale)) for each in shown if each] == [
        ("meter / second", 1), ("meter / day", 1), ("EUR", 1000000), ("EUR / year", 1000000),
    ]  # fmt: skip


PARTIAL = [
    ("24.5 kg", "24.5", "kg/m²", "`24.5 kg/m²`"), ("90 mg", "90", "mg/dL", "`90 mg/dL`"),
    ("60 km", "60", "km/hour", "`60 km/h`"), ("$5", "5", "USD per person", "`$5 per person`"),
    ("10,000 consultations", "10000", "consultation / day", "consultation per day"),
    ("42 per 10,000", "42", "death per 100,000 people", "per 10,000"), ("37 °F", "37", "°C", "should be"),
    ("37", "37", "°C", "`37 °C`"), ("5 CAD", "5", "SEK", "is in CAD"), ("12 ppb", "12", "ppm", "thousand"),
    ("5 USD per person", "5", "USD", "is in USD per person"), ("300 K", "300000", "1", "kelvin"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit", "why"), PARTIAL)
def test_a_part_of_the_unit_is_refused_and_the_whole_one_named(
    text: str, value: str, unit: str, why: str
) -> None:
    reason = numerals.agrees(text, entry(value, unit))
    assert reason is not None and why in reason


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("24.50", "kg/m²", "24.50 kg/m²"), ("90", "mg/dL", "90 mg/dL"),
        ("5", "USD / person", "$5 per person"),
        ("42", "death per 100,000 people", "42 deaths per 100,000 people"), ("37", "°C", "37 °C"),
        ("1.5", "radiologist per 10,000 people", "1.5 radiologists per 10,000 people"),
        ("7.4", "pH", "pH 7.4"),
        ("3", "percent / year", "3% per year"), ("45", "degree", "45°"), ("3", "lakh INR", "₹300,000"),
        ("2.5", "billion USD / year", "$2.5 billion per year"), ("12", "basis_point", "12 bps"),
    ],
)  # fmt: skip
def test_the_whole_unit_is_written(value: str, unit: str, text: str) -> None:
    quantity = entry(value, unit)
    assert numerals.format(quantity) == text
    assert numerals.agrees(text, quantity) is None


def test_a_slip_of_size_is_named_and_never_shown_as_nothing() -> None:
    share = numerals.agrees("35%", entry("0.35", "percent"))
    assert share and "hundred times too large" in share and "`0.35%`" in share and "`0%`" not in share
    scale = numerals.agrees("12 km", entry("12", "meter"))
    assert scale and "thousand times" in scale and "`12 meters`" in scale
    bound = numerals.agrees("52%", entry("0.526", "1"), context=Context("It is up to "))
    assert bound and "times" not in bound, "a bound a hundred times as large is true as well"


def test_every_currency_that_is_in_use_has_its_code() -> None:
    for code in ("SEK", "CAD", "TRY", "BRL", "ZAR", "NGN"):
        assert numerals.agrees(f"{code} 1.2 billion", entry("1.2", f"billion {code}")) is None
        assert numerals.agrees(f"{code} 1.2 billion", entry("1.2", "billion USD")) is not None


def test_temperatures_have_differences_and_no_ratios() -> None:
    warm, cold = entry("37.2", "°C"), entry("36.6", "°C")
    assert (warm - cold).unit == "delta_degree_Celsius" and (cold + (warm - cold)).value == warm.value
    for wrong in (lambda: warm + cold, lambda: warm / cold, lambda: warm * 2):
        with pytest.raises(ValueError, match="does not start at zero"):
            wrong()


# What stands around a tie; braces mark another tie

RIGHT = [
    ("It was −[12] then", "-12", "1"), ("It was [2.5] million", "2.5", "million device"),
    ("It rose [42.5]% a year", "42.5", "percent"), ("It weighs [50.2] g.", "50.2", "g"),
    ("costs $[5] per person", "5", "USD / person"), ("costs [$5] per person", "5", "USD / person"),
    ("each person pays [$5]", "5", "USD / person"),
    ("sees [238] patients a day", "238", "consultation / day"),
    ("[30]–{40}% of", "30", "percent"), ("{30}–[40]% of", "40", "percent"), ("pH [7.4] in", "7.4", "pH"),
    ("of [162] device companies", "162", "company"), ("took it [10] times", "10", "visit"),
    ("a score of [9] points", "9", "1"), ("in {2020}-[12] it", "12", "1"),
    ("[1.4] billion users", "1.4", "billion person"),
    ("[42] per 100,000 people", "42", "death per 100,000 people"),
    ("[5] second opinions", "5", "consultation"),
    ("with [3] minute changes", "3", "1"), ("[12] T cells", "12", "1"),
    ("serves [10] each day", "10", "patient"),
]  # fmt: skip
WRONG = [
    ("It was −[12] then", "12", "1", "`−12`"), ("It was [2.5] million", "2.5", "1", "million times"),
    ("It rose [42.5]% a year", "42.5", "percentage_point", "percentage points"),
    ("It weighs [50.2] kg.", "50.2", "g", "thousand times"),
    ("It weighs [50.2].", "50.2", "g", "has no unit"),
    ("costs [$5].", "5", "USD / person", "per person"), ("costs [$5] per person", "5", "USD", "per person"),
    ("[42] per 10,000 people", "42", "death per 100,000 people", "per 10,000"),
    ("of [162] hospitals in", "162", "device", "counts what is called hospital"),
    ("USD [5] in", "5", "EUR", "is in USD"), ("over [60] km", "60", "km/hour", "is in kilometer"),
    ("[5] minutes", "5", "hour", "should be"), ("[162]+ devices", "162", "device", "at least"),
]  # fmt: skip


def said(sentence: str) -> tuple[str, Context]:
    tie = re.search(r"\[(.*?)\]", sentence)
    assert tie
    before, after = (re.sub(r"[{}]", "", part) for part in (sentence[: tie.start()], sentence[tie.end() :]))
    return tie[1], Context(before, after)


@pytest.mark.parametrize(("sentence", "value", "unit"), RIGHT)
def test_what_stands_around_a_number_counts_where_it_is_right(sentence: str, value: str, unit: str) -> None:
    text, context = said(sentence)
    assert numerals.agrees(text, entry(value, unit), "en", context) is None


@pytest.mark.parametrize(("sentence", "value", "unit", "why"), WRONG)
def test_what_stands_around_a_number_counts_where_it_is_wrong(
    sentence: str, value: str, unit: str, why: str
) -> None:
    text, context = said(sentence)
    exact = entry(value, unit, "exact")
    reason = numerals.agrees(text, exact, "en", context)
    assert reason is not None and why in reason


@pytest.mark.parametrize(
    "between",
    [
        " and ",
        " against ",
        " vs. ",
        ", compared with ",
        " in primary schools and ",
        " in 2021 to about ",
        " or ",
    ],
)
def test_a_bare_number_may_have_the_unit_of_the_next(between: str) -> None:
    use = entry("8.982", "kilowatt_hour")
    for shown, is_right in (("8.4 kWh", True), ("8.4 MWh", False), ("8.4%", False), ("8.4", False)):
        near = Near("after", len(between), len(between) + len(shown), "second", shown)
        context = Context("They used ", f"{between}{shown}.", near=(near,))
        assert (numerals.agrees("9.0", use, "en", context) is None) is is_right
    near = Near("after", 13, 20, "second", "8.4 kWh")
    apart = Context("They used ", ". Others did 8.4 kWh.", near=(near,))
    assert "write `9.0 kWh`" in str(numerals.agrees("9.0", use, "en", apart))
    assert renewed("9.0", Cell("", use), context=apart) == "9.0 kWh"


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("Body mass (g)", " g"), ("Market ($ billion)", " billion USD"), ("Share (%)", " %"),
        ("Mass, kg", " kg"),
        ("BMI (kg/m²)", " kg/m²"), ("Hospitals (all)", ""), ("Year", ""), ("Devices (n)", ""), ("%", " %"),
    ],
)  # fmt: skip
def test_a_heading_names_the_unit_of_its_column(heading: str, unit: str) -> None:
    assert numerals.heading_unit(heading) == unit


def test_a_number_is_compared_with_the_unit_of_its_column() -> None:
    mass = entry("50.2", "g")
    assert numerals.agrees("50.2", mass, "en", Context(heading="Body mass (g)")) is None
    assert "thousand" in str(numerals.agrees("50.2", mass, "en", Context(heading="Body mass (kg)")))
    assert "no unit" in str(numerals.agrees("50.2", mass, "en", Context(heading="Body mass")))


def test_units_are_part_of_the_numbers_that_are_found() -> None:
    text = "It was 37 °C and 5 mg/dL, 42 per 100,000, 1.4亿, in the 1990s."
    assert [(token.text, token.kind) for token in numerals.find(text)] == [
        ("37 °C", "number"), ("5 mg/dL", "number"), ("42 per 100,000", "number"), ("1.4亿", "number"),
        ("1990s", "year"),
    ]  # fmt: skip
    assert numerals.attached("\ufffc deaths per 100,000 people, \ufffc ants per 10,000") == ((13, 20),)


@pytest.mark.parametrize("said", ["6.4%", "6.4 percent", "6.4 per cent"])
def test_percentage_points_are_no_percent_however_they_are_written(said: str) -> None:
    assert not numerals.says(said, entry("6.4", "percentage_point"))
    assert numerals.says(said, entry("6.4", "percent"))
