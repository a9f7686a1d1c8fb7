"""Reads a tied number with what stands around it and belongs to it: sign, currency, scale word, unit.

Readers read `−[12](…)` as −12 and `[2.5](…) million` as 2,500,000, so that is what is compared. What cannot
be read for certain (a noun that is a word for what is counted, say) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tieout.machine.patterns import lazily
from tieout.numbers import CURRENCIES, PERCENT, POINT, PURE, Quantity, units
from tieout.numerals.beside import as_beside, is_beside_hundred
from tieout.numerals.cldr import MINUSES
from tieout.numerals.context import NOTHING, Context, heading_unit, name_before
from tieout.numerals.fitting import conversion, needs_unit, numerator
from tieout.numerals.locales import GAP, LETTERS, MULTIPLE, POINTS, SPACES, places, words
from tieout.numerals.reading import Reader, readings
from tieout.numerals.saidonce import is_of_hundred
from tieout.numerals.shown import NOUN, NOWHERE, TIME, Shown

_REACH = 80
_ACID = "pH_value"
_SIGN = rf"(?:(?<![\w)%\]])[+{MINUSES}])"
_RATE = lazily(
    r"\b(?:per|each|every|apiece|average|capita|a head|for one|rate|density|hourly|daily|weekly|monthly"
    r"|yearly|annual(?:ly)?)\b|/",
    re.IGNORECASE,
)
_WORD = lazily(r"[^\W\d_]+")
_CLOSED = lazily(
    r"\s*(?:$|[.,;:!?)|—–]|\b(?:and|or|in|of|were|are|is|was|have|had|has|with|that|which|who|by|from|to|for|at|on"
    r"|as|than)\b)",
    re.IGNORECASE,
)
# Of what a rate of a hundred may be that is no share: person-years.
_EXPOSURE = lazily(
    r"\s(?:\w+[- ](?:years?|months?|weeks?|days?|hours?)|years|months|weeks|days|hours|kilometres|km|miles)\b"
)
# Words that are units, and other things as well, after a number that counts something.
_TWOFOLD = frozenset(("second", "minute", "degree", "degrees", "yards", "feet", "foot", "mole", "times"))
# What is counted goes by several names: these can be words for the same.
_KINDS = (
    {"person", "patient", "user", "doctor", "radiologist", "physician", "nurse", "student", "household"},
    {
        "consultation",
        "case",
        "visit",
        "patient",
        "application",
        "death",
        "condition",
        "task",
        "job",
        "use_case",
    },
    {"device", "product", "system", "platform", "model", "agent", "application", "item", "use_case", "task"},
    {"hospital", "clinic", "facility", "institution", "company", "school", "platform", "bed"},
    {"country", "city", "region", "specialty"},
    {"study", "publication", "paper", "page", "item"},
)


@dataclass(frozen=True)
class Seen:
    """What a number says where it stands.

    Parameters
    ----------
    forms
        All that it can mean, each with what belongs to it.
    text
        The number with what belongs to it, for messages.
    rated
        Whether the sentence says what the number is per.
    wrong
        What it counts that its entry does not, in words; empty for nothing.
    """

    forms: tuple[Shown, ...]
    text: str
    rated: bool = False
    wrong: str = ""


def seen(text: str, quantity: Quantity, lang: str, context: Context) -> Seen:
    """Read a number with what stands around it."""
    own = readings(text, lang)
    if context == NOTHING or not own:
        return Seen(own, text.strip())
    before, after = context.clause
    if quantity.unit == _ACID and re.search(r"\bpH\b", f"{before} {after} {context.heading}"):
        own = tuple(replace(each, unit=_ACID) if each.unit is None else each for each in own)
    rated = _is_rated(quantity.unit, f"{before} {after} {context.heading}")
    if text[:1].isalpha() and own[0].qualifiers and re.search(rf"{_SIGN}$", before[-2:]):
        negated = tuple(replace(each, negative=True) for each in own)  # a sign before *about* is the number's
        return Seen(negated, f"{before[-1]}{text.strip()}", rated)
    around = _around(text, before[-_REACH:], after[:_REACH], lang)
    certain = [each for each in around if _is_certain(each, quantity)]
    headed = context.heading and not any(each.unit for each in (*own, *(wide.shown for wide in certain)))
    if headed:
        unit = heading_unit(context.heading, lang)
        below = _around(text, before[-_REACH:], unit, lang) if unit else ()
        if below and (needs_unit(quantity.unit) or _is_certain(below[0], quantity)):
            certain += [each for each in below if _is_certain(each, quantity)]
    if certain:
        most = max(each.end - each.start for each in certain)
        longest = [each for each in certain if each.end - each.start == most]
        said = longest[0].text[longest[0].start : longest[0].end].strip()
        return Seen(tuple(dict.fromkeys(each.shown for each in longest)), said, rated)
    if needs_unit(quantity.unit) and not any(each.unit for each in own):
        own = (*own, *as_beside(own, context, quantity, lang))
    if (
        quantity.unit in (PURE, PERCENT)
        and not any(each.unit for each in own)
        and (is_of_hundred(context.before) or is_beside_hundred(context))
    ):
        own = (*own, *readings(f"{text.strip()}%", lang))
    softer = [each for each in around if each.is_shared or _is_noun(each)]
    wrong = next((why for each in softer if (why := _miscounted(each, quantity))), "")
    return Seen((*own, *(each.shown for each in softer)), text.strip(), rated, wrong)


@dataclass(frozen=True)
class _Wide:
    """A reading that goes beyond the tie's own text."""

    shown: Shown
    start: int
    end: int
    text: str
    inner: tuple[int, int]
    is_shared: bool = False

    @property
    def added(self) -> str:
        """What it has beyond the tie."""
        return self.text[self.start : self.inner[0]] + self.text[self.inner[1] : self.end]


