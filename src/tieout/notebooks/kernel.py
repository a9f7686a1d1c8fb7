"""One run of a notebook in a kernel of this interpreter, with everything pinned that could move an output."""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tieout.machine import kept, scratch
from tieout.machine.limits import size
from tieout.machine.opened import TRACE
from tieout.machine.processes import BELOW, POLL, taken
from tieout.machine.scratch import FOLDER
from tieout.notebooks.notebook import KERNEL, Cell, Notebook
from tieout.notebooks.outputs import joined_streams, steady
from tieout.problems import InputError

# Seconds that a busy machine is given to start a kernel and bring messages; a dead one is noticed at once.
PATIENCE = 600
# Before its first cell a kernel begins to see what it is asked for.
WATCH = "__import__('tieout.machine.opened', fromlist=['OPENED']).OPENED.watch()"
PINNED = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "PYDEVD_USE_FRAME_EVAL": "NO",  # as the debugger sets it, which a forked kernel has loaded before
}
# OpenBLAS computes other last digits on each kind of processor; each with AVX2 can do as this one does.
ALIKE = {"OPENBLAS_CORETYPE": "Haswell"}
# What Jupyter tells a kernel: the file of its notebook.
SESSION = "JPY_SESSION_NAME"
# What a kernel is told and does not follow from: the same in every run, or the notebook itself.
UNASKED = frozenset((*PINNED, SESSION))
# What says of a terminal how wide it is, and whether it shows colours: a kernel has none.
TERMINAL = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PYTHON_COLORS", "PY_COLORS")
DROPPED = ("PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONWARNINGS", "LANGUAGE", "MPLBACKEND", *TERMINAL)
TESTED = "PYTEST_"  # with pytest's own, ipykernel does not show what other programs print

# Ports are chosen before the kernel takes them: another process may have been faster.
TAKEN = "Address already in use"
STARTS = 5
# A library may crash by chance; a cell that ends its kernel does so again.
DEATHS = 2

_PLACE = re.compile(r"(?:Cell In|Input In ?|<ipython-input-)\[?(\d+)\]?,? line (\d+)")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def environment(folder: Path, notebook: Path, variables: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment of a kernel: that of the caller, with all pinned that could move an output.

    Parameters
    ----------
    folder
        Where it keeps what it writes for itself.
    notebook
        The notebook that it runs.
    variables
        Those of who asks, where that is another process.
    """
    given = {**os.environ, **(variables or {})}
    kept = {
        name: value for name, value in given.items() if name not in DROPPED and not name.startswith(TESTED)
    }
    own = {"IPYTHONDIR": str(folder / "ipython"), FOLDER: str(folder), SESSION: str(notebook.resolve())}
    alike = ALIKE if _has_avx2() else {}
    return {**alike, **kept, **PINNED, **own}


@functools.cache
def _has_avx2() -> bool:
    """Whether this machine's processor is known to compute as `ALIKE` says."""
    try:
        return " avx2 " in Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return False


class _Died(InputError):
    """A kernel ended while it ran a cell, and nobody had ended it."""


async def run(
    notebook: Notebook,
    root: Path,
    timeout: float | None,
    memory: int | None = None,
    read_trace: Callable[[Path], None] = lambda _trace: None,
    variables: Mapping[str, str] | None = None,
) -> list[dict[str, Any]]:
    """Run a notebook's code cells in a fresh kernel; return the count and the outputs of each.

    ``timeout`` is the seconds that one cell may take, ``memory`` the bytes that the kernel may hold;
    ``read_trace`` is given the file in which the kernel noted what it opened, after the last cell;
    ``variables`` go before those of this process's environment.
    """
    deaths = 0
    for left in reversed(range(STARTS)):
        try:
            return await _run(notebook, root, timeout, memory, read_trace, variables)
        except InputError as error:
            died = isinstance(error, _Died)
            deaths += died
            if not left or deaths == DEATHS or not (died or TAKEN in error.problems[0].what):
                raise
    raise AssertionError


async def _run(
    notebook: Notebook,
    root: Path,
    timeout: float | None,
    memory: int | None,
    read_trace: Callable[[Path], None],
    variables: Mapping[str, str] | None,
) -> list[dict[str, Any]]:
    import asyncio

    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    from tieout.notebooks.forking import prepared

    if not notebook.is_python:
        hint = "choose the kernel Python 3 in JupyterLab, or set its name to python3"
        line = notebook.line_of("metadata", "kernelspec", "name")
        what = f"the kernel {notebook.kernel!r} is missing: Tieout runs {KERNEL}"
        raise InputError(what, hint, path=notebook.shown(root), line=line, rule="kernel")
    with scratch() as folder:
        book = nbformat.from_dict(  # type: ignore[no-untyped-call]
            {**notebook.data, "cells": [_fresh(cell) for cell in notebook.data["cells"]]}
        )
        manager = _manager(folder)
        client = NotebookClient(
            book,
            km=manager,
            timeout=None if timeout is None else max(1, int(timeout)),
            startup_timeout=PATIENCE,
            force_raise_errors=True,
            iopub_timeout=PATIENCE,
            raise_on_iopub_timeout=True,
            resources={"metadata": {"path": str(notebook.path.resolve().parent)}},
        )
        said = (folder / "stderr").open("wb")
        current: Cell | None = None
        results = []
        ends = contextlib.ExitStack()
        watch: asyncio.Task[None] | None = None
        try:
            await client.async_start_new_kernel(
                env={**environment(folder, notebook.path, variables), TRACE: str(folder / "trace")},
                stdout=subprocess.DEVNULL,
                stderr=said,
                **prepared(notebook),
            )
            pid = manager.provisioner.pid
            ends.enter_context(kept(pid))
            watch = asyncio.create_task(_watch(pid, memory)) if memory else None
            await client.async_start_new_kernel_client()
            for count, cell in enumerate(notebook.code, start=1):
                current = cell
                target = book.cells[cell.index]
                await client.async_execute_cell(target, cell.index, execution_count=count)
                results.append({"execution_count": count, "outputs": _plain(target.outputs)})
            read_trace(folder / "trace")
        except CellExecutionError as error:
            assert current is not None
            raise _failed(notebook, root, current, book.cells[current.index], error) from None
        except CellTimeoutError:
            hint = "make it faster, split it, or raise `tieout: limits: cell-seconds` in _quarto.yml"
            raise _problem(notebook, root, current, f"took longer than {timeout:g} seconds", hint) from None
        except (DeadKernelError, RuntimeError, OSError, ImportError) as error:
            said.flush()
            if watch is not None and watch.done() and memory:
                hint = "use less of it at a time, or raise `tieout: limits: memory` in _quarto.yml"
                what = f"needed more than {size(memory)} of memory"
                raise _problem(notebook, root, current, what, hint, rule="limit") from None
            words = _words((folder / "stderr").read_text("utf-8", "replace"))
            reason = f": {words[-1][:200]}" if words else ""
            if current is None:
                hint = "is ipykernel installed where tieout runs? python -m pip install ipykernel"
                what = f"the kernel {KERNEL} could not be started ({error or type(error).__name__}){reason}"
            else:
                hint = "look for what ends or exhausts the process in this cell"
                what = f"the kernel died while running this cell{reason}"
            problem = _problem(notebook, root, current, what, hint, rule="kernel")
            raise problem if current is None else _Died(problem.problems) from None
        finally:
            if watch is not None:
                watch.cancel()
            if client.kc is not None:
                client.kc.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)
            ends.close()
            said.close()
        return results


