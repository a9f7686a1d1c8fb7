"""Steps of a command: each is done once for the same input, counted, and timed.

Their names are for people: ``execute`` a notebook, ``read`` and ``resolve`` a chapter, write a ``page``.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tieout.machine.reasons import MADE_WITH, Reasons
from tieout.machine.store import Store, code_hash, installed, key_of

SOURCE = Path(__file__).parents[1]
LONG = 2.0  # seconds after which people want to know how long a step takes
CHANGED = "its input has changed, or was never seen"


@dataclass(frozen=True)
class Done:
    """A step that was done: its name, of what, why, when it began and how long it took, in seconds."""

    step: str
    what: str
    why: str
    began: float
    seconds: float
    thread: str


class Steps:
    """What was done for this command, and what had been done before.

    Parameters
    ----------
    store
        Where results are kept.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.reasons = Reasons(store)
        self.done: list[Done] = []
        self.taken: Counter[str] = Counter()
        self._began: dict[str, float] = {}
        self.since = time.perf_counter()

    @property
    def counts(self) -> Counter[str]:
        """How often each step was done."""
        return Counter(each.step for each in self.done)

    def recall(self, step: str, key: str) -> bytes | None:
        """Return what a step gave before; where it gave nothing, it is to be done now, and kept."""
        known = self.store.recall(key)
        if known is None:
            self._began[key] = time.perf_counter()
        else:
            self.taken[step] += 1
        return known

    def keep(
        self,
        step: str,
        key: str,
        data: bytes,
        what: str = "",
        began: float | None = None,
        parts: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep what a step gave that `recall` did not know, from where on it began to be done.

        Parameters
        ----------
        parts
            What it followed from; see `Reasons.why`.
        """
        self.store.keep(key, data)
        known = self._began.pop(key, time.perf_counter())
        made = [code_hash(SOURCE), installed()]
        why = CHANGED if parts is None else self.reasons.why(step, what, {MADE_WITH: made, **parts})
        self.note(step, what, why, known if began is None else began)

    def note(self, step: str, what: str, why: str, began: float) -> None:
        """Take down that a step was done, which began at a reading of `time.perf_counter`."""
        name = threading.current_thread().name
        seconds = time.perf_counter() - began
        self.done.append(Done(step, what, why, began, seconds, name))
        if seconds >= LONG:
            self.store.keep(key_of("seconds", step, what), str(round(seconds)).encode())

    def last_time(self, step: str, what: str) -> int | None:
        """Return how many seconds a long step took when it was done last; None where that is not known."""
        known = self.store.recall(key_of("seconds", step, what))
        return None if known is None else int(known)

    def take(
        self,
        step: str,
        key: Sequence[Any],
        make: Callable[[], Any],
        what: str = "",
        parts: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the plain data that a step gives, from an earlier run of it where there was one.

        Parameters
        ----------
        step
            Its name.
        key
            Everything that the result follows from besides Tieout and its libraries, as plain data.
        make
            The step itself.
        what
            What it is done to, for people.
        parts
            The parts of the key by what people call them; see `Reasons.why`.
        """
        place = key_of(step, code_hash(SOURCE), installed(), *key)
        kept = self.recall(step, place)
        if kept is None:
            kept = json.dumps(make(), ensure_ascii=False).encode("utf-8", "surrogatepass")
            self.keep(step, place, kept, what, parts=parts)
        return json.loads(kept)


def summary(steps: Steps) -> str:
    """Return in a line what a build ran and wrote, of how much, and how long it took."""
    counts, parts = steps.counts, []
    for step, noun in (("execute", "notebooks run"), ("page", "pages written")):
        if total := counts[step] + steps.taken[step]:
            parts.append(f"{counts[step]} of {total} {noun}")
    if counts["pdf"]:
        parts.append("the PDF set")
    parts.append(f"in {time.perf_counter() - steps.since:.1f} s")
    return ", ".join(parts)


def told(steps: Steps) -> str:
    """Return what was done, and why, then how often each step was done or taken from earlier."""
    lines = [f"{each.step} {each.what}: {each.why}".replace(" :", ":") for each in steps.done if each.what]
    counts = steps.counts
    for step in dict.fromkeys((*counts, *steps.taken)):
        lines.append(f"{step}: {counts[step]} done, {steps.taken[step]} as before")
    return "\n".join(lines)


def trace(done: Sequence[Done]) -> str:
    """Return steps in the trace format of Chrome, which browsers and profilers draw."""
    events = [
        {
            "name": f"{each.step} {each.what}".strip(),
            "cat": each.step,
            "ph": "X",
            "ts": round(each.began * 1e6),
            "dur": round(each.seconds * 1e6),
            "pid": 1,
            "tid": each.thread,
            "args": {"why": each.why},
        }
        for each in done
    ]
    return json.dumps({"traceEvents": events}, ensure_ascii=False, indent=1) + "\n"
