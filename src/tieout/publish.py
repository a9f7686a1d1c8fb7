"""From sources to a published site: run what changed, agree it, build, audit, and only then publish."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tieout.machine import built, write
from tieout.machine.asked import project_name
from tieout.machine.opened import OPENED
from tieout.machine.store import key_of
from tieout.notebooks import RENEWED
from tieout.problems import Count, InputError, Problem, Report
from tieout.project import EXTENSION, NOBODY, Project, outdated, refuse_foreign
from tieout.workspace import Workspace

if TYPE_CHECKING:
    from tieout.ledger import Ledger
    from tieout.notebooks.remote import Cluster

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Result:
    """What a build came to.

    Parameters
    ----------
    workspace
        The project as it was built: what was run anew is in it.
    reports
        What the checks said.
    site
        The folder of the published site; None where nothing was published.
    files
        Where to begin reading: the home page and the PDF.
    repeatable
        Whether all that it follows from was seen: no engine and no filter of others had a part in it.
    """

    workspace: Workspace
    reports: tuple[Report, ...]
    site: Path | None = None
    files: tuple[Path, ...] = ()
    repeatable: bool = False

    @property
    def tied(self) -> Count | None:
        """How many numbers of the prose are tied or waived, of how many; None where it has none."""
        from tieout.checks.prose import NUMBERS

        found = (count for report in self.reports if report.check == "prose" for count in report.counts)
        count = next((count for count in found if count.label == NUMBERS and count.total), None)
        return replace(count, label="numbers tied") if count else None


class _Disagreement(Exception):
    """The built pages do not agree with their sources: they must not replace the published ones."""

    def __init__(self, reports: Sequence[Report]) -> None:
        super().__init__()
        self.reports = reports


# Mistakes of numbers, and of code that makes them: they concern the whole, and not how a chapter is shown.
GRAVE = frozenset(("tie", "execution", "kernel", "replay"))


def build(
    workspace: Workspace,
    engine: str = "auto",
    formats: Sequence[str] | None = None,
    *,
    execute: bool = True,
    scheduler: str | None = None,
    progress: Progress = lambda _message: None,
    main: Ledger | None = None,
) -> Result:
    """Build and publish a report and its other editions; publish nothing that does not agree.

    A chapter that cannot be shown at all is an error, and the others are published without it, unless the
    project is strict.

    Parameters
    ----------
    workspace
        The project.
    engine
        ``auto``, ``pandoc`` or ``quarto``.
    formats
        ``html``, ``pdf``, or both; what the project is for where it is not given.
    execute
        Whether notebooks whose code or data changed are run first.
    scheduler
        The address of a Dask scheduler, on whose workers they run.
    progress
        Is told what is done.
    main
        The ledger of the main edition, where this is another one.

    Raises
    ------
    InputError
        The input or the call is wrong, or the site cannot be written.
    """
    from tieout.render.build import choose, place_of_output

    project = workspace.project
    asked = formats = project.targets if formats is None else formats
    choose(engine, formats)
    refuse_foreign(project.output, project.output_dir, **place_of_output(project))
    said = [*foreign(workspace), *unsigned(workspace)]
    editions = [
        partial(_edition, each, engine, formats, execute, scheduler, progress) for each in workspace.editions
    ]
    if execute:
        workspace, problems = _renewed(workspace, scheduler, progress)
        said += problems
    while True:
        try:
            result = _built(workspace, engine, formats, progress, editions, main)
            break
        except InputError as error:
            if _is_of_paper(workspace, error, formats):
                formats = ("html",)
            elif lost := _lost(workspace, error):
                workspace = workspace.without(lost)
            else:
                raise InputError([*said, *error.problems]) from None
            said += error.problems
    if not said:
        return result
    shown = len(workspace.project.chapters)
    counts = [Count("chapters can be shown", shown, len(project.chapters))]
    if "pdf" in asked and "pdf" not in formats:
        counts.append(Count("PDFs can be made", 0, 1))
    return replace(result, reports=(Report("project", counts, said), *result.reports))


def foreign(workspace: Workspace) -> Iterator[Problem]:
    """Give one warning for the notebooks in languages that are not run here; one for those of format 3."""
    if workspace.older:
        first, *others = workspace.older
        more = f", and so {len(others)} more" if others else ""
        what = f"is a notebook of format 3{more}: what is stored is shown, and nothing runs"
        path = first.shown(workspace.root)
        yield Problem(what, f"nothing, or {RENEWED}", path, 1, rule="notebook", severity="warning")
    if not workspace.foreign:
        return
    first, *others = workspace.foreign
    more = f", and so {len(others)} more" if others else ""
    what, hint = (
        f"asks for the kernel `{first.kernel}`, which is not run here{more}",
        "stored outputs are shown",
    )
    line = first.line_of("metadata", "kernelspec", "name")
    yield Problem(what, hint, first.shown(workspace.root), line, rule="kernel", severity="warning")


def unsigned(workspace: Workspace) -> Iterator[Problem]:
    """Give a warning where the author is that of every new project, or the extension is an older one."""
    if any(author.name == NOBODY for author in workspace.project.authors):
        path, line = workspace.project.place_about("author")
        what, hint = f"“{NOBODY}” is published as the author", "write yours, or take the line out"
        yield Problem(what, hint, path, line, rule="author", severity="warning")
    if outdated(workspace.root):
        what = "the extension is of another version than the Tieout that builds here"
        hint = "renew it for plain `quarto render`: `tieout adopt`"
        yield Problem(what, hint, EXTENSION.as_posix(), rule="extension", severity="warning")


def _renewed(
    workspace: Workspace, scheduler: str | None, progress: Progress
) -> tuple[Workspace, list[Problem]]:
    """Run what a build runs; a failure stops it in a project of Tieout's, and is said in any other."""
    try:
        return workspace.renewed(run(workspace, scheduler=scheduler, progress=progress)), []
    except InputError as error:
        if workspace.project.is_ours:
            raise
        hint = "its stored outputs are shown"
        return workspace, [
            replace(each, hint=f"{each.hint}; {hint}" if each.hint else hint, severity="warning")
            for each in error.problems
        ]


