"""The pages of a website, and of a folder of documents: which files they are, in which order."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.project.chapters import SUFFIXES, Chapter, Listed, said_of
from tieout.project.configuration import Configuration, Key
from tieout.project.files import Files

# What Quarto leaves alone wherever it lies, beside names that begin with a point or an underscore.
LEFT_OUT = ("README.*", "CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", "AGENTS.local.md", "*.llms.md")
FOLDERS = frozenset(("node_modules", "renv", "packrat", "venv", "env", "__pycache__", "site_libs"))
PATTERN = re.compile(r"[*?\[]")
HOME = "index.html"
ELSEWHERE = re.compile(r"[A-Za-z][\w+.-]*:|//|#")


@dataclass(frozen=True)
class Item:
    """An entry of a website's menus: a page of it or an address, its text where one is given, its heading.

    ``sidebar`` counts the lists beside the text, from 0; None for the bar at the top.
    """

    text: str | None
    page: PurePosixPath | None = None
    href: str = ""
    part: str | None = None
    sidebar: int | None = None


def inputs(files: Files, config: Configuration, output_dir: str) -> list[PurePosixPath]:
    """Return the files that Quarto would render: all below the folder, or what `project: render:` names."""
    root = files.root
    found = sorted(_below(root, root, output_dir), key=lambda path: (len(path.parts), str(path)))
    given = config.get("project", "render")
    wanted = [str(item) for item in (given if isinstance(given, list) else [given])] if given else []
    if not wanted:
        return found
    taken: dict[PurePosixPath, None] = {}
    for pattern in (each for each in wanted if not each.startswith("!")):
        named = PurePosixPath(pattern.lstrip("/"))
        if named.suffix in SUFFIXES and (root / named).is_file():
            taken[named] = None
        taken |= dict.fromkeys(path for path in found if matches(path, pattern))
    without = [each[1:] for each in wanted if each.startswith("!")]
    if len(without) == len(wanted):
        taken = dict.fromkeys(found)
    return [path for path in taken if not any(matches(path, pattern) for pattern in without)]


def _below(root: Path, folder: Path, output_dir: str) -> Iterator[PurePosixPath]:
    for path in sorted(folder.iterdir()):
        name = path.relative_to(root).as_posix()
        if path.name.startswith((".", "_")) or path.is_symlink() or name == output_dir:
            continue
        if path.is_dir():
            if path.name not in FOLDERS and not (path / "pyvenv.cfg").exists():
                yield from _below(root, path, output_dir)
        elif path.suffix in SUFFIXES and not any(fnmatch.fnmatch(path.name, each) for each in LEFT_OUT):
            yield PurePosixPath(name)


def matches(path: PurePosixPath, pattern: str) -> bool:
    """Whether a file is one of those that a pattern or the name of a folder stands for."""
    pattern = pattern.strip("/").removeprefix("./")
    if path.is_relative_to(pattern) or pattern in ("*", "**"):
        return pattern != "*" or len(path.parts) == 1
    deep = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*\*", ".*").replace(r"\*", "[^/]*")
    return re.fullmatch(deep.replace(r"\?", "[^/]"), str(path)) is not None


class Menu:
    """Reads the menus of a website: its sidebar and the bar at its top, with what they say of pages.

    Parameters
    ----------
    config
        The configuration, with the key that holds them.
    pages
        The files that are pages.
    """

    def __init__(self, config: Configuration, pages: Sequence[PurePosixPath]) -> None:
        self.config, self.pages = config, pages

    def items(self) -> Iterator[Item]:
        """Give the entries: those of the bar, then those of the sidebars."""
        bar = self.config.get("website", "navbar")
        for side in ("left", "center", "right") if isinstance(bar, dict) else ():
            yield from self._each(bar.get(side), None)
        given = self.config.get("website", "sidebar")
        for count, sidebar in enumerate(given if isinstance(given, list) else [given]):
            if isinstance(sidebar, dict):
                title = sidebar.get("title")
                listed = self._each(sidebar.get("contents"), None if title is None else str(title))
                yield from (replace(item, sidebar=count) for item in listed)

    def _each(self, given: Any, part: str | None) -> Iterator[Item]:
        for item in given if isinstance(given, list) else [] if given is None else [given]:
            if isinstance(item, str):
                yield from self._named(item, None, part)
            elif isinstance(item, dict):
                yield from self._entry(item, part)

    def _entry(self, item: dict[str, Any], part: str | None) -> Iterator[Item]:
        text = item.get("text", item.get("section"))
        text = None if text is None else str(text)
        target = item.get("href", item.get("file"))
        below = item.get("contents", item.get("menu"))
        if "auto" in item:
            yield from self._named(str(item["auto"]), None, part)
        elif below is not None:
            if text is not None and target is None and PurePosixPath(text).suffix in SUFFIXES:
                target, text = text, None
            if target is not None:
                yield from self._named(str(target), text, part)
            yield from self._each(below, text or part)
        elif target is not None:
            yield from self._named(str(target), text, part)

    def _named(self, name: str, text: str | None, part: str | None) -> Iterator[Item]:
        if not name.strip("- "):
            return  # a line between entries
        if name in ("auto", "True", "true"):
            name = "**"
        plain = PurePosixPath(name.lstrip("/").removeprefix("./").partition("#")[0])
        by_page = {path.with_suffix(".html"): path for path in self.pages}
        page = plain if plain in self.pages else by_page.get(plain)
        if page is not None:
            yield Item(text, page, part=part)
        elif ELSEWHERE.match(name):
            yield Item(text or name, href=name, part=part)
        elif PATTERN.search(name) or any(path.is_relative_to(plain) for path in self.pages):
            yield from (Item(None, path, part=part) for path in self.pages if matches(path, name))
        elif plain.suffix not in SUFFIXES:
            yield Item(text or name, href=str(plain), part=part)


def pages(
    files: Files, config: Configuration, output_dir: str, place: tuple[Key, ...] = ("project", "render")
) -> tuple[Listed, tuple[Item, ...]]:
    """Return the pages of a website in the order of its menus, the home page first; and the menus."""
    found = inputs(files, config, output_dir)
    items = tuple(Menu(config, found).items())
    parts = {item.page: item.part for item in reversed(items) if item.page}
    order = list(dict.fromkeys([*(item.page for item in items if item.page), *found]))
    order.sort(key=lambda path: path.with_suffix("") != PurePosixPath("index"))
    chapters, problems = [], []
    made: dict[str, PurePosixPath] = {}
    for path in order:
        page = str(path.with_suffix(".html"))
        if page.casefold() in made:
            what = f"`{path}` and `{made[page.casefold()]}` make the same page {page}"
            problems.append(config.warning(what, "only the second is shown; rename one of them", *place))
            continue
        said = said_of(files, path)
        problems += said.problems
        if said.front is None:
            continue
        made[page.casefold()] = path
        front, line = said.front, config.line(*place)
        part = parts.get(path)
        chapters.append(Chapter(path, "page", None, part, front.title, line, said.require, front.numbered))
    return Listed(tuple(chapters), tuple(problems)), items
