"""What notebooks recorded: read from their stored outputs, and computed anew to see that it follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from tieout import relations
from tieout.authoring import READS, bundle, read, text_bundle
from tieout.data import TEXT
from tieout.ledger.entries import Entry, Read
from tieout.notebooks import ENTRY, RELATION, Notebook
from tieout.numbers import Quantity, evaluate, leaves
from tieout.problems import InputError, Problem
from tieout.prose import Sources
from tieout.relations import Relation

RUN = "run `tieout execute`"


@dataclass(frozen=True)
class Recorded:
    """A quantity that a notebook recorded: its entry, and the output that holds it."""

    entry: Entry
    output: Mapping[str, Any] = field(repr=False)


def read_recorded(
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
                mime = RELATION if RELATION in held else ENTRY
                line = notebook.output_line(cell.index, (index, "data", mime))
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
        followed = reads_of(notebook.cells[cell].outputs[output].get("metadata"))
    except ValueError as error:
        return str(error)
    return Entry(
        id=str(given["id"]),
        label=str(given["label"]),
        kind=given["kind"],
        text=f"{quantity.value:f}" if quantity else str(given["value"]),
        unit=quantity.unit if quantity else TEXT,
        quantity=quantity,
        display=str(given["display"]),
        path=name,
        line=notebook.output_line(cell, (output, "data", ENTRY)),
        cell=cell + 1,
        cells={"label": str(given["label"])},
        formula=quantity.formula if quantity else None,
        note=str(given["note"]),
        code=notebook.cells[cell].source if given["kind"] == "computed" else "",
        reads=followed,
        earlier=_earlier(notebook, cell) if given["kind"] == "computed" else (),
    )


def _earlier(notebook: Notebook, cell: int) -> tuple[str, ...]:
    return tuple(each.source for each in notebook.code if each.index < cell)


def reads_of(metadata: Any) -> tuple[Read, ...]:
    """Return the files that an output's metadata names.

    Raises
    ------
    ValueError
        They are not what `t.record` writes.
    """
    given = metadata.get(READS, []) if isinstance(metadata, Mapping) else []
    try:
        return tuple(
            Read(str(each["path"]), str(each["sha256"]), int(each["bytes"]), each.get("rows"))
            for each in given
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        raise ValueError("the files that the stored entry follows from are malformed") from None


def recomputed(recorded: list[Recorded], entries: Mapping[str, Entry]) -> list[Problem]:
    """Compute each recorded quantity anew, and write its output anew: both must be as stored."""
    problems = []
    for each in recorded:
        entry, quantity = each.entry, each.entry.quantity
        place: dict[str, Any] = {"path": entry.path, "line": entry.line, "id": entry.id}
        wrong = _unlike(quantity, entries) if quantity else None
        if wrong:
            problems.append(Problem(f"{entry.id}: {wrong}", RUN, rule="recomputed", **place))
            continue
        anew = (
            bundle(quantity, entry.display, entry.note)
            if quantity
            else text_bundle(entry.id, entry.label, entry.text, entry.note)
        )
        unlike = [mime for mime, value in anew.items() if each.output.get(mime) != value]
        if unlike:
            what = f"{entry.id}: the stored {unlike[0]} is not what the quantity gives"
            problems.append(Problem(what, RUN, rule="recomputed", **place))
    return problems


def _unlike(quantity: Quantity, entries: Mapping[str, Entry]) -> str | None:
    """Return in words how a stored quantity differs from its formula; None where it does not."""
    if quantity.formula is None:
        return "it has no formula" if quantity.kind == "derived" else None
    if any(leaf.id == quantity.id for leaf in leaves(quantity.formula)):
        return "its formula names itself"
    try:
        anew = evaluate(quantity.formula, lambda id: number_of(entries, id))
    except InputError as error:
        return error.problems[0].what
    except (ValueError, ArithmeticError, TypeError) as error:
        return f"its formula cannot be computed: {error}"
    for name, stored, computed in (
        ("value", quantity.value, anew.value),
        ("unit", quantity.unit, anew.unit),
        ("interval", quantity.interval, anew.interval),
        ("qualifier", quantity.qualifier, anew.qualifier),
        ("precision", quantity.precision, anew.precision if anew.text is None else None),
    ):
        if stored != computed:
            return f"the {name} stored is {_said(stored)}, its formula gives {_said(computed)}"
    return None


def _said(value: Any) -> str:
    if hasattr(value, "low"):
        return f"{value.low} to {value.high}"
    return str(value)


def near(id: str, known: Mapping[str, Any]) -> str:
    """Return a hint that names the ids most like one that does not exist."""
    found = get_close_matches(id, known, n=3, cutoff=0.5)
    return f"did you mean {', '.join(found)}?" if found else "`tieout suggest` proposes ids for numbers"


def number_of(entries: Mapping[str, Entry], id: str) -> Quantity:
    """Return the number of an entry.

    Raises
    ------
    InputError
        There is no such entry, or it is text.
    """
    if id not in entries:
        raise InputError(f"no ledger entry is called {id}", near(id, entries), id=id, rule="unknown")
    quantity = entries[id].quantity
    if quantity is None:
        raise InputError(f"{id} is text, not a number", "take an entry with a number", id=id, rule="text")
    return quantity
