"""How long a command has to go: as long as it had from the same message on when it was run last."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence

from tieout.machine.steps import LONG
from tieout.machine.store import Store, key_of


class Remaining:
    """What a command says while it runs, and when.

    Parameters
    ----------
    store
        Where the times of the last run are kept.
    call
        The arguments of the command.
    """

    def __init__(self, store: Store, call: Sequence[str]) -> None:
        self._store, self._key = store, key_of("remaining", *call)
        known = store.recall(self._key)
        self._last: dict[str, float] = json.loads(known) if known else {}
        self._began: dict[str, float] = {}

    def told(self, message: str) -> str:
        """Return a message with the seconds that it was to the end last time, where they are long."""
        kind = re.sub(r"\d+|\(.*?\)", "", message)
        self._began[kind] = time.perf_counter()
        left = self._last.get(kind, 0.0)
        return f"{message} ({left:.0f} s to the end last time)" if left >= LONG else message

    def keep(self) -> None:
        """Keep the times of a run that has come to its end."""
        end = time.perf_counter()
        times = {kind: round(end - began, 1) for kind, began in self._began.items()}
        self._store.keep(self._key, json.dumps(times).encode())
