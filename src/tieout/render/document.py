"""The book as one resolved syntax tree for each chapter and format; pages and the PDF are written from these.

Two passes of pandoc: the first reads and numbers every chapter alone, the second resolves what refers to
other chapters, runs the ties and the citations, and gives everything the form of its format.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from tieout.problems import Problem
from tieout.project import CONFIG, Chapter, Project
from tieout.render import bibliography, pandoc
from tieout.render.links import unite
from tieout.render.names import custom_floats, names
from tieout.render.pictures import Pictures
from tieout.render.source import read_chapter
from tieout.render.text import Source
from tieout.render.tree import Node, identifiers, nodes, plain, python, retarget

FORMATS = ("html", "typst")
READER = "markdown"


@dataclass(frozen=True)
class Title:
    """A chapter's title: its anchor, its number, its text."""

    id: str
    number: str | None
    html: str
    plain: str


@dataclass(frozen=True)
class TocEntry:
    """A heading of a chapter, with those below it."""

    id: str
    level: int
    number: str | None
    html: str
    plain: str
    children: tuple[TocEntry, ...] = ()


@dataclass(frozen=True)
class Label:
    """Something that can be referred to.

    Parameters
    ----------
    id
        Its identifier: ``fig-path``.
    kind
        The identifier's prefix: ``fig``.
    number
        As shown: ``2.1``, ``2.1 (a)``; empty where it has none.
    text
        Its caption or heading, plain.
    href
        Its address, relative to the site.
    """

    id: str
    kind: str
    number: str
    text: str
    href: str


@dataclass(frozen=True)
class BookChapter:
    """A chapter, resolved.

    Parameters
    ----------
    chapter
        What the project says of it.
    title
        Its title, which the HTML tree does not repeat; the Typst tree begins with it as a heading.
    ast
        The tree for each format, as pandoc's JSON.
    toc
        The headings below the title, nested.
    labels
        What in it can be referred to.
    metadata
        Its YAML header.
    """

    chapter: Chapter
    title: Title
    ast: Mapping[str, Node]
    toc: tuple[TocEntry, ...]
    labels: tuple[Label, ...]
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def number(self) -> str | None:
        """Its number as shown: `2`, `A`, or None."""
        return self.title.number

    @property
    def href(self) -> str:
        """Its page's address, relative to the site."""
        return self.chapter.href


@dataclass(frozen=True)
class Book:
    """The whole book.

    Parameters
    ----------
    project
        The project it is made from.
    chapters
        Its chapters in reading order.
    media
        Pictures from inside notebooks, by their path in the site. HTML trees point to them relative to the
        page, Typst trees from the root (``/media/…``).
    files
        Pictures among the project's files that it shows; they go to the same path in the site.
    problems
        What is wrong; with an error among them the book is not to be published.
    typst
        Definitions that the Typst trees need (`callout`); a theme may define them anew after it.
    """

    project: Project
    chapters: tuple[BookChapter, ...]
    media: Mapping[str, bytes]
    files: tuple[PurePosixPath, ...]
    problems: tuple[Problem, ...]
    typst: str = ""


@dataclass(frozen=True)
class _Draft:
    """A chapter after the first pass, for one format."""

    chapter: Chapter
    source: Source
    form: str
    blocks: list[Node]
    labels: tuple[dict[str, str], ...]
    anchors: frozenset[str]
    problems: tuple[Problem, ...]
    warnings: tuple[str, ...]


def assemble(project: Project, ledger_path: Path, formats: Sequence[str] = FORMATS) -> Book:
    """Resolve a whole book.

    Parameters
    ----------
    project
        The book.
    ledger_path
        The ledger that its ties are resolved against.
    formats
        ``html``, ``typst``, or both.

    Raises
    ------
    InputError
        A chapter cannot be read at all; everything milder is in `Book.problems`.
    """
    with tempfile.TemporaryDirectory(prefix="tieout-") as folder:
        return _Assembly(project, ledger_path.resolve(), tuple(formats), Path(folder)).book()


