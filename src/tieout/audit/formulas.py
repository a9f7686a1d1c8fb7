"""Reads every published formula back and evaluates it, units included.

Nothing here is shared with what prints formulas: the text is parsed by its own rules, units are those of a
registry of its own and what the data package defines, and numbers are fractions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from tieout.audit.arithmetic import Amount, Misprint, Reader
from tieout.audit.measures import Measures
from tieout.audit.ukrainian import as_english
from tieout.machine.steps import Steps
from tieout.numerals import primary
from tieout.problems import Count, Problem

REBUILD = "build the site anew"
READ = ("id", "value", "number", "unit", "formula", "operands")  # of an entry
_KEPT = Fraction(1, 10**20)


@dataclass(frozen=True)
class Evaluated:
    """What the formulas of a ledger came to."""

    counts: tuple[Count, ...]
    problems: tuple[Problem, ...]


def check_formulas(published: Mapping[str, Any], definitions: Sequence[str]) -> Evaluated:
    """Evaluate the formula of each entry, and compare its result and its inputs with the ledger.

    Parameters
    ----------
    published
        The ledger as published.
    definitions
        The units that the data package defines.
    """
    lang = primary(str(published.get("lang") or "en"))
    reader = Reader(Measures(definitions), as_english if lang == "uk" else str)
    entries = {str(entry["id"]): entry for entry in published.get("entries", [])}
    for entry in entries.values():  # names of units that a plural may stand for
        if entry.get("number") is not None:
            reader.measures.unit(str(entry["unit"]))
    total, problems = 0, []
    for name, entry in entries.items():
        if entry.get("formula"):
            total += 1
            wrong = next(_wrong(entry, entries, reader), None)
            if wrong:
                problems.append(Problem(wrong, REBUILD, "ledger.json", id=name, rule="formula"))
    counts = (Count("formulas evaluated", total - len(problems), total),) if total else ()
    return Evaluated(counts, tuple(problems))


def formulas(published: Mapping[str, Any], definitions: Sequence[str], steps: Steps) -> Evaluated:
    """Return what `check_formulas` does, as it was found before where all that it reads is as it was."""
    told = [[entry.get(name) for name in READ] for entry in published.get("entries", [])]
    key = [published.get("lang"), list(definitions), told]
    found = steps.take("evaluate", key, lambda: asdict(check_formulas(published, definitions)))
    problems = tuple(Problem(**each) for each in found["problems"])
    return Evaluated(tuple(Count(**each) for each in found["counts"]), problems)


def _wrong(
    entry: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]], reader: Reader
) -> Iterator[str]:
    text = str(entry["formula"])
    try:
        result = reader.formula(text)
    except Misprint as error:
        yield f"the formula `{text}` is not true as printed: {error}"
        return
    if not _is(result, entry, reader):
        yield f"the formula `{text}` gives another number than the value {entry['value']} {entry['unit']}"
    for operand in entry.get("operands") or []:
        try:
            amount = reader.amount(str(operand["amount"]))
        except Misprint as error:
            yield f"the input `{operand['amount']}` cannot be read: {error}"
            continue
        other = entries.get(str(operand["id"]))
        if other is None or not _is(amount, other, reader):
            yield f"the input `{operand['amount']}` is not what the ledger says of {operand['id']}"


def _is(amount: Amount, entry: Mapping[str, Any], reader: Reader) -> bool:
    """Whether an amount is an entry's value and unit, to the digits that it is printed with."""
    size, dimensions = reader.measures.unit(str(entry["unit"]))
    value = Fraction(str(entry["value"])) * size + reader.measures.start(str(entry["unit"]))
    near = abs(amount.value - value) <= max(amount.slack, abs(value) * _KEPT)
    return near and amount.dimensions == dimensions
