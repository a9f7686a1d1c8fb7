"""Every change of one digit that a report can suffer: where, what the file is then, and who has to notice."""

from __future__ import annotations

import copy
import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.corruption.digits import changed

TIE = re.compile(r"\[((?:\\\\.|[^\[\]\\]|\\\\u[0-9a-f]{4})*?)\]\(tie:([^)\s]+?)\)")
UNICODE = re.compile(r"\\u[0-9a-fA-F]{4}")
ENTRY = "application/vnd.tieout.entry+json"
# The upper end of a range may be rounded outward: one more of its last digit is as true, and two are not.
UPPER = re.compile(r"\d[\d.,]*\s*(?:%|\\\\u2013|[–-]|to\b|and\b)\s*\$?[\d.,]*(?P<last>\d)(?![\d.,]*\d)")
WORKS = {"frost2024": "2", "liu2022": "3.1", "nhsa2024": "4.1", "li2023": "7.2"}  # and where they are cited
YEAR = re.compile(r"\byear\s*=\s*[{\"]?(\d{4})")


@dataclass(frozen=True)
class Change:
    """One change of one file.

    Parameters
    ----------
    path
        The file, relative to the project.
    base, start, end, new
        Its text as it is, which all changes of a page share, and what stands instead of ``base[start:end]``.
    place
        What was changed, for people: ``line 12: 2.5 → 2.6``.
    id
        The ledger id concerned, where there is one.
    instead
        How the name of a file may end that is named in its stead.
    anew
        Writes the whole text, where ``base`` is none.
    """

    path: str
    base: str
    start: int
    end: int
    new: str
    place: str
    id: str = ""
    instead: str = ""
    anew: Callable[[], str] | None = None

    @property
    def text(self) -> str:
        """The file's text with the change."""
        if self.anew is not None:
            return self.anew()
        return self.base[: self.start] + self.new + self.base[self.end :]


def tied_numbers(root: Path, name: str) -> Iterator[Change]:
    """Change one digit of every tied number of a chapter: prose, captions, alternative texts, tables."""
    text = (root / name).read_text(encoding="utf-8")
    for tie in TIE.finditer(text):
        places = [at for at in _digits(text, *tie.span(1)) if not _in_bound(text, at, tie.start(1))]
        if places:
            yield _of_tie(name, text, tie, _choose(places, tie.start()))


def _in_bound(text: str, at: int, start: int) -> bool:
    """Whether a digit is of a bound above, `p < 0.001`: a higher one says less, and nothing wrong."""
    return re.search(r"[<≤]\s?[\d.]*$", text[start:at]) is not None


def table_numbers(root: Path, name: str) -> Iterator[Change]:
    """Change one digit of every tied number of the tables that cells have stored."""
    text = (root / name).read_text(encoding="utf-8")
    spans = [found.span() for found in re.finditer(r'"text/markdown": \[(?:.|\n)*?\n\s*\]', text)]
    for tie in TIE.finditer(text):
        if any(start <= tie.start() < end for start, end in spans):
            places = _digits(text, *tie.span(1))
            if places:
                yield _of_tie(name, text, tie, _choose(places, tie.start()))


def cells_of_data(root: Path, name: str) -> Iterator[Change]:
    """Change one digit of every cell of a table of data that has one, ids and labels included.

    To what a number is given is the report's own judgement, which no source states: a change of it is named
    at what notebooks have computed from the number and stored.
    """
    text = (root / name).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    for number, row in enumerate(rows[1:], start=1):
        for column, cell in enumerate(row):
            places = [at for at, character in enumerate(cell) if character.isdecimal()]
            if not places or rows[0][column] in ("label", "note"):
                continue
            new = [list(each) for each in rows]
            new[number][column] = changed(cell, _choose(places, number * 100 + column))
            written = io.StringIO()
            csv.writer(written, lineterminator="\n").writerows(new)
            place = f"row {number}, {rows[0][column]}: {cell} → {new[number][column]}"
            judged = ".ipynb" if rows[0][column] == "precision" else ""
            yield Change(name, text, 0, len(text), written.getvalue(), place, row[0], judged)


def attributions(root: Path, name: str) -> Iterator[Change]:
    """Attribute each fact to other works, those aside that a section cites for all that it states."""
    text = (root / name).read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(text)))
    if "source" not in rows[0]:
        return
    column, where = rows[0].index("source"), rows[0].index("locator")
    for number, row in enumerate(rows[1:], start=1):
        sections = {place.strip().split(":")[0] for place in row[where].split("|")}
        for other, section in WORKS.items():
            if other == row[column] or section in sections:
                continue
            new = [list(each) for each in rows]
            new[number][column] = other
            written = io.StringIO()
            csv.writer(written, lineterminator="\n").writerows(new)
            place = f"row {number}: {row[column]} → {other}"
            yield Change(name, text, 0, len(text), written.getvalue(), place, row[0])


def stored_quantities(root: Path, name: str) -> Iterator[Change]:
    """Change one digit of the value and of each end of the interval of every recorded quantity."""
    notebook = json.loads((root / name).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        for output in cell.get("outputs", []):
            entry = output.get("data", {}).get(ENTRY)
            if entry is None:
                continue
            for key, index in (("value", None), ("interval", 0), ("interval", 1)):
                old = entry[key] if index is None else entry[key][index]
                places = [at for at, character in enumerate(str(old)) if character.isdecimal()]
                if old is None or not places:
                    continue
                new = changed(str(old), _choose(places, len(str(old))))
                value = new if isinstance(old, str) else json.loads(new.lstrip("0") or "0")
                where = key if index is None else f"{key}, end {index + 1}"
                place = f"{entry['id']}, {where}: {old} → {new}"
                anew = partial(_written, notebook, entry, key, index, value)
                yield Change(name, "", 0, 0, "", place, entry["id"], anew=anew)


def years(root: Path, name: str = "bibliography.bib") -> Iterator[Change]:
    """Change one digit of the year of every work."""
    text = (root / name).read_text(encoding="utf-8")
    for year in YEAR.finditer(text):
        yield _change(name, text, year.start(1) + random.Random(year[0]).randrange(2, 4))


def _written(notebook: object, entry: dict[str, object], key: str, index: int | None, value: object) -> str:
    """Return a notebook as it is written with another value of an entry, which it does not keep."""
    kept = copy.deepcopy(entry[key])
    _set(entry, key, index, value)
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    entry[key] = kept
    return text


def _set(entry: dict[str, object], key: str, index: int | None, value: object) -> None:
    if index is None:
        entry[key] = value
    else:
        ends = entry[key]
        assert isinstance(ends, list)
        ends[index] = value


def _of_tie(name: str, text: str, tie: re.Match[str], at: int) -> Change:
    upper = UPPER.search(tie[1])
    outward = upper is not None and tie.start(1) + upper.start("last") == at
    return _change(name, text, at, tie[2].split(":")[0], 2 if outward else 1)


def _change(name: str, text: str, at: int, id: str = "", by: int = 1) -> Change:
    line = text.count("\n", 0, at) + 1
    new = changed(text, at, by)
    around = f"{text[max(0, at - 12) : at + 8]!r} → {new[max(0, at - 12) : at + 8]!r}"
    return Change(name, text, at, at + 1, new[at], f"line {line}: {around}", id)


def _digits(text: str, start: int, end: int) -> list[int]:
    escapes = {at for found in UNICODE.finditer(text, start, end) for at in range(*found.span())}
    return [
        at for at in range(start, end) if text[at].isdecimal() and text[at].isascii() and at not in escapes
    ]


def _choose(places: list[int], seed: int) -> int:
    return random.Random(seed).choice(places)
