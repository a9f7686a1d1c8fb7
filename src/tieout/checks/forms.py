"""One entry, one number: text, tables, charts and alternative texts show an entry with digits that agree.

A summary may round further than a table does: *45%* of *44.6%*. Where the coarser number is not the finer one
rounded (*45%* of *44.45%* and *44.5%*) both are true, and a reader who sees them takes them for two numbers.
"""

from __future__ import annotations

from collections import defaultdict
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
HINT = "show it with the same digits in both, or say where it is rounded further: about, over, nearly"


@dataclass(frozen=True)
class Display:
    """One place that shows an entry.

    Parameters
    ----------
    id
        The entry.
    text, values, grain
        What it shows, and what that says in the entry's unit: one value, or both ends of a range, and what
        one in the last digit stands for.
    path, line, where
        Where it stands.
    lang
        The language of that text.
    """

    id: str
    text: str
    values: tuple[Fraction, ...]
    grain: Fraction
    path: str
    line: int | None
    where: str
    lang: str

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data, which `from_json` reads."""
        return {**asdict(self), "values": [str(value) for value in self.values], "grain": str(self.grain)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Display:
        """Return what `to_json` wrote."""
        values = tuple(map(Fraction, data["values"]))
        return cls(**{**data, "values": values, "grain": Fraction(data["grain"])})

    @property
    def digits(self) -> numerals.Digits:
        """What it says, to be compared."""
        return numerals.Digits(self.values, self.grain)


def unlike(ledger: Ledger, shown: Iterable[Display]) -> Iterator[Problem]:
    """Warn of entries of which one place shows what is not the number of another, rounded further.

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
            finest = min(alike, key=lambda each: each.grain, default=None)
            odd = next((each for each in alike if finest and not each.digits.fits(finest.digits)), None)
            if finest is None or odd is None:
                continue
            place = f"{finest.path}:{finest.line}" if finest.line else finest.path
            what = f"“{odd.text}” is shown of {id}, and elsewhere “{finest.text}” ({place})"
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
        says = numerals.values_shown(tie.shown, entry.quantity, passage.lang, around)
        if says:
            place = passage.path, passage.line(tie.start), passage.where
            yield Display(tie.id, tie.shown, says.values, says.grain, *place, passage.lang)


def drawn(ledger: Ledger) -> Iterator[Display]:
    """Give the places of charts that show an entry's number."""
    lang = ledger.project.lang
    for row, path, where in rows(ledger):
        entry = ledger[str(row["id"])]
        for name, text in row.items():
            if entry.quantity is None or name in ("id", "label") or not isinstance(text, str):
                continue
            says = numerals.values_shown(text, entry.quantity, lang)
            if says and text not in entry.cells.values():
                yield Display(entry.id, text, says.values, says.grain, path, None, where, lang)
