"""The project as an object: what `_quarto.yml` says of the book, its chapters and its formats.

The same file configures both engines; whatever of it has no meaning here is named once, with its line.
"""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Literal

from tieout.configuration import FORMAT_OPTIONS, Configuration, Key, read
from tieout.frontmatter import read_front
from tieout.problems import InputError, Problem

CONFIG = "_quarto.yml"
SUFFIXES = (".ipynb", ".qmd", ".md")

ChapterKind = Literal["index", "part", "chapter", "appendix"]


@dataclass(frozen=True)
class Author:
    """Who wrote the book, or a share of it."""

    name: str
    orcid: str | None = None
    affiliations: tuple[str, ...] = ()
    email: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Chapter:
    """One file of the book, in reading order.

    Parameters
    ----------
    path
        The file, relative to the project.
    kind
        What it is to the book; a ``part`` is the page that opens one.
    number
        ``1``, ``2`` … for chapters, ``A``, ``B`` … for appendices, None where it is not numbered.
    part
        The title of the part it stands in, as Markdown; None outside parts.
    title
        Its title as Markdown, without attributes; None where the file gives none.
    line
        The line of `_quarto.yml` that lists it.
    """

    path: PurePosixPath
    kind: ChapterKind
    number: str | None = None
    part: str | None = None
    title: str | None = None
    line: int = 1

    @property
    def href(self) -> str:
        """The address of its page, relative to the site."""
        return str(self.path.with_suffix(".html"))


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
    problems: tuple[Problem, ...] = ()

    @classmethod
    def load(cls, root: Path) -> Project:
        """Read the project in a folder.

        Raises
        ------
        InputError
            `_quarto.yml` is missing, malformed or not a book's, has a value of a wrong type, or lists a
            chapter that does not exist, leaves the project or makes the same page as another.
        """
        root = Path(root).resolve()
        if not (root / CONFIG).is_file():
            hint = "go to the folder of the report, or name it with --project"
            raise InputError(f"{root} has no {CONFIG}", hint, rule="config")
        config = read(root / CONFIG, CONFIG)
        if config.get("project", "type") != "book":
            what = "the project is not a book"
            raise config.error(what, "write `type: book` under `project:`", "project", "type")
        title = config.get("book", "title")
        if title is None:
            raise config.error("the book has no title", "write `title:` under `book:`", "book")
        book = {key: _text(config.get("book", key)) for key in ("subtitle", "date", "description")}
        chapters = tuple(_chapters(root, config))
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
            output_file=str(config.get("book", "output-file", default=_file_name(str(title)))),
            chapters=chapters,
            bibliography=tuple(_files(root, config, "bibliography")),
            csl=None if csl is None else _file(root, config, str(csl), "csl"),
            formats=_formats(config),
            pre_render=_texts(config.get("project", "pre-render")),
            post_render=_texts(config.get("project", "post-render")),
            resources=_texts(config.get("project", "resources")),
            configuration=config,
            problems=(*config.problems, *_foreign(chapters)),
        )

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
    return re.sub(r"[\s/\\:*?\"<>|]+", "-", title).strip("-") or "book"


