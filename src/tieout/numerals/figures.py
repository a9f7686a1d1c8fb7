"""Reads the digits or the words of one number, without its sign, scale word and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from tieout.machine.patterns import lazily
from tieout.numerals import ukrainian
from tieout.numerals.cldr import Locale, primary
from tieout.numerals.locales import GAP, SPACES, Words
from tieout.numerals.shown import Figure, Style
from tieout.numerals.words import NUMBER_WORDS, RAISED, VULGAR, read_ordinal, read_part, read_words

MOST_DIGITS, MOST_POWER = 60, 400

_POWER = r"(?P<power>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\^(?:[-−]?[0-9]{1,3}(?![0-9])|\{[-−]?[0-9]{1,3}\}))"
_TEN = lazily(rf"10{_POWER}")
_TIMES_TEN = lazily(rf"{GAP}[×x·⋅]{GAP}10{_POWER}")
_EXPONENT = lazily(r"[eE](?P<power>[+−-]?[0-9]{1,3})(?![0-9])")
_FRACTION = lazily(
    r"(?:(?P<whole>[0-9]{1,3})[ \u00a0])?(?P<top>[0-9]{1,4})[/⁄](?P<below>[1-9][0-9]{0,3})(?![0-9/])"
)
_GLYPH = lazily(rf"(?:(?P<whole>[0-9]{{1,6}})[{SPACES}]?)?(?P<glyph>[{''.join(VULGAR)}])")
_NTH = lazily(r"(?P<digits>[0-9]{1,6})(?:st|nd|rd|th)\b")
_ARTICLE = lazily(rf"(?P<half>half{GAP})?an?{GAP}(?=(?P<next>\w))", re.IGNORECASE)
_DOZEN = lazily(rf"(?:(?P<half>half{GAP}a)|(?P<count>an?|{NUMBER_WORDS})){GAP}dozen\b", re.IGNORECASE)
_COUNT = rf"(?:{NUMBER_WORDS}|[0-9]{{1,6}})"
_AMONG = lazily(
    rf"(?P<top>{_COUNT}){GAP}(?:out{GAP}of|in|of){GAP}(?:(?:every|the|all){GAP})?(?P<below>{_COUNT})"
    r"(?![\w-]|[ \u00a0]?%)",
    re.IGNORECASE,
)
_ODD = r"[0-9]{1,6}(?:\.[0-9]{1,3})?"
_ODDS = lazily(rf"(?P<top>{_ODD})(?:{GAP}:{GAP}|{GAP}to{GAP})(?P<below>{_ODD})(?![\w.,:]*[0-9])")
_NOT_DIGIT = lazily(r"[^0-9]")


@lru_cache(maxsize=64)
def digits_pattern(place: Locale, spaced: bool) -> re.Pattern[str]:
    """Return the pattern of digits with separators; ``spaced`` where plain spaces may part thousands."""
    point = re.escape(place.decimal)
    between = "".join(re.escape(each) for each in dict.fromkeys(place.groups + (" \u00a0" if spaced else "")))
    last, others = place.sizes
    grouped = rf"[0-9]{{1,3}}(?P<group>[{between}])[0-9]{{3}}(?![0-9])(?:(?P=group)[0-9]{{3}}(?![0-9]))*"
    own = r"(?P<own>(?!))"
    if place.sizes != (3, 3):
        own = (
            rf"[0-9]{{1,{others}}}(?P<own>[{between}])(?:[0-9]{{{others}}}(?P=own))*[0-9]{{{last}}}(?![0-9])"
        )
    return re.compile(
        rf"(?P<grouped>{own}|{grouped})(?:{point}(?P<part>[0-9]+))?(?![0-9])"
        rf"|(?P<whole>[0-9]+)(?:{point}(?P<after>[0-9]+))?|{point}(?P<only>[0-9]+)"
    )


def figures(
    text: str, at: int, digits: re.Pattern[str], known: Words, whole: bool = False
) -> Iterator[Figure]:
    """Give what the digits or words at a place can say, the likeliest first.

    Of a text that is ``whole`` one form, *one in five* is read too; *12 in 2024* of running text is two.
    """
    character = text[at : at + 1]
    odds = _odds(text, at) if whole else None
    is_range = odds is not None and odds.number < 1 and ":" not in text[odds.start : odds.end]
    if odds and not is_range:
        yield odds
    if character.isnumeric() or character in (".", ","):
        found = _ordinal(text, at) or _ten(text, at) or _glyph(text, at) or _fraction(text, at)
        found = found or _plain(text, at, digits)
        if found:
            yield found
        among = _among(text, at) if whole else None
        if among:
            yield among
        if odds and is_range:
            yield odds  # a range, or odds against
    elif character.isalpha():
        among = _among(text, at) if whole else None
        if among:
            yield among
        yield from _in_words(text, at, known)


def _among(text: str, at: int) -> Figure | None:
    """Read how many of how many: *9 out of 10*, *one in five*."""
    found = _AMONG.match(text, at)
    if not found:
        return None
    top, below = (
        int(words) if words.isdigit() else int(read_words(words)[1]) if read_words(words) else 0  # type: ignore[index]
        for words in (found["top"], found["below"])
    )
    return Figure(at, found.end(), Fraction(top, below), style="among") if 0 < top < below else None


def _odds(text: str, at: int) -> Figure | None:
    """Read a ratio of two numbers: *3:1*, *3 to 1*."""
    found = _ODDS.match(text, at)
    if not found or not Fraction(found["below"]):
        return None
    top, below = Fraction(found["top"]), Fraction(found["below"])
    places = max(len(each.partition(".")[2]) for each in (found["top"], found["below"]))
    return Figure(at, found.end(), top / below, places, "odds")


def odds_of(text: str) -> tuple[Fraction, Fraction]:
    """Return the two numbers of a ratio, as it is written."""
    found = _ODDS.match(text)
    assert found is not None
    return Fraction(found["top"]), Fraction(found["below"])


def _ordinal(text: str, at: int) -> Figure | None:
    found = _NTH.match(text, at)
    return Figure(at, found.end(), Fraction(int(found["digits"])), style="ordinal") if found else None


def _ten(text: str, at: int) -> Figure | None:
    found = _TEN.match(text, at)
    return _powered(at, found.end(), Fraction(1), 0, found["power"], "power", "") if found else None


def _glyph(text: str, at: int) -> Figure | None:
    found = _GLYPH.match(text, at)
    if not found:
        return None
    value = Fraction(*VULGAR[found["glyph"]]) + int(found["whole"] or 0)
    return Figure(at, found.end(), value, style="vulgar")


def _fraction(text: str, at: int) -> Figure | None:
    found = _FRACTION.match(text, at)
    if not found:
        return None
    top, below = int(found["top"]), int(found["below"])
    if found["whole"] and top >= below:
        return None
    return Figure(at, found.end(), Fraction(top, below) + int(found["whole"] or 0), style="fraction")


def _plain(text: str, at: int, digits: re.Pattern[str]) -> Figure | None:
    found = digits.match(text, at)
    if not found or len(found[0]) > MOST_DIGITS:
        return None
    whole = _NOT_DIGIT.sub("", found["grouped"] or found["whole"] or "0")
    part = found["part"] or found["after"] or found["only"] or ""
    number, group = Fraction(int(whole + part), 10 ** len(part)), found["group"] or found["own"] or ""
    times_ten = _TIMES_TEN.match(text, found.end())
    power = times_ten or _EXPONENT.match(text, found.end())
    if power:
        style: Style = "power" if times_ten else "exponent"
        return _powered(at, power.end(), number, len(part), power["power"], style, group)
    return Figure(at, found.end(), number, len(part), "digits", group)


def _powered(
    start: int, end: int, number: Fraction, decimals: int, power: str, style: Style, group: str
) -> Figure | None:
    exponent = int(power.lstrip("^").strip("{}").translate(RAISED).replace("−", "-"))
    if abs(exponent) > MOST_POWER:
        return None
    return Figure(start, end, number, decimals, style, group, exponent=exponent)


def _in_words(text: str, at: int, known: Words) -> Iterator[Figure]:
    dozen = _DOZEN.match(text, at) if primary(known.lang) == "en" else None
    if dozen:
        many = None if dozen["half"] else read_words(dozen["count"])
        count = Fraction(6) if dozen["half"] else (many[1] if many else Fraction(1)) * 12
        yield Figure(at, dozen.end(), count, style="words")
    part = read_part(text, at) or (ukrainian.read_part(text, at) if known.lang == "uk" else None)
    if part:
        yield Figure(at, part[0], part[1], style="part")
    nth = read_ordinal(text, at)
    if nth:
        yield Figure(at, nth[0], Fraction(nth[1]), style="nth")
    cardinal = read_words(text, at) or (ukrainian.read(text, at) if known.lang == "uk" else None)
    if cardinal:
        yield Figure(at, cardinal[0], cardinal[1], style="words")
    article = _ARTICLE.match(text, at)
    scale = known.scale.match(text, article.start("next")) if article else None
    if article and scale and known.scales[scale[0]] >= Decimal(100) and len(scale[0]) > 2:
        end = len(text[: article.end()].rstrip())
        half = bool(article["half"])
        yield Figure(at, end, Fraction(1, 2) if half else Fraction(1), style="part" if half else "words")
