"""Tieout: agree every number of a Jupyter and Quarto report to its source, up to the published page.

Authors write ``import tieout as t``; what they call is loaded when it is first used, so that the command
line starts quickly.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tieout.chart import figure, points
    from tieout.diagram import tree
    from tieout.display import cell, table
    from tieout.quantity import (
        Quantity,
        growth_rate,
        lower,
        maximum,
        mean,
        minimum,
        power,
        ratio,
        share,
        total,
        upper,
    )
    from tieout.session import assume, record, relate

__version__ = "0.1.0"
__all__ = [
    "Quantity",
    "assume",
    "cell",
    "figure",
    "growth_rate",
    "lower",
    "maximum",
    "mean",
    "minimum",
    "points",
    "power",
    "ratio",
    "record",
    "relate",
    "share",
    "table",
    "total",
    "tree",
    "upper",
]

_HOMES = {
    "session": ("assume", "record", "relate"),
    "display": ("cell", "table"),
    "chart": ("figure", "points"),
    "diagram": ("tree",),
    "quantity": (
        "Quantity",
        "growth_rate",
        "lower",
        "maximum",
        "mean",
        "minimum",
        "power",
        "ratio",
        "share",
        "total",
        "upper",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "facts":
        return import_module("tieout.facts")
    if name not in _HOME:
        raise AttributeError(f"module 'tieout' has no attribute {name!r}")
    return getattr(import_module(f"tieout.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "facts"})


class _CallableFacts(ModuleType):
    """The module `tieout.facts`, which authors call: ``t.facts()`` gives the facts of their project."""

    def __call__(self) -> Any:
        from tieout.session import facts

        return facts()


class _Package(ModuleType):
    """Makes `tieout.facts` callable when it is loaded: it shares its name with what authors call."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "facts" and isinstance(value, ModuleType):
            value.__class__ = _CallableFacts
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
