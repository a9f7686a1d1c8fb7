"""HTML that strangers wrote: what is on no list goes, and what has gone is named.

nh3 does the work, which reads HTML as browsers do. Its result is what it knows to be harmless, never the text
that came in.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import nh3

from tieout.harmless.addresses import SCHEMES, follows, is_kept
from tieout.harmless.styles import HARMFUL, declarations
from tieout.harmless.vocabulary import (
    EVERYWHERE,
    FORMULAS,
    FRAME,
    OF_FORMULAS,
    OF_SHAPES,
    OF_TEXT,
    SHAPES,
    TEXT,
)

LOADED = frozenset(("src", "poster"))
LINKED = frozenset(("href", "cite", "xlink:href"))
# Their text is not for readers either.
WITH_CONTENT = frozenset(
    ("script", "style", "iframe", "noscript", "template", "object", "noembed", "noframes")
)
TAG = re.compile(r"<([a-zA-Z][^\s/>]*)((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)")
NAMED = re.compile(r"[a-z_:][a-z0-9_:.@-]*")
ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]+))?")


@dataclass(frozen=True)
class Cleaned:
    """HTML that is safe to show, and what was removed from it: ``<script>``, ``onclick of <p>``."""

    html: str
    removed: tuple[str, ...]


def clean_page(html: str, charts: Collection[str] = ()) -> Cleaned:
    """Return the part of a page that nothing runs from and nothing is loaded by from elsewhere.

    Parameters
    ----------
    html
        The inside of a page's body.
    charts
        The values of `data-chart` that name charts of the book: their scripts run.
    """
    judge = _Judge(charts)
    before = _judging.set(judge)
    try:
        cleaned = _cleaner().clean(html)
    finally:
        _judging.reset(before)
    cleaned = cleaned.replace("&nbsp;", "\N{NO-BREAK SPACE}")  # as pandoc writes it
    return Cleaned(cleaned, tuple(dict.fromkeys([*_removed(html, cleaned), *judge.changed])))


class _Judge:
    """Says what stays of an attribute of one page, and keeps in mind what does not stay as it is."""

    def __init__(self, charts: Collection[str]) -> None:
        self.charts = charts
        self.changed: list[str] = []

    def attribute(self, tag: str, name: str, value: str) -> str | None:
        kept = self._kept(tag, name.lower(), value)
        if kept not in (None, value):
            self.changed.append(f"{name} of <{tag}>")
        return kept

    def _kept(self, tag: str, name: str, value: str) -> str | None:
        if name == "style":
            return declarations(value)
        if name in LOADED or (name in LINKED and tag == "image"):
            return value if is_kept(value) else None
        if name == "target":
            return value if value == "_blank" else None
        if name == "srcset":
            addresses = [each.split()[0] for each in value.split(",") if each.split()]
            return value if all(map(is_kept, addresses)) else None
        if name in LINKED:
            inside = tag != "use" or value.strip().startswith("#")
            return value if inside and follows(value) else None
        if name == "data-chart":
            return value if value in self.charts else None
        if tag in SHAPES and tag not in TEXT and HARMFUL.search(value):
            return None
        return value


_judging: ContextVar[_Judge] = ContextVar("judging")


@functools.cache
def _cleaner() -> nh3.Cleaner:
    """The one cleaner of all pages: to make it takes longer than most texts take to clean."""
    return nh3.Cleaner(
        tags=set(TEXT | FORMULAS | SHAPES),
        clean_content_tags=set(WITH_CONTENT),
        attributes=_attributes(),
        attribute_filter=lambda tag, name, value: _judging.get().attribute(tag, name, value),
        generic_attribute_prefixes={"data-", "aria-"},
        url_schemes=set(SCHEMES | {"data"}),
        set_tag_attribute_values={"input": {"type": "checkbox"}},  # of task lists: nothing is filled in here
        link_rel=None,
    )


@functools.cache
def _attributes() -> dict[str, set[str]]:
    allowed: dict[str, set[str]] = {"*": set(EVERYWHERE)}
    for tag in TEXT | FORMULAS | SHAPES:
        own = set(OF_TEXT.get(tag, ()))
        own |= OF_FORMULAS if tag in FORMULAS else set()
        own |= OF_SHAPES if tag in SHAPES else set()
        allowed[tag] = own
    return allowed


def listed() -> dict[str, Any]:
    """Return the allow-list for who reads it elsewhere: tags of text with their attributes, and schemes."""
    allowed = _attributes()
    tags = {tag: sorted(allowed[tag] | EVERYWHERE) for tag in sorted(TEXT - FRAME - {"input"})}
    return {"tags": tags, "schemes": sorted(SCHEMES)}


def _removed(before: str, after: str) -> Iterator[str]:
    """Name what a text has more often than another: for messages, which may miss what only a browser sees.

    What an element had is not named beside the element itself.
    """
    was, now = Counter(_parts(before)), Counter(_parts(after))
    for part in was:
        element = part[part.find("<") :]
        gone = was[element] - now[element] if element != part else 0
        if was[part] > now[part] + gone:
            yield part


def _parts(html: str) -> Iterator[str]:
    for tag, rest in TAG.findall(html):
        tag = tag.lower()
        yield f"<{tag}>"
        names = (found[1].lower() for found in ATTRIBUTE.finditer(rest))
        for name in dict.fromkeys(
            name for name in names if NAMED.fullmatch(name)
        ):  # no word after a lost quote
            yield f"{name} of <{tag}>"
