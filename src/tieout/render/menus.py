"""What leads from page to page: the list beside the text, and the bar at the top of a website."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from tieout.harmless import clean_page
from tieout.project import Item
from tieout.project.languages import words
from tieout.render.book import Book, BookChapter

MOST = 200  # entries beside a page; the home page has them all
NEAR = 60  # of a longer list, those on either side of the page's own
STEPS = 60  # and so many of the others, evenly
MARKS = (  # in titles of parts
    (re.compile(r"`([^`]+)`"), "code"),
    (re.compile(r"\*\*(\S(?:.*?\S)?)\*\*"), "strong"),
    (re.compile(r"(?<![\w*])\*(\S(?:.*?\S)?)\*(?![\w*])"), "em"),
)
OUTSIDE = re.compile(r"[A-Za-z][\w+.-]*:|//|#")


class Lists:
    """The lists beside the pages of a book or a website, each found once for all of them."""

    def __init__(self, book: Book) -> None:
        self._book, self._menu = book, book.project.menu
        self._appendix = next((each for each in book.chapters if each.chapter.kind == "appendix"), None)
        self._own = {item.page: item.sidebar for item in reversed(self._menu) if item.sidebar is not None}
        self._found: dict[int, Sequence[_Place]] = {}

    def beside(self, current: int, root: str) -> Iterator[dict[str, Any]]:
        """Give what stands beside a page: the sidebar that has it, else the whole menu, else all chapters.

        Parameters
        ----------
        current
            The index of the page.
        root
            The way from it to the root of the site.
        """
        own = self._own.get(self._book.chapters[current].chapter.path, 0)
        part: str | None = None
        for each in _within_reach(self._places(own), current):
            entry = each.entry(current, root)
            if each.part != part:
                part = each.part
                entry |= {"part": marked(part), "apart": part is None}
            elif self._appendix is not None and each.chapter is self._appendix:
                entry["part"] = _escape(words(self._book.project.lang)["appendices"])
            yield entry

    def _places(self, sidebar: int) -> Sequence[_Place]:
        if sidebar not in self._found:
            items = [item for item in self._menu if item.sidebar == sidebar] or self._menu
            self._found[sidebar] = list(_places(self._book, items))
        return self._found[sidebar]


def bar(book: Book, current: int, root: str) -> Iterator[dict[str, Any]]:
    """Give the entries of a website's bar, those below one heading as a menu."""
    items = [item for item in book.project.menu if item.sidebar is None]
    menu: dict[str, Any] = {}
    for each in _places(book, items) if items else ():
        entry = each.entry(current, root)
        if each.part is None:
            if menu:
                yield menu
            menu = {}
            yield entry
        elif menu.get("title") == marked(each.part):
            menu["below"].append(entry)
        else:
            if menu:
                yield menu
            menu = {"title": marked(each.part), "below": [entry]}
    if menu:
        yield menu


def marked(title: str | None) -> str:
    """Return the title of a part as HTML: what is bold, emphasised or code in it."""
    shown = _escape(title)
    for mark, element in MARKS:
        shown = mark.sub(rf"<{element}>\1</{element}>", shown)
    return shown


def address(chapter: BookChapter) -> str:
    """Return the address of a page, relative to the root of the site."""
    return quote(chapter.href)


@functools.cache
def harmless(text: str) -> str:
    """Return HTML that stands outside the chapter's text: what goes is said where the text has it too."""
    return clean_page(text).html


@dataclass(frozen=True)
class _Place:
    """Where an entry leads: to a page, by its index, or to another address."""

    index: int
    chapter: BookChapter | None
    text: str | None
    href: str
    part: str | None

    @functools.cached_property
    def address(self) -> str:
        """The address of the page that it leads to, relative to the root of the site."""
        return address(self.chapter) if self.chapter else self.href

    def entry(self, current: int, root: str) -> dict[str, Any]:
        if self.chapter is None:
            href = self.href if OUTSIDE.match(self.href) else f"{root}/{quote(self.href)}"
            return {"href": _escape(href), "title": _escape(self.text), "number": "", "current": False}
        return {
            "href": f"{root}/{self.address}",
            "title": _escape(self.text) if self.text else harmless(self.chapter.title.html),
            "number": self.chapter.title.number or "",
            "current": self.index == current,
        }


def _within_reach(places: Sequence[_Place], current: int) -> Iterator[_Place]:
    """Give the places of a list, of a long one those around a page, some on the way, and where parts begin.

    A list of a thousand on each of a thousand pages is of no use to readers, and weighs more than the text.
    """
    at = next((at for at, place in enumerate(places) if place.index == current), 0)
    step = -(-len(places) // STEPS)
    before: tuple[str | None, str] = (None, "")
    for number, place in enumerate(places):
        section = place.part, place.chapter.chapter.kind if place.chapter else ""
        begins, before = section != before, section
        if not current or len(places) <= MOST or abs(number - at) <= NEAR or not number % step or begins:
            yield place


def _places(book: Book, items: Sequence[Item]) -> Iterator[_Place]:
    by_path = {each.chapter.path: index for index, each in enumerate(book.chapters)}
    for item in items:
        if item.page is None:
            yield _Place(-1, None, item.text, item.href, item.part)
        elif item.page in by_path:
            index = by_path[item.page]
            yield _Place(index, book.chapters[index], item.text, "", item.part)
    if not items:
        for index, chapter in enumerate(book.chapters):
            yield _Place(index, chapter, None, "", chapter.chapter.part)


def _escape(value: Any) -> str:
    return "" if value is None else html.escape(str(value))
