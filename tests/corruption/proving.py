"""Changes made one at a time, the checks that have to name each, and the sums of what was caught."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from tests.corruption.changes import Change
from tieout.checks import ledger as checks_ledger
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.problems import InputError, Problem, Report
from tieout.workspace import Workspace

ALL = os.environ.get("TIEOUT_CORRUPTION") == "all"
SAMPLE = 2  # of each kind; `make test-corruption` leaves out none
SEED = 20261123
Check = Callable[[Path], Report]
_before: dict[Path, Workspace] = {}


def chosen(every: Iterable[Change], count: int = SAMPLE) -> list[Change]:
    """Return all changes, or a sample of them."""
    found = list(every)
    if ALL or len(found) <= count:
        return found
    return random.Random(SEED).sample(found, count)


def workspace(root: Path) -> Workspace:
    """Return a project as it is now; what has not changed is the same object again, as in `preview`."""
    _before[root] = Workspace.load(root, _before.get(root))
    return _before[root]


def prose_check(root: Path) -> Report:
    """Check the prose of a project as it is now."""
    return prose.check(Ledger.of(workspace(root)))


def ledger_check(root: Path) -> Report:
    """Check the ledger of a project as it is now."""
    return checks_ledger.check(Ledger.of(workspace(root)))


def problems_of(check: Check, root: Path) -> list[Problem]:
    """Return the errors that a check finds, those that stop it included."""
    try:
        return list(check(root).errors)
    except InputError as error:
        return list(error.problems)


def survivors(
    root: Path,
    tried: Sequence[Change],
    *checks: Check,
    prepare: Callable[[Path], object] = lambda _root: None,
    undo: Sequence[str] = (),
) -> Iterator[str]:
    """Make each change in turn; give those that no check names by file or id."""
    for change in tried:
        kept = {name: (root / name).read_bytes() for name in (change.path, *undo)}
        try:
            (root / change.path).write_text(change.text, encoding="utf-8", newline="")
            found: list[Problem] = []
            try:
                prepare(root)
            except InputError as error:
                found += error.problems
            for check in checks:
                if not any(_is_about(problem, change) for problem in found):
                    found += problems_of(check, root)
        finally:
            for name, content in kept.items():
                (root / name).write_bytes(content)
        if not any(_is_about(problem, change) for problem in found):
            others = "; ".join(map(str, found[:2])) or "nothing was found"
            yield f"{change.path}: {change.place} ({others})"


def _is_about(problem: Problem, change: Change) -> bool:
    path = (problem.path or "").replace("\\", "/")
    named = path.endswith(change.path) or bool(change.instead and path.endswith(change.instead))
    return named or bool(change.id and problem.id == change.id)


def prove(
    record_property: Callable[[str, object], None], kind: str, tried: Sequence[object], left: Iterable[str]
) -> None:
    """Write down how many changes were caught; none may survive, and trying none proves nothing."""
    survived = list(left)
    record_property("corruption", (kind, len(tried), len(tried) - len(survived)))
    assert tried, f"there was nothing to change: {kind}"
    assert survived == []
