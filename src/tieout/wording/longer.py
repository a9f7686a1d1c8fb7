"""Names of other rows that hold the own one: *the upper middle quartile* of a number of the row *upper*."""

from __future__ import annotations

import re

from tieout.ledger import Entry
from tieout.numerals import Context, is_denied
from tieout.wording.columns import Place
from tieout.wording.groups import Siblings
from tieout.wording.meant import tokens


def mislengthened(entry: Entry, context: Context, siblings: Siblings, cell: Place | None) -> str:
    """Return in words why a clause says a longer name than that of its number; empty where it may not.

    Parameters
    ----------
    cell
        The cell of a stored table that the entry repeats; None where it is none.
    """
    pairs = {(each.own, each.name) for each in siblings.others.get(entry.id, ()) if each.firm}
    if cell is not None:
        pairs |= {(tokens(cell.row), tokens(label)) for label, _ in cell.table.rows}
    clause = " ".join(" | ".join(context.clause).split())
    if is_denied(context) or "|" in context.before + context.after:
        return ""
    said = []
    for own, name in sorted(pairs):
        is_longer = len(name) > len(own) > 0 and own in (name[: len(own)], name[-len(own) :])
        if not is_longer or not all(map(str.isalpha, name)):
            continue
        longer, shorter = (rf"\b{' '.join(map(re.escape, each))}(?!\w)" for each in (name, own))
        rest, count = re.subn(longer, "", clause, flags=re.IGNORECASE)
        if count == 1 and not re.search(shorter, rest, re.IGNORECASE):
            said.append(" ".join(name))
    return f"is called “{entry.label}”, and its clause names {said[0]}" if len(said) == 1 else ""
