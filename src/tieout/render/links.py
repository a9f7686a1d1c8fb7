"""Makes one document of the chapters' trees for the PDF: identifiers unique, every link to one that exists.

Anchors of uses (`use-…`) stay as they are: they count within a chapter, and the theme gives them its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from tieout.render.tree import (
    ATTRIBUTES,
    Node,
    attributes,
    identifiers,
    nodes,
    packed,
    rename,
    retarget,
    unpacked,
)


def unite(chapters: Sequence[tuple[str, str]], first_of: str = "") -> list[str]:
    """Return the chapters' trees with colliding identifiers renamed and links aimed.

    Parameters
    ----------
    chapters
        The page's address and the tree of each chapter, as JSON. A link may carry `data-page`, the page
        that its anchor is on; without it the chapter's own anchors come first, then those of the book.
    first_of
        The page whose identifiers stay as they are: the ledger's, whose entries are named by their ids.
    """
    names, labels = {}, {}
    for href, text in chapters:
        ast = unpacked(text)
        names[href], labels[href] = tuple(identifiers(ast["blocks"])), _raw_labels(ast)
    counts = Counter(name for each in names.values() for name in set(each))
    own: dict[str, dict[str, str]] = {}
    first: dict[str, str] = {}
    for href, _ in chapters:
        slug = href.removesuffix(".html").replace("/", "-")
        kept = href == first_of
        renamed = {
            name: name if kept or counts[name] == 1 or name.startswith("use-") else f"{slug}--{name}"
            for name in names[href]
        }
        own[href] = renamed | {name: name for name in labels[href]}
        for name, final in own[href].items():
            first.setdefault(name, final)
    united = []
    for href, text in chapters:
        ast = unpacked(text)
        rename(ast["blocks"], {name: final for name, final in own[href].items() if name != final})
        _drop_repeated(ast)

        def aim(url: str, node: Node, here: str = href) -> str | None:
            if not url.startswith("#") or url.startswith("#use-"):
                return url
            tied = first_of if "tie" in node["c"][0][1] else ""
            page = next((value for key, value in node["c"][0][2] if key == "data-page"), tied or here)
            name = own.get(page, {}).get(url[1:]) or own[here].get(url[1:]) or first.get(url[1:])
            return f"#{name}" if name else None

        retarget(ast["blocks"], aim)
        united.append(packed(ast))
    return united


def _raw_labels(ast: Node) -> list[str]:
    """Return the labels that stand in raw Typst, at its end: `… <eq-growth>`."""
    found = []
    for node in nodes(ast["blocks"], "RawBlock", "RawInline"):
        if node["c"][0] == "typst":
            text: Any = node["c"][1].rstrip()
            if text.endswith(">") and " <" in text:
                found.append(text[text.rindex("<") + 1 : -1])
    return found


def _drop_repeated(ast: Node) -> None:
    """Take an identifier that a chapter gives twice off the second place: Typst refuses doubles."""
    seen: set[str] = set()
    for node in nodes(ast["blocks"], *ATTRIBUTES):
        found = attributes(node)
        if found and found[0]:
            if found[0] in seen:
                found[0] = ""
            seen.add(found[0])
