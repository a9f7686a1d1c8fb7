"""The one cell of a table that a recorded number was got from: it has its value, and is called in its words.

What an analyst records by itself has few others beside it; the cell of the table has all of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tieout.ledger import Entry, Ledger
from tieout.wording.meant import tokens

_NEAR = Decimal("0.006")  # cells are rounded


@dataclass(frozen=True)
class Twins:
    """The numbers of a ledger by their file, in the order of their values."""

    held: Mapping[str, tuple[tuple[Decimal, str], ...]]

    @classmethod
    def of(cls, ledger: Ledger) -> Twins:
        """Order the numbers of a ledger."""
        held: dict[str, list[tuple[Decimal, str]]] = defaultdict(list)
        for entry in ledger.values():
            if entry.quantity is not None and not entry.quantity.is_range:
                held[entry.path].append((entry.quantity.value, entry.id))
        return cls({path: tuple(sorted(each)) for path, each in held.items()})

    def twin(self, entry: Entry) -> str:
        """Return the id of the cell that an entry repeats; empty where it is none, or one of several."""
        if entry.quantity is None or entry.quantity.is_range:
            return ""
        held, value = self.held.get(entry.path, ()), entry.quantity.value
        first, last = bisect_left(held, (value - _NEAR, "")), bisect_right(held, (value + _NEAR, ""))
        called = {*tokens(entry.id), *tokens(entry.label)}
        found = [
            id
            for _, id in held[first:last]
            if id != entry.id and "." in id and called.issuperset(tokens(id.partition(".")[2]))
        ]
        return found[0] if len(found) == 1 else ""
