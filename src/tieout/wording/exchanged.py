"""Ties that show the right digits and may be bound to the wrong entry: the clause names another one."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numerals import Context
from tieout.wording.traced import called, core, made_of

_WORD = lazily(r"[^\W\d_]{3,}")
_COMMON = frozenset((
    "and", "are", "for", "from", "had", "has", "have", "into", "its", "not", "per", "than", "that",
    "the", "their", "there", "these", "this", "those", "was", "were", "which", "with", "about",
    "over", "more", "all", "one", "each", "every", "year", "years", "number", "share", "value",
    "stated", "computed", "rate", "total", "count", "average", "mean", "level", "percent",
    "people", "million", "billion",
))  # fmt: skip
_ENDINGS = lazily(r"(?<=\w{4})(?:ings?|ed|es|ly|s)$|(?<=\w{2})s$")
_LEAST, _RARE, _NEAR = 2, 2, 4
_DIGITS = 8
# *Within 30 days*: the unit of a number names nothing.
_TIME = lazily(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|thirty|sixty|ninety))[ -]"
    r"(?:minutes?|hours?|days?|weeks?|months?|quarters?|years?)\b",
    re.IGNORECASE,
)
# *The two came to 0.2% each*: it is the number of both.
_OF_SEVERAL = lazily(r"\s*(?:each|apiece|respectively)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Namesakes:
    """The entries of a ledger by the value that they show.

    Parameters
    ----------
    groups
        The entries of each value and unit that several have.
    called
        The words that each of them is called by.
    rare
        The words that hardly any entry is called by: one of them is enough to name an entry.
    """

    groups: Mapping[tuple[Decimal, str], tuple[str, ...]]
    called: Mapping[str, frozenset[str]]
    rare: frozenset[str]

    @classmethod
    def of(cls, ledger: Ledger) -> Namesakes:
        """Group the numbers of a ledger."""
        groups: dict[tuple[Decimal, str], list[str]] = defaultdict(list)
        for id, entry in ledger.entries.items():
            if entry.quantity is not None:
                groups[entry.quantity.value, entry.quantity.unit].append(id)
        several = {key: tuple(held) for key, held in groups.items() if len(held) > 1}
        called = {id: _called(entry) for id, entry in ledger.entries.items()}
        counts = Counter(word for each in called.values() for word in each)
        rare = frozenset(word for word, count in counts.items() if count <= _RARE)
        return cls(several, {id: called[id] for held in several.values() for id in held}, rare)

    def suspicion(self, entry: Entry, context: Context) -> str:
        """Return the id of the entry that a clause names instead of the one tied; empty for none.

        The interval of an estimate is named with it, and its middle is of the same value.
        """
        assert entry.quantity is not None
        others = self.groups.get((entry.quantity.value, entry.quantity.unit), ())
        if len(others) < _LEAST or _OF_SEVERAL.match(context.after):
            return ""
        said, near = words(_TIME.sub(" ", " ".join(context.clause))), _beside(context)
        apart = [id for id in others if not f"{id}.".startswith(f"{entry.id}.")]
        made = core(made_of(entry))
        if isinstance(made, ast.Call) and called(made) in ("max", "min"):
            return ""  # the largest of a column is the number of a row too
        if _is_the_same(entry.quantity.value) and entry.quantity.kind == "computed":
            return ""  # a value of so many digits is that of one number, recorded twice
        named = [id for id in apart if self._is_named(id, entry.id, said, near)]
        return named[0] if len(named) == 1 else ""

    def _is_named(self, other: str, tied: str, said: frozenset[str], near: frozenset[str]) -> bool:
        """Whether a clause names one of two entries, by what it is called and the other is not."""
        own, theirs = self.called[tied], self.called[other] - self.called[tied]
        told = said & (own - self.called[other])
        if told:  # *January is the busiest month, with 56*
            is_beside = bool(near & theirs & self.rare) and not near & own
            return is_beside and not told & self.rare
        shared = said & theirs
        return len(shared) >= _LEAST or bool(shared & self.rare) or bool(near & theirs)


def _is_the_same(value: Decimal) -> bool:
    """Whether two numbers that have this value to all digits are surely one."""
    return len(value.normalize().as_tuple().digits) > _DIGITS


def _beside(context: Context) -> frozenset[str]:
    """Return what stands right before a number, up to the number before it."""
    before = context.clause[0]
    last = max((each.end for each in context.near if each.side == "before"), default=0)
    before = before[max(0, len(before) - (len(context.before) - last)) :]
    return words(" ".join(before.split()[-_NEAR:]))


def _called(entry: Entry) -> frozenset[str]:
    unit = entry.quantity.unit if entry.quantity else ""
    return words(entry.id.replace(".", " ").replace("-", " "), entry.label, *entry.cells.values()) - words(
        unit
    )


def words(*texts: str) -> frozenset[str]:
    """Return the words of texts that say something, without the endings of plurals and verbs."""
    found = (word.casefold() for text in texts for word in _WORD.findall(text))
    return frozenset(_ENDINGS.sub("", word) for word in found if word not in _COMMON)
