"""What each label of a page is shown as: its number, and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tieout.audit.dom import (
    CAPTIONS,
    FLOAT_CAPTION,
    HEADING_NUMBERS,
    HEADINGS,
    SUB_CAPTION,
    Element,
    classes,
    is_mark,
    is_unsaid,
    text_of,
    titles_of,
)
from tieout.audit.flow import is_numeric, plain
from tieout.audit.page import Mark, Page

LABEL = re.compile(r"([a-z]+)-.")
NUMBER = re.compile(r"(?:[A-Z](?=[\s.]|$)|\d)[\d.]*(?:(?<=\.)[A-Za-z]+\b)?")


@dataclass(frozen=True)
class Label:
    """What a label of the site is shown as: its number, and its words without the number.

    ``said`` are the words without the TeX that formulas of a page hold beside their signs, as paper has them.
    """

    number: str
    words: str
    said: str


def shows_title(mark: Mark, label: Label) -> bool:
    """Whether a cross-reference shows the title of what it leads to, with its number or without."""
    return bool(label.words) and plain(mark.text) in (label.words, plain(f"{label.number} {label.words}"))


def label_of(page: Page, anchor: str) -> Label | None:
    """Return what stands at an anchor of a page, None where nothing does; without one, its title."""
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
        return Label(number, text_of(heading, is_mark), text_of(heading, is_unsaid))
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
        above = label_of(page, outer.get("id")) if outer is not None else None
        number = f"{above.number} {number}" if above else number
    return Label(number, "", "")


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
