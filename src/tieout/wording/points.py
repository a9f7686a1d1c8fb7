"""Percentage points and per cent: *fell by 9.9%* of what is recorded as points, *25 points* of a growth.

A difference of two shares is in points, a change of one against the other in per cent.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, POINT, PURE
from tieout.numerals import Context
from tieout.wording.meant import tokens
from tieout.wording.traced import core, functions, made_of

_POINTS = lazily(r"^[^\w]*[\d.,]+\s?(?:percentage[- ]|%[- ])?points?\b|^[^\w]*[\d.,]+\s?pp\b")
_FULL = lazily(r"^[^\w]*[\d.,]+\s?(?:percentage[- ]points?|%[- ]points?|pp)\b")
_PERCENT = lazily(r"^[^\w]*[\d.,]+\s?(?:%|per ?cent\b)(?![- ]points?\b)")
_RECORDED = lazily(r"[\d.,]+\s?(?:percentage points?|pp)\b")
_SHARE = lazily(r"[−-]?[\d.,]+ ?%")
_REACH = 20


def in_full(shown: str, context: Context, recorded: str) -> tuple[str, Context]:
    """Return what a tie shows and what stands around it, with *points* in full where they are recorded so.

    Parameters
    ----------
    recorded
        What the entry itself is shown as: *9.9 percentage points*, *34%*.
    """
    if _RECORDED.search(recorded) or _SHARE.fullmatch(recorded):
        shown = re.sub(r"(?<=\d) (?=points?$)", " percentage ", shown)
        after = re.sub(r"^ (?=points?\b)", " percentage ", context.after)
        by = len(after) - len(context.after)
        near = (
            replace(each, start=each.start + by, end=each.end + by) if each.side == "after" else each
            for each in context.near
        )
        return shown, replace(context, after=after, near=tuple(near))
    return shown, context


def mispointed(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why a number is said in points and is none, or the other way round; empty where not."""
    quantity, said = entry.quantity, " ".join(f"{shown}{context.clause[1][:_REACH]}".split())
    if quantity is None or quantity.is_range or quantity.unit not in (PURE, PERCENT, POINT):
        return ""
    if _PERCENT.search(said) and _POINTS.search(entry.display) and not _is_change(entry):
        return f"is recorded as “{entry.display}”, and stands in per cent"
    is_said = _FULL.search(said) or (_POINTS.search(said) and "%" in entry.display)
    if is_said and _is_change(entry):
        return "stands in percentage points, and its code gives a change in per cent"
    return ""


def _is_change(entry: Entry) -> bool:
    """Whether the code of an entry takes by how many per cent something changed: ``a / b - 1``."""
    if {"change", "pct"} <= {*tokens(entry.label), *tokens(entry.id)} and entry.unit == PERCENT:
        return True  # of a column called so
    calls = {name for name, _ in functions(entry)}
    if "pct_change" in calls:
        return calls.isdisjoint(("diff", "sub"))
    made = core(made_of(entry))
    if not (isinstance(made, ast.BinOp) and isinstance(made.op, ast.Sub)):
        return False
    is_less_one = isinstance(made.right, ast.Constant) and made.right.value in (1, 100)
    return is_less_one and any(
        isinstance(each, ast.BinOp) and isinstance(each.op, ast.Div) for each in ast.walk(made.left)
    )
