"""All checks of a project, by name: what `tieout check` runs, in order, in parallel where they can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from pathlib import Path
from threading import Lock

from tieout.audit import site
from tieout.checks import citations, data, ledger, outputs, prose, relations, source
from tieout.ledger import Ledger
from tieout.problems import InputError, Problem, Report
from tieout.project import Project

Progress = Callable[[str], None]


def run(
    root: Path,
    names: Sequence[str] = (),
    *,
    source: Path | None = None,
    execute: bool = True,
    progress: Progress = lambda _message: None,
) -> list[Report]:
    """Run the checks named, or all of them, and return their reports in the order of the data's way.

    Parameters
    ----------
    root
        The project's folder.
    names
        Names out of ``data``, ``source``, ``outputs``, ``ledger``, ``prose``, ``citations``, ``relations``
        and ``site``.
    source
        The source's text, where it is at hand.
    execute
        Whether the outputs check runs the notebooks again.

    Raises
    ------
    InputError
        Where a name is unknown or the project cannot be read.
    """
    checks = _checks(root, source, execute)
    for name in names:
        if name not in checks:
            near = get_close_matches(name, checks, n=1)
            hint = f"did you mean {near[0]}?" if near else f"checks are {', '.join(checks)}"
            raise InputError(f"there is no check called {name!r}", hint)
    wanted = [name for name in checks if not names or name in names]
    progress("Checking " + ", ".join(wanted))
    with ThreadPoolExecutor() as pool:
        reports = list(pool.map(lambda name: _run(name, checks[name]), wanted))
    return _said_once(reports)


def _run(name: str, check: Callable[[], Report]) -> Report:
    """Run a check; input that it cannot read fails it, and the others go on."""
    try:
        return check()
    except InputError as error:
        return Report(name, (), error.problems)


def _said_once(reports: Sequence[Report]) -> list[Report]:
    """Say each problem where it is found first: a file that nothing can read fails several checks."""
    seen: set[Problem] = set()
    result = []
    for report in reports:
        told = [problem for problem in report.problems if problem not in seen]
        if report.problems and not told and not report.counts:
            what = "could not be done: what it needs cannot be read"
            told = [Problem(f"the check {report.check} {what}", "correct what is said above", rule="input")]
        seen |= set(report.problems)
        result.append(Report(report.check, report.counts, told, report.notes))
    return result


class _Shared:
    """The ledger, computed once for all checks that ask for it."""

    def __init__(self, project: Project) -> None:
        self.project, self.lock = project, Lock()
        self.found: Ledger | InputError | None = None

    def ledger(self) -> Ledger:
        with self.lock:
            if self.found is None:
                try:
                    self.found = Ledger.load(self.project.root, self.project)
                except InputError as error:
                    self.found = error
        if isinstance(self.found, InputError):
            raise self.found
        return self.found


def _checks(root: Path, text: Path | None, execute: bool) -> Mapping[str, Callable[[], Report]]:
    project = Project.load(root)
    shared = _Shared(project)
    notebooks = [root / path for path in project.notebooks]
    return {
        "data": lambda: data.check(root),
        "source": lambda: source.check(root, text),
        "outputs": lambda: outputs.check(
            root, notebooks, execute, timeout=project.limits.cell_seconds, memory=project.limits.memory
        ),
        "ledger": lambda: ledger.check(root, shared.ledger()),
        "prose": lambda: prose.check(root, shared.ledger()),
        "citations": lambda: citations.check(root),
        "relations": lambda: relations.check(root, shared.ledger()),
        "site": lambda: site.check(root, None, shared.ledger()),
    }
