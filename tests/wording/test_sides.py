"""Differences whose code says what they set against what: the sentence is about one side, and says which."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sentences import rules_of

# Two groups of a frame, a change between them, and the level of a coefficient, as analysts write them.
LEDGER = """from types import SimpleNamespace
import pandas as pd
import tieout as t
df = pd.DataFrame({"group": ["obese", "normal", "overweight"] * 3, "score": [213.0, 109.0, 165.0] * 3})
for name, value in (("normal", 109.3), ("overweight", 165.0), ("obese", 213.3)):
    t.record(f"mean.{name}", value, f"Mean score, {name}")
t.record("n.women", 235, "Number of women")
t.record("n.men", 207, "Number of men")
a = df[df.group == "obese"].score
b = df[df.group == "normal"].score
t.record("gap", a.mean() - b.mean(), "Difference")
change = 100 * (a.mean() / b.mean() - 1)
t.record("change", change, "Change", unit="percent")

def fit(value):
    series = lambda one: pd.Series([1.0, one], index=["Intercept", "C(sex)[T.women]"])
    return SimpleNamespace(params=series(value), bse=series(6.1))

t.record("women", fit(24.8), "Effect of sex", term="C(sex)[T.women]")
coef = pd.DataFrame({"b": [1.0, 24.8]}, index=["Intercept", "C(sex)[T.women]"])
t.record("women.b", coef.loc["C(sex)[T.women]", "b"], "B, coef, C(sex)[T.women]")
t.record("less", fit(-24.8), "Effect of that", term="C(sex)[T.women]")
"""
GAP, CHANGE, WOMEN, FEWER = (
    "[104 points](tie:gap)",
    "[95%](tie:change)",
    "[24.8](tie:women)",
    "[24.8](tie:less)",
)
B = "[24.8](tie:women.b)"
MINUS = "[−24.8](tie:less)"
TRUE = [
    f"The obese scored {GAP} higher than those of normal weight.",
    f"The obese scored {GAP} higher than those of normal weight, or {CHANGE} higher.",
    f"The obese thus scored {CHANGE} higher than patients of normal weight.",
    f"Those of normal weight scored {GAP} lower than the obese.", f"They scored {GAP} higher than before.",
    f"Compared with those of normal weight, the obese scored {GAP} more.",
    f"Compared with the obese, those of normal weight scored {GAP} lower.",
    f"The score was {GAP} lower in patients of normal weight than in the obese.",
    f"The score was {GAP} higher in the obese than in patients of normal weight.",
    f"Patients scored {GAP} higher if obese than if of normal weight.",
    f"The overweight stand between, and the obese scored {GAP} higher.",
    f"Overweight patients aside, obesity went with {GAP} more.",
    f"Scores were {GAP} higher in the obese, and the overweight lay between.",
    f"Women scored {WOMEN} higher than men.", f"Men scored {WOMEN} lower than women.",
    f"Women scored, at the same weight, {WOMEN} higher.", f"For men it was {WOMEN} lower than for women.",
    f"Patients scored {WOMEN} higher than men if they were women.",
    f"Among men as among women, older patients scored {WOMEN} more.",
    f"Women scored {FEWER} lower than men.", f"Men scored {FEWER} higher than women.",
    f"The score of men was {FEWER} more.",
    f"Score was {GAP} higher in the obese than in those of normal weight.",
    f"Score was {GAP} higher than in those of normal weight.",
    f"It was {GAP} higher, or {CHANGE}, a lower figure than usual.",
    f"Women are worth more than men (b = {WOMEN}).",
    f"Women are worth more than men (b = {B}).", f"Men are worth less than women (b = {WOMEN}).",
    f"Women are worth less than men (b = {MINUS}).", f"All are worth less than in 2019 (b = {WOMEN}).",
]  # fmt: skip
FALSE = [
    f"The obese scored {GAP} lower than those of normal weight.",
    f"Those of normal weight scored {GAP} higher than the obese.",
    f"The obese thus scored {CHANGE} lower than patients of normal weight.",
    f"The obese scored {GAP} higher than those of normal weight, or {CHANGE} lower.",
    f"They scored {GAP} lower than patients of normal weight.",
    f"The overweight thus scored {GAP} higher than those of normal weight.",
    f"Overweight patients scored {GAP} more.", f"Men scored {CHANGE} higher than patients of normal weight.",
    f"Women scored {WOMEN} lower than men.", f"Men scored {WOMEN} higher than women.",
    f"Women of the same weight scored {WOMEN} lower.", f"Men scored {FEWER} lower than women.",
    f"Women are worth less than men (b = {WOMEN}).",
    f"Women are worth less than men (b = {B}).", f"Men are worth more than women (b = {WOMEN}).",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("sides"), [*TRUE, *FALSE], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_a_difference_that_is_said_as_it_is_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_a_difference_the_other_way_round_or_of_another_group_is_named(
    text: str, found: dict[str, list[str]]
) -> None:
    assert found[text] == ["turned"]


UKRAINIAN = LEDGER.replace("T.women", "T.жінки")
UKRAINIAN = UKRAINIAN.replace("Number of women", "Кількість, жінки").replace(
    "Number of men", "Кількість, чоловіки"
)
RIGHT = [
    "Жінки набрали на [24,8 бала](tie:women) більше за чоловіків.",
    "Чоловіки набрали на [24,8 бала](tie:women) менше за жінок.",
    "Порівняно з чоловіками жінки набрали на [24,8 бала](tie:women) більше.",
    "У жінок оцінка на [24,8 бала](tie:women) вища, ніж у чоловіків.",
]
WRONG = [
    "Жінки набрали на [24,8 бала](tie:women) менше за чоловіків.",
    "Чоловіки набрали на [24,8 бала](tie:women) більше за жінок.",
    "У жінок оцінка на [24,8 бала](tie:women) нижча, ніж у чоловіків.",
]


def test_sides_are_read_in_ukrainian_too(tmp_path: Path) -> None:
    found = rules_of(tmp_path, [*RIGHT, *WRONG], UKRAINIAN, "uk")
    assert [text for text in RIGHT if "turned" in found[text]] == []
    assert [text for text in WRONG if "turned" not in found[text]] == []
