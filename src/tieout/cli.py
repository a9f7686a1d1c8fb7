"""The command line: parse, call, print. What the commands do lives in the modules they call."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from warnings import simplefilter

import click
from rich.console import Console

from tieout import __version__
from tieout.machine import built, write
from tieout.machine.opened import OPENED
from tieout.machine.processes import interruptible
from tieout.machine.remaining import Remaining
from tieout.machine.steps import summary, told, trace
from tieout.machine.workers import JOBS
from tieout.problems import Count, InputError, Problem, Report, gathered, unwritable

if TYPE_CHECKING:
    from tieout.project import Project
    from tieout.update import Plan
    from tieout.workspace import Workspace

out = Console(soft_wrap=True, highlight=False, markup=False, emoji=False)
err = Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)


class Engine(StrEnum):
    """What turns the project into HTML and PDF."""

    auto = "auto"
    pandoc = "pandoc"
    quarto = "quarto"


class Example(StrEnum):
    """What a new report starts from."""

    facts = "facts"
    analysis = "analysis"


class Format(StrEnum):
    """How results are printed."""

    text = "text"
    json = "json"
    github = "github"
    sarif = "sarif"


class _InOrder(click.Group):
    """Lists its commands in the order in which a report is made."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(self.commands)


@click.group(cls=_InOrder, no_args_is_help=True, context_settings={"show_default": True})
@click.version_option(__version__, message="tieout %(version)s", help="Print the version.")
def app() -> None:
    """Agree every number of a report to its source, and check it up to the published page."""


PATH = click.Path(path_type=Path)
in_project = click.option(
    "--project",
    "-p",
    type=PATH,
    default=".",
    metavar="DIR",
    help="The folder with _quarto.yml, or one document.",
)
by_engine = click.option(
    "--engine",
    type=click.Choice(Engine),
    default=Engine.auto,
    help="auto takes Quarto 1.9 or newer when it is on PATH, else pandoc.",
)
of_document = click.argument(
    "document",
    type=PATH,
    required=False,
    metavar="[FILE]",
    help="One document (.ipynb, .qmd, .md) without a project.",
)
in_jobs = click.option(
    "--jobs", "-j", type=click.IntRange(min=1), help="How many notebooks and chapters at a time."
)
without_asking = click.option("--yes", "-y", is_flag=True, help="Write without asking.")
HERE = Path()
DEBUG = "TIEOUT_DEBUG"
WORK = ".tieout"


@app.command()
@of_document
@by_engine
@click.option(
    "--to", help="What to make: html, pdf, or both with a comma; both for books and documents if not given."
)
@click.option("--execute/--no-execute", default=True, help="Run notebooks whose code or data changed.")
@click.option("--explain", is_flag=True, help="Say what was done, and why.")
@click.option(
    "--profile", type=PATH, metavar="FILE", help="Write when each step ran, in Chrome's trace format."
)
@in_jobs
@click.option("--scheduler", metavar="ADDRESS", help="Run notebooks on the workers of a Dask scheduler.")
@in_project
def build(
    document: Path | None,
    engine: Engine,
    to: str | None,
    execute: bool,
    explain: bool,
    profile: Path | None,
    jobs: int | None,
    scheduler: str | None,
    project: Path,
) -> None:
    """Build site and PDF; publish nothing that does not agree."""
    _limit(jobs)
    OPENED.watch(variables=False)
    from tieout import publish

    formats = None if to is None else tuple(part.strip() for part in to.split(",") if part.strip())
    workspace = _workspace(project, document)
    steps = workspace.project.steps
    remaining = Remaining(steps.store, sys.argv[1:])
    with _progress() as step:

        def tell(message: str) -> None:
            step(remaining.told(message))

        result = publish.build(
            workspace, engine.value, formats, execute=execute, scheduler=scheduler, progress=tell
        )
    _print_reports(result.reports, quiet=True)
    if explain:
        out.print(told(steps))
    if profile is not None:
        write(profile, trace(steps.done).encode("utf-8"))
    if result.site is None:
        there = (workspace.project.output / "index.html").exists()
        err.print(f"Not published{': the last good site is as it was' if there else ''}.")
        if {problem.rule for report in result.reports for problem in report.errors} == {"untied"}:
            err.print(f"All ties agree: {_less_required(result.workspace.project)}.")
        raise click.exceptions.Exit(1)
    remaining.keep()
    closing = [("out", str(_relative(path))) for path in result.files]
    closing += [("err", _how_many(result.tied, result.workspace.project))] if result.tied else []
    _say(closing)
    err.print(f"Built: {summary(steps)}")
    if any(report.errors for report in result.reports):
        err.print("Published without what is named above.")
        raise click.exceptions.Exit(1)
    if result.repeatable and project == HERE and document is None and not explain and profile is None:
        warnings = [("err", _worded(each)) for each in _problems(result.reports)]
        done = {tuple(sys.argv[1:]): built.said([*warnings, *closing])}
        if formats is None and not os.environ.get(built.TEXT):
            from tieout.check import run

            reports = run(result.workspace, execute=False, made=result.reports)
            done[built.CHECKED] = built.said(_told(reports), _status(reports))
        built.keep(Path.cwd().resolve(), result.site.relative_to(Path.cwd().resolve()).as_posix(), done)


