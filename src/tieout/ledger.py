"""The ledger: every fact and every recorded quantity of a report by id, with where each is shown and what is wrong.

It is computed from data and stored outputs alone; prose, tables, pages and checks refer to it and to nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

from tieout import facts as data
from tieout import findings, relations
from tieout.display import shown
from tieout.entries import PERIOD, Cell, Entry, Use
from tieout.facts import Fact, Facts
from tieout.findings import Finding
from tieout.lineage import inputs, leaves
from tieout.notebook import ENTRY, RELATION, Notebook
from tieout.passages import Sources
from tieout.problems import InputError, Problem
from tieout.project import Project
from tieout.quantity import Quantity, evaluate
from tieout.recording import bundle, read
from tieout.relations import Outcome, Relation
from tieout.uses import uses

RUN = "run `tieout execute`"
_CITED = re.compile(r"(?<![\w\\])@\{?(\w[\w:.#$%&+?<>~/-]*\w|\w)")


@dataclass(frozen=True)
class Recorded:
    """A quantity that a notebook recorded: its entry, and the output that holds it."""

    entry: Entry
    output: Mapping[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Ledger(Mapping[str, Entry]):
    """Every entry of a report by id: facts in the order of the data, then what notebooks recorded.

    Parameters
    ----------
    entries
        The entries, with their uses and findings.
    recorded
        What the notebooks recorded, as stored.
    outcomes, findings
        How the relations came out, and what is published of them.
    problems
        What is wrong with the recorded entries.
    finding_problems
        What is wrong with the list of expected findings: new ones, and stale ones.
    """

    project: Project
    facts: Facts
    sources: Sources
    entries: Mapping[str, Entry]
    recorded: tuple[Recorded, ...]
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    finding_problems: tuple[Problem, ...]
    unknown: Mapping[str, tuple[Use, ...]]

    @classmethod
    def load(cls, root: Path, project: Project | None = None) -> Ledger:
        """Compute the ledger of a project.

        Raises
        ------
        InputError
            The project, its data, its bibliography or a notebook cannot be read.
        """
        project = project or Project.load(root)
        known = data.load(project.root)
        sources = Sources.load(project.root, project)
        entries = {fact.id: _stated(fact) for fact in known.values()}
        recorded, declared, problems = _recorded(sources, entries)
        entries |= {each.entry.id: each.entry for each in recorded}
        used = uses(sources)
        entries = {id: replace(entry, used=used.get(id, ())) for id, entry in entries.items()}
        problems += _recomputed(recorded, entries)

        def lookup(id: str) -> Quantity:
            return _number(entries, id)

        outcomes = tuple(
            relations.evaluate(relation, lookup)
            for relation in relations.merged(declared, relations.discover(known), lookup)
        )
        expected = findings.read_expected(project.root)
        cited = _cited(sources, known)
        found, wrong = findings.collect(known, outcomes, _dependents(entries), expected, cited)
        concern: dict[str, list[str]] = defaultdict(list)
        for finding in found:
            for id in finding.entries:
                concern[id].append(finding.id)
        entries = {id: replace(entry, findings=tuple(concern[id])) for id, entry in entries.items()}
        unknown = {id: each for id, each in used.items() if id not in entries}
        return cls(
            project, known, sources, entries, tuple(recorded), outcomes, tuple(found), tuple(problems),
            tuple(wrong), unknown,
        )  # fmt: skip

    def __getitem__(self, id: str) -> Entry:
        if id not in self.entries:
            raise InputError(f"no ledger entry is called {id}", near(id, self.entries), id=id, rule="unknown")
        return self.entries[id]

    def __contains__(self, id: object) -> bool:
        return id in self.entries

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def resolve(self, id: str, column: str | None = None) -> Cell:
        """Return what a tie to an id, or to a column of its row, is bound to.

        Raises
        ------
        InputError
            There is no such entry, or its row has no such column.
        """
        entry = self[id]
        cell = entry.column(column)
        if cell is None:
            has = ", ".join(name for name, text in entry.cells.items() if text) or "its value only"
            raise InputError(f"{id} has no column {column}", f"it has {has}", id=id, rule="unknown")
        return cell

    def lookup(self, id: str) -> Quantity:
        """Return the number of an entry.

        Raises
        ------
        InputError
            There is no such entry, or it is text.
        """
        return _number(self.entries, id)

    @cached_property
    def dependents(self) -> Mapping[str, frozenset[str]]:
        """For each entry, those computed from it, directly or through others."""
        return _closure(self.entries)

    def to_json(self) -> dict[str, Any]:
        """Return the ledger as `ledger.json` holds it."""
        from tieout.publication import ledger_json

        return ledger_json(self)


def near(id: str, known: Mapping[str, Any]) -> str:
    """Return a hint that names the ids most like one that does not exist."""
    found = get_close_matches(id, known, n=3, cutoff=0.5)
    return f"did you mean {', '.join(found)}?" if found else "`tieout suggest` proposes ids for numbers"


def _number(entries: Mapping[str, Entry], id: str) -> Quantity:
    if id not in entries:
        raise InputError(f"no ledger entry is called {id}", near(id, entries), id=id, rule="unknown")
    quantity = entries[id].quantity
    if quantity is None:
        raise InputError(f"{id} is text, not a number", "take an entry with a number", id=id, rule="text")
    return quantity


def _stated(fact: Fact) -> Entry:
    own = {name: text for name, text in fact.cells.items() if text and name != "note"}
    cells = {"label": fact.label, **({PERIOD: fact.period} if fact.period else {}), **own}
    return Entry(
        id=fact.id,
        label=fact.label,
        kind="stated",
        text=fact.value,
        unit=fact.unit,
        quantity=fact.quantity,
        display=shown(fact),
        path=fact.path,
        line=fact.line,
        cells=cells,
        source=fact.source,
        locators=fact.locators,
        stated=fact.stated,
        note=fact.cells.get("note", ""),
    )


def _recorded(
    sources: Sources, stated: Mapping[str, Entry]
) -> tuple[list[Recorded], list[Relation], list[Problem]]:
    """Read what the notebooks stored: entries, relations, and what is wrong with their form."""
    found: dict[str, Recorded] = {}
    declared: list[Relation] = []
    problems: list[Problem] = []
    for name, notebook in sources.notebooks.items():
        for cell in notebook.code:
            for index, output in enumerate(cell.outputs):
                held = output.get("data", {})
                line = notebook.output_line(cell.index, (index,))
                place: dict[str, Any] = {"path": name, "line": line, "where": cell.name}
                if RELATION in held:
                    try:
                        declared.append(relations.declared(held[RELATION], name, line, cell.index + 1))
                    except ValueError as error:
                        problems.append(Problem(str(error), RUN, rule="relation", **place))
                if ENTRY not in held:
                    continue
                entry = _entry(held[ENTRY], notebook, name, cell.index, index)
                if isinstance(entry, str):
                    problems.append(Problem(entry, RUN, rule="entry", id=_id(held[ENTRY]), **place))
                    continue
                other = stated.get(entry.id) or (found[entry.id].entry if entry.id in found else None)
                if other:
                    what = f"{entry.id} is already the id of {other.path}:{other.line}"
                    hint = "give the quantity an id of its own"
                    problems.append(Problem(what, hint, rule="duplicate", id=entry.id, **place))
                else:
                    found[entry.id] = Recorded(entry, held)
    return list(found.values()), declared, problems


def _id(entry: Any) -> str | None:
    return str(entry["id"]) if isinstance(entry, Mapping) and "id" in entry else None


def _entry(given: Any, notebook: Notebook, name: str, cell: int, output: int) -> Entry | str:
    """Return the entry that an output stores, or in words why it is none."""
    try:
        quantity = read(given)
    except ValueError as error:
        return str(error)
    return Entry(
        id=str(quantity.id),
        label=str(quantity.label),
        kind=quantity.kind,
        text=f"{quantity.value:f}",
        unit=quantity.unit,
        quantity=quantity,
        display=str(given["display"]),
        path=name,
        line=notebook.output_line(cell, (output, "data", ENTRY)),
        cell=cell + 1,
        cells={"label": str(quantity.label)},
        formula=quantity.formula,
        note=str(given["note"]),
    )


def _recomputed(recorded: list[Recorded], entries: Mapping[str, Entry]) -> list[Problem]:
    """Compute every recorded quantity anew from its formula, and write its output anew: both must be as stored."""
    problems = []
    for each in recorded:
        entry, quantity = each.entry, each.entry.quantity
        assert quantity is not None
        place: dict[str, Any] = {"path": entry.path, "line": entry.line, "id": entry.id}
        wrong = _unlike(quantity, entries)
        if wrong:
            problems.append(Problem(f"{entry.id}: {wrong}", RUN, rule="recomputed", **place))
            continue
        anew = bundle(quantity, entry.display, entry.note)
        unlike = [mime for mime, value in anew.items() if each.output.get(mime) != value]
        if unlike:
            what = f"{entry.id}: the stored {unlike[0]} is not what the quantity gives"
            problems.append(Problem(what, RUN, rule="recomputed", **place))
    return problems


def _unlike(quantity: Quantity, entries: Mapping[str, Entry]) -> str | None:
    """Return in words how a stored quantity differs from its formula; None where it does not."""
    if quantity.formula is None:
        return None if quantity.kind == "assumed" else "it has no formula"
    if any(leaf.id == quantity.id for leaf in leaves(quantity.formula)):
        return "its formula names itself"
    try:
        anew = evaluate(quantity.formula, lambda id: _number(entries, id))
    except InputError as error:
        return error.problems[0].what
    except (ValueError, ArithmeticError, TypeError) as error:
        return f"its formula cannot be computed: {error}"
    for name, stored, computed in (
        ("value", quantity.value, anew.value),
        ("unit", quantity.unit, anew.unit),
        ("interval", quantity.interval, anew.interval),
        ("qualifier", quantity.qualifier, anew.qualifier),
    ):
        if stored != computed:
            return f"the {name} stored is {_said(stored)}, its formula gives {_said(computed)}"
    return None


def _said(value: Any) -> str:
    if hasattr(value, "low"):
        return f"{value.low} to {value.high}"
    return str(value)


def _cited(sources: Sources, known: Facts) -> set[str]:
    """Return the works that the chapters cite."""
    keys = known.bibliography.keys()
    said = {match[1] for passage in sources.passages for match in _CITED.finditer(passage.markdown)}
    nocite = sources.project.configuration.get("nocite", default="")
    said |= {match[1] for match in _CITED.finditer(str(nocite))}
    return {key for key in said if key in keys} if "*" not in said else set(keys)


def _closure(entries: Mapping[str, Entry]) -> dict[str, frozenset[str]]:
    above: dict[str, set[str]] = {id: set() for id in entries}
    for id, entry in entries.items():
        for input in inputs(entry.formula):
            if input in above:
                above[input].add(id)
    reached: dict[str, frozenset[str]] = {}
    for id in entries:
        seen: set[str] = set()
        waiting = list(above[id])
        while waiting:
            each = waiting.pop()
            if each not in seen:
                seen.add(each)
                waiting += above[each]
        reached[id] = frozenset(seen)
    return reached


def _dependents(entries: Mapping[str, Entry]) -> Any:
    """Return a function that counts what depends on an entry: its uses, and those of what is computed from it."""
    reached = _closure(entries)

    def count(id: str) -> int:
        if id not in entries:
            return 0
        return len(entries[id].used) + sum(1 + len(entries[other].used) for other in reached[id])

    return count
