"""Superlatives that name a row, before the number of another: *greatest on loam (0.50)* of the row *sand*.

The number is that of the row which has the most of its column, or the least, and the clause says so of
another one. *Nobody sold less than Lobeda, 2,006* is refused where the row it names is not the least.
"""

from __future__ import annotations

import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context
from tieout.wording.columns import Place
from tieout.wording.meant import own_words, sentence_before

_UP = "largest|highest|biggest|greatest|longest|strongest|heaviest|most"
_DOWN = "smallest|lowest|least|shortest|weakest|lightest|fewest"
_AT = lazily(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: [a-z]+)?,? (?:on|in|at|for|among|under|with|during)"
    r" (?:the )?(?P<name>[^\W\d_][\w’'-]*)(?P<rest>[^.;:]*)$",
    re.IGNORECASE,
)
_NOBODY = lazily(
    r"\b(?:nobody|no one|no other [a-z]+|no [a-z]+|none)\b(?: of [a-z ]{1,20})?(?: (?!than\b)[a-z]+){1,2}"
    r" (?:(?P<up>more|higher|larger|longer)|(?P<down>less|fewer|lower|smaller|shorter))\b"
    r"(?: (?!than\b)[a-z]+){0,4} than (?:in |at |on )?(?P<name>[^\W\d_][\w’'-]*)(?P<rest>[^.;:\d]*)$",
    re.IGNORECASE,
)
_NOT = lazily(
    r"\b(?:not?|never|nor|second|third|next|after|except|apart|other|than|one of|would|if|but)\b|n['’]t\b",
    re.IGNORECASE,
)
# Behind these begins what is of another: *highest on loam, but the best response, 0.50, came elsewhere*.
_ELSE = lazily(r"\b(?:but|yet|while|whereas|though|although|and)\b", re.IGNORECASE)
_SAID = r"(?<![\w-]){}(?:['’]s?|s|es)?(?![\w-])"
_LEAST = 2  # others in the column


def misrowed(entry: Entry, context: Context, cell: Place | None) -> str:
    """Return in words why a superlative is not that of the row it names; empty where it may be.

    Parameters
    ----------
    cell
        The cell of a stored table that the entry repeats; None where it is none.
    """
    before = own_words(context)
    if cell is None or len(cell.beside()) < _LEAST:
        return ""
    if found := _NOBODY.search(before):
        return _outdone(found, cell)
    found = _AT.search(before)
    if found is None or _NOT.search(before) or _is_said(cell.row, before):
        return ""
    column = cell.table.column(cell.at)
    named = next((row for row in column if row.casefold() == found["name"].casefold()), None)
    best = max if found["up"] else min
    if _ELSE.search(found["rest"]):
        return ""
    if named is None or column[named] == best(column.values()) or cell.own != best(column.values()):
        return ""
    if any(_is_said(row, found["rest"]) for row in column) or _is_said(cell.row, sentence_before(context)):
        return ""
    said = found["up"] or found["down"]
    return f"is the {said.lower()} of its column, of {cell.row}, and “{said}” is said of {named}"


def _outdone(found: re.Match[str], cell: Place) -> str:
    """*Nobody sold more than Lobeda, 2,006* of the least in its column."""
    column = cell.table.column(cell.at)
    is_own = found["name"].casefold() == cell.row.casefold()
    best, other = (min, max) if found["down"] else (max, min)
    if not is_own or cell.own == best(column.values()) or cell.own != other(column.values()):
        return ""
    said = f"nobody {found['up'] or found['down']} than {cell.row}"
    return f"is the {'largest' if found['down'] else 'smallest'} of its column, and “{said}” is said of it"


def _is_said(row: str, text: str) -> bool:
    return re.search(_SAID.format(re.escape(row)), text, re.IGNORECASE) is not None