@app.command()
@click.argument(
    "names",
    nargs=-1,
    metavar="[NAME]...",
    help="data, source, outputs, ledger, prose, citations, relations, editions, site; "
    "all when none is named. "
    "A file (.ipynb, .qmd, .md) stands for a document without a project.",
)
@click.option(
    "--source",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    envvar=built.TEXT,
    show_envvar=True,
    metavar="PATH",
    help="The source's text, for the source check.",
)
@click.option("--execute/--no-execute", default=True, help="Re-execute the notebooks and compare (nbval).")
@click.option(
    "--format", "output", type=click.Choice(Format), default=Format.text, help="How to print the result."
)
@in_jobs
@in_project
def check(
    names: Sequence[str], source: Path | None, execute: bool, output: Format, jobs: int | None, project: Path
) -> None:
    """Agree every number, from the source to the built pages."""
    _limit(jobs)
    OPENED.watch(variables=False)
    from tieout.check import run
    from tieout.project import is_document

    document = next((Path(name) for name in names if is_document(Path(name))), None)
    names = [name for name in names if document is None or Path(name) != document]
    workspace = _workspace(project, document)
    with _progress(quiet=output is not Format.text) as step:
        reports = run(workspace, names, text=source, execute=execute, progress=step)
    if output is Format.text:
        _print_reports(reports)
    else:
        from tieout.formats import render

        sys.stdout.write(render(reports, output.value))
    status = _status(reports)
    if tuple(sys.argv[1:]) == built.CHECKED and source is None:
        folder = Path.cwd().resolve()
        output_dir = workspace.project.output.relative_to(folder).as_posix()
        built.keep(folder, output_dir, {built.CHECKED: built.said(_told(reports), status)})
    if status:
        raise click.exceptions.Exit(status)


@app.command()
@of_document
@without_asking
@in_project
def update(document: Path | None, yes: bool, project: Path) -> None:
    """Rewrite the numbers in prose that have moved.

    Shows the change as a diff and asks before it writes; each number keeps its author's style.
    """
    from tieout import update as updating
    from tieout.ledger import Ledger

    workspace = _workspace(project, document)
    for each in (workspace, *workspace.editions):
        _apply(updating.plan(Ledger.of(each)), "number", yes)


@app.command()
@of_document
@click.option("--write", is_flag=True, help="Write the ties that are unambiguous.")
@click.option("--perhaps", is_flag=True, help="Those to the only output that agrees, too; then read them.")
@click.option("--execute/--no-execute", default=True, help="Run what changed, before and after.")
@in_project
def suggest(document: Path | None, write: bool, perhaps: bool, execute: bool, project: Path) -> None:
    """Find numbers without a tie and propose ids, best first.

    Where the ledger has nothing that agrees, stored outputs do: then the line that records one is proposed
    too. Inline expressions of Quarto and values glued with MyST-NB become ties. What is recorded may explain
    further numbers: with --write these are tied as well, until there are none.
    """
    from tieout import publish
    from tieout.suggest import Found

    first = last = None
    failed: InputError | None = None
    while True:
        if execute and (write or perhaps):
            try:
                with _progress() as step:
                    publish.run(_workspace(project, document), progress=step)
            except InputError as error:
                failed = error
        may_run = execute and (write or perhaps) and failed is None
        with _progress() as step:
            found = Found.of(_workspace(project, document), write, perhaps, may_run, step)
        first = found if first is None else first
        is_over = last is not None and (failed is not None or not execute or len(found) >= len(last))
        if found.plan is None or not found.is_to_write or is_over:
            break
        _write(found.plan, "tie", yes=True)
        last = found
    for problem in found.problems:
        _print_problem(problem)
    for line in found.said(first, write, perhaps):
        out.print(line)
    if failed is not None:
        raise failed


@app.command()
@click.argument("entry", metavar="ID", help="A ledger id, such as market.2024.")
@in_project
def show(entry: str, project: Path) -> None:
    """Show one entry: value, formula, source, where it stands.

    An id that does not exist is answered with those that are near.
    """
    from tieout.ledger import Ledger
    from tieout.ledger.show import show as describe

    out.print(describe(Ledger.of(_workspace(project)), entry))


