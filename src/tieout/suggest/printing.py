"""What calls of `print` write, as patterns with a group for each value; `%` and `.format` too.

Where all that a cell prints has one reading alone, as the texts of its calls in their order, each value is
known even where no words stand beside it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from string import Formatter

from tieout import numerals

_FIELD = re.compile(
    r"%(?:(?P<flags>[-+ #0]*)(?P<width>\d*)(?:\.\d+)?(?P<kind>[diouxXeEfFgGcrsa])|(?P<sign>%))"
)
_CUTTING = ("f", "F", "e", "E", "g", "G", "%")
VALUE, LONG = "(.+?)", "(.+)"
MOST = 50_000  # characters that are read as one text
_FLAT = r"[^()\[\]{}]"
FARTHEST = 60  # lines that the call of one text may fill


def _nested(depth: int) -> str:
    """Return the pattern of a text whose brackets close, up to a depth."""
    return f"{_FLAT}*" if not depth else rf"(?:{_FLAT}|[(\[{{]{_nested(depth - 1)}[)\]}}])*"


# What one value is as a text, short or long: a word or what brackets hold.
_HELD = rf"[\w.]*[(\[{{]{_nested(3)}[)\]}}]"
_ONE = rf"([^\s()\[\]{{}}]+§|{_HELD})"
_BARE = re.compile(rf"[^\s()\[\]{{}}]+|{_HELD}")
_JOINING = frozenset(
    ("and", "at", "by", "for", "from", "in", "of", "on", "or", "over", "per", "than", "to", "vs", "with")
)
_VERBS = frozenset(
    re.findall(r"\w+", "are did do does had has have is more less fewer said say that was were who")
)
_OF_TWO = frozenset(("range", "iqr", "interquartile range", "quartiles", "interval", "limits"))
_TRAILER = re.compile(r"(?:Name: .*, )?(?:Length: \d+, )?dtype: \w+")

_UNIT = re.compile(r"(?:\s*[(\[][^()\[\]]*[)\]]|(?:,|\bin)\s+[^\s,]+(?: [^\s,]+)?)\s*$")
_WORD = r"[^\W_]+"
_DIRECTIVE = re.compile(r"%-?[aAbBdHIjmMpSuUyY]")  # of a date, one word each
FREEDOM = "Degrees of freedom"
_OF_FREEDOM = re.compile(
    r"(?:(?<![^\W_])[tFH]|[χΧ]²?|\bchi2|\bchi-squared?)\s?\((?:\d+, ?)?$"
)  # *t({len(x) - 2})*

Piece = str | tuple[ast.expr, str]  # what stands there, or a value and how it is written
Part = tuple[ast.expr, str, str]  # a value, what it is called, and what stands after it
Pattern = tuple[str, list[Part], list[ast.expr], list[ast.expr]]


def pattern(arguments: list[ast.expr]) -> Pattern:
    """Return what arguments print as a pattern, with a group for each value.

    Returns
    -------
    The pattern, the values with the words before them, or behind them where one comes first; those that are
    printed as percentages, and those that are rounded where they are printed.
    """
    parts: list[Part] = []
    shares = []
    cut = []
    texts = []
    before = ""
    pieces = [pieces_of(argument) for argument in arguments]
    is_first = bool(pieces and pieces[0]) and not isinstance(pieces[0][0], str)
    for own_pieces in pieces:
        text = ""
        for piece in own_pieces:
            if isinstance(piece, str):
                text += re.escape(piece)
                before = piece
                if is_first and parts:
                    own, label, _ = parts[-1]
                    after = re.split(r"[\n;:=(.]|,(?!\d)", piece)[0]
                    parts[-1] = own, label or _noun(after), after
                continue
            own, form = piece
            dated = _dated(own, form)
            text += dated or VALUE
            if form.endswith("%"):
                shares.append(own)
            if form.endswith(_CUTTING):
                cut.append(own)
            called = "" if is_first and "(" not in before else _label(before)
            parts.append((own, FREEDOM if _OF_FREEDOM.search(before) else called, ""))
            before = before if dated else ""  # *highest month: May 2025 6.58*
        texts.append(text)
    return " ".join(texts), parts, shares, cut


def signed(arguments: list[ast.expr]) -> list[ast.expr]:
    """Return the values that are printed with a sign of percentage behind them: ``{change:.0f}%``."""
    found = []
    for argument in arguments:
        for piece, after in pairwise(pieces_of(argument)):
            if not isinstance(piece, str) and isinstance(after, str) and after.lstrip().startswith("%"):
                found.append(piece[0])
    return found


def readings(calls: Sequence[Sequence[ast.expr]], text: str) -> list[list[str]] | None:
    """Return what each value of some calls was printed as; None where a text has no or two readings.

    Parameters
    ----------
    calls
        The arguments of all the calls that wrote the text, in their order.
    text
        All that was printed.
    """
    pieces = [[pieces_of(argument) for argument in each] for each in calls]
    if len(text) > MOST or any(map(_touch, (row for each in pieces for row in each))):
        return None
    if not text.endswith("\n"):
        return None
    lines = text[:-1].split("\n")
    found = _only(pieces, lines)
    if found is None:
        alone = [at for at, each in enumerate(pieces) if len(each) == 1 and _is_bare(each[0])]
        known = [each for each in (_only(pieces, lines, at) for at in alone) if each is not None]
        found = known[0] if len(known) == 1 else None
    return found


def _touch(row: Sequence[Piece]) -> bool:
    """Whether two values stand together with nothing between them."""
    return any(not isinstance(one, str) and not isinstance(other, str) for one, other in pairwise(row))


def _is_bare(row: Sequence[Piece]) -> bool:
    """Whether an argument is a value alone, written as it is."""
    return len(row) == 1 and not isinstance(row[0], str) and not row[0][1]


def _only(
    pieces: Sequence[Sequence[Sequence[Piece]]], lines: Sequence[str], any_: int = -1
) -> list[list[str]] | None:
    """Return the values of some lines where they can be shared out among the calls in one way alone.

    The value that the call ``any_`` prints may be of any form.
    """
    ways: dict[int, list[list[list[str]]]] = {0: [[]]}
    for at, arguments in enumerate(pieces):
        after: dict[int, list[list[list[str]]]] = {}
        for start, befores in ways.items():
            for end, values in _ends(arguments, lines, start, at == any_):
                more = [[*before, values] for before in befores]
                after[end] = [*after.get(end, []), *more][:2]
        ways = after
    found = ways.get(len(lines), [])
    return found[0] if len(found) == 1 else None


def _ends(
    arguments: Sequence[Sequence[Piece]], lines: Sequence[str], start: int, is_any: bool
) -> Iterator[tuple[int, list[str]]]:
    """Give where the text of a call that begins at a line may end, with the values in it."""
    is_bare = len(arguments) == 1 and _is_bare(arguments[0])
    first = arguments[0][0] if arguments and arguments[0] else ""
    opening = first.partition("\n")[0] if isinstance(first, str) else ""
    if start < len(lines) and not lines[start].startswith(opening):
        return
    last = len(lines) if is_any or is_bare else min(len(lines), start + FARTHEST)
    for end in range(start + 1, last + 1):
        text = "\n".join(lines[start:end])
        if is_bare:
            if is_any or _BARE.fullmatch(text) or is_series(text) or is_frame(text):
                yield end, [text]
            continue
        found = []
        for lazy in ("", "?"):
            whole = " ".join(_written(row, _ONE.replace("§", lazy)) for row in arguments)
            matched = re.fullmatch(whole, text)
            if matched is not None:
                found.append([each.strip() for each in matched.groups()])
        if len(found) == 2 and found[0] == found[1]:
            yield end, found[0]


def is_series(text: str) -> bool:
    """Whether a text is one Series as pandas prints it, and no more; its index's name may stand first."""
    *lines, last = text.split("\n")
    if not lines or not _TRAILER.fullmatch(last):
        return False
    first, *others = lines
    named = bool(others) and re.fullmatch(r"[^\W\d]\w*(?: +\w+)* *", first) is not None
    return all(re.search(r"\S {2,}\S|[.]{2,}", line) for line in (others if named else lines))


