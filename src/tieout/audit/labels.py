"""A built site: its pages, and what each of their labels is shown as, its number and its words."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from tieout.audit.dom import (
    CAPTIONS,
    FLOAT_CAPTION,
    HEADING_NUMBERS,
    HEADINGS,
    SUB_CAPTION,
    Element,
    classes,
    is_mark,
    text_of,
    titles_of,
)
from tieout.audit.engines import Engine, engine_of
from tieout.audit.flow import is_numeric, plain
from tieout.audit.page import Mark, Page
from tieout.audit.works import Works
from tieout.project import Project

LABEL = re.compile(r"([a-z]+)-.")
NUMBER = re.compile(r"(?:[A-Z](?=[\s.]|$)|\d)[\d.]*(?:(?<=\.)[A-Za-z]+\b)?")


@dataclass(frozen=True)
class Label:
    """What a label of the site is shown as: its number, and its words without the number."""

    number: str
    words: str


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
    """

    project: Project
    pages: Mapping[str, Page]
    works: Works
    _labels: dict[tuple[str, str], Label | None] = field(default_factory=dict)

    def label(self, href: str, anchor: str) -> Label | None:
        """Return what stands at an address, None where nothing does."""
        key = href, anchor
        if key not in self._labels:
            page = self.pages.get(href)
            self._labels[key] = self._named(page, _label(page, anchor)) if page else None
        return self._labels[key]

    def _named(self, page: Page, label: Label | None) -> Label | None:
        """Take the number of an appendix off its title, where the engine writes it as text.

        The title over a home page says that of the book; a chapter of that name has its number elsewhere.
        """
        if label is None or label.number or not label.words:
            return label
        chapter = next((each for each in self.project.chapters if each.href == page.href), None)
        if page.href == self.titled and label.words == self.project.title:
            return Label(str(self.project.chapters[0].number), label.words)
        return Label(*self.engine.label_in(label.words, self.project, chapter))

    @functools.cached_property
    def titled(self) -> str:
        """The address of a home page that counts, with the book's title and no number over it; or empty."""
        first = self.project.chapters[0]
        page = self.pages.get(first.href)
        label = _label(page, "") if page and first.kind == "index" and first.number else None
        return first.href if label and not label.number and label.words == self.project.title else ""

    @functools.cached_property
    def anchors(self) -> frozenset[str]:
        """What any of the pages has as an id."""
        return frozenset(name for page in self.pages.values() for name in page.ids)

    def with_page(self, page: Page) -> Site:
        """Return the site with one page in the place of its old form."""
        kept = {key: value for key, value in self._labels.items() if key[0] != page.href}
        return Site(self.project, {**self.pages, page.href: page}, self.works, kept)

    def name_of(self, key: str) -> str:
        """Return the label that a cross-reference names; one to a whole page names that page's heading."""
        if not key.startswith("page:"):
            return key
        page = self.pages.get(key.removeprefix("page:"))
        heading = titles_of(page.tree) if page else []
        names = [node.get("id") for each in heading[-1:] for node in each.iter() if node.get("id")]
        return names[0] if names else key

    @functools.cached_property
    def engine(self) -> Engine:
        """What has made the site."""
        return engine_of(page.tree for page in self.pages.values())

    @property
    def titles(self) -> list[str]:
        """The titles of the chapters, as their pages show them."""
        labels = (self.label(href, "") for href in self.pages)
        return [label.words for label in labels if label]


def shows_title(mark: Mark, label: Label) -> bool:
    """Whether a cross-reference shows the title of what it leads to, with its number or without."""
    return bool(label.words) and plain(mark.text) in (label.words, plain(f"{label.number} {label.words}"))


def _label(page: Page, anchor: str) -> Label | None:
    element: Element | None
    if anchor:
        element = page.by_id(anchor)
    else:
        found = titles_of(page.tree)
        element = found[-1] if found else None
    if element is None:
        return None
    heading = _heading_of(element)
    if heading is None and element.tag == "a":  # a place of the author's; a section may be called so too
        same = next((each for each in page.tree.iter("section") if each.get("id") == anchor), None)
        heading = _heading_of(same) if same is not None else None
    if heading is not None:
        number = next((text_of(node) for node in heading.iter() if classes(node) & HEADING_NUMBERS), "")
        return Label(number, text_of(heading, is_mark))
    number = ""
    around = [element, *(child for child in element if child.tag == "figure")]
    own = [child for each in around for child in each if child.tag in ("figcaption", "caption")]
    for node in (node for each in (own or [element]) for node in each.iter()):
        names = classes(node) if isinstance(node.tag, str) else frozenset()
        if names & {"caption-number", "equation-number"}:
            number = _number(text_of(node))
        elif node.tag == "figcaption" and names & CAPTIONS:
            match = FLOAT_CAPTION.match(node.text or "") or SUB_CAPTION.match(node.text or "")
            number = _number(match[1]) if match else ""
        elif node.tag == "math" or (names & {"math"}):
            match = re.search(r"\\qquad\{?\((.*?)\)\}?", text_of(node)) or re.search(
                r"\\tag\{(.*?)\}", "".join(node.itertext())
            )
            number = match[1] if match else number
        if number:
            break
    if number.startswith("(") and element.getparent() is not None:
        floats = element.iterancestors("figure", "div")
        outer = next((node for node in floats if LABEL.match(node.get("id") or "")), None)
        above = _label(page, outer.get("id")) if outer is not None else None
        number = f"{above.number} {number}" if above else number
    return Label(number, "")


def _heading_of(element: Element) -> Element | None:
    """Return the heading that an anchor names: itself, the one around it, or the first of its section."""
    if element.tag in HEADINGS:
        return element
    around = next((node for node in element.iterancestors() if node.tag in HEADINGS), None)
    if around is not None:
        return around
    if element.tag == "section":
        return next((node for node in element if node.tag in HEADINGS), None)
    return None


def _number(text: str) -> str:
    """Return the number of a caption: of `Figure 2.1`, `Theorem 1.1 (Small)`, `Table A.1`, `(a)`."""
    found = SUB_CAPTION.match(text)
    if found:
        return found[1]
    numbers = [number for number in NUMBER.findall(text) if is_numeric(number)]
    return numbers[0] if numbers else ""
