"""Displayed numbers in all their forms: find, read, compare with quantities, write.

The layers, each leaning on those before it: what languages write (`locales`, `words`), reading (`shown`,
`figures`, `compounds`, `tails`, `formulas`, `spans`, `reading`), finding (`structural`, `finding`, `worded`),
whole expressions of statistics (`statistics`, `expressions`, `told`), dates and times (`moments`), comparing
(`rounding`, `spread`, `fitting`, `statement`, `qualifiers`, `matching`), what stands around (`context`,
`turns`, `direction`, `comparing`), writing (`nouns`, `hedging`, `defaults`, `bounds`, `rewriting`,
`restyle`), and what an author is told (`explaining`, `agreement`, `alike`,
`native`).
"""

from tieout.numerals.agreement import (
    MEMBER,
    Disagreement,
    agrees,
    as_written,
    claims,
    is_halfway,
    judged,
    mirrored,
    parts,
    says,
    spoken_with,
)
from tieout.numerals.alike import Digits, values_shown
from tieout.numerals.bounds import as_probability, rebound
from tieout.numerals.cldr import grammatical_number, is_rtl, months, primary
from tieout.numerals.comparing import reversed_by
from tieout.numerals.context import NOTHING, Context, Near, attached, bases, corner, heading_unit, name_before
from tieout.numerals.direction import (
    Turn,
    is_denied,
    is_other_way,
    known_direction,
    turn,
    turned_before,
    within,
)
from tieout.numerals.explaining import with_unit
from tieout.numerals.expressions import expression, expressions
from tieout.numerals.finding import Token, find
from tieout.numerals.fitting import conversion, grain_in
from tieout.numerals.formulas import numbers_stated
from tieout.numerals.hedging import fitted, opened
from tieout.numerals.locales import APPROX, EXACT, LEAST, MOST, NEARLY, OVER, UNDER
from tieout.numerals.moments import is_moment, moments, rewritten
from tieout.numerals.native import native
from tieout.numerals.points import points_in_full
from tieout.numerals.qualifiers import contradiction, qualifier
from tieout.numerals.reading import parse, readings
from tieout.numerals.restyle import as_ends, format
from tieout.numerals.rounding import span_text
from tieout.numerals.shown import Figure, Shown
from tieout.numerals.signs import is_fall, unclear
from tieout.numerals.spread import bounded, is_open, needs_range
from tieout.numerals.statement import is_loose, unit_of
from tieout.numerals.statistics import MEMBERS, OF_ESTIMATES, SLUGS, Family, tells, without_limits
from tieout.numerals.told import ALONE, Told, told
from tieout.numerals.turns import DOWN, LARGER, LARGER_UK, SMALLER, SMALLER_UK, UP
from tieout.numerals.worded import worded

__all__ = [
    "ALONE",
    "APPROX",
    "DOWN",
    "EXACT",
    "LARGER",
    "LARGER_UK",
    "LEAST",
    "MEMBER",
    "MEMBERS",
    "MOST",
    "NEARLY",
    "NOTHING",
    "OF_ESTIMATES",
    "OVER",
    "SLUGS",
    "SMALLER",
    "SMALLER_UK",
    "UNDER",
    "UP",
    "Context",
    "Digits",
    "Disagreement",
    "Family",
    "Figure",
    "Near",
    "Shown",
    "Token",
    "Told",
    "Turn",
    "agrees",
    "as_ends",
    "as_probability",
    "as_written",
    "attached",
    "bases",
    "bounded",
    "claims",
    "contradiction",
    "conversion",
    "corner",
    "expression",
    "expressions",
    "find",
    "fitted",
    "format",
    "grain_in",
    "grammatical_number",
    "heading_unit",
    "is_denied",
    "is_fall",
    "is_halfway",
    "is_loose",
    "is_moment",
    "is_open",
    "is_other_way",
    "is_rtl",
    "judged",
    "known_direction",
    "mirrored",
    "moments",
    "months",
    "name_before",
    "native",
    "needs_range",
    "numbers_stated",
    "opened",
    "parse",
    "parts",
    "points_in_full",
    "primary",
    "qualifier",
    "readings",
    "rebound",
    "reversed_by",
    "rewritten",
    "says",
    "span_text",
    "spoken_with",
    "tells",
    "told",
    "turn",
    "turned_before",
    "unclear",
    "unit_of",
    "values_shown",
    "with_unit",
    "within",
    "without_limits",
    "worded",
]  # fmt: skip
