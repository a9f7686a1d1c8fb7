"""Places against the stored column of a number: *the third largest gain, 0.67*, *came second with 10.8%*.

What is said to be the second or third of something is weighed against all rows of the table that its number
is a cell of. A place without *largest* or *smallest* may be counted from either end.
"""

from __future__ import annotations

import re
from decimal import Decimal

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.wording.columns import Place
from tieout.wording.meant import own_words, tokens

_NTH = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
_UP = "largest|highest|biggest|greatest|longest|heaviest|oldest|warmest|tallest|most|strongest|best"
_DOWN = "smallest|lowest|least|shortest|fewest|lightest|youngest|coolest|weakest"
_ABOUT = r"(?:about |around |some |roughly |nearly |almost |only |just )?"
_LED = rf"(?:,? (?:with|at|of|is|was|:)|:|,| \() ?{_ABOUT}$"
_LARGEST = lazily(
    rf"\b(?:the|its|their) (?P<nth>{'|'.join(_NTH)})[- ](?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
    rf"(?P<words>(?: [a-z]+){{0,3}}){_LED}",
    re.IGNORECASE,
)
_PLACED = lazily(
    rf"(?:\b(?:comes?|came|ranks?|ranked|finish(?:es|ed)|is|are|was|were|runs?|lies)|,)(?: only| still| in)?"
    rf" (?P<nth>{'|'.join(_NTH)})(?: place)?(?P<words>(?: (?:in|on|by|for)(?: [a-z]+){{1,2}})?){_LED}"
)
_OTHERWISE = lazily(
    r"\b(?:after|behind|except|excluding|apart|without|among|other|than|would|if|one of|joint|equal|tied)\b",
    re.IGNORECASE,
)
_IDLE = frozenset(("in", "on", "by", "for", "of", "the", "with", "at", "is", "was", "its", "their", "a"))
_STEM, _LEAST = 4, 3


def outplaced(entry: Entry, context: Context, cell: Place | None) -> str:
    """Return in words why a number does not have the place that is said of it; empty where it may.

    Parameters
    ----------
    cell
        The cell of a stored table that the entry repeats; None where it is none.
    """
    before = own_words(context)
    found = _LARGEST.search(before) or _PLACED.search(before)
    if found is None or cell is None or len(cell.beside()) < _LEAST or is_denied(context):
        return ""
    if _OTHERWISE.search(before) or not _is_measured(found["words"], entry, cell):
        return ""
    if any(label == "..." for label, _ in cell.table.rows):
        return ""
    named = found.groupdict()
    ends = [True] if named.get("up") else [False] if named.get("down") else [True, False]
    if any(_NTH[found["nth"].lower()] in _ranks(cell, most) for most in ends):
        return ""
    said = " ".join(each for each in (found["nth"], named.get("up") or named.get("down") or "") if each)
    own = _ranks(cell, ends[0])[0]
    return f"“{said}” is said of it, and of the {len(cell.beside()) + 1} rows of its table it is number {own}"


def _ranks(cell: Place, most: bool) -> range:
    """Return the places of a cell in its column, counted from the largest or from the least."""
    own, others = cell.own, cell.beside()

    def is_ahead(other: Decimal) -> bool:
        return other > own if most else other < own

    ahead = sum(map(is_ahead, others))
    return range(ahead + 1, ahead + 2 + others.count(own))


def _is_measured(words: str, entry: Entry, cell: Place) -> bool:
    """Whether the words at a place name what the column measures, or what its rows are, and nothing else."""
    known = {*tokens(entry.label), *tokens(cell.name), *tokens(cell.table.index)}
    said = [word for word in tokens(words) if word not in _IDLE]
    return all(any(word[:_STEM] == other[:_STEM] for other in known) for word in said)
