"""From sources to a published site: run what changed, agree it, build, audit, and only then publish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tieout.machine import write
from tieout.problems import Count, Problem, Report
from tieout.project import Project, refuse_foreign

if TYPE_CHECKING:
    from tieout.ledger import Ledger

Progress = Callable[[str], None]
FOLDER = Path(".tieout")


@dataclass(frozen=True)
class Result:
    """What a build came to.

    Parameters
    ----------
    reports
        What the checks said.
    site
        The folder of the published site; None where nothing was published.
    files
        Where to begin reading: the home page and the PDF.
    """

    reports: tuple[Report, ...]
    site: Path | None = None
    files: tuple[Path, ...] = ()


class _Disagreement(Exception):
    """The built pages do not agree with their sources: they must not replace the published ones."""


def build(
    root: Path,
    engine: str = "auto",
    formats: Sequence[str] = ("html", "pdf"),
    *,
    execute: bool = True,
    progress: Progress = lambda _message: None,
) -> Result:
    """Build and publish a report; publish nothing that does not agree.

    Parameters
    ----------
    root
        The project's folder.
    engine
        ``auto``, ``pandoc`` or ``quarto``.
    formats
        ``html``, ``pdf``, or both.
    execute
        Whether notebooks whose code or data changed are run first.
    progress
        Is told what is done.

    Raises
    ------
    InputError
        The input or the call is wrong, or the site cannot be written.
    """
    from tieout.audit import site
    from tieout.checks import citations, data, ledger, prose, relations, source
    from tieout.ledger import Ledger
    from tieout.render.build import build as render
    from tieout.render.build import choose, place_of_output

    choose(engine, formats)
    project = Project.load(root)
    refuse_foreign(project.output, project.output_dir, **place_of_output(project))
    if execute:
        run(project, progress=progress)
    progress("Agreeing numbers")
    known = Ledger.load(project.root, project)
    reports = [
        data.check(project.root),
        *_with_index(source.check(project.root)),
        ledger.check(project.root, known),
        prose.check(project.root, known),
        citations.check(project.root),
        relations.check(project.root, known),
    ]
    if any(report.errors for report in reports):
        return Result(tuple(reports))
    write_ledger(project.root, known)

    def verify(folder: Path) -> None:
        if "html" not in formats:
            what = "the PDF was not audited, since it is compared with the pages"
            reports.append(Report("site", (), [Problem(what, "build both", severity="warning")]))
            return
        progress("Auditing every number of the pages")
        report = site.check(project.root, folder, known)
        if "pdf" not in formats:  # that there is none is what was asked for
            kept = [each for each in report.problems if (each.rule, each.severity) != ("pdf", "warning")]
            report = replace(report, problems=kept)
        reports.append(report)
        if not report.ok:
            raise _Disagreement

    try:
        built = render(project, engine, tuple(formats), progress, verify)
    except _Disagreement:
        return Result(tuple(reports))
    made = len(built.files)
    reports.append(Report("build", (Count("files made", made, made),), built.problems))
    return Result(tuple(reports), built.site, built.files)


def _with_index(report: Report) -> list[Report]:
    """Return what facts and index say of each other; nothing where a project has no index of its source."""
    return [] if any(problem.rule == "no-index" for problem in report.problems) else [report]


def run(
    project: Project, *, force: bool = False, progress: Progress = lambda _message: None
) -> tuple[Path, ...]:
    """Run the notebooks whose code or data changed, and return those whose file changed.

    Raises
    ------
    InputError
        A notebook cannot be read or fails.
    """
    from tieout.data import facts
    from tieout.notebooks.execute import execute_all

    if not project.notebooks:
        return ()
    facts.load(project.root)  # a mistake in the data is said once, not by every notebook
    paths = [project.root / path for path in project.notebooks]
    return tuple(
        execute_all(
            project.root,
            paths,
            force=force,
            timeout=project.limits.cell_seconds,
            memory=project.limits.memory,
            progress=progress,
        )
    )


def execute(root: Path, *, force: bool = False, progress: Progress = lambda _message: None) -> int:
    """Run the notebooks of a project that changed (all with ``force``); return how many files changed."""
    return len(run(Project.load(root), force=force, progress=progress))


def write_ledger(root: Path, ledger: Ledger | None = None) -> Path:
    """Bring `.tieout/ledger.json` and its other forms up to date, and return its path.

    Raises
    ------
    InputError
        The project, its data or a notebook cannot be read, or the folder cannot be written.
    """
    from tieout.ledger import Ledger
    from tieout.ledger.publication import files

    known = ledger or Ledger.load(root)
    for name, text in files(known).items():
        write(root / FOLDER / name, text.encode("utf-8"), FOLDER / name)
    return root / FOLDER / "ledger.json"
