"""What stands around a tied number and belongs to it: a sign, a currency, a scale word, its unit, a heading.

Readers read `−[12](…)` as −12 and `[2.5](…) million` as 2,500,000, so that is what is compared. What cannot
be read for certain (a noun that is a word for what is counted, say) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import product

from tieout.machine.patterns import lazily
from tieout.numbers import CURRENCIES, PERCENT, POINT, PURE, Quantity, units
from tieout.numerals.cldr import MINUSES
from tieout.numerals.fitting import conversion, needs_unit, numerator
from tieout.numerals.locales import GAP, LETTERS, MULTIPLE, POINTS, SPACES, locale, meant, places, words
from tieout.numerals.reading import Reader, readings
from tieout.numerals.saidonce import is_of_hundred, said_once
from tieout.numerals.shown import NOUN, NOWHERE, TIME, Figure, Shown
from tieout.numerals.spans import JOINT, level_after, level_before, level_of, levels_of_ties

REACH = 80
_ACID = "pH_value"
_STOP = lazily(r"(?<!\b[A-Za-z])(?<!\bvs)(?<!\bcf)(?<!\bca)(?<!\bapprox)[.;?!]\s|\n[ \t]*\n|[|\ufffc]")

_SIGN = rf"(?:(?<![\w)%\]])[+{MINUSES}])"
_RATE = lazily(
    r"\b(?:per|each|every|apiece|average|capita|a head|for one|rate|density|hourly|daily|weekly|monthly"
    r"|yearly|annual(?:ly)?)\b|/",
    re.IGNORECASE,
)
_BRACKETS = lazily(
    r"\s[(\[](?P<unit>[^()\[\]]{1,30})[)\]]\s*$"
    r"|(?:,|\bin)\s+(?P<last>[^\s,]{1,12}(?: [^\s,]{1,12})?)\s*$"
)
_RATE_BEHIND = lazily(
    r"\ufffc(?:[^.;:|\ufffc]{0,40}?[ \n/])?(?:per|every|each)"
    rf"{GAP}(?P<number>[1-9]0(?:[0-9]|[,\u00a0\u202f](?=[0-9]))*(?:{GAP}(?:thousand|million))?)"
)
_BASE = lazily(r"\b(?:per|pro|je)\s(?P<number>10{0,2}(?:[,.\u00a0\u202f]000)+|10{2,})(?![\w,.]?[0-9])")
# The step of a slope or an odds ratio: *for every 10 thousand dollars*, *each additional 5 years*.
_STEP = lazily(
    r"\b(?:(?:per|[Ee]very|[Ee]ach)\s(?:additional|further|extra|more)|[Ff]or\s(?:every|each)"
    r"|per(?=\s[$€£\d,. ]+[^\W\d_]))\s"
    r"(?P<number>(?:[$€£]\s?)?(?:1|5)0{0,2}(?:[,\u00a0\u202f]?000)*)(?![\w,.]?[0-9])"
)
_IN_FULL = {
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "mn": "million",
    "b": "billion", "B": "billion", "bn": "billion", "tn": "trillion",
}  # fmt: skip
# Between two numbers that have one unit, the second's: *9.0 in 2021 against 8.4 kWh*.
_JOINED = lazily(
    r"(?: (?:in|at|on|for|among) [\w’'-]+(?: [\w’'-]+)?)?,?"
    r" (?:and|or|to|against|versus|vs\.?|compared (?:with|to)|rather than|instead of)"
    r"(?: the| about| around| only| just)? "
)
_WORDS_BEHIND = lazily(r"\s[^\W\d_]+(?:\s[^\W\d_]+)?")
_HUNDRED = ("%", "per cent", "percent")
# What opens a bracket behind a percentage, with no more than its limits in it.
_IN_BRACKETS = lazily(r"\s?[(\[](?:\d+ ?% ?(?:CI|confidence interval)[:,]? ?)?(?:[\d.]+(?:,| to|–| –|;) ?)?")
# Between the numbers of a list, which may have the unit of the last: *by 1.8, 14.0 and 27.2 kg*.
_LISTED = lazily(r"(?:,|;|/| /|,? and|,? or| to| vs\.?)(?: by)? (?:about |around )?")
_WORD = lazily(r"[^\W\d_]+")
_CLOSED = lazily(
    r"\s*(?:$|[.,;:!?)|—–]|\b(?:and|or|in|of|were|are|is|was|have|had|has|with|that|which|who|by|from|to|for|at|on"
    r"|as|than)\b)",
    re.IGNORECASE,
)
# Words that are units, and other things as well, after a number that counts something.
# Codes of currencies that are words, or names of statistics.
NO_MONEY = lazily(r"(?:ALL|AMD|BMD|CDF|CUP|GEL|INR|IRR|MAD|PEN|SOS|TOP)\s(?:[=:]\s)?")
# Of what a rate of a hundred may be that is no share: person-years.
_EXPOSURE = lazily(
    r"\s(?:\w+[- ](?:years?|months?|weeks?|days?|hours?)|years|months|weeks|days|hours|kilometres|km|miles)\b"
)
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
class Near:
    """Another tie of the block: on which side, from where to where in the text there, bound to what."""

    side: str
    start: int
    end: int
    key: str
    text: str


@dataclass(frozen=True)
class Context:
    """What stands around a tie, in the same block.

    Parameters
    ----------
    before, after
        The text of the block up to the tie and from it on, the text of other ties included.
    heading
        The heading of the table's column that it stands in.
    near
        The other ties of the block.
    """

    before: str = ""
    after: str = ""
    heading: str = ""
    near: tuple[Near, ...] = ()

    @cached_property
    def next(self) -> Near | None:
        """The tie that comes next in the block."""
        return min(
            (each for each in self.near if each.side == "after"), key=lambda each: each.start, default=None
        )

    @cached_property
    def clause(self) -> tuple[str, str]:
        """What of the sentence stands before the number, and what after it."""
        start = max((found.end() for found in _STOP.finditer(self.before)), default=0)
        end = _STOP.search(self.after)
        return self.before[start:], self.after[: end.start() if end else len(self.after)]

    @cached_property
    def level(self) -> Fraction | None:
        """The level of confidence that stands beside the number, untied; None for none, or for two ties."""
        behind = level_after(self.after)
        if behind and (self.next is None or self.next.start >= behind.end()):
            return level_of(behind)
        found = level_before(self.before)
        joint = JOINT.match(self.after)
        if found is None or (joint and self.next is not None and self.next.start == joint.end()):
            return None
        tied = any(each.side == "before" and each.start <= found.start() < each.end for each in self.near)
        return None if tied else level_of(found)


NOTHING = Context()


def name_before(text: str, quantity: Quantity) -> str:
    """Return the statistic that a text begins with, where its name is a currency's code too: *IRR 1.30*."""
    found = NO_MONEY.match(text)
    return found[0] if found and numerator(quantity.unit) not in CURRENCIES else ""


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
    around = _around(text, before[-REACH:], after[:REACH], lang)
    certain = [each for each in around if _is_certain(each, quantity)]
    headed = context.heading and not any(each.unit for each in (*own, *(wide.shown for wide in certain)))
    if headed:
        unit = heading_unit(context.heading, lang)
        below = _around(text, before[-REACH:], unit, lang) if unit else ()
        if below and (needs_unit(quantity.unit) or _is_certain(below[0], quantity)):
            certain += [each for each in below if _is_certain(each, quantity)]
    if certain:
        most = max(each.end - each.start for each in certain)
        longest = [each for each in certain if each.end - each.start == most]
        said = longest[0].text[longest[0].start : longest[0].end].strip()
        return Seen(tuple(dict.fromkeys(each.shown for each in longest)), said, rated)
    if needs_unit(quantity.unit) and not any(each.unit for each in own):
        own = (*own, *_as_beside(own, context, quantity, lang))
    if (
        quantity.unit == PURE
        and not any(each.unit for each in own)
        and (is_of_hundred(context.before) or _is_beside_hundred(context))
    ):
        own = (*own, *readings(f"{text.strip()}%", lang))
    softer = [each for each in around if each.is_shared or _is_noun(each)]
    wrong = next((why for each in softer if (why := _miscounted(each, quantity))), "")
    return Seen((*own, *(each.shown for each in softer)), text.strip(), rated, wrong)


