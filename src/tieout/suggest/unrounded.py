"""Rounding for display, in code: what is recorded is the value before it, which prose alone then rounds."""

from __future__ import annotations

import ast
import copy

_ROUNDING = frozenset(("round", "around", "round_"))
_LIBRARIES = frozenset(("np", "numpy"))
# What only picks or arranges values, and gives each of them as it is.
_PICKING = frozenset(
    ("loc", "iloc", "at", "iat", "T", "item", "squeeze", "to_frame", "transpose", "head", "tail", "unstack",
     "stack", "rename", "copy", "to_dict", "reset_index", "set_index")
)  # fmt: skip


def unrounded(node: ast.expr) -> ast.expr:
    """Return an expression without the rounding of values that it then only picks; itself where none is.

    Examples
    --------
    >>> def shown(text): return ast.unparse(unrounded(ast.parse(text, mode="eval").body))
    >>> shown("df.describe().round(2).loc['std', 'age']"), shown("round(a / b, 2)"), shown("x.round(1).sum()")
    ("df.describe().loc['std', 'age']", 'a / b', 'x.round(1).sum()')
    """
    inner = _rounds(node)
    if inner is not None:
        return unrounded(inner)
    name, held = _picked(node)
    if held is None:
        return node
    bare = unrounded(held)
    if bare is held:
        return node
    made = copy.copy(node)
    setattr(made, name, bare)
    return made


def is_rounded(node: ast.expr) -> bool:
    """Whether the values of an expression were rounded last."""
    return unrounded(node) is not node


def root(node: ast.expr) -> str:
    """Return the variable that an expression only picks values of; empty for none."""
    _, held = _picked(node)
    if held is not None:
        return root(held)
    return node.id if isinstance(node, ast.Name) else ""


def _rounds(node: ast.expr) -> ast.expr | None:
    """Return what a call rounds: `round(x, 2)`, `x.round(2)`, `np.round(x, 2)`, `int(round(x))`."""
    if not isinstance(node, ast.Call):
        return None
    called = node.func
    if isinstance(called, ast.Name):
        if called.id == "round" and node.args:
            return node.args[0]
        if called.id == "int" and len(node.args) == 1:
            return _rounds(node.args[0])
    if isinstance(called, ast.Attribute) and called.attr in _ROUNDING:
        library = isinstance(called.value, ast.Name) and called.value.id in _LIBRARIES
        return (node.args[0] if node.args else None) if library else called.value
    return None


def _picked(node: ast.expr) -> tuple[str, ast.expr | None]:
    """Return in which field an expression holds what it only picks values of, and that."""
    if isinstance(node, ast.Subscript):
        return "value", node.value
    if isinstance(node, ast.Attribute) and node.attr in _PICKING:
        return "value", node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _PICKING:
        return "func", node.func
    return "", None
