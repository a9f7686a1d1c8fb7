"""Promises of facts: as stated, by id, in the tables' order, and numbers that compute."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from tieout.data import Fact, Facts, facts
from tieout.data.stated import disagreement, other_digits, stands, stray_digits, vagueness
from tieout.problems import InputError


@pytest.fixture(scope="module")
def known(root: Path) -> Facts:
    """The report's own facts."""
    return facts.load(root)


def made(value: str, unit: str = "1", qualifier: str = "rounded", **rest: object) -> Fact:
    given: dict[str, object] = {
        "id": "a.b", "label": "A number", "value": value, "unit": unit,
        "qualifiers": tuple(qualifier.split("+")) if qualifier else (), "period": "", "source": "s",
        "locators": ("1:p1",), "stated": (value,), "cells": {}, "resource": "t", "path": "data/t.csv",
        "line": 2,
    } | rest  # fmt: skip
    return Fact(**given)  # type: ignore[arg-type]


def test_every_fact_of_the_report_has_what_a_reader_asks_for(known: Facts) -> None:
    assert len(known) > 190
    for fact in known.values():
        assert fact.label
        assert fact.source in known.bibliography
        assert len(fact.locators) == len(fact.stated) >= 1
        assert (fact.quantity is not None) == fact.is_number == (fact.unit != "text")


def test_a_quantity_stated_in_several_places_is_one_fact(known: Facts) -> None:
    market = known["market.2030"]
    assert market.locators == ("abstract:p1", "2:p1", "2:t1:r2:c2")
    assert market.stated == ("$18.9 billion", "$18.9 billion", "$18.9B")
    quantity = market.quantity
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (Decimal(18_900_000_000), "USD")
    assert quantity.qualifier == "rounded+projected"


def test_no_two_numbers_of_the_report_are_the_same_quantity(known: Facts) -> None:
    """The same value, unit, period and label would be one quantity under two ids."""
    seen: dict[tuple[str, ...], str] = {}
    for fact in known.values():
        key = (fact.value, fact.unit, fact.period, fact.label.lower()) if fact.is_number else (fact.id,)
        assert seen.setdefault(key, fact.id) == fact.id


def test_texts_are_in_our_own_few_words(known: Facts) -> None:
    assert all(len(fact.value.split()) <= 8 for fact in known.values())
    assert all(len(form.split()) < 9 for fact in known.values() for form in fact.stated)


def test_an_unknown_id_names_near_ones(known: Facts) -> None:
    with pytest.raises(InputError, match=r"market\.2024") as caught:
        known["market.2042"]
    assert caught.value.problems[0].rule == "unknown-id"
    assert "market.2042" not in known
    assert known.get("market.2042") is None


def test_an_unknown_table_names_a_near_one(known: Facts) -> None:
    with pytest.raises(InputError, match="did you mean market"):
        known.rows("markte")
    with pytest.raises(InputError, match="there is no table"):
        known.rows("source-index")


def test_tables_keep_their_order(known: Facts) -> None:
    assert [fact.id for fact in known.rows("regions")][:3] == [
        "regions.beijing.share",
        "regions.shanghai.share",
        "regions.shenzhen.share",
    ]


def test_a_frame_has_the_text_and_the_numbers(known: Facts) -> None:
    frame = known.frame("regions")
    assert frame.loc["regions.beijing.share", "name"] == "Beijing"
    assert frame.loc["regions.beijing.share", "value"] == "19.3"
    assert frame.loc["regions.beijing.share", "quantity"].value == Decimal("19.3")
    assert frame.loc["regions.beijing.strength", "quantity"] is None


def test_columns_of_a_row(known: Facts) -> None:
    fact = known["market.cagr"]
    assert fact.column("year") == fact.column("period") == "2024/2030"
    assert known["regions.beijing.share"].column("name") == "Beijing"
    assert fact.column("name") is None


