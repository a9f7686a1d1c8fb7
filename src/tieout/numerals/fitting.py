"""Brings a quantity to the unit that a displayed number has, or says why the two do not fit."""

from __future__ import annotations

from fractions import Fraction

from tieout.numbers import PERCENT, POINT, PURE, Quantity, UnitMismatch, units
from tieout.numerals.locales import MULTIPLE, POINTS, SHARE
from tieout.numerals.shown import Shown

_BASE = frozenset(
    (
        "[length]",
        "[mass]",
        "[time]",
        "[current]",
        "[temperature]",
        "[substance]",
        "[luminosity]",
        "[printing_unit]",
    )
)


def conversion(shown: Shown, quantity: Quantity) -> Fraction | str:
    """Return by what to multiply a quantity to have it in the unit shown, or why it has no such unit."""
    own, mark = quantity.unit, shown.mark
    if shown.unit is None:
        if all(figure.is_fraction for figure in shown.figures) and own == PERCENT:
            return units.factor(own, PURE)
        if own == PURE or not needs_unit(own):
            return Fraction(1)
        return f"has no unit, and the entry is in {spoken(own)}"
    if mark == SHARE:
        if own == POINT:
            return "is a percentage, and the entry is in percentage points"
        if PERCENT in own or own == PURE:
            return _factor(own, PERCENT)
        return f"is a percentage, and the entry is in {spoken(own)}"
    if mark == POINTS:
        return (
            Fraction(1)
            if own in (POINT, PERCENT)
            else f"is in percentage points, and the entry is in {spoken(own)}"
        )
    if mark == MULTIPLE:
        if own in (PURE, PERCENT):
            return units.factor(own, PURE)
        return f"is a multiple, and the entry is in {spoken(own)}"
    return _factor(own, shown.unit)


def _factor(own: str, target: str) -> Fraction | str:
    for name in dict.fromkeys((own, numerator(own))):
        try:
            if name in (POINT, PERCENT) and target not in (POINT, PERCENT):
                continue
            return units.factor(name, target)
        except UnitMismatch:
            continue
    return f"is in {spoken(target)}, and the entry is in {spoken(own)}"


def numerator(unit: str) -> str:
    """Return what a rate counts: ``consultation`` of ``consultation / day``."""
    return unit.split(" / ", 1)[0].strip() or PURE


def needs_unit(unit: str) -> bool:
    """Whether a bare number does not say what it is: money, time and other measures, percentages."""
    name = numerator(unit)
    if name == PURE:
        return False
    _, dimensions = units.root(name)
    if not dimensions:
        return True
    return any(
        dimension in _BASE or dimension.startswith("[currency")
        for dimension, power in dimensions
        if power > 0
    ) or all(power < 0 for _, power in dimensions)


def spoken(unit: str) -> str:
    """Name a unit in a message."""
    return "percentage points" if unit == POINT else units.spoken(unit).replace("_", " ")
