"""One entry, one form: text, tables, charts and alternative texts show an entry with the same digits.

Two roundings of one number are both true, and a reader who sees them takes them for two numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tieout import numerals
from tieout.checks.charts import drawn
from tieout.ledger import Ledger
from tieout.problems import Problem
from tieout.prose import surroundings

RULE = "forms"
HINT = "show it with the same digits everywhere, or say where it is rounded further: about, over, nearly"


@dataclass(frozen=True)
class Display:
    """One place that shows an entry.

    Parameters
    ----------
    text, values
        What it shows, and what that says in the entry's unit: one value, or both ends of a range.
    path, line, where
        Where it stands.
    """

    text: str
    values: tuple[Fraction, ...]
    path: str
    line: int | None
    where: str


def unlike(ledger: Ledger) -> Iterator[Problem]:
    """Warn of entries that one place shows with other digits than another does."""
    for id, displays in _displays(ledger).items():
        quantity = ledger.entries[id].quantity
        for size in (1,) if quantity is not None and quantity.is_range else (1, 2):  # *[1.2, 3.4] (1 to 3)*
            alike = [each for each in displays if len(each.values) == size]
            counts = Counter(each.values for each in alike)
            if len(counts) < 2:
                continue
            usual = max(alike, key=lambda each: counts[each.values])
            odd = next(each for each in alike if each.values != usual.values)
            place = f"{usual.path}:{usual.line}" if usual.line else usual.path
            what = f"“{odd.text}” is shown of {id}, and elsewhere “{usual.text}” ({place})"
            yield Problem(what, HINT, odd.path, odd.line, id, RULE, odd.where, "warning")


def _displays(ledger: Ledger) -> Mapping[str, list[Display]]:
    found: dict[str, list[Display]] = defaultdict(list)
    for passage in ledger.sources.passages:
        for tie in passage.scan.ties:
            entry = ledger.entries.get(tie.id)
            if entry is None or entry.quantity is None or tie.column or not tie.shown:
                continue
            around = surroundings(passage.scan, tie)
            values = numerals.values_shown(tie.shown, entry.quantity, passage.lang, around)
            if values:
                line = passage.line(tie.start)
                found[tie.id].append(Display(tie.shown, values, passage.path, line, passage.where))
    lang = ledger.project.lang
    for row, path, where in drawn(ledger):
        entry = ledger[str(row["id"])]
        for name, text in row.items():
            if entry.quantity is None or name in ("id", "label") or not isinstance(text, str):
                continue
            values = numerals.values_shown(text, entry.quantity, lang)
            if values and text not in entry.cells.values():
                found[entry.id].append(Display(text, values, path, None, where))
    return found
