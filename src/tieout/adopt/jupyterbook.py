"""What a Jupyter Book is made of, as its `_toc.yml` and `_config.yml` or its `myst.yml` say.

All forms of the list are read: that of books, of articles, the plain one of earlier versions, and MyST's.
Sections below a chapter become chapters after it, since a book of Quarto has one level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.machine import inside
from tieout.problems import InputError, Problem
from tieout.project import parse_yaml, read_text

CONTENTS, CONFIG, MYST = "_toc.yml", "_config.yml", "myst.yml"
SUFFIXES = (".ipynb", ".md", ".qmd")
BELOW = ("chapters", "sections", "entries", "items", "children")
GROUPS = ("parts", "subtrees")
DEEPEST = 20  # levels of sections
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Listed:
    """A file of the book, the part that it stands in, and the title that the list gives it."""

    file: str
    part: str | None = None
    title: str | None = None


@dataclass
class JupyterBook:
    """What a Jupyter Book says of itself.

    Parameters
    ----------
    files
        Its files in reading order, each once.
    title, author, bibliography
        What `_config.yml` says in plain words; files of works that are there.
    problems
        What of the list a book of Quarto cannot have.
    source
        The file that lists them.
    """

    files: list[Listed] = field(default_factory=list)
    title: str | None = None
    author: str | None = None
    bibliography: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    source: str = CONTENTS

    @classmethod
    def read(cls, root: Path) -> JupyterBook | None:
        """Read the Jupyter Book in a folder; None where there is none.

        Raises
        ------
        InputError
            `_toc.yml`, `_config.yml` or `myst.yml` is no YAML.
        """
        if (root / MYST).is_file():
            return cls._of_myst(root)
        if not (root / CONTENTS).is_file():
            return None
        values, lines = parse_yaml(read_text(root / CONTENTS, CONTENTS), CONTENTS)
        book = cls()
        _Reader(root, CONTENTS, lines, book).read(values)
        if (root / CONFIG).is_file():
            said = parse_yaml(read_text(root / CONFIG, CONFIG), CONFIG)[0]
            if isinstance(said, Mapping):
                book.title, book.author = _text(said, "title"), _text(said, "author")
                book.bibliography = tuple(dict.fromkeys(_works(said, root)))
        book.bibliography = book.bibliography or _lying(root)
        return book

    @classmethod
    def _of_myst(cls, root: Path) -> JupyterBook:
        """Read `myst.yml`, in which all stands together."""
        values, lines = parse_yaml(read_text(root / MYST, MYST), MYST)
        said = values.get("project") if isinstance(values, Mapping) else None
        if not isinstance(said, Mapping):
            return cls(source=MYST)
        given = said.get("authors", said.get("author"))
        named = [each.get("name") if isinstance(each, Mapping) else each for each in _listed(given)]
        author = ", ".join(str(each) for each in named if each) or None
        book = cls(title=_text(said, "title"), author=author, source=MYST)
        works = (_inside(root, str(each)) for each in _listed(said.get("bibliography")))
        given = tuple(str(each) for each in works if each and (root / each).is_file())
        book.bibliography = given or _lying(root)
        places = {key[2:]: line for key, line in lines.items() if key[1:2] == ("toc",)}
        _Reader(root, MYST, places, book).read(said.get("toc"))
        return book


def _listed(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [] if given is None else [given]


def _text(values: Mapping[str, Any], key: str) -> str | None:
    value = values.get(key)
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _works(said: Mapping[str, Any], root: Path) -> Iterator[str]:
    sphinx = said.get("sphinx")
    config = sphinx.get("config") if isinstance(sphinx, Mapping) else None
    for values in (said, config):
        given = values.get("bibtex_bibfiles") if isinstance(values, Mapping) else None
        for name in [given] if isinstance(given, str) else given if isinstance(given, list) else ():
            path = _inside(root, str(name))
            if path is not None and (root / path).is_file():
                yield str(path)


def _lying(root: Path) -> tuple[str, ...]:
    """Return the bibliographies that lie in a book, which MyST takes where nothing names one."""
    found = sorted([*root.glob("*.bib"), *root.glob("[!.]*/*.bib")])
    return tuple(path.relative_to(root).as_posix() for path in found if path.parent.name != "_build")


def _inside(root: Path, name: str) -> PurePosixPath | None:
    try:
        return inside(root, name)
    except InputError:
        return None


@dataclass
class _Reader:
    root: Path
    source: str
    lines: Mapping[Place, int]
    book: JupyterBook

    def read(self, values: Any) -> None:
        if isinstance(values, list):
            self._list(values, (), None)
        elif isinstance(values, Mapping):
            self._file(values.get("root"), values, ("root",), None)
            self._below(values, (), None)

    def _below(self, values: Mapping[str, Any], at: Place, part: str | None) -> None:
        """Take what stands below an entry: chapters or sections, in parts or not."""
        for key in BELOW:
            self._list(values.get(key), (*at, key), part)
        for key in GROUPS:
            groups = values.get(key)
            for index, group in enumerate(groups if isinstance(groups, list) else ()):
                if isinstance(group, Mapping):
                    self._below(group, (*at, key, index), _text(group, "caption") or part)

    def _list(self, items: Any, at: Place, part: str | None) -> None:
        if len(at) > 2 * DEEPEST:
            self._warn("nests its sections too deeply", at)
            return
        for index, item in enumerate(items if isinstance(items, list) else ()):
            place = (*at, index)
            if isinstance(item, str):
                self._file(item, {}, place, part)
            elif isinstance(item, Mapping):
                if "header" in item or "part" in item:  # of earlier versions
                    name = _text(item, "part") or _text(item, "header")
                    part = name if "header" in item else part
                    self._below(item, place, name or part)
                    continue
                if "children" in item and not {"file", "url"} & item.keys():  # a part of MyST's
                    self._below(item, place, _text(item, "title") or part)
                    continue
                if pattern := item.get("glob", item.get("pattern")):
                    self._matching(str(pattern), place, part)
                elif "url" in item and not str(item["url"]).startswith("/"):
                    self._warn(f"`{item['url']}` is on the web and no chapter", place)
                else:
                    given = item.get("file", str(item.get("url", "")).lstrip("/"))
                    self._file(given, item, place, part)
                self._below(item, place, part)

    def _file(self, given: Any, item: Mapping[str, Any], at: Place, part: str | None) -> None:
        if not isinstance(given, str) or not given:
            return
        path = _inside(self.root, given)
        found = None if path is None else next(filter(self._is_file, self._named(path)), None)
        if found is None:
            self._warn(f"there is no notebook or text `{given}`", at)
        else:
            self._take(str(found), part, _text(item, "title"))

    @staticmethod
    def _named(path: PurePosixPath) -> Iterator[PurePosixPath]:
        """Give the files that a name may stand for: endings are mostly left out."""
        if path.suffix in SUFFIXES:
            yield path
        yield from (path.with_name(path.name + suffix) for suffix in SUFFIXES)

    def _is_file(self, path: PurePosixPath) -> bool:
        return (self.root / path).is_file()

    def _matching(self, pattern: str, at: Place, part: str | None) -> None:
        try:
            found = sorted(path.relative_to(self.root).as_posix() for path in self.root.glob(pattern))
        except (ValueError, NotImplementedError):
            found = []
        files = [
            name for name in found if PurePosixPath(name).suffix in SUFFIXES and _inside(self.root, name)
        ]
        if not files:
            self._warn(f"no notebook or text is named as `{pattern}`", at)
        for name in files:
            self._take(name, part, None)

    def _take(self, file: str, part: str | None, title: str | None) -> None:
        pages = {PurePosixPath(each.file).with_suffix("") for each in self.book.files}
        if PurePosixPath(file).with_suffix("") not in pages:
            self.book.files.append(Listed(file, part, title))

    def _warn(self, what: str, at: Place) -> None:
        places = (at[:count] for count in range(len(at), 0, -1))
        line = next((self.lines[place] for place in places if place in self.lines), 1)
        hint = "it is left out of the book; write it into _quarto.yml where it belongs"
        self.book.problems.append(Problem(what, hint, self.source, line, rule="adopt", severity="warning"))
