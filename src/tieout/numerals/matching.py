"""Compares one displayed number with a quantity: unit, range, digits, value, qualifiers, in this order.

Everything is computed exactly. A number agrees when what it claims, its `Statement`, is true of the raw
value; more digits than the quantity supports are an error of their own, and so is a bare number that hides
how open it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from tieout.numbers import Quantity
from tieout.numerals.figures import odds_of
from tieout.numerals.fitting import conversion, in_degrees
from tieout.numerals.locales import APPROX, LEAST, MOST, NEARLY, UNDER
from tieout.numerals.qualifiers import contradiction
from tieout.numerals.rounding import ends, finest_grain, nearest_part, rounded, too_fine
from tieout.numerals.shown import NOWHERE, ROOMS, Figure, Shown
from tieout.numerals.spread import bounded, is_end, is_open, range_ends, range_grain
from tieout.numerals.statement import BOUNDS, Region, Statement, is_loose, statement, unit_of

# An exact ratio is kept to 28 digits: 1/3 is 0.333….
_KEPT = 10**27
_PER_CENT, _TENTH, _COARSE = Fraction(1, 100), Fraction(1, 10), 5  # halves to fifths
_HALVES, _ABOUT, _EXACTLY = 2, 20, 200  # *about twice* 1.93, *nearly two thirds* of 0.64; *twice* 1.997
_NEAR, _FAR = Fraction(1, 40), Fraction(12, 100)  # how far *about a third* and *almost twice* reach


@dataclass(frozen=True)
class Mismatch:
    """What of a displayed number does not agree, and why, in words that follow its text."""

    kind: Literal["unit", "range", "level", "digits", "value", "bound", "qualifier", "bare"]
    why: str = ""


def mismatch(shown: Shown, quantity: Quantity, rated: bool = False) -> Mismatch | None:
    """Return the first thing in which a displayed number and a quantity differ; None where they agree."""
    quantity = in_degrees(quantity, shown)
    factor = conversion(shown, quantity, rated)
    if isinstance(factor, str):
        return Mismatch("unit", factor)
    finest, stated = finest_grain(quantity), quantity.text is not None
    finest = None if finest is None else finest * factor
    plain_range = shown.is_range and shown.form not in ROOMS
    if plain_range and not quantity.is_range and (spread := range_ends(quantity)):
        own = _spread(shown, [end * factor for end in spread], range_grain(quantity) * factor)
        if own is None or own.kind == "digits":
            return own
        if is_open(quantity):
            low, high = sorted(shown.ends)
            inside = low <= spread[0] * factor and spread[1] * factor <= high
            return None if inside and shown.is_between else own
    if shown.is_range != quantity.is_range:
        if shown.is_range and shown.is_between:
            low, high = sorted(shown.ends)
            inside = Statement("range", Region(low, high)).holds(quantity, ends(quantity)[0] * factor, factor)
            return None if inside else Mismatch("bound", "is not true of the entry")
        kinds = ("one number", "a range") if quantity.is_range else ("a range", "one number")
        return Mismatch("range", f"is {kinds[0]}, and the entry is {kinds[1]}")
    if shown.level is not None and shown.level != quantity.level:
        level = f"of {quantity.level:f}%" if quantity.level is not None else "without a level"
        return Mismatch("level", f"says {float(shown.level):g}%, and the entry is an interval {level}")
    if shown.form in ROOMS and finest is not None:
        finest /= 10  # the middle of two ends can have a digit more
    for figure, value, wanted in zip(
        shown.figures, said_values(shown), wanted_values(shown, quantity), strict=True
    ):
        raw = wanted * factor
        said = statement(shown, figure, value, finest, stated, quantity)
        mirrored = value and value == -rounded(raw, figure.grain) and not is_open(quantity)
        if said.kind == "bound" and mirrored:
            return Mismatch("value")  # the sign is wrong, whatever bound it gives
        if figure.style in ("ordinal", "nth"):
            same = value == raw
        elif said.kind == "bound":
            if not (_reaches(shown, quantity) and value == raw) and not said.holds(quantity, raw, factor):
                why = (
                    contradiction(said.words, quantity, shown)
                    if value == rounded(raw, figure.grain)
                    else None
                )
                return Mismatch("qualifier", why) if why else Mismatch("bound", "is not true of the entry")
            continue
        elif figure.style == "odds":
            same = _is_of_odds(shown.text[figure.start : figure.end], raw, figure)
        elif figure.is_fraction and (figure.number.denominator > 1 or shown.is_fixed):
            same = names_part(figure, value, quantity, factor, is_hedged(shown), is_nearly(shown))
        elif too_fine(figure, finest, stated):
            if value != rounded(raw, figure.grain):
                return Mismatch("value")
            return Mismatch("digits", "shows more digits than the entry has")
        else:
            same = said.holds(quantity, raw, factor)
            if not same and said.words == NEARLY and said.region.high is not None and raw > said.region.high:
                why = contradiction(NEARLY, quantity, shown)
                same = why is None and _rounds(value, raw, figure)
        if not same:
            return Mismatch("value")
    for word, _ in shown.qualifiers:
        why = None if word in BOUNDS else contradiction(word, quantity, shown)
        if why:
            return Mismatch("qualifier", why)
    if is_open(quantity) and (is_bare(shown) or (bounded(quantity) and not is_bound(shown))):
        return Mismatch("bare", "claims more than is known")
    return None


def halfway(shown: Shown, quantity: Quantity) -> bool:
    """Whether a value lies just between two numbers of the digits that are shown: 6.85 of *6.8* and *6.9*."""
    quantity = in_degrees(quantity, shown)
    factor = conversion(shown, quantity)
    figure = shown.figures[0]
    if isinstance(factor, str) or shown.is_range or quantity.is_range or is_bound(shown) or is_hedged(shown):
        return False
    if figure.style != "digits" or figure.is_fraction:
        return False
    return (Fraction(quantity.value) * factor / figure.grain) % 1 == Fraction(1, 2)


def is_bare(shown: Shown) -> bool:
    """Whether a number stands as it is, without a word, a range or a fraction that says how open it is."""
    coarse = any(figure.is_fraction or figure.style in ("ordinal", "nth") for figure in shown.figures)
    return not shown.is_range and not is_hedged(shown) and not is_bound(shown) and not coarse


def is_bound(shown: Shown) -> bool:
    """Whether it says *over*, *at most* and the like."""
    return any(word in BOUNDS for word, _ in shown.qualifiers)


def is_level(shown: Shown) -> bool:
    """Whether it is a bound that a probability stays below: *< .001*."""
    figure = shown.figures[0]
    return (
        figure.unit is None and 0 < figure.value < 1 and any(w in (UNDER, MOST) for w, _ in shown.qualifiers)
    )


def _reaches(shown: Shown, quantity: Quantity) -> bool:
    """Whether it says in words that it may be the very number: *at least 302*, and not *162+*.

    Of what a source states outright, it would say less than the source.
    """
    spans = [at for word, at in shown.qualifiers if word in (LEAST, MOST)]
    said = (at == NOWHERE or re.search(r"[^\W\d_]|[≤≥]", shown.text[slice(*at)]) for at in spans)
    return quantity.kind != "stated" and quantity.interval.is_point and any(said)


def _spread(shown: Shown, ends: list[Fraction], finest: Fraction) -> Mismatch | None:
    """Compare a range with the interval of a number: its ends are that, as sharp as the interval allows."""
    pairs = sorted(zip(shown.ends, shown.figures, strict=True), key=lambda pair: pair[0])
    for (value, figure), end, lower in zip(pairs, ends, (True, False), strict=True):
        unit = unit_of(figure) if is_loose(figure) else figure.grain
        if not is_end(figure, value, end, (finest, unit), lower):
            return Mismatch("value")
    if any(too_fine(figure, finest, stated=False) for _, figure in pairs):
        return Mismatch("digits", "shows more digits than the entry has")
    return None


def said_values(shown: Shown) -> tuple[Fraction, ...]:
    """Return what each number of a form says, with its sign."""
    if shown.form not in ROOMS:
        return shown.ends
    return tuple(-figure.value if figure.below else figure.value for figure in shown.figures)


def wanted_values(shown: Shown, quantity: Quantity) -> tuple[Fraction, ...]:
    """Return what each number of a form should say of a quantity: its ends, or its middle and the room."""
    wanted = ends(quantity)
    if shown.form not in ROOMS or len(wanted) == 1:
        return wanted
    low, high = wanted
    return (low + high) / 2, (high - low) / 2


def _is_of_odds(written: str, raw: Fraction, figure: Figure) -> bool:
    """Whether a ratio has these odds: the larger of its two numbers is rounded as it is written."""
    top, below = odds_of(written)
    step = Fraction(1, 10**figure.decimals)
    if raw <= 0 or not top:
        return raw == top
    return rounded(raw * below, step) == top if raw >= 1 else rounded(top / raw, step) == below


def _rounds(value: Fraction, raw: Fraction, figure: Figure) -> bool:
    return value == rounded(raw, figure.grain)


def is_hedged(shown: Shown) -> bool:
    """Whether it says *about* or *nearly*."""
    return any(word in (APPROX, NEARLY) for word, _ in shown.qualifiers)


def is_nearly(shown: Shown) -> bool:
    """Whether it says *nearly*: less than that."""
    return any(word == NEARLY for word, _ in shown.qualifiers)


def names_part(
    figure: Figure,
    value: Fraction,
    quantity: Quantity,
    factor: Fraction,
    hedged: bool,
    nearly: bool = False,
) -> bool:
    """Whether a fraction is a name for a quantity.

    It has to lie where the true value may lie, or to be the same in whole per cent, *three in five* of 60.3%,
    *a quarter* of 24.8%; *one in six* also the nearest of its kind, of 17.7%; *about a third* need only be
    near, or the nearest of the fractions that people name, *almost twice* near.
    """
    wanted = Fraction(quantity.value) * factor
    apart, part = abs(value - wanted), figure.number
    if 0 < value < 1 and figure.style in ("among", "part") and apart <= _PER_CENT / 2:
        return True
    is_one_in = figure.style == "among" and part.numerator == 1 and part.denominator > _COARSE
    if is_one_in and wanted > 0 and rounded(1 / wanted, Fraction(1)) == part.denominator:
        return True
    if value > 1 and part.denominator == _HALVES and figure.size == 1 and apart <= _TENTH / 2:
        return True  # *two and a half times* says what *2.5 times* does
    if nearly and part.denominator <= _COARSE and 0 < value - wanted <= value / _ABOUT:
        return True
    if hedged and 0 < value < 1 and figure.size == 1 and part.denominator <= _COARSE:
        return apart <= _NEAR
    if nearly and part.denominator == 1 and apart <= _FAR * value:
        return True
    if value >= 1 and part.denominator <= _HALVES and apart <= value / (_ABOUT if hedged else _EXACTLY):
        return True
    if value == wanted or (quantity.interval.is_point and abs(value - wanted) < abs(wanted) / _KEPT):
        return True
    if nearest_part(wanted / figure.size, figure.number.denominator) * figure.size != value:
        return False
    low, high = quantity.interval.low, quantity.interval.high
    if hedged or low is None or high is None:
        return hedged
    return Fraction(low) * factor <= value <= Fraction(high) * factor
