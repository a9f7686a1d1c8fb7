"""Rewrites the numbers in prose that data or computations have moved, each in its author's style."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tieout import numerals
from tieout.ledger import Cell, Ledger
from tieout.ledger.lost import lost
from tieout.markdown import Tie
from tieout.numbers import Quantity, evaluate
from tieout.problems import InputError, Problem
from tieout.prose import Edit, Passage, surroundings
from tieout.update.byhand import ANEW, BY_HAND, EXCHANGE, swapped
from tieout.update.changes import Change, Plan
from tieout.update.reasons import Reasons
from tieout.update.renewing import Unread, renewed, rewritten
from tieout.update.retext import retext

__all__ = ["Change", "Plan", "plan", "renewed"]


def plan(ledger: Ledger) -> Plan:
    """Return what has to change for every tie in the sources to show what the ledger says.

    Derived quantities are computed anew from their formulas, so that prose can be brought up to date before
    the notebooks run. Ties without text, and those in stored outputs, are left alone.
    """
    fresh = _Fresh(ledger)
    found: list[tuple[Change, Edit]] = []
    problems: list[Problem] = []
    for passage in ledger.sources.passages:
        ties = passage.scan.ties if passage.output is None else ()
        outcomes = {at: each for at, tie in enumerate(ties) if (each := _outcome(fresh, passage, tie))}
        problems += [each for each in outcomes.values() if isinstance(each, Problem)]
        changes = {at: each for at, each in outcomes.items() if not isinstance(each, Problem)}
        wrong = _wrong_then(fresh, passage, ties, {at: change for at, (change, _) in changes.items()})
        for at, (change, edit) in changes.items():
            if at not in wrong:
                found.append((change, edit))
                continue
            place = (change.path, change.line, change.id, "swapped", passage.where)
            what, hint = wrong[at]
            problems.append(Problem(what, hint, *place))
    return Plan.of(ledger.sources, _explained(found, fresh), [*problems, *fresh.stale()])


def _wrong_then(
    fresh: _Fresh, passage: Passage, ties: Sequence[Tie], changes: Mapping[int, Change]
) -> Mapping[int, tuple[str, str]]:
    """Return why numbers of a passage cannot be changed alone, by their ties: what, and what to do."""
    if not changes:
        return {}
    wrong = {}
    for at, tie in enumerate(ties):
        quantity = fresh.number(tie.key)
        if not quantity or not numerals.reversed_by(quantity, surroundings(passage.scan, tie), fresh.number):
            continue
        for each in {at, at + 1} & changes.keys():
            moved = f"“{changes[each].old}” should be “{changes[each].new}”"
            wrong[each] = (
                f"{moved}, and what is said of it and a number beside it would be true no longer",
                ANEW,
            )
    numbers = list(changes)
    for each in swapped([(change.old, change.new) for change in changes.values()]):
        change = changes[numbers[each]]
        what = f"“{change.old}” stands where “{change.new}” belongs, and the other way round"
        wrong[numbers[each]] = (what, EXCHANGE)
    return wrong


def _explained(found: list[tuple[Change, Edit]], fresh: _Fresh) -> list[tuple[Change, Edit]]:
    """Say of each change why: the entry itself moved, or inputs of its formula did, from what to what."""
    moved = {change.id: f"{change.old} → {change.new}" for change, _ in reversed(found)}
    reasons = Reasons(fresh.ledger, moved, fresh.quantities) if found else None
    return [(replace(change, why=reasons.why(change.id)), edit) for change, edit in found] if reasons else []


class _Fresh:
    """The ledger, with derived quantities as their formulas give them now."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.quantities: dict[str, Quantity] = {}
        self.moved: list[str] = []

    def cell(self, id: str, column: str | None) -> Cell:
        """Return what a tie is bound to; an InputError where there is no such thing."""
        cell = self.ledger.resolve(id, column)
        if cell.quantity is None:
            return cell
        family = {
            slug: self.quantity(each.id) if each.id in self.ledger else each
            for slug, each in cell.family.items()
            if each.id is not None
        }
        return replace(cell, quantity=self.quantity(id), family=family)

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

    def number(self, key: str) -> Quantity | None:
        """Return the number that a tie's target shows; None for text, another column, or nothing known."""
        return self.quantity(key) if self.ledger.number(key) is not None else None

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

    def left(what: str, hint: str = BY_HAND, rule: str = "disagrees") -> Problem:
        return Problem(what, hint, passage.path, line, tie.key, rule, passage.where)

    try:
        cell, around = fresh.cell(tie.id, tie.column), surroundings(passage.scan, tie)
        new = rewritten(tie.shown, cell, passage.lang, around)
    except InputError as error:
        problem = error.problems[0]
        known = lost(fresh.ledger, tie.id, tie.shown, passage.lang)
        return left(*(known or (problem.what, problem.hint)), "unknown")
    except Unread as error:
        return left(str(error), ANEW)
    except ValueError as error:
        return left(str(error))
    if new is None:
        return None
    found = retext(passage.markdown, tie, new, passage.literal) if passage.editable else None
    string = passage.string
    if found is None or (string is not None and string.breaks(found[0], found[2])):
        wrong = cell.quantity and numerals.judged(tie.shown, cell.quantity, passage.lang, around, cell.family)
        return left(f"“{tie.shown}”: {wrong.why}" if wrong else f"“{tie.shown}” should be “{new}”")
    return Change(passage.path, line, tie.key, tie.shown, new), passage.edit(*found)
