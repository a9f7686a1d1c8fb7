"""Decides whether a displayed number agrees with a quantity, and says in words why it does not.

Everything is computed exactly. A number shown with d decimals at scale s agrees when the raw value, rounded
half up to that many decimals, gives the digits; more digits than the quantity supports are an error of their own.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor

from tieout import units
from tieout.numberparse import NOUN, TIME, Figure, Shown, readings
from tieout.numberwords import (
    APPROX,
    EXACT,
    LEAST,
    MARK_UNITS,
    MONEY,
    MOST,
    MULTIPLE,
    NEARLY,
    OVER,
    POINTS,
    SHARE,
    UNDER,
    words,
)
from tieout.quantity import Quantity
from tieout.units import PERCENT, POINT, PURE, UnitMismatch

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
    )
)
_NAMED_PARTS = (2, 3, 4, 5, 6, 8, 10)
OPEN_DIGITS = 4


def agrees(text: str, quantity: Quantity, lang: str = "en") -> str | None:
    """Return why a displayed number does not agree with a quantity; None where it does.

    Parameters
    ----------
    text
        What a reader sees: ``$2.5 billion``, ``over 162``, ``30–40%``.
    quantity
        What it is tied to.
    lang
        The language of the document.

    Examples
    --------
    >>> market = Quantity.stated("market", text="2.5", unit="billion USD")
    >>> agrees("$2.5B", market) is None, agrees("$3 billion", market) is None
    (True, True)
    >>> agrees("$2.6 billion", market)
    '`$2.6 billion` should be `$2.5 billion`'
    """
    found = readings(text, lang)
    if not found:
        return f"`{text.strip()}` is not one number; the entry is {expected(quantity, None, lang)}"
    reasons = []
    for shown in found:
        reason = disagreement(shown, quantity, lang)
        if reason is None:
            return None
        reasons.append(reason)
    return reasons[0]


def disagreement(shown: Shown, quantity: Quantity, lang: str = "en") -> str | None:
    """Return why one reading of a displayed number does not agree with a quantity; None where it does."""
    text = shown.text
    factor = conversion(shown, quantity)
    if isinstance(factor, str):
        return f"`{text}` {factor}; write {expected(quantity, None, lang)}"
    if shown.is_range != quantity.is_range:
        what = (
            "one number, and the entry is a range"
            if quantity.is_range
            else "a range, and the entry is one number"
        )
        return f"`{text}` is {what}: {expected(quantity, None, lang)}"
    finest = finest_grain(quantity)
    finest = finest * factor if finest is not None else None
    for figure, shown_value, value in zip(shown.figures, shown.ends, ends(quantity), strict=True):
        wanted = value * factor
        if too_fine(figure, finest, quantity.text is not None):
            return (
                f"`{text}` shows more digits than the entry has{_bounds(quantity)}: "
                f"{expected(quantity, text, lang)}"
            )
        if not _same(figure, shown_value, wanted, finest, shown, quantity, factor):
            return f"`{text}` should be {expected(quantity, text, lang)}"
    for word, _ in shown.qualifiers:
        reason = contradiction(word, quantity, shown)
        if reason:
            return f"`{text}` {reason}"
    return None


def _same(
    figure: Figure, shown_value: Fraction, wanted: Fraction, finest: Fraction | None, shown: Shown, quantity: Quantity,
    factor: Fraction,
) -> bool:  # fmt: skip
    if figure.is_fraction and figure.number.denominator > 1:
        hedged = any(word in (APPROX, NEARLY) for word, _ in shown.qualifiers)
        return _same_part(figure, shown_value, wanted, quantity, factor, hedged)
    if figure.style in ("ordinal", "nth"):
        return shown_value == wanted
    return shown_value == rounded(wanted, comparing_grain(figure, finest, quantity.text is not None))


def _same_part(
    figure: Figure,
    shown_value: Fraction,
    wanted: Fraction,
    quantity: Quantity,
    factor: Fraction,
    hedged: bool,
) -> bool:
    """Whether a fraction names a value: it lies where the value may lie, or is the nearest that people name."""
    if nearest_part(wanted / figure.size, figure.number.denominator) * figure.size != shown_value:
        return False
    low, high = quantity.interval.low, quantity.interval.high
    if low is None or high is None:
        return hedged or shown_value == wanted
    return hedged or Fraction(low) * factor <= shown_value <= Fraction(high) * factor


def nearest_part(value: Fraction, below: int) -> Fraction:
    """Return the nearest of the fractions that people name, ``below`` among their denominators."""
    whole = floor(value)
    part = value - whole
    named = {Fraction(top, each) for each in {*_NAMED_PARTS, below} for top in range(each + 1)}
    return whole + min(named, key=lambda each: (abs(each - part), each.denominator))


def ends(quantity: Quantity) -> tuple[Fraction, ...]:
    """Return the value that is shown, or both ends of a range, in the quantity's unit."""
    low, high = quantity.interval.low, quantity.interval.high
    if quantity.is_range and low is not None and high is not None:
        return Fraction(low), Fraction(high)
    return (Fraction(quantity.value),)


