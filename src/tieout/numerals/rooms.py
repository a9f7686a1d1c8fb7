"""Numbers with room to either side: `3.42 ± 0.91` is an estimate and what stands beside it in its family."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tieout.numbers import Quantity, UnitMismatch, span
from tieout.numerals.matching import mismatch
from tieout.numerals.reading import readings
from tieout.numerals.rounding import span_text
from tieout.numerals.shown import ROOMS, Shown
from tieout.numerals.statistics import DEVIATION, ERROR, HIGH, INTERVAL, LOW, Family, member, tells

_NAMED = re.compile(
    r"\s*[(\[]\s*(?:(?:M|[Mm]ean)\s*(?:±|\+/-)\s*)?(?P<name>SD|SE|SEM|s\.d\.|s\.e\.)\s*[)\]]\s*$"
)


def with_room(text: str, lang: str) -> tuple[str, str, Shown] | None:
    """Return a text without the name of its room, that name, and its reading; None where it gives no room.

    Examples
    --------
    >>> with_room("3.42 ± 0.91 (SD)", "en")[:2], with_room("3.42", "en")
    (('3.42 ± 0.91', 'SD'), None)
    """
    found = _NAMED.search(text)
    bare = text[: found.start()] if found else text
    shown = next((each for each in readings(bare, lang) if each.form in ROOMS), None)
    return (bare, found["name"] if found else "", shown) if shown else None


def roomy(shown: Shown, name: str, quantity: Quantity, family: Family) -> Quantity | None:
    """Return a number of a family with its room as a range, the one that is shown where there are several.

    Parameters
    ----------
    name
        What the text calls the room: ``SD``, ``SE``; empty where it says nothing.
    """
    found = list(_ranges(name, quantity, family))
    true = next((each for each in found if mismatch(shown, each) is None), None)
    return true or min(found, key=lambda each: _unlike(shown, each), default=None)


def _unlike(shown: Shown, quantity: Quantity) -> Fraction:
    """Return how many times larger or smaller the room of a range is than the one that is shown."""
    room, own = shown.figures[1].value, Fraction(quantity.interval.width or 0) / 2
    return max(room / own, own / room) if room and own else Fraction(10**9)


def _ranges(name: str, quantity: Quantity, family: Family) -> Iterator[Quantity]:
    told = tells(name) if name else ()
    if not told:
        interval = member(family, (INTERVAL,))
        if interval is not None and interval.is_range:
            yield replace(interval, id=quantity.id, level=None)
        low, high = member(family, (LOW,)), member(family, (HIGH,))
        if low is not None and high is not None:
            yield from _from(low, high, quantity)
    for part in (told,) if told else ((ERROR,), (DEVIATION,)):
        room = member(family, part)
        if room is not None and room.value >= 0:
            try:
                yield from _from(quantity - room, quantity + room, quantity, room)
            except UnitMismatch:
                continue


def _from(low: Quantity, high: Quantity, quantity: Quantity, *made: Quantity) -> Iterator[Quantity]:
    try:
        found = span(low, high)
    except (ValueError, UnitMismatch):
        return
    ends = (quantity, *made) if made else (low, high)
    yield replace(found, text=span_text(found, *ends), id=quantity.id)
