"""The works that a report cites, as pybtex reads them: each with its file and line, and what it lacks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from pybtex.database import BibliographyData, Person
from pybtex.database import Entry as PybtexEntry
from pybtex.database.input.bibtex import Parser, UndefinedMacro
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError

from tieout.data.biblatex import REQUIRED, SAME, SHELF, WHEN, taken
from tieout.problems import InputError, Problem, Severity
from tieout.project import CONFIG, Files
from tieout.project.chapters import existing
from tieout.project.profiles import read

UNLISTED = re.compile(r"not in its reference list", re.IGNORECASE)
DOI = re.compile(r"10\.\d{4,9}/\S+")
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
    """

    key: str
    kind: str
    names: tuple[str, ...]
    fields: Mapping[str, str]
    path: str
    line: int

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
        A file is missing, not UTF-8 or not BibTeX, or two entries share a key.
    """
    names = tuple(_names(files) if named is None else map(str, named))
    works: dict[str, Work] = {}
    for name in names:
        for work in parse(files.text(name), name):
            if work.key in works:
                other = works[work.key]
                what = f"the key {work.key} is already that of {other.path}:{other.line}"
                raise InputError(
                    what, "give one of them another key", path=name, line=work.line, rule="bibliography"
                )
            works[work.key] = work
    return Bibliography(works, names, tuple(problems(works.values())))


def parse(text: str, name: str) -> list[Work]:
    """Read BibTeX.

    Raises
    ------
    InputError
        The text is not BibTeX, or a key stands twice; with file and line.
    """
    lines: dict[str, tuple[int, str]] = {}
    for match in _KEY.finditer(text):
        if match[1].lower() in _NO_ENTRY:
            continue
        line = text.count("\n", 0, match.start(2)) + 1
        if match[2].lower() in lines:
            what = f"the key {match[2]} stands twice, first on line {lines[match[2].lower()][0]}"
            hint = "give one of the entries another key, or remove it"
            raise InputError(what, hint, path=name, line=line, rule="bibliography")
        lines[match[2].lower()] = (line, match[1].lower())
    parser = Parser(encoding="utf-8", keyless_entries=False)
    try:
        data: BibliographyData = parser.parse_string(text)
    except UndefinedMacro as error:
        name_of = str(error).split(": ", 1)[-1].strip().removeprefix("undefined string ").strip("\"'")
        what = f"{name_of} stands without quotes, and no @string defines it"
        hint = f"put it in braces, {{{name_of}}}, or define it: @string{{{name_of} = {{…}}}}"
        raise InputError(what, hint, path=name, line=error.lineno, rule="bibliography") from None
    except PybtexSyntaxError as error:
        hint = "look for a brace, quote or comma that is missing here or in the entry before"
        what = "cannot be read as BibTeX: " + str(error).split(": ", 1)[-1].strip()
        line = error.lineno
        unclosed = _unclosed(text)
        if unclosed and "end of file" in what:
            key, line = unclosed
            what = f"cannot be read as BibTeX: the entry {key} is never closed"
            hint = "look for a brace that is missing in it"
        raise InputError(what, hint, path=name, line=line, rule="bibliography") from None
    except PybtexError as error:
        what = f"cannot be read as BibTeX: {error}"
        raise InputError(what, "correct the entry", path=name, line=1, rule="bibliography") from None
    fields = {key.lower(): _fields(entry) for key, entry in data.entries.items()}
    return [
        _work(key, entry, taken(key.lower(), fields), name, lines.get(key.lower(), (1, ""))[0])
        for key, entry in data.entries.items()
        if str(entry.type).lower() != SHELF
    ]


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
