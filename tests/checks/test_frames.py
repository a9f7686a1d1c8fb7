"""Frames that cells show where a page asks for a tie of each number: named with the prose, before a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import analyses, projects
from tieout.adopt.newbook import RULE as RULE_OF_ADOPTED
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.problems import Problem

READ = analyses.READ
SHOWN = 'by_kind = penguins.groupby("species")[["mass"]].mean()\nby_kind'
RULE = "tieout: {require: all}\n"


def said(folder: Path, *cells: str, rule: str = RULE) -> list[Problem]:
    root = analyses.project(folder / "report", "#:# Mass\n\nSome weigh 9 g.", READ, *cells)
    projects.change(root / "_quarto.yml", f"{RULE_OF_ADOPTED}\n", rule)
    return [each for each in prose.check(Ledger.load(root)).problems if each.severity == "error"]


def test_a_frame_is_named_beside_the_numbers_of_the_prose(tmp_path: Path) -> None:
    number, frame = said(tmp_path, SHOWN)
    assert "“9 g” is not tied" in str(number) and frame.rule == "untied"
    assert frame.what == "3 numbers of a table are not tied: `3600.0`, `3705.0`, `5005.0`"
    assert 'show it as `t.table(by_kind, ids="by-kind.{index}.{column}")`' in frame.hint
    lines = (tmp_path / "report" / "penguins.ipynb").read_text(encoding="utf-8").splitlines()
    assert lines[(frame.line or 0) - 2].strip() == '"outputs": ['


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        (f"#| output: false\n{SHOWN}", RULE),
        (f"#| include: false\n{SHOWN}", RULE),
        (SHOWN, "tieout: {require: results}\n"),
        (SHOWN, f"{RULE}execute: {{output: false}}\n"),
        ("penguins.mass.mean()", RULE),
    ],
)
def test_what_no_page_shows_or_nobody_asks_for_is_not(tmp_path: Path, cell: str, rule: str) -> None:
    assert not [each for each in said(tmp_path, cell, rule=rule) if "table" in each.what]


def test_a_look_into_a_table_is_left_out_first(tmp_path: Path) -> None:
    found = said(tmp_path, "penguins.head(2)")
    assert found[-1].hint.startswith("leave it out with `#| output: false`, or show it as `t.table(frame,")
