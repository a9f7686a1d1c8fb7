"""Reads ranges in the forms of statistics: ``[1.2, 3.4]``, ``(−0.3, 0.5)``, ``12.3 ± 0.4``, ``12.3(4)``.

Its ends may have signs of their own, and a level of confidence may stand before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, PURE, Interval, Quantity
from tieout.numerals.locales import GAP, Words
from tieout.numerals.shown import NOWHERE, Figure, Shown, Span

_REACH = 60
_WORDS = lazily(r"[^\W\d_]{3,}")
_FAR_BELOW = 30  # times: limits so far below those of their entry leave out its *thousand*
Read = Callable[[int], Iterator[Shown]]

_NAMES = (
    rf"C\.?I\.?|CrI|HDI|HPDI|PI|[Cc]onfidence{GAP}(?:interval|limits|bounds)|[Cc]redible{GAP}interval|[Pp]rediction{GAP}interval"
    rf"|[Uu]ncertainty{GAP}interval|(?:[Bb]ootstrap{GAP})?interval|(?:confidence|credible|uncertainty){GAP}range"
    rf"|KI|Konfidenzintervall|IC|intervalle{GAP}de{GAP}confiance|ДІ|довірчий{GAP}інтервал|ДИ"
)
_VERBS = "runs|ran|running|ranges|ranged|ranging|goes|went|extends|extended|reaches|reached|lies|lay|is|was"
LEVEL = lazily(
    rf"(?P<level>[0-9]{{1,2}}(?:[.,][0-9]{{1,2}})?){GAP}%[ \n-]?(?:{_NAMES})"
    rf"(?![^\W\d_])(?:{GAP}(?:{_VERBS})(?={GAP}(?:from|between){GAP}))?(?:{GAP}(?:of|from|was|is|von|від)(?=\s)|{GAP}[:,;=])?{GAP}"
)
_OPENED = rf"(?:between{GAP})?[\[(]?"
# *0.87, 95% CI 0.78 to 0.96*: the level is that of the limits behind it.
_NO_LIMITS = rf"(?!{GAP}(?:(?:of|from|was|is|von|від)\s|[:,;=])?{GAP}{_OPENED}[-−+]?(?:\.?\d|\ufffc))"
LEVEL_BEHIND = lazily(
    rf"{GAP}(?:\({LEVEL.pattern}\)|,{GAP}{LEVEL.pattern.replace('level', 'after')}{_NO_LIMITS})"
)
_ALONE = lazily(rf"{LEVEL.pattern}{_OPENED}$")
JOINT = lazily(rf"{GAP}(?:[,;–—-]|\b(?:to|and|bis|до)\b){GAP}")
_TIED = lazily(rf"{LEVEL.pattern}{_OPENED}\ufffc(?!{JOINT.pattern}\ufffc)")
_TIED_BEHIND = lazily(rf"\ufffc{LEVEL_BEHIND.pattern}")
_OPEN = lazily(r"[\[(]")
COMMA = lazily(rf"{GAP}[,;]{GAP}(?:to{GAP})?")
_BETWEEN = lazily(rf"{COMMA.pattern}|{GAP}to{GAP}|{GAP}[–—]{GAP}")
_ROOM = lazily(rf"{GAP}(?P<open>\()?{GAP}(?:±|\+/[-−]){GAP}")
_DIGITS = lazily(r"\((?P<digits>[0-9]{1,3})\)")


def level_of(found: re.Match[str]) -> Fraction:
    """Return the level of confidence that a text names, in per cent."""
    named = found.groupdict()
    return Fraction((named["level"] or named.get("after") or "").replace(",", "."))


def level_before(text: str) -> re.Match[str] | None:
    """Return where a text ends in a level of confidence: *(95% CI *; None where it does not."""
    start = max(len(text) - _REACH, 0)
    found = next((each for each in _ALONE.finditer(text, start)), None)
    return found if found and not text[found.start() - 1 : found.start()].isalnum() else None


def level_after(text: str) -> re.Match[str] | None:
    """Return where a text begins with the level of confidence of what is before it: * (95% CI)*."""
    return LEVEL_BEHIND.match(text)


def levels_of_ties(text: str) -> Iterator[Span]:
    """Give where levels of confidence stand beside a tie of an interval: they belong to it."""
    for found in (*_TIED.finditer(text), *_TIED_BEHIND.finditer(text)):
        is_before = found.re.pattern == _TIED.pattern or found["level"]
        start = found.start("level" if is_before else "after")
        yield start, text.index("%", start) + 1


def releveled(text: str, level: Decimal | None) -> str:
    """Return a form that names a level of confidence with another level.

    Raises
    ------
    ValueError
        There is no other.
    """
    found = LEVEL.search(text)
    if found is None:
        return text
    if level is None:
        raise ValueError(f"{text!r} names a level, and the interval has none")
    digits = f"{level.normalize():f}"
    own = digits.replace(".", ",") if "," in found["level"] else digits
    return text[: found.start("level")] + own + text[found.end("level") :]


def is_telling(shown: Shown) -> bool:
    """Whether two numbers in brackets are surely a range: *(1, 2)* is a list, or a reference, as well."""
    return any(
        figure.decimals or figure.sign_at != NOWHERE or figure.unit is not None for figure in shown.figures
    )


def bracketed(text: str, at: int, read: Read, whole: bool) -> Iterator[Shown]:
    """Give the ranges in brackets that start at a place; ``read`` gives the numbers at one.

    In running text (not ``whole``) they have a comma between them, and are surely no list.
    """
    if not _OPEN.match(text, at):
        return
    closing = "]" if text[at] == "[" else ")"
    for first in read(at + 1):
        comma = (_BETWEEN if whole else COMMA).match(text, first.end)
        for second in read(comma.end()) if comma and not first.qualifiers else ():
            joined = joined_ends(first, second)
            if first.unit == PERCENT and second.unit is None:
                continue  # *(31.2%, 6,308)* are two numbers
            if joined and text.startswith(closing, joined.end):
                low, high = joined.ends
                if low <= high and (whole or is_telling(joined)):
                    yield replace(joined, form=text[at] + closing, end=joined.end + 1)


def roomy(text: str, first: Shown, read: Read) -> Iterator[Shown]:
    """Give the ranges that a number begins: with the room to either side after it."""
    if first.kind == "ordinal" or first.qualifiers:
        return
    sign = _ROOM.match(text, first.end)
    for second in read(sign.end()) if sign else ():
        if second.kind != "ordinal" and second.figures[0].sign_at == NOWHERE and not second.negative:
            joined = joined_ends(first, second)
            opened = sign is not None and bool(sign["open"])
            closed = not opened or text.startswith(")", second.end)
            if joined and closed:
                yield replace(joined, form="±", kind="range", end=second.end + opened)
    figure = first.figures[0]
    found = _DIGITS.match(text, figure.end)
    if found and figure.style == "digits" and figure.decimals and figure.end == first.end:
        number = Fraction(int(found["digits"]), 10**figure.decimals)
        room = Figure(found.start("digits"), found.end("digits"), number, figure.decimals)
        center = own_sign(first)
        yield replace(
            first, figures=(center, room), negative=False, sign_at=NOWHERE, kind="range", form="digits",
            end=found.end(),
        )  # fmt: skip


def own_sign(shown: Shown) -> Figure:
    """Return the number of a form as one end of a range, with its own sign."""
    return replace(shown.figures[0], below=shown.negative, sign_at=shown.sign_at)


def joined_ends(first: Shown, second: Shown) -> Shown | None:
    """Make a range of two numbers with signs of their own; what only one has, scale or unit, both share."""
    a, b = own_sign(first), own_sign(second)
    if second.kind == "ordinal" or first.kind == "ordinal":
        return None
    if a.unit is None and b.unit is not None:
        a = replace(a, unit=b.unit, mark=b.mark, per=b.per)
    elif b.unit is None and a.unit is not None:
        b = replace(b, unit=a.unit, mark=a.mark, per=a.per)
    if a.unit != b.unit:
        return None
    if a.scale_at == NOWHERE:
        a = replace(a, scale=b.scale)
    elif b.scale_at == NOWHERE:
        b = replace(b, scale=a.scale)
    return replace(
        first, figures=(a, b), negative=False, sign_at=NOWHERE, qualifiers=second.qualifiers, unit=b.unit,
        mark=b.mark, kind="range", end=second.end,
    )  # fmt: skip


def with_unit(shown: Shown, unit: str | None, mark: str, span: Span) -> Shown:
    """Return a range in brackets with the unit that stands behind them."""
    figures = tuple(
        replace(each, unit=unit, mark=mark, unit_at=span if place else NOWHERE)
        for place, each in enumerate(shown.figures)
    )
    return replace(shown, figures=figures, unit=unit, mark=mark, end=span[1])


def without_unit(quantity: Quantity, forms: Sequence[Shown], before: str, known: Words) -> Quantity:
    """Return limits that show no unit in that of their estimate: *0.25 kg (95% CI 0.09–0.41)*.

    They are of its scale too where they are far below their own: *26.6 thousand euros (95% CI 20.7 to 32.6)*.

    Parameters
    ----------
    before
        What stands before them in their clause.
    """
    own = replace(quantity, unit=PURE)
    low, high = quantity.interval.low, quantity.interval.high
    said = [word for word in _WORDS.findall(before[-_REACH:].lower()) if word in known.scales]
    largest = max((abs(figure.value) for form in forms for figure in form.figures), default=Fraction(0))
    if not said or low is None or high is None or largest * _FAR_BELOW > max(abs(low), abs(high)):
        return own
    size = known.scales[said[-1]]
    return replace(own, value=own.value / size, interval=Interval(low / size, high / size), scale=Decimal(1))
