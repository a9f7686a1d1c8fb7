"""How many things are done at a time: as many as there are cores, or as the user says."""

from __future__ import annotations

import os

JOBS = "TIEOUT_JOBS"


def workers() -> int:
    """Return the number of kernels, of pandoc's processes and of threads that run at a time."""
    given = os.environ.get(JOBS, "")
    if given.isdecimal() and int(given):
        return int(given)
    free = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(2, free)
