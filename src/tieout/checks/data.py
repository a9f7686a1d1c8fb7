"""The data check: the package says what its tables hold, and they hold it.

Frictionless looks at what a data package is to everyone, the loader at what a fact is to a report; a mistake
that both see is said once, in the loader's words.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from tieout.data import Fact, Field, Package
from tieout.data.datapackage import FILE, FOLDER, digest
from tieout.data.formats import described as reading
from tieout.data.located import is_cell
from tieout.data.sourcetext import LOCATOR
from tieout.data.tables import Table
from tieout.problems import Count, InputError, Problem, Report
from tieout.workspace import Workspace

MOST_ROWS = 200_000  # of a table are looked at one by one


def check(workspace: Workspace) -> Report:
    """Look at every table of the data package: schema, hashes, ids, units, citations, places.

    Raises
    ------
    InputError
        The package's descriptor cannot be read.
    """
    examined = workspace.examined
    if not examined.package.text:
        return Report("data", (), (), [f"there is no {FILE}: the project has no facts"])
    problems = list(workspace.bibliography_problems)
    for table in examined.tables:
        problems += table.problems
        problems += _ranks(table)
    problems += [problem for fact in examined.facts.values() for problem in _fact_problems(fact)]
    told = _told(problems)
    found = _validated(workspace)
    problems += [each for each in found if not _is_told(each, told)]
    return Report("data", _counts(examined.tables, problems), problems)


def _counts(tables: Sequence[Table], problems: Sequence[Problem]) -> list[Count]:
    wrong = {(problem.path, problem.line) for problem in problems if problem.severity == "error"}
    files = {path for path, _ in wrong}
    lines = {True: 0, False: 0}
    facts = {True: 0, False: 0}
    for table in tables:
        for line in table.lines:
            good = (table.resource.path, line) not in wrong
            lines[good] += 1
            facts[good] += table.resource.facts
    intact = sum(not table.broken and table.resource.path not in files for table in tables)
    return [
        Count("tables as the package describes them", intact, len(tables)),
        Count("rows in order", lines[True], sum(lines.values())),
        Count("facts with unit, source and place", facts[True], sum(facts.values())),
    ]


def _fact_problems(fact: Fact) -> Iterator[Problem]:
    """Give what the loader lets pass: places that are not written as places."""
    for locator in fact.locators:
        if not is_cell(locator) and not LOCATOR.fullmatch(locator):
            hint = "write section and place, 2:p1, 3.1:t1:r2:c3, 2:d1:l4, 6.2:b1, or a cell, data.csv#12,mass"
            what = f"{locator!r} is not a place"
            yield Problem(what, hint, fact.path, fact.line, fact.id, "locator", "column locator")


def _ranks(table: Table) -> Iterator[Problem]:
    """Hold ranks against the scale that they count."""
    fields = {field.name: field for field in table.resource.fields}
    for field in fields.values():
        if field.rank_of is None:
            continue
        scale = _scale(fields.get(field.rank_of))
        if not scale:
            what = f"{field.name} ranks {field.rank_of!r}, which is no column with an enum"
            hint = "name the column with the scale in `tieout: rankOf`"
            yield Problem(what, hint, FILE, table.resource.line, rule="schema")
            continue
        for row in table.rows:
            rating, rank = row.cells[field.rank_of], row.cells[field.name]
            wanted = scale.get(rating, "" if not rating else rank)
            if rank != wanted:
                what = f"{rating or 'no rating'} has the rank {wanted or 'none'}, not {rank or 'none'}"
                place = f"column {field.name}"
                hint = f"correct it, or the order in {FILE}"
                id = row.cells.get("id")
                yield Problem(what, hint, table.resource.path, row.line, id, "rank", place)


def _scale(field: Field | None) -> Mapping[str, str]:
    rules = field.constraints if field else None
    return {str(step): str(place) for place, step in enumerate((rules or {}).get("enum", ()), start=1)}


def _told(problems: Sequence[Problem]) -> Mapping[tuple[str | None, int | None], set[str]]:
    told: dict[tuple[str | None, int | None], set[str]] = defaultdict(set)
    for problem in problems:
        told[problem.path, problem.line].add(problem.where)
    return told


def _is_told(problem: Problem, told: Mapping[tuple[str | None, int | None], set[str]]) -> bool:
    """Whether the loader has said it: a mistake in the same cell, or one about either whole row."""
    places = told.get((problem.path, problem.line), set())
    return bool(places) and (not problem.where or "" in places or problem.where in places)


def _validated(workspace: Workspace) -> list[Problem]:
    """Return what Frictionless finds, asked once for the same tables."""
    package, tables = workspace.package, workspace.examined.tables
    whole = [[each.resource.path, digest(package.read(each.resource))] for each in tables if not each.broken]

    def found() -> list[dict[str, Any]]:
        return [each.as_dict() for each in _frictionless(package, tables)]

    parts = {FILE: package.text, **dict(whole)}
    kept = workspace.project.steps.take("schema", [package.text, whole], found, FILE, parts)
    return [Problem(**each) for each in kept]


def _frictionless(package: Package, tables: Sequence[Table]) -> Iterator[Problem]:
    """Give what Frictionless finds in the tables that can be read; hashes the loader has compared."""
    import frictionless  # it takes longer than the rest of the check

    whole = {table.resource.name: table for table in tables if not table.broken}
    given = _described(package, set(whole))
    if not given["resources"]:
        return
    try:
        described = frictionless.Package.from_descriptor(given, basepath=str(package.files.root / FOLDER))
        for each in list(described.resources):  # the bytes are at hand: no file is read twice
            resource = whole[each.name].resource
            read = reading(
                {**resource.descriptor, **each.to_descriptor()}, resource.path, package.read(resource)
            )
            described.set_resource(read)
        report = described.validate(limit_rows=MOST_ROWS)
    except InputError as unread:  # what a large table needs to be read
        yield from unread.problems
        return
    except frictionless.FrictionlessException as stop:
        yield Problem(_words(stop.error), "correct the descriptor", FILE, 1, rule="descriptor")
        return
    for error in report.errors:
        yield Problem(_words(error), "correct the descriptor", FILE, 1, rule="descriptor")
    for task in report.tasks:
        for error in task.errors:
            yield _translated(error, whole[task.name])


def _described(package: Package, names: Container[str]) -> dict[str, Any]:
    """Return the descriptor without tables that cannot be read, and without what would be fetched."""
    given = json.loads(package.text)
    kept = []
    for resource, each in zip(package.resources, given["resources"], strict=True):
        if resource.name in names:
            each = {key: value for key, value in each.items() if key not in ("hash", "bytes", "profile")}
            keys = each["schema"].get("foreignKeys", [])
            targets = [key.get("reference", {}).get("resource", "") for key in keys]
            kept_keys = [key for key, name in zip(keys, targets, strict=True) if name == "" or name in names]
            each["schema"] = {**each["schema"], "foreignKeys": kept_keys}
            kept.append({"name": resource.name, **each})
    return {**{key: value for key, value in given.items() if key != "profile"}, "resources": kept}


def _translated(error: Any, table: Table) -> Problem:
    number = getattr(error, "row_number", None)
    line = table.lines[number - 2] if number and 2 <= number < len(table.lines) + 2 else 1
    names = getattr(error, "field_names", None)
    column = getattr(error, "field_name", "") or (names[0] if names else "")
    cells = {row.line: row.cells for row in table.rows}.get(line, {})
    place = f"column {column}" if column else ""
    hint = f"correct it, or the schema in {FILE}"
    return Problem(_words(error), hint, table.resource.path, line, cells.get("id"), "schema", place)


def _words(error: Any) -> str:
    return f"{error.type.replace('-', ' ')}: {' '.join(str(error.note or error.message).split())}"
