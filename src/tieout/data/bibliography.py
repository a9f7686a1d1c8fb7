"""The works that a report cites, as pybtex reads them: each with its file and line, and what it lacks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any

from pybtex.database import BibliographyData, Person
from pybtex.database import Entry as PybtexEntry
from pybtex.database.input.bibtex import DuplicateField, Parser, UndefinedMacro, month_names
from pybtex.errors import capture
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError

from tieout.data.biblatex import REQUIRED, SAME, SHELF, WHEN, taken
from tieout.problems import InputError, Problem, Severity
from tieout.project import CONFIG, Files
from tieout.project.chapters import existing
from tieout.project.profiles import read

UNLISTED = re.compile(r"not in its reference list", re.IGNORECASE)
DOI = re.compile(r"10(?:\.\d{4,9})?/\S+")  # or the short form of one, `10/abc`
_KEY = re.compile(r"^[ \t]*@(\w+)[ \t]*[{(][ \t]*([^\s,]+)[ \t]*,", re.MULTILINE)
_DATED = re.compile(r"(?<!\d)([12]\d{3})[a-z]?$")
_NO_ENTRY = {"comment", "preamble", "string"}


@dataclass(frozen=True)
class Work:
    """One entry of a bibliography.

    Parameters
    ----------
    key
        What citations call it.
    kind
        Its BibTeX type, lower case.
    names
        Family names of its authors (else editors), whole names of organisations; ``others`` stands for et al.
    fields
        Its fields as written, names lower case.
    flaws
        What in its entry is read otherwise than it stands.
    """

    key: str
    kind: str
    names: tuple[str, ...]
    fields: Mapping[str, str]
    path: str
    line: int
    flaws: tuple[Problem, ...] = field(default=(), repr=False)

    @property
    def year(self) -> str | None:
        """Its year, of ``year`` or ``date``."""
        given = self.fields.get("year") or self.fields.get("date", "")
        match = re.search(r"\d{4}", given)
        return match[0] if match else None

    @property
    def doi(self) -> str | None:
        """Its DOI as written."""
        return self.fields.get("doi")

    @property
    def title(self) -> str:
        """Its title without braces."""
        return plain(self.fields.get("title", ""))

    @property
    def unlisted(self) -> bool:
        """Whether it is marked as cited by the source and missing from the source's reference list."""
        return bool(UNLISTED.search(self.fields.get("note", "")))

    @property
    def citation(self) -> str:
        """How a text names it: ``Chen et al. (2022)``."""
        named = [name for name in self.names if name != "others"]
        if not named:
            named = [self.title or self.key]
        several = len(named) > 2 or "others" in self.names
        who = f"{named[0]} et al." if several else " and ".join(named)
        return f"{who} ({self.year or 'n.d.'})"


@dataclass(frozen=True)
class Bibliography(Mapping[str, Work]):
    """The works of a report by key. Read one with `load`."""

    works: Mapping[str, Work]
    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), repr=False)

    def __getitem__(self, key: str) -> Work:
        return self.works[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.works)

    def __len__(self) -> int:
        return len(self.works)


def load(files: Files, named: Iterable[PurePosixPath | str] | None = None) -> Bibliography:
    """Read the bibliographies of a project.

    Parameters
    ----------
    files
        The project's files.
    named
        The bibliographies; those that the configuration names where it is not given (without a
        configuration: bibliography.bib).

    Raises
    ------
    InputError
        A file is missing, not UTF-8 or not BibTeX.
    """
    names = tuple(_names(files) if named is None else map(str, named))
    works: dict[str, Work] = {}
    twice: list[Problem] = []
    for name in names:
        for work in parse(files.text(name), name):
            if other := works.get(work.key):
                first = f"line {other.line}" if other.path == name else f"{other.path}:{other.line}"
                what = f"the key {work.key} stands twice, first on {first}: this entry counts"
                twice.append(_problem(work, what, "remove one of the two, or give it another key", "key"))
            works[work.key] = work
    return Bibliography(works, names, (*twice, *problems(works.values())))


