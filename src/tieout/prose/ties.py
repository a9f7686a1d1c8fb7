"""Ties in Markdown: where they stand to the character, what a reader sees of them, and what is not tied.

A tie is a link, ``[shown](tie:ID[:column])``. Links are found as pandoc finds them: not in code, comments
or maths, and through escapes, emphasis and nested brackets. What remains beside the ties, without markup,
is the prose in which every numeral has to be accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tieout import numerals
from tieout.markdown import OBJECT, Scan, Tie, Waiver, scan, shown

__all__ = ["OBJECT", "Tie", "Untied", "Waiver", "find_ties", "scan", "shown", "untied"]

FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,}).*?(?:^[ \t]*\1[`~]*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
ALONE = re.compile(
    r"(?<![`\\])(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?![`{])"
    r"|(?<![\\$])\$(?P<math>(?=\S)(?:\\.|[^$\n\\])+)(?<=\S)\$(?![\d$])"
)
AMOUNT = re.compile(r"[-+−~≈<>]?\s*(?:[$€£¥₴]\s*\d[\d.,]*|\d[\d.,]*\s*%)")
STOPS = ("\n\n", ". ", "; ", "? ", "! ")
STRUCTURAL = frozenset(("url", "doi", "name", "code", "version", "phone"))


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
    found = [] if literal else list(_set_apart(markdown))
    for token in numerals.find(result.prose, lang):
        if token.kind in STRUCTURAL or not any(character.isnumeric() for character in token.text):
            continue
        start, end = result.at[token.start], result.at[token.end - 1] + 1
        found.append(Untied(start, end, token.text, token.kind, _sentence(result, token.start, token.end)))
    return sorted(found, key=lambda each: each.start)


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
