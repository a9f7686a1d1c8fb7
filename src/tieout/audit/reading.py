"""Reads one built page: what its text shows, in order, and what around it an engine has written.

The text becomes a `Flow`, comparable with the source's. Numbers that an engine makes (of sections, figures,
notes, citations, cross-references) are told by the elements they stand in, never by their value, and kept
apart as `Mark`s. Both engines' pages are read: Quarto's, and our own. Every text of the page ends in
exactly one place, so that none is overlooked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import lxml.etree

from tieout import numerals
from tieout.audit.dom import (
    APPENDICES,
    BLOCKS,
    CAPTIONS,
    FLOAT_CAPTION,
    HEADING_NUMBERS,
    HEADINGS,
    MARKS,
    SILENT,
    SPOKEN,
    SUB_CAPTION,
    XREFS,
    Element,
    classes,
    content_of,
    fingerprint,
    formulas_in,
    heading_of,
    in_note,
    is_formula,
    is_margin_note,
    is_raw,
    printed_by,
    published,
    said_by,
    shown_by,
    target_of,
    tex_of,
    text_of,
)
from tieout.audit.engines import engine_of, is_ours
from tieout.audit.flow import Flow, Item, clip, plain, simple, straight, without_notes
from tieout.audit.page import Mark, Page, Tie
from tieout.audit.visible import hidden_by, is_key
from tieout.harmless import untoned
from tieout.problems import InputError


def read_page(data: bytes, href: str, site: Path, lang: str = "en") -> Page:
    """Read a page.

    Parameters
    ----------
    data
        The page.
    href
        Its address in the site.
    site
        The site's folder, for the pictures that it loads.
    lang
        The language that its numbers are written in.

    Raises
    ------
    InputError
        There is nothing in it.
    """
    if not data.strip():
        raise InputError("the page is empty", "build the site anew", path=href, rule="page")
    tree = lxml.etree.fromstring(data, lxml.etree.HTMLParser(encoding="utf-8", huge_tree=True))
    return _Reader(tree, href, site, lang).page()


class _Reader:
    def __init__(self, tree: Element, href: str, site: Path, lang: str) -> None:
        self.tree, self.href, self.site, self.lang = tree, href, site, lang
        self.root = content_of(tree)
        self.engine = engine_of((is_ours(tree),))
        self.flow = Flow(lang)
        self.ties: list[Tie] = []
        self.told: list[Tie] = []
        self.marks: list[Mark] = []
        self.appendices: dict[str, Element] = {}
        self.seen: set[tuple[Element, str]] = set()
        self.style = Item("text", "", "")
        self.captions: set[Element] = set()
        self.pictures: set[str] = set()

    def page(self) -> Page:
        # The title of a document is its page's, and stands above its text.
        for title in self.tree.xpath("//header[@class='title-block']/h1[@id]"):
            self._block(title)
        self._block(self.root)
        self.flow.end()
        self._frame()
        return Page(
            self.href,
            self.tree,
            tuple(self.flow.items),
            tuple(self.ties),
            tuple(self.marks),
            self.appendices,
            tuple(self._overlooked()),
            tuple(self.told),
            frozenset(self.pictures),
        )

    # Text

    def _say(self, text: str | None, line: int, owner: Element, slot: str) -> None:
        self.seen.add((owner, slot))
        for number, part in enumerate((text or "").split("\n")):
            if part or number:
                self.flow.text((" " if number else "") + part, self.style, line + number)

    def _children(self, element: Element) -> None:
        self._say(element.text, element.sourceline or 1, element, "text")
        line = (element.sourceline or 1) + (element.text or "").count("\n")
        first = [child for child in element if child.tag in ("figcaption", "caption")]
        for child in first:
            self._element(child)
        for child in element:
            if child not in first:
                self._element(child)
            line = max(line, self._last_line(child))
            self._say(child.tail, line, child, "tail")
            line += (child.tail or "").count("\n")

    def _last_line(self, element: Element) -> int:
        last, line = element, element.sourceline or 1
        while len(last):
            last = last[-1]
        line = max(line, last.sourceline or 1)
        return int(line + (last.text or "").count("\n")) if isinstance(last.tag, str) else int(line)

    def _block(self, element: Element) -> None:
        self.flow.end()
        self._children(element)
        self.flow.end()

    def _element(self, element: Element) -> None:
        tag = element.tag
        if not isinstance(tag, str):  # a comment
            return
        self._spoken(element)
        names = classes(element)
        made = "quarto-listing" in names and not self.engine.knows_all  # a list of pages, with their dates
        if tag in SILENT or tag == "annotation" or made or self._is_read(element, names):
            self._look_away(element)
        elif names & {"footnotes"} and (
            element.get("role") == "doc-endnotes" or element.get("id") == "footnotes"
        ):
            self._notes(element)
        elif element.get("id") == "refs" or names & APPENDICES.keys():
            self._appendix(element, names)
        elif (
            names & {"quarto-title-meta", "quarto-categories", "title-block", "quarto-listing"}
            or element.tag == "nav"
            or (tag == "h1" and "title" in names and self._is_cover(element))
        ):
            self.flow.end()
            self._mark("frame", element)
        elif names & HEADING_NUMBERS:
            self._mark("heading", element)
        elif "caption-number" in names:
            self._mark("subcaption" if SUB_CAPTION.match(text_of(element)) else "caption", element)
        elif "equation-number" in names:
            self._mark("equation", element)
        elif tag == "a" or element.get("data-tie"):
            self._link(element, names)
        elif names & MARKS:
            self._mark("sign", element)
        elif "citation" in names and element.get("data-cites") and not self._holds_reference(element):
            kind = "reference" if "quarto-unresolved-ref" in names else "citation"
            self._mark("citation", element)
            keys = " ".join(element.get("data-cites").split())
            self.flow.add(replace(self._item(kind, keys, "", element), context=text_of(element)))
        elif tag == "img" or (tag in ("object", "embed") and element.get("data")):
            self._picture(element)
        elif tag == "svg":
            self._drawing(element)
        elif is_formula(element):
            self._mathematics(element)
        elif tag in ("code", "pre", "kbd", "samp"):
            self._code(element)
        elif tag == "br":
            self.flow.text(" ", self.style)
        elif "waived" in names:
            outer, self.style = (
                self.style,
                replace(self.style, waived=element.get("data-reason") or "no reason"),
            )
            self._children(element)
            self.style = outer
        elif tag == "figcaption" and names & CAPTIONS:
            self._float_caption(element)
        elif tag == "a" or tag not in BLOCKS:
            self._children(element)
        else:
            outer, self.style = self.style, replace(self.style, where=_where(element) or self.style.where)
            self._block(element)
            self.style = outer

    def _item(self, kind: str, key: str, text: str, element: Element) -> Item:
        return replace(self.style, kind=kind, key=key, text=text, line=element.sourceline or 1)

    def _mark(self, kind: str, element: Element, text: str | None = None) -> None:
        shown = text_of(element) if text is None else text
        self.marks.append(Mark(kind, element, shown, element.sourceline or 1))
        self._look_away(element)

    def _look_away(self, element: Element) -> None:
        for node in element.iter():
            self.seen.add((node, "text"))
            if node is not element:
                self.seen.add((node, "tail"))

    def _spoken(self, element: Element) -> None:
        for name in SPOKEN:
            text = element.get(name)
            if (
                text
                and any(char.isnumeric() for char in text)
                and not (name == "alt" and element.tag == "img")
            ):
                self.marks.append(Mark(f"attribute {name}", element, plain(text), element.sourceline or 1))

    # Elements of their own kind

    def _link(self, element: Element, names: frozenset[str]) -> None:
        if "tie" in names or element.get("data-tie"):
            self._tie(element)
        elif names & XREFS:
            target = target_of(self.href, element.get("href"))
            self._mark("reference", element)
            key = "" if target is None else target[1] or f"page:{target[0]}"
            self.flow.add(self._item("reference", key, "", element))
        elif "footnote-ref" in names or element.get("role") == "doc-noteref":
            self._note(element)
        elif "footnote-back" in names or element.get("role") == "doc-backlink":
            self._look_away(element)
        else:
            self._children(element)

    def _tie(self, element: Element) -> None:
        tie, formulas = _read(element), tuple(formulas_in(element))
        self.ties.append(tie)
        for each in formulas:
            seen = shown_by(each)
            if seen is not None:
                self.marks.append(Mark("math", each, seen, each.sourceline or 1))
        around = numerals.Context(heading=heading_of(element))
        item = self._item("tie", tie.target, tie.shown, element)
        self.flow.add(replace(item, around=around, formulas=tuple(map(tex_of, formulas))))
        self._look_away(element)

    def _note(self, element: Element) -> None:
        self._mark("note", element)
        target = target_of(self.href, element.get("href"))
        note = self.tree.xpath("//*[@id=$name]", name=target[1])[:1] if target and target[1] else []
        nested, outer = Flow(self.lang), self.flow
        for body in note:
            self.flow = nested
            number = body.xpath("./p[1]/sup[1]") if body.tag == "div" else []
            if number and text_of(number[0]) == text_of(element):  # a note in the margin says its number
                number[0].text = ""
            self._block(body)
        self.flow = outer
        self.flow.add(*nested.items)

    def _is_read(self, element: Element, names: frozenset[str]) -> bool:
        """Whether a text was read elsewhere: a note in the margin, the words for a key that is shown."""
        if is_margin_note(element):
            return bool(self.tree.xpath("//a[@role='doc-noteref'][@href=$to]", to=f"#{element.get('id')}"))
        return "visually-hidden" in names and is_key(element)

    def _notes(self, element: Element) -> None:
        """Look at the notes' frame only: each note is read where it is referred to."""
        self.flow.end()
        kept = Flow(self.lang)
        outer, self.flow = self.flow, kept
        ties = len(self.ties)
        marks = len(self.marks)
        for node in element.iter():
            if (node, "text") not in self.seen and isinstance(node.tag, str):
                if node.get("id") and node.tag in ("li", "div", "aside"):
                    break
                self.seen.add((node, "tail"))
                self._say(node.text, node.sourceline or 1, node, "text")
        self.flow.end()
        self.flow = outer
        del self.ties[ties:], self.marks[marks:]
        self.flow.items += kept.items

    def _appendix(self, element: Element, names: frozenset[str]) -> None:
        self.flow.end()
        kind = "references" if element.get("id") == "refs" else APPENDICES[min(names & APPENDICES.keys())]
        self.appendices[kind] = element
        if kind == "findings":
            self.told += [_read(each) for each in element.xpath(".//*[@data-tie]")]
        self._look_away(element)

    def _picture(self, element: Element) -> None:
        source = element.get("src") or element.get("data") or ""
        target = target_of(self.href, source)
        path = self.site / target[0] if target else None
        self.pictures |= {target[0]} if target else set()
        hashed = fingerprint if self.engine.cleans_pictures else published
        digest = hashed(untoned(path.read_bytes())) if path and path.is_file() else f"missing {source}"
        alt = plain(element.get("alt") or "")
        nested = Flow(self.lang)
        nested.text(alt, replace(self.style, line=element.sourceline or 1, where="alternative text"))
        nested.end()
        items = [self._item("picture", digest, "", element)]
        if alt:
            item = self._item("alt", "", straight(alt), element)
            items.insert(
                0, replace(item, inner=tuple(nested.items), context=clip(alt), where="alternative text")
            )
        self.flow.add(*items)

    def _drawing(self, element: Element) -> None:
        text = plain(" ".join(element.itertext()))
        self.flow.add(self._item("drawing", "", text, element))
        self._look_away(element)

    def _mathematics(self, element: Element) -> None:
        tex, number = self.engine.number_in(tex_of(element))
        if number:
            self.marks.append(Mark("equation", element, number, element.sourceline or 1))
        else:
            tex = _untagged(tex, element)
        shown = shown_by(element)
        if shown is not None:
            shown = re.sub(rf"\(\s*{re.escape(number)}\s*\)\s*$", "", shown)
            self.marks.append(Mark("math", element, shown, element.sourceline or 1))
        self.flow.add(self._item("math", "", simple(tex), element))
        self._look_away(element)

    def _code(self, element: Element) -> None:
        for node in element.iter("button"):
            if "code-annotation-anchor" in classes(node):
                self.marks.append(Mark("code note", node, text_of(node), node.sourceline or 1))
        text = without_notes(_code_text(element))
        if any(char.isnumeric() for char in text):
            self.flow.add(self._item("code", "", plain(text), element))
        self._look_away(element)

    def _float_caption(self, element: Element) -> None:
        """Take the number off a caption as Quarto writes it: `Figure 2.1: `, in the caption's first text."""
        self.flow.end()
        text = element.text or ""
        found = SUB_CAPTION.match(text) or FLOAT_CAPTION.match(text)
        if found:
            kind = "subcaption" if found[1].startswith("(") else "caption"
            self.marks.append(Mark(kind, element, plain(found[1]), element.sourceline or 1))
            rest, element.text = text[found.end() :], None
            self._say(rest, element.sourceline or 1, element, "text")
            self._children(element)
            element.text = text
        else:
            self._children(element)
        self.flow.end()

    def _is_cover(self, element: Element) -> bool:
        """Whether a title is the book's, with the chapter's own below it."""
        own = any("chapter-title" in classes(node) for node in element.iter("span"))
        return not own and sum(not is_raw(each) for each in self.root.iter("h1")) > 1

    @staticmethod
    def _holds_reference(element: Element) -> bool:
        return any(classes(node) & XREFS for node in element.iter("a"))

    # Around the text

    def _frame(self) -> None:
        """Keep what stands outside the text: links whole, other texts one by one."""
        inside = set(self.root.iter())
        done: set[Element] = set()
        for node in self.tree.iter():
            if node in inside or node in done or not isinstance(node.tag, str):
                continue
            if node.tag in SILENT and node.tag != "head":
                if node.tag == "meta" or node.tag == "link":
                    self._meta(node)
                self._look_away(node)
                done.update(node.iter())
                continue
            self._spoken(node)
            if node.tag == "a" or node.tag == "title":
                kind = "page title" if node.tag == "title" and node.getparent().tag == "head" else "frame"
                self._mark(kind, node)
                done.update(node.iter())
                continue
            self._frame_text(node, node.text, "text", node.sourceline or 1)
            for child in node:
                self._frame_text(child, child.tail, "tail", child.sourceline or 1)

    def _frame_text(self, owner: Element, text: str | None, slot: str, line: int) -> None:
        self.seen.add((owner, slot))
        if text and text.strip() and owner is not self.root:
            self.marks.append(Mark("frame", owner, plain(text), line))

    def _meta(self, node: Element) -> None:
        name = node.get("name") or node.get("property") or ""
        technical = ("viewport", "color-scheme", "theme-color", "robots", "generator", "referrer", "")
        text = plain(node.get("content") or "")
        if text and name not in technical:
            self.marks.append(Mark("metadata", node, text, node.sourceline or 1))

    def _overlooked(self) -> Iterator[Mark]:
        for node in self.tree.iter():
            if not isinstance(node.tag, str):
                text = None
            else:
                text = node.text if (node, "text") not in self.seen else None
            for found in (text, node.tail if (node, "tail") not in self.seen else None):
                if found and any(char.isnumeric() for char in found):
                    yield Mark("overlooked", node, plain(found), node.sourceline or 1)


def _read(element: Element) -> Tie:
    printed = printed_by(element) if next(formulas_in(element), None) is not None else None
    line, hidden = element.sourceline or 1, hidden_by(element)
    target, noted = element.get("data-tie") or "", in_note(element)
    return Tie(target, said_by(element), element, line, hidden, printed, noted)


def _code_text(element: Element) -> str:
    """Return the text of code, without the numbers that notes on its lines have there."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and "code-annotation-anchor" not in classes(child):
            parts.append(_code_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _untagged(tex: str, element: Element) -> str:
    """Return a formula without the `\\tag{…}` that says the number which stands beside it."""
    beside = element.xpath("(ancestor::span[@id][1]//span[contains(@class, 'equation-number')])[1]")
    number = text_of(beside[0]).strip("()") if beside else ""
    return tex.removesuffix(f"\\tag{{{number}}}").rstrip() if number else tex


def _where(element: Element) -> str:
    name = element.get("id") or ""
    if element.tag in ("figcaption", "caption"):
        return "caption"
    if element.tag in HEADINGS:
        return "heading"
    return name if re.match(r"(fig|tbl|lst)-", name) else ""
