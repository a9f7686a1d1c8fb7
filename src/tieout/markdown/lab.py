"""Markdown cells as JupyterLab shows them, where pandoc would read something else: lines across, HTML, code.

JupyterLab leaves HTML alone from a block's tag to the next empty line; pandoc reads Markdown in it, and takes
what stands four blanks in for code. To pandoc `---` with text right below begins metadata, `----` a table;
code that a cell does not end goes on in the next one.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tieout.markdown.across import is_rule, outside_code

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

BLOCKS = """
address article aside blockquote center dd details div dl dt fieldset figcaption figure footer form header
h1 h2 h3 h4 h5 h6 hr li main nav ol p section summary table tbody td tfoot th thead tr ul
"""
NAMES = "|".join(BLOCKS.split())
HTML = re.compile(rf"^ {{0,3}}</?(?:{NAMES})(?=[\s/>]|$)", re.IGNORECASE)
HEADING = re.compile(r"^ {0,3}#{1,6}\s")
IN_HEADING = re.compile(r"<(/?)(?:p|div|center|h[1-6])(?=[\s>])", re.IGNORECASE)
FENCES = ("```", "~~~")
ITEM = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s")
# What holds no elements, and takes the rest of a page for its own where it is not ended.
RAW = re.compile(r"\s*<(style|script|textarea|title|iframe|noframes|xmp)(?=[\s>])", re.IGNORECASE)
# Rules and programs are no text wherever they stand, which pandoc knows of those that begin a block.
UNSEEN = re.compile(r"<(style|script)(?=[\s>])[^<>]*>.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = "\n/**/"  # to both
EMPTY = re.compile(r"\n[ \t]*(?=\n)")
# A backslash at the end of an element would take its end for text, and all that follows for a part of it.
CODE = re.compile(r"(<(code|kbd|samp|tt|var)(?:\s[^<>]*)?>)([^<>]*)(?=</\2>)", re.IGNORECASE)
COMMAND = re.compile(r"(?<!\\)\\(?=[A-Za-z])")  # of TeX, to pandoc
ESCAPED = re.compile(r"(<([a-z]\w*)(?:\s[^<>]*)?>(?:[^<>\\]|\\.)*?)(?<!\\)\\(</\2>)", re.IGNORECASE)


def in_lab(text: str) -> str:
    r"""Return a Markdown cell that pandoc reads as JupyterLab shows it, line by line.

    Examples
    --------
    >>> in_lab("---\n## Aims: two\n\n---\nnote: one")
    '***\n## Aims: two\n\n***\nnote: one'
    >>> in_lab("Title\n---\nText")
    'Title\n---\nText'
    >>> in_lab("<div>\n    <b>bold</b>\n</div>\n\n    code")
    '<div>\n<b>bold</b>\n</div>\n\n    code'
    >>> in_lab('# <p dir="rtl">Title</p>')
    '# <span dir="rtl">Title</span>'
    >>> in_lab("<style>\nh1 { color: red }")
    '<style>\nh1 { color: red }</style>'
    >>> in_lab("- Plot\n  <style>a {}\n\n  b {}</style>")
    '- Plot\n  `<style>a {}\n/**/\n  b {}</style>`{=html}'
    >>> in_lab("As in\n```\nx = f(y)```")
    'As in\n```\nx = f(y)```\n```'
    """
    if not any(sign in text for sign in ("---", "<", *FENCES)):
        return text
    lines = _unseen(f"{text}{ending(text)}").split("\n")
    html = kept = False  # within a block of HTML; its blanks count
    for index, line in outside_code(lines):
        html = bool(line.strip()) and (html or HTML.match(line) is not None)
        kept = html and (kept or ITEM.match(line) is not None or "<pre" in line.lower())
        if is_rule(lines, index):
            line = "***"
        elif HEADING.match(line):
            line = IN_HEADING.sub(r"<\1span", line)
        elif html and not kept:
            line = line.lstrip()
        lines[index] = _written(line, html) if "\\" in line and "<" in line else line
    return "\n".join(lines)


def _unseen(text: str) -> str:
    """Return a text whose rules and programs are raw within their line, those that begin a block excepted."""
    if not UNSEEN.search(text):
        return text
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    outside = {starts[index] for index, _ in outside_code(text.split("\n"))}

    def raw(found: re.Match[str]) -> str:
        start = text.rfind("\n", 0, found.start()) + 1
        before = text[start : found.start()]
        begins = (
            not before.strip()
            and not text[:start].rstrip(" \t").removesuffix("\n").rpartition("\n")[2].strip()
        )
        if start not in outside or before.count("`") % 2 or begins:
            return found[0]
        ticks = "`" * (1 + max(map(len, re.findall("`+", found[0])), default=0))
        return f"{ticks}{EMPTY.sub(_COMMENT, found[0])}{ticks}{{=html}}"

    return UNSEEN.sub(raw, text)


@lru_cache(maxsize=4096)
def ending(text: str) -> str:
    r"""Return what ends the code or the style that a cell leaves open; nothing where it leaves none.

    Examples
    --------
    >>> ending("<style>\n@font-face {}"), ending("```\nx"), ending("```\nx\n```")
    ('</style>', '\n```', '')
    """
    opened = ""
    for _, line in outside_code(text.split("\n")) if "<" in text else ():
        opens = RAW.match(line)
        opened = opened or (opens[1].lower() if opens else "")
        opened = "" if f"</{opened}" in line.lower() else opened
    if opened:
        return f"</{opened}>"
    fence = _open_fence(text) if any(sign in text for sign in FENCES) else ""
    return f"\n{fence}" if fence else ""


def _open_fence(text: str) -> str:
    """Return the fence of a block of code that goes on to the end of a text; nothing where there is none."""
    *_, last = [None, *_commonmark().parse(f"{text}\n")]
    if last is None or last.type != "fence" or last.map is None:
        return ""
    closed = last.content.count("\n") < last.map[1] - last.map[0] - 1
    return "" if closed else last.markup


@cache
def _commonmark() -> MarkdownIt:
    from markdown_it import MarkdownIt  # loaded where a cell has code in fences

    return MarkdownIt("commonmark")


def _written(line: str, html: bool) -> str:
    """Return a line whose elements of code keep their backslashes."""

    def code(found: re.Match[str]) -> str:
        inner = found[3].replace("\\", "\\\\") if html else COMMAND.sub(r"\\\\", found[3])
        return found[1] + inner

    line = CODE.sub(code, line)
    return ESCAPED.sub(r"\1\\\\\3", line) if html else line
