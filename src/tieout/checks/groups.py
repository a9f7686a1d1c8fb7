"""Names of groups beside numbers of other groups: *Renters spent $361.75* of an entry of owners.

Two entries are siblings that are called alike but for a name of one or two words. Where that is the name of a
group (a proper name, a number, a part of their ids too) it is enough that a clause names the other one and
the entry's own nowhere; of other words all that tell an entry from others have to be missing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import pairwise

from tieout.checks.meant import initials, is_name, near, tokens
from tieout.checks.tabled import around_cell
from tieout.checks.twins import Twins
from tieout.ledger import Entry, Ledger
from tieout.numerals import Context, find

Name = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")
_OVER = re.compile(r"[,;(]")  # what follows is of another number
# What is set against a number is not what it is of: *unlike Gentoos they weigh* …
AGAINST = re.compile(
    r"\b(?:than|unlike|like|as|vs|versus|against|not|nor|no|without|except|besides|despite|minus|relative to"
    r"|same|equal|similar|given|whatever|per|holding"
    r"|regardless of|irrespective of|independent(?:ly)? of"
    r"|instead of|next to|compared (?:with|to)|(?:control|adjust|account|allow|correct)\w* for|all but)"
    r"(?: (?:the|those|these|that|its|their|of|in|all|any|an?|other|for|among))*$"
    r"|\b(?:high|higher|low|lower|raised|elevated)$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom(?: about| around| some| only| just)?\s*$")  # *with cost sharing it fell from* …
# A number that begins a clause is not of what was named before: *60% went by car, and 28% flew*.
_BEGINS = re.compile(
    r"[,;] (?:and|but|while|whereas)\b ?"
    r"(?:(?:about|around|nearly|almost|only|just|some|another|over|under)\b ?)?$"
)
# *2,103 started a trial and 356 bought*: what stands between two numbers is of the first.
_GOES_ON = re.compile(
    r"\b(?:and|but|while|whereas) ?"
    r"(?:(?:about|around|nearly|almost|only|just|some|another|over|under)\b ?)?$"
)
# Words that are said of much else: *a high share* of those with a low income.
_VAGUE = frozenset((
    "high", "low", "higher", "lower", "large", "small", "long", "short", "old", "new", "early", "late",
    "more", "less", "first", "second", "third", "last", "before", "after", "other", "others", "rest", "total",
    "all", "any", "none", "yes", "true", "false", "top", "bottom", "with", "without", "over", "under",
    "above", "below", "full", "part", "one", "two", "three", "half", "rate", "share", "time", "whole", "most",
    "least", "number",
))  # fmt: skip
# What is made of several groups is none: *malignant ones are twice as large* is said of a ratio.
_MADE = frozenset(
    ("ratio", "ratios", "difference", "change", "gap", "sum", "growth", "factor", "effect", "test")
)
_STEM, _CLOSE, _LONGEST = 4, 4, 3
# Names of the same group.
ALIKE = {"women": "female", "woman": "female", "men": "male", "man": "male"}


@dataclass(frozen=True)
class Sibling:
    """An entry that is called as another one but for a name, and what stands there of each.

    Parameters
    ----------
    firm
        Whether the name is that of a group.
    proper
        Whether it is a proper name or a number.
    alone
        Whether the label is nothing but that name.
    """

    id: str
    name: Name
    own: Name
    firm: bool
    proper: bool
    alone: bool


@dataclass(frozen=True)
class _Place:
    """A name in the label of an entry; ``last`` where it is all behind the last comma: *Wait, St Anne's*."""

    entry: Entry
    name: Name
    proper: bool
    last: bool = False


