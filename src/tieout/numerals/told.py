"""Which members of a family the numbers of an expression tell: the `p < .001` of `effect` is `effect.p`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tieout.numbers import PERCENT, PURE, Quantity, UnitMismatch, span
from tieout.numerals import spans
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
    return found if own in FIRM and parts[0].name else ()


def _roomed(
    text: str, name: str, shown: Shown, quantity: Quantity, own: str | None, family: Family
) -> tuple[Told, ...]:
    """Return what an estimate with its room is compared with: a range made of two members."""
    if own in FIRM or mismatch(shown, quantity) is None:
        return ()
    return (Told(0, len(text), text, name or "±", roomy(shown, name, quantity, family)),)


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


def is_shown(found: tuple[Told, ...], quantity: Quantity, family: Family) -> bool:
    """Whether an expression shows the entry that it is tied to, or is tied to the family as a whole."""
    own = next((slug for slug, each in family.items() if each.id == quantity.id), None)
    if own is None or own in slugs((ESTIMATE,)) or own not in SLUGS:
        return True
    if own in slugs((SHARE,)) and found[0].name == COUNT:
        return True  # two counts are their share
    names = {each.quantity.id for each in found if each.quantity is not None}
    return any(quantity.id in (name or "").split(" to ") for name in names)