def _is_of_paper(workspace: Workspace, error: InputError, formats: Sequence[str]) -> bool:
    """Whether it is the PDF alone that cannot be made: the pages are published without it."""
    typst = all(each.rule == "typst" for each in error.problems)
    return typst and set(formats) == {"html", "pdf"} and not workspace.project.is_strict()


def _lost(workspace: Workspace, error: InputError) -> set[str]:
    """Return the chapters that an error keeps from being shown; none where it concerns more than these."""
    project = workspace.project
    paths = {str(each.path) for each in error.problems}
    known = {str(chapter.path) for chapter in project.chapters}
    grave = any(each.rule in GRAVE or project.is_strict(each.path) for each in error.problems)
    return set() if grave or not paths < known else paths


def _edition(
    workspace: Workspace,
    engine: str,
    formats: Sequence[str],
    execute: bool,
    scheduler: str | None,
    progress: Progress,
    main: Ledger,
    site: Path,
) -> Result:
    """Build another edition into its folder of a site that is not published yet.

    Where all that it follows from is as it was, what was built and audited is taken again.

    Parameters
    ----------
    main
        The ledger of the main edition.
    site
        The folder of its site until it is published.

    Raises
    ------
    _Disagreement
        It does not agree: the whole is not published.
    """
    project = workspace.project
    inside = Path(project.output_dir).relative_to(main.project.output_dir)
    call = _follows(project, engine, formats, execute, main)
    if known := built.unchanged(project.root, call):
        progress(f"Edition {project.edition}, in which nothing has changed")
        shutil.copytree(project.output, site / inside)
        reports = tuple(map(Report.from_json, known["reports"]))
        shown = tuple(project.output / name for name in known["files"])
        return Result(workspace, reports, site / inside, shown, repeatable=True)
    progress(f"Edition {project.edition}")
    place = (site / inside).relative_to(project.root).as_posix()
    files = project.files.apart()
    there = Workspace(replace(project, output_dir=place, files=files))
    with OPENED.also() as opened:
        result = build(
            there, engine, formats, execute=execute, scheduler=scheduler, progress=progress, main=main
        )
    reports = tuple(replace(each, check=f"{each.check} ({project.edition})") for each in result.reports)
    if result.site is None:
        raise _Disagreement(reports)
    names = [path.relative_to(result.site).as_posix() for path in result.files]
    own = files.names | {project_name(project.root, name) for _, name in opened}
    books = [main.project, *(each.project for each in main.workspace.editions)]
    others = {str(chapter.path) for book in books for chapter in book.chapters} - own
    # What is said of a chapter of another edition names a line of it, which moves.
    named = {problem.path for each in reports for problem in each.problems}
    if result.repeatable and not named & others:
        given = {"reports": [each.to_json() for each in reports], "files": names}
        built.keep(
            project.root,
            project.output_dir,
            {call: given},
            whole=main.project.output_dir,
            site=site / inside,
            apart=others,
        )
    return replace(result, reports=reports, files=tuple(project.output / name for name in names))


