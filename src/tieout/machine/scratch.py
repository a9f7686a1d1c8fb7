"""Temporary folders that carry a lock: whoever was killed holds none, so that the next one can clear up."""

from __future__ import annotations

import atexit
import functools
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # no such locks there: what a killed build left stays
    fcntl = None  # type: ignore[assignment]

PREFIX = "tieout-"
LOCK = ".tieout-lock"
FOLDER = "TIEOUT_FOLDER"  # names to a process that we start the temporary folder that goes with it
_made: set[Path] = set()  # those of this process that are not known to be gone


@contextmanager
def scratch() -> Iterator[Path]:
    """Give an empty temporary folder, and remove it in the end; the first clears up what killed ones left.

    An interrupt may come between any two steps: what it leaves goes when the process ends.
    """
    base = tempfile.gettempdir()
    _clear_once(base)
    folder = Path(base) / f"{PREFIX}{os.getpid()}-{secrets.token_hex(8)}"
    _made.add(folder)
    try:
        folder.mkdir(0o700)
    except OSError:
        _made.discard(folder)
        raise
    with held(folder):
        yield folder
    if not folder.exists():
        _made.discard(folder)


@contextmanager
def held(folder: Path) -> Iterator[Path]:
    """Lock a folder that was just made for as long as it is used, and remove it in the end."""
    lock: IO[bytes] | None = None
    try:
        lock = _lock(folder)
        yield folder
    finally:
        _remove(folder)
        if lock is not None:
            lock.close()


def is_abandoned(folder: Path) -> bool:
    """Whether a folder was made by `held` and whoever made it is gone."""
    if fcntl is None or folder.is_symlink():
        return False
    try:
        with (folder / LOCK).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except OSError:
        return False


def clear_up(base: Path) -> None:
    """Remove the temporary folders of processes that are gone, this user's only."""
    for folder in base.glob(f"{PREFIX}*"):
        with suppress(OSError):
            if folder.lstat().st_uid != os.getuid():
                continue
            if is_abandoned(folder):
                _remove(folder)
            elif _is_gone(folder.name):
                folder.rmdir()  # killed before it was locked, so that nothing is in it


@functools.cache
def _clear_once(base: str) -> None:
    clear_up(Path(base))
    atexit.register(_leave, os.getpid())


def _leave(process: int) -> None:
    """Remove what an interrupt has kept from being removed; a process that was forked has made none of it."""
    if os.getpid() == process:
        for folder in _made:
            _remove(folder)


def _lock(folder: Path) -> IO[bytes]:
    """Lock a folder; the lock's file gets its name when it is locked, so that nobody takes it for free."""
    new = folder / f"{LOCK}.new"
    lock = new.open("wb")
    if fcntl is not None:
        fcntl.flock(lock, fcntl.LOCK_EX)
    new.rename(folder / LOCK)
    return lock


def _remove(folder: Path) -> None:
    """Remove a folder, its lock last: what is left by an interrupt stays known as abandoned."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name == LOCK:
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        (folder / LOCK).unlink(missing_ok=True)
        folder.rmdir()


def _is_gone(name: str) -> bool:
    process = name.removeprefix(PREFIX).partition("-")[0]
    if not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        pass
    return False
