"""Run notebooks and store their outputs, so that the same inputs always leave the same bytes.

A kernel is started only where a notebook's code, the data or Tieout changed since its outputs were last made;
what a run gave is kept in `.tieout/executed/` under the hash of all that went into it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tieout import __version__
from tieout.gate import pictures
from tieout.notebook import KERNEL, Cell, Notebook, canonical
from tieout.problems import InputError, Problem

Progress = Callable[[str], None]

TIMEOUT = 600
WORKERS = 2
CACHE = Path(".tieout/executed")
KEPT = 100
PINNED = {
    "PYTHONHASHSEED": "0",
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}
DROPPED = ("PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONWARNINGS", "LANGUAGE", "MPLBACKEND", "COLUMNS")
LIBRARIES = ("altair", "vl-convert-python", "pandas", "pint", "numpy", "ipykernel")

_PLACE = re.compile(r"(?:Cell In|Input In ?|<ipython-input-)\[?(\d+)\]?,? line (\d+)")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


def execute(
    path: Path, root: Path | None = None, *, force: bool = False, timeout: float | None = TIMEOUT
) -> bool:
    """Run one notebook and store its outputs; return whether its file changed.

    Parameters
    ----------
    path
        The notebook.
    root
        The project's folder; the notebook's own where it is not given.
    force
        Run it though nothing has changed.
    timeout
        Seconds that one cell may take; None for no limit.

    Raises
    ------
    InputError
        The notebook cannot be read, its kernel is missing or dies, or a cell fails or takes too long; the
        notebook then stays as it was.
    """
    return bool(execute_all(root or path.parent, [path], force=force, timeout=timeout))


def execute_all(
    root: Path,
    paths: Sequence[Path],
    *,
    force: bool = False,
    timeout: float | None = TIMEOUT,
    workers: int = WORKERS,
    progress: Progress = lambda _message: None,
) -> list[Path]:
    """Run several notebooks, some at a time, and return those whose file changed.

    The parameters are those of `execute`; ``progress`` is told which notebook begins. All notebooks are
    tried before the first failure is raised.
    """
    paths = [path if path.is_absolute() else root / path for path in paths]
    shared = _environment_digest(root)
    results = asyncio.run(_gather(root, paths, shared, force, timeout, workers, progress))
    problems: list[Problem] = []
    changed = []
    for path, result in zip(paths, results, strict=True):
        if isinstance(result, InputError):
            problems.extend(result.problems)
        elif isinstance(result, BaseException):
            raise result
        elif result:
            changed.append(path)
    _prune(root / CACHE)
    if problems:
        raise InputError(problems)
    return changed


async def _gather(
    root: Path,
    paths: Sequence[Path],
    shared: str,
    force: bool,
    timeout: float | None,
    workers: int,
    progress: Progress,
) -> list[bool | BaseException]:
    places = asyncio.Semaphore(workers)

    async def one(path: Path) -> bool:
        async with places:
            return await _execute(root, path, shared, force, timeout, progress)

    return await asyncio.gather(*(one(path) for path in paths), return_exceptions=True)


async def _execute(
    root: Path, path: Path, shared: str, force: bool, timeout: float | None, progress: Progress
) -> bool:
    notebook = Notebook.load(path, root)
    name = notebook.shown(root)
    key = digest(notebook, root, shared)
    stored = None if force else _read(root / CACHE / f"{key}.json", len(_runnable(notebook)))
    if stored is None:
        progress(f"Executing {name}")
        stored = await _run(notebook, root, timeout)
        _store(root / CACHE / f"{key}.json", stored)
    cells = [dict(cell) for cell in notebook.data["cells"]]
    for cell in notebook.cells:
        if cell.kind == "code":
            cells[cell.index] |= {"execution_count": None, "outputs": []}
    for cell, result in zip(_runnable(notebook), stored, strict=True):
        cells[cell.index] |= result
    text = canonical({**notebook.data, "cells": cells})
    done = Notebook.parse(text, path, root)
    for file, content in pictures(done).items():
        _write(root / "figures" / file, content)
    return _write(path, text)


def digest(notebook: Notebook, root: Path, shared: str | None = None) -> str:
    """Return the hash of everything that a notebook's outputs follow from.

    That is its code, its place in the project, the data, Python files beside it, Tieout itself, and the
    libraries that compute and draw; prose is no part of it.
    """
    beside = {notebook.path.resolve().parent, root.resolve()}
    parts = [
        shared or _environment_digest(root),
        notebook.shown(root),
        *(cell.source for cell in _runnable(notebook)),
        *(_file_digest(file) for folder in sorted(beside) for file in sorted(folder.glob("*.py"))),
    ]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _environment_digest(root: Path) -> str:
    package = Path(__file__).parent
    own = sorted(file for file in package.glob("*.py"))
    data = sorted(file for file in (root / "data").rglob("*") if file.is_file())
    parts = [__version__, sys.implementation.name, *map(str, sys.version_info[:2])]
    for library in LIBRARIES:
        try:
            parts.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            parts.append(library)
    parts += [_file_digest(file) for file in own]
    parts += [f"{file.relative_to(root)} {_file_digest(file)}" for file in data]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _runnable(notebook: Notebook) -> tuple[Cell, ...]:
    return notebook.code


def environment(scratch: Path) -> dict[str, str]:
    """Return the environment of a kernel: that of the caller, with all pinned that could move an output."""
    kept = {name: value for name, value in os.environ.items() if name not in DROPPED}
    return {**kept, **PINNED, "IPYTHONDIR": str(scratch / "ipython")}


async def _run(notebook: Notebook, root: Path, timeout: float | None) -> list[dict[str, Any]]:
    """Run a notebook's code cells in a fresh kernel; return the count and the outputs of each."""
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    wanted = notebook.data.get("metadata", {}).get("kernelspec", {}).get("name", KERNEL)
    if wanted not in (KERNEL, "python"):
        hint = "choose the kernel Python 3 in JupyterLab, or set its name to python3"
        line = notebook.line_of("metadata", "kernelspec", "name")
        what = f"the kernel {wanted!r} is missing: Tieout runs {KERNEL}"
        raise InputError(what, hint, path=notebook.shown(root), line=line, rule="kernel")
    with tempfile.TemporaryDirectory(prefix="tieout-", ignore_cleanup_errors=True) as folder:
        scratch = Path(folder)
        book = nbformat.from_dict(  # type: ignore[no-untyped-call]
            {**notebook.data, "cells": [_fresh(cell) for cell in notebook.data["cells"]]}
        )
        manager = _manager(scratch)
        client = NotebookClient(
            book,
            km=manager,
            timeout=None if timeout is None else max(1, int(timeout)),
            startup_timeout=60,
            force_raise_errors=True,
            iopub_timeout=60,
            raise_on_iopub_timeout=True,
            resources={"metadata": {"path": str(notebook.path.resolve().parent)}},
        )
        said = (scratch / "stderr").open("wb")
        current: Cell | None = None
        results = []
        try:
            await client.async_start_new_kernel(
                env=environment(scratch), stdout=subprocess.DEVNULL, stderr=said
            )
            await client.async_start_new_kernel_client()
            for count, cell in enumerate(_runnable(notebook), start=1):
                current = cell
                target = book.cells[cell.index]
                await client.async_execute_cell(target, cell.index, execution_count=count)
                results.append({"execution_count": count, "outputs": _plain(target.outputs)})
        except CellExecutionError as error:
            assert current is not None
            raise _failed(notebook, root, current, book.cells[current.index], error) from None
        except CellTimeoutError:
            hint = "make it faster, or split it"
            raise _problem(notebook, root, current, f"took longer than {timeout:g} seconds", hint) from None
        except (DeadKernelError, RuntimeError, OSError, ImportError) as error:
            said.flush()
            words = _words((scratch / "stderr").read_text("utf-8", "replace"))
            reason = f": {words[-1][:200]}" if words else ""
            if current is None:
                hint = "is ipykernel installed where tieout runs? python -m pip install ipykernel"
                what = f"the kernel {KERNEL} could not be started ({error or type(error).__name__}){reason}"
            else:
                hint = "look for what ends or exhausts the process in this cell"
                what = f"the kernel died while running this cell{reason}"
            raise _problem(notebook, root, current, what, hint, rule="kernel") from None
        finally:
            if client.kc is not None:
                client.kc.stop_channels()
            if manager.has_kernel:
                await manager.shutdown_kernel(now=True)
            said.close()
        return results


