"""Ties in Markdown: where they stand to the character, what a reader sees of them, and what is not tied.

A tie is a link, ``[shown](tie:ID[:column])``. Links are found as pandoc finds them: not in code, comments
or maths, and through escapes, emphasis and nested brackets. What remains beside the ties, without markup,
is the prose in which every numeral has to be accounted for.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tieout import numerals
from tieout.markdown import OBJECT, Scan, Tie, Waiver, scan, shown
from tieout.numerals import Context, Near
from tieout.prose.inline import FENCE

__all__ = [
    "OBJECT", "Tie", "Untied", "Waiver", "find_ties", "scan", "shown", "surroundings", "untied",
    "whole_expressions",
]  # fmt: skip

ALONE = re.compile(
    r"(?<![`\\])(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?![`{])"
    r"|(?<![\\$])\$(?P<math>(?=\S)(?:\\.|[^$\n\\])+)(?<=\S)\$(?![\d$])"
)
AMOUNT = re.compile(r"[-+−~≈<>]?\s*(?:[$€£¥₴]\s*\d[\d.,]*|\d[\d.,]*\s*%)")
STOPS = ("\n\n", *(f"{mark}{space}" for mark in ".;?!" for space in " \n"))
BASE = "base"  # of how many a rate is, or a slope: *per 100,000 people*, *for every 10 years*
STRUCTURAL = frozenset(("url", "doi", "name", "label", "code", "version", "phone", "unit"))
_ONE_IN = re.compile(r"[a-z]+\s+in(?:\s+every)?\s+(?:[2-9]|[1-9]\d{1,2})", re.IGNORECASE)
_SHORT = re.compile(r"\b(?:i\.e|e\.g|vs|cf|ca|approx|resp|incl)\.\s")


@dataclass(frozen=True)
class Untied:
    """A numeral of the prose that no tie, waiver or structure accounts for.

    ``sentence`` is the prose around it, ties included, for those who look for the entry it should be tied to;
    ``at`` is where in it the numeral stands, -1 where that is not known.
    """

    start: int
    end: int
    text: str
    kind: str
    sentence: str
    at: int = -1


def find_ties(markdown: str) -> list[Tie]:
    """Return the ties of a Markdown text, in order.

    Examples
    --------
    >>> [(tie.shown, tie.key) for tie in find_ties("By [**2030**](tie:market.2030:year), `[1](tie:no)`.")]
    [('2030', 'market.2030:year')]
    """
    return list(scan(markdown).ties)


def untied(markdown: str, lang: str = "en", literal: bool = False) -> list[Untied]:
    """Return the numerals of a Markdown text that are neither tied nor waived nor structural.

    ``literal`` is for the values of attributes, as in `scan`.

    Structural are list markers, citations and their locators, cross-references, attributes, addresses,
    code, versions, names (``COVID-19``) and what of a formula states no number. Number words are looked at
    where they state a quantity: *doubled*, *one in five*, and not *one of the*.
    """
    result = scan(markdown, literal)
    found = []
    attached, bases = numerals.attached(result.prose, lang), numerals.bases(result.prose)
    for token in numerals.find(result.prose, lang):
        if any(first <= token.start and token.end <= last for first, last in attached):
            continue
        if token.kind in STRUCTURAL or not any(character.isnumeric() for character in token.text):
            continue
        start, end = result.at[token.start], result.at[token.end - 1] + 1
        kind = BASE if any(token.start == first for first, _ in bases) else token.kind
        found.append(Untied(start, end, token.text, kind, *_sentence(result, token.start, token.end)))
    taken = [(each.start, each.end) for each in found]
    for first, last in numerals.worded(result.prose, lang):
        start, end = result.at[first], result.at[last - 1] + 1
        said = result.prose[first:last]
        if _ONE_IN.fullmatch(said):  # the whole is the number, and not its digits
            found = [each for each in found if each.start < start or each.end != end]
            taken = [(each.start, each.end) for each in found]
        if not any(start < other and begin < end for begin, other in taken):
            found.append(Untied(start, end, said, "word", *_sentence(result, first, last)))
    for first, last in result.maths:
        tex = markdown[first:last]
        for start, end in numerals.numbers_stated(tex):
            said = _beside_formula(result, first, tex)
            found.append(Untied(first + start, first + end, tex[start:end], "maths", said))
    if not literal:
        taken = [(each.start, each.end) for each in found]
        apart = _set_apart(markdown)
        found += [
            each for each in apart if not any(each.start < end and start < each.end for start, end in taken)
        ]
    return sorted(found, key=lambda each: each.start)


def whole_expressions(
    markdown: str, numbers: Sequence[Untied], lang: str = "en", literal: bool = False
) -> list[tuple[Untied, tuple[Untied, ...]]]:
    """Return the expressions that numbers without a tie make together: *t(57) = 3.42, p < .001*.

    Each comes with those of the numbers that it holds.
    """
    result = scan(markdown, literal)
    found = []
    for first, last in numerals.expressions(result.prose, lang):
        start, end = result.at[first], result.at[last - 1] + 1
        held = tuple(each for each in numbers if start <= each.start and each.end <= end)
        if held:
            whole = Untied(
                start, end, result.prose[first:last], "expression", *_sentence(result, first, last)
            )
            found.append((whole, held))
    for start, end, said in formulas(markdown, literal):
        held = tuple(each for each in numbers if start <= each.start and each.end <= end)
        if held:
            found.append((Untied(start, end, said, "formula", held[0].sentence), held))
    return found


def formulas(markdown: str, literal: bool = False) -> Iterator[tuple[int, int, str]]:
    """Give the formulas of running text, with what a tie shows of each; those that a comma joins are one.

    Examples
    --------
    >>> text = r"We had $t(57) = 3.42$, $p < .001$ and $$x$$."
    >>> [(text[start:end], shown) for start, end, shown in formulas(text)]
    [('$t(57) = 3.42$, $p < .001$', 't(57) = 3.42, p < .001')]
    """
    spans: list[tuple[int, int]] = []
    for first, last in scan(markdown, literal).maths:
        start, end = first - 1, last + 1
        if markdown[start - 1 : start] == "$" or markdown[end : end + 1] == "$":
            continue
        if spans and _JOINT.fullmatch(markdown, spans[-1][1], start):
            spans[-1] = spans[-1][0], end
        else:
            spans.append((start, end))
    for start, end in spans:
        ties = scan(f"[{markdown[start:end]}](tie:x)").ties
        if len(ties) == 1:
            yield start, end, ties[0].shown


@lru_cache(maxsize=1024)  # several checks ask it of a passage's ties
def surroundings(found: Scan, tie: Tie) -> Context:
    """Return what stands around a tie in its paragraph, list item or cell, and its column's heading."""
    at = found.prose.index(OBJECT, bisect_left(found.at, tie.start))
    place = bisect_right(found.breaks, at)
    start = found.breaks[place - 1] if place else 0
    stop = found.breaks[place] if place < len(found.breaks) else len(found.prose)

    def said(first: int, last: int, side: str) -> tuple[str, list[Near]]:
        text, near = "", []
        while (place := found.prose.find(OBJECT, first, last)) >= 0:
            text, offset = text + found.prose[first:place], found.at[place]
            other = found.tied.get(offset)
            if other is not None:
                end = len(text) + len(other.shown)
                near.append(Near(side, len(text), end, other.key, other.shown))
            text += found.waived.get(offset, OBJECT) if other is None else other.shown
            first = place + 1
        return text + found.prose[first:last], near

    before, left = said(start, at, "before")
    after, right = said(at + 1, stop, "after")
    heading = _heading(f"{before}{OBJECT}{after}", len(before))
    return Context(before, after, heading, (*left, *right))