@lru_cache(maxsize=1024)
def _around(text: str, before: str, after: str, lang: str) -> tuple[_Wide, ...]:
    """Return the readings that go beyond a text; several checks ask what is said at one place."""
    return tuple(_wider(text, before, after, lang))


def _wider(text: str, before: str, after: str, lang: str) -> Iterator[_Wide]:
    known, start = words(lang), len(before)
    whole, end = before + text + after, len(before) + len(text)
    lead = re.search(rf"{_SIGN}?(?:(?<!\w)(?:{known.sign.pattern}|pH){GAP})?$", before)
    starts = [start, *([lead.start()] if lead and lead[0].strip() else [])]
    for place in places(lang):
        reader = Reader(whole, known, place, whole=True)
        for first in starts:
            for shown in reader.forms(first):
                wide = _Wide(shown, first, shown.end, whole, (start, end))
                if shown.end < end or (shown.end == end and first == start) or not _ends_well(wide):
                    continue
                if shown.is_range and shown.figures[0].end <= end <= shown.figures[1].start:
                    one = replace(shown, figures=shown.figures[:1], kind="number", form="", level=None)
                    yield replace(wide, shown=one, is_shared=True)
                elif shown.figures[-1].end <= end:
                    yield wide


def _ends_well(wide: _Wide) -> bool:
    after = wide.text[wide.end : wide.end + 2]
    if after[:1].isalnum() and not (wide.text[wide.end - 1] >= "⺀"):
        return False
    return not (after[:1] in "-‐‑" and after[1:].isalpha())


def _is_certain(wide: _Wide, quantity: Quantity) -> bool:
    """Whether what stands around the number cannot be meant otherwise."""
    shown, added = wide.shown, wide.added.strip()
    if wide.is_shared or _is_noun(wide):
        return False
    word = wide.text[slice(*shown.figures[-1].unit_at)].strip() if shown.unit else ""
    if shown.mark in (NOUN, TIME) and word != "pH" and units.noun(word) is None:
        return not isinstance(conversion(shown, quantity, rated=True), str)
    if shown.mark == MULTIPLE and added.isalpha() and quantity.unit not in (PURE, PERCENT):
        return False
    if shown.mark == POINTS and numerator(quantity.unit) not in (PERCENT, POINT):
        return False
    figure = shown.figures[-1]
    if figure.scale_at != NOWHERE and figure.scale_at[1] > wide.inner[1]:
        word = wide.text[slice(*figure.scale_at)]
        if word.strip() in LETTERS and word[:1] in SPACES:
            return False
    if added.lower() in _TWOFOLD and not needs_unit(quantity.unit):
        return False
    if re.fullmatch(r"(?:an?|each|every)\s.*", added, re.DOTALL) and shown.mark != NOUN:
        return False
    if figure.per > 1 and quantity.unit == PURE and _EXPOSURE.match(wide.text, wide.end):
        return False  # *63 per 100 person-years* need not be 0.63
    return not (shown.unit in CURRENCIES and name_before(f"{added} ", quantity))


def _is_noun(wide: _Wide) -> bool:
    """Whether it is what is counted that stands beside the number."""
    shown = wide.shown
    if shown.mark != NOUN or shown.unit is None or wide.start < wide.inner[0]:
        return False
    return numerator(shown.unit) != PURE and not needs_unit(shown.unit)


def _miscounted(wide: _Wide, quantity: Quantity) -> str:
    """Return in words what a number counts where that is nothing that its entry counts."""
    own, shown = numerator(quantity.unit), numerator(wide.shown.unit or PURE)
    if wide.is_shared or own == shown or shown in (PURE, own) or needs_unit(quantity.unit):
        return ""
    if not any(own in kind for kind in _KINDS) or not any(shown in kind for kind in _KINDS):
        return ""
    if any({own, shown} <= kind for kind in _KINDS) or not _CLOSED.match(wide.text, wide.end):
        return ""
    if not isinstance(conversion(wide.shown, quantity, rated=True), str):
        return ""
    return f"counts what is called {shown.replace('_', ' ')}, and the entry counts {own.replace('_', ' ')}"


def _is_rated(unit: str, sentence: str) -> bool:
    """Whether a sentence says what a rate is per, in whatever words."""
    _, slash, below = unit.partition(" / ")
    if not slash:
        return False
    if _RATE.search(sentence):
        return True
    wanted = {part.split(" ** ")[0] for part in below.split(" / ")}
    return any(units.noun(word) in wanted for word in _WORD.findall(sentence))
