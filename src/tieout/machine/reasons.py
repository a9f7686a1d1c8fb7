"""Why a step is done: which part of what it follows from is no longer as it was when it was done last."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from threading import Lock
from typing import Any

from tieout.machine.store import Store, key_of

NAMED = 3  # parts that are named; more are counted
NEW = "it was never done before"
MADE_WITH = "Tieout or what is installed"
ELSE = "what it follows from has changed, or what was kept of it is gone"


class Reasons:
    """What steps were done with, by the names that people know their parts by.

    Parameters
    ----------
    store
        Where it is kept from one command to the next.
    """

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._known: dict[str, dict[str, dict[str, str]]] = {}

    def why(self, step: str, what: str, parts: Mapping[str, Any]) -> str:
        """Return why a step is done now, and take down with what, for the next time.

        Parameters
        ----------
        step, what
            The step, and what it is done to.
        parts
            All that it follows from, as plain data, by what people call it: ``market.2024``, ``its text``.
        """
        now = {name: _hash(part) for name, part in parts.items()}
        with self._lock:
            of = self._of(what)
            last, of[step] = of.get(step), now
        if last is None:
            return NEW
        changed = [name for name in {**now, **last} if now.get(name) != last.get(name)]
        if not changed:
            return ELSE
        few, more = changed[:NAMED], len(changed) - NAMED
        listed = [*few, f"{more} more"] if more > 0 else few
        said = " and ".join([", ".join(listed[:-1]), listed[-1]] if len(listed) > 1 else listed)
        return f"{said} {'has' if len(changed) == 1 else 'have'} changed"

    def keep(self) -> None:
        """Keep what was taken down."""
        with self._lock:
            for what, of in self._known.items():
                self._store.keep(_place(what), json.dumps(of, ensure_ascii=False).encode())

    def _of(self, what: str) -> dict[str, dict[str, str]]:
        if what not in self._known:
            kept = self._store.recall(_place(what))
            self._known[what] = json.loads(kept) if kept else {}
        return self._known[what]


def _hash(part: Any) -> str:
    text = part if isinstance(part, str) else json.dumps(part, sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _place(what: str) -> str:
    return key_of("reasons", what)
