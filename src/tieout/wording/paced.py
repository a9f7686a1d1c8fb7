"""Superlatives of growth and of months: *Mill Hill was the slowest, up 26.2%*, *August was the best month*.

What is said to have grown fastest is refused where its column of changes has it as the least, and the other
way round; a month where its series has the other extreme, in its own year where the rows are of several.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context
from tieout.numerals.calendar import MONTH
from tieout.wording.columns import Place
from tieout.wording.meant import own_words, tokens
from tieout.wording.timed import own_times

_CHANGES = frozenset(("change", "changes", "growth", "yoy", "increase"))
_GOODS = frozenset((
    "sales", "revenue", "takings", "income", "output", "generation", "production", "energy", "turnover",
    "profit", "rides", "trips", "orders", "visits", "mwh", "kwh", "gwh", "tickets", "customers", "passengers",
    "riders",
))  # fmt: skip
_FAST = r"(?:(?P<up>fastest|quickest|strongest|sharpest|steepest|most)|(?P<down>slowest|weakest|least))"
_HIGH = r"(?:(?P<up>highest|fastest|strongest)|(?P<down>lowest|slowest|weakest))"
_GROWN = r"(?:grew|rose|climbed|increased|expanded|gained)"
_GROWTH = r"(?:growth|increase|rise|gain)s?"
_END = r"[^.;\d]{0,40}$"
_MOST = (
    r"(?:(?P<up>strongest|busiest|highest|biggest|largest|peak)|(?P<down>weakest|slowest|quietest|lowest|smallest)"
    r"|(?P<best>best)|(?P<worst>worst))"
)
_PERIOD = r"(?:month|quarter)"
_ELSE = lazily(
    r"\b(?:than|not?|never|nor|one of|except|second|third|next|after|before|behind|but|although|though|while"
    r"|whereas|despite|nearly|almost|if|would|could|until|since|from|fell|shrank|lost|decline\w*|per|for)\b",
    re.IGNORECASE,
)
_ISO = lazily(r"((?:19|20)\d\d)-\d\d(?:-\d\d)?(?:[ T]00:00.*)?")
_LEAST = 2  # others in the column


def mispaced(entry: Entry, context: Context, cell: Place | None) -> str:
    """Return in words why something is not what its column has least, or most, of; empty where it may be.

    Parameters
    ----------
    cell
        The cell of a stored table that the entry repeats; None where it is none.
    """
    before = own_words(context)
    if cell is None or len(cell.beside()) < _LEAST or _ELSE.search(before):
        return ""
    called = {*tokens(cell.name.replace("_", " ")), *tokens(entry.label)}
    if not _CHANGES.isdisjoint(tokens(cell.name.replace("_", " "))):
        return _grown(before, cell)
    return _timed(entry, before, cell, not _GOODS.isdisjoint(called))


def _grown(before: str, cell: Place) -> str:
    labels = [label for label, _ in cell.table.rows if label != cell.row and len(label) > 1]
    if any(re.search(rf"\b{re.escape(label)}\b", before, re.IGNORECASE) for label in labels):
        return ""
    row = rf"\b{re.escape(cell.row)}\b"
    shapes = (
        rf"{row}(?: [a-z]+)? (?:was|is) the {_FAST}(?: [a-z]+){{0,3}},? (?:up|growing|rising|at)\b{_END}",
        rf"{row}(?: [a-z]+)? {_GROWN} (?:the )?{_FAST}\b{_END}",
        rf"\b{_GROWTH} (?:was|is) {_HIGH} (?:at|in) {row}{_END}",
        rf"{row}(?: [a-z]+)? (?:posted|had|has|saw|showed) the {_FAST} {_GROWTH}\b{_END}",
    )
    found = next((each for shape in shapes if (each := re.search(shape, before, re.IGNORECASE))), None)
    return _told(found, cell.own, cell.beside()) if found else ""


def _timed(entry: Entry, before: str, cell: Place, is_good: bool) -> str:
    month = own_times(entry).get("month")
    said = {found[:3] for found in re.findall(rf"\b{MONTH}", before)}
    if month is None or said != {month[:3]}:
        return ""
    noun, end = (
        rf"{_MOST}(?: [a-z]+)? {_PERIOD}(?: of [12]\d{{3}})?",
        r"(?:,|,? at\b|,? with\b| \()[^.;]{0,40}$",
    )
    shapes = (
        rf"\b{MONTH} (?:was|is) (?:the|our|its) {noun}{end}",
        rf"\b(?:the|our|its) {noun} (?:was|is) {MONTH}{end}",
    )
    found = next((each for shape in shapes if (each := re.search(shape, before, re.IGNORECASE))), None)
    if found is None or ((found["best"] or found["worst"]) and not is_good):
        return ""
    years = {label: own[1] for label, _ in cell.table.rows if (own := _ISO.fullmatch(label))}
    column = cell.table.column(cell.at)
    own_year = years.get(cell.row, "")
    others = [
        value for label, value in column.items() if label != cell.row and years.get(label, "") == own_year
    ]
    return _told(found, cell.own, others) if len(others) >= _LEAST else ""


def _told(found: re.Match[str], own: Decimal, others: list[Decimal]) -> str:
    groups = found.groupdict()
    word = groups["up"] or groups.get("best")
    is_wrong = own < min(others) if word else own > max(others)
    word = word or groups["down"] or groups.get("worst")
    least = "the least" if own < min(others) else "the most"
    return f"“{word}” is said of it, and of {len(others) + 1} in its table it is {least}" if is_wrong else ""
