"""A chapter file (`.ipynb`, `.qmd`, `.md`) as one Markdown text whose lines know where they came from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from tieout.markdown.across import across
from tieout.markdown.divs import mended
from tieout.markdown.lab import in_lab
from tieout.markdown.named import Names
from tieout.markdown.spaced import spaced
from tieout.notebooks import raw_form
from tieout.notebooks.outputs import PICTURES
from tieout.problems import InputError, Problem
from tieout.project import (
    DOCUMENT,
    FENCE,
    Chapter,
    Project,
    folder_metadata,
    for_pages,
    merged,
    parse_yaml,
    split,
)
from tieout.project import lines_of as split_lines
from tieout.project.charts import charted
from tieout.project.derived import derived
from tieout.project.headers import language_of
from tieout.project.languages import words
from tieout.project.listings import listing
from tieout.project.mystnames import followed, names_for
from tieout.render.blocks import CODE_DEFAULTS, DRAWN, engine_blocks
from tieout.render.cells import Cells, picture_bytes
from tieout.render.embedding import embed
from tieout.render.extensions import handlers
from tieout.render.leftout import for_others, on_stderr
from tieout.render.myst import myst
from tieout.render.shortcodes import Shortcodes
from tieout.render.text import Line, Source, lines_at, lines_of

SHOWN_FENCE = re.compile(r"^(\s*)(`{3,})\s*\{(\{+\s*([A-Za-z][\w.+-]*).*?\}+)\}\s*$")
PROJECT_KEYS = (
    "csl", "engine", "shortcodes", "include-in-header", "include-before-body", "include-after-body"
)  # fmt: skip
CELL_DEFAULTS = ("echo", "output", "warning", "error", "include", "eval")


def read_chapter(project: Project, chapter: Chapter) -> Source:
    """Return a chapter as Markdown, with included files in place and shortcodes resolved.

    Raises
    ------
    InputError
        The file is not what its name says, or an included file is missing, outside the project, or includes
        itself.
    """
    files = project.files
    others = () if project.kind.is_book else project.chapters  # listings show them
    named = followed(project, files.text(chapter.path))
    key = (
        "source",
        project.configuration.said,
        chapter,
        project.kind.section,
        others,
        handlers(project),
        named,
    )
    return files.made(key, lambda: _read(project, chapter))


def _read(project: Project, chapter: Chapter) -> Source:
    name = str(chapter.path)
    book = names_for(project, chapter.path)
    if chapter.path.suffix == ".ipynb":
        lines, header, media, problems = _notebook(project, name, book)
    else:
        header, rest, taken = split(project.files.text(name), name)
        media, problems = {}, []
        lines = myst(lines_of(across(rest), name, taken + 1), problems, book)
    metadata = for_pages(merged(folder_metadata(project.files, name), header))
    known = derived({**_project_metadata(project), **metadata})
    shortcodes = Shortcodes(
        project.files, variables(project), known, bool(handlers(project)), project.trusts(name), book
    )
    problems += _spaced(lines)
    written = embed(project, _written(lines), media, problems, project.trusts(name))
    about = {key: value for key, value in metadata.items() if key != "description"}
    shown = about if project.kind is DOCUMENT else metadata  # a document's stands over its page
    head = _head(shown, name, words(language_of(project, metadata)))
    listed = lines_at(listing(project, chapter, metadata), Line("", name, 1))
    resolved = shortcodes.resolve([*head, *written, *listed])
    unrun: set[str] = set()
    kinds = DRAWN if chapter.path.suffix == ".ipynb" else None
    resolved = engine_blocks(resolved, cell_defaults(project, metadata), problems, unrun, kinds)
    problems += shortcodes.problems
    if project.kind is not DOCUMENT:
        problems += _idle_keys(metadata, name)
    return Source(tuple(resolved), metadata, media, tuple(problems), frozenset(unrun))


def _head(metadata: Mapping[str, Any], name: str, said: Mapping[str, str]) -> list[Line]:
    """Return what a chapter's header gives of its text: title, subtitle, description, abstract."""
    text = ""
    if metadata.get("title") is not None:
        text += f"# {metadata['title']}\n\n"
    if metadata.get("subtitle") is not None:
        text += f"::: {{.chapter-subtitle}}\n{metadata['subtitle']}\n:::\n\n"
    if isinstance(metadata.get("description"), str):
        text += f"::: {{.description}}\n{metadata['description'].strip()}\n:::\n\n"
    if isinstance(metadata.get("abstract"), str):
        title = metadata.get("abstract-title") or said["abstract"]
        words = metadata["abstract"].strip()
        text += f"::::: {{.abstract}}\n::: {{.block-title}}\n{title}\n:::\n\n{words}\n:::::\n\n"
    return lines_at(text, Line("", name, 1)) if text else []


