"""Cells of listed tables, by their locators: `penguins.csv#12,mass`, `penguins.csv#species=Gentoo,mass`.

A row is a number, of the rows of data from 1, or a value of a column that one row alone has: `column=value`,
or the value by itself where the table has a primary key. A column is its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import PurePosixPath

from tieout.data.datapackage import FILE, FOLDER, Package, Resource, Row
from tieout.data.fact import Fact

_NUMBER = re.compile(r"[1-9][0-9]*")


class NoCell(ValueError):
    """A locator leads to no cell; what is wrong, in words, and what to do."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


def is_cell(locator: str) -> bool:
    """Whether a locator is of a table's cell, and not of a place in a text."""
    return "#" in locator


def in_words(locator: str) -> str:
    """Return a cell's place in words.

    Examples
    --------
    >>> in_words("penguins.csv#12,mass"), in_words("penguins.csv#species=Gentoo,mass")
    ('penguins.csv, row 12, column mass', 'penguins.csv, row with species Gentoo, column mass')
    """
    file, _, rest = locator.partition("#")
    row, comma, column = rest.rpartition(",")
    if not comma:
        return f"{file}, {rest}"
    key, equals, value = row.partition("=")
    said = f"row {row}" if not equals else f"row with {key.strip()} {value.strip()}"
    return f"{file}, {said}, column {column.strip()}"


@dataclass
class Cells:
    """The cells of a package's tables, each table read once."""

    package: Package
    _rows: dict[str, list[Row]] = field(default_factory=dict)

    def text(self, locator: str) -> str:
        """Return what stands in a cell, as plain CSV has it.

        Raises
        ------
        NoCell
            There is no such table, row or column, or several rows.
        """
        file, _, rest = locator.partition("#")
        table = self._table(file.strip())
        row, column = self._split(table, rest)
        return self._row(table, row).cells[column]

    def _table(self, name: str) -> Resource:
        found: dict[str, Resource] = {}
        for each in self.package.resources:
            path = PurePosixPath(each.path).relative_to(FOLDER).as_posix()
            found |= {path: each, each.name: each, each.path: each}
        if name not in found:
            near = get_close_matches(name, found, n=1)
            hint = f"did you mean {near[0]}?" if near else f"add it: tieout data --add {FOLDER}/{name}"
            raise NoCell(f"{FILE} lists no table {name!r}", hint)
        return found[name]

    def _split(self, table: Resource, rest: str) -> tuple[str, str]:
        for column in sorted(table.columns, key=len, reverse=True):
            if rest.rstrip().endswith(column) and rest.rstrip()[: -len(column)].rstrip().endswith(","):
                return rest.rstrip()[: -len(column)].rstrip()[:-1].strip(), column
        given = rest.rpartition(",")[2].strip()
        near = get_close_matches(given, table.columns, n=1)
        hint = f"did you mean {near[0]}?" if near else f"its columns are {', '.join(table.columns)}"
        raise NoCell(f"{table.path} has no column {given!r}", hint)

    def _row(self, table: Resource, said: str) -> Row:
        rows = self._read(table)
        if _NUMBER.fullmatch(said):
            if int(said) > len(rows):
                raise NoCell(
                    f"{table.path} has {len(rows)} rows of data, and no row {said}", "correct the row"
                )
            return rows[int(said) - 1]
        column, equals, value = said.partition("=")
        if not equals or column.strip() not in table.columns:
            if len(table.keys) != 1:
                hint = f"write a number, or a column and its value: {table.columns[0]}=…"
                raise NoCell(f"{said!r} is no row of {table.path}", hint)
            column, value = table.keys[0], said
        column, value = column.strip(), value.strip()
        found = [row for row in rows if row.cells[column] == value]
        if len(found) != 1:
            many = f"{len(found)} rows of {table.path} have" if found else f"no row of {table.path} has"
            near = get_close_matches(value, {row.cells[column] for row in rows}, n=1)
            hint = (
                "name the row by its number"
                if found
                else f"did you mean {near[0]}?"
                if near
                else "correct it"
            )
            raise NoCell(f"{many} {column} {value!r}", hint)
        return found[0]

    def _read(self, table: Resource) -> list[Row]:
        if table.name not in self._rows:
            self._rows[table.name] = [row for row in self.package.rows(table) if isinstance(row, Row)]
        return self._rows[table.name]


def agrees(fact: Fact, text: str) -> bool:
    """Whether a cell says what a fact says: the same number, or the same text."""
    if not fact.is_number:
        return " ".join(text.split()) == " ".join(fact.value.split())
    try:
        return Decimal(text) == Decimal(fact.value)
    except InvalidOperation:
        return text.strip() == fact.value


def of_texts(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """Return the facts that texts state, each without its places in tables."""
    found: dict[str, Fact] = {}
    for id, fact in facts.items():
        pairs = [pair for pair in zip(fact.locators, fact.stated, strict=True) if not is_cell(pair[0])]
        if pairs or not fact.locators:
            found[id] = fact if len(pairs) == len(fact.locators) else _at(fact, pairs)
    return found


def _at(fact: Fact, pairs: Sequence[tuple[str, str]]) -> Fact:
    return replace(fact, locators=tuple(each for each, _ in pairs), stated=tuple(each for _, each in pairs))
