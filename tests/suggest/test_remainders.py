"""Shares that prose tells in words, *one in six*, and what is left of shares: *18% did not survive*."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.test_computed import suggested
from tests.support import analyses
from tests.support.commands import call
from tieout.notebooks.execute import execute
from tieout.prose import untied

CELLS = (
    'survived = 0.8205\nprint(f"Share that survived: {survived:.2%}")',
    'swarmed = 0.1766\nprint("Share of colonies that swarmed", swarmed)',
    'ill = 0.3391\nprint("Share ill:", ill)',
    'late = 61.24\nprint(f"Inspected late: {late}%")',
)


@pytest.mark.parametrize(
    ("prose", "expression"),
    [
        ("One in six colonies swarmed.", "swarmed"),
        ("One in 6 colonies swarmed.", "swarmed"),
        ("About a third of the bees were ill.", "ill"),
        ("Nearly two thirds were not ill.", "1 - ill"),
        ("Nearly one in five did not survive.", "1 - survived"),
        ("18% did not survive.", "1 - survived"),
        ("In the winter 17.95% died.", "1 - survived"),
        ("The other 39% were not inspected late.", "100 - late"),
    ],
)
def test_a_share_is_found_in_words_and_by_what_is_left_of_it(
    tmp_path: Path, prose: str, expression: str
) -> None:
    root = analyses.project(tmp_path / "report", f"#:# Hives\n\n{prose}", *CELLS)
    [found] = suggested(root).values()
    assert found.likely and not found.records, str(found)
    assert f", {expression}, " in found.likely.line


@pytest.mark.parametrize(
    "prose",
    ["Nearly one in five voted.", "One in seven colonies swarmed.", "A sixth of colonies swarmed.",
     "Nearly two thirds voted.", "17% did not survive.", "39% were inspected."],
)  # fmt: skip
def test_a_share_that_no_word_names_is_none(tmp_path: Path, prose: str) -> None:
    root = analyses.project(tmp_path / "report", f"#:# Hives\n\n{prose}", *CELLS)
    [found] = suggested(root).values()
    assert not found.likely, str(found)


def test_one_in_six_is_one_number_in_digits_too() -> None:
    texts = ["One in 6 left.", "one in every 12 did", "we had one in 2019", "one in 6 months", "3 in 10"]
    assert [[each.text for each in untied(text)] for text in texts] == [
        ["One in 6"], ["one in every 12"], ["2019"], ["6 months"], ["3", "10"],
    ]  # fmt: skip


def test_what_is_tied_in_words_agrees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prose = "#:# Hives\n\nOne in 6 colonies swarmed, and 18% did not survive. About a third were ill."
    root = analyses.project(tmp_path / "report", prose, *CELLS)
    assert call(root, capsys, "suggest", "--no-execute", "--perhaps").status == 0
    execute(root / "penguins.ipynb", root)
    said = call(root, capsys, "check", "prose")
    assert said.status == 0 and "2 of 2 numbers" in said.out, said.out
