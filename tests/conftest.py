"""What the tests share: the repository, a starter project, and the report built once for all workers."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

import pytest

from tests.support import depth, own_report, surroundings
from tests.support.commands import run_tieout
from tests.support.shared import once
from tieout.machine.opened import OPENED

depth.settle()

ROOT = Path(__file__).resolve().parents[1]
LEFT_OUT = shutil.ignore_patterns(
    ".git",
    ".venv",
    "_site",
    "_site.*",
    ".tieout",
    "__pycache__",
    ".*_cache",
    ".hypothesis",
    "tests",
    "examples",
    ".ci",
)


# Files that take longest come first, so that none is left to one worker at the end. The first of them builds
# the report, which the next ones do not need. Those of the browser stand together: one browser serves them.
LONGEST = (
    "browser/test_report_in_browser.py",
    "test_again.py",
    "browser/test_hostile.py",
    "browser/test_page_layout.py",
    "browser/test_accessibility.py",
    "browser/test_panel.py",
    "browser/test_every_kind_of_entry.py",
    "browser/test_interactive_charts.py",
    "browser/test_search.py",
    "browser/test_languages.py",
    "browser/test_ledger_table.py",
    "browser/test_downloads.py",
    "test_scale.py",
    "project/test_charts.py",
    "test_incremental.py",
    "test_bad_input.py",
    "audit/test_ordinary.py",
    "test_editions.py",
    "render/test_book_pdf.py",
    "corruption/test_corruption.py",
    "corruption/test_example.py",
    "audit/test_site.py",
    "audit/test_scripts.py",
    "audit/test_looks.py",
    "test_further_books.py",
    "authoring/test_display.py",
    "test_cli.py",
    "test_report.py",
    "render/test_features.py",
    "render/test_setting.py",
    "audit/test_findings.py",
    "checks/test_run_again.py",
    "checks/test_outputs.py",
    "test_nothing_is_lost.py",
    "test_any_project.py",
    "corruption/test_sayings.py",
    "test_odd_outputs.py",
    "test_publish.py",
    "render/test_build.py",
    "notebooks/test_execute.py",
    "render/test_scripts.py",
    "render/test_strangers.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of long files first; the order within a file stays."""
    places = {ROOT / "tests" / name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path, len(LONGEST)))


def pytest_sessionstart() -> None:
    """Settings of whoever runs the tests go before anything that reads them is imported."""
    surroundings.clear()
    gc.disable()


def pytest_collection_finish() -> None:
    """Six thousand tests stay to the end: nobody looks among them for what can be freed, now or later."""
    gc.enable()
    gc.freeze()


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands see one terminal, and no source: the one that CI names is this report's alone.

    Nor is what other tests opened a question of theirs: each is asked anew for every number that is recorded.
    """
    OPENED.forget()
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
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of one's own, as the README starts and builds it, once for all workers; look, do not touch."""
    return once(tmp_path_factory, "own", own_report.start) / own_report.NAME


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the report with its site built, once for all workers; look, do not touch."""
    return once(tmp_path_factory, "built-report", build_report)


def build_report(project: Path) -> None:
    """Copy the report and build it as a user would."""
    copy_report(project)
    take_along(ROOT, project)
    result = run_tieout("build", "--engine", "pandoc", cwd=project)
    assert result.returncode == 0, result.stderr + result.stdout


def take_along(report: Path, copy: Path) -> None:
    """Give a copy of a report what steps gave in an earlier build of it, of `make site`.

    It is verified before it is believed, and of another version of Tieout nothing is.
    """
    for name in ("executed", "store"):
        earlier = report / ".tieout" / name
        if earlier.is_dir():
            shutil.copytree(earlier, copy / ".tieout" / name)


def copy_report(target: Path) -> Path:
    """Copy what makes the report, without what is built."""
    shutil.copytree(ROOT, target, ignore=LEFT_OUT)
    return target


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are processors: many tests wait for a browser or a kernel."""
    return (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1) + 1
