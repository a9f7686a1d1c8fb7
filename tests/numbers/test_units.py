"""Promises of units: exact factors, reduced products, errors that name both sides, nouns of running text."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tieout.numbers import UnitMismatch, UnknownUnit, units

# Units that convert into each other, in a row.
KINDS = (
    ("second", "minute", "hour", "day", "year"),
    ("percent", "1", "percentage_point"),
    ("meter ** 2", "kilometer ** 2"),
    ("consultation / day", "consultation / hour"),
    ("USD",),
    ("person",),
)
names = st.sampled_from([name for kind in KINDS for name in kind])


@pytest.mark.parametrize(
    ("text", "scale", "name"),
    [
        ("USD", 1, "USD"),
        ("billion USD", 10**9, "USD"),
        ("million person", 10**6, "person"),
        ("million", 10**6, "1"),
        ("1", 1, "1"),
        ("percent", 1, "percent"),
        ("consultation / day", 1, "consultation / day"),
        ("minutes", 1, "minute"),
    ],
)
def test_a_unit_has_a_scale_and_one_canonical_name(text: str, scale: int, name: str) -> None:
    assert units.canonical(text) == (Decimal(scale), name)


@pytest.mark.parametrize(
    "text",
    ["", "florin", "USD + EUR", "__import__('os')", "decibel", "1/0", "x" * 300, "million million USD"],
)
def test_what_names_no_unit_is_refused(text: str) -> None:
    if text == "":
        assert units.canonical(text) == (Decimal(1), "1")
        return
    with pytest.raises(UnknownUnit):
        units.canonical(text)


@pytest.mark.parametrize(
    ("source", "target", "factor"),
    [
        ("minute", "second", Fraction(60)),
        ("second", "minute", Fraction(1, 60)),
        ("percent", "1", Fraction(1, 100)),
        ("percentage_point", "percent", Fraction(1)),
        ("hour", "day", Fraction(1, 24)),
        ("consultation / day", "consultation / second", Fraction(1, 86_400)),
        ("mph", "kilometer / hour", Fraction(1_609_344, 1_000_000)),
        ("USD", "USD", Fraction(1)),
    ],
)
def test_factors_are_exact(source: str, target: str, factor: Fraction) -> None:
    assert units.factor(source, target) == factor


@pytest.mark.parametrize(
    ("source", "target"),
    [("USD", "person"), ("USD", "EUR"), ("minute", "meter"), ("device", "1"), ("case", "use_case")],
)
def test_what_measures_different_things_does_not_convert(source: str, target: str) -> None:
    with pytest.raises(UnitMismatch) as caught:
        units.factor(source, target)
    for name in (source, target):
        assert units.spoken(name) in str(caught.value)


@pytest.mark.parametrize(
    ("left", "right", "sign", "name", "factor"),
    [
        ("USD", "USD", -1, "1", 1),
        ("minute", "second", -1, "1", 60),
        ("percent", "person", 1, "person", Fraction(1, 100)),
        ("percent", "1", 1, "percent", 1),
        ("consultation / day", "day", 1, "consultation", 1),
        ("consultation / day", "hour", 1, "consultation", Fraction(1, 24)),
        ("USD", "person", -1, "USD / person", 1),
        ("percent", "percent", 1, "1", Fraction(1, 10_000)),
    ],
)
def test_products_are_reduced(left: str, right: str, sign: int, name: str, factor: Fraction) -> None:
    assert units.product(left, right, sign) == (name, factor)


@given(names, names)
def test_dividing_undoes_multiplying(left: str, right: str) -> None:
    product, one = units.product(left, right, 1)
    back, two = units.product(product, right, -1)
    assert one * two * units.factor(back, left) == 1


@given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(*[st.sampled_from(kind)] * 3)))
def test_factors_chain(chain: tuple[str, str, str]) -> None:
    one, two, three = chain
    first, second = units.factor(one, two), units.factor(two, three)
    assert first * second == units.factor(one, three)
    assert first * units.factor(two, one) == 1


def test_powers_and_roots() -> None:
    assert units.power("meter", Fraction(2)) == ("meter ** 2", 1)
    assert units.power("meter ** 2", Fraction(1, 2)) == ("meter", 1)
    with pytest.raises(UnitMismatch):
        units.power("percent", Fraction(1, 2))


def test_a_project_adds_units_once_and_means_one_thing_by_them() -> None:
    units.register_units(["testing_widget = [testing_widget]"])
    units.register_units(["testing_widget = [testing_widget]"])
    assert units.canonical("million testing_widget") == (Decimal(10) ** 6, "testing_widget")
    assert units.noun("testing widgets") == "testing_widget"
    with pytest.raises(UnknownUnit, match="already defined"):
        units.register_units(["testing_widget = 12 * meter"])


@pytest.mark.parametrize(
    "definition", ["", "widget", "= [x]", "my widget = [x]", "other_widget = 3 * nothing_known"]
)
def test_a_malformed_definition_is_refused(definition: str) -> None:
    with pytest.raises(UnknownUnit, match="is not a unit definition"):
        units.register_units([definition])


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("use cases", "use_case"),
        ("specialties", "specialty"),
        ("devices", "device"),
        ("people", "person"),
        ("min", "minute"),
        ("secs", "second"),
        ("years", "year"),
        ("square meter", "meter ** 2"),
        ("m²", "meter ** 2"),
        ("kWh", "kilowatt_hour"),
        ("at", None),
        ("in", None),
        ("a", None),
        ("the", None),
        ("", None),
    ],
)
def test_nouns_of_running_text(words: str, name: str | None) -> None:
    assert units.noun(words) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("percentage points", "percentage_point"),
        ("percentage point", "percentage_point"),
        ("percentage points per year", "percentage_point / year"),
        ("per cent", "percent"),
        ("US dollars", "USD"),
        ("US dollars per use case", "USD / use_case"),
        ("pounds sterling", "GBP"),
        ("cents", "cent"),
        ("¢", "cent"),
        ("euro cents", "euro_cent"),
        ("degrees Celsius", "degree_Celsius"),
        ("years", "year"),
        ("person day", "day * person"),
    ],
)
def test_plain_english_names_a_unit(text: str, name: str) -> None:
    assert units.canonical(text)[1] == name


@pytest.mark.parametrize(
    ("text", "near"),
    [("percentge points", "percentage point"), ("yeers", "years"), ("US dolars", "US dollar")],
)
def test_an_unknown_unit_is_answered_with_near_ones(text: str, near: str) -> None:
    with pytest.raises(units.UnknownUnit, match=f"did you mean .*{near}"):
        units.canonical(text)
