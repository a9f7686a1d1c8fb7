"""The facts of a project: every value as its source states it, by id.

Loading looks at everything that a wrong number could hide behind, and says all that is wrong at once.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tieout.data import bibliography
from tieout.data.datapackage import FILE, Package, Resource
from tieout.data.fact import SEPARATOR, TEXT, Fact
from tieout.data.refresh import refresh
from tieout.data.tables import COLUMNS, Table, read_table
from tieout.data.words import Words, package_told, told
from tieout.numbers import UnknownUnit, register_units
from tieout.problems import InputError, Problem
from tieout.project import Files

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["COLUMNS", "SEPARATOR", "TEXT", "Fact", "Facts", "load", "refresh"]

MOST_SHOWN = 20


@dataclass(frozen=True)
class Facts(Mapping[str, Fact]):
    """Every fact of a project by id, in the order of the tables."""

    by_id: Mapping[str, Fact]
    package: Package
    bibliography: bibliography.Bibliography = field(repr=False)

    def __getitem__(self, id: str) -> Fact:
        try:
            return self.by_id[id]
        except KeyError:
            near = get_close_matches(id, self.by_id, n=3, cutoff=0.5)
            hint = f"did you mean {', '.join(near)}?" if near else "look it up in data/"
            raise InputError(f"there is no fact {id!r}", hint, id=id, rule="unknown-id") from None

    def __contains__(self, id: object) -> bool:
        return id in self.by_id

    def get(self, id: str, default: Any = None) -> Any:
        """Return a fact, or the default where there is none."""
        return self.by_id.get(id, default)

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_id)

    def __len__(self) -> int:
        return len(self.by_id)

    def rows(self, resource: str) -> list[Fact]:
        """Return the facts of one table, in its order.

        Raises
        ------
        InputError
            There is no such table.
        """
        self._known(resource)
        return [fact for fact in self.by_id.values() if fact.resource == resource]

    def frame(self, resource: str) -> pd.DataFrame:
        """Return one table as a data frame of text, indexed by id; ``quantity`` holds the numbers."""
        import pandas as pd

        found = self._known(resource)
        facts = self.rows(resource)
        own = [name for name in found.columns if name not in COLUMNS]
        columns: dict[str, list[Any]] = {
            "label": [fact.label for fact in facts],
            "value": [fact.value for fact in facts],
            "unit": [fact.unit for fact in facts],
            "qualifier": ["+".join(fact.qualifiers) for fact in facts],
            "period": [fact.period for fact in facts],
            "source": [fact.source for fact in facts],
            **{name: [fact.cells[name] for fact in facts] for name in own},
            "quantity": [fact.quantity for fact in facts],
        }
        return pd.DataFrame(columns, index=pd.Index([fact.id for fact in facts], name="id"))

    def _known(self, resource: str) -> Resource:
        tables = {each.name: each for each in self.package.resources if each.facts}
        if resource not in tables:
            near = get_close_matches(resource, tables, n=1)
            hint = f"did you mean {near[0]}?" if near else f"tables are {', '.join(tables)}"
            raise InputError(f"there is no table {resource!r}", hint, rule="unknown-table")
        return tables[resource]


@dataclass(frozen=True)
class Examined:
    """The tables of a package, looked at row by row, and the facts that nothing is wrong with."""

    package: Package
    tables: tuple[Table, ...]
    facts: Mapping[str, Fact]


def examine(package: Package, works: Container[str]) -> Examined:
    """Look at every row of a package.

    Parameters
    ----------
    works
        The keys of the bibliography.

    Raises
    ------
    InputError
        A unit that the package defines is malformed; what is wrong with rows, the tables say.
    """
    register(package)
    found: dict[str, Fact] = {}
    tables = tuple(read_table(package, resource, works, found) for resource in package.resources)
    return Examined(package, tables, found)


def validated(examined: Examined, works: bibliography.Bibliography) -> Facts:
    """Return the facts of a package.

    Raises
    ------
    InputError
        A table is missing or malformed, or a row is wrong: one problem for each mistake, with file, line and
        column.
    """
    problems = [problem for table in examined.tables for problem in table.problems]
    document, text = examined.package.document, examined.package.text
    if document.key and document.key not in works:
        what = f"`tieout: document` is {document.key!r}, which is no key of the bibliography"
        line = text.count("\n", 0, max(text.find('"document"'), 0)) + 1
        problems.append(Problem(what, "add the work, or correct the key", FILE, line, rule="document"))
    if problems:
        more = len(problems) - MOST_SHOWN
        if more > 0:
            problems = [*problems[:MOST_SHOWN], Problem(f"and {more} more like these", path=FILE)]
        raise InputError(problems)
    return Facts(examined.facts, examined.package, works)


def in_words(facts: Facts, words: Words) -> Facts:
    """Return facts as an edition tells them."""
    if not words.by_text:
        return facts
    by_id = {id: told(fact, words) for id, fact in facts.by_id.items()}
    return replace(facts, by_id=by_id, package=package_told(facts.package, words))


def load(root: Path, edition: str = "") -> Facts:
    """Read and validate the facts of a project, as an edition tells them.

    Raises
    ------
    InputError
        The package, a table or the bibliography is missing or malformed, or a row is wrong: one problem for
        each mistake, with file, line and column.
    """
    files = Files(root)
    works = bibliography.load(files)
    return in_words(validated(examine(Package.load(files), works), works), Words.load(files, edition))


def register(package: Package) -> None:
    """Make a package's own units known.

    Raises
    ------
    InputError
        A definition is malformed, or contradicts a unit that is known.
    """
    try:
        register_units(package.units)
    except UnknownUnit as error:
        line = package.text.count("\n", 0, max(package.text.find('"units"'), 0)) + 1
        raise InputError(str(error), "correct `tieout: units`", path=FILE, line=line, rule="unit") from None
