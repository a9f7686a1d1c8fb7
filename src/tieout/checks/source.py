"""Agrees the facts with the source: every number of its text is a fact or has a reason why it is none.

The index, data/source-index.csv, holds these numbers in order, and no sentence of the source: facts can be
compared with it where the text itself is not at hand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from pathlib import Path

from tieout.data import Fact, Facts, Field, Package, Row, Work, datapackage
from tieout.data.fact import PRECISION, QUOTATION, SEPARATOR
from tieout.data.located import Cells, NoCell, agrees, is_cell, of_texts
from tieout.data.sourcetext import Token, block_of, places, section_of, tokens, words
from tieout.data.stated import disagreement, normal, other_digits, stands, stray_digits, vagueness
from tieout.data.tables import COLUMNS as COMMON
from tieout.problems import Count, InputError, Problem, Report
from tieout.project import read_text
from tieout.workspace import Workspace

NAME = "source-index"
COLUMNS = ("section", "locator", "token", "fact", "why")
CITED = ("citation", "reference", "doi")
RULE = "source"
_FIELDS = ("year", "volume", "number", "pages", "doi", "title")


@dataclass(frozen=True)
class Line:
    """One row of the index: a token, and the facts or works that it states, or why it is none."""

    line: int
    section: str
    token: Token
    targets: tuple[str, ...]
    why: str


def check(workspace: Workspace, source: Path | None = None) -> Report:
    """Compare facts, index and, where it is at hand, the source's text, each with the others.

    Parameters
    ----------
    source
        The source's text. Without it the facts are compared with the index only, and the report says so.

    Raises
    ------
    InputError
        The data, the index or the text cannot be read.
    """
    known = workspace.facts
    cells, places_of_cells = _cells(known)
    known = replace(known, by_id=of_texts(known))
    counted = [Count("cells as the facts say", places_of_cells - len(cells), places_of_cells)]
    path, index = _index(known.package)
    if not known.by_id and path is None:
        notes = [] if places_of_cells else ["no fact has a source that is looked at here"]
        return Report("source", counted if places_of_cells else (), cells, notes)
    if path is None:
        what = f"the package has no table {NAME}, so that nothing agrees the facts with their source"
        hint = f"list every number of the source in data/{NAME}.csv, with its fact or why it is none"
        missing = Problem(what, hint, datapackage.FILE, 1, rule="no-index")
        return Report("source", counted if places_of_cells else (), [*cells, missing])
    problems = [*cells, *_rows(path, index, known), *_facts(path, index, known), *_works(path, index, known)]
    problems += _attributed(index, known)
    counts = [
        Count("numbers of the index explained", *_share(index, problems)),
        Count("numeric facts found in the index", *_found(known, problems)),
        *(counted if places_of_cells else ()),
    ]
    if source is None:
        note = "the source's text is not at hand: facts were compared with the index only (--source PATH)"
        return Report("source", counts, problems, [note])
    content = read_text(source, str(source))
    text = list(tokens(content))
    differences = list(_differences(path, index, text))
    missed = sum(1 for problem in differences if problem.rule != "index-extra")
    counts.insert(0, Count("numbers of the source in the index", len(text) - missed, len(text)))
    misquoted, forms = _quoted(known, dict(places(content)))
    counts.append(Count("stated forms found at their places", forms - len(misquoted), forms))
    invented = list(_invented(known, dict(places(content))))
    quoting = sum(bool(fact.quotation) for fact in known.values())
    if quoting:
        counts.append(Count("quotations found at their places", quoting - len(invented), quoting))
    vague = _vague(known, dict(places(content)))
    cited = _cited_by_name(path, index, known, dict(places(content)))
    return Report("source", counts, [*differences, *problems, *misquoted, *invented, *vague, *cited])


def _cells(known: Facts) -> tuple[list[Problem], int]:
    """Look up each cell that a fact is from; return what does not agree, and how many were looked up."""
    tables, problems, count = Cells(known.package), [], 0
    for fact in known.values():
        for locator in filter(is_cell, fact.locators):
            count += 1
            try:
                text = tables.text(locator)
            except NoCell as error:
                problems.append(_fact_problem(fact, "locator", error.what, error.hint))
                continue
            if not agrees(fact, text):
                said = f"holds {text!r}" if text else "is empty"
                what = f"the cell {locator} {said}, and the value is {fact.value!r}"
                problems.append(_fact_problem(fact, "value", what, "correct the value, or the place"))
    return problems, count


def _index(package: Package) -> tuple[str | None, list[Line]]:
    resource = next((each for each in package.resources if each.name == NAME), None)
    if resource is None:
        return None, []
    if tuple(resource.columns) != COLUMNS:
        hint = f"its columns are {', '.join(COLUMNS)}"
        raise InputError(f"the schema of {NAME} is another", hint, path=datapackage.FILE, rule="schema")
    index = []
    for row in package.rows(resource):
        if isinstance(row, Row):
            targets = tuple(row.cells["fact"].split(SEPARATOR)) if row.cells["fact"] else ()
            token = Token(row.cells["locator"], row.cells["token"])
            index.append(Line(row.line, row.cells["section"], token, targets, row.cells["why"]))
    return resource.path, index


def _share(index: Sequence[Line], problems: Sequence[Problem]) -> tuple[int, int]:
    wrong = {problem.line for problem in problems if problem.path and problem.path.endswith(f"{NAME}.csv")}
    return len(index) - len(wrong), len(index)


def _found(known: Facts, problems: Sequence[Problem]) -> tuple[int, int]:
    numeric = {fact.id for fact in known.values() if fact.is_number}
    return len(numeric - {problem.id for problem in problems}), len(numeric)


def _differences(path: str, index: Sequence[Line], text: Sequence[Token]) -> Iterator[Problem]:
    """Compare the index with the text, token by token and in order."""
    ours = [(line.token.locator, line.token.text) for line in index]
    theirs = [(token.locator, token.text) for token in text]
    for kind, start, end, first, last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        at = index[min(start, len(index) - 1)].line if index else 1
        for place, token in theirs[first:last]:
            what = f"the source has {token!r} at {place} and the index has not, at this point"
            hint = "add the row, with its fact or why it is none"
            yield Problem(what, hint, path=path, line=at, rule="index-missing", where="column token")
        for line in index[start:end]:
            what = f"the source has no {line.token.text!r} at {line.token.locator} at this point"
            hint = "correct or remove the row"
            yield Problem(what, hint, path=path, line=line.line, rule="index-extra", where="column token")


def _rows(path: str, index: Sequence[Line], known: Facts) -> Iterator[Problem]:
    """Look at each row of the index by itself: its section, and that it says what its token is."""
    for row in index:
        token = row.token
        if row.section != section_of(token.locator):
            what = f"the section is {row.section} and the place {token.locator}"
            yield _wrong(path, row, "section", what, "write the section of the place")
        if bool(row.why) == any(not target.startswith("@") for target in row.targets):
            what = f"{token.text!r} has {'both a fact and' if row.why else 'neither a fact nor'} a reason"
            yield _wrong(path, row, "why", what, "give it a fact, or say why it is none")
        if row.why == "heading-number" and token.text != token.section:
            what = f"the heading is numbered {token.text!r} and the place {token.locator}"
            yield _wrong(path, row, "token", what, "correct the row")
        for target in row.targets:
            wrong = _target(row, target, known)
            if wrong:
                hint = "correct the fact, its stated forms, or the row of the index"
                yield _wrong(path, row, "fact", wrong, hint, id=target.split(":")[0])


def _target(row: Line, target: str, known: Facts) -> str | None:
    """Return in words why a token is not what the index says it is."""
    token = row.token
    if target.startswith("@"):
        if row.why not in CITED:
            return f"{target} is a work, and the reason is {row.why or 'missing'}"
        work = known.bibliography.get(target[1:])
        return _cited(row, work) if work else f"{target} is no key of the bibliography"
    name, _, column = target.partition(":")
    if name not in known:
        return f"there is no fact {name!r}"
    fact = known[name]
    if column:
        if not any(block_of(each) == block_of(token.locator) for each in fact.locators):
            return f"{name} is not stated in {block_of(token.locator)}"
        cell = fact.column(column)
        return None if cell and token.text in cell.split("/") else f"{name} has {cell!r} as its {column}"
    forms = [form for place, form in zip(fact.locators, fact.stated, strict=True) if place == token.locator]
    if not forms:
        return f"{name} is not stated at {token.locator}"
    if not any(token.text in words(form) for form in forms):
        return f"{name} is stated there as {forms[0]!r}, not {token.text!r}"
    return None


def _cited(row: Line, work: Work) -> str | None:
    shown = row.token.text
    if row.why == "doi":
        return None if work.doi and shown.endswith(work.doi) else f"the DOI of {work.key} is {work.doi}"
    if row.why == "citation":
        return None if shown == work.year else f"{work.key} is of {work.year}, and cited with {shown}"
    held = {number for name in _FIELDS for number in _held(work.fields.get(name, ""))}
    return None if shown in held else f"{work.key} has no {shown}"


def _held(text: str) -> Iterator[str]:
    yield from words(re.sub(r"(?<=\d)--(?=\d)", "-", text.replace("{", "").replace("}", "")))


def _facts(path: str, index: Sequence[Line], known: Facts) -> Iterator[Problem]:
    """Look at each fact: its forms agree with its value, and the index has their numbers and its years."""
    at: Mapping[tuple[str, str], Counter[str]] = defaultdict(Counter)
    years: Mapping[str, set[str]] = defaultdict(set)
    for row in index:
        for target in row.targets:
            name, _, column = target.partition(":")
            if column in ("period", "year"):
                years[name].add(row.token.text)
            elif not column:
                at[name, row.token.locator][row.token.text] += 1
    columns = {
        table.name: [each.name for each in table.fields if _is_text(each)]
        for table in known.package.resources
    }
    for fact in known.values():
        for place in dict.fromkeys(fact.locators):
            forms = [form for where, form in zip(fact.locators, fact.stated, strict=True) if where == place]
            yield from _forms(path, fact, place, forms, at.get((fact.id, place), Counter()))
        digits = other_digits(fact)
        if digits:
            what = f"the source writes {digits}, and the value is {fact.value}"
            yield _fact_problem(fact, "value", what, "keep the source's own digits")
        stray = stray_digits(fact, columns[fact.resource])
        if stray:
            what = f"{stray[1]} is in neither value, period nor stated forms"
            yield _fact_problem(fact, stray[0], what, "correct it, or the value")
        for year in fact.period.split("/") if fact.period else ():
            if year not in years[fact.id]:
                what = f"no {year} beside {fact.id} is in the index"
                yield _fact_problem(fact, "period", what, f"correct the period, or {path}")


def _is_text(column: Field) -> bool:
    """Whether a column of its own holds text of the report's; quotations are looked up in the source."""
    return column.type == "string" and column.name not in (*COMMON, PRECISION, QUOTATION)


