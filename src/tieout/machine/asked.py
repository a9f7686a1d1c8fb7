"""Questions that a process asked of the machine, and their answers: the same answers, the same result."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Container, Iterator
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any

from tieout.machine.opened import LIBRARIES, OPENED, stamped

ABSENT = "absent"
DATA = "data"
# Folders of a project that hold nothing a report follows from.
WORKING = frozenset((".git", ".venv", ".tieout", ".quarto", "__pycache__", ".ipynb_checkpoints"))
HELD = re.compile(r"\.new-\d+$")  # where a site is until it is published
_OWN = Path(__file__).resolve().parents[1]
_APART = (*LIBRARIES, f"{_OWN}{os.sep}", "/usr/", "/etc/", "/var/", "/opt/", "/lib/", "/bin/", "/run/")


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
        OPENED.note("env", name)
        value = os.environ.get(name)
        return ABSENT if value is None else digest(value.encode("utf-8", "surrogateescape"))
    path = root / name
    try:
        if kind == "file":
            return digest(path.read_bytes()) if not path.is_dir() else "folder"
        if kind == "tree":
            files = sorted(file for file in path.rglob("*") if file.is_file())
            return hash_of([[file.relative_to(path).as_posix(), digest(file.read_bytes())] for file in files])
        names = sorted(entry.name for entry in os.scandir(path) if not _is_working(entry))
    except OSError:
        return ABSENT
    if kind == "modules":
        names = [each for each in names if each.endswith(".py") or (path / each / "__init__.py").is_file()]
    return hash_of([each for each in names if not each.startswith(".")])


def _is_working(entry: os.DirEntry[str]) -> bool:
    return entry.name in WORKING or (HELD.search(entry.name) is not None and entry.is_dir())


def project_name(root: Path, name: str) -> str | None:
    """Return a path as the project calls it; None for what a report does not follow from.

    That is the system's files, libraries and their settings, temporary files, and the working folders of the
    project. A file beside the project is one of the questions too: ``../shared/rates.csv``.
    """
    place = _real(str(root))
    for folder in (str(root), place):
        if name == folder or name.startswith(f"{folder}{os.sep}"):
            return _inside(PurePath(name[len(folder) + 1 :]))
    if name.startswith(_APART):
        return None
    root, path = Path(place), Path(name)
    temporary = _real(tempfile.gettempdir())
    if path.is_relative_to(temporary) and not root.is_relative_to(temporary):
        return None
    if any(part.startswith(".") or part == "site-packages" for part in path.parts):
        return None
    return Path(os.path.relpath(path, root)).as_posix()


@lru_cache(maxsize=16)
def _real(path: str) -> str:
    return os.path.realpath(path)


def _inside(path: PurePath) -> str | None:
    return None if WORKING.intersection(path.parts) else path.as_posix()


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


def digest(data: bytes) -> str:
    """Return the hash of bytes."""
    return hashlib.sha256(data).hexdigest()


def hash_of(value: Any) -> str:
    """Return the hash of plain data."""
    return digest(json.dumps(value, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogateescape"))
