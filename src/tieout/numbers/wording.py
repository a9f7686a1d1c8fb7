"""Amounts in words, for sentences about what a source states and what follows from it."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from tieout.numbers.interval import WORK
from tieout.numbers.quantity import Quantity
from tieout.numbers.spans import figures_of
from tieout.numbers.units import PERCENT, POINT, PURE, SCALES, counted, multiple
from tieout.numbers.vocabulary import CURRENCIES

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "UAH": "₴"}
_FIRM = {"approx": "about ", "at-least": "at least ", "at-most": "at most "}
_OUTWARD = {"at least": ROUND_FLOOR, "at most": ROUND_CEILING}
_KEPT = 20  # digits: what is wider than that says how precise a number is
_COMMON = ("million", "billion", "trillion")
_SYMBOLS = {
    "second": "s", "millisecond": "ms", "minute": "min", "hour": "h", "meter": "m", "kilometer": "km",
    "centimeter": "cm", "millimeter": "mm", "micrometer": "µm", "nanometer": "nm", "gram": "g",
    "kilogram": "kg", "milligram": "mg", "microgram": "µg", "liter": "L", "milliliter": "mL",
    "deciliter": "dL", "hectare": "ha", "byte": "B", "kilobyte": "kB", "megabyte": "MB",
    "gigabyte": "GB", "terabyte": "TB", "hertz": "Hz", "watt": "W", "kilowatt": "kW",
    "megawatt": "MW", "gigawatt": "GW", "kilowatt_hour": "kWh", "kelvin": "K",
}  # fmt: skip
_DEGREES = {
    "degree_Celsius": "°C", "degree_Fahrenheit": "°F", "delta_degree_Celsius": "Celsius degree",
    "delta_degree_Fahrenheit": "Fahrenheit degree",
}  # fmt: skip
_POWERS = {"2": "square", "3": "cubic"}
_AREA = re.compile(r"(?P<pre>square|cubic)_(?P<of>\w+)")
_SIZES = {"square": 2, "cubic": 3}


def said(quantity: Quantity) -> str:
    """Return a number as it was stated, or a computed one with the digits that its interval bears out.

    Examples
    --------
    >>> said(Quantity.stated("a", text="900", unit="million USD", qualifier="approx"))
    'about $900 million'
    """
    quantity = quantity.to(counted(quantity.unit))
    firm = "".join(word for name, word in _FIRM.items() if name in quantity.qualifier.split("+"))
    if quantity.text is None:
        return amount(quantity.value, quantity.unit, places(quantity))
    ends = [each.replace("-", "−") for each in figures_of(quantity.text)]
    text = (" to " if any("−" in each for each in ends) else "–").join(ends)
    scale = next((word for word, size in SCALES.items() if size == quantity.scale), "")
    return firm + with_unit(text, quantity.unit, scale)


def is_said_whole(quantity: Quantity) -> bool:
    """Whether `said` gives a computed number with all its digits, so that it may stand after *equals*."""
    quantity = quantity.to(counted(quantity.unit))
    if quantity.text is not None:
        return True
    grain = Decimal(1).scaleb(-places(quantity))
    return quantity.value == quantity.value.quantize(grain, ROUND_HALF_UP, WORK)


def is_sharp(quantity: Quantity) -> bool:
    """Whether a number has no room: it is a point, or as wide as the last of the digits that are kept.

    Examples
    --------
    >>> is_sharp(Quantity.computed(1, "1", exact=True) / Quantity.computed(3, "1", exact=True))
    True
    """
    width = quantity.interval.width
    return quantity.interval.is_point or (width is not None and width <= abs(quantity.value).scaleb(-_KEPT))


def between(quantity: Quantity, least: int = -30, grain: Decimal | None = None) -> str:
    """Return where a number may lie: ``between 39.6% and 40.6%``.

    Parameters
    ----------
    least
        At least so many decimals, of the number in its own unit.
    grain
        What the last digit is worth that is shown of it, in its own unit: its ends have no more than two
        digits beyond that one, rounded outward.
    """
    factor = quantity.value
    quantity = quantity.to(counted(quantity.unit))
    if grain is not None and factor and quantity.value != factor:
        grain = WORK.multiply(grain, abs(WORK.divide(quantity.value, factor)))
    low, high = quantity.interval.low, quantity.interval.high
    decimals = max(places(quantity, ends=True), least)
    if quantity.interval.is_point and low is not None:
        return f"exactly {amount(low, quantity.unit, max(decimals, _own(low)))}"
    if low is None and high is None:
        return "anywhere"
    if low is None or high is None:
        end, word = (high, "at most") if low is None else (low, "at least")
        assert end is not None
        if quantity.text is None:  # what is computed may have no end of digits: rounded outward
            fine = Decimal(1).scaleb(end.adjusted() - 3 if end else 0)
            end = end if end == end.to_integral_value() else end.quantize(fine, _OUTWARD[word], WORK)
        return f"{word} {amount(end, quantity.unit, max(least, _digits(end)))}"
    if decimals > least:  # ends that have no more digits get no zeros
        decimals = min(decimals, max(_digits(low), _digits(high)))
    most = None if grain is None else max(2 - grain.adjusted(), least)
    if most is not None and decimals > most:
        step, decimals = Decimal(1).scaleb(-most), most
        low, high = low.quantize(step, ROUND_FLOOR, WORK), high.quantize(step, ROUND_CEILING, WORK)
    first, second = (amount(end, quantity.unit, decimals) for end in (low, high))
    number, _, unit = first.partition(" ")
    if unit and second.partition(" ")[2].rstrip("s") == unit.rstrip("s"):
        first = number
    return f"between {first} and {second}"


def given_to(quantity: Quantity) -> str:
    """Return how far a stated number is given, where its digits do not say: ``to the nearest $100 million``.

    Parameters
    ----------
    quantity
        The number; empty for one that is exact, computed, or has no zeros at its end.
    """
    if quantity.precision is None or quantity.text is None or not _is_rough(quantity):
        return ""
    size = replace(quantity, value=quantity.precision).to(counted(quantity.unit))
    return f"to the nearest {amount(size.value, size.unit, _digits(size.value))}"


def _is_rough(quantity: Quantity) -> bool:
    """Whether the last significant digit is another than the last one written."""
    assert quantity.text is not None
    digits = [Decimal(part).as_tuple().exponent for part in quantity.text.lstrip("+-").split("-")]
    shown = min(digit for digit in digits if isinstance(digit, int))
    return quantity.precision != WORK.multiply(Decimal(1).scaleb(shown), quantity.scale)


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
    for word in _COMMON:
        each = SCALES[word]
        if abs(rounded) >= each:
            scale, size = word, each
    number = WORK.divide(rounded, size)
    shift = size.adjusted()
    text = f"{number.quantize(Decimal(1).scaleb(-max(decimals + shift, 0)), context=WORK):,f}"
    return with_unit(text.replace("-", "−"), unit, scale)


def places(quantity: Quantity, ends: bool = False) -> int:
    """Return how many decimals an interval bears out: up to the first digit of half its width.

    Its ends have one more than its whole width, so that they show how wide it is.
    """
    width = quantity.interval.width
    if width and not ends and is_sharp(quantity):
        return min(_own(quantity.value), 3 - quantity.value.adjusted())
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


def unit_words(unit: str, number: str = "2", short: bool = False) -> str:
    """Return a unit in words, for so many of it.

    Parameters
    ----------
    short
        Whether to write symbols where everybody knows them, as formulas do: ``min``, ``kg/m²``.

    Examples
    --------
    >>> unit_words("consultation / day / doctor"), unit_words("kilogram / meter ** 2", short=True)
    ('consultations per day per doctor', 'kg/m²')
    """
    over, *under = unit.split(" / ")
    above = [] if over == PURE else over.split(" * ")
    if short and above and under and all(part.split(" ** ")[0] in _SYMBOLS for part in (*above, *under)):
        return "·".join(_part(part, "1", True) for part in above) + "".join(
            f"/{_part(part, '1', True)}" for part in under
        )
    words = [_part(part, "1", short) for part in above[:-1]]
    words += [_part(part, number, short) for part in above[-1:]]
    return " per ".join(["·".join(words), *(_part(part, "1", short, True) for part in under)]).strip()


def _part(part: str, number: str, short: bool, below: bool = False) -> str:
    """Return one part of a unit, with its power; a fixed number of something is named so below a line."""
    name, _, power = part.partition(" ** ")
    if power and (area := _AREA.fullmatch(name)):  # *square metre^2* would say the square of a metre
        name, power = area["of"], f"{(Decimal(power) * _SIZES[area['pre']]).normalize():f}"
    if short and name in _SYMBOLS:
        return _SYMBOLS[name] + ({"2": "²", "3": "³"}.get(power) or f"^{power}" if power else "")
    many = multiple(name) if below else None
    words = f"{many[0]:,} {_noun(many[1], True)}" if many else _noun(name, number != "1")
    if power in ("", "1"):
        return words
    if many:
        return f"({words})^{power}"
    return f"{_POWERS[power]} {words}" if power in _POWERS else f"{words}^{power}"


def _noun(name: str, plural: bool) -> str:
    words = _DEGREES.get(name, name.replace("_", " "))
    if not plural or words.startswith("°") or name in (*CURRENCIES, PERCENT):
        return words
    return "people" if words == "person" else _plural(words)


def _digits(value: Decimal) -> int:
    """Return how many decimals a number has; fewer than none where it ends in zeros."""
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and value else 0


def _own(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def with_unit(number: str, unit: str, scale: str = "", short: bool = False) -> str:
    """Return a number, as written, with its scale word and its unit.

    Examples
    --------
    >>> with_unit("18.9", "USD", "billion"), with_unit("1.4", "person", "billion"), with_unit("−5", "percent")
    ('$18.9 billion', '1.4 billion people', '−5%')
    """
    scaled = f"{number} {scale}" if scale else number
    first, slash, under = unit.partition(" / ")
    rest = " " + unit_words(f"{PURE}{slash}{under}", short=short) if slash else ""
    if first == PERCENT:
        return f"{scaled}%{rest}"
    if first in CURRENCIES:
        sign = _SIGNS.get(first)
        minus, digits = ("−", scaled[1:]) if scaled.startswith("−") else ("", scaled)
        return (f"{minus}{sign}{digits}" if sign else f"{scaled} {first}") + rest
    return scaled if unit == PURE else f"{scaled} {unit_words(unit, scaled, short)}"


def _plural(words: str) -> str:
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("s", "x", "ch", "sh")) else "s")
