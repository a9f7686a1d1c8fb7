"""What runs of notebooks gave, taken again only where everything they asked for is as it was.

A record has a strong key (the code, the libraries, Tieout itself) and the questions that the kernel asked
while it ran, each with a hash of the answer: it is valid as long as each has the same answer again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tieout.machine import write
from tieout.machine.asked import answer, hash_of
from tieout.machine.opened import OPENED

FOLDER = Path(".tieout/executed")
KEPT = 200
SAID = {"file": "the file", "listing": "the folder", "tree": "something in", "env": "the variable"}


NEW = "its code, or what it runs in, has changed or was never seen"


def find(root: Path, key: str, count: int) -> tuple[list[dict[str, Any]] | None, str]:
    """Return what an earlier run of so many cells gave, where all that it asked has the same answer now.

    Where there is none, None with the reason: what has another answer.
    """
    why = NEW
    for path in sorted((root / FOLDER).glob(f"{key}.*.json"), key=lambda file: -file.stat().st_mtime_ns):
        record = _read(path, key, count)
        if record is None:
            path.unlink(missing_ok=True)
            continue
        asked = record["asked"].items()
        changed = next((question for question, given in asked if answer(root, question) != given), None)
        if changed is None:
            path.touch()
            _note(record["asked"])
            return list(record["results"]), ""
        kind, _, name = changed.partition(":")
        why = f"{SAID.get(kind, kind)} {name} has changed" if why == NEW else why
    return None, why


def keep(root: Path, key: str, results: Sequence[Mapping[str, Any]], asked: Mapping[str, str]) -> None:
    """Keep what a run gave, under its key and the questions it asked."""
    _note(asked)
    body = {"key": key, "asked": dict(asked), "results": list(results)}
    text = json.dumps({**body, "hash": hash_of(body)}, ensure_ascii=False, sort_keys=True)
    name = hash_of(body["asked"])[:16]
    write(root / FOLDER / f"{key}.{name}.json", text.encode("utf-8"))


def _note(asked: Mapping[str, str]) -> None:
    """Let a build know what its notebooks follow from beside the project: it does not open that itself."""
    for question in asked:
        if question.startswith("file:../"):
            OPENED.note("input", question.removeprefix("file:"))


def prune(root: Path) -> None:
    """Keep the records that were used last."""
    folder = root / FOLDER
    if folder.is_dir():
        files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[KEPT:]:
            file.unlink(missing_ok=True)


def _read(path: Path, key: str, count: int) -> dict[str, Any] | None:
    """Return a record where it is whole: nobody has cut or changed it."""
    try:
        record = json.loads(path.read_text("utf-8"))
        given = record.pop("hash")
        cells = [result["execution_count"] for result in record["results"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    whole = given == hash_of(record) and record.get("key") == key and cells == list(range(1, count + 1))
    return record if whole else None
