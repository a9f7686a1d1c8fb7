"""What a row of a table by groups is called: *Mean of minutes, smoker yes*, *Mean of minutes, August*.

The table is made where it is shown, or what made its variable is known; the names of groups are those of its
columns, said where a value alone says nothing to readers.
"""

from __future__ import annotations

import ast
import re

from tieout.numerals.calendar import MONTHS
from tieout.suggest.labels import ARRANGING, COUNTS, LEVELS, SAID, worded
from tieout.suggest.periods import minutes

_DESCRIBED = {**LEVELS, "mean": "Mean", "std": "Standard deviation", "min": "Smallest", "max": "Largest"}
_MUTE = re.compile(
    r"yes|no|true|false|none|other|unknown|low|medium|high|always|never|often|\w{1,2}", re.IGNORECASE
)
_DATE = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])(?:-(?:01|28|29|30|31))?")


def label_of_group(node: ast.expr, source: str = "") -> str:
    """Return what a cell of a table by groups says, for people; empty where it is none.

    Parameters
    ----------
    source
        The code that made the variable that the cell is picked from; empty where that is not known.

    Examples
    --------
    >>> def said(text, source=""): return label_of_group(ast.parse(text, mode="eval").body, source)
    >>> said("a.loc['no']", "tips.groupby('smoker').minutes.mean()")
    'Mean of minutes, smoker no'
    >>> said("df.groupby('species').body_mass_g.mean()['Adelie']")
    'Mean of body mass, Adelie'
    >>> said("b[8]", "tips.groupby(tips.date.dt.month).minutes.max()"), said("b[8]", "tips.minutes")
    ('Largest of minutes, August', '')
    >>> said("year.loc[2024, 'tickets']", "fines.groupby('year').agg(tickets=('fine', 'size'))")
    'Number of tickets, year 2024'
    """
    labels, base = _picked(node)
    base = _unarranged(base)
    if isinstance(base, ast.Name) and source:
        base = _unarranged(ast.parse(source, mode="eval").body)
    if not labels or not isinstance(base, ast.Call) or not isinstance(base.func, ast.Attribute):
        return ""
    name, held = base.func.attr, base.func.value
    given = {each.arg: each.value for each in base.keywords}
    if name == "pivot_table" and {"index", "columns", "values"} <= given.keys():
        keys, column = [_name(given["index"]), _name(given["columns"])], _name(given["values"])
        what = SAID.get(_name(given["aggfunc"]) if "aggfunc" in given else "mean", "")
    else:
        keys, column = _groups(held)
        what = SAID.get(name, "") if not base.args else ""
        if name == "describe" and len(labels) > len(keys) and column:
            what = _DESCRIBED.get(str(labels.pop()), "")
        elif name in ("agg", "aggregate") and len(labels) > len(keys):
            last = str(labels.pop())
            parts = given.get(last)
            said = [_name(each) for each in parts.elts] if isinstance(parts, ast.Tuple) else [column, last]
            column, what = said[0], SAID.get(said[-1], "")
            if said[-1] in ("size", "count"):
                is_named = isinstance(parts, ast.Tuple) and last not in COUNTS
                what = f"Number of {worded(last)}" if is_named else "Number"
        elif not column and len(labels) > len(keys):
            column = str(labels.pop())
    if not what or not column or not all(keys) or not keys or len(labels) != len(keys):
        return ""
    groups = ", ".join(_said(key, label) for key, label in zip(keys, labels, strict=True))
    return (
        f"{what}, {groups}" if what.startswith("Number") else f"{what} of {worded(minutes(column))}, {groups}"
    )


def variable_of(node: ast.expr) -> str:
    """Return the variable whose table an expression shows, in whatever order; empty for none."""
    held = _unarranged(node)
    return held.id if isinstance(held, ast.Name) else ""


def _unarranged(node: ast.expr) -> ast.expr:
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ARRANGING:
        node = node.func.value
    return node


def _picked(node: ast.expr) -> tuple[list[str | int], ast.expr]:
    """Return the labels by which a cell is picked, and what from; none that are not written out."""
    if not isinstance(node, ast.Subscript):
        return [], node
    base = node.value
    if isinstance(base, ast.Attribute) and base.attr in ("loc", "at"):
        base = base.value
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    inner = [each for part in parts for each in (part.elts if isinstance(part, ast.Tuple) else [part])]
    values = [each.value for each in inner if isinstance(each, ast.Constant)]
    whole = (int(each) if isinstance(each, float) and each.is_integer() else each for each in values)
    labels = [each for each in whole if isinstance(each, str | int)]
    return (labels if len(labels) == len(inner) else []), base


def _groups(node: ast.expr) -> tuple[list[str], str]:
    """Return by which columns a table is grouped, and which one of it is taken; empty for none or several."""
    column = ""
    if isinstance(node, ast.Subscript):
        column, node = _name(node.slice), node.value
    elif isinstance(node, ast.Attribute):
        column, node = node.attr, node.value
    called = node.func if isinstance(node, ast.Call) and node.args else None
    if not isinstance(called, ast.Attribute) or called.attr not in ("groupby", "resample"):
        return [], ""
    by = node.args[0]  # type: ignore[attr-defined]
    if called.attr == "resample":
        source = called.value
        column = column or (source.attr if isinstance(source, ast.Attribute) else "")
        return ["month"] if re.fullmatch("MS|ME?", _name(by)) else [], column
    return [_name(each) for each in (by.elts if isinstance(by, ast.List) else [by])], column


def _name(node: ast.expr) -> str:
    """Return the column that code names: *month* of ``df.date.dt.month``; empty where it names none."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.Call):
        return _name(node.func) if not node.args else ""
    if isinstance(node, ast.Subscript):
        return _name(node.slice)
    return getattr(node, "attr", "") or getattr(node, "id", "")


def _said(key: str, label: str | int) -> str:
    """Return what a group is called: *smoker yes*, *Adelie*, *August*, *May 2022*."""
    text = str(label)
    is_month = re.search(r"month$", key, re.IGNORECASE) is not None
    if is_month and isinstance(label, int) and not isinstance(label, bool) and 1 <= label <= len(MONTHS):
        return MONTHS[label - 1]
    if is_month and (dated := _DATE.fullmatch(text)):
        return f"{MONTHS[int(dated[2]) - 1]} {dated[1]}"
    if isinstance(label, str) and not _MUTE.fullmatch(label):
        return label
    return f"{worded(key)} {text.lower() if isinstance(label, bool) else text}"
