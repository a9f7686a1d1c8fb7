"""What chapters of a Jupyter Book can name in one another: MyST knows a name in the whole book."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import PurePosixPath

from tieout.machine.store import key_of
from tieout.markdown.named import ENDING, Named, Names, named_in, unlinked
from tieout.problems import InputError
from tieout.project.files import Files
from tieout.project.project import Project

INCLUDE = re.compile(
    r"^(?:\{\{<\s*include\s+(?P<quarto>\S+)\s*>\}\}|`{3,}\{include\}\s+(?P<myst>\S+))\s*$", re.M
)
TELLING = (")=", ":name:", ":label:", "name:", "label:", "$$ (", "$$(")  # one of them gives every name


def names_for(project: Project, path: PurePosixPath) -> Callable[[], Names]:
    """Return what gives a chapter the names of its book; the book is read when it is first asked."""
    return cache(lambda: names_of(project).within(str(path)))


def names_of(project: Project) -> Names:
    """Return the names of a whole book; the first of two equal ones counts."""
    return project.files.found(_key("names", project), lambda: _names(project))


def _key(what: str, project: Project) -> str:
    return f"{what}\0{project.listing}"


def followed(project: Project, text: str) -> str:
    """Return what a text that may name something in the book follows from besides itself.

    It is no file: what others say may change while their names stay.
    """
    names = names_of(project)
    if "}`" in text or "[](" in text or (names.named and "](" in text):
        return project.files.found(_key("named", project), lambda: key_of(repr(names)))
    return ""


def _names(project: Project) -> Names:
    named, pages = dict[str, Named](), dict[str, Named]()
    for chapter in project.chapters:
        path = str(chapter.path)
        pages[ENDING.sub("", path)] = Named("", unlinked(chapter.title or ""), path)
        for text in _texts(project.files, path):
            for name, each in named_in(text.split("\n")).items():
                named.setdefault(name, replace(each, path=path))
    return Names(named, pages)


def _texts(files: Files, path: str) -> Iterator[str]:
    """Give the texts of a chapter that may hold names: of its file or its cells, and of what they include."""
    try:
        notebook = files.notebook(path) if path.endswith(".ipynb") else None
        cells = notebook.cells if notebook else ()
        written = [cell.source for cell in cells if cell.kind == "markdown"]
        texts = written if notebook else [files.text(path)]
    except InputError:  # which is said where it is shown
        return
    seen = {path}
    while texts:
        text = texts.pop(0)
        if any(sign in text for sign in TELLING):
            yield text
        for found in INCLUDE.finditer(text):
            given = (found[1] or found[2]).strip("\"'")
            try:
                file = files.included(path, path, given)
                if file is not None and str(file) not in seen:
                    seen.add(str(file))
                    texts.append(files.text(file))
            except InputError:  # which is said where it is included
                continue
