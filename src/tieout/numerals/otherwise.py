"""What English says instead of words that are not true: *fewer than one in ten*, not *more than*."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tieout.numbers import Quantity
from tieout.numerals.cldr import primary
from tieout.numerals.fitting import conversion
from tieout.numerals.matching import mismatch
from tieout.numerals.reading import readings
from tieout.numerals.shown import Shown
from tieout.numerals.words import PARTS, write_part, write_words

_OPPOSITE = {
    "more than": "less than", "greater than": "less than", "over": "under", "above": "below",
    "at least": "at most", "no less than": "no more than", "no fewer than": "no more than",
}  # fmt: skip
_LEAD = re.compile(
    rf"(?P<bound>{'|'.join([*_OPPOSITE, *_OPPOSITE.values(), 'fewer than'])})\s+"
    r"|(?:about|around|roughly|nearly|almost)\s+",
    re.IGNORECASE,
)
_TIMES = {"halv": Fraction(1, 2), "doubl": Fraction(2), "tripl": Fraction(3), "quadrupl": Fraction(4)}
_ENDING = re.compile(rf"(?:{'|'.join(_TIMES)})(?P<ending>ed|es?|ing)", re.IGNORECASE)
_DURATION = re.compile(r"\b(?:second|minute|hour|day|week|month|year)s?\b", re.IGNORECASE)
_DURATIONS = ("seconds", "minutes", "hours", "days", "weeks", "months", "years")
_NEAR = Fraction(1, 4)  # how far from a word *more than* may be said of it, as a part of it
_FEW = 20  # people say *one in twenty*, and not *one in twenty-seven*


def otherwise(text: str, quantity: Quantity, lang: str = "en") -> str:
    """Return what is true of a quantity and close to words that are not; empty where nothing is.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from tieout.numbers import Quantity
    >>> rest, wait = Quantity.computed(Decimal("0.4853")), Quantity.computed(Decimal("193"), "minute")
    >>> otherwise("less than halved", rest), otherwise("doubled", rest), otherwise("a quarter", rest)
    ('more than halved', 'more than halved', 'nearly half')
    >>> otherwise("more than three days", wait), otherwise("less than three hours", wait)
    ('more than three hours', 'more than three hours')
    """
    found = readings(text, lang)
    if primary(lang) != "en" or not found or any(shown.is_range for shown in found):
        return ""
    lead = _LEAD.match(text)
    core = text[lead.end() :] if lead else text
    for each in _candidates(core, lead, found[0], quantity):
        if each != text and any(mismatch(shown, quantity) is None for shown in readings(each, lang)):
            return each[:1].upper() + each[1:] if text[:1].isupper() else each
    return ""


def _candidates(core: str, lead: re.Match[str] | None, shown: Shown, quantity: Quantity) -> Iterator[str]:
    bound = " ".join(lead["bound"].lower().split()) if lead and lead["bound"] else ""
    far = _is_far(shown, quantity)
    if bound and not far:
        yield f"{_turned(bound, shown)} {core[:1].lower()}{core[1:]}"
    if any(map(str.isdigit, core)):
        return
    if bound and _DURATION.search(core):
        for unit in _DURATIONS:
            said = f"{lead[0] if lead else ''}{_DURATION.sub(unit, core)}"
            if not all(_is_far(each, quantity) for each in readings(said, "en")):
                yield said
    factor = conversion(shown, quantity)
    if isinstance(factor, str) or quantity.value <= 0:
        return
    value = Fraction(quantity.value) * factor
    for word, size in _words(core, shown, value):
        yield word
        if abs(value - size) <= _NEAR * size:
            beyond = (value > size) != word.startswith("halv")
            yield f"more than {word}" if beyond else f"nearly {word}"
            yield f"{'fewer' if ' in ' in word else 'less'} than {word}"


def _turned(bound: str, shown: Shown) -> str:
    """Return the opposite of a bound."""
    back = {below: above for above, below in reversed(_OPPOSITE.items())}
    turned = {**_OPPOSITE, **back, "fewer than": "more than"}[bound]
    return "fewer than" if turned == "less than" and shown.figures[0].style == "among" else turned


def _is_far(shown: Shown, quantity: Quantity) -> bool:
    """Whether a number in words is so far from a quantity that nobody would say it with a bound."""
    factor, figure = conversion(shown, quantity), shown.figures[0]
    if isinstance(factor, str) or figure.style in ("digits", "power", "exponent") or not figure.value:
        return False
    return abs(abs(Fraction(quantity.value)) * factor - figure.value) > _NEAR * figure.value


def _words(core: str, shown: Shown, value: Fraction) -> Iterator[tuple[str, Fraction]]:
    """Give words of the kind of an example with what they say, the closest first."""
    ending, figure = _ENDING.fullmatch(core.strip()), shown.figures[0]
    found: list[tuple[str, Fraction]] = []
    if ending:
        found = [(f"{stem}{ending['ending']}", size) for stem, size in _TIMES.items()]
    elif figure.style == "among" and 0 < value < 1:
        found = [(f"one in {write_words(number)}", Fraction(1, number)) for number in range(2, _FEW + 1)]
    elif figure.style == "part" and figure.number < 1:
        sizes = {Fraction(top, below) for below in PARTS.values() for top in range(1, below)}
        found = [(write_part(size), size) for size in sizes if size.denominator in PARTS.values()]
    return iter(sorted(found, key=lambda each: (abs(each[1] - value), each[1].denominator)))
