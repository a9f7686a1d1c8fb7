"""Two numbers that stand crosswise: *Gentoos weigh 3,701 g, Adelies 5,076 g* of ties the other way.

Each of two entries that are called alike but for a name stands right behind the name of the other. Only the
plain order is read, name, number, name, number: where a name may be of the number before it nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tieout.checks.meant import is_name, tokens
from tieout.ledger import Entry, Ledger
from tieout.markdown import Tie
from tieout.prose import STOPS, Passage

_SEPARATOR = re.compile(r"[,;:]|\b(?:and|but|while|whereas|against|versus|vs)\b")
_LEADING = frozenset(("of", "in", "for", "by", "than", "from", "with", "as", "to", "at", "among", "on"))
_COMPARED = re.compile(
    r"[,;:]|\b(?:than|as|unlike|behind|after|before|against|over|from|to)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+")


def crossed(passage: Passage, ledger: Ledger) -> Iterator[tuple[Tie, Entry, Entry]]:
    """Give the first of each two ties of a passage that stand crosswise, with the entries of both."""
    text, ties = passage.markdown, passage.scan.ties
    for place, (one, other) in enumerate(pairwise(ties)):
        first, second = ledger.entries.get(one.id), ledger.entries.get(other.id)
        if first is None or second is None or one.column or other.column:
            continue
        names = apart(first, second)
        if names is None:
            continue
        start = ties[place - 1].end if place else 0
        end = ties[place + 2].start if place + 2 < len(ties) else len(text)
        before, after = _last(text[start : one.start]), _first(text[other.end : end])
        between = text[one.end : other.start]
        if _first(between) == between and _is_crosswise(before, between, after, names):
            yield one, first, second


def apart(one: Entry, other: Entry) -> tuple[str, str] | None:
    """Return the names by which the labels of two entries of one unit differ; None where that is no name."""
    if one.quantity is None or other.quantity is None or one.id == other.id or one.path != other.path:
        return None
    if one.quantity.unit != other.quantity.unit:
        return None
    a, b = tokens(one.label), tokens(other.label)
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    shared = len(tokens(one.label)) - len(a)
    if not (a and b and shared) or len(a) > 2 or len(b) > 2:
        return None
    if not all(is_name(token) and token.isalpha() for token in (*a, *b)):
        return None
    return " ".join(a), " ".join(b)


def _is_crosswise(before: str, between: str, after: str, names: tuple[str, str]) -> bool:
    own, others = map(_named, names)
    if own.search(before) or others.search(between) or own.search(after) or others.search(after):
        return False
    ahead, inside = list(others.finditer(before)), list(own.finditer(between))
    if len(ahead) != 1 or len(inside) != 1 or _COMPARED.search(before[ahead[0].end() :]):
        return False
    parts = _SEPARATOR.split(between[: inside[0].start()])
    leading = _WORD.findall(parts[-1])
    is_apart = len(parts) > 1 and len(leading) < 3 and not _LEADING.intersection(map(str.lower, leading))
    return is_apart and not _SEPARATOR.search(between[inside[0].end() :])


def _named(name: str) -> re.Pattern[str]:
    """Return the pattern of a name, in the plural too."""
    words = (re.escape(word.removesuffix("s")) + "(?:e?s)?" for word in name.split())
    return re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)", re.IGNORECASE)


def _last(text: str) -> str:
    """Return what of a text is of its last sentence."""
    for stop in STOPS:
        text = text.rpartition(stop)[2]
    return text


def _first(text: str) -> str:
    """Return what of a text is of its first sentence."""
    for stop in STOPS:
        text = text.partition(stop)[0]
    return text
