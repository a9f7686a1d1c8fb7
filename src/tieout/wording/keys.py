"""The rows that code picks a number by: *2022-03* of ``monthly.loc["2022-03"]``, or those of a mask.

Only what stands on the way to the number itself counts: that an index is 100 in January is no key of its
peak.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.wording.traced import core, made_of, stands_for

_DEPTH = 6  # names that are followed one after another
_PICKING = frozenset(("loc", "at"))
_FUNCTIONS = frozenset(("round", "float", "int", "len", "sum", "abs", "min", "max"))
_MOMENTS = frozenset(("Timestamp", "Period", "date", "datetime", "to_datetime"))
_CROSSING = frozenset(("pivot_table", "pivot", "crosstab"))
_GROUPING = _CROSSING | {"groupby", "set_index", "value_counts"}
# What these give of a row is of other rows too, or of rows that are not known.
_MIXING = frozenset(("shift", "rolling", "expanding", "ewm", "isin", "between", "where", "mask", "drop"))
_TURNING = frozenset(("transpose", "stack", "swaplevel", "melt", "reset_index"))
_QUERY = lazily(r"""\s*`?([\w.]+)`?\s*==\s*(["']?)([^"'=<>&|@]+)\2\s*""")


@dataclass(frozen=True)
class Key:
    """A label by which code picks rows, and what it is a label of.

    Parameters
    ----------
    value
        The label.
    column
        The column of which it is a value; empty where that is not known.
    """

    value: str | int
    column: str


class _Unknown(Exception):
    """The code picks more than one row, or it cannot be told which."""


def keys(entry: Entry) -> tuple[Key, ...]:
    """Return the labels by which the code of an entry picks it; none where it picks by something else too."""
    return picked(entry, core(made_of(entry)))


def picked(entry: Entry, made: ast.expr | None) -> tuple[Key, ...]:
    """Return the labels by which an expression of an entry's code picks; none where it is not known."""
    try:
        return tuple(dict.fromkeys(_keys(entry, made, _DEPTH))) if made is not None else ()
    except _Unknown:
        return ()


def _keys(entry: Entry, node: ast.expr, deep: int) -> Iterator[Key]:
    match node:
        case ast.Name(id=name):
            value = stands_for(entry, name) if deep else None
            if value is not None:
                yield from _keys(entry, value, deep - 1)
        case ast.Attribute(value=held) | ast.UnaryOp(operand=held):
            yield from _keys(entry, held, deep)
        case ast.Subscript(value=held, slice=label):
            yield from _picked(entry, held, label)
            yield from _keys(entry, held, deep)
        case ast.Call():
            yield from _called(entry, node, deep)
        case ast.BinOp(left=left, right=right):
            sides = [list(_keys(entry, side, deep)) for side in (left, right)]
            if not set(sides[1]) <= set(sides[0]):
                raise _Unknown  # of two rows
            yield from sides[0]


def _called(entry: Entry, call: ast.Call, deep: int) -> Iterator[Key]:
    given = call.args[0] if call.args else None
    if isinstance(call.func, ast.Name):
        if given is not None and call.func.id in _FUNCTIONS:
            yield from _keys(entry, given, deep)
        return
    if not isinstance(call.func, ast.Attribute):
        return
    name, held = call.func.attr, call.func.value
    if name in _MIXING:
        raise _Unknown
    text = given.value if isinstance(given, ast.Constant) else None
    if name == "query":
        for part in re.split(r"\band\b|&", text) if isinstance(text, str) else [""]:
            found = _QUERY.fullmatch(part.strip("() "))
            if found is None:
                raise _Unknown
            yield Key(int(found[3]) if found[3].isdecimal() else found[3], found[1])
    elif name in ("get_group", "xs") and isinstance(text, str | int):
        yield Key(text, next(iter(_grouped_by(entry, held)), ""))
    if isinstance(held, ast.Name) and stands_for(entry, held.id) is None and given is not None:
        yield from _keys(entry, given, deep)  # ``np.mean(df[df.sex == "female"].mass)``
    yield from _keys(entry, held, deep)


def _picked(entry: Entry, held: ast.expr, label: ast.expr) -> Iterator[Key]:
    """Give the labels that a subscript picks by, or a mask."""
    name = held.attr if isinstance(held, ast.Attribute) else ""
    if name in ("iloc", "iat"):
        return
    columns = _grouped_by(entry, held)
    for place, part in enumerate(_labels(label)):
        value = _value(part)
        if value is not None:
            yield Key(value, columns[place] if place < len(columns) else "")
        elif isinstance(part, ast.Slice):
            if any((part.lower, part.upper, part.step)):
                raise _Unknown
        elif isinstance(part, ast.Compare | ast.BinOp | ast.UnaryOp | ast.BoolOp | ast.Call):
            yield from _compared(part)
        elif isinstance(part, ast.Name) and stands_for(entry, part.id) is not None:
            mask = stands_for(entry, part.id)
            if isinstance(mask, ast.Compare | ast.BinOp | ast.UnaryOp | ast.Call):
                yield from _compared(mask)


def _labels(label: ast.expr) -> Iterator[ast.expr]:
    """Give the labels of a subscript, those of several levels one after another."""
    for part in label.elts if isinstance(label, ast.Tuple) else [label]:
        yield from part.elts if isinstance(part, ast.Tuple) else [part]


def _compared(mask: ast.expr) -> Iterator[Key]:
    """Give the labels that a mask asks for, all of which rows have to have."""
    if isinstance(mask, ast.BinOp) and isinstance(mask.op, ast.BitAnd):
        yield from _compared(mask.left)
        yield from _compared(mask.right)
    elif isinstance(mask, ast.Compare) and len(mask.ops) == 1 and isinstance(mask.ops[0], ast.Eq):
        value = _value(mask.comparators[0])
        if value is None:
            raise _Unknown
        yield Key(value, _last_name(mask.left))
    elif not isinstance(mask, ast.Compare) or any(isinstance(op, ast.NotEq) for op in mask.ops):
        raise _Unknown


def _value(node: ast.expr) -> str | int | None:
    """Return the text or whole number that a label is; of a date, as ISO 8601 has it."""
    if isinstance(node, ast.Constant):
        is_label = isinstance(node.value, str | int) and not isinstance(node.value, bool)
        return node.value if is_label else None  # type: ignore[return-value]
    if not isinstance(node, ast.Call) or not node.args:
        return None
    name = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
    given = [each.value for each in node.args if isinstance(each, ast.Constant)]
    if name not in _MOMENTS or len(given) != len(node.args):
        return None
    if isinstance(given[0], str):
        return given[0]
    numbers = [each for each in given if isinstance(each, int)]
    return "-".join(f"{each:02d}" for each in numbers[:3]) if len(numbers) == len(given) > 1 else None


def _grouped_by(entry: Entry, held: ast.expr) -> list[str]:
    """Return the columns whose values the labels are by which something is picked; none where unknown."""
    is_series, levels = False, 0
    by_rows = isinstance(held, ast.Attribute) and held.attr in _PICKING
    for part in _chain(entry, held):
        if isinstance(part, ast.Call) and _name(part) in _TURNING:
            return []
        if isinstance(part, ast.Call) and _name(part) in _GROUPING:
            columns = _columns(part)[levels:]
            if by_rows or is_series or _name(part) == "value_counts":
                return columns
            return columns[1:] if _name(part) in _CROSSING else []
        if isinstance(part, ast.Call):
            is_series = is_series or _name(part) == "size"
        elif isinstance(part, ast.Attribute):
            is_series = is_series or part.attr not in (*_PICKING, "str", "dt")
        elif isinstance(part, ast.Subscript) and isinstance(part.slice, ast.Constant):
            is_row = isinstance(part.value, ast.Attribute) and part.value.attr in _PICKING
            levels, is_series = levels + is_row, is_series or not is_row
    return []


def _columns(call: ast.Call) -> list[str]:
    """Return the columns that a call groups by, those of rows first."""
    named = {each.arg: each.value for each in call.keywords}
    given = [named[name] for name in ("by", "keys", "index", "columns") if name in named]
    if _name(call) == "value_counts":
        given = call.args[:1] or ([call.func.value] if isinstance(call.func, ast.Attribute) else [])
    elif _name(call) == "crosstab":
        given = call.args[:2] or given
    elif _name(call) not in _CROSSING:
        given = call.args[:1] + given
    parts = (part for each in given for part in (each.elts if isinstance(each, ast.List) else [each]))
    return [_last_name(part) for part in parts]


def _last_name(node: ast.expr) -> str:
    """Return the column that code is of: *month* of ``df.date.dt.month``, *sex* of ``df["sex"]``."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Subscript):
        return _last_name(node.slice)
    if isinstance(node, ast.Call):
        return _name(node)
    return getattr(node, "attr", "") or getattr(node, "id", "")


def _chain(entry: Entry, node: ast.expr, deep: int = _DEPTH) -> Iterator[ast.expr]:
    """Give what a table was made by, the last first: calls, attributes that are none, subscripts."""
    while True:
        yield node
        if isinstance(node, ast.Call):
            node = node.func.value if isinstance(node.func, ast.Attribute) else node.func
        elif isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
        elif isinstance(node, ast.Name) and deep and (value := stands_for(entry, node.id)) is not None:
            node, deep = value, deep - 1
        else:
            return


def _name(call: ast.Call) -> str:
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")
