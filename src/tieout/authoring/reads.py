"""Which files a computed number follows from: those that the kernel has opened so far, with their hash."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, packages_distributions, version
from pathlib import Path, PurePath
from typing import Any

from tieout.machine.asked import project_name
from tieout.machine.opened import LIBRARIES, OPENED

# What holds data, wherever it lies; in a library everything else is the library's own.
TABLES = (
    ".csv",
    ".tsv",
    ".parquet",
    ".feather",
    ".xlsx",
    ".xls",
    ".ods",
    ".json",
    ".jsonl",
    ".dta",
    ".sav",
    ".zip",
)
DELIMITED = {".csv": ",", ".tsv": "\t"}
PACKED = (".gz", ".bz2", ".xz", ".zst")
NOT_DATA = frozenset((".py", ".pyc", ".ipynb", ".pth", ".so"))
SETTINGS = frozenset(("_quarto.yml", "matplotlibrc", "pyproject.toml"))
# Counting the rows of more than this takes longer than it tells.
MOST_COUNTED = 64 * 2**20

_known: dict[tuple[str, int, int], dict[str, Any]] = {}


def reads(root: Path) -> list[dict[str, Any]]:
    """Return the data files that the notebook has opened so far, in the order of their names.

    Each has ``path`` (in the project, or in the package that ships it), ``sha256``, ``bytes``, and for tables
    of text ``rows``.
    """
    found = {}
    for path in OPENED.files():
        name = _named(root, path)
        with suppress(OSError):  # it was asked for, and is no file that there can be
            if name and path.is_file():
                found[name] = {"path": name, **_described(path)}
    return [found[name] for name in sorted(found)]


def _named(root: Path, path: Path) -> str | None:
    if path.suffix in NOT_DATA or path.name in SETTINGS:
        return None
    name = project_name(root, str(path))
    if name is not None:
        return name
    if str(path).startswith(LIBRARIES) and "site-packages" in path.parts and _suffix(path) in TABLES[:6]:
        return _in_package(path)
    return None


def _in_package(path: Path) -> str:
    """Return where a data file lies in a package: ``vega_datasets 0.9: data/cars.csv``."""
    parts = path.parts[path.parts.index("site-packages") + 1 :]
    distribution = _distributions().get(parts[0], [parts[0]])[0]
    try:
        return f"{distribution} {version(distribution)}: {PurePath(*parts[1:]).as_posix()}"
    except PackageNotFoundError:
        return PurePath(*parts).as_posix()


@lru_cache(maxsize=1)
def _distributions() -> Mapping[str, list[str]]:
    """Return which distributions bring each module: to look through all that is installed takes long."""
    return packages_distributions()


def _suffix(path: Path) -> str:
    """Return what a file is, whether or not it is packed: ``.csv`` of ``rates.csv.gz``."""
    return PurePath(path.stem).suffix if path.suffix in PACKED else path.suffix


def _described(path: Path) -> dict[str, Any]:
    """Return hash, size and rows of a file; what has not changed is read once."""
    stat = path.stat()
    key = (str(path), stat.st_size, stat.st_mtime_ns)
    if key not in _known:
        with OPENED.unseen(), path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        described: dict[str, Any] = {"sha256": digest, "bytes": stat.st_size}
        delimiter = DELIMITED.get(path.suffix)
        if delimiter and stat.st_size <= MOST_COUNTED:
            described["rows"] = _rows(path, delimiter)
        _known[key] = described
    return _known[key]


def _rows(path: Path, delimiter: str) -> int:
    """Return how many rows a table has below its heading."""
    with OPENED.unseen(), path.open(encoding="utf-8", errors="replace", newline="") as file:
        try:
            return max(sum(1 for row in csv.reader(file, delimiter=delimiter) if row) - 1, 0)
        except csv.Error:
            return 0
