"""The index of the site's own search, as one script: the text of every page, the numbers of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import lxml.html

from tieout.ledger.publication import found_by, script
from tieout.machine.asked import digest
from tieout.machine.memory import Memory
from tieout.machine.steps import Steps

HEADINGS = ("h1", "h2", "h3")
INLINE = frozenset(("a", "data", "em", "strong", "span", "sup", "sub", "code", "b", "i", "math", "abbr"))
# Not the text itself: what stands around it, and what has a form of its own in the index.
APART = frozenset(("nav", "script", "style", "annotation"))
LISTED = frozenset(("tieout-ledger", "ledger-code"))


def search_index(pages: Mapping[str, str], ledger: Mapping[str, Any], memory: Memory, steps: Steps) -> str:
    """Return the script of the index: it follows from what pages say, so that an audit can make it again.

    Parameters
    ----------
    pages
        The finished pages, by their addresses, in reading order.
    ledger
        As in `ledger.json`.
    memory, steps
        What this process and those before have made: a page that was read for the index is not read again.
    """
    records: list[dict[str, str]] = []
    references: dict[str, str] = {}
    for href, text in pages.items():
        key = [href, digest(text.encode())]
        read = partial(steps.take, "search", key, partial(_of_page, href, text), href, {"its page": key})
        sections, works = memory.made(("searched", *key), read)
        records += sections
        references |= works
    value = {"records": records, "entries": found_by(ledger), "references": references}
    return script("tieoutSearch", value)


def _of_page(href: str, text: str) -> tuple[list[dict[str, str]], dict[str, str]]:
    """Return the records of a page, and the works that it lists, by their anchors."""
    tree: Any = lxml.html.document_fromstring(text)
    article = next(tree.iter("article"), None)
    if article is None:
        return [], {}
    titles = tree.xpath("//main//h1 | //main//h2[contains(@class, 'chapter-title')]")
    title = _plain("".join(titles[-1].itertext())) if titles else href
    entries = ((str(entry.get("id") or ""), entry) for entry in article.iter("div"))
    works = {
        name: _plain("".join(map(str, entry.itertext())))
        for name, entry in entries
        if name.startswith("ref-")
    }
    return [*_records(article, href, title)], works


def _records(article: Any, href: str, title: str) -> Iterator[dict[str, str]]:
    """Give a record for each section that has text: from one heading to the next."""
    where, section, parts = "", "", list[str]()
    for kind, value, anchor in _flow(article):
        if kind == "heading":
            if text := _plain("".join(parts)):
                yield {"href": f"{href}{where}", "title": title, "section": section, "text": text}
            where, section, parts = f"#{anchor}" if anchor else where, _plain(value), []
        else:
            parts.append(value)
    if text := _plain("".join(parts)):
        yield {"href": f"{href}{where}", "title": title, "section": section, "text": text}


def _flow(element: Any) -> Iterator[tuple[str, str, str]]:
    for child in element:
        if isinstance(child.tag, str) and child.tag in HEADINGS:
            anchor = child.get("id") or element.get("id") or ""
            yield "heading", "".join(map(str, child.itertext())), anchor
        elif isinstance(child.tag, str) and not _apart(child):
            gap = "" if child.tag in INLINE else " "
            yield "text", gap + (child.text or ""), ""
            yield from _flow(child)
            yield "text", gap, ""
        yield "text", child.tail or "", ""


def _apart(element: Any) -> bool:
    return element.tag in APART or bool(LISTED & set((element.get("class") or "").split()))


def _plain(text: str) -> str:
    return " ".join(text.split())
