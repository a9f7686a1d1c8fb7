"""The prose check: every tie shows what its entry says, and no number stands without one.

Prose is all that readers see as text: paragraphs, headings, notes, captions, alternative texts, tables. Code
is none, and yet an example of a tie in a ``markdown`` block has to be a true one where its entry exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tieout import numerals
from tieout.ledger import Ledger, differs
from tieout.markdown import OBJECT, Scan, Tie, scan
from tieout.problems import Count, InputError, Problem, Report
from tieout.prose import Passage, untied

BEFORE = 40  # characters before a tie that may qualify its number
EXAMPLE = re.compile(r"^(`{3,})markdown[ \t]*\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass
class _Tally:
    ties: int = 0
    agreeing: int = 0
    numbers: int = 0
    tied: int = 0
    computed: int = 0
    waived: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def check(ledger: Ledger) -> Report:
    """Compare every tie of every chapter with the ledger, and look for numbers without one."""
    tally = _Tally()
    for passage in ledger.sources.passages:
        _passage(passage, ledger, tally)
    counts = [
        Count("ties agree", tally.agreeing, tally.ties),
        Count("numbers of the prose tied or waived", tally.tied + tally.waived, tally.numbers),
    ]
    if tally.computed:
        counts.append(Count("further numbers in outputs, computed", tally.computed, tally.computed))
    return Report("prose", counts, tally.problems, tally.notes)


def _passage(passage: Passage, ledger: Ledger, tally: _Tally) -> None:
    found = passage.scan
    for tie in found.ties:
        _tie(tie, tie.start, found, passage, ledger, tally)
    for example in EXAMPLE.finditer(passage.markdown):
        shown = scan(example[2])
        for tie in shown.ties:
            if tie.id in ledger:
                _tie(tie, example.start(2) + tie.start, shown, passage, ledger, tally)
    for waiver in found.waivers:
        numeric = any(character.isnumeric() for character in waiver.text)
        tally.numbers += numeric
        if not waiver.reason.strip():
            hint = 'say why: {.waived reason="…"}'
            what = f"“{waiver.text}” is waived without a reason"
            tally.problems.append(_problem(passage, waiver.start, what, hint, "waiver"))
        elif numeric:
            tally.waived += 1
            place = f"{passage.path}:{passage.line(waiver.start)}"
            tally.notes.append(f"waived: {place}: “{waiver.text}” ({waiver.reason})")
    for number in untied(passage.markdown, passage.lang, passage.literal):
        if passage.output is not None:
            tally.computed += 1
            continue
        tally.numbers += 1
        what = f"“{number.text}” is not tied, in “{_short(number.sentence)}”"
        hint = f"write [{number.text}](tie:ID), or see `tieout suggest`"
        tally.problems.append(_problem(passage, number.start, what, hint, "untied"))


def _tie(tie: Tie, at: int, found: Scan, passage: Passage, ledger: Ledger, tally: _Tally) -> None:
    tally.ties += 1
    numeric = any(character.isnumeric() for character in tie.shown)
    tally.numbers += numeric
    wrong = next(_disagreements(tie, found, passage, ledger), None)
    if wrong is None:
        tally.agreeing += 1
        tally.tied += numeric
        return
    what, hint, rule = wrong
    tally.problems.append(_problem(passage, at, f"“{tie.shown}”: {what}", hint, rule, tie.id))


def _disagreements(tie: Tie, found: Scan, passage: Passage, ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    try:
        cell = ledger.resolve(tie.id, tie.column)
    except InputError as error:
        problem = error.problems[0]
        yield problem.what, problem.hint, "unknown"
        return
    if not tie.shown:
        return
    if tie.maths:
        yield "dollar signs make maths of it", r"write a backslash before each dollar sign: \$", "maths"
        return
    hint = "run `tieout update`, or correct the id"
    if passage.output is not None:
        hint = "run `tieout execute`"
    if cell.quantity is None:
        if differs(tie.shown, cell.text):
            yield f"{tie.key} is “{cell.text}”", hint, "disagrees"
        return
    reason = numerals.agrees(tie.shown, cell.quantity, passage.lang)
    if reason:
        yield f"{tie.key}: {reason}", hint, "disagrees"
        return
    word = numerals.qualifier(_before(tie, found), passage.lang)
    reason = numerals.contradiction(word, cell.quantity, tie.shown, passage.lang) if word else None
    if reason:
        yield f"{tie.key}: {reason}", "say it as firmly as the entry does", "qualifier"


def _before(tie: Tie, found: Scan) -> str:
    """Return the words right before a tie, as far as nothing else stands between."""
    at = next(
        place for place, offset in enumerate(found.at) if offset >= tie.start and found.prose[place] == OBJECT
    )
    return found.prose[max(0, at - BEFORE) : at].rpartition(OBJECT)[2]


def _problem(
    passage: Passage, offset: int, what: str, hint: str, rule: str, id: str | None = None
) -> Problem:
    line = passage.line(offset)
    return Problem(what, hint, passage.path, line, id, rule, passage.where)


def _short(text: str) -> str:
    plain = text.replace(OBJECT, "…")
    return plain if len(plain) <= 90 else plain[:89] + "…"
