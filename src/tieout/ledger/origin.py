"""Says in words where a number is from: the text that states it, the place there, and the work it cites."""

from __future__ import annotations

import os.path
from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tieout.data.located import is_cell
from tieout.data.sourcetext import place
from tieout.ledger.cells import place_of
from tieout.ledger.entries import Entry, Read
from tieout.markdown import visible
from tieout.numerals.defaults import write_digits
from tieout.numerals.locales import locale
from tieout.project import say

if TYPE_CHECKING:
    from tieout.ledger.ledger import Ledger

MOST_NAMED = 4  # files; of more a reader is told how many they are


def origin(entry: Entry, ledger: Ledger) -> str:
    """Return where an entry is stated, or in which cell it was computed from what; empty for all else.

    Where the data package names the text that its locators are places of, that text states the number, and
    may cite another work for it: ``stated in the article, section 2, paragraph 1, which cites Frost &
    Sullivan (2024)``. Else the places are those of the work itself. What code computed is ``computed by a
    cell of “Mass” in “Penguins”, from data/penguins.csv (344 rows)``.
    """
    if entry.kind == "computed":
        return _computed(entry, ledger)
    if not entry.source:
        return ""
    facts = ledger.facts
    document = facts.package.document
    work = facts.bibliography.get(entry.source)
    cited = work.citation if work else entry.source
    own = not document.key or document.key == entry.source
    name = document.name if document.key else cited
    lang = ledger.project.lang
    places = _places(entry.locators, lang)
    said = f"{say(lang, 'stated in')} {', '.join(part for part in (name, places) if part)}"
    return said if own else f"{said}{say(lang, ', which cites')} {cited}"


def _places(locators: Sequence[str], lang: str) -> str:
    """Return places in words, a section named once: ``section 2, paragraph 1; table 1, row 1, column 2``."""
    said = []
    before = ""
    for locator in dict.fromkeys(locators):
        section, inside, _ = locator.partition(":")
        words = place(locator, lang)
        if inside and section == before and not is_cell(locator):
            words = words.removeprefix(f"{place(section, lang)}, ")
        said.append(words)
        before = section
    return "; ".join(said)


def _computed(entry: Entry, ledger: Ledger) -> str:
    lang = ledger.project.lang
    chapters = {str(chapter.path): chapter.title for chapter in ledger.project.chapters}
    title = visible(chapters.get(entry.path) or "") or entry.path
    place = place_of(entry, ledger)
    if place.section:
        said = say(lang, "computed by a cell of “{section}” in “{title}”", section=place.section, title=title)
    else:
        said = say(lang, "computed by a cell of “{title}”", title=title)
    if not place.is_shown:
        said = say(lang, "{said} that shows nothing", said=said)
    files = _files(entry.reads, lang)
    if not files:
        return said
    listed = say(lang, " and ").join(part for part in (", ".join(files[:-1]), files[-1]) if part)
    return say(lang, "{said}, from {files}", said=said, files=listed)


def _files(reads: Sequence[Read], lang: str) -> list[str]:
    """Return what a reader is told of files: one by one where they are few, else how many of each folder."""
    if len(reads) <= MOST_NAMED:
        return [_words(read.path, read.rows, lang) for read in reads]
    folders: dict[str, list[Read]] = defaultdict(list)
    for read in reads:
        folders[str(PurePosixPath(read.path).parent)].append(read)
    if len(folders) > MOST_NAMED:
        return [_many(reads, os.path.commonpath(list(folders)), lang)]
    return [
        _words(held[0].path, held[0].rows, lang) if len(held) == 1 else _many(held, folder, lang)
        for folder, held in folders.items()
    ]


def _many(reads: Sequence[Read], folder: str, lang: str) -> str:
    rows = [read.rows for read in reads if read.rows is not None]
    count = _digits(len(reads), lang)
    if folder in ("", "."):
        name = say(lang, "{n} files", n=count)
    else:
        name = say(lang, "{n} files of {folder}", n=count, folder=folder)
    return _words(name, sum(rows) if len(rows) == len(reads) else None, lang)


def _words(name: str, rows: int | None, lang: str) -> str:
    if rows is None:
        return name
    text = "{name} ({n} row)" if rows == 1 else "{name} ({n} rows)"
    return say(lang, text, name=name, n=_digits(rows, lang))


def _digits(count: int, lang: str) -> str:
    return write_digits(Fraction(count), 0, locale(lang))
