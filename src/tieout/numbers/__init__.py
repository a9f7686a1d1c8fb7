"""Numbers: unit, rounding interval, lineage, and the arithmetic that keeps all three."""

from tieout.numbers.interval import DOWN, UP, WORK, Interval
from tieout.numbers.lineage import Const, Expr, Leaf, Op, from_json, inputs, leaves, to_json, written
from tieout.numbers.quantity import (
    QUALIFIERS,
    Quantity,
    evaluate,
    explain,
    growth_rate,
    lower,
    maximum,
    mean,
    minimum,
    plain,
    power,
    ratio,
    share,
    total,
    upper,
)
from tieout.numbers.units import (
    CURRENCIES,
    PERCENT,
    POINT,
    PURE,
    SCALES,
    UnitMismatch,
    UnknownUnit,
    register_units,
    unit,
)

__all__ = [
    "CURRENCIES", "DOWN", "PERCENT", "POINT", "PURE", "QUALIFIERS", "SCALES", "UP", "WORK", "Const",
    "Expr", "Interval", "Leaf", "Op", "Quantity", "UnitMismatch", "UnknownUnit", "evaluate", "explain",
    "from_json", "growth_rate", "inputs", "leaves", "lower", "maximum", "mean", "minimum", "plain",
    "power", "ratio", "register_units", "share", "to_json", "total", "unit", "upper", "written",
]  # fmt: skip
