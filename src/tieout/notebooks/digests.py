"""What runs notebooks, as a hash: another Python, Tieout or library may give other outputs."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from tieout import __version__
from tieout.machine.store import installed

# What the code of a notebook calls: checks and engines change no output.
CALLED = ("authoring", "data", "markdown", "notebooks", "numbers", "numerals", "project")


def environment_digest() -> str:
    """Return the hash of what runs notebooks: Python, Tieout, and the libraries that are installed."""
    package = Path(__file__).parents[1]
    own = sorted(file for room in CALLED for file in (package / room).glob("*.py"))
    parts = [__version__, sys.implementation.name, *map(str, sys.version_info[:2])]
    parts.append(installed())
    parts += [_file_digest(file) for file in own]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _file_digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
