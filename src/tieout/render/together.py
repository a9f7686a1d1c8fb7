"""Runs of pandoc that are alike made in few processes: to start it costs more than most chapters do.

What comes out is what each would have given by itself, and is kept under the same key. A run that fails,
warns or takes too much is made again alone, where what is said of it is its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from tieout.machine import Limits
from tieout.machine.steps import Steps
from tieout.machine.workers import workers
from tieout.problems import InputError
from tieout.render.pandoc import FILTERS, Call, Made, run
from tieout.render.tree import document

MOST = 16  # runs that one process makes
PORTION = 8 * MOST  # runs whose texts are held at a time
# What options of pandoc are called where it writes in Lua.
WRITING: Mapping[str, Mapping[str, Any]] = {
    "--standalone": {},
    "--mathml": {"html_math_method": "mathml"},
    "--section-divs": {"section_divs": True},
    "--wrap=none": {"wrap_text": "none"},
}
NOTHING = document("[]")
_numbers = count()
Item = TypeVar("Item")


def portions(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Give as many things at a time as texts of runs are to be held for."""
    return (items[start : start + PORTION] for start in range(0, len(items), PORTION))


def together(
    calls: Sequence[Call], folder: Path, limits: Limits, steps: Steps, pool: Executor
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
    """
    found = ((call, _job(call)) for call in calls if call.key and not steps.store.holds(call.key))
    jobs = [(call, job) for call, job in found if job is not None]
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
    jobs: Sequence[tuple[Call, Mapping[str, Any]]], folder: Path, limits: Limits
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
    arguments = [
        "-f",
        "json",
        "-t",
        "json",
        "-M",
        f"tieout-jobs={listed}",
        "-L",
        str(FILTERS / "together.lua"),
    ]
    try:
        run(arguments, NOTHING, jobs[0][0].name, jobs[0][0].cwd, limits)
    except InputError:
        return
    for call, out in outs:
        if call.key and out.is_file():
            seconds, _, result = out.read_bytes().decode().partition("\n")
            yield call.key, Made(result, (), float(seconds))
