"""The unit that a printed line, a heading or a name gives an output: *6,734 kg*, *Mass (g)*, ``total_kg``."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from tieout import numerals
from tieout.numbers import PERCENT, POINT, UnitMismatch, units
from tieout.numerals import Shown
from tieout.suggest.evidence import Evidence
from tieout.suggest.printing import Piece, pieces_of
from tieout.suggest.rivals import heading_of

# What names end in, ``mass_g``; no ``temp_min``, which is a least one.
_ENDINGS = {
    each.lower(): each
    for each in re.findall(
        r"\w+",
        """
mg g kg t tonne tonnes ton tons mm cm m km s sec secs seconds mins minutes h hr hrs hours days weeks ml l
Wh kWh MWh GWh kW MW GW USD EUR GBP
""",
    )
}
_NAME = re.compile(r"[^\W\d]\w*_(?P<unit>[^\W_]+)\Z")
_WORD = re.compile(r"(?P<unit>tonnes|seconds|minutes|hours|days|weeks)\Z")  # a column may be called so
_IN_THOUSANDS = re.compile(r"(thousand|million|billion)s?\b", re.IGNORECASE)
_BEHIND = re.compile(r" ?(?!(?:in|at|as|a|an|us)\b)(?P<unit>[^\W\d_]+)(?![\w/²³^-]| per\b)")
_PARTS = (PERCENT, POINT, "ppm", "ppb", "permille", "basis_point")
# What these give has not the unit of what they are of.
_OTHERWISE = re.compile(r"\.(?:corr\w*|var|count|size|nunique|skew|kurt\w*|rank|cov|pct_change)\b|\blen\(")


def printed_units(arguments: Sequence[ast.expr]) -> list[str]:
    """Return what may name the unit of each value that a call prints, by what stands behind or before it."""
    pieces: list[Piece] = [piece for each in arguments for piece in (*pieces_of(each), " ")]
    found = []
    for at, piece in enumerate(pieces):
        if isinstance(piece, str):
            continue
        behind = "".join(each for each in _texts(pieces[at + 1 :]))
        before = "".join(reversed([*_texts(pieces[:at][::-1])]))
        said = _BEHIND.match(re.sub(r"\s+", " ", behind))
        heading = re.split(r"[\n;]", before)[-1].rstrip(" :=")
        found.append((said["unit"] if said else "") or numerals.heading_unit(heading).strip())
    return found


def _texts(pieces: Sequence[Piece]) -> Iterator[str]:
    """Give the texts that pieces begin with."""
    for piece in pieces:
        if not isinstance(piece, str):
            return
        yield piece


def converted(found: Evidence, shown: Shown) -> str:
    """Return the unit that an output is said to be in, where a number shows it in another; empty for none.

    *6.7 tonnes* of a printed 6,734 kg, *1.6 hours* of ``wait_minutes``, *4,214 visitors* of 4.214 in a column
    *Visitors (thousand)*.
    """
    if shown.is_range or found.part or found.turn or shown.unit in _PARTS or found.is_percent:
        return ""
    said = {unit for text in _said(found) for unit in _read(text, shown)}
    return said.pop() if len(said) == 1 else ""


def _said(found: Evidence) -> Iterator[str]:
    """Give the texts that say a unit, the plainest alone: printed, in a heading, in names of the code."""
    for text in (found.printed_unit, numerals.heading_unit(heading_of(found)).strip()):
        if text:
            yield text
            return
    if _OTHERWISE.search(found.expression) or any(isinstance(e, ast.BinOp) for e in ast.walk(found.node)):
        return
    yield from _endings(found.node)
    if found.source_column:
        yield from _endings(ast.Constant(found.source_column))
    elif found.table and not found.columns and not _OTHERWISE.search(found.table):
        yield from _endings(ast.parse(found.table, mode="eval"))


def _endings(node: ast.AST) -> Iterator[str]:
    """Give the units that the names of some code end in."""
    for part in ast.walk(node):
        name = (
            part.id if isinstance(part, ast.Name)
            else part.attr if isinstance(part, ast.Attribute)
            else part.value if isinstance(part, ast.Constant) and isinstance(part.value, str)
            else ""
        )  # fmt: skip
        ending = _NAME.match(name) or _WORD.match(name)
        if ending and ending["unit"].lower() in _ENDINGS and "_per_" not in name:
            yield _ENDINGS[ending["unit"].lower()]


def _read(text: str, shown: Shown) -> Iterator[str]:
    """Give the units that a text names, of those that are another size of what a number shows."""
    scale = _IN_THOUSANDS.fullmatch(text)
    if scale and shown.unit is None and shown.figures[0].scale == 1 and not shown.figures[0].is_fraction:
        yield scale[1].lower()
    for one in numerals.readings(f"2 {text}") if shown.unit else ():
        if one.unit is None or one.unit in _PARTS or one.scale != 1 or one.is_range:
            continue
        try:
            size = units.factor(one.unit, shown.unit or "")
        except (UnitMismatch, ValueError):
            continue
        if size != 1:
            yield one.unit
