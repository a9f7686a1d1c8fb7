"""What a difference sets against what, and which of the two a sentence is about.

The two sides are known from the code that recorded it (``a.mean() - b.mean()``, ``a / b - 1``, the level of a
coefficient), or from a label that names them: *Difference of ages, Dole and Clinton voters*.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.wording.groups import Siblings
from tieout.wording.naming import AGAINST
from tieout.wording.traced import apart, core, level, made_of

_PAIR = lazily(r"\b([A-ZÀ-ÞА-Я]\w{2,}) (?:and|minus|less|against|vs\.?) ([A-ZÀ-ÞА-Я]\w{2,})")
# *Difference in nights, emergency minus planned*
_LAST_PAIR = lazily(r".*[,:(] ?([^\W\d]{4,}) (?:minus|less|against|over|vs\.?|versus) ([^\W\d]{4,})\)?")
_IDLE = frozenset(
    ("none", "all", "other", "others", "rest", "yes", "true", "false")
)  # that name no group in prose
_LESS = lazily(r"\b(?:minus|less)\b")
_FACTOR = lazily(r"\b(?:odds|ratio|hazard|risk)\b|\b[oh]r\b", re.IGNORECASE)
_TEXT = 3  # letters that a name begins with at least, however it is declined
_AFTER_THAN = lazily(r"[^.;:,(]*?\bthan\b(?P<object>[^.;:,(]*)", re.DOTALL)
_ALIKE = lazily(r"\b(?:as|like|both|either|between|each|also)\b", re.IGNORECASE)  # *among men as among women*
_OBJECT = lazily(r"\bthan\b.*", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True)
class Sides:
    """The names of the two sides of a difference, and which of them is known to be one.

    Parameters
    ----------
    one, other
        What names the first, and what it is set against.
    is_difference
        Whether the entry is above zero where the first is more.
    is_change
        Whether it is by how many per cent.
    """

    one: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    is_difference: bool = False
    is_change: bool = False

    @classmethod
    def of(cls, entry: Entry, siblings: Siblings) -> Sides:
        """Return the sides of an entry; without names where they are not known."""
        named = level(entry)
        if named and not _FACTOR.search(f"{entry.label} {entry.id}"):
            others = siblings.beside(entry.path, named)
            return cls(frozenset((named,)), others, is_difference=bool(others))
        made = core(made_of(entry))
        is_change = _is_change(made)
        if isinstance(made, ast.BinOp) and is_change:
            made = core(made.left)
        less = isinstance(made, ast.BinOp) and isinstance(made.op, ast.Sub)
        is_difference = (less and not is_change) or (made is None and _LESS.search(entry.label) is not None)
        return cls(*_names(entry, made), is_difference, is_change)

    def subject(self, lead: str, after: str) -> int:
        """Return which side a comparison is about: 1, −1 for what it is set against, 0 where it is unclear.

        Parameters
        ----------
        lead, after
            What stands before the number, and behind it, *than* with what follows it.
        """
        if _ALIKE.search(lead):
            return 0
        said = self._told(_OBJECT.sub("", lead))
        found = _AFTER_THAN.match(after)
        against = -self._told(found["object"]) if found else 0
        return 0 if said == -against != 0 else said or against

    def _told(self, text: str) -> int:
        one, other = is_named(text, self.one), is_named(text, self.other)
        return 0 if one == other else 1 if one else -1


def is_named(text: str, names: Iterable[str], against: bool = False) -> bool:
    """Whether a text names one of some groups, in the plural too, and sets nothing against it.

    Parameters
    ----------
    against
        Whether it counts too where something is set against it.
    """
    found = (each for name in names for each in re.finditer(_pattern(name), text, re.IGNORECASE))
    return any(against or not AGAINST.search(text[: each.start()].rstrip()) for each in found)


def _pattern(name: str) -> str:
    """Return the pattern of a name: in the plural, or declined where its language declines."""
    if name.isascii():
        if name.endswith("y"):
            return rf"\b{re.escape(name[:-1])}(?:y|ys|ies)\b"
        if name.endswith("ics"):  # *geriatrics*, the *geriatric* ward
            return rf"\b{re.escape(name[:-1])}s?\b"
        return rf"\b{re.escape(name)}(?:s|ed|d)?\b"
    return rf"\b{re.escape(name[: max(_TEXT, len(name) - 2)])}\w{{0,4}}\b"


def _is_change(made: ast.expr | None) -> bool:
    """Whether an expression is a ratio less one."""
    if not (isinstance(made, ast.BinOp) and isinstance(made.op, ast.Sub)):
        return False
    return isinstance(made.right, ast.Constant) and made.right.value in (1, 100)


def _names(entry: Entry, made: ast.expr | None) -> tuple[frozenset[str], frozenset[str]]:
    """Return what names the two sides of a difference or a quotient: in its code, or else in its label."""
    if isinstance(made, ast.BinOp) and isinstance(made.op, ast.Sub | ast.Div):
        one, other = apart(entry, made.left, made.right)
        labelled = _LAST_PAIR.findall(entry.label) if one & _IDLE or other & _IDLE else []
        if one and not labelled:
            return one, other
        if one:
            return (one - _IDLE) | {labelled[0][0]}, (other - _IDLE) | {labelled[0][1]}
    pairs = _PAIR.findall(entry.label) or _LAST_PAIR.findall(entry.label)
    if len(pairs) != 1:
        return frozenset(), frozenset()
    return frozenset(pairs[0][:1]), frozenset(pairs[0][1:])
