"""Numbers: unit, rounding interval, lineage, and the arithmetic that keeps all three."""

from tieout.numbers.formula import Formula, Operand, figure, formula
from tieout.numbers.functions import (
    evaluate,
    growth_periods,
    growth_rate,
    is_end,
    lower,
    maximum,
    mean,
    minimum,
    ratio,
    share,
    span,
    total,
    upper,
)
from tieout.numbers.interval import DOWN, UP, WORK, Interval
from tieout.numbers.lineage import Const, Expr, Leaf, Op, from_json, inputs, leaves, plain, to_json, written
from tieout.numbers.precision import EXACT, Precision, last_unit, read_precision
from tieout.numbers.quantity import QUALIFIERS, Quantity, power
from tieout.numbers.spans import figures_of, write_span
from tieout.numbers.units import (
    PERCENT,
    POINT,
    PURE,
    SCALES,
    UnitMismatch,
    canonical,
    register_units,
)
from tieout.numbers.vocabulary import CURRENCIES, UnknownUnit
from tieout.numbers.wording import between, given_to, is_sharp, unit_words

__all__ = [
    "CURRENCIES", "DOWN", "EXACT", "PERCENT", "POINT", "PURE", "QUALIFIERS", "SCALES", "UP", "WORK",
    "Const", "Expr", "Formula", "Interval", "Leaf", "Op", "Operand", "Precision", "Quantity", "UnitMismatch",
    "UnknownUnit", "between", "canonical", "evaluate", "figure", "figures_of", "formula", "from_json",
    "given_to", "growth_periods", "growth_rate", "inputs", "is_end", "is_sharp", "last_unit", "leaves",
    "lower", "maximum", "mean", "minimum", "plain", "power", "ratio", "read_precision", "register_units",
    "share", "span", "to_json", "total", "unit_words", "upper", "write_span", "written",
]  # fmt: skip
