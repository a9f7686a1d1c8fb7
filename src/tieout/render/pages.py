"""Writes the book's HTML pages: pandoc makes the body, the theme's template the page around it.

Nothing here loads anything from the network: charts, the ledger's panel and styles are files of the site.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tieout.harmless import toned
from tieout.ledger.publication import panels
from tieout.ledger.searching import search_index
from tieout.machine import scratch
from tieout.machine.workers import workers
from tieout.problems import Problem
from tieout.project import assets, described, taken, vega
from tieout.render.beside import LIBRARY, chart_script, picture_script
from tieout.render.book import Book
from tieout.render.placing import Place
from tieout.render.shell import Shell, left_out
from tieout.render.together import Worker, portions, together
from tieout.render.writing import Writing, Written


def write(
    book: Book,
    site: Path,
    ledger: Mapping[str, Any],
    pdf: str | None = None,
    progress: Callable[[str], None] = lambda _message: None,
    worker: Worker | None = None,
) -> tuple[Problem, ...]:
    """Write the pages of a book and the files they need.

    Parameters
    ----------
    book
        The book, with trees for ``html``.
    site
        The folder to write into.
    ledger
        The ledger as in ``ledger.json``, for the names of its pages.
    pdf
        The PDF's name in the site, where one is made.
    progress
        Is told what is done.
    worker
        The process of pandoc that makes few runs.

    Returns
    -------
    What was left out of the pages, as warnings.
    """
    shell = Shell.of(book, ledger, pdf)
    progress(f"Writing {len(book.chapters)} pages")
    with scratch() as folder, ThreadPoolExecutor(workers()) as pool:
        made = list(_made(shell, folder, pool, worker))
    texts = [text for text, _ in made]
    place = Place(site, book.project.output)
    for chapter, text in zip(book.chapters, texts, strict=True):
        place.put(chapter.href, text.encode())
    for name, data in assets(book.project.lang).items():
        place.put(LIBRARY / name, data)
    by_page = {chapter.href: text for chapter, text in zip(book.chapters, texts, strict=True)}
    for name, text in described.files(book.project, pdf or "", by_page).items():
        place.put(name, text.encode())
    for name, data in taken.files(book.project).items():
        place.put(name, data)
    place.put(LIBRARY / "ledger.js", panels(ledger).encode())
    project = book.project
    searched = search_index(by_page, ledger, project.files.memory, project.steps)
    place.put(LIBRARY / "search-index.js", searched.encode())
    _media(book, place, any("data-chart=" in text for text in texts))
    return (*left_out(book.project), *(problem for _, problems in made for problem in problems))


def _made(shell: Shell, folder: Path, pool: Executor, worker: Worker | None) -> Iterator[Written]:
    """Give the pages, those that are new made in few processes."""
    project = shell.book.project
    for part in portions(range(len(shell.book.chapters))):
        writings = list(pool.map(lambda index: Writing(shell, index, folder), part))
        new = [each.call for each in writings if not each.is_known]
        ahead = together(new, folder, project.limits, project.steps, pool, worker)
        yield from pool.map(lambda each, ahead=ahead: each.written(ahead), writings)


def _media(book: Book, place: Place, charts: bool) -> None:
    for name, data in book.media.items():
        if name.endswith(".json"):
            stem = name.removesuffix(".json")
            script = f"{stem}.js"
            pictures = {
                kind: book.media[picture].decode("utf-8")
                for kind, end in (("wide", ".svg"), ("narrow", "-narrow.svg"))
                if (picture := f"{stem}{end}") in book.media
            }
            chart = json.loads(data)
            if pictures:  # a page draws them at once, and asks for the chart when a reader does
                place.put(script, picture_script(script, chart, pictures).encode())
                script = f"{stem}.vl.js"
            place.put(script, chart_script(script, chart).encode())
        else:
            stored = f"{name.removesuffix('.svg').removesuffix('-narrow')}.json"
            place.put(name, toned(data) if name.endswith(".svg") and stored in book.media else data)
    if charts:
        place.put(LIBRARY / "vega.js", vega(book.project.root, keep=True))
