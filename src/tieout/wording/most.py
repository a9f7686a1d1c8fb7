"""Superlatives whose measure follows from the table: *oncology is the cheapest ward*, of the highest cost.

What is cheapest, oldest or quickest says by which column it is so. It is refused where the row it names has
the other extreme of that column, or where what a row is called, *ward*, is said of all and another row has
more. Where one column of that kind has it so, it is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context
from tieout.wording.columns import Place
from tieout.wording.meant import own_words, tokens


@dataclass(frozen=True)
class _Measure:
    """Adjectives of the most and of the least, and what the column is called that they are of."""

    up: str
    down: str
    called: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What is largest may be so by any column.
_SIZE = _Measure("largest|biggest|busiest", "smallest|quietest", _words("n count counts size"))
_MEASURES = (
    _Measure(
        "dearest|costliest|priciest|most expensive|most costly",
        "cheapest|least expensive|least costly|most affordable",
        _words("price prices cost costs fare fares rent rents fee fees spending expense expenses premium"),
    ),
    _Measure(
        "longest|slowest",
        "shortest|fastest|quickest",
        _words("time times duration length night nights days hours minutes minute wait waits delay delays"),
    ),
    _Measure("oldest", "youngest", _words("age ages")),
    _Measure("heaviest", "lightest", _words("weight weights mass masses kg")),
    _Measure("tallest", "shortest", _words("height heights")),
    _Measure("warmest|hottest", "coldest|coolest", _words("temperature temperatures temp")),
    _Measure("wettest|rainiest", "driest", _words("rain rainfall precipitation")),
    _Measure(
        "least efficient|most wasteful|thirstiest",
        "most efficient|most economical|most frugal|least wasteful",
        _words("consumption energy kwh fuel litres emissions"),
    ),
    _SIZE,
)  # fmt: skip
_IS = r"(?:is|are|was|were|remains?|remained|becomes?|became)"
_ADVERB = r"(?:(?:by far|again|still|also|thus|clearly|easily|always|the|our|its) )*"
_AFTER = r"(?:[,:;(]| with\b| at\b| on average\b|\.|$)"
_GAP = r"[^.;\d]{0,70}$"
_NOT = lazily(
    r"\b(?:not?|never|neither|nor|one of|except|ever|would|could|if|than|second|third|fourth|next|after"
    r"|behind|others?|excluding|apart|without|but|although|though|while|whereas|despite|yet|nearly|almost"
    r"|when|where|whose|two|three|once|per|by (?!far))\b|n['’]t\b",
    re.IGNORECASE,
)
_ANY_OTHER = lazily(
    r"^(?: [^\W\d_][\w’'-]*){0,4}, (?:(?P<up>more|larger|higher|longer)|(?P<down>fewer|less|smaller|lower"
    r"|shorter))(?: [a-z]+)? than (?:in |at |on |for )?(?:any|every|all|each)(?: of the)? others?"
    r"(?: (?P<noun>[a-z]+))?(?=[,.;:)]|$)",
    re.IGNORECASE,
)
_LEAST = 2  # others in the column


def overstated(entry: Entry, context: Context, cell: Place | None) -> str:
    """Return in words why what a row is called the most in is not its own; empty where it may be.

    Parameters
    ----------
    cell
        The cell of a stored table that the entry repeats; None where it is none.
    """
    if cell is None or len(cell.beside()) < _LEAST:
        return ""
    return _any_other(context, cell) or _called(entry, context, cell)


def _any_other(context: Context, cell: Place) -> str:
    """*95 patients, fewer than any other ward.*"""
    found = _ANY_OTHER.match(" ".join(f"|{context.clause[1]}".split())[1:])
    if found is None or _names_another(" ".join(context.clause), cell):
        return ""
    is_up, noun = bool(found["up"]), found["noun"] or ""
    if _is_so(cell, cell.at, is_up) or not (_is_so(cell, cell.at, not is_up) or _is_row(noun, cell)):
        return ""
    return _told(found["up"] or found["down"], cell, is_up, "than any other")


def _called(entry: Entry, context: Context, cell: Place) -> str:
    before = own_words(context)
    if not before or _NOT.search(before) or _names_another(before, cell):
        return ""
    for measure in _MEASURES:
        heads = enumerate(cell.table.heads)
        ats = [at for at, head in heads if _may_be(measure, head, cell, at)]
        if not _is_of(measure, (cell.name, entry.label), cell, cell.at):
            continue
        for said, noun in _said(measure, before, cell):
            is_up = re.fullmatch(measure.up, said, re.IGNORECASE) is not None
            if any(_is_so(cell, at, is_up) for at in {*ats, cell.at}):
                continue
            if _is_so(cell, cell.at, not is_up) or _is_row(noun, cell):
                return _told(said, cell, is_up)
    return ""


def _may_be(measure: _Measure, head: str, cell: Place, at: int) -> bool:
    """Whether a column may be what adjectives are of: one that is per something too, and any for a size."""
    return measure is _SIZE or "per" in head.casefold() or _is_of(measure, (head,), cell, at)


def _is_of(measure: _Measure, names: tuple[str, ...], cell: Place, at: int) -> bool:
    """Whether a column holds what adjectives are of: *largest* is said of what is counted."""
    said = {word for name in names for word in tokens(name.replace("_", " "))}
    if not measure.called.isdisjoint(said):
        return True
    return measure is _SIZE and all(value == int(value) for value in cell.table.column(at).values())


def _said(measure: _Measure, before: str, cell: Place) -> Iterator[tuple[str, str]]:
    """Give the adjectives that are said of a row, each with the noun behind it."""
    most = rf"(?P<most>{measure.up}|{measure.down})"
    row, noun = _pattern(cell.row), r"(?: (?P<noun>(?!with\b|at\b|in\b|on\b)[a-z]+))?"
    shapes = (
        # *Oncology is the cheapest ward:*, *The cheapest ward is oncology*, *They stay longest in oncology*
        rf"\b{row}\b(?: [a-z]+){{0,2}}? {_IS} {_ADVERB}{most}{noun}(?={_AFTER}){_GAP}",
        rf"\bthe {most}{noun} {_IS} (?:in |the )?{row}\b{_GAP}",
        rf"\b{most}(?P<noun>) (?:in|at|on|among|for) (?:the )?{row}\b{_GAP}",
    )
    for shape in shapes:
        if found := re.search(shape, before, re.IGNORECASE):
            yield found["most"], found["noun"] or ""


def _pattern(row: str) -> str:
    return rf"(?:{re.escape(row)}s?)" if len(row) > 1 else r"(?!)"


def _names_another(text: str, cell: Place) -> bool:
    rows = (label for label, _ in cell.table.rows if label != cell.row)
    return any(re.search(rf"\b{_pattern(label)}\b", text, re.IGNORECASE) for label in rows)


def _is_row(noun: str, cell: Place) -> bool:
    """Whether a noun is what each row of a table is called: *ward*."""
    index = cell.table.index.casefold()
    return bool(index) and noun.casefold() in (index, f"{index}s")


def _is_so(cell: Place, at: int, most: bool) -> bool:
    """Whether the row has the most, or the least, of a column; as much as another is enough."""
    own: Decimal | None = cell.table.column(at).get(cell.row)
    others = cell.beside(at)
    return own is not None and bool(others) and (own >= max(others) if most else own <= min(others))


def _told(said: str, cell: Place, is_up: bool, more: str = "") -> str:
    column = [cell.own, *cell.beside()]
    rank = sorted(column, reverse=True).index(cell.own) + 1
    place = "the smallest" if rank == len(column) else "the largest" if rank == 1 else f"number {rank}"
    what = f"“{said}{' ' * bool(more)}{more}” is said of it"
    return f"{what}, and of the {len(column)} rows of its table it is {place} in {cell.name or 'size'}"