class _Assembly:
    def __init__(self, project: Project, ledger: Path, formats: tuple[str, ...], folder: Path) -> None:
        self.project, self.ledger, self.formats, self.folder = project, ledger, formats, folder
        self.names = names(project.lang, project.crossref)
        self.floats = dict.fromkeys(("fig", "tbl", "lst", *custom_floats(project.crossref)), True)
        self.pictures = Pictures(project)
        self.problems: list[Problem] = list(project.problems)
        self.filters, said = user_filters(project)
        self.problems += said

    def book(self) -> Book:
        sources = [read_chapter(self.project, chapter) for chapter in self.project.chapters]
        for source in sources:
            self.problems += source.problems
            self.pictures.media |= source.media
        jobs = [
            (chapter, source, form)
            for form in self.formats
            for chapter, source in zip(self.project.chapters, sources, strict=True)
        ]
        works = bibliography.read_works(self.project)
        with ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
            drafts = list(pool.map(lambda job: self._draft(*job), jobs))
            by_form = {form: [draft for draft in drafts if draft.form == form] for form in self.formats}
            tables = {form: self._labels(by_form[form]) for form in self.formats}
            self._place_pictures(drafts)
            plan = _Citing.of(self.project, works, drafts, self.ledger, self.names)
            csl = self.folder / "works.json"
            csl.write_text(json.dumps(works.items), encoding="utf-8")
            done = list(pool.map(lambda draft: self._finish(draft, tables[draft.form], plan, csl), drafts))
        results = {form: [item for item in done if item[0].form == form] for form in self.formats}
        for draft, _, problems in done:
            self.problems += [*draft.problems, *problems]
        if "typst" in results:
            unite([(draft.chapter.href, ast) for draft, ast, _ in results["typst"]])
        first = results[self.formats[0]]
        chapters = []
        for index, (draft, ast, _) in enumerate(first):
            number = draft.chapter.number if self._numbers(self.formats[0]) else None
            title, toc = _outline(ast["meta"].get("tieout-outline"), number)
            asts = {form: _clean(results[form][index][1], form) for form in self.formats}
            labels = tuple(_label(item, draft.chapter) for item in draft.labels)
            chapters.append(BookChapter(draft.chapter, title, asts, toc, labels, draft.source.metadata))
        return Book(
            self.project,
            tuple(chapters),
            dict(sorted(self.pictures.media.items())),
            tuple(sorted(self.pictures.files)),
            tuple(_once(self.problems + self.pictures.problems)),
            (pandoc.FILTERS / "prelude.typ").read_text(encoding="utf-8"),
        )

    # First pass

    def _draft(self, chapter: Chapter, source: Source, form: str) -> _Draft:
        depth = self.project.option(form, "number-depth", self.project.option("html", "number-depth", 6))
        state = {
            "format": form,
            "number": chapter.number,
            "stem": chapter.path.stem,
            "names": self.names,
            "floats": self.floats,
            "number_depth": depth,
            "number_sections": self._numbers(form),
            "metadata": {**self.project.configuration.values, **source.metadata},
            "callout_appearance": self.project.configuration.get("callout-appearance"),
        }
        name = f"{form}-{chapter.href.replace('/', '-')}"
        arguments = ["-f", READER, "-t", "json", *self._state(f"1-{name}", state), *self.filters]
        arguments += _lua("normalise", "numbers")
        text, warnings = pandoc.run(arguments, source.markdown, str(chapter.path), self.project.root)
        tree = json.loads(text)
        meta = tree["meta"]
        labels = tuple(
            {key: plain(item["c"][key]) for key in ("id", "kind", "number", "parent", "text")}
            for item in meta.get("tieout-labels", {"c": []})["c"]
        )
        anchors = frozenset(
            [
                *(plain(item) for item in meta.get("tieout-anchors", {"c": []})["c"]),
                *(item["id"] for item in labels),
            ]
        )
        problems = tuple(_found(meta, source, chapter))
        return _Draft(chapter, source, form, tree["blocks"], labels, anchors, problems, tuple(warnings))

    def _numbers(self, form: str) -> bool:
        return self.project.option(form, "number-sections", True) is True

    def _state(self, name: str, state: Mapping[str, Any]) -> list[str]:
        path = self.folder / f"{name}.json"
        path.write_text(json.dumps(_without_none(state), default=str), encoding="utf-8")
        return ["-M", f"tieout-state={path}"]

    def _labels(self, drafts: Iterable[_Draft]) -> dict[str, dict[str, Any]]:
        """Return the labels of all chapters; one given twice is an error."""
        table: dict[str, dict[str, Any]] = {}
        for draft in drafts:
            for index, item in enumerate(draft.labels):
                kind = item["id"].split("-")[0]
                if f"{kind}-prefix" not in self.names or "-" not in item["id"]:
                    continue
                if item["id"] in table:
                    line = draft.source.place([f"#{item['id']}", item["id"]])
                    other = table[item["id"]]["chapter"]
                    what = f"the label `{item['id']}` is given twice" + (
                        f"; {other} has it too" if other != str(draft.chapter.path) else ""
                    )
                    self.problems.append(
                        Problem(
                            what,
                            "give one of them another",
                            path=line.path if line else str(draft.chapter.path),
                            line=line.number if line else None,
                            rule="label",
                        )
                    )
                    continue
                table[item["id"]] = {
                    **item,
                    "chapter": str(draft.chapter.path),
                    "href": draft.chapter.href,
                    "is_chapter": index == 0,
                    "appendix": draft.chapter.kind == "appendix",
                }
        return table

    def _place_pictures(self, drafts: Iterable[_Draft]) -> None:
        for draft in drafts:
            for node in nodes(draft.blocks):
                if node["t"] == "Image":
                    self.pictures.place(node["c"][2][0], draft.chapter, draft.source, draft.form)

    # Second pass

    def _finish(
        self, draft: _Draft, labels: Mapping[str, Any], plan: _Citing, csl: Path
    ) -> tuple[_Draft, Node, list[Problem]]:
        chapter, form = draft.chapter, draft.form
        offset = "/".join([".."] * (len(chapter.path.parts) - 1)) or "."
        state = {
            "format": form,
            "chapter": str(chapter.path),
            "folder": str(chapter.path.parent),
            "offset": offset,
            "labels": labels,
            "anchors": dict.fromkeys(draft.anchors, True),
            "keys": dict.fromkeys(plan.works.keys, True),
            "has_bibliography": bool(self.project.bibliography),
            "chapters": plan.chapters,
            "elsewhere": plan.anchors,
            "number": chapter.number if self._numbers(form) else None,
            "appendix": chapter.kind == "appendix",
            "names": self.names,
            "pictures": self.pictures.placed(chapter, form),
        }
        name = f"2-{form}-{chapter.href.replace('/', '-')}"
        meta: dict[str, Any] = {
            "tieout-ledger": _string(str(self.ledger)),
            "tieout-format": _string(form),
            "tieout-offset": _string(offset),
            "lang": _string(self.project.lang),
            "link-citations": {"t": "MetaBool", "c": True},
        }
        arguments = ["-f", "json", "-t", "json", *self._state(name, state), *_lua("references")]
        arguments += extension_filter(self.project)
        shows = plan.shows_references(chapter, form)
        blocks = draft.blocks
        if self.project.bibliography:
            if plan.in_order:
                blocks = [bibliography.hidden(plan.order), *blocks]
            else:
                meta["nocite"] = bibliography.nocite(plan.order)
            arguments += ["--citeproc", "--bibliography", str(csl)]
            if self.project.csl:
                arguments += ["--csl", str(self.project.root / self.project.csl)]
        arguments += _lua("present", "outline")
        tree = {"pandoc-api-version": API, "meta": meta, "blocks": blocks}
        text, warnings = pandoc.run(arguments, json.dumps(tree), str(chapter.path), self.project.root)
        ast = json.loads(text)
        problems = [*_found(ast["meta"], draft.source, chapter), *_ties(ast["meta"], draft.source, chapter)]
        problems += _citeproc(warnings, draft.source, chapter)
        if not plan.page or not shows:
            own = bibliography.cited([draft.blocks]) if form == "html" else list(plan.order)
            _prune(ast, own if shows else [])
        if form == "html":
            problems += _check_links(ast, draft.source, chapter)
            if plan.page and plan.page != chapter.href:
                page = plan.page if offset == "." else f"{offset}/{plan.page}"
                retarget(ast["blocks"], lambda url, _: page + url if url.startswith("#ref-") else url)
        return draft, ast, problems