_JOINT = re.compile(r"[,;]\s")
_RULE = re.compile(r"[\s|:—–-]*[—–-][\s|:—–-]*")


def _heading(block: str, at: int) -> str:
    """Return the heading of the column that a cell stands in, or of its row; empty outside of tables."""
    lines = block.split("\n")
    number = block.count("\n", 0, at)
    if "|" not in lines[number]:
        return ""
    begin = at - (block.rfind("\n", 0, at) + 1)
    column = lines[number].count("|", 0, begin) - lines[number].startswith("|")
    rule = next((place for place in range(number - 1, 0, -1) if _RULE.fullmatch(lines[place])), None)
    heads = _cells(lines[rule - 1]) if rule else []
    own = heads[column] if column < len(heads) else ""
    row = _cells(lines[number])
    if numerals.heading_unit(own) or column == 0 or not row:
        return own
    corner = numerals.corner(own, heads[0] if heads else "", row[0])
    return next((each for each in (row[0], corner) if numerals.heading_unit(each)), own)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _set_apart(markdown: str) -> Iterator[Untied]:
    """Give the amounts that stand alone in code or mathematics: `99.9%` is a statement in another font.

    Code and formulas are no prose; a percentage or a sum of money by itself is neither of them.
    """
    fences = [found.span() for found in FENCE.finditer(markdown)]
    waived = [(waiver.start, waiver.end) for waiver in scan(markdown).waivers]
    tied = [(tie.start, tie.end) for tie in scan(markdown).ties]
    for found in ALONE.finditer(markdown):
        text = found["code"] or found["math"]
        inside = (start <= found.start() < end for start, end in (*fences, *waived, *tied))
        if not any(inside) and AMOUNT.fullmatch(text.replace("\\%", "%").replace("\\$", "$").strip()):
            yield Untied(found.start(), found.end(), found[0], "amount", found[0])


def _beside_formula(found: Scan, first: int, tex: str) -> str:
    """Return the sentence that a formula stands in, with it."""
    at = next((place for place, offset in enumerate(found.at) if offset >= first - 2), None)
    if at is None or found.prose[at] != OBJECT:
        return f"${tex.strip()}$"
    return _sentence(found, at, at + 1)[0].replace("…", f"${tex.strip()}$", 1)


def without_short(text: str) -> str:
    """Return a text of the same length whose abbreviations, *i.e.* and the like, end no sentence."""
    return _SHORT.sub(lambda short: f"{short[0][:-1]}\u00a0", text)


def _sentence(found: Scan, start: int, end: int) -> tuple[str, int]:
    """Return the sentence around a part of the prose, and where in it that stands."""
    prose = found.prose
    plain = without_short(prose)
    before = max(plain.rfind(mark, 0, start) for mark in STOPS) + 1
    after = min((place for mark in STOPS if (place := plain.find(mark, end)) >= 0), default=len(prose))
    shown = {tie.start: tie.shown for tie in found.ties}

    def said(first: int) -> str:
        texts = (
            shown.get(found.at[place], "…") if prose[place] == OBJECT else prose[place]
            for place in range(first, after)
        )
        return " ".join("".join(texts).split())

    return said(before), len(said(before)) - len(said(start))
