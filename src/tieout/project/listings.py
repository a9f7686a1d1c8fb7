"""Listings of a website (`listing:` in a page's header), as a plain list of links to its pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from tieout.project.chapters import Chapter
from tieout.project.frontmatter import read_front
from tieout.project.pages import matches
from tieout.project.project import Project


def listing(project: Project, chapter: Chapter, header: Mapping[str, Any]) -> str:
    """Return the Markdown of the lists that a page asks for; empty where it asks for none.

    Parameters
    ----------
    project
        The website.
    chapter
        The page.
    header
        Its header: ``listing`` is a kind of list, its options, or several of these.
    """
    given = header.get("listing")
    if not given or project.kind.is_book:
        return ""
    lists = [_list(project, chapter, each) for each in (given if isinstance(given, list) else [given])]
    return "".join(f"\n\n::: {{.quarto-listing}}\n{text}\n:::\n" for text in lists if text)


def _list(project: Project, chapter: Chapter, given: Any) -> str:
    options = given if isinstance(given, Mapping) else {}
    named = options.get("contents") or "."
    patterns = [
        str(item) for item in (named if isinstance(named, list) else [named]) if not isinstance(item, dict)
    ]
    others = [each for each in project.chapters if each is not chapter and each.path != chapter.path]
    found = [each for each in others if any(_is_in(chapter, each, pattern) for pattern in patterns)]
    sort = options.get("sort")
    if "date" in str(sort):
        dates = {
            each.path: str(read_front(project.files, each.path).metadata.get("date") or "") for each in found
        }
        found.sort(key=lambda each: dates[each.path], reverse="desc" in str(sort))
    limit = options.get("max-items")
    return "\n".join(_lines(found[:limit] if isinstance(limit, int) else found))


def _is_in(chapter: Chapter, other: Chapter, pattern: str) -> bool:
    folder = chapter.path.parent
    if pattern == ".":
        return other.path.is_relative_to(folder)
    base = PurePosixPath() if pattern.startswith("/") else folder
    return matches(other.path, str(base / pattern.strip("/")))


def _lines(chapters: list[Chapter]) -> Iterator[str]:
    for each in chapters:
        yield f"- [{each.title or each.path.stem}](</{each.path}>)"
