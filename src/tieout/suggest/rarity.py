"""The words of entries, and how much a sentence has in common with each of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log
from pathlib import PurePath

from tieout.ledger import Entry

_WORD = re.compile(r"[^\W\d_]{2,}")
_PLURAL = re.compile(r"(?<=\w\w\w)(\w)s$")
_COMMON = frozenset(re.findall(r"\w+", """
a an and are as at be by for from had has have in into is it its no not of on or per so than that the their
there these this those to up was were which with year years about over more all one
"""))  # fmt: skip


@dataclass(frozen=True)
class Words:
    """The words of every entry, and how rare each is: a rare one says more.

    Parameters
    ----------
    entries
        The words of each entry's id, label, unit and columns.
    rarity
        One for a word that a single entry has, near zero for one that all have.
    """

    entries: Mapping[str, frozenset[str]]
    rarity: Mapping[str, float]

    @classmethod
    def of(cls, ledger: Mapping[str, Entry]) -> Words:
        """Count the words of a ledger."""
        held = {
            id: words(id, entry.label, entry.unit, PurePath(entry.path).stem, *entry.cells.values())
            for id, entry in ledger.items()
        }
        counts = Counter(word for each in held.values() for word in each)
        most = log(1 + len(held)) or 1.0
        return cls(held, {word: log(1 + len(held) / count) / most for word, count in counts.items()})

    def shared(self, sentence: str, id: str) -> float:
        """Return how much a sentence and an entry have in common."""
        return sum(self.rarity[word] for word in words(sentence) & self.entries[id])


def words(*texts: str) -> frozenset[str]:
    """Return the words of texts that say something, without the endings of plurals."""
    found = (word for text in texts for word in _WORD.findall(text.casefold()))
    return frozenset(_PLURAL.sub(r"\1", word) for word in found if word not in _COMMON)