def _as_beside(own: tuple[Shown, ...], context: Context, quantity: Quantity, lang: str) -> Iterator[Shown]:
    """Give a bare number in the unit of one beside it: *$42.2 million, against 41.7*, *9.0 or 8.4 kg*."""
    if context.next is not None and _JOINED.fullmatch(context.after[: context.next.start]):
        yield from _in_unit_of(_with_unit(context.next, lang), own, quantity)
    for unit in said_once(context.before, context.clause[1]):
        told = [each.figures[-1] for each in readings(f"2 {unit}", lang) if each.unit]
        yield from _in_unit_of(told, own, quantity)
    at = 0
    for other in sorted((each for each in context.near if each.side == "after"), key=lambda each: each.start):
        if not _LISTED.fullmatch(context.after[at : other.start]):
            break
        yield from _in_unit_of(_with_unit(other, lang), own, quantity)
        at = other.end
    begins = len(context.before) - len(context.clause[0])
    near = [each for each in context.near if each.side == "before" and each.start >= begins]
    for other in sorted(near, key=lambda each: -each.start):
        if told := _with_unit(other, lang) or _unit_behind(other, context.before, lang):
            yield from _in_unit_of(told, own, quantity)
            return


def _with_unit(other: Near, lang: str) -> list[Figure]:
    return [each.figures[-1] for each in readings(other.text, lang) if each.unit]


