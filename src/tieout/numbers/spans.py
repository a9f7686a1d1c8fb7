"""Reads ranges as people write them in data: ``1.2-3.4``, ``[-0.3, 0.5]``, ``12.3 ± 0.4``, ``12.3(4)``."""

from __future__ import annotations

import re
from decimal import Decimal

from tieout.numbers.interval import WORK

_NUMBER = r"(?:\d+(?:\.\d+)?|\.\d+)"
_SIGNED = rf"[+-]?{_NUMBER}"
_TWO = re.compile(
    rf"(?P<low>{_SIGNED})\s*(?:-|\bto\b|\.\.)\s*(?P<high>{_SIGNED})"
    rf"|[\[(]\s*(?P<first>{_SIGNED})\s*[,;]\s*(?P<last>{_SIGNED})\s*[\])]"
)
_ROOM = re.compile(rf"(?P<middle>{_SIGNED})\s*(?:±|\+/-)\s*(?P<room>{_NUMBER})")
_LAST_DIGITS = re.compile(rf"(?P<middle>{_SIGNED})\((?P<room>\d+)\)")


def read_span(text: str) -> tuple[str, str] | None:
    """Return the digits of the two ends that a text states; None where it states no range.

    Examples
    --------
    >>> read_span("1.2-3.4"), read_span("[−0.3, 0.50]"), read_span("12.3 ± 0.4"), read_span("12.3(4)")
    (('1.2', '3.4'), ('-0.3', '0.50'), ('11.9', '12.7'), ('11.9', '12.7'))
    >>> read_span("12"), read_span("-3"), read_span("(-3)")
    (None, None, None)
    """
    plain = text.strip().translate({ord("−"): "-", ord("–"): "-"})
    found = _TWO.fullmatch(plain)
    if found:
        return found["low"] or found["first"], found["high"] or found["last"]
    found = _ROOM.fullmatch(plain) or _LAST_DIGITS.fullmatch(plain)
    if not found:
        return None
    middle, room = Decimal(found["middle"]), Decimal(found["room"])
    exponent = middle.as_tuple().exponent
    if found.re is _LAST_DIGITS and isinstance(exponent, int):
        room = room.scaleb(exponent)
    return f"{WORK.subtract(middle, room):f}", f"{WORK.add(middle, room):f}"


def write_span(low: str, high: str) -> str:
    """Return two ends as one text that `read_span` reads: with a hyphen where neither has a sign."""
    return f"{low} to {high}" if "-" in low + high else f"{low}-{high}"


def figures_of(text: str) -> tuple[str, ...]:
    """Return the digits of a stated number, or of both ends of a stated range."""
    return read_span(text) or (text.strip(),)
