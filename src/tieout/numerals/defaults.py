"""Writes digits, and a quantity without an example: by its unit and its own precision."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from tieout.numbers import PERCENT, POINT, PURE, Quantity, units
from tieout.numerals.fitting import needs_unit, numerator, per
from tieout.numerals.locales import MINUS, WRITTEN_SIGNS, Locale, locale, scale_word
from tieout.numerals.nouns import unit_words
from tieout.numerals.rounding import comparing_grain, ends, finest_grain, place_of, rounded
from tieout.numerals.shown import Figure

SIGNIFICANT = 4
_EXACT_PLACES = 6
_LARGE = 10**6


def write_digits(number: Fraction, places: int, place: Locale) -> str:
    """Write a number that has no more decimals than ``places``, thousands apart as the locale does."""
    scaled = number * 10**places
    digits = str(scaled.numerator // scaled.denominator).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    if place.group and len(whole) > 3:
        head = len(whole) % 3
        groups = [whole[:head]] * bool(head) + [whole[at : at + 3] for at in range(head, len(whole), 3)]
        whole = place.group.join(groups)
    return f"{whole}{place.decimal}{part}" if part else whole


def own_places(value: Fraction, finest: Fraction | None, stated: bool) -> int:
    """Return how many decimals a value is shown with by its own precision.

    Parameters
    ----------
    value
        What is shown beside the scale word.
    finest
        The finest last digit supported, of the same size; None for any.
    stated
        Whether a source states it: then it has all the digits that the source gives.
    """
    if finest is None:
        exact = (each for each in range(_EXACT_PLACES + 1) if (value * 10**each).denominator == 1)
        places = next(exact, None)
        if places is not None:
            return places
    most = 24 if stated else max(0, SIGNIFICANT - 1 - (place_of(abs(value)) if value else 0))
    places = 0
    while places < most and (finest is None or Fraction(1, 10 ** (places + 1)) >= finest):
        places += 1
    return places


def default(quantity: Quantity, lang: str) -> str:
    """Write a quantity by its unit and own precision.

    Raises
    ------
    ValueError
        Its unit has no name in words.
    """
    name, under, place = numerator(quantity.unit), per(quantity.unit), locale(lang)
    values = ends(quantity)
    scale = _scale(quantity, name, max(abs(value) for value in values))
    if scale > 1 and scale_word(scale, lang) is None:
        scale = Decimal(1)
    count = _per(quantity)
    size = Fraction(scale) / count
    finest, stated = finest_grain(quantity), quantity.text is not None
    written = []
    for value in values:
        places = own_places(value / size, None if finest is None else finest / size, stated)
        grain = comparing_grain(Figure(0, 0, Fraction(0), places, scale=scale, per=count), finest, stated)
        written.append(write_digits(rounded(abs(value), grain) / size, places, place))
    minus = MINUS if values[0] < 0 and re.search("[1-9]", written[0]) else ""
    gap = " " if place.decimal == "." else "\u00a0"
    word = scale_word(scale, lang) if scale > 1 else None
    number = minus + "–".join(written) + (f"{gap}{word}" if word else "")
    single = written == ["1"] and word is None
    rate = f" {unit_words(PURE + under, False, count)}" if under or count > 1 else ""
    if name in units.CURRENCIES:
        sign = WRITTEN_SIGNS.get(name)
        if place.decimal == "," or sign is None:
            return f"{number}{gap}{sign or name}{rate}"
        return f"{minus}{sign}{number.removeprefix(MINUS)}{rate}"
    if name == POINT:
        return f"{number} percentage point{'' if single else 's'}{rate}"
    if name == PERCENT:
        return f"{number}{place.percent}%{rate}"
    if name == "pH_value":
        return f"pH {number}"
    if name == PURE and count > 1:
        return f"{number}{rate}"
    if count > 1 or needs_unit(quantity.unit):
        return _beside(number, unit_words(quantity.unit, single, count))
    return number


def _beside(number: str, words: str) -> str:
    return f"{number}{words}" if words == "°" else f"{number} {words}"


def _per(quantity: Quantity) -> int:
    """Return per how many a number is stated: 100,000 of *42 deaths per 100,000 people*."""
    small = Fraction(quantity.scale)
    return small.denominator if small.numerator == 1 and small < 1 else 1


def _scale(quantity: Quantity, name: str, largest: Fraction) -> Decimal:
    """Return the scale that the quantity is stated in, or one that leaves few digits of a computed one."""
    if quantity.scale >= 1000 and (quantity.text is not None or largest >= quantity.scale):
        return quantity.scale
    if quantity.text is not None or largest < _LARGE or name in (PERCENT, POINT):
        return Decimal(1)
    return next(Decimal(10) ** power for power in (12, 9, 6) if Decimal(10) ** power <= largest)