def _unit_behind(other: Near, text: str, lang: str) -> list[Figure]:
    """Return a number with the unit that stands right behind its tie: *[13.6](…) points on desktops*."""
    found = _WORDS_BEHIND.match(text, other.end)
    words = found[0].split() if found else []
    forms = (
        readings(f"{other.text} {' '.join(words[:size])}", lang) for size in (2, 1) if len(words) >= size
    )
    return [each.figures[-1] for shown in forms for each in shown if each.unit]


def _is_beside_hundred(context: Context) -> bool:
    """Whether a bare number is a percentage, by those beside: *41 and 35%*, *41% (95% CI 34 to 48)*."""
    near = context.next
    if near and near.text.endswith(_HUNDRED) and _LISTED.fullmatch(context.after[: near.start]):
        return True
    ahead = [each for each in context.near if each.side == "before" and each.text.endswith(_HUNDRED)]
    last = max(ahead, key=lambda each: each.end, default=None)
    return last is not None and _IN_BRACKETS.fullmatch(context.before[last.end :]) is not None


def _in_unit_of(told: list[Figure], own: tuple[Shown, ...], quantity: Quantity) -> Iterator[Shown]:
    if quantity.unit != POINT and any(figure.unit in (PERCENT, POINT) for figure in told):
        return  # *30% and 28* is unclear
    for figure, shown in product(told, own):
        unit, mark, scale = figure.unit, figure.mark, figure.scale
        figures = tuple(
            replace(each, unit=unit, mark=mark, scale=scale if shown.scale == 1 else each.scale)
            for each in shown.figures
        )
        wide = replace(shown, figures=figures, unit=unit, mark=mark)
        if not isinstance(conversion(wide, quantity), str):
            yield wide  # *492.0 thousand euros, 127.1 thousand more*


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


def attached(text: str, lang: str = "en") -> tuple[tuple[int, int], ...]:
    """Return where the number of a rate stands behind a tie: the 100,000 of *￼ per 100,000*.

    It is a part of the tie's unit, and compared as that. So is the level of confidence before a tie: the
    95% of *95% CI ￼*.
    """
    found = list(levels_of_ties(text))
    for rate in _RATE_BEHIND.finditer(text):
        reader = Reader("2" + rate[0][1:], words(lang), locale(lang), whole=True)
        end = max((shown.end for shown in reader.forms(0) if shown.figures[0].per > 1), default=0)
        if end >= rate.end("number") - rate.start():
            found.append(rate.span("number"))
    return tuple(found)


def bases(text: str) -> tuple[tuple[int, int], ...]:
    """Return where running text says for how many a rate or a slope is stated.

    The 100,000 of *crimes per 100,000*, and the 10 of *for every 10 thousand dollars*.
    """
    return tuple(base.span("number") for pattern in (_BASE, _STEP) for base in pattern.finditer(text))


def corner(heading: str, first: str, row: str) -> str:
    """Return what heads the rows of a table where it says what all its cells are; empty where it does not.

    Above columns that are years, and rows that are no numbers, it is no heading of the rows alone.

    Examples
    --------
    >>> corner("2024", "Share of generation (%)", "Wind"), corner("Plots", "Nitrogen (kg/ha)", "low")
    ('Share of generation (%)', '')
    """
    is_year = re.fullmatch(r"(?:19|20)\d\d(?:[/–-]\d\d)?", heading.strip()) is not None
    return first if is_year and not any(map(str.isdigit, row)) else ""


def heading_unit(heading: str, lang: str = "en") -> str:
    """Return what to write behind a number for the unit that its column's heading names; empty for none.

    Examples
    --------
    >>> heading_unit("Body mass (g)"), heading_unit("Market, $ billion"), heading_unit("Hospitals (all)")
    (' g', ' billion USD', '')
    """
    heading = heading.replace("\\", "")  # *(\\$m)*, as Markdown has it
    found = _BRACKETS.search(heading.strip())
    named = (found["unit"] or found["last"] or "").strip() if found else ""
    if not named and heading.strip() in ("%", "‰", "°C", "°F"):
        named = heading.strip()
    known = words(lang)
    money = known.money.match(named)
    scaled = re.fullmatch(rf"{GAP}(?P<scale>{known.scale.pattern})", named[money.end() :]) if money else None
    if money and (scaled or money.end() == len(named)):
        code = meant(known.currencies, money[0])[0]
        named = f"{_IN_FULL.get(scaled['scale'], scaled['scale'])} {code}" if scaled else code
    for form in (f" {named}", named):
        for shown in readings(f"2{form}", lang) if named else ():
            if shown.unit is not None or shown.scale != 1:
                return form
    return ""
