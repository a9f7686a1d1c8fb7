"""What a process has made and keeps from one command to the next, while what it was made of stays the same.

`preview` runs the same command at every change: what has not changed is the same object again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

Made = TypeVar("Made")


class Memory:
    """Objects by all that they follow from; nobody changes them.

    Parameters
    ----------
    before
        What the command before made.
    """

    def __init__(self, before: Memory | None = None) -> None:
        self._before = dict(before._held) if before is not None else {}
        self._held: dict[Hashable, object] = {}

    def made(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what was made under a key, by this command or the one before; else make it.

        Parameters
        ----------
        key
            What kind of object it is, and everything that it follows from.
        """
        if key not in self._held:
            self._held[key] = self._before[key] if key in self._before else make()
        return cast(Made, self._held[key])

    def holds(self, key: Hashable) -> bool:
        """Whether something was made under a key, by this command or the one before."""
        return key in self._held or key in self._before

    def forget(self, key: Hashable) -> None:
        """Let go of what was made under a key."""
        self._held.pop(key, None)
        self._before.pop(key, None)
