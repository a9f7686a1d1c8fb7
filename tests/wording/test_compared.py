"""Comparatives before two numbers in brackets: which is more, and by how much."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
t.record("age.men", 50.9, "Mean age of men")
t.record("age.women", 46.4, "Mean age of women", unit="year")
t.record("score.obese", 213.3, "Score of one")
t.record("normal", 109.3, "Points of others")
t.record("gap", 4.5, "Difference of ages", unit="year")
t.record("rise", 95, "Change", unit="percent")
t.record("low", 12, "Share of poor pupils", unit="percent")
t.record("high", 41, "Share above the median", unit="percent")
"""
MEN, WOMEN, PAIR = (
    "[50.9](tie:age.men)",
    "[46.4 years](tie:age.women)",
    "([213](tie:score.obese) vs [109](tie:normal))",
)
AGES, TURNED = f"({MEN} vs {WOMEN})", f"({WOMEN} vs {MEN})"
TRUE = [
    f"Men were older than women {AGES}.", f"Women were younger than men {TURNED}.",
    f"Men were older than women {TURNED}.", f"Women were younger than men {AGES}.",
    f"Men were older than women by four and a half years {AGES}.",
    f"Men were older than women by 4.5 years {AGES}.",
    f"Men were older than women by almost five years {AGES}.",
    f"Men were older than women by [4.5 years](tie:gap) {AGES}.",
    f"Men were older than women by a tenth {AGES}.",
    f"Men were older than women: {MEN} against {WOMEN}.",
    f"Men were not younger than women {AGES}.", f"Men were hardly younger than women {AGES}.",
    f"The obese scored [95%](tie:rise) higher than patients of normal weight {PAIR}.",
    f"The obese scored higher than others did {PAIR}.",
    f"They had more points than those who smoke less {PAIR}.",
    f"In schools with fewer teachers than needed {PAIR} it rained.",
    "Results were worse in districts with more poor pupils than others ([12%](tie:low) vs [41%](tie:high)).",
    "Those who were older than the others earned less ([12%](tie:low) vs [41%](tie:high)).",
    f"It is older than it looks (by [4.5 years](tie:gap), {MEN} and {WOMEN}).",
    f"Men were older than women and heavier {AGES}.", f"No men were younger than women {AGES}.",
    f"Ages fell from {MEN} before the change to {WOMEN} after it.", f"No-shows rose from {WOMEN} to {MEN}.",
    f"Ages rose from {WOMEN} among the first to {MEN}.", f"No age rose from {MEN} to {WOMEN}.",
]  # fmt: skip
FALSE = [
    f"Men were younger than women {AGES}.", f"Women were older than men {TURNED}.",
    f"Men were younger than women by four and a half years {AGES}.",
    f"Men were on average younger than women {AGES}.",
    f"Men were older than women by six and a half years {AGES}.",
    f"Men were older than women by 5.4 years {AGES}.",
    f"Men were younger than women ({MEN} against {WOMEN}).",
    f"Men are worth less than women: {MEN} against {WOMEN}.",
    f"Men were younger than women: {MEN} against {WOMEN}.",
    f"Men were younger than women ({MEN} and {WOMEN}).",
    f"The obese scored lower than patients of normal weight {PAIR}.",
    f"The obese had fewer points than the others {PAIR}.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("compared"), [*TRUE, *FALSE], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_a_comparison_that_may_be_true_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_a_comparison_the_other_way_round_or_by_too_much_is_named(
    text: str, found: dict[str, list[str]]
) -> None:
    assert found[text] == ["turned"]


RIGHT = [
    "Чоловіки були старші за жінок ([50,9](tie:age.men) проти [46,4 року](tie:age.women)).",
    "Жінки були молодші, ніж чоловіки ([46,4 року](tie:age.women) проти [50,9](tie:age.men)).",
    "Жінки були молодші за чоловіків ([50,9](tie:age.men) проти [46,4 року](tie:age.women)).",
    "Чоловіки не були молодші за жінок ([50,9](tie:age.men) проти [46,4 року](tie:age.women)).",
    "Чоловіки були старші за жінок на 4,5 року ([50,9](tie:age.men) проти [46,4 року](tie:age.women)).",
]
WRONG = [
    "Чоловіки були молодші за жінок ([50,9](tie:age.men) проти [46,4 року](tie:age.women)).",
    "Чоловіки були молодші ніж жінки ([50,9](tie:age.men) та [46,4 року](tie:age.women)).",
    "Чоловіки були старші за жінок на 6,5 року ([50,9](tie:age.men) проти [46,4 року](tie:age.women)).",
]


def test_a_way_from_one_number_to_another_is_the_way_that_it_is_said(tmp_path: Path) -> None:
    """Words between the two ends, and *no* in a word, change nothing; one of the ends may have no unit."""
    wrong = [
        f"Ages rose from {MEN} before the change to {WOMEN} after it.",
        f"No-shows rose too, from {MEN} to {WOMEN}.",
    ]
    assert rules_of(tmp_path, wrong, LEDGER) == {text: ["qualifier"] for text in wrong}


def test_comparisons_are_read_in_ukrainian_too(tmp_path: Path) -> None:
    code = LEDGER.replace("Mean age of men", "Вік, чоловіки").replace("Mean age of women", "Вік, жінки")
    found = rules_of(tmp_path, [*RIGHT, *WRONG], code, "uk")
    assert {text: found[text] for text in RIGHT} == {text: [] for text in RIGHT}
    assert {text: found[text] for text in WRONG} == {text: ["turned"] for text in WRONG}
