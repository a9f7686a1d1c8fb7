"""Every stretch of Markdown that readers of the report see, in reading order, and its place in the sources.

Prose stands in Markdown cells and files, in the quoted strings of cell options and headers, and in stored
outputs. A `Passage` hides which: offsets into its Markdown lead back to a physical line, and to the edit that
would change the source there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import Literal

from tieout.markdown import Scan, scan
from tieout.markdown.lab import ending
from tieout.notebooks import MARKDOWN, Cell, Head, Notebook, raw_form, tagged
from tieout.notebooks.outputs import chosen
from tieout.notebooks.vega import chart_of
from tieout.problems import InputError, all_of
from tieout.project import Chapter, Project, YamlString, split, strings
from tieout.prose.inline import FENCE

Kind = Literal["text", "caption", "alt", "title", "output"]

INCLUDE = re.compile(r"^[ \t]*\{\{<\s*include\s+(?P<path>[^\s>]+)\s*>\}\}[ \t]*$", re.M)
CAPTIONS = ("fig-cap", "tbl-cap", "lst-cap", "cap")
SUBCAPTIONS = ("fig-subcap", "tbl-subcap")
TEXTS = {"fig-alt": "alternative text", "code-summary": "summary of the code"}
NAMES = dict.fromkeys(CAPTIONS, "caption") | dict.fromkeys(SUBCAPTIONS, "subcaption") | TEXTS


@dataclass(frozen=True)
class Passage:
    """One stretch of Markdown that readers see.

    Parameters
    ----------
    path
        The file, relative to the project.
    markdown
        The text, as the engine reads it.
    kind
        What it is on the page.
    page
        The page that shows it, relative to the site.
    lang
        The language of the document.
    cell
        The cell's index, from 0; None in Markdown files.
    where
        The place in words: ``cell 4 (market-path), caption``.
    attribute
        Whether it becomes plain text, where links have no anchor.
    base
        Where it starts in its source (the cell's, or the file's text).
    string
        The quoted string that holds it; None for plain Markdown.
    """

    path: str
    markdown: str
    kind: Kind
    page: str
    lang: str = "en"
    cell: int | None = None
    where: str = ""
    attribute: bool = False
    base: int = 0
    string: YamlString | None = None
    notebook: Notebook | None = field(default=None, repr=False, compare=False)
    output: int | None = None
    first_line: int = 1

    @property
    def editable(self) -> bool:
        """Whether the sources hold it: outputs are the notebook's to write."""
        return self.output is None and (self.string is None or self.string.editable)

    @property
    def literal(self) -> bool:
        """Whether it is the value of an attribute, where dollar signs make no maths."""
        return self.kind == "alt"

    @property
    def scan(self) -> Scan:
        """What it holds: ties, waivers, prose. What a cell leaves open ends with it."""
        is_of_cell = self.notebook is not None and self.kind == "text"
        return scan(self.markdown + (ending(self.markdown) if is_of_cell else ""), self.literal)

    def line(self, offset: int = 0) -> int:
        """Return the physical line of a character of the Markdown."""
        if self.output is not None:
            assert self.notebook is not None and self.cell is not None
            inside = self.markdown.count("\n", 0, offset) + 1
            return self.notebook.output_line(self.cell, (self.output, "data", MARKDOWN), inside)
        if self.notebook is not None and self.cell is not None:
            at = self._source(offset)
            return self.notebook.line_at(self.notebook.span(self.cell, at, at)[0])
        if self.string is not None:
            return self.first_line + self.string.lines_before(offset)
        return self.first_line + self.markdown.count("\n", 0, offset)

    def edit(self, start: int, end: int, new: str) -> Edit:
        """Return the change to the source that makes ``markdown[start:end]`` read ``new``."""
        if not self.editable:
            raise InputError("stored outputs are written by running the notebook", path=self.path)
        text = new if self.string is None else self.string.encoded(new)
        return Edit(self.path, self.cell, self._source(start), self._source(end), text)

    def _source(self, offset: int) -> int:
        return self.base + (offset if self.string is None else self.string.at[offset])


