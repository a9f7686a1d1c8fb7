"""A built page as it is read: its text, its ties, and what the engine wrote around them."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from tieout.audit.dom import Element
from tieout.audit.flow import Item


@dataclass(frozen=True)
class Mark:
    """A number or text that an engine wrote.

    Parameters
    ----------
    kind
        ``heading``, ``caption``, ``subcaption``, ``reference``, ``equation``, ``note``, ``citation``,
        ``frame`` (around the text), ``attribute``.
    element
        The element it stands in.
    text
        What is shown.
    line
        The line of the page.
    """

    kind: str
    element: Element
    text: str
    line: int


@dataclass(frozen=True)
class Tie:
    """A tie as the page has it.

    Parameters
    ----------
    shown
        Its text; of a formula in it, the TeX.
    printed
        Its text as it is set, where formulas are in it.
    noted
        Whether it stands in a footnote.
    """

    target: str
    shown: str
    element: Element
    line: int
    hidden: str | None
    printed: str | None = None
    noted: bool = False


@dataclass(frozen=True)
class Page:
    """A built page, read.

    Parameters
    ----------
    href
        Its address in the site.
    tree
        Its document.
    items
        The flow of its text.
    ties
        Its ties, in order.
    marks
        What the engine wrote.
    appendices
        The elements that the ledger fills: ``ledger``, ``findings``, ``references``.
    overlooked
        Texts with digits that no rule has looked at; there should be none.
    told
        The ties of findings, in order.
    pictures
        The files of its site that it was compared by, relative to the site.
    """

    href: str
    tree: Element
    items: tuple[Item, ...]
    ties: tuple[Tie, ...]
    marks: tuple[Mark, ...]
    appendices: dict[str, Element] = field(default_factory=dict)
    overlooked: tuple[Mark, ...] = ()
    told: tuple[Tie, ...] = ()
    pictures: frozenset[str] = frozenset()

    def by_id(self, name: str) -> Element | None:
        """Return the element of an id, or None."""
        return self.ids.get(name)

    @functools.cached_property
    def ids(self) -> dict[str, Element]:
        """Its elements that have an id; of two with one id, the first."""
        return {node.get("id"): node for node in reversed(self.tree.xpath("//*[@id]"))}
