"""What a column was before it got its name: *energy_kwh* of ``agg(energy=("energy_kwh", "sum"))``."""

from __future__ import annotations

import ast

# Of these a value is of the same kind, and in the same unit, as what they sum up.
_ALIKE = frozenset(
    ("sum", "mean", "median", "min", "max", "std", "sem", "first", "last", "mad", "cumsum", "average")
)


def column_of_source(code: str, column: str) -> str:
    """Return the column that a column was made of, unchanged but for its name; empty where that is not known.

    Examples
    --------
    >>> column_of_source('df.groupby("kind").agg(energy=("energy_kwh", "sum"), n=("id", "count"))', "energy")
    'energy_kwh'
    >>> column_of_source('df.rename(columns={"energy_kwh": "energy"})', "energy"), column_of_source("df", "a")
    ('energy_kwh', '')
    """
    try:
        calls = [each for each in ast.walk(ast.parse(code, mode="eval")) if isinstance(each, ast.Call)]
    except SyntaxError:
        return ""
    for call in calls:
        name, given = getattr(call.func, "attr", ""), {each.arg: each.value for each in call.keywords}
        if name in ("agg", "aggregate") and isinstance(pair := given.get(column), ast.Tuple):
            said = [each.value if isinstance(each, ast.Constant) else None for each in pair.elts]
            if len(said) > 1 and isinstance(said[0], str) and said[1] in _ALIKE:
                return said[0]
        if name == "rename" and isinstance(names := given.get("columns"), ast.Dict):
            pairs = zip(names.keys, names.values, strict=True)
            own = (old for old, new in pairs if isinstance(new, ast.Constant) and new.value == column)
            if isinstance(before := next(own, None), ast.Constant):
                return str(before.value)
    return ""
