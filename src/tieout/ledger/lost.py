"""What became of an entry that a tie names and the ledger has not: not yet run, recorded no more, another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tieout import numerals
from tieout.ledger.built import last_built
from tieout.ledger.ledger import Ledger
from tieout.problems import InputError, Problem

MOST = 3  # entries that are offered


def lost(ledger: Ledger, id: str, shown: str, lang: str = "en") -> tuple[str, str] | None:
    """Return in words what is wrong with a tie to an id that no entry has, and what to do.

    Parameters
    ----------
    shown
        What the tie shows: entries that say so are offered first.

    Returns
    -------
    None where the ledger has the entry.
    """
    if id in ledger:
        return None
    unknown = _unknown(ledger, id)
    where = _written(ledger, id)
    if where:
        return f"{where} records {id}, and its stored outputs have none", "run `tieout execute`"
    alike = [*_saying(ledger, shown, lang)][:MOST]
    before = next((each for each in last_built(ledger) if each.get("id") == id), None)
    if before is not None:
        others = f", tie it to {' or '.join(alike)}" if alike else ""
        return (
            f"nothing records {id} any more, which the last build had{_place(before)}",
            f"put its line back{others}, or take the tie away",
        )
    are = "which are" if alike[1:] else "which is"
    own = f"did you mean {' or '.join(alike)}, {are} {shown}?" if alike else unknown.hint
    return unknown.what, own


def _unknown(ledger: Ledger, id: str) -> Problem:
    try:
        ledger.resolve(id)
    except InputError as error:
        return error.problems[0]
    raise KeyError(id)


def _written(ledger: Ledger, id: str) -> str:
    """Return the cell whose code names an id; empty for none."""
    for path, notebook in ledger.sources.notebooks.items():
        for cell in notebook.code:
            lines = (line for line in cell.source.split("\n") if not line.lstrip().startswith("#"))
            if any(f'"{id}"' in line or f"'{id}'" in line for line in lines):
                return f"{path}, {cell.name}"
    return ""


def _place(before: Mapping[str, Any]) -> str:
    """Return in words where the last build had an entry from."""
    place = before.get("defined")
    if not isinstance(place, Mapping) or not place.get("path"):
        return ""
    return f" from {place['path']}" + (f", cell {place['cell']}" if place.get("cell") else "")


def _saying(ledger: Ledger, shown: str, lang: str) -> Iterator[str]:
    """Give the entries that say what a tie shows."""
    for id, entry in ledger.items():
        if entry.quantity is not None and shown and numerals.says(shown, entry.quantity, lang):
            yield id