@dataclass(frozen=True)
class _Citing:
    """What the second pass knows of the whole book: works, keys, chapters, the page of the references."""

    works: bibliography.Works
    order: tuple[str, ...]
    in_order: bool
    page: str | None
    last: str
    chapters: Mapping[str, Any]
    anchors: Mapping[str, Any]

    @classmethod
    def of(
        cls,
        project: Project,
        works: bibliography.Works,
        drafts: Sequence[_Draft],
        ledger: Path,
        words: Mapping[str, str],
    ) -> _Citing:
        keys = bibliography.cited(draft.blocks for draft in drafts) | bibliography.ledger_keys(ledger)
        nocite = str(project.configuration.get("nocite", default=""))
        if "@*" in nocite:
            keys |= works.keys
        keys |= {word.strip("@,;[]") for word in nocite.split()}
        first = [key for draft in drafts for key in bibliography.citations(draft.blocks)]
        order = [key for key in dict.fromkeys([*first, *sorted(keys)]) if key in works.keys]
        chapters = {
            str(draft.chapter.path): {
                "href": draft.chapter.href,
                "id": draft.labels[0]["id"],
                "anchors": dict.fromkeys(draft.anchors, True),
            }
            for draft in drafts
        }
        pages = [draft.chapter.href for draft in drafts if _has_refs(draft.blocks)]
        anchors = {
            anchor: {"href": draft.chapter.href, "chapter": str(draft.chapter.path)}
            for draft in reversed(drafts)
            for anchor in draft.anchors
        }
        return cls(
            works,
            tuple(order),
            bibliography.in_order_of_citation(project),
            pages[0] if pages else None,
            drafts[-1].chapter.href,
            chapters,
            anchors,
        )

    def shows_references(self, chapter: Chapter, form: str) -> bool:
        """Whether a chapter has the references: the one with `refs`, else each page, and the PDF's last."""
        if self.page:
            return chapter.href == self.page
        return form == "html" or chapter.href == self.last