def _manager(scratch: Path) -> Any:
    """Return a manager of kernels that run in this very interpreter, whatever the machine has registered."""
    from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
    from jupyter_client.manager import AsyncKernelManager

    class OwnInterpreter(KernelSpecManager):
        def get_kernel_spec(self, kernel_name: str) -> Any:
            command = [sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel_launcher"]
            return KernelSpec(argv=[*command, "-f", "{connection_file}"], language="python")

    return AsyncKernelManager(
        kernel_name=KERNEL,
        kernel_spec_manager=OwnInterpreter(),
        connection_file=str(scratch / "kernel.json"),
    )


def _words(said: str) -> list[str]:
    """Return what a dying kernel said, without what every kernel says."""
    return [line for line in said.splitlines() if line.strip() and "WARNING" not in line]


def _fresh(cell: Mapping[str, Any]) -> dict[str, Any]:
    kept = {**cell, "source": "".join(cell["source"]), "metadata": dict(cell.get("metadata", {}))}
    return {**kept, "outputs": [], "execution_count": None} if cell["cell_type"] == "code" else kept


def _plain(outputs: Any) -> list[dict[str, Any]]:
    return list(json.loads(json.dumps(outputs)))


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
    own = str(len([other for other in _runnable(notebook) if other.index <= cell.index]))
    lines = [int(line) for count, line in places if count == own]
    value = re.sub(r" \(\d+\.py, line \d+\)$", "", " ".join(_ANSI.sub("", error.evalue).split()))
    name = "" if error.ename == "InputError" else f"{error.ename}: "
    hint = "correct the cell, then run again"
    return _problem(notebook, root, cell, f"{name}{value[:500]}", hint, lines[0] if lines else 1)


def _read(path: Path, count: int) -> list[dict[str, Any]] | None:
    """Return what an earlier run left, where it is whole."""
    try:
        stored = json.loads(path.read_text("utf-8"))
        whole = [result["execution_count"] for result in stored] == list(range(1, count + 1))
        if not whole or not all(isinstance(result["outputs"], list) for result in stored):
            return None
    except (OSError, ValueError, TypeError, KeyError):
        return None
    path.touch()
    return list(stored)


def _store(path: Path, results: list[dict[str, Any]]) -> None:
    _write(path, json.dumps(results, ensure_ascii=False, sort_keys=True))


def _prune(folder: Path) -> None:
    """Keep the results used last."""
    if folder.is_dir():
        files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
        for file in files[KEPT:]:
            file.unlink(missing_ok=True)


def _write(path: Path, text: str) -> bool:
    """Write a file in one step unless it holds just that; return whether it was written."""
    data = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".tieout-", delete=False) as file:
        file.write(data)
    temporary = Path(file.name)
    try:
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return True
