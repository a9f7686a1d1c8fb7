"""What single keys of a configuration mean: authors, dates, files, formats, the output folder."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.machine import Limits, inside
from tieout.problems import InputError, Problem
from tieout.project.chapters import Chapter, existing, placed
from tieout.project.configuration import Configuration
from tieout.project.files import Files
from tieout.project.kinds import DOCUMENT, Kind
from tieout.project.quarto_keys import FORMAT_OPTIONS

OURS = "tieout-"  # before a format in the form of the extension: `tieout-typst`
NOBODY = "Your name"  # who wrote a new project, until its author says so
LONGEST_NAME = 120  # bytes, of a PDF named by its title


@dataclass(frozen=True)
class Author:
    """Who wrote the book, or a share of it."""

    name: str
    orcid: str | None = None
    affiliations: tuple[str, ...] = ()
    email: str | None = None
    url: str | None = None


def text(value: Any) -> str | None:
    """Return a value as text, None where there is none."""
    return None if value is None else str(value)


def texts(value: Any) -> tuple[str, ...]:
    """Return one value or a list of them as texts."""
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


TODAY = ("today", "now", "last-modified")  # Quarto's words for the day of the build


def iso_date(value: str | None) -> str | None:
    """Return a date; Quarto's words for today are SOURCE_DATE_EPOCH, else the day of the build."""
    if value not in TODAY:
        return value
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    moment = (
        datetime.datetime.fromtimestamp(int(stamp), datetime.UTC)
        if stamp and stamp.isdigit()
        else datetime.datetime.now(datetime.UTC)
    )
    return moment.date().isoformat()


def file_name(title: str) -> str:
    """Return a title as the name of a file."""
    name = re.sub(r"[\s/\\:*?\"<>|]+", "-", title).encode()[:LONGEST_NAME].decode(errors="ignore")
    return name.strip("-") or "book"


def pdf_stem(kind: Kind, title: str, chapters: tuple[Chapter, ...]) -> str:
    """Return what the PDF is called where nothing is said: as the document, else as the title."""
    return chapters[0].path.stem if kind is DOCUMENT else file_name(title)


def output_file(root: Path, config: Configuration, given: Any, usual: str) -> str:
    """Return the PDF's name in the output folder, without its ending."""
    if given is None:
        return usual
    name = str(given).removesuffix(".pdf").removesuffix(".html")
    return str(placed(root, config, name, "book", "output-file"))


def limits(config: Configuration) -> Limits:
    """Return what steps of a build may take (`tieout: limits:`)."""
    given = config.get("tieout", "limits", default={})
    if not isinstance(given, Mapping):
        hint = "write `seconds:`, `cell-seconds:` or `memory:` under it"
        raise config.error("`tieout.limits` is no mapping", hint, "tieout", "limits")
    try:
        return Limits.of(given)
    except ValueError as error:
        key, what, hint = error.args
        raise config.error(what, hint, "tieout", "limits", key) from None


def formats(config: Configuration) -> dict[str, dict[str, Any]]:
    """Return the options of each format, those for all formats among them."""
    given = config.get("format", default={})
    if isinstance(given, str):
        given = {given: {}}
    for_all = {
        key: config.get(key) for key in FORMAT_OPTIONS if config.get(key) is not None and key != "lang"
    }
    own = {
        name.removeprefix(OURS): value if isinstance(value, dict) else {}
        for name, value in given.items()
        if value is not False
    }
    return {name: {**for_all, **options} for name, options in (own or {"html": {}, "typst": {}}).items()}


