"""The kinds of project: books, websites, folders, one document; and where each says its title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tieout.problems import Problem
from tieout.project.configuration import Configuration


@dataclass(frozen=True)
class Kind:
    """A kind of project.

    Parameters
    ----------
    name
        As `project: type:` has it; ``document`` for one file without a project.
    section
        The key of `_quarto.yml` under which title, authors and the like stand; empty for its top.
    output_dir
        The folder that the site goes to where nothing else is said.
    is_book
        Whether its files are chapters of one text, with numbers of their own; else each is a text for itself.
    """

    name: str
    section: str
    output_dir: str
    is_book: bool = False

    def about(self, config: Configuration, key: str, default: Any = None) -> Any:
        """Return what a project says of itself, as ``title``: in its section, else at the top."""
        own = config.get(self.section, key) if self.section else None
        return config.get(key, default=default) if own is None else own

    def place(self, config: Configuration, key: str) -> tuple[str, ...]:
        """Return the path of keys of what `about` returns, or where it would stand."""
        if self.section and config.get(self.section, key) is not None:
            return self.section, key
        return (key,) if config.get(key) is not None else (self.section,)


BOOK = Kind("book", "book", "_book", is_book=True)
WEBSITE = Kind("website", "website", "_site")
DEFAULT = Kind("default", "project", "_site")
DOCUMENT = Kind("document", "", "_site")
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (BOOK, WEBSITE, DEFAULT)}


def kind_of(config: Configuration) -> Kind:
    """Return the kind of a project; one that is not known is read as a website."""
    given = config.get("project", "type", default="default")
    return KINDS.get(str(given), WEBSITE)


def unknown_kind(config: Configuration) -> Iterator[Problem]:
    """Give a warning for a kind of project that is not known here."""
    given = config.get("project", "type", default="default")
    if str(given) not in KINDS:
        what, hint = f"projects of the type `{given}` are not known here", "it is read as a website"
        line = config.line("project", "type")
        yield Problem(what, hint, path=config.name, line=line, rule="project-type", severity="warning")
