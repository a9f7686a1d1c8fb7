"""Rows of what is true or not: *weekend true*, *wet false*, *followup 7d 1*, and what prose calls them.

What a column is called names the rows where it is true; those where it is not are called by a word of their
own, *weekdays*, or by *without*: *63 of the 286 without it*.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numbers import PURE
from tieout.numerals import Context, is_denied
from tieout.wording.keys import picked
from tieout.wording.meant import tokens
from tieout.wording.traced import core, made_of

_ROW = lazily(r"(?:(?P<lead>.*), )?(?P<name>[^,]*[^\W\d][^,]*?) (?P<value>true|false|0|1)", re.IGNORECASE)
_OTHERS = {
    "weekend": "weekday", "weekday": "weekend", "wet": "dry", "dry": "wet", "rainy": "dry", "urban": "rural",
    "rural": "urban", "female": "male", "male": "female", "indoor": "outdoor", "outdoor": "indoor",
}  # fmt: skip
# What is counted, and neither so nor not: *week 1*.
_COUNTED = frozenset((
    "day", "week", "month", "quarter", "year", "step", "stage", "dose", "level", "grade", "group", "wave",
    "round", "phase", "class", "type", "tier", "model", "arm", "age", "score", "number", "season", "part",
    "table", "period",
))  # fmt: skip
_HAVING = lazily(r"^(?: [a-z]+){0,3}? (?P<with>with(?:out)?) (?:(?:an?|the|any|early) )*(?P<what>[a-z-]+)")
_AS_MUCH = lazily(
    r"^(?: times)? as [a-z]+ (?P<with>with(?:out)?) (?:(?:an?|the|any|early) )*(?P<what>[a-z-]+)"
)
_STEM = 5
_FLAGS = (0, 1)


@dataclass(frozen=True)
class Row:
    """A row of what is true or not.

    Parameters
    ----------
    lead
        What its label says besides.
    column
        What is true of it, or not.
    is_so
        Whether it is.
    """

    lead: str
    column: str
    is_so: bool

    @property
    def names(self) -> tuple[str, str] | None:
        """What the row is called, and the other one; None where that is not known."""
        own = self.column.casefold()
        other = _OTHERS.get(own)
        return None if other is None else (own, other) if self.is_so else (other, own)


def row(entry: Entry) -> Row | None:
    """Return the row of what is true or not that an entry is of, by its label; None for none."""
    found = _ROW.fullmatch(entry.label)
    if found is None or not _COUNTED.isdisjoint(tokens(found["name"])):
        return None
    return Row(found["lead"] or "", found["name"], found["value"].lower() in ("true", "1"))


def beside(one: Entry, other: Entry) -> tuple[str, str] | None:
    """Return what two rows are called, of one of which is true what is not of the other; None for others."""
    first, second = row(one), row(other)
    if first is None or second is None or first.is_so == second.is_so:
        return None
    return first.names if first.column == second.column else None


def unheld(entry: Entry, shown: str, context: Context) -> str:
    """Return in words why those with something are said to be without it, or the other way round."""
    after = " ".join(f"|{context.clause[1]}".split())[1:]
    of, said = row(entry), _HAVING.match(after)
    if is_denied(Context(context.clause[0])):
        return ""
    if of is not None and said and _is_meant(said["what"], of.column, context):
        return "" if of.is_so == (said["with"] == "with") else _told(said)
    quantity, made = entry.quantity, core(made_of(entry))
    said = _AS_MUCH.match(f" {shown.partition(' ')[2]}{after}".replace("  ", " "))
    if said is None or quantity is None or quantity.unit != PURE or not isinstance(made, ast.BinOp):
        return ""
    sides = [picked(entry, side) for side in (made.left, made.right)]
    keys = [next((key for key in side if key.value in _FLAGS and key.column), None) for side in sides]
    if (
        not isinstance(made.op, ast.Div)
        or keys[0] is None
        or keys[1] is None
        or keys[0].value == keys[1].value
    ):
        return ""
    if keys[0].column != keys[1].column or not _is_meant(said["what"], keys[0].column, context):
        return ""
    if re.search(r"\b(?:than|as)\b", after[said.end() :].split(",")[0]) and said["with"] == "with":
        return ""
    return "" if bool(keys[0].value) == (said["with"] == "with") else _told(said)


def _told(said: re.Match[str]) -> str:
    other = "without" if said["with"] == "with" else "with"
    return f"is of those {other} it, and “{said['with']}” is said of it"


def _is_meant(what: str, column: str, context: Context) -> bool:
    """Whether a word is what a column is called, or stands for what is named before it."""
    stem = tokens(column.replace("_", " "))[0][:_STEM]
    before = context.clause[0].replace("-", "").casefold()
    if what in ("it", "one", "them"):
        return re.search(rf"\bwith(?:out)? (?:[a-z]+ ){{0,2}}{stem}", before) is not None
    return len(stem) >= _STEM - 1 and what.replace("-", "").startswith(stem)
