"""Groups that the data name and the report does not record: *Abbey Lane*, where *Mill Hill* is a shop.

They are the other texts of the column that has the name of an entry, in a table of text that its notebook
read, or the columns that are called as its own but for the first word, *member_rides* and *casual_rides*. A
table is read only while it holds what it held when the notebook read it.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tieout.ledger import Entry, Ledger
from tieout.problems import InputError
from tieout.wording.keys import keys
from tieout.wording.meant import tokens

_LARGEST = 5_000_000  # bytes of a table that is read
_MANY = 40  # texts of a column that names groups, at most
_SHARED = 4  # letters of what two columns are called alike by, at least: no unit


@dataclass(frozen=True)
class Named:
    """What a table names.

    Parameters
    ----------
    heads
        What its columns are called.
    groups
        The texts of each column that has few.
    """

    heads: tuple[str, ...]
    groups: Mapping[str, frozenset[str]]


def unchanged(ledger: Ledger) -> tuple[tuple[str, str], ...]:
    """Return the tables that notebooks read and that hold what they held then, each with its hash."""
    read = {
        (each.path, each.sha256)
        for entry in ledger.values()
        for each in entry.reads
        if each.rows is not None and each.bytes <= _LARGEST and _is_inside(each.path)
    }
    return tuple((path, known) for path, known in sorted(read) if _hash(ledger, path) == known)


def _hash(ledger: Ledger, path: str) -> str:
    """Return the hash of a file of the project; empty where it is not there."""
    files = ledger.project.files
    try:
        return hashlib.sha256(files.bytes(path)).hexdigest() if files.exists(path) else ""
    except InputError:
        return ""  # a link that leads out of the project


@dataclass(frozen=True)
class Peers:
    """What the tables name that notebooks read, by the path of each and its hash."""

    tables: Mapping[tuple[str, str], Named]

    @classmethod
    def of(cls, ledger: Ledger) -> Peers:
        """Read the tables of text of a ledger."""
        files = ledger.project.files
        return cls({(path, known): _named(path, files.bytes(path)) for path, known in unchanged(ledger)})

    def beside(self, entry: Entry) -> Iterator[tuple[str, str]]:
        """Give the names of an entry's own group and of another one that stands beside it in its data."""
        tables = [
            table for each in entry.reads if (table := self.tables.get((each.path, each.sha256))) is not None
        ]
        called = [(entry.label.rpartition(", ")[2], "")]
        called += [(key.value, key.column) for key in keys(entry) if isinstance(key.value, str)]
        for own, column in dict.fromkeys(called):
            found = {
                (name, groups) for table in tables for name, groups in table.groups.items() if own in groups
            }
            ours = {groups for name, groups in found if name == column} or {groups for _, groups in found}
            if len(ours) == 1:
                yield from ((own, other) for other in sorted(ours.pop()) if other != own)
            yield from _columns(own, [table.heads for table in tables])


def _columns(own: str, tables: Sequence[Sequence[str]]) -> Iterator[tuple[str, str]]:
    """*Member* and *casual*, of the columns member_rides and casual_rides."""
    called = tokens(own.replace("_", " "))
    for heads in tables:
        named = [tokens(head.replace("_", " ")) for head in heads]
        if len(called) < 2 or called not in named or len(called[-1]) < _SHARED:
            continue
        for other in named:
            if other != called and len(other) == len(called) and other[1:] == called[1:]:
                yield called[0], other[0]


def _is_inside(path: str) -> bool:
    return ": " not in path and not path.startswith("../")


def _named(path: str, held: bytes) -> Named:
    try:
        text = held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Named((), {})
    first = text.split("\n", 1)[0]
    mark = max(("\t", ";", ","), key=first.count)
    try:
        rows = csv.reader(text.splitlines(), delimiter=mark)
        heads = tuple(next(rows, ()))
        groups: dict[str, set[str]] = {head: set() for head in heads}
        for row in rows:
            for head, cell in zip(heads, row, strict=False):
                if head in groups:
                    groups[head].add(cell)
                    if len(groups[head]) > _MANY:
                        del groups[head]
    except csv.Error:
        return Named((), {})
    return Named(
        heads, {head: frozenset(texts) - {""} for head, texts in groups.items() if _are_names(texts)}
    )


def _are_names(texts: set[str]) -> bool:
    """Whether the texts of a column are words."""
    said = texts - {""}
    return len(said) > 1 and all(any(map(str.isalpha, each)) for each in said)