def _written(lines: list[Line]) -> list[Line]:
    """Return the lines with divs mended, and blocks that show how code is written (`{{python}}`) as such."""
    result: list[Line] = []
    fence, shown = "", ""
    for line in lines:
        marker = FENCE.match(line.text)
        example = SHOWN_FENCE.match(line.text)
        if fence:
            closes = marker and marker[1].startswith(fence) and not line.text.strip(" `~")
            if closes and shown:
                result.append(replace(line, text=shown))
                line, fence, shown = replace(line, text=f"{line.text}`"), "", ""
            elif closes:
                fence = ""
            elif example:
                line = replace(line, text=f"{example[1]}{example[2]}{example[3]}")
        elif example:
            fence, shown = example[2], f"{example[1]}{example[2]}"
            result.append(replace(line, text=f"{example[1]}{example[2]}` {{.{example[4]}}}"))
            line = replace(line, text=f"{example[1]}{example[2]}{example[3]}")
        elif marker:
            fence = marker[1]
        else:
            line = replace(line, text=mended(line.text))
        result.append(line)
    return result


def _spaced(lines: list[Line]) -> Iterator[Problem]:
    """Give one warning for the formulas of a chapter that blanks inside their signs keep from being one."""
    first, *others = [*spaced([line.text for line in lines]), (0, "")]
    if others:
        more = f", and so {len(others) - 1} more" if others[1:] else ""
        what = f"`{first[1]}` is no formula to pandoc and Quarto, as it is to JupyterLab{more}"
        hint = f"take the blanks beside its dollar signs out: `${first[1].strip('$ ')}$`"
        line = lines[first[0]]
        yield Problem(what, hint, path=line.path, line=line.number, rule="math", severity="warning")


def _idle_keys(metadata: Mapping[str, Any], name: str) -> Iterator[Problem]:
    """Give a warning for each key of a chapter's header that only the project's configuration may have."""
    for key in PROJECT_KEYS:
        if metadata.get(key) and metadata[key] not in ("jupyter", "markdown"):
            what, hint = f"`{key}` in a chapter's header has no effect", "write it into _quarto.yml"
            if key == "engine":
                hint = "nothing runs here: stored outputs of notebooks are shown"
            yield Problem(what, hint, path=name, line=1, rule="ignored-key", severity="warning")


def variables(project: Project) -> Mapping[str, Any]:
    """Return the contents of `_variables.yml`, empty where there is none."""
    name = "_variables.yml"
    if not project.files.exists(name):
        return {}
    values, _ = parse_yaml(project.files.text(name), name)
    if values is None:
        return {}
    if not isinstance(values, dict):
        raise InputError("should be a mapping of names to values", path=name, line=1, rule="yaml")
    return values


def _project_metadata(project: Project) -> dict[str, Any]:
    values = dict(project.configuration.values)
    book = values.get(project.kind.section) or {}
    return {**values, **{key: book[key] for key in ("title", "subtitle", "author", "date") if key in book}}


