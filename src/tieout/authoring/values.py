"""What analysts have, as quantities and texts: numbers of any library, one-cell frames, durations, dates.

Libraries are known by what their values can do, not by import: none of them has to be installed.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from numbers import Integral, Real
from typing import Any

from tieout import numerals
from tieout.authoring.language import spoken
from tieout.data import Fact
from tieout.numbers import Interval, Quantity
from tieout.problems import InputError

# Two significant digits of a standard error are known: JCGM 100:2008, 7.2.6.
ERROR_DIGITS = 2


@dataclass(frozen=True)
class Sharpness:
    """How finely an author says that a number is known.

    Parameters
    ----------
    like
        An example of its display, which has no more digits than are known.
    digits
        How many significant digits are known.
    se
        Its standard error, in the number's unit.
    interval
        Where it lies, lowest and highest, in the number's unit.
    """

    like: str | None = None
    digits: int | None = None
    se: Any = None
    interval: Sequence[Any] | None = None


def taken(value: Any, id: str, unit: str | None, sharpness: Sharpness) -> Quantity | str:
    """Return what an author records as a quantity, or as text where it is a name or a date.

    Parameters
    ----------
    value
        A quantity or fact, a number of Python, NumPy, pandas, pint or uncertainties, a Series, DataFrame or
        array of one cell, a duration, a date, or a text.
    id
        The ledger id, for messages.
    unit
        The unit of a plain number; the unit to convert to, of what has one.
    sharpness
        What is known of its precision; of what is computed from facts the intervals say that already.

    Raises
    ------
    InputError
        It is no single value, it is missing or not finite, or its unit is unknown or does not fit.
    """
    if isinstance(value, Fact):
        if value.quantity is None:
            return value.value
        value = value.quantity
    if isinstance(value, Quantity):
        return _converted(value, unit, id)
    plain, own_unit, error = _unwrapped(value, id)
    if isinstance(plain, str):
        if not plain.strip():
            raise InputError(f"{id}: the text is empty", "look at what computes it", id=id)
        return plain
    number, exact = _number(plain, value, id)
    se = sharpness.se if sharpness.se is not None else error
    quantity = _in_unit(number, own_unit or unit or "1", exact, id)
    quantity = _sharpened(quantity, Sharpness(sharpness.like, sharpness.digits, se, sharpness.interval), id)
    if not own_unit or unit is None:
        return quantity
    # In another unit it is the same number: computed, and no more exact than before.
    return replace(
        _converted(quantity, unit, id), kind="computed", qualifier=quantity.qualifier, lineage=None
    )


def plain(value: Any, id: str) -> Fraction:
    """Return a number of any library without its unit, as it is."""
    return Fraction(_number(_unwrapped(value, id)[0], value, id)[0])


def error_of(value: Any, se: Any) -> Any:
    """Return the standard error of a computed number, the one that is given or its own; None for none."""
    if isinstance(value, Fact | Quantity | str):
        return None
    if se is None and hasattr(value, "magnitude") and hasattr(value, "units"):
        own = getattr(value.magnitude, "std_dev", None)
        return own * value.units if own else None
    return se if se is not None else getattr(value, "std_dev", None) or None


def _converted(quantity: Quantity, unit: str | None, id: str) -> Quantity:
    if unit is None:
        return quantity
    try:
        return quantity.to(unit)
    except ValueError as error:
        raise InputError(f"{id}: {error}", "leave unit= out, or correct it", id=id) from None


def _unwrapped(value: Any, id: str) -> tuple[Any, str | None, Any]:
    """Return the plain value of a library's, its own unit, and its standard error."""
    unit = error = None
    if hasattr(value, "magnitude") and hasattr(value, "units"):  # pint
        unit, value = str(value.units) or "1", value.magnitude
    if hasattr(value, "nominal_value") and hasattr(value, "std_dev"):  # uncertainties
        error, value = value.std_dev, value.nominal_value
    shape = getattr(value, "shape", ())
    if shape and math.prod(shape) != 1:
        rows = " × ".join(map(str, shape))
        hint = "take one of them (.mean(), .loc[…]), or record all of them: t.table(frame, ids=…)"
        raise InputError(f"{id}: a {type(value).__name__} of {rows} values is not one number", hint, id=id)
    if hasattr(value, "iloc"):
        value = value.iloc[(0,) * len(shape)]
    elif hasattr(value, "reshape") and hasattr(value, "dtype"):
        value = value.reshape(-1)[0]
    if hasattr(value, "isoformat") and hasattr(value, "to_numpy") and value != value:  # NaT
        raise _missing(value, id)
    if hasattr(value, "dtype") and str(value.dtype).startswith(("timedelta64", "datetime64")):
        value = _of_numpy(value, id)
    if isinstance(value, datetime.timedelta):
        days, seconds, micro = value.days, value.seconds, value.microseconds
        nano = getattr(value, "nanoseconds", 0)
        return (
            Decimal(days * 86400 + seconds) + Decimal(micro) / 10**6 + Decimal(nano) / 10**9,
            "second",
            None,
        )
    if isinstance(value, datetime.date | datetime.time) or (
        hasattr(value, "freqstr") and hasattr(value, "year")
    ):
        return _dated(value), None, None
    return value, unit, error


