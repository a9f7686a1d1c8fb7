"""The chapters of a book as `_quarto.yml` lists them: order, kind, number, title, page.

A chapter that cannot be read is left out and said, so that the others are built; a strict project refuses it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from tieout.machine import inside
from tieout.problems import InputError, Problem
from tieout.project.configuration import CONFIG, Configuration, Key
from tieout.project.files import Files
from tieout.project.frontmatter import Front, read_front
from tieout.project.preflight import excessive
from tieout.project.require import Require, chapter_require

SUFFIXES = (".ipynb", ".qmd", ".md")

ChapterKind = Literal["index", "part", "chapter", "appendix", "page"]


@dataclass(frozen=True)
class Chapter:
    """One file of the book, in reading order.

    Parameters
    ----------
    path
        The file, relative to the project.
    kind
        What it is to the book: a ``part`` is the page that opens one, a ``page`` one of a website.
    number
        ``1``, ``2`` … for chapters, ``A``, ``B`` … for appendices, None where it is not numbered.
    part
        The title of the part it stands in, as Markdown; None outside parts.
    title
        Its title as Markdown, without attributes; None where the file gives none.
    line
        The line of `_quarto.yml` that lists it.
    require
        Which of its numbers need a tie, where its header says so.
    numbered
        Whether its header wants headings numbered, its own among them; None where it does not say. Its
        figures carry its number in any case.
    """

    path: PurePosixPath
    kind: ChapterKind
    number: str | None = None
    part: str | None = None
    title: str | None = None
    line: int = 1
    require: Require | None = None
    numbered: bool | None = None

    @property
    def href(self) -> str:
        """The address of its page, relative to the site."""
        return str(self.path.with_suffix(".html"))


def placed(root: Path, config: Configuration, given: str, *keys: Key) -> PurePosixPath:
    """Return a path of the project; one that leaves it is an error at its key."""
    return inside(root, given, path=config.file(*keys), line=config.line(*keys))


def existing(root: Path, config: Configuration, given: str, *keys: Key) -> PurePosixPath:
    """Return the path of a file of the project; one that is not there is an error at its key."""
    path = placed(root, config, given, *keys)
    try:
        found = (root / path).is_file()
    except OSError:  # no name of a file: too long, say
        found = False
    if not found:
        hint = "correct the name, or make the file"
        raise config.error(f"`{given}` does not exist", hint, *keys)
    return path


@dataclass(frozen=True)
class _Entry:
    """An entry of the list: file, its part, a title given there, whether it opens a part, its place."""

    file: str
    place: tuple[Key, ...]
    part: str | None = None
    title: str | None = None
    opens: bool = False
    appendix: bool = False

    @property
    def is_index(self) -> bool:
        path = PurePosixPath(self.file)
        return path.name.startswith("index.") and len(path.parts) == 1  # as Quarto has it: index.uk.ipynb too


def _entries(config: Configuration, at: tuple[Key, ...], part: str | None) -> Iterator[_Entry]:
    appendix = at[1] == "appendices"
    items = config.get(*at, default=[])
    if not isinstance(items, list):
        hint = "write one file to a line, each after a dash"
        raise config.error(f"`{'.'.join(map(str, at))}` should be a list of files", hint, *at)
    for index, item in enumerate(items):
        place = (*at, index)
        if isinstance(item, str):
            yield _Entry(item, place, part, appendix=appendix)
        elif isinstance(item, dict) and "part" in item:
            name = str(item["part"])
            if PurePosixPath(name).suffix in SUFFIXES:
                yield _Entry(name, place, opens=True, appendix=appendix)
            yield from _entries(config, (*place, "chapters"), name)
        elif isinstance(item, dict) and ("file" in item or "href" in item):
            title = None if item.get("text") is None else str(item["text"])
            yield _Entry(str(item.get("file", item.get("href"))), place, part, title, appendix=appendix)
        else:
            hint = "write a file's name, or `part:` with its `chapters:`"
            raise config.error("an entry of the list of chapters names no file", hint, *place)


@dataclass(frozen=True)
class Said:
    """What a file says of itself; ``front`` is None where it cannot be read, and ``problems`` say why."""

    front: Front | None
    require: Require | None = None
    problems: tuple[Problem, ...] = ()


def said_of(files: Files, path: PurePosixPath) -> Said:
    """Return the head of a chapter, and what would keep a build busy for minutes."""
    try:
        front = read_front(files, path)
        require = chapter_require(front.metadata, str(path))
        too_much = tuple(excessive(files, path))
    except InputError as error:
        return Said(None, None, error.problems)
    return Said(None if too_much else front, require, too_much)


@dataclass(frozen=True)
class Listed:
    """Chapters in reading order, the home page first, and what is wrong with those that are left out."""

    chapters: tuple[Chapter, ...]
    problems: tuple[Problem, ...] = ()


def listed(files: Files, config: Configuration) -> Listed:
    """Return the chapters of a book; one that stands alone is its home page, whatever its name.

    Raises
    ------
    InputError
        None are listed, or the list is none; a strict project also refuses each that cannot be shown.
    """
    if not config.get("book", "chapters"):
        hint = "list its files under `book: chapters:`, index first"
        raise config.error("the book has no chapters", hint, "book", "chapters")
    entries = [*_entries(config, ("book", "chapters"), None), *_entries(config, ("book", "appendices"), None)]
    entries.sort(key=lambda entry: not entry.is_index)
    problems: list[Problem] = []
    own = [entry for entry in entries if not entry.appendix]
    if not entries or not (entries[0].is_index or len(own) == 1):
        hint = "add index.ipynb (or .qmd, .md) as the first chapter"
        missing = config.error("the book has no home page", hint, "book", "chapters")
        if config.is_strict or not entries:
            raise missing
        problems += (replace(each, severity="warning") for each in missing.problems)
    listing = _Listing(files, config)
    chapters = [chapter for entry in entries for chapter in listing.chapter(entry)]
    if listing.problems and config.is_strict:
        raise InputError(listing.problems)
    return Listed(tuple(chapters), (*problems, *listing.problems))


class _Listing:
    """Reads the files of a list of chapters, and counts them."""

    def __init__(self, files: Files, config: Configuration) -> None:
        self.files, self.config = files, config
        self.problems: list[Problem] = []
        self.pages: dict[str, PurePosixPath] = {}
        self.titles: dict[str, str] = {}
        self.counts = {False: 0, True: 0}

    def chapter(self, entry: _Entry) -> Iterator[Chapter]:
        """Give the chapter of an entry, or nothing, with the reason among the problems."""
        try:
            path = existing(self.files.root, self.config, entry.file, *entry.place)
            self._take(path, entry)
        except InputError as error:
            self.problems += error.problems
            return
        said = said_of(self.files, path)
        self.problems += said.problems
        front = said.front or Front()
        title = entry.title or front.title
        if entry.opens:
            self.titles[entry.file] = title or entry.file
        kind: ChapterKind = "appendix" if entry.appendix else "chapter"
        if entry.is_index:
            kind = "index"
        elif entry.opens:
            kind = "part"
        number = None
        if kind != "part" and front.counts:
            self.counts[entry.appendix] += 1
            count = self.counts[entry.appendix]
            number = _letters(count) if entry.appendix else str(count)
        part = self.titles.get(entry.part, entry.part) if entry.part else None
        if said.front is not None:
            line = self.config.line(*entry.place)
            yield Chapter(path, kind, number, part, title, line, said.require, front.numbered)

    def _take(self, path: PurePosixPath, entry: _Entry) -> None:
        """Take a page's address; it is an error where another chapter has it."""
        page = str(path.with_suffix(".html"))
        # Pages whose names differ in case only are one file on many machines.
        other = self.pages.get(page.casefold())
        if other is not None:
            what = f"`{path}` is listed twice"
            if other != path:
                what = f"`{path}` and `{other}` make the same page {page}"
            raise self.config.error(what, "rename one of them, or list it once", *entry.place)
        self.pages[page.casefold()] = path


def _letters(count: int) -> str:
    letters = ""
    while count:
        count, rest = divmod(count - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def foreign(chapters: tuple[Chapter, ...]) -> Iterator[Problem]:
    """Give a warning for each chapter of a kind that only Quarto knows."""
    for chapter in chapters:
        if chapter.path.suffix not in SUFFIXES:
            what = f"`{chapter.path}` is of a kind that is not known here"
            hint = "it is read as Markdown, and no code in it runs"
            line = chapter.line
            yield Problem(what, hint, path=CONFIG, line=line, rule="unknown-engine", severity="warning")