def cell_defaults(project: Project, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that the cells of a chapter inherit."""
    defaults: dict[str, Any] = {}
    metadata = for_pages(metadata)
    for scope in (project.configuration.values, project.formats.get("html", {}), metadata):
        execute = scope.get("execute")
        if isinstance(execute, Mapping):
            defaults |= {key: execute[key] for key in CELL_DEFAULTS if key in execute}
        defaults |= {key: scope[key] for key in CODE_DEFAULTS if key in scope}
    return defaults


def _notebook(
    project: Project, name: str, book: Callable[[], Names]
) -> tuple[list[Line], dict[str, Any], dict[str, bytes], list[Problem]]:
    notebook = charted(project, name)
    found = [
        (raw, cell.source, notebook.lines(cell.index))
        for raw, cell in zip(notebook.data["cells"], notebook.cells, strict=True)
    ]
    metadata, taken, header = _header(found, name)
    writer = Cells(name, _language(notebook.data), cell_defaults(project, metadata), project.trusts(name))
    lines: list[Line] = []
    for index, (cell, source, numbers) in enumerate(found):
        first = numbers[0] if numbers else (lines[-1].number if lines else 1)
        if cell["cell_type"] == "code":
            text = writer.code(index, cell, partial(_line_in, numbers))
            lines += _code_lines(text, source, numbers, Line("", name, first))
        else:
            skipped = taken if index == header else 0
            written = "\n".join(split_lines(source)[skipped:])
            written = in_lab(written) if cell["cell_type"] == "markdown" else written
            own = _text_lines(cell, written, numbers[skipped:], Line("", name, first), index, writer.media)
            is_markdown = cell["cell_type"] == "markdown" or raw_form(cell.get("metadata")) == "markdown"
            lines += myst(own, writer.problems, book) if is_markdown else own
        lines.append(Line("", name, lines[-1].number if lines else 1))
    writer.problems += [*for_others(found, name), *on_stderr(writer.left_out, name)]
    return lines, metadata, writer.media, writer.problems


def _header(found: list[tuple[Any, str, list[int]]], name: str) -> tuple[dict[str, Any], int, int]:
    """Return the YAML header in the first written cell: its values, its lines, the cell."""
    for index, (cell, source, numbers) in enumerate(found):
        if cell["cell_type"] != "code" and source.strip():
            values, _, taken = split(source, name, numbers[0] if numbers else 1)
            return values, taken, index
    return {}, 0, -1


def _language(notebook: Mapping[str, Any]) -> str:
    info = notebook.get("metadata") or {}
    sources = (info.get("language_info") or {}, info.get("kernelspec") or {})
    return str(sources[0].get("name") or sources[1].get("language") or "python")


def _text_lines(
    cell: Mapping[str, Any],
    source: str,
    numbers: list[int],
    near: Line,
    index: int,
    media: dict[str, bytes],
) -> list[Line]:
    """Return a Markdown or raw cell's lines; a raw cell may be meant for one format."""
    form = raw_form(cell.get("metadata")) if cell["cell_type"] == "raw" else "markdown"
    if form != "markdown":
        return lines_at(f"```{{={form}}}\n{source}\n```", near) if form else []
    source = _attachments(cell, source, near, index, media)
    return [
        Line(text, near.path, numbers[n] if n < len(numbers) else near.number)
        for n, text in enumerate(split_lines(source))
    ]


def _line_in(numbers: list[int], index: int) -> int:
    return numbers[min(index, len(numbers) - 1)] if numbers else 1


def _code_lines(text: str, source: str, numbers: list[int], near: Line) -> list[Line]:
    """Place each line of a written cell at the source line that says the same, else at the cell's start."""
    known = {line.strip(): number for line, number in zip(split_lines(source), numbers, strict=False)}
    options = [(line, number) for line, number in known.items() if line.startswith("#|")]
    placed = []
    for line in split_lines(text):
        stripped = line.strip()
        number = known.get(stripped, near.number)
        if stripped and stripped not in known:
            number = next((n for option, n in options if stripped in option), near.number)
        placed.append(Line(line, near.path, number))
    return placed


def _attachments(
    cell: Mapping[str, Any], source: str, near: Line, index: int, media: dict[str, bytes]
) -> str:
    for file, data in (cell.get("attachments") or {}).items():
        for mime, content in data.items():
            names = [name for name in (file, quote(file)) if f"attachment:{name}" in source]
            if mime in PICTURES and names:
                folder = PurePosixPath("media") / PurePosixPath(near.path).with_suffix("")
                target = str(folder / f"{index + 1}-{file}")
                media[target] = picture_bytes(content, mime, near.path, near.number)
                up = "../" * (len(PurePosixPath(near.path).parts) - 1)
                for name in names:
                    # In HTML of the cell's own it is an address of the page.
                    source = re.sub(
                        rf"""(?<=src=["'])attachment:{re.escape(name)}""", up + quote(target), source
                    )
                    source = source.replace(f"attachment:{name}", f"/{quote(target)}")
                break
    return source
