"""Brings a quantity to the unit that a displayed number has, or says why the two do not fit."""

from __future__ import annotations

import re
from fractions import Fraction

from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, POINT, PURE, Op, Quantity, UnitMismatch, units
from tieout.numerals.locales import MULTIPLE, POINTS, SHARE
from tieout.numerals.shown import NOUN, TIME, Shown

_BASE = frozenset(
    (
        "[length]",
        "[mass]",
        "[time]",
        "[current]",
        "[temperature]",
        "[substance]",
        "[luminosity]",
        "[printing_unit]",
        "[acidity]",
    )
)
YEAR, YEARS = "year", range(1500, 2101)  # numbers that may be those of a calendar
_SYMBOL = 3  # letters of a unit that may be a sign: *kWh*
_SCALE = lazily(r"\b(thousand|million|billion|trillion)s?\b", re.IGNORECASE)
_BELOW = lazily(r"/[^\W\d]+")  # what a unit is per: *t/ha*
_PER = lazily(r"\b(?:per|each|every|additional|hourly|daily|weekly|monthly|yearly|annual)\b|/", re.IGNORECASE)
_CALENDAR = ("day", "week", "month", "year")
# What is called a count of something that is no time: *Number of shops*.
_COUNT_OF = lazily(
    r"^(?:number|count|total) of (?!days|weeks|months|years|hours|minutes)|^n [^\W\d_]", re.IGNORECASE
)
_DIFFERENCE = "delta_"
_BARE = frozenset(("point", "points", "pt", "pts"))
_PARTS = frozenset((PERCENT, PURE, "permille", "ppm", "ppb", "basis_point"))


def in_degrees(quantity: Quantity, shown: Shown) -> Quantity:
    """Return a temperature on the scale that is shown: 37.0 °C as 98.6 °F; anything else as it is."""
    wanted = shown.unit or ""
    scales = {*units.OFFSET, "kelvin"}
    if wanted == quantity.unit or not {wanted, quantity.unit} <= scales:
        return quantity
    return quantity.to(wanted)


def conversion(shown: Shown, quantity: Quantity, rated: bool = False) -> Fraction | str:
    """Return by what to multiply a quantity to have it in the unit shown, or why it has no such unit.

    The whole unit has to fit: ``$5`` is not 5 USD per person, unless what it is per is said elsewhere in the
    sentence, which ``rated`` tells.
    """
    own, mark = in_degrees(quantity, shown).unit, shown.mark
    if shown.unit == PERCENT and mark not in (POINTS, MULTIPLE):
        mark = SHARE  # *percent* in full is a word like that of another unit
    if shown.figures[-1].per > 1 and not per(own) and numerator(own) not in _PARTS and not shown.unit:
        return f"is a rate, and the entry counts {spoken(own)}"
    if own == PURE and not shown.unit and (scale := _scale_labelled(shown, quantity.label or "")):
        return scale
    if own == PURE and mark not in (SHARE, POINTS, MULTIPLE) and _is_labelled(shown, quantity.label or ""):
        return Fraction(1)
    base, under = numerator(shown.unit or PURE), per(shown.unit or PURE)
    if own.startswith(_DIFFERENCE) and shown.unit in (*units.OFFSET, "kelvin"):
        wanted = shown.unit if shown.unit == "kelvin" else f"{_DIFFERENCE}{shown.unit}"
        return _factor(own, wanted, rated)  # a difference of temperatures is written as one
    how = quantity.formula or quantity.lineage
    if numerator(shown.unit or "") == POINT and isinstance(how, Op) and how.name == "share":
        return "is in percentage points, which are differences, and the entry is a share"
    if shown.unit is None:
        if all(figure.is_fraction for figure in shown.figures) and own == PERCENT:
            return units.factor(own, PURE)
        if own == PURE or not needs_unit(own) or (own == YEAR and _is_date(shown)):
            return Fraction(1)
        if shown.level is not None:
            return Fraction(1)  # *18.5 points (95% CI 16.2 to 20.7)*: the unit is that of the estimate
        return f"has no unit, and the entry is in {spoken(own)}"
    if base == "cent" and numerator(own) in (*units.OF_CENTS, *units.CENTS):  # of any such currency
        coin = "USD" if numerator(own) in units.OF_CENTS else base
        found = _factor(coin + per(own), shown.unit, rated)
        if isinstance(found, Fraction):
            return found
    if mark in (SHARE, POINTS, MULTIPLE) and own in (*_PARTS, POINT):
        under = ""  # a growth rate is a percentage, of whatever period
    if mark == SHARE:
        if own == POINT:
            return "is a percentage, and the entry is in percentage points"
        if numerator(own) in _PARTS:
            return _factor(own, PERCENT + under, rated)
        return f"is a percentage, and the entry is in {spoken(own)}"
    if mark == POINTS:
        if numerator(own) in (POINT, PERCENT):
            return _factor(own, numerator(own) + under, rated)
        if own == PURE and _is_bare(shown):
            return Fraction(1)  # points of a score, a scale, a game
        return f"is in percentage points, and the entry is in {spoken(own)}"
    if mark == MULTIPLE:
        if own in (PURE, PERCENT):
            return units.factor(own, PURE)
        return f"is a multiple, and the entry is in {spoken(own)}"
    if mark == NOUN and base == PURE and not needs_unit(own):
        own = PURE + per(own)  # *42 per 100,000 people*: what is counted is said elsewhere
    if own == PURE and mark == TIME and _counts_time(shown, quantity):
        return Fraction(1)
    if under and quantity.kind != "stated" and not per(own) and _is_per(shown.unit, quantity.label or ""):
        return _factor(own, base, rated)
    return _factor(own, shown.unit, rated)


