"""A count that is said to be a part of a smaller one: *300 of 265 birds*."""

from __future__ import annotations

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numbers import PURE
from tieout.numerals import Context, is_denied
from tieout.wording.meant import own_words
from tieout.wording.portions import miscounted

_OF = lazily(r"(?: [a-z]+)? (?:out )?of (?:the |all |all the |these |those |our |a total of )?")
_LEAD = lazily(r"(?:^|[.;:,(] ?|\b(?:and|but|while|[a-z]+ed|were|was|saw|had|only|in|for) )$")


def exceeding(entry: Entry, context: Context, ledger: Ledger) -> str:
    """Return in words why a number is no part of the one that follows it; empty where it may be."""
    near = context.next
    whole = ledger.entries.get(near.key) if near is not None else None
    if (
        near is None
        or whole is None
        or not _OF.fullmatch(f" {' '.join(context.after[: near.start].split())} ")
    ):
        return ""
    if told := miscounted(entry, whole, own_words(context)):
        return told
    pair = [each.quantity for each in (entry, whole)]
    values = [each.value for each in pair if each is not None and not each.is_range and each.unit == PURE]
    is_whole = len(values) == len(pair) and all(value == int(value) and value > 0 for value in values)
    if not is_whole or values[0] <= values[1] or is_denied(context):
        return ""
    if not _LEAD.search(" ".join(f"{context.clause[0]}|".split()).removesuffix("|")):
        return ""  # *a rate of 3 of 2*
    return f"is said to be a part of {whole.id}, and {values[0]} is more than {values[1]}"
