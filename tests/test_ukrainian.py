"""A Ukrainian text is tied to the same ledger, and its numbers agree in Ukrainian."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tieout import numerals
from tieout.checks.prose import disagreements
from tieout.ledger import Ledger
from tieout.ledger.entries import differs
from tieout.numbers import Quantity
from tieout.prose import Passage, untied

ROOT = Path(__file__).parents[1]
TEXT = """# Вступ: чому Китай важливий для української медицини {#sec-introduction}

Китайська медицина обслуговує [1,4 мільярда](tie:population.china) людей і зазнає подвійного тиску
[@chen2022]. Лікарів гостро бракує: за даними статті, у первинній ланці помилкові
[30–40 %](tie:care.misdiagnosis) діагнозів. Населення водночас старіє. Очікується, що до
[2035](tie:population.elderly:year) року літніх людей стане [400 мільйонів](tie:population.elderly).

Із кожних [100](tie:care.visits) пацієнтів, які звертаються до лікаря первинної ланки, від
[30](tie:care.misdiagnosis.visits.low) до [40](tie:care.misdiagnosis.visits.high) отримали б
неправильний діагноз (@fig-introduction-visits).

Прогнозована кількість літніх людей дорівнює [приблизно 29 %](tie:population.elderly.share)
наведеного населення, а з урахуванням округлення — [24–33 %](tie:population.elderly.share).
"""


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger.load(ROOT)


def passage(ledger: Ledger, markdown: str) -> Passage:
    """Return a text as the pages of its language would have it, in the place of the English chapter."""
    english = next(each for each in ledger.sources.passages if "01-introduction" in each.path)
    return replace(english, markdown=markdown, lang="uk")


def wrong(ledger: Ledger, markdown: str) -> list[tuple[str, str, str]]:
    text = passage(ledger, markdown)
    return [why for tie in text.scan.ties for why in disagreements(tie, text.scan, text, ledger)]


def test_every_number_is_tied_and_agrees(ledger: Ledger) -> None:
    text = passage(ledger, TEXT)
    assert len(text.scan.ties) == TEXT.count("](tie:")
    assert wrong(ledger, TEXT) == []
    assert [each.text for each in untied(text.markdown, "uk", text.literal)] == []


@pytest.mark.parametrize(
    ("right", "other"),
    [("1,4 мільярда", "1,5 мільярда"), ("400 мільйонів", "400 тисяч"), ("30–40 %", "30–50 %")],
)
def test_a_wrong_number_is_named(ledger: Ledger, right: str, other: str) -> None:
    assert right in TEXT
    assert len(wrong(ledger, TEXT.replace(right, other))) == 1


def test_a_number_without_a_tie_is_named(ledger: Ledger) -> None:
    text = passage(ledger, TEXT.replace("[400 мільйонів](tie:population.elderly)", "400 мільйонів"))
    assert len([each.text for each in untied(text.markdown, "uk", text.literal)]) == 1


@pytest.mark.parametrize(
    ("shown", "number", "unit"),
    [
        ("приблизно у 2,8 раза", "2.8", "1"),
        ("приблизно на 29 %", "29", "percent"),
        ("майже до 5 в. п.", "4.9", "percentage_point"),
        ("1000 людей", "1000", "person"),
        ("3 м²", "3", "meter ** 2"),
        ("2,5 млрд дол. США", "2.5", "billion USD"),
    ],
)
def test_numbers_agree_as_ukrainian_writes_them(shown: str, number: str, unit: str) -> None:
    qualifier = "approx" if shown.startswith("приблизно") else "rounded"
    quantity = Quantity.stated("a", text=number, unit=unit, qualifier=qualifier)
    assert numerals.parse(shown, "uk") is not None
    assert numerals.agrees(shown, quantity, "uk") is None


@pytest.mark.parametrize(
    ("shown", "name", "other"),
    [
        ("Пекіні", "Пекін", False),
        ("великих технологічних осередках", "Великі технологічні осередки", False),
        ("сотнях", "Сотні", False),
        ("Шанхаї", "Пекін", True),
        ("дуже високий", "Високий", True),
        ("низький", "Високий", True),
    ],
)
def test_a_name_agrees_in_any_case_and_another_name_does_not(shown: str, name: str, other: bool) -> None:
    assert differs(shown, name, "uk") is other
    assert differs(shown, name) is (shown.casefold() != name.casefold())
