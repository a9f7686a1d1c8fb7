"""Says in words how sharp a number is: what its digits stand for, or what it was computed as."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

from tieout import numerals
from tieout.authoring.kinship import ERROR
from tieout.ledger import ukrainian
from tieout.ledger.entries import Entry
from tieout.ledger.recorded import number_of
from tieout.numbers import (
    PERCENT,
    PURE,
    Op,
    Quantity,
    UnitMismatch,
    UnknownUnit,
    between,
    evaluate,
    given_to,
    is_end,
    is_sharp,
)
from tieout.numbers.units import counted
from tieout.numbers.wording import amount, with_unit
from tieout.numerals import LEAST, MOST, OVER, UNDER, Shown, primary
from tieout.numerals.words import LOWERED
from tieout.problems import InputError
from tieout.project import say

# Qualifiers as readers are told of them.
_NAMES = {"approx": "approximate", "projected": "a projection", "target": "a target"}
_BOUNDS = frozenset((LEAST, MOST, OVER, UNDER))
_DIGITS = 6  # of a computed number, at least
_BEYOND = 2  # decimals of it beyond those shown
_TINY, _HUGE = Decimal("1e-4"), Decimal("1e15")  # from where digits in full are zeros that nobody counts
_NEAR = Decimal("1e-6")  # of a width: ends are rounded outward
_LARGE = 10**6  # from where whole numbers have a scale word
_DIVIDING = ("share", "ratio", "div")


def precision_of(entry: Entry, entries: Mapping[str, Entry], lang: str) -> str:
    """Return in words how sharp an entry's number is, in the language of its ledger; empty for a text."""
    quantity = entry.quantity
    if quantity is None:
        return ""
    shown = numerals.parse(entry.display, lang)
    computed = _as_computed(quantity, shown)
    if computed:
        unit = (quantity if shown is None else _as_shown(quantity, shown)).unit
        said = ukrainian.computed_in(computed, unit) if primary(lang) == "uk" else computed
        error = f"{entry.id}.{ERROR}"
        return f"{said}; {say(lang, 'standard error')} {entries[error].display}" if error in entries else said
    said = _as_divided(quantity, entries)
    if not said:
        if shown is not None and shown.unit == PERCENT and quantity.unit == PURE:  # a share in per cent
            quantity = quantity.to(PERCENT)
        grain = None if shown is None else numerals.grain_in(shown, quantity)
        said = precision(quantity, None if grain is None else _decimal(grain))
    return ukrainian.precision_in(said, quantity) if primary(lang) == "uk" else said


def precision(quantity: Quantity, grain: Decimal | None = None) -> str:
    """Return in words how sharp a number is: ``approximate; to the nearest $1 billion; between …``.

    ``grain`` is what the last digit is worth that is shown of it, in its unit.
    """
    spread = "" if is_sharp(quantity) else between(quantity, grain=grain)
    # What a source states lies within its range; what is computed is the range.
    reaches = quantity.is_range and quantity.kind in ("derived", "computed")
    if reaches:
        spread = re.sub(r"^between (.+) and (.+)$", r"from \1 to \2", spread)
    words = sorted(quantity.qualifier.split("+"), key=lambda word: word not in ("projected", "target"))
    words = [word for word in words if word != "exact"] or words
    said = ", ".join(_NAMES.get(word, word.replace("-", " ")) for word in words if word)
    if is_sharp(quantity) and not quantity.interval.is_point:
        said = "exact" if said in ("", "rounded") else said
    if quantity.interval.is_point and is_end(quantity):
        return "an end of a range"
    if quantity.level is not None:
        said = f"{quantity.level.normalize():f}% interval"
    if said == "exact" and quantity.is_range:
        said = "a range"
    if spread.startswith(said) or (reaches and said == "rounded"):  # at least
        said = ""
    return "; ".join(part for part in (said, given_to(quantity), spread) if part)


