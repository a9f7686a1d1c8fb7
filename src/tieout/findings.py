"""Findings: relations and references of the source that do not hold, in words for readers of the report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from tieout import datapackage
from tieout.datapackage import Package, Row
from tieout.facts import Facts
from tieout.problems import InputError, Problem
from tieout.relation import Outcome

FILE = "data/findings.csv"
NAME = "findings"
COLUMNS = ("id", "status", "reason")


@dataclass(frozen=True)
class Finding:
    """One thing in the source that does not hold.

    Parameters
    ----------
    id
        Its name, and its anchor on the page.
    title, text
        What is said of it: a heading in plain text, and paragraphs of Markdown.
    kind
        ``relation`` or ``reference``.
    status, reason
        Whether somebody has looked at it, and what they say.
    entries
        The ledger entries concerned.
    rank
        Its place among the findings, from 1: what more of the report depends on comes first.
    path, line
        Where what it is about stands.
    """

    id: str
    title: str
    text: str
    kind: Literal["relation", "reference"] = "relation"
    status: Literal["expected", "new"] = "new"
    reason: str = ""
    entries: tuple[str, ...] = ()
    rank: int = 0
    path: str = ""
    line: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as `ledger.json` holds it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "text": self.text,
            "status": self.status,
            "reason": self.reason,
            "entries": list(self.entries),
            "rank": self.rank,
        }


def collect(
    facts: Facts,
    outcomes: Iterable[Outcome],
    dependents: Callable[[str], int],
    expected: Mapping[str, str],
    cited: Collection[str],
) -> tuple[list[Finding], list[Problem]]:
    """Return the findings, the weightiest first, and what is wrong with the list of expected ones.

    Parameters
    ----------
    dependents
        How many entries and uses depend on an entry.
    expected
        The reason for each expected finding, by id.
    cited
        The works that the chapters cite.
    """
    return [], []


def read_expected(root: Path) -> Mapping[str, str]:
    """Return the reason for each finding that somebody has looked at, by id.

    Raises
    ------
    InputError
        The table cannot be read, or a row is wrong.
    """
    package = Package.load(root)
    resource = next((each for each in package.resources if each.name == NAME), None)
    if resource is None:
        return {}
    reasons: dict[str, str] = {}
    for row in datapackage.rows(resource, package.read(resource)):
        if not isinstance(row, Row):
            raise InputError([row])
        reasons[row.cells["id"]] = row.cells["reason"]
    return reasons
