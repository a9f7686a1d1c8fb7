"""Builds the site: chooses the engine, writes into a folder beside the site, and swaps at the end.

A build that fails or is killed leaves the last good site as it was; the next one clears up after it.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tieout.problems import InputError, Problem, unwritable
from tieout.project import CONFIG, Project
from tieout.render import pages, pdf, quarto
from tieout.render.document import FORMATS, assemble

Progress = Callable[[str], None]
LEDGER = Path(".tieout") / "ledger.json"
TARGETS = {"html": "html", "pdf": "typst"}
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
    verify: Callable[[Path], None] = lambda _site: None,
) -> Built:
    """Build a book into its output folder.

    Parameters
    ----------
    project
        The book. Its ledger should be up to date in ``.tieout/ledger.json``.
    engine
        ``pandoc``, ``quarto``, or ``auto``: Quarto 1.9 or newer where it is on PATH, else pandoc.
    to
        ``html``, ``pdf``, or both. The PDF alone leaves the pages of the last build beside it.
    progress
        Is told what is done.
    verify
        Is given the folder before it becomes the site; what it raises leaves the last site as it was.

    Raises
    ------
    InputError
        The call is wrong, the book has errors, or the output folder cannot be written.
    """
    chosen = choose(engine, to)
    progress(f"Building with {chosen.version_text}")
    with replacing(project.output) as site:
        if tuple(to) == ("pdf",) and project.output.is_dir():
            shutil.copytree(project.output, site, dirs_exist_ok=True)
        make = _with_quarto if chosen.quarto else _with_pandoc
        problems = make(chosen, project, site, tuple(to), progress)
        _copy_resources(project, site)
        verify(site)
    starts = {"html": "index.html", "pdf": pdf.file_name(project)}
    files = tuple(project.output / starts[name] for name in TARGETS if name in to)
    return Built(project.output, files, chosen.version_text, problems)


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
    chosen: Chosen, project: Project, site: Path, to: tuple[str, ...], progress: Progress
) -> tuple[Problem, ...]:
    assert chosen.quarto is not None
    quarto.render(chosen.quarto, project, site, project.root / LEDGER, to, progress)
    return project.problems


def _with_pandoc(
    _chosen: Chosen, project: Project, site: Path, to: tuple[str, ...], progress: Progress
) -> tuple[Problem, ...]:
    progress(f"Reading {len(project.chapters)} chapters")
    ledger_path = project.root / LEDGER
    ledger = read_ledger(ledger_path)
    formats = [form for form in FORMATS if form in [TARGETS[name] for name in to]]
    book = assemble(project, ledger_path, formats)
    errors = [problem for problem in book.problems if problem.severity == "error"]
    if errors:
        raise InputError(errors)
    problems = book.problems
    name = pdf.file_name(project)
    if "html" in to:
        problems += pages.write(book, site, ledger, name if "pdf" in to else None, progress)
        for path in book.files:
            _copy(project.root / path, site / path)
    if "pdf" in to:
        pdf.write(book, site / name, progress)
    return problems


def read_ledger(path: Path) -> Mapping[str, Any]:
    """Return the ledger as it was written, empty where there is none."""
    if not path.is_file():
        return {}
    try:
        ledger = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        hint = "delete it: the next build writes it anew"
        raise InputError("the ledger cannot be read", hint, path=str(LEDGER), rule="ledger") from None
    return ledger if isinstance(ledger, dict) else {}


def _copy_resources(project: Project, site: Path) -> None:
    """Copy what the project lists as resources, its styles, and the ledger in all its forms."""
    css = project.option("html", "css") or []
    for name in (*project.resources, *([css] if isinstance(css, str) else css)):
        found = sorted(project.root.glob(str(name)))
        if not found and not any(sign in str(name) for sign in "*?!["):
            line = project.line_of("project", "resources")
            what = f"the resource `{name}` does not exist"
            raise InputError(
                what, "correct the name, or make the file", path=CONFIG, line=line, rule="config"
            )
        for path in found:
            _copy(path, site / path.relative_to(project.root))
    for path in sorted((project.root / LEDGER).parent.glob("ledger*.json*")):
        _copy(path, site / path.name)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        hidden = shutil.ignore_patterns(".*", "__pycache__")
        shutil.copytree(source, target, ignore=hidden, dirs_exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


# The swap


@contextmanager
def replacing(output: Path) -> Iterator[Path]:
    """Give an empty folder beside `output` that takes its place when all has gone well.

    Raises
    ------
    InputError
        The folder cannot be written, or the disk is full.
    """
    new = output.with_name(f"{output.name}.new-{os.getpid()}")
    old = output.with_name(f"{output.name}.old-{os.getpid()}")
    try:
        clear_up(output)
        if output.is_dir() and not os.access(output, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(output))
        new.mkdir(parents=True)
        try:
            yield new
            if output.exists():
                output.rename(old)
            new.rename(output)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            if old.exists() and not output.exists():
                old.rename(output)
            raise
        shutil.rmtree(old, ignore_errors=True)
    except OSError as error:
        raise unwritable(error, error.filename or output) from error


def clear_up(output: Path) -> None:
    """Remove what killed builds have left, and bring back a site that one had moved aside."""
    for old in sorted(output.parent.glob(f"{output.name}.old-*")):
        if not output.exists():
            old.rename(output)
        elif not _runs(old):
            shutil.rmtree(old, ignore_errors=True)
    for new in output.parent.glob(f"{output.name}.new-*"):
        if not _runs(new):
            shutil.rmtree(new, ignore_errors=True)


def _runs(folder: Path) -> bool:
    """Whether the build that made a folder still runs."""
    process = folder.name.rpartition("-")[2]
    if not process.isdigit() or int(process) == os.getpid():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
