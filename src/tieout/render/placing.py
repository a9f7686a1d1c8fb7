"""Puts files into a site that is being made: one that the last site has as it is, is the same file there.

To write a file takes many times as long as to look at one and to link it. Nothing is ever written into a file
that is there already: it may be the last site's, which stays as it is until another takes its place.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath


@dataclass(frozen=True)
class Place:
    """A site that is being made.

    Parameters
    ----------
    site
        Its folder.
    last
        That of the last one, which may be absent.
    """

    site: Path
    last: Path

    def put(self, name: str | PurePath, data: bytes) -> None:
        """Put a file with these bytes into the site."""
        path, before = self.site / name, self.last / name
        _cleared(path)
        if _holds(before, data):
            with suppress(OSError):  # where there are no links
                os.link(before, path)
                return
        path.write_bytes(data)

    def copy(self, source: Path, name: str | PurePath) -> None:
        """Put a copy of a file into the site."""
        path = self.site / name
        _cleared(path)
        shutil.copyfile(source, path)


def _cleared(path: Path) -> None:
    """Make room for a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    """Whether there is a file of its own with these bytes."""
    try:
        known = path.lstat()
        return stat.S_ISREG(known.st_mode) and known.st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
