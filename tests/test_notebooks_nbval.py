"""The report's own notebooks: every chapter gives the same outputs again, and building it changes no file."""

from __future__ import annotations

from pathlib import Path

from tieout.checks.outputs import check
from tieout.project import Project


def test_every_chapter_gives_the_same_outputs_again(root: Path) -> None:
    notebooks = [root / path for path in Project.load(root).notebooks]
    report = check(root, notebooks, execute=True)
    assert report.ok, "\n".join(map(str, report.problems))
    assert all(count.passed == count.total > 0 for count in report.counts)


def test_a_build_leaves_notebooks_and_figures_as_they_were_committed(root: Path, built: Path) -> None:
    files = [
        *Project.load(root).notebooks,
        *(f"figures/{file.name}" for file in (root / "figures").iterdir()),
    ]
    moved = [str(file) for file in files if (root / file).read_bytes() != (built / file).read_bytes()]
    assert not moved
    assert len(list((built / "figures").iterdir())) == len(list((root / "figures").iterdir()))