def _of_numpy(value: Any, id: str) -> Any:
    import pandas as pd

    found = pd.Timedelta(value) if str(value.dtype).startswith("timedelta") else pd.Timestamp(value)
    if found != found:
        raise _missing(value, id)
    return found


def _dated(value: Any) -> str:
    """Return a date as ISO 8601 has it, without a time of day that says nothing."""
    if not hasattr(value, "isoformat"):
        return str(value)  # a period: 2024Q3, 2024-03
    text: str = value.isoformat()
    return text.removesuffix("T00:00:00")


def _missing(value: Any, id: str) -> InputError:
    return InputError(f"{id}: the value is missing ({value})", "look at what computes it", id=id)


def _number(plain: Any, given: Any, id: str) -> tuple[Decimal | Fraction, bool]:
    """Return a plain number with every digit that it has, and whether it counts or is an exact ratio."""
    kind = type(plain).__name__
    if plain is None or kind in ("NAType", "MaskedConstant"):
        raise _missing(plain, id)
    if isinstance(plain, bool) or kind in ("bool_", "bool"):
        raise InputError(f"{id}: {plain} is no number", 'record a number, or words: "yes"', id=id)
    if isinstance(plain, Integral):
        return Decimal(int(plain)), True
    if isinstance(plain, Fraction):
        return plain, True
    if isinstance(plain, Decimal):
        number = plain
    elif isinstance(plain, Real):
        # The shortest digits that give the same number again, in the precision that it is kept in.
        text = str(plain) if hasattr(plain, "dtype") else repr(float(plain))
        number = Decimal(text)
    else:
        hint = (
            "record a number, a one-cell frame, a duration, a date, a text, or what arithmetic on facts gives"
        )
        raise InputError(f"{id}: cannot record a {type(given).__name__}", hint, id=id)
    if not number.is_finite():
        raise _missing(plain, id)
    return number, False


def _in_unit(number: Decimal | Fraction, unit: str, exact: bool, id: str) -> Quantity:
    try:
        return Quantity.computed(number, unit, exact=exact)
    except ValueError as error:
        raise InputError(f"{id}: {error}", "correct unit=", id=id) from None


def _sharpened(quantity: Quantity, known: Sharpness, id: str) -> Quantity:
    """Give a computed number the interval that its author declares, by what is the most exact statement."""
    if known.interval is not None:
        ends = [_end(end, quantity, id) for end in known.interval]
        if len(ends) != 2 or not ends[0] <= quantity.value <= ends[1]:
            what = f"{id}: interval= must be two numbers around the value"
            raise InputError(what, "interval=(lowest, highest)", id=id)
        return quantity.within(Interval(ends[0], ends[1]))
    if quantity.qualifier == "exact":
        return quantity
    if known.se is not None:
        error = _end(known.se, quantity, id)
        if error < 0:
            raise InputError(f"{id}: the standard error {known.se} is below zero", "correct se=", id=id)
        return quantity.known_to(_last(error, ERROR_DIGITS)) if error else quantity
    if known.digits is not None:
        if known.digits < 1:
            raise InputError(f"{id}: digits={known.digits} shows nothing", "say at least 1", id=id)
        return quantity.known_to(_last(quantity.value, known.digits)) if quantity.value else quantity
    if known.like is not None:
        shown = numerals.parse(_form(quantity, known.like, id), spoken().lang)
        if shown is not None and not shown.is_range and not _is_small(shown):
            grain = numerals.grain_in(shown, quantity)
            return quantity.known_to(grain) if grain is not None else quantity
    return quantity


def _is_small(shown: numerals.Shown) -> bool:
    """Whether a form says that something is below a part of one, ``< .001``, and nothing of its digits."""
    below = any(word in (numerals.MOST, numerals.UNDER) for word, _ in shown.qualifiers)
    return below and shown.figures[0].value < 1


def with_unit(like: str, quantity: Quantity) -> str:
    """Return an example of a display with the quantity's unit, where it is a bare number: ``43.9 years``."""
    bare = numerals.parse(like, spoken().lang)
    if bare is None or bare.unit is not None or isinstance(numerals.conversion(bare, quantity), Fraction):
        return like
    full = numerals.format(quantity, lang=spoken().lang)
    whole = numerals.parse(full, spoken().lang)
    if whole is None or whole.is_range:
        return like
    figure = whole.figures[0]
    end = figure.end if bare.figures[0].scale == 1 else max(figure.end, figure.scale_at[1])
    return full[: figure.start] + like.strip() + full[end:]


def _form(quantity: Quantity, like: str, id: str) -> str:
    like = with_unit(like, quantity)
    try:
        return numerals.format(quantity, like=like, lang=spoken().lang)
    except ValueError as error:
        raise InputError(f"{id} cannot be shown like {like!r}: {error}", id=id) from error


def _end(value: Any, quantity: Quantity, id: str) -> Decimal:
    """Return an end of an interval, or an error, in the canonical unit of the quantity."""
    plain, _, _ = _unwrapped(value, id)
    number, _ = _number(plain, value, id)
    scaled = Fraction(number) * Fraction(quantity.scale)
    return Decimal(scaled.numerator) / Decimal(scaled.denominator)


def _last(value: Decimal, digits: int) -> Decimal:
    """Return what the last of so many significant digits of a value is worth."""
    return Decimal(1).scaleb(value.adjusted() - digits + 1)