@app.command()
@of_document
@click.option("--force", is_flag=True, help="Run all, changed or not.")
@in_project
def execute(document: Path | None, force: bool, project: Path) -> None:
    """Run the notebooks whose code or data changed."""
    from tieout import publish

    with _progress() as step:
        workspace = _workspace(project, document)
        each_of = (workspace, *workspace.editions)
        changed = sum(len(publish.run(each, force=force, every=True, progress=step)) for each in each_of)
    out.print(f"{changed} notebook{'' if changed == 1 else 's'} changed")


@app.command()
@click.option(
    "--site",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="A site that Quarto has rendered: it gets the ledger, its panels and the charts.",
)
@in_project
def ledger(site: Path | None, project: Path) -> None:
    """Bring .tieout/ledger.json up to date; nothing is run.

    It follows from the data and the notebooks' stored outputs.
    """
    from tieout import publish
    from tieout.ledger import Ledger
    from tieout.project.drawings import lay_fonts

    workspace = _workspace(project)
    path = publish.write_ledger(Ledger.of(workspace))
    lay_fonts(workspace.project.root)
    if site:
        from tieout.render.beside import complete

        complete(workspace.project, site, path.parent)


@app.command()
@click.option("--add", type=PATH, metavar="FILE", help="Add a table: CSV, TSV, Excel, Parquet or JSON.")
@click.option("--encoding", help="Of the text to be added, where it is not found out rightly.")
@in_project
def data(add: Path | None, encoding: str | None, project: Path) -> None:
    """Refresh the data package after a change, or add to it.

    Writes hashes and sizes anew in data/datapackage.json, and raises its version.
    """
    if add is not None:
        from tieout.data import adding

        out.print(adding.add(project.resolve(), add, encoding))
        return
    from tieout.data import facts

    changed = facts.refresh(project.resolve())
    out.print("\n".join(changed) if changed else "data/ has not changed")


@app.command()
@of_document
@by_engine
@click.option("--port", default=8000, help="0 takes any free port.")
@in_project
def preview(document: Path | None, engine: Engine, port: int, project: Path) -> None:
    """Serve the site on this machine and build at each change."""
    from tieout.preview import serve

    serve((document or project).resolve(), engine.value, port=port, say=out.print)


@app.command()
@in_project
def clean(project: Path) -> None:
    """Remove what earlier commands kept and built.

    Of built sites only those that are a build's own.
    """
    from tieout.project import Project, refuse_foreign

    found = Project.load(project.resolve())
    refuse_foreign(found.output, found.output_dir)
    for folder in (found.root / WORK, found.output):
        if folder.is_dir() and not folder.is_symlink():
            shutil.rmtree(folder)
            out.print(f"{_relative(folder)}: removed")


@app.command()
@click.argument("folder", type=PATH, metavar="DIR", help="A folder that does not exist yet.")
@click.option(
    "--example",
    type=click.Choice(Example),
    default=Example.facts,
    help="Start from facts that a source states, or from an analysis of data.",
)
def new(folder: Path, example: Example) -> None:
    """Start a report of your own, in a new folder.

    A small project is written that builds and passes its checks.
    """
    from tieout.project.starter import create

    for path in create(folder, example.value):
        out.print(str(path))
    out.print(f"Next: cd {shlex.quote(str(folder))} && tieout build")


@app.command()
@click.argument(
    "target",
    type=PATH,
    default=".",
    metavar="[FOLDER|NOTEBOOK]",
    help="Notebooks, or a Quarto book; this folder if none.",
)
@without_asking
def adopt(target: Path, yes: bool) -> None:
    """Make a report of notebooks that you have.

    Shows what is missing, file by file, asks, and adds that; nothing else is changed.
    """
    from tieout.adopt.adopt import adopt as plan_of
    from tieout.render.quarto import find
    from tieout.update.rewrites import diff

    plan = plan_of(target, for_quarto=find() is not None)
    for problem in gathered(plan.problems):
        _print_problem(problem)
    if not plan.rewrites:
        out.print("Nothing to do." if not plan.problems else "Nothing else to do.")
    else:
        out.print(diff(each for each in plan.rewrites if each.hunks), end="")
        for addition in plan.additions:
            out.print(str(addition))
        if _agreed("Add this?", yes):
            plan.write()
            place = (
                ""
                if plan.root == Path.cwd()
                else f"cd {shlex.quote(str(target if target.is_dir() else target.parent))} && "
            )
            out.print(f"Added. Next: {place}tieout suggest --write, then tieout build")
    if any(problem.severity == "error" for problem in plan.problems):
        raise click.exceptions.Exit(1)


