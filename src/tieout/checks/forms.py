"""One entry, one form: text, tables, charts and alternative texts show an entry with the same digits.

Two roundings of one number are both true, and a reader who sees them takes them for two numbers.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from tieout import numerals
from tieout.checks.charts import rows
from tieout.ledger import Ledger
from tieout.problems import Problem
from tieout.prose import Passage, surroundings

RULE = "forms"
FOREIGN = "write it with the decimal mark of the language: {}"
HINT = "show it with the same digits everywhere, or say where it is rounded further: about, over, nearly"


@dataclass(frozen=True)
class Display:
    """One place that shows an entry.

    Parameters
    ----------
    id
        The entry.
    text, values
        What it shows, and what that says in the entry's unit: one value, or both ends of a range.
    path, line, where
        Where it stands.
    lang
        The language of that text.
    """

    id: str
    text: str
    values: tuple[Fraction, ...]
    path: str
    line: int | None
    where: str
    lang: str

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data, which `from_json` reads."""
        return {**asdict(self), "values": [str(value) for value in self.values]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Display:
        """Return what `to_json` wrote."""
        return cls(**{**data, "values": tuple(map(Fraction, data["values"]))})


def unlike(ledger: Ledger, shown: Iterable[Display]) -> Iterator[Problem]:
    """Warn of entries that one place shows with other digits than another does.

    Parameters
    ----------
    shown
        The places that show an entry, as `displays` and `drawn` give them.
    """
    found: dict[str, list[Display]] = defaultdict(list)
    for each in shown:
        found[each.id].append(each)
    for id, places in found.items():
        quantity = ledger.entries[id].quantity
        for size in (1,) if quantity is not None and quantity.is_range else (1, 2):  # *[1.2, 3.4] (1 to 3)*
            alike = [each for each in places if len(each.values) == size]
            counts = Counter(each.values for each in alike)
            if len(counts) < 2:
                continue
            usual = max(alike, key=lambda each: counts[each.values])
            odd = next(each for each in alike if each.values != usual.values)
            place = f"{usual.path}:{usual.line}" if usual.line else usual.path
            what = f"“{odd.text}” is shown of {id}, and elsewhere “{usual.text}” ({place})"
            yield Problem(what, HINT, odd.path, odd.line, id, RULE, odd.where, "warning")


def foreign(shown: Iterable[Display]) -> Iterator[Problem]:
    """Warn once, with how many there are, of numbers that a text of another language has as English does.

    Parameters
    ----------
    shown
        The places that show an entry, as `displays` and `drawn` give them.
    """
    found = [
        (each, native) for each in shown if (native := numerals.native(each.text, each.lang)) != each.text
    ]
    for odd, native in found[:1]:
        more = f", and so are {len(found) - 1} more" if len(found) > 1 else ""
        what = f"“{odd.text}” is written as English writes numbers{more}"
        yield Problem(what, FOREIGN.format(native), odd.path, odd.line, odd.id, RULE, odd.where, "warning")


def displays(passage: Passage, ledger: Ledger) -> Iterator[Display]:
    """Give the places of a passage that show an entry's number."""
    for tie in passage.scan.ties:
        entry = ledger.entries.get(tie.id)
        if entry is None or entry.quantity is None or tie.column or not tie.shown:
            continue
        around = surroundings(passage.scan, tie)
        values = numerals.values_shown(tie.shown, entry.quantity, passage.lang, around)
        if values:
            line = passage.line(tie.start)
            yield Display(tie.id, tie.shown, values, passage.path, line, passage.where, passage.lang)


def drawn(ledger: Ledger) -> Iterator[Display]:
    """Give the places of charts that show an entry's number."""
    lang = ledger.project.lang
    for row, path, where in rows(ledger):
        entry = ledger[str(row["id"])]
        for name, text in row.items():
            if entry.quantity is None or name in ("id", "label") or not isinstance(text, str):
                continue
            values = numerals.values_shown(text, entry.quantity, lang)
            if values and text not in entry.cells.values():
                yield Display(entry.id, text, values, path, None, where, lang)
