"""Waiting for what must come, as long as a busy machine may need, and no longer than until it is there."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 300


def until(done: Callable[[], object]) -> bool:
    """Wait until something is so; return whether it came to be."""
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
