"""Writes a number with the digits that it needs, its scale as people write it, and says what was written."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal, Inexact
from fractions import Fraction

from tieout.numbers.quantity import Quantity
from tieout.numbers.units import SCALES

_SHORT = 6
_WIDE = Context(prec=200)
_SIGNIFICANT = 4


@dataclass(frozen=True)
class Written:
    """A number as printed: its digits, its scale word, and the value that the two say."""

    text: str
    scale: str
    value: Fraction

    @property
    def slack(self) -> Fraction:
        """How far a number may be from this one that is written so: half a unit of its last digit.

        Of a number with few digits it is half a unit of its fourth.
        """
        if not self.value:
            return Fraction(0)
        decimals = len(self.text.partition(".")[2])
        number = abs(self.value) / SCALES_OF.get(self.scale, 1)
        fourth = _SIGNIFICANT - 1 - _magnitude(number)
        return Fraction(1, 2) * Fraction(10) ** -max(decimals, fourth) * SCALES_OF.get(self.scale, 1)


SCALES_OF = {word: int(size) for word, size in SCALES.items()}
# What is computed is written in the scales that every reader of English knows.
_COMMON = {word: SCALES_OF[word] for word in ("million", "billion", "trillion")}


def exact(value: Decimal) -> Fraction:
    """Return a decimal as a fraction."""
    return Fraction(value)


def write(value: Fraction, significant: int | None) -> Written:
    """Write a number: in full where it is short, else rounded half up to so many significant digits.

    Parameters
    ----------
    significant
        None for all digits there are; a number without end has 150.

    Examples
    --------
    >>> write(Fraction(2500000000), 4).text, write(Fraction(1, 3), 4).text, write(Fraction(1234567), 4).text
    ('2.5', '0.3333', '1.235')
    """
    scale, size = _scale(value)
    number = value / size
    whole = _decimal(number)
    if whole is None or (significant is not None and len(whole.as_tuple().digits) > max(_SHORT, significant)):
        rounded = _rounded(number, significant or 150)
        if significant is None:
            return Written(f"{rounded:,f}", scale, value)
        if Fraction(rounded) * size != value:
            return write(Fraction(rounded) * size, 100)
        whole = rounded.normalize(_WIDE)
    return Written(f"{whole:,f}".replace("-", "−"), scale, value)


def write_stated(quantity: Quantity) -> Written | None:
    """Write a number with the digits and the scale of its source; None for what no source states."""
    if quantity.text is None or quantity.is_range:
        return None
    scale = next((word for word, size in SCALES.items() if size == quantity.scale), "")
    if not scale and quantity.scale != 1:
        return None
    number = Decimal(quantity.text)
    return Written(f"{number:,f}".replace("-", "−"), scale, Fraction(number) * Fraction(quantity.scale))


def _scale(value: Fraction) -> tuple[str, int]:
    found = [(word, size) for word, size in _COMMON.items() if size <= abs(value)]
    return found[-1] if found else ("", 1)


def _decimal(value: Fraction) -> Decimal | None:
    """Return a fraction as a decimal without trailing zeros; None where it has no end."""
    context = _WIDE.copy()
    context.clear_flags()
    found = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return None if context.flags[Inexact] else found.normalize(context)


def _rounded(value: Fraction, significant: int) -> Decimal:
    """Round half up to significant digits, never before the decimal point."""
    places = max(significant - 1 - _magnitude(abs(value)), 0) if value else 0
    scaled = abs(value) * 10**places
    number = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(number if value >= 0 else -number).scaleb(-places, _WIDE)


def _magnitude(value: Fraction) -> int:
    """Return the power of ten of a positive number's first digit."""
    return _WIDE.divide(Decimal(value.numerator), Decimal(value.denominator)).adjusted()
