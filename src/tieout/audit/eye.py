"""Text from right to left, which a PDF has in the order of the eye: compared by its letters, in any order.

A sign that has a counterpart, as a bracket or `<`, is drawn as that one there, and read as either.
"""

from __future__ import annotations

from collections import Counter

ALIKE = str.maketrans(")]}»›>≥", "([{«‹<≤")


def letters(text: str) -> Counter[str]:
    """Return how often a text has each of its letters; a sign and its counterpart are one.

    Examples
    --------
    >>> letters("(6 rows)") == letters("(rows 6(")
    True
    """
    return Counter(text.translate(ALIKE))
