"""The book as one resolved syntax tree for each chapter and format; pages and the PDF are written from these.

Two passes of pandoc: the first reads and numbers every chapter alone, the second resolves what refers to
other chapters, runs the ties and the citations, and gives everything the form of its format.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

from tieout.machine import scratch
from tieout.machine.workers import workers
from tieout.problems import all_of
from tieout.project import Project
from tieout.render import bibliography, complaints, pandoc
from tieout.render.book import Book, BookChapter, Label, Title, TocEntry, outline
from tieout.render.draft import Setting, repeated_labels
from tieout.render.extensions import user_filters
from tieout.render.links import unite
from tieout.render.reading import drafts
from tieout.render.resolving import Finished, Plan
from tieout.render.source import read_chapter
from tieout.render.together import Worker

__all__ = ["FORMATS", "Book", "BookChapter", "Label", "Title", "TocEntry", "assemble"]

FORMATS = ("html", "typst")


def assemble(
    project: Project, ledger_path: Path, formats: Sequence[str] = FORMATS, worker: Worker | None = None
) -> Book:
    """Resolve a whole book.

    Parameters
    ----------
    project
        The book.
    ledger_path
        The ledger that its ties are resolved against.
    formats
        ``html``, ``typst``, or both.
    worker
        The process of pandoc that makes few runs.

    Raises
    ------
    InputError
        A chapter cannot be read at all; everything milder is in `Book.problems`.
    """
    own, problems = user_filters(project)
    problems = [*project.problems, *problems]
    sources = all_of(partial(read_chapter, project), project.chapters)
    works = bibliography.read_works(project)
    with (
        scratch() as folder,
        ThreadPoolExecutor(workers()) as pool,
    ):
        setting = Setting.of(project, ledger_path.resolve(), folder, own, worker)
        # The formats of a chapter beside each other: its text is read once for them.
        jobs = [
            (chapter, source, form)
            for chapter, source in zip(project.chapters, sources, strict=True)
            for form in formats
        ]
        read = sorted(drafts(setting, jobs, pool), key=lambda one: formats.index(one.form))
        plan = Plan.of(setting, works, read)
        finished = plan.finish(read, pool)
    for source in sources:
        problems += source.problems
    for form in formats:
        made = [one for one in read if one.form == form]
        for those in [made] if project.kind.is_book else [[one] for one in made]:
            problems += repeated_labels(those, setting.words)
    for one, done in zip(read, finished, strict=True):
        problems += [*one.problems, *done.problems]
    problems += plan.pictures.problems
    unrun = frozenset[str]().union(*(source.unrun for source in sources))
    trees = {form: [item for item in finished if item.draft.form == form] for form in formats}
    if "typst" in trees:
        ledger_page = str(plan.ledger.ledger.get("ledger_page") or "")
        united = unite([(item.draft.chapter.href, item.text) for item in trees["typst"]], ledger_page)
        trees["typst"] = [replace(item, text=text) for item, text in zip(trees["typst"], united, strict=True)]
    return Book(
        project,
        tuple(_chapter(setting, parts) for parts in zip(*trees.values(), strict=True)),
        dict(sorted(plan.pictures.media.items())),
        tuple(sorted(plan.pictures.files)),
        tuple(complaints.once(complaints.graded(problems, project, unrun))),
        (pandoc.FILTERS / "prelude.typ").read_text(encoding="utf-8"),
    )


def _chapter(setting: Setting, parts: Sequence[Finished]) -> BookChapter:
    """Return a chapter from its finished forms, whose first gives title, headings and labels."""
    one = parts[0].draft
    chapter = one.chapter
    shown = setting.project.numbers_sections(one.form, chapter)
    title, toc = outline(parts[0].outline, chapter.number if shown else None)
    labels = tuple(
        Label(item["id"], item["kind"], item["number"], item["text"], f"{chapter.href}#{item['id']}")
        for item in one.labels
    )
    trees = {part.draft.form: part.text for part in parts}
    return BookChapter(chapter, title, trees, toc, labels, one.source)
