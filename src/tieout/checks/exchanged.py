"""Ties that show the right digits and may be bound to the wrong entry: the clause names another one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tieout.ledger import Entry, Ledger
from tieout.numerals import Context

_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = frozenset(
    [
        "and",
        "are",
        "for",
        "from",
        "had",
        "has",
        "have",
        "into",
        "its",
        "not",
        "per",
        "than",
        "that",
        "the",
        "their",
        "there",
        "these",
        "this",
        "those",
        "was",
        "were",
        "which",
        "with",
        "about",
        "over",
        "more",
        "all",
        "one",
        "each",
        "every",
        "year",
        "years",
        "number",
        "share",
        "value",
        "stated",
        "computed",
    ]
)
_LEAST = 2


@dataclass(frozen=True)
class Namesakes:
    """The entries of a ledger by the value that they show, and the words that each is called by."""

    groups: Mapping[tuple[Decimal, str], tuple[str, ...]]
    called: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, ledger: Ledger) -> Namesakes:
        """Group the numbers of a ledger."""
        groups: dict[tuple[Decimal, str], list[str]] = defaultdict(list)
        for id, entry in ledger.entries.items():
            if entry.quantity is not None:
                groups[entry.quantity.value, entry.quantity.unit].append(id)
        several = {key: tuple(held) for key, held in groups.items() if len(held) > 1}
        return cls(several, {id: _called(ledger[id]) for held in several.values() for id in held})

    def suspicion(self, entry: Entry, context: Context) -> str:
        """Return the id of the entry that a clause names instead of the one tied; empty for none."""
        assert entry.quantity is not None
        others = self.groups.get((entry.quantity.value, entry.quantity.unit), ())
        if len(others) < _LEAST:
            return ""
        said = words(" ".join(context.clause))
        if said & self.called[entry.id]:
            return ""
        named = [id for id in others if len(said & self.called[id]) >= _LEAST]
        return named[0] if len(named) == 1 else ""


def _called(entry: Entry) -> frozenset[str]:
    unit = entry.quantity.unit if entry.quantity else ""
    return words(entry.id.replace(".", " ").replace("-", " "), entry.label, *entry.cells.values()) - words(
        unit
    )


def words(*texts: str) -> frozenset[str]:
    """Return the words of texts that say something, without the endings of plurals."""
    found = (word.casefold() for text in texts for word in _WORD.findall(text))
    return frozenset(word.removesuffix("s") for word in found if word not in _COMMON)
