"""Run notebooks and store their outputs, so that the same inputs always leave the same bytes.

A kernel is started only where a notebook's code, Tieout, or anything that its last run asked for has changed:
`store` keeps what runs gave, and what they asked.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tieout.machine import write
from tieout.machine.asked import asked, hash_of
from tieout.machine.opened import OPENED
from tieout.machine.steps import Steps
from tieout.machine.store import FOLDER, Store, key_of
from tieout.machine.workers import workers as machine_workers
from tieout.notebooks import store
from tieout.notebooks.canonical import canonical
from tieout.notebooks.digests import environment_digest
from tieout.notebooks.gate import pictures
from tieout.notebooks.kernel import UNASKED, run
from tieout.notebooks.notebook import Notebook
from tieout.problems import InputError, Problem

if TYPE_CHECKING:
    from tieout.notebooks.remote import Cluster

Progress = Callable[[str], None]

TIMEOUT = 600


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
    force, timeout
        As for `execute_all`.

    Raises
    ------
    InputError
        The notebook cannot be read, its kernel is missing or dies, or a cell fails or takes too long; the
        notebook then stays as it was.
    """
    root = root or path.parent
    path = path if path.is_absolute() else root / path
    return bool(execute_all(root, [Notebook.load(path, root)], force=force, timeout=timeout))


def execute_all(
    root: Path,
    notebooks: Sequence[Notebook],
    *,
    force: bool = False,
    timeout: float | None = TIMEOUT,
    memory: int | None = None,
    workers: int | None = None,
    cluster: Cluster | None = None,
    progress: Progress = lambda _message: None,
    steps: Steps | None = None,
    figures: Path | None = None,
) -> list[Path]:
    """Run several notebooks, some at a time, and return the files that changed.

    All notebooks are tried before the first failure is raised.

    Parameters
    ----------
    root
        The project's folder.
    notebooks
        The notebooks, as their files hold them.
    force
        Run them though nothing has changed.
    timeout
        Seconds that one cell may take; None for no limit.
    memory
        Bytes that a kernel may hold; None for no limit.
    workers
        How many run at a time; as many as the machine has cores unless it is given.
    cluster
        Where they run, if not on this machine: its workers take as many as they have places for.
    progress
        Is told which notebook begins.
    steps
        Take down what was run, and why.
    figures
        The folder of the figures that notebooks make; `figures` in the project where it is not given.

    Raises
    ------
    InputError
        As `execute`, for all notebooks that fail.
    """
    shared = environment_digest()
    done = Steps(Store(root / FOLDER)) if steps is None else steps
    places = len(notebooks) if cluster else workers or machine_workers()
    pictured = figures or root / "figures"
    run_one = _Runner(root, shared, force, timeout, memory, cluster, progress, done, pictured)
    results = asyncio.run(_gather(run_one, notebooks, places))
    problems: list[Problem] = []
    changed = []
    for notebook, result in zip(notebooks, results, strict=True):
        if isinstance(result, InputError):
            problems.extend(result.problems)
        elif isinstance(result, BaseException):
            raise result
        elif result:
            changed.append(notebook.path)
    store.prune(root)
    if problems:
        raise InputError(problems)
    return changed


async def _gather(
    run_one: _Runner, notebooks: Sequence[Notebook], workers: int
) -> list[bool | BaseException]:
    places = asyncio.Semaphore(workers)

    async def one(notebook: Notebook) -> bool:
        async with places:
            return await run_one(notebook)

    return await asyncio.gather(*map(one, notebooks), return_exceptions=True)


@dataclass(frozen=True)
class _Runner:
    """Runs one notebook of several, where it is to be run; see `execute_all`."""

    root: Path
    shared: str
    force: bool
    timeout: float | None
    memory: int | None
    cluster: Cluster | None
    progress: Progress
    steps: Steps
    figures: Path

    async def __call__(self, notebook: Notebook) -> bool:
        root, steps, shared = self.root, self.steps, self.shared
        name = notebook.shown(root)
        key = digest(notebook, root, shared)
        stored, why = (None, "all were to run")
        if not self.force:
            stored, why = store.find(root, key, len(notebook.code))
        if stored is None:
            last = steps.last_time("execute", name)
            self.progress(f"Executing {name}" + (f" ({last} s last time)" if last else ""))
            began = time.perf_counter()
            stored, questions = await self._run(notebook)
            if questions is not None:
                store.keep(root, key, stored, questions)
            else:  # a file changed meanwhile: the next build runs it again
                OPENED.note("unsettled", name)
            steps.note("execute", name, why, began)
        else:
            steps.taken["execute"] += 1
        return _stored(root, notebook, stored, steps, shared, self.figures)

    async def _run(self, notebook: Notebook) -> tuple[list[dict[str, Any]], dict[str, str] | None]:
        if self.cluster is not None:
            ran = await asyncio.to_thread(self.cluster.run, notebook, self.shared, self.timeout, self.memory)
            return ran.results, ran.asked
        traced: list[dict[str, str] | None] = []
        results = await run(
            notebook,
            self.root,
            self.timeout,
            self.memory,
            lambda trace: traced.append(asked(self.root, trace, UNASKED)),
        )
        return results, traced[0] if traced else None


def _stored(
    root: Path,
    notebook: Notebook,
    stored: Sequence[Mapping[str, Any]],
    steps: Steps,
    shared: str,
    figures: Path,
) -> bool:
    """Put what a run gave into the notebook's file; return whether that is another now than it was.

    Raises
    ------
    InputError
        The notebook's code has been edited since it was read; the file stays as it is.
    """
    read, notebook = notebook, _now(notebook, root)
    cells = [dict(cell) for cell in notebook.data["cells"]]
    for cell in notebook.cells:
        if cell.kind == "code":
            cells[cell.index] |= {"execution_count": None, "outputs": []}
    for cell, result in zip(notebook.code, stored, strict=True):
        cells[cell.index] |= result
    kept, given = steps.store, hash_of(stored)
    if kept.recall(key_of("canonical", shared, given, notebook.raw)) is not None:
        text, done = notebook.raw, notebook
    else:
        text = canonical({**notebook.data, "cells": cells})
        done = notebook if text == notebook.raw else Notebook.parse(text, notebook.path, root)
        kept.keep(key_of("canonical", shared, given, text), b"")
    for file, content in pictures(done).items():
        _write(figures / file, content)
    return _write(notebook.path, text) or notebook is not read


def _now(notebook: Notebook, root: Path) -> Notebook:
    """Return a notebook as its author may have saved it since it was read."""
    try:
        data = notebook.path.read_bytes()
    except OSError:
        data = b""
    if data == notebook.raw.encode("utf-8"):
        return notebook
    now = Notebook.load(notebook.path, root)
    if [cell.source for cell in now.code] != [cell.source for cell in notebook.code]:
        what, hint = "its code was edited while it ran, so that nothing is stored in it", "build again"
        raise InputError(what, hint, path=now.shown(root), rule="changed")
    return now


def digest(notebook: Notebook, root: Path, shared: str | None = None) -> str:
    """Return the hash of what a notebook's outputs follow from, whatever it reads.

    That is its code, its place in the project, Tieout itself, and the libraries that compute and draw; prose
    is no part of it.
    """
    parts = [
        shared or environment_digest(), notebook.shown(root), *(cell.source for cell in notebook.code)
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _write(path: Path, text: str) -> bool:
    return write(path, text.encode("utf-8"))
