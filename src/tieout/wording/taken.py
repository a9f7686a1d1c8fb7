"""Which statistic the code of an entry takes of its data: *mean* of ``df.age.mean()``."""

from __future__ import annotations

import ast

from tieout.ledger import Entry
from tieout.wording.meant import tokens
from tieout.wording.traced import called, core, made_of, nodes, stands_for, under

_DEPTH = 6  # names that are followed one after another
_ORDERING = frozenset(("round", "sort_values", "sort_index", "reset_index", "dropna"))
_STATISTICS = {
    "mean": "mean", "average": "mean", "median": "median", "std": "standard deviation",
    "sem": "standard error", "max": "maximum", "min": "minimum", "sum": "total", "50%": "median",
}  # fmt: skip


def statistic(entry: Entry) -> str:
    """Return which statistic the code of an entry takes of its data: *mean* of ``df.age.mean()``.

    The mean of what is true or not is none: it is a share.
    """
    made = core(made_of(entry))
    if isinstance(made, ast.Subscript):
        told = _STATISTICS.get(_aggregated(entry, made), "")
        made = _picked_from(entry, made)
        if told or not isinstance(made, ast.Call):
            return told
    if not isinstance(made, ast.Call):
        return ""
    if called(made) == "quantile" and made.args and ast.unparse(made.args[0]) == "0.5":
        return "median"
    told = _STATISTICS.get(called(made), "")
    found = list(nodes(entry, made)) if told else []
    masks = {id(part) for each in found if isinstance(each, ast.Subscript) for part in ast.walk(each.slice)}
    is_share = any(isinstance(each, ast.Compare) and id(each) not in masks for each in found)
    return "" if is_share else told


def _picked_from(entry: Entry, made: ast.Subscript) -> ast.expr | None:
    """Return the call that gave what a row is picked from: ``df.groupby("a").b.mean()`` of one group."""
    held: ast.expr | None = made
    for _ in range(_DEPTH):
        if isinstance(held, ast.Name):
            held = stands_for(entry, held.id)
        elif isinstance(held, ast.Subscript) or (
            isinstance(held, ast.Attribute) and held.attr in ("loc", "at")
        ):
            held = held.value
        elif (
            isinstance(held, ast.Call) and called(held) in _ORDERING and isinstance(held.func, ast.Attribute)
        ):
            held = held.func.value
        else:
            break
    return held


def _aggregated(entry: Entry, made: ast.Subscript) -> str:
    """Return what a cell was aggregated by: *median* of ``agg(fee=("fee", "median"))``; empty for none.

    The column, or a row of ``describe()``, may be called as the statistic.
    """
    labels = made.slice.elts if isinstance(made.slice, ast.Tuple) else [made.slice]
    names = [each.value for each in labels if isinstance(each, ast.Constant)]
    held = _picked_from(entry, made)
    if not isinstance(held, ast.Call) or not names:
        return ""
    if called(held) == "describe":
        return next((str(name) for name in names if name in _STATISTICS), "")
    if called(held) not in ("agg", "aggregate"):
        return ""
    given = next((each.value for each in held.keywords if each.arg == names[-1]), None)
    given = given or next(iter(held.args), None)
    if isinstance(given, ast.Dict):
        given = under(given, str(names[-1]))
    if isinstance(given, ast.Tuple) and len(given.elts) == 2:
        given = given.elts[-1]
    if isinstance(given, ast.List):
        return str(names[-1])
    return str(given.value) if isinstance(given, ast.Constant) else ""


def named(entry: Entry) -> str:
    """Return which of mean and median an entry is by its id: *median* of ``median-gap.year-2023``."""
    said = {_STATISTICS.get(word, "") for word in tokens(entry.id)} & {"mean", "median"}
    return said.pop() if len(said) == 1 else ""
