"""The editions of a book: profiles that are published with it, each the same book in another language.

Pages of two editions belong together by the names of their files before the first point: `index.ipynb` and
`index.uk.ipynb`, `chapters/01-introduction.ipynb` and `chapters/uk/01-introduction.ipynb`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from tieout.project.chapters import Chapter


@dataclass(frozen=True)
class Edition:
    """Another edition of a book, as the pages of this one lead to it.

    Parameters
    ----------
    name
        Its profile; empty for the main edition.
    lang
        Its language.
    base
        The way from the root of this site to the root of its site: ``uk/``, ``../``.
    pages
        Its pages by what their files are called.
    home
        Its home page.
    """

    name: str
    lang: str
    base: str
    pages: Mapping[str, str]
    home: str

    @classmethod
    def of(cls, name: str, lang: str, way: tuple[str, str], chapters: Iterable[Chapter]) -> Edition:
        """Return an edition as another sees it; ``way`` is the folders of its own and of the other's site."""
        base = posixpath.relpath(way[0], way[1]) + "/"
        pages = {called(chapter.path): chapter.href for chapter in chapters}
        return cls(name, lang, base, pages, next(iter(pages.values())))

    @property
    def folder(self) -> str | None:
        """The folder of this site that holds the edition; None where it lies elsewhere."""
        return None if self.base.startswith("..") else self.base.partition("/")[0]

    def page(self, path: PurePosixPath) -> str:
        """Return the address, from the root of this site, of a file's counterpart; else of the home page."""
        return self.base + self.pages.get(called(path), self.home)


def called(path: PurePosixPath) -> str:
    """Return what two editions call the same page: the name of its file before the first point.

    Examples
    --------
    >>> called(PurePosixPath("index.uk.ipynb")), called(PurePosixPath("chapters/uk/01-market.ipynb"))
    ('index', '01-market')
    """
    return path.name.partition(".")[0]
