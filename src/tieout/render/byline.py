"""What a chapter's header says below its title: authors, affiliations, date, keywords, as Quarto has it."""

from __future__ import annotations

import datetime
import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from tieout.project import interface
from tieout.project.given import Author, author, iso_date, text, texts
from tieout.project.languages import words, written_date


def byline(header: Mapping[str, Any], lang: str) -> str:
    """Return the block below a chapter's title as HTML, empty where its header says nothing of the kind.

    Parameters
    ----------
    header
        The chapter's YAML header.
    lang
        Its language, for the words over each part.

    Examples
    --------
    >>> byline({"author": "A. Author"}, "en").count("quarto-title-meta-heading")
    1
    """
    said = words(lang)
    given = header.get("author", header.get("authors"))
    listed = [author(item, header.get("affiliations")) for item in _listed(given)]
    authors = [each for each in listed if each is not None]
    placed = any(each.affiliations for each in authors)
    parts = []
    if authors and not placed:
        people = "".join(f"<p>{_name(each)}</p>" for each in authors)
        parts.append(_part(said["author"], people))
    date = iso_date(text(header.get("date")))
    if date:
        shown = html.escape(long_date(date) if lang.startswith("en") else date)
        parts.append(_part(said["published"], f'<p class="date">{shown}</p>'))
    doi = str(header.get("doi") or "").removeprefix("https://doi.org/").removeprefix("doi:")
    if doi:
        parts.append(
            _part("DOI", f'<p class="doi"><a href="https://doi.org/{quote(doi)}">{html.escape(doi)}</a></p>')
        )
    keywords = texts(header.get("keywords"))
    if keywords:
        parts.append(_part(said["keywords"], f"<p>{html.escape(', '.join(keywords))}</p>"))
    block = "".join(_affiliated(authors, said)) if placed else ""
    return block + (f'<div class="quarto-title-meta">{"".join(parts)}</div>' if parts else "")


def long_date(date: str | None, lang: str = "en") -> str:
    """Return an ISO date as `23 November 2026`, in the language's own form where the interface has its words.

    Anything else is returned as it is.
    """
    try:
        parsed = datetime.date.fromisoformat(date or "")
    except ValueError:
        return date or ""
    if interface(lang):
        return written_date(parsed, lang)
    return f"{parsed.day} {parsed:%B} {parsed.year}"


def categories(header: Mapping[str, Any]) -> str:
    """Return the categories of a page, as Quarto writes them below its title."""
    names = "".join(
        f'<div class="quarto-category">{html.escape(name)}</div>' for name in texts(header.get("categories"))
    )
    return f'<div class="quarto-categories">{names}</div>' if names else ""


def _affiliated(authors: Sequence[Author], said: Mapping[str, str]) -> Iterator[str]:
    yield '<div class="quarto-title-meta-author quarto-title-meta">'
    for word in ("author", "affiliation"):
        yield f'<div class="quarto-title-meta-heading">{html.escape(said[word])}</div>'
    for each in authors:
        places = "".join(f'<p class="affiliation">{html.escape(place)}</p>' for place in each.affiliations)
        yield f'<div class="quarto-title-meta-contents"><p class="author">{_name(each)}</p></div>'
        yield f'<div class="quarto-title-meta-contents">{places}</div>'
    yield "</div>"


def _part(word: str, content: str) -> str:
    return (
        f'<div>\n<div class="quarto-title-meta-heading">{html.escape(word)}</div>\n'
        f'<div class="quarto-title-meta-contents">{content}</div>\n</div>\n'
    )


def _name(each: Author) -> str:
    name = html.escape(each.name)
    shown = f'<a href="{html.escape(each.url)}">{name}</a>' if each.url else name
    orcid = (each.orcid or "").removeprefix("https://orcid.org/")
    if orcid:
        address = f"https://orcid.org/{quote(orcid)}"
        shown += f' <a class="quarto-title-author-orcid" href="{address}">ORCID</a>'
    return shown


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
