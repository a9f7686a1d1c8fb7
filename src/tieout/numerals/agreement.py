"""Says for an author whether a displayed number agrees with its entry, and what it should be."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tieout.numbers import PERCENT, PURE, Quantity, plain
from tieout.numerals.context import NOTHING, Context, seen
from tieout.numerals.fitting import spoken
from tieout.numerals.matching import Mismatch, mismatch
from tieout.numerals.restyle import format
from tieout.numerals.shown import Figure, Shown

_SLIPS = {2: "a hundred times", 3: "a thousand times", 6: "a million times", 9: "a billion times"}


def agrees(text: str, quantity: Quantity, lang: str = "en", context: Context = NOTHING) -> str | None:
    """Return why a displayed number does not agree with a quantity; None where it does.

    Parameters
    ----------
    text
        What a reader sees: ``$2.5 billion``, ``over 162``, ``30–40%``.
    quantity
        What it is tied to.
    lang
        The language of the document.
    context
        What stands around it.

    Examples
    --------
    >>> market = Quantity.stated("market", text="2.5", unit="billion USD")
    >>> agrees("$2.5B", market) is None, agrees("$3 billion", market) is None
    (True, True)
    >>> agrees("$2.6 billion", market)
    '`$2.6 billion` should be `$2.5 billion`'
    """
    around = seen(text, quantity, lang, context)
    if not around.forms:
        return f"`{text.strip()}` is not one number; write {_expected(quantity, None, lang)}"
    if around.wrong:
        return f"`{around.text}` {around.wrong}; tie it to what the sentence says"
    differences: list[tuple[Shown, Mismatch]] = []
    for shown in around.forms:
        difference = mismatch(shown, quantity, around.rated)
        if difference is None:
            return None
        differences.append((shown, difference))
    # A reading in another unit is not what the author meant, if there is one in this.
    likely = next((pair for pair in differences if pair[1].kind != "unit"), differences[0])
    return _reason(around.text, *likely, quantity, lang)


def _reason(text: str, shown: Shown, difference: Mismatch, quantity: Quantity, lang: str) -> str:
    like = None if difference.kind == "unit" else text
    expected = _expected(quantity, like, lang)
    if difference.kind == "value":
        slip = _slip(shown, quantity)
        own = _expected(quantity, None, lang) if slip else ""
        return f"`{text}` {slip}; the entry is {own}" if slip else f"`{text}` should be {expected}"
    bounds = _bounds(quantity) if difference.kind == "digits" else ""
    return f"`{text}` {difference.why}{bounds}; write {expected}"


def _slip(shown: Shown, quantity: Quantity) -> str:
    """Return in words by which power of ten a number is off, and why that is likely; empty for none."""
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


def _expected(quantity: Quantity, like: str | None, lang: str) -> str:
    """Return a quantity as it should be shown, set as code; never as nothing of it."""
    for example in dict.fromkeys((like, None)):
        try:
            text = format(quantity, example, lang)
        except ValueError:
            continue
        if example is None or not quantity.value or re.search(r"[^\W0_]", text.partition(" ")[0]):
            return f"`{text}`"
    return f"{plain(quantity.value)} {spoken(quantity.unit)}"