def _formats(config: Configuration) -> dict[str, dict[str, Any]]:
    given = config.get("format", default={})
    if isinstance(given, str):
        given = {given: {}}
    for_all = {
        key: config.get(key) for key in FORMAT_OPTIONS if config.get(key) is not None and key != "lang"
    }
    own = {
        name: value if isinstance(value, dict) else {} for name, value in given.items() if value is not False
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


def _inside(root: Path, config: Configuration, given: Any, *keys: Key) -> PurePosixPath:
    path = PurePosixPath(str(given))
    target = (root / path).resolve()
    if path.is_absolute() or "\\" in str(given) or not target.is_relative_to(root):
        hint = "name a file inside it, relative to _quarto.yml, with forward slashes"
        raise config.error(f"`{given}` leaves the project", hint, *keys)
    return PurePosixPath(os.path.normpath(path))


def _output_dir(root: Path, config: Configuration, chapters: tuple[Chapter, ...]) -> str:
    """Return the folder that a build replaces: it must hold nothing of the project's own."""
    keys = ("project", "output-dir")
    given = config.get(*keys, default="_book")
    folder = _inside(root, config, given, *keys)
    if any(chapter.path.is_relative_to(folder) for chapter in chapters):
        what = f"`{given}` has chapters in it, and a build replaces the whole folder"
        if folder == PurePosixPath("."):
            what = "the output folder is the project itself, and a build replaces it"
        raise config.error(what, "name another folder, as _site", *keys)
    return str(folder)


def _file(root: Path, config: Configuration, given: str, *keys: Key) -> PurePosixPath:
    path = _inside(root, config, given, *keys)
    if not (root / path).is_file():
        hint = "correct the name, or make the file"
        raise config.error(f"`{given}` does not exist", hint, *keys)
    return path


def _files(root: Path, config: Configuration, key: str) -> Iterator[PurePosixPath]:
    for index, item in enumerate(_texts(config.get(key))):
        yield _file(root, config, item, key, index)


def _entries(
    config: Configuration, items: Any, at: tuple[Key, ...], part: str | None
) -> Iterator[tuple[str, str | None, str | None, bool, tuple[Key, ...]]]:
    """Give (file, part, title, opens a part, place) for each entry of a list of chapters."""
    if not isinstance(items, list):
        raise config.error(f"`{'.'.join(map(str, at))}` should be a list of files", "", *at)
    for index, item in enumerate(items):
        place = (*at, index)
        if isinstance(item, dict) and "part" in item:
            name = str(item["part"])
            is_file = PurePosixPath(name).suffix in SUFFIXES
            if is_file:
                yield name, None, None, True, place
            if "chapters" in item:
                yield from _entries(config, item["chapters"], (*place, "chapters"), name)
        elif isinstance(item, dict) and ("file" in item or "href" in item):
            yield str(item.get("file", item.get("href"))), part, _text(item.get("text")), False, place
        elif isinstance(item, str):
            yield item, part, None, False, place
        else:
            hint = "write a file's name, or `part:` with its `chapters:`"
            raise config.error("an entry of the list of chapters names no file", hint, *place)


def _chapters(root: Path, config: Configuration) -> Iterator[Chapter]:
    items = config.get("book", "chapters")
    if not items:
        hint = "list its files under `book: chapters:`, index first"
        raise config.error("the book has no chapters", hint, "book", "chapters")
    listed = [(False, entry) for entry in _entries(config, items, ("book", "chapters"), None)]
    appendices = config.get("book", "appendices", default=[])
    listed += [(True, entry) for entry in _entries(config, appendices, ("book", "appendices"), None)]
    listed.sort(key=lambda item: PurePosixPath(item[1][0]).stem != "index" or "/" in item[1][0])
    if PurePosixPath(listed[0][1][0]).stem != "index" or "/" in listed[0][1][0]:
        hint = "add index.ipynb (or .qmd, .md) as the first chapter"
        raise config.error("the book has no home page", hint, "book", "chapters")
    pages: dict[str, str] = {}
    titles: dict[str, str] = {}
    counts = {False: 0, True: 0}
    for appendix, (given, part, title, opens, place) in listed:
        path = _file(root, config, given, *place)
        page = str(path.with_suffix(".html"))
        if page in pages:
            hint = "rename one of them, or list it once"
            what = f"`{path}` and `{pages[page]}` make the same page {page}"
            raise config.error(
                what if str(path) != pages[page] else f"`{path}` is listed twice", hint, *place
            )
        pages[page] = str(path)
        front = read_front(root / path, str(path))
        title = title or front.title
        if opens:
            titles[given] = title or given
        kind: ChapterKind = "index" if len(pages) == 1 else "part" if opens else "chapter"
        if kind == "chapter" and appendix:
            kind = "appendix"
        number = None
        if kind in ("chapter", "appendix") and front.numbered:
            counts[appendix] += 1
            number = _letters(counts[appendix]) if appendix else str(counts[appendix])
        yield Chapter(
            path, kind, number, titles.get(part, part) if part else None, title, config.line(*place)
        )


def _letters(count: int) -> str:
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _foreign(chapters: tuple[Chapter, ...]) -> Iterator[Problem]:
    for chapter in chapters:
        if chapter.path.suffix not in SUFFIXES:
            what = f"`{chapter.path}` is of a kind that is not known here"
            hint = "it is read as Markdown, and no code in it runs"
            yield Problem(
                what, hint, path=CONFIG, line=chapter.line, rule="unknown-engine", severity="warning"
            )
