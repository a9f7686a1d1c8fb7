"""Rewrites the numbers in prose that data or computations have moved, each in its author's style."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tieout import numerals
from tieout.ledger import Cell, Ledger, differs
from tieout.markdown import Tie
from tieout.numbers import Quantity, evaluate
from tieout.problems import InputError, Problem
from tieout.prose import Edit, Passage
from tieout.update.changes import Change, Plan
from tieout.update.retext import retext
from tieout.update.suggest import Suggestion, plan_suggestions, suggest

__all__ = ["Change", "Plan", "Suggestion", "plan", "plan_suggestions", "renewed", "suggest"]

_YEARS = re.compile(r"(\d{4})(\D+)(\d{4})")


def plan(ledger: Ledger) -> Plan:
    """Return what has to change for every tie in the sources to show what the ledger says.

    Derived quantities are computed anew from their formulas, so that prose can be brought up to date before
    the notebooks run. Ties without text, and those in stored outputs, are left alone.
    """
    fresh = _Fresh(ledger)
    found: list[tuple[Change, Edit]] = []
    problems: list[Problem] = []
    for passage in ledger.sources.passages:
        for tie in passage.scan.ties if passage.output is None else ():
            outcome = _outcome(fresh, passage, tie)
            if isinstance(outcome, Problem):
                problems.append(outcome)
            elif outcome is not None:
                found.append(outcome)
    return Plan.of(ledger.sources, found, [*problems, *fresh.stale()])


def renewed(shown: str, cell: Cell, lang: str = "en") -> str | None:
    """Return what a tie should show instead of what it shows; None where that agrees.

    Raises
    ------
    ValueError
        It shows what is no number, or nothing that can be written agrees; in words.
    """
    if cell.quantity is None:
        return _renamed(shown, cell.text) if differs(shown, cell.text) else None
    reason = numerals.agrees(shown, cell.quantity, lang)
    if reason is None:
        return None
    if numerals.parse(shown, lang) is None:
        raise ValueError(reason)
    for form in _forms(shown, cell.text, cell.quantity, lang):
        if numerals.agrees(form, cell.quantity, lang) is None:
            return form
    raise ValueError(reason)


class _Fresh:
    """The ledger, with derived quantities as their formulas give them now."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.quantities: dict[str, Quantity] = {}
        self.moved: list[str] = []

    def cell(self, id: str, column: str | None) -> Cell:
        """Return what a tie is bound to; an InputError where there is no such thing."""
        cell = self.ledger.resolve(id, column)
        return cell if cell.quantity is None else replace(cell, quantity=self.quantity(id))

    def quantity(self, id: str, above: tuple[str, ...] = ()) -> Quantity:
        """Return the number of an entry."""
        stored = self.ledger.lookup(id)
        formula = self.ledger[id].formula
        if formula is None or id in above:
            return stored
        if id not in self.quantities:
            try:
                anew = evaluate(formula, lambda other: self.quantity(other, (*above, id)))
            except (InputError, ValueError, ArithmeticError, TypeError):
                anew = stored  # the ledger says what is wrong with it
            if (anew.value, anew.unit, anew.interval) != (stored.value, stored.unit, stored.interval):
                self.moved.append(id)
            self.quantities[id] = replace(
                stored, value=anew.value, unit=anew.unit, interval=anew.interval, qualifier=anew.qualifier
            )
        return self.quantities[id]

    def stale(self) -> Iterator[Problem]:
        """Say where a stored output is not what its formula gives now."""
        for id in self.moved:
            entry = self.ledger[id]
            what = f"the stored value of {id} is out of date"
            hint = "run `tieout execute`"
            yield Problem(what, hint, entry.path, entry.line, id, "stale", severity="warning")


def _outcome(fresh: _Fresh, passage: Passage, tie: Tie) -> tuple[Change, Edit] | Problem | None:
    """Return a tie's change and edit, or why a person has to change it, or None where it agrees."""
    if not tie.shown:
        return None
    line = passage.line(tie.start)

    def left(what: str, hint: str = "correct it by hand", rule: str = "disagrees") -> Problem:
        return Problem(what, hint, passage.path, line, tie.key, rule, passage.where)

    try:
        new = renewed(tie.shown, fresh.cell(tie.id, tie.column), passage.lang)
    except InputError as error:
        return left(error.problems[0].what, error.problems[0].hint, "unknown")
    except ValueError as error:
        return left(str(error))
    if new is None:
        return None
    found = retext(passage.markdown, tie, new, passage.literal) if passage.editable else None
    string = passage.string
    if found is None or (string is not None and string.breaks(found[0], found[2])):
        return left(f"“{tie.shown}” should be “{new}”")
    return Change(passage.path, line, tie.key, tie.shown, new), passage.edit(*found)


def _forms(shown: str, default: str, quantity: Quantity, lang: str) -> Iterator[str]:
    """Give forms of a quantity: like what is shown, then as its entry shows it, then by its own precision."""
    for like in (shown, default, None):
        try:
            yield numerals.format(quantity, like=like, lang=lang)
        except ValueError:
            continue


def _renamed(shown: str, text: str) -> str:
    """Return a name or period in the manner of what is shown: a capital at the start, the words of a span."""
    years, period = _YEARS.fullmatch(shown), _YEARS.fullmatch(text)
    if years and period:
        return period[1] + years[2] + period[3]
    first = shown.lstrip()[:1]
    if first.isupper():
        return text[:1].upper() + text[1:]
    phrase = " " in text and text[1:] == text[1:].lower()
    return text[:1].lower() + text[1:] if first.islower() and phrase else text