@dataclass(frozen=True)
class Siblings:
    """For each entry the others that are called as it is but for one name.

    Parameters
    ----------
    others
        They, by the id of the entry.
    groups
        By file and name of a group, what those are called that stand beside it.
    """

    others: Mapping[str, tuple[Sibling, ...]]
    groups: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger, twins: Twins | None = None) -> Siblings:
        """Find the entries of a ledger whose labels differ in one name."""
        held: dict[tuple[object, ...], dict[tuple[Name, str], _Place]] = defaultdict(dict)
        places: dict[str, list[tuple[tuple[object, ...], _Place]]] = defaultdict(list)
        capitals = {word for entry in ledger.values() for word in _WORD.findall(entry.label)[1:]}
        for entry in ledger.values():
            for key, place in _places(entry, capitals):
                held[key].setdefault((place.name, _unit(entry)), place)
                places[entry.id].append((key, place))
        found: dict[str, dict[Name, Sibling]] = {}
        kin: dict[tuple[str, Name], dict[Name, str]] = defaultdict(dict)
        for id, each in places.items():
            siblings = (sibling for key, place in each for sibling in _siblings(place, held[key].values()))
            found[id] = {one.name: one for one in siblings}
            for one in found[id].values():
                if one.proper and one.name[0].isalpha():
                    kin[ledger.entries[id].path, one.own][one.name] = one.id
        for id, each in places.items():  # groups of the file that others are siblings by
            for _, place in each:
                for name, other in kin[place.entry.path, place.name].items() if place.proper else ():
                    found[id].setdefault(name, Sibling(other, name, place.name, True, True, False))
        _join(found, {id: twins.twin(ledger.entries[id]) for id in places} if twins else {})
        called = {id: tokens(ledger.entries[id].label) for id in found}
        return cls(
            {
                id: tuple(one for one in siblings.values() if not set(one.name) <= set(called[id]))
                for id, siblings in found.items()
            },
            _groups(ledger, found),
        )

    def beside(self, path: str, name: str) -> frozenset[str]:
        """Return what the groups are called that stand beside one in the entries of a file."""
        return self.groups.get((path, name.casefold()), frozenset())

    def misplaced(self, entry: Entry, context: Context) -> str:
        """Return in words why a clause speaks of a sibling of the entry; empty where it may speak of it."""
        others = self.others.get(entry.id, ())
        if not others:
            return ""
        before, after = near(context)
        before, after = _behind_number(before), _OVER.split(after)[0]
        goes_on = _GOES_ON.search(before) and len(before) < len(" ".join(context.clause[0].split()))
        if _FROM.search(before) or _BEGINS.search(before) or goes_on:
            before = ""
        said = _stems(*map(tokens, (*context.clause, context.heading)))
        said |= _stems(*(_together(tokens(part)) for part in context.clause))
        said |= initials(tokens(context.clause[0])) | initials(tokens(context.clause[1]))
        is_told = any(_shares(said, each.own) for each in others if len(each.own) == 1)
        labels = {token.text for part in context.clause for token in find(part) if token.kind == "label"}
        named: dict[Name, str] = {}
        for each in others:
            if each.name[0].isdigit() and each.name[0] not in labels:
                continue
            own = _shares(said, each.own) if each.firm else is_told
            if own or not _names(before, after, each):
                continue
            named[each.name] = each.id
        return _said(entry, named, "the clause")

    def mistabled(self, entry: Entry, context: Context) -> str:
        """Return in words why a number stands in the row or column of a sibling; empty where it may not."""
        others = [each for each in self.others.get(entry.id, ()) if each.firm]
        around = around_cell(context) if others and "|" in context.after else None
        if around is None:
            return ""
        said = _stems(*map(tokens, (*around, *context.clause)))
        named = {
            each.name: each.id
            for each in others
            if any(_names(text, "", each) for text in around) and not _shares(said, each.own)
        }
        return _said(entry, named, "its row or column")


def _join(found: dict[str, dict[Name, Sibling]], twins: Mapping[str, str]) -> None:
    """Add to the groups beside an entry those beside the cell of a table that it repeats."""
    of_cells = {id: dict(found[twin]) for id, twin in twins.items() if twin in found}
    for id, siblings in of_cells.items():
        for name, one in siblings.items():
            if one.firm and one.id != id:
                found[id].setdefault(name, one)


def _groups(
    ledger: Ledger, found: Mapping[str, Mapping[Name, Sibling]]
) -> dict[tuple[str, str], frozenset[str]]:
    """Return for each name of a group those that stand in its place in other labels."""
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id, siblings in found.items():
        for one in siblings.values():
            known = one.firm or len(_differing(id, one.id)) == 1
            if known and len(one.name) == len(one.own) == 1 and (one.name[0] + one.own[0]).isalpha():
                groups[ledger.entries[id].path, one.own[0]].add(one.name[0])
    return {key: frozenset(names) for key, names in groups.items()}


def _said(entry: Entry, named: Mapping[Name, str], where: str) -> str:
    if len(named) != 1:
        return ""
    ((name, other),) = named.items()
    return f"is called “{entry.label}”, and {where} names {' '.join(name)}, as {other} is called"


def _places(entry: Entry, capitals: Set[str]) -> Iterator[tuple[tuple[object, ...], _Place]]:
    """Give the names in a label, each with what two labels share that differ in it alone."""
    written, said = _WORD.findall(entry.label), tokens(entry.label)
    if entry.quantity is None:
        return
    yield from _last_places(entry)
    for size in (1, 2):
        for start in range(len(said) - size + 1):
            name = said[start : start + size]
            if (
                not all(map(is_name, name))
                or not _MADE.isdisjoint(name)
                or (size > 1 and not all(map(str.isalpha, name)))
            ):
                continue
            capital = written[start][0].isupper() and (start > 0 or written[start] in capitals)
            proper = size == 1 and (name[0].isdigit() or capital)
            if size < len(said):
                yield (said[:start], said[start + size :], entry.path), _Place(entry, name, proper)
            elif size == 1 and not name[0].isdigit():
                parts = entry.id.split(".")
                for at, part in enumerate(parts):
                    if name[0] in tokens(part):
                        key = ("", *parts[:at], "", *parts[at + 1 :], entry.path)
                        yield key, _Place(entry, name, proper)


