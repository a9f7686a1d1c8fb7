"""Facts for tests, made in memory: what a table of rows would load as."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from tieout.data import Bibliography, Fact, Facts, Package, Work
from tieout.numbers import Quantity
from tieout.problems import InputError


def fact(
    id: str,
    value: str,
    unit: str,
    qualifier: str = "rounded",
    period: str = "",
    label: str = "",
    stated: str = "",
    source: str = "agency2026",
    resource: str = "table",
) -> Fact:
    """Return one fact; several stated forms are joined with ``|``."""
    forms = tuple(form.strip() for form in (stated or value).split("|"))
    places = tuple(f"1:p{number}" for number in range(1, len(forms) + 1))
    words = tuple(qualifier.split("+")) if unit != "text" else ()
    label = label or id.replace(".", " ")
    return Fact(
        id, label, value, unit, words, period, source, places, forms, {}, resource, "data/table.csv", 2
    )


def facts(rows: Iterable[Fact], works: Iterable[Work] = (), title: str = "Facts of Utopia") -> Facts:
    """Return facts by id, with a bibliography."""
    package = Package(Path(), "utopia", title, "0.1.0", (), (), "{}")
    return Facts({row.id: row for row in rows}, package, Bibliography({work.key: work for work in works}))


def work(key: str, line: int = 1, **fields: str) -> Work:
    """Return one work; its name and year are those of its key."""
    name, year = key.rstrip("0123456789"), key[-4:]
    given = {"year": year, "title": f"On {name}", **fields}
    return Work(key, "misc", (name.title(),), given, "bibliography.bib", line)


def lookup(known: Facts) -> Callable[[str], Quantity]:
    """Return what gives the quantity of an id."""

    def find(id: str) -> Quantity:
        quantity = known[id].quantity
        if quantity is None:
            raise InputError(f"{id} is text", id=id)
        return quantity

    return find
