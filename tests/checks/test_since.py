"""A file that changed, and took many numbers along, is said once, ahead of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import notebooks
from tieout import publish, update
from tieout.adopt.adopt import adopt
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.problems import Problem
from tieout.workspace import Workspace

CODE = """\
import tieout as t

weights = [int(line) for line in open("weights.txt")]
t.record("weights.n", len(weights), "Birds")
t.record("weights.sum", sum(weights), "Weight of all", unit="gram")
t.record("weights.most", max(weights), "Heaviest", unit="gram")
t.record("scale", 7, "Scales in the house")
"""
TEXT = "#:# Birds\n\n[3](tie:weights.n) birds, [12 g](tie:weights.sum), the heaviest [5 g](tie:weights.most)."
ELSE = "#:By one of [7](tie:scale) scales."


def built(folder: Path, weights: str) -> Ledger:
    (folder / "weights.txt").write_text(weights, encoding="utf-8")
    publish.run(Workspace.load(folder))
    return Ledger.load(folder)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report of three birds, as the last build left it."""
    notebooks.write(tmp_path / "birds.ipynb", TEXT, ELSE, CODE)
    adopt(tmp_path).write()
    publish.write_ledger(built(tmp_path, "3\n4\n5\n"))
    return tmp_path


def said(ledger: Ledger) -> list[Problem]:
    return [each for each in prose.check(ledger).problems if each.rule == "moved"]


def test_a_file_that_changed_is_named_with_how_many_numbers_moved_and_who_rewrites_them(report: Path) -> None:
    assert not said(Ledger.load(report))
    ledger = built(report, "3\n4\n6\n")
    (problem,) = said(ledger)
    assert str(problem) == (
        "weights.txt: has changed since the last build: 2 numbers moved; `tieout update` rewrites them"
    )
    assert prose.check(ledger).problems[0] == problem
    assert len(update.plan(ledger).changes) == 2


def test_where_no_file_changed_or_one_number_moved_nothing_is_said_of_files(report: Path) -> None:
    (report / "birds.ipynb").write_text(
        (report / "birds.ipynb").read_text("utf-8").replace("[12 g]", "[13 g]").replace("[5 g]", "[6 g]"),
        "utf-8",
    )
    assert not said(Ledger.load(report))
