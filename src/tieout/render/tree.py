"""Looks through pandoc's syntax tree in its JSON form, where a node is `{"t": type, "c": content}`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Node = dict[str, Any]
# The version of pandoc's syntax tree that the wheel's pandoc reads and writes.
API = [1, 23, 1]
_BLOCKS = '"blocks": ['

# Where a node keeps its attributes: the index in its content.
ATTRIBUTES = {
    "Header": 1,
    "Div": 0,
    "Span": 0,
    "Link": 0,
    "Image": 0,
    "Code": 0,
    "CodeBlock": 0,
    "Figure": 0,
    "Table": 0,
}


def nodes(tree: Any, *types: str) -> Iterator[Node]:
    """Give every node of a tree, or those of some types: outer ones first, in reading order."""
    # A stack of its own, and types looked at as they are: books are large, and this is walked many times.
    waiting = [tree]
    while waiting:
        item = waiting.pop()
        kind = type(item)
        if kind is dict:
            if "t" not in item:
                waiting += list(item.values())[::-1]
                continue
            if not types or item["t"] in types:
                yield item
            content = item.get("c")
            if type(content) is list or type(content) is dict:
                waiting.append(content)
        elif kind is list:
            waiting += item[::-1]


def packed(tree: Any) -> str:
    """Return a tree as JSON, which takes a tenth of its room: those of a book are kept like this."""
    return json.dumps(tree, ensure_ascii=False)


def document(blocks: str, before: Sequence[Node] = (), meta: Mapping[str, Node] | None = None) -> str:
    """Return what pandoc reads: packed blocks as they are, with some before them, and metadata."""
    head = f'{{"pandoc-api-version": {json.dumps(API)}, "meta": {packed(dict(meta or {}))}, '
    return f"{head}{_BLOCKS}{_after(before, blocks[1:])}}}"


def preceded(text: str, before: Sequence[Node]) -> str:
    """Return a packed document without metadata, with some blocks before its own."""
    head, mark, blocks = text.partition(_BLOCKS)
    return f"{head}{mark}{_after(before, blocks)}"


def _after(before: Sequence[Node], blocks: str) -> str:
    first = packed(list(before))[1:-1]
    return f"{first}{', ' if first and not blocks.startswith(']') else ''}{blocks}"


def unpacked(text: str) -> Any:
    """Return a tree of its own from JSON."""
    return json.loads(text)


def attributes(node: Node) -> list[Any] | None:
    """Return a node's `[identifier, classes, key-value pairs]`, or None where its type has none."""
    place = ATTRIBUTES.get(node["t"])
    return None if place is None else node["c"][place]


def identifiers(tree: Any) -> Iterator[str]:
    """Give the identifiers of a tree in reading order."""
    for node in nodes(tree, *ATTRIBUTES):
        found = attributes(node)
        if found and found[0]:
            yield found[0]


def rename(tree: Any, names: Mapping[str, str]) -> None:
    """Change identifiers in place."""
    for node in nodes(tree, *ATTRIBUTES) if names else ():
        found = attributes(node)
        if found and found[0] in names:
            found[0] = names[found[0]]


def retarget(tree: Any, target: Callable[[str, Node], str | None]) -> None:
    """Change the address of each link in place; one whose new address is None becomes its text."""
    for node in nodes(tree, "Link"):
        address = target(node["c"][2][0], node)
        if address is None:
            node["t"], node["c"] = "Span", [["", [], []], node["c"][1]]
        else:
            node["c"][2][0] = address


def plain(value: Any) -> str:
    """Return the text of inlines, or of a metadata value."""
    parts = []
    for node in nodes(value):
        match node["t"]:
            case "Str" | "MetaString":
                parts.append(node["c"])
            case "Space" | "SoftBreak" | "LineBreak":
                parts.append(" ")
            case "Code" | "Math":
                parts.append(node["c"][1])
    return "".join(parts)


def python(value: Node) -> Any:
    """Return a metadata value as plain Python; inlines as they are."""
    match value["t"]:
        case "MetaMap":
            return {key: python(item) for key, item in value["c"].items()}
        case "MetaList":
            return [python(item) for item in value["c"]]
        case _:
            return value["c"]
