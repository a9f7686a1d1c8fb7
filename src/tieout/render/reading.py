"""The first pass: each chapter read by pandoc, brought into few forms and numbered, for one format."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from functools import cached_property
from typing import Any

from tieout.problems import Problem
from tieout.project import Chapter
from tieout.project.headers import counts_by_chapter, crossref_of, label_styles
from tieout.render import complaints, pandoc
from tieout.render.draft import Draft, Setting, asked_of
from tieout.render.extensions import chapter_filters
from tieout.render.text import Source
from tieout.render.together import portions, together
from tieout.render.tree import packed, plain

READER = "markdown"
# Dialects of Markdown that a header may ask for with `from:`, and what of Quarto's is added to them.
DIALECT = re.compile(r"(markdown|commonmark_x|commonmark|gfm)((?:[+-][a-z_]+)*)")
BARE = "+attributes+bracketed_spans+fenced_divs+footnotes+raw_attribute+tex_math_dollars"


def drafts(setting: Setting, jobs: Sequence[tuple[Chapter, Source, str]], pool: Executor) -> list[Draft]:
    """Read and number chapters, each for a format, those that are new in few processes."""
    limits, steps = setting.project.limits, setting.project.steps
    made: list[Draft] = []
    for part in portions(jobs):
        readings = [Reading(setting, *job) for job in part]
        new = [each.call for each in readings if each.is_new]
        ahead = together(new, setting.folder, limits, steps, pool, setting.worker)
        made += pool.map(lambda each, ahead=ahead: each.draft(ahead), readings)
    return made


class Reading:
    """What reads a chapter for a format.

    Parameters
    ----------
    setting
        The book's.
    chapter, source
        The chapter.
    form
        The format.
    """

    def __init__(self, setting: Setting, chapter: Chapter, source: Source, form: str) -> None:
        self.setting, self.chapter, self.source, self.form = setting, chapter, source, form
        self.state = _state(setting, chapter, source, form)
        self.key = ("draft", id(source), chapter, form, json.dumps(self.state, default=str))
        given, self.refused = chapter_filters(setting.project, chapter, source.metadata)
        self.own = setting.own + given
        marked = (pandoc.FILTERS / "handlers.lua",) if ".tieout-shortcode" in source.markdown else ()
        self.scripts = (*marked, *self.own.early)

    @property
    def is_new(self) -> bool:
        """Whether it is known by pandoc's options alone what comes out, and this process has not made it."""
        follows = not (self.scripts or self.own.late)
        return follows and not self.setting.project.files.memory.holds(self.key)

    @cached_property
    def call(self) -> pandoc.Call:
        """The run of pandoc, without Lua of the project's."""
        arguments = [*self._arguments, *pandoc.filters("first")]
        name, root = str(self.chapter.path), self.setting.project.root
        files = dict([self._handed])
        text, state = self.source.markdown, self._handed[1]
        parts = {"its text": text, "its settings": [arguments[1], state]}
        return pandoc.Call(tuple(arguments), text, name, root, ("read",), files, self.form, parts)

    @cached_property
    def _handed(self) -> tuple[str, str]:
        return self.setting.handed(f"1-{self.form}-{self.chapter.href}", self.state)

    @cached_property
    def _arguments(self) -> list[str]:
        reader, _ = _reader(self.state["reader"], self.chapter)
        arguments = ["-f", reader, "-t", "json", "-M", f"tieout-state={self._handed[0]}"]
        return arguments + (pandoc.filters("trusted") if self.state["trusted"] else [])

    def draft(self, ahead: Mapping[str, pandoc.Made]) -> Draft:
        """Read the chapter, from what was made ahead where it was."""
        if self.scripts or self.own.late:  # what the project's own Lua makes may follow from anything
            return self._draft(ahead)
        return self.setting.project.files.memory.made(self.key, lambda: self._draft(ahead))

    def _draft(self, ahead: Mapping[str, pandoc.Made]) -> Draft:
        setting, chapter, source, form = self.setting, self.chapter, self.source, self.form
        if not (self.call.key and setting.project.store.holds(self.call.key)):  # else it was none before
            complaints.refuse_excess(source)
        _, unread = _reader(self.state["reader"], chapter)
        early = setting.loaded(f"early-{form}-{chapter.href}", chapter, form, source, self.scripts)
        read, failed = setting.made_of(self.call, _read, len(self._arguments), early, "read", ahead)
        said = complaints.placed(read["complaints"], source, chapter)
        return Draft(
            chapter,
            source,
            form,
            read["text"],
            tuple(read["labels"]),
            frozenset(read["anchors"]),
            frozenset(read["hidden"]),
            frozenset(read["named"]),
            frozenset(read["words"]),
            read["found"],
            (*unread, *self.refused, *failed, *said),
            self.own,
        )


def _read(out: str, _: Sequence[str]) -> dict[str, Any]:
    """Return what is kept of a chapter that pandoc has read."""
    tree = json.loads(out)
    meta, text = tree["meta"], packed(tree["blocks"])
    labels = [
        {key: plain(item["c"][key]) for key in ("id", "kind", "number", "parent", "text")}
        for item in meta.get("tieout-labels", {"c": []})["c"]
    ]
    anchors = [plain(item) for item in meta.get("tieout-anchors", {"c": []})["c"]]
    return {
        "text": text,
        "labels": labels,
        "anchors": [*anchors, *(item["id"] for item in labels)],
        "hidden": [plain(item) for item in meta.get("tieout-hidden", {"c": []})["c"]],
        "complaints": complaints.kept(complaints.found(meta)),
        **asked_of(tree["blocks"], text),
    }


def _state(setting: Setting, chapter: Chapter, source: Source, form: str) -> dict[str, Any]:
    """Return what the filters of the first pass are told."""
    project = setting.project
    usual = setting.option(source, "html", "number-depth", 6)
    depth = setting.option(source, form, "number-depth", usual)
    return {
        "format": form,
        "number": chapter.number,
        "bare": not counts_by_chapter(source.metadata),
        "stem": chapter.path.stem,
        "names": setting.words_of(source),
        "label_styles": label_styles(crossref_of(project, source.metadata)),
        "floats": dict.fromkeys(setting.floats, True),
        "number_depth": depth,
        "number_sections": project.numbers_sections(form, chapter),
        "own_sections": not project.kind.is_book,
        "metadata": {**project.configuration.values, **source.metadata},
        "callout_icon": setting.option(source, form, "callout-icon", True),
        "callout_appearance": setting.option(source, form, "callout-appearance"),
        "html_tables": setting.option(source, form, "html-table-processing"),
        "annotations": setting.option(source, form, "code-annotations"),
        "trusted": project.trusts(chapter.path),
        "marks_notes": "[^" in source.markdown,
        "reader": setting.option(source, form, "from", READER),
    }


def _reader(given: Any, chapter: Chapter) -> tuple[str, list[Problem]]:
    """Return the dialect that a chapter is read as, and a warning where the one asked for is not known."""
    found = DIALECT.fullmatch(str(given))
    if found:
        return found[1] + (BARE if found[1] in ("commonmark", "gfm") else "") + found[2], []
    what, hint = f"`from: {given}` is not read here", "the chapter is read as pandoc's Markdown"
    return READER, [Problem(what, hint, str(chapter.path), 1, rule="ignored-key", severity="warning")]
