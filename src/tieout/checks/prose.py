"""The prose check: every tie shows what its entry says, and no number stands without one.

Prose is all that readers see as text: paragraphs, headings, notes, captions, alternative texts, tables. Code
is none, and yet an example of a tie in a ``markdown`` block has to be a true one where its entry exists.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from tieout import numerals
from tieout.checks import forms, frames
from tieout.checks.charts import Charts, compare
from tieout.checks.remedies import ID, exchanged, firm, remedy
from tieout.checks.since import since
from tieout.data.datapackage import digest
from tieout.ledger import Ledger, Required, differs
from tieout.ledger.lost import lost
from tieout.markdown import OBJECT, Scan, Tie, scan
from tieout.problems import Count, InputError, Problem, Report
from tieout.project import Project, misread
from tieout.prose import BASE, Passage, inlines, surroundings, untied
from tieout.wording.groups import Siblings
from tieout.wording.peers import unchanged
from tieout.wording.suspicions import Suspicions
from tieout.wording.turned import is_of_other_side
from tieout.workspace import Once

FEW = 3  # chapters that are named each
SUGGESTED = "or see `tieout suggest`"
MANY = 12  # more places with code than these are named once a file
NUMBERS = "numbers of the prose tied or waived"
FIRM = ("bound", "qualifier")  # wrong is not the number, and what is said of it
# Wrong is a word, a unit or the id.
BY_HAND = {
    "direction": "change the word, or correct the id", "swapped": "change the unit, or correct the id",
    numerals.MEMBER: "correct the id",
}  # fmt: skip
EXAMPLE = re.compile(r"^(`{3,})markdown[ \t]*\n(.*?)^\1[ \t]*$", re.MULTILINE | re.DOTALL)


@dataclass
class _Tally:
    ties: int = 0
    agreeing: int = 0
    numbers: int = 0
    tied: int = 0
    computed: int = 0
    spared: int = 0
    waived: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    displays: list[forms.Display] = field(default_factory=list)
    suspicions: list[Problem] = field(default_factory=list)

    def add(self, page: Mapping[str, Any]) -> None:
        """Add what a page came to, as `to_json` gives it."""
        for name in ("ties", "agreeing", "numbers", "tied", "computed", "spared", "waived"):
            setattr(self, name, getattr(self, name) + page[name])
        self.problems += [Problem(**each) for each in page["problems"]]
        self.suspicions += [Problem(**each) for each in page["suspicions"]]
        self.notes += page["notes"]
        self.displays += [forms.Display.from_json(each) for each in page["displays"]]

    def to_json(self) -> dict[str, Any]:
        """Return the tally as plain data."""
        return {**asdict(self), "displays": [each.to_json() for each in self.displays]}


def check(ledger: Ledger) -> Report:
    """Compare every tie of every chapter with the ledger, and look for numbers without one."""
    tally = _Tally()
    required = Required.of(ledger)
    weighed, tables = Once(lambda: Suspicions(ledger)), unchanged(ledger)
    for page, passages in _pages(ledger.sources.passages).items():
        files = {
            path: digest(ledger.project.files.bytes(path)) for path in sorted({one.path for one in passages})
        }
        asked = [required.pages.get(page), page in required.said]
        key = [ledger.fingerprint, *asked, [*files.values()], [*map(repr, passages)], [*map(list, tables)]]
        parts = {**files, **dict(tables), "the ledger": ledger.fingerprint, "which numbers need a tie": asked}

        def read(passages: Sequence[Passage] = passages) -> dict[str, Any]:
            read = _Tally()
            for passage in passages:
                _passage(passage, ledger, required, read)
                read.suspicions += weighed().passage(passage)
                read.displays += forms.displays(passage, ledger)
            return read.to_json()

        tally.add(ledger.project.steps.take("prose", key, read, page, parts))
    tally.problems[:0] = since(ledger, tally.problems)
    tally.problems += frames.untied(ledger, required)
    tally.problems += _titles(ledger, required)
    tally.problems += _misread(ledger.project)
    tally.problems += tally.suspicions
    drawn, shown = _charts(ledger, required)
    tally.problems += forms.unlike(ledger, [*tally.displays, *shown])
    tally.problems += forms.foreign([*tally.displays, *shown])
    counts = [
        Count("ties agree", tally.agreeing, tally.ties),
        Count(NUMBERS, tally.tied + tally.waived, tally.numbers),
    ]
    if tally.spared:
        counts.append(Count("years and others that need no tie", tally.spared, tally.spared))
    if tally.computed:
        counts.append(Count("further numbers in outputs, computed", tally.computed, tally.computed))
    unwritten = {each.path for each in ledger.sources.passages if not required.is_strict(each.page)}
    problems = [*_gathered(tally.problems, unwritten), *drawn.problems]
    return Report("prose", [*counts, *drawn.counts], problems, tally.notes)


def _charts(ledger: Ledger, required: Required) -> tuple[Charts, list[forms.Display]]:
    """Compare the charts, and return what they show of entries."""
    notebooks = ledger.sources.notebooks
    cells = [[path, [cell.name for cell in notebook.cells]] for path, notebook in notebooks.items()]

    def compared() -> dict[str, Any]:
        shown = [each.to_json() for each in forms.drawn(ledger)]
        return {"charts": asdict(compare(ledger, required)), "displays": shown}

    key = [ledger.fingerprint, dict(required.pages), cells]
    found = ledger.project.steps.take("charts", key, compared)
    problems = [Problem(**each) for each in found["charts"].pop("problems")]
    return Charts(**found["charts"], problems=problems), [*map(forms.Display.from_json, found["displays"])]


def _pages(passages: Iterable[Passage]) -> Mapping[str, list[Passage]]:
    """Return the passages by the page that shows them."""
    found: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        found[passage.page].append(passage)
    return found


def _passage(passage: Passage, ledger: Ledger, required: Required, tally: _Tally) -> None:
    found = passage.scan
    first = len(tally.problems)
    for tie in found.ties:
        _tie(tie, tie.start, found, passage, ledger, tally)
    if len(tally.problems) > first + 1:
        tally.problems[first:] = exchanged(tally.problems[first:], passage, ledger)
    for example in EXAMPLE.finditer(passage.markdown):
        shown = scan(example[2])
        for tie in shown.ties:
            if tie.id in ledger:
                _tie(tie, example.start(2) + tie.start, shown, passage, ledger, tally)
    waived: dict[tuple[int, str], list[str]] = {}
    for waiver in found.waivers:
        numeric = any(map(str.isnumeric, waiver.text)) or _is_worded(waiver.text, passage.lang)
        tally.numbers += numeric
        if not waiver.reason.strip():
            hint = 'say why: {.waived reason="…"}'
            what = f"“{waiver.text}” is waived without a reason"
            tally.problems.append(_problem(passage, waiver.start, what, hint, "waiver"))
        elif numeric:
            tally.waived += 1
            # Those of a table that are waived alike are said once.
            first = found.waivers[0].start if passage.output is not None else waiver.start
            waived.setdefault((first, waiver.reason), []).append(f"“{waiver.text}”")
    for (start, reason), texts in waived.items():
        place = f"{passage.path}:{passage.line(start)}"
        tally.notes.append(f"waived: {place}: {', '.join(texts)} ({reason})")
    for inline in inlines(passage.markdown) if passage.output is None else ():
        what = f"{inline.text} is code that is not run here, and shown as it stands"
        hint = "`tieout suggest --write` records its value and ties it; or tie it by hand: [](tie:ID)"
        tally.problems.append(
            replace(_problem(passage, inline.start, what, hint, "inline"), severity="warning")
        )
    for number in untied(passage.markdown, passage.lang, passage.literal):
        by_cell = passage.output is not None
        base = number.kind == BASE
        asked = required.asks(passage.page, number.text, passage.lang, output=by_cell, base=base)
        if passage.output is not None and not asked:
            tally.computed += 1
            continue
        if not asked:
            spared = required.spares(passage.page, number.text, passage.lang, base=base)
            tally.spared += spared
            tally.numbers += not spared
            continue
        tally.numbers += 1
        text = " ".join(map(str.strip, number.text.split("\n")))  # as on one line
        what = f"“{text}” is not tied, in “{_short(number.sentence)}”"
        hint = f"write [{text}](tie:ID), {SUGGESTED}"
        if passage.output is not None:
            hint = "give t.table or t.cell what the number is of, or waive it; then run `tieout execute`"
        tally.problems.append(_problem(passage, number.start, what, hint, "untied"))


def _titles(ledger: Ledger, required: Required) -> Iterator[Problem]:
    """Name the numbers that the cover shows: they stand in `_quarto.yml`, where nothing can be tied."""
    project = ledger.project
    texts = {"title": project.title, "subtitle": project.subtitle, "description": project.description}
    texts |= {f"author {number + 1}": author.name for number, author in enumerate(project.authors)}
    first = project.chapters[0].href if project.chapters else ""
    for name, text in texts.items():
        for number in untied(text or "", project.lang):
            if required.asks(first, number.text, project.lang):
                what = f"the {name} has “{number.text}”, and nothing can be tied there"
                hint = "leave it out, or say it where it can be tied"
                path, line = project.place_about(name.split()[0])
                yield Problem(what, hint, path, line, rule="title", severity="warning")


def _misread(project: Project) -> Iterator[Problem]:
    """Name the headings that Quarto will number against what they say; what many have is said once."""
    found = [each for chapter in project.chapters if (each := misread(project.files, chapter))]
    if len(found) <= FEW:
        return iter(found)
    return iter([replace(found[0], what=f"{found[0].what}, and so in {len(found) - 1} more chapters")])


def _gathered(problems: Iterable[Problem], unwritten: Collection[str]) -> Iterator[Problem]:
    """Name the places that have code in a line; of many only the first of each file.

    So too for numbers without a tie in files for which no rule is written down: their author has just begun.
    """
    code: dict[str | None, list[Problem]] = defaultdict(list)
    bare: dict[str | None, list[Problem]] = defaultdict(list)
    for each in problems:
        if each.rule == "inline":
            code[each.path].append(each)
        elif each.rule == "untied" and each.path in unwritten and each.hint.endswith(SUGGESTED):
            bare[each.path].append(each)
        else:
            yield each
    for first, *more in bare.values():
        if len(more) < FEW:
            yield from (first, *more)
            continue
        what = f"{first.what}, and so are {len(more)} more numbers of this file not yet"
        yield replace(first, what=what, hint="`tieout suggest` says what each could be")
    if sum(map(len, code.values())) <= MANY:
        yield from (each for those in code.values() for each in those)
        return
    for first, *more in code.values():
        yield replace(first, what=f"{first.what}, and so in {len(more)} more places") if more else first


def _tie(tie: Tie, at: int, found: Scan, passage: Passage, ledger: Ledger, tally: _Tally) -> None:
    tally.ties += 1
    numeric = any(map(str.isnumeric, tie.shown)) or bool(numerals.worded(tie.shown))
    tally.numbers += numeric
    wrong = next(disagreements(tie, found, passage, ledger), None)
    if wrong is None:
        tally.agreeing += 1
        tally.tied += numeric
        return
    what, hint, rule = wrong
    tally.problems.append(_problem(passage, at, f"“{tie.shown}”: {what}", hint, rule, tie.id))


def disagreements(tie: Tie, found: Scan, passage: Passage, ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Give what is wrong with what a tie shows where it stands: what, what to do, and the rule."""
    try:
        cell = ledger.resolve(tie.id, tie.column)
    except InputError as error:
        problem = error.problems[0]
        what, hint = lost(ledger, tie.id, tie.shown, passage.lang) or (problem.what, problem.hint)
        yield what, hint, "unknown"
        return
    if not tie.shown:
        return
    if tie.maths:
        yield "dollar signs make maths of it", r"write a backslash before each dollar sign: \$", "maths"
        return
    around = surroundings(found, tie)
    if cell.quantity is None:
        if differs(tie.shown, cell.text, passage.lang):
            yield f"{tie.key} is “{cell.text}”", remedy(tie, cell, passage, around), "disagrees"
        return
    shown, full = numerals.points_in_full(tie.shown, around, cell.text)
    wrong = numerals.judged(shown, cell.quantity, passage.lang, full, cell.family)
    if wrong is not None and wrong.kind == "direction" and tie.id in ledger:
        wrong = None if is_of_other_side(ledger[tie.id], full, Siblings.of(ledger)) else wrong
    if wrong is not None and wrong.kind in BY_HAND:
        yield (
            f"{tie.key}: {wrong.why}",
            BY_HAND[wrong.kind],
            "qualifier" if wrong.kind == "direction" else "disagrees",
        )
    elif wrong is not None:
        hint, rule = remedy(tie, cell, passage, around), "disagrees"
        if wrong.kind in FIRM:
            hint, rule = firm(hint), "qualifier"
        elif wrong.kind == "bare":
            known = "where its inputs are known more finely, say so in the column `precision` of the data"
            hint, rule = f"{hint.removesuffix(ID)}; {known}", "pretends"
        yield f"{tie.key}: {wrong.why}", hint, rule
    elif reverse := numerals.reversed_by(cell.quantity, full, ledger.number):
        yield f"{tie.key}: {reverse}", "say it as the numbers have it", "qualifier"


def _problem(
    passage: Passage, offset: int, what: str, hint: str, rule: str, id: str | None = None
) -> Problem:
    line = passage.line(offset)
    return Problem(what, hint, passage.path, line, id, rule, passage.where)


def _is_worded(text: str, lang: str) -> bool:
    """Whether a text is a number in words: *seven*, *doubled*, *one in five*."""
    return numerals.parse(text, lang) is not None or bool(numerals.worded(text, lang))


def _short(text: str) -> str:
    plain = text.replace(OBJECT, "…")
    return plain if len(plain) <= 90 else plain[:89] + "…"