def parse(text: str, name: str) -> list[Work]:
    """Read BibTeX; of works with the same key, the last counts, as for pandoc.

    Raises
    ------
    InputError
        The text is not BibTeX; with file and line.
    """
    lines: dict[str, int] = {}
    names: dict[str, str] = {}
    text = _told_apart(text, lines, names)
    data, errors = _read(text)
    for error in errors:
        if isinstance(error, PybtexSyntaxError) and not isinstance(error, UndefinedMacro):
            raise _unreadable(error, text, name)
    if undefined := {_undefined(error): _undefined(error) for error in errors if _undefined(error)}:
        data, _ = _read(text, undefined)
    flaws = defaultdict(list)
    for line, what, hint in (_flaw(error, text) for error in errors):
        key = max((line_of, key) for key, line_of in lines.items() if line_of <= line)[1]
        flaws[key].append(Problem(what, hint, name, line, names.get(key, key), "bibliography"))
    fields = {key.lower(): _fields(entry) for key, entry in data.entries.items()}
    return [
        replace(
            _work(names.get(key, key), entry, taken(key.lower(), fields), name, lines.get(key.lower(), 1)),
            flaws=tuple(flaws[key.lower()]),
        )
        for key, entry in data.entries.items()
        if str(entry.type).lower() != SHELF
    ]


class _LastCounts(Parser):  # type: ignore[misc]
    """Takes the last of an entry's fields with the same name, as pandoc does."""

    def process_entry(self, entry_type: str, key: str, fields: list[Any]) -> None:
        super().process_entry(entry_type, key, fields[::-1])


def _read(text: str, macros: Mapping[str, str] = MappingProxyType({})) -> tuple[BibliographyData, list[Any]]:
    """Return what BibTeX says, and the mistakes that pybtex goes on after."""
    parser = _LastCounts(encoding="utf-8", keyless_entries=False, macros={**month_names, **macros})
    with capture() as errors:
        data: BibliographyData = parser.parse_string(text)
    return data, list(errors)


def _unreadable(error: PybtexSyntaxError, text: str, name: str) -> InputError:
    what = "cannot be read as BibTeX: " + str(error).split(": ", 1)[-1].strip()
    hint, line = "look for a brace, quote or comma that is missing here or in the entry before", error.lineno
    unclosed = _unclosed(text)
    if unclosed and "end of file" in what:
        key, line = unclosed
        what = f"cannot be read as BibTeX: the entry {key} is never closed"
        hint = "look for a brace that is missing in it"
    return InputError(what, hint, path=name, line=line, rule="bibliography")


def _undefined(error: PybtexError) -> str:
    """Return the name without quotes that no @string defines; empty of another mistake."""
    if not isinstance(error, UndefinedMacro):
        return ""
    return str(error).split(": ", 1)[-1].strip().removeprefix("undefined string ").strip("\"'")


def _flaw(error: PybtexError, text: str) -> tuple[int, str, str]:
    """Return line, what and hint of a mistake that pandoc reads over."""
    if name := _undefined(error):
        hint = f"it is taken as text; put it in braces, {{{name}}}, or define it: @string{{{name} = {{…}}}}"
        return error.lineno, f"{name} stands without quotes, and no @string defines it", hint
    if isinstance(error, DuplicateField):
        key, twice = re.findall(r"key (.*) has a duplicate (.*) field", str(error))[0]
        return (
            _line(text, f"{{{key},"),
            f"{key.split(chr(0))[0]} has two fields `{twice}`",
            "take one of them out",
        )
    given = str(error).partition(" in ")[2].strip("'\"")
    hint = "write `Family, Given and Family, Given`, organisations in a second pair of braces"
    return _line(text, given), f"“{given[:60]}” is read as one name", hint


def _line(text: str, needle: str) -> int:
    """Return the line where a text stands that may be broken into lines."""
    found = re.search(r"\s+".join(map(re.escape, needle.split())), text)
    return text.count("\n", 0, found.start() if found else 0) + 1


def _told_apart(text: str, lines: dict[str, int], names: dict[str, str]) -> str:
    """Return BibTeX in which no key stands twice, in whatever case: an earlier entry has another one.

    ``lines`` is given the line of each key in lower case, ``names`` what the other keys stand for.
    """
    found = [match for match in _KEY.finditer(text) if match[1].lower() not in _NO_ENTRY]
    last = {match[2].lower(): match for match in found}
    parts, end = [], 0
    for number, match in enumerate(found):
        key = match[2]
        if last[key.lower()] is not match:
            key = f"{key}\0{number}"
            names[key] = match[2]
        lines[key.lower()] = text.count("\n", 0, match.start(2)) + 1
        parts += [text[end : match.start(2)], key]
        end = match.end(2)
    return "".join([*parts, text[end:]])


