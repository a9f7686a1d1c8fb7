"""The way from a page to the same page of other editions, and the direction that it is written in.

Our own engine's template shows both. Into pages that Quarto has made they are written after its render, as
often as that runs.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urljoin

from tieout import numerals
from tieout.project import Chapter, Project, described
from tieout.project.frontmatter import read_front
from tieout.project.headers import language_of, option_of
from tieout.project.languages import own_name

OURS = re.compile(
    r'\n?<link rel="alternate" hreflang="[^"]*" href="[^"]*" class="tieout-edition">'
    r'|\n?<p class="tieout-editions">.*?</p>',
    re.DOTALL,
)
ROOT = re.compile(r"<html\b(?P<rest>[^>]*)>")
MAIN = re.compile(r"<main\b[^>]*>")


def counterparts(project: Project, chapter: Chapter, root: str) -> Iterator[dict[str, str]]:
    """Give the way to the same page of each other edition, under the name that its language has in itself.

    Parameters
    ----------
    root
        The way from the page to the root of its site.
    """
    for edition in project.beside:
        page = quote(edition.page(chapter.path))
        address = posixpath.normpath(f"{root}/{page}")
        url = described.site_url(project)
        yield {
            "href": address,
            "url": urljoin(url, page) if url else address,
            "lang": html.escape(edition.lang),
            "name": html.escape(own_name(edition.lang)),
        }


def direction(project: Project, metadata: Mapping[str, Any]) -> str:
    """Return in which direction a page is written, as it says or by its language; empty for left to right."""
    said = str(option_of(project, metadata, "html", "dir") or "")
    if said in ("ltr", "rtl"):
        return said
    return "rtl" if numerals.is_rtl(language_of(project, metadata)) else ""


def relative_root(href: str) -> str:
    """Return the way from a page to the root of the site: ``.`` or ``..`` and so on."""
    return "/".join([".."] * href.count("/")) or "."


def with_counterparts(project: Project, chapter: Chapter, page: str) -> str:
    """Return a page that Quarto has made, with its direction and the way to its counterparts."""
    page = OURS.sub("", page)
    written = direction(project, read_front(project.files, chapter.path).metadata)
    found = ROOT.search(page)
    if written and found and not re.search(r"\sdir\s*=", found["rest"]):
        page = f'{page[: found.end() - 1]} dir="{written}"{page[found.end() - 1 :]}'
    heads, links = "", []
    for each in counterparts(project, chapter, relative_root(chapter.href)):
        heads += (
            f'\n<link rel="alternate" hreflang="{each["lang"]}" href="{each["url"]}" class="tieout-edition">'
        )
        links.append(
            f'<a class="site-edition" rel="alternate" href="{each["href"]}" hreflang="{each["lang"]}" '
            f'lang="{each["lang"]}">{each["name"]}</a>'
        )
    head, main = page.find("</head>"), MAIN.search(page)
    if not links or head < 0 or main is None:
        return page
    shown = f'\n<p class="tieout-editions">{" ".join(links)}</p>'
    return page[:head].rstrip("\n") + heads + "\n" + page[head : main.end()] + shown + page[main.end() :]
