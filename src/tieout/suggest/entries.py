"""What an entry of the ledger and an output of the notebook say of each other, for one number."""

from __future__ import annotations

import re
from fractions import Fraction

from tieout import numerals
from tieout.ledger import Entry, Ledger
from tieout.numerals import conversion
from tieout.prose import Untied
from tieout.suggest.combined import COMPARING, compares
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import split_words
from tieout.suggest.naming import is_other
from tieout.suggest.proposal import Proposal
from tieout.suggest.suggestion import Candidate

SAME = Fraction(1, 10**4)  # how far two values of one number may be apart, as a part of it


def is_rival(ledger: Ledger, output: Proposal, candidate: Candidate) -> bool:
    """Whether an output that a number agrees with has another value than the best entry."""
    quantity = ledger[candidate.key.partition(":")[0]].quantity
    if quantity is None or not quantity.value or not output.fits:
        return False
    ratio = Fraction(output.evidence.number) / Fraction(quantity.value)
    return all(abs(abs(ratio) / size - 1) > SAME for size in (1, 100, Fraction(1, 100)))


def is_of_named_row(output: Proposal, own: Evidence | None) -> bool:
    """Whether a sentence names the row of an output of just this value, and not that of an entry."""
    rows = output.evidence.rows
    return bool(rows) and rows <= output.shared and (own is None or not own.rows & output.shared)


def is_other_entry(entry: Entry, number: Untied, lang: str) -> bool:
    """Whether a number is surely not what an entry is, by the words around it."""
    quantity = entry.quantity
    if quantity is None:
        return False
    id = re.sub(r"[.]p(\d+)(?=[.]|$)", r" \1%", entry.id)
    said = frozenset(split_words(f"{entry.label} {id}"))
    things = said - frozenset(split_words(id.partition(".")[0]))
    if entry.kind == "computed" and not said & COMPARING and compares(number, lang):
        return True
    is_whole = quantity.unit != "1" or Fraction(quantity.value).denominator == 1
    return is_other(number, said, things, is_whole, lang)


def is_better(ledger: Ledger, output: Proposal, candidate: Candidate, number: Untied, lang: str) -> bool:
    """Whether an output is just what a number shows, and the best entry is another that rounds to it."""
    quantity, shown = (
        ledger[candidate.key.partition(":")[0]].quantity,
        numerals.parse(number.text, lang),
    )
    if quantity is None or shown is None or shown.is_range or not output.fits:
        return False
    value, factor = Fraction(output.evidence.number), conversion(shown, quantity)
    exact = value in (shown.figures[0].number, -shown.figures[0].number)
    return exact and not isinstance(factor, str) and Fraction(quantity.value) * factor != value
