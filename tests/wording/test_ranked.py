"""Ranks of numbers that are some rows of a table: the rows that no entry holds count too."""

from __future__ import annotations

import pytest

from tests.support import analyses
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.notebooks.execute import execute

READ = """\
import pandas as pd
import tieout as t

pools = pd.DataFrame({"swims": [194, 335, 531, 426, 597]}, ["Alder", "Mill", "Ford", "Quarry", "Marsh"])
pools["boats"] = [60, 20, 50, 10, 40]"""
RECORDED = """\
t.record("swims.alder", pools.loc["Alder", "swims"], "Swims, pools, Alder")
t.record("swims.ford", pools.loc["Ford", "swims"], "Swims, pools, Ford")
t.record("swims.quarry", pools.loc["Quarry", "swims"], "Swims, pools, Quarry")
t.record("boats.alder", 2 * pools.loc["Alder", "boats"], "Boats, pools, Alder")
t.record("boats.ford", 2 * pools.loc["Ford", "boats"], "Boats, pools, Ford")
t.record("boats.quarry", 2 * pools.loc["Quarry", "boats"], "Boats, pools, Quarry")
pools"""
TRUE = [
    "Ford comes second with [531](tie:swims.ford).",
    "Behind the second, Quarry came third with [426](tie:swims.quarry).",
    "Alder ranks last, with [194](tie:swims.alder).",
    "The third-largest is Quarry, with [426](tie:swims.quarry) swims.",
    "Ford comes third with [100](tie:boats.ford).",  # in no column that is stored
]
FALSE = [
    "Ford comes third with [531](tie:swims.ford).",
    "Quarry comes first with [426](tie:swims.quarry).",
    "Ford ranks last, with [531](tie:swims.ford).",
    "Quarry comes second with [20](tie:boats.quarry).",
    "Alder ranks last, with [120](tie:boats.alder).",
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rules under which each sentence is named, all of them in one book."""
    said = [*TRUE, *FALSE]
    folder = tmp_path_factory.mktemp("ranked") / "report"
    root = analyses.project(folder, *(f"#:{each}" for each in said), READ, RECORDED)
    execute(root / "penguins.ipynb", root)
    found: dict[str, list[str]] = {text: [] for text in said}
    for each in prose.check(Ledger.load(root)).problems:
        place = int(each.where.split()[1]) - 1 if each.where.startswith("cell") else len(said)
        if place < len(said) and each.rule != "untied":
            found[said[place]].append(each.rule)
    return found


@pytest.mark.parametrize("text", TRUE)
def test_a_rank_among_all_rows_is_right(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_a_rank_that_no_other_row_can_make_right_is_named(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == ["rank"]
