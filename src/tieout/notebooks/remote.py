"""Runs notebooks on the workers of a Dask cluster; what they give goes into the same store as any other run.

A worker has Tieout and the same libraries. The project's files go there by what they hold, each once; the
notebook runs in a copy of the project, which is removed afterwards.
"""

from __future__ import annotations

import asyncio
import concurrent.futures
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tieout.machine import scratch
from tieout.machine.asked import WORKING, asked
from tieout.notebooks.digests import environment_digest
from tieout.notebooks.kernel import UNASKED, run
from tieout.notebooks.notebook import Notebook
from tieout.problems import InputError, Problem

# What a process is told of its own machine; all other variables are those of who asks.
OF_THE_MACHINE = ("PATH", "HOME", "USER", "LOGNAME", "SHELL", "PWD", "TMPDIR", "TEMP", "TMP", "VIRTUAL_ENV")
OF_ITS_OWN = ("PYTHON", "LD_", "XDG_", "DASK_", "SSH_")
TRIES = 3  # runs of one notebook
PATIENCE = 30  # seconds that a scheduler is given to answer


@dataclass(frozen=True)
class Ran:
    """What a run on a worker gave.

    Parameters
    ----------
    results
        The count and the outputs of each code cell.
    asked
        The questions that the kernel asked, with their answers; None where a file changed meanwhile.
    problems
        Why it failed.
    """

    results: list[dict[str, Any]]
    asked: dict[str, str] | None = None
    problems: tuple[Problem, ...] = ()


class Cluster:
    """A Dask cluster; see `joined`."""

    def __init__(self, client: Any, root: Path, output: str) -> None:
        self.client, self.root, self.output = client, root, output

    def _ship(self) -> dict[str, Any]:
        """Bring the project's files to all workers, each content once, by its hash."""
        return {
            path.relative_to(self.root).as_posix(): self.client.scatter(
                path.read_bytes(), hash=True, broadcast=True
            )
            for path in _shipped(self.root, self.output)
        }

    def run(self, notebook: Notebook, shared: str, timeout: float | None, memory: int | None) -> Ran:
        """Run a notebook on a worker, on another one where that is lost.

        Raises
        ------
        InputError
            It fails, or no worker is left to run it.
        """
        from distributed import KilledWorker

        name = notebook.shown(self.root)
        for _ in range(TRIES):
            files = self._ship()
            sent = (name, list(files), list(files.values()), _environment(), shared, timeout, memory)
            future = self.client.submit(execute_there, *sent, pure=False)
            try:
                ran: Ran = future.result()
                break
            except (KilledWorker, concurrent.futures.CancelledError, asyncio.CancelledError):
                continue  # the files may have gone with a worker: they are brought again
        else:
            hint = "look at the workers' own words, at their memory first"
            raise InputError("the workers that ran it were lost", hint, path=name, rule="kernel")
        if ran.problems:
            raise InputError(ran.problems)
        return ran


@contextmanager
def joined(address: str, root: Path, output: str = "_site") -> Iterator[Cluster]:
    """Join the cluster of a scheduler: ``tcp://host:8786``.

    Parameters
    ----------
    root
        The project's folder.
    output
        The folder of its site, which no notebook needs.

    Raises
    ------
    InputError
        The package is not installed, or no scheduler answers.
    """
    try:
        from distributed import Client
    except ImportError:
        hint = "python -m pip install 'tieout[dask]'"
        raise InputError("--scheduler needs the package distributed", hint, rule="scheduler") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        why = next(iter(str(error).splitlines()), "") or type(error).__name__
        what = f"no scheduler answers at {address}: {why}"
        raise InputError(what, "start one with `dask scheduler`", rule="scheduler") from None
    with client:
        yield Cluster(client, root, output)


def execute_there(
    name: str,
    names: list[str],
    contents: list[bytes],
    variables: Mapping[str, str],
    shared: str,
    timeout: float | None,
    memory: int | None,
) -> Ran:
    """Run a notebook in a copy of the project; called on a worker.

    Parameters
    ----------
    name
        The notebook's, in the project.
    names, contents
        The project's files.
    variables
        Of the environment.
    shared
        The hash of the environment that asks: this one's has to be the same.
    timeout, memory
        As for any run.
    """
    if environment_digest() != shared:
        what = "the worker that was to run it has other versions of Python, Tieout or libraries"
        return Ran([], problems=(Problem(what, "install the same lock file there", name, rule="scheduler"),))
    traced: list[dict[str, str] | None] = []
    with scratch() as folder:
        root = folder / "project"
        for each, data in zip(names, contents, strict=True):
            (root / each).parent.mkdir(parents=True, exist_ok=True)
            (root / each).write_bytes(data)
        read: Callable[[Path], None] = lambda trace: traced.append(asked(root, trace, UNASKED))  # noqa: E731
        try:
            notebook = Notebook.load(root / name, root)
            results = asyncio.run(run(notebook, root, timeout, memory, read, variables))
        except InputError as error:
            return Ran([], problems=tuple(error.problems))
    return Ran(results, traced[0] if traced else None)


def _shipped(root: Path, output: str) -> Iterator[Path]:
    """Give the files that a notebook may read: all but working folders and what was built."""
    for folder, folders, names in os.walk(root):
        inside = Path(folder).relative_to(root)
        left_out = {
            each
            for each in folders
            if each in WORKING or each.startswith(".") or (inside / each).as_posix() == output
        }
        folders[:] = sorted(set(folders) - left_out)
        yield from (Path(folder) / name for name in sorted(names) if (Path(folder) / name).is_file())


def _environment() -> dict[str, str]:
    return {
        name: value
        for name, value in os.environ.items()
        if name not in OF_THE_MACHINE and not name.startswith(OF_ITS_OWN)
    }
