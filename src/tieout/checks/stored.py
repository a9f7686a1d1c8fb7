"""What stored outputs say without being run again: cells are complete, and figures on disk are theirs."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tieout.notebooks import RUN_AGAIN, VEGALITE, Notebook, gate, label_of, records, stored_pictures
from tieout.problems import Count, InputError, Problem, Report
from tieout.workspace import Workspace

CHECK = "outputs"
# What may be a wrong number; the rest of what is said here stops no build.
STOPPING = frozenset(("figure-differs",))
ORPHAN = "orphan"  # a figure that no notebook makes
MANY = 4  # notebooks beyond the first that are not named one by one
OWN_FIGURE = re.compile(r"fig-.*\.(svg|json)")  # what t.figure writes; other files there are their authors'


@dataclass(frozen=True)
class Stored:
    """What a look at stored outputs found.

    Parameters
    ----------
    problems, counts
        What is wrong, and how much was looked at.
    cells
        How many code cells there are.
    loaded
        The notebooks that can be read.
    whole
        The notebooks with nothing wrong, figures aside.
    stopped
        The names of the others.
    """

    problems: tuple[Problem, ...]
    counts: tuple[Count, ...]
    cells: int
    loaded: tuple[Notebook, ...]
    whole: tuple[Notebook, ...]
    stopped: tuple[str, ...]


def look(workspace: Workspace) -> Stored:
    """Look at the stored outputs of every notebook."""
    root = workspace.root
    problems: list[Problem] = []
    loaded = []
    for path in workspace.project.notebooks:
        try:
            loaded.append(workspace.project.files.notebook(path))
        except InputError as error:
            problems.extend(error.problems)
    gated = [problem for notebook in loaded for problem in gate(notebook, root)]
    cells = sum(len(notebook.code) for notebook in loaded)
    stops = [problem for problem in gated if problem.severity == "error"]
    wrong = len({(problem.path, problem.where) for problem in stops})
    figures, drawn = _figures(workspace.project.figures, root, loaded)
    stopped = {str(problem.path) for problem in stops}
    return Stored(
        (*problems, *gated, *figures),
        (
            Count("code cells executed in order, with what they show", cells - wrong, cells),
            Count("figures equal to their files", drawn - len({each.where for each in figures}), drawn),
        ),
        cells,
        tuple(loaded),
        tuple(notebook for notebook in loaded if notebook.shown(root) not in stopped),
        tuple(sorted(stopped)),
    )


def check(workspace: Workspace) -> Report:
    """Look at stored outputs before a build, and say each kind of thing once.

    An ordinary notebook was run in parts or not at all: that is said, and is no reason to stop.
    """
    found = look(workspace)
    own, never = of_what_runs(workspace, found)
    return Report(CHECK, found.counts, (*_gathered(own), *never))


def of_what_runs(workspace: Workspace, found: Stored) -> tuple[list[Problem], list[Problem]]:
    """Return what is wrong with the notebooks that run here, and a warning of others that never ran.

    A notebook that records nothing, in a chapter that promises nothing, is shown as an ordinary book has it.
    """
    root = workspace.root
    run_here = {notebook.shown(root) for notebook in workspace.running}
    shown = {notebook.shown(root) for notebook in found.loaded} - run_here
    own = [each for each in found.problems if each.path not in shown or each.rule in STOPPING]
    loose = {each.shown(root) for each in found.loaded if not records(each)}
    loose = {path for path in loose if not workspace.project.is_strict(path)}
    own = [
        replace(each, severity="warning") if each.path in loose and each.rule not in STOPPING else each
        for each in own
    ]
    return own, list(_never_run(workspace, found.loaded, run_here))


def _never_run(
    workspace: Workspace, loaded: Sequence[Notebook], run_here: Collection[str]
) -> Iterator[Problem]:
    """Give one warning for all notebooks that are shown as stored and have code that was never run."""
    shown = [each for each in loaded if each.shown(workspace.root) not in run_here]
    bare = [each for each in shown if any(cell.count is None and not cell.outputs for cell in each.code)]
    if bare:
        also = f" and {len(bare) - 1} more notebooks have" if len(bare) > 1 else " has"
        first = bare[0].shown(workspace.root)
        what = f"{first}{also} code that was never run: it is shown without what it gives"
        hint = "run them where you write them, or with `tieout execute`"
        yield Problem(what, hint, path=first, line=1, rule="unexecuted", severity="warning")


def _gathered(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Say each kind of thing once a notebook, and once in all where many notebooks have it."""
    yield from (each for each in problems if each.rule in STOPPING)
    kinds: dict[str, dict[str | None, list[Problem]]] = defaultdict(lambda: defaultdict(list))
    for each in problems:
        if each.rule not in STOPPING:
            kinds[each.rule][each.path].append(each)
    for notebooks in kinds.values():
        (first, *others), *rest = notebooks.values()
        if len(rest) < MANY or first.rule == ORPHAN:
            for one, *more in notebooks.values():
                said = f", and so in {len(more)} more" if more else ""
                yield replace(one, what=f"{one.what}{said}", severity="warning")
            continue
        count = len(others) + sum(map(len, rest))
        said = f", and so in {count} more cells of {len(rest) + bool(others)} notebooks"
        hint = f"{first.hint}; `tieout check outputs --format json` names them all"
        yield replace(first, what=f"{first.what}{said}", hint=hint, severity="warning")


def _figures(folder: Path, root: Path, notebooks: Sequence[Notebook]) -> tuple[list[Problem], int]:
    """Compare the pictures in stored outputs with the folder of figures, both ways."""
    shown = folder.relative_to(root).as_posix()
    problems = []
    labels: Counter[str] = Counter()
    files: set[str] = set()
    for notebook in notebooks:
        for cell, pictures in stored_pictures(notebook):
            line = notebook.line(cell.index)
            place: dict[str, Any] = {"path": notebook.shown(root), "line": line}
            names = list(pictures)
            label = names[0].removesuffix(".svg")
            labels[label] += 1
            if labels[label] == 2:
                what = f"{cell.name}: the figure {label} is made twice"
                problems.append(
                    Problem(what, "give one of them another label", rule="duplicate", where=label, **place)
                )
            own = cell.options.get("label")
            alone = sum(label_of(spec) is not None for spec in cell.displays(VEGALITE)) == 1
            if own is not None and own != label and alone:
                what = f"{cell.name}: the cell's label is {own}, its figure's is {label}"
                problems.append(Problem(what, "use one label in both", rule="label", where=label, **place))
            for name, text in pictures.items():
                files.add(name)
                file = folder / name
                if not file.is_file():
                    what = f"{cell.name}: {shown}/{name} is missing"
                    problems.append(Problem(what, RUN_AGAIN, rule="figure-missing", where=label, **place))
                elif file.read_bytes() != text.encode("utf-8"):
                    what = f"{cell.name}: {shown}/{name} is not what the cell stores"
                    problems.append(Problem(what, RUN_AGAIN, rule="figure-differs", where=label, **place))
    found = (file for file in folder.glob("*") if file.is_file() and OWN_FIGURE.fullmatch(file.name))
    present = sorted(found) if folder.is_dir() else []
    for file in present:
        if file.name not in files:
            what = "no notebook makes this figure"
            hint = "delete the file, or add its notebook to the chapters"
            problems.append(Problem(what, hint, path=f"{shown}/{file.name}", rule=ORPHAN, where=file.stem))
    return problems, sum(labels.values()) + len({file.stem for file in present if file.name not in files})
