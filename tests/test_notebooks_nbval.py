"""The report's own notebooks: every chapter gives the same outputs again, and building it changes no file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import ROOT
from tieout.checks.outputs import check
from tieout.problems import Report
from tieout.project import Project
from tieout.workspace import Workspace

CHAPTERS = [str(path) for path in Project.load(ROOT).notebooks]


@pytest.fixture(scope="module")
def outputs() -> Report:
    """What nbval, strict, and our gate say of all chapters, which run again side by side."""
    return check(Workspace.load(ROOT), execute=True)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_gives_the_same_outputs_again(outputs: Report, chapter: str) -> None:
    problems = [problem for problem in outputs.problems if problem.path == chapter]
    assert not problems, "\n".join(map(str, problems))


def test_all_chapters_were_run_and_compared(outputs: Report) -> None:
    assert outputs.ok, "\n".join(map(str, outputs.problems))
    assert len(CHAPTERS) >= 10
    assert len(outputs.counts) == 3
    assert all(count.passed == count.total > 0 for count in outputs.counts)


def test_a_build_leaves_notebooks_and_figures_as_they_were_committed(root: Path, built: Path) -> None:
    files = [*CHAPTERS, *(f"figures/{file.name}" for file in (root / "figures").iterdir())]
    moved = [str(file) for file in files if (root / file).read_bytes() != (built / file).read_bytes()]
    assert not moved
    assert len(list((built / "figures").iterdir())) == len(list((root / "figures").iterdir()))
