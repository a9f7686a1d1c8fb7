"""Tieout: agree every number of a Jupyter and Quarto report to its source, up to the published page.

Authors write ``import tieout as t``; what they call is loaded when it is first used, so that the command
line starts quickly.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tieout.authoring.chart import figure, points
    from tieout.authoring.diagram import tree
    from tieout.authoring.display import cell
    from tieout.authoring.frames import table
    from tieout.authoring.session import assume, facts, interval, record, relate
    from tieout.numbers import (
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

__version__ = "0.1.0"
__all__ = [
    "Quantity",
    "assume",
    "cell",
    "facts",
    "figure",
    "growth_rate",
    "interval",
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
    "authoring.session": ("assume", "facts", "interval", "record", "relate"),
    "authoring.display": ("cell",),
    "authoring.frames": ("table",),
    "authoring.chart": ("figure", "points"),
    "authoring.diagram": ("tree",),
    "numbers.quantity": ("Quantity", "power"),
    "numbers.functions": (
        "growth_rate",
        "lower",
        "maximum",
        "mean",
        "minimum",
        "ratio",
        "share",
        "total",
        "upper",
    ),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'tieout' has no attribute {name!r}")
    import_module("tieout.authoring").register()  # whatever is called, the running IPython displays it
    return getattr(import_module(f"tieout.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
