"""Writes the number of a form anew, in digits or words as the example has it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction

from tieout.numbers import Quantity
from tieout.numerals import ukrainian
from tieout.numerals.cldr import Locale
from tieout.numerals.defaults import own_places, write_digits
from tieout.numerals.figures import odds_of
from tieout.numerals.matching import names_part
from tieout.numerals.rounding import comparing_grain, nearest_part, place_of, rounded
from tieout.numerals.shown import Figure
from tieout.numerals.statement import hedge, unit_of
from tieout.numerals.words import LOWERED, VULGAR, suffix, write_ordinal, write_part, write_words

_POWER = re.compile(
    r"(?P<join>\s*[×x·⋅]\s*)?10(?:(?P<hat>\^\{?)[−-]?[0-9]+\}?|[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+)$|(?P<letter>[eE])(?P<plus>\+?)[−-]?[0-9]+$"
)
_AMONG = re.compile(r"([\w-]+)(\s.*\s)([\w-]+)", re.DOTALL)
_IN_WORDS = 20  # *one in 27*
_LARGEST_BEFORE_TEN = 10_000
_LEADING_ODDS, _LAST_ODDS = re.compile(r"[0-9.]+"), re.compile(r"[0-9.]+$")
_LEADING = re.compile(r"[0-9]*")


@dataclass(frozen=True)
class Writer:
    """Writes values of one quantity.

    Parameters
    ----------
    quantity
        What is shown.
    factor
        What brings it to the unit shown.
    finest
        The finest last digit it supports, in the unit shown; None for any.
    place
        How the example writes digits.
    hedged
        Whether the example says *about* or *nearly*.
    nearly
        Whether it says *nearly*, which is from below.
    """

    quantity: Quantity
    factor: Fraction
    finest: Fraction | None
    place: Locale
    hedged: bool
    nearly: bool = False

    @property
    def stated(self) -> bool:
        """Whether a source states the quantity."""
        return self.quantity.text is not None

    def write(self, figure: Figure, own: str, value: Fraction, fold: bool = False) -> str | None:
        """Return a value from zero up as the example has its number; None where it takes another form.

        Parameters
        ----------
        figure, own
            The number of the example, with the scale to be used, and its text.
        value
            The value in the unit shown.
        fold
            Whether ``fold`` follows without a hyphen.
        """
        if figure.style in ("power", "exponent"):
            return self._power(figure, own, value)
        if figure.style == "digits":
            return self.digits(figure, own, value)
        if figure.style == "odds":
            return self._odds(figure, own, value)
        if figure.is_fraction:
            part = self.part(figure, own, value)
            if part is not None:
                return part
        if figure.style not in ("fraction", "vulgar", "among"):
            words = self._words(figure, own, value, fold)
            if words is not None:
                return _cased(words, own)
        return None

    def plain(self, figure: Figure, value: Fraction) -> str:
        """Return a value in digits of its own precision, where the example has other signs."""
        finest = None if self.finest is None else self.finest / figure.size
        places = own_places(value / figure.size, finest, self.stated)
        return self.digits(replace(figure, style="digits", decimals=places, group=""), "", value)

    def digits(self, figure: Figure, own: str, value: Fraction) -> str:
        """Return a value in digits, with the decimals and the grouping of the example."""
        number = self.rounded(figure, value) / figure.size
        length = len(_LEADING.match(own.replace(figure.group, "") if figure.group else own)[0])  # type: ignore[index]
        group = figure.group or ("" if length > 3 else self.place.group)
        text = write_digits(number, self.supported(figure).decimals, replace(self.place, group=group))
        bare = own.startswith(self.place.decimal) and text.startswith("0" + self.place.decimal)
        return text[1:] if bare else text

    def rounded(self, figure: Figure, value: Fraction) -> Fraction:
        """Return the value that a number like this one shows."""
        if figure.style == "digits" and value >= 0 and self.hedged:
            coarse = self._coarse(figure, value)
            if coarse is not None:
                return coarse
        return rounded(value, comparing_grain(self.supported(figure), self.finest, self.stated))

    def _coarse(self, figure: Figure, value: Fraction) -> Fraction | None:
        """Return a value with as many trailing zeros as the example has, or as many as make it true."""
        grain = unit_of(figure)
        while grain > figure.grain and (self.finest is None or grain >= self.finest):
            shown = rounded(value, grain)
            if self.nearly and shown < value:
                shown += grain
            number = replace(figure, number=shown / figure.size)
            far = abs(shown - value)
            if far <= hedge(number, shown):
                return shown
            grain /= 10
        return None

    def supported(self, figure: Figure) -> Figure:
        """Take away the decimals that the quantity does not support."""
        while figure.decimals and self.finest is not None and figure.grain < self.finest:
            figure = replace(figure, decimals=figure.decimals - 1)
        return figure

    def _power(self, figure: Figure, own: str, value: Fraction) -> str:
        before = value / figure.size
        far = before >= _LARGEST_BEFORE_TEN or before * _LARGEST_BEFORE_TEN < 1
        if value and (far or not self.rounded(figure, value)):
            figure = replace(figure, exponent=place_of(value / Fraction(figure.scale)))
        figure = self.supported(figure)
        while self.finest is not None and figure.size < self.finest and not figure.decimals:
            figure = replace(figure, exponent=figure.exponent + 1)
        found = _POWER.search(own)
        assert found is not None
        mantissa = self.digits(figure, own, value)
        exponent = str(figure.exponent)
        if found["letter"]:
            return f"{mantissa}{found['letter']}{found['plus'] if figure.exponent >= 0 else ''}{exponent}"
        hat = found["hat"]
        raised = hat + exponent + "}" * (hat == "^{") if hat else exponent.translate(LOWERED)
        if found["join"] is None and mantissa == "1":
            return f"10{raised}"
        return f"{mantissa}{found['join'] or '×'}10{raised}"

    def _odds(self, figure: Figure, own: str, value: Fraction) -> str | None:
        """Return a ratio with one of its numbers as it is, and the larger one moved."""
        (top, below), step = odds_of(own), Fraction(1, 10**figure.decimals)
        joint = own[len(_LEADING_ODDS.match(own)[0]) : len(own) - len(_LAST_ODDS.search(own)[0])]  # type: ignore[index]
        small = min(top, below) or Fraction(1)
        if value <= 0:
            return None
        larger = rounded(small * value if value >= 1 else small / value, step)
        texts = [
            write_digits(each, figure.decimals if each == larger else 0, self.place)
            for each in (small, larger)
        ]
        return joint.join(texts if value < 1 else texts[::-1])

    def part(self, figure: Figure, own: str, value: Fraction) -> str | None:
        """Return a value as a fraction that names it; None where none does."""
        if figure.style == "among":
            return self._among(figure, own, value)
        part = nearest_part(value / figure.size, figure.number.denominator)
        named = replace(figure, number=part)
        if not names_part(named, part * figure.size, self.quantity, self.factor, self.hedged):
            return None
        if part == figure.number:
            return own
        whole, rest = divmod(part, 1)
        if not rest:
            return None
        if figure.style == "vulgar":
            glyph = next((sign for sign, pair in VULGAR.items() if Fraction(*pair) == rest), None)
            return None if glyph is None else f"{whole or ''}{glyph}"
        if figure.style == "fraction":
            slash = "⁄" if "⁄" in own else "/"
            return (f"{whole} " if whole else "") + f"{rest.numerator}{slash}{rest.denominator}"
        # Only a fraction below one stands in words without more of them around it: half *a* million.
        if whole or own.lower().endswith((" a", " an")):
            return None
        try:
            return _cased(write_part(rest), own)
        except ValueError:
            return None

    def _among(self, figure: Figure, own: str, value: Fraction) -> str | None:
        """Return a share with the numbers that it has now: *one in five* where *one in four* stood."""
        found = _AMONG.fullmatch(own)
        if found is None or value <= 0:
            return None
        top = figure.number.numerator
        near = Fraction(1, int(rounded(1 / value, Fraction(1))) or 1) if top == 1 else None
        parts = [figure.number, near or nearest_part(value, figure.number.denominator)]
        for part in parts:
            named = replace(figure, number=part)
            if 0 < part < 1 and names_part(named, part, self.quantity, self.factor, self.hedged):
                if part == figure.number:
                    return own
                ends = zip((found[1], found[3]), (part.numerator, part.denominator), strict=True)
                first, last = (
                    str(count) if text.isdigit() or count > _IN_WORDS else _cased(write_words(count), text)
                    for text, count in ends
                )
                return f"{first}{found[2]}{last}"
        return None

    def _words(self, figure: Figure, own: str, value: Fraction, fold: bool) -> str | None:
        """Return a whole number in words, or an ordinal; None where words cannot show the value."""
        shown = self.rounded(replace(figure, decimals=0), value)
        coarse = self.hedged or (self.finest is not None and self.finest > figure.size)
        if shown != value and not (coarse and shown and figure.style == "words"):
            return None
        count = int(shown / figure.size)
        if figure.style in ("ordinal", "nth"):
            if figure.style == "nth" and 0 < count < 100:
                return write_ordinal(count)
            return f"{count}{suffix(count)}" if count < 10**6 else None
        if count > (999 if figure.number > 100 else 100) or (fold and count > 20 and count % 10):
            return None
        if ukrainian.read(own):
            return ukrainian.write(count, own, figure.scale == 1000)
        return own if count == 1 and own.lower() in ("a", "an", "one") else write_words(count)


def _cased(text: str, own: str) -> str:
    """Give words the capitals of the example."""
    if not own[:1].isupper() or not text[:1].isalpha():
        return text
    return text.upper() if len(own) > 1 and own.isupper() else text[0].upper() + text[1:]
