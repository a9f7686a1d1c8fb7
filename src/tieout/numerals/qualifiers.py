"""What the words around a number claim of it, and whether that contradicts the entry."""

from __future__ import annotations

from fractions import Fraction

from tieout.numbers import Quantity, units
from tieout.numerals.fitting import conversion
from tieout.numerals.locales import APPROX, EXACT, LEAST, MOST, NEARLY, OVER, UNDER, words
from tieout.numerals.reading import readings
from tieout.numerals.shown import Shown


def qualifier(before: str, lang: str = "en") -> str | None:
    """Return what the words right before a number say of it; None where they say nothing.

    Examples
    --------
    >>> qualifier("The market was worth about "), qualifier("in more than"), qualifier("devices were")
    ('approx', 'over', None)
    """
    known = words(lang)
    found = known.last_qualifier.search(before[-40:])
    return known.meaning(found[0]) if found else None


def contradiction(
    word: str, quantity: Quantity, shown: Shown | str | None = None, lang: str = "en"
) -> str | None:
    """Return why a qualifier in words contradicts an entry; None where it does not.

    Parameters
    ----------
    word
        What `qualifier` returned.
    quantity
        The entry.
    shown
        The number that the words stand before: *over 7* is true of 7.4, and *about 8* of an exact 7.8.
    lang
        The language that it is written in.
    """
    if isinstance(shown, str):
        found = [each for each in readings(shown, lang) if not isinstance(conversion(each, quantity), str)]
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
