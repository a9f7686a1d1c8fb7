"""Names units as readers know them: beside a number, in a row of the data, and alone."""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import get_currency_name

from tieout import numerals
from tieout.ledger import ukrainian
from tieout.numbers import CURRENCIES, PURE, SCALES, Quantity, unit_words
from tieout.numerals import primary

MANY = Decimal(5)  # as many as take the form that follows *million* as well
SEVERAL = Decimal(2)  # as many as take the form of a name


def beside(quantity: Quantity, display: str, lang: str) -> str:
    """Return the unit of a number as it stands beside it, in the form that the number as shown asks for.

    Examples
    --------
    >>> beside(Quantity.stated("a", text="1", unit="product / device", qualifier="exact"), "1", "en")
    'product per device'
    >>> beside(Quantity.stated("a", text="6666", unit="person / radiologist"), "приблизно 6700", "uk")
    'осіб на рентгенолога'
    """
    count = quantity.value
    shown = numerals.parse(display, lang)
    if shown is not None and shown.figures:
        last = shown.figures[-1]
        count = MANY if last.scale != 1 else Decimal(last.number.numerator) / last.number.denominator
    if primary(lang) == "uk":
        return ukrainian.unit_in(quantity.unit, count)
    return unit_words(quantity.unit, "1" if count == 1 else "2")


def named(unit: str, lang: str, scale: str = "") -> str:
    """Return what a unit is called by itself, or after a scale word; empty where it has no name.

    Parameters
    ----------
    unit
        As the ledger has it: ``USD``, ``person / radiologist``; ``1`` for none, ``text`` for names.

    Examples
    --------
    >>> named("USD", "en", "billion"), named("person", "uk", "million"), named("use_case", "en")
    ('billion US dollars', 'млн осіб', 'use cases')
    """
    uk = primary(lang) == "uk"
    count = MANY if uk and scale else SEVERAL
    if unit == "text" or (unit == PURE and not scale):
        return ""
    if unit in CURRENCIES:
        words = get_currency_name(unit, count=int(MANY), locale="uk" if uk else "en")
    else:
        words = ukrainian.unit_in(unit, count) if uk else unit_words(unit)
    return " ".join(part for part in (ukrainian.scale_in(scale) if uk else scale, words) if part)


def of_data(unit: str, lang: str) -> str:
    """Return in words the unit of a row of the data, which may begin with a scale word: ``billion USD``."""
    scale, _, rest = unit.partition(" ")
    return named(rest, lang, scale) if scale in SCALES and rest else named(unit, lang, "")
