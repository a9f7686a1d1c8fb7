"""Intervals are read, compared and written in the forms of statistics, with signs and levels of their own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.depth import examples
from tieout import numerals
from tieout.ledger import Cell
from tieout.numbers import Quantity, span
from tieout.numerals import Context, Near
from tieout.prose import untied
from tieout.update import renewed


def interval(low: str, high: str, unit: str = "1", level: int | None = None) -> Quantity:
    return replace(span(low, high, unit).named("x", "X"), level=None if level is None else Decimal(level))


EFFECT = interval("-0.31", "0.52", level=95)
MASS = interval("11.9", "12.7", "kg")
TRUE = [
    ("[−0.31, 0.52]", EFFECT), ("(−0.3, 0.5)", EFFECT), ("-0.3 to 0.5", EFFECT),
    ("95% CI −0.3 to 0.5", EFFECT),
    ("95% CI [−0.31, 0.52]", EFFECT), ("95% confidence interval: −0.31 to 0.52", EFFECT),
    ("−0.31 to 0.52 (95% CI)", EFFECT), ("between −0.31 and 0.52", EFFECT), ("[−0.31; 0.52]", EFFECT),
    ("12.3 ± 0.4 kg", MASS), ("12.3(4) kg", MASS), ("[11.9, 12.7] kg", MASS), ("11.9–12.7 kg", MASS),
    ("11,900 to 12,700 g", MASS), (r"12.3 \pm 0.4 kg", MASS), ("−3 to −1", interval("-3", "-1")),
    ("(1 to 2)", interval("1", "2")),
    ("99.9% CrI (1, 2)", replace(interval("1", "2"), level=Decimal("99.9"))),
]  # fmt: skip
FALSE = [
    ("[0.31, 0.52]", EFFECT), ("(−0.3, 0.6)", EFFECT), ("-0.3 to -0.5", EFFECT),
    ("90% CI −0.3 to 0.5", EFFECT),
    ("95% CI 11.9–12.7 kg", MASS), ("12.3 ± 0.5 kg", MASS), ("12.4 ± 0.4 kg", MASS), ("12.3(5) kg", MASS),
    ("[11.9, 12.7] g", MASS), ("12.3 kg", MASS), ("[12.7, 11.9] kg", MASS), ("3 to 1", interval("-3", "-1")),
    ("11.9–12.7", MASS), ("−12.3 ± 0.4 kg", MASS), ("11.90 to 12.70 kg", MASS),
]  # fmt: skip


@pytest.mark.parametrize(("text", "quantity"), TRUE)
def test_an_interval_agrees_in_every_form_of_it(text: str, quantity: Quantity) -> None:
    assert numerals.agrees(text, quantity) is None


@pytest.mark.parametrize(("text", "quantity"), FALSE)
def test_another_interval_does_not(text: str, quantity: Quantity) -> None:
    assert numerals.agrees(text, quantity)


def test_a_level_before_the_tie_is_part_of_what_it_says() -> None:
    said = [("was small (95% CI ", ").", True), ("was small (90% CI ", ").", False), ("95% CI: [", "]", True)]
    for before, after, is_true in said:
        wrong = numerals.agrees("−0.31 to 0.52", EFFECT, "en", Context(before, after))
        assert (wrong is None) == is_true, before
    assert numerals.agrees("12.3 kg", Quantity.stated("m", text="12.3", unit="kg"), "en", Context("(95% CI "))


def test_a_level_is_tied_with_its_interval_and_stands_alone_elsewhere() -> None:
    text = "Small (95% CI [1 to 2](tie:x)), or 95% CI [1](tie:a) to [2](tie:b); 95% of [3](tie:c)."
    assert [each.text for each in untied(text)] == ["95%", "95%"]
    tied = Context("the 95% CI ", ".", near=(Near("before", 4, 7, "level", "95%"),))
    assert numerals.agrees("12.3 kg", Quantity.stated("m", text="12.3", unit="kg"), "en", tied) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("rose (95% CI 1.2 to 3.4)", ["95% CI 1.2 to 3.4"]), ("by 12.3 ± 0.4 kg", ["12.3 ± 0.4 kg"]),
        ("or [1.2, 3.4].", ["[1.2, 3.4]"]), ("(−0.3, 0.5)", ["(−0.3, 0.5)"]), ("12.3(4)", ["12.3(4)"]),
        ("see [12, 15] and 12(4)", ["12", "15", "12", "4"]), ("f(1.2, 3.4)", ["1.2", "3.4"]),
        ("from −0.3 to 0.5", ["−0.3", "0.5"]), ("in (30–40%)", ["30–40%"]),
    ],
)  # fmt: skip
def test_an_interval_is_one_numeral_and_a_list_is_none(text: str, wanted: list[str]) -> None:
    assert [token.text for token in numerals.find(text)] == wanted


ends = st.decimals(min_value=-1000, max_value=1000, places=2)
FORMS = (
    None, "[1.2, 3.4]", "(−0.3, 0.5)", "1.2 to 3.4", "1.25–3.45", "95% CI 1.2 to 3.4", "12.3 ± 0.4",
    "12.31(42)", "[1, 2]", "−3.2 to −1.1", "between 1.2 and 3.4", "90% CI [1.20, 3.40]",
)  # fmt: skip


@given(ends, ends, st.sampled_from(["1", "percent", "USD", "kg"]), st.sampled_from(FORMS))
@examples(75, deep=3000)
def test_what_is_written_of_an_interval_agrees_and_stays(
    one: Decimal, other: Decimal, unit: str, like: str | None
) -> None:
    low, high = sorted((one, other))
    quantity = interval(str(low), str(high), unit, 95)
    if like and unit != "1":
        like += {"percent": "%", "USD": " USD", "kg": " kg"}[unit]
    text = numerals.format(quantity, like)
    assert numerals.agrees(text, quantity) is None, text
    assert numerals.format(quantity, text) == text


def test_an_interval_that_moved_is_rewritten_in_its_form() -> None:
    for shown, wanted in {
        "[−0.2, 0.4]": "[−0.3, 0.5]", "95% CI 0.2 to 0.4": "95% CI −0.3 to 0.5", "0.2–0.4": "−0.3 to 0.5",
        "0.3 ± 0.1": "0.1 ± 0.4",
    }.items():  # fmt: skip
        assert renewed(shown, Cell("", EFFECT)) == wanted
    assert renewed("[−0.31, 0.52]", Cell("", EFFECT)) is None


def test_a_range_in_ukrainian_words_is_read() -> None:
    for text in ("між 42,45 % і 42,55 %", "між 42,45 та 42,55 %"):
        shown = numerals.parse(text, "uk")
        assert shown is not None and shown.is_between
        assert [float(end) for end in shown.ends] == [42.45, 42.55]


@pytest.mark.parametrize(
    ("before", "text", "agrees"),
    [
        ("A pump adds 26.6 thousand euros (", "95% CI 20.7 to 32.6", True),
        ("A pump adds 26.6 thousand euros (", "95% CI 20.7 to 32.9", False),
        ("A pump adds €26,600 (", "95% CI 20,700 to 32,600", True),
        ("A pump adds €26,600 (", "95% CI 20,700 to 32,900", False),
        ("A pump adds €26,600 (", "95% CI 20.7 to 32.6", False),
    ],
)
def test_limits_without_a_unit_are_in_the_scale_of_their_estimate(
    before: str, text: str, agrees: bool
) -> None:
    limits = interval("20.689", "32.578", "thousand EUR", level=95)
    assert (numerals.agrees(text, limits, context=Context(before, ").")) is None) == agrees
