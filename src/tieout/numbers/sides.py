"""The terms of a printed formula: written with the brackets they need, and computed as they are printed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction

_SIGNS = {
    "add": " + ",
    "sum": " + ",
    "sub": " − ",
    "mul": " × ",
    "div": " ÷ ",
    "share": " ÷ ",
    "ratio": " ÷ ",
}
_WORDS = {"mean": "mean of", "min": "smallest of", "max": "largest of"}
_SUM, _PRODUCT, _PER, _POWER, _UNIT, _WHOLE = 10, 20, 25, 30, 35, 90
_FINE = Context(prec=90)
_LARGEST = 400


@dataclass(frozen=True)
class Side:
    """One side of a formula, and the sign before it: none, ``=`` or ``≈``."""

    sign: str
    text: str


@dataclass(frozen=True)
class Atom:
    """An amount as printed; its size is in root units: seconds for minutes, a fraction for per cent."""

    text: str
    size: Fraction
    has_unit: bool = False
    has_per: bool = False

    @property
    def binds(self) -> int:
        """How tightly its parts hold together for a reader."""
        if self.text.startswith("−"):
            return _SUM
        return _PER if self.has_per else _UNIT if self.has_unit else _WHOLE


@dataclass(frozen=True)
class Work:
    """An operation on terms, named as in a lineage."""

    name: str
    args: tuple[Term, ...]


Term = Atom | Work


def render(term: Term) -> str:
    """Write a term."""
    return _rendered(term)[0]


def _rendered(term: Term) -> tuple[str, int]:
    if isinstance(term, Atom):
        return term.text, term.binds
    args = term.args
    if term.name in _SIGNS:
        level = _SUM if term.name in ("add", "sum", "sub") else _PRODUCT
        firm = (level == _SUM and term.name == "sub") or term.name in ("div", "share", "ratio")
        parts = [_inside(args[0], level)]
        parts += [_inside(arg, level + 10 if firm or _is_negative(arg) else level) for arg in args[1:]]
        return _SIGNS[term.name].join(parts), level
    if term.name == "neg":
        return "−" + _inside(args[0], _POWER), _SUM
    if term.name == "pow":
        return f"{_inside(args[0], _UNIT + 1)}^{_inside(args[1], _UNIT + 1)}", _POWER
    if term.name == "growth_rate":
        start, end, periods = (_inside(arg, _POWER) for arg in args)
        return f"({end} ÷ {start})^(1/{periods}) − 1", _SUM
    if term.name == "growth_periods":
        start, end = (_inside(arg, _POWER) for arg in args[:2])
        return f"ln ({end} ÷ {start}) ÷ ln (1 + {_inside(args[2], _PRODUCT)})", _PRODUCT
    return f"{_WORDS[term.name]} ({'; '.join(map(render, args))})", _WHOLE


def _is_negative(term: Term) -> bool:
    return _rendered(term)[0].startswith("−")


def _inside(term: Term, needed: int) -> str:
    text, binds = _rendered(term)
    return text if binds >= needed else f"({text})"


def size(term: Term) -> Fraction:
    """Compute what a term makes, as printed.

    Raises
    ------
    ZeroDivisionError
        Where it divides by zero.
    """
    if isinstance(term, Atom):
        return term.size
    parts = [size(arg) for arg in term.args]
    first, last = parts[0], parts[-1]
    match term.name:
        case "add" | "sum":
            return sum(parts, Fraction(0))
        case "sub":
            return first - last
        case "mul":
            return first * last
        case "div" | "share" | "ratio":
            return first / last
        case "neg":
            return -first
        case "mean":
            return sum(parts, Fraction(0)) / len(parts)
        case "min":
            return min(parts)
        case "max":
            return max(parts)
        case "pow":
            return raised(first, last)
        case "growth_periods":
            return _logarithm(parts[1] / first) / _logarithm(1 + last)
        case _:
            return raised(parts[1] / first, 1 / last) - 1


def _logarithm(number: Fraction) -> Fraction:
    """Take the natural logarithm of a number above zero, to ninety digits."""
    over, under = map(_FINE.create_decimal, (number.numerator, number.denominator))
    return Fraction(_FINE.ln(_FINE.divide(over, under)))


def raised(base: Fraction, exponent: Fraction) -> Fraction:
    """Raise to a power, exactly where the result is exact, else to ninety digits."""
    if exponent.denominator == 1 and abs(exponent) <= _LARGEST:
        return base**exponent.numerator
    if base == 0:
        return Fraction(0)
    over, under = (_FINE.create_decimal(each) for each in (base.numerator, base.denominator))
    power = _FINE.divide(Decimal(exponent.numerator), Decimal(exponent.denominator))
    found = _FINE.power(_FINE.divide(over, under), power)
    near = Fraction(found.normalize(Context(prec=60)))
    if exponent.denominator <= 64 and abs(exponent.numerator) <= 64:
        root, whole = near**exponent.denominator, base**exponent.numerator
        if root == whole:
            return near
    return Fraction(found)
