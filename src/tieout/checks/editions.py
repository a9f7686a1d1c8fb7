"""The editions check: every edition of a book has the ledger of the main one, and says the same numbers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from tieout import numerals
from tieout.checks.prose import disagreements
from tieout.data import Fact
from tieout.data.words import titles, wanted
from tieout.findings import FIELDS, SPOKEN
from tieout.ledger import Entry, Ledger
from tieout.markdown import scan, without_ties
from tieout.problems import Count, Problem, Report
from tieout.prose import Passage

CHECK = "editions"
MISSING = 12  # ids that one problem names at most


def check(main: Ledger, others: Sequence[Ledger]) -> Report:
    """Compare the ledgers of editions with that of the main one, and their words with the texts of the data.

    Returns
    -------
    Report
        For each edition: entries that agree, entries of the main edition that it shows as well, texts of the
        data that it has words for.
    """
    counts: list[Count] = []
    problems: list[Problem] = list(_own(main))
    for other in others:
        name = other.project.edition
        wrong = list(_entries(main, other))
        differing = {each.id for each in wrong}
        counts.append(
            Count(
                f"{name}: entries agree with the main edition",
                len(other) - len(differing & set(other)),
                len(other),
            )
        )
        shown = [id for id, entry in main.items() if entry.used]
        unshown = [id for id in shown if id in other and not other[id].used]
        counts.append(
            Count(
                f"{name}: numbers and names of the main edition shown", len(shown) - len(unshown), len(shown)
            )
        )
        problems += [*wrong, *_unshown(main, other, unshown)]
        seen = (*titles(main.facts.package), *(text for text, _ in wanted(main.facts)))
        texts = list(dict.fromkeys(seen))
        words = other.workspace.words
        known = [text for text in texts if text in words.by_text]
        counts.append(Count(f"{name}: texts of the data in its language", len(known), len(texts)))
        problems += _words(main, other, texts)
    return Report(CHECK, counts, problems)


def _entries(main: Ledger, other: Ledger) -> Iterator[Problem]:
    edition = other.project.edition
    for id, entry in other.items():
        if id not in main:
            what = f"{id} is recorded in the edition {edition} and not in the main one"
            yield _at(entry, what, "record it in both, under one id", "edition")
            continue
        differs = _difference(main[id], entry)
        if differs:
            what = f"{id} is {differs[1]} here, and {differs[0]} in the main edition ({main[id].path})"
            yield _at(entry, what, "let both notebooks compute the same", "edition")
    for id, entry in main.items():
        if id not in other:
            what = f"{id} is recorded here and not in the edition {edition}"
            yield _at(entry, what, "record it in both, under one id", "edition")


def _difference(one: Entry, other: Entry) -> tuple[str, str] | None:
    """Return what two entries say otherwise; names are in the words of their edition."""
    if (one.quantity is None) != (other.quantity is None):
        return ("a name", "a number") if one.quantity is None else ("a number", "a name")
    if one.kind != other.kind:
        return one.kind, other.kind
    a, b = one.quantity, other.quantity
    if a is None or b is None:
        return None
    pairs = (
        (f"{a.value} {a.unit}", f"{b.value} {b.unit}"),
        (f"in {a.interval}", f"in {b.interval}"),
        (a.qualifier or "rounded", b.qualifier or "rounded"),
    )
    return next((pair for pair in pairs if pair[0] != pair[1]), None)


def _unshown(main: Ledger, other: Ledger, ids: Sequence[str]) -> Iterator[Problem]:
    """Say once what the main edition shows and another does not."""
    if ids:
        edition = other.project.edition
        more = f" and {len(ids) - MISSING} more" if len(ids) > MISSING else ""
        what = f"the edition {edition} shows nowhere: {', '.join(ids[:MISSING])}{more}"
        first = main[ids[0]]
        yield Problem(
            what,
            "tie them in its text as well",
            first.path,
            first.line,
            ids[0],
            "edition",
            severity="warning",
        )


def _words(main: Ledger, other: Ledger, texts: Sequence[str]) -> Iterator[Problem]:
    """Hold the words for the data against its texts: all there, none stale, the numbers the same."""
    words, lang = other.workspace.words, other.project.lang
    missing = [text for text in texts if text not in words.by_text]
    path = words.path or f"data/words-{other.project.edition}.csv"
    if missing:
        what = f"{len(missing)} of {len(texts)} texts of the data have no words, the first is “{missing[0]}”"
        yield Problem(what, "add a row for each: its text, its words", path, rule="words", severity="warning")
    forms: dict[str, list[Fact]] = defaultdict(list)
    for fact in main.facts.values():
        for form in fact.stated if fact.is_number else ():
            forms[form].append(fact)
    said = dict(_said(main))
    for text, line in words.lines.items():
        if text not in {*texts, *forms, *said}:
            what = f"“{text}” is no text of the data"
            hint = "correct it to what the data say now, or remove the row"
            yield Problem(what, hint, path, line, rule="words", severity="warning")
            continue
        if text in forms and text not in texts:
            wrong = [fact for fact in forms[text] if not _says(words.of(text), fact, lang)]
            for fact in wrong:
                what = f"“{words.of(text)}” does not say the number of {fact.id}, {fact.value} {fact.unit}"
                yield Problem(what, "write it in a form of the language", path, line, fact.id, "words")
            continue
        if text in said:
            yield from _tied(text, said[text], line, main, other)
        english = _numbers(without_ties(said.get(text, text)), main.project.lang)
        own = _numbers(without_ties(words.of(text)), lang)
        if english != own:
            apart = ", ".join(f"{float(each):,.10g}" for each in sorted({*(english - own), *(own - english)}))
            one, other_one = words.of(text)[:60], said.get(text, text)[:60]
            what = f"the numbers of “{one}” are not those of “{other_one}”: {apart}"
            yield Problem(what, "write the same numbers in both", path, line, rule="words")


def _said(main: Ledger) -> Iterator[tuple[str, str]]:
    """Give what is said of findings, by the name that words have for it: `finding-market-cagr.title`."""
    for finding in main.findings:
        parts: Mapping[str, str] = finding.to_json()
        yield from ((f"{finding.id}.{part}", parts[FIELDS.get(part, part)]) for part in SPOKEN)


def _own(main: Ledger) -> Iterator[Problem]:
    """Hold what the main edition says of its findings in words of its own against its ledger."""
    words, said = main.workspace.words, dict(_said(main))
    for name, line in words.lines.items():
        if name in said:
            yield from _agreeing(name, line, main)
        else:
            what, hint = f"“{name}” is no part of a finding", "correct it, or remove the row"
            yield Problem(what, hint, words.path, line, rule="words", severity="warning")


def _agreeing(name: str, line: int, ledger: Ledger) -> Iterator[Problem]:
    """Hold the ties of what is said of a finding against the ledger."""
    words = ledger.workspace.words
    passage = Passage(words.path, words.of(name), "text", "", ledger.project.lang, first_line=line)
    for tie in passage.scan.ties:
        for what, hint, rule in disagreements(tie, passage.scan, passage, ledger):
            yield Problem(f"“{tie.shown}”: {what}", hint, words.path, line, tie.id, rule)


def _tied(name: str, told: str, line: int, main: Ledger, other: Ledger) -> Iterator[Problem]:
    """Hold what an edition says of a finding against its ledger, and its ties against the main edition's."""
    words = other.workspace.words
    yield from _agreeing(name, line, other)
    wanted, own = (Counter(tie.key for tie in scan(text).ties) for text in (told, words.of(name)))
    for apart, verb in ((wanted - own, "ties not"), (own - wanted, "ties")):
        if apart:
            what = f"{name} {verb} {', '.join(sorted(apart.elements()))}, other than the main edition"
            yield Problem(what, "tie in both what is a number of the ledger", words.path, line, rule="words")


def _says(form: str, fact: Fact, lang: str) -> bool:
    quantity = fact.quantity
    return (
        quantity is not None
        and numerals.parse(form, lang) is not None
        and numerals.says(form, quantity, lang)
    )


def _numbers(text: str, lang: str) -> Counter[Fraction]:
    """Return the values of the numbers in digits in a text, scales applied."""
    found: Counter[Fraction] = Counter()
    for token in numerals.find(text, lang):
        if not any(map(str.isdigit, token.text)):
            continue
        shown = numerals.parse(token.text, lang)
        for figure in shown.figures if shown else ():
            found[figure.value] += 1
    return found


def _at(entry: Entry, what: str, hint: str, rule: str) -> Problem:
    return Problem(what, hint, entry.path, entry.line, entry.id, rule)
