"""Correlations of one table: which is called the strongest, and whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
corr = pd.DataFrame(
    {"r": [0.586, 0.441, 0.382, -0.395, 0.188], "p": [0.001, 0.002, 0.003, 0.004, 0.2]},
    index=["weight", "pressure", "glucose", "hdl", "age"],
)
t.table(corr, ids="corr.{index}.{column}")
t.record("study.weight", corr.loc["weight", "r"], "Study r, weight")
t.record("study.pressure", corr.loc["pressure", "r"], "Study r, pressure")
t.record("study.other", 0.441, "Another study")
"""
WEIGHT, PRESSURE = "(r = [0.586](tie:study.weight))", "(r = [0.441](tie:study.pressure))"
AGE, HDL = "(r = [0.188](tie:corr.age.r))", "(r = [−0.395](tie:corr.hdl.r))"
TRUE = [
    f"Weight had the strongest correlation with progression {WEIGHT}, followed by pressure {PRESSURE}.",
    f"Age had the weakest correlation {AGE}.",
    f"The second strongest correlation was of pressure {PRESSURE}.",
    f"HDL had the strongest negative correlation {HDL}.", f"Not the strongest correlation, but some {AGE}.",
    f"The strongest correlation of all but weight {PRESSURE} is less.", f"They correlated most {WEIGHT}.",
    f"Blood pressure was next {PRESSURE}.", f"Among those with high glucose {PRESSURE} it is so.",
    f"Pressure goes with it more than glucose {PRESSURE} does.", f"Unlike glucose, it counts {PRESSURE}.",
    "Then comes glucose (r = [0.441](tie:study.other)).",
]  # fmt: skip
FALSE = [
    (f"Weight had the weakest correlation with progression {WEIGHT}.", "rank"),
    (f"Age had the strongest correlation {AGE}.", "rank"), (f"Age correlated best with it {AGE}.", "rank"),
    (f"It was followed by glucose {PRESSURE}.", "rank"), (f"Then came age {WEIGHT}.", "rank"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("correlated"), [*TRUE, *(text for text, _ in FALSE)], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_a_correlation_that_may_be_so_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize(("text", "rule"), FALSE)
def test_another_correlation_is_named(text: str, rule: str, found: dict[str, list[str]]) -> None:
    assert found[text] == [rule]


def test_superlatives_of_correlations_are_read_in_ukrainian_too(tmp_path: Path) -> None:
    right = ["Найсильніша кореляція — з вагою (r = [0,586](tie:study.weight))."]
    wrong = ["Найслабша кореляція — з вагою (r = [0,586](tie:study.weight))."]
    found = rules_of(tmp_path, [*right, *wrong], LEDGER, "uk")
    assert found == {text: ["rank"] if text in wrong else [] for text in found}
