"""Pandoc's tree of a chapter: what is labelled, said, closed or shown in a part of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from tieout.audit import fragments
from tieout.audit.flow import GAP, plain

SPACE = {"t": "Space"}
Display = Callable[[str], str]  # gives the text that fills an empty tie, by the tie's target
Node = Any


def labels(tree: Any) -> Iterator[str]:
    """Give what is labelled in a part of pandoc's tree: `fig-x`, `tbl-x`."""
    if isinstance(tree, dict):
        yield from labels(tree.get("c"))
    elif isinstance(tree, list):
        if len(tree) == 3 and isinstance(tree[0], str) and re.match(r"[a-z]{2,}-.", tree[0]):
            yield tree[0]
        for item in tree:
            yield from labels(item)


def notes_apart(tree: Any, notes: list[Node]) -> Any:
    """Return inlines without their notes, which are put into a list."""
    if isinstance(tree, dict):
        return {key: notes_apart(value, notes) for key, value in tree.items()}
    if not isinstance(tree, list):
        return tree
    kept = []
    for item in tree:
        if isinstance(item, dict) and item.get("t") == "Note":
            notes.append(item)
        else:
            kept.append(notes_apart(item, notes))
    return kept


def captions_first(nodes: Sequence[Node]) -> Sequence[Node]:
    """Return blocks with the caption of each raw figure before what it holds, as pages are read."""
    raw = [str(node["c"][1]).strip().lower() if node["t"] == "RawBlock" else "" for node in nodes]
    result = list(nodes)
    start = 0
    for at, text in enumerate(raw):
        if text.startswith("<figure"):
            start = at + 1
        elif text.startswith("<figcaption") and start:
            end = next((index for index in range(at, len(raw)) if "</figcaption" in raw[index]), at) + 1
            result[start:end] = [*nodes[at:end], *nodes[start:at]]
    return result


def without_attributes(block: Node) -> Node:
    """Return the caption of a list that is a table without the attributes in braces at its end."""
    if block["t"] != "Para":
        return block
    first = next(
        (at for at, node in enumerate(block["c"]) if node["t"] == "Str" and node["c"].startswith("{")), None
    )
    ends = first is not None and stringify(block["c"]).rstrip().endswith("}")
    return {"t": "Para", "c": block["c"][:first]} if ends else block


def closing(node: Node, rest: Sequence[Node]) -> int | None:
    """Return where the raw element that a node opens is closed, if it is one of keys or code."""
    if node["t"] != "RawInline" or not node["c"][0].startswith("html"):
        return None
    name = fragments.opened(node["c"][1])
    if name not in fragments.CODE:
        return None
    ends = (at for at, each in enumerate(rest) if each["t"] == "RawInline" and f"</{name}>" in each["c"][1])
    return next(ends, None)


def formulas(node: Any) -> Iterator[str]:
    """Give the TeX of the formulas in a tree, in order."""
    if isinstance(node, list):
        for each in node:
            yield from formulas(each)
    elif isinstance(node, dict) and node.get("t") == "Math":
        yield plain(node["c"][1])
    elif isinstance(node, dict):
        yield from formulas(node.get("c"))


def stringify(node: Any, display: Display | None = None) -> str:
    """Return the text of a tree, notes left out."""
    if isinstance(node, list):
        return "".join(stringify(item, display) for item in node)
    if not isinstance(node, dict) or "t" not in node:
        return ""
    kind = node["t"]
    content: Any = node.get("c")
    if kind == "Str":
        return str(content)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "Math"):
        return str(content[1])
    if kind == "Quoted":
        marks = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
        return marks[0] + stringify(content[1], display) + marks[1]
    if kind in ("Note", "RawInline"):
        return ""
    if kind == "Link" and display and content[2][0].startswith("tie:") and not content[1]:
        return display(content[2][0].removeprefix("tie:"))
    return stringify(
        [item for item in content if isinstance(item, list | dict)] if isinstance(content, list) else [],
        display,
    )


def uncited(tree: Any) -> Any:
    """Return a tree with a gap for each citation and cross-reference: what they show, the page alone has."""
    if isinstance(tree, dict):
        cited = tree.get("t") == "Cite"
        return {"t": "Str", "c": GAP} if cited else {key: uncited(each) for key, each in tree.items()}
    return [uncited(each) for each in tree] if isinstance(tree, list) else tree


def unescape(text: str) -> str:
    """Return Markdown without its escapes and its marks of emphasis."""
    return re.sub(
        r"\\([!-/:-@\[-`{-~])", r"\1", re.sub(r"(?<!\\)(\*{1,2}|__?)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    )
