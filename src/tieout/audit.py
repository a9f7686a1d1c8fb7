"""All checks of a project, by name: what `tieout check` runs, in order, in parallel where they can."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from difflib import get_close_matches
from pathlib import Path

from tieout.checks import citations, data, ledger, outputs, prose, relations, site, source
from tieout.problems import InputError, Report
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
        return list(pool.map(lambda name: checks[name](), wanted))


def _checks(root: Path, text: Path | None, execute: bool) -> Mapping[str, Callable[[], Report]]:
    project = Project.load(root)
    notebooks = [root / path for path in project.notebooks]
    return {
        "data": lambda: data.check(root),
        "source": lambda: source.check(root, text),
        "outputs": lambda: outputs.check(root, notebooks, execute),
        "ledger": lambda: ledger.check(root),
        "prose": lambda: prose.check(root),
        "citations": lambda: citations.check(root),
        "relations": lambda: relations.check(root),
        "site": lambda: site.check(root),
    }
