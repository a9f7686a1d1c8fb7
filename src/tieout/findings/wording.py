"""Amounts in words, for sentences about what a source states and what follows from it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from tieout.numbers import CURRENCIES, PERCENT, POINT, PURE, SCALES, WORK, Quantity

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "UAH": "₴"}
_FIRM = {"approx": "about ", "at-least": "at least ", "at-most": "at most "}
_SCALED_FROM = Decimal(10) ** 6


def said(quantity: Quantity) -> str:
    """Return a number as it was stated, or a computed one with the digits that its interval bears out.

    Examples
    --------
    >>> said(Quantity.stated("a", text="900", unit="million USD", qualifier="approx"))
    'about $900 million'
    """
    firm = "".join(word for name, word in _FIRM.items() if name in quantity.qualifier.split("+"))
    if quantity.text is None:
        return amount(quantity.value, quantity.unit, places(quantity))
    text = quantity.text.replace("-", "–" if quantity.is_range else "−")
    scale = next((word for word, size in SCALES.items() if size == quantity.scale), "")
    return firm + _with_unit(text, quantity.unit, scale)


def between(quantity: Quantity, least: int = -30) -> str:
    """Return where a number may lie: ``between 39.6% and 40.6%``.

    Parameters
    ----------
    least
        At least so many decimals, of the number in its own unit.
    """
    low, high = quantity.interval.low, quantity.interval.high
    decimals = max(places(quantity, ends=True), least)
    if quantity.interval.is_point and low is not None:
        return f"exactly {amount(low, quantity.unit, max(decimals, _own(low)))}"
    if low is None and high is None:
        return "anywhere"
    if low is None or high is None:
        end, word = (high, "at most") if low is None else (low, "at least")
        assert end is not None
        return f"{word} {amount(end, quantity.unit, max(least, _own(end)))}"
    first, second = (amount(end, quantity.unit, decimals) for end in (low, high))
    number, _, unit = first.partition(" ")
    if unit and second.partition(" ")[2].rstrip("s") == unit.rstrip("s"):
        first = number
    return f"between {first} and {second}"


def distance(value: Decimal, unit: str) -> str:
    """Return a gap with two significant digits; between percentages it is one in percentage points."""
    return amount(value, POINT if unit == PERCENT else unit, 1 - value.adjusted() if value else 0)


def amount(value: Decimal, unit: str, decimals: int) -> str:
    """Return a number with its unit, rounded half-up to so many decimals of the unit itself.

    Examples
    --------
    >>> amount(Decimal("20932890166"), "USD", -8), amount(Decimal("1.8213"), "percentage_point", 1)
    ('$20.9 billion', '1.8 percentage points')
    """
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WORK)
    scale, size = "", Decimal(1)
    for word, each in SCALES.items():
        if each >= _SCALED_FROM and abs(rounded) >= each:
            scale, size = word, each
    number = WORK.divide(rounded, size)
    shift = size.adjusted()
    text = f"{number.quantize(Decimal(1).scaleb(-max(decimals + shift, 0)), context=WORK):,f}"
    return _with_unit(text.replace("-", "−"), unit, scale)


def places(quantity: Quantity, ends: bool = False) -> int:
    """Return how many decimals an interval bears out: up to the first digit of half its width.

    Its ends have one more than its whole width, so that they show how wide it is.
    """
    width = quantity.interval.width
    if width:
        return 1 - width.adjusted() if ends else -WORK.divide(width, Decimal(2)).adjusted()
    if quantity.interval.is_point:
        return min(_own(quantity.value), 4)
    return 3 - quantity.value.adjusted()


def stated_places(quantity: Quantity) -> int:
    """Return how many decimals a number was stated with, in its unit; else what its interval bears out."""
    if quantity.text is None or quantity.is_range:
        return places(quantity)
    exponent = Decimal(quantity.text).as_tuple().exponent
    return -exponent - quantity.scale.adjusted() if isinstance(exponent, int) else 0


def unit_words(unit: str, number: str = "2") -> str:
    """Return a unit in words, for so many of it."""
    over, *under = unit.split(" / ")
    words = over.replace("_", " ")
    if number != "1":
        words = "people" if words == "person" else _plural(words)
    return " per ".join([words, *(part.replace("_", " ") for part in under)])


def _own(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def _with_unit(number: str, unit: str, scale: str) -> str:
    scaled = f"{number} {scale}" if scale else number
    if unit == PERCENT:
        return f"{scaled}%"
    if unit == POINT:
        return f"{scaled} percentage point" + ("" if number == "1" else "s")
    if unit == PURE:
        return scaled
    if unit in CURRENCIES:
        sign = _SIGNS.get(unit)
        minus, digits = ("−", scaled[1:]) if scaled.startswith("−") else ("", scaled)
        return f"{minus}{sign}{digits}" if sign else f"{scaled} {unit}"
    return f"{scaled} {unit_words(unit, scaled)}"


def _plural(words: str) -> str:
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("s", "x", "ch", "sh")) else "s")
