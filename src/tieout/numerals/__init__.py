"""Displayed numbers in all their forms: find, read, compare with quantities, write.

The layers, each leaning on those before it: what languages write (`locales`, `words`), reading (`shown`,
`figures`, `tails`, `reading`), finding (`structural`, `finding`), comparing (`rounding`, `fitting`,
`qualifiers`, `matching`), writing (`nouns`, `defaults`, `rewriting`, `restyle`), and what an author is told
(`agreement`).
"""

from tieout.numerals.agreement import agrees
from tieout.numerals.context import NOTHING, Context, attached, heading_unit, seen
from tieout.numerals.finding import Token, find
from tieout.numerals.fitting import conversion
from tieout.numerals.locales import APPROX, EXACT, LEAST, MOST, NEARLY, OVER, UNDER
from tieout.numerals.qualifiers import contradiction, qualifier
from tieout.numerals.reading import parse, readings
from tieout.numerals.restyle import format
from tieout.numerals.shown import Figure, Shown

__all__ = [
    "APPROX",
    "EXACT",
    "LEAST",
    "MOST",
    "NEARLY",
    "NOTHING",
    "OVER",
    "UNDER",
    "Context",
    "Figure",
    "Shown",
    "Token",
    "agrees",
    "attached",
    "contradiction",
    "conversion",
    "find",
    "format",
    "heading_unit",
    "parse",
    "qualifier",
    "readings",
    "seen",
]  # fmt: skip