def _as_computed(quantity: Quantity, shown: Shown | None) -> str:
    """Return what code computed a number as, and to what it is stated.

    ``computed as ≈ 27.3759; stated to 0.1``; empty for what is no such number, for a whole one that counts,
    and where its author declares how open it is.
    """
    if quantity.kind != "computed" or quantity.is_range or is_end(quantity):
        return ""
    if quantity.qualifier == "exact" and quantity.value == quantity.value.to_integral_value():
        return ""
    grain = None if shown is None else numerals.grain_in(shown, quantity)
    if not _is_of_digits(quantity, grain):
        return ""
    if shown is not None:
        quantity = _as_shown(quantity, shown)
        grain = numerals.grain_in(shown, quantity)
    if shown is None or grain is None or not _is_told_to(shown):
        return f"computed as {_written(quantity, None)}"
    if Fraction(abs(quantity.value)) == abs(shown.ends[0]) * grain / shown.figures[0].grain:
        return "stated in full"
    last = _decimal(grain)
    said = amount(last, counted(quantity.unit), _places(last))
    return f"computed as {_written(quantity, last)}; stated to {said}"


def _is_of_digits(quantity: Quantity, grain: Fraction | None) -> bool:
    """Whether a number's interval says no more than how many of its digits are stated."""
    interval, value = quantity.interval, quantity.value
    if interval.is_point:
        return True
    width = interval.width
    if width is None or interval.low is None or interval.high is None:
        return False
    near = width * _NEAR
    if abs(interval.low + interval.high - 2 * value) > near:
        return False
    power = Decimal(1).scaleb((width * (1 + _NEAR)).adjusted())
    return abs(width - power) <= near or (grain is not None and abs(width - _decimal(grain)) <= near)


def _as_shown(quantity: Quantity, shown: Shown) -> Quantity:
    """Return a number in the unit that it is shown in, where it has that one."""
    if shown.unit is not None and shown.unit != quantity.unit:
        with suppress(UnitMismatch, UnknownUnit):
            return quantity.to(shown.unit)
    return quantity


def _is_told_to(shown: Shown) -> bool:
    """Whether a form has a last digit to which a number is stated: no bound, no range, no part of a whole."""
    bound = any(word in _BOUNDS for word, _ in shown.qualifiers)
    return not (bound or shown.is_range or shown.is_fixed or shown.figures[0].is_fraction)


def _written(quantity: Quantity, last: Decimal | None) -> str:
    """Return a value with six significant digits, more where two decimals beyond its last digit need them."""
    value, unit = quantity.value, counted(quantity.unit)
    if quantity.unit != unit:
        value = quantity.to(unit).value
    decimals = _DIGITS - 1 - value.adjusted()
    if last is not None:
        decimals = max(decimals, _BEYOND - last.adjusted())
    whole = Context(prec=len(value.as_tuple().digits) + abs(value.adjusted()) + abs(decimals))
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, whole).normalize(whole)
    sign = "" if rounded == value else "≈ "
    if rounded and not _TINY <= abs(rounded) < _HUGE:
        power = rounded.adjusted()
        digits = f"{rounded.scaleb(-power):f}".replace("-", "−")
        return sign + with_unit(f"{digits} × 10{str(power).translate(LOWERED)}", unit)
    return sign + amount(rounded, unit, _places(rounded))


def _places(value: Decimal) -> int:
    """Return how many decimals a number has; fewer than none where it ends in zeros."""
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and value else 0


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _as_divided(quantity: Quantity, entries: Mapping[str, Entry]) -> str:
    """Return the two whole numbers whose ratio a number is exactly, where its digits have no end.

    ``exactly 100 ÷ 1,297`` of 7.71%; empty for all else.
    """
    formula = quantity.formula
    while isinstance(formula, Op) and formula.name == "to":
        formula = formula.args[0]
    if quantity.unit not in (PURE, PERCENT) or not isinstance(formula, Op) or formula.name not in _DIVIDING:
        return ""
    if not is_sharp(quantity) or len(quantity.value.as_tuple().digits) <= _DIGITS:
        return ""
    try:
        top, bottom = (evaluate(part, lambda id: number_of(entries, id)) for part in formula.args)
    except (InputError, ValueError, ArithmeticError, TypeError):
        return ""
    if top.unit != bottom.unit or not all(map(_is_whole, (top, bottom))):
        return ""
    return f"exactly {amount(top.value, PURE, 0)} ÷ {amount(bottom.value, PURE, 0)}"


def _is_whole(quantity: Quantity) -> bool:
    value = quantity.value
    return quantity.interval.is_point and value == value.to_integral_value() and abs(value) < _LARGE
