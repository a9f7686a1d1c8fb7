"""The project as an object: what `_quarto.yml` says of the book, its chapters and its formats.

The same file configures both engines; whatever of it has no meaning here is named once, with its line.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.machine import Limits, inside
from tieout.machine.steps import Steps
from tieout.machine.store import FOLDER, NOTHING, Store
from tieout.problems import InputError, Problem
from tieout.project.chapters import Chapter, ChapterKind, existing, foreign, listed, placed
from tieout.project.configuration import CONFIG, Configuration, Key, read
from tieout.project.files import Files
from tieout.project.preflight import excessive
from tieout.project.quarto_keys import FORMAT_OPTIONS
from tieout.project.require import Require, project_require

# What commands read and write without being told a name.
WORK = (".tieout", ".tieout/executed", ".tieout/store", ".tieout/ledger.json")
OWN = (CONFIG, "_variables.yml", "_extensions", "data", "figures", *WORK)
OURS = "tieout-"  # before a format in the form of the extension: `tieout-typst`
LONGEST_NAME = 120  # bytes, of a PDF named by its title

__all__ = ["CONFIG", "Author", "Chapter", "ChapterKind", "Project"]


@dataclass(frozen=True)
class Author:
    """Who wrote the book, or a share of it."""

    name: str
    orcid: str | None = None
    affiliations: tuple[str, ...] = ()
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Project:
    """A book and its configuration. Read one with `Project.load`."""

    root: Path
    title: str
    subtitle: str | None
    authors: tuple[Author, ...]
    date: str | None
    lang: str
    description: str | None
    output_dir: str
    output_file: str
    chapters: tuple[Chapter, ...]
    bibliography: tuple[PurePosixPath, ...]
    csl: PurePosixPath | None
    formats: Mapping[str, Mapping[str, Any]]
    pre_render: tuple[str, ...]
    post_render: tuple[str, ...]
    resources: tuple[str, ...]
    configuration: Configuration = field(repr=False)
    files: Files = field(repr=False, compare=False)
    limits: Limits = field(default_factory=Limits)
    problems: tuple[Problem, ...] = ()
    require: Require | None = None
    steps: Steps = field(default_factory=lambda: Steps(NOTHING), repr=False, compare=False)

    @classmethod
    def load(cls, root: Path, files: Files | None = None) -> Project:
        """Read the project in a folder.

        Parameters
        ----------
        files
            Its files, where they are read already.

        Raises
        ------
        InputError
            `_quarto.yml` is missing, malformed or not a book's, has a value of a wrong type, or lists a
            chapter that does not exist, leaves the project or makes the same page as another.
        """
        root = Path(root).resolve()
        for name in OWN:
            inside(root, name, path=name)
        files = files or Files(root)
        if not files.exists(CONFIG):
            hint = "go to the folder of the report, or name it with --project"
            raise InputError(f"{root} has no {CONFIG}", hint, rule="config")
        config = read(files)
        if config.get("project", "type") != "book":
            what = "the project is not a book"
            raise config.error(what, "write `type: book` under `project:`", "project", "type")
        title = config.get("book", "title")
        if title is None:
            raise config.error("the book has no title", "write `title:` under `book:`", "book")
        book = {key: _text(config.get("book", key)) for key in ("subtitle", "date", "description")}
        chapters = tuple(listed(files, config))
        too_much = [each for one in chapters for each in excessive(files, one.path)]
        if too_much:
            raise InputError(too_much)
        csl = config.get("csl")
        return cls(
            root=root,
            title=str(title),
            subtitle=book["subtitle"],
            authors=tuple(_authors(config)),
            date=_date(book["date"]),
            lang=str(config.get("lang", default="en")),
            description=book["description"],
            output_dir=_output_dir(root, config, chapters),
            output_file=_output_file(root, config, str(title)),
            chapters=chapters,
            bibliography=tuple(_files(root, config, "bibliography")),
            csl=None if csl is None else existing(root, config, str(csl), "csl"),
            formats=_formats(config),
            pre_render=_texts(config.get("project", "pre-render")),
            post_render=_texts(config.get("project", "post-render")),
            resources=_texts(config.get("project", "resources")),
            configuration=config,
            limits=_limits(config),
            files=files,
            problems=(*config.problems, *foreign(chapters), *_unknown_trust(config, chapters)),
            require=project_require(config),
            steps=Steps(Store(root / FOLDER)),
        )

    @property
    def store(self) -> Store:
        """What steps of earlier commands gave."""
        return self.steps.store

    def over(self, files: Files) -> Project:
        """Return the project over its files as they are read anew."""
        return replace(self, files=files)

    @property
    def notebooks(self) -> tuple[PurePosixPath, ...]:
        """The notebooks among the chapters, in reading order."""
        return tuple(chapter.path for chapter in self.chapters if chapter.path.suffix == ".ipynb")

    @property
    def output(self) -> Path:
        """The folder that the site goes to."""
        return self.root / self.output_dir

    @property
    def execute(self) -> Mapping[str, Any]:
        """The project's execution options (``echo``, ``warning``, …)."""
        value = self.configuration.get("execute", default={})
        return value if isinstance(value, Mapping) else {}

    @property
    def crossref(self) -> Mapping[str, Any]:
        """The project's options of cross-references."""
        value = self.configuration.get("crossref", default={})
        return value if isinstance(value, Mapping) else {}

    def trusts(self, path: PurePosixPath | str) -> bool:
        """Whether `tieout: trust:` says that the raw HTML of a chapter is published as it is."""
        given = self.configuration.get("tieout", "trust", default=[])
        return given is True or str(path) in _texts(given)

    def href(self, chapter: Chapter) -> str:
        """Return the address of a chapter's page, relative to the site."""
        return chapter.href

    def chapter_at(self, path: PurePosixPath | str) -> Chapter | None:
        """Return the chapter of a file, or None where the file is none."""
        wanted = PurePosixPath(path)
        return next((chapter for chapter in self.chapters if chapter.path == wanted), None)

    def option(self, form: str, name: str, default: Any = None) -> Any:
        """Return an option of a format (``html``, ``typst``), as set for it or for all."""
        value = self.formats.get(form, {}).get(name)
        return default if value is None else value

    def line_of(self, *keys: Key) -> int:
        """Return the line of `_quarto.yml` with a key, given as a path: ``line_of("book", "title")``."""
        return self.configuration.line(*keys)


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(item) for item in value) if isinstance(value, list) else (str(value),)


