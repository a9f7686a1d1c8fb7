"""What pint has said, kept for the environment: to load it takes longer than most edits are to take.

An answer follows from pint, from this code and from the question, and lies beside pint's own compiled
code, as what `registry` parses does. Where that cannot be read or written, pint is asked again.
"""

from __future__ import annotations

import atexit
import importlib.metadata
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

NAME = "units-said"
MOST = 2000  # answers that are kept, the latest
BROKEN = (OSError, ValueError)


class Remembered:
    """Answers by questions, both as JSON has them.

    Parameters
    ----------
    code
        The files that answers follow from besides pint.
    place
        The folder to keep them in; pint's own where none is given.
    """

    def __init__(self, code: Sequence[Path], place: Path | None = None) -> None:
        version = importlib.metadata.version("pint")
        text = "".join(path.read_text(encoding="utf-8") for path in code)
        key = sha256(f"{version} {text}".encode()).hexdigest()[:16]
        self.path = (place or _beside_pint()) / f"{NAME}-{key}.{sys.implementation.cache_tag}.json"
        self._known = _read(self.path)
        self._new: dict[str, Any] = {}

    def answer(self, question: Sequence[str], ask: Callable[[], Any]) -> Any:
        """Return what was said to a question, or ask."""
        key = json.dumps(question)
        if key in self._known:
            return self._known[key]
        if not self._new:
            atexit.register(self.keep)
        self._known[key] = self._new[key] = ask()
        if not len(self._new) & (len(self._new) - 1):  # 1, 2, 4, 8: a kernel is ended before its exit
            self.keep()
        return self._known[key]

    def keep(self) -> None:
        """Write what is new to what other processes have written meanwhile."""
        kept = list((_read(self.path) | self._new).items())[-MOST:]
        with suppress(OSError):
            self.path.parent.mkdir(exist_ok=True)
            number, name = tempfile.mkstemp(prefix=self.path.name, dir=self.path.parent)
            with os.fdopen(number, "w", encoding="utf-8") as file:
                json.dump(dict(kept), file)
            Path(name).chmod(0o644)
            Path(name).replace(self.path)
            for other in self.path.parent.glob(f"{NAME}*"):  # of another version
                if other != self.path:
                    other.unlink()


def _beside_pint() -> Path:
    found = find_spec("pint")
    return Path(found.origin if found and found.origin else __file__).parent / "__pycache__"


def _read(path: Path) -> dict[str, Any]:
    with suppress(*BROKEN):
        known = json.loads(path.read_bytes())
        if isinstance(known, dict):
            return known
    return {}
