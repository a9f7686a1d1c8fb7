"""What a share of a column is said to be of: *27% of the nurses* of what was divided by all beds.

The column that a share is of is read from its code, ``beds["north"] / table.beds.sum()``; a mean is of all
rows. It is said of another column only where the code names that one, of the same table.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.wording.meant import tokens
from tieout.wording.traced import called, core, made_of, stands_for, taken_of, traced

_OF = lazily(
    r"^ ?%?\)? of (?:(?:all|the|these|its|our|their) )*(?P<what>[^\W\d_]+s)"
    r"(?=[,.;:)]|$| (?:are|is|were|was|in|at|on|and|but|had|have)\b)"
)
_STEM = 5
_GENERIC = frozenset(("n", "count", "size", "number", "total", "weight", "w"))  # of rows that count several


def misdivided(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why a share is said of another column than it is of; empty where it may be right."""
    found = _OF.match(" ".join(f"|{context.clause[1]}".split())[1:])
    held = _whole(entry) if found and "%" in f"{shown}{context.clause[1][:2]}" else None
    if found is None or held is None or is_denied(context):
        return ""
    table, whole, own = held
    said, clause = found["what"].casefold()[:_STEM], " ".join(context.clause)
    mine = {each[:_STEM] for each in tokens(whole or table)}
    if any(re.search(rf"\b{re.escape(stem.removesuffix('s'))}", clause, re.IGNORECASE) for stem in mine):
        return ""
    columns = {name for name in _columns(entry, table) if name not in (whole, own)}
    if whole and not _GENERIC.issuperset(tokens(whole)):
        columns.add(table)
    other = next((name for name in sorted(columns) if said in {each[:_STEM] for each in _parts(name)}), "")
    is_own = said in {
        each[:_STEM] for each in (*_parts(own), *tokens("" if whole else table), *tokens(entry.label))
    }
    return (
        "" if not other or is_own else f"is a share of {whole or f'the rows of {table}'}, and {other} is said"
    )


def _whole(entry: Entry) -> tuple[str, str, str] | None:
    """Return the table and the column that a share is of, empty for its rows, and the column of the share."""
    made = core(made_of(entry))
    if isinstance(made, ast.BinOp) and isinstance(made.op, ast.Div):
        right = made.right
        right = (stands_for(entry, right.id) or right) if isinstance(right, ast.Name) else right
        if isinstance(right, ast.Call) and called(right) == "sum" and isinstance(right.func, ast.Attribute):
            held = taken_of(right.func.value)
            return (*held, "") if held else None
        return None
    if isinstance(made, ast.Call) and called(made) == "mean" and isinstance(made.func, ast.Attribute):
        mask = core(made.func.value)
        held = taken_of(mask.left if isinstance(mask, ast.Compare) else made.func.value)
        return (held[0], "", held[1]) if held and not made.args else None
    return None


def _columns(entry: Entry, table: str) -> Iterator[str]:
    """Give the columns of a table that the code names, up to the cell of an entry."""
    for cell in (*entry.earlier, entry.code):
        for name, column in traced(cell).columns:
            if name == table:
                yield column
    value = stands_for(entry, table)
    if isinstance(value, ast.Call) and called(value) in ("agg", "aggregate"):
        yield from (each.arg for each in value.keywords if each.arg)


def _parts(name: str) -> tuple[str, ...]:
    return tokens(name.replace("_", " "))
