"""Titles with formulas or of many words: the PDF's outline and running heads have them as they are set."""

from __future__ import annotations

from pathlib import Path

from tests.support import projects

TEXT = "# The number $\\pi$ of {}\n\nText [162](tie:devices.count).\n\n## And $x^2 \\le 3$\n\nMore.\n"


def test_a_title_with_a_formula_is_that_of_the_outline(tmp_path: Path) -> None:
    chapters = {"index.md": TEXT.format("one"), "two.md": TEXT.format("two"), "three.md": "# $e$\n\nText.\n"}
    projects.published(tmp_path / "book", chapters)


def test_a_running_head_may_have_several_lines(tmp_path: Path) -> None:
    long = "Of the 7 ways to name what has many names " * 4
    text = f"# {long}\n\nText [162](tie:devices.count).\n\n{'word ' * 900}\n"
    projects.published(tmp_path / "book", {"index.md": "# Home {.unnumbered}\n\nText.\n", "one.md": text})