@pytest.mark.parametrize(
    ("compute", "value"),
    [
        (lambda f: f["market.2030"] / f["market.2024"], "7.56"),
        (lambda f: f["market.2030"] - f["market.2024"], "16400000000"),
        (lambda f: f["market.2024"] + f["market.2020"], "3400000000"),
        (lambda f: f["telemedicine.share"] * f["population.china"], "364000000"),
        (lambda f: 1 / f["market.multiple"] * 15, "2"),
        (lambda f: 2 - f["market.multiple"], "-5.5"),
        (lambda f: 2 + f["market.multiple"], "9.5"),
        (lambda f: 2 * f["market.multiple"] ** 2, "112.5"),
        (lambda f: -f["market.multiple"], "-7.5"),
        (lambda f: f["applications.lung.read.before"].to("second"), "600"),
    ],
)
def test_facts_compute(known: Facts, compute: Callable[[Facts], object], value: str) -> None:
    assert compute(known).value == Decimal(value)  # type: ignore[attr-defined]


def test_text_does_not_compute(known: Facts) -> None:
    with pytest.raises(InputError, match="cannot be computed with") as caught:
        known["market.rank"] * 2
    problem = caught.value.problems[0]
    assert problem.path == "data/market.csv"
    assert problem.line


def test_the_applicability_is_an_ordered_scale(known: Facts) -> None:
    ranks = {fact.cells["applicability"]: fact.cells["rank"] for fact in known.rows("lessons")}
    assert [name for name, _ in sorted(ranks.items(), key=lambda each: each[1]) if name] == [
        "Medium",
        "High",
        "Very High",
        "Critical",
    ]


# Stated forms


@pytest.mark.parametrize(
    ("fact", "form"),
    [
        (made("2.5", "billion USD"), "$2.5B"),
        (made("900", "million USD", "approx"), "approximately $900 million"),
        (made("162", "1", "at-least"), "162+"),
        (made("30-40", "percent"), "30–40%"),
        (made("0", "product", "exact"), "no"),
        (made("100", "percent", "exact+target"), "all"),
        (made("2", "year", "approx"), "two years"),
        (made("Named", "text", ""), "anything at all"),
    ],
)
def test_a_form_of_the_same_quantity_agrees(fact: Fact, form: str) -> None:
    assert disagreement(fact, form) is None


@pytest.mark.parametrize(
    ("fact", "form"),
    [
        (made("2.5", "billion USD"), "$2.6B"),
        (made("2.5", "billion USD"), "$2.5 million"),
        (made("2.5", "billion USD"), "€2.5 billion"),
        (made("162", "1", "at-least"), "161+"),
        (made("30-40", "percent"), "30–45%"),
        (made("1", "product", "exact"), "no"),
        (made("2", "year", "approx"), "three years"),
        (made("2", "year", "approx"), "two and a bit"),
    ],
)
def test_a_form_of_another_quantity_does_not(fact: Fact, form: str) -> None:
    assert disagreement(fact, form)


def test_digits_are_kept_as_the_source_writes_them() -> None:
    assert other_digits(made("2.5", stated=("$2.5 billion",))) is None
    assert other_digits(made("10000", stated=("10,000",))) is None
    assert other_digits(made("2", stated=("two years",))) is None
    assert other_digits(made("2.50", stated=("$2.5 billion",))) == "2.5"


def test_about_is_said_by_the_source_or_by_nobody() -> None:
    texts = ["it took approximately 10 minutes"]
    assert vagueness(made("10", "minute", "approx", stated=("10 minutes",)), texts) is None
    assert "qualifier does not" in str(vagueness(made("10", "minute", stated=("10 minutes",)), texts))
    assert "nowhere" in str(vagueness(made("10", "minute", "approx", stated=("10 minutes",)), ["10 minutes"]))
    assert vagueness(made("8", "percent", "approx", stated=("~8%",)), ["Hangzhou (~8%)"]) is None


