"""Pages that only lead to others: a home page where the first page has another name, and `aliases:`."""

from __future__ import annotations

import html
import posixpath
import urllib.parse
from pathlib import PurePosixPath

from tieout.project.chapters import Chapter
from tieout.project.frontmatter import read_front
from tieout.project.pages import HOME
from tieout.project.project import Project


def leading(project: Project) -> dict[str, str]:
    """Return the pages of a site that only lead to its chapters, by their address.

    A chapter's own page comes first, and an alias that leaves the site is none.
    """
    first = project.chapters[0]
    found = {} if first.href == HOME else {HOME: _leading_to(first, first.href)}
    for chapter in project.chapters:
        if b"aliases" not in project.files.bytes(chapter.path):
            continue  # its header need not be read again
        given = read_front(project.files, chapter.path).metadata.get("aliases")
        for alias in given if isinstance(given, list) else []:
            place = _place(chapter, str(alias))
            if not place.startswith(".."):
                there = posixpath.relpath(chapter.href, posixpath.dirname(place) or ".")
                found.setdefault(place, _leading_to(chapter, there))
    for chapter in project.chapters:
        found.pop(chapter.href, None)
    return found


def _place(chapter: Chapter, alias: str) -> str:
    """Return the address of an alias: beside its page or from the site's top; a folder is its home page."""
    path = alias.partition("#")[0]
    if path.endswith("/") or not PurePosixPath(path).suffix:
        path = f"{path}/{HOME}"
    folder = "" if path.startswith("/") else posixpath.dirname(chapter.href)
    return posixpath.normpath(posixpath.join(folder, path.lstrip("/")))


def _leading_to(page: Chapter, place: str) -> str:
    address, words = urllib.parse.quote(place), html.escape(page.title or page.href)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{words}</title>\n"
        f'<meta http-equiv="refresh" content="0; url={address}">\n</head>\n'
        f'<body><p><a href="{address}">{words}</a></p></body>\n</html>\n'
    )
