"""Writes digits, and a quantity without an example: by its unit and its own precision."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from tieout.numbers import CURRENCIES, PERCENT, POINT, PURE, Quantity
from tieout.numerals.cldr import Locale, currency_sign
from tieout.numerals.fitting import needs_unit, numerator, per
from tieout.numerals.hedging import opened
from tieout.numerals.locales import LEAST, locale, scale_word, written_scales
from tieout.numerals.nouns import unit_words
from tieout.numerals.rounding import comparing_grain, ends, finest_grain, place_of, rounded
from tieout.numerals.shown import Figure
from tieout.numerals.spread import bounded, is_open, needs_range, range_ends, range_grain
from tieout.numerals.words import LOWERED

SIGNIFICANT = 4
_EXACT_PLACES = 6
_LARGE = 10**6
# From where digits in full are zeros that nobody counts: 0.0001 is written out, 0.00001 is not.
_TINY, _HUGE = Fraction(1, 10**4), Fraction(10**15)


def write_digits(number: Fraction, places: int, place: Locale) -> str:
    """Write a number that has no more decimals than ``places``, thousands apart as the locale does."""
    scaled = number * 10**places
    digits = str(scaled.numerator // scaled.denominator).rjust(places + 1, "0")
    whole, part = (digits[:-places], digits[-places:]) if places else (digits, "")
    last, others = place.sizes
    if place.group and len(whole) > last:
        head = (len(whole) - last) % others
        starts = range(head, len(whole) - last, others)
        groups = [whole[:head]] * bool(head) + [whole[at : at + others] for at in starts] + [whole[-last:]]
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
    """Write a quantity by its unit and own precision, and as open as it is.

    Raises
    ------
    ValueError
        Its unit has no name in words.
    """
    if is_open(quantity):
        return _open(quantity, lang)
    return _written(quantity, ends(quantity), finest_grain(quantity), lang)


def _open(quantity: Quantity, lang: str) -> str:
    """Write a number whose readers have to see how open it is: as a range, with a bound, or with a hedge."""
    spread = range_ends(quantity)
    if spread and needs_range(quantity):
        return _written(quantity, spread, range_grain(quantity), lang)
    bound = bounded(quantity)
    end = quantity.interval.low if bound == LEAST else quantity.interval.high if bound else None
    values = ends(quantity) if end is None else (_toward(Fraction(end), finest_grain(quantity), bound),)
    return opened(_written(quantity, values, finest_grain(quantity), lang), quantity, lang)


def _toward(end: Fraction, finest: Fraction | None, bound: str) -> Fraction:
    """Round an end outward: what is at least 1.97 is at least 1.9, and not 2.0."""
    if finest is None:
        return end
    if end:  # no finer than it will be written
        finest = max(finest, Fraction(10) ** (place_of(abs(end)) - SIGNIFICANT + 1))
    return (floor if bound == LEAST else ceil)(end / finest) * finest


def _written(quantity: Quantity, values: tuple[Fraction, ...], finest: Fraction | None, lang: str) -> str:
    name, under, place = numerator(quantity.unit), per(quantity.unit), locale(lang)
    scale = _scale(quantity, name, max(abs(value) for value in values), lang)
    count = _per(quantity)
    stated = quantity.text is not None
    largest = max(abs(value) for value in values) * count
    if not stated and largest >= scale * _LARGE > _LARGE:
        scale = Decimal(1)  # no *100,000,000 trillion*
    power = 0 if stated else _power(largest / Fraction(scale), finest, count, scale)
    size = Fraction(scale) * Fraction(10) ** power / count
    written, figures = [], []
    for value in values:
        places = own_places(value / size, None if finest is None else finest / size, stated)
        figure = Figure(0, 0, Fraction(0), places, scale=scale, per=count, exponent=power)
        grain = comparing_grain(figure, finest, stated)
        figures.append(Figure(0, 0, rounded(abs(value), grain) / size, places))
        written.append(write_digits(figures[-1].number, places, place))
    minus = place.minus if values[0] < 0 and re.search("[1-9]", written[0]) else ""
    single = written == ["1"] and scale == 1 and not power
    written = [text.translate(place.own_digits) for text in written]
    word = scale_word(scale, lang, figures[-1].count) if scale > 1 else ""
    if power:
        written = [f"{text} × 10{str(power).translate(LOWERED)}" for text in written]
    number = "–".join(written) + (word or "")
    rate = f" {unit_words(PURE + under, False, count)}" if under or count > 1 else ""
    if name in CURRENCIES:
        sign = currency_sign(lang, name)
        if place.money_first and (place.money or sign != name):
            return f"{minus}{sign}{place.money}{number}{rate}"
        gap = place.money or (" " if sign[0].isalpha() else "")
        return f"{minus}{number}{gap}{sign}{rate}"
    if name == PERCENT:
        return f"{minus}{place.percent[0]}{number}{place.percent[1]}{rate}"
    number = minus + number
    if name == POINT:
        return f"{number} percentage point{'' if single else 's'}{rate}"
    if name == "pH_value":
        return f"pH {number}"
    if name == PURE and count > 1:
        return f"{number}{rate}"
    if count > 1 or needs_unit(quantity.unit):
        return _beside(number, unit_words(quantity.unit, single, count))
    return number


def _power(value: Fraction, finest: Fraction | None, count: int, scale: Decimal) -> int:
    """Return the power of ten that stands apart in what is tiny or huge; 0 for what is written in full.

    It is that of the value as it is rounded: 9.9996 × 10⁻⁵ known to three decimals is 1.000 × 10⁻⁴.
    """
    if not value or _TINY <= value < _HUGE:
        return 0
    power = Fraction(10) ** place_of(value)
    own = None if finest is None else finest * count / Fraction(scale)
    places = own_places(value / power, None if own is None else own / power, False)
    shown = rounded(value, max(power / 10**places, own or 0))
    return place_of(shown) if shown else 0


def _beside(number: str, words: str) -> str:
    return f"{number}{words}" if words == "°" else f"{number} {words}"


def _per(quantity: Quantity) -> int:
    """Return per how many a number is stated: 100,000 of *42 deaths per 100,000 people*."""
    small = Fraction(quantity.scale)
    return small.denominator if small.numerator == 1 and small < 1 else 1


def _scale(quantity: Quantity, name: str, largest: Fraction, lang: str) -> Decimal:
    """Return the scale that the quantity is stated in, or one that leaves few digits of a computed one."""
    known = written_scales(lang)
    worded = quantity.scale in known or quantity.scale >= _LARGE
    if worded and (quantity.text is not None or largest >= quantity.scale):
        return next((scale for scale in known if scale <= quantity.scale), Decimal(1))
    if quantity.text is not None or largest < _LARGE or name in (PERCENT, POINT):
        return Decimal(1)
    return next((scale for scale in known if scale <= largest and scale > 1000), Decimal(1))
