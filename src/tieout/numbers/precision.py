"""How finely a number is stated: the size of its last significant unit, as its digits or its data say."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Literal

from tieout.numbers import units
from tieout.numbers.interval import WORK
from tieout.numbers.vocabulary import UnknownUnit

EXACT: Literal["exact"] = "exact"
Precision = Decimal | Literal["exact"]

_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?:\s+(?P<unit>\S.*))?")


def last_unit(*digits: str) -> Decimal:
    """Return what one of the last significant digit is worth; of several numbers, of the finest.

    Zeros at the end of a whole number are no digits: 400 is stated to hundreds. Those after a point are.

    Examples
    --------
    >>> last_unit("2.50"), last_unit("400"), last_unit("30", "45"), last_unit("0")
    (Decimal('0.01'), Decimal('1E+2'), Decimal('1'), Decimal('1'))
    """
    return min(map(_last, digits))


def _last(digits: str) -> Decimal:
    whole, _, part = digits.strip().lstrip("+-").partition(".")
    zeros = len(whole) - len(whole.rstrip("0")) if not part and whole.strip("0") else 0
    return Decimal(1).scaleb(zeros - len(part))


def read_precision(text: str, unit: str) -> Precision:
    """Read the size of a number's last significant unit: ``10``, ``10 million``, ``5 minute``, ``exact``.

    Parameters
    ----------
    text
        A bare number is in the unit of the value, its scale word included; one with a scale word is not.
    unit
        The unit that the value is written in: ``million USD``.

    Returns
    -------
    Decimal or ``"exact"``
        In the unit without its scale word: USD.

    Raises
    ------
    ValueError
        It is no such size; in words.

    Examples
    --------
    >>> read_precision("10", "million USD") == read_precision("10 million", "million USD")
    True
    """
    if text == EXACT:
        return EXACT
    found = _SIZE.fullmatch(text)
    if not found or not Decimal(found["number"]):
        raise ValueError(f"{text!r} is no size of a digit")
    scale, own = units.canonical(unit)
    if found["unit"]:
        try:
            scale, name = units.canonical(found["unit"])
        except UnknownUnit:
            raise ValueError(f"{text!r} is no size of a digit") from None
        if name not in (units.PURE, own):
            raise ValueError(f"{text!r} is in {units.spoken(name)}, and the value is in {units.spoken(own)}")
    return WORK.multiply(Decimal(found["number"]), scale)
