"""Changes of what is said around a tied number of the report, made in memory: signs, scales, units, words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from tieout import numerals
from tieout.ledger import Ledger
from tieout.numbers import Quantity
from tieout.prose import surroundings


@dataclass(frozen=True)
class Said:
    """One tied number in a sentence that says something else than before."""

    place: str
    text: str
    quantity: Quantity
    context: numerals.Context

    @property
    def is_caught(self) -> bool:
        """Whether the prose check refuses it."""
        return numerals.agrees(self.text, self.quantity, "en", self.context) is not None


def ties(root: Path) -> Iterator[Said]:
    """Give every tied number of the prose as it is said."""
    ledger = Ledger.load(root)
    for passage in ledger.sources.passages:
        for tie in passage.scan.ties if passage.output is None else ():
            quantity = ledger.resolve(tie.id, tie.column).quantity
            if quantity is not None and tie.shown and quantity.value:
                place = f"{passage.path}:{passage.line(tie.start)}: {tie.shown}"
                yield Said(place, tie.shown, quantity, surroundings(passage.scan, tie))


def around(said: Said, before: str = "", after: str = "") -> Said:
    """Put words before and after a number."""
    context = said.context
    return replace(
        said, context=replace(context, before=context.before + before, after=after + context.after)
    )


def signs(said: Said) -> Iterator[Said]:
    """Minus signs outside the link."""
    if not said.context.before.strip().endswith("~") and said.text[0] not in "+−~":
        yield around(said, "−" if said.context.before[-1:] in ("", " ", "\n", "(") else "")


def scales(said: Said) -> Iterator[Said]:
    """Scale words behind the link."""
    if re.fullmatch(r"[$\d.,]+", said.text):
        yield around(said, after=" million")
        yield around(said, after=" billion")


def units(said: Said) -> Iterator[Said]:
    """Units and per-cent signs behind the link."""
    if re.fullmatch(r"[\d.,]+", said.text):
        yield from (around(said, after=unit) for unit in ("%", " kg", " km/h", " per 100,000"))


def comparisons(said: Said) -> Iterator[Said]:
    """Words of comparison that are false of the entry."""
    plain = re.fullmatch(r"[$\d.,]+(?: (?!year|hour|minute|second)\w+)?%?", said.text)
    if plain and "at-least" not in said.quantity.qualifier:
        words = ("at least twice over, more than ", "up to ", "exactly about ")
        yield from (around(said, word) for word in words)


def directions(said: Said) -> Iterator[Said]:
    """Directions against the entry's own."""
    formula = said.quantity.formula or said.quantity.lineage
    label = said.quantity.label or ""
    grows = getattr(formula, "name", "") == "growth_rate" or re.search(
        r"\b(growth|increase|gain)\b", label, re.I
    )
    if grows and said.text.endswith("%"):
        yield replace(said, context=numerals.Context("It fell by ", "."))
        yield replace(said, context=numerals.Context("It shrank by ", "."))


KINDS = (signs, scales, units, comparisons, directions)
