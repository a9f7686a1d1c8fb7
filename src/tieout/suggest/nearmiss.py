"""Numbers that nearly say what an output is: two digits exchanged, one too many, rounded twice, a scale.

They are told to the author and never written: the slip may be anywhere, or the number may be another one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from tieout import numerals
from tieout.numbers import PERCENT, Quantity
from tieout.numerals import Shown
from tieout.prose import Untied
from tieout.suggest.evidence import Evidence
from tieout.suggest.expressions import NAMES_OF_STATISTICS, is_count
from tieout.suggest.fitted import agrees
from tieout.suggest.naming import counted
from tieout.suggest.outputs import Outputs
from tieout.suggest.remainders import PLAIN
from tieout.suggest.saidunits import converted

EXCHANGED, TWICE, CUT, OTHER, TOO_MANY, MISSING = (
    "two digits are exchanged",
    "this was rounded twice",
    "this was cut off, and not rounded",
    "one digit is another",
    "a digit is too many",
    "a digit is missing",
)
# How many digits a number needs for a slip to be no chance: where the words name the output, and else.
_NEEDED = {EXCHANGED: (3, 4), TWICE: (2, 5), CUT: (2, 5), OTHER: (4, 6), TOO_MANY: (4, 6), MISSING: (4, 6)}
_SCALED = (3, 5)
PAIR = 2
_FINEST = 4  # decimals more than a number has, to which it may have been rounded before
_TIMES = {1: "ten times", 2: "a hundred times", 3: "a thousand times", 6: "a million times"}
_ORDER = (EXCHANGED, TWICE, CUT, OTHER, TOO_MANY, MISSING)


@dataclass(frozen=True)
class NearMiss:
    """A value that a number nearly says: how it would be written there, and what the slip is."""

    written: str
    why: str

    @property
    def rank(self) -> int:
        """Which of several is the likeliest, the least first."""
        return _ORDER.index(self.why) if self.why in _ORDER else len(_ORDER)


def nearest(outputs: Outputs, number: Untied, lang: str) -> str:
    """Return in words which output of its notebook a number nearly says; empty for none."""
    shown = readable(number, lang)
    texts = (number.text, f"-{number.text}")
    found: list[tuple[int, float, NearMiss, Evidence]] = []
    for each in outputs.evidence if shown else ():
        if shown is None or outputs.is_other(each, number, lang):
            continue
        units = [unit for unit in units_of(each, shown) if outputs.units.may_be_in(each, unit)]
        if not any(near_miss(shown, number.text, each.in_unit(unit), lang, True) for unit in units):
            continue
        shared, support, fits = outputs.judged(each, number, frozenset())
        is_named = fits and bool(shared - NAMES_OF_STATISTICS - PLAIN)
        is_named = is_named or (is_count(each.node) and bool(counted(number, lang)))
        if any(agrees(text, each, unit, lang) for text in texts for unit in ("", shown.unit or "")):
            continue  # it is that, told without its sign
        for unit in units:
            near = near_miss(shown, number.text, each.in_unit(unit), lang, is_named)
            if near is not None:
                found.append((near.rank, -support, near, each))
                break
    if not found:
        return ""
    _, _, near, best = min(found, key=lambda each: each[:2])
    ids = (id for id, each in outputs.recorded.items() if each == best)
    known = next(ids, f"computed in cell {best.cell + 1}, as {best.shortly}")
    return f"{near.written} is {known}; {near.why}"


def readable(number: Untied, lang: str) -> Shown | None:
    """Return a number that digits can slip in; None for words, ranges and years."""
    shown = numerals.parse(number.text, lang)
    if shown is None or shown.is_range or shown.is_fixed or number.kind == "year":
        return None
    return shown if shown.figures[0].style == "digits" else None


def units_of(found: Evidence, shown: Shown) -> Iterator[str]:
    """Give the units in which an output can be told by a number."""
    if own := converted(found, shown):
        yield own
    elif shown.unit is None or shown.unit == PERCENT:
        yield ""
    if shown.unit is not None and not own:
        yield shown.unit


def near_miss(shown: Shown, text: str, quantity: Quantity, lang: str, is_named: bool) -> NearMiss | None:
    """Return what a number nearly says of a quantity; None where it says something else, or just that.

    Parameters
    ----------
    shown, text
        The number as it is read, and as it is written.
    is_named
        Whether the words beside it name the quantity, so that fewer digits are needed.
    """
    try:
        value = Fraction(quantity.to(shown.unit or "1").value)
    except ValueError:
        return None
    figure = shown.figures[0]
    size = Fraction(10) ** figure.decimals / Fraction(figure.scale)
    said, exact = int(figure.number * Fraction(10) ** figure.decimals), abs(value) * size
    why = _slip(said, exact)
    needed = _NEEDED.get(why, _SCALED)[0 if is_named else 1]
    if not why or len(str(said)) < needed:
        return None
    try:
        written = numerals.format(quantity, text, lang)
    except ValueError:
        return None
    return NearMiss(written, why) if written != text else None


def _slip(said: int, exact: Fraction) -> str:
    """Return in words how digits differ from those of a value; empty where it is no slip.

    Examples
    --------
    >>> [_slip(said, Fraction(exact)) for said, exact in ((12803, "12308.2"), (236, "235.49"), (1230, "123"))]
    ['two digits are exchanged', 'this was rounded twice', 'this is ten times as large']
    """
    own = _rounded(exact)
    if own == said or not said or not own:
        return ""
    for power, times in _TIMES.items():
        for sign, way in ((power, "large"), (-power, "small")):
            if _rounded(exact * Fraction(10) ** sign) == said:
                return f"this is {times} as {way}"
    before = (Fraction(_rounded(exact * 10**at), 10**at) for at in range(1, _FINEST))
    if abs(own - said) == 1 and any(_rounded(each) == said for each in before):
        return TWICE
    if said == int(exact):
        return CUT
    one, two = str(said), str(own)
    if len(one) == len(two):
        apart = [at for at, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
        if len(apart) == PAIR and [one[at] for at in apart] == [two[at] for at in reversed(apart)]:
            return EXCHANGED
        return OTHER if len(apart) == 1 and apart != [len(one) - 1] else ""
    long, short = (one, two) if len(one) > len(two) else (two, one)
    if len(long) - len(short) == 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long))):
        return TOO_MANY if long == one else MISSING
    return ""


def _rounded(value: Fraction) -> int:
    return int((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1), ROUND_HALF_UP))
