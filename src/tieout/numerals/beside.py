"""A bare number in the unit of those beside it: *$42.2 million, against 41.7*, *by 1.8 and 27.2 kg*."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, POINT, Quantity
from tieout.numerals.context import Context, Near
from tieout.numerals.fitting import conversion
from tieout.numerals.reading import readings
from tieout.numerals.saidonce import said_once
from tieout.numerals.shown import Figure, Shown

# Between two numbers that have one unit, the second's: *9.0 in 2021 against 8.4 kWh*.
_JOINED = lazily(
    r"(?: (?:in|at|on|for|among) [\w’'-]+(?: [\w’'-]+)?)?,?"
    r" (?:and|or|to|against|versus|vs\.?|compared (?:with|to)|rather than|instead of)"
    r"(?: the| about| around| only| just)? "
)
_UNIT = r"[^\W\d_]+[²³]?(?:[/·][^\W\d_]+[²³]?)?"
_WORDS_BEHIND = lazily(rf"\s{_UNIT}(?:\s{_UNIT})?")
# *Half a point*, *a quarter of a tonne per hectare*
_OF_A_UNIT = lazily(r" (?:of )?an? (?P<unit>(?:percentage )?[^\W\d_]+)(?P<per> (?:per|an?) [^\W\d_]+)?")
_HUNDRED = ("%", "per cent", "percent")
# What opens a bracket behind a percentage, with no more than its limits in it.
_IN_BRACKETS = lazily(r"\s?[(\[](?:\d+ ?% ?(?:CI|confidence interval)[:,]? ?)?(?:[\d.]+(?:,| to|–| –|;) ?)?")
# Between the numbers of a list, which may have the unit of the last: *by 1.8, 14.0 and 27.2 kg*.
_LISTED = lazily(r"(?:,|;|/| /|,? and|,? or| to| vs\.?)(?: by)? (?:about |around )?")


def as_beside(own: tuple[Shown, ...], context: Context, quantity: Quantity, lang: str) -> Iterator[Shown]:
    """Give a bare number in the unit of one beside it: *$42.2 million, against 41.7*, *9.0 or 8.4 kg*."""
    if context.next is not None and _JOINED.fullmatch(context.after[: context.next.start]):
        yield from _in_unit_of(_with_unit(context.next, lang), own, quantity)
    for unit in said_once(context.before, context.clause[1]):
        told = [each.figures[-1] for each in readings(f"2 {unit}", lang) if each.unit]
        yield from _in_unit_of(told, own, quantity)
    if part := _OF_A_UNIT.match(context.after):
        fractions = tuple(shown for shown in own if all(figure.is_fraction for figure in shown.figures))
        for unit in dict.fromkeys((part["unit"], part["unit"] + (part["per"] or ""))):
            told = [each.figures[-1] for each in readings(f"2 {unit}", lang) if each.unit]
            yield from _in_unit_of(told, fractions, quantity)
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


def is_beside_hundred(context: Context) -> bool:
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