def _unclosed(text: str) -> tuple[str, int] | None:
    """Return key and line of the first entry that is still open where another begins, or the text ends."""
    found = list(_KEY.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=False):
        body = text[match.start() : end]
        if body.count("{") - body.count("\\{") > body.count("}") - body.count("\\}"):
            return match[2], text.count("\n", 0, match.start(2)) + 1
    return None


def problems(works: Iterable[Work]) -> Iterator[Problem]:
    """Give what is wrong with works: missing fields, the form of DOI and year, the same work twice."""
    by_doi: dict[str, list[Work]] = defaultdict(list)
    by_title: dict[tuple[str, str | None], list[Work]] = defaultdict(list)
    for work in works:
        yield from _incomplete(work)
        if work.doi:
            by_doi[work.doi.lower()].append(work)
        if work.title:
            by_title[re.sub(r"\W+", " ", work.title.lower()).strip(), work.year].append(work)
    told: set[tuple[str, ...]] = set()
    for same, group in [("DOI", each) for each in by_doi.values()] + [
        ("title and year", each) for each in by_title.values()
    ]:
        keys = tuple(work.key for work in group)
        if len(group) > 1 and keys not in told:
            told.add(keys)
            first, second = group[0], group[1]
            what = f"{second.key} has the {same} of {first.key} (line {first.line})"
            yield _problem(second, what, "keep one entry, and cite it everywhere", "duplicate-work")


def _incomplete(work: Work) -> Iterator[Problem]:
    yield from work.flaws
    kind = SAME.get(work.kind, work.kind)
    for wanted in REQUIRED.get(kind, ()):
        names = wanted.split("|")
        if not any(work.fields.get(name, "").strip() for name in names):
            what = f"{work.key} has no {' or '.join(names)}, which @{work.kind} requires"
            yield _problem(work, what, "add the field, or use the type that fits", "missing-field")
    if kind not in REQUIRED:
        hint = f"use one of {', '.join(REQUIRED)}"
        yield _problem(work, f"{work.key} is of an unknown type @{work.kind}", hint, "entry-type")
    if work.doi and not DOI.fullmatch(work.doi.replace("\\", "")):
        yield _problem(
            work, f"the DOI of {work.key} is not one: {work.doi}", "write it as 10.1234/abc", "doi"
        )
    if not WHEN.fullmatch(work.fields.get("date", "")):
        what = f"the date of {work.key} is not one: {work.fields['date']}"
        yield _problem(work, what, "write 2024-03-12, 2024-03, 2024, or two with a slash between", "year")
    given = work.fields.get("year", "")
    if given and not re.fullmatch(r"[12]\d{3}", given):
        yield _problem(work, f"the year of {work.key} is not one: {given}", "write four digits", "year")

    dated = _DATED.search(work.key)
    if dated and work.year and dated[1] != work.year:
        what = f"the key {work.key} names another year than its entry, {work.year}"
        yield _problem(work, what, "correct the year, or the key", "key-year", "warning")


def _problem(work: Work, what: str, hint: str, rule: str, severity: Severity = "error") -> Problem:
    return Problem(what, hint, work.path, work.line, work.key, rule, severity=severity)


def plain(text: str) -> str:
    """Return a BibTeX value without braces and doubled spaces."""
    return " ".join(re.sub(r"[{}]", "", text).replace("\\&", "&").split())


def _names(files: Files) -> Iterator[str]:
    if not files.exists(CONFIG):
        if files.exists("bibliography.bib"):
            yield "bibliography.bib"
        return
    config = read(files)
    given = config.get("bibliography", default=[])
    for index, item in enumerate(given if isinstance(given, list) else [given]):
        yield str(existing(files.root, config, str(item), "bibliography", index))


def _fields(entry: PybtexEntry) -> dict[str, str]:
    """Return the fields of an entry as written, people among them."""
    fields = {str(name).lower(): str(value).strip() for name, value in entry.fields.items()}
    for role, people in entry.persons.items():
        fields[str(role).lower()] = " and ".join(str(person) for person in people)
    return fields


def _work(key: str, entry: PybtexEntry, fields: dict[str, str], path: str, line: int) -> Work:
    persons: list[Person] = entry.persons.get("author") or entry.persons.get("editor") or []
    return Work(str(key), str(entry.type).lower(), tuple(map(_family, persons)), fields, path, line)


def _family(person: Person) -> str:
    return plain(" ".join([*person.prelast_names, *person.last_names]) or str(person))
