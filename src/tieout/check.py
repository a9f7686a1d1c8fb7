"""All checks of a project, by name: what `tieout check` runs, in order, in parallel where they can."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from tieout.audit import site
from tieout.checks import citations, data, editions, ledger, outputs, prose, relations, source
from tieout.ledger import Ledger
from tieout.machine import built
from tieout.machine.forked import ahead, spare
from tieout.problems import Count, InputError, Problem, Report
from tieout.workspace import Once, Workspace

Progress = Callable[[str], None]
OF_THE_DATA = ("data", "source")  # which all editions share
SITE = "site"
FEW = 8  # errors that are named each on a site that is older than its sources
ANEW = ("source", "outputs")  # a build does these more kindly


def run(
    workspace: Workspace,
    names: Sequence[str] = (),
    *,
    text: Path | None = None,
    execute: bool = True,
    progress: Progress = lambda _message: None,
    made: Sequence[Report] = (),
) -> list[Report]:
    """Run the checks named, or all of them, and return their reports in the order of the data's way.

    The other editions of a book are checked after it, and against it.

    Parameters
    ----------
    workspace
        The project.
    names
        Names out of ``data``, ``source``, ``outputs``, ``ledger``, ``prose``, ``citations``, ``relations``,
        ``editions`` and ``site``.
    text
        The source's text, where it is at hand.
    execute
        Whether the outputs check runs the notebooks again.
    made
        What a build of this state has just said: what it has checked is not checked again.

    Raises
    ------
    InputError
        Where a name is unknown.
    """
    beside = {each: Once(partial(Ledger.of, each)) for each in workspace.editions}
    checks = _checks(workspace, Once(partial(Ledger.of, workspace)), [*beside.values()], text, execute)
    for name in names:
        if name not in checks:
            near = get_close_matches(name, checks, n=1)
            hint = f"did you mean {near[0]}?" if near else f"checks are {', '.join(checks)}"
            raise InputError(f"there is no check called {name!r}", hint)
    has_data = workspace.has_facts
    wanted = [name for name in checks if name in names or not (names or (name == "source" and not has_data))]
    progress("Checking " + ", ".join(wanted))
    known = _known(made)
    whole = not made and {"prose", "site"}.issubset(wanted)
    with ahead([partial(_edition, each) for each in beside.values()][: spare()] if whole else []):
        reports = [*_older(_reports(checks, wanted, known), workspace.project.root)]
    if not has_data and not names:  # an ordinary book has nothing that some checks look at
        reports = [each for each in reports if each.problems or any(count.total for count in each.counts)]
    if not names:
        reports = [*_left_out(workspace), *reports]
    of_all = set(OF_THE_DATA) if not names else set()  # the same data, checked already
    own = [name for name in wanted if name != editions.CHECK and name not in of_all]
    for each, ledger_of in beside.items() if own else ():
        progress(f"Checking {', '.join(own)} ({each.project.edition})")
        of_edition = _checks(each, ledger_of, [], None, execute)
        named = {f"{name} ({each.project.edition})": of_edition[name] for name in own}
        reports += _older(_reports(named, list(named), known), each.project.root)
    return _said_once(reports)


def _left_out(workspace: Workspace) -> Iterator[Report]:
    """Give the chapters that cannot be read, which a build leaves out: it fails, and so does a check."""
    errors = [each for each in workspace.project.problems if each.severity == "error"]
    if errors:
        shown = len(workspace.project.chapters)
        counts = [Count("chapters can be read", shown, shown + len({each.path for each in errors}))]
        yield Report("project", counts, errors)


def _edition(ledger_of: Once[Ledger]) -> None:
    """Do what takes long of another edition's checks, so that its results are in the store."""
    prose.check(ledger_of())
    site.check(ledger_of())


def _known(made: Sequence[Report]) -> dict[str, Report]:
    """Return what a build has said as a check says it, by name; all editions are one report there."""
    known = {each.check: each for each in made if each.check.partition(" ")[0] not in ANEW}
    against = [each for name, each in known.items() if name.startswith(f"{editions.CHECK} (")]
    if against:
        problems = dict.fromkeys(problem for each in against for problem in each.problems)
        counts = [count for each in against for count in each.counts]
        known[editions.CHECK] = Report(editions.CHECK, counts, [*problems])
    return known


def _reports(
    checks: Mapping[str, Callable[[], Report]], names: Sequence[str], known: Mapping[str, Report]
) -> list[Report]:
    with ThreadPoolExecutor() as pool:
        return list(pool.map(lambda name: known.get(name) or _run(name, checks[name]), names))


def _run(name: str, check: Callable[[], Report]) -> Report:
    """Run a check; input that it cannot read fails it, and the others go on."""
    try:
        return replace(check(), check=name)
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


def _checks(
    workspace: Workspace,
    known: Once[Ledger],
    others: Sequence[Once[Ledger]],
    text: Path | None,
    execute: bool,
) -> Mapping[str, Callable[[], Report]]:
    compared = {editions.CHECK: lambda: editions.check(known(), [each() for each in others])}
    return {
        "data": lambda: data.check(workspace),
        "source": lambda: source.check(workspace, text),
        "outputs": lambda: outputs.check(workspace, execute),
        "ledger": lambda: ledger.check(known()),
        "prose": lambda: prose.check(known()),
        "citations": lambda: citations.check(workspace),
        "relations": lambda: relations.check(known()),
        **(compared if others else {}),
        SITE: lambda: site.check(known()),
    }


def _is_of_site(report: Report) -> bool:
    return report.check.partition(" ")[0] == SITE  # that of an edition is *site (uk)*


def _older(reports: Sequence[Report], root: Path) -> Iterator[Report]:
    """Give reports, that of a site which is older than its sources with one problem in place of many.

    Where the sources do not agree among themselves it is one for few, too: no build can mend them yet.
    """
    wrong = any(each.errors for each in reports if not _is_of_site(each))
    for report in reports:
        errors = report.errors if _is_of_site(report) else []
        newer = built.edited(root) if errors and (wrong or len(errors) > FEW) else []
        if not newer:
            yield report
            continue
        more = f" and {len(newer) - 1} more" if newer[1:] else ""
        things = f"{len(errors):,} things on it are" if errors[1:] else "one thing on it is"
        what = f"the site is older than {newer[0]}{more}: {things} not as the sources are"
        hint = "mend what is named above, then build the site anew" if wrong else "build the site anew"
        stale = Problem(what, hint, newer[0], 1, rule="stale")
        yield replace(report, problems=[stale, *(each for each in report.problems if each not in errors)])