def _follows(
    project: Project, engine: str, formats: Sequence[str], execute: bool, main: Ledger
) -> tuple[str, ...]:
    """Return the name of an edition, and what it follows from besides the files that are read for it."""
    shown = [id for id, entry in main.items() if entry.used]
    said = [finding.to_json() for finding in main.findings]
    of_main = key_of(main.fingerprint, shown, said, [repr(each) for each in project.beside])
    return (f"edition-{project.edition}", engine, *formats, str(execute), of_main)


def _built(
    workspace: Workspace,
    engine: str,
    formats: Sequence[str],
    progress: Progress,
    editions: Sequence[Callable[[Ledger, Path], Result]] = (),
    main: Ledger | None = None,
) -> Result:
    from tieout.ledger import Ledger
    from tieout.render.build import build as render
    from tieout.render.extensions import runs_own

    project = workspace.project
    progress("Agreeing numbers")
    known = Ledger.of(workspace)
    reports = agree(workspace, known, main)
    if any(report.errors for report in reports):
        return Result(workspace, tuple(reports))
    write_ledger(known)

    def verify(folder: Path, rest: Callable[[], None]) -> None:
        if "html" not in formats:
            what = "the PDF was not audited, since it is compared with the pages"
            reports.append(Report("site", (), [Problem(what, "build both", severity="warning")]))
            return
        progress("Auditing every number of the pages")
        report = audit(known, folder, formats, rest)
        reports.append(report)
        if not report.ok:
            raise _Disagreement([])

    beside: list[Result] = []

    def whole(folder: Path, rest: Callable[[], None]) -> None:
        verify(folder, rest)
        beside.extend(each(known, folder) for each in editions)

    try:
        made = render(project, engine, tuple(formats), progress, whole)
    except _Disagreement as error:
        return Result(workspace, (*reports, *error.reports))
    workspace.project.steps.reasons.keep()
    workspace.project.store.prune()
    count = len(made.files)
    named = {each.id for report in reports for each in report.problems if each.rule == "unknown-citation"}
    rest = [each for each in made.problems if each.rule != "citation" or each.id not in named]
    if any(each.rule == "no-font" for report in reports for each in report.problems):
        rest = [each for each in rest if each.rule != "no-font"]  # the audit has seen the boxes
    reports.append(Report("build", (Count("files made", count, count),), rest))
    repeatable = made.engine == "pandoc" and not runs_own(project)
    for each in beside:
        reports += each.reports
        repeatable = repeatable and each.repeatable
    files = (*made.files, *(path for each in beside for path in each.files))
    return Result(workspace, tuple(reports), made.site, files, repeatable)