def _last_places(entry: Entry) -> Iterator[tuple[tuple[object, ...], _Place]]:
    """Give what a label says behind its last comma, a proper name of up to three words, each a capital."""
    before, comma, last = entry.label.rpartition(", ")
    name, own = tokens(last), _WORD.findall(last)
    is_proper = all(word[0].isupper() or len(word) == 1 for word in own)  # *St Anne's*
    if comma and 1 <= len(name) <= _LONGEST and is_proper and any(map(is_name, name)):
        yield (tokens(before), (), entry.path, "last"), _Place(entry, name, True, True)


def _siblings(place: _Place, others: Iterable[_Place]) -> Iterator[Sibling]:
    """Give the entries that stand in one place with another: of one unit, unless their names are proper."""
    alone = tokens(place.entry.label) == place.name
    for other in others:
        if other.name == place.name or other.entry.id == place.entry.id:
            continue
        proper = place.proper and (other.proper or alone)
        if not proper and _unit(place.entry) != _unit(other.entry):
            continue
        if not proper and not _VAGUE.isdisjoint((*place.name, *other.name)):
            continue
        is_group = is_part(place.entry, other.entry, place.name, other.name)
        if place.last and other.last:
            yield Sibling(other.entry.id, other.name, place.name, True, True, False)
            continue
        if len(place.name) > 1 and (place.name[0] == other.name[0] or place.name[-1] == other.name[-1]):
            continue
        if len(place.name) != len(other.name) or (len(place.name) > 1 and not is_group):
            continue
        firm = proper or alone or is_group
        yield Sibling(other.entry.id, other.name, place.name, firm, proper, alone)


def is_part(one: Entry, other: Entry, name: Name, theirs: Name) -> bool:
    """Whether the ids of two entries differ in one part alone, and their names of one word stand there."""
    apart = _differing(one.id, other.id)
    if len(apart) != 1:
        return False
    a, b = map(tokens, apart[0])
    return len(name) > 1 or len(theirs) > 1 or (name[0] in a and theirs[0] in b)


def _differing(one: str, other: str) -> list[tuple[str, str]]:
    """Return the parts in which two ids of as many parts differ; none where they have not as many."""
    first, second = one.split("."), other.split(".")
    if len(first) != len(second):
        return []
    return [each for each in zip(first, second, strict=True) if each[0] != each[1]]


def _unit(entry: Entry) -> str:
    return entry.quantity.unit if entry.quantity else ""


def _behind_number(text: str) -> str:
    """Return what of a text stands behind the last number in it that is no name of a thing, and no year."""
    ends = [token.end for token in find(text) if token.kind in ("number", "range", "formula")]
    return text[max(ends, default=0) :]


def _names(before: str, after: str, sibling: Sibling) -> bool:
    """Whether the words beside a number name a sibling of its entry, and do not set it against that."""
    for text in (before, after):
        words = list(_WORD.finditer(text))
        size = len(sibling.name)
        for at in range(len(words) - size + 1):
            said = tuple(word[0].casefold() for word in words[at : at + size])
            if not all(_is(a, b, sibling) for a, b in zip(said, sibling.name, strict=True)):
                continue
            gap = at if text is after else len(words) - at - size
            ahead = text[: words[at].start()].rstrip()
            if AGAINST.search(ahead) or (sibling.alone and gap >= _CLOSE):
                continue
            idle = not gap or text[words[at].end() :].strip().startswith(("many", "deal", "few", "part"))
            if sibling.alone and idle and text is before and re.search(r"\b[Aa]n?$", ahead):
                continue  # *a good 7,309*
            return True
    return False


def _is(word: str, name: str, sibling: Sibling) -> bool:
    """Whether a word of a text is one of a name, however it is declined; a group's, in the plural too."""
    word, name = ALIKE.get(word, word), ALIKE.get(name, name)
    if sibling.proper and not name.isdigit():
        pairs = enumerate(zip(word, name, strict=False))
        same = next((at for at, (one, other) in pairs if one != other), min(len(word), len(name)))
        return word == name or (same >= max(_STEM, len(name) - 2) and len(word) - same < _STEM - 1)
    return word == name or (sibling.firm and _singular(word) == _singular(name))


def _stems(*texts: Name) -> frozenset[str]:
    return frozenset(_stem(word) for text in texts for word in text)


def _together(said: Name) -> Name:
    """Return words with the number behind them, as columns are called: *per90* of *per 90 minutes*."""
    return tuple(one + two for one, two in pairwise(said) if one.isalpha() and two.isdigit())


def _shares(said: Set[str], own: Name) -> bool:
    """Whether texts, by the stems of their words, may name an entry by a word of its own."""
    return any(_stem(word) in said for word in own)


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _stem(token: str) -> str:
    """Return how a word begins, however it is declined."""
    token = ALIKE.get(token, token)
    return token if token.isdigit() else token[:_STEM]
