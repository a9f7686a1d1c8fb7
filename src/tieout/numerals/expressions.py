"""Reads whole statements of statistics, one number after another: `t(57) = 3.42, p < .001`, `12 of 48 (25%)`.

Each number of an expression tells one member of a family, by its name or by its place; the form that it has
is read as any other is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, units
from tieout.numerals import statistics
from tieout.numerals.formulas import span_in, untexed
from tieout.numerals.locales import GAP, places, words
from tieout.numerals.reading import LONGEST, Reader
from tieout.numerals.shown import Shown
from tieout.numerals.spans import LEVEL
from tieout.numerals.statistics import (
    COUNT,
    DF,
    ESTIMATE,
    INTERVAL,
    QUARTILES,
    SECOND_DF,
    SHARE,
    STATISTIC,
    TOTAL,
    N,
)

_COUNTED = lazily(
    rf"(?P<count>[0-9][0-9,.\u00a0\u202f]*){GAP}(?:/|of|out{GAP}of)(?:{GAP}the)?{GAP}"
    r"(?P<total>[0-9](?:[0-9,.\u00a0\u202f]*[0-9])?)(?![\w/%])(?P<what>(?:\s[^\W\d_]+){0,3}(?=\s\())?"
)
_NEXT = lazily(rf"{GAP}(?:[,;]{GAP}|(?=[(\[]))")
_EQUALS = lazily(rf"{GAP}={GAP}")  # `12/48 = 25%`
_AND = lazily(rf"{GAP},?{GAP}and{GAP}")
_STOP = lazily(r"\s*(?:$|[,;:.!?)\]](?:\s|$|[)\],;])|[)\]]|[(\[])|\s+and\b")
_DEGREES = lazily(r"\s*(?:(?P<name>[nN]|df)\s*=\s*)?(?P<number>[0-9][0-9.]*)\s*(?:,|$)")
_NUMBERS = lazily(r"[0-9., ]+")
_START = lazily(r"(?<![\w\ufffc.,^_{\\/-])(?=[\w\\χΧβηωγρτκα])")
NOTHING = ""


@dataclass(frozen=True)
class Part:
    """One number of an expression.

    Parameters
    ----------
    start, end
        Where it stands, with the sign of a bound: ``< .001``.
    told
        Which members of a family it may be, the likeliest first; empty for what has neither name nor place.
    name
        What it is called there: ``p``, ``df``.
    """

    start: int
    end: int
    told: tuple[str, ...]
    name: str = NOTHING


def expression(text: str, lang: str = "en") -> tuple[Part, ...]:
    """Return the numbers of a text that is one expression from end to end; empty for what is none.

    One number alone is an expression where it has a name, or a level.

    Examples
    --------
    >>> text = "F(1, 28) = 5.21, p < .05"
    >>> [(text[part.start : part.end], part.told) for part in expression(text)]
    [('1', ('df',)), ('28', ('second df',)), ('5.21', ('statistic',)), ('< .05', ('p',))]
    """
    # Units are part of the key because a project can add to them at any time.
    return _expression(text, lang, units.additions()) if len(text) <= LONGEST else ()


@lru_cache(maxsize=4096)
def _expression(text: str, lang: str, known: int) -> tuple[Part, ...]:
    if not re.search("[0-9]", text):
        return ()
    plain, at = untexed(text.replace("$", " "))
    start, stop = len(plain) - len(plain.lstrip()), len(plain.rstrip())
    for place in places(lang):
        scanner = _Scanner(plain, Reader(plain, words(lang), place, whole=True))
        for parts, end in scanner.read(start):
            leveled = parts[0].told == (INTERVAL,) and LEVEL.search(plain)
            if end == stop and (len(parts) > 1 or parts[0].name or leveled):
                return tuple(_in_formula(part, at, text) for part in parts)
    return ()


def _in_formula(part: Part, at: Sequence[tuple[int, int]], text: str) -> Part:
    start, end = span_in(at, part.start, part.end)
    if text.count("{", start, end) > text.count("}", start, end) and text.startswith("}", end):
        end += 1
    return replace(part, start=start, end=end)


def expressions(text: str, lang: str = "en") -> Iterator[tuple[int, int]]:
    """Give where expressions of several numbers stand in running text.

    Examples
    --------
    >>> text = "It rose, t(57) = 3.42, p < .001, in 12 of 48 (25%)."
    >>> [text[start:end] for start, end in expressions(text)]
    ['t(57) = 3.42, p < .001', '12 of 48 (25%)']
    """
    scanner = _Scanner(text, Reader(text, words(lang), places(lang)[0]))
    at = 0
    while start := _START.search(text, at):
        found = [end for parts, end in scanner.read(start.start()) if len(parts) > 1]
        if found:
            yield start.start(), max(found)
        at = max([start.start() + 1, *found])


class _Scanner:
    """Reads expressions at places of one text."""

    def __init__(self, text: str, reader: Reader) -> None:
        self.text, self.reader = text, reader

    def read(self, at: int) -> Iterator[tuple[tuple[Part, ...], int]]:
        """Give the expressions that start at a place, each with where it ends, the shortest first."""
        parts: tuple[Part, ...] = ()
        opened, here = NOTHING, at
        while (item := self._item(here, parts)) is not None:
            found, here = item
            parts = (*parts, *found)
            while opened and self.text.startswith(opened[-1], here):
                opened, here = opened[:-1], here + 1
            if not opened:
                yield parts, here
            joint = (self.reader.whole and _AND.match(self.text, here)) or _NEXT.match(self.text, here)
            if not joint and [part.told for part in parts] == [(COUNT,), (TOTAL,)]:
                joint = _EQUALS.match(self.text, here)
            if not joint:
                return
            here = joint.end()
            bracket = self.text[here : here + 1]
            if bracket in ("(", "[") and self._item(here, parts) is None:
                opened, here = opened + {"(": ")", "[": "]"}[bracket], here + 1

    def _item(self, at: int, before: tuple[Part, ...]) -> tuple[tuple[Part, ...], int] | None:
        """Read one number, or one with its degrees of freedom, or a count with its total."""
        for pattern in (statistics.SIGNED, statistics.PLAIN):
            named = pattern.match(self.text, at)
            if named:
                return self._named(named)
        counted = _COUNTED.match(self.text, at) if not before else None
        ends = counted and (_STOP.match(self.text, counted.end()) or _EQUALS.match(self.text, counted.end()))
        if counted and ends and counted["count"][-1].isdigit():
            one = Part(*counted.span("count"), (COUNT,), "count")
            return (one, Part(*counted.span("total"), (TOTAL,), "total")), counted.end()
        shown = self._number(at)
        if shown is None:
            return None
        told = self._placed(shown, before)
        return ((Part(at, shown.end, told),), shown.end) if told else None

    def _named(self, named: re.Match[str]) -> tuple[tuple[Part, ...], int] | None:
        name, told = named["name"], statistics.tells(named["name"])
        inner = self._degrees(named, told)
        shown = self._number(named.end())
        if shown is None or inner is None:
            return None
        own = Part(named.end(), shown.end, told, name)
        return (*inner, own), shown.end

    def _degrees(self, named: re.Match[str], told: tuple[str, ...]) -> tuple[Part, ...] | None:
        """Return what stands in brackets behind a name: degrees of freedom, or how many there were."""
        below = named["below"] if named.re.pattern == statistics.SIGNED.pattern else None
        group = "inner" if named["inner"] else "below"
        if group == "below" and not (below and told == (STATISTIC,) and _NUMBERS.fullmatch(below)):
            return ()
        found: list[Part] = []
        start, text = named.span(group)[0], named[group]
        at = 0
        while at < len(text):
            each = _DEGREES.match(text, at)
            if each is None:
                return None
            counts = (each["name"] or NOTHING) in ("n", "N")
            df = SECOND_DF if any(part.told == (DF,) for part in found) else DF
            span = (start + each.start("number"), start + each.end("number"))
            found.append(Part(*span, (N,) if counts else (df,), "n" if counts else "df"))
            at = each.end()
        return tuple(found)

    def _number(self, at: int) -> Shown | None:
        """Return the longest form that starts at a place and ends where a number of an expression can."""
        ends = [
            shown
            for shown in self.reader.forms(at)
            if not shown.parentheses and _STOP.match(self.text, shown.end) and shown.kind != "ordinal"
        ]
        return max(ends, key=lambda shown: shown.end, default=None)

    @staticmethod
    def _placed(shown: Shown, before: tuple[Part, ...]) -> tuple[str, ...]:
        """Return what a number without a name tells by its place."""
        if shown.is_range:
            return (QUARTILES,) if before and before[-1].told[:1] == ("median",) else (INTERVAL,)
        if shown.unit == PERCENT and before:
            return (SHARE,)
        return () if before else (ESTIMATE,)