def main() -> None:
    """Run the command line; exit 0 when fine, 1 when a check failed, 2 when the input or call is wrong."""
    # Code that others have written is read as it is, without what Python would say of it.
    simplefilter("ignore", SyntaxWarning)
    try:
        with interruptible():
            status = app(prog_name="tieout", standalone_mode=False)
        sys.exit(status)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(130)
    except InputError as error:
        for problem in error.problems:
            err.print(str(problem))
        sys.exit(error.exit_code)
    except OSError as error:
        err.print(str(unwritable(error, error.filename or HERE)))
        sys.exit(2)
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        said = " ".join(f"{type(error).__name__}: {error}".split())
        err.print(f"This is a mistake of Tieout's own: {said}; report it with what {DEBUG}=1 prints")
        sys.exit(2)


def _limit(jobs: int | None) -> None:
    if jobs is not None:
        os.environ[JOBS] = str(jobs)


def _workspace(project: Path, document: Path | None = None) -> Workspace:
    from tieout.workspace import Workspace

    place = project if document is None else document
    if document is not None and not document.exists():
        raise InputError(f"there is no file {document}", "correct the name", rule="missing")
    return Workspace.load(place.resolve())


def _apply(plan: Plan, noun: str, yes: bool) -> None:
    """Show a plan of changes as a diff, ask, and write it; exit 1 where a person has to do more."""
    for problem in gathered(plan.problems):
        _print_problem(problem)
    for change in plan.changes:
        if change.why:
            out.print(f"{change.path}:{change.line}: {change.old} → {change.new}: {change.why}", markup=False)
    if not plan.changes:
        out.print(f"No {noun} to change.")
    else:
        _write(plan, noun, yes)
    if any(problem.severity == "error" for problem in plan.problems):
        raise click.exceptions.Exit(1)


def _write(plan: Plan, noun: str, yes: bool) -> None:
    """Show a plan of changes as a diff, ask, and write it."""
    out.print(plan.diff(), end="")
    count = len(plan.changes)
    if _agreed(f"Write {count} {noun}{'' if count == 1 else 's'}?", yes):
        for path in plan.write():
            out.print(f"{_relative(path)}: written")


def _agreed(question: str, yes: bool) -> bool:
    """Ask whether to write; where nobody can answer, only what was said before counts."""
    if yes:
        return True
    if not sys.stdin.isatty():
        out.print(f"{question} Nothing was written; say --yes to write.")
        return False
    return click.confirm(question, default=True)


def _print_reports(reports: Sequence[Report], quiet: bool = False) -> None:
    """Print problems, then a line of denominators for each check."""
    _say(_told(reports, quiet))


def _status(reports: Sequence[Report]) -> int:
    """Return how a check exits: 1 where one of its parts has failed."""
    return 0 if all(report.ok for report in reports) else 1


def _told(reports: Sequence[Report], quiet: bool = False) -> Iterator[tuple[str, str]]:
    """Give the lines that reports are printed in, each with its stream."""
    for problem in _problems(reports):
        yield "err", _worded(problem)
    for report in reports:
        counts = ", ".join(str(count) for count in report.counts) or "looked at nothing"
        if not quiet or report.errors:
            yield "out", f"{'✓' if report.ok else '✗'} {report.check}: {counts}"
        if not quiet:
            yield from (("out", f"    {note}") for note in report.notes)


def _problems(reports: Sequence[Report]) -> list[Problem]:
    """Return what reports found, as a person reads it: many like warnings are counted."""
    return gathered(problem for report in reports for problem in report.problems)


def _print_problem(problem: Problem) -> None:
    err.print(_worded(problem))


def _worded(problem: Problem) -> str:
    return f"{'warning: ' if problem.severity == 'warning' else ''}{problem}"


def _how_many(tied: Count, project: Project) -> str:
    """Return how many numbers are tied, and the way on for a project that has begun to tie them."""
    is_open = project.require == "none"
    if tied.passed < tied.total and (is_open or tied.passed):
        return f"{tied}; `tieout suggest` says what {'the others' if tied.passed else 'each'} could be"
    return f"{tied}; without `require: none` in _quarto.yml each new one has to be" if is_open else str(tied)


def _less_required(project: Project) -> str:
    """Return how a project whose ties agree is published with numbers that have none.

    What was asked for in so many words is not called off.
    """
    said = {project.require, *(chapter.require for chapter in project.chapters)} - {None}
    if not said:
        return "`tieout: {require: none}` in _quarto.yml publishes the rest untied"
    if "all" in said:
        return "the others need a tie since `require: all` asks for it; `results` asks for less"
    return "the others say results, and need a tie since `require: results` asks for it"


def _say(lines: Iterable[tuple[str, str]]) -> None:
    for stream, text in lines:
        (out if stream == "out" else err).print(text)


def _relative(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


@contextmanager
def _progress(quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """Yield a function that says which step runs: a spinner on a terminal, lines elsewhere."""
    if quiet:
        yield lambda _message: None
    elif err.is_terminal:
        with err.status("Starting") as status:
            yield lambda message: status.update(message)
    else:
        yield lambda message: err.print(message)


if __name__ == "__main__":
    main()
