"""Formulas in titles: the PDF's outline has their signs, pages their TeX beside these."""

from __future__ import annotations

from pathlib import Path

from tests.support import projects
from tieout.publish import build
from tieout.workspace import Workspace

TEXT = "# The number $\\pi$ of {}\n\nText [162](tie:devices.count).\n\n## And $x^2 \\le 3$\n\nMore.\n"


def test_a_title_with_a_formula_is_that_of_the_outline(tmp_path: Path) -> None:
    chapters = {"index.md": TEXT.format("one"), "two.md": TEXT.format("two"), "three.md": "# $e$\n\nText.\n"}
    root = projects.create(tmp_path / "book", chapters)
    projects.change(root / "_quarto.yml", "require: all", "require: none")
    result = build(Workspace.load(root), "pandoc", execute=False)
    assert result.site, [str(each) for report in result.reports for each in report.errors]
    assert not [each for report in result.reports for each in report.problems]
