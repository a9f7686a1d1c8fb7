"""Promises of quantities: arithmetic keeps unit, interval and lineage, and refuses what means nothing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout import numbers as q
from tieout.numbers import (
    Const,
    Leaf,
    Op,
    Quantity,
    UnitMismatch,
    UnknownUnit,
    evaluate,
    from_json,
    inputs,
    to_json,
    written,
)

PARTS = st.fractions(min_value=0, max_value=1, max_denominator=97)
Sample = tuple[Quantity, Fraction]


def stated(id: str, text: str, unit: str = "1", qualifier: str = "rounded") -> Quantity:
    return Quantity.stated(id, text=text, unit=unit, qualifier=qualifier)


@st.composite
def samples(draw: st.DrawFn, unit: str = "USD", signs: tuple[int, ...] = (-1, 0, 1)) -> Sample:
    """Draw a stated quantity and one exact value that its digits allow; zero only where signs have it."""
    sign = draw(st.sampled_from(signs))
    number = sign * draw(st.integers(1, 10**6)) if sign else 0
    places = draw(st.integers(0, 3))
    qualifier = draw(st.sampled_from(["exact", "rounded", "approx", "projected", "approx+target"]))
    scale = draw(st.sampled_from(["", "million ", "billion "]))
    made = stated("a.b", f"{Decimal(number).scaleb(-places):f}", f"{scale}{unit}", qualifier)
    low, high = made.interval.low, made.interval.high
    assert low is not None
    assert high is not None
    exact = Fraction(low) + draw(PARTS) * (Fraction(high) - Fraction(low))
    return made, exact if 0 in signs else exact or Fraction(made.value)


def holds(quantity: Quantity, exact: Fraction) -> bool:
    low, high = quantity.interval.low, quantity.interval.high
    return (low is None or Fraction(low) <= exact) and (high is None or exact <= Fraction(high))


# Stated numbers


@pytest.mark.parametrize(
    ("text", "unit", "qualifier", "value", "low", "high"),
    [
        ("2.5", "billion USD", "rounded", "2500000000", "2450000000", "2550000000"),
        ("900", "million USD", "approx", "900000000", "800000000", "1000000000"),
        ("42", "1", "exact", "42", "42", "42"),
        ("162", "1", "at-least", "162", "162", None),
        ("10", "1", "at-most", "10", None, "10"),
        ("18.9", "1", "rounded+projected", "18.9", "18.85", "18.95"),
        ("100", "percent", "exact+target", "100", "100", "100"),
        ("30-40", "percent", "rounded", "35", "25", "45"),
        ("30-40", "percent", "exact", "35", "30", "40"),
        ("-3.2", "1", "rounded", "-3.2", "-3.25", "-3.15"),
        ("0.848", "1", "rounded", "0.848", "0.8475", "0.8485"),
        ("10000", "1", "rounded", "10000", "5000", "15000"),
        ("2.50", "1", "rounded", "2.5", "2.495", "2.505"),
    ],
)
def test_stated_digits_give_the_interval(
    text: str, unit: str, qualifier: str, value: str, low: str | None, high: str | None
) -> None:
    made = stated("a.b", text, unit, qualifier)
    assert made.value == Decimal(value)
    assert made.interval.low == (None if low is None else Decimal(low))
    assert made.interval.high == (None if high is None else Decimal(high))
    assert made.kind == "stated"


@pytest.mark.parametrize(
    ("text", "unit", "qualifier", "error"),
    [
        ("about 3", "1", "rounded", ValueError),
        ("1e5", "1", "rounded", ValueError),
        ("NaN", "1", "rounded", ValueError),
        ("40-30", "1", "rounded", ValueError),
        ("3", "1", "roughly", ValueError),
        ("3", "furlongs per fortnite", "rounded", UnknownUnit),
        ("3", "decibel", "rounded", UnknownUnit),
    ],
)
def test_what_is_no_number_is_refused(text: str, unit: str, qualifier: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        stated("a.b", text, unit, qualifier)


# Arithmetic holds every exact result


@given(samples(), samples())
def test_arithmetic_holds_the_exact_result(a: Sample, b: Sample) -> None:
    (one, x), (two, y) = a, b
    assert holds(one + two, x + y)
    assert holds(one - two, x - y)
    assert holds(one * two, x * y)
    assert holds(-one, -x)
    assert holds(q.total([one, two, one]), x + y + x)
    assert holds(q.mean([one, two]), (x + y) / 2)
    assert holds(q.minimum([one, two]), min(x, y))
    assert holds(q.maximum([one, two]), max(x, y))


@given(samples(), samples(signs=(-1, 1)))
def test_quotients_hold_the_exact_result(a: Sample, b: Sample) -> None:
    (one, x), (two, y) = a, b
    assert holds(one / two, x / y)
    assert holds(q.ratio(one, two), x / y)
    assert holds(q.share(one, two), 100 * x / y)


@given(samples(signs=(-1, 1)), st.integers(-3, 4))
def test_powers_hold_the_exact_result(a: Sample, exponent: int) -> None:
    one, x = a
    assert holds(one**exponent, x**exponent)


@given(samples(signs=(1,)), samples(signs=(1,)), st.integers(1, 12), st.booleans())
def test_growth_rates_hold_the_exact_result(a: Sample, b: Sample, periods: int, exact: bool) -> None:
    (start, x), (end, y) = a, b
    count = stated("n.n", str(periods), "year", "exact" if exact else "approx")
    rate = q.growth_rate(start, end, count)
    assert rate.unit == "percent"
    low, high = rate.interval.low, rate.interval.high
    if low is not None:
        assert max(1 + Fraction(low) / 100, Fraction(0)) ** periods <= y / x
    if high is not None:
        assert y / x <= (1 + Fraction(high) / 100) ** periods


@given(st.integers(1, 10**6), st.integers(1, 9), st.integers(1, 12))
def test_the_periods_that_growth_takes_lead_back(size: int, percent: int, periods: int) -> None:
    start, pace = stated("a.a", str(size), "USD", "exact"), stated("r.r", str(percent), "percent", "exact")
    found = q.growth_periods(start, start * (1 + pace) ** periods, pace)
    low, high = found.interval.low, found.interval.high
    assert low is not None
    assert high is not None
    assert low <= periods <= high
    assert found.unit == "1"


def test_growth_that_leads_elsewhere_takes_no_number_of_periods() -> None:
    two, three, shrinking = (stated(id, *rest) for id, rest in (
        ("a.a", ("2", "1", "exact")), ("b.b", ("3", "1", "exact")), ("c.c", ("-5", "percent", "exact")),
    ))  # fmt: skip
    for start, end, pace in ((two, three, shrinking), (two, two, shrinking), (two, three, two - two)):
        with pytest.raises(ValueError, match="does not lead"):
            q.growth_periods(start, end, pace)


@given(samples(unit="minute"))
def test_conversion_holds_the_exact_result_and_comes_back(a: Sample) -> None:
    one, x = a
    seconds = one.to("second")
    assert holds(seconds, 60 * x)
    assert seconds.to("minute").value == one.value


@given(samples(), samples())
def test_the_value_lies_in_its_own_interval(a: Sample, b: Sample) -> None:
    (one, _), (two, _) = a, b
    results = [one + two, one - two, one * two, *([one / two] if two.value else [])]
    assert all(each.interval.contains(each.value) for each in results)


@given(samples(), samples(signs=(-1, 1)))
def test_lineage_computes_the_same_again(a: Sample, b: Sample) -> None:
    one, two = a[0].named("x.one"), b[0].named("x.two")
    result = q.total([one - two, one * 3, -two]) / two
    assert result.lineage is not None
    known = {"x.one": one, "x.two": two}
    tree = from_json(to_json(result.lineage))
    assert tree == result.lineage
    assert set(inputs(tree)) == set(known)
    again = evaluate(tree, known.__getitem__)
    assert (again.value, again.unit, again.interval) == (result.value, result.unit, result.interval)


# Units


def market() -> dict[str, Quantity]:
    return {
        "market.2024": stated("market.2024", "2.5", "billion USD"),
        "market.2030": stated("market.2030", "18.9", "billion USD", "rounded+projected"),
        "market.horizon": stated("market.horizon", "6", "year", "exact"),
        "population.china": stated("population.china", "1.4", "billion person"),
        "read.before": stated("read.before", "10", "minute", "approx"),
        "read.after": stated("read.after", "30", "second"),
        "agent.rate": stated("agent.rate", "10000", "consultation / day"),
        "share": stated("share", "26", "percent", "approx"),
        "lead": stated("lead", "5", "percentage_point", "approx"),
    }


@pytest.mark.parametrize(
    ("compute", "unit", "value"),
    [
        (lambda m: m["market.2030"] / m["market.2024"], "1", "7.56"),
        (lambda m: m["read.before"] / m["read.after"], "1", "20"),
        (lambda m: m["read.before"] - m["read.after"], "minute", "9.5"),
        (lambda m: m["agent.rate"] * stated("d", "3", "day", "exact"), "consultation", "30000"),
        (lambda m: m["share"] * m["population.china"], "person", "364000000"),
        (lambda m: m["share"] + m["lead"], "percent", "31"),
        (lambda m: m["market.2024"] / m["population.china"], "USD / person", "1.785714285714285714285714286"),
        (lambda m: 1 - m["share"], "1", "0.74"),
        (lambda m: "100" - m["share"].to("1") * 100, "1", "74"),
    ],
)
def test_units_follow_the_arithmetic(
    compute: Callable[[dict[str, Quantity]], Quantity], unit: str, value: str
) -> None:
    result = compute(market())
    assert (result.unit, str(result.value)) == (unit, value)


@pytest.mark.parametrize(
    "compute",
    [
        lambda a, b: a + b,
        lambda a, b: a - b,
        lambda a, b: q.total([a, b]),
        lambda a, b: q.mean([a, b]),
        lambda a, b: q.minimum([a, b]),
        lambda a, b: q.maximum([a, b]),
        lambda a, b: q.share(a, b),
        lambda a, b: q.ratio(a, b),
        lambda a, b: q.growth_rate(a, b, 6),
    ],
)
def test_units_that_do_not_fit_are_an_error_with_both_names(
    compute: Callable[[Quantity, Quantity], Quantity],
) -> None:
    known = market()
    with pytest.raises(UnitMismatch) as caught:
        compute(known["market.2024"], known["population.china"])
    for name in ("market.2024 (USD)", "population.china (person)"):
        assert name in str(caught.value)


@pytest.mark.parametrize(
    ("compute", "error"),
    [
        (lambda m: m["market.2024"].to("person"), UnitMismatch),
        (lambda m: m["market.2024"].to("florin"), UnknownUnit),
        (lambda m: 2 ** m["market.2024"] if False else q.power(2, m["market.2024"]), UnitMismatch),
        (lambda m: q.power(m["market.2024"], m["share"].to("1")), UnitMismatch),
        (lambda m: m["market.2024"] / stated("zero", "0", "1", "exact"), ZeroDivisionError),
        (lambda m: q.growth_rate(m["market.2024"], m["market.2030"], 0), ValueError),
        (lambda m: q.total([]), ValueError),
        (lambda m: m["market.2024"] * float("nan"), ValueError),
        (lambda m: m["market.2024"] * True, TypeError),
        (lambda m: m["market.2024"] * "many", TypeError),
    ],
)
def test_what_means_nothing_is_refused(
    compute: Callable[[dict[str, Quantity]], object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        compute(market())


# What a reader is told


def test_a_recorded_quantity_is_named_by_those_computed_from_it() -> None:
    known = market()
    multiple = (known["market.2030"] / known["market.2024"]).named("market.multiple", "Growth")
    assert written(multiple.formula or Const("")) == "market.2030 ÷ market.2024"
    assert multiple.lineage == Leaf("market.multiple")
    assert (multiple - 1).lineage == Op("sub", (Leaf("market.multiple"), Const("1")))


@pytest.mark.parametrize(
    ("compute", "qualifier"),
    [
        (lambda m: m["market.2030"] / m["market.2024"], "projected"),
        (lambda m: m["share"] * 2, "approx"),
        (lambda m: m["market.horizon"] * 2, "exact"),
        (lambda m: m["market.2024"] * 2, "rounded"),
        (lambda m: stated("d", "162", "1", "at-least") * 2, "at-least"),
        (lambda m: -stated("d", "162", "1", "at-least"), "at-most"),
    ],
)
def test_a_result_is_as_firm_as_what_it_came_from(
    compute: Callable[[dict[str, Quantity]], Quantity], qualifier: str
) -> None:
    assert compute(market()).qualifier == qualifier


def test_ends_of_an_interval_are_numbers_of_their_own() -> None:
    share = market()["share"]
    low, high = q.lower(share), q.upper(share)
    assert (low.value, high.value) == (25, 27)
    assert low.interval.is_point
    with pytest.raises(ValueError, match="no upper end"):
        q.upper(stated("d", "162", "1", "at-least"))


def test_whole_columns_compute() -> None:
    known = market()
    column = pd.Series([known["market.2024"], known["market.2030"]])
    shares = column / known["market.2030"]
    assert [each.unit for each in shares] == ["1", "1"]
    assert shares[1].value == 1
    assert written(shares[0].lineage) == "market.2024 ÷ market.2030"


@pytest.mark.parametrize(
    "data", [None, {}, {"op": "div", "args": []}, {"op": "eval", "args": [{"id": "a"}]}, {"id": 3}]
)
def test_a_tree_that_is_none_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="not a formula"):
        from_json(data)
