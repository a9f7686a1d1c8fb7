"""A build that is killed, ended or interrupted at any moment loses nothing, and leaves nothing for long."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psutil
import pytest

from tests.support import notebooks
from tests.support.depth import DEEP, chance
from tests.support.waiting import PATIENCE, until
from tieout.project import MARK

MOMENTS = 40
SIGN = "TIEOUT_TEST_RUN"
# What Python says where it is interrupted before it has come to Tieout.
BEGINNING = (b"Fatal Python error: init", b"Could not import runpy module")
BUSY = "import time\nprint(sum(range(10)))\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A starter project with a second notebook, built once."""
    from tieout.project.starter import create

    root = tmp_path_factory.mktemp("killed") / "project"
    create(root)
    notebooks.write(root / "second.ipynb", "#:# Second\n\nText.", BUSY)
    config = (root / "_quarto.yml").read_text(encoding="utf-8")
    config = config.replace("- index.ipynb\n", "- index.ipynb\n    - second.ipynb\n")
    (root / "_quarto.yml").write_text(config, encoding="utf-8")
    assert start(root, "first").wait(600) == 0
    return root


def start(root: Path, run: str) -> subprocess.Popen[bytes]:
    """Start a build whose processes carry a sign of their own, with a temporary folder of its own."""
    folder = root.parent / "tmp"
    folder.mkdir(exist_ok=True)
    with said(root).open("wb") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", "tieout", "build", "--engine", "pandoc"],
            cwd=root,
            env={**os.environ, SIGN: run, "TMPDIR": str(folder)},
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )


def said(root: Path) -> Path:
    """The file with what the last build has said of errors."""
    return root.parent / "said"


def alive(run: str) -> list[psutil.Process]:
    """The processes of a build that still run."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(SIGN) == run and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def ended(run: str) -> bool:
    """Wait until all processes of a build have ended."""
    return until(lambda: not alive(run))


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def sources(root: Path) -> dict[str, bytes]:
    return {
        name: data
        for name, data in contents(root).items()
        if not name.startswith(("_site", ".tieout")) and not name.endswith(".tieout-new")
    }


def forget(root: Path) -> None:
    """Leave nothing that a build could take from an earlier one: kernels and pandoc run each time."""
    for name in ("executed", "store"):
        shutil.rmtree(root / ".tieout" / name, ignore_errors=True)
    (root / ".tieout" / "build.json").unlink(missing_ok=True)


@pytest.mark.deep
@pytest.mark.skipif(not DEEP, reason="a part of make test-deep; tests/machine has a sample")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_at_any_moment(built: Path, how: signal.Signals, tmp_path: Path) -> None:
    """The sources are as they were, the site is the last good one, programs end, the next build is whole."""
    root = tmp_path / "project"
    shutil.copytree(built, root)
    before, site = sources(root), contents(root / "_site")
    began = time.monotonic()
    forget(root)
    assert start(root, "measure").wait(600) == 0
    lasts = time.monotonic() - began
    moments = chance(7)
    for _ in range(MOMENTS):
        run = uuid.uuid4().hex
        forget(root)
        process = start(root, run)
        time.sleep(moments.uniform(0, lasts))
        process.send_signal(how)
        status = process.wait(PATIENCE)
        words = said(root).read_bytes()
        assert status in (0, -how, 128 + how) or any(sign in words for sign in BEGINNING), (status, words)
        assert ended(run)
        assert sources(root) == before
        if (root / "_site").exists():
            assert contents(root / "_site") == site
        else:  # killed between the two moves of the swap: the next build brings it back
            assert how is signal.SIGKILL
        if how is not signal.SIGKILL:
            assert [path.name for path in root.glob("_site*")] == ["_site"]
            assert list((tmp_path / "tmp").glob("tieout-*")) == []
    assert start(root, "last").wait(600) == 0
    assert contents(root / "_site") == site and MARK in site
    assert [path.name for path in root.glob("_site*")] == ["_site"]
    assert list((tmp_path / "tmp").glob("tieout-*")) == []
    assert not list(root.rglob(".*.tieout-new"))
