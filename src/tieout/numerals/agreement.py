"""Says for an author whether a displayed number agrees with its entry, and what it should be."""

from __future__ import annotations

from tieout.numbers import Quantity, plain
from tieout.numerals.fitting import spoken
from tieout.numerals.matching import Mismatch, mismatch
from tieout.numerals.reading import readings
from tieout.numerals.restyle import format
from tieout.numerals.shown import Shown


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
        return f"`{text.strip()}` is not one number; write {_expected(quantity, None, lang)}"
    differences: list[tuple[Shown, Mismatch]] = []
    for shown in found:
        difference = mismatch(shown, quantity)
        if difference is None:
            return None
        differences.append((shown, difference))
    # A reading in another unit is not what the author meant, if there is one in this.
    likely = next((pair for pair in differences if pair[1].kind != "unit"), differences[0])
    return _reason(text.strip(), likely[1], quantity, lang)


def _reason(text: str, difference: Mismatch, quantity: Quantity, lang: str) -> str:
    like = None if difference.kind == "unit" else text
    expected = _expected(quantity, like, lang)
    if difference.kind == "value":
        return f"`{text}` should be {expected}"
    bounds = _bounds(quantity) if difference.kind == "digits" else ""
    return f"`{text}` {difference.why}{bounds}; write {expected}"


def _bounds(quantity: Quantity) -> str:
    low, high = quantity.interval.low, quantity.interval.high
    if quantity.text is not None or low is None or high is None:
        return ""
    size = quantity.scale
    return f", which lies between {plain(low / size)} and {plain(high / size)}"


def _expected(quantity: Quantity, like: str | None, lang: str) -> str:
    """Return a quantity as it should be shown, set as code."""
    for example in dict.fromkeys((like, None)):
        try:
            return f"`{format(quantity, example, lang)}`"
        except ValueError:
            continue
    return f"{plain(quantity.value)} {spoken(quantity.unit)}"
