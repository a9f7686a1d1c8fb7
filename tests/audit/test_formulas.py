"""Formulas as printed: what is true is read as true, and every slip in one is found."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.depth import examples
from tieout import numbers
from tieout.audit.arithmetic import Misprint, Reader
from tieout.audit.formulas import check_formulas
from tieout.audit.measures import Measures
from tieout.audit.ukrainian import as_english
from tieout.ledger.ukrainian import formula_in
from tieout.numbers import Expr, Interval, Leaf, Quantity, formula, register_units

DEFINED = ("ten_thousand_people = 10000 * person", "square_metre = meter ** 2")
register_units(DEFINED)


def reader() -> Reader:
    return Reader(Measures(DEFINED))


@pytest.mark.parametrize(
    "text",
    [
        "10 min ÷ 30 s = 600 s ÷ 30 s = 20",
        "1.5 radiologists per 10,000 people × 1.4 billion people = 210,000 radiologists",
        "$18.9 billion ÷ $2.5 billion = 7.56",
        "42.5% − 38% = 4.5 percentage points",
        "($18.9 billion ÷ $2.5 billion)^(1/6) − 1 ≈ 40.09%",
        "2^(1 ÷ 2) ≈ 1.414",
        "ln ($18.9 billion ÷ $2.5 billion) ÷ ln (1 + 42.5%) ≈ 5.712",
        "−(−2.5) = 2.5",
        "mean of (1 h; 30 min) = 45 min",
        "smallest of (2 use cases; 3 use cases) = 2 use cases",
        "middle of (30% to 40%) × 100 visits = 35 visits",
        "lower end of (at least 162 devices) = 162 devices",
        "1 + 2 + (993 others: 4) + 5 = 12",
        "24.5 kg/m² × 2 m² = 49 kg",
        "60 km/h × 30 min = 30 km",
        "25 °C = 298.15 K",
        "25 °C − 20 °C = 5 Celsius degrees",
        "−5 °C = 23 °F",
        "mean of (−5 °C; 5 °C) = 0 °C",
        "$5 per person × 1.5 million people = $7.5 million",
    ],
)
def test_what_is_true_as_printed_is_read_as_true(text: str) -> None:
    reader().formula(text)
    Reader(Measures(DEFINED), as_english).formula(formula_in(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "1.5 radiologists per 10,000 people × 1.4 billion people = 210,000 radiologists",
            "1,5 рентгенолога на 10 000 осіб × 1,4 млрд осіб = 210 000 рентгенологів",
        ),
        ("1 ÷ (1.5 people per system) ≈ 6,667 systems", "1 ÷ (1,5 особи на систему) ≈ 6667 систем"),
        ("42.5% − 38% = 4.5 percentage points", "42,5 % − 38 % = 4,5 в. п."),
        ("10 min ÷ 30 s = 20", "10 хв ÷ 30 с = 20"),
        ("lower end of (30% to 40%) = 30%", "нижній край (від 30 % до 40 %) = 30 %"),
    ],
)
def test_a_formula_is_printed_in_ukrainian(text: str, said: str) -> None:
    assert formula_in(text).replace("\u00a0", " ") == said


def test_a_slip_in_a_ukrainian_formula_is_a_misprint() -> None:
    own = Reader(Measures(DEFINED), as_english)
    own.formula("10 хв ÷ 30 с = 20")
    for wrong in ("10 хв ÷ 30 с = 21", "10 хв ÷ 30 с = 2,0", "10 хв ÷ 30 м = 20", "10 хв ÷ 30 c = 20"):
        with pytest.raises(Misprint):
            own.formula(wrong)


@pytest.mark.parametrize(
    "text",
    [
        "10 ÷ 30 = 20",
        "ln ($18.9 billion ÷ $2.5 billion) ÷ ln (1 + 42.5%) ≈ 5.713",
        "ln ($2) ≈ 0.6931",
        "ln (2 − 2) = 0",
        "10 min ÷ 30 s = 21",
        "10 min ÷ 30 s = 20 s",
        "10 min + 30 m = 40 min",
        "1.5 × 1,400,000,000 = 210,000",
        "$18.9 billion ÷ $2.5 million = 7.56",
        "$18.9 billion ÷ €2.5 billion = 7.56",
        "25 °C = 25 K",
        "25 °C − 20 °C = 5 °C",
        "1 ÷ 3 = 0.3333",
        "1 ÷ 3 ≈ 0.3334",
        "46",
        "1 + 1 = 2 +",
        "upper end of (at least 3) = 3",
        "lower end of (4 to 3) = 3",
        "1 ÷ (1 − 1) = 0",
        "19.3%^2 = 0.037249 ÷",
        "2^(1 m) = 2",
    ],
)
def test_what_is_false_or_cannot_be_read_is_a_misprint(text: str) -> None:
    with pytest.raises(Misprint):
        reader().formula(text)


# Everything that can be computed is printed so that it evaluates

UNITS = [
    "1", "percent", "USD", "billion USD", "minute", "second", "day", "person", "million person",
    "radiologist / ten_thousand_people", "consultation / day", "kilogram / meter ** 2", "meter", "kilometer",
    "square_metre", "percentage_point", "EUR / person", "device / use_case",
]  # fmt: skip
KINDS = [("minute", "second", "day"), ("meter", "kilometer"), ("1", "percent", "percentage_point")]
DIGITS = st.integers(1, 10**9).flatmap(
    lambda number: st.integers(0, 6).map(lambda places: f"{Decimal(number).scaleb(-places):f}")
)
QUALIFIERS = st.sampled_from(["exact", "rounded", "approx"])


@st.composite
def computed(draw: st.DrawFn) -> tuple[Expr, dict[str, Quantity]]:
    """A formula over entries, some stated and some computed, and the entries."""
    known: dict[str, Quantity] = {}

    def entry(unit: str) -> Quantity:
        id = f"a.n{len(known)}"
        if draw(st.booleans()):
            made = Quantity.stated(id, text=draw(DIGITS), unit=unit, qualifier=draw(QUALIFIERS), label=id)
        else:
            value = Decimal(draw(st.integers(1, 10**12))) / Decimal(draw(st.integers(1, 10**6)))
            ends = Interval(value * Decimal("0.9"), value * Decimal("1.1"))
            made = Quantity(value, numbers.units.canonical(unit)[1], ends).named(id, id)
        known[id] = made
        return made

    def grown(unit: str, depth: int) -> Quantity:
        if not depth:
            alike = next((kind for kind in KINDS if unit in kind), (unit,))
            return entry(draw(st.sampled_from(alike)))
        kind = draw(st.sampled_from(["add", "sub", "neg", "mean", "sum", "min", "scaled", "divided", "ends"]))
        parts = [grown(unit, depth - 1) for _ in range(2)]
        if kind == "add":
            return parts[0] + parts[1]
        if kind == "sub":
            return parts[0] - parts[1]
        if kind == "neg":
            return -parts[0]
        if kind == "mean":
            return numbers.mean(parts)
        if kind == "sum":
            return numbers.total([*parts, *(entry(unit) for _ in range(draw(st.integers(0, 9))))])
        if kind == "min":
            return draw(st.sampled_from([numbers.minimum, numbers.maximum]))(parts)
        if kind == "ends":
            return draw(st.sampled_from([numbers.lower, numbers.upper]))(parts[0])
        other = entry(draw(st.sampled_from(["1", "percent"])))
        return parts[0] * other if kind == "scaled" else parts[0] / other

    unit = draw(st.sampled_from(UNITS))
    how = draw(
        st.sampled_from(["grown", "product", "growth", "power", "root", "share", "to", "ratio", "degrees"])
    )
    if how == "grown":
        result = grown(unit, draw(st.integers(1, 3)))
    elif how == "product":
        result = grown(unit, draw(st.integers(0, 2))) * entry(draw(st.sampled_from(UNITS)))
        result = result / entry(draw(st.sampled_from(UNITS)))
    elif how == "growth":
        result = numbers.growth_rate(entry(unit), entry(unit), draw(st.integers(1, 12)))
    elif how == "power":
        result = entry(unit) ** draw(st.integers(-3, 4))
    elif how == "root":
        result = entry("1") ** Decimal(draw(st.sampled_from(["0.5", "0.25", "1.5"])))
    elif how == "degrees":
        warm, cold = entry("degree_Celsius"), entry("degree_Celsius")
        made = [warm.to("kelvin"), warm.to("degree_Fahrenheit"), warm - cold, numbers.mean([warm, cold])]
        result = draw(st.sampled_from(made))
    elif how == "to":
        result = entry("minute").to(draw(st.sampled_from(["second", "hour", "day"])))
    else:
        kind = numbers.share if how == "share" else numbers.ratio
        result = kind(entry(unit), entry(unit))
    return result.lineage or Leaf("a.n0"), known


@pytest.mark.parametrize(
    ("power", "unit"), [(2, "metre^4"), (4, "metre^8"), ("1.5", "cubic metre"), ("0.5", "metre")]
)
def test_powers_of_areas_are_powers_of_lengths(power: int | str, unit: str) -> None:
    area = Quantity.computed(1, "square_metre", exact=True).named("a.n0", "Area")
    expr = (area ** Decimal(power)).lineage
    assert expr is not None
    assert formula(expr, {"a.n0": area}.__getitem__).text.endswith(f"= 1 {unit}")
    _is_true(expr, {"a.n0": area})


@examples(100)
@given(computed())
def test_every_formula_evaluates_as_it_is_printed(made: tuple[Expr, dict[str, Quantity]]) -> None:
    _is_true(*made)


def _is_true(expr: Expr, known: dict[str, Quantity]) -> None:
    printed = formula(expr, known.__getitem__)
    result = numbers.evaluate(expr, known.__getitem__)
    named = result.named("a.result", "Result")
    published = {"entries": [*map(_published, known.values()), _published(named)]}
    published["entries"][-1] |= {
        "formula": printed.text or None,
        "operands": [operand.to_json() for operand in printed.operands],
    }
    checked = check_formulas(published, DEFINED)
    assert not checked.problems, (printed.text, checked.problems)
    last = published["entries"][-1]
    last["formula"] = last["formula"] and formula_in(last["formula"])
    last["operands"] = [{**each, "amount": formula_in(each["amount"])} for each in last["operands"]]
    checked = check_formulas({**published, "lang": "uk"}, DEFINED)
    assert not checked.problems, (last, checked.problems)


def _published(quantity: Quantity) -> dict[str, Any]:
    value = f"{quantity.value:f}"
    return {"id": quantity.id, "value": value, "number": float(Fraction(value)), "unit": quantity.unit}
