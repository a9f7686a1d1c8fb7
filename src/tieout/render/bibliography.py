"""The works that a book can cite, as CSL data, and the keys that it does cite.

pandoc reads the works and citeproc sets them; here is what citeproc is told, which no library knows.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from tieout.problems import InputError
from tieout.project import Project
from tieout.render import pandoc
from tieout.render.tree import Node

Element = Any  # lxml says no more of its own
CSL = "{http://purl.org/net/xbiblio/csl}"
LIST_OF_WORKS = "refs"
READERS = {".bib": "biblatex", ".bibtex": "bibtex", ".json": "csljson", ".ris": "ris"}


@dataclass(frozen=True)
class Works:
    """What the bibliography holds: CSL items in order, keys of all."""

    items: tuple[dict[str, Any], ...]
    keys: frozenset[str]


def read_works(project: Project) -> Works:
    """Read the project's bibliography.

    Raises
    ------
    InputError
        A file of it is not one, with its name.
    """
    items: list[dict[str, Any]] = []
    for path in project.bibliography:
        name = str(path)
        reader = READERS.get(path.suffix)
        if reader is None:
            hint = "give a .bib or a CSL .json file"
            line = project.line_of("bibliography")
            raise InputError(f"`{name}` is of no known kind", hint, path="_quarto.yml", line=line)
        given = project.files.text(name)
        text, _ = pandoc.run(
            ["-f", reader, "-t", "csljson"], given, name, None, project.limits, project.steps, "works"
        )
        items += json.loads(text)
    unique = {str(item["id"]): _trimmed(item) for item in items}
    return Works(tuple(unique.values()), frozenset(unique))


def _trimmed(item: dict[str, Any]) -> dict[str, Any]:
    """Return a work whose addresses have no blanks around them, as `{ 10.1000/1 }` has."""
    addresses: dict[str, Any] = {key: str(item[key]).strip() for key in ("DOI", "URL") if key in item}
    return {**item, **addresses}


def is_list_of_works(node: Node) -> bool:
    """Whether a node is the place where the works are listed."""
    return bool(node["t"] == "Div" and node["c"][0][0] == LIST_OF_WORKS)


def style(project: Project) -> Element | None:
    """Return the style of citations, or pandoc's own, without the blanks that set its elements apart.

    Citeproc takes as long to skip these as to read the style, for each chapter. None where nothing is cited.

    Raises
    ------
    InputError
        The project's is none.
    """
    if project.csl:
        given = project.files.bytes(project.csl)
    elif project.bibliography:
        asked = ["--print-default-data-file", "default.csl"]
        text, _ = pandoc.run(asked, "", "default.csl", None, project.limits, project.steps, "style")
        given = text.encode()
    else:
        return None
    hint = "take a style from https://github.com/citation-style-language/styles"
    try:
        root = etree.fromstring(given, etree.XMLParser(remove_blank_text=True, remove_comments=True))
    except etree.XMLSyntaxError as error:
        raise InputError(f"is not a CSL style: {error}", hint, path=str(project.csl), rule="csl") from None
    if root.tag != f"{CSL}style" or root.find(f"{CSL}citation") is None:
        raise InputError("is not a CSL style", hint, path=str(project.csl), rule="csl")
    return root


def in_order_of_citation(style: Element | None) -> bool:
    """Whether a style counts works as they are cited: then a chapter has to know all cited before it."""
    if style is None or style.get("class") == "note":
        return False
    return not style.findall(f"{CSL}bibliography/{CSL}sort")


def ledger_keys(path: Path) -> set[str]:
    """Return the keys of the sources that a ledger names: its page cites them."""
    if not path.is_file():
        return set()
    entries = json.loads(path.read_text(encoding="utf-8")).get("entries", [])
    sources = (entry.get("source") for entry in entries)
    return {source["key"] for source in sources if isinstance(source, dict) and source.get("key")}


def nocite(keys: Iterable[str]) -> Node:
    """Return metadata that makes citeproc know works without showing them."""
    return {"t": "MetaInlines", "c": [_cite(keys)]}


def hidden(keys: Iterable[str]) -> Node:
    """Return a block that cites works in the book's order; it is taken out when citeproc is done."""
    return {"t": "Div", "c": [["", ["tieout-cited"], []], [{"t": "Para", "c": [_cite(keys)]}]]}


def _cite(keys: Iterable[str]) -> Node:
    entries = [
        {
            "citationId": key,
            "citationPrefix": [],
            "citationSuffix": [],
            "citationMode": {"t": "NormalCitation"},
            "citationNoteNum": 0,
            "citationHash": 0,
        }
        for key in keys
    ]
    return {"t": "Cite", "c": [entries, []]}
