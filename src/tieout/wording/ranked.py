"""Ranks against the data that they rank: *the largest share, [36%](…)* where another is larger.

An entry is ranked among those of its table that are called as it is but for one word, in one unit and of one
period; what is ranked among anything else is left alone. Prose seldom ties all rows of a table: a rank that
is the number's own in its stored column is right, and where no column is known, other rows may stand before
it. One that is called the largest of something is not said to be the smallest.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from tieout.ledger import PERIOD, Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numbers import units
from tieout.numerals import Context
from tieout.wording.columns import Place
from tieout.wording.traced import made_of

_UP = "largest|highest|biggest|greatest|longest|heaviest|oldest|warmest|tallest|most"
_DOWN = "smallest|lowest|least|shortest|fewest|lightest|youngest|coolest|coldest"
_NTH = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "2nd": 2,
    "3rd": 3,
    "4th": 4, "5th": 5, "last": -1,
}  # fmt: skip
_ORDER = rf"(?:(?P<nth>{'|'.join(_NTH)})[- ])?(?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
_BEFORE = lazily(rf"\bthe {_ORDER}\b(?P<words>[^.;:\d]{{0,60}})$", re.IGNORECASE)
_BEHIND = lazily(
    rf",? (?:is |are |was |were )?the {_ORDER}\b(?P<words>(?: [a-z]+)?)(?=[,.;)]|$)", re.IGNORECASE
)
_PLACE = lazily(
    rf"\b(?:comes?|came|ranks?|ranked|finish(?:es|ed)|is|are|was|were|,|and [A-Z]\w+)"
    rf"(?: in)? (?P<nth>{'|'.join(_NTH)})"
    r"(?: place)?,?(?: with| at)?(?: about| around| some| roughly| nearly| almost)? $",
)
_FILL = frozenset(
    [
        "at",
        "of",
        "with",
        "is",
        "was",
        "are",
        "were",
        "by",
        "far",
        "being",
        "the",
        "a",
        "an",
        "its",
        "only",
        "just",
        "about",
        "around",
        "some",
        "roughly",
        "nearly",
        "and",
        "their",
        "that",
    ]
)
_RANKS = frozenset((*_UP.split("|"), *_DOWN.split("|")))  # *Most goals* and *Most points* are of two kinds
_REST = lazily(
    r"\b(?:others?|rest|remain\w*|total|all|sum|together|average|mean|median|overall|count|std|sd|se"
    r"|min|max|minimum|maximum|quartile|percentile)\b",
    re.IGNORECASE,
)
# *The smallest single figure is* …, and not *for the smallest of them it was* ….
_AWAY = (
    "in", "of", "at", "by", "to", "for", "from", "with", "among", "on", "than", "and", "or", "that", "which",
    "it", "they", "we",
)  # fmt: skip
_CHANGES = (
    "fall", "drop", "decline", "decrease", "rise", "increase", "gain", "loss", "change", "difference", "gap",
)  # fmt: skip
_NOWHERE = "".join(rf"(?<!\b{word} )" for word in _AWAY)
_SAID = lazily(
    rf"(?:(?<=, and )|{_NOWHERE})\b(?:[Tt]he|an?) (?:(?P<up>{_UP})|(?P<down>{_DOWN}))"
    rf"(?: (?!(?:{'|'.join([*_AWAY, *_CHANGES])})\b)[a-z-]+){{0,3}}"
    r"(?:,| is| was| are| were| took| lasted| cost| at| of|:| \()* $"
)
_CALLED_UP = lazily(rf"\b(?:{_UP}|max|maximum|peak)\b", re.IGNORECASE)
_CALLED_DOWN = lazily(rf"\b(?:{_DOWN}|min|minimum)\b", re.IGNORECASE)
_SUPERLATIVE = lazily(r"\b(?P<most>\w{3,}est)\s+(?!(?:of|in|at|by|for|to)\b)(?P<of>[^\W\d_]+)", re.IGNORECASE)
_STEM = 4  # letters that two forms of a word share: *invested*, *investment*
_NOT = lazily(
    r"\b(?:not?|never|neither|nor|one of|among|after|behind|except|since|ever|would|if|than)\b|n['’]t\b",
    re.IGNORECASE,
)
_MADE = frozenset(("ratio", "difference", "change", "sum", "share", "inverse"))  # of others of its table
_LEAST = 3


@dataclass(frozen=True)
class Rankings:
    """The groups of entries in which one can be the largest, by each of their ids."""

    groups: Mapping[str, tuple[tuple[str, ...], ...]]
    ledger: Ledger

    @classmethod
    def of(cls, ledger: Ledger) -> Rankings:
        """Group the stated numbers of a ledger."""
        held: dict[tuple[object, ...], list[str]] = defaultdict(list)
        for entry in ledger.values():
            parts = entry.id.split(".")
            if entry.quantity is None or entry.quantity.is_range or _REST.search(f"{entry.id} {entry.label}"):
                continue
            for place, part in enumerate(parts):
                if not part.isdigit() and part not in _MADE:
                    rest = (*parts[:place], "", *parts[place + 1 :])
                    held[rest, entry.quantity.unit, entry.path, entry.cells.get(PERIOD)].append(entry.id)
        groups: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for ids in held.values():
            if len(ids) >= _LEAST:
                for id in ids:
                    groups[id].append(tuple(ids))
        return cls({id: tuple(each) for id, each in groups.items()}, ledger)

    def miscalled(self, entry: Entry, context: Context) -> str:
        """Return in words why the largest of something is said to be the smallest; empty where it is not."""
        clause = " ".join(context.clause)
        other = _other_superlative(entry.label, clause)
        if other and not _NOT.search(clause):
            return f"is called “{entry.label}”, and its clause says “{other}”"
        before = re.sub(r"\s+", " ", _before(context))
        found = _SAID.search(before)
        if found is None:
            return ""
        lead = re.split(r"[,;]", before[: found.start()])[-1]
        if _NOT.search(f"{lead}{before[found.start() :]} {context.clause[1]}"):
            return ""
        up, down = (bool(called.search(entry.label)) for called in (_CALLED_UP, _CALLED_DOWN))
        told = "" if up or down else _extreme(entry)
        up, down = up or told == "max", down or told == "min"
        own = _CALLED_UP if up else _CALLED_DOWN
        if up == down or own.search(before) or bool(found["up"]) == up:
            return ""
        if told:
            return f"is recorded as a {told}, and “the {found['up'] or found['down']}” is said of it"
        return f"is called “{entry.label}”, and “the {found['up'] or found['down']}” is said of it"

    def misranked(self, entry: Entry, context: Context, cell: Place | None = None) -> str:
        """Return in words why a rank that is said of a number is not its own; empty where it may be.

        ``cell`` is the cell of a stored table that the entry repeats; None where it is none.
        """
        if not self.groups.get(entry.id) or _NOT.search(" ".join(context.clause)):
            return ""
        before = re.sub(r"\s+", " ", _before(context))
        after = re.sub(r"\s+", " ", context.clause[1])
        found = _BEFORE.search(before) or _BEHIND.match(after)
        if found:
            wanted = _NTH.get((found["nth"] or "first").lower(), 1)
            order = _Order(wanted, bool(found["down"]), found[0].strip(" ,"))
            return self._checked(entry, order, found["words"], cell)
        found = _PLACE.search(before)
        if found and not _is_time(entry):
            return self._checked(entry, _Order(_NTH[found["nth"].lower()], False, found["nth"]), "", cell)
        return ""

    def _checked(self, entry: Entry, order: _Order, words: str, cell: Place | None) -> str:
        assert entry.quantity is not None
        column = [Fraction(each) for each in (cell.own, *cell.beside())] if cell else []
        if column and order.rank(column) in order.ranks(column[0], column):
            return ""
        for ids in self.groups[entry.id]:
            values = [Fraction(self.ledger.lookup(id).value) for id in ids]
            rank, own = order.rank(values), order.ranks(Fraction(entry.quantity.value), values)
            is_most = order.said.lower().startswith(("the most", "the least"))
            if rank in own or not self._is_measure(words, ids, entry, is_most):
                return ""
            is_open = not column and entry.kind == "computed" and order.place != _NTH["last"]
            if is_open and rank > own[-1]:
                return ""
        others = self.groups[entry.id][0]
        best = sorted(others, key=lambda id: self.ledger.lookup(id).value, reverse=not order.down)
        first = best[rank - 1] if 0 < rank <= len(best) else ""
        among = f"among {len(others)} of its kind that is {first}" if first else ""
        if len(column) > len(others):
            among = f"of the {len(column)} rows of its table it is number {order.ranks(column[0], column)[0]}"
        return f"“{order.said}” is said of it, and {among}" if among else ""

    def _is_measure(self, words: str, ids: tuple[str, ...], entry: Entry, is_most: bool = False) -> bool:
        """Whether the words between a rank and its number name what these entries measure, or the entry.

        ``is_most`` where the rank is *most* or *least* of something, which has to be what they measure.
        """
        common = frozenset.intersection(*(_words(self.ledger[id].label) for id in ids))
        if not common - _FILL - _RANKS:
            return False  # they measure different things
        first = re.match(r" (?P<word>[^\W\d_]+)", words) if is_most else None
        if first and not any(_alike(word, other) for word in _words(first["word"]) for other in common):
            return False  # *the most acid* has the lowest pH
        named = _words(words) - _FILL - _words(entry.label)
        if all(any(_alike(word, other) for other in common) for word in named):
            return True
        tail = words.rpartition(",")[2] if "," in words else words
        named = _words(tail) - _FILL
        if not named:
            return not (_words(words) - _FILL - common)
        return named <= common


@dataclass(frozen=True)
class _Order:
    """A rank that is said of a number: its place, −1 for the last; whether the least is first; the words."""

    place: int
    down: bool
    said: str

    def rank(self, values: Sequence[Fraction]) -> int:
        """Return which of some numbers it names, from 1."""
        return len(values) if self.place == -1 else self.place

    def ranks(self, own: Fraction, values: Sequence[Fraction]) -> range:
        """Return the ranks that one of some numbers has among them: several where others are as large."""
        better = sum(value < own if self.down else value > own for value in values)
        return range(better + 1, better + values.count(own) + 1)


def _extreme(entry: Entry) -> str:
    """Return whether the code of an entry takes the least or the most of something: ``min`` or ``max``."""
    made = made_of(entry)
    while isinstance(made, ast.Call) and isinstance(made.func, ast.Name) and made.func.id in ("int", "float"):
        made = made.args[0] if made.args else None
    called = made.func if isinstance(made, ast.Call) else None
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name if name in ("min", "max") else ""


def _other_superlative(label: str, clause: str) -> str:
    """Return what a clause says instead of the superlative of a label: *the wettest year* of the driest."""
    own = list(_SUPERLATIVE.finditer(label))
    if len(own) != 1 or own[0]["most"].casefold() in clause.casefold():
        return ""
    said = (
        each for each in _SUPERLATIVE.finditer(clause) if each["of"].casefold() == own[0]["of"].casefold()
    )
    return next((" ".join(each[0].split()) for each in said), "")


def _words(text: str) -> frozenset[str]:
    return frozenset(
        word.removesuffix("s") if len(word) > 3 else word for word in re.findall(r"[^\W\d_]+", text.lower())
    )


def _alike(word: str, other: str) -> bool:
    """Whether two words begin alike, as *invested* and *investment* do."""
    return word == other or (min(len(word), len(other)) > _STEM and word[: _STEM + 1] == other[: _STEM + 1])


def _before(context: Context) -> str:
    """Return what of the clause stands before a number, from the tie before it on."""
    before = context.clause[0]
    last = max((near.end for near in context.near if near.side == "before"), default=0)
    return before[max(0, len(before) - (len(context.before) - last)) :]


def _is_time(entry: Entry) -> bool:
    assert entry.quantity is not None
    return [dimension for dimension, _ in units.root(entry.quantity.unit)[1]] == ["[time]"]
