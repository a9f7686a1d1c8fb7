"""Work done ahead on other cores, by forks of this process: what they keep in the store, it finds there.

What a fork gives is lost otherwise, and so is what goes wrong in it: who needs the result does the work
again, where both are said. So a fork changes nothing but the time.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress

from tieout.machine.processes import ENDING, kept
from tieout.machine.workers import workers

PATIENCE = 30.0  # seconds that a fork may take longer than what was done beside it
POLL = 0.02


def spare() -> int:
    """Return how many works may be done beside what this process does; none where forks are not safe."""
    return workers() - 1 if sys.platform == "linux" else 0


@contextmanager
def ahead(works: Sequence[Callable[[], object]]) -> Iterator[None]:
    """Do works in processes of their own beside what follows.

    At the end they are waited for; where there is an error they are ended, as they are when this process
    ends. No other thread may hold what they need: they are to begin before there are any.
    """
    with ExitStack() as stack:
        children = []
        for work in works:
            children.append(_fork(work))
            stack.enter_context(kept(children[-1]))
        try:
            yield
            _wait(children)
        finally:
            for child in children:
                _end(child)


def _fork(work: Callable[[], object]) -> int:
    child = os.fork()
    if child:
        with suppress(OSError):
            os.setpgid(child, child)
        return child
    try:
        with suppress(OSError):
            os.setpgid(0, 0)
        for number in ENDING:
            signal.signal(number, signal.SIG_DFL)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(nowhere, stream)
        sys.stdout = sys.stderr = os.fdopen(nowhere, "w")  # those of before may be held by who shows progress
        work()
    finally:
        os._exit(0)


def _wait(children: list[int]) -> None:
    until = time.monotonic() + PATIENCE
    while children and time.monotonic() < until:
        for child in [*children]:
            if os.waitpid(child, os.WNOHANG)[0]:
                children.remove(child)
        time.sleep(POLL if children else 0)


def _end(child: int) -> None:
    with suppress(OSError):
        os.killpg(child, signal.SIGKILL)
    with suppress(OSError):
        os.waitpid(child, 0)
