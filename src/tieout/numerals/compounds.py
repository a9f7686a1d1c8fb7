"""Reads what stands behind a unit: what it is per, what it is times, and to which power."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tieout.machine.patterns import lazily
from tieout.numbers import CURRENCIES, PURE, UnknownUnit, units
from tieout.numerals.locales import GAP
from tieout.numerals.words import RAISED

_POWER = lazily(r"\^?(?P<plain>[-−]?[1-9])(?![\w.,])|(?P<raised>[⁻]?[¹²³⁴⁵⁶⁷⁸⁹])(?!\w)")
_PER = lazily(
    rf"{GAP}(?:/{GAP}|per{GAP}(?=[\w°])|(?P<loose>(?:an?|each|every|for{GAP}every|for{GAP}each)\s{GAP})(?=\w))",
    re.IGNORECASE,
)
_TIMES = lazily(r"[·⋅]")
_APART = lazily(rf"{GAP}(?=[^\W\d_]{{1,4}}[⁻^])")
_NUMBER = lazily(
    rf"(?P<digits>[1-9][0-9]{{0,2}}(?:[,\u00a0\u202f ][0-9]{{3}})+|[1-9][0-9]*)(?![\w.,]?[0-9])"
    rf"(?:{GAP}(?P<scale>hundred|thousand|million)\b)?"
)
_GAP = lazily(rf"{GAP}|-")
_WORD = lazily(r"°[CF]?|[^\W\d_]+")
_EACH = ("person", "head", "capita")


@dataclass(frozen=True)
class Behind:
    """What follows a unit and belongs to it.

    Parameters
    ----------
    end
        Where it ends.
    text
        It in the registry's notation: `` / person``, `` ** 2``.
    per
        How many of the last thing one is per: 100,000 in *42 per 100,000*.
    """

    end: int
    text: str = ""
    per: int = 1


ALONE = Behind(0)


def behind(text: str, at: int, named: bool, most: int = 4) -> Iterator[Behind]:
    """Give what can follow a unit that ends here, the fullest first, nothing last.

    Parameters
    ----------
    named
        Whether a unit stands before it: a bare number can be per a number, and not *a day*.
    """
    if named:
        power = _POWER.match(text, at) if text[at - 1 : at].isalpha() else None
        if power:
            yield from _more(text, Behind(power.end(), _raised(power)), most)
    yield from _more(text, Behind(at), most, named)


def _more(text: str, found: Behind, most: int, named: bool = True) -> Iterator[Behind]:
    for step in _steps(text, found.end, named) if most else ():
        joined = Behind(step.end, found.text + step.text, found.per * step.per)
        yield from _more(text, joined, most - 1)
    yield found


def _steps(text: str, at: int, named: bool) -> Iterator[Behind]:
    per = _PER.match(text, at)
    if per and per.end() > at:
        number = _NUMBER.match(text, per.end())
        if number and (named or "/" not in per[0]):
            count = int(re.sub(r"[^0-9]", "", number["digits"]))
            count *= int(units.SCALES.get((number["scale"] or "").lower(), 1))
            gap = _GAP.match(text, number.end())
            start = gap.end() if gap else number.end()
            for end, name in names(text, start) if start > number.end() else ():
                yield Behind(end, f" / {name}", count)
            if "each" not in per[0] and "every" not in per[0]:
                yield Behind(number.end(), "", count)
        elif not number and (named or "per" in per[0].lower() or "/" in per[0]):
            for end, name in names(text, per.end()):
                if not per["loose"] or len(name) > 2:
                    yield Behind(end, f" / {name}")
    for joint in (_TIMES, _APART) if named else ():
        times = joint.match(text, at)
        for end, name in names(text, times.end()) if times else ():
            yield Behind(end, f" * {name}")


def names(text: str, at: int) -> Iterator[tuple[int, str]]:
    """Give the units that the words at a place name, with their powers, the longest first."""
    ends = []
    here = at
    for _ in range(3):
        word = _WORD.match(text, here)
        if not word:
            break
        ends.append(word.end())
        gap = _GAP.match(text, word.end())
        if not gap or gap.end() == word.end():
            break
        here = gap.end()
    for end in reversed(ends):
        words = " ".join(text[at:end].replace("-", " ").split())
        name = units.noun(words) or (words if words in CURRENCIES else None)
        if words.lower() in _EACH:
            name = "person"
        if name is None:
            continue
        power = _POWER.match(text, end)
        if power:
            yield power.end(), f"{name}{_raised(power)}"
        if not text[end : end + 1].isalnum():
            yield end, name


def _raised(power: re.Match[str]) -> str:
    digits = (power["plain"] or power["raised"].translate(RAISED)).replace("−", "-")
    return f" ** {digits}"


def whole(base: str | None, found: Behind) -> str | None:
    """Return the name of a unit with what follows it; None where there is no such unit."""
    if not found.text:
        return base
    try:
        return units.canonical(f"{base or PURE}{found.text}")[1]
    except UnknownUnit:
        return None