def agree(workspace: Workspace, known: Ledger, main: Ledger | None = None) -> list[Report]:
    """Check what needs no page: data, source, stored outputs, ledger, prose, citations, relations.

    Of another edition than the main one the data are checked already; its ledger is compared with ``main``.

    Raises
    ------
    InputError
        What is checked cannot be read.
    """
    from tieout.checks import citations, data, editions, ledger, prose, relations, source, stored

    of_data = [data.check(workspace), *_with_index(source.check(workspace))] if main is None else []
    return [
        *of_data,
        *([stored.check(workspace)] if workspace.project.notebooks else []),
        ledger.check(known),
        prose.check(known),
        citations.check(workspace),
        relations.check(known),
        *([] if main is None else [editions.check(main, [known])]),
    ]


def audit(
    known: Ledger, folder: Path, formats: Sequence[str], rest: Callable[[], None] = lambda: None
) -> Report:
    """Audit the pages in a folder, and the PDF where one was to be made.

    Parameters
    ----------
    rest
        Returns when all that is beside the pages is there.
    """
    from tieout.audit import site

    if "pdf" in formats:
        import_module("tieout.audit.pdf")  # which takes its time, while Typst is still at work
    report = site.check(known, folder, rest)
    if "pdf" in formats:
        return report
    # That there is no PDF is what was asked for.
    kept = [each for each in report.problems if (each.rule, each.severity) != ("pdf", "warning")]
    return replace(report, problems=kept)


def _with_index(report: Report) -> list[Report]:
    """Return what facts, cells and index say of each other; that there is no index is said by the check."""
    kept = [problem for problem in report.problems if problem.rule != "no-index"]
    if len(kept) == len(report.problems):
        return [report]
    return [replace(report, problems=kept)] if kept or report.counts else []


def run(
    workspace: Workspace,
    *,
    force: bool = False,
    every: bool = False,
    scheduler: str | None = None,
    progress: Progress = lambda _message: None,
) -> tuple[Path, ...]:
    """Run the notebooks whose code or data changed (all with ``force``); return those whose file changed.

    Those of a project without anything of Tieout's run only where they import it, unless ``every`` is said.
    With the address of a Dask ``scheduler`` its workers run them.

    Raises
    ------
    InputError
        The data or a notebook cannot be read, or one fails.
    """
    from tieout.notebooks.execute import execute_all

    notebooks = workspace.notebooks if every else workspace.running
    if not notebooks:
        return ()
    workspace.validate()  # a mistake in the data is said once, not by every notebook
    limits = workspace.project.limits
    with nullcontext(None) if scheduler is None else _joined(scheduler, workspace) as cluster:
        changed = execute_all(
            workspace.root,
            notebooks,
            force=force,
            timeout=limits.cell_seconds,
            memory=limits.memory,
            cluster=cluster,
            progress=progress,
            steps=workspace.project.steps,
            figures=workspace.project.figures,
        )
    return tuple(changed)


def _joined(scheduler: str, workspace: Workspace) -> AbstractContextManager[Cluster]:
    from tieout.notebooks.remote import joined

    return joined(scheduler, workspace.root, workspace.project.output_dir)


def write_ledger(ledger: Ledger) -> Path:
    """Bring `ledger.json`, its other forms and the scripts of charts up to date; return its path.

    Raises
    ------
    InputError
        The folder cannot be written.
    """
    from tieout.ledger.publication import files
    from tieout.render.beside import CHARTS, stored_charts

    folder = ledger.project.work
    shown = folder.relative_to(ledger.project.root)
    for name, text in files(ledger).items():
        write(folder / name, text.encode("utf-8"), shown / name)
    charts = dict(stored_charts(ledger.project))
    for name, text in charts.items():
        write(folder / CHARTS / name, text.encode("utf-8"), shown / CHARTS / name)
    for path in (folder / CHARTS).glob("*.js"):
        if path.name not in charts:
            path.unlink()
    return folder / "ledger.json"
