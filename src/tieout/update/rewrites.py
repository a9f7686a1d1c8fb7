"""Files before and after: shown as a diff of readable lines, and written all together or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from tieout.problems import InputError, Problem


@dataclass(frozen=True)
class Hunk:
    """Lines that change, as a person reads them: of a file, or of a cell's source."""

    line: int
    where: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True)
class Rewrite:
    """A file before and after; ``before`` is None for one that is new."""

    path: str
    file: Path
    before: bytes | None
    after: bytes
    hunks: tuple[Hunk, ...]


def moved(text: str, changed: str) -> list[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """Return the lines in which two texts differ: the number of the first, the lines of either."""
    old, new = text.split("\n"), changed.split("\n")
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [
        (first + 1, tuple(old[first:last]), tuple(new[begin:end]))
        for tag, first, last, begin, end in matcher.get_opcodes()
        if tag != "equal"
    ]


def diff(rewrites: Iterable[Rewrite]) -> str:
    """Return the changes as a unified diff of readable lines; empty where there are none."""
    lines = []
    for rewrite in rewrites:
        lines += [f"--- {rewrite.path}", f"+++ {rewrite.path}"]
        for hunk in rewrite.hunks:
            where = f" {hunk.where}" if hunk.where else ""
            lines.append(f"@@ {rewrite.path}:{hunk.line}{where} @@")
            lines += [f"-{line}" for line in hunk.old] + [f"+{line}" for line in hunk.new]
    return "".join(line + "\n" for line in lines)


def write_all(rewrites: Sequence[Rewrite]) -> list[Path]:
    """Write the files and return them.

    Raises
    ------
    InputError
        A file is no longer what it was when the plan was made; then none is written.
    """
    gone = [rewrite.path for rewrite in rewrites if _bytes(rewrite.file) != rewrite.before]
    if gone:
        hint = "run the command again"
        raise InputError(
            Problem("has changed since; nothing was written", hint, path=path, rule="changed")
            for path in gone
        )
    ready: list[tuple[Path, Path]] = []
    try:
        for rewrite in rewrites:
            target = rewrite.file.resolve()
            ready.append((_beside(target, rewrite.after), target))
        while ready:
            temporary, target = ready[0]
            temporary.replace(target)
            ready.pop(0)
    finally:
        for temporary, _ in ready:
            temporary.unlink(missing_ok=True)
    return [rewrite.file for rewrite in rewrites]


def _bytes(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None


def _beside(target: Path, content: bytes) -> Path:
    """Write a file beside another, with its permissions."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        if target.exists():
            shutil.copymode(target, temporary)
        else:
            temporary.chmod(0o644)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary
