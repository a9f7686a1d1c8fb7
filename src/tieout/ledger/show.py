"""Describes one entry of the ledger: value, interval, formula down to facts, source, where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from tieout.ledger.entries import PERIOD, YEAR, Entry
from tieout.ledger.ledger import Ledger
from tieout.ledger.origin import origin
from tieout.markdown import shown
from tieout.numbers import Quantity, between, figure, formula, given_to, inputs, is_sharp
from tieout.problems import InputError
from tieout.prose import Use

COLUMN = 11


def show(ledger: Ledger, id: str) -> str:
    """Return what the ledger knows of an entry, in lines.

    Parameters
    ----------
    id
        Its id; a column behind a colon, or ``tie:`` before it, as ties have them, is passed over.

    Raises
    ------
    InputError
        There is no such entry; with the nearest ids.
    """
    name = id.strip().removeprefix("tie:")
    entry = ledger[name if name in ledger else name.partition(":")[0]]
    return "\n".join(line.rstrip() for line in _lines(ledger, entry))


def _lines(ledger: Ledger, entry: Entry) -> Iterator[str]:
    yield f"{entry.id}: {entry.label}"
    quantity = entry.quantity
    yield _line("value", _value(entry) + _display(entry))
    if quantity is not None:
        if not is_sharp(quantity):
            yield _line("interval", between(quantity))
        if given := given_to(quantity):
            yield _line("precision", given)
        yield _line("qualifier", quantity.qualifier.replace("-", " ").replace("+", ", "))
    place = f"{entry.path}:{entry.line}" + (f", cell {entry.cell}" if entry.cell else "")
    yield _line("kind", f"{entry.kind}, {place}")
    if entry.formula is not None:
        yield _line("formula", "")
        yield from _tree(ledger, entry, 1, {})
    if entry.source or entry.kind == "computed":
        yield _line("from", origin(entry, ledger))
    if entry.source:
        yield _line("source", _citation(ledger, entry))
    yield from _several("code", entry.code.splitlines())
    for name, text in _stated(entry):
        yield _line(name, text)
    if entry.quotation:
        yield _line("quoted", f"“{entry.quotation}”")
    columns = [_column(name, text) for name, text in entry.cells.items() if text and name != "label"]
    if columns:
        yield _line("columns", ", ".join(columns))
    if entry.note:
        yield _line("note", entry.note)
    above = [other.id for other in ledger.values() if entry.id in inputs(other.formula)]
    if above:
        yield _line("enters", ", ".join(above))
    yield from _several("shown", [_use(use) for use in entry.used] or ["nowhere"])
    titles = {finding.id: f"{shown(finding.title)} ({finding.status})" for finding in ledger.findings}
    if entry.findings:
        yield from _several("findings", [f"{each}: {titles.get(each, '')}" for each in entry.findings])


def _line(name: str, text: str) -> str:
    return f"  {name:<{COLUMN}}{text}"


def _several(name: str, texts: list[str]) -> Iterator[str]:
    for place, text in enumerate(texts):
        yield _line("" if place else name, text)


def _value(entry: Entry) -> str:
    """Return a value as its source writes it, or with a few digits where it was computed."""
    return f"“{entry.text}”" if entry.quantity is None else figure(entry.quantity)


def _display(entry: Entry) -> str:
    same = entry.display in ("", entry.text, _value(entry))
    return "" if same else f", shown as {entry.display}"


def _tree(ledger: Ledger, entry: Entry, depth: int, seen: dict[str, None]) -> Iterator[str]:
    """Give an entry's formula and, below it, what goes into it, down to facts; each is spelt out once."""
    space = "  " * (depth + 1)
    if entry.id in seen:
        yield f"{space}{entry.id}, as above"
        return
    seen[entry.id] = None
    if entry.formula is None:
        yield f"{space}{_leaf(ledger, entry)}"
        return
    try:
        printed = formula(entry.formula, ledger.lookup)
        yield f"{space}{_named(entry)}: {printed.text or _value(entry)}{_spread(entry.quantity)}"
    except (InputError, ValueError, ArithmeticError, TypeError) as error:
        what = error.problems[0].what if isinstance(error, InputError) else str(error)
        yield f"{space}{_named(entry)}: its formula cannot be computed: {what}"
    for id in inputs(entry.formula):
        if id in ledger:
            yield from _tree(ledger, ledger[id], depth + 1, seen)
        else:
            yield f"{space}  {id}: no such entry"


def _named(entry: Entry) -> str:
    return f"{entry.label} ({entry.id})"


def _spread(quantity: Quantity | None) -> str:
    return "" if quantity is None or is_sharp(quantity) else f", {between(quantity)}"


def _leaf(ledger: Ledger, entry: Entry) -> str:
    """Return a fact or an assumption in one line: its value, how sharp it is, and where it is from."""
    said = f"{_named(entry)}: {_value(entry)}{_spread(entry.quantity)}"
    said += ", assumed" if entry.kind == "assumed" else ""
    places = [f"{entry.path}:{entry.line}", origin(entry, ledger)]
    return f"{said} ({'; '.join(place for place in places if place)})"


def _citation(ledger: Ledger, entry: Entry) -> str:
    works = ledger.facts.bibliography
    return f"{entry.source}: {works[entry.source].citation}" if entry.source in works else entry.source


def _stated(entry: Entry) -> Iterator[tuple[str, str]]:
    """Give each place of the source with the form that the value has there."""
    for place, locator in enumerate(entry.locators):
        form = f": {entry.stated[place]}" if place < len(entry.stated) else ""
        yield "" if place else "stated", f"{locator}{form}"


def _column(name: str, text: str) -> str:
    return f"{YEAR if name == PERIOD else name} {text.replace('/', '–') if name == PERIOD else text}"


def _use(use: Use) -> str:
    page = f"{use.page}#{use.anchor}" if use.anchor else use.page
    column = f", its {use.column}" if use.column else ""
    where = f" ({use.where})" if use.where else ""
    text = f"“{use.shown}”" if use.shown else "filled in"
    return f"{use.path}:{use.line}{where} → {page}: {text}{column}"
