"""Builds the site: chooses the engine, has it write into a folder beside the site, adds what is copied."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.harmless import clean_drawing
from tieout.machine.reading import Unreadable, read_json
from tieout.problems import InputError, Problem
from tieout.project import DOCUMENT, Project, leading, mark, resources
from tieout.render import pages, pdf, quarto
from tieout.render.beside import complete
from tieout.render.document import FORMATS, assemble
from tieout.render.placing import Place
from tieout.render.setting import Typesetter
from tieout.render.swap import replacing
from tieout.render.together import Worker

Progress = Callable[[str], None]
Rest = Callable[[], None]
Verify = Callable[[Path, Rest], None]
LEDGER = "ledger.json"
TARGETS = {"html": "html", "pdf": "typst"}
ACTIVE = frozenset((".html", ".htm", ".xhtml", ".shtml", ".js", ".mjs", ".wasm"))
ENGINES = ("auto", "pandoc", "quarto")


@dataclass(frozen=True)
class Built:
    """What a build has made.

    Parameters
    ----------
    site
        The folder of the site.
    files
        Where to begin reading: the home page and the PDF, those that were made.
    engine
        What made it: ``pandoc`` or ``quarto 1.9.38``.
    problems
        Warnings.
    """

    site: Path
    files: tuple[Path, ...]
    engine: str
    problems: tuple[Problem, ...] = ()


def build(
    project: Project,
    engine: str = "auto",
    to: Sequence[str] = ("html", "pdf"),
    progress: Progress = lambda _message: None,
    verify: Verify = lambda _site, rest: rest(),
    worker: Worker | None = None,
) -> Built:
    """Build a book into its output folder.

    Parameters
    ----------
    project
        The book. Its ledger should be up to date in its folder of work.
    engine
        ``pandoc``, ``quarto``, or ``auto``: Quarto 1.9 or newer where it is on PATH, else pandoc; for one
        document, and for a book without the home page that Quarto asks for, pandoc.
    to
        ``html``, ``pdf``, or both. The PDF alone leaves the pages of the last build beside it.
    progress
        Is told what is done.
    verify
        Is given the folder before it becomes the site; what it raises leaves the last site as it was. The
        pages are there, and the PDF when the function that it is given as well has returned.
    worker
        The process of pandoc that makes few runs, and stays; one of its own is dismissed at the end.

    Raises
    ------
    InputError
        The call is wrong, the book has errors, or the output folder cannot be written.
    """
    if engine == "auto" and (project.kind is DOCUMENT or quarto.lacks_home(project)):
        engine = "pandoc"  # of a document Quarto would be given a copy of all that lies beside it
    chosen = choose(engine, to)
    progress(f"Building with {chosen.version_text}")
    copied = resources(project)
    with replacing(project.output, **place_of_output(project)) as site, ThreadPoolExecutor(1) as beside:
        if tuple(to) == ("pdf",) and project.output.is_dir():
            shutil.copytree(project.output, site, dirs_exist_ok=True)
        if chosen.quarto:
            problems = _with_quarto(chosen.quarto, project, site, tuple(to), progress)
            pending: Future[Any] | None = None
        else:
            with nullcontext(worker) if worker else closing(Worker(project.root)) as few:
                problems, pending = _with_pandoc(project, site, tuple(to), progress, beside, few)
        place = Place(site, project.output)
        for name in copied.files:
            place.copy(project.root / name, name)
        for path in sorted(project.work.glob("ledger*.json*")):
            place.copy(path, path.name)

        def rest(pending: Future[Any] | None = pending) -> None:
            if pending is not None:
                pending.result()
            mark(site)

        verify(site, rest)
        rest()
        problems += pending.result() if pending is not None else ()
    starts = {"html": project.chapters[0].href, "pdf": pdf.file_name(project)}
    files = tuple(project.output / starts[name] for name in TARGETS if name in to)
    said = (*problems, *copied.problems, *_unread(project, copied.files))
    return Built(project.output, files, chosen.version_text, said)


def add_pdf(project: Project, typesetter: Typesetter, worker: Worker) -> tuple[str, tuple[Problem, ...]]:
    """Add the PDF to a site that pandoc was used for; return its name and warnings.

    Raises
    ------
    InputError
        It cannot be made.
    """
    name = pdf.file_name(project)
    book = assemble(project, project.work / LEDGER, [TARGETS["pdf"]], worker)
    warnings = pdf.write(book, project.output / name, typesetter=typesetter)
    mark(project.output)
    return name, warnings


def _unread(project: Project, names: Sequence[PurePosixPath]) -> Iterator[Problem]:
    """Name the files that may run or load something: they are published as they are, and not read."""
    path, line = project.file_of("project", "resources"), project.line_of("project", "resources")
    for name in names:
        suffix, hint = name.suffix.lower(), "see that it is your own, or leave it out"
        parts = ""
        if suffix == ".svg":
            parts = ", ".join(clean_drawing((project.root / name).read_bytes()).removed)
        if suffix in ACTIVE or parts:
            what = f"the resource `{name}` is published as it is" + (f", with {parts}" if parts else "")
            yield Problem(what, hint, path, line, rule="resource", severity="warning")


@dataclass(frozen=True)
class Chosen:
    """The engine of a build; ``quarto`` is None where it is pandoc."""

    quarto: quarto.Quarto | None

    @property
    def version_text(self) -> str:
        """The engine and, where it is Quarto, its version."""
        return f"quarto {'.'.join(map(str, self.quarto.version))}" if self.quarto else "pandoc"


def choose(engine: str, to: Sequence[str] = ("html", "pdf")) -> Chosen:
    """Return the engine that a name stands for.

    Raises
    ------
    InputError
        The name is unknown, Quarto was asked for and is not there, or what is to be made cannot be.
    """
    for name in to:
        if name not in TARGETS:
            raise InputError(f"`{name}` cannot be made", "say --to html, --to pdf, or --to html,pdf")
    if not to:
        raise InputError("nothing was asked for", "say --to html, --to pdf, or --to html,pdf")
    if engine not in ENGINES:
        raise InputError(f"there is no engine `{engine}`", f"say one of {', '.join(ENGINES)}")
    if engine == "quarto":
        return Chosen(quarto.require())
    found = quarto.find() if engine == "auto" else None
    return Chosen(found if found and found.is_new_enough else None)


def _with_quarto(
    found: quarto.Quarto, project: Project, site: Path, to: tuple[str, ...], progress: Progress
) -> tuple[Problem, ...]:
    ledger = project.work / LEDGER
    left_out = quarto.render(found, project, site, ledger, to, progress)
    complete(project, site, ledger.parent)
    return (*project.problems, *left_out)


def _with_pandoc(
    project: Project,
    site: Path,
    to: tuple[str, ...],
    progress: Progress,
    beside: Executor,
    worker: Worker,
) -> tuple[tuple[Problem, ...], Future[Any] | None]:
    """Write the pages; the PDF is written beside them, and is there when the result says so."""
    progress(f"Reading {len(project.chapters)} chapters")
    ledger_path = project.work / LEDGER
    ledger = read_ledger(ledger_path)
    formats = [form for form in FORMATS if form in [TARGETS[name] for name in to]]
    book = assemble(project, ledger_path, formats, worker)
    errors = [problem for problem in book.problems if problem.severity == "error"]
    if [problem for problem in errors if problem not in project.problems]:
        raise InputError(errors)
    problems = book.problems
    name = pdf.file_name(project)
    pending = beside.submit(pdf.write, book, site / name, progress) if "pdf" in to else None
    if "html" in to:
        problems += pages.write(book, site, ledger, name if "pdf" in to else None, progress, worker)
        for path in book.files:
            Place(site, project.output).copy(project.root / path, path)
        problems += tuple(_unread(project, book.files))
        for name, page in leading(project).items():
            if not (site / name).exists():
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                (site / name).write_text(page, encoding="utf-8")
    return problems, pending


def read_ledger(path: Path) -> Mapping[str, Any]:
    """Return the ledger as it was written, empty where there is none."""
    if not path.is_file():
        return {}
    try:
        ledger = read_json(path.read_text(encoding="utf-8"))
    except (Unreadable, ValueError):
        hint = "delete it: the next build writes it anew"
        raise InputError("the ledger cannot be read", hint, path=LEDGER, rule="ledger") from None
    return ledger if isinstance(ledger, dict) else {}


def place_of_output(project: Project) -> dict[str, Any]:
    """Return where the output folder is configured, for messages."""
    keys = ("project", "output-dir")
    return {"path": project.file_of(*keys), "line": project.line_of(*keys)}
