"""How work grows with what it is done on, whatever else the machine does meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable

TRIES = 5


def keeps_step(work: Callable[[int], object], size: int) -> bool:
    """Whether ten times as much takes about ten times as long, and not a hundred.

    Time is this thread's time on a processor, and the best of some tries counts: another process that takes
    the processor or its caches away can spoil a try, and not make slow work quick.
    """
    work(size)
    return any(_seconds(work, 10 * size) < 0.02 + 30 * _seconds(work, size) for _ in range(TRIES))


def _seconds(work: Callable[[int], object], size: int) -> float:
    start = time.thread_time()
    work(size)
    return time.thread_time() - start
