"""The quarto engine: renders the project with Quarto itself, in a copy, so that nothing of it is touched.

Quarto is found by the `quarto` package, which honours QUARTO_PATH. The copy matters: Quarto empties the
output folder before it renders and leaves files beside the chapters when it is stopped.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tieout.harmless import clean_page
from tieout.machine import Limits, TooMuch, run, scratch, stays
from tieout.markdown.directives import directives
from tieout.markdown.named import Names
from tieout.notebooks import MARKDOWN
from tieout.notebooks.canonical import joined
from tieout.notebooks.outputs import HTML, chosen, text_of
from tieout.problems import InputError, Problem
from tieout.project import CONFIG, DOCUMENT, OURS, Project
from tieout.project.charts import charted
from tieout.project.drawings import lay_fonts
from tieout.project.mystnames import names_for
from tieout.render.sealing import Seal

OLDEST = (1, 9)
GET = 'install it with `pip install "tieout[quarto]"` or from quarto.org, or build with --engine pandoc'
LEFT_OUT = (".git", ".venv", ".quarto", ".tieout", "__pycache__", "node_modules", ".*_cache")
FORMATS = {"html": "html", "pdf": "typst"}
LINES = re.compile(r"[^\n]*\n|[^\n]+")
RUNNING = frozenset((HTML, "application/javascript"))  # which Quarto takes before any other form
SAID = 12  # lines of Quarto's own words in a message


@dataclass(frozen=True)
class Quarto:
    """An installed Quarto."""

    path: str
    version: tuple[int, ...]

    @property
    def is_new_enough(self) -> bool:
        """Whether it is a version that Tieout works with."""
        return self.version[:2] >= OLDEST


def parse_version(text: str) -> tuple[int, ...]:
    """Return the numbers of a version as `quarto --version` prints it, empty where there are none.

    Examples
    --------
    >>> parse_version("1.9.38")
    (1, 9, 38)
    """
    found = re.match(r"\s*v?(\d+(?:\.\d+)+)", text)
    return tuple(int(part) for part in found[1].split(".")) if found else ()


def find() -> Quarto | None:
    """Return the Quarto on PATH (or at QUARTO_PATH), whatever its version; None where there is none."""
    from quarto.quarto import path as quarto_path  # which loads another reader of YAML

    path = quarto_path()
    if not path:
        return None
    try:
        said = run([path, "--version"], limits=Limits(seconds=60))
    except (OSError, TooMuch):
        return None
    version = parse_version(said.out.decode(errors="replace"))
    return Quarto(path, version) if said.status == 0 and version else None


def require() -> Quarto:
    """Return an installed Quarto that is new enough.

    Raises
    ------
    InputError
        There is none; with how to get it.
    """
    found = find()
    if found is None:
        raise InputError("Quarto is not installed here", GET, rule="engine")
    if not found.is_new_enough:
        version = ".".join(map(str, found.version))
        what = f"Quarto {version} at {found.path} is too old: Tieout works with 1.9 or newer"
        raise InputError(what, GET, rule="engine")
    return found


def lacks_home(project: Project) -> bool:
    """Whether a book has no `index` file, without which Quarto makes none."""
    return project.kind.is_book and not any(each.kind == "index" for each in project.chapters)


def render(
    quarto: Quarto,
    project: Project,
    site: Path,
    ledger: Path,
    to: Sequence[str],
    progress: Callable[[str], None] = lambda _message: None,
) -> list[Problem]:
    """Render the project into a folder; return warnings about what is left out of its pages.

    Parameters
    ----------
    quarto
        The Quarto to use.
    project
        The book.
    site
        The folder to fill; it exists and is empty.
    ledger
        The ledger that ties are resolved against; Quarto's filter and pre-render script are told of it.
    to
        ``html``, ``pdf``, or both: in one call, since each call empties the output folder.
    progress
        Is told what is done.

    Raises
    ------
    InputError
        Quarto failed, with the end of what it said; a chapter writes into its page past all filters; or a
        book has no home page.
    """
    if lacks_home(project):
        hint = "`tieout adopt` adds one where Quarto is installed; or build with --engine pandoc"
        raise InputError("Quarto makes no book without index.qmd", hint, path=CONFIG, rule="quarto")
    progress(f"Rendering with Quarto {'.'.join(map(str, quarto.version))}")
    with scratch() as folder:
        copy, output = folder.resolve() / "project", _output_dir(project)
        seal = Seal.of(project, folder / "seal", copy)
        shutil.copytree(project.root, copy, ignore=functools.partial(_left_out, project), symlinks=True)
        in_its_words(project, copy)
        lay_fonts(copy)
        forms = [_format(project, name) for name in to]
        target = copy / project.name if project.kind is DOCUMENT else copy
        arguments = [quarto.path, "render", str(target), "--no-execute"]
        if not project.kind.is_book:
            arguments += ["--output-dir", output]
        if set(to) != set(FORMATS) or project.kind is DOCUMENT:
            arguments += ["--to", ",".join(forms)]
        arguments += seal.arguments
        environment = {**os.environ, "TIEOUT_LEDGER": str(ledger.resolve()), "QUARTO_PYTHON": sys.executable}
        environment |= seal.environment
        # Quarto runs pandoc and Typst itself, one chapter after the other.
        calls = len(project.chapters) * len(forms) + 1
        environment |= {"QUARTO_PROFILE": project.edition} if project.edition else {}
        limits = Limits(project.limits.seconds * calls, memory=project.limits.memory)
        try:
            ran = run(arguments, cwd=copy, environment=environment, limits=limits)
        except TooMuch as error:
            hint = "split the book, or raise `tieout: limits:`"
            raise InputError(f"Quarto {error}", hint, path="_quarto.yml", rule="limit") from None
        if ran.status or not (copy / output).is_dir():
            said = [
                line for line in (ran.out + ran.err).decode(errors="replace").splitlines() if line.strip()
            ]
            hint = "run `quarto render` to see all of it"
            what = "Quarto cannot render the book: " + " / ".join(line.strip() for line in said[-SAID:])
            raise InputError(what, hint, path="_quarto.yml", rule="quarto")
        problems = seal.opened(copy / output)
        shutil.copytree(copy / output, site, dirs_exist_ok=True)
    _name_pdf(project, site, "pdf" in to)
    return problems


def in_its_words(project: Project, copy: Path) -> None:
    """Give a copy what Quarto has no words for: directives of MyST, outputs in the form that readers see."""
    for chapter in project.chapters:
        target, names = copy / chapter.path, names_for(project, chapter.path)
        if target.suffix != ".ipynb":
            text = target.read_text("utf-8")
            if (said := _said(text, names)) != text:
                target.write_text(said, "utf-8")
            continue
        book = charted(project, chapter.path)
        own = book.data["cells"]
        cells = [_reworded(cell, names) for cell in own]
        if cells != own or book is not project.files.notebook(chapter.path):
            target.write_text(json.dumps({**book.data, "cells": cells}, ensure_ascii=False), "utf-8")


def _reworded(cell: Mapping[str, Any], book: Callable[[], Names]) -> Mapping[str, Any]:
    """Return a cell as Quarto is given it, its source a list of lines: of one text Quarto makes one line."""
    own = text = str(joined(cell["source"]))
    if cell["cell_type"] == "markdown":
        text = _said(own, book)
    if text != own or isinstance(cell["source"], str):
        cell = {**cell, "source": LINES.findall(text)}
    if cell.get("outputs"):
        return {**cell, "outputs": [_seen(output) for output in cell["outputs"]]}
    return cell


def _seen(output: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return an output without what Quarto would show first, and no reader of the other engine sees.

    A table of HTML is a block of it in Markdown: for an output of HTML, Quarto loads scripts from elsewhere.
    """
    data = output.get("data", {})
    mime = chosen(data)
    if mime is None or not data.keys() & RUNNING:
        return output
    seen = {each: value for each, value in data.items() if each not in RUNNING}
    if mime == HTML:
        table = clean_page(text_of(data, HTML)).html
        ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", table)), default=0))
        seen[MARKDOWN] = f"{ticks}{{=html}}\n{table}\n{ticks}\n"
    return {**output, "data": seen}


