"""What the words at a number say of its sign: a fall, or one of both and not which."""

from __future__ import annotations

from tieout.numbers import PERCENT, POINT, PURE, Quantity
from tieout.numerals.context import Context
from tieout.numerals.direction import before_brackets, direction, known_direction, turn
from tieout.numerals.fitting import needs_unit
from tieout.numerals.limits import around_estimate
from tieout.numerals.outright import is_change, is_of_a_fall, is_outright, is_saved, is_told_elsewhere
from tieout.numerals.unlisted import is_unlisted


def is_fall(quantity: Quantity, context: Context) -> bool:
    """Whether the words at a number say the sign of an entry below zero: *fell by*, *lower*, *saves*.

    Those before brackets that hold no more than it: *fell sharply (36%)*. Of limits, those at their estimate.
    """
    if quantity.value >= 0:
        return False
    estimated = around_estimate(quantity, context)
    if estimated is not None:
        context = estimated
    in_brackets = quantity.unit in (PURE, PERCENT) and before_brackets(context) < 0
    if direction(context) < 0 or in_brackets or is_outright(context) or is_saved(quantity, context):
        return True
    return is_told_elsewhere(quantity, context) or is_unlisted(context)


def unclear(quantity: Quantity, context: Context) -> bool:
    """Whether a sentence gives a direction that may no longer be the entry's: no rewriting helps there."""
    if _is_either(quantity, context):
        return True
    found = turn(context)
    if found is None and quantity.value > 0 and is_outright(context):
        is_share = quantity.unit in (PERCENT, POINT) and not context.after.startswith(" of ")
        may_rise = is_change(quantity) or (is_share and not is_of_a_fall(quantity))
        return may_rise and known_direction(quantity) >= 0
    counted = quantity.value > 0 and quantity.interval.is_point and quantity.value == int(quantity.value)
    if found and found.place == "behind" and counted:
        return False  # *12 younger women* says how many there are
    said = found.way if found else 0
    own = -1 if quantity.value < 0 else known_direction(quantity)
    return (said < 0 and own != said) or (said > 0 and own < 0)


def _is_either(quantity: Quantity, context: Context) -> bool:
    """Whether a number is said with a verb that may be of a rise or of a fall, and so may the entry be.

    What is above zero may be counted, *watched by 5.2 million*, or a share, *owned by 5.2% of households*.
    """
    if not is_unlisted(context) or context.after.startswith(" of "):
        return False
    if quantity.value < 0:
        return not is_outright(context)
    is_share = quantity.unit == PURE and quantity.value < 1
    return is_change(quantity) or is_share or needs_unit(quantity.unit)
