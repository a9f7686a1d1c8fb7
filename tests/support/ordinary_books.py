"""Ordinary documents, as people write them, and books made of them: `tests/books/ordinary.txt`."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TEXT = Path(__file__).parents[1] / "books" / "ordinary.txt"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40" viewBox="0 0 90 40">'
    '<path d="M0 0 L90 40" stroke="black"/><text x="5" y="30">1998</text></svg>\n'
)
FILES: Mapping[str, str | bytes] = {
    "_variables.yml": "version: 2.3.1\ncounts: {all: 123}\nname: Release of 2024\n",
    "_included.md": "1. included\n2. and again, with 5 words\n",
    "pictures/bars.png": PICTURE,
    "pictures/line.svg": DRAWING,
    "pictures/50% of 3.png": PICTURE,
    "references.bib": (
        "@book{one2001, author = {One, Ada}, title = {On 1 thing}, publisher = {House 5}, year = {2001}}\n"
        "@article{two1999, author = {Two, Ben}, title = {Two things in 90 days}, journal = {Journal},\n"
        "  volume = {12}, number = {3}, pages = {100--120}, year = {1999}, doi = {10.1000/182}}\n"
    ),
}
REPEAT = re.compile(r"^REPEAT (\d+) (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """One ordinary document: the group that it belongs to, its name, its Markdown."""

    group: str
    name: str
    text: str

    @property
    def stem(self) -> str:
        return re.sub(r"\W+", "-", f"{self.group} {self.name}".lower())


def documents() -> tuple[Document, ...]:
    """Return every document of the corpus."""
    return tuple(_documents())


def _documents() -> Iterator[Document]:
    for group in re.split(r"^%%% ", TEXT.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, _, rest = group.partition("\n")
        for one in re.split(r"^%% ", rest, flags=re.MULTILINE)[1:]:
            name, _, text = one.partition("\n")
            yield Document(title, name, REPEAT.sub(_repeated, text).strip("\n") + "\n")


def _repeated(found: re.Match[str]) -> str:
    return "\n".join(found[2].replace("{n}", str(n)) for n in range(1, int(found[1]) + 1))


def grouped() -> dict[str, str]:
    """Return a chapter for each group, with the documents as its sections, by file name."""
    chapters: dict[str, str] = {}
    for one in documents():
        name = re.sub(r"\W+", "-", one.group.lower()) + ".md"
        chapters.setdefault(name, f"# {one.group}\n\n")
        chapters[name] += f"## {one.name.capitalize()}\n\n{one.text}\n"
    return chapters


def write(root: Path, chapters: Mapping[str, str], files: Mapping[str, str | bytes] = FILES) -> Path:
    """Write a plain Quarto book, as anybody has one: no data package, no ledger, no ties."""
    given = {"index.md": "# Welcome to 2024 {.unnumbered}\n\nThere are 12 of 13.\n", **chapters}
    listed = "".join(f"    - {json.dumps(name, ensure_ascii=False)}\n" for name in given)
    bibliography = "bibliography: references.bib\n" if "references.bib" in files else ""
    config = (
        'project: {type: book}\nbook:\n  title: Ordinary\n  author: A. Author\n  date: "2024-05-07"\n'
        f"  chapters:\n{listed}{bibliography}format: {{html: default, typst: default}}\n"
    )
    for name, text in {"_quarto.yml": config, **files, **given}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return root
