"""Looks through pandoc's syntax tree in its JSON form, where a node is `{"t": type, "c": content}`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Node = dict[str, Any]

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


def nodes(tree: Any) -> Iterator[Node]:
    """Give every node of a tree, outer ones first, in reading order."""
    # A stack of its own: books are large, and generators within generators are slow.
    waiting = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += item[::-1]
        elif isinstance(item, dict):
            if "t" in item:
                yield item
                content = item.get("c")
                if isinstance(content, list | dict):
                    waiting.append(content)
            else:
                waiting += list(item.values())[::-1]


def attributes(node: Node) -> list[Any] | None:
    """Return a node's `[identifier, classes, key-value pairs]`, or None where its type has none."""
    place = ATTRIBUTES.get(node["t"])
    return None if place is None else node["c"][place]


def identifiers(tree: Any) -> Iterator[str]:
    """Give the identifiers of a tree in reading order."""
    for node in nodes(tree):
        found = attributes(node)
        if found and found[0]:
            yield found[0]


def rename(tree: Any, names: Mapping[str, str]) -> None:
    """Change identifiers in place."""
    for node in nodes(tree):
        found = attributes(node)
        if found and found[0] in names:
            found[0] = names[found[0]]


def retarget(tree: Any, target: Callable[[str, Node], str | None]) -> None:
    """Change the address of each link in place; one whose new address is None becomes its text."""
    for node in nodes(tree):
        if node["t"] == "Link":
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
