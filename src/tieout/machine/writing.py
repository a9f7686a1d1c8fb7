"""Writes files in one step: whoever is killed in between leaves the old file whole."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tieout.machine.opened import OPENED
from tieout.problems import unwritable


def write(path: Path, data: bytes, name: str | Path | None = None) -> bool:
    """Write a file in one step unless it holds just that; return whether it was written.

    A file that is a symbolic link is replaced by a file: nothing is written where the link leads.

    Parameters
    ----------
    name
        What messages call it.

    Raises
    ------
    InputError
        The file cannot be written, or the disk is full.
    """
    # One name a file, so that what a killed process left is overwritten by the next and never piles up.
    temporary = path.with_name(f".{path.name}.tieout-new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
            return False
        mode = path.stat().st_mode & 0o777 if path.is_file() else 0o644
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(mode)
        temporary.replace(path)
        OPENED.wrote(path)
    except BaseException as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise unwritable(error, name or path) from None
        raise
    return True
