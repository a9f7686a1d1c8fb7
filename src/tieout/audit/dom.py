"""What pages are made of: which elements are blocks, which carry an engine's numbers, where links lead."""

from __future__ import annotations

import hashlib
import posixpath
import re
import urllib.parse
from collections.abc import Callable, Iterator
from typing import Any

from tieout import numerals
from tieout.audit.flow import plain
from tieout.audit.typeset import tex_signs
from tieout.harmless import clean_drawing

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
SILENT = frozenset(("script", "style", "template", "head", "colgroup", "link", "meta"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SPOKEN = (
    "alt",
    "title",
    "placeholder",
    "label",
    "aria-label",
    "aria-description",
    "aria-valuetext",
    "aria-valuenow",
    "aria-roledescription",
    "aria-placeholder",
)
HEADING_NUMBERS = frozenset(("header-section-number", "chapter-number"))
XREFS = frozenset(("xref", "quarto-xref"))
MARKS = frozenset(("tie-finding", "cite-finding", "tie-assumed-mark"))
APPENDICES = {"tieout-ledger": "ledger", "tieout-findings": "findings"}
FLOAT_CAPTION = re.compile(
    r"^\s*([^\W\d]+(?:[\s\u00a0][^\W\d]+)?[\s\u00a0]+(?:[A-Z]\.)?\d+(?:\.\d+)*)(?=\s*[:.—-]|\s*$)"
)
CAPTIONS = frozenset(("quarto-float-caption", "quarto-subfloat-caption"))  # whose number is text
SUB_CAPTION = re.compile(r"^\s*(\((?:[a-z]|[ivx]{2,5}|[A-Z]|\d{1,2})\))")
Element = Any


def content_of(tree: Element) -> Element:
    """Return the element that holds a chapter's own text."""
    for path in ("//main//article", "//main[@id='quarto-document-content']", "//main", "//body"):
        found = tree.xpath(path)
        if found:
            return found[0]
    return tree


def is_title(element: Element) -> bool:
    """Whether a heading names its page."""
    return element.tag == "h1" or (element.tag == "h2" and "chapter-title" in classes(element))


def is_raw(heading: Element) -> bool:
    """Whether a heading is HTML of the text's own, in no outline: others have names or sections."""
    if (
        any(each.get("id") for each in heading.iter())
        or next(heading.iterancestors("header"), None) is not None
    ):
        return False
    around = heading.getparent()
    return around is None or not around.get("id") or around[0] is not heading


def titles_of(tree: Element) -> list[Element]:
    """Return the headings that name a page: h1; on a home page, whose h1 is the book's, the chapter's own.

    An author's own `<h1>` names no page where there is one in its head.
    """
    found: list[Element] = tree.xpath("//main//h1 | //main//h2[contains(@class, 'chapter-title')]")
    first = found[:1] if found and found[0].tag == "h1" and found[0].get("id") else []
    own = [each for each in found if "chapter-title" in classes(each)]
    return [*first, *own] if first else found


def classes(element: Element) -> frozenset[str]:
    """Return the classes of an element."""
    return frozenset((element.get("class") or "").split())


def in_note(element: Element) -> bool:
    """Whether an element stands in a footnote, below the text or beside it."""
    return any(
        classes(node) & {"footnotes"} or node.get("role") == "doc-footnote" or is_margin_note(node)
        for node in element.iterancestors()
    )


def is_margin_note(element: Element) -> bool:
    """Whether an element is a footnote beside the text, as `reference-location: margin` has it."""
    around = element.getparent()
    return (
        element.tag == "div"
        and re.fullmatch(r"fn\d+", element.get("id") or "") is not None
        and around is not None
        and "column-margin" in classes(around)
    )


def target_of(href: str, link: str | None) -> tuple[str, str] | None:
    """Return the page and the anchor that a link of a page leads to, or None where it leaves the site."""
    if link is None or re.match(r"[a-zA-Z][\w+.-]*:|//", link):
        return None
    path, _, anchor = link.partition("#")
    path = urllib.parse.unquote(path.split("?")[0])
    page = posixpath.normpath(posixpath.join(posixpath.dirname(href), path)) if path else href
    return page, urllib.parse.unquote(anchor)


def text_of(element: Element, skip: Callable[[Element], bool] = lambda _element: False) -> str:
    """Return the text of an element, white space made plain, without the elements to be skipped."""
    parts: list[str] = []

    def walk(node: Element) -> None:
        if isinstance(node.tag, str) and node.tag not in SILENT and not skip(node):
            parts.append(node.text or "")
            for child in node:
                walk(child)
                parts.append(child.tail or "")

    walk(element)
    return plain("".join(parts))


def is_mark(element: Element) -> bool:
    """Whether an element is a heading's number or a sign beside a tie, and no part of the words around it."""
    names = classes(element)
    return bool(names & (HEADING_NUMBERS | MARKS | {"footnote-ref", "anchorjs-link"}))


def is_unsaid(element: Element) -> bool:
    """Whether paper says nothing of an element of a heading: a mark, and the TeX of mathematics."""
    return is_mark(element) or element.tag == "annotation"


def publishable(data: bytes) -> bytes:
    """Return a picture of the sources as a site has it: drawings are made harmless first."""
    return (clean_drawing(data).data if b"<svg" in data[:4096] else None) or data


def published(data: bytes) -> str:
    """Return the hash of a picture of the sources as a site has it."""
    return fingerprint(publishable(data))


def fingerprint(data: bytes) -> str:
    """Return the hash of a picture, ends of line and of file aside."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n").strip()).hexdigest()[:16]


def is_narrow(address: str | None) -> bool:
    """Whether an address is one that Tieout gives to a picture for narrow screens."""
    return (address or "").endswith("-narrow.svg")


def said_by(element: Element) -> str:
    """Return the text of a tie; of each formula in it, what its author wrote."""
    return plain("".join(_said(element, tex_of)))


def printed_by(element: Element) -> str:
    """Return the text of a tie; of each formula in it, what readers see of it."""
    return plain("".join(_said(element, lambda formula: shown_by(formula) or tex_signs(tex_of(formula)))))


def _said(element: Element, formula: Callable[[Element], str]) -> Iterator[str]:
    if is_formula(element):
        yield formula(element)
        return
    if isinstance(element.tag, str) and element.tag not in SILENT:
        yield element.text or ""
        for child in element:
            yield from _said(child, formula)
            yield child.tail or ""


def is_formula(element: Element) -> bool:
    """Whether an element is a whole formula: MathML, or what a script is to show."""
    name = str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
    return name == "math" or (name == "span" and "math" in classes(element))


def formulas_in(element: Element) -> Iterator[Element]:
    """Give the formulas of an element, in order."""
    if is_formula(element):
        yield element
        return
    for child in element:
        yield from formulas_in(child)


def tex_of(formula: Element) -> str:
    """Return the TeX of a formula."""
    note = formula.xpath(".//*[local-name()='annotation']")
    return plain(note[0].text or "") if note else plain(re.sub(r"\\[()\[\]]", "", text_of(formula)))


def shown_by(formula: Element) -> str | None:
    """Return what a formula shows, its signs and numbers apart; None where a script is to show it."""
    if not formula.xpath(".//*[local-name()='annotation']"):
        return None
    leaves = (node for node in formula.iter() if isinstance(node.tag, str) and not len(node))
    shown = (node.text or "" for node in leaves if node.tag.rpartition("}")[2] != "annotation")
    return plain(" ".join(shown))


def heading_of(element: Element) -> str:
    """Return the heading of the table's column that an element stands in, or of its row; empty outside."""
    cell = next((node for node in element.iterancestors() if node.tag in ("td", "th")), None)
    table = next((node for node in element.iterancestors() if node.tag == "table"), None)
    if cell is None or table is None:
        return ""
    row = cell.getparent()
    cells = [node for node in row if node.tag in ("td", "th")]
    column = cells.index(cell)
    heads = table.xpath("./thead/tr[last()]/th")
    own = text_of(heads[column]) if column < len(heads) else ""
    if numerals.heading_unit(own) or column == 0:
        return own
    first = text_of(cells[0])
    corner = numerals.corner(own, text_of(heads[0]) if heads else "", first)
    return next((each for each in (first, corner) if numerals.heading_unit(each)), own)
