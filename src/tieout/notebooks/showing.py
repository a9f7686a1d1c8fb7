"""How to show what a cell shows so that each of its numbers is tied, in the names that its notebook has."""

from __future__ import annotations

import ast
import re

from tieout.notebooks.notebook import Cell, Notebook

_ALIAS = re.compile(r"^import tieout(?: as (\w+))?\s*$", re.MULTILINE)


def tied_instead(notebook: Notebook, cell: Cell) -> str:
    """Return what to do about a frame, or about other numbers, that a cell shows without ties."""
    found = next((each for code in notebook.code if (each := _ALIAS.search(code.source))), None)
    alias = "t" if found is None else found[1] or "tieout"
    shown = _last(cell.source)
    name = shown if shown.isidentifier() else "frame"
    ids = f"{name.lower().replace('_', '-').strip('-')}.{{index}}.{{column}}"
    way = f'show it as `{alias}.table({name}, ids="{ids}")`, which ties each number'
    leave = "leave it out with `#| output: false`"
    both = f"{leave}, or {way}" if name != shown else f"{way}, or {leave}"
    return f"{both}; `tieout: {{require: results}}` asks for no ties in outputs"


def _last(source: str) -> str:
    """Return the expression that a cell ends in; empty where it ends in none."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return ""
    return ast.unparse(body[-1].value) if body and isinstance(body[-1], ast.Expr) else ""
