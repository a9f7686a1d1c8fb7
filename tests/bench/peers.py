"""The same work by others, where they are installed, and the floors under all of it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from tests.bench.commands import Row, edits
from tests.bench.measured import measure, median, tieout
from tieout.machine.pandoc import executable


def floors(folder: Path) -> Iterator[Row]:
    """Give what nothing can be faster than."""
    text = folder / "text.md"
    text.write_text("# A heading\n\nWords.\n", "utf-8")
    yield "`python -c pass`", median([sys.executable, "-c", "pass"], folder)
    yield "`import tieout`", median([sys.executable, "-c", "import tieout"], folder)
    yield "pandoc, one small page", median([executable(), "text.md", "-o", "text.html"], folder)
    typst = "import typst; typst.compile(b'= A heading')"
    yield "Typst, one small page", median([sys.executable, "-c", typst], folder)


def quarto(book: Path, chapter: str) -> Iterator[Row]:
    """Give what Quarto takes for a book with stored outputs, and for one of its pages.

    It has no filter of ours: ties are links to it, and no number is checked.
    """
    if shutil.which("quarto") is None:
        return
    copy = _copy(book, "quarto")
    render = ["quarto", "render"]
    yield "`quarto render`, pages and PDF", measure(render, copy)
    yield "the same, pages alone", measure([*render, "--to", "html"], copy)
    page = [*render, chapter, "--to", "html"]
    yield "the same, one page, its prose edited", median(page, copy, before=edits(copy / chapter))


def _copy(book: Path, name: str) -> Path:
    """Return a copy of a book that another tool renders, as it is without Tieout."""
    copy = book.with_name(f"{book.name}-{name}")
    shutil.copytree(book, copy, ignore=shutil.ignore_patterns("_site", ".tieout"))
    config = (copy / "_quarto.yml").read_text("utf-8")
    own = r"^(filters:(\n  -)? *\[?tieout\]?|  (pre|post)-render: _extensions/tieout/.*)\n"
    plain = re.sub(own, "", config, flags=re.M).replace("tieout-typst", "typst")
    (copy / "_quarto.yml").write_text(plain, "utf-8")
    return copy


def jupyter_book(book: Path, chapter: str) -> Iterator[Row]:
    """Give what Jupyter Book 1 takes for the pages of a book with stored outputs, which it does not check.

    Version 2 loads its themes from the network, and is left out.
    """
    command = shutil.which("jupyter-book")
    said = subprocess.run([command, "--version"], capture_output=True, text=True).stdout if command else ""
    if command is None or not re.search(r"Jupyter Book\s*: 1\.", said):
        return
    copy = _copy(book, "jupyter-book")
    chapters = [f"chapters/c{number}" for number in range(len([*(copy / "chapters").glob("*.ipynb")]))]
    contents = {"format": "jb-book", "root": "index", "chapters": [{"file": each} for each in chapters]}
    (copy / "_toc.yml").write_text(json.dumps(contents), "utf-8")
    settings = {"execute": {"execute_notebooks": "off"}, "bibtex_bibfiles": ["bibliography.bib"]}
    (copy / "_config.yml").write_text(json.dumps(settings), "utf-8")
    build = [command, "build", "."]
    yield "`jupyter-book build`, everything", measure(build, copy)
    yield "the same, prose of a chapter edited", median(build, copy, before=edits(copy / chapter))


def executing(book: Path) -> Iterator[Row]:
    """Give what running all notebooks takes, by what is installed, by Tieout and by Quarto."""
    notebooks = sorted(path.name for path in (book / "chapters").glob("*.ipynb"))
    if find_spec("nbconvert"):
        convert = ["-m", "jupyter", "nbconvert", "--to", "notebook", "--execute", "--output-dir", "out"]
        script = (
            "for name in " + " ".join(notebooks) + "; do " + " ".join([sys.executable, *convert, "$name"])
        )
        script += " || exit 1; done"
        yield "`nbconvert --execute`, one by one", measure(["/bin/sh", "-c", script], book / "chapters")
        shutil.rmtree(book / "chapters" / "out")
    if find_spec("nbval"):
        nbval = [sys.executable, "-m", "pytest", "-q", "--nbval-lax", "-p", "no:cacheprovider", *notebooks]
        yield "`pytest --nbval-lax`", measure(nbval, book / "chapters")
    yield "`tieout execute`", measure(tieout("execute", "--force"), book)
    if shutil.which("quarto"):
        pages = ["--to", "html"]
        copy = _copy(book, "quarto")
        yield (
            "`quarto render --execute`, with the pages",
            measure(["quarto", "render", "--execute", *pages], copy),
        )
    shutil.rmtree(book / ".tieout")
    build = tieout("build", "--engine", "pandoc", "--to", "html")
    yield "`tieout build`, with the pages, audited", measure(build, book, statuses=(0, 1))
