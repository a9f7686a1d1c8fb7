"""A chapter after the first pass, in few forms and numbered; what every run of pandoc for a book shares."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from tieout.problems import InputError, Problem
from tieout.project import Chapter, Project
from tieout.project.headers import crossref_of, language_of, option_of, words_of
from tieout.render import complaints, pandoc
from tieout.render.bibliography import LIST_OF_WORKS
from tieout.render.extensions import Own, handlers, loader
from tieout.render.names import custom_floats, names
from tieout.render.text import Source
from tieout.render.together import Worker
from tieout.render.tree import Node, nodes

LEADING = re.compile(r"""<a\b[^<>]*?\shref\s*=\s*(["'])(.*?)\1""", re.I | re.S)
SHOWING = re.compile(
    r"""<(?:audio|img|source|track|video)\b[^<>]*?\s(?:poster|src)\s*=\s*(["'])(.*?)\1""", re.I | re.S
)
# What of a chapter may name something elsewhere: labels, anchors, keys of works.
NAME = re.compile(r"[\w:.+/-]*\w")
WORD = re.compile(r"[A-Za-z0-9]+")
ESCAPE = re.compile(r"\\u[0-9a-fA-F]{4}|\\.|%[0-9A-Fa-f]{2}")
# What is asked of nodes, by their type: under which name, and what of their content.
ASKED: Mapping[str, tuple[str, Callable[[Any], Any]]] = {
    "Image": ("pictures", lambda content: content[2][0]),
    "Link": ("links", lambda content: content[2][0]),
    "Cite": ("cited", lambda content: [each["citationId"] for each in content[0]]),
    "Div": ("parts", lambda content: content[0]),
    "RawBlock": ("raw", lambda content: content),
    "RawInline": ("raw", lambda content: content),
}


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
    worker
        The process of pandoc that makes few runs, where there is one.
    """

    project: Project
    ledger: Path
    folder: Path
    words: Mapping[str, str]
    floats: tuple[str, ...]
    own: Own
    worker: Worker | None = None

    @classmethod
    def of(
        cls, project: Project, ledger: Path, folder: Path, own: Own, worker: Worker | None = None
    ) -> Setting:
        """Gather the setting of a project."""
        floats = ("fig", "tbl", "lst", *custom_floats(project.crossref))
        words = names(project.lang, project.crossref, words_of(project, {}))
        return cls(project, ledger, folder, words, floats, own, worker)

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

    def place(self, name: str) -> str:
        """Return the path of a file for one run."""
        return str(self.folder / name.replace("/", "-"))

    def handed(self, name: str, state: Mapping[str, Any]) -> tuple[str, str]:
        """Return what tells the filters of one run a state: the path of a file, and what it holds."""
        return self.place(f"{name}.json"), json.dumps(_without_none(state), default=str, sort_keys=True)

    def loaded(
        self, name: str, chapter: Chapter, form: str, source: Source, scripts: Sequence[Path]
    ) -> list[str]:
        """Return the options that run Lua of the project's on a chapter."""
        if not scripts:
            return []
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

    def made_of(
        self,
        call: pandoc.Call,
        make: Callable[[str, list[str]], Any],
        place: int,
        own: list[str],
        step: str,
        ahead: Mapping[str, pandoc.Made],
    ) -> tuple[Any, list[Problem]]:
        """Return what is made of a run with Lua of the project's at a place among its options.

        Where that fails it is run without, and there is a warning. See `tieout.render.pandoc.made_of`.

        Raises
        ------
        InputError
            It took too much.
        """
        project = self.project
        if own:
            arguments = (*call.arguments[:place], *own, *call.arguments[place:])
            try:
                loud = replace(call, arguments=arguments)
                return pandoc.made_of(loud, make, project.limits, project.steps, step, {}), []
            except InputError as error:
                if error.problems[0].rule == "limit":
                    raise self._endless(error, call.name) from None
                said = re.sub(r"^.*?\.lua: ?|\S*/", "", error.problems[0].what)
                what = f"a filter of the project fails on this chapter: {said[:200]}"
                hint = "the chapter is shown as it is without the project's filters"
                failed = [Problem(what, hint, path=call.name, line=1, rule="filter", severity="warning")]
        else:
            failed = []
        return pandoc.made_of(call, make, project.limits, project.steps, step, ahead), failed

    def _endless(self, error: InputError, name: str) -> InputError:
        """Return what is said where Lua of the project's takes too much.

        A filter of the whole project would do so on each chapter, one after the other: it ends the build.
        """
        if not (self.own.early or self.own.late):
            return error
        what = f"a filter of the project is not done with {name}: {error.problems[0].what}"
        hint = "take it out of `filters:`, or raise `tieout: limits:`"
        place = {"path": self.project.name, "line": self.project.line_of("filters")}
        return InputError(what, hint, rule="limit", **place)


@dataclass(frozen=True)
class Draft:
    """A chapter after the first pass, for one format.

    Parameters
    ----------
    chapter, source, form
        The chapter, and the format.
    text
        Its blocks as JSON.
    labels
        What in it can be referred to.
    anchors
        Every identifier in it.
    hidden
        Identifiers that this format does not show.
    named
        What in it may name something elsewhere.
    words
        Every word of its JSON.
    found
        What others ask of its nodes, in reading order, by the names in `ASKED`.
    problems
        What is wrong with it.
    own
        The project's filters that run on it.
    """

    chapter: Chapter
    source: Source
    form: str
    text: str
    labels: tuple[dict[str, str], ...]
    anchors: frozenset[str]
    hidden: frozenset[str]
    named: frozenset[str]
    words: frozenset[str]
    found: Mapping[str, Sequence[Any]]
    problems: tuple[Problem, ...]
    own: Own

    @cached_property
    def pictures(self) -> tuple[str, ...]:
        """The addresses of its pictures."""
        return tuple(self.found["pictures"])

    @cached_property
    def links(self) -> tuple[str, ...]:
        """The addresses that it leads to."""
        return (*self.found["links"], *self._in_html(LEADING))

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The addresses of what HTML of its own shows."""
        return tuple(self._in_html(SHOWING))

    def _in_html(self, naming: re.Pattern[str]) -> Iterator[str]:
        for form, text in self.found["raw"]:
            if "html" not in form:
                continue
            yield from (html.unescape(found[2]) for found in naming.finditer(text))

    @cached_property
    def cited(self) -> tuple[str, ...]:
        """The keys that it cites, in reading order."""
        return tuple(key for keys in self.found["cited"] for key in keys)

    @cached_property
    def lists_works(self) -> bool:
        """Whether the list of works stands in it."""
        return any(name == LIST_OF_WORKS for name, _, _ in self.found["parts"])

    @cached_property
    def is_filled(self) -> bool:
        """Whether the tie filter fills the chapter from the ledger, with anchors that are not known yet."""
        return any(name.startswith("tieout-") for _, classes, _ in self.found["parts"] for name in classes)


def asked_of(blocks: Sequence[Node], text: str) -> dict[str, Any]:
    """Return what others ask of a chapter's blocks, which are the text as JSON: part of a `Draft`."""
    found: dict[str, list[Any]] = {name: [] for name, _ in ASKED.values()}
    for node in nodes(blocks, *ASKED):
        name, part_of = ASKED[node["t"]]
        found[name].append(part_of(node["c"]))
    # Apart from what stands for other signs in JSON and in addresses.
    words = {*WORD.findall(ESCAPE.sub(" ", text)), *WORD.findall(text)}
    return {"found": found, "named": sorted({*NAME.findall(text)}), "words": sorted(words)}


def label_table(
    drafts: Iterable[Draft], words: Mapping[str, str], others: Set[str] = frozenset()
) -> dict[str, dict[str, Any]]:
    """Return what references can name in a whole book, by identifier; the first of two equal ones counts.

    Parameters
    ----------
    others
        Identifiers of other forms that are named too.
    """
    table: dict[str, dict[str, Any]] = {}
    for item, index, one in _references(drafts, words, others):
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
    drafts: Iterable[Draft], words: Mapping[str, str], others: Set[str] = frozenset()
) -> Iterator[tuple[dict[str, str], int, Draft]]:
    for one in drafts:
        for index, item in enumerate(one.labels):
            kind, dash, _ = item["id"].partition("-")
            if (dash and f"{kind}-prefix" in words) or item["id"] in others:
                yield item, index, one


def _without_none(value: Any) -> Any:
    """Return data without null, which Lua would read as something."""
    if isinstance(value, Mapping):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_none(item) for item in value if item is not None]
    return value