def _forms(path: str, fact: Fact, place: str, forms: Sequence[str], there: Counter[str]) -> Iterator[Problem]:
    wanted = Counter(word for form in forms for word in words(form))
    for form in forms:
        wrong = disagreement(fact, form)
        if wrong:
            yield _fact_problem(fact, "stated", f"{form!r} at {place}: {wrong}", "correct value or form")
    if fact.is_number and not wanted:
        yield _fact_problem(fact, "stated", f"{forms[0]!r} has no number", "write the form with its digits")
    for word in wanted - there:
        what = f"the index has no {word!r} of {fact.id} at {place}"
        yield _fact_problem(fact, "locator", what, f"correct the place or the form, or {path}")


def _quoted(known: Facts, text: Mapping[str, str]) -> tuple[list[Problem], int]:
    """Look for each stated form at its place; return what is not there, and how many were sought."""
    problems, count = [], 0
    for fact in known.values():
        for place, form in zip(fact.locators, fact.stated, strict=True):
            count += 1
            if place not in text:
                what = f"the source has no place {place}"
                problems.append(_fact_problem(fact, "locator", what, "correct the place"))
            elif not stands(form, text[place]) or _partial(fact, place, form, text[place]):
                what = f"{form!r} does not stand at {place} of the source"
                problems.append(_fact_problem(fact, "stated", what, "correct the form or the place"))
    return problems, count


