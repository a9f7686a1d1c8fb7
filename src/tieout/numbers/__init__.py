"""Numbers: unit, rounding interval, lineage, and the arithmetic that keeps all three."""

from tieout.numbers.formula import Formula, Operand, figure, formula
from tieout.numbers.interval import DOWN, UP, WORK, Interval
from tieout.numbers.lineage import Const, Expr, Leaf, Op, from_json, inputs, leaves, to_json, written
from tieout.numbers.quantity import (
    QUALIFIERS,
    Quantity,
    evaluate,
    growth_rate,
    is_end,
    lower,
    maximum,
    mean,
    minimum,
    plain,
    power,
    ratio,
    share,
    span,
    total,
    upper,
)
from tieout.numbers.spans import figures_of, write_span
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
from tieout.numbers.wording import between, unit_words

__all__ = [
    "CURRENCIES", "DOWN", "PERCENT", "POINT", "PURE", "QUALIFIERS", "SCALES", "UP", "WORK", "Const",
    "Expr", "Formula", "Interval", "Leaf", "Op", "Operand", "Quantity", "UnitMismatch", "UnknownUnit",
    "between", "evaluate", "figure", "figures_of", "formula", "from_json", "growth_rate", "inputs",
    "is_end", "leaves", "lower",
    "maximum", "mean", "minimum", "plain", "power", "ratio", "register_units", "share", "span", "to_json",
    "total", "unit", "unit_words", "upper", "write_span", "written",
]  # fmt: skip
