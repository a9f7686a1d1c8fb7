"""The home page of a report of several notebooks, which leads to each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tieout.adopt.jupyterbook import Listed
from tieout.problems import InputError
from tieout.project import Files, read_front

HOME = """\
# Overview {{.unnumbered}}

{chapters}

Every number with a dotted underline leads to its entry in the [ledger]({ledger}):
what it is, and what computed it.
"""
INDEX = ("index.ipynb", "index.qmd", "index.md")
WRITTEN = INDEX[1]
_BRACKET = re.compile(r"[\[\]]")


def existing_home(root: Path) -> str | None:
    """Return the home page that lies in a folder."""
    return next((name for name in INDEX if (root / name).is_file()), None)


def home_page(root: Path, chapters: Iterable[Listed], ledger: str) -> str:
    """Return a home page that leads to the chapters."""
    links = [f"- [{_called(root, each)}](<{each.file}>)" for each in chapters]
    return HOME.format(chapters="\n".join(links), ledger=ledger)


def _called(root: Path, chapter: Listed) -> str:
    """Return the title of a chapter; its file where it has none, or a number, which asks for a tie."""
    try:
        title = chapter.title or read_front(Files(root), chapter.file).title
    except InputError:
        title = None
    if not title or any(map(str.isnumeric, title)):
        return f"`{chapter.file}`"
    return _BRACKET.sub(r"\\\g<0>", title)
