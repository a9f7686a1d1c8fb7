"""The first pass: each chapter read by pandoc, brought into few forms and numbered, for one format."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from tieout.problems import InputError, Problem
from tieout.project import Chapter, Project
from tieout.project.headers import crossref_of, label_styles, language_of, option_of, words_of
from tieout.render import complaints, pandoc
from tieout.render.bibliography import citations, is_list_of_works
from tieout.render.extensions import Own, chapter_filters, handlers, loader
from tieout.render.names import custom_floats, names
from tieout.render.text import Source
from tieout.render.together import together
from tieout.render.tree import Node, nodes, plain

READER = "markdown"
# Dialects of Markdown that a header may ask for with `from:`, and what of Quarto's is added to them.
DIALECT = re.compile(r"(markdown|commonmark_x|commonmark|gfm)((?:[+-][a-z_]+)*)")
BARE = "+attributes+bracketed_spans+fenced_divs+footnotes+raw_attribute+tex_math_dollars"
# What of a chapter may name something elsewhere: labels, anchors, keys of works.
NAME = re.compile(r"[\w:.+/-]*\w")


@dataclass(frozen=True)
class Setting:
    """What every run of pandoc for a book shares.

    Parameters
    ----------
    project
        The book.
    ledger
        The ledger that ties are resolved against.
    folder
        Where the filters find their state.
    words
        What stands before numbers.
    floats
        The kinds of floats: figures, tables, listings, and the project's own.
    own
        The project's own filters.
    """

    project: Project
    ledger: Path
    folder: Path
    words: Mapping[str, str]
    floats: tuple[str, ...]
    own: Own

    @classmethod
    def of(cls, project: Project, ledger: Path, folder: Path, own: Own) -> Setting:
        """Gather the setting of a project."""
        floats = ("fig", "tbl", "lst", *custom_floats(project.crossref))
        words = names(project.lang, project.crossref, words_of(project, {}))
        return cls(project, ledger, folder, words, floats, own)

    def option(self, source: Source, form: str, name: str, default: Any = None) -> Any:
        """Return an option of a format as it holds in a chapter; see `tieout.project.headers.option_of`."""
        value = option_of(self.project, source.metadata, form, name)
        usual = self.project.configuration.get(name) if value is None else value
        return default if usual is None else usual

    def words_of(self, source: Source) -> Mapping[str, str]:
        """Return what stands before numbers in a chapter."""
        header, project = source.metadata, self.project
        if not {"crossref", "lang", "language"} & header.keys():
            return self.words
        lang, own = language_of(project, header), words_of(project, header)
        return names(lang, crossref_of(project, header), own)

    def hand_over(self, name: str, state: Mapping[str, Any]) -> list[str]:
        """Write a state for the filters of one run; returns the option that names it."""
        path = self.folder / f"{name.replace('/', '-')}.json"
        path.write_text(json.dumps(_without_none(state), default=str, sort_keys=True), encoding="utf-8")
        return ["-M", f"tieout-state={path}"]

    def loaded(
        self, name: str, chapter: Chapter, form: str, source: Source, scripts: Sequence[Path]
    ) -> list[str]:
        """Return the options that run Lua of the project's on a chapter."""
        depth = len(chapter.path.parts) - 1
        about = {
            "format": form,
            "root": str(self.project.root),
            "input": str(self.project.root / chapter.path),
            "output": chapter.href,
            "offset": "/".join([".."] * depth) or ".",
            "words": self.words_of(source),
            "metadata": _without_none({**self.project.configuration.values, **source.metadata}),
            "handlers": [str(path) for path in handlers(self.project)],
        }
        stem = name.replace("/", "-")
        return [
            option
            for index, script in enumerate(scripts)
            for option in loader(self.folder / f"{stem}-{index}.lua", script, about)
        ]

    def run(
        self, call: pandoc.Call, place: int, own: list[str], step: str, ahead: Mapping[str, pandoc.Made]
    ) -> tuple[str, list[str], list[Problem]]:
        """Run pandoc with Lua of the project's at a place among its options.

        Where that fails it is run without, and there is a warning.
        """
        project = self.project
        if own:
            arguments = (*call.arguments[:place], *own, *call.arguments[place:])
            try:
                return *pandoc.answer(
                    replace(call, arguments=arguments), project.limits, project.steps, step
                ), []
            except InputError as error:
                if error.problems[0].rule == "limit":
                    raise
                said = re.sub(r"^.*?\.lua: ?|\S*/", "", error.problems[0].what)
                what = f"a filter of the project fails on this chapter: {said[:200]}"
                hint = "the chapter is shown as it is without the project's filters"
                failed = [Problem(what, hint, path=call.name, line=1, rule="filter", severity="warning")]
        else:
            failed = []
        return *pandoc.answer(call, project.limits, project.steps, step, ahead), failed


