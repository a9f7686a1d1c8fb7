"""What a folder lacks to be a report, file by file, and the writing of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tieout.problems import Problem
from tieout.update.rewrites import Rewrite, write_all


@dataclass(frozen=True)
class Addition:
    """One thing that is added, in words: where, and what."""

    path: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}: {self.what}"


@dataclass(frozen=True)
class Adoption:
    """What a folder lacks to be a report. Nothing is written until `write` is called.

    Parameters
    ----------
    root
        The folder of the report.
    additions
        What would be added, file by file.
    rewrites
        The files before and after.
    problems
        What a person has to write, because the file is not written in a way that a line can be added to.
    """

    root: Path
    additions: tuple[Addition, ...]
    rewrites: tuple[Rewrite, ...]
    problems: tuple[Problem, ...] = ()

    def write(self) -> list[Path]:
        """Write the files and return them; as `write_all`."""
        return write_all(self.rewrites)