def is_frame(text: str) -> bool:
    """Whether a text is one data frame as pandas prints it, and no more: lines of one width, set in columns.

    Its head begins with blanks, or with what its columns or rows are called; a row with its label.
    """
    head, *rows = text.split("\n")
    if not rows or len({len(each) for each in (head, *rows)}) > 1 or not re.search(r"  \S", head):
        return False
    if head[:1] != " " and not (re.fullmatch(r"\S+\s*", rows[0]) and len(rows) > 1):
        return False
    return all(each[:1] not in (" ", "") for each in rows)


def _written(row: Sequence[Piece], one: str) -> str:
    """Return the pattern of an argument; a value that has a form may have spaces around it."""
    return "".join(
        re.escape(piece) if isinstance(piece, str) else _dated(*piece) or (f" *{one} *" if piece[1] else one)
        for piece in row
    )


def _dated(node: ast.expr, form: str) -> str:
    """Return the pattern of a date that is printed in a form, with a group for it; empty for anything else.

    Examples
    --------
    >>> _dated(ast.parse("x.strftime('%Y-%m')", mode="eval").body, "") == rf"({_WORD}\\-{_WORD})"
    True
    >>> _dated(ast.Name("x"), ".1%")
    ''
    """
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strftime":
        given = node.args[0] if len(node.args) == 1 else None
        form = given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else ""
    said = _DIRECTIVE.split(form)
    is_date = len(said) > 1 and "%" not in "".join(said)
    return "(" + _WORD.join(map(re.escape, said)) + ")" if is_date else ""


def pieces_of(node: ast.expr) -> list[Piece]:
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


def _noun(text: str) -> str:
    """Return the words behind a printed value where they can name it: *visits*, and not *are happy*."""
    said = text.strip(" –—-\t)]}")
    first, last = said.lower().split(" ")[0], said.lower().rpartition(" ")[2]
    return "" if first in _JOINING | _VERBS or last in _JOINING or len(first) < len("day") else said


def _label(text: str) -> str:
    """Return the words that stand before a printed value: the last line, sentence or clause of them.

    Words that go on, *deaths in*, or that are of two values, *range*, are no name of one; nor is a unit at
    the end, *Visitors (thousand)*.
    """
    text = text.strip(" :=")
    if numerals.heading_unit(re.split(r"[\n;]", text)[-1]):
        text = _UNIT.sub("", text)
    said = re.split(r"[\n;(]|,(?!\d)|\. ", text.strip())[-1].strip(" :=–—-\t)]}[")
    is_name = any(map(str.isalpha, said)) and said.lower().rpartition(" ")[2] not in _JOINING
    return said if is_name and said.lower() not in _OF_TWO else ""
