"""Lineage: how a quantity was computed, as a small tree that can be stored, read back and printed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tieout.numbers.interval import WORK

_SIGNS = {"add": (1, " + "), "sum": (1, " + "), "sub": (1, " − "), "mul": (2, " × "), "div": (2, " ÷ ")}
_SIGNS |= {"share": _SIGNS["div"], "ratio": _SIGNS["div"]}
_WORDS = {"mean": "mean of", "min": "smallest of", "max": "largest of"}
_WORDS |= {"lower": "lower end of", "upper": "upper end of"}
ARITY = {
    "add": 2, "sub": 2, "mul": 2, "div": 2, "pow": 2, "neg": 1, "to": 2, "share": 2, "ratio": 2,
    "growth_rate": 3, "growth_periods": 3, "lower": 1, "upper": 1, "span": 3,
    "sum": None, "mean": None, "min": None, "max": None,
}  # fmt: skip
_MANY = 8


@dataclass(frozen=True)
class Leaf:
    """A quantity of the ledger, by id."""

    id: str

    def to_json(self) -> dict[str, Any]:
        """Return the node as plain data."""
        return {"id": self.id}


@dataclass(frozen=True)
class Const:
    """A number written in the computation itself (or, under ``to``, a unit)."""

    text: str

    def to_json(self) -> dict[str, Any]:
        """Return the node as plain data."""
        return {"const": self.text}


@dataclass(frozen=True)
class Op:
    """An operation on other nodes; `ARITY` lists the names."""

    name: str
    args: tuple[Expr, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the tree as plain data."""
        return {"op": self.name, "args": [arg.to_json() for arg in self.args]}


Expr = Leaf | Const | Op


def to_json(expr: Expr | None) -> dict[str, Any] | None:
    """Return a tree as plain data: ``{"op": "div", "args": [{"id": "a"}, {"const": "2"}]}``."""
    return None if expr is None else expr.to_json()


def from_json(data: Any) -> Expr:
    """Read a tree back from plain data.

    Raises
    ------
    ValueError
        If it is not such a tree; the message says which part.
    """
    if isinstance(data, dict):
        if set(data) == {"id"} and isinstance(data["id"], str):
            return Leaf(data["id"])
        if set(data) == {"const"} and isinstance(data["const"], str):
            return Const(data["const"])
        if set(data) == {"op", "args"} and isinstance(data["args"], list):
            name, args = data["op"], data["args"]
            if name in ARITY and len(args) == (ARITY[name] or max(len(args), 1)):
                return Op(name, tuple(from_json(arg) for arg in args))
    raise ValueError(f"not a formula: {str(data)[:120]}")


def inputs(expr: Expr | None) -> tuple[str, ...]:
    """Return the ids that a tree uses, each once, in order of appearance."""
    return tuple(dict.fromkeys(leaf.id for leaf in leaves(expr)))


def leaves(expr: Expr | None) -> Iterator[Leaf]:
    """Walk the leaves of a tree, left to right."""
    if isinstance(expr, Leaf):
        yield expr
    elif isinstance(expr, Op):
        for arg in expr.args:
            yield from leaves(arg)


def written(expr: Expr, leaf: Callable[[str], str] = str) -> str:
    """Write a tree as a formula, each leaf as ``leaf`` says.

    Examples
    --------
    >>> written(Op("div", (Leaf("market.2030"), Leaf("market.2024"))))
    'market.2030 ÷ market.2024'
    """
    return _written(expr, leaf)[0]


def _written(expr: Expr, leaf: Callable[[str], str]) -> tuple[str, int]:
    """Return the text and how tightly its last operation binds."""
    if isinstance(expr, Leaf):
        text = leaf(expr.id)
        return text, 1 if text.startswith(("−", "-")) else 9
    if isinstance(expr, Const):
        return expr.text.replace("-", "−"), 1 if expr.text.startswith("-") else 9
    args = expr.args
    if expr.name == "to":
        return _written(args[0], leaf)
    if expr.name == "span":
        return f"from {_written(args[0], leaf)[0]} to {_written(args[1], leaf)[0]}", 0
    if expr.name == "sum":
        while isinstance(args[0], Op) and args[0].name == "sum":  # a long running sum comes in pieces
            args = (*args[0].args, *args[1:])
    if expr.name in _SIGNS:
        level, sign = _SIGNS[expr.name]
        strict = expr.name in ("sub", "div", "share", "ratio")
        parts = [
            _inside(arg, leaf, level + (1 if place and (strict or level == 1) else 0), level)
            for place, arg in enumerate(args)
        ]
        if len(parts) > _MANY:
            parts = [*parts[: _MANY - 2], "…", parts[-1]]
        return sign.join(parts), level
    if expr.name == "neg":
        return "−" + _inside(args[0], leaf, 3, 3), 1
    if expr.name == "pow":
        return f"{_inside(args[0], leaf, 4, 4)}^{_inside(args[1], leaf, 4, 4)}", 3
    if expr.name == "growth_rate":
        start, end, periods = (_inside(arg, leaf, 3, 3) for arg in args)
        return f"({end} ÷ {start})^(1/{periods}) − 1", 1
    if expr.name == "growth_periods":
        start, end = (_inside(arg, leaf, 3, 3) for arg in args[:2])
        return f"ln ({end} ÷ {start}) ÷ ln (1 + {_inside(args[2], leaf, 2, 2)})", 2
    texts = [_written(arg, leaf)[0] for arg in args]
    if len(texts) > _MANY:
        texts = [*texts[: _MANY - 2], "…", texts[-1]]
    return f"{_WORDS[expr.name]} ({', '.join(texts)})", 9


def _inside(arg: Expr, leaf: Callable[[str], str], needed: int, level: int) -> str:
    text, binds = _written(arg, leaf)
    if binds >= needed or (isinstance(arg, Op) and arg.name in ("add", "sum") and level == 1 and needed == 1):
        return text
    return f"({text})"


def plain(value: Decimal, significant: int = 4) -> str:
    """Write a number with so many significant digits and thousands apart."""
    if value == 0:
        return "0"
    places = max(significant - 1 - value.adjusted(), 0)
    rounded = value.quantize(Decimal(1).scaleb(-places), context=WORK)
    text = f"{rounded:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", "−")
