"""Entries that are made of the one whose name stands beside them, or count a part of it.

*Control plots trailed by 0.36 t/ha* of clover less control; *three of the shops* of those that lost, of all.
"""

from __future__ import annotations

import ast

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import PURE
from tieout.numerals import Context
from tieout.wording.kin import Sibling
from tieout.wording.meant import tokens
from tieout.wording.traced import apart, called, core, made_of, stands_for

_OF = lazily(r"\s(?:out )?of (?:the |all |these |those )*")


def is_its_part(entry: Entry, sibling: Sibling, other: Entry | None, context: Context) -> bool:
    """Whether the name of a sibling may stand beside an entry that is not it, and be no mistake.

    Parameters
    ----------
    other
        The entry of the sibling; None for a row that no entry records.
    """
    if _is_side(entry, sibling):
        return True
    if other is None:
        return False
    is_tied_too = not sibling.coded and any(
        near.key == sibling.id and near.start < len(context.clause[1])
        for near in context.near
        if near.side == "after"
    )
    return _counts_part(entry, other) or (is_tied_too and not sibling.proper) or _is_whole(sibling, context)


def _is_whole(sibling: Sibling, context: Context) -> bool:
    """Whether a number is the whole of its sibling: *12 of 48 tests were passed*, of which 12 were."""
    return any(
        near.key == sibling.id and _OF.fullmatch(context.before[near.end :])
        for near in context.near
        if near.side == "before"
    )


def _is_side(entry: Entry, sibling: Sibling) -> bool:
    """Whether a name is that of one side of the difference or quotient that an entry is."""
    made = core(made_of(entry))
    while isinstance(made, ast.BinOp) and isinstance(made.right, ast.Constant):
        made = core(made.left)
    if isinstance(made, ast.BinOp) and isinstance(made.left, ast.Constant):
        made = core(made.right)
    if not isinstance(made, ast.BinOp) or not isinstance(made.op, ast.Sub | ast.Div):
        return False
    sides = {word for side in apart(entry, made.left, made.right) for text in side for word in tokens(text)}
    return sides.issuperset(sibling.name)


def _counts_all(entry: Entry) -> bool:
    """Whether an entry is how many rows a table has that is no part of another, or how many groups."""
    made = core(made_of(entry))
    if not isinstance(made, ast.Call):
        return False
    of = made.args[0] if called(made) == "len" and made.args else None
    held = stands_for(entry, of.id) if isinstance(of, ast.Name) else None
    is_whole = isinstance(of, ast.Name) and (held is None or isinstance(held, ast.Call))
    return called(made) == "nunique" or is_whole


def _counts_part(entry: Entry, other: Entry) -> bool:
    """Whether an entry may count a part of what another one counts in all."""
    own, theirs = entry.quantity, other.quantity
    if own is None or theirs is None or own.unit != PURE or theirs.unit != PURE or own.value > theirs.value:
        return False
    return _counts_all(other) and own.value == int(own.value) and theirs.value == int(theirs.value)
