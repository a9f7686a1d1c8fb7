"""Ties in Markdown: where they stand to the character, what a reader sees of them, and what is not tied.

A tie is a link, ``[shown](tie:ID[:column])``. Links are found as pandoc finds them: not in code, comments
or maths, and through escapes, emphasis and nested brackets. What remains beside the ties, without markup,
is the prose in which every numeral has to be accounted for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tieout import numerals
from tieout.markdown import OBJECT, Scan, Tie, Waiver, scan, shown
from tieout.numerals import Context

__all__ = ["OBJECT", "Tie", "Untied", "Waiver", "find_ties", "scan", "shown", "surroundings", "untied"]

STOPS = ("\n\n", ". ", "; ", "? ", "! ")
STRUCTURAL = frozenset(("url", "doi", "name", "code", "version", "phone", "unit"))


@dataclass(frozen=True)
class Untied:
    """A numeral of the prose that no tie, waiver or structure accounts for.

    ``sentence`` is the prose around it, ties included, for those who look for the entry it should be tied to.
    """

    start: int
    end: int
    text: str
    kind: str
    sentence: str


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
    maths, code, versions and names (``COVID-19``). Number words are looked at only where they are tied:
    *one of the* counts nothing, and telling it from *one device* is guesswork.
    """
    result = scan(markdown, literal)
    found = []
    attached = numerals.attached(result.prose, lang)
    for token in numerals.find(result.prose, lang):
        if any(first <= token.start and token.end <= last for first, last in attached):
            continue
        if token.kind in STRUCTURAL or not any(character.isnumeric() for character in token.text):
            continue
        start, end = result.at[token.start], result.at[token.end - 1] + 1
        found.append(Untied(start, end, token.text, token.kind, _sentence(result, token.start, token.end)))
    return found


def surroundings(found: Scan, tie: Tie) -> Context:
    """Return what stands around a tie in its paragraph, list item or cell, and its column's heading."""
    at = next(
        place for place, offset in enumerate(found.at) if offset >= tie.start and found.prose[place] == OBJECT
    )
    start = max((end for end in found.breaks if end <= at), default=0)
    stop = min((begin for begin in found.breaks if begin > at), default=len(found.prose))
    shown = {each.start: each.shown for each in found.ties} | {
        each.start: each.text for each in found.waivers
    }

    def said(first: int, last: int) -> str:
        return "".join(
            shown.get(found.at[place], OBJECT) if found.prose[place] == OBJECT else found.prose[place]
            for place in range(first, last)
        )

    before, after = said(start, at), said(at + 1, stop)
    return Context(before, after, _heading(said(start, stop), len(before)))


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
    return row[0] if numerals.heading_unit(row[0]) else own


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def _sentence(found: Scan, start: int, end: int) -> str:
    prose = found.prose
    before = max(prose.rfind(mark, 0, start) for mark in STOPS) + 1
    after = min((place for mark in STOPS if (place := prose.find(mark, end)) >= 0), default=len(prose))
    shown = {tie.start: tie.shown for tie in found.ties}
    said = (
        shown.get(found.at[place], "…") if prose[place] == OBJECT else prose[place]
        for place in range(before, after)
    )
    return " ".join("".join(said).split())
