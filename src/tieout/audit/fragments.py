"""Raw HTML in Markdown: what readers see of it, as far as a piece of a page says so by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import lxml.etree
import lxml.html

from tieout.audit.dom import BLOCKS, SILENT, SPOKEN

CODE = frozenset(("kbd", "samp", "code"))
OPENS = re.compile(r"\s*<\s*(\w+)[^>]*(?<!/)>\s*")
PICTURE = re.compile(r"\s*<img\s[^<>]*>\s*", re.IGNORECASE)
WEB = re.compile(r"https?://")
ELSEWHERE = re.compile(r"^//|^[^/?#]*:|[\x00-\x1f\\]")
BREAK = "\n"


def fragment(html: str) -> Any | None:
    """Return raw HTML as an element around it, None where it is none that a browser would show."""
    try:
        return lxml.html.fragment_fromstring(html, create_parent="span")
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None


def picture(html: str) -> Any | None:
    """Return the element of `<img …>` that stands alone and shows a file of the project; else None."""
    element = fragment(html) if PICTURE.fullmatch(html) else None
    image = element[0] if element is not None and len(element) == 1 else None
    address = image.get("src") if image is not None else ""
    return image if address and not ELSEWHERE.search(address) else None


def from_web(html: str) -> Any | None:
    """Return the element of `<img …>` that stands alone and shows a picture of the web; else None."""
    element = fragment(html) if PICTURE.fullmatch(html) else None
    image = element[0] if element is not None and len(element) == 1 else None
    return image if image is not None and WEB.match(image.get("src") or "") else None


def opened(html: str) -> str | None:
    """Return the name of the element that a piece of raw HTML opens: `kbd` of `<kbd>`."""
    found = OPENS.fullmatch(html)
    return found[1].lower() if found else None


def shown(element: Any) -> Iterator[str | Any]:
    """Give what an element shows, in order: its text, a break between blocks, its pictures and its code."""
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    if element.tag == "img" or element.tag in CODE:
        yield element
        return
    parted = element.tag in BLOCKS or element.tag == "br"
    if parted:
        yield BREAK
    yield element.text or ""
    for child in sorted(element, key=lambda node: node.tag not in ("figcaption", "caption")):
        yield from shown(child)
        yield child.tail or ""
    if parted:
        yield BREAK


def spoken(element: Any) -> Iterator[str]:
    """Give the texts that stand in attributes, as browsers show or speak them."""
    for node in element.iter():
        if isinstance(node.tag, str):
            yield from (text for name in SPOKEN if (text := node.get(name)))
