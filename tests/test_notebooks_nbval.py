"""The report's own notebooks: every chapter gives the same outputs again, and building it changes no file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import this_report
from tests.support.depth import DEEP
from tests.support.notebooks import workspace
from tieout.checks.outputs import check

CHAPTERS = [str(path) for path in this_report.project().notebooks]
# Every chapter is run by the build; nbval, which says the same, runs the one that uses most of what there is.
COMPARED = CHAPTERS if DEEP else ["chapters/02-market.ipynb"]


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_gives_the_same_outputs_again(root: Path, built: Path, chapter: str) -> None:
    assert (built / chapter).read_bytes() == (root / chapter).read_bytes()


def test_every_chapter_is_run_by_the_build_or_was_by_an_earlier_one(built: Path) -> None:
    assert len(CHAPTERS) >= 10
    assert len(list((built / ".tieout" / "executed").iterdir())) >= len(CHAPTERS)


def test_a_build_leaves_figures_as_they_were_committed(root: Path, built: Path) -> None:
    def figures(folder: Path) -> dict[str, bytes]:
        found = (path for path in (folder / "figures").rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    before, after = figures(root), figures(built)
    assert before and before.keys() == after.keys()
    assert [name for name, data in before.items() if after[name] != data] == []


@pytest.mark.deep
def test_nbval_finds_that_nothing_moved(report: Path) -> None:
    result = check(workspace(report, [report / path for path in COMPARED]), execute=True)
    moved = [problem for problem in result.problems if problem.rule != "orphan"]
    assert not moved, "\n".join(map(str, moved))
    cells = result.counts[-1]
    assert cells.passed == cells.total > 0
