"""What an edition in another language says in place of the data's own texts: `data/words-EDITION.csv`.

Each row has a text of the data package, exactly as it stands there, and the words for it. A text that has
none stands as it is. One that has changed has none any more: nobody reads an old translation of a new text.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tieout.data.datapackage import FOLDER, Package
from tieout.data.fact import LEVEL, PRECISION, QUOTATION, Fact
from tieout.problems import InputError
from tieout.project import Files

COLUMNS = ["text", "words"]
TITLE = re.compile(r'("title"\s*:\s*)("(?:[^"\\]|\\.)*")')
# Columns that are not for readers, or are the source's own words.
APART = frozenset((PRECISION, LEVEL, QUOTATION))


@dataclass(frozen=True)
class Words:
    """The words of an edition.

    Parameters
    ----------
    by_text
        The words for a text of the data.
    lines
        The line of each text.
    path
        The file; empty where there is none.
    """

    by_text: Mapping[str, str]
    lines: Mapping[str, int]
    path: str = ""

    @classmethod
    def load(cls, files: Files, edition: str) -> Words:
        """Read the words of an edition, or of a language for the main one; none where there is no such file.

        Raises
        ------
        InputError
            The file cannot be read, a row is not two texts, or a text stands in it twice.
        """
        path = f"{FOLDER}/words-{edition}.csv"
        if not edition or not files.exists(path):
            return cls({}, {})
        reader = csv.reader(files.text(path).splitlines(keepends=True))
        found: dict[str, str] = {}
        lines: dict[str, int] = {}
        for number, row in enumerate(reader):
            line = reader.line_num
            if (number == 0 and row != COLUMNS) or len(row) not in (0, len(COLUMNS)):
                hint = f"write {','.join(COLUMNS)} in its first line, and two texts in each other one"
                raise InputError("is no table of words", hint, path=path, line=line, rule="words")
            if number == 0 or not any(row):
                continue
            text, words = row
            if text in found:
                what = f"“{text}” has words twice, first in line {lines[text]}"
                raise InputError(what, "remove one of them", path=path, line=line, rule="words")
            if text and words.strip():
                found[text], lines[text] = words.strip(), line
        return cls(found, lines, path)

    def of(self, text: str) -> str:
        """Return the words for a text, or itself where it has none."""
        return self.by_text.get(text, text)


def told(fact: Fact, words: Words) -> Fact:
    """Return a fact as an edition tells it: name, text and notes in its words, a number as it is."""
    cells = {name: text if name in APART else words.of(text) for name, text in fact.cells.items()}
    value = fact.value if fact.is_number else words.of(fact.value)
    forms = (words.by_text[form] for form in fact.stated if form in words.by_text)
    shown = next(forms, "") if fact.is_number else ""
    return replace(fact, label=words.of(fact.label), value=value, cells=cells, shown=shown)


def package_told(package: Package, words: Words) -> Package:
    """Return a package with its titles, and the name of the text that it is about, in an edition's words."""

    def title(found: re.Match[str]) -> str:
        given = json.loads(found[2])
        return found[1] + json.dumps(words.of(given), ensure_ascii=False)

    document = replace(package.document, name=words.of(package.document.name))
    return replace(
        package, text=TITLE.sub(title, package.text), title=words.of(package.title), document=document
    )


def titles(package: Package) -> Iterator[str]:
    """Give the texts of a package that readers see: its titles, and the name of what it is about."""
    yield from (json.loads(found[2]) for found in TITLE.finditer(package.text))
    yield from filter(None, (package.document.name,))


def wanted(facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """Give the texts of the data that readers see and an edition has words for, each with its fact's id."""
    for fact in facts.values():
        yield fact.label, fact.id
        if not fact.is_number:
            yield fact.value, fact.id
        for name, text in fact.cells.items():
            if text and name not in APART and any(map(str.isalpha, text)) and text not in facts:
                yield text, fact.id
