"""Lines that record what outputs show, put into the cells that show it, the import where it is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from tieout.notebooks import Cell, Notebook
from tieout.prose import Edit, Passage, Sources
from tieout.suggest.cells import alias_of, import_for, recorded_ids, statements
from tieout.suggest.imports import Import
from tieout.suggest.proposal import Proposal, finest, in_form
from tieout.suggest.shared import named, names_before
from tieout.update.changes import Change

_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*")
Recorded = dict[tuple[str, int, int], list[str]]


def recordings(
    sources: Sources, chosen: Iterable[tuple[Passage, Proposal]], imported: Iterable[Import] = ()
) -> Iterator[tuple[Change, Edit]]:
    """Give the changes of code that record what numbers are tied to, each output once.

    A line is put into the cell that computed the value: before its last expression, whose display it leaves
    alone, or after the call that printed. The first one of a notebook that does not import Tieout yet brings
    the import along.
    """
    held: dict[tuple[str, str], list[tuple[Passage, Proposal]]] = defaultdict(list)
    for passage, proposal in chosen:
        already = recorded_ids(sources.notebooks[passage.path])
        for one in (proposal, *proposal.more):
            if one.id in already:  # in code that has not been run yet
                continue
            held[passage.path, one.id].append((passage, one))
    lines: Recorded = defaultdict(list)
    ids: dict[tuple[str, int, int], str] = {}
    for (path, id), each in held.items():
        passage, first = each[0]
        own = [proposal for _, proposal in each if proposal.evidence.part in (None, "")] or [first]
        best = in_form(first, finest(own, passage.lang).like)
        if own[0].evidence.part == "" and first.evidence.part != "":
            best = own[0]
        place = path, *best.evidence.place
        turn = best.evidence.turn
        line = " " * turn.indent + best.line if turn else best.line
        if turn and (line in lines[place] or line in sources.notebooks[path].cells[place[1]].source):
            continue  # each turn records by the same line
        lines[place].append(line)
        ids.setdefault(place, id)
    for given in imported:
        place = given.passage.path, given.cell, given.before
        if given.line not in lines[place]:
            lines[place].append(given.line)
        ids.setdefault(place, given.id)
    yield from inserted(sources, _once(lines), ids)


def _once(lines: Recorded) -> Recorded:
    """Leave out lines that record what another line of the notebook records within it."""
    opening = re.compile(r"^\w+\.record\(\"[^\"]+\"")
    result: Recorded = defaultdict(list)
    for place, own in lines.items():
        others = [line for other, each in lines.items() if other[0] == place[0] for line in each]
        for line in own:
            call = opening.match(line)
            if not (call and any(call[0] in other for other in others if not other.startswith(call[0]))):
                result[place].append(line)
    return result


def inserted(
    sources: Sources, lines: Recorded, ids: dict[tuple[str, int, int], str]
) -> Iterator[tuple[Change, Edit]]:
    """Give the changes that put lines of code before lines of cells: ``(path, cell, line)``."""
    for path in dict.fromkeys(path for path, _, _ in lines):
        notebook = sources.notebooks[path]
        taken = {name for each in notebook.code for name in _NAME.findall(each.source)}
        places = sorted((cell, line) for name, cell, line in lines if name == path)
        for number, (cell, line) in enumerate(places):
            body = statements(notebook.cells[cell].source) or []
            new = named(lines[path, cell, line], names_before(body, line), taken)
            if number == 0 and alias_of(notebook) is None:
                new = [import_for(notebook)[0], *new]
            yield _inserted(path, notebook, notebook.cells[cell], line, new, ids[path, cell, line])


def _inserted(
    path: str, notebook: Notebook, cell: Cell, line: int, new: list[str], id: str
) -> tuple[Change, Edit]:
    """Return the change that puts lines before a line of a cell, or after its last."""
    start = 0
    for _ in range(line - 1):
        start = cell.source.find("\n", start) + 1 or len(cell.source) + 1
    text = "".join(f"{each}\n" for each in new)
    if start > len(cell.source):
        start, text = len(cell.source), "\n" + text.rstrip("\n")
    elif start == len(cell.source):
        text = text.rstrip("\n")
    change = Change(path, notebook.line(cell.index, line), id, "", "; ".join(new))
    return change, Edit(path, cell.index, start, start, text)
