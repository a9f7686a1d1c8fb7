"""What the tests share: the repository, a starter project, and the report built once for all workers."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import depth, surroundings
from tests.support.commands import run_tieout
from tests.support.shared import once

depth.settle()

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "_site", "_site.*", ".tieout", "__pycache__", ".*_cache", ".hypothesis", "tests", ".ci"
)


def pytest_sessionstart() -> None:
    """Settings of whoever runs the tests go before anything that reads them is imported."""
    surroundings.clear()


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands see one terminal, and no source: the one that CI names is this report's alone."""
    for name, value in surroundings.PINNED.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("TIEOUT_SOURCE", raising=False)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder; look, do not touch."""
    return ROOT


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A copy of the report, to be broken at will."""
    return copy_report(tmp_path / "report")


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    """A starter project as `tieout new` writes it."""
    from tieout.project.starter import create

    folder = tmp_path / "starter"
    create(folder)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the report with its site built, once for all workers; look, do not touch."""
    return once(tmp_path_factory, "built-report", build_report)


def build_report(project: Path) -> None:
    """Copy the report and build it as a user would."""
    copy_report(project)
    result = run_tieout("build", "--engine", "pandoc", cwd=project)
    assert result.returncode == 0, result.stderr + result.stdout


def copy_report(target: Path) -> Path:
    """Copy what makes the report, without what is built."""
    shutil.copytree(ROOT, target, ignore=LEFT_OUT)
    return target
