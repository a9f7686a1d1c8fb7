"""The report of this repository as a project, read once for all modules that name tests by its files."""

from __future__ import annotations

import functools
from pathlib import Path

from tieout.project import Project

ROOT = Path(__file__).resolve().parents[2]


@functools.cache
def project() -> Project:
    """Return the report; look, do not touch."""
    return Project.load(ROOT)
