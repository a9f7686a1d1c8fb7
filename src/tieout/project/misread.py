"""Headings that Quarto reads otherwise than they are written: a notebook's first, a title, a section's."""

from __future__ import annotations

from collections.abc import Iterator

from tieout.problems import Problem
from tieout.project.chapters import Chapter
from tieout.project.files import Files
from tieout.project.frontmatter import Heading, headings, read_front, split


def misread(files: Files, chapter: Chapter) -> Problem | None:
    """Return a warning for a chapter that Quarto numbers otherwise than its headings say.

    Quarto makes the heading that a notebook begins with its title, and loses what stands in braces behind it;
    one that has something before it, if only an empty line, stays as it is. Of a home page it shows no title
    but the book's, so that sections without a heading of the first level above them count from 0.1. A heading
    of the first level below a chapter's title counts as a further chapter there; here it is a section.
    """
    return _lifted(files, chapter) or _headless(files, chapter) or _further(files, chapter)


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


def _further(files: Files, chapter: Chapter) -> Problem | None:
    if chapter.kind == "index" or chapter.number is None:
        return None
    titled = read_front(files, chapter.path).metadata.get("title") is not None
    for index, (heading, cell) in enumerate(_headings(files, chapter)):
        if heading.level > 1 or (index == 0 and not titled) or "unnumbered" in heading.classes:
            continue
        what = f"Quarto will number “{heading.text}” as a chapter of its own, below the title of another"
        hint = "write it as a section, `##`; here it counts as one"
        shown = str(chapter.path)
        return Problem(what, hint, shown, rule="quarto-heading", severity="warning", where=cell)
    return None


def _headings(files: Files, chapter: Chapter) -> Iterator[tuple[Heading, str]]:
    """Give the headings of a chapter, each with the name of its cell."""
    if chapter.path.suffix != ".ipynb":
        _, text, _ = split(files.text(chapter.path), str(chapter.path))
        yield from ((each, "") for each in headings(text))
        return
    for cell in files.notebook(chapter.path).cells:
        if cell.kind == "markdown":
            yield from ((each, cell.name) for each in headings(cell.source))
