"""Kernels that are forked give what kernels give that Jupyter starts, and leave no process behind."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import psutil
import pytest

from tests.support import notebooks, projects
from tests.support.waiting import PATIENCE, until
from tieout.notebooks import Notebook, execute, forking, kernel
from tieout.notebooks.forking import CAN_FORK, TEMPLATES

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="kernels are not forked here")

USUAL = (
    "import sys, os\nimport numpy as np\nimport pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "print(sys.argv[0].rpartition('/')[2].removesuffix('.py'), os.getcwd() == sys.path[0] or sys.path[0])\n"
    "print(sys.flags.hash_randomization, hash('a'), __name__, sorted(name for name in os.environ if name in "
    "('TZ', 'JPY_PARENT_PID')), os.getsid(0) == os.getpid())",
    "1 / 3, np.float64(0.1) + 0.2, {'b', 'a'}",
)


def outputs(root: Path, *cells: str) -> list[object]:
    path = notebooks.write(root / "index.ipynb", *cells)
    execute.execute(path, root, force=True)
    return [cell.get("outputs") for cell in json.loads(path.read_text("utf-8"))["cells"]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return projects.create(tmp_path / "report", {"index.md": "# Home\n"})


def test_outputs_are_those_of_a_kernel_that_jupyter_starts(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forked = outputs(root, *USUAL)
    with monkeypatch.context() as patch:
        patch.setattr(forking, "CAN_FORK", False)
        assert outputs(root, *USUAL) == forked


def test_each_kernel_is_fresh_and_has_a_chance_of_its_own(root: Path) -> None:
    cells = ("import numpy as np\nprint('seen' in globals())\nseen = 1", "print(np.random.random())")
    first, second = outputs(root, *cells), outputs(root, *cells)
    assert first[0] == second[0] and first[1] != second[1]


def test_a_module_of_the_project_goes_before_a_library_of_its_name(root: Path) -> None:
    cell = "import pandas as pd\nprint(getattr(pd, 'MINE', None))"
    assert "None" in str(outputs(root, cell))
    (root / "pandas.py").write_text("MINE = 'of the project'\n", "utf-8")
    assert "of the project" in str(outputs(root, cell))


def test_a_template_that_has_ended_is_made_again(root: Path) -> None:
    cell = "import numpy\nprint(numpy.ones(1))"
    before = outputs(root, cell)
    template = TEMPLATES._template
    assert template is not None
    template._process.kill()
    template._process.wait()
    assert outputs(root, cell) == outputs(root, cell) == before


def test_nothing_is_left_when_it_is_closed(root: Path) -> None:
    outputs(root, "import numpy")
    TEMPLATES.close()
    own = psutil.Process(os.getpid())
    assert until(lambda: not any("template.py" in " ".join(each.cmdline()) for each in own.children()))


def test_each_kernel_takes_down_what_it_asks_itself(root: Path) -> None:
    """Not what the template asked when it imported, and not what other kernels of it ask."""
    for name in ("one", "two"):
        (root / f"{name}.csv").write_text("id\n1\n", "utf-8")
        code = f"import tieout as t\nimport os\nos.environ.get('{name.upper()}')\n"
        code += f"t.record('{name}', len(open('{name}.csv').read()), label='One')"
        path = notebooks.write(root / f"{name}.ipynb", code)
        execute.execute(path, root, force=True)
        said = json.dumps(Notebook.load(path).code[0].outputs[0]["metadata"])
        assert re.findall(r'"path": "([^"]*)"', said) == [f"{name}.csv"]
    records = [
        json.loads(path.read_text("utf-8"))["asked"] for path in (root / ".tieout/executed").glob("*.json")
    ]
    files = [sorted(name for name in asked if name.endswith(".csv")) for asked in records]
    assert sorted(files) == [["file:one.csv"], ["file:two.csv"]]
    variables = [sorted(name for name in asked if name in ("env:ONE", "env:TWO")) for asked in records]
    assert sorted(variables) == [["env:ONE"], ["env:TWO"]]
    assert all("modules:." in asked for asked in records)


def test_a_kernel_whose_template_has_ended_ends_before_it_begins(tmp_path: Path) -> None:
    request = {
        "stderr": str(tmp_path / "said"),
        "env": dict(os.environ),
        "cwd": str(tmp_path),
        "argv": [],
    }
    code = f"from tieout.notebooks.template import _become\n_become({request!r}, template=0)"
    assert subprocess.run([sys.executable, "-c", code], timeout=PATIENCE).returncode == 1


@pytest.mark.skipif(not CAN_FORK, reason="kernels are forked on Linux alone")
def test_a_kernel_ends_when_its_template_is_killed(tmp_path: Path) -> None:
    template, file = forking.Template(os.environ), tmp_path / "kernel.json"
    argv = ["-f", str(file)]
    said = str(tmp_path / "said")
    forked = template.fork([], env=dict(os.environ), cwd=str(tmp_path), argv=argv, stderr=said)
    assert until(file.exists)
    template.close()
    assert until(lambda: not psutil.pid_exists(forked.pid) or _is_zombie(forked.pid))


def _is_zombie(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_run_that_is_cancelled_while_its_kernel_is_forked_leaves_nothing(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interrupt cancels all tasks of the run; the thread that forks goes on, and its kernel is ended."""
    monkeypatch.setenv("TMPDIR", str(root.parent))
    monkeypatch.setattr(tempfile, "tempdir", None)
    path = notebooks.write(root / "index.ipynb", "import numpy")
    kernels = []
    real = TEMPLATES.fork

    async def cancelled() -> None:
        loop, cancelled = asyncio.get_running_loop(), threading.Event()

        def cancel() -> None:
            for each in asyncio.all_tasks() - {asyncio.current_task()}:
                each.cancel()
            loop.call_later(0.2, cancelled.set)

        def fork(*asked: Any, **request: Any) -> Any:
            loop.call_soon_threadsafe(cancel)
            cancelled.wait(PATIENCE)
            kernels.append(real(*asked, **request))
            return kernels[-1]

        monkeypatch.setattr(TEMPLATES, "fork", fork)
        await kernel.run(Notebook.load(path), root, 60)

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(cancelled())
    [forked] = kernels
    assert forked is not None and forked.poll() is not None
    assert not list(root.parent.glob("tieout-*"))
