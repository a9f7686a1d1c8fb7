"""What a displayed number says: its figures, sign, unit and qualifiers, and where each part stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tieout.numbers import WORK
from tieout.numerals.cldr import Locale
from tieout.numerals.locales import ENGLISH

Style = Literal["digits", "power", "exponent", "fraction", "vulgar", "part", "words", "ordinal", "nth"]
Span = tuple[int, int]
NOWHERE: Span = (-1, -1)
TIME, NOUN = "time", "noun"


@dataclass(frozen=True)
class Figure:
    """One number of a form, without its sign.

    Parameters
    ----------
    start, end
        Where its digits or words stand, scale and unit not included.
    number
        What they say; the value is ``number * scale``.
    decimals
        How many decimals it shows.
    style
        How it is written.
    group
        What stands between its thousands; empty for nothing.
    scale, scale_at
        The scale word and where it stands; `NOWHERE` where the other end of a range has it.
    unit, mark, unit_at
        The unit; what kind of sign or word shows it; where that stands.
    exponent
        The power of ten of ``10⁹`` and ``2.5e9``.
    """

    start: int
    end: int
    number: Fraction
    decimals: int = 0
    style: Style = "digits"
    group: str = ""
    scale: Decimal = Decimal(1)
    scale_at: Span = NOWHERE
    unit: str | None = None
    mark: str = ""
    unit_at: Span = NOWHERE
    exponent: int = 0

    @property
    def value(self) -> Fraction:
        """The number with its power of ten and its scale."""
        return self.number * self.size

    @property
    def size(self) -> Fraction:
        """What one stands for: the scale word and the power of ten."""
        power = Fraction(10**self.exponent) if self.exponent >= 0 else Fraction(1, 10**-self.exponent)
        return Fraction(self.scale) * power

    @property
    def grain(self) -> Fraction:
        """What one in the last digit shown stands for."""
        return self.size / int(10**self.decimals)

    @property
    def unit_first(self) -> bool:
        """Whether its unit stands before it: ``$5``, ``%5``."""
        return self.unit_at != NOWHERE and self.unit_at[1] <= self.start

    @property
    def count(self) -> Decimal:
        """The number with the decimals that it shows, as grammar counts it."""
        return Decimal(round(self.number * 10**self.decimals)).scaleb(-self.decimals)

    @property
    def is_fraction(self) -> bool:
        """Whether it is written as a part of a whole."""
        return self.style in ("fraction", "vulgar", "part")


@dataclass(frozen=True)
class Shown:
    """A number as readers see it.

    Parameters
    ----------
    text
        The whole form.
    figures
        One number, or the two ends of a range.
    negative
        Whether it lies below zero (``−3.2``, ``(3.2)``).
    sign_at, parentheses
        Where its sign stands; whether parentheses are its sign.
    qualifiers
        What its qualifier words mean and where they stand.
    unit, mark
        The unit shown, None for a bare number; what kind of sign or word shows it.
    kind
        ``number``, ``range``, ``year``, ``ordinal`` or ``word``.
    end
        Where it ends.
    place
        How its digits are written.
    """

    text: str
    figures: tuple[Figure, ...]
    negative: bool = False
    sign_at: Span = NOWHERE
    parentheses: bool = False
    qualifiers: tuple[tuple[str, Span], ...] = ()
    unit: str | None = None
    mark: str = ""
    kind: str = "number"
    end: int = 0
    place: Locale = ENGLISH

    @property
    def value(self) -> Decimal:
        """The value in the unit shown; of a range, its lower end."""
        return _decimal(-self.figures[0].value if self.negative else self.figures[0].value)

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """The exact values, with their sign."""
        return tuple(-each.value if self.negative else each.value for each in self.figures)

    @property
    def is_range(self) -> bool:
        """Whether it shows two ends."""
        return len(self.figures) == 2

    @property
    def decimals(self) -> int:
        """How many decimals the first number shows."""
        return self.figures[0].decimals

    @property
    def scale(self) -> Decimal:
        """What the scale word multiplies by."""
        return self.figures[-1].scale


def _decimal(value: Fraction) -> Decimal:
    return WORK.divide(Decimal(value.numerator), Decimal(value.denominator))
