"""Reads what follows a number: its scale word and its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from tieout.machine.patterns import lazily
from tieout.numbers import CURRENCIES, units
from tieout.numerals.compounds import ALONE, Behind, behind
from tieout.numerals.compounds import whole as whole_unit
from tieout.numerals.locales import GAP, LETTERS, MARK_UNITS, MONEY, Words, meant
from tieout.numerals.shown import NOUN, NOWHERE, TIME, Span, Style

HYPHENS = "-‐‑"
_LINK = lazily(rf"[{HYPHENS}]|{GAP}")
_NOUN = lazily(r"sq\.|°[CF]?(?!\w)|[‰¢]|[^\W\d_]+(?:[²³]|\^?[23](?![\w.,]))?(?![\w²³])")
# What an ordinal may be of, and is still that number: *the 95th percentile*.
_PLACE = lazily(rf"{GAP}(?:percentile|centile|decile|quintile|quartile|place|rank)\b")
_SIGNS = ("×", "x", "✕", "✖")
_COMPOUND = ("percent", "per-cent", "per cent", "point", "percentage-point", "percentage point")
_ONE = Decimal(1)


@dataclass(frozen=True)
class Tail:
    """The scale word and the unit after a number, and where they stand with the space before them."""

    end: int
    scale: Decimal = _ONE
    scale_at: Span = NOWHERE
    unit: str | None = None
    mark: str = ""
    unit_at: Span = NOWHERE
    behind: Behind = ALONE


def tails(text: str, at: int, style: Style, known: Words, money: bool, whole: bool) -> Iterator[Tail]:
    """Give what can follow a number, the fullest first, nothing last.

    Parameters
    ----------
    text, at
        Where the number ends.
    style
        How it is written.
    known
        The words of the language.
    money
        Whether a currency stands before it.
    whole
        Whether the text is meant to be one displayed number: then any noun may follow.
    """
    if style == "odds":
        yield Tail(at)
        return
    if style in ("ordinal", "nth"):
        place = _PLACE.match(text, at) if whole else None
        if place:
            yield Tail(place.end())
        yield Tail(at)
        return
    options = [Tail(at)]
    scaled = _scale(text, at, known, money or whole)
    if scaled:
        options.insert(0, scaled)
    for option in options:
        if not money:
            for unit, mark, span in _units(text, option.end, style, known, whole):
                bare = Tail(span[1], option.scale, option.scale_at, unit, mark, span)
                yield from _followed(text, bare, known, whole)
        yield from _followed(text, option, known, whole, money)


def _followed(text: str, tail: Tail, known: Words, whole: bool, money: bool = False) -> Iterator[Tail]:
    """Give a tail with what its unit is per or times; a bare number of running text is per a number only.

    An odds ratio *of 1.35 per 10 thousand dollars* is no rate: it is of a step of that size.
    """
    named = tail.unit is not None or money
    for more in behind(text, tail.end, named):
        if more.end == tail.end:
            continue
        if not whole and not (more.per > 1 or tail.mark == TIME):
            continue
        if more.per > 1 and not named and known.money.match(text, _after_gap(text, more.end)):
            continue
        unit = whole_unit(tail.unit, more) if not money else tail.unit
        if unit is not None or not more.text or money:
            mark = tail.mark or (NOUN if more.text else "")
            yield replace(tail, end=more.end, unit=unit, mark=mark if not money else "", behind=more)
    yield tail


def _after_gap(text: str, at: int) -> int:
    """Return where the word after a place begins."""
    gap = _LINK.match(text, at)
    return gap.end() if gap else at


def _scale(text: str, at: int, known: Words, letters: bool) -> Tail | None:
    """Read a scale word; a letter is one right after the digits only, or where ``letters`` says so."""
    gap = _LINK.match(text, at)
    assert gap is not None
    for start in dict.fromkeys((at, gap.end())):
        found = known.scale.match(text, start)
        if not found:
            continue
        linked = start > at and text[at] in HYPHENS
        if start > at and found[0] in LETTERS and (linked or not letters or found[0] == "K"):
            continue  # `300 K` is kelvin
        return Tail(found.end(), meant(known.scales, found[0]), (at, found.end()))
    return None


def _units(text: str, at: int, style: Style, known: Words, whole: bool) -> Iterator[tuple[str, str, Span]]:
    gap = _LINK.match(text, at)
    assert gap is not None
    linked = gap[0] in tuple(HYPHENS)
    for start in dict.fromkeys((gap.end(), at)):
        found = known.mark.match(text, start)
        if found and _mark_fits(text, found, start > at, linked and start > at, style):
            mark = meant(known.marks, found[0])
            yield MARK_UNITS[mark], mark, (at, found.end())
        money = known.money.match(text, start)
        if money and not (linked and start > at):
            for code in meant(known.currencies, money[0]):
                yield code, MONEY, (at, money.end())
        time = known.time.match(text, start)
        if time:
            yield meant(known.times, time[0]), TIME, (at, time.end())
        if start > at or text[at - 1 : at].isdigit():
            yield from _nouns(text, start, at, whole)


def _mark_fits(text: str, found: re.Match[str], apart: bool, linked: bool, style: Style) -> bool:
    word = found[0]
    if word in _SIGNS:
        return not linked and not text[found.end() : found.end() + 3].lstrip()[:1].isdigit()
    if word in ("fold", "fach", "fache"):
        return linked or not apart
    if linked:
        return word in _COMPOUND
    return apart or not word[0].isalpha() or (len(word) <= 4 and style == "digits")


def _nouns(text: str, start: int, at: int, whole: bool) -> Iterator[tuple[str, str, Span]]:
    """Give the units named by the one, two or three words at a place, the longest first."""
    ends: list[int] = []
    here = start
    for _ in range(3):
        word = _NOUN.match(text, here)
        if not word:
            break
        ends.append(word.end())
        gap = _LINK.match(text, word.end())
        if not gap or gap.end() == word.end():
            break
        here = gap.end()
    for end in reversed(ends):
        words = " ".join(re.sub(rf"[{HYPHENS}]", " ", text[start:end]).split())
        name = units.noun(words) or (_registered(words) if whole else None)
        if name is None or name in CURRENCIES:
            continue
        measured = not units.is_counted(name)
        if whole or measured:
            yield name, TIME if measured else NOUN, (at, end)


def _registered(words: str) -> str | None:
    """Return a unit that the registry knows by just this name, without guessing at prefixes and signs."""
    name = words.replace(" ", "_")
    candidates = (name, name.removesuffix("s"))
    return next((each for each in candidates if len(each) > 3 and units.is_named(each)), None)
