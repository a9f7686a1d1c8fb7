"""A set of changes to the sources: shown as a diff first, then written, whole files at a time.

Every byte that no change names stays as it is; a file that somebody saved in the meantime is not overwritten.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tieout.notebooks import Notebook
from tieout.problems import Problem
from tieout.prose import Edit, Sources
from tieout.update.rewrites import Hunk, Rewrite, diff, moved, write_all


@dataclass(frozen=True)
class Change:
    """One displayed number or name that reads anew.

    Parameters
    ----------
    path, line
        Where it stands.
    id
        What it is tied to: ``ID`` or ``ID:column``.
    old, new
        What a reader sees before and after.
    why
        What moved it: the entry itself, or which of its inputs, and by how much.
    """

    path: str
    line: int
    id: str
    old: str
    new: str
    why: str = ""


@dataclass(frozen=True)
class Plan:
    """What would be written. Nothing is until `write` is called.

    Parameters
    ----------
    changes
        What changes for a reader, in reading order.
    rewrites
        The files, before and after.
    problems
        What a person has to look at: it could not be changed, or rests on outputs that are out of date.
    """

    changes: tuple[Change, ...]
    rewrites: tuple[Rewrite, ...]
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(
        cls, sources: Sources, changes: Iterable[tuple[Change, Edit]], problems: Iterable[Problem] = ()
    ) -> Plan:
        """Make a plan of changes and the edits that bring them about; what is included twice changes once."""
        made: dict[tuple[str, int, int, int], tuple[Change, Edit]] = {}
        for change, edit in changes:
            made.setdefault(_place(edit), (change, edit))
        edits: dict[str, list[Edit]] = defaultdict(list)
        for _, edit in made.values():
            edits[edit.path].append(edit)
        rewrites = tuple(
            _notebook(name, sources.notebooks[name], each)
            if name in sources.notebooks
            else _text(name, sources.project.root / name, each)
            for name, each in edits.items()
        )
        return cls(tuple(change for change, _ in made.values()), rewrites, tuple(problems))

    def diff(self) -> str:
        """Return the changes as a unified diff of readable lines; empty where there are none."""
        return diff(self.rewrites)

    def write(self) -> list[Path]:
        """Write the files and return them, as `write_all` does."""
        return write_all(self.rewrites)


def _place(edit: Edit) -> tuple[str, int, int, int]:
    return edit.path, -1 if edit.cell is None else edit.cell, edit.start, edit.end


def _notebook(name: str, notebook: Notebook, edits: list[Edit]) -> Rewrite:
    cells: dict[int, list[Edit]] = defaultdict(list)
    for edit in edits:
        assert edit.cell is not None
        cells[edit.cell].append(edit)
    after = notebook.replace_all(
        [(cell, each.start, each.end, each.new) for cell, held in cells.items() for each in held]
    )
    hunks = [
        Hunk(notebook.line(cell, line), notebook.cells[cell].name, old, new)
        for cell, held in sorted(cells.items())
        for line, old, new in _moved(notebook.cells[cell].source, held)
    ]
    return Rewrite(name, notebook.path, notebook.raw.encode(), after.encode(), tuple(hunks))


def _text(name: str, file: Path, edits: list[Edit]) -> Rewrite:
    before = file.read_bytes()
    raw = before.decode()
    text, places = _normal(raw)
    after = raw
    for edit in sorted(edits, key=_place, reverse=True):
        after = after[: places[edit.start]] + edit.new + after[places[edit.end] :]
    hunks = tuple(Hunk(line, "", old, new) for line, old, new in _moved(text, edits))
    return Rewrite(name, file, before, after.encode(), hunks)


def _normal(raw: str) -> tuple[str, list[int]]:
    """Return a file's text as it is read, without ``\\r`` and byte order mark, and each place in it."""
    characters, places = [], []
    at = 1 if raw.startswith("\ufeff") else 0
    while at < len(raw):
        places.append(at)
        characters.append("\n" if raw[at] == "\r" else raw[at])
        at += 2 if raw.startswith("\r\n", at) else 1
    return "".join(characters), [*places, len(raw)]


def _moved(text: str, edits: list[Edit]) -> list[tuple[int, tuple[str, ...], tuple[str, ...]]]:
    """Return the lines that edits change: the number of the first, the lines before, the lines after."""
    changed = text
    for edit in sorted(edits, key=_place, reverse=True):
        changed = changed[: edit.start] + edit.new + changed[edit.end :]
    return moved(text, changed)
