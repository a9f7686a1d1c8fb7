"""What variables of a notebook hold, said by its own kernel: numbers, short lists of them, small tables."""

from __future__ import annotations

import json
import numbers
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import Any

ROWS, COLUMNS, ITEMS = 120, 40, 40  # what has more is data, and no result
FEW = 12  # rows of a table whose rows have no names
DIGITS = 12  # that are said: those behind them are noise of floats


def say(variables: Mapping[str, Any], names: Iterable[str]) -> None:
    """Print which of some variables hold results, as JSON: what a cell would show of each, in full.

    Parameters
    ----------
    variables
        All that there are.
    names
        Which of them are asked for; those that are not there are left out.
    """
    found = {}
    for name in names:
        with suppress(Exception):  # of any class of objects, whatever it does when it is shown
            if shown := _shown(variables.get(name)):
                found[name] = shown
    print(json.dumps(found, ensure_ascii=False))


def _shown(value: Any) -> dict[str, Any]:
    """Return a result as text or as HTML, of a table with the types of its labels; nothing for all else."""
    if _is_number(value):
        return {"text": repr(value)}
    if isinstance(value, tuple | list | dict):
        held = value.values() if isinstance(value, dict) else value
        return {"text": repr(value)} if len(value) <= ITEMS and any(map(_is_number, held)) else {}
    return _table(value) if type(value).__module__.partition(".")[0] == "pandas" else {}


def _is_number(value: Any) -> bool:
    return isinstance(value, numbers.Real | Decimal) and not isinstance(value, bool)


def _table(value: Any) -> dict[str, Any]:
    import pandas as pd

    is_series = isinstance(value, pd.Series)
    if not (is_series or isinstance(value, pd.DataFrame)):
        return {}
    is_unnamed = value.index.name is None and pd.api.types.is_integer_dtype(value.index)
    if not 0 < len(value) <= (FEW if is_unnamed else ROWS):
        return {} if is_series else {"length": len(value)}
    with pd.option_context(
        "display.float_format", _written, "display.show_dimensions", False, "display.width", None,
        "display.max_rows", None, "display.max_columns", None, "display.max_colwidth", None,
    ):  # fmt: skip
        if is_series:
            is_numeric = pd.api.types.is_numeric_dtype(value)
            return {"text": repr(value), "rows": _types(value.index)} if is_numeric else {}
        if value.shape[1] > COLUMNS:
            return {}
        return {"html": value._repr_html_(), "rows": _types(value.index), "columns": _types(value.columns)}


def _types(labels: Any) -> list[dict[str, str]]:
    """Return for each level of which type its labels are, by how they are shown; none that no text tells."""
    levels = [labels.get_level_values(level) for level in range(labels.nlevels)]
    return [{_label(each): kind for each in level if (kind := _type(each))} for level in levels]


def _label(label: Any) -> str:
    return str(label).removesuffix(" 00:00:00")


def _type(label: Any) -> str:
    import numpy as np
    import pandas as pd

    known: dict[str, Any] = {"bool": (bool, np.bool_), "str": str, "int": (int, np.integer)}
    known["date"] = (pd.Timestamp, pd.Period)
    return next((name for name, kind in known.items() if isinstance(label, kind)), "")


def _written(number: float) -> str:
    text = f"{number:.{DIGITS}g}"
    return text if any(sign in text for sign in ".en") else f"{text}.0"
