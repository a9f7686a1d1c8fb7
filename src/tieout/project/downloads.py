"""The page that gathers what can be taken along: report, ledger, data, notebooks, figures."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from urllib.parse import quote

from tieout import numerals
from tieout.project.project import Project
from tieout.project.resources import resources

NAME = "downloads.html"
POLICY = (  # of a page without any script
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
)
DATA = frozenset((".csv", ".tsv", ".json", ".xlsx", ".parquet", ".md", ".txt"))
LEDGER = {
    "ledger.json": "Ledger: every number with value, interval, formula and source",
    "ledger.jsonld": "Ledger as linked data (JSON-LD)",
    "ledger.schema.json": "Schema of the ledger",
    "feed.xml": "Versions of the data (Atom feed)",
}
CITE = {"cite.bib": "Citation as BibTeX", "cite.json": "Citation as CSL-JSON"}


def downloads(project: Project) -> str:
    """Return the page as HTML; it loads the theme's style and nothing else."""
    files = sorted(resources(project).files)
    notebooks = {str(path) for path in files if path.suffix == ".ipynb"}
    pictures = [path for path in files if path.suffix == ".svg"]
    drawn = {path.with_suffix("") for path in pictures}
    figures = {name for name in drawn if not (name.name.endswith("-narrow") and _wide(name) in drawn)}
    data = [path for path in files if path.suffix.lower() in DATA and path.with_suffix("") not in drawn]
    report = [(f"{project.output_file}.pdf", "The report as PDF")] if "typst" in project.formats else []
    parts = [
        _section("Report", _list(_link(name, said) for name, said in [*report, *CITE.items()])),
        _section("Ledger", _list(_link(name, said) for name, said in LEDGER.items())),
        _section("Data", _list(_link(str(path), path.name) for path in data)),
        _section("Chapters", _chapters(project, notebooks)),
        _section("Figures", _list(_figure(name, files) for name in sorted(figures))),
        "<p>Each table can be taken along as CSV, and each figure as PNG and its data as CSV, under "
        "<em>Download</em> beside its caption.</p>\n",
    ]
    title, lang = html.escape(project.title), html.escape(project.lang)
    direction = ' dir="rtl"' if numerals.is_rtl(project.lang) else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<title>Downloads – {title}</title>\n<link rel="stylesheet" href="site_libs/theme.css">\n</head>\n'
        '<body class="missing gathered">\n<main>\n'
        f'<p><a href="{quote(project.chapters[0].href)}">{title}</a></p>\n<h1>Downloads</h1>\n'
        f"{''.join(parts)}</main>\n</body>\n</html>\n"
    )


def _wide(name: PurePosixPath) -> PurePosixPath:
    return name.with_name(name.name.removesuffix("-narrow"))


def _section(title: str, body: str) -> str:
    return f"<h2>{title}</h2>\n{body}" if body else ""


def _list(items: Iterable[str]) -> str:
    made = "".join(f"<li>{item}</li>\n" for item in items)
    return f"<ul>\n{made}</ul>\n" if made else ""


def _link(name: str, said: str, kept: bool = True) -> str:
    return f'<a href="{quote(name)}"{" download" if kept else ""}>{html.escape(said)}</a>'


def _chapters(project: Project, notebooks: set[str]) -> str:
    """List the chapters with their notebooks, which are what they were made from."""
    lines = []
    for chapter in project.chapters:
        stem = re.sub(r"^\d+-", "", PurePosixPath(chapter.href).stem)
        words = chapter.title or re.sub(r"[-_]+", " ", stem).capitalize()
        line = _link(chapter.href, project.title if stem == "index" else words, kept=False)
        path = str(chapter.path) if chapter.path else ""
        lines.append(f"{line}: {_link(path, 'notebook')}" if path in notebooks else line)
    return _list(lines)


def _figure(name: PurePosixPath, files: Iterable[PurePosixPath]) -> str:
    """Name a figure with the forms that it has."""
    known = set(files)

    def forms() -> Iterator[str]:
        for path, said in (
            (name.with_name(f"{name.name}.svg"), "SVG"),
            (name.with_name(f"{name.name}-narrow.svg"), "SVG for narrow screens"),
            (name.with_name(f"{name.name}.json"), "specification"),
        ):
            if path in known:
                yield _link(str(path), said)

    return f"{html.escape(name.name)}: {', '.join(forms())}"
