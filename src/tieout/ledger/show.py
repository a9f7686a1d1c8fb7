"""Describes one entry of the ledger: value, interval, formula down to facts, source, where it stands."""

from __future__ import annotations

from collections.abc import Iterator

from tieout.ledger.entries import PERIOD, YEAR, Entry
from tieout.ledger.ledger import Ledger
from tieout.markdown import shown
from tieout.numbers import PERCENT, PURE, Quantity, explain, inputs, plain
from tieout.problems import InputError
from tieout.prose import Use

SIGNIFICANT, COLUMN = 4, 11


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
        yield _line("interval", _interval(entry, quantity))
        yield _line("qualifier", quantity.qualifier.replace("-", " ").replace("+", ", "))
    place = f"{entry.path}:{entry.line}" + (f", cell {entry.cell}" if entry.cell else "")
    yield _line("kind", f"{entry.kind}, {place}")
    if entry.formula is not None:
        yield _line("formula", "")
        yield from _tree(ledger, entry, 1, {})
    if entry.source:
        yield _line("source", _citation(ledger, entry))
    for name, text in _stated(entry):
        yield _line(name, text)
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
    quantity = entry.quantity
    if quantity is None:
        return f"“{entry.text}”"
    stated = entry.kind != "derived" and quantity.text
    text = quantity.text.replace("-", "–" if quantity.is_range else "−") if stated and quantity.text else ""
    return _with_unit(text or plain(quantity.value, SIGNIFICANT), entry.unit)


def _with_unit(text: str, unit: str) -> str:
    if unit == PURE:
        return text
    return f"{text}%" if unit == PERCENT else f"{text} {unit.replace('_', ' ')}"


def _display(entry: Entry) -> str:
    same = entry.display in ("", entry.text, _value(entry))
    return "" if same else f", shown as {entry.display}"


def _interval(entry: Entry, quantity: Quantity) -> str:
    """Return in words where the true value may lie, in the scale that the value is stated in."""
    ends = (quantity.interval.low, quantity.interval.high)
    low, high = (None if end is None else plain(end / quantity.scale, SIGNIFICANT) for end in ends)
    if quantity.interval.is_point:
        said = f"exactly {low}"
    elif low and high:
        low += "%" * (entry.unit == PERCENT)
        said = f"from {low} to {high}" if quantity.is_range else f"between {low} and {high}"
    else:
        said = f"at least {low}" if low else f"at most {high}" if high else ""
    return _with_unit(said, entry.unit) if said else "without bounds"


def _tree(ledger: Ledger, entry: Entry, depth: int, seen: dict[str, None]) -> Iterator[str]:
    """Give an entry's formula and, below it, what goes into it, down to facts; each is spelt out once."""
    space = "  " * (depth + 1)
    if entry.id in seen:
        yield f"{space}{entry.id}, as above"
        return
    seen[entry.id] = None
    if entry.formula is None:
        yield f"{space}{_leaf(entry)}"
        return
    try:
        yield f"{space}{entry.id} = {explain(entry.formula, ledger.lookup)}"
    except (InputError, ValueError, ArithmeticError, TypeError) as error:
        what = error.problems[0].what if isinstance(error, InputError) else str(error)
        yield f"{space}{entry.id}: its formula cannot be computed: {what}"
    for id in inputs(entry.formula):
        if id in ledger:
            yield from _tree(ledger, ledger[id], depth + 1, seen)
        else:
            yield f"{space}  {id}: no such entry"


def _leaf(entry: Entry) -> str:
    """Return a fact or an assumption in one line: its value, how sharp it is, and where it is from."""
    said = [f"{entry.id} = {_value(entry)}"]
    if entry.quantity is not None:
        said.append(_interval(entry, entry.quantity))
    if entry.kind == "assumed":
        said.append("assumed")
    place = f"{entry.path}:{entry.line}"
    return ", ".join(said) + f" ({'; '.join([place, *_places(entry)])})"


def _places(entry: Entry) -> list[str]:
    places = ", ".join(dict.fromkeys(entry.locators))
    return [f"stated in {entry.source} at {places}"] if places else []


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
