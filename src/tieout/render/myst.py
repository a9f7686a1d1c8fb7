"""Chapters of Jupyter Book: what MyST says, as Quarto says it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tieout.markdown.directives import EMBED, directives
from tieout.markdown.named import Names
from tieout.problems import Problem
from tieout.render.text import Line


def myst(lines: list[Line], problems: list[Problem], book: Callable[[], Names] = Names) -> list[Line]:
    """Return lines of a text with the directives and roles of MyST as Quarto has them.

    Parameters
    ----------
    problems
        Takes in a warning for each directive that Quarto has no word for, once a chapter.
    book
        Gives what can be named in other chapters.
    """
    unknown: dict[str, int] = {}
    made = directives([line.text for line in lines], unknown, book)
    for name, at in unknown.items():
        what = f"`{{{name}}}` is a directive of MyST, which Quarto has no word for"
        hint = "its words are shown as they stand; write it as Quarto does"
        if name.startswith("glue"):
            what = f"`{{{name}}}` shows what code has glued, and code of a text is not run here"
            hint = "its name and its words are shown; put the code into a notebook"
        if name == EMBED:
            what = "`![](…)` of a text, or of a place in one, is of MyST, which shows what stands there"
            hint = "a link is shown; write `{{< include … >}}` or `{{< embed … >}}`, or a picture's address"
        if not any(each.what == what for each in problems):
            place = lines[at]
            problems.append(
                Problem(what, hint, place.path, place.number, rule="directive", severity="warning")
            )
    return [replace(lines[at], text=text) for at, text in made]
