"""A pytest plugin that keeps, for each cell nbval has run again, what was stored and what came out.

nbval says in coloured text that outputs differ; a report needs them as data. It is loaded by the outputs
check alone, and writes one JSON line a cell to the file that the environment names.
"""

from __future__ import annotations

import copy
import json
import os
import threading
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import nbval.kernel
import pytest
from nbval.kernel import RunningKernel
from nbval.plugin import coalesce_streams

from tieout.checks.replayed import DEAD, RESULTS
from tieout.machine import kept
from tieout.notebooks.kernel import PATIENCE


def _execute(kernel: Any, source: str, allow_stdin: bool | None = None) -> str:
    """Run a cell as nbval does, with history: without it IPython overlooks a semicolon that hides a value."""
    return str(kernel.kc.execute(source, allow_stdin=allow_stdin, stop_on_error=False))


RunningKernel.execute_cell_input = _execute
_start = nbval.kernel.start_new_kernel
TRIES, DIED = 3, "Kernel died"
# What a kernel must not see: with pytest's own, ipykernel does not show what other programs print.
_UNSEEN = ("PYTEST_", RESULTS)


def _start_new_kernel(*args: Any, **kwargs: Any) -> Any:
    """Start a kernel as it is started where notebooks run to be stored: it knows of no test.

    One that dies before it says anything is started again: another process may have taken its ports.
    """
    seen = {name: value for name, value in os.environ.items() if not name.startswith(_UNSEEN)}
    for _ in range(TRIES - 1):
        try:
            return _start(*args, **{"env": seen, **kwargs})
        except RuntimeError as error:
            if DIED not in str(error):
                raise
    return _start(*args, **{"env": seen, **kwargs})


nbval.kernel.start_new_kernel = _start_new_kernel


# What a cell has stored: nbval joins the parts of a stream in it when it compares.
_STORED = pytest.StashKey[list[Any]]()


class _Screen:
    """What messages do to outputs that are there, which nbval overlooks: they clear them, or change one.

    Parameters
    ----------
    item
        The cell that runs.
    given
        Gives the kernel's next message.
    """

    def __init__(self, item: Any, given: Callable[..., Any]) -> None:
        self.item, self.given = item, given
        self.waits = False
        self.named: dict[str, list[int]] = {}

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        message = self.given(*args, **kwargs)
        kind, content = message["msg_type"], message["content"]
        name = (content.get("transient") or {}).get("display_id")
        if name and "data" in content:
            for place in self.named.get(name, ()):
                self.item.test_outputs[place]["data"] = content["data"]
        if kind in ("display_data", "execute_result", "stream", "error"):
            if self.waits:
                self._clear()
            if name:  # nbval puts it there
                self.named.setdefault(name, []).append(len(self.item.test_outputs))
            return message
        if kind == "clear_output":
            self.waits = bool(content.get("wait"))
            if not self.waits:
                self._clear()
        if kind in ("clear_output", "update_display_data"):
            return {**message, "msg_type": "status", "content": {"execution_state": "busy"}}
        return message

    def _clear(self) -> None:
        self.item.test_outputs.clear()
        self.named.clear()
        self.waits = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """End the run where the kernel dies: nbval would wait for its answer until the time limit."""
    if hasattr(item, "output_timeout"):
        item.output_timeout = PATIENCE  # nbval's five seconds are few on a busy machine
    file: Any = item.parent
    with _watched(item), pytest.MonkeyPatch.context() as patch:
        if hasattr(file, "get_kernel_message"):
            patch.setattr(file, "get_kernel_message", _Screen(item, file.get_kernel_message))
            item.stash[_STORED] = copy.deepcopy(item.cell.outputs)  # type: ignore[attr-defined]
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
                "stored": _plain(coalesce_streams(item.stash.get(_STORED, []))),
                "computed": _plain(getattr(item, "test_outputs", None) or []),
            }
        )
    return report


def _write(result: dict[str, Any]) -> None:
    with Path(os.environ[RESULTS]).open("a", encoding="utf-8") as file:
        file.write(json.dumps(result, ensure_ascii=False) + "\n")


def _plain(outputs: list[Any]) -> list[Any]:
    return list(json.loads(json.dumps(outputs)))
