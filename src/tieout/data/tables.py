"""Tables of the data package become facts: each row, looked at column by column, is a fact or a problem."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from tieout.data.datapackage import FILE, Package, Resource, Row
from tieout.data.fact import LEVEL, NOTE, PRECISION, QUOTATION, SEPARATOR, TEXT, Fact
from tieout.data.located import is_cell
from tieout.numbers import EXACT, UnknownUnit, canonical, figures_of
from tieout.problems import InputError, Problem

COLUMNS = ("id", "label", "value", "unit", "qualifier", "period", "source", "locator", "stated")
QUALIFIERS = ("exact", "rounded", "approx", "at-least", "at-most", "projected", "target")
LONGEST_QUOTATION = 10
ID = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_LEVEL = re.compile(r"\d{1,2}(?:\.\d+)?\s*%?")
PERIOD = re.compile(r"([12]\d{3})(?:/([12]\d{3}))?")


@dataclass(frozen=True)
class Table:
    """One table as far as it could be read.

    Parameters
    ----------
    rows
        Its rows that have the schema's columns.
    lines
        The line of each row, the malformed ones included.
    problems
        One for each mistake. A changed hash is one only where nothing else is wrong: it follows from every
        other.
    broken
        Whether the file as a whole is not the table that it should be.
    """

    resource: Resource
    rows: tuple[Row, ...] = ()
    lines: tuple[int, ...] = ()
    problems: tuple[Problem, ...] = ()
    broken: bool = False


def read_table(package: Package, resource: Resource, works: Container[str], found: dict[str, Fact]) -> Table:
    """Read a table, and add its facts to those found.

    Parameters
    ----------
    works
        The keys of the bibliography.
    found
        The facts of the tables before it; ids are unique over all of them.
    """
    missing = [name for name in COLUMNS if name not in resource.columns] if resource.facts else []
    if missing:
        what = f"the schema of {resource.name} has no column {missing[0]!r}"
        hint = f"every table of facts has {', '.join(COLUMNS)}"
        return Table(resource, problems=(Problem(what, hint, FILE, resource.line, rule="schema"),))
    if resource.is_large:
        stale = package.known(resource, package.read(resource))
        return Table(resource, problems=(stale,) if stale else ())
    problems: list[Problem] = []
    rows: list[Row] = []
    lines: list[int] = []
    seen: dict[tuple[str, str], int] = {}
    try:
        for row in package.rows(resource):
            lines.append(row.line or 1)
            if isinstance(row, Row):
                rows.append(row)
            wrong = row if isinstance(row, Problem) else _against_schema(resource, row, seen)
            if wrong is None and resource.facts and isinstance(row, Row):
                fact = _fact(resource, row)
                wrong = _wrong(fact, works, found)
                if wrong is None:
                    found[fact.id] = fact
            if wrong is not None:
                problems.append(wrong)
    except InputError as error:
        return Table(resource, problems=(*problems, *error.problems), broken=True)
    stale = package.known(resource, package.read(resource))
    if stale and not problems:
        problems = [stale]
    return Table(resource, tuple(rows), tuple(lines), tuple(problems))


def _against_schema(resource: Resource, row: Row, seen: dict[tuple[str, str], int]) -> Problem | None:
    for column in resource.fields:
        cell = row.cells[column.name]
        what = column.wrong(cell)
        rule, hint = "schema", f"correct it, or the schema in {FILE}"
        if what is None and column.unique and cell:
            first = seen.setdefault((column.name, cell), row.line)
            if first != row.line:
                what, rule = f"{cell} stands already on line {first}", "duplicate"
                hint = "give each row its own"
        if what is not None:
            place = f"column {column.name}"
            return Problem(what, hint, resource.path, row.line, row.cells.get("id") or None, rule, place)
    return None


def _fact(resource: Resource, row: Row) -> Fact:
    cell = row.cells
    locators = tuple(cell["locator"].split(SEPARATOR)) if cell["locator"] else ()
    stated = tuple(cell["stated"].split(SEPARATOR)) if cell["stated"] else ()
    texts = iter(stated)
    if len(stated) == sum(not is_cell(each) for each in locators) and len(stated) < len(locators):
        # A cell of a table needs no form: it states the value as it stands there.
        stated = tuple(cell["value"] if is_cell(each) else next(texts) for each in locators)
    return Fact(
        id=cell["id"],
        label=cell["label"],
        value=cell["value"],
        unit=cell["unit"],
        qualifiers=tuple(cell["qualifier"].split("+")) if cell["qualifier"] else (),
        period=cell["period"],
        source=cell["source"],
        locators=locators,
        stated=stated,
        cells={name: text for name, text in cell.items() if name not in COLUMNS},
        resource=resource.name,
        path=resource.path,
        line=row.line,
    )


def _wrong(fact: Fact, works: Container[str], found: Mapping[str, Fact]) -> Problem | None:
    """Return the first thing wrong with a fact, in the order of the columns."""
    for look in (_wrong_name, _wrong_number, _wrong_precision, _wrong_place):
        wrong = look(fact)
        if wrong:
            break
    else:
        wrong = _taken(fact, found) or _unknown_source(fact, works)
    if wrong is None:
        return None
    column, what, hint, rule = wrong
    return Problem(what, hint, fact.path, fact.line, fact.id or None, rule, f"column {column}")


Wrong = tuple[str, str, str, str]


def _wrong_name(fact: Fact) -> Wrong | None:
    if not ID.fullmatch(fact.id):
        hint = "use lower case, digits, dots and hyphens: market.2024"
        return "id", f"{fact.id!r} is not an id" if fact.id else "is empty", hint, "id"
    if not fact.label:
        return "label", "is empty", "say what the value is", "required"
    if not fact.value:
        return "value", "is empty", "state the value", "required"
    return None


def _taken(fact: Fact, found: Mapping[str, Fact]) -> Wrong | None:
    if fact.id not in found:
        return None
    other = found[fact.id]
    what = f"{fact.id} is already the id of {other.path}:{other.line}"
    return "id", what, "give each fact its own id", "duplicate"


def _is_level(text: str) -> bool:
    return bool(_LEVEL.fullmatch(text.strip())) and Decimal(text.strip().rstrip("% ")) > 0


def _wrong_number(fact: Fact) -> Wrong | None:
    if fact.period and not _is_period(fact.period):
        hint = "write a year, 2030, or the first and the last, 2024/2030"
        return "period", f"{fact.period!r} is not a year", hint, "period"
    if not fact.is_number:
        hint = "leave it empty, or give the value its unit"
        return ("qualifier", "text has no precision", hint, "qualifier") if fact.qualifiers else None
    ends = figures_of(fact.value)
    if len(ends) == 1 and not NUMBER.fullmatch(fact.value):
        hint = f"write digits with a point, a range as 1.2-3.4 or -0.3 to 0.5, or make the unit `{TEXT}`"
        return "value", f"{fact.value!r} is not a number", hint, "type"
    level = fact.cells.get(LEVEL, "")
    if level and not _is_level(level):
        return LEVEL, f"{level!r} is no level of confidence", "give it in per cent, 95", "type"
    if level and len(ends) == 1:
        return LEVEL, "is of a range, and the value is one number", "leave it empty", "type"
    if Decimal(ends[-1]) < Decimal(ends[0]):
        return "value", f"the range {fact.value} runs down", "write the lower end first", "type"
    if not fact.unit:
        return "unit", "is empty", "name the unit; 1 is a pure number", "unit"
    try:
        canonical(fact.unit)
    except UnknownUnit as error:
        hint = f"correct it, or add it to `tieout: units` in {FILE}"
        return "unit", str(error).split(";")[0], hint, "unit"
    unknown = [each for each in fact.qualifiers if each not in QUALIFIERS]
    if unknown or not fact.qualifiers:
        what = f"{unknown[0]!r} is not a qualifier" if unknown else "is empty for a number"
        return "qualifier", what, f"use {_list(QUALIFIERS)}, several joined with +", "qualifier"
    return None


def _wrong_precision(fact: Fact) -> Wrong | None:
    """Look at the size of the last significant digit, where a row says it."""
    said = fact.cells.get(PRECISION, "")
    if not said:
        return None
    if not fact.is_number:
        return PRECISION, "text has no precision", "leave it empty, or give the value its unit", PRECISION
    try:
        size = fact.precision
    except ValueError as error:
        hint = f"write what one of the last digit is worth, 10 or 10 million, or `{EXACT}`"
        return PRECISION, str(error), hint, PRECISION
    if size == EXACT:
        wrong = next((each for each in fact.qualifiers if each in ("approx", "at-least", "at-most")), None)
        what, hint = f"{EXACT!r} contradicts the qualifier {wrong!r}", "keep one of the two"
        return (PRECISION, what, hint, PRECISION) if wrong else None
    if EXACT in fact.qualifiers:
        what = f"{said!r} contradicts the qualifier {EXACT!r}"
        return PRECISION, what, "leave it empty: what is exact has no last digit", PRECISION
    quantity = fact.quantity
    largest = quantity.span.high if quantity and quantity.is_range else quantity.value if quantity else None
    if isinstance(size, Decimal) and largest and size > abs(largest):
        hint = "write what one of the last digit is worth; a bare number is in the unit of the value"
        return PRECISION, f"{said!r} is larger than the value {fact.value} {fact.unit}", hint, PRECISION
    if not fact.cells.get(NOTE, "").strip():
        where = "in the column `note`" if NOTE in fact.cells else "in a column `note` of the table"
        return PRECISION, f"{said!r} has no reason", f"say {where} how it is known", PRECISION
    return None


def _is_period(text: str) -> bool:
    match = PERIOD.fullmatch(text)
    return bool(match and (match[2] is None or match[1] < match[2]))


def _wrong_place(fact: Fact) -> Wrong | None:
    if not fact.locators:
        hint = "say where the source states it: 2:p1, or in which cell: data.csv#12,mass"
        return "locator", "is empty", hint, "missing-locator"
    if not all(each.strip() for each in fact.locators):
        return "locator", "has an empty place", f"put one place between two {SEPARATOR!r}", "missing-locator"
    if not all(each.strip() for each in fact.stated):
        return "stated", "has an empty form", "write the form that the source has there", "stated"
    if len(fact.quotation.split()) > LONGEST_QUOTATION:
        what = f"has {len(fact.quotation.split())} words"
        hint = f"quote {LONGEST_QUOTATION} words at most, those that state the value"
        return QUOTATION, what, hint, "quotation"
    if len(fact.locators) != len(fact.stated):
        what = f"there are {len(fact.locators)} places and {len(fact.stated)} stated forms"
        return "stated", what, "write the form of each place, in the same order", "stated"
    return None


def _unknown_source(fact: Fact, works: Container[str]) -> Wrong | None:
    if fact.source in works:
        return None
    near = get_close_matches(fact.source, works, n=1) if isinstance(works, Iterable) else []
    hint = f"did you mean {near[0]}?" if near else "add the work to the bibliography, or correct the key"
    what = f"{fact.source!r} is no key of the bibliography" if fact.source else "is empty"
    return "source", what, hint, "unknown-citation"


def _list(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}"
