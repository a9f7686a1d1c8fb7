"""The mark that a build leaves in its folder: what it does not list is never replaced or deleted."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tieout.machine.writing import write
from tieout.problems import InputError

MARK = ".tieout-site"
VERSION = 1
# What systems leave in every folder that a person looks into.
CLUTTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))
NAMED = 3  # how many files a message names


def mark(folder: Path) -> None:
    """Leave the mark in a folder: the names of all its files, so that the same site has the same mark."""
    said = {"made by": "tieout build", "version": VERSION, "files": sorted(_names(folder))}
    write(folder / MARK, (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode())


def refuse_foreign(folder: Path, name: str, **place: Any) -> None:
    """Refuse a folder that a build must not replace: only its own, an empty or an absent one is.

    Parameters
    ----------
    folder
        The output folder.
    name
        What messages call it.
    place
        Where it is configured, as for a `Problem`.

    Raises
    ------
    InputError
        It is a file or a link, or holds what no build made.
    """
    other = "name another folder under `output-dir:`"
    place = {"rule": "output", **place}
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        kind = "a symbolic link" if folder.is_symlink() else "a file"
        raise InputError(f"the output folder `{name}` is {kind}", f"{other}, or move it away", **place)
    if not folder.exists():
        return
    made = _listed(folder / MARK)
    foreign = sorted(_names(folder) - made)
    if not foreign:
        return
    if not made and (folder / "index.html").is_file() and not (folder / "_quarto.yml").exists():
        what = f"the output folder `{name}` does not carry the mark of a build"
        hint = f"if Quarto or an earlier Tieout made it and nothing in it is yours, delete it; or {other}"
        raise InputError(what, hint, **place)
    more = f" and {len(foreign) - NAMED} more" if len(foreign) > NAMED else ""
    listed = ", ".join(f"`{each}`" for each in foreign[:NAMED])
    what = (
        f"the output folder `{name}` holds what no build made ({listed}{more}), and a build would delete it"
    )
    raise InputError(what, f"{other}, or move that away: a build replaces the whole folder", **place)


def _names(folder: Path) -> set[str]:
    """Return the names of the files in a folder, and of folders that hold none."""
    found = set()
    for place, folders, files in os.walk(folder):
        here = Path(place)
        inside = here.relative_to(folder).as_posix()
        above = "" if inside == "." else f"{inside}/"
        links = (name for name in folders if (here / name).is_symlink())
        found |= {f"{above}{name}" for name in (*files, *links) if name not in CLUTTER}
        if above and not folders and not files and here.name not in CLUTTER:
            found.add(inside)
    return found - {MARK}


def _listed(path: Path) -> set[str]:
    """Return the files that a mark lists, none where there is no mark."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {str(name) for name in said["files"]}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return set()
