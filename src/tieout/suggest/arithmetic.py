"""What an expression that computes further is called: no mean is what was divided by a mean, and says so."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable

from tieout.suggest.expressions import names, statistics

LONGEST = 90  # characters of a label; a longer one is the code itself
_METHODS: dict[str, type[ast.operator]] = {
    "add": ast.Add, "sub": ast.Sub, "mul": ast.Mult, "multiply": ast.Mult, "div": ast.Div, "truediv": ast.Div,
    "divide": ast.Div, "pow": ast.Pow,
}  # fmt: skip
_BOTH: dict[type[ast.operator], tuple[str, str]] = {
    ast.Sub: ("difference", "Difference of {} and {}"), ast.Div: ("ratio", "Ratio of {} to {}"),
    ast.Add: ("sum", "Sum of {} and {}"), ast.Mult: ("product", "Product of {} and {}"),
}  # fmt: skip
_BY: dict[type[ast.operator], tuple[str, str]] = {
    ast.Sub: ("less", "{}, less {}"), ast.Div: ("divided", "{}, divided by {}"),
    ast.Add: ("plus", "{}, plus {}"), ast.Mult: ("multiplied", "{}, times {}"),
}  # fmt: skip
_FROM: dict[type[ast.operator], tuple[str, str]] = {
    ast.Sub: ("rest", "{}, less {}"), ast.Div: ("inverse", "{}, divided by {}"),
    ast.Add: ("plus", "{}, plus {}"), ast.Mult: ("multiplied", "{} times {}"),
}  # fmt: skip
_FUNCTIONS = {"sqrt": "Square root", "log": "Logarithm", "log10": "Logarithm", "log2": "Logarithm",
              "log1p": "Logarithm", "exp": "Exponential", "abs": "Size"}  # fmt: skip
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Gt: "over", ast.GtE: "of at least", ast.Lt: "under", ast.LtE: "of at most", ast.Eq: "",
    ast.NotEq: "other than",
}  # fmt: skip
_AS_IT_IS = frozenset(("float", "int", "round"))
Label = Callable[[ast.expr], str]


def computed(node: ast.expr, label: Label) -> tuple[str, str] | None:
    """Return what kind of a computation an expression is, for ids, and its label; None where it is none.

    Of another unit alone, as ``x.mean() * 100``, it is none.

    Parameters
    ----------
    label
        Names a part of the expression.

    Examples
    --------
    >>> computed(ast.parse("a / 2.85", mode="eval").body, ast.unparse)
    ('divided', 'A, divided by 2.85')
    >>> computed(ast.parse("(p1 / p0 - 1) * 100", mode="eval").body, ast.unparse)
    ('change', 'Change of p1 against p0')
    >>> computed(ast.parse("(g < 0).mean()", mode="eval").body, ast.unparse)
    ('share', 'Share with g under 0')
    """
    node = same(node)
    found = _of_condition(node, label) or _of_row(node, label) or _of_function(node, label)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and not _number(node):
        found = "negative", f"{label(node.operand)}, with the other sign"
    if found is None and isinstance(node, ast.BinOp):
        found = _of_both(node, label)
    if found is None:
        return None
    kind, said = found
    said = said[:1].upper() + said[1:]
    return kind, said if len(said) <= LONGEST else f"Value of {ast.unparse(node)}"[:LONGEST]


def same(node: ast.expr) -> ast.expr:
    """Return what an expression gives in another unit or type: ``x`` of ``float(x) * 100``."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _AS_IT_IS
        and node.args
    ):
        return same(node.args[0])
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in ("round", "item") and not isinstance(node.func.value, ast.Name):
            return same(node.func.value)
        if node.func.attr in _METHODS and len(node.args) == 1 and not node.keywords:
            return same(ast.BinOp(node.func.value, _METHODS[node.func.attr](), node.args[0]))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div):
        if _is_power(node.right):
            return same(node.left)
        if _is_power(node.left) and isinstance(node.op, ast.Mult):
            return same(node.right)
    return node


def _is_power(node: ast.expr) -> bool:
    """Whether an expression is a power of ten."""
    value = node.value if isinstance(node, ast.Constant) else None
    return (
        isinstance(value, int | float) and re.fullmatch(r"10*|1e[+-]?\d+|0[.]0*1", f"{value:g}") is not None
    )


