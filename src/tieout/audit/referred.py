"""What pages lead to and show of their own site: each address has its file, and each file its original."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tieout.audit.pages import Site
from tieout.problems import Count, Problem

TEXTS = frozenset((".qmd", ".md", ".ipynb", ".rmd", ".Rmd"))


@dataclass
class Referred:
    """The links of pages that lead nowhere, and how many were looked at."""

    counts: list[Count] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def named(site: Site) -> frozenset[str]:
    """Return the files of a site that its pages lead to or show, by their path in it."""
    return frozenset(path for face in site.faces.values() for *_, path in face.named)


def check_links(site: Site, folder: Path) -> Referred:
    """Look whether there is what pages lead to within the site.

    Addresses that leave the site's folder are left aside, and those of other editions, which are made after
    it. So are files of text: of chapters that there are not, the engine says more.
    """
    found = Referred()
    right = total = 0
    there: dict[str, bool] = {}
    for href, face in site.faces.items():
        for tag, address, line, path in face.named:
            away = path.startswith("..") or path.partition("/")[0] in site.project.apart
            if tag != "a" or away or PurePosixPath(path).suffix in TEXTS:
                continue
            total += 1
            if path not in there:
                there[path] = (folder / path).is_file() or (folder / path / "index.html").is_file()
            if there[path]:
                right += 1
            else:
                found.problems.append(_dead(site, href, address, line))
    if total:
        found.counts.append(Count("links within the site that lead somewhere", right, total))
    return found


def _dead(site: Site, href: str, address: str, line: int) -> Problem:
    """Say which link leads nowhere, at the line of its chapter that has it, or else of the page."""
    chapter = next((each for each in site.project.chapters if each.href == href), None)
    path, where = href, line
    if chapter is not None and site.project.files.exists(chapter.path):
        text = site.project.files.text(chapter.path)
        bare = address.partition("#")[0]
        written = (f"({address})", f'"{address}', f"'{address}", address, bare, bare.rpartition("/")[2])
        at = next((at for each in written if each and (at := text.find(each)) >= 0), -1)
        if at >= 0:
            path, where = str(chapter.path), text.count("\n", 0, at) + 1
    what, hint = f"the link `{address}` leads to nothing in the site", "correct it, or make what it names"
    return Problem(what, hint, path, where, rule="link", severity="warning")