@dataclass(frozen=True)
class Edit:
    """A replacement in the source of a cell (``cell`` given) or in the text of a file."""

    path: str
    cell: int | None
    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Sources:
    """The readable text of a project, by chapter. Read it with `Sources.of`."""

    project: Project
    notebooks: Mapping[str, Notebook]
    chapters: tuple[tuple[Chapter, tuple[Passage, ...]], ...]

    @classmethod
    def of(cls, project: Project) -> Sources:
        """Read every chapter.

        Raises
        ------
        InputError
            A chapter cannot be read.
        """
        notebooks = {str(path): project.files.notebook(path) for path in project.notebooks}
        texts = all_of(partial(_passages, project), project.chapters)
        return cls(project, notebooks, tuple(zip(project.chapters, texts, strict=True)))

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All of them, in reading order; a file included twice counts twice."""
        return tuple(passage for _, passages in self.chapters for passage in passages)


def _passages(project: Project, chapter: Chapter) -> tuple[Passage, ...]:
    key = ("passages", project.configuration.said, chapter)
    return project.files.made(key, lambda: tuple(_chapter(project, chapter)))


def _chapter(project: Project, chapter: Chapter) -> Iterator[Passage]:
    page, name = project.href(chapter), str(chapter.path)
    notebook = project.files.notebook(chapter.path) if chapter.path.suffix == ".ipynb" else None
    if notebook is None:
        yield from _file(project, chapter.path, page, (), None)
        return
    headed = False
    lang = project.lang
    for cell in notebook.cells:
        if cell.kind == "code":
            yield from _code(notebook, cell, name, page, lang)
            continue
        base = 0
        if not headed and cell.source.strip():  # a header stands at the head of all that is written
            headed = True
            metadata, _, taken = split(cell.source, name)
            if metadata:
                base = _after(cell.source, taken)
                lang = str(metadata.get("lang", lang))
                yield from _header(cell.source, base, name, page, lang, 1, notebook, cell)
        if cell.kind == "raw" and raw_form(cell.metadata) != "markdown":
            continue
        text = cell.source[base:]
        for start, end, included in _parts(text):
            if included is not None:
                yield from _included(project, chapter.path, included, page, lang, (name,))
            elif text[start:end].strip():
                yield Passage(
                    name,
                    text[start:end],
                    "text",
                    page,
                    lang,
                    cell.index,
                    cell.name,
                    base=base + start,
                    notebook=notebook,
                )


def _file(
    project: Project, path: PurePosixPath, page: str, above: tuple[str, ...], lang: str | None
) -> Iterator[Passage]:
    name = str(path)
    text = project.files.text(path)
    metadata, _, taken = split(text, name)
    base = _after(text, taken)
    rest = text[base:]
    lang = lang or str(metadata.get("lang", project.lang))
    if metadata and not above:
        yield from _header(text, base, name, page, lang, 1, None, None)
    for start, end, included in _parts(rest):
        if included is not None:
            yield from _included(project, path, included, page, lang, (*above, name))
        elif rest[start:end].strip():
            line = taken + 1 + rest.count("\n", 0, start)
            yield Passage(name, rest[start:end], "text", page, lang, base=base + start, first_line=line)


def _after(text: str, lines: int) -> int:
    """Return where the text after so many lines begins."""
    position = 0
    for _ in range(lines):
        position = text.find("\n", position) + 1 or len(text)
    return position


def _parts(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Split a text at its ``include`` shortcodes; in code they show a file as it is, which is no prose."""
    position, fences = 0, [found.span() for found in FENCE.finditer(text)]
    for match in INCLUDE.finditer(text):
        if any(start <= match.start() < end for start, end in fences):
            continue
        yield position, match.start(), None
        yield match.start(), match.end(), match["path"].strip("\"'")
        position = match.end()
    yield position, len(text), None


def _included(
    project: Project, path: PurePosixPath, name: str, page: str, lang: str, above: tuple[str, ...]
) -> Iterator[Passage]:
    # What cannot be included is the engine's to report, with the chain of includes.
    inside = project.files.included(above[0], path, name)
    if inside is not None and str(inside) not in above and inside.suffix != ".ipynb":
        yield from _file(project, inside, page, above, lang)


def _header(
    source: str,
    end: int,
    name: str,
    page: str,
    lang: str,
    line: int,
    notebook: Notebook | None,
    cell: Cell | None,
) -> Iterator[Passage]:
    """Give the texts of a YAML header that the page shows; its title is a heading."""
    opening = source.index("\n") + 1
    body = re.split(r"^(?:---|\.\.\.)[ \t]*$", source[opening:end], maxsplit=1, flags=re.M)[0]
    for string in strings(body):
        if string.keys and string.keys[0] in ("title", "subtitle", "abstract", "description"):
            yield Passage(
                name,
                string.text,
                "title",
                page,
                lang,
                cell.index if cell else None,
                ", ".join(filter(None, (cell.name if cell else "", str(string.keys[0])))),
                attribute=string.keys[0] != "title",
                base=opening,
                string=string,
                notebook=notebook,
                first_line=line + 1,
            )


def _code(notebook: Notebook, cell: Cell, name: str, page: str, lang: str) -> Iterator[Passage]:
    options = {**tagged(cell.metadata.get("tags", ())), **cell.options}
    if options.get("include") is False:
        return
    texts: dict[str, list[Passage]] = {}
    for key, passage in _options(notebook, cell, name, page, lang):
        texts.setdefault(key, []).append(passage)
    for key in TEXTS:
        yield from texts.get(key, ())
    subcaptions = [passage for key in SUBCAPTIONS for passage in texts.get(key, ())]
    shown = 0
    if options.get("output") is not False:
        for index, output in enumerate(cell.outputs):
            data = output.get("data", {})
            markdown = data.get(MARKDOWN)
            if isinstance(markdown, str):
                yield Passage(
                    name,
                    markdown,
                    "output",
                    page,
                    lang,
                    cell.index,
                    f"{cell.name}, output {index + 1}",
                    notebook=notebook,
                    output=index,
                )
            chart = chart_of(data)
            if chosen(data) or (chart and chart.spec):
                yield from subcaptions[shown : shown + 1]
                shown += 1
    yield from subcaptions[shown:]
    for key in CAPTIONS:
        yield from texts.get(key, ())


def _options(
    notebook: Notebook, cell: Cell, name: str, page: str, lang: str
) -> Iterator[tuple[str, Passage]]:
    head, offset = Head.of(cell.source), 0
    at: list[int] = []
    for line, text in zip(cell.source.split("\n"), head.yaml.split("\n") if head.count else (), strict=False):
        begin = offset + len(line.rstrip("\r")) - len(text)
        at += range(begin, begin + len(text) + 1)
        offset += len(line) + 1
    yaml = f"{head.yaml}\n"
    if "cap" not in yaml and not any(key in yaml for key in TEXTS):
        return
    for string in strings(yaml):
        key = str(string.keys[0]) if string.keys else ""
        if key in NAMES:
            yield (
                key,
                Passage(
                    name,
                    string.text,
                    "alt" if key == "fig-alt" else "caption",
                    page,
                    lang,
                    cell.index,
                    f"{cell.name}, {NAMES[key]}",
                    attribute=key in TEXTS,
                    string=string.through([*at, offset]),
                    notebook=notebook,
                ),
            )
