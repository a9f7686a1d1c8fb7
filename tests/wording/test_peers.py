"""Groups that the data name and nothing records, in the place of the own one of a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import analyses
from tests.support.sentences import rules_of_run
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.notebooks.execute import execute

RECORDED = """\
import tieout as t

t.record("mass", penguins.groupby("island").mass.mean()["Torgersen"], "Mean", unit="gram", like="3,500 g")
t.record("count", penguins.species.value_counts().loc["Gentoo"], "Birds, Gentoo")
t.record("heavy", penguins.groupby("species").mass.max()["Adelie"], "Heaviest, Adelie", unit="gram")"""
MASS, COUNT, HEAVY = "[3,500 g](tie:mass)", "[2](tie:count)", "[3,800 g](tie:heavy)"
RIGHT = [
    f"On Torgersen they weigh {MASS}.", f"Torgersen, not Dream, has {MASS}.", f"Unlike Dream, it has {MASS}.",
    f"They weigh {MASS}, more than on Dream.", f"It passed Dream with {MASS}.",
    f"It overtook Dream by {MASS}.",
    f"There are {COUNT} Gentoos.",
    f"Next to the Chinstraps there were {COUNT} others.", f"The island, Torgersen, beats Dream at {MASS}.",
    f"Behind Chinstrap there are {COUNT}.", f"Adelies grew heavier, to {HEAVY}.",
    f"After Gentoo came Adelie ({HEAVY}).", f"Chinstraps do worse; the heaviest grew to {HEAVY}.",
]  # fmt: skip
WRONG = [
    f"On Dream they weigh {MASS}.", f"Dream was the lightest island, at {MASS}.",
    f"There are {COUNT} Chinstraps.",
    f"Chinstraps grew fastest, by half, to {HEAVY}.", f"Weight was highest after Chinstrap ({HEAVY}).",
]  # fmt: skip


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return rules_of_run(tmp_path_factory.mktemp("peers"), [*RIGHT, *WRONG], analyses.READ, RECORDED)


@pytest.mark.parametrize("text", RIGHT)
def test_what_names_the_own_group_or_sets_another_against_it_is_left_alone(
    text: str, rules: dict[str, list[str]]
) -> None:
    assert rules[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_another_group_of_the_data_beside_a_number_is_suspicious(
    text: str, rules: dict[str, list[str]]
) -> None:
    assert rules[text] == ["meant"]


def test_a_table_that_has_changed_since_names_nothing(tmp_path: Path) -> None:
    root = analyses.project(tmp_path / "report", "#:# A", f"#:{WRONG[2]}", analyses.READ, RECORDED)
    execute(root / "penguins.ipynb", root)
    assert "meant" in {each.rule for each in prose.check(Ledger.load(root)).problems}
    table = root / "penguins.csv"
    table.write_text(table.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "meant" not in {each.rule for each in prose.check(Ledger.load(root)).problems}
