"""Headings that Quarto reads otherwise than they are written: a notebook's first, a home page's title."""

from __future__ import annotations

from tieout.problems import Problem
from tieout.project.chapters import Chapter
from tieout.project.files import Files
from tieout.project.frontmatter import headings, read_front, split


def misread(files: Files, chapter: Chapter) -> Problem | None:
    """Return a warning for a chapter that Quarto numbers otherwise than its headings say.

    Quarto makes the heading that a notebook begins with its title, and loses what stands in braces behind it;
    one that has something before it, if only an empty line, stays as it is. Of a home page it shows no title
    but the book's, so that sections without a heading of the first level above them count from 0.1.
    """
    return _lifted(files, chapter) or _headless(files, chapter)


def _lifted(files: Files, chapter: Chapter) -> Problem | None:
    shown = str(chapter.path)
    if chapter.path.suffix != ".ipynb":
        return None
    notebook = files.notebook(chapter.path)
    for cell in notebook.cells:
        if cell.kind == "code":
            continue
        line = notebook.line(cell.index)
        metadata, text, taken = split(cell.source, shown, line)
        if metadata.get("title") is not None:
            return None
        if taken:  # a header of its own: the heading may follow it, here or in the next cell
            text = text.lstrip("\n")
            if not text:
                continue
        first = next(headings(text), None)
        if first is None or not text.startswith("#") or "unnumbered" not in first.classes:
            return None
        what = f"Quarto will number “{first.text}”, and every chapter one higher"
        hint = "leave an empty line before the heading"
        return Problem(what, hint, shown, line, rule="quarto-heading", severity="warning", where=cell.name)
    return None


def _headless(files: Files, chapter: Chapter) -> Problem | None:
    if chapter.kind != "index":
        return None
    front = read_front(files, chapter.path)
    if not front.counts or front.heading is None or front.heading.level == 1:
        return None
    what = f"Quarto will number “{front.heading.text}” 0.1: the home page has no heading of the first level"
    hint = "write its title as one, `# Preface {.unnumbered}` where it is no chapter"
    return Problem(what, hint, str(chapter.path), rule="quarto-heading", severity="warning")
