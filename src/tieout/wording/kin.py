"""What tells an entry from others that are called alike, or picked alike by code: the name of a group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.wording.columns import Place as Cell
from tieout.wording.keys import keys
from tieout.wording.meant import is_name, tokens
from tieout.wording.timed import is_time
from tieout.wording.yesno import row

Name = tuple[str, ...]

WORD = lazily(r"[^\W_]+")
_LONGEST = 3
_TAIL = lazily(r"(?P<lead>[^,]*) (?P<joint>at|in|for|among|under|during|with) (?P<name>[^,()]+)")
_CODE = lazily(r"[A-Z]{1,3}\d{1,3}")  # *T3*, as turbines and beds are called
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


@dataclass(frozen=True)
class Sibling:
    """An entry that is called as another one but for a name, and what stands there of each.

    Parameters
    ----------
    id
        Of the entry; empty for a row of the table that a number is a cell of, which no entry records.
    firm
        Whether the name is that of a group.
    proper
        Whether it is a proper name or a number.
    alone
        Whether the label is nothing but that name.
    coded
        Whether it is known from code alone: prose may well call the group otherwise, *the smaller kind*.
    """

    id: str
    name: Name
    own: Name
    firm: bool
    proper: bool
    alone: bool
    coded: bool = False


@dataclass(frozen=True)
class Place:
    """A name in the label of an entry, or in its code.

    ``last`` where it is all behind the last comma, *Wait, St Anne's*; ``coded`` where code picks rows by it.
    """

    entry: Entry
    name: Name
    proper: bool
    last: bool = False
    coded: bool = False


def names_of(entry: Entry, capitals: Set[str]) -> Iterator[tuple[tuple[object, ...], Place]]:
    """Give the names in a label, each with what two labels share that differ in it alone."""
    written, said = WORD.findall(entry.label), tokens(entry.label)
    if entry.quantity is None:
        return
    yield from _of_last(entry)
    yield from _of_tail(entry)
    yield from _of_code(entry)
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
                yield (said[:start], said[start + size :], entry.path), Place(entry, name, proper)
            elif size == 1 and not name[0].isdigit():
                parts = entry.id.split(".")
                for at, part in enumerate(parts):
                    if name[0] in tokens(part):
                        key = ("", *parts[:at], "", *parts[at + 1 :], entry.path)
                        yield key, Place(entry, name, proper)


def _of_last(entry: Entry) -> Iterator[tuple[tuple[object, ...], Place]]:
    """Give what a label says behind its last comma, a proper name of up to three words, each a capital."""
    before, comma, last = entry.label.rpartition(", ")
    name, own = tokens(last), WORD.findall(last)
    is_proper = all(word[0].isupper() or len(word) == 1 for word in own)  # *St Anne's*
    if comma and 1 <= len(name) <= _LONGEST and is_proper and any(map(is_name, name)):
        yield (tokens(before), (), entry.path, "last"), Place(entry, name, True, True)


def _of_tail(entry: Entry) -> Iterator[tuple[tuple[object, ...], Place]]:
    """Give what a label says last, behind a preposition: *week 12* of *Mean score at week 12*."""
    found = _TAIL.fullmatch(entry.label)
    name = tokens(found["name"]) if found else ()
    is_short = 1 <= len(name) <= _LONGEST and not name[0].isdigit()
    if found and is_short and any(map(is_name, name)) and _VAGUE.isdisjoint(name):
        key = (tokens(found["lead"]), found["joint"], unit_of(entry), entry.path, "tail")
        yield key, Place(entry, name, True, True)


def _of_code(entry: Entry) -> Iterator[tuple[tuple[object, ...], Place]]:
    """Give the names of groups by which code picks an entry: *Adelie* of ``value_counts()["Adelie"]``."""
    for key in keys(entry):
        name = tokens(key.value) if isinstance(key.value, str) and key.column else ()
        if len(name) == 1 and len(name[0]) == 1:
            name = (*tokens(key.column)[-1:], *name)  # *variant A*
        if not 1 <= len(name) <= _LONGEST or not all(map(str.isalpha, name)) or is_time(key):
            continue
        if any(map(is_name, name)) and not _VAGUE.issuperset(name):
            proper = all(word[0].isupper() for word in WORD.findall(str(key.value)))
            yield (key.column, entry.path, "coded"), Place(entry, name, proper, coded=True)


def siblings_of(place: Place, others: Iterable[Place]) -> Iterator[Sibling]:
    """Give the entries that stand in one place with another: of one unit, unless their names are proper."""
    alone = tokens(place.entry.label) == place.name
    for other in others:
        if other.name == place.name or other.entry.id == place.entry.id:
            continue
        if place.coded:
            proper = place.proper and other.proper
            yield Sibling(other.entry.id, other.name, place.name, True, proper, alone=False, coded=True)
            continue
        proper = place.proper and (other.proper or alone)
        if not proper and unit_of(place.entry) != unit_of(other.entry):
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


def of_rows(cell: Cell | None) -> Iterator[Sibling]:
    """Give the other rows of the table that a number is a cell of, where all are called by words."""
    own = tokens(cell.row) if cell else ()
    for label, _ in cell.table.rows if cell and _is_called(own) else ():
        name = tokens(label)
        if name != own and _is_called(name):
            assert cell is not None
            proper = label[0].isupper() and cell.row[0].isupper()
            yield Sibling("", name, own, True, proper, alone=False, coded=True)


def of_peers(names: Iterable[tuple[str, str]], entry: Entry) -> Iterator[Sibling]:
    """Give the groups that stand beside an entry's own in its data, where all are called by words."""
    own_row = row(entry)
    for own, other in (*names, *([own_row.names] if own_row and own_row.names else ())):
        mine, name = tokens(own), tokens(other)
        is_coded = _CODE.fullmatch(own) is not None and _CODE.fullmatch(other) is not None
        if mine != name and (is_coded or (_is_called(mine) and _is_called(name))):
            yield Sibling("", name, mine, True, own[0].isupper() and other[0].isupper(), False, coded=True)


def _is_called(name: Name) -> bool:
    """Whether the label of a row is of words that prose says too."""
    is_short = 1 <= len(name) <= _LONGEST and all(map(str.isalpha, name))
    return is_short and any(map(is_name, name)) and not _VAGUE.issuperset(name)


def is_part(one: Entry, other: Entry, name: Name, theirs: Name) -> bool:
    """Whether the ids of two entries differ in one part alone, and their names of one word stand there."""
    apart = differing(one.id, other.id)
    if len(apart) != 1:
        return False
    a, b = map(tokens, apart[0])
    return len(name) > 1 or len(theirs) > 1 or (name[0] in a and theirs[0] in b)


def differing(one: str, other: str) -> list[tuple[str, str]]:
    """Return the parts in which two ids of as many parts differ; none where they have not as many."""
    first, second = one.split("."), other.split(".")
    if len(first) != len(second):
        return []
    return [each for each in zip(first, second, strict=True) if each[0] != each[1]]


def unit_of(entry: Entry) -> str:
    """Return the unit of an entry; empty for text."""
    return entry.quantity.unit if entry.quantity else ""
