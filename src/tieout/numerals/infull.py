"""What a value is beyond the digits that a number shows: why *0.11* should be *0.01*, and not *0.011*."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tieout.numbers import WORK, Quantity
from tieout.numerals.fitting import conversion
from tieout.numerals.restyle import format
from tieout.numerals.shown import Shown

_LEAST, _MOST = 2, 7  # digits more than a number shows; those behind are the processor's: 4.09999999999999


def with_more_digits(text: str, shown: Shown, quantity: Quantity, lang: str) -> tuple[str, bool]:
    """Return a computed value in a number's form, with so many digits more that rounding it is no question.

    Returns
    -------
    The value, empty where the number's own digits say all of it; and whether the number is what rounding it
    twice gives: 22845.4987 is 22,845.5 in one digit more, and that 22,846.

    Examples
    --------
    >>> from tieout.numerals.reading import readings
    >>> def full(text, value):
    ...     return with_more_digits(text, readings(text)[0], Quantity.computed(Decimal(value)), "en")
    >>> full("0.11", "0.0114"), full("22,846", "22845.4987"), full("12,803", "12308")
    (('0.0114', False), ('22,845.499', True), ('', False))
    """
    figure, factor = shown.figures[0], conversion(shown, quantity)
    own = shown.text[figure.start : figure.end]
    if quantity.kind != "computed" or shown.is_range or figure.style != "digits" or isinstance(factor, str):
        return "", False
    value = Fraction(quantity.value) * factor / Fraction(figure.scale)
    first, is_near = _rounded(value, figure.decimals), False
    if not first:
        return "", False
    for more in range(1, _MOST):
        longer = _rounded(value, figure.decimals + more)
        if (twice := _rounded(longer, figure.decimals)) != first:
            is_near = is_near or abs(twice) == figure.number
        elif longer != first and (more >= _LEAST or longer == value):
            mark = "" if figure.decimals else shown.place.decimal
            example = text.replace(own, f"{own}{mark}{'0' * more}", 1)
            try:
                return format(Quantity.computed(quantity.value, quantity.unit), example, lang), is_near
            except ValueError:
                return "", False
    return "", False


def _rounded(value: Fraction, decimals: int) -> Fraction:
    size = Fraction(10) ** decimals
    whole = WORK.divide(Decimal((value * size).numerator), Decimal((value * size).denominator))
    return Fraction(whole.quantize(Decimal(1), ROUND_HALF_UP, WORK)) / size