def _said(text: str, book: Callable[[], Names]) -> str:
    return "\n".join(line for _, line in directives(text.split("\n"), None, book))


def _output_dir(project: Project) -> str:
    """Return the folder that Quarto writes to: that of a book's configuration, wherever its site goes."""
    given = project.configuration.get("project", "output-dir", default=project.kind.output_dir)
    return str(given).strip("/") if project.kind.is_book else project.output_dir


def _format(project: Project, name: str) -> str:
    """Return what Quarto calls a format: the extension's form of it where the project asks for that."""
    given = project.configuration.get("format", default={})
    form = FORMATS[name]
    return next((key for key in (form, f"{OURS}{form}") if isinstance(given, dict) and key in given), form)


def _left_out(project: Project, folder: str, names: list[str]) -> set[str]:
    """Return what of a folder Quarto does not get: sites, working files, links that leave the project."""
    output = project.output
    sites = {
        name for name in names if output.parent == Path(folder) and name.startswith(f"{output.name}.new-")
    }
    strays = {name for name in names if not stays(project.root, Path(folder) / name)}
    own = {name for name in names if Path(folder) / name == output}
    return {*shutil.ignore_patterns(*LEFT_OUT)(folder, names), *sites, *strays, *own}


def _name_pdf(project: Project, site: Path, wanted: bool) -> None:
    """Give the PDF the name that the project asks for: Quarto takes the title where it must."""
    target = site / f"{project.output_file}.pdf"
    made = [path for path in site.glob("*.pdf") if path != target]
    if wanted and not target.exists():
        if len(made) != 1:
            raise InputError("Quarto made no PDF", "see that format.typst is configured", path="_quarto.yml")
        made[0].rename(target)
