"""Runs of pandoc that are alike made in few processes: to start it costs more than most chapters do.

What comes out is what each would have given by itself, and is kept under the same key. A run that fails,
warns or takes too much is made again alone, where what is said of it is its own. Few runs go to a process
that stays: what it has read of filters and templates it need not read again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import count
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from tieout.machine import Limits, Standing, TooMuch
from tieout.machine.pandoc import command
from tieout.machine.steps import Steps
from tieout.machine.workers import workers
from tieout.problems import InputError
from tieout.render.pandoc import FILTERS, Call, Made, environment, run
from tieout.render.tree import document

MOST = 16  # runs that one process makes
PORTION = 8 * MOST  # runs whose texts are held at a time
FEW = 2  # runs that the process which stays makes: a chapter for both formats
SHORT = 100_000  # characters of texts that it makes, however many they are
# What options of pandoc are called where it writes in Lua.
WRITING: Mapping[str, Mapping[str, Any]] = {
    "--standalone": {},
    "--mathml": {"html_math_method": "mathml"},
    "--section-divs": {"section_divs": True},
    "--wrap=none": {"wrap_text": "none"},
}
OPTIONS = ("-f", "json", "-t", "json", "-L", str(FILTERS / "together.lua"))
STANDING = ("-f", "markdown", *OPTIONS[2:])
NOTHING = document("[]")
_numbers = count()
Item = TypeVar("Item")


def portions(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Give as many things at a time as texts of runs are to be held for."""
    return (items[start : start + PORTION] for start in range(0, len(items), PORTION))


class Worker:
    """A process of pandoc that stays for further runs; it is started at the first, and where it has ended.

    Parameters
    ----------
    cwd
        The folder it runs in.
    """

    def __init__(self, cwd: Path) -> None:
        self._cwd, self._lock = cwd, Lock()
        self._program: Standing | None = None

    def make(self, listed: Path, limits: Limits) -> None:
        """Make the runs that a file lists.

        Raises
        ------
        TooMuch, OSError
            It has taken too much, or ended: what it has written may not be whole.
        InputError
            There is no pandoc.
        """
        with self._lock:
            if self._program is None:
                self._program = Standing([*command(), *STANDING, os.devnull], environment(), self._cwd)
            self._program.ask(str(listed).encode(), limits)

    def close(self) -> None:
        """Let go of it until the next run."""
        if self._program is not None:
            self._program.dismiss()


def together(
    calls: Sequence[Call],
    folder: Path,
    limits: Limits,
    steps: Steps,
    pool: Executor,
    worker: Worker | None = None,
) -> Mapping[str, Made]:
    """Make those runs that were not made before; return what they gave, by their keys.

    Parameters
    ----------
    calls
        What is to be run.
    folder
        Where files of the runs may lie.
    limits
        What each process may take.
    steps
        Knows what was made before.
    pool
        Where processes run beside each other.
    worker
        The process that makes few runs.
    """
    found = ((call, _job(call)) for call in calls if call.key and not steps.store.holds(call.key))
    jobs = [(call, job) for call, job in found if job is not None]
    if worker and (len(jobs) <= FEW or sum(len(call.text) for call, _ in jobs) <= SHORT):
        return dict(_made(jobs, folder, limits, worker)) if jobs else {}
    if len(jobs) < 2:
        return {}
    share = min(MOST, max(2, -(-len(jobs) // workers())))
    shares = [jobs[start : start + share] for start in range(0, len(jobs), share)]
    parts = pool.map(lambda part: dict(_made(part, folder, limits)), shares)
    return {key: made for part in parts for key, made in part.items()}


def _job(call: Call) -> dict[str, Any] | None:
    """Return a run as `together.lua` makes it; None where it asks for more than that can."""
    job: dict[str, Any] = {"meta": [], "filters": [], "options": {}}
    rest = iter(call.arguments)
    for name in rest:
        match name:
            case "--citeproc":
                job["filters"].append("citeproc")
            case "-f":
                job["from"] = next(rest)
            case "-t":
                job["to"] = next(rest)
            case "--standalone" | "--mathml" | "--section-divs" | "--wrap=none":
                job["options"] |= WRITING[name]
            case "--template" | "-d":
                job[{"-d": "defaults"}.get(name, "template")] = next(rest)
            case "-L":
                job["filters"].append(next(rest))
            case "-M":
                key, _, value = next(rest).partition("=")
                job["meta"].append([key, value])
            case "--bibliography" | "--csl":
                job["meta"].append([name.removeprefix("--"), next(rest)])
            case _:
                return None
    # Pandoc itself makes tabs and ends of lines alike before it reads.
    return None if "\t" in call.text or "\r" in call.text else job


def _made(
    jobs: Sequence[tuple[Call, Mapping[str, Any]]],
    folder: Path,
    limits: Limits,
    worker: Worker | None = None,
) -> Iterator[tuple[str, Made]]:
    stem = folder / f"together-{next(_numbers)}"
    told, outs = [], []
    for number, (call, job) in enumerate(jobs):
        text, out = Path(f"{stem}-{number}.in"), Path(f"{stem}-{number}.out")
        text.write_bytes(call.text.encode())
        call.write()
        told.append({**job, "text": str(text), "out": str(out)})
        outs.append((call, out))
    listed = Path(f"{stem}.json")
    listed.write_text(json.dumps(told), encoding="utf-8")
    try:
        if worker:
            worker.make(listed, limits)
        else:
            arguments = [*OPTIONS, "-M", f"tieout-jobs={listed}"]
            run(arguments, NOTHING, jobs[0][0].name, jobs[0][0].cwd, limits)
    except (InputError, OSError, TooMuch):
        return
    for call, out in outs:
        if call.key and out.is_file():
            seconds, _, result = out.read_bytes().decode().partition("\n")
            yield call.key, Made(result, (), float(seconds))
