"""Where a notebook runs, and which language it speaks: that of its project or of its edition."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from tieout.machine.opened import OPENED
from tieout.notebooks import SESSION
from tieout.problems import InputError
from tieout.project import CONFIG, Files
from tieout.project.profiles import edition_of, read


def project_root(start: Path | None = None) -> Path:
    """Return the folder of the project that ``start`` (by default the working folder) lies in.

    Raises
    ------
    InputError
        No folder on the way up has a ``_quarto.yml``.
    """
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    hint = "start the notebook from inside the project"
    raise InputError(f"no {CONFIG} in {start} or any folder above it", hint, rule="project")


@dataclass(frozen=True)
class Spoken:
    """The edition that a notebook belongs to, empty for the main one, and its language."""

    edition: str = ""
    lang: str = "en"


def spoken() -> Spoken:
    """Return what the notebook that runs here speaks; English outside of any project.

    Its file is told by Jupyter, its folder is the working folder.
    """
    try:
        root = project_root()
    except InputError:
        return Spoken()
    with OPENED.unseen():
        told = os.environ.get(SESSION, "")
        return _spoken(root, told, Path.cwd(), (root / CONFIG).stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _spoken(root: Path, told: str, folder: Path, stamp: int) -> Spoken:
    files = Files(root)
    place = Path(told) if Path(told).is_absolute() else folder / (Path(told).name or "-")
    try:
        edition = edition_of(files, PurePosixPath(place.resolve().relative_to(root).as_posix()))
        return Spoken(edition, str(read(files, edition or None).get("lang", default="en")))
    except (InputError, ValueError):  # what is wrong is said where the project is loaded
        return Spoken()
