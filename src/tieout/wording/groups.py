"""Names of groups beside numbers of other groups: *Renters spent $361.75* of an entry of owners.

Two entries are siblings that are called alike but for a name of one or two words. Where that is the name of a
group (a proper name, a number, a part of their ids too) it is enough that a clause names the other one and
the entry's own nowhere; of other words all that tell an entry from others have to be missing. Groups are
known from code too: *Adelie* of ``value_counts()["Adelie"]``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from tieout.ledger import Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numerals import Context, find
from tieout.wording.columns import Place as Cell
from tieout.wording.kin import (
    WORD,
    Name,
    Place,
    Sibling,
    differing,
    names_of,
    of_peers,
    of_rows,
    siblings_of,
    unit_of,
)
from tieout.wording.made import is_its_part
from tieout.wording.meant import initials, near, own_words, tokens
from tieout.wording.naming import (
    before_number,
    behind_number,
    heads,
    is_right_before,
    names_sibling,
    part_at,
    shares,
    stems,
    together,
)
from tieout.wording.peers import Peers
from tieout.wording.tabled import around_cell
from tieout.wording.twins import Twins

_OVER = lazily(r"[,;(]")  # what follows is of another number
_FROM = lazily(r"\bfrom(?: about| around| some| only| just)?\s*$")  # *with cost sharing it fell from* …
# A number that begins a clause is not of what was named before: *60% went by car, and 28% flew*.
_BEGINS = lazily(
    r"[,;] (?:and|but|while|whereas)\b ?"
    r"(?:(?:about|around|nearly|almost|only|just|some|another|over|under)\b ?)?$"
)
# *2,103 started a trial and 356 bought*: what stands between two numbers is of the first.
_GOES_ON = lazily(
    r"\b(?:and|but|while|whereas) ?"
    r"(?:(?:about|around|nearly|almost|only|just|some|another|over|under)\b ?)?$"
)
# What follows the number before is of that: *29% of the items sold are buns, they bring 14%*.
_THEIRS = lazily(
    r"^(?:of|in|for|at|among|on|by|from|to|during|under|with)\b[^,;:()]*?(?:[,;:(]|\b(?:and|but|while|whereas|yet)\b)"
)
# What follows a number and does not say what it is of: *10 drove and took no train*, *(10) outnumber them*.
_AWAY = lazily(
    r"\)|\b(?:and|but|while|whereas|or|before|after|until|since|than|to|into|when|where|if|as|that|which|who"
    r"|beside|behind|near|around|alongside|with(?:out)?|from)\b"
)
_OTHERS = lazily(r"\b(?:others?|rest|remain\w+|kinds?)\b", re.IGNORECASE)  # which may be the entry's own
_ELSEWHERE = lazily(r"\b(?:another|elsewhere)\b", re.IGNORECASE)
_ALL_BUT = lazily(r"\ball but (?:the )?$", re.IGNORECASE)  # the number is of none that are named
_NEAR = 8


@dataclass(frozen=True)
class Siblings:
    """For each entry the others that are called as it is but for one name.

    Parameters
    ----------
    others
        They, by the id of the entry.
    groups
        By file and name of a group, what those are called that stand beside it.
    entries
        All entries, by id.
    """

    others: Mapping[str, tuple[Sibling, ...]]
    groups: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def of(cls, ledger: Ledger, twins: Twins | None = None, peers: Peers | None = None) -> Siblings:
        """Find the entries of a ledger whose labels differ in one name."""
        held: dict[tuple[object, ...], dict[tuple[Name, str], Place]] = defaultdict(dict)
        places: dict[str, list[tuple[tuple[object, ...], Place]]] = defaultdict(list)
        capitals = {word for entry in ledger.values() for word in WORD.findall(entry.label)[1:]}
        for entry in ledger.values():
            for key, place in names_of(entry, capitals):
                held[key].setdefault((place.name, unit_of(entry)), place)
                places[entry.id].append((key, place))
        found: dict[str, dict[Name, Sibling]] = {}
        kin: dict[tuple[str, Name], dict[Name, Sibling]] = defaultdict(dict)
        for id, each in places.items():
            siblings = (sibling for key, place in each for sibling in siblings_of(place, held[key].values()))
            found[id] = {one.name: one for one in siblings}
            for one in found[id].values():
                if one.proper and one.name[0].isalpha():
                    kin[ledger.entries[id].path, one.own][one.name] = one
        for id, each in places.items():  # groups of the file that others are siblings by
            for _, place in each:
                for name, other in kin[place.entry.path, place.name].items() if place.proper else ():
                    beside = Sibling(other.id, name, place.name, True, True, False, other.coded)
                    found[id].setdefault(name, beside)
        labels = {id: ledger.entries[id].label for id in places}
        _join(found, {id: twins.twin(ledger.entries[id]) for id in places} if twins else {}, labels)
        called, groups = {id: tokens(ledger.entries[id].label) for id in found}, _groups(ledger, found)
        for id, known in found.items() if peers is not None else ():
            for one in of_peers(peers.beside(ledger.entries[id]) if peers else (), ledger.entries[id]):
                known.setdefault(one.name, one)
        return cls(
            {
                id: tuple(one for one in siblings.values() if not set(one.name) <= set(called[id]))
                for id, siblings in found.items()
            },
            groups,
            ledger.entries,
        )

    def beside(self, path: str, name: str) -> frozenset[str]:
        """Return what the groups are called that stand beside one in the entries of a file."""
        return self.groups.get((path, name.casefold()), frozenset())

    def exchanged(self, one: str, other: str) -> list[tuple[Name, Name]]:
        """Return the names of groups of two entries that could stand in each other's place."""
        theirs = {(each.name, each.own) for each in self.others.get(other, ()) if each.firm}
        own = ((each.own, each.name) for each in self.others.get(one, ()) if each.firm)
        return [names for names in own if names in theirs]

    def misplaced(self, entry: Entry, context: Context, cell: Cell | None = None) -> str:
        """Return in words why a clause speaks of a sibling of the entry; empty where it may speak of it.

        Parameters
        ----------
        cell
            The cell of a stored table that the entry repeats: the other rows are siblings too.
        """
        known = self.others.get(entry.id, ())
        names = {each.name for each in known}
        others = (*known, *(each for each in of_rows(cell) if each.name not in names))
        if not others or _ALL_BUT.search(context.clause[0]):
            return ""
        before, after = near(context)
        own_part = own_words(context)
        follows = len(own_part) < len(" ".join(context.clause[0].split()))
        if follows and (theirs := _THEIRS.match(own_part)):
            before = " ".join(own_part[theirs.end() :].split()[-_NEAR:])
        before, after = behind_number(before), before_number(_OVER.split(after)[0])
        goes_on = _GOES_ON.search(before) and len(before) < len(" ".join(context.clause[0].split()))
        if _FROM.search(before) or _BEGINS.search(before) or goes_on:
            before = ""
        said = stems(*map(tokens, (*context.clause, context.heading)))
        said |= stems(*(together(tokens(part)) for part in context.clause))
        said |= initials(tokens(context.clause[0])) | initials(tokens(context.clause[1]))
        is_told = any(shares(said, each.own) for each in others if len(each.own) == 1)
        labels = {token.text for part in context.clause for token in find(part) if token.kind == "label"}
        named: dict[Name, str] = {}
        for each in others:
            if each.name[0].isdigit() and each.name[0] not in labels:
                continue
            own = shares(said, each.own) if each.firm else is_told
            around = (part_at(before), _AWAY.split(after)[0]) if each.coded else (before, after)
            own = own and not is_right_before(before, after, each, context)
            own = own or (each.coded and _OTHERS.search(" ".join(context.clause)) is not None)
            own = own or _ELSEWHERE.search(" ".join(context.clause)) is not None
            if (
                own
                or not names_sibling(*around, each)
                or is_its_part(entry, each, self.entries.get(each.id), context)
            ):
                continue
            named[each.name] = each.id
        return _said(entry, named, "the clause")

    def mistabled(self, entry: Entry, context: Context) -> str:
        """Return in words why a number stands in the row or column of a sibling; empty where it may not."""
        others = [each for each in self.others.get(entry.id, ()) if each.firm]
        around = around_cell(context) if others and "|" in context.after else None
        if around is None:
            return ""
        said = stems(*map(tokens, (*around, *context.clause)))
        named = {
            each.name: each.id
            for each in others
            if any(heads(text, each) for text in around) and not shares(said, each.own)
        }
        return _said(entry, named, "its row or column")


