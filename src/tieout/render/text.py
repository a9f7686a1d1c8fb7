"""Lines of Markdown that remember the file and line they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tieout.problems import Problem
from tieout.project import lines_of as split_lines


@dataclass(frozen=True)
class Line:
    """One line of Markdown, without its line end, and where it stands in the sources."""

    text: str
    path: str
    number: int


def lines_of(text: str, path: str, first: int = 1) -> list[Line]:
    """Return the lines of a text that begins at a line of a file."""
    return [Line(line, path, first + index) for index, line in enumerate(split_lines(text))]


def lines_at(text: str, near: Line) -> list[Line]:
    """Return the lines of a text that all come from one place."""
    return [Line(line, near.path, near.number) for line in split_lines(text)]


@dataclass(frozen=True)
class Source:
    """A chapter as Markdown.

    Parameters
    ----------
    lines
        The Markdown, each line with its place.
    metadata
        The chapter's YAML header.
    media
        Pictures that were inside the chapter, by their path in the site.
    problems
        What was wrong with it, errors and warnings.
    unrun
        The labels of its code that is not run: what they name is not there, and that is said once.
    """

    lines: tuple[Line, ...]
    metadata: dict[str, Any]
    media: dict[str, bytes] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    unrun: frozenset[str] = frozenset()

    @property
    def markdown(self) -> str:
        """The text for pandoc."""
        return "\n".join(line.text for line in self.lines) + "\n"

    def place(self, needles: Iterable[str]) -> Line | None:
        """Return the first line that has one of the texts as a whole word, the likeliest text first."""
        for needle in filter(None, needles):
            whole = re.compile(re.escape(needle) + r"(?![\w-])")
            for line in self.lines:
                if needle in line.text and whole.search(line.text):
                    return line
        return None


def join(lines: Sequence[Line]) -> str:
    """Return lines as one text."""
    return "\n".join(line.text for line in lines)
