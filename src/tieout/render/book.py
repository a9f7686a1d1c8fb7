"""What the engine makes of a project: chapters as resolved trees, with their titles, headings and labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from tieout.problems import Problem
from tieout.project import Chapter, Project
from tieout.render.text import Source
from tieout.render.tree import Node, python, unpacked


@dataclass(frozen=True)
class Title:
    """A chapter's title: its anchor, its number, its text; ``tied`` is its HTML with the ties in it, empty
    where the page shows no title."""

    id: str
    number: str | None
    html: str
    plain: str
    tied: str


@dataclass(frozen=True)
class TocEntry:
    """A heading of a chapter, with those below it."""

    id: str
    level: int
    number: str | None
    html: str
    plain: str
    children: tuple[TocEntry, ...] = ()


@dataclass(frozen=True)
class Label:
    """Something that can be referred to.

    Parameters
    ----------
    id
        Its identifier: ``fig-path``.
    kind
        The identifier's prefix: ``fig``.
    number
        As shown: ``2.1``, ``2.1 (a)``; empty where it has none.
    text
        Its caption or heading, plain.
    href
        Its address, relative to the site.
    """

    id: str
    kind: str
    number: str
    text: str
    href: str


@dataclass(frozen=True)
class BookChapter:
    """A chapter, resolved.

    Parameters
    ----------
    chapter
        What the project says of it.
    title
        Its title, which the HTML tree does not repeat; the Typst tree begins with it as a heading.
    trees
        The tree for each format, as pandoc's JSON.
    toc
        The headings below the title, nested.
    labels
        What in it can be referred to.
    source
        What it was read from, for its YAML header and for the places of what is said of it.
    """

    chapter: Chapter
    title: Title
    trees: Mapping[str, str]
    toc: tuple[TocEntry, ...]
    labels: tuple[Label, ...]
    source: Source

    def tree(self, form: str) -> Node:
        """Return its tree for a format, another one each time."""
        tree: Node = unpacked(self.trees[form])
        return tree

    @property
    def number(self) -> str | None:
        """Its number as shown: `2`, `A`, or None."""
        return self.title.number

    @property
    def metadata(self) -> Mapping[str, Any]:
        """Its YAML header."""
        return self.source.metadata

    @property
    def href(self) -> str:
        """Its page's address, relative to the site."""
        return self.chapter.href


@dataclass(frozen=True)
class Book:
    """The whole book.

    Parameters
    ----------
    project
        The project it is made from.
    chapters
        Its chapters in reading order.
    media
        Pictures from inside notebooks, by their path in the site. HTML trees point to them relative to the
        page, Typst trees from the root (``/media/…``).
    files
        Those of the project that it shows or leads to; they go to the same path in the site.
    problems
        What is wrong; with an error among them the book is not to be published.
    typst
        Definitions that the Typst trees need (`callout`); a theme may define them anew after it.
    """

    project: Project
    chapters: tuple[BookChapter, ...]
    media: Mapping[str, bytes]
    files: tuple[PurePosixPath, ...]
    problems: tuple[Problem, ...]
    typst: str = ""


def outline(value: Node | None, number: str | None) -> tuple[Title, tuple[TocEntry, ...]]:
    """Read what the last filter says of a chapter's headings: its title, and those to list below it."""
    entries = [python(item) for item in (value or {"c": []})["c"]]
    head = entries[0]
    title = Title(head["id"], number, head["html"], head["plain"], head["tied"])
    return title, _nested([entry for entry in entries[1:] if not entry["unlisted"]])


def _nested(entries: Sequence[Mapping[str, Any]]) -> tuple[TocEntry, ...]:
    result: list[TocEntry] = []
    index = 0
    while index < len(entries):
        entry = entries[index]
        level = int(entry["level"])
        end = index + 1
        while end < len(entries) and int(entries[end]["level"]) > level:
            end += 1
        children = _nested(entries[index + 1 : end])
        result.append(
            TocEntry(entry["id"], level, entry["number"] or None, entry["html"], entry["plain"], children)
        )
        index = end
    return tuple(result)
