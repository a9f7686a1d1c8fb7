"""Words beside numbers of other entries: *the mean is 13.05* of a median, *class 2* of an entry of class 1.

What an entry is called says which statistic it is, of which group and which year. Where the clause of a tie
says another one, and its own nowhere, a person has to look.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tieout.ledger import Entry, Ledger
from tieout.numerals import Context, expression, find, tells

_STATISTICS = {
    "mean": (
        r"M(?= ?=)|(?i:(?<!it )(?<!this )(?<!that )(?<!which )means?|averag(?:es?|ed|ing)"
        r"|Mittelwerte?|Durchschnitt\w*|середн\w+)"
    ),
    "median": r"Mdn|(?i:medians?|Mediane|медіан\w*)",
    "standard deviation": r"SD|(?i:standard deviations?|Standardabweichung(?:en)?)",
    "standard error": r"SEM?|(?i:standard errors?|Standardfehler)",
}
_ANY = re.compile(
    r"\b(?:" + "|".join(f"(?P<s{at}>{words})" for at, words in enumerate(_STATISTICS.values())) + r")\b"
)
_NAMES = tuple(_STATISTICS)
# *The standard error of the later mean* is no mean.
_OF = re.compile(rf"({_ANY.pattern})(\s+of(?:\s+[^\W\d_]+){{0,3}}\s+)(?:means?|averages?)\b")
_TOKEN = re.compile(r"[^\W_]+")
_SYMBOL = re.compile(r"(?<![^\W\d_])((?:adjusted )?[^\W\d_]{1,3}²?)\s?[=<>≤≥]\s?$")
_OVER = re.compile(r"[,;(]")  # what follows is of another number
_YEAR = re.compile(r"[12]\d{3}")
_NEAR, _STEM = 8, 4


@dataclass(frozen=True)
class _Sibling:
    """An entry that is called as another one but for a word or number, and what stands there of each."""

    id: str
    name: str
    own: str
    is_proper: bool


@dataclass(frozen=True)
class Siblings:
    """For each entry the others that are called as it is but for one word or number."""

    others: Mapping[str, tuple[_Sibling, ...]]

    @classmethod
    def of(cls, ledger: Ledger) -> Siblings:
        """Find the entries of a ledger whose labels differ in one word."""
        held: dict[tuple[object, ...], dict[str, str]] = defaultdict(dict)
        places: dict[str, list[tuple[tuple[object, ...], str, bool]]] = defaultdict(list)
        for entry in ledger.values():
            written = _TOKEN.findall(entry.label)
            said = tokens(entry.label)
            if entry.quantity is None or len(said) < 2:
                continue
            for place, token in enumerate(said):
                if is_name(token):
                    key = (*said[:place], "", *said[place + 1 :], entry.quantity.unit, entry.path)
                    held[key].setdefault(token, entry.id)
                    is_proper = token.isdigit() or (place > 0 and written[place][0].isupper())
                    places[entry.id].append((key, token, is_proper))
        return cls(
            {
                id: tuple(
                    _Sibling(other, name, own, is_proper)
                    for key, own, is_proper in found
                    for name, other in held[key].items()
                    if name != own
                )
                for id, found in places.items()
            }
        )

    def misplaced(self, entry: Entry, context: Context) -> str:
        """Return in words why a clause speaks of a sibling of the entry; empty where it may speak of it.

        Of a proper name, *Adelie* or class 1, the entry's own has to be missing; of other words all that tell
        it from others.
        """
        others = self.others.get(entry.id, ())
        if not others:
            return ""
        before, after = _near(context)
        said = {*tokens(before), *tokens(_OVER.split(after)[0])}
        labels = {token.text for part in context.clause for token in find(part) if token.kind == "label"}
        everywhere = {_stem(token) for text in (*context.clause, context.heading) for token in tokens(text)}
        is_told = any(_stem(each.own) in everywhere for each in others)
        named = {
            each.name: each.id
            for each in others
            if (_stem(each.name) in map(_stem, said) if each.is_proper else each.name in said)
            and (not each.name.isdigit() or each.name in labels)
            and not (_stem(each.own) in everywhere if each.is_proper else is_told)
        }
        if len(named) != 1:
            return ""
        ((name, other),) = named.items()
        return f"is called “{entry.label}”, and the clause names {name}, as {other} is called"


def miscalled(label: str, context: Context) -> str:
    """Return in words why a number is called by another statistic than its entry; empty where it is not.

    Examples
    --------
    >>> label = "Median of alcohol"
    >>> miscalled(label, Context("the mean is ", " per cent")), miscalled(label, Context("the median is "))
    ('is called “Median of alcohol”, and its clause says mean', '')
    """
    own = _statistics(label)
    before, after = _near(context)
    ahead = _statistics(_OVER.split(after)[0])
    said = _statistics(before) or ahead or _statistics(context.heading)
    if len(own) != 1 or len(said) != 1 or own & (said | ahead):
        return ""
    return f"is called “{label}”, and its clause says {min(said)}"


def misnamed(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why a number has another symbol than its entry: *p = .52* of an R²; empty where not.

    Parameters
    ----------
    shown
        What the tie shows, with its symbol or without.
    """
    own = _particular(entry.label) or _particular(entry.id.rpartition(".")[2])
    parts = expression(shown)
    before = _SYMBOL.search(context.clause[0])
    name = (parts[0].name if len(parts) == 1 else "") or (before[1] if before and not parts else "")
    said = _particular(name)
    if not own or not said or own & said:
        return ""
    return f"is called “{entry.label}”, and stands as {name}"


def _particular(name: str) -> frozenset[str]:
    return frozenset(tells(name)) - {"estimate"}


def _statistics(text: str) -> set[str]:
    plain = _OF.sub(r"\1", " ".join(text.split()))
    return {_NAMES[int(str(found.lastgroup)[1:])] for found in _ANY.finditer(plain)}


def _near(context: Context) -> tuple[str, str]:
    """Return the words right before a number and right after it, up to the numbers beside it."""
    clause, after = context.clause
    last = max((each.end for each in context.near if each.side == "before"), default=0)
    before = clause[max(0, len(clause) - (len(context.before) - last)) :]
    ahead = min((each.start for each in context.near if each.side == "after"), default=len(after))
    return " ".join(before.split()[-_NEAR:]), " ".join(after[:ahead].split()[:_NEAR])


def tokens(text: str) -> tuple[str, ...]:
    """Return the words and numbers of a text, in small letters."""
    return tuple(token.casefold() for token in _TOKEN.findall(text))


def _stem(token: str) -> str:
    """Return how a word begins, however it is declined."""
    return token if token.isdigit() else token[:_STEM]


def is_name(token: str) -> bool:
    """Whether a word of a label can tell one entry from another: no statistic and no year."""
    return not _YEAR.fullmatch(token) and not _ANY.fullmatch(token) and (token.isdigit() or len(token) > 2)
