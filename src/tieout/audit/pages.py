"""A built site: its pages, read when they are first asked for, and what they show to each other."""

from __future__ import annotations

import functools
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

from tieout.audit.engines import Engine, engine_of
from tieout.audit.face import Face
from tieout.audit.labels import Label
from tieout.audit.lazily import Lazily
from tieout.audit.page import Page
from tieout.audit.reading import read_page
from tieout.audit.works import Works
from tieout.machine.asked import digest
from tieout.project import Project


@dataclass(frozen=True)
class Site:
    """All pages of a site, by address, with what their labels are shown as.

    Parameters
    ----------
    project
        The book.
    pages
        The pages.
    works
        The bibliography.
    faces
        What each page shows to the others, by address.
    """

    project: Project
    pages: Mapping[str, Page]
    works: Works
    faces: Mapping[str, Face]
    _labels: dict[tuple[str, str], Label | None] = field(default_factory=dict)

    @classmethod
    def of(cls, project: Project, works: Works, folder: Path) -> Site:
        """Return the site in a folder, whose pages are read when they are asked for.

        Raises
        ------
        InputError
            When a page is asked for in which there is nothing.
        """
        there = [chapter.href for chapter in project.chapters if (folder / chapter.href).is_file()]

        def content(href: str) -> bytes:
            return (folder / href).read_bytes()

        pages = Lazily(there, lambda href: read_page(content(href), href, folder, project.lang))

        def face(href: str) -> Face:
            key = [project.lang, href, digest(content(href))]
            made = {"its page": key}
            return Face.read(
                project.steps.take("face", key, lambda: Face.of(pages[href]).written(), href, made)
            )

        return cls(project, pages, works, Lazily(there, face))

    @classmethod
    def read(cls, project: Project, pages: Mapping[str, Page], works: Works) -> Site:
        """Return a site of pages that were read."""
        return cls(project, pages, works, Lazily(pages, lambda href: Face.of(pages[href])))

    def label(self, href: str, anchor: str) -> Label | None:
        """Return what stands at an address, None where nothing does."""
        key = href, anchor
        if key not in self._labels:
            face = self.faces.get(href)
            self._labels[key] = self._named(href, face.label(anchor)) if face else None
        return self._labels[key]

    def _named(self, href: str, label: Label | None) -> Label | None:
        """Take the number of an appendix off its title, where the engine writes it as text.

        The title over a home page says that of the book; a chapter of that name has its number elsewhere.
        """
        if label is None or label.number or not label.words:
            return label
        chapter = next((each for each in self.project.chapters if each.href == href), None)
        if href == self.titled and label.words == self.project.title:
            first = self.project.chapters[0]
            shows = self.project.numbers_sections("html", first)
            return replace(label, number=str(first.number) if shows else "")
        number, words = self.engine.label_in(label.words, self.project, chapter)
        return Label(number, words, self.engine.label_in(label.said, self.project, chapter)[1])

    @functools.cached_property
    def titled(self) -> str:
        """The address of a first page that counts, with the book's title and no number over it; or empty."""
        first = self.project.chapters[0]
        face = self.faces.get(first.href)
        label = face.label("") if face and self.project.kind.is_book and first.number else None
        return first.href if label and not label.number and label.words == self.project.title else ""

    @functools.cached_property
    def anchors(self) -> frozenset[str]:
        """What any of the pages has as an id."""
        return frozenset(name for face in self.faces.values() for name in face.labels if name)

    def with_page(self, page: Page) -> Site:
        """Return the site with one page in the place of its old form."""
        kept = {key: value for key, value in self._labels.items() if key[0] != page.href}
        pages: Mapping[str, Page] = ChainMap({page.href: page}, cast(Any, self.pages))
        faces: Mapping[str, Face] = ChainMap({page.href: Face.of(page)}, cast(Any, self.faces))
        return Site(self.project, pages, self.works, faces, kept)

    def name_of(self, key: str) -> str:
        """Return the label that a cross-reference names; one to a whole page names that page's heading."""
        if not key.startswith("page:"):
            return key
        face = self.faces.get(key.removeprefix("page:"))
        return face.heading if face and face.heading else key

    @functools.cached_property
    def engine(self) -> Engine:
        """What has made the site."""
        return engine_of(face.ours for face in self.faces.values())

    @property
    def titles(self) -> list[str]:
        """The titles of the chapters, as their pages show them."""
        labels = (self.label(href, "") for href in self.pages)
        return [label.words for label in labels if label]
