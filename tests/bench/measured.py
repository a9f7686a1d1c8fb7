"""A command as a whole: seconds by the clock and of the processor, its children's too, and memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Measured:
    """What a command took: seconds by the clock, seconds of the processor, peak memory in bytes."""

    wall: float
    cpu: float
    memory: int

    def __str__(self) -> str:
        return f"{self.wall:.2f} s | {self.cpu:.2f} s | {self.memory / 2**20:,.0f} MB"


def measure(command: Sequence[str], cwd: Path, statuses: Collection[int] = (0,)) -> Measured:
    """Run a command, which has to end with one of some statuses, and measure it."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=cwd, stdout=said, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode not in statuses:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}: {said.read().decode(errors='replace')[-2000:]}")
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Measured(wall, used.ru_utime + used.ru_stime, int(kilobytes * 1024))


def median(
    command: Sequence[str],
    cwd: Path,
    runs: int = 3,
    before: Callable[[int], object] = lambda _run: None,
    statuses: Collection[int] = (0,),
) -> Measured:
    """Measure a command several times, each after `before` has prepared it; return the run in the middle."""
    found = []
    for number in range(runs):
        before(number)
        found.append(measure(command, cwd, statuses))
    middle = statistics.median_low([each.wall for each in found])
    return next(each for each in found if each.wall == middle)


def tieout(*arguments: str) -> list[str]:
    """Return the command line of Tieout in this environment."""
    return [sys.executable, "-m", "tieout", *arguments]