def author(item: Any, places: Any = None) -> Author | None:
    """Return an author as Quarto's headers give one, None where there is no name.

    Parameters
    ----------
    item
        A name, or a mapping with ``name`` and more.
    places
        The list of affiliations that authors name by ``ref``.
    """
    if not isinstance(item, dict):
        return Author(str(item))
    name = item.get("name")
    if isinstance(name, dict):
        name = name.get("literal") or " ".join(
            str(name[part]) for part in ("given", "family") if part in name
        )
    if not name or isinstance(name, list):
        return None
    known = {
        str(place["id"]): place
        for place in (places if isinstance(places, list) else [places])
        if isinstance(place, dict) and "id" in place
    }
    own = item.get("affiliations", item.get("affiliation", []))
    names = (_affiliation(place, known) for place in (own if isinstance(own, list) else [own]))
    rest = (text(item.get(key)) for key in ("email", "url"))
    return Author(str(name), text(item.get("orcid")), tuple(filter(None, names)), *rest)


def _affiliation(place: Any, known: Mapping[str, Any]) -> str:
    """Return where an author works, as one line: `Department, Name`."""
    if isinstance(place, dict) and "ref" in place:
        place = known.get(str(place["ref"]), place["ref"])
    if not isinstance(place, dict):
        return str(place or "")
    return ", ".join(str(place[key]) for key in ("department", "name") if place.get(key))


def authors(config: Configuration, kind: Kind, said: list[Problem]) -> Iterator[Author]:
    """Give the authors in any form that Quarto takes; one without a name is said."""
    given = kind.about(config, "author", default=config.get("authors", default=[]))
    for index, item in enumerate(given if isinstance(given, list) else [given]):
        found = author(item, config.get("affiliations"))
        if found is None:
            place = (kind.section, "author", index) if kind.section else ("author", index)
            what, hint = "an author has no name", "write `name:` for each author"
            if config.is_strict:
                raise config.error(what, hint, *place)
            said.append(config.warning(what, hint, *place))
            continue
        yield found


def output_dir(root: Path, config: Configuration, kind: Kind, chapters: tuple[Chapter, ...]) -> str:
    """Return the folder that a build replaces: it must hold nothing of the project's own."""
    keys = ("project", "output-dir")
    given = config.get(*keys, default=kind.output_dir)
    folder = placed(root, config, str(given), *keys)
    if any(chapter.path.is_relative_to(folder) for chapter in chapters):
        what = f"`{given}` has chapters in it, and a build replaces the whole folder"
        if folder == PurePosixPath("."):
            what = "the output folder is the project itself, and a build replaces it"
        raise config.error(what, "name another folder, as _site", *keys)
    return str(folder)


def unknown_trust(config: Configuration, chapters: tuple[Chapter, ...]) -> Iterator[Problem]:
    """Give a warning for each name under `tieout: trust:` that is no chapter's."""
    given = config.get("tieout", "trust", default=[])
    known = {str(chapter.path) for chapter in chapters}
    for index, name in enumerate(() if isinstance(given, bool) else texts(given)):
        if name not in known:
            what, hint = (
                f"`trust` names `{name}`, which is no chapter",
                "write the chapter's file, as `chapters` does",
            )
            yield config.warning(what, hint, "tieout", "trust", index, rule="trust")


def named_files(root: Path, config: Configuration, key: str, said: list[Problem]) -> Iterator[PurePosixPath]:
    """Give the files that a key names; what is missing is an error in a strict project, else a warning."""
    for index, item in enumerate(texts(config.get(key))):
        try:
            yield existing(root, config, item, key, index)
        except InputError as error:
            if config.is_strict or any(problem.rule == "outside" for problem in error.problems):
                raise
            said += (replace(problem, severity="warning") for problem in error.problems)


def own_bibliographies(
    files: Files,
    given: list[tuple[PurePosixPath, Any]],
    chapters: tuple[Chapter, ...],
    said: list[Problem],
) -> Iterator[PurePosixPath]:
    """Give the bibliographies that chapters name in their headers, relative to themselves."""
    for (folder, names), chapter in zip(given, chapters, strict=False):
        for name in texts(names):
            shown = str(chapter.path)
            path = inside(files.root, name.lstrip("/") if name.startswith("/") else folder / name, path=shown)
            if files.exists(path):
                yield path
                continue
            what, hint = f"the bibliography `{name}` does not exist", "correct the name, or make the file"
            said.append(Problem(what, hint, path=shown, line=1, rule="config", severity="warning"))
