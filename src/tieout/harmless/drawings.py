"""SVG files that strangers wrote: what is on no list goes; where nothing goes, the file keeps its bytes."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.etree

from tieout.harmless.addresses import PICTURE, follows
from tieout.harmless.styles import HARMFUL, declarations, sheet
from tieout.harmless.vocabulary import DRAWN, OF_SHAPES, SHAPES

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"
# Programs that draw leave notes of their own, which browsers pass over.
NOTES = re.compile(
    r"http://(?:www\.w3\.org/1999/02/22-rdf-syntax-ns#|purl\.org/dc/[\w./]*|(?:web\.resource|creativecommons)\.org/[\w./#]*"
    r"|www\.inkscape\.org/namespaces/inkscape|sodipodi\.sourceforge\.net/DTD/sodipodi-0\.dtd|ns\.adobe\.com/[\w./]*)"
    r"|https?://(?:www\.figma\.com/figma/ns|schemas\.microsoft\.com/visio/[\w./]*)"
)
SUBSET = re.compile(rb"<!DOCTYPE[^>]*\[|<!ENTITY", re.IGNORECASE)
QUALIFIED = {XLINK: "xlink:", XML: "xml:"}


@dataclass(frozen=True)
class Drawing:
    """An SVG file that is safe to show, and what was removed from it; `data` is None where it is no SVG."""

    data: bytes | None
    removed: tuple[str, ...] = ()


@functools.lru_cache(maxsize=512)  # pages, resources and the audit look at the same ones
def clean_drawing(data: bytes) -> Drawing:
    """Return a drawing without what runs, loads or leads elsewhere than it may."""
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = lxml.etree.fromstring(data, parser)
    except (lxml.etree.XMLSyntaxError, ValueError):
        return Drawing(None)
    if lxml.etree.QName(root).localname != "svg":
        return Drawing(None)
    removed = list(_strip(root))
    before = list(root.itersiblings(preceding=True))
    if SUBSET.search(data):
        removed.append("its entities")
    if any(isinstance(each, lxml.etree._ProcessingInstruction) for each in before):
        removed.append("its processing instructions")
    if not removed:
        return Drawing(data)
    text = lxml.etree.tostring(root, encoding="unicode", with_tail=False)
    return Drawing(text.encode() + b"\n", tuple(dict.fromkeys(removed)))


def _strip(root: lxml.etree._Element) -> Iterator[str]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        for child in list(node):
            said = _unlisted(child)
            if said:
                _remove(child)
                yield said
            elif isinstance(child.tag, str):
                waiting.append(child)
        yield from _strip_attributes(node)
        if node.tag == f"{{{SVG}}}style":
            text = "".join(str(part) for part in node.itertext())
            kept = sheet(text)
            if kept != text or len(node):
                node[:] = []
                node.text = kept
                yield "rules of <style>"


def _unlisted(node: lxml.etree._Element) -> str:
    """Return how a node is called that no drawing may have, empty for one that it may."""
    if isinstance(node, lxml.etree._Comment):
        return ""
    if not isinstance(node.tag, str):
        return (
            "its processing instructions"
            if isinstance(node, lxml.etree._ProcessingInstruction)
            else "its entities"
        )
    name = lxml.etree.QName(node)
    listed = (name.namespace or SVG) == SVG and name.localname in SHAPES | DRAWN
    return "" if listed or NOTES.fullmatch(name.namespace or "") else f"<{name.localname}>"


def _strip_attributes(node: lxml.etree._Element) -> Iterator[str]:
    tag = lxml.etree.QName(node).localname
    if NOTES.fullmatch(lxml.etree.QName(node).namespace or ""):
        return
    for key, value in list(node.attrib.items()):
        name = lxml.etree.QName(str(key))
        if NOTES.fullmatch(name.namespace or ""):
            continue
        qualified = QUALIFIED.get(name.namespace or "", "") + name.localname
        kept = _kept(tag, qualified, name.namespace, str(value))
        if kept == value:
            continue
        if kept is None:
            del node.attrib[key]
        else:
            node.set(key, kept)
        yield f"{qualified} of <{tag}>"


def _kept(tag: str, name: str, namespace: str | None, value: str) -> str | None:
    if namespace and namespace not in QUALIFIED:
        return None
    if name == "style":
        return declarations(value)
    if name in ("href", "xlink:href"):
        if tag == "a":
            return value if follows(value) else None
        inside = value.strip().startswith("#") or (tag == "image" and PICTURE.match(value.strip()))
        return value if inside else None
    if name.startswith(("data-", "aria-")):
        return value
    listed = name in OF_SHAPES or name in ("xlink:type", "xlink:show", "xlink:actuate", "xlink:role")
    return value if listed and not HARMFUL.search(value) else None


def _remove(node: lxml.etree._Element) -> None:
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if node.tail:
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)
