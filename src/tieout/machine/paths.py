"""Where a path of a project leads; whatever is read or written by name of a stranger's file passes here."""

from __future__ import annotations

import errno
import functools
import os
import posixpath
import re
import stat
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.problems import InputError

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
NAME_INSIDE = "name a file inside it, relative to _quarto.yml, with forward slashes"


def inside(root: Path, given: str | os.PathLike[str], **place: Any) -> PurePosixPath:
    """Return a path of the project in its plain form, relative to the project's folder.

    Only what is returned may be opened: `..` is resolved in it, and every link on its way was followed.

    Parameters
    ----------
    root
        The project's folder.
    given
        The path as an author wrote it.
    place
        Where it is written, as for a `Problem`.

    Raises
    ------
    InputError
        It leaves the project, also by a symbolic link, or no file can have such a name.

    Examples
    --------
    >>> str(inside(Path("."), "a/../b.md"))
    'b.md'
    """
    text = os.fspath(given)
    place = {"rule": "outside", **place}
    if _CONTROL.search(text) or any("\ud800" <= sign <= "\udfff" for sign in text):
        shown = text.encode("unicode_escape").decode("ascii")
        raise InputError(f"`{shown}` is no name of a file", "correct the name", **place)
    path = PurePosixPath(posixpath.normpath(text))
    leaves = f"`{text}` leaves the project"
    if path.is_absolute() or "\\" in text or text.startswith("~") or _DRIVE.match(text) or ".." in path.parts:
        raise InputError(leaves, NAME_INSIDE, **place)
    try:
        ends = (root / path).resolve()
        if _is_in_circle(ends):  # which newer Pythons leave as it is
            raise RuntimeError
    except (OSError, RuntimeError):
        hint = "put the file itself there"
        raise InputError(f"`{text}` is a link that leads nowhere", hint, **place) from None
    if not ends.is_relative_to(_real(root) if root.is_absolute() else root.resolve()):
        raise InputError(f"{leaves} by a symbolic link", "put the file itself there", **place)
    return path


@functools.lru_cache(maxsize=8)
def _real(root: Path) -> Path:
    return root.resolve()


def _is_in_circle(resolved: Path) -> bool:
    """Whether a link still stands in a path of which every link was followed."""
    try:
        return stat.S_ISLNK(resolved.lstat().st_mode)
    except OSError as error:
        return error.errno == errno.ELOOP


def stays(root: Path, path: Path) -> bool:
    """Whether a path found below the project's folder ends inside it, links followed."""
    try:
        inside(root, path.relative_to(root).as_posix())
    except (InputError, ValueError):
        return False
    return True
