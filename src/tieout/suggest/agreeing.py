"""Looks up which entries of a ledger agree with a displayed number, without comparing it with all of them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from tieout import numerals
from tieout.ledger import PERIOD, YEAR, Entry, Families, differs
from tieout.numbers import Quantity
from tieout.numerals import Shown, conversion
from tieout.prose import Passage, Untied, whole_expressions

FEWEST = 2  # numbers of an expression
# What stands between separators, but for those in brackets.
_HELD = r"\([^()]*\)|\[[^\[\]]*\]"
_PART = re.compile(rf"(?:[^;,()\[\]\s]|{_HELD})(?:[^;,()\[\]]|,(?=\d{{3}})|{_HELD})*")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Match:
    """An entry that agrees with a number, or a column of its row that says it."""

    id: str
    column: str | None = None

    @property
    def key(self) -> str:
        """``ID`` or ``ID:column``."""
        return f"{self.id}:{self.column}" if self.column else self.id


@dataclass(frozen=True)
class _Group:
    """Numbers of one unit, by their values."""

    values: tuple[Fraction, ...]
    numbers: tuple[tuple[str, Quantity], ...]

    @classmethod
    def of(cls, held: list[tuple[str, Quantity]]) -> _Group:
        held = sorted(held, key=lambda each: each[1].value)
        return cls(tuple(Fraction(quantity.value) for _, quantity in held), tuple(held))


class Agreeing:
    """The numbers and texts of a ledger, arranged so that those near a displayed number are found at once."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        units: dict[str, list[tuple[str, Quantity]]] = defaultdict(list)
        self._texts: dict[tuple[str, ...], list[tuple[Match, str]]] = defaultdict(list)
        self._moments: list[tuple[Match, str]] = []
        for entry in entries.values():
            if entry.quantity is not None:
                units[entry.quantity.unit].append((entry.id, entry.quantity))
            for match, text in _texts(entry):
                self._texts[tuple(_DIGITS.findall(text))].append((match, text))
                if _says_a_day(text):
                    self._moments.append((match, text))
        self._groups = [_Group.of(held) for held in units.values()]
        self._entries, self._families = entries, Families(entries)
        self._known: dict[tuple[str, str], tuple[Match, ...]] = {}

    def matches(self, text: str, lang: str = "en") -> tuple[Match, ...]:
        """Return what agrees with a displayed number: numbers first, then columns and texts."""
        if (text, lang) not in self._known:
            found = [Match(name) for name in self._of_families(text, lang)]
            found += [
                Match(name)
                for name, quantity in self._near(text, lang)
                if numerals.says(text, quantity, lang, bare=True)
            ]
            for match, said in self._texts.get(tuple(_DIGITS.findall(text)), ()):
                if not differs(text, said, lang):
                    found.append(match)
            if self._moments and _says_a_day(text, lang):
                found += [match for match, said in self._moments if numerals.is_moment(text, said, lang)]
            self._known[text, lang] = tuple(dict.fromkeys(found))
        return self._known[text, lang]

    def joined(
        self, passage: Passage, numbers: Sequence[Untied], explained: Callable[[Passage, Untied], bool]
    ) -> list[Untied]:
        """Return numbers without a tie, with those that make an expression of one family as one.

        ``explained`` tells whether outputs show such a family, where the ledger has none.
        """
        found = whole_expressions(passage.markdown, numbers, passage.lang, passage.literal)

        def is_one(each: Untied, held: Sequence[Untied]) -> bool:
            return (
                (each.kind == "formula" and len(held) == 1)
                or bool(self._of_families(each.text, passage.lang))
                or explained(passage, each)
            )

        whole = [(each, held) for each, held in found if is_one(each, held)]
        for each, held in found:
            taken: set[int] = set()
            for piece, own in _pieces(passage.markdown, each, held) if (each, held) not in whole else ():
                starts = {number.start for number in own}
                if not starts & taken and is_one(piece, own):
                    whole.append((piece, own))
                    taken |= starts
        joined = {number.start for _, held in whole for number in held}
        kept = [number for number in numbers if number.start not in joined]
        return sorted([*kept, *(each for each, _ in whole)], key=lambda each: each.start)

    def _of_families(self, text: str, lang: str) -> list[str]:
        """Return what an expression of several numbers can be tied to: the first member of each family."""
        if len(numerals.expression(text, lang)) < FEWEST:
            return []
        found: dict[str, str] = {}
        for id in self._entries:
            family, quantity = self._families.of(id), self._entries[id].quantity
            base = self._families.base(id) or id
            if quantity is None or not family or base in found:
                continue
            if numerals.told(text, quantity, family, lang) and numerals.says(
                text, quantity, lang, family=family
            ):
                found[base] = id
        return list(found.values())

    def _near(self, text: str, lang: str) -> Iterator[tuple[str, Quantity]]:
        """Give the numbers whose value is near enough to what is displayed to be worth a comparison."""
        for group in self._groups:
            for shown in numerals.readings(text, lang):
                factor = conversion(shown, group.numbers[0][1])
                if isinstance(factor, Fraction) and factor:
                    low, high = _bounds(shown, factor)
                    yield from group.numbers[
                        bisect_left(group.values, low) : bisect_right(group.values, high)
                    ]


def _pieces(
    markdown: str, whole: Untied, held: Sequence[Untied]
) -> Iterator[tuple[Untied, tuple[Untied, ...]]]:
    """Give what semicolons and commas part of an expression, the longest first.

    *R² = 0.64; F(3, 46) = 27.5, p < .001* tells of two, as does *1.47 (95% CI 1.29 to 1.64), t(9) = 16.5*.
    """
    if markdown[whole.start : whole.end] != whole.text:
        return
    ends = [found.span() for found in _PART.finditer(whole.text)]
    runs = [(first, last) for first in range(len(ends)) for last in range(first, len(ends))]
    spans = [(ends[first][0], ends[last][1]) for first, last in sorted(runs, key=lambda run: run[0] - run[1])]
    spans += [found.span(1) for found in _BRACKETS.finditer(whole.text)]
    for start, end in ((whole.start + start, whole.start + end) for start, end in spans):
        own = tuple(each for each in held if start <= each.start and each.end <= end)
        if len(own) >= FEWEST and len(own) < len(held):
            yield replace(whole, start=start, end=end, text=markdown[start:end]), own


def _says_a_day(text: str, lang: str = "en") -> bool:
    """Whether a text is a date or a time that says more than a year."""
    return any(len(moment.parts) > 1 for moment in numerals.moments(text, lang))


def _bounds(shown: Shown, factor: Fraction) -> tuple[Fraction, Fraction]:
    """Return between which values a quantity must lie that rounds to what is shown, and some room."""
    ends = [end / factor for end in shown.ends]
    grain = max(abs(figure.grain / factor) for figure in shown.figures)
    if any(figure.is_fraction or figure.style in ("words", "part") for figure in shown.figures):
        grain = max(grain, *(abs(end) for end in ends))
    return min(ends) - grain, max(ends) + grain


def _texts(entry: Entry) -> Iterator[tuple[Match, str]]:
    """Give the texts with digits that an entry and its columns show."""
    columns = {YEAR if name == PERIOD else name: name for name in entry.cells if name != "label"}
    for column in (None, *columns) if entry.quantity is None else columns:
        cell = entry.column(column)
        if cell and any(letter.isdigit() for letter in cell.text) and " " not in (column or ""):
            yield Match(entry.id, column), cell.text
