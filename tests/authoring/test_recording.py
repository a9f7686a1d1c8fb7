"""What a notebook stores of a quantity says all of it, and is read back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tieout as t
from tieout.authoring import bundle, number, read, reads
from tieout.authoring.ending import ending
from tieout.authoring.recording import KEYS
from tieout.notebooks import ENTRY, PLAIN
from tieout.numbers import QUALIFIERS, Const, Expr, Interval, Leaf, Op, Quantity

values = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)
formulas: st.SearchStrategy[Expr] = st.recursive(
    st.sampled_from(["market.2024", "a.b-c"]).map(Leaf) | st.sampled_from(["1", "0.5", "-2"]).map(Const),
    lambda inner: st.tuples(st.sampled_from(["add", "sub", "mul", "div"]), inner, inner).map(
        lambda drawn: Op(drawn[0], drawn[1:])
    ),
    max_leaves=6,
)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    value = draw(values)
    below, above = draw(st.none() | values.map(abs)), draw(st.none() | values.map(abs))
    low, high = (
        None if below is None else value - below,
        None if above is None else value + above,
    )
    return Quantity(
        value,
        draw(st.sampled_from(["1", "percent", "USD", "year", "percentage_point"])),
        Interval(low, high),
        draw(st.sampled_from([*QUALIFIERS, "projected+at-least"])),
        Leaf("market.multiple"),
        draw(st.sampled_from(["derived", "assumed"])),
        "market.multiple",
        draw(st.sampled_from(["Growth multiple", "Множник", 'With "quotes"'])),
        draw(st.none() | formulas),
    )


@given(quantities())
def test_what_is_stored_is_read_back(quantity: Quantity) -> None:
    stored = json.loads(json.dumps(bundle(quantity, "7.6×", "a note")))
    again = read(stored[ENTRY])
    assert again == quantity
    assert again.formula == quantity.formula
    assert bundle(again, "7.6×", "a note") == stored


@given(quantities(), quantities())
def test_other_quantities_are_stored_otherwise(one: Quantity, other: Quantity) -> None:
    same = (one, one.formula) == (other, other.formula)
    assert (bundle(one, "x") == bundle(other, "x")) == same


@given(values)
def test_numbers_are_stored_in_plain_digits(value: Decimal) -> None:
    text = number(value)
    assert text is not None and "E" not in text.upper()
    assert Decimal(text) == value


def test_tiny_and_huge_numbers_have_no_exponent() -> None:
    assert number(Decimal("1E+12")) == "1000000000000"
    assert number(Decimal("1E-9")) == "0.000000001"
    assert number(None) is None


QUANTITY = Quantity(
    Decimal("7.56"), "1", Interval(Decimal("7.4"), Decimal("7.7")), "rounded", Leaf("a.b"), "derived", "a.b",
    "A label", Op("div", (Leaf("x"), Leaf("y"))),
)  # fmt: skip


def test_the_words_beside_it_say_what_it_is() -> None:
    assert bundle(QUANTITY, "7.6×")[PLAIN] == "tie:a.b = 7.56, between 7.4 and 7.7, shown as 7.6×"
    point = replace(QUANTITY, interval=Interval.point(Decimal("7.56")), unit="percent")
    assert bundle(point, "7.56%")[PLAIN] == "tie:a.b = 7.56 percent, exactly, shown as 7.56%"
    assert set(bundle(QUANTITY, "7.6×")[ENTRY]) == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_nothing_may_be_missing(key: str) -> None:
    stored = bundle(QUANTITY, "7.6×")[ENTRY]
    del stored[key]
    with pytest.raises(ValueError, match=f"has no {key}"):
        read(stored)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "stated"}, "neither derived, computed nor assumed"),
        ({"kind": None}, "neither derived, computed nor assumed"),
        ({"value": None}, "no value"),
        ({"value": "many"}, "not a number"),
        ({"value": "NaN"}, "not a number"),
        ({"value": "Infinity"}, "not a number"),
        ({"value": 7.56}, "not a number"),
        ({"value": True}, "not a number"),
        ({"interval": None}, "no interval"),
        ({"interval": ["7"]}, "no interval"),
        ({"interval": ["8", "9"]}, "does not hold the value"),
        ({"interval": ["9", "8"]}, "cannot run from"),
        ({"interval": ["a", "8"]}, "not a number"),
        ({"qualifier": ""}, "qualifier"),
        ({"qualifier": "sure"}, "'sure' is unknown"),
        ({"unit": "shells"}, "shells"),
        ({"unit": "billion USD"}, "scale word"),
        ({"unit": None}, "None"),
        ({"formula": "x / y"}, "not a formula"),
        ({"formula": {"op": "div", "args": [{"id": "x"}]}}, "not a formula"),
        ({"formula": {"op": "div", "args": [{"id": 3}, {"id": "y"}]}}, "not a formula"),
        ({"id": 3}, "id"),
        ({"id": "Not An Id"}, "id"),
        ({"id": ""}, "id"),
        ({"label": ""}, "label"),
        ({"label": None}, "label"),
        ({"display": None}, "display"),
        ({"note": None}, "note"),
    ],
)
def test_what_makes_no_sense_is_said_in_words(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read({**bundle(QUANTITY, "7.6×")[ENTRY], **change})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*KEYS, "other"]), inner),
        max_leaves=12,
    )
)
def test_no_stored_thing_is_worse_than_a_problem(given_: object) -> None:
    with pytest.raises(ValueError):
        read(given_)


def test_a_cell_that_ends_with_a_number_shows_it_to_its_author_and_not_on_the_page(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(starter)
    facts = t.facts()
    ratio = facts["sites.2025"] / facts["sites.2020"]
    for shown, said in (
        (ratio, "tie: 2.5, exactly"),
        (ratio.named("sites.ratio"), "tie:sites.ratio = 2.5, exactly"),
        (facts["sites.2025"], "tie:sites.2025 = 300, exactly"),
        (t.record("sites.first", "Kyiv", label="The first site"), "tie:sites.first = “Kyiv”"),
    ):
        bundle = ending(shown)
        assert bundle["text/plain"] == said
        assert any(mime.startswith("application/vnd.tieout.") for mime in bundle)


def test_what_is_installed_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table in a package is named by its distribution, which takes long to find, and by each record."""
    asked = []
    monkeypatch.setattr(reads, "packages_distributions", lambda: asked.append(1) or {"data": ["data-sets"]})
    reads._distributions.cache_clear()
    path = Path("/lib/site-packages/data/tables/rates.csv")
    assert [reads._in_package(path) for _ in range(3)] == ["data/tables/rates.csv"] * 3 and len(asked) == 1
    reads._distributions.cache_clear()
