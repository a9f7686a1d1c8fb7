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
    form = numerals.parse(said.text) if plain else None
    factor = numerals.conversion(form, said.quantity) if form else ""
    if form is None or isinstance(factor, str):
        return
    value, low, high = form.ends[0] / factor, said.quantity.interval.low, said.quantity.interval.high
    false = {  # what is true of the entry is no corruption: *more than 7.39* of 7.392
        "more than ": low is None or low <= value,
        "at least ": low is None or low < value,
        "less than ": high is None or high >= value,
        "up to ": high is None or high > value,
    }
    stated = "at-least" in said.quantity.qualifier and low == value  # *more than 162*, as its source has it
    for words, is_false in false.items():
        if is_false and not (stated and words == "more than "):
            yield around(said, words)


def qualifiers(said: Said) -> Iterator[Said]:
    """Hedges, and claims of exactness, that are false of the entry."""
    if not re.fullmatch(r"[$\d.,]+(?: (?!year|hour|minute|second)\w+)?%?", said.text):
        return
    form = numerals.parse(said.text)
    factor = numerals.conversion(form, said.quantity) if form else ""
    if form is None or isinstance(factor, str) or said.quantity.is_range:
        return
    interval, words = said.quantity.interval, said.quantity.qualifier
    if not interval.is_point or "approx" in words or "projected" in words:
        yield around(said, "exactly ")
    if interval.low is not None and interval.low >= form.ends[0] / factor:
        yield around(said, "nearly ")


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


KINDS = (signs, scales, units, comparisons, qualifiers, directions)
