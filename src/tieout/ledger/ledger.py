"""The ledger: every fact and every recorded quantity of a report by id, and where each is shown.

It is computed from data and stored outputs alone; prose, tables, pages and checks refer to nothing else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from tieout import findings, numerals, relations
from tieout.authoring import shown
from tieout.data import Fact, Facts, Package
from tieout.data.datapackage import FOLDER, digest
from tieout.data.fact import NOTE, PRECISION, QUOTATION
from tieout.findings import Finding
from tieout.ledger.entries import PERIOD, Cell, Entry, differs
from tieout.ledger.families import Families
from tieout.ledger.recorded import Recorded, near, number_of, read_recorded, recomputed
from tieout.machine.asked import hash_of
from tieout.machine.memory import Memory
from tieout.machine.store import key_of
from tieout.numbers import Quantity, inputs
from tieout.problems import InputError, Problem
from tieout.project import Project
from tieout.prose import FINDINGS, Sources, Use, keys, page_with, uses
from tieout.relations import Outcome
from tieout.workspace import Workspace

_NOCITE = re.compile(r"@\{?([\w:.-]*\w|\*)")
_RECORDING = re.compile(r"\.(?:record|assume|interval|table)\(")
_OF_TESTS = ("statistic", "p")  # what a test without an estimate has


@dataclass(frozen=True)
class Ledger(Mapping[str, Entry]):
    """Every entry of a report by id: facts in the order of the data, then what notebooks recorded.

    Parameters
    ----------
    workspace
        What it was computed from.
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
    unknown
        The uses of ids that no entry has.
    """

    workspace: Workspace
    entries: Mapping[str, Entry]
    recorded: tuple[Recorded, ...]
    outcomes: tuple[Outcome, ...]
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...]
    finding_problems: tuple[Problem, ...]
    unknown: Mapping[str, tuple[Use, ...]]

    @classmethod
    def load(cls, root: Path) -> Ledger:
        """Compute the ledger of the project in a folder; as `of`."""
        return cls.of(Workspace.load(root))

    @classmethod
    def of(cls, workspace: Workspace) -> Ledger:
        """Compute the ledger of a project.

        Raises
        ------
        InputError
            Its data, its bibliography or a chapter cannot be read.
        """
        known, sources = workspace.facts, workspace.sources
        lang = workspace.project.lang
        entries = _all_stated(known, lang, workspace.project.files.memory)
        recorded, declared, problems = read_recorded(sources, entries)
        entries |= {each.entry.id: each.entry for each in recorded}
        used = uses(sources)
        entries = {id: replace(entry, used=used.get(id, ())) for id, entry in entries.items()}
        problems += recomputed(recorded, entries)

        def lookup(id: str) -> Quantity:
            return number_of(entries, id)

        numbers = [each.entry.quantity for each in recorded if each.entry.quantity]
        outcomes = tuple(
            relations.as_recorded(relations.evaluate(relation, lookup), numbers)
            for relation in relations.merged(declared, relations.discover(known), lookup)
        )
        expected = findings.read_expected(workspace.package)
        cited = _cited(sources, known)
        found, wrong = findings.collect(known, outcomes, _dependents(entries), expected, cited, lang)
        told = page_with(sources, FINDINGS)
        if told:
            made = {each.id: each for finding in found for each in _made(finding, lang)}
            entries |= {id: each for id, each in made.items() if id not in entries}
        else:
            made = {}
        agrees = _agrees(entries, lang)
        found = [
            findings.in_words(findings.tied_where(finding, agrees), workspace.words.by_text)
            for finding in found
        ]
        if told:
            used = uses(sources, [text for finding in found for text in (finding.heading, finding.text)])
        needed = _with_inputs(made, used)
        entries = {
            id: replace(entry, used=used.get(id, ()))
            for id, entry in entries.items()
            if id not in made or id in needed
        }
        concern: dict[str, list[str]] = defaultdict(list)
        for finding in found:
            for id in finding.entries:
                concern[id].append(finding.id)
        entries = {id: replace(entry, findings=tuple(concern[id])) for id, entry in entries.items()}
        unknown = {id: each for id, each in used.items() if id not in entries}
        nothing = not entries and not known.package.text
        kept = any((workspace.root / FOLDER).glob("*.csv")) and not _records(sources)
        if unknown and nothing and kept:
            Package.load(workspace.project.files)  # says that it is missing, which is why nothing is known
        return cls(
            workspace, entries, tuple(recorded), outcomes, tuple(found), tuple(problems),
            tuple(wrong), unknown,
        )  # fmt: skip

    @property
    def project(self) -> Project:
        """The project."""
        return self.workspace.project

    @property
    def facts(self) -> Facts:
        """What the data state."""
        return self.workspace.facts

    @property
    def sources(self) -> Sources:
        """The text that readers see."""
        return self.workspace.sources

    def __getitem__(self, id: str) -> Entry:
        if id not in self.entries:
            of_test = next((f"{id}.{part}" for part in _OF_TESTS if f"{id}.{part}" in self.entries), "")
            hint = f"a test has no estimate: tie to {of_test}" if of_test else near(id, self.entries)
            raise InputError(f"no ledger entry is called {id}", hint, id=id, rule="unknown")
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
        return cell if cell.quantity is None else replace(cell, family=self.families.of(id))

    def lookup(self, id: str) -> Quantity:
        """Return the number of an entry.

        Raises
        ------
        InputError
            There is no such entry, or it is text.
        """
        return number_of(self.entries, id)

    def number(self, key: str) -> Quantity | None:
        """Return the number that a tie's target shows; None for text, another column, or nothing known."""
        entry = self.entries.get(key)
        return entry.quantity if entry is not None else None

    @cached_property
    def families(self) -> Families:
        """The families of its entries."""
        return Families(self.entries)

    @cached_property
    def fingerprint(self) -> str:
        """The hash of what entries follow from: data, works, configuration, code and outputs, not prose."""
        files, package = self.project.files, self.workspace.package
        names = [
            *self.project.configuration.files,
            *map(str, self.project.bibliography),
            *(each.path for each in package.resources),
        ]
        found = [[name, digest(files.bytes(name))] for name in names if files.exists(name)]
        code = [
            [path, [hash_of(cell) for cell in notebook.data["cells"] if cell.get("cell_type") == "code"]]
            for path, notebook in self.sources.notebooks.items()
        ]
        return key_of(package.text, found, code)

    @cached_property
    def dependents(self) -> Mapping[str, frozenset[str]]:
        """For each entry, those computed from it, directly or through others."""
        return _closure(self.entries)