API = [1, 23, 1]


def _has_refs(blocks: list[Node]) -> bool:
    return any(node["t"] == "Div" and node["c"][0][0] == "refs" for node in nodes(blocks))


def _lua(*filters: str) -> list[str]:
    return [argument for name in filters for argument in ("-L", str(pandoc.FILTERS / f"{name}.lua"))]


def _string(text: str) -> Node:
    return {"t": "MetaString", "c": text}


def _without_none(value: Any) -> Any:
    """Return data without null, which Lua would read as something."""
    if isinstance(value, Mapping):
        return {key: _without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_without_none(item) for item in value if item is not None]
    return value


def user_filters(project: Project) -> tuple[list[str], list[Problem]]:
    """Return the project's own Lua filters as options of pandoc, and a warning for each that is not run."""
    given = project.configuration.get("filters", default=[])
    arguments: list[str] = []
    problems: list[Problem] = []
    for index, item in enumerate(given if isinstance(given, list) else [given]):
        name = str(item.get("path", "")) if isinstance(item, dict) else str(item)
        if name in ("tieout", "quarto", "citeproc"):
            continue
        if name.endswith(".lua") and (project.root / name).is_file():
            arguments += ["-L", str(project.root / name)]
            continue
        what = f"the filter `{name}` is not run by the pandoc engine"
        hint = "Lua filters that are files of the project are"
        line = project.line_of("filters", index)
        problems.append(
            Problem(what, hint, path=CONFIG, line=line, rule="unknown-filter", severity="warning")
        )
    return arguments, problems


def extension_filter(project: Project) -> list[str]:
    """Return the filter that resolves ties: the project's, else the package's, else the repository's."""
    package = Path(__file__).parents[1]
    folders = (
        project.root / "_extensions" / "tieout",
        package / "extension",
        package.parents[1] / "_extensions" / "tieout",
    )
    found = next((folder / "tieout.lua" for folder in folders if (folder / "tieout.lua").is_file()), None)
    return ["-L", str(found)] if found else []


def _found(meta: Mapping[str, Any], source: Source, chapter: Chapter) -> Iterator[Problem]:
    for item in meta.get("tieout-found", {"c": []})["c"]:
        said = {key: plain(value) for key, value in item["c"].items()}
        line = source.place([said["needle"]])
        yield Problem(
            said["what"],
            said["hint"],
            path=line.path if line else str(chapter.path),
            line=line.number if line else 1,
            rule=said["rule"],
            severity="warning" if said["severity"] == "warning" else "error",
        )


