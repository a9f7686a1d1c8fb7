"""What an author is told about a number that does not agree: what it should be, and why it may be wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tieout.numbers import PERCENT, POINT, PURE, Quantity, between, plain
from tieout.numerals.bounds import as_probability, rebound
from tieout.numerals.fitting import numerator, spoken
from tieout.numerals.hedging import hedged, opened
from tieout.numerals.infull import with_more_digits
from tieout.numerals.locales import MONEY, MULTIPLE
from tieout.numerals.matching import Mismatch, mismatch
from tieout.numerals.otherwise import otherwise
from tieout.numerals.reading import readings
from tieout.numerals.restyle import format
from tieout.numerals.shown import NOUN, TIME, Figure, Shown
from tieout.numerals.spread import needs_range
from tieout.numerals.statement import BOUNDS

_SAID = ("value", "bound", "qualifier")
_DIGITS = re.compile(r"[−-]?[\d.,]*\d")
_NUMBER_AND_UNIT = re.compile(rf"{_DIGITS.pattern}(?P<unit>\s?[^\d\s].*)")
_SLIPS = {2: "a hundred times", 3: "a thousand times", 6: "a million times", 9: "a billion times"}


def reason(text: str, shown: Shown, difference: Mismatch, quantity: Quantity, lang: str) -> str:
    """Return in words how a displayed number differs from its entry, and what to write."""
    wanted = expected(quantity, with_unit(text, quantity, lang) if difference.kind == "unit" else text, lang)
    own = expected(quantity, None, lang)
    is_worded = shown.figures[0].style != "digits"
    about = _about(text, quantity, lang) if difference.kind == "value" and is_worded else ""
    is_bound = any(word in BOUNDS for word, _ in shown.qualifiers)
    if difference.kind in _SAID and not about and (is_bound or any(map(str.isdigit, wanted))):
        words = otherwise(text, quantity, lang)
        if words:
            return f"`{text}` is not true, for the entry is {own}; write `{words}`"
    if difference.kind == "value" and shown.is_fixed and shown.mark == MULTIPLE:
        says = plain(Decimal(shown.figures[0].number.numerator) / shown.figures[0].number.denominator)
        return f"`{text}` says {says}, and the entry is {own}; write the number{about and f', or {about}'}"
    if text[:1] in "<>" and difference.kind in _SAID[1:] and 0 < quantity.value < 1:
        return f"`{text}` is not true, for the entry is {own}; write `{probable(text, quantity, lang)}`"
    if difference.kind == "qualifier" and is_bound:
        true = any(mismatch(each, quantity) is None for each in readings(wanted.strip("`"), lang))
        why = difference.why.rpartition(" is ")[0]
        return f"`{text}` {why} is {own}; write {wanted if true else own}"
    if difference.kind == "value":
        slipped = slip(shown, quantity)
        if slipped:
            return f"`{text}` {slipped}; the entry is {own}"
        full = "" if about else in_full(text, shown, quantity, wanted, lang)
        return f"`{text}` should be {wanted}{about and f', or {about}'}{full}"
    if difference.kind == "bare":
        wanted = wanted if needs_range(quantity) else f"`{opened(text, quantity, lang)}`"
        return f"`{text}` {difference.why}: it is {between(quantity)}; write {wanted}"
    bounds = _bounds(quantity) if difference.kind == "digits" else ""
    recorded = difference.kind == "unit" and quantity.unit == PURE and quantity.kind == "computed"
    unit = f', or record it with unit="{shown.unit}"' if recorded and shown.mark in (NOUN, TIME) else ""
    return f"`{text}` {difference.why}{bounds}; write {wanted}{unit}"


def in_full(text: str, shown: Shown, quantity: Quantity, wanted: str, lang: str) -> str:
    """Return in words what the value is beyond the digits of what a number should be; empty for nothing."""
    said, is_near = with_more_digits(text, shown, quantity, lang)
    if said:
        return f", for the value is {said}{' and is rounded once' if is_near else ''}"
    own = expected(quantity, None, lang)
    is_coarser = quantity.kind != "computed" and len(_figures(own)) > len(_figures(wanted))
    return f", for the entry is {own.strip('`')}" if is_coarser else ""


def _figures(text: str) -> str:
    return re.sub(r"\D", "", text).strip("0")


def _about(text: str, quantity: Quantity, lang: str) -> str:
    """Return a number in words with a hedge that makes it true, set as code; empty where none does."""
    said = hedged(text, lang)
    return f"`{said}`" if any(mismatch(each, quantity) is None for each in readings(said, lang)) else ""


def slip(shown: Shown, quantity: Quantity) -> str:
    """Return in words by which power of ten a number is off, and why that is likely; empty for none."""
    # A bound is true of much: *up to 5,200%* of 52.6%.
    shown = replace(shown, qualifiers=tuple(each for each in shown.qualifiers if each[0] not in BOUNDS))
    for power, times in _SLIPS.items():
        for sign, way in ((power, "too large"), (-power, "too small")):
            size = Fraction(10) ** sign
            moved = replace(shown, figures=tuple(_moved(each, size) for each in shown.figures))
            found = mismatch(moved, quantity)
            if found is None or found.kind == "digits":
                share = power == 2 and quantity.unit in (PERCENT, PURE)
                why = (
                    "a share stored as per cent, or the other way round" if share else "a wrong unit or scale"
                )
                return f"is {times} {way}: {why}"
    return ""


def is_swapped(shown: Shown, difference: Mismatch, quantity: Quantity) -> bool:
    """Whether a number is that of an entry and has another unit of its kind: *29.1 months* of 29.1 years."""
    if difference.kind != "value" or shown.unit is None or shown.unit == quantity.unit or shown.mark == MONEY:
        return False
    if numerator(shown.unit) in (PERCENT, POINT, PURE):
        return False
    figures = tuple(replace(each, unit=quantity.unit) for each in shown.figures)
    own = mismatch(replace(shown, unit=quantity.unit, figures=figures), quantity)
    return own is None or own.kind in ("digits", "bare")


def _moved(figure: Figure, size: Fraction) -> Figure:
    """Return a number of another size with the same digits."""
    scale = Decimal(figure.scale) / Decimal(size.numerator) * Decimal(size.denominator)
    return replace(figure, scale=scale)


def _bounds(quantity: Quantity) -> str:
    low, high = quantity.interval.low, quantity.interval.high
    if quantity.text is not None or low is None or high is None:
        return ""
    size = quantity.scale
    return f", which lies between {plain(low / size)} and {plain(high / size)}"


def expected(quantity: Quantity, like: str | None, lang: str) -> str:
    """Return a quantity as it should be shown, set as code; never as nothing of it."""
    for example in dict.fromkeys((like, None)):
        try:
            text = format(quantity, example, lang)
        except ValueError:
            continue
        if example is None or not quantity.value or re.search(r"[^\W0_]", text.partition(" ")[0]):
            return f"`{text}`"
    return f"{plain(quantity.value)} {spoken(quantity.unit)}"


def with_unit(text: str, quantity: Quantity, lang: str = "en") -> str | None:
    """Return bare digits with the unit that an entry is shown with behind them; None where there is none.

    Examples
    --------
    >>> with_unit("9.0", Quantity.computed(Decimal("8.982"), "kilowatt_hour"))
    '9.0 kWh'
    """
    found = _NUMBER_AND_UNIT.fullmatch(expected(quantity, None, lang).strip("`"))
    return f"{text.strip()}{found['unit']}" if found and _DIGITS.fullmatch(text.strip()) else None


def probable(text: str, quantity: Quantity, lang: str = "en") -> str:
    """Return a p-value with its sign as close to a text as is true: ``< 0.001`` for ``> 0.001``.

    Examples
    --------
    >>> probable("> 0.001", Quantity.computed(Decimal("4e-99")))
    '< 0.001'
    >>> probable("< .05", Quantity.computed(Decimal("0.6")))
    '= .60'
    """
    found = as_probability(text, quantity, lang) or rebound(text, quantity, lang)
    written = found or expected(quantity, text, lang).strip("`")
    return written if written[:1] in "<>=≤≥" else f"= {written}"
