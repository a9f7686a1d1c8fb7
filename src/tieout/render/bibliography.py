"""The works that a book can cite, as CSL data, and the keys that it does cite."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tieout.configuration import read_text
from tieout.problems import InputError
from tieout.project import Project
from tieout.render import pandoc
from tieout.render.tree import Node, nodes

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
        text, _ = pandoc.run(["-f", reader, "-t", "csljson"], read_text(project.root / path, name), name)
        items += json.loads(text)
    unique = {str(item["id"]): item for item in items}
    return Works(tuple(unique.values()), frozenset(unique))


def cited(trees: Iterable[Any]) -> set[str]:
    """Return every key that the trees cite."""
    return {
        citation["citationId"]
        for tree in trees
        for node in nodes(tree)
        if node["t"] == "Cite"
        for citation in node["c"][0]
    }


def ledger_keys(path: Path) -> set[str]:
    """Return the keys of the sources that a ledger names: its page cites them."""
    if not path.is_file():
        return set()
    entries = json.loads(path.read_text(encoding="utf-8")).get("entries", [])
    sources = (entry.get("source") for entry in entries)
    return {source["key"] for source in sources if isinstance(source, dict) and source.get("key")}


def nocite(keys: Iterable[str]) -> Node:
    """Return metadata that makes citeproc know works without showing them."""
    citations = [
        {
            "citationId": key,
            "citationPrefix": [],
            "citationSuffix": [],
            "citationMode": {"t": "NormalCitation"},
            "citationNoteNum": 0,
            "citationHash": 0,
        }
        for key in sorted(keys)
    ]
    return {"t": "MetaInlines", "c": [{"t": "Cite", "c": [citations, []]}]}
