"""The page that gathers what can be taken along: report, ledger, data, notebooks, figures."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote

from tieout import numerals
from tieout.project.project import Project
from tieout.project.readable import address as readable
from tieout.project.resources import resources
from tieout.project.shipped import say
from tieout.project.taken import Taken, taken

NAME = "downloads.html"
POLICY = (  # of a page without any script
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
DATA = frozenset((".csv", ".tsv", ".json", ".xlsx", ".parquet", ".md", ".txt"))
LEDGER = {
    "ledger.json": "Ledger: every number with value, interval, formula and source",
    "ledger.jsonld": "Ledger as linked data (JSON-LD)",
    "ledger.schema.json": "Schema of the ledger",
    "feed.xml": "Versions of the data (Atom feed)",
}
FIRST = re.compile(r".{12,}?[.!?](?=\s+\w)")  # of a caption the first sentence, which is its title
CITE = {"cite.bib": "Citation as BibTeX", "cite.json": "Citation as CSL-JSON"}


def downloads(project: Project, pdf: str = "") -> str:
    """Return the page as HTML; it loads the theme's style and nothing else.

    Parameters
    ----------
    pdf
        The name of the PDF beside it; empty where none is made.
    """
    say_ = partial(say, project.lang)
    files = sorted(resources(project).files)
    notebooks = {path for path in files if path.suffix == ".ipynb"}
    things = taken(project)
    drawn = {path.with_suffix("") for path in files if path.suffix == ".svg"}
    data = [path for path in files if path.suffix.lower() in DATA and path.with_suffix("") not in drawn]
    report = {pdf: "The report as PDF"} if pdf else {}
    figures, tables = ([each for each in things if each.label.startswith(kind)] for kind in ("fig-", "tbl-"))
    parts = {
        "Report": (_link(name, say_(said)) for name, said in {**report, **CITE}.items()),
        "Ledger": (_link(name, say_(said)) for name, said in LEDGER.items()),
        "Data": (_link(str(path), path.name) for path in data),
        "Chapters": _chapters(project, notebooks),
        "Figures": (_forms(each, say_) for each in figures),
        "Tables": (_forms(each, say_) for each in tables),
    }
    body = "".join(_section(say_(name), _list(items)) for name, items in parts.items())
    title, lang = html.escape(project.title), html.escape(project.lang)
    direction = ' dir="rtl"' if numerals.is_rtl(project.lang) else ""
    home, here = quote(project.chapters[0].href), say_("Downloads")
    paper = f'<a class="site-pdf" href="{quote(pdf)}">PDF</a>' if pdf else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{say_('Downloads')} – {title}</title>\n"
        '<link rel="icon" href="site_libs/favicon.svg" type="image/svg+xml">\n'
        '<link rel="stylesheet" href="site_libs/theme.css">\n</head>\n'
        '<body class="missing gathered">\n<header class="site-header">'
        f'<a class="site-title" href="{home}">{title}</a>{paper}</header>\n<main>\n'
        f'<nav class="breadcrumb" aria-label="{say_("Breadcrumb")}">\n<ol>\n'
        f'<li><a href="{home}">{title}</a></li>\n'
        f'<li><a href="{NAME}" aria-current="page">{here}</a></li>\n</ol>\n</nav>\n<h1>{here}</h1>\n'
        f"{body}</main>\n</body>\n</html>\n"
    )


def _section(title: str, body: str) -> str:
    return f"<h2>{title}</h2>\n{body}" if body else ""


def _list(items: Iterable[str]) -> str:
    made = "".join(f"<li>{item}</li>\n" for item in items)
    return f"<ul>\n{made}</ul>\n" if made else ""


def _link(name: str, said: str, kept: bool = True) -> str:
    return f'<a href="{quote(name)}"{" download" if kept else ""}>{html.escape(said)}</a>'


def _chapters(project: Project, notebooks: Collection[PurePosixPath]) -> Iterator[str]:
    """List the chapters with their notebooks, which are what they were made from, to read and to download."""
    for chapter in project.chapters:
        stem = re.sub(r"^\d+-", "", PurePosixPath(chapter.href).stem)
        words = chapter.title or re.sub(r"[-_]+", " ", stem).capitalize()
        line = _link(chapter.href, project.title if stem == "index" else words, kept=False)
        if chapter.path in notebooks:
            read = _link(readable(chapter.path), say(project.lang, "read the notebook"), kept=False)
            line += f": {read}, {_link(str(chapter.path), say(project.lang, 'download it'))}"
        yield line


def _forms(each: Taken, say_: Callable[[str], str]) -> str:
    """Name a figure or a table with the forms that it can be taken along in."""
    forms = ", ".join(_link(name, say_(said)) for name, said in each.forms.items())
    title = FIRST.match(each.caption)
    return f"{html.escape(title[0] if title else each.caption)} {forms}"