def _invented(known: Facts, text: Mapping[str, str]) -> Iterator[Problem]:
    """Look for each quotation at a place of its fact; typography and case are not the source's words."""
    for fact in known.values():
        wanted = normal(fact.quotation)
        if wanted and not any(f" {wanted} " in f" {normal(text.get(place, ''))} " for place in fact.locators):
            what = f"“{fact.quotation}” stands at no place of {fact.id} in the source"
            yield _fact_problem(fact, QUOTATION, what, "quote the source's own words, or add the place")


def _partial(fact: Fact, place: str, form: str, text: str) -> bool:
    """Whether a rating, or what else the row has in a column of its own, is a part only of a table's cell.

    *High* does not stand in *Very High*.
    """
    return ":t" in place and form in fact.cells.values() and form != text


def _vague(known: Facts, text: Mapping[str, str]) -> Iterator[Problem]:
    for fact in known.values():
        wrong = vagueness(fact, [text.get(place, "") for place in fact.locators]) if fact.is_number else None
        if wrong:
            yield _fact_problem(fact, "qualifier", wrong, "correct the qualifier, or the place")


def _works(path: str, index: Sequence[Line], known: Facts) -> Iterator[Problem]:
    """Look at each work of the source's list: the index has every number of its entry."""
    listed: Mapping[str, Counter[str]] = defaultdict(Counter)
    for row in index:
        for target in row.targets:
            if target.startswith("@") and row.why in ("reference", "doi"):
                listed[target[1:]][row.token.text] += 1
    for key, there in listed.items():
        work = known.bibliography.get(key)
        if work is None:
            continue
        shown = " ".join(there)
        for name in _FIELDS:
            for number in _held(work.fields.get(name, "")):
                if number not in there and not (name == "doi" and number in shown):
                    what = f"the source's list has no {number!r} in the entry of {key}"
                    hint = f"correct the {name}, or {path}"
                    yield Problem(what, hint, path=work.path, line=work.line, id=key, rule=RULE)


