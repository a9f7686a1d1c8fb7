"""What a sentence says beside a number that has moved: where that has to be read anew, no rewriting helps.

A rewriting that makes a false sentence agree with the ledger hides it: *p > 0.001* of a tiny p-value would
become a true bound that nobody meant, *more than three days* of three hours *more than 0.133 days*.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tieout import numerals
from tieout.numerals.statement import BOUNDS

# What a person is asked to do where `tieout update` leaves a number.
BY_HAND = "correct it by hand"
ANEW = f"read the sentence anew, and {BY_HAND}"
EXCHANGE = "see which of the two is meant: exchange the ties or the numbers by hand"
_NEAR = 2  # times that a bound may move by itself: *over 5,000* becomes *over 4,000*
_SIGNED = re.compile(r"[<>≤≥]\s*(\d*[.,]?\d+)")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r",\d{3}(?!\d)|\.")


def by_hand(shown: str, new: str, said: str, lang: str = "en") -> str:
    """Return in words why a person has to write a number anew; empty where it can be rewritten.

    Parameters
    ----------
    shown, new
        What the tie shows, and would show.
    said
        That with the words around it which belong to it: *over 5,000*.

    Examples
    --------
    >>> by_hand("three days", "0.133 days", "more than three days")
    '“three days” is said in words, and `0.133 days` would stand there'
    >>> by_hand("0.001", "0.000000005", "p > 0.001")
    '“p > 0.001” is no longer true, and `0.000000005` is far from that bound'
    >>> by_hand("one in ten", "one in thirteen", "more than one in ten")
    '“more than one in ten” is no longer true'
    >>> by_hand("5,000", "4,000", "over 5,000")
    ''
    """
    if not _DIGITS.search(shown) and _DIGITS.search(new):
        return f"“{shown}” is said in words, and `{new}` would stand there"
    after = said.replace(shown, new, 1)
    bounds = [_SIGNED.findall(text) for text in (said, after)]
    is_bound = not numerals.claims(said, lang).isdisjoint(BOUNDS)
    if is_bound and not _DIGITS.search(shown):
        return f"“{' '.join(said.split())}” is no longer true"
    if is_bound:
        bounds = [_DIGITS.findall(text)[:1] for text in (shown, new)]
    if len(bounds[0]) == len(bounds[1]) and not all(map(_is_near, *bounds)):
        return f"“{' '.join(said.split())}” is no longer true, and `{new}` is far from that bound"
    return ""


def swapped(pairs: Sequence[tuple[str, str]]) -> set[int]:
    """Return which of a passage's numbers, as they are and would be, stand in each other's place.

    Numbers of one digit may be alike by chance.

    Examples
    --------
    >>> swapped([("34.8 minutes", "18.7 minutes"), ("18.7", "34.8"), ("5", "6")])
    {0, 1}
    """
    digits = [tuple(map(tuple, map(_DIGITS.findall, pair))) for pair in pairs]
    return {
        at
        for one, (old, new) in enumerate(digits)
        for other, also in enumerate(digits[:one])
        if old != new and also == (new, old) and min(len("".join(each)) for each in (old, new)) > 1
        for at in (one, other)
    }


def _is_near(one: str, other: str) -> bool:
    """Whether two numbers, written in one style, are of one size."""
    before, after = (float(text.replace(",", "" if _GROUPED.search(text) else ".")) for text in (one, other))
    return before == after or 0 < max(before, after) <= _NEAR * min(before, after)