async def _watch(pid: int, limit: int) -> None:
    """End a kernel that holds too much memory; returns when it has."""
    import asyncio

    for look in itertools.count():
        if (await asyncio.to_thread(taken, pid, look % BELOW == 0))[1] > limit:
            break
        await asyncio.sleep(POLL)
    with contextlib.suppress(OSError):
        os.killpg(pid, signal.SIGKILL)


def _manager(folder: Path) -> Any:
    """Return a manager of kernels that run in this very interpreter, whatever the machine has registered."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    from tieout.notebooks.forking import provisioner

    class OwnInterpreter(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> Any:
            command = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher"]
            command += [f"--IPKernelApp.exec_lines={WATCH}", "-f", "{connection_file}"]
            return KernelSpec(argv=command, language="python", metadata=provisioner())

    return AsyncKernelManager(
        kernel_name=KERNEL,
        kernel_spec_manager=OwnInterpreter(),
        connection_file=str(folder / "kernel.json"),
    )


def _words(said: str) -> list[str]:
    """Return what a dying kernel said, without what every kernel says."""
    return [line for line in said.splitlines() if line.strip() and "WARNING" not in line]


def _fresh(cell: Mapping[str, Any]) -> dict[str, Any]:
    kept = {**cell, "source": "".join(cell["source"]), "metadata": dict(cell.get("metadata", {}))}
    return {**kept, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else kept


def _plain(outputs: Any) -> list[dict[str, Any]]:
    return [steady(output) for output in joined_streams(json.loads(json.dumps(outputs)))]


def _problem(
    notebook: Notebook,
    root: Path,
    cell: Cell | None,
    what: str,
    hint: str,
    line: int = 1,
    rule: str = "execution",
) -> InputError:
    place = {"where": cell.name, "line": notebook.line(cell.index, line)} if cell else {}
    return InputError(what, hint, path=notebook.shown(root), rule=rule, **place)


def _failed(notebook: Notebook, root: Path, cell: Cell, ran: Any, error: Any) -> InputError:
    """Return what a failing cell says, at the line of the cell where it failed."""
    text = "\n".join(
        line for output in ran.outputs if output["output_type"] == "error" for line in output["traceback"]
    )
    places = _PLACE.findall(_ANSI.sub("", text))
    own = str(len([other for other in notebook.code if other.index <= cell.index]))
    lines = [int(line) for count, line in places if count == own]
    value = re.sub(r" \(\d+\.py, line \d+\)$", "", " ".join(_ANSI.sub("", error.evalue).split()))
    name = "" if error.ename == "InputError" else f"{error.ename}: "
    hint = "correct the cell, then run again"
    return _problem(notebook, root, cell, f"{name}{value[:500]}", hint, lines[0] if lines else 1)
