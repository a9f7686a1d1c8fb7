"""What steps gave, each under a hash of all that went into it: the same step is not taken twice.

Nothing in it is believed unseen: what was cut, altered or only half written is made anew. It may be removed
at any time, and never changes a result.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
import json
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from tieout.machine.writing import write
from tieout.problems import InputError

FOLDER = Path(".tieout/store")
MOST_BYTES = 512 * 2**20
_LENGTH = hashlib.sha256().digest_size


class Store:
    """A folder of results by key.

    Parameters
    ----------
    folder
        Where it lies; None for one that holds nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._used: set[Path] = set()

    def recall(self, key: str) -> bytes | None:
        """Return what was kept under a key; None where nothing was, or it is not whole."""
        path = self._path(key)
        if path is None:
            return None
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if data[:_LENGTH] != hashlib.sha256(data[_LENGTH:]).digest():
            return None
        self._used.add(path)
        return data[_LENGTH:]

    def holds(self, key: str) -> bool:
        """Whether something lies under a key, whole or not."""
        path = self._path(key)
        return path is not None and path.is_file()

    def keep(self, key: str, data: bytes) -> None:
        """Keep a result; where it cannot be written, it is only made again next time."""
        path = self._path(key)
        if path is not None:
            with suppress(InputError):
                write(path, hashlib.sha256(data).digest() + data)
            self._used.add(path)

    def prune(self, most: int = MOST_BYTES) -> None:
        """Remove what was used longest ago, beyond so many bytes."""
        if self.folder is None:
            return
        with suppress(OSError):
            for path in self._used:
                path.touch()
            shelves = [entry for entry in os.scandir(self.folder) if entry.is_dir()]
            files = [
                (each.path, each.stat()) for shelf in shelves for each in os.scandir(shelf) if each.is_file()
            ]
            files.sort(key=lambda each: each[1].st_mtime_ns, reverse=True)
            total = 0
            for name, stat in files:
                total += stat.st_size
                if total > most:
                    Path(name).unlink(missing_ok=True)

    def _path(self, key: str) -> Path | None:
        return None if self.folder is None else self.folder / key[:2] / key[2:]


NOTHING = Store(None)


def key_of(*parts: Any) -> str:
    """Return the hash of plain data: texts, numbers, lists of them."""
    return hashlib.sha256(
        json.dumps(parts, ensure_ascii=False).encode("utf-8", "surrogateescape")
    ).hexdigest()


def file_hash(path: Path) -> str:
    """Return the hash of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@functools.cache
def code_hash(*folders: Path) -> str:
    """Return the hash of the code in folders, which no running process sees change."""
    files: Iterable[Path] = (file for folder in folders for file in sorted(folder.rglob("*")))
    kept = [file for file in files if file.suffix not in (".pyc",) and file.is_file()]
    return key_of(*([file.name, file_hash(file)] for file in kept))


@functools.cache
def installed() -> str:
    """Return the hash of which packages are installed, with their versions: a notebook may import any."""
    folders = [Path(folder) for folder in sys.path if "site-packages" in folder]
    found = {path.name for folder in folders if folder.is_dir() for path in folder.glob("*.dist-info")}
    return key_of(sorted(found))


@functools.cache
def version(distribution: str) -> str:
    """Return the version of a package; empty where there is none."""
    try:
        return f"{distribution} {importlib.metadata.version(distribution)}"
    except importlib.metadata.PackageNotFoundError:
        return ""
