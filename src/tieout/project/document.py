"""One document by itself, in a folder without `_quarto.yml`: its header says what that file would."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.problems import InputError
from tieout.project.chapters import SUFFIXES, Chapter, Listed, said_of
from tieout.project.configuration import CONFIG, Configuration, held
from tieout.project.files import Files
from tieout.project.frontmatter import read_header
from tieout.project.quarto_keys import HEADER


def is_document(path: Path) -> bool:
    """Whether a path is that of a file that can be a document by itself."""
    return path.suffix in SUFFIXES and path.is_file()


def project_of(path: Path) -> Path | None:
    """Return the folder of the project that a document lies in, None where it lies in none."""
    return next((folder for folder in path.resolve().parents if (folder / CONFIG).is_file()), None)


def configuration(files: Files, name: PurePosixPath) -> Configuration:
    """Return what the header of a document says, as a configuration.

    Raises
    ------
    InputError
        The document or its header cannot be read.
    """
    values, lines = read_header(files, name)
    values = {**values, "project": {"output-dir": f"{name.stem}_site", **_mapping(values.get("project"))}}
    return held(Configuration(str(name), values, lines), HEADER)


def only(files: Files, name: PurePosixPath) -> Listed:
    """Return the document as the only page of its project.

    Raises
    ------
    InputError
        It cannot be shown.
    """
    said = said_of(files, name)
    if said.front is None:
        raise InputError(said.problems)
    title = said.front.title or name.stem
    page = Chapter(name, "page", None, None, title, 1, said.require, said.front.numbered)
    return Listed((page,))


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
