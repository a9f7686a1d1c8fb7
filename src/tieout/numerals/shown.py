"""What a displayed number says: its figures, sign, unit and qualifiers, and where each part stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from tieout.numbers import WORK
from tieout.numerals.cldr import Locale
from tieout.numerals.locales import ENGLISH

Style = Literal[
    "digits", "power", "exponent", "fraction", "vulgar", "part", "among", "odds", "words", "ordinal", "nth"
]
Span = tuple[int, int]
NOWHERE: Span = (-1, -1)
TIME, NOUN = "time", "noun"
ROOMS = ("±", "digits")


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
    per
        How many it is per: *42 per 100,000*.
    below, sign_at
        Whether it lies below zero as one end of a range, and where that end's own sign stands.
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
    per: int = 1
    below: bool = False
    sign_at: Span = NOWHERE

    @property
    def value(self) -> Fraction:
        """The number with its power of ten and its scale."""
        return self.number * self.size

    @property
    def size(self) -> Fraction:
        """What one stands for: the scale word, the power of ten, and what it is per."""
        power = Fraction(10**self.exponent) if self.exponent >= 0 else Fraction(1, 10**-self.exponent)
        return Fraction(self.scale) * power / self.per

    @property
    def grain(self) -> Fraction:
        """What one in the last digit shown stands for."""
        return self.size / int(10**self.decimals)

    @property
    def meant(self) -> Fraction:
        """How finely a number is meant: its last digit; of a part of a whole, what agrees with it in prose.

        *A quarter* and *one in five* are meant to the per cent, *one in 30* by its neighbours, *doubled* to
        one in a hundred, *two and a half* to a tenth.
        """
        if not self.is_fraction:
            return self.grain
        if self.number >= 1:
            return self.size * (self.number / 100 if self.number.denominator == 1 else Fraction(1, 10))
        own = self.number**2 if self.style == "among" and self.number.numerator == 1 else 1
        return self.size * min(Fraction(1, 100), own)

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
        return self.style in ("fraction", "vulgar", "part", "among")


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
    form
        How a range is written: ``[]`` or ``()`` around its ends, ``±`` or ``digits`` (``12.3(4)``) where its
        second figure is the room to either side; empty for all others.
    level
        The level of confidence that it names: 95 of *95% CI 1.2 to 3.4*.
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
    form: str = ""
    level: Fraction | None = None

    @property
    def value(self) -> Decimal:
        """The value in the unit shown; of a range, its lower end."""
        return _decimal(self.ends[0])

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """The exact values, with their sign; of a number with room to either side, the ends that it makes."""
        values = tuple(-each.value if self.negative or each.below else each.value for each in self.figures)
        if self.form in ROOMS:
            middle, room = values
            return middle - room, middle + room
        return values

    @property
    def is_range(self) -> bool:
        """Whether it shows two ends."""
        return len(self.figures) == 2

    @property
    def is_fixed(self) -> bool:
        """Whether it is words that no other number can take the place of: *doubled*, *one in five*."""
        figure = self.figures[0]
        verb = figure.style == "part" and figure.unit_at != NOWHERE and figure.unit_at[0] == figure.unit_at[1]
        return verb or figure.style == "among"

    @property
    def is_between(self) -> bool:
        """Whether it says in words that something lies between two ends."""
        return self.is_range and self.text[: self.figures[0].start].lower().lstrip().startswith(
            ("between", "між")
        )

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
