"""What machines are told of a report: how to cite it, what it is, which pages it has, which data it is of.

All of it follows from `_quarto.yml` and the data package, so that an audit can make it again.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from tieout import numerals
from tieout.problems import InputError
from tieout.project.downloads import NAME, downloads
from tieout.project.given import Author
from tieout.project.project import Project
from tieout.project.readable import copied, readable
from tieout.project.shipped import say

PACKAGE = PurePosixPath("data/datapackage.json")
LOST = "404.html"
MISSING_POLICY = (  # of a page without any script and without pictures
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)


def doi(project: Project) -> str:
    """Return the book's DOI without the resolver's address, empty where it has none."""
    given = str(project.about("doi", default=""))
    return given.removeprefix("https://doi.org/").removeprefix("doi:")


def site_url(project: Project) -> str:
    """Return where the site is published, with a slash at its end; empty where nobody says so."""
    given = str(project.about("site-url", default="")).strip()
    return given.rstrip("/") + "/" if given else ""


def licence(project: Project) -> str:
    """Return the licence as its author names it, empty where nobody does."""
    given = project.about("license", default="")
    return str(given.get("text") or given.get("type") or "") if isinstance(given, Mapping) else str(given)


def citation_metadata(project: Project) -> Iterator[tuple[str, str]]:
    """Give what search engines for scholars read of every page: names and contents of `meta` elements."""
    yield "citation_title", project.title
    for author in project.authors:
        yield "citation_author", author.name
    yield "citation_publication_date", (project.date or "").replace("-", "/")
    yield "citation_doi", doi(project)
    yield "citation_language", project.lang


def preview_metadata(project: Project, title: str, description: str, home: bool) -> Iterator[tuple[str, str]]:
    """Give what is shown where a page is linked to (Open Graph): properties and contents."""
    yield "og:title", title
    yield "og:type", "website" if home else "article"
    yield "og:site_name", project.title
    yield "og:description", description or project.description or ""
    yield "og:locale", project.lang.replace("-", "_")


def schema_org(project: Project) -> str:
    """Return the report in the vocabulary of schema.org, as JSON-LD that may stand in a page."""
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": project.title,
        "inLanguage": project.lang,
    }
    optional = {
        "alternativeHeadline": project.subtitle,
        "description": project.description,
        "datePublished": project.date,
        "license": licence(project),
        "url": site_url(project),
        "identifier": f"https://doi.org/{doi(project)}" if doi(project) else "",
        "author": [_person(author) for author in project.authors],
    }
    about |= {key: value for key, value in optional.items() if value}
    return json.dumps(about, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def _person(author: Author) -> dict[str, Any]:
    person: dict[str, Any] = {"@type": "Person", "name": author.name}
    if author.orcid:
        person["identifier"] = f"https://orcid.org/{author.orcid.removeprefix('https://orcid.org/')}"
    if author.affiliations:
        person["affiliation"] = [{"@type": "Organization", "name": name} for name in author.affiliations]
    return person


def citation(project: Project) -> str:
    """Return how to cite the report, in a line: authors, year, title, version's date, address."""
    names = ", ".join(author.name for author in project.authors)
    names = names if project.date or not names or names.endswith(".") else f"{names}."
    where = f"https://doi.org/{doi(project)}" if doi(project) else site_url(project)
    year = f"({project.date[:4]})." if project.date else ""
    subtitle = f": {project.subtitle}" if project.subtitle else ""
    return " ".join(part for part in (names, year, f"{project.title}{subtitle}.", where) if part)


def edition(project: Project) -> str:
    """Return which edition a reader has before them: `Data china-medical-ai, version 1.2.0`."""
    package = _package(project)
    name, version = str(package.get("name") or ""), str(package.get("version") or "")
    said = say(project.lang, "Data {name}, version {version}", name=name, version=version)
    return said if name and version else ""


def colophon(project: Project) -> tuple[str, ...]:
    """Return what a cover says at its foot: how to cite the report, its licence, the edition of its data."""
    terms, said = licence(project), partial(say, project.lang)
    lines = (
        f"{said('Cite as:')} {citation(project)}",
        f"{said('Licence:')} {terms}" if terms else "",
        edition(project),
    )
    return tuple(line for line in lines if line)


def _package(project: Project) -> Mapping[str, Any]:
    """Return what the data package says of itself; empty where nothing can be read of it."""
    try:
        given = json.loads(project.files.bytes(PACKAGE))
    except (InputError, OSError, ValueError, RecursionError):
        return {}
    return given if isinstance(given, Mapping) else {}


def pages(project: Project) -> frozenset[str]:
    """Return the names of those of `files` that are pages."""
    return frozenset((LOST, NAME, *copied(project)))


