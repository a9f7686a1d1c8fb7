"""Notebooks run on the workers of a real Dask cluster, one of which is lost while it runs one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import notebooks
from tests.support.waiting import until
from tieout import publish
from tieout.notebooks import Notebook
from tieout.problems import InputError
from tieout.workspace import Workspace

pytest.importorskip("distributed", reason="the extra dask is not installed")

CONFIG = """\
project: {type: book}
book: {title: Far, chapters: [index.ipynb, two.ipynb]}
execute: {enabled: true}
"""
# Says which worker runs it, and waits until it is told to go on.
WAITING = """\
import os, time
from pathlib import Path
folder = Path(os.environ["TEST_FOLDER"])
(folder / os.environ["TEST_WORKER"]).write_text("here")
while not (folder / "go").exists():
    time.sleep(0.02)
print(sum(map(int, Path("data/a.csv").read_text().split())))
"""


@dataclass
class Dask:
    """A scheduler and its workers, by name."""

    address: str
    workers: dict[str, subprocess.Popen[bytes]]


def program(name: str, *arguments: str, **variables: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{name}", *arguments]
    return subprocess.Popen(
        command,
        env={**os.environ, **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[Dask]:
    file, folder = tmp_path / "scheduler.json", str(tmp_path)
    given = ["--scheduler-file", str(file), "--no-dashboard"]
    scheduler = program("dask_scheduler", *given, "--host", "127.0.0.1", "--port", "0")
    try:
        assert until(lambda: file.exists() and file.read_text("utf-8").endswith("}"))
        workers = {
            name: program(
                "dask_worker", *given, "--nthreads", "1", "--no-nanny", "--host", "127.0.0.1",
                "--name", name, TEST_WORKER=name, TEST_FOLDER=folder,
            )
            for name in ("one", "two")
        }  # fmt: skip
        try:
            yield Dask(str(json.loads(file.read_text("utf-8"))["address"]), workers)
        finally:
            for worker in workers.values():
                worker.kill()
                worker.wait()
    finally:
        scheduler.kill()
        scheduler.wait()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "report"
    (root / "data").mkdir(parents=True)
    (root / "_quarto.yml").write_text(CONFIG, "utf-8")
    (root / "data" / "a.csv").write_text("40\n2\n", "utf-8")
    return root


def shown(path: Path) -> str:
    return "".join(
        "".join(output.get("text", "")) for cell in Notebook.load(path).code for output in cell.outputs
    )


def test_what_workers_give_is_stored_and_a_lost_worker_is_survived(
    project: Path, dask: Dask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notebooks.write(project / "index.ipynb", WAITING)
    notebooks.write(project / "two.ipynb", "print(open('data/a.csv').read().split())")

    def kill() -> None:
        assert until(lambda: any((tmp_path / name).exists() for name in dask.workers))
        busy = next(name for name in dask.workers if (tmp_path / name).exists())
        dask.workers[busy].kill()
        dask.workers[busy].wait()
        (tmp_path / "go").write_text("")

    killer = threading.Thread(target=kill)
    killer.start()
    changed = publish.run(Workspace.load(project), every=True, scheduler=dask.address)
    killer.join()
    assert sorted(path.name for path in changed) == ["index.ipynb", "two.ipynb"]
    assert shown(project / "index.ipynb") == "42\n"
    assert shown(project / "two.ipynb") == "['40', '2']\n"
    for name, value in (("TEST_FOLDER", str(tmp_path)), ("TEST_WORKER", "none")):
        monkeypatch.setenv(name, value)
    workspace = Workspace.load(project)
    publish.run(workspace, every=True)
    # One asked for a variable, which is another here; the other need not be run again.
    assert (workspace.project.steps.counts["execute"], workspace.project.steps.taken["execute"]) == (1, 1)


def test_a_cell_that_fails_there_is_said_as_if_it_failed_here(project: Path, dask: Dask) -> None:
    notebooks.write(project / "index.ipynb", "x = 1\n1 / 0")
    notebooks.write(project / "two.ipynb", "1")
    with pytest.raises(InputError, match=r"index\.ipynb:\d+: cell 1 .*ZeroDivisionError"):
        publish.run(Workspace.load(project), every=True, scheduler=dask.address)


def test_where_no_scheduler_answers_that_is_said(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tieout.notebooks.remote.PATIENCE", 1)
    notebooks.write(project / "index.ipynb", "1")
    notebooks.write(project / "two.ipynb", "1")
    with pytest.raises(InputError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        publish.run(Workspace.load(project), every=True, scheduler="tcp://127.0.0.1:9")
