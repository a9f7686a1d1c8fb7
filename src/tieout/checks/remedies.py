"""What to do about a tie that does not agree: `tieout update` does it, or leaves it to the author."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tieout import numerals
from tieout.ledger import Cell, Ledger
from tieout.markdown import Tie
from tieout.problems import InputError, Problem
from tieout.prose import Passage, surroundings
from tieout.update.byhand import ANEW, BY_HAND, EXCHANGE, swapped
from tieout.update.renewing import Unread, rewritten

ID = ", or correct the id"
UPDATE, FIRM = "run `tieout update`", "say it as firmly as the entry does"


def remedy(tie: Tie, cell: Cell, passage: Passage, around: numerals.Context) -> str:
    """Return in words what is to be done about a tie that shows something else than its entry."""
    if passage.output is not None:
        return "run `tieout execute`"
    try:
        new = rewritten(tie.shown, cell, passage.lang, around)
    except Unread:
        return f"{ANEW}{ID}"
    except ValueError:
        new = None
    return f"{UPDATE if new is not None and passage.editable else BY_HAND}{ID}"


def firm(hint: str) -> str:
    """Return in words what is to be done about a number that is right, and what is said of it is not."""
    return f"{UPDATE}, or {FIRM}" if hint.startswith(UPDATE) else FIRM


def exchanged(problems: Sequence[Problem], passage: Passage, ledger: Ledger) -> list[Problem]:
    """Return the problems of a passage's ties; of two numbers that stand in each other's place what to do."""
    pairs, places = [], []
    for tie in passage.scan.ties if passage.output is None else ():
        try:
            new = rewritten(
                tie.shown, ledger.resolve(tie.id, tie.column), passage.lang, surroundings(passage.scan, tie)
            )
        except (InputError, ValueError):
            continue
        if tie.shown and new is not None:
            pairs.append((tie.shown, new))
            places.append((tie.id, f"“{tie.shown}”:"))
    both = {places[at] for at in swapped(pairs)}
    return [
        replace(each, hint=EXCHANGE)
        if any(each.id == id and each.what.startswith(start) for id, start in both)
        else each
        for each in problems
    ]