def files(project: Project, pdf: str = "", pages: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the files that lie beside the pages, by name: for machines, to take along, to read.

    Parameters
    ----------
    pdf
        The name of the PDF beside them; empty where none is made.
    pages
        The pages by address, where they have been made: notebooks call works and places as these do.
    """
    made = {
        LOST: _missing(project),
        NAME: downloads(project, pdf, colophon(project)),
        **readable(project, pages or {}),
        "cite.bib": _bibtex(project),
        "cite.json": _csl_json(project),
        "feed.xml": _feed(project),
        "llms.txt": _llms(project),
    }
    if site_url(project):
        made["sitemap.xml"] = _sitemap(project)
    return made


def _key(project: Project) -> str:
    name = project.authors[0].name.split()[-1].lower() if project.authors else "report"
    return "".join(char for char in name if char.isalnum()) + (project.date or "")[:4]


def _bibtex(project: Project) -> str:
    fields = {
        "title": project.title + (f": {project.subtitle}" if project.subtitle else ""),
        "author": " and ".join(author.name for author in project.authors),
        "year": (project.date or "")[:4],
        "doi": doi(project),
        "url": site_url(project),
    }
    lines = [f"  {name:<6} = {{{{{value}}}}}" for name, value in fields.items() if value]
    return f"@misc{{{_key(project)},\n" + ",\n".join(lines) + "\n}\n"


def _csl_json(project: Project) -> str:
    item: dict[str, Any] = {"id": _key(project), "type": "report", "title": project.title}
    item["author"] = [_csl_name(author.name) for author in project.authors]
    if project.date:
        item["issued"] = {"date-parts": [[int(part) for part in project.date.split("-") if part.isdigit()]]}
    item |= {key: value for key, value in (("DOI", doi(project)), ("URL", site_url(project))) if value}
    return json.dumps([item], ensure_ascii=False, indent=1) + "\n"


def _csl_name(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}


def _feed(project: Project) -> str:
    """Return an Atom feed (RFC 4287) whose entry is the version of the data that the report is of."""
    package = _package(project)
    name, version = str(package.get("name") or project.title), str(package.get("version") or "")
    day = str(package.get("created") or project.date or "1970-01-01")[:10]
    base = site_url(project)
    address = html.escape(base or "index.html")
    mark = html.escape(f"urn:tieout:{name.replace(' ', '-')}")
    authors = (
        "".join(f"<author><name>{html.escape(author.name)}</name></author>" for author in project.authors)
        or f"<author><name>{html.escape(project.title)}</name></author>"
    )
    said = html.escape(f"{name}, version {version}" if version else name)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        f"<title>{html.escape(project.title)}: versions of the data</title>\n<id>{mark}</id>\n"
        f'<updated>{day}T00:00:00Z</updated>\n{authors}\n<link href="{address}"/>\n'
        f"<entry><title>{said}</title><id>{mark}:{html.escape(version)}</id>"
        f'<updated>{day}T00:00:00Z</updated><link href="{html.escape(base)}data/datapackage.json"/></entry>\n'
        "</feed>\n"
    )


def _sitemap(project: Project) -> str:
    base = site_url(project)
    day = f"<lastmod>{html.escape(project.date)}</lastmod>" if project.date else ""
    pages = "".join(
        f"<url><loc>{html.escape(base + chapter.href)}</loc>{day}</url>\n" for chapter in project.chapters
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{pages}</urlset>\n'
    )


def _llms(project: Project) -> str:
    """Return the report for language models (llmstxt.org): what it is, where its pages and numbers are."""
    base = site_url(project)
    lines = [f"# {project.title}", ""]
    lines += [f"> {project.description}", ""] if project.description else []
    lines += ["Every number of the text is tied to an entry of the ledger, by its id.", "", "## Pages", ""]
    pages = [chapter.href for chapter in project.chapters]
    lines += [f"- [{href.removesuffix('.html')}]({base}{href})" for href in pages]
    lines += ["", "## Data", ""]
    lines += [f"- [Ledger]({base}ledger.json): every number with value, interval, formula and source"]
    lines += [f"- [Schema of the ledger]({base}ledger.schema.json)", f"- [Citation]({base}cite.bib)"]
    return "\n".join(lines) + "\n"


def _direction(project: Project) -> str:
    return ' dir="rtl"' if numerals.is_rtl(project.lang) else ""


def _missing(project: Project) -> str:
    """Return the page for addresses that lead nowhere; a server shows it wherever the address was."""
    base, title = html.escape(site_url(project) or "/"), html.escape(project.title)
    said = partial(say, project.lang)
    moved = said("It may have moved: begin at {link}.", link=f'<a href="{base}index.html">{title}</a>')
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(project.lang)}"{_direction(project)}>\n'
        '<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{MISSING_POLICY}">\n'
        f'<meta name="robots" content="noindex">\n<title>{said("Not found")} – {title}</title>\n'
        f'<script src="{base}site_libs/early.js"></script>\n'
        f'<link rel="stylesheet" href="{base}site_libs/theme.css">\n</head>\n'
        f'<body class="missing">\n<main>\n<h1>{said("This page is not here")}</h1>\n'
        f"<p>{moved}</p>\n"
        "</main>\n</body>\n</html>\n"
    )