def _join(found: dict[str, dict[Name, Sibling]], twins: Mapping[str, str], labels: Mapping[str, str]) -> None:
    """Add to the groups beside an entry those beside the cell of a table that it repeats.

    By no name that it is called itself: of two groups with one value either may be that cell.
    """
    of_cells = {id: dict(found[twin]) for id, twin in twins.items() if twin in found}
    for id, siblings in of_cells.items():
        called = stems(tokens(labels[id]), tokens(id))
        for name, one in siblings.items():
            if one.firm and one.id != id and not shares(called, one.name):
                found[id].setdefault(name, one)


def _groups(
    ledger: Ledger, found: Mapping[str, Mapping[Name, Sibling]]
) -> dict[tuple[str, str], frozenset[str]]:
    """Return for each name of a group those that stand in its place in other labels."""
    groups: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id, siblings in found.items():
        for one in siblings.values():
            known = one.firm or len(differing(id, one.id)) == 1
            if known and len(one.name) == len(one.own) == 1 and (one.name[0] + one.own[0]).isalpha():
                groups[ledger.entries[id].path, one.own[0]].add(one.name[0])
    return {key: frozenset(names) for key, names in groups.items()}


def _said(entry: Entry, named: Mapping[Name, str], where: str) -> str:
    if len(named) != 1:
        return ""
    ((name, other),) = named.items()
    told = f"as {other} is called" if other else "another group of its data"
    return f"is called “{entry.label}”, and {where} names {' '.join(name)}, {told}"