def _date(value: str | None) -> str | None:
    if value not in ("today", "now", "last-modified"):
        return value
    stamp = os.environ.get("SOURCE_DATE_EPOCH")
    moment = (
        datetime.datetime.fromtimestamp(int(stamp), datetime.UTC)
        if stamp and stamp.isdigit()
        else datetime.datetime.now(datetime.UTC)
    )
    return moment.date().isoformat()


def _file_name(title: str) -> str:
    name = re.sub(r"[\s/\\:*?\"<>|]+", "-", title).encode()[:LONGEST_NAME].decode(errors="ignore")
    return name.strip("-") or "book"


def _output_file(root: Path, config: Configuration, title: str) -> str:
    """Return the PDF's name in the output folder, without its ending."""
    given = config.get("book", "output-file")
    if given is None:
        return _file_name(title)
    return str(placed(root, config, str(given), "book", "output-file"))


def _limits(config: Configuration) -> Limits:
    given = config.get("tieout", "limits", default={})
    if not isinstance(given, Mapping):
        hint = "write `seconds:`, `cell-seconds:` or `memory:` under it"
        raise config.error("`tieout.limits` is no mapping", hint, "tieout", "limits")
    try:
        return Limits.of(given)
    except ValueError as error:
        key, what, hint = error.args
        raise config.error(what, hint, "tieout", "limits", key) from None


def _formats(config: Configuration) -> dict[str, dict[str, Any]]:
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


def _authors(config: Configuration) -> Iterator[Author]:
    given = config.get("book", "author", default=config.get("author", default=[]))
    for index, item in enumerate(given if isinstance(given, list) else [given]):
        if not isinstance(item, dict):
            yield Author(str(item))
            continue
        name = item.get("name")
        if isinstance(name, dict):
            name = name.get("literal") or " ".join(
                str(name[part]) for part in ("given", "family") if part in name
            )
        if not name or isinstance(name, list):
            hint = "write `name:` for each author"
            raise config.error("an author has no name", hint, "book", "author", index)
        places = item.get("affiliations", item.get("affiliation", []))
        names = tuple(
            str(place.get("name", "")) if isinstance(place, dict) else str(place)
            for place in (places if isinstance(places, list) else [places])
        )
        rest = (_text(item.get(key)) for key in ("email", "url"))
        yield Author(str(name), _text(item.get("orcid")), tuple(filter(None, names)), *rest)


def _output_dir(root: Path, config: Configuration, chapters: tuple[Chapter, ...]) -> str:
    """Return the folder that a build replaces: it must hold nothing of the project's own."""
    keys = ("project", "output-dir")
    given = config.get(*keys, default="_book")
    folder = placed(root, config, str(given), *keys)
    if any(chapter.path.is_relative_to(folder) for chapter in chapters):
        what = f"`{given}` has chapters in it, and a build replaces the whole folder"
        if folder == PurePosixPath("."):
            what = "the output folder is the project itself, and a build replaces it"
        raise config.error(what, "name another folder, as _site", *keys)
    return str(folder)


def _unknown_trust(config: Configuration, chapters: tuple[Chapter, ...]) -> Iterator[Problem]:
    """Give a warning for each name under `tieout: trust:` that is no chapter's."""
    given = config.get("tieout", "trust", default=[])
    known = {str(chapter.path) for chapter in chapters}
    for index, name in enumerate(() if isinstance(given, bool) else _texts(given)):
        if name not in known:
            line = config.line("tieout", "trust", index)
            what, hint = (
                f"`trust` names `{name}`, which is no chapter",
                "write the chapter's file, as `chapters` does",
            )
            yield Problem(what, hint, path=CONFIG, line=line, rule="trust", severity="warning")


def _files(root: Path, config: Configuration, key: str) -> Iterator[PurePosixPath]:
    for index, item in enumerate(_texts(config.get(key))):
        yield existing(root, config, item, key, index)
