"""Superlatives against the other extreme: *watched the most, 3.54 days* of the least of three means.

Unlike a rank this holds whatever else is compared: of three or more entries of one kind the least is not the
most. An entry has the kind of a cell of a table with its value and its names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tieout.ledger import PERIOD, Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numerals import Context
from tieout.wording.meant import own_words, tokens
from tieout.wording.twins import Twins

_UP = "largest|highest|biggest|greatest|longest|heaviest|tallest|warmest"
_DOWN = "smallest|lowest|fewest|shortest|lightest|coolest|coldest"
_BEFORE_IT = (
    r"(?<!\bof )(?<!\bin )(?<!\bfor )(?<!\bat )(?<!\bto )(?<!\bfrom )(?<!\bwith )(?<!\bthan )(?<!\bby )"
)
_END = r"[^.;:\d]{0,60}$"
_PATTERNS = (
    # *Watched the most, …*, *varied the least (SD …*
    lazily(
        rf"{_BEFORE_IT}\bthe (?:(?P<up>most)|(?P<down>least))"
        r"(?:,? (?:at|with|on|for)|,| on average,?| of all,?)? (?:\((?:[\w²]{1,6}(?: ?=| of)? ?)?)?$",
        re.IGNORECASE,
    ),
    # *The largest ratio was that of …*
    lazily(
        rf"{_BEFORE_IT}\bthe (?:(?P<up>{_UP})|(?P<down>{_DOWN})) (?P<measure>[a-z]+)"
        rf" (?:is|was|were|are|came|occurred)\b{_END}",
        re.IGNORECASE,
    ),
    # *Support was highest among …, at …*
    lazily(
        rf"(?P<measure>[^.;:\d]*?)\b(?:is|was|were|are) (?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
        rf" (?:among|in|for|at|with|on)\b{_END}",
        re.IGNORECASE,
    ),
)
_GROWING = (
    # *IBM grew fastest, by …*, *Goodyear was the slowest, with …*
    lazily(
        r"\b(?:grew|rose|fell|gr[eo]wn?|increased|(?:is|was|were|are) the)"
        r" (?:(?P<up>fastest)|(?P<down>slowest)),? (?:by|with|at) $",
        re.IGNORECASE,
    ),
)
_CHANGES = frozenset(("change", "growth", "increase"))
_SPREAD = lazily(r"\b(?:var(?:y|ies|ied)|spread|scatter\w*|differ\w*)\b", re.IGNORECASE)
_DEVIATION = frozenset(("sd", "std", "deviation", "variance", "range", "iqr"))
_NOT = lazily(
    r"\b(?:not?|never|neither|nor|one of|except|ever|would|if|than|second|third|fourth|next)\b|n['’]t\b",
    re.IGNORECASE,
)
_STATISTICS = frozenset((
    "other", "others", "rest", "total", "all", "sum", "mean", "average", "median", "overall", "count", "size",
    "n", "std", "sd", "se", "sem", "min", "max", "minimum", "maximum", "quartile", "percentile", "share", "p",
))  # fmt: skip
_LEAST = 3


@dataclass(frozen=True)
class Extremes:
    """The groups of entries of one kind, by each of their ids, and the cells of tables they were got from."""

    groups: Mapping[str, tuple[tuple[str, ...], ...]]
    of_tables: Twins
    ledger: Ledger

    @classmethod
    def of(cls, ledger: Ledger, twins: Twins | None = None) -> Extremes:
        """Group the numbers of a ledger: those whose ids differ in one part, which names no statistic."""
        held: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for entry in ledger.values():
            if entry.quantity is None or entry.quantity.is_range:
                continue
            parts = entry.id.split(".")
            for place, part in enumerate(parts):
                if part.isdigit() or _STATISTICS.issuperset(tokens(part)):
                    continue
                rest = (*parts[:place], "", *parts[place + 1 :])
                held[rest, entry.quantity.unit, entry.path, entry.cells.get(PERIOD)].append(entry.id)
        groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for ids in held.values():
            for id in ids if len(ids) >= _LEAST else ():
                groups[id].append(tuple(ids))
        return cls({id: tuple(each) for id, each in groups.items()}, twins or Twins.of(ledger), ledger)

    def contrary(self, entry: Entry, context: Context) -> str:
        """Return in words why a superlative is not an entry's, the other extreme; empty where it may be."""
        before = own_words(context)
        patterns = (*_PATTERNS, *_GROWING) if _is_growth(entry) else _PATTERNS
        found = next((each for pattern in patterns if (each := pattern.search(before))), None)
        if found is None or _NOT.search(before):
            return ""
        measure = found.groupdict().get("measure")
        for ids in self._kin(entry):
            values = [self.ledger.lookup(id).value for id in ids]
            own = self.ledger.lookup(self.same(entry, ids)).value
            others = [value for value in values if value != own]
            if len(others) + 1 < len(values) or not self._is_measure(measure, before, ids):
                continue
            if all(own < value for value in others) if found["up"] else all(own > value for value in others):
                said = found["up"] or found["down"]
                first = "smallest" if found["up"] else "largest"
                return f"“{said}” is said of it, and among {len(ids)} of its kind it is the {first}"
        return ""

    def _kin(self, entry: Entry) -> Sequence[tuple[str, ...]]:
        """Return the groups of an entry: its own, or those of the one cell with its value and its names."""
        return self.groups.get(entry.id) or self.twins(entry)

    def twins(self, entry: Entry) -> Sequence[tuple[str, ...]]:
        """Return the groups of the one cell of a table that has the value of an entry, and its names."""
        return self.groups.get(self.of_tables.twin(entry), ())

    def same(self, entry: Entry, ids: tuple[str, ...]) -> str:
        """Return which of some entries one is, or which is nearest to it."""
        assert entry.quantity is not None
        value = entry.quantity.value
        return min(ids, key=lambda id: (id != entry.id, abs(self.ledger.lookup(id).value - value)))

    def _is_measure(self, measure: str | None, before: str, ids: tuple[str, ...]) -> bool:
        """Whether what is said to be the most is what these entries measure."""
        common = frozenset.intersection(
            *(frozenset((*tokens(id), *tokens(self.ledger[id].label))) for id in ids)
        )
        if measure is not None:
            return any(word in common or word.removesuffix("s") in common for word in tokens(measure))
        return bool(_SPREAD.search(before)) == bool(common & _DEVIATION)


def _is_growth(entry: Entry) -> bool:
    """Whether an entry says how much something grew: of such, the fastest is the largest."""
    return not _CHANGES.isdisjoint((*tokens(entry.id), *tokens(entry.label)))