def _number(node: ast.expr) -> str:
    """Return a constant as text; empty for anything else."""
    held = node.operand if isinstance(node, ast.UnaryOp) else node
    is_number = isinstance(held, ast.Constant) and isinstance(held.value, int | float)
    return ast.unparse(node) if is_number else ""


def _of_both(node: ast.BinOp, label: Label) -> tuple[str, str] | None:
    operator, left, right = type(node.op), _number(node.left), _number(node.right)
    if operator not in _BOTH:
        return "value", f"Value of {ast.unparse(node)}"
    inner = same(node.left)
    if (
        operator is ast.Sub
        and right == "1"
        and isinstance(inner, ast.BinOp)
        and isinstance(inner.op, ast.Div)
    ):
        return "change", f"Change of {_low(label(inner.left))} against {_low(label(inner.right))}"
    if left and right:
        return None
    if right:
        kind, said = _BY[operator]
        return kind, said.format(label(node.left), right)
    if left:
        kind, said = _FROM[operator]
        return kind, said.format(left, _low(label(node.right)))
    kind, said = _BOTH[operator]
    return kind, said.format(_low(label(node.left)), _low(label(node.right)))


def _of_condition(node: ast.expr, label: Label) -> tuple[str, str] | None:
    """Return of ``(g < 0).mean()`` the share, of ``(g < 0).sum()`` the number."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and not node.args):
        return None
    held = node.func.value
    is_condition = isinstance(held, ast.Compare | ast.BoolOp) or (
        isinstance(held, ast.BinOp) and isinstance(held.op, ast.BitAnd | ast.BitOr)
    )
    kinds = {"mean": ("share", "Share"), "sum": ("n", "Number")}
    if not is_condition or node.func.attr not in kinds:
        return None
    kind, said = kinds[node.func.attr]
    return kind, f"{said} with {_condition(held, label) or 'a condition met'}"


def _condition(node: ast.expr, label: Label) -> str:
    """Return a comparison in words, *wait over 60 minutes* of ``wait_min > 60``; empty where it is none."""
    if isinstance(node, ast.BoolOp | ast.BinOp):
        sides = node.values if isinstance(node, ast.BoolOp) else [node.left, node.right]
        joint = "and" if isinstance(node.op, ast.And | ast.BitAnd) else "or"
        said = [_condition(each, label) for each in sides]
        return f" {joint} ".join(said) if all(said) else ""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1 or type(node.ops[0]) not in _COMPARED:
        return ""
    (value,), how = node.comparators, _COMPARED[type(node.ops[0])]
    thing = _low(label(node.left))
    told = _number(value) or (str(value.value) if isinstance(value, ast.Constant) else _low(label(value)))
    measured = re.fullmatch(r"(.+) (seconds|minutes|hours|days)", thing) if _number(value) else None
    return " ".join(filter(None, (measured[1], how, told, measured[2]) if measured else (thing, how, told)))


def _of_row(node: ast.expr, label: Label) -> tuple[str, str] | None:
    """Return what a row of a computation is: ``(a / b).loc["x"]``."""
    if not isinstance(node, ast.Subscript):
        return None
    held = node.value
    if isinstance(held, ast.Attribute) and held.attr in ("loc", "iloc", "at", "iat"):
        held = held.value
    if not isinstance(same(held), ast.BinOp):
        return None
    found = computed(held, label)
    row = ", ".join(names(node.slice)) or ast.unparse(node.slice)
    return (found[0], f"{found[1]}, {row}") if found else None


def _of_function(node: ast.expr, label: Label) -> tuple[str, str] | None:
    """Return what a function of a statistic or a statistic of a computation is."""
    if not isinstance(node, ast.Call):
        return None
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if called in _FUNCTIONS and len(node.args) == 1 and statistics(frozenset(names(node.args[0]))):
        return called, f"{_FUNCTIONS[called]} of {_low(label(node.args[0]))}"
    if isinstance(node.func, ast.Attribute) and not node.args and statistics(frozenset((called,))):
        held = same(node.func.value)
        if isinstance(held, ast.BinOp):
            found = computed(held, label)
            own = label(ast.Call(ast.Attribute(ast.Name("x", ast.Load()), called, ast.Load()), [], []))
            return (f"{found[0]}.{called}", f"{own} of {_low(found[1])}") if found else None
    return None


def _low(text: str) -> str:
    """Return a label as it stands within another: its first letter is small, but for *R²*, *F*."""
    is_sign = text == "F" or text[1:2] == "²" or text[1:2].isupper()
    return text if is_sign else text[:1].lower() + text[1:]
