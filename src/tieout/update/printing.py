"""What calls of `print` write, as patterns with a group for each value; `%` and `.format` too.

Where all that a cell prints has one reading alone, as the texts of its calls in their order, each value is
known even where no words stand beside it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from string import Formatter

_FIELD = re.compile(
    r"%(?:(?P<flags>[-+ #0]*)(?P<width>\d*)(?:\.\d+)?(?P<kind>[diouxXeEfFgGcrsa])|(?P<sign>%))"
)
_CUTTING = ("f", "F", "e", "E", "g", "G", "%")
VALUE, LONG = "(.+?)", "(.+)"
MOST = 50_000  # characters that are read as one text
_FLAT = r"[^()\[\]{}]"


def _nested(depth: int) -> str:
    """Return the pattern of a text whose brackets close, up to a depth."""
    return f"{_FLAT}*" if not depth else rf"(?:{_FLAT}|[(\[{{]{_nested(depth - 1)}[)\]}}])*"


_HELD = rf"[\w.]*[(\[{{]{_nested(3)}[)\]}}]"
# What one value is as a text, short or long: a word or what brackets hold; alone also a Series, or anything.
_ONE = rf"([^\s()\[\]{{}}]+§|{_HELD})"
_SERIES = rf"([^\s()\[\]{{}}]+§|{_HELD}|(?:[^\n]*\n)+§(?:Name: [^\n]*, )?(?:Length: \d+, )?dtype: \w+)"
_ANY = r"((?:[^\n]*\n)*§[^\n]*)"

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
            text += VALUE
            if form.endswith("%"):
                shares.append(own)
            if form.endswith(_CUTTING):
                cut.append(own)
            parts.append((own, _label(before)))
            before = ""
        texts.append(text)
    return " ".join(texts), parts, shares, cut


def readings(calls: Sequence[Sequence[ast.expr]], text: str) -> list[list[str]] | None:
    """Return what each value of some calls was printed as; None where a text has no or two readings.

    Parameters
    ----------
    calls
        The arguments of all the calls that wrote the text, in their order.
    text
        All that was printed.
    """
    pieces = [[_pieces(argument) for argument in each] for each in calls]
    if len(text) > MOST or any(map(_touch, (row for each in pieces for row in each))):
        return None
    alone = [at for at, each in enumerate(pieces) if len(each) == 1 and _is_bare(each[0])]
    found = _only(pieces, dict.fromkeys(alone, _SERIES), text)
    if found is None:
        others = (_only(pieces, dict.fromkeys(alone, _SERIES) | {at: _ANY}, text) for at in alone)
        known = [each for each in others if each is not None]
        if len(known) != 1:
            return None
        (found,) = known
    given = iter(found)
    return [
        [next(given).strip() for row in each for piece in row if not isinstance(piece, str)]
        for each in pieces
    ]


def _touch(row: Sequence[Piece]) -> bool:
    """Whether two values stand together with nothing between them."""
    return any(not isinstance(one, str) and not isinstance(other, str) for one, other in pairwise(row))


def _is_bare(row: Sequence[Piece]) -> bool:
    """Whether an argument is a value alone, written as it is."""
    return len(row) == 1 and not isinstance(row[0], str) and not row[0][1]


def _only(
    pieces: Sequence[Sequence[Sequence[Piece]]], alone: Mapping[int, str], text: str
) -> tuple[str, ...] | None:
    """Return the values of a text where the shortest reading is the longest too."""
    found = []
    for lazy in ("", "?"):
        calls = []
        for at, arguments in enumerate(pieces):
            one = alone.get(at, _ONE)
            calls.append(" ".join(_written(row, one.replace("§", lazy)) for row in arguments) + "\n")
        matched = re.fullmatch("".join(calls), text)
        if matched is None:
            return None
        found.append(matched.groups())
    return found[0] if found[0] == found[1] else None


def _written(row: Sequence[Piece], one: str) -> str:
    """Return the pattern of an argument; a value that has a form may have spaces around it."""
    return "".join(
        re.escape(piece) if isinstance(piece, str) else f" *{one} *" if piece[1] else one for piece in row
    )


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