def _attributed(index: Sequence[Line], known: Facts) -> Iterator[Problem]:
    """Look at the work that each fact is attributed to: the source cites it where it states the fact.

    What the source cites nowhere is its own work, which stands for what it states without a citation. A work
    cited in the same section may be meant for all of it; one cited elsewhere only is a warning.
    """
    blocks: Mapping[str, set[str]] = defaultdict(set)
    for row in index:
        if row.why == "citation":
            blocks[block_of(row.token.locator)] |= {each[1:] for each in row.targets if each.startswith("@")}
    sections: Mapping[str, set[str]] = defaultdict(set)
    for block, keys in blocks.items():
        sections[section_of(block)] |= keys
    everywhere = set().union(*blocks.values())
    for fact in known.values() if blocks else ():
        places = [blocks.get(block_of(locator), set()) for locator in fact.locators]
        cited = set().union(*places)
        own = fact.source not in everywhere
        covering = set().union(*(sections[section_of(locator)] for locator in fact.locators))
        if fact.source in cited or (own and not all(places)) or (own and not places):
            continue
        if not cited and fact.source in covering:
            continue
        hint = "correct the work, or the place"
        named = ", ".join(sorted(cited)) or "no work"
        problem = _fact_problem(
            fact, "source", f"is attributed to {fact.source}, and the source cites {named} there", hint
        )
        yield problem if cited else replace(problem, severity="warning")


def _cited_by_name(
    path: str, index: Sequence[Line], known: Facts, text: Mapping[str, str]
) -> Iterator[Problem]:
    """Look for the names of each work that the index finds cited: the year alone would fit others too."""
    for row in index:
        for target in row.targets if row.why == "citation" else ():
            work = known.bibliography.get(target.removeprefix("@"))
            names = [name for name in work.names if name != "others"] if work else []
            if names and not any(_short_name(name) in text.get(row.token.locator, "") for name in names):
                what = f"{row.token.locator} of the source names no {names[0]}, of {work.key if work else ''}"
                yield _wrong(path, row, "fact", what, "name the work that is cited there")


def _short_name(name: str) -> str:
    """Return the first word of a name: sources shorten those of organisations."""
    return name.replace("{", "").replace("}", "").replace("\\", "").split()[0]


def _wrong(path: str, row: Line, column: str, what: str, hint: str, id: str | None = None) -> Problem:
    return Problem(what, hint, path=path, line=row.line, id=id, rule=RULE, where=f"column {column}")


def _fact_problem(fact: Fact, column: str, what: str, hint: str) -> Problem:
    place = f"column {column}"
    return Problem(what, hint, path=fact.path, line=fact.line, id=fact.id, rule=RULE, where=place)
