"""Puts another text between the brackets of a tie, and keeps the markup of what stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import accumulate, takewhile

from tieout.markdown import ENTITY, Inlines, Tie, scan
from tieout.markdown import escape as as_markdown

Replacement = tuple[int, int, str]

_WRAP = re.compile(r"(\s*)(\*{1,3}|_{1,3}|~~|`+)(?=\S)(.+?)(?<=\S)\2(\s*)", re.S)
_PIECES = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|.", re.S)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿ", "0123456789+-()n")
_TYPOGRAPHY = re.compile(r"&(?=#?\w)|(?<=-)-|(?<=\.\.)\.")
_DASHES = {"–": "--", "—": "---", "…": "..."}


def retext(markdown: str, tie: Tie, new: str, literal: bool = False) -> Replacement | None:
    """Return the replacement in a text that makes one of its ties show something else.

    The smallest that does it comes first: emphasis, entities and escapes outside of what changes stay. What
    it gives has been read back: the tie shows ``new``, and every other tie and number is as before.

    Returns
    -------
    Where to replace (start, end), and with what; None where no replacement reads back.
    """
    for start, end, text in _candidates(markdown, tie, new, literal):
        if _reads(markdown, tie, (start, end, text), new, literal):
            return start, end, text
    return None


def escape(text: str) -> str:
    """Return text as Markdown that shows exactly it, typography included."""
    return _TYPOGRAPHY.sub(r"\\\g<0>", as_markdown(text))


def source_end(markdown: str, place: int, character: str) -> int:
    """Return where the source of a visible character ends."""
    entity = ENTITY.match(markdown, place)
    if entity and character != "&":
        return entity.end()
    dashes = _DASHES.get(character, "")
    if dashes and markdown.startswith(dashes, place):
        return place + len(dashes)
    return place + 1


def source_start(markdown: str, place: int) -> int:
    """Return where the source of a visible character starts: before the backslash that escapes it."""
    before = markdown[:place]
    return place - (len(before) - len(before.rstrip("\\"))) % 2


def _candidates(markdown: str, tie: Tie, new: str, literal: bool) -> Iterator[Replacement]:
    inner = markdown[tie.text_start : tie.text_end]
    prose = Inlines(markdown, literal).visible(tie.text_start, tie.text_end)
    characters, places = prose.characters, prose.offsets
    while characters and characters[0] == " ":
        characters, places = characters[1:], places[1:]
    while characters and characters[-1] == " ":
        characters, places = characters[:-1], places[:-1]
    old = "".join(characters)
    maths = scan(inner, literal).maths
    formulas = [(tie.text_start + start, tie.text_start + end) for start, end in maths]
    if formulas:
        yield from _in_formulas(markdown, old, places, new, formulas)
        return
    if old:
        yield from _piece_by_piece(markdown, old, places, new)
        yield _smallest(markdown, old, places, new)
    opening, closing = "", ""
    while match := _WRAP.fullmatch(inner):
        opening, inner, closing = opening + match[1] + match[2], match[3], match[2] + match[4] + closing
    space = (inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :])
    text = new if opening.endswith("`") else escape(new)
    yield tie.text_start, tie.text_end, opening + space[0] + text + space[1] + closing
    yield tie.text_start, tie.text_end, escape(new)


def _in_formulas(
    markdown: str, old: str, places: list[int], new: str, formulas: list[tuple[int, int]]
) -> Iterator[Replacement]:
    """Give the replacement of what changes in and beside formulas: their dollar signs stay."""
    text, here = "", places[0]
    for tag, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if first == last:
            stop = rest = places[first] if first < len(old) else places[-1] + 1
        else:
            stop, rest = places[first], places[last - 1] + 1
            if rest - stop != last - first:
                return  # it reaches over the end of a formula, or over markup
        inside = any(begin <= stop <= until for begin, until in formulas)
        text += markdown[here:stop] + (new[start:end] if inside else escape(new[start:end]))
        here = rest
    yield places[0], here, text


def _piece_by_piece(markdown: str, old: str, places: list[int], new: str) -> Iterator[Replacement]:
    """Give the replacement of the words and numbers that change; those between them stay as written."""
    one, other = _PIECES.findall(old), _PIECES.findall(new)
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    changed = [step for step in steps if step[0] != "equal"]
    if len(changed) < 2:
        return
    ends = [0, *accumulate(map(len, one))]
    text, start, here = "", -1, -1
    for _, first, last, low, high in changed:
        begin, until = ends[first], ends[last]
        if begin < until:
            stop = source_start(markdown, places[begin])
            rest = source_end(markdown, places[until - 1], old[until - 1])
        else:
            stop = rest = (
                source_start(markdown, places[begin])
                if begin < len(old)
                else source_end(markdown, places[-1], old[-1])
            )
        if start < 0:
            start = here = stop
        text += markdown[here:stop] + escape("".join(other[low:high]))
        here = rest
    yield start, here, text


def _smallest(markdown: str, old: str, places: list[int], new: str) -> Replacement:
    """Return the replacement of the characters between those that stay at either end."""
    left = _shared(old, new)
    right = _shared(old[left:][::-1], new[left:][::-1])
    text = new[left : len(new) - right]
    last = len(old) - right
    if left < last:
        start = source_start(markdown, places[left])
        end = source_end(markdown, places[last - 1], old[last - 1])
        touched = range(left, last)
    elif left:
        start = end = source_end(markdown, places[left - 1], old[left - 1])
        touched = range(left - 1, left)
    else:
        start = end = source_start(markdown, places[0])
        touched = range(0, 1)
    if any(old[at] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻" and markdown[places[at]] != old[at] for at in touched):
        return start, end, text.translate(_RAISED)  # they stand between carets
    written = escape(text)
    for sign, dashes in _DASHES.items():
        if sign in written and any(markdown.startswith(dashes, place) for place in places):
            written = written.replace(sign, dashes)
    return start, end, written


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _reads(markdown: str, tie: Tie, replacement: Replacement, new: str, literal: bool) -> bool:
    """Whether the text, with a replacement made, says what it should and nothing else."""
    start, end, text = replacement
    before, after = scan(markdown, literal), scan(markdown[:start] + text + markdown[end:], literal)
    if len(before.ties) != len(after.ties) or before.prose != after.prose:
        return False
    for was, now in zip(before.ties, after.ties, strict=True):
        wanted = new if was == tie else was.shown
        if now.key != was.key or " ".join(now.shown.split()) != " ".join(wanted.split()):
            return False
    return before.waivers == after.waivers or [(each.text, each.reason) for each in before.waivers] == [
        (each.text, each.reason) for each in after.waivers
    ]
