"""Blocks of code that Quarto would run or draw (`{python}`, `{mermaid}`), as readers can have them here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from tieout.markdown.chunks import chunk_options, float_of, label_of
from tieout.problems import Problem
from tieout.project import FENCE, parse_yaml
from tieout.render.cells import quoted
from tieout.render.text import Line

ANY_FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
ENGINE_FENCE = re.compile(r"^(\s*)(`{3,})\s*\{\s*([A-Za-z][\w.+-]*)\s*(.*)\}\s*$")
BLOCK_OPTION = re.compile(r"^\s*(?:#|//|%%|--)[ \t]*\| ?")
CODE_DEFAULTS = ("code-fold", "code-summary", "code-overflow", "code-line-numbers")
DIAGRAMS = frozenset(("mermaid", "dot"))
DRAWN = DIAGRAMS | {"ojs"}  # scripts draw these; Quarto takes them out of notebooks as well


def engine_blocks(
    lines: list[Line],
    defaults: Mapping[str, Any],
    problems: list[Problem],
    unrun: set[str],
    languages: Collection[str] | None = None,
) -> list[Line]:
    """Turn executable blocks into plain code: only notebooks have outputs to show.

    Parameters
    ----------
    lines
        A chapter.
    defaults
        The options that its cells inherit.
    problems
        Takes in a warning for each language.
    unrun
        Takes in the labels of what is not run.
    languages
        Those that are meant; all where it is None.
    """
    result: list[Line] = []
    said: set[str] = set()
    floats: list[tuple[str, Line]] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        marker = ANY_FENCE.match(line.text)  # within a list it may stand deeper than in text
        end = _closing(lines, index, marker[1]) if marker else index
        if marker and end == len(lines) - 1 and not FENCE.match(line.text):
            end = index
        block = lines[index : end + 1]
        index = end + 1
        start = ENGINE_FENCE.match(line.text)
        if start is None or start[3].startswith("=") or not (languages is None or start[3] in languages):
            result += block
            continue
        language = start[3]
        if language not in said:
            said.add(language)
            problems.append(_not_run(language, line))
        options, code = _block_options(block)
        options = {**chunk_options(start[4]), **options}
        shown, fence = {**defaults, **options}, start[1] + start[2]
        if language in DIAGRAMS:
            drawn = [Line(f"{fence} {{.{language}}}", line.path, line.number), *code]
            result += _float(label_of("", options), shown, drawn)
            continue
        label = float_of(start[4], shown)
        subs = shown.get("fig-subcap") or shown.get("tbl-subcap") or ()
        unrun |= {f"{label}-{place + 1}" for place in range(len(subs) if isinstance(subs, list) else 0)}
        if label:
            floats.append((label, line))
        else:
            unrun.add(label_of(start[4], options))
        if shown.get("include") is False or (shown.get("echo") is False and not label):
            continue
        opening = f"{fence} {{{_attributes(language, shown)}}}"
        block = [Line(opening, line.path, line.number), *code]
        if shown.get("echo") is False:
            block = [Line(f"{start[1]}`{label}`", line.path, line.number)]
        result += _float(label, shown, block) if label else block
    problems += _without_picture(floats)
    return result


def _attributes(language: str, options: Mapping[str, Any]) -> str:
    """Return the attributes of code that is shown."""
    label, caption = options.get("lst-label"), options.get("lst-cap")
    listed = [f"#{str(label).lstrip('#')}"] if label else []
    said = [f"lst-cap={quoted(caption)}"] if caption else []
    extra = [f"{key}={quoted(options[key])}" for key in CODE_DEFAULTS if key in options]
    return " ".join([*listed, f".{language}", ".cell-code", *said, *extra])


def _without_picture(floats: Sequence[tuple[str, Line]]) -> Iterator[Problem]:
    """Say once that what code would draw or tabulate is not there."""
    if floats:
        label, line = floats[0]
        more = f", and so for {len(floats) - 1} more" if floats[1:] else ""
        what = f"the code of `{label}` is not run here; its number and caption stand alone{more}"
        hint = "put the code into a notebook to show what it gives"
        yield Problem(what, hint, path=line.path, line=line.number, rule="unknown-engine", severity="warning")


def _not_run(language: str, line: Line) -> Problem:
    what = f"code of `{language}` in a Markdown chapter is not run here"
    hint = "it is shown as code; put it into a notebook to show what it gives"
    if language in DRAWN:
        what = f"`{language}` is drawn by a script, and pages here load none"
        hint = "it is shown as code; keep a picture of what it draws to show that"
    return Problem(what, hint, path=line.path, line=line.number, rule="unknown-engine", severity="warning")


def _float(label: str, options: Mapping[str, Any], code: Sequence[Line]) -> Iterator[Line]:
    """Give a figure or a table whose code is not run, with its code in the place of what that would show."""
    if options.get("include") is False:
        return
    near = code[-1]
    indent = code[0].text[: len(code[0].text) - len(code[0].text.lstrip())]
    align, caption = options.get("fig-align"), options.get("fig-cap") or options.get("tbl-cap")
    around = f' data-layout-align="{align or "default"}"'
    of = [f"#{label}"] if label else [".float"] if caption else []
    of += [".cell-output", ".cell-output-display", *([f'fig-align="{align}"'] if align else [])]
    opening = ["", f":::::: {{.cell{around}}}", "", f"::::: {{{' '.join(of)}}}", ""]
    caption = caption[0] if isinstance(caption, list) and caption else caption
    said = ["", "::: {.float-caption}", " ".join(str(caption).split()), ":::"] if caption else []
    closing = [*said, "", ":::::", "", "::::::", ""]
    yield from (Line(indent + text if text else "", near.path, near.number) for text in opening)
    yield from code
    yield from (Line(indent + text if text else "", near.path, near.number) for text in closing)


def _closing(lines: list[Line], index: int, fence: str) -> int:
    for end in range(index + 1, len(lines)):
        text = lines[end].text.strip()
        if text.startswith(fence) and not text.strip(fence[0]):
            return end
    return len(lines) - 1


def _block_options(block: list[Line]) -> tuple[dict[str, Any], list[Line]]:
    """Return the options at the head of a block, and its lines after them."""
    head = 1
    while head < len(block) and BLOCK_OPTION.match(block[head].text):
        head += 1
    text = "\n".join(BLOCK_OPTION.sub("", line.text) for line in block[1:head])
    if not text.strip():
        return {}, block[1:]
    while head < len(block) - 1 and not block[head].text.strip():
        head += 1  # what sets the options apart
    values, _ = parse_yaml(text, block[1].path, block[1].number)
    return values if isinstance(values, dict) else {}, block[head:]
