"""Steps of a command: each is taken once for the same input, and counted by name, done or taken again."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tieout.machine.store import Store, code_hash, installed, key_of

SOURCE = Path(__file__).parents[1]


class Steps:
    """What was done for this command, and what had been done before.

    Parameters
    ----------
    store
        Where results are kept.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.done: Counter[str] = Counter()
        self.taken: Counter[str] = Counter()

    def take(self, name: str, key: Sequence[Any], make: Callable[[], Any]) -> Any:
        """Return the plain data that a step gives, from an earlier run of it where there was one.

        Parameters
        ----------
        name
            The step, in a word: it is counted under this.
        key
            Everything that the result follows from besides Tieout and its libraries, as plain data.
        make
            The step itself.
        """
        place = key_of(name, code_hash(SOURCE), installed(), *key)
        kept = self.store.recall(place)
        if kept is not None:
            self.taken[name] += 1
            return json.loads(kept)
        text = json.dumps(make(), ensure_ascii=False)
        self.store.keep(place, text.encode("utf-8", "surrogatepass"))
        self.done[name] += 1
        return json.loads(text)
