"""What stands around a tied number: text, other ties, a heading; and what there is a part of a unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from tieout.machine.patterns import lazily
from tieout.numbers import CURRENCIES, Quantity
from tieout.numerals.fitting import numerator
from tieout.numerals.locales import GAP, locale, meant, words
from tieout.numerals.reading import Reader, readings
from tieout.numerals.spans import JOINT, level_after, level_before, level_of, levels_of_ties

_STOP = lazily(r"(?<!\b[A-Za-z])(?<!\bvs)(?<!\bcf)(?<!\bca)(?<!\bapprox)[.;?!]\s|\n[ \t]*\n|[|\ufffc]")

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
# Codes of currencies that are words, or names of statistics.
NO_MONEY = lazily(r"(?:ALL|AMD|BMD|CDF|CUP|GEL|INR|IRR|MAD|PEN|SOS|TOP)\s(?:[=:]\s)?")


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