def _agrees(entries: Mapping[str, Entry], lang: str) -> findings.Agrees:
    """Return whether what a tie shows agrees with its entry, wherever it stands."""

    def agrees(shown: str, id: str, column: str | None) -> bool:
        cell = entries[id].column(column) if id in entries else None
        if cell is None:
            return False
        if cell.quantity is None:
            return not differs(shown, cell.text, lang)
        return numerals.judged(shown, cell.quantity, lang, numerals.NOTHING) is None

    return agrees


def _made(finding: Finding, lang: str) -> Iterator[Entry]:
    """Give the numbers that a finding computes itself as entries; a stated form has its fact's source."""
    for made in finding.made:
        quantity, fact = made.quantity, made.fact
        assert quantity.id and quantity.label
        form = quantity.like if fact else None
        yield Entry(
            id=quantity.id,
            label=quantity.label,
            kind="stated" if fact else "derived",
            text=f"{quantity.value:f}",
            unit=quantity.unit,
            quantity=quantity,
            display=form or shown(quantity, lang=lang),
            path=finding.path,
            line=finding.line or 1,
            cell=finding.cell,
            cells={"label": quantity.label},
            formula=quantity.formula,
            source=fact.source if fact else "",
            locators=fact.locators[made.place : made.place + 1] if fact else (),
            stated=(form,) if form else (),
            note=made.note,
        )


def _with_inputs(made: Mapping[str, Entry], used: Mapping[str, object]) -> frozenset[str]:
    """Return which entries of findings are shown, or stand in the formula of one that is."""
    waiting, needed = [id for id in made if id in used], set[str]()
    while waiting:
        id = waiting.pop()
        if id not in needed:
            needed.add(id)
            waiting += [each for each in inputs(made[id].formula) if each in made]
    return frozenset(needed)


def _all_stated(known: Facts, lang: str, memory: Memory) -> dict[str, Entry]:
    """Return the entries of facts, made once of the same."""
    key = ("stated", id(known), lang)  # they are held: no others have their identity then
    _, entries = memory.made(key, lambda: (known, {fact.id: _stated(fact, lang) for fact in known.values()}))
    return dict(entries)


def _stated(fact: Fact, lang: str) -> Entry:
    apart = (NOTE, PRECISION, QUOTATION)
    own = {name: text for name, text in fact.cells.items() if text and name not in apart}
    cells = {"label": fact.label, **({PERIOD: fact.period} if fact.period else {}), **own}
    return Entry(
        id=fact.id,
        label=fact.label,
        kind="stated",
        text=fact.value,
        unit=fact.unit,
        quantity=fact.quantity,
        display=shown(fact, lang=lang),
        path=fact.path,
        line=fact.line,
        cells=cells,
        source=fact.source,
        locators=fact.locators,
        stated=fact.stated,
        note=fact.cells.get(NOTE, ""),
        quotation=fact.quotation,
    )


def _records(sources: Sources) -> bool:
    """Whether a notebook's code records, be it that it has not been run yet."""
    return any(_RECORDING.search(cell.source) for each in sources.notebooks.values() for cell in each.code)


def _cited(sources: Sources, known: Facts) -> set[str]:
    """Return the works that the chapters cite."""
    works = known.bibliography.keys()
    said = {key for _, found in keys(sources) for key, _ in found}
    said |= set(_NOCITE.findall(str(sources.project.configuration.get("nocite", default=""))))
    return set(works) if "*" in said else said & works


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


def _dependents(entries: Mapping[str, Entry]) -> Callable[[str], int]:
    """Return a function that counts what depends on an entry: its uses, and those of what follows from it."""
    reached = _closure(entries)

    def count(id: str) -> int:
        if id not in entries:
            return 0
        return len(entries[id].used) + sum(1 + len(entries[other].used) for other in reached[id])

    return count
