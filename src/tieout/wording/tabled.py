"""What names the cell of a table that a number stands in: its row and its column."""

from __future__ import annotations

from tieout.machine.patterns import lazily
from tieout.numerals import Context

_RULE = lazily(r"[\s|:—–-]*[—–-][\s|:—–-]*")


def around_cell(context: Context) -> tuple[str, str] | None:
    """Return what names the row and the column of a cell; None where it stands in no table, or names one."""
    lines = context.before.split("\n")
    rule = next((at for at, line in enumerate(lines) if at and _RULE.fullmatch(line)), None)
    column = len(_cells(lines[-1])) - 1
    if rule is None or column < 1:
        return None
    heads = _cells(lines[rule - 1])
    return _cells(lines[-1])[0], heads[column] if column < len(heads) else ""


def _cells(line: str) -> list[str]:
    return line.strip().removeprefix("|").split("|")
