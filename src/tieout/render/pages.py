"""Writes the book's HTML pages: pandoc makes the body, the theme's template the page around it.

Nothing here loads anything from the network: charts, the ledger's panel and styles are files of the site.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath
from typing import Any

import lxml.html

from tieout.project import assets, vega
from tieout.render.book import Book
from tieout.render.shell import Shell

LIBRARY = PurePosixPath("site_libs")


def write(
    book: Book,
    site: Path,
    ledger: Mapping[str, Any],
    pdf: str | None = None,
    progress: Callable[[str], None] = lambda _message: None,
) -> list[Path]:
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

    Returns
    -------
    The pages.
    """
    shell = Shell.of(book, ledger, pdf)
    progress(f"Writing {len(book.chapters)} pages")
    with tempfile.TemporaryDirectory(prefix="tieout-") as folder, ThreadPoolExecutor(_workers()) as pool:
        texts = list(pool.map(lambda index: shell.page(index, Path(folder)), range(len(book.chapters))))
    paths = []
    for chapter, text in zip(book.chapters, texts, strict=True):
        paths.append(_put(site / chapter.href, text))
    for name, data in assets().items():
        (site / LIBRARY).mkdir(parents=True, exist_ok=True)
        (site / LIBRARY / name).write_bytes(data)
    ledger_page = str(ledger.get("ledger_page") or "")
    by_page = {chapter.href: text for chapter, text in zip(book.chapters, texts, strict=True)}
    _put(site / LIBRARY / "ledger.js", _panels(by_page.get(ledger_page, "")))
    _media(book, site, any("data-chart=" in text for text in texts))
    return paths


def _workers() -> int:
    return max(2, os.cpu_count() or 2)


def _put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def _panels(page: str) -> str:
    """Return a script with the body of every ledger entry, as the ledger's page shows it."""
    entries: dict[str, str] = {}
    if page:
        for element in lxml.html.fromstring(page).iter("section", "div"):
            name = element.get("data-entry")
            if name:
                for inner in element.iter():
                    inner.attrib.pop("id", "")
                parts: Iterable[Any] = element.iterchildren()
                entries[name] = "".join(
                    lxml.html.tostring(part, encoding="unicode", with_tail=False).strip() for part in parts
                )
    return f"window.tieoutLedger = {_script_json(entries)};\n"


def _media(book: Book, site: Path, charts: bool) -> None:
    for name, data in book.media.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".json":
            script = f'window.tieoutCharts["{path.with_suffix(".js").relative_to(site).as_posix()}"] = '
            _put(path.with_suffix(".js"), script + _script_json(json.loads(data)) + ";\n")
        else:
            path.write_bytes(data)
    if charts:
        (site / LIBRARY / "vega.js").write_bytes(vega())


def _script_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
