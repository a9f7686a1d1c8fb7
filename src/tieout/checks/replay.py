"""A pytest plugin that keeps, for each cell nbval has run again, what was stored and what came out.

nbval says in coloured text that outputs differ; a report needs them as data. It is loaded by the outputs
check alone, and writes one JSON line a cell to the file that the environment names.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from nbval.kernel import RunningKernel

from tieout.checks.replayed import DEAD, RESULTS
from tieout.machine import kept
from tieout.notebooks.kernel import PATIENCE


def _execute(kernel: Any, source: str, allow_stdin: bool | None = None) -> str:
    """Run a cell as nbval does, with history: without it IPython overlooks a semicolon that hides a value."""
    return str(kernel.kc.execute(source, allow_stdin=allow_stdin, stop_on_error=False))


RunningKernel.execute_cell_input = _execute


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """End the run where the kernel dies: nbval would wait for its answer until the time limit."""
    if hasattr(item, "output_timeout"):
        item.output_timeout = PATIENCE  # nbval's five seconds are few on a busy machine
    with _watched(item):
        return (yield)


@contextmanager
def _watched(item: pytest.Item) -> Iterator[None]:
    kernel: Any = getattr(item.parent, "kernel", None)
    done = threading.Event()

    def watch() -> None:
        while not done.wait(1):
            if not kernel.is_alive() and not done.wait(1):
                _write({"cell": getattr(item, "cell_num", 0), "outcome": "failed", "said": DEAD})
                os._exit(1)

    watcher = threading.Thread(target=watch, daemon=True)
    if kernel is not None:
        watcher.start()
    try:
        with nullcontext() if kernel is None else kept(kernel.km.provisioner.pid):
            yield
    finally:
        done.set()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write down the result of a cell that nbval ran, or of a setup that failed."""
    report = yield
    cell = getattr(item, "cell", None)
    if cell is not None and (report.when == "call" or report.failed):
        _write(
            {
                "cell": getattr(item, "cell_num", 0),
                "outcome": report.outcome,
                "said": str(call.excinfo.value) if call.excinfo else "",
                "stored": _plain(cell.outputs),
                "computed": _plain(getattr(item, "test_outputs", None) or []),
            }
        )
    return report


def _write(result: dict[str, Any]) -> None:
    with Path(os.environ[RESULTS]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(result, ensure_ascii=False) + "\n")


def _plain(outputs: list[Any]) -> list[Any]:
    return list(json.loads(json.dumps(outputs)))