@dataclass(frozen=True)
class Draft:
    """A chapter after the first pass, for one format."""

    chapter: Chapter
    source: Source
    form: str
    blocks: list[Node]
    labels: tuple[dict[str, str], ...]
    anchors: frozenset[str]
    problems: tuple[Problem, ...]
    own: Own
    hidden: frozenset[str] = frozenset()

    @cached_property
    def text(self) -> str:
        """Its blocks as JSON."""
        return json.dumps(self.blocks, ensure_ascii=False)

    @cached_property
    def named(self) -> frozenset[str]:
        """What in it may name something elsewhere."""
        return frozenset(NAME.findall(self.text))

    @cached_property
    def pictures(self) -> tuple[str, ...]:
        """The addresses of its pictures."""
        return tuple(node["c"][2][0] for node in nodes(self.blocks, "Image"))

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The keys that it cites, in reading order."""
        return tuple(citations(self.blocks))

    @cached_property
    def lists_works(self) -> bool:
        """Whether the list of works stands in it."""
        return any(map(is_list_of_works, nodes(self.blocks, "Div")))

    @cached_property
    def is_filled(self) -> bool:
        """Whether the tie filter fills the chapter from the ledger, with anchors that are not known yet."""
        divs = (node["c"][0] for node in nodes(self.blocks, "Div"))
        return any(name.startswith("tieout-") for _, classes, _ in divs for name in classes)


def drafts(setting: Setting, jobs: Sequence[tuple[Chapter, Source, str]], pool: Executor) -> list[Draft]:
    """Read and number chapters, each for a format, those that are new in few processes."""
    readings = [Reading(setting, *job) for job in jobs]
    new = [each.call for each in readings if each.is_new]
    project = setting.project
    ahead = together(new, setting.folder, project.limits, project.steps, pool)
    return list(pool.map(lambda each: each.draft(ahead), readings))


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
        chapter = self.chapter
        return pandoc.Call(
            tuple(arguments), self.source.markdown, str(chapter.path), self.setting.project.root
        )

    @cached_property
    def _arguments(self) -> list[str]:
        name = f"1-{self.form}-{self.chapter.href}"
        reader, _ = _reader(self.state["reader"], self.chapter)
        arguments = ["-f", reader, "-t", "json", *self.setting.hand_over(name, self.state)]
        return arguments + (pandoc.filters("trusted") if self.state["trusted"] else [])

    def draft(self, ahead: Mapping[str, pandoc.Made]) -> Draft:
        """Read the chapter, from what was made ahead where it was."""
        if self.scripts or self.own.late:  # what the project's own Lua makes may follow from anything
            return self._draft(ahead)
        return self.setting.project.files.memory.made(self.key, lambda: self._draft(ahead))

    def _draft(self, ahead: Mapping[str, pandoc.Made]) -> Draft:
        setting, chapter, source, form = self.setting, self.chapter, self.source, self.form
        complaints.refuse_excess(source)
        _, unread = _reader(self.state["reader"], chapter)
        early = setting.loaded(f"early-{form}-{chapter.href}", chapter, form, source, self.scripts)
        text, _, failed = setting.run(self.call, len(self._arguments), early, "read", ahead)
        tree = json.loads(text)
        meta = tree["meta"]
        labels = tuple(
            {key: plain(item["c"][key]) for key in ("id", "kind", "number", "parent", "text")}
            for item in meta.get("tieout-labels", {"c": []})["c"]
        )
        anchors = [plain(item) for item in meta.get("tieout-anchors", {"c": []})["c"]]
        anchors += [item["id"] for item in labels]
        problems = (*unread, *self.refused, *failed, *complaints.found(meta, source, chapter))
        hidden = frozenset(plain(item) for item in meta.get("tieout-hidden", {"c": []})["c"])
        return Draft(
            chapter, source, form, tree["blocks"], labels, frozenset(anchors), problems, self.own, hidden
        )


def _state(setting: Setting, chapter: Chapter, source: Source, form: str) -> dict[str, Any]:
    """Return what the filters of the first pass are told."""
    project = setting.project
    usual = setting.option(source, "html", "number-depth", 6)
    depth = setting.option(source, form, "number-depth", usual)
    return {
        "format": form,
        "number": chapter.number,
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
        "reader": setting.option(source, form, "from", READER),
    }


def _reader(given: Any, chapter: Chapter) -> tuple[str, list[Problem]]:
    """Return the dialect that a chapter is read as, and a warning where the one asked for is not known."""
    found = DIALECT.fullmatch(str(given))
    if found:
        return found[1] + (BARE if found[1] in ("commonmark", "gfm") else "") + found[2], []
    what, hint = f"`from: {given}` is not read here", "the chapter is read as pandoc's Markdown"
    return READER, [Problem(what, hint, str(chapter.path), 1, rule="ignored-key", severity="warning")]


def label_table(drafts: Iterable[Draft], words: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return what references can name in a whole book, by identifier; the first of two equal ones counts."""
    table: dict[str, dict[str, Any]] = {}
    for item, index, one in _references(drafts, words):
        entry = {
            **item,
            "chapter": str(one.chapter.path),
            "href": one.chapter.href,
            "is_chapter": index == 0,
            "appendix": one.chapter.kind == "appendix",
        }
        table.setdefault(item["id"], entry)
    return table


def repeated_labels(drafts: Iterable[Draft], words: Mapping[str, str]) -> Iterator[Problem]:
    """Give an error for each label that is given a second time."""
    seen: dict[str, str] = {}
    for item, _, one in _references(drafts, words):
        name, here = item["id"], str(one.chapter.path)
        if name in seen:
            also = "" if seen[name] == here else f"; {seen[name]} has it too"
            what = f"the label `{name}` is given twice{also}"
            needles = [f"#{name}", name]
            yield complaints.at(one.source, one.chapter, needles, what, "give one of them another", "label")
        seen.setdefault(name, here)


def _references(
    drafts: Iterable[Draft], words: Mapping[str, str]
) -> Iterator[tuple[dict[str, str], int, Draft]]:
    for one in drafts:
        for index, item in enumerate(one.labels):
            kind, dash, _ = item["id"].partition("-")
            if dash and f"{kind}-prefix" in words:
                yield item, index, one


def _without_none(value: Any) -> Any:
    """Return data without null, which Lua would read as something."""
    if isinstance(value, Mapping):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_none(item) for item in value if item is not None]
    return value
