"""Families: entries whose ids begin alike, so that one tie can show several of them, and that must agree.

`effect`, `effect.se` and `effect.p` are one; so is a share with the two counts that its formula divides. An
entry with an error, limits or a p-value below its id is an estimate, whatever that ends in: `model.rate` and
`model.n` with their `.se` are terms of a model, and no share or count of one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from tieout.ledger.entries import Entry
from tieout.ledger.recorded import number_of
from tieout.numbers import Op, Quantity, evaluate
from tieout.numerals import MEMBERS, OF_ESTIMATES, SLUGS, Family
from tieout.problems import InputError

DIVIDING = ("share", "ratio", "div")
CENTERS = frozenset((*MEMBERS["estimate"], "median")) - {""}
# What several estimates can have in common: how many there were.
COMMON = frozenset(slug for part in ("n", "count", "total") for slug in MEMBERS[part])


class Families:
    """The families of a ledger, by the id that their members begin with."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = entries
        self._members: dict[str, dict[str, str]] = defaultdict(dict)
        for id in entries:
            base, _, slug = id.rpartition(".")
            if base:
                self._members[base][slug] = id

    def __iter__(self) -> Iterator[str]:
        """Give the ids that the families begin with."""
        return (base for base in self._members if not SLUGS.isdisjoint(self.members(base)))

    def base(self, id: str) -> str | None:
        """Return what the ids of an entry's family begin with; None where it has none."""
        base, _, slug = id.rpartition(".")
        if self._is_estimate(id):
            return id
        if base and slug in SLUGS:
            return base
        return id if not SLUGS.isdisjoint(self._members.get(id, ())) else None

    def members(self, base: str) -> Mapping[str, str]:
        """Return the ids of a family's members by their last parts; that of the estimate may be empty.

        What is an estimate with members of its own is no other's error, count or p-value; it may be the mean
        that a deviation beside it is of.
        """
        own = {"": base} if base in self._entries else {}
        below = self._members.get(base, {})
        return own | {slug: id for slug, id in below.items() if slug in CENTERS or not self._is_estimate(id)}

    def of(self, id: str) -> Family:
        """Return the numbers of the family that an entry belongs to; empty for none."""
        base = self.base(id)
        ids = dict(self.members(base)) if base is not None else {}
        if base == id:
            ids |= {slug: each for slug, each in self._beside(id).items() if slug not in ids}
        found = {slug: quantity for slug, each in ids.items() if (quantity := self._entries[each].quantity)}
        return {**found, **self._counts(id)}

    def _is_estimate(self, id: str) -> bool:
        """Whether something below an entry's id can only be of an estimate."""
        return id in self._entries and not OF_ESTIMATES.isdisjoint(self._members.get(id, ()))

    def _beside(self, id: str) -> Mapping[str, str]:
        """Return what stands beside an estimate that has members of its own: `age.sd` beside `age.mean`."""
        above, _, slug = id.rpartition(".")
        if slug not in SLUGS:
            return {}
        found = self.members(above)
        return {
            each: other
            for each, other in found.items()
            if other != id and (each in COMMON or (slug in CENTERS and each not in ("", *CENTERS)))
        }

    def _counts(self, id: str) -> Family:
        """Return the two counts that an entry's formula divides."""
        formula = self._entries[id].formula if id in self._entries else None
        while isinstance(formula, Op) and formula.name == "to":
            formula = formula.args[0]
        if not isinstance(formula, Op) or formula.name not in DIVIDING:
            return {}

        def lookup(name: str) -> Quantity:
            return number_of(self._entries, name)

        try:
            count, total = (evaluate(arg, lookup) for arg in formula.args)
        except (InputError, ValueError, ArithmeticError, TypeError):
            return {}
        own = self._entries[id].quantity
        return {"count": _named(count, id), "total": _named(total, id), **({"share": own} if own else {})}


def _named(quantity: Quantity, id: str) -> Quantity:
    """Return a number that may have no id of its own with the one that leads to it."""
    return quantity if quantity.id else quantity.named(f"{id}, in its formula")