def rounded(value: Fraction, grain: Fraction) -> Fraction:
    """Round half up, away from zero, to a multiple of ``grain``."""
    steps = floor(abs(value) / grain + Fraction(1, 2)) * grain
    return -steps if value < 0 else steps


def power_below(value: Fraction) -> Fraction:
    """Return the place of the leading digit of a number above zero, as a power of ten."""
    place = len(str(value.numerator)) - len(str(value.denominator))
    while Fraction(10) ** place > value:
        place -= 1
    while Fraction(10) ** (place + 1) <= value:
        place += 1
    return Fraction(10) ** place


def finest_grain(quantity: Quantity) -> Fraction | None:
    """Return the finest last digit that a quantity supports, in its unit; None where any is fine.

    A stated number supports the digits it was stated with. A derived one supports the leading digit of half
    its interval's width; with an open end, at most four significant digits.
    """
    if quantity.text is not None:
        last = min(_exponent(part) for part in quantity.text.replace("–", "-").lstrip("+-").split("-"))
        return Fraction(10) ** last * Fraction(quantity.scale)
    interval = quantity.interval
    if interval.is_point:
        return None
    if interval.low is not None and interval.high is not None:
        return power_below((Fraction(interval.high) - Fraction(interval.low)) / 2)
    if not quantity.value:
        return None
    leading = power_below(abs(Fraction(quantity.value))) / 10 ** (OPEN_DIGITS - 1)
    own = Fraction(10) ** _exponent(f"{quantity.value.normalize():f}")
    return max(leading, own)


def _exponent(digits: str) -> int:
    exponent = Decimal(digits.strip()).as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def too_fine(figure: Figure, finest: Fraction | None, stated: bool) -> bool:
    """Whether a number shows more digits than are supported."""
    if finest is None or figure.is_fraction or figure.style in ("ordinal", "nth"):
        return False
    if figure.decimals or figure.exponent:
        return figure.grain < finest
    # Whole numbers end in zeros that need not be digits: 2,500,000,000 says no more than 2.5 billion.
    return not stated and figure.grain < finest and figure.value % _ten(finest, figure.grain) != 0


def comparing_grain(figure: Figure, finest: Fraction | None, stated: bool) -> Fraction:
    """Return to which multiple the value is rounded before it is compared with a number."""
    if finest is not None and not stated and not figure.decimals and not figure.exponent:
        return _ten(finest, figure.grain)
    return figure.grain


def _ten(finest: Fraction, grain: Fraction) -> Fraction:
    """Return the finest power of ten of a grain that is no finer than supported."""
    place = grain
    while place < finest:
        place *= 10
    return place


def _bounds(quantity: Quantity) -> str:
    low, high = quantity.interval.low, quantity.interval.high
    if quantity.text is not None or low is None or high is None:
        return ""
    from tieout.quantity import plain

    scale = quantity.scale
    return f" (it lies between {plain(low / scale)} and {plain(high / scale)})"


def expected(quantity: Quantity, like: str | None, lang: str) -> str:
    """Return a quantity as it should be shown, marked as code, for a message."""
    from tieout.numberformat import format

    for example in (like, None):
        try:
            return f"`{format(quantity, example, lang)}`"
        except ValueError:
            continue
    return f"{quantity.value:f} {units.spoken(quantity.unit)}"


# Units


def conversion(shown: Shown, quantity: Quantity) -> Fraction | str:
    """Return by what to multiply a quantity to have it in the unit shown, or why it has no such unit."""
    own, mark = quantity.unit, shown.mark
    if shown.unit is None:
        if all(figure.is_fraction for figure in shown.figures) and own == PERCENT:
            return units.factor(own, PURE)
        if own == PURE or not needs_unit(own):
            return Fraction(1)
        return f"has no unit, and the entry is in {spoken(own)}"
    if mark == SHARE:
        if own == POINT:
            return "is a percentage, and the entry is in percentage points"
        if own == PERCENT or PERCENT in own or own == PURE:
            return _factor(own, PERCENT, shown)
        return f"is a percentage, and the entry is in {spoken(own)}"
    if mark == POINTS:
        return (
            Fraction(1)
            if own in (POINT, PERCENT)
            else f"is in percentage points, and the entry is in {spoken(own)}"
        )
    if mark == MULTIPLE:
        if own in (PURE, PERCENT):
            return units.factor(own, PURE)
        return f"is a multiple, and the entry is in {spoken(own)}"
    return _factor(own, shown.unit, shown)


