"""Runs the pandoc that comes with the wheel, and turns its complaints into errors that name the chapter."""

from __future__ import annotations

import functools
import json
import os
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tieout.machine import Limits, TooMuch
from tieout.machine import run as run_program
from tieout.machine.asked import digest
from tieout.machine.pandoc import command
from tieout.machine.steps import Steps
from tieout.machine.store import code_hash, file_hash, installed, key_of, version
from tieout.problems import InputError

SOURCE = Path(__file__).parents[1]
FILTERS = Path(__file__).parent / "filters"
MORE = "split the chapter, or raise `tieout: limits:` in _quarto.yml"
WARNING = re.compile(r"^\[WARNING\]\s*(.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Made:
    """What a run gave: its output, what it warned of, and how many seconds it took."""

    out: str
    warnings: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class Call:
    """A run of pandoc.

    Parameters
    ----------
    arguments
        Its options.
    text
        Its input.
    name
        What is converted, for messages.
    cwd
        The folder it runs in.
    also
        What else that follows from which is kept of its output, as plain data; empty for the output itself.
    files
        Files that its options name and that are written when it runs, by their paths.
    form
        The format that it is made for, where there may be two, for people.
    parts
        What it follows from, by what people call it; see `tieout.machine.reasons`.
    """

    arguments: tuple[str, ...]
    text: str
    name: str
    cwd: Path | None = None
    also: tuple[Any, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    form: str = ""
    parts: Mapping[str, Any] | None = None

    @functools.cached_property
    def key(self) -> str | None:
        """Files by what they hold, all else as it is; None where a filter of the project's runs."""
        known = []
        for before, argument in zip(["", *self.arguments], self.arguments, strict=False):
            head, equals, tail = argument.rpartition("=")
            path = (self.cwd or Path()) / tail
            if before == "-L":
                if not _is_ours(path):
                    return None
                known.append(f"{path.name} {code_hash(path.parent)}")
            elif tail in self.files:
                known.append(f"{head}{equals}{digest(self.files[tail].encode())}")
            elif len(tail) < 4096 and path.is_file():
                known.append(f"{head}{equals}{_hash(path)}")
            else:
                known.append(argument)
        made = [code_hash(SOURCE), installed(), *self.also] if self.also else []
        return key_of("pandoc", version("pypandoc_binary"), known, self.text, made)

    def write(self) -> None:
        """Write the files that its options name."""
        for name, text in self.files.items():
            Path(name).write_text(text, encoding="utf-8")


def run(
    arguments: Sequence[str],
    text: str,
    name: str,
    cwd: Path | None = None,
    limits: Limits | None = None,
    steps: Steps | None = None,
    step: str = "pandoc",
) -> tuple[str, list[str]]:
    """Run pandoc on a text; it reads the files that its options name and nothing else, and asks no network.

    What the same options and files made of the same text before is taken again.

    Parameters
    ----------
    arguments
        Its options.
    text
        Its input.
    name
        What is converted, for messages.
    cwd
        The folder it runs in.
    limits
        What it may take.
    steps, step
        Where results are kept, and under which name the run is counted.

    Returns
    -------
    Its output, and what it warned of.

    Raises
    ------
    InputError
        Pandoc failed, with its own words, or took too much.
    """
    return answer(Call(tuple(arguments), text, name, cwd), limits, steps, step)


def answer(
    call: Call,
    limits: Limits | None = None,
    steps: Steps | None = None,
    step: str = "pandoc",
    ahead: Mapping[str, Made] = {},
) -> tuple[str, list[str]]:
    """Return what a run gives, as `run` does, where it was made ahead from there."""
    out, said = made_of(call, lambda *given: given, limits, steps, step, ahead)
    return out, said


def made_of(
    call: Call,
    make: Callable[[str, list[str]], Any],
    limits: Limits | None,
    steps: Steps | None,
    step: str,
    ahead: Mapping[str, Made],
) -> Any:
    """Return what is made of a run's output and warnings, as plain data: that is kept, not the output.

    Parameters
    ----------
    make
        Follows from its arguments and from what the run has under ``also``.
    """
    key = call.key if steps is not None else None
    known = steps.recall(step, key) if steps is not None and key else None
    if known is not None:
        return json.loads(known)
    began = time.perf_counter()
    given = ahead.get(key) if key else None
    result = make(given.out, [*given.warnings]) if given else make(*_run(call, limits))
    if steps is not None and key:
        began -= given.seconds if given else 0
        what = f"{call.name} for {call.form}" if call.form else call.name
        steps.keep(step, key, json.dumps(result, ensure_ascii=False).encode(), what, began, call.parts)
    return result


def environment() -> Mapping[str, str]:
    """Return the variables that pandoc runs with."""
    return {**os.environ, "LC_ALL": "C.UTF-8"}


def _run(call: Call, limits: Limits | None) -> tuple[str, list[str]]:
    call.write()
    try:
        ran = run_program(
            [*command(), *call.arguments],
            data=call.text.encode(),
            cwd=call.cwd,
            environment=environment(),
            limits=limits,
        )
    except TooMuch as error:
        raise InputError(f"pandoc {error} with it", MORE, path=call.name, rule="limit") from None
    said = ran.err.decode(errors="replace").strip()
    if ran.status:
        at = re.search(r"\(line (\d+), column \d+\)", said)
        words = " ".join(re.sub(r"stack traceback:.*", "", said, flags=re.DOTALL).split())
        what = f"pandoc cannot read it: {words or ran.status}"
        raise InputError(what, path=call.name, line=int(at[1]) if at else None, rule="pandoc")
    return ran.out.decode(), WARNING.findall(said)


def _hash(path: Path) -> str:
    """Return the hash of a file's content, which many runs of a command name."""
    stat = path.stat()
    return _hashed(path, stat.st_ino, stat.st_size, stat.st_mtime_ns)


@functools.lru_cache(maxsize=256)
def _hashed(path: Path, *_stamp: int) -> str:
    return file_hash(path)


@functools.lru_cache(maxsize=64)
def _is_ours(path: Path) -> bool:
    """Whether a filter is one of the engine's, or the extension as it is shipped or put into the project."""
    folder = path.parent.resolve()
    return (
        folder.is_relative_to(FILTERS.parent.resolve())
        or folder.parts[-2:] == ("_extensions", "tieout")
        or (folder.name == "extension" and folder.parent == FILTERS.parents[1].resolve())
    )


def filters(*names: str) -> list[str]:
    """Return the options that run the engine's own filters, in order."""
    return [argument for name in names for argument in ("-L", str(FILTERS / f"{name}.lua"))]
