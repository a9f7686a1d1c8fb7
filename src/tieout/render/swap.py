"""Replaces a site at once: it is built in a folder beside the old one, and takes its place when all is well.

A build that fails or is killed leaves the last good site as it was; the next one clears up after it.
"""

from __future__ import annotations

import errno
import glob
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tieout.machine import held, is_abandoned
from tieout.problems import unwritable
from tieout.project import refuse_foreign


@contextmanager
def replacing(output: Path, **place: Any) -> Iterator[Path]:
    """Give an empty folder that takes the place of `output` when all has gone well.

    Parameters
    ----------
    output
        The site. Only one that a build made, an empty or an absent folder is replaced.
    place
        Where it is configured, for messages.

    Raises
    ------
    InputError
        The folder is not a build's own or cannot be written, or the disk is full.
    """
    work = output.with_name(f"{output.name}.new-{os.getpid()}")
    new, old = work / "site", work / "old"
    try:
        clear_up(output)
        refuse_foreign(output, output.name, **place)
        if output.is_dir() and not os.access(output, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(output))
        work.mkdir(parents=True)
        with held(work):
            new.mkdir()
            try:
                yield new
                refuse_foreign(output, output.name, **place)
                if output.exists():
                    output.rename(old)
                new.rename(output)
            except BaseException:
                if old.exists() and not output.exists():
                    old.rename(output)
                raise
    except OSError as error:
        raise unwritable(error, error.filename or output) from error
    finally:
        _put_away(work, output)  # an interrupt may come before the folder is held, or while it is removed


def clear_up(output: Path) -> None:
    """Remove what killed builds have left, and bring back a site that one had moved aside."""
    for work in sorted(output.parent.glob(f"{glob.escape(output.name)}.new-*")):
        if is_abandoned(work):
            _put_away(work, output)


def _put_away(work: Path, output: Path) -> None:
    with suppress(OSError):
        if (work / "old").exists() and not output.exists():
            (work / "old").rename(output)
    shutil.rmtree(work, ignore_errors=True)
