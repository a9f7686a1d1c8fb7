"""Finds what readers of Markdown would need minutes for: patterns that pandoc reads in exponential time.

An opening bracket without its end doubles the work of the paragraph it stands in; other signs square it. The
limits lie far above what people write, and below where the work is felt.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tieout.machine.reading import Unreadable, read_yaml

BRACKETS, SPANS, NESTED, LONGEST, LONGEST_WORD = 10, 10, 60, 100_000, 10_000
# How often a sign may stand in a paragraph without its end, and what to write instead.
OPEN = {
    "tag": (300, "opening `<`", "write `\\<` for a sign that opens no tag"),
    "link": (30, "link addresses that do not end", "write `\\[` for a bracket that opens no link"),
    "begin": (30, "`\\begin` without `\\end`", "end each environment"),
    "brace": (100, "TeX commands whose brace is open", "close each brace"),
    "emphasis": (
        2_000,
        "emphasis signs",
        "write `\\*` and `\\_` for signs that are text, or use a code block",
    ),
    "quote": (200, "quotation marks that open and do not end", "write `\\'` for one that is an apostrophe"),
    "both": (10, "quotation marks of both kinds in each other", "close each, or write `\\'` and `\\\"`"),
}
_SKIPPED = re.compile(r"\$\$[^$]*\$\$|(?<!\\)\$(?=\S)[^$]*(?<=\S)\$(?!\d)|data:[\w/+.;-]*,[\w+/=%-]*")
_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1}}}")
_YAML = re.compile(r"^---[ \t]*\n(?=\S)(.*?)^(?:---|\.\.\.)[ \t]*$", re.MULTILINE | re.DOTALL)
_TICKS = re.compile("`+")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_RULES = frozenset("-*_=~:+| 	")  # of lines and of tables' frames
_MARKER = re.compile(r"[ \t]*(?:>|(?:[-+*:]|#\.|\(?(?:\d{1,9}|[A-Za-z])[.)])(?=[ \t]))")
_TABLE = re.compile(r"<(/?)table(?=[\s>/])", re.IGNORECASE)
TABLES = 6  # pandoc reads each table in a table twice: with each level it takes twice as long
_DIV = re.compile(r"[ \t>]*:{3,}[ \t]*(\S?)")
_TAG = re.compile(r"<(/?)(div|section|main|article|aside|details|figure|span)\b", re.IGNORECASE)
_TOKEN = re.compile(
    r"\\begin\{|\\end\{|\\[A-Za-z]+\{|\\.|\[|\]\(|\]|\)|\}|[*_]+|</?span\b|<(?=[A-Za-z/!?])|>"
    r"|(?P<opens>(?<!\w)[\"']+(?=\w))|(?P<closes>[\"'])"
)


@dataclass(frozen=True)
class Excess:
    """What is too much: the line, from 1, what stands there, and what to write instead."""

    line: int
    what: str
    hint: str


@lru_cache(maxsize=512)
def excesses(markdown: str) -> tuple[Excess, ...]:
    """Return what in a Markdown text would take a reader of Markdown too long; the first of each paragraph.

    Examples
    --------
    >>> excesses("see [" * 20)[0].what
    'has 11 opening brackets in each other or without their end'
    """
    return (*_excesses(markdown), *_bombs(markdown))


def _bombs(markdown: str) -> Iterator[Excess]:
    """Give the YAML blocks within a text whose aliases stand for more than a reader can hold."""
    for found in _YAML.finditer(markdown) if "&" in markdown else ():
        if "&" in found[1] and "*" in found[1]:
            try:
                read_yaml(found[1])
            except Unreadable as error:
                if "alias" in error.what:  # what is no YAML is text between two lines
                    line = markdown.count("\n", 0, found.start()) + error.line + 1
                    yield Excess(line, f"has a YAML block: {error.what}", "write the values out")


def _excesses(markdown: str) -> Iterator[Excess]:
    paragraph: list[str] = []
    first, fence, divs, tags, tables = 1, "", 0, 0, 0
    for number, line in enumerate([*markdown.split("\n"), ""], start=1):
        marker = _FENCE.match(line)
        if fence:
            if marker and marker[1].startswith(fence) and not line.strip(" \t>`~"):
                fence = ""
            continue
        ends = marker or not line.strip() or line.lstrip().startswith("|")
        if ends and paragraph:
            yield from _paragraph("\n".join(paragraph), first)
            paragraph = []
        if marker:
            fence = marker[1]
            continue
        div = _DIV.match(line)
        divs = max(0, divs + (0 if div is None else 1 if div[1] else -1))
        tags = max(0, tags + sum(-1 if found[1] else 1 for found in _TAG.finditer(line)))
        if max(divs, tags, _depth(line)) > NESTED:
            yield Excess(number, f"nests more than {NESTED} deep", "nest less: no page shows it")
            return
        for found in _TABLE.finditer(line):
            tables = max(0, tables + (-1 if found[1] else 1))
            if tables > TABLES:
                yield _nested_tables(number)
                return
        if line.strip():
            first = first if paragraph else number
            paragraph.append(line)


def tables_in_tables(html: str) -> Iterator[Excess]:
    """Give the line where HTML nests tables deeper than pandoc can read."""
    depth = 0
    for found in _TABLE.finditer(html):
        depth = max(0, depth + (-1 if found[1] else 1))
        if depth > TABLES:
            yield _nested_tables(html.count("\n", 0, found.start()) + 1)
            return


def _nested_tables(line: int) -> Excess:
    return Excess(line, f"nests tables more than {TABLES} deep", "nest less: no page shows it")


def _depth(line: str) -> int:
    """Return how deep the lists and quotes are nested that a line opens, as far as the line shows it."""
    if _RULES.issuperset(line):
        return 0
    depth = at = 0
    while found := _MARKER.match(line, at):
        depth, at = depth + 1, found.end()
    return depth + (len(line) - len(line.lstrip(" "))) // 4 if depth else 0


def _paragraph(text: str, first: int) -> Iterator[Excess]:
    if _is_plain(text):
        return
    read = _SKIPPED.sub(lambda found: "\n" * found[0].count("\n"), _without_code(text))
    if len(read) > LONGEST:
        what = f"is one paragraph of {len(read):,} characters"
        yield Excess(first, what, "split it with empty lines, or put it into a code block")
        return
    word = _WORD.search(read)
    if word:
        what = f"has a word of more than {LONGEST_WORD:,} characters"
        line = first + read.count("\n", 0, word.start())
        yield Excess(line, what, "put spaces into it, or put it into a code block")
        return
    brackets = spans = 0
    counts: dict[str, int] = defaultdict(int)
    for found in _TOKEN.finditer(read):
        token = found[0]
        brackets += (token == "[") - (token[0] == "]")
        spans += (token.lower() == "<span") - (token.lower() == "</span")
        brackets, spans = max(brackets, 0), max(spans, 0)
        for name, step in _quotes(found) if found.lastgroup else _steps(token):
            counts[name] = max(0, counts[name] + step)
        excess = _excess(brackets, spans, counts)
        if excess:
            yield Excess(first + read.count("\n", 0, found.start()), *excess)
            return


def _is_plain(text: str) -> bool:
    """Whether a text is too short, and has too few signs, for any limit, as nearly all are."""
    return (
        len(text) <= LONGEST_WORD
        and text.count("[") <= BRACKETS
        and text.count("<") <= SPANS
        and text.count("'") + text.count('"') <= OPEN["both"][0]
        and text.count("\\") <= OPEN["begin"][0]
        and text.count("*") + text.count("_") <= OPEN["emphasis"][0]
    )


def _excess(brackets: int, spans: int, counts: dict[str, int]) -> tuple[str, str] | None:
    if brackets > BRACKETS:
        what = f"has {brackets} opening brackets in each other or without their end"
        return what, "write `\\[` for a bracket that opens no link"
    if spans > SPANS:
        return f"has {spans} spans in each other or without their end", "close each `<span>`"
    for name, (most, what, hint) in OPEN.items():
        if counts[name] > most:
            return f"has more than {most} {what} in one paragraph", hint
    return None


def _steps(token: str) -> Iterator[tuple[str, int]]:
    """Give what a sign opens and closes."""
    match token:
        case "](":
            yield "link", 1
        case ")":
            yield "link", -1
        case "\\begin{" | "\\end{":
            yield "begin", 1 if token == "\\begin{" else -1
        case "}":
            yield "brace", -1
        case "<":
            yield "tag", 1
        case ">":
            yield "tag", -1
        case _ if token[0] in "*_":
            yield "emphasis", 1
        case _ if token[0] == "\\" and token[-1] == "{":
            yield "brace", 1


def _quotes(found: re.Match[str]) -> Iterator[tuple[str, int]]:
    yield "quote", 1 if found["opens"] else -1
    if len(set(found[0])) > 1:
        yield "both", 1


def _without_code(text: str) -> str:
    """Return a paragraph without its code: what stands in it opens nothing."""
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(text)]
    later: dict[int, list[int]] = defaultdict(list)
    for index in reversed(range(len(runs))):
        later[runs[index][1] - runs[index][0]].append(index)
    parts, at, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        same = later[end - start]
        while same and same[-1] <= index:
            same.pop()
        if same:
            index = same[-1]
            parts.append(text[at:start] + "\n" * text.count("\n", start, runs[index][1]))
            at = runs[index][1]
        index += 1
    return "".join([*parts, text[at:]])