def _counts_time(shown: Shown, quantity: Quantity) -> bool:
    """Whether days, weeks, months or years may be what a whole number without a unit counts: *97 days*."""
    is_count = quantity.kind == "computed" and quantity.value == int(quantity.value)
    if not is_count or _COUNT_OF.search(quantity.label or "") or shown.unit not in _CALENDAR:
        return False
    return all(figure.number.denominator == 1 and not figure.decimals for figure in shown.figures)


def _is_per(unit: str, label: str) -> bool:
    """Whether prose may say what an entry is per whose unit leaves it out: *€800 per month* of *Median rent*.

    Per a time, unless the label says per what; per another thing only where the label says per something.
    """
    _, dimensions = units.root(unit.split(" / ", 1)[1])
    is_time = [dimension for dimension, _ in dimensions] == ["[time]"]
    if _PER.search(label):
        return not is_time or unit.rsplit(" / ", 1)[1] in label.casefold()
    return is_time


def _is_date(shown: Shown) -> bool:
    """Whether a number stands as a year of the calendar does: 1935, not 1,935 nor 1935.0."""
    figure = shown.figures[0]
    plain = figure.style == "digits" and not (figure.group or figure.decimals or shown.figures[1:])
    return plain and figure.value in YEARS


def _is_labelled(shown: Shown, label: str) -> bool:
    """Whether the label of an entry without a unit has the unit: *Yield with compost, t/ha*, *Mean pH*."""
    start, end = shown.figures[-1].unit_at
    below = _BELOW.match(shown.text, end)
    word = f"{shown.text[start:end]}{below[0] if below else ''}".strip(" \u00a0\u202f-") if shown.unit else ""
    if len(word) > _SYMBOL:  # *7.4 days* of *Days absent*
        label, word = label.casefold(), word.casefold()
    return bool(word) and re.search(rf"(?<!\w){re.escape(word)}(?![\w/])", label) is not None


def _scale_labelled(shown: Shown, label: str) -> Fraction | None:
    """Return the scale that a label states, *Cost, million*, and a number is shown with: *3.05 million*."""
    said, own = _SCALE.search(shown.text), _SCALE.search(label)
    alike = said is not None and own is not None and said[1].casefold() == own[1].casefold()
    return Fraction(shown.scale) if alike else None


def _is_bare(shown: Shown) -> bool:
    """Whether points are not said to be points of percentages."""
    return shown.text[slice(*shown.figures[-1].unit_at)].strip(" \u00a0\u202f-").lower() in _BARE


def grain_in(shown: Shown, quantity: Quantity) -> Fraction | None:
    """Return how finely a form tells a number, in a quantity's unit; None where the units do not fit."""
    factor = conversion(shown, quantity)
    return None if isinstance(factor, str) else shown.figures[-1].meant / factor


def _factor(own: str, target: str, rated: bool) -> Fraction | str:
    for name in dict.fromkeys((own, numerator(own)) if rated else (own,)):
        try:
            if name in (POINT, *_PARTS) and name != PURE and target not in (POINT, *_PARTS):
                continue
            return units.factor(name, target)
        except UnitMismatch:
            continue
    return f"is in {spoken(target)}, and the entry is in {spoken(own)}"


def numerator(unit: str) -> str:
    """Return what a rate counts: ``consultation`` of ``consultation / day``."""
    return unit.split(" / ", 1)[0].strip() or PURE


def per(unit: str) -> str:
    """Return what a rate is per, as the registry writes it: `` / day``; empty for what is no rate."""
    _, slash, below = unit.partition(" / ")
    return slash + below


def needs_unit(unit: str) -> bool:
    """Whether a bare number does not say what it is: money, time and other measures, percentages."""
    name = numerator(unit)
    if name == PURE:
        return False
    _, dimensions = units.root(name)
    if not dimensions or name in units.OFFSET:
        return True
    return any(
        dimension in _BASE or dimension.startswith("[currency")
        for dimension, power in dimensions
        if power > 0
    ) or all(power < 0 for _, power in dimensions)


def spoken(unit: str) -> str:
    """Name a unit in a message."""
    if unit == POINT:
        return "percentage points"
    return units.spoken(unit).replace(" / ", " per ").replace("_", " ")
