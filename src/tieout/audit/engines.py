"""What each engine adds to a site of its own accord: furniture of pages, files, ways to write a number.

A difference of layout is no mistake; what stands here is understood, and everything else is compared. The
profile of a site is told by its pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tieout.audit.dom import Element
from tieout.project import OURS, Chapter, Project

NUMBERED_FORMULA = re.compile(
    r"\s*\\(?:qquad|tag)\s*\{?\((?P<number>[^()]*)\)\}?\s*$|\s*\\tag\{(?P<tag>[^{}]*)\}\s*$"
)


@dataclass(frozen=True)
class Engine:
    """What is known of an engine's output.

    Parameters
    ----------
    name
        ``pandoc`` or ``quarto``.
    knows_all
        Whether everything on its pages, in its folder and in its PDF is Tieout's own or the author's, so that
        anything else is foreign. Else what is not known is counted and left alone.
    cleans_pictures
        Whether drawings are made harmless before they are published.
    numbers_formulas
        Whether an equation's number stands within its formula.
    names_sections
        Whether a cross-reference on an unnumbered page may show a title where others show a number.
    labels_appendices
        Whether the title of an appendix begins with its label, as text.
    paper
        The format of the PDF, of `tieout.markdown.conditions`.
    """

    name: str
    knows_all: bool
    cleans_pictures: bool
    numbers_formulas: bool
    names_sections: bool
    labels_appendices: bool
    paper: str

    def sets_its_own_paper(self, project: Project) -> bool:
        """Whether the PDF has the engine's own form: its heads, folios, citations and list of works."""
        return not self.knows_all and f"{OURS}typst" not in project.configuration.get("format", default={})

    def number_in(self, tex: str) -> tuple[str, str]:
        """Return a formula without the number that stands in it, and the number."""
        found = NUMBERED_FORMULA.search(tex) if self.numbers_formulas else None
        if not found:
            return tex, ""
        return tex[: found.start()].rstrip(), found["number"] or found["tag"] or ""

    def label_in(self, title: str, project: Project, chapter: Chapter | None) -> tuple[str, str]:
        """Return the number that a chapter's title begins with as text, and the title without it."""
        if not self.labels_appendices or chapter is None or chapter.kind != "appendix" or not chapter.number:
            return "", title
        delimiter = str(project.crossref.get("appendix-delim", " —")).strip()
        found = re.match(rf"[^\W\d]+ ?([A-Z]+)\s*{re.escape(delimiter)}\s*", title)
        return (found[1], title[found.end() :]) if found else ("", title)


PANDOC = Engine("pandoc", True, True, False, False, False, "typst")
QUARTO = Engine("quarto", False, False, True, True, True, "typst alone")


def is_ours(page: Element) -> bool:
    """Whether a page loads our theme."""
    return bool(page.xpath("//script[contains(@src, 'site_libs/theme.js')]"))


def engine_of(ours: Iterable[bool]) -> Engine:
    """Return the engine that has made some pages, of which is known whether they load our theme."""
    return PANDOC if any(ours) else QUARTO