def _factor(own: str, target: str, shown: Shown) -> Fraction | str:
    for name in dict.fromkeys((own, numerator(own))):
        try:
            if name in (POINT, PERCENT) and target not in (POINT, PERCENT):
                continue
            return units.factor(name, target)
        except UnitMismatch:
            continue
    return f"is in {spoken(target)}, and the entry is in {spoken(own)}"


def numerator(unit: str) -> str:
    """Return what a rate counts: ``consultation`` of ``consultation / day``."""
    return unit.split(" / ", 1)[0].strip() or PURE


def needs_unit(unit: str) -> bool:
    """Whether a bare number does not say what it is: money, time and other measures, percentages."""
    name = numerator(unit)
    if name == PURE:
        return False
    _, dimensions = units.root(name)
    if not dimensions:
        return True
    return any(
        dimension in _BASE or dimension.startswith("[currency")
        for dimension, power in dimensions
        if power > 0
    ) or all(power < 0 for _, power in dimensions)


def spoken(unit: str) -> str:
    """Name a unit in a message."""
    return "percentage points" if unit == POINT else units.spoken(unit).replace("_", " ")


# Qualifiers


def qualifier(before: str, lang: str = "en") -> str | None:
    """Return what the words right before a number say of it; None where they say nothing.

    Examples
    --------
    >>> qualifier("The market was worth about "), qualifier("in more than"), qualifier("devices were")
    ('approx', 'over', None)
    """
    known = words(lang)
    found = known.last_qualifier.search(before[-40:])
    if not found:
        return None
    plain = " ".join(found[0].lower().split())
    return next((kind for word, kind in known.qualifiers.items() if word.lower() == plain), None)


def contradiction(word: str, quantity: Quantity, shown: Shown | str | None = None) -> str | None:
    """Return why a qualifier in words contradicts an entry; None where it does not.

    Parameters
    ----------
    word
        What `qualifier` returned.
    quantity
        The entry.
    shown
        The number that the words stand before: *over 7* is true of 7.4, and *about 8* of an exact 7.8.
    """
    if isinstance(shown, str):
        found = [each for each in readings(shown) if not isinstance(conversion(each, quantity), str)]
        shown = found[0] if found else None
    own = set(quantity.qualifier.split("+"))
    low, high = quantity.interval.low, quantity.interval.high
    value, least, most, same = _compared(quantity, shown)
    said = quantity.qualifier.replace("+", ", ")
    if word == EXACT and not (quantity.interval.is_point and own.isdisjoint(("approx", "projected"))):
        return f"says exactly, and the entry is {said}"
    if word in (APPROX, NEARLY) and quantity.interval.is_point and same and not quantity.is_range:
        return "says about, and the entry is exact"
    if word == NEARLY and ("at-least" in own or (low is not None and value is not None and least > value)):
        return "says nearly, and the entry is no less than that"
    if word in (OVER, LEAST) and "at-least" not in own:
        true = low is not None and value is not None and least > value
        if not true and not (word == OVER and _is_time(quantity)):
            return f"says {'over' if word == OVER else 'at least'}, and the entry is {said}"
    if word in (UNDER, MOST) and "at-most" not in own:
        true = high is not None and value is not None and most < value
        if not true:
            return f"says {'under' if word == UNDER else 'up to'}, and the entry is {said}"
    return None


def _compared(quantity: Quantity, shown: Shown | None) -> tuple[Fraction | None, Fraction, Fraction, bool]:
    """Return what is shown in the entry's unit, the entry's ends, and whether it shows the very value."""
    low, high = quantity.interval.low, quantity.interval.high
    least, most = Fraction(low or 0), Fraction(high or 0)
    if shown is None:
        return None, least, most, True
    factor = conversion(shown, quantity)
    if isinstance(factor, str):
        return None, least, most, True
    value = shown.ends[0] / factor
    return value, least, most, value == Fraction(quantity.value)


def _is_time(quantity: Quantity) -> bool:
    """*Over six years* says during them."""
    return [dimension for dimension, _ in units.root(quantity.unit)[1]] == ["[time]"]


__all__ = [
    "MARK_UNITS",
    "MONEY",
    "NOUN",
    "TIME",
    "agrees",
    "contradiction",
    "conversion",
    "disagreement",
    "ends",
    "finest_grain",
    "qualifier",
]  # fmt: skip
