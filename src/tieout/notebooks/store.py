"""What runs of notebooks gave, taken again only where everything they asked for is as it was.

A record has a strong key (the code, the libraries, Tieout itself) and the questions that the kernel asked
while it ran, each with a hash of the answer: it is valid as long as each has the same answer again.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tieout.machine import write
from tieout.machine.opened import LIBRARIES, stamped

FOLDER = Path(".tieout/executed")
KEPT = 200
ABSENT = "absent"
DATA = "data"
# Folders of a project that hold nothing a report follows from.
WORKING = frozenset((".git", ".venv", ".tieout", ".quarto", "__pycache__", ".ipynb_checkpoints"))
_SYSTEM = ("/usr/", "/etc/", "/var/", "/opt/", "/lib/", "/bin/", "/run/")


def find(root: Path, key: str, count: int) -> list[dict[str, Any]] | None:
    """Return what an earlier run of so many cells gave, where all that it asked has the same answer now."""
    for path in sorted((root / FOLDER).glob(f"{key}.*.json"), key=lambda file: -file.stat().st_mtime_ns):
        record = _read(path, key, count)
        if record is None:
            path.unlink(missing_ok=True)
        elif all(answer(root, question) == given for question, given in record["asked"].items()):
            path.touch()
            return list(record["results"])
    return None


def keep(root: Path, key: str, results: Sequence[Mapping[str, Any]], asked: Mapping[str, str]) -> None:
    """Keep what a run gave, under its key and the questions it asked."""
    body = {"key": key, "asked": dict(asked), "results": list(results)}
    text = json.dumps({**body, "hash": _hash(body)}, ensure_ascii=False, sort_keys=True)
    name = hashlib.sha256(json.dumps(body["asked"], sort_keys=True).encode()).hexdigest()[:16]
    write(root / FOLDER / f"{key}.{name}.json", text.encode("utf-8"))


def prune(root: Path) -> None:
    """Keep the records that were used last."""
    folder = root / FOLDER
    if folder.is_dir():
        files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
        for file in files[KEPT:]:
            file.unlink(missing_ok=True)


def asked(root: Path, trace: Path, pinned: Container[str] = ()) -> dict[str, str] | None:
    """Return the questions of a run with their answers; None where a file changed while it ran.

    Parameters
    ----------
    root
        The project's folder.
    trace
        What `machine.opened` wrote while the kernel ran.
    pinned
        Variables that are the same in every run.
    """
    found: dict[str, str] = {}
    for kind, name, stamp in _lines(trace):
        if kind == "opaque":
            found[f"tree:{DATA}"] = answer(root, f"tree:{DATA}")
            continue
        if kind == "env":
            if name in pinned:
                continue
            found[f"env:{name}"] = answer(root, f"env:{name}")
            continue
        inside = project_name(root, name)
        if inside is None or Path(name).is_relative_to(trace.parent):
            continue
        if kind == "file" and stamped(name) != stamp:
            return None
        found[f"{kind}:{inside}"] = answer(root, f"{kind}:{inside}")
    return dict(sorted(found.items()))


def answer(root: Path, question: str) -> str:
    """Return the hash of the answer now to a question: ``file:data/a.csv``, ``listing:data``, ``env:X``."""
    kind, _, name = question.partition(":")
    if kind == "env":
        value = os.environ.get(name)
        return ABSENT if value is None else _digest(value.encode("utf-8", "surrogateescape"))
    path = root / name
    try:
        if kind == "file":
            return _digest(path.read_bytes()) if not path.is_dir() else "folder"
        if kind == "tree":
            files = sorted(file for file in path.rglob("*") if file.is_file())
            return _hash([[file.relative_to(path).as_posix(), _digest(file.read_bytes())] for file in files])
        names = sorted(entry.name for entry in os.scandir(path) if entry.name not in WORKING)
    except OSError:
        return ABSENT
    if kind == "modules":
        names = [each for each in names if each.endswith(".py") or (path / each / "__init__.py").is_file()]
    return _hash([each for each in names if not each.startswith(".")])


def project_name(root: Path, name: str) -> str | None:
    """Return a path as the project calls it; None for what a report does not follow from.

    That is the system's files, libraries and their settings, temporary files, and the working folders of the
    project. A file beside the project is one of the questions too: ``../shared/rates.csv``.
    """
    root = root.resolve()
    path = Path(name)
    if path.is_relative_to(root):
        inside = path.relative_to(root)
        return None if WORKING.intersection(inside.parts) else inside.as_posix()
    if name.startswith((*LIBRARIES, *_SYSTEM)):
        return None
    temporary = os.path.realpath(tempfile.gettempdir())
    if path.is_relative_to(temporary) and not root.is_relative_to(temporary):
        return None
    if any(part.startswith(".") or part == "site-packages" for part in path.parts):
        return None
    return Path(os.path.relpath(path, root)).as_posix()


def _lines(trace: Path) -> Iterator[tuple[str, str, list[int] | None]]:
    try:
        text = trace.read_text("utf-8", "replace")
    except OSError:
        return
    for line in text.splitlines():
        try:
            kind, name, stamp = json.loads(line)
        except ValueError:  # the kernel was killed while it wrote
            continue
        yield kind, name, stamp


def _read(path: Path, key: str, count: int) -> dict[str, Any] | None:
    """Return a record where it is whole: nobody has cut or changed it."""
    try:
        record = json.loads(path.read_text("utf-8"))
        given = record.pop("hash")
        cells = [result["execution_count"] for result in record["results"]]
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None
    whole = given == _hash(record) and record.get("key") == key and cells == list(range(1, count + 1))
    return record if whole else None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash(value: Any) -> str:
    return _digest(json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogateescape"))
