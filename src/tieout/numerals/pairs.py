"""Two numbers of one kind beside each other, and what may stand around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from tieout.machine.patterns import lazily
from tieout.numbers import PURE, Quantity, UnitMismatch, units

WHOSE = (
    r"(?: than)?(?: the| its| their| an?| that of| those of| what was)?"
    r"(?: (?!more|less|and|or|but|(?:half|thirds?|quarters?|most)\b)[^\W\d_][\w’'-]*){0,3}"
)
IS = r"is|was|are|were|lies|lay|stands|stood|stays|stayed|remains|remained|ran|runs|came in|comes in"
THINGS = r"(?:\)| %)?(?:\s(?!and|or|but|while)[a-z’'-]+){0,5}?"
TIMES = {"doubl": Fraction(2), "tripl": Fraction(3), "quadrupl": Fraction(4), "halv": Fraction(1, 2)}
# Between two numbers the first of which has a direction already: *longer: A compared with B*.
AGAINST = lazily(
    r"\)?,? (?:compared (?:with|to)|against|versus|vs\.?|rather than|and not|instead of)(?: the| an?)? ?",
    re.IGNORECASE,
)
SLACK = (Fraction(4, 5), Fraction(5, 4))


@dataclass(frozen=True)
class Pair:
    """Two numbers of one kind, and the words around them with every run of white space as one."""

    first: Fraction
    second: Fraction
    before: str
    between: str
    after: str
    name: str


def plain(text: str) -> str:
    """Return a text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text)


def in_one_unit(one: Quantity, other: Quantity, shared: bool = False) -> tuple[Fraction, Fraction] | None:
    """Return two numbers in one unit; with ``shared`` one that has none has that of the other."""
    if shared and PURE in (one.unit, other.unit):
        return Fraction(one.value), Fraction(other.value)
    parts = [unit.partition(" / ") for unit in (one.unit, other.unit)]
    if (
        parts[0][1] != parts[1][1]
    ):  # *3.8 days a week* and *3.6 days* of the same writer: a rate is no pure number
        alike = parts[0][0] == parts[1][0] != PURE
        return (Fraction(one.value), Fraction(other.value)) if alike else None
    try:
        factor = units.factor(other.unit, one.unit)
    except UnitMismatch:
        return None
    return Fraction(one.value), Fraction(other.value) * factor
