"""The `_quarto.yml` of a new book: its title, author, chapters and language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from tieout.adopt.jupyterbook import Listed
from tieout.project import EXTENSION, Files, read_front

RULE = "tieout:\n  require: none  # no number needs a tie; without this line all do, but years"
SCRIPT = f"{EXTENSION.as_posix()}/ledger.py"
BOOK = """\
{lang}project:
  type: book
  output-dir: _site
  pre-render: {script}
  post-render: {script}

book:
  title: {title}
  author: {author}
  chapters:
{chapters}
  appendices:
    - {ledger}
{bibliography}
filters: [tieout]

{rule}

format:
  html: {{toc: true, number-sections: {numbered}}}
  tieout-typst: {{toc: true, number-sections: {numbered}}}
"""
HEADING = re.compile(
    r"^#{1,6}[ \t]+(?P<number>\d{1,2}(?:\.\d{1,2})*[.)]|\d{1,2}(?:\.\d{1,2})+)?", re.MULTILINE
)


def book_of(
    chapters: Iterable[Listed],
    title: str,
    author: str,
    *,
    lang: str | None,
    ledger: str,
    works: Sequence[str],
    numbered: bool = True,
) -> str:
    """Return the text of a book's `_quarto.yml`.

    Parameters
    ----------
    lang
        Its language; None where nothing says it.
    ledger
        The name of the page that numbers lead to.
    works
        The files of its bibliography.
    numbered
        Whether its sections are numbered.
    """
    return BOOK.format(
        rule=RULE,
        script=SCRIPT,
        lang=f"lang: {lang}\n" if lang else "",
        title=json.dumps(title, ensure_ascii=False),
        author=json.dumps(author, ensure_ascii=False),
        chapters="\n".join(_lines(chapters)),
        ledger=ledger,
        numbered=str(numbered).lower(),
        bibliography=f"\nbibliography: [{', '.join(map(scalar, works))}]\n" if works else "",
    )


def title_of(root: Path, names: Sequence[str]) -> str:
    """Return the title of the only notebook, else the folder's name in words."""
    if len(names) == 1:
        title = read_front(Files(root), names[0]).title
        if title:
            return title
    words = re.sub(r"[-_\s]+", " ", root.name).strip() or "My report"
    return words[:1].upper() + words[1:]


def numbers_itself(text: str) -> bool:
    """Return whether the headings of a text have numbers of their own: two of them, and half of all.

    Examples
    --------
    >>> texts = ("# A\\n## 1. B\\n## 2. C", "# A\\n## 2023\\n## 3 times as much")
    >>> [numbers_itself(text) for text in texts]
    [True, False]
    """
    numbers = [found["number"] for found in HEADING.finditer(text)]
    count = sum(number is not None for number in numbers)
    return count > 1 and 2 * count >= len(numbers)


def _lines(chapters: Iterable[Listed]) -> Iterator[str]:
    """Give the lines of a list of chapters, those of one part below it."""
    for part, group in groupby(chapters, lambda each: each.part):
        margin = "    " if part is None else "        "
        if part is not None:
            yield f"    - part: {json.dumps(part, ensure_ascii=False)}"
            yield "      chapters:"
        for each in group:
            if each.title is None:
                yield f"{margin}- {scalar(each.file)}"
            else:
                yield f"{margin}- file: {scalar(each.file)}"
                yield f"{margin}  text: {json.dumps(each.title, ensure_ascii=False)}"


def scalar(name: str) -> str:
    """Return a name as YAML has it: in quotes where it is not a plain word."""
    return name if re.fullmatch(r"[A-Za-z0-9_][\w./-]*", name) else json.dumps(name, ensure_ascii=False)
