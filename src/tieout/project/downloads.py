"""The page that gathers what can be taken along: report, ledger, data, notebooks, figures."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import quote

from tieout import numerals
from tieout.markdown import typographic, visible
from tieout.project.project import Project
from tieout.project.readable import address as readable
from tieout.project.resources import resources
from tieout.project.shipped import say
from tieout.project.taken import Taken, taken

NAME = "downloads.html"
POLICY = (  # of a page with no script but the site's own
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'"
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


def downloads(project: Project, pdf: str = "", about: Iterable[str] = ()) -> str:
    """Return the page as HTML; it loads the theme's style, and what a reader chose of light and dark.

    Parameters
    ----------
    pdf
        The name of the PDF beside it; empty where none is made.
    about
        How to cite the report, its licence, the edition of its data: a line each.
    """
    say_ = partial(say, project.lang)
    files = sorted(resources(project).files)
    drawn = {path.with_suffix("") for path in files if path.suffix == ".svg"}
    data = [path for path in files if path.suffix.lower() in DATA and path.with_suffix("") not in drawn]
    data.sort(key=lambda path: path.suffix != ".json")  # what describes the tables comes first
    report = {pdf: "The report as PDF"} if pdf else {}
    repository = str(project.about("repo-url", default=""))
    links = [_link(name, say_(said)) for name, said in {**report, **CITE}.items()]
    links += [f'<a href="{html.escape(repository)}">{say_("Source")}</a>'] if repository else []
    parts = {
        "Report": "".join(f"<p>{html.escape(line)}</p>\n" for line in about) + _list(links),
        "Ledger": _list(_link(name, say_(said)) for name, said in LEDGER.items()),
        "Data": _list(_link(str(path), path.name) for path in data),
        "Chapters": _chapters(project, frozenset(files), say_),
    }
    body = "".join(_section(say_(name), made) for name, made in parts.items())
    title, lang = html.escape(project.title), html.escape(project.lang)
    direction = ' dir="rtl"' if numerals.is_rtl(project.lang) else ""
    home, here = quote(project.chapters[0].href), say_("Downloads")
    paper = f'<a class="site-pdf" href="{quote(pdf)}">PDF</a>' if pdf else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f"<title>{say_('Downloads')} – {title}</title>\n"
        '<script src="site_libs/early.js"></script>\n'
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


def _chapters(project: Project, files: Collection[PurePosixPath], say_: Callable[[str], str]) -> str:
    """List the chapters: each with its notebook, to read and to download, its figures and its tables."""
    things: dict[PurePosixPath, list[Taken]] = defaultdict(list)
    for each in taken(project):
        things[each.path].append(each)
    made = ""
    for chapter in project.chapters:
        stem = re.sub(r"^\d+-", "", PurePosixPath(chapter.href).stem)
        words = visible(chapter.title or "") or re.sub(r"[-_]+", " ", stem).capitalize()
        title = typographic(project.title if stem == "index" else words)
        number = (
            f'<span class="chapter-number">{html.escape(chapter.number)}</span> ' if chapter.number else ""
        )
        made += f'<section>\n<h3>{number}<a href="{quote(chapter.href)}">{html.escape(title)}</a></h3>\n'
        if chapter.path in files and chapter.path.suffix == ".ipynb":
            read = _link(readable(chapter.path), say_("Read the notebook"), kept=False)
            made += f"<p>{read}, {_link(str(chapter.path), say_('download it'))}</p>\n"
        made += _list(_forms(each, chapter.href, say_) for each in things[chapter.path]) + "</section>\n"
    return f'<div class="chapter-things">\n{made}</div>\n'


def _forms(each: Taken, page: str, say_: Callable[[str], str]) -> str:
    """Name a figure or a table, which leads to its place, with the forms that it can be taken along in."""
    forms = ", ".join(_link(name, say_(said)) for name, said in each.forms.items())
    found = FIRST.match(each.caption)
    title = typographic((found[0] if found else each.caption).removesuffix("."))
    kind = say_("Figure" if each.label.startswith("fig-") else "Table")
    place = f'<a href="{quote(page)}#{html.escape(each.label)}">{html.escape(title)}</a>'
    return f"{kind}: {place} ({forms})"
