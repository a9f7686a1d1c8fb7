"""What a call of `print` writes, as a pattern with a group for each value; `%` and `.format` too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from string import Formatter

_FIELD = re.compile(
    r"%(?:(?P<flags>[-+ #0]*)(?P<width>\d*)(?:\.\d+)?(?P<kind>[diouxXeEfFgGcrsa])|(?P<sign>%))"
)
_CUTTING = ("f", "F", "e", "E", "g", "G", "%")

Piece = str | tuple[ast.expr, str]  # what stands there, or a value and how it is written
Pattern = tuple[str, list[tuple[ast.expr, str]], list[ast.expr], list[ast.expr]]


def pattern(arguments: list[ast.expr]) -> Pattern:
    """Return what arguments print as a pattern, with a group for each value.

    Returns
    -------
    The pattern, the values with the words before them, those that are printed as percentages, and those that
    are rounded where they are printed.
    """
    parts: list[tuple[ast.expr, str]] = []
    shares = []
    cut = []
    texts = []
    before = ""
    for argument in arguments:
        text = ""
        for piece in _pieces(argument):
            if isinstance(piece, str):
                text += re.escape(piece)
                before = piece
                continue
            own, form = piece
            text += "(.+?)"
            if form.endswith("%"):
                shares.append(own)
            if form.endswith(_CUTTING):
                cut.append(own)
            parts.append((own, _label(before)))
            before = ""
        texts.append(text)
    return " ".join(texts), parts, shares, cut


def _pieces(node: ast.expr) -> list[Piece]:
    """Return the texts and values that an argument is made of; itself where nothing is known of it."""
    if isinstance(node, ast.JoinedStr):
        return [_piece(each) for each in node.values]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and _is_text(node.left):
        values = node.right.elts if isinstance(node.right, ast.Tuple) else [node.right]
        return _filled(list(_percented(_text(node.left))), values) or [(node, "")]
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "format"
        and _is_text(node.func.value)
        and not node.keywords
    ):
        try:
            return _filled(list(_braced(_text(node.func.value))), node.args) or [(node, "")]
        except ValueError:
            return [(node, "")]
    return [(node, "")]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _text(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _piece(node: ast.expr) -> Piece:
    if isinstance(node, ast.FormattedValue):
        form = ast.unparse(node.format_spec)[2:-1] if node.format_spec is not None else ""
        return node.value, form
    return _text(node)


def _percented(text: str) -> Iterator[str | tuple[int | None, str]]:
    """Give the pieces of a text with `%` in it: texts, and for each value its place and form."""
    at = count = 0
    for found in _FIELD.finditer(text):
        yield text[at : found.start()]
        at = found.end()
        if found["sign"]:
            yield "%"
            continue
        yield count, found["kind"]
        count += 1
    yield text[at:]


def _braced(text: str) -> Iterator[str | tuple[int | None, str]]:
    """Give the pieces of a text for `.format`: no place for a field that is no mere number."""
    count = 0
    for literal, field, form, _ in Formatter().parse(text):
        yield literal
        if field is not None:
            yield (int(field) if field.isdigit() else None if field else count), form or ""
            count += 1


def _filled(pieces: list[str | tuple[int | None, str]], values: list[ast.expr]) -> list[Piece]:
    """Put values into the places of a text; empty where they do not fit."""
    found: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str):
            if found and isinstance(found[-1], str):
                found[-1] += piece
            elif piece:
                found.append(piece)
            continue
        place, form = piece
        if place is None or place >= len(values):
            return []
        found.append((values[place], form))
    return found


def _label(text: str) -> str:
    """Return the words that stand before a printed value: the last line, sentence or clause of them."""
    return re.split(r"[\n;,(]|\. ", text.strip())[-1].strip(" :=–—-\t")
