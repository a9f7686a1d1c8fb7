"""Whether a page is HTML as the standard has it: how it parses, ids, what refers to them, what holds what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib
from html5lib.constants import E as MESSAGES
from lxml import etree

# What may hold words and what stands among words, but no block (HTML, 3.2.5.2.5).
_WORDS = (
    "p h1 h2 h3 h4 h5 h6 span em strong b i code kbd samp var sub sup small cite q abbr dfn mark time label "
    "button pre output data summary"
)
_BLOCKS = (
    "address article aside blockquote details div dl fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr li main nav ol p pre section table ul"
)
WORDS_ALONE = frozenset(_WORDS.split())
BLOCKS = frozenset(_BLOCKS.split())
HEADING_IN_SUMMARY = frozenset(("summary", f"h{level}") for level in range(1, 7))
REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "headers", "for", "list")
OBSOLETE = ("align", "valign", "bgcolor", "border", "cellpadding", "cellspacing", "nowrap", "frame", "rules")
NEEDED = {"img": "alt", "html": "lang", "iframe": "title"}


def mistakes(text: str) -> list[str]:
    """Return what is wrong with a page, each with its place or element."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False)
    tree: Any = parser.parse(text)
    found = [f"line {at[0]}: {MESSAGES[code] % values}" for at, code, values in parser.errors]
    return [*found, *_of_tree(tree.getroot())]


def _of_tree(root: Any) -> Iterator[str]:
    elements = [each for each in root.iter(etree.Element) if isinstance(each.tag, str)]
    ids = Counter(each.get("id") for each in elements if each.get("id") is not None)
    for name, count in ids.items():
        if count > 1:
            yield f"id {name} stands {count} times"
        if not name or any(map(str.isspace, name)):
            yield f"id {name!r} is empty or has a space"
    for each in elements:
        for attribute in REFERRING:
            for name in (each.get(attribute) or "").split():
                if name not in ids:
                    yield f"<{each.tag} {attribute}> names {name}, which is not there"
        if each.tag in NEEDED and each.get(NEEDED[each.tag]) is None:
            yield f"<{each.tag}> without {NEEDED[each.tag]}"
        for attribute in set(OBSOLETE) & set(each.keys()):
            yield f"<{each.tag} {attribute}> is obsolete"
        parent = each.getparent()
        if parent is None:
            continue
        if (
            parent.tag in WORDS_ALONE
            and each.tag in BLOCKS
            and (parent.tag, each.tag) not in HEADING_IN_SUMMARY
        ):
            yield f"<{each.tag}> in <{parent.tag}>"
        if parent.tag in ("ul", "ol") and each.tag not in ("li", "script", "template"):
            yield f"<{each.tag}> in <{parent.tag}>"
        if each.tag == "a" and any(above.tag in ("a", "button") for above in each.iterancestors()):
            yield f"<a> in <a> or <button>: {''.join(each.itertext())[:40]}"