def test_a_form_is_found_as_whole_words() -> None:
    assert stands("no", "and no product")
    assert not stands("no", "and piano")
    assert stands("10  minutes", "from 10\nminutes")
    assert not stands("0.848", "AUC 10.848")


@pytest.mark.parametrize(
    ("rest", "stray"),
    [
        ({"label": "Market in 2024", "period": "2024"}, None),
        ({"label": "Market in 2025", "period": "2024"}, ("label", "2025")),
        ({"label": "Growth, 2024 to 2030", "period": "2024/2030"}, None),
        ({"cells": {"name": "Region 5"}}, ("name", "5")),
        ({"cells": {"rank": "5"}}, None),
    ],
)
def test_digits_that_nothing_supports_are_stray(
    rest: dict[str, object], stray: tuple[str, str] | None
) -> None:
    assert stray_digits(made("7", **rest), ["name"] if "name" in rest.get("cells", {}) else []) == stray


def test_the_precision_of_every_number_of_the_report_is_what_its_row_says(known: Facts) -> None:
    """Worked out from the digits anew: no interval is tighter than the data allow."""
    for fact in known.values():
        quantity = fact.quantity
        if quantity is None or "exact" in (*fact.qualifiers, fact.cells.get("precision")):
            continue
        said = fact.cells.get("precision", "")
        ends = [part.rstrip("0") if "." not in part else part for part in fact.value.split("-")]
        finest = min(_worth(whole, kept) for whole, kept in zip(fact.value.split("-"), ends, strict=True))
        scale = {"million": 10**6, "billion": 10**9}.get(fact.unit.split()[0], 1)
        worth = Decimal(said.split()[0]) if said else finest
        reach = worth * scale * (1 if "approx" in fact.qualifiers else Decimal("0.5"))
        low, high = quantity.interval.low, quantity.interval.high
        if "at-least" in fact.qualifiers:
            assert (low, high) == (quantity.value, None), fact.id
            continue
        assert low is not None and high is not None
        assert quantity.value - low >= reach and high - quantity.value >= reach, fact.id
        assert not said or fact.cells["note"], f"{fact.id} gives no reason"


def _worth(digits: str, kept: str) -> Decimal:
    decimals = len(digits.partition(".")[2])
    return Decimal(10) ** (len(digits) - len(kept) if kept else 0) / Decimal(10) ** decimals


def test_few_numbers_of_the_report_are_said_to_be_sharper_than_their_digits(known: Facts) -> None:
    said = {fact.id: fact.cells["precision"] for fact in known.values() if fact.cells.get("precision")}
    assert said == {
        "applications.lung.read.before": "5 minute",
        "regions.shenzhen.share": "1",
        "care.misdiagnosis": "exact",
    }


@pytest.mark.parametrize(
    ("id", "low", "high"),
    [
        ("market.2020", 800_000_000, 1_000_000_000),
        ("population.elderly", 350_000_000, 450_000_000),
        ("population.eu", 445_000_000, 455_000_000),
        ("agent-hospital.consultations", 5_000, 15_000),
        ("applications.cancer.accuracy", 85, 95),
        ("applications.thyroid.gain", 5, 15),
        ("applications.lung.read.before", 5, 15),
        ("applications.lung.read.after", 25, 35),
        ("regions.shenzhen.share", 9, 11),
        ("care.misdiagnosis", 30, 40),
        ("policy.plan.hospitals", 100, 100),
        ("telemedicine.clinic.conditions", 100, None),
    ],
)
def test_round_numbers_of_the_report_are_as_open_as_they_are(
    known: Facts, id: str, low: int, high: int | None
) -> None:
    quantity = known[id].quantity
    assert quantity is not None
    assert (quantity.interval.low, quantity.interval.high) == (low, high)


def test_frames_show_the_precision(known: Facts) -> None:
    frame = known.frame("regions")
    assert frame.loc["regions.shenzhen.share", "precision"] == "1"
    assert frame.loc["regions.shenzhen.share", "quantity"].precision == 1