def _ties(meta: Mapping[str, Any], source: Source, chapter: Chapter) -> Iterator[Problem]:
    for item in meta.get("tieout-problems", {"c": []})["c"]:
        said = {key: plain(value) for key, value in item["c"].items()}
        line = source.place([f"tie:{said['id']}" if said["id"] else "tie:", "tie:"])
        yield Problem(
            said["what"],
            said["hint"],
            path=line.path if line else str(chapter.path),
            line=line.number if line else 1,
            id=said["id"] or None,
            rule="tie",
        )


def _citeproc(warnings: Iterable[str], source: Source, chapter: Chapter) -> Iterator[Problem]:
    for warning in warnings:
        if "not found" not in warning:
            continue
        key = warning.split("citation", 1)[-1].split("not found")[0].strip()
        line = source.place([f"@{key}"])
        hint = "correct the key, or add the work to the bibliography"
        path = line.path if line else str(chapter.path)
        yield Problem(
            f"no work has the key `{key}`", hint, path=path, line=line.number if line else 1, rule="citation"
        )


def _check_links(ast: Node, source: Source, chapter: Chapter) -> Iterator[Problem]:
    known = set(identifiers(ast["blocks"]))
    raw = "".join(node["c"][1] for node in nodes(ast["blocks"]) if node["t"] in ("RawBlock", "RawInline"))
    for node in nodes(ast["blocks"]):
        if node["t"] != "Link":
            continue
        url = node["c"][2][0]
        anchor = url[1:]
        if url.startswith("#") and anchor and anchor not in known and f'id="{anchor}"' not in raw:
            if anchor.startswith("ref-"):
                continue
            line = source.place([f"({url})", url])
            hint = "correct the link, or give the label"
            path = line.path if line else str(chapter.path)
            yield Problem(
                f"there is no `{url}` in this chapter",
                hint,
                path=path,
                line=line.number if line else 1,
                rule="link",
            )


def _prune(ast: Node, keys: Iterable[str]) -> None:
    """Leave in the list of references only the works of these keys; drop a list that is empty then."""
    keep = {f"ref-{key}" for key in keys}
    for node in nodes(ast["blocks"]):
        if node["t"] == "Div" and node["c"][0][0] == "refs":
            node["c"][1] = [block for block in node["c"][1] if block["c"][0][0] in keep]
    ast["blocks"] = [
        block
        for block in ast["blocks"]
        if not (block["t"] == "Div" and block["c"][0][0] == "refs" and not block["c"][1])
    ]


def _outline(value: Node | None, number: str | None) -> tuple[Title, tuple[TocEntry, ...]]:
    entries = [python(item) for item in (value or {"c": []})["c"]]
    head = entries[0]
    title = Title(head["id"], number, head["html"], head["plain"])
    return title, _nested([entry for entry in entries[1:] if not entry["unlisted"]])


def _nested(entries: Sequence[Mapping[str, Any]]) -> tuple[TocEntry, ...]:
    result: list[TocEntry] = []
    index = 0
    while index < len(entries):
        entry = entries[index]
        level = int(entry["level"])
        end = index + 1
        while end < len(entries) and int(entries[end]["level"]) > level:
            end += 1
        children = _nested(entries[index + 1 : end])
        result.append(
            TocEntry(entry["id"], level, entry["number"] or None, entry["html"], entry["plain"], children)
        )
        index = end
    return tuple(result)


def _label(item: Mapping[str, str], chapter: Chapter) -> Label:
    return Label(item["id"], item["kind"], item["number"], item["text"], f"{chapter.href}#{item['id']}")


def _clean(ast: Node, form: str) -> Node:
    """Return the tree without working metadata; the HTML tree without its title."""
    blocks = ast["blocks"]
    if form == "html" and blocks and blocks[0]["t"] == "Header":
        blocks = blocks[1:]
    return {"pandoc-api-version": ast["pandoc-api-version"], "meta": {}, "blocks": blocks}


def _once(problems: Iterable[Problem]) -> Iterator[Problem]:
    seen: set[tuple[Any, ...]] = set()
    for problem in problems:
        line = problem.line if problem.severity == "error" else None
        key = (problem.what, problem.path if problem.severity == "error" else None, line)
        if key not in seen:
            seen.add(key)
            yield problem
