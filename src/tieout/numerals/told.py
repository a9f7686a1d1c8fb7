"""Which members of a family the numbers of an expression tell: the `p < .001` of `effect` is `effect.p`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from tieout.numbers import PERCENT, PURE, Interval, Quantity, UnitMismatch, figures_of, span, write_span
from tieout.numerals import spans
from tieout.numerals.defaults import default
from tieout.numerals.expressions import Part, expression
from tieout.numerals.matching import mismatch
from tieout.numerals.reading import readings
from tieout.numerals.rooms import roomy, with_room
from tieout.numerals.rounding import span_text
from tieout.numerals.shown import Shown
from tieout.numerals.statistics import (
    COUNT,
    DEVIATION,
    DF,
    ERROR,
    ESTIMATE,
    HIGH,
    INTERVAL,
    LOW,
    MEMBERS,
    OF_ESTIMATES,
    QUARTILES,
    SECOND_DF,
    SHARE,
    SLUGS,
    STATISTIC,
    TOTAL,
    Family,
    P,
    member,
    slugs,
)  # fmt: skip

ALONE: Family = {}
# What these are called is what they are; another name, a group's say, may be of any number.
FIRM = frozenset(
    slug
    for part in (ERROR, DEVIATION, INTERVAL, STATISTIC, DF, SECOND_DF, P)
    for slug in MEMBERS[part]
    if len(slug) > 1 or slug == "p"
)
# What is said of an estimate, and is never the estimate itself.
_SAID_OF = ((P,), (ERROR,), (DEVIATION,), (STATISTIC,))
_NEAR = Decimal("0.01")
_CALLED: dict[tuple[str, ...], re.Pattern[str]] = {
    (ERROR,): re.compile(r"\b(?:[Ss]tandard error|SE)\b"),
    (DEVIATION,): re.compile(r"\b(?:[Ss]tandard deviation|SD)\b"),
}
_LOOSE = ("H", "U", "W", "Q")  # names of much else
_ENDS = {(INTERVAL,): ((LOW,), (HIGH,)), (QUARTILES,): (("q1",), ("q3",))}


@dataclass(frozen=True)
class Told:
    """One number of an expression, and what it tells.

    Parameters
    ----------
    start, end, text
        Where it stands in the expression, and what is to be compared.
    name
        What the expression calls it.
    quantity
        The member; None where the family has none.
    """

    start: int
    end: int
    text: str
    name: str
    quantity: Quantity | None


def told(text: str, quantity: Quantity, family: Family = ALONE, lang: str = "en") -> tuple[Told, ...]:
    """Return each number of an expression with the member of the family that it tells.

    Empty where the text is no expression, or one number that is compared with the entry itself.

    Parameters
    ----------
    quantity
        What the expression is tied to.
    family
        The members of the family that it belongs to, by the last part of their ids.
    """
    parts = expression(text, lang)
    own = next((slug for slug, each in family.items() if each.id == quantity.id), None)
    if not quantity.is_range and (room := with_room(text, lang)):
        return _roomed(*room, quantity, own, family)
    if not parts and own == "" and (interval := _alone(text, quantity, family, lang)):
        return (Told(0, len(text), text, INTERVAL, interval),)
    if len(parts) == 1 and parts[0].told == (P,) and parts[0].name and (not family or own in slugs((P,))):
        return (_told(parts[0], text, quantity, MEMBERS[P][0], {MEMBERS[P][0]: quantity}, lang),)
    if not parts or (len(parts) == 1 and not family):
        return ()
    if [part.told for part in parts[:2]] == [(COUNT,), (TOTAL,)] and not _counts(family):
        if len(parts) == 2 and readings(text, lang):
            return ()  # a fraction, which is compared as one
        parts = (replace(parts[0], end=parts[1].end, told=(SHARE,)), *parts[2:])
    found = tuple(_told(part, text, quantity, own, family, lang) for part in parts)
    if len(found) > 1:
        return found
    # One number is that of its entry, unless the entry is known to be another part of the family.
    if own in ("", None, *FIRM) and found[0].quantity is not None:
        return found if found[0].quantity.id != quantity.id else ()
    if own == "" and _is_said_of(parts[0]) and not OF_ESTIMATES.isdisjoint(family):
        return found
    return found if own in FIRM and parts[0].name else ()


def _is_said_of(part: Part) -> bool:
    """Whether a number says how sure an estimate is: its p, its error, its interval of some level."""
    named = bool(part.name) and part.name not in _LOOSE
    return (named and part.told in _SAID_OF) or part.told == (INTERVAL,)


def impossible(text: str, quantity: Quantity, lang: str = "en") -> str:
    """Return in words why an entry cannot be what a number is called: a p-value of −0.7; empty where it can.

    Examples
    --------
    >>> from decimal import Decimal
    >>> impossible("p < .001", Quantity.computed(Decimal("-0.7")).named("slope", "Slope"))
    'is a p-value, and slope is −0.7'
    """
    parts = expression(text, lang) if not quantity.is_range else ()
    if len(parts) != 1 or not parts[0].name:
        return ""
    what = ""
    if parts[0].told == (P,) and quantity.unit == PURE and not 0 <= quantity.value <= 1:
        shown = next(iter(readings(text[parts[0].start : parts[0].end], lang)), None)
        likely = shown is not None and shown.figures[0].value <= 1
        what = "is a p-value" if likely else ""
    elif parts[0].told in ((ERROR,), (DEVIATION,)) and quantity.value < 0:
        what = "is never below zero"
    return what and f"{what}, and {quantity.id or 'the entry'} is {default(quantity, lang)}"


def _roomed(
    text: str, name: str, shown: Shown, quantity: Quantity, own: str | None, family: Family
) -> tuple[Told, ...]:
    """Return what an estimate with its room is compared with: a range made of two members."""
    if own in FIRM or mismatch(shown, quantity) is None:
        return ()
    return (Told(0, len(text), text, name or "±", roomy(shown, name, quantity, family)),)


def _alone(text: str, quantity: Quantity, family: Family, lang: str) -> Quantity | None:
    """Return the interval of an estimate where a text is nothing but its two ends; None for anything else."""
    shown = next((each for each in readings(text, lang) if each.is_range), None)
    if shown is None or shown.is_between or quantity.is_range:
        return None
    bare = shown.unit is None  # the unit is that of the estimate: *0.25 kg (0.09–0.41)*
    different = mismatch(shown, replace(quantity, unit=PURE) if bare else quantity)
    if different is None or different.kind != "range":
        return None
    found = _member(Part(0, len(text), (INTERVAL,)), quantity, "", family)
    return replace(found, level=None) if found is not None and shown.level is None else found


def _counts(family: Family) -> bool:
    return member(family, (COUNT,)) is not None and member(family, (TOTAL,)) is not None


def _told(part: Part, text: str, quantity: Quantity, own: str | None, family: Family, lang: str) -> Told:
    shown = text[part.start : part.end]
    wanted = _member(part, quantity, own, family)
    room = with_room(shown, lang) if wanted is not None and not wanted.is_range else None
    if wanted is not None and room is not None and mismatch(room[2], wanted) is not None:
        wanted = roomy(room[2], room[1], wanted, family)
    if wanted is not None and wanted.is_range and wanted.level is None:
        shown = spans.LEVEL.sub("", spans.LEVEL_BEHIND.sub("", shown))  # nothing says of which level it is
    if part.told == (SHARE,) and "%" not in shown:
        shown = shown.replace(" out of ", "/").replace(" of ", "/").replace("}{", "/")
    return Told(part.start, part.end, shown, part.name or part.told[0], wanted)


def _member(part: Part, quantity: Quantity, own: str | None, family: Family) -> Quantity | None:
    """Return what a number tells: the entry itself where it may be that, else the member of its name."""
    if own is not None and own in slugs(part.told):
        return quantity
    if ESTIMATE in part.told and own not in FIRM and (part.name or own is None or own not in SLUGS):
        return quantity
    if part.told == (SHARE,) and quantity.unit in (PERCENT, PURE) and (own is None or own not in SLUGS):
        return quantity
    if part.told in _ENDS and quantity.is_range:
        return quantity
    found = member(family, part.told)
    if found is None and part.told in _ENDS:
        return _between(*(member(family, end) for end in _ENDS[part.told]))
    called = _CALLED.get(part.told)
    if found is None and own == "" and called and called.search(quantity.label or ""):
        return quantity  # an error or a deviation with an interval of its own
    return found


def _between(low: Quantity | None, high: Quantity | None) -> Quantity | None:
    """Return the range from one member to another."""
    if low is None or high is None:
        return None
    try:
        found = span(low, high)
    except (ValueError, UnitMismatch):
        return None
    return replace(found, text=span_text(found, low, high), id=f"{low.id} to {high.id}")


def fallen(found: tuple[Told, ...], quantity: Quantity, lang: str = "en") -> tuple[Told, ...]:
    """Return an expression whose words say the sign, with its estimate and limits compared without theirs.

    *Lowers them by 0.7 (95% CI 0.6 to 0.8)* is said of −0.7 and of −0.8 to −0.6.
    """
    first = found[0] if found else None
    if first is None or first.quantity is None or first.quantity.id != quantity.id:
        return found
    if any(each.negative or each.is_range for each in readings(first.text, lang)):
        return found
    return tuple(
        replace(each, quantity=opposite(each.quantity))
        if each.quantity is not None and (each.quantity.is_range or each.quantity.id == quantity.id)
        else each
        for each in found
    )


def opposite(quantity: Quantity) -> Quantity:
    """Return a quantity, or its limits, without the sign that words say."""
    low, high = quantity.interval.low, quantity.interval.high
    turned = Interval(None if high is None else -high, None if low is None else -low)
    text = quantity.text
    if text is not None:
        ends = [end[1:] if end.startswith("-") else f"-{end}" for end in figures_of(text)]
        text = write_span(*ends[::-1]) if quantity.is_range else ends[0]
    return replace(quantity, value=-quantity.value, interval=turned, text=text)


def is_signed(quantity: Quantity, family: Family) -> bool:
    """Whether an entry is a coefficient: its error times its statistic. Above zero it says a rise.

    A ratio of odds is not: its statistic is that of its logarithm.
    """
    own = next((slug for slug, each in family.items() if each.id == quantity.id), None)
    error, statistic = member(family, (ERROR,)), member(family, (STATISTIC,))
    if own is None or own not in slugs((ESTIMATE,)) or error is None or statistic is None:
        return False
    made = error.value * statistic.value
    return bool(made) and abs(quantity.value / made - 1) < _NEAR


def is_shown(found: tuple[Told, ...], quantity: Quantity, family: Family) -> bool:
    """Whether an expression shows the entry that it is tied to, or is tied to the family as a whole."""
    own = next((slug for slug, each in family.items() if each.id == quantity.id), None)
    if own is None or own in slugs((ESTIMATE,)) or own not in SLUGS:
        return True
    if own in slugs((SHARE,)) and found[0].name == COUNT:
        return True  # two counts are their share
    names = {each.quantity.id for each in found if each.quantity is not None}
    return any(quantity.id in (name or "").split(" to ") for name in names)
