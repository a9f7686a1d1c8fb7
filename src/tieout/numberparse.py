"""Reads one displayed number: which value it shows, how finely, in which unit, and where each part stands.

A form can mean two things (``5 m`` is five metres or five million), so reading gives all that it can mean;
the quantity that it is compared with decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from tieout import units
from tieout.interval import WORK
from tieout.numberwords import (
    ENGLISH,
    GAP,
    LETTERS,
    MARK_UNITS,
    MONEY,
    RAISED,
    SPACES,
    SUFFIXES,
    VULGAR,
    Locale,
    Words,
    locale,
    read_ordinal,
    read_part,
    read_words,
    words,
)

Style = Literal["digits", "power", "exponent", "fraction", "vulgar", "part", "words", "ordinal", "nth"]
Span = tuple[int, int]
NOWHERE: Span = (-1, -1)
TIME, NOUN = "time", "noun"
LONGEST, MOST_DIGITS = 160, 60
_MOST_POWER = 30

_SPACE = re.compile(GAP)
_SIGN = re.compile("[+−-]")
_LINK = re.compile(rf"[-‐‑]|{GAP}")
_RANGE = re.compile(rf"{GAP}?[-–‒‑‐]{GAP}?|{GAP}to{GAP}")
_AND = re.compile(rf"{GAP}and{GAP}")
_BETWEEN = re.compile(rf"(?:between|from){GAP}", re.IGNORECASE)
_PLUS = re.compile(r"\+(?![\d+])")
_SUFFIX = re.compile("|".join(rf"{GAP}{word.replace(' ', GAP)}\b" for word in SUFFIXES if word != "+"))
_TENS_POWER = re.compile(
    rf"(?:{GAP}[×x·⋅]{GAP}10)(?P<power>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}|\^[-−]?[0-9]{{1,2}}(?![0-9]))"
)
_TEN = re.compile(r"10(?P<power>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\^[-−]?[0-9]{1,2}(?![0-9]))")
_EXPONENT = re.compile(r"[eE](?P<power>[+−-]?[0-9]{1,3})(?![0-9])")
_FRACTION = re.compile(
    r"(?:(?P<whole>[0-9]{1,3})[ \u00a0])?(?P<top>[0-9]{1,4})[/⁄](?P<below>[0-9]{1,4})(?![0-9/])"
)
_GLYPH = re.compile(rf"(?:(?P<whole>[0-9]{{1,6}})[{SPACES}]?)?(?P<glyph>[{''.join(VULGAR)}])")
_NTH = re.compile(r"(?P<digits>[0-9]{1,6})(?:st|nd|rd|th)\b")
_YEAR = re.compile(r"[12][0-9]{3}")
_YEARS = re.compile(r"(?P<first>[12][0-9]{3})[-–/](?P<last>[0-9]{2})(?![0-9])")
_A = re.compile(rf"(?P<half>half{GAP})?an?(?={GAP})", re.IGNORECASE)
_NOUN = re.compile(r"[^\W\d_]+[²³]?(?![\w²³])")


@dataclass(frozen=True)
class Figure:
    """One number of a form, without its sign.

    Parameters
    ----------
    start, end
        Where its digits or words stand, scale and unit not included.
    number
        What they say; the value is ``number * scale``.
    decimals
        How many decimals it shows.
    style
        How it is written.
    group
        What stands between its thousands; empty for nothing.
    scale, scale_at
        The scale word and where it stands; `NOWHERE` where the other end of a range has it.
    unit, mark, unit_at
        The unit; what kind of sign or word shows it; where that stands.
    exponent
        The power of ten of ``10⁹`` and ``2.5e9``.
    """

    start: int
    end: int
    number: Fraction
    decimals: int = 0
    style: Style = "digits"
    group: str = ""
    scale: Decimal = Decimal(1)
    scale_at: Span = NOWHERE
    unit: str | None = None
    mark: str = ""
    unit_at: Span = NOWHERE
    exponent: int = 0

    @property
    def value(self) -> Fraction:
        """The number with its power of ten and its scale."""
        return self.number * self.size

    @property
    def size(self) -> Fraction:
        """What one stands for: the scale word and the power of ten."""
        return Fraction(self.scale) * Fraction(10) ** self.exponent

    @property
    def grain(self) -> Fraction:
        """What one in the last digit shown stands for."""
        return self.size / 10**self.decimals

    @property
    def is_fraction(self) -> bool:
        """Whether it is written as a part of a whole."""
        return self.style in ("fraction", "vulgar", "part")


@dataclass(frozen=True)
class Shown:
    """A number as readers see it.

    Parameters
    ----------
    text
        The whole form.
    figures
        One number, or the two ends of a range.
    negative
        Whether it lies below zero (``−3.2``, ``(3.2)``).
    sign_at, parentheses
        Where its sign stands; whether parentheses are its sign.
    qualifiers
        What its qualifier words mean and where they stand.
    unit, mark
        The unit shown, None for a bare number; what kind of sign or word shows it.
    kind
        ``number``, ``range``, ``year``, ``ordinal`` or ``word``.
    end
        Where it ends.
    place
        How its digits are written.
    """

    text: str
    figures: tuple[Figure, ...]
    negative: bool = False
    sign_at: Span = NOWHERE
    parentheses: bool = False
    qualifiers: tuple[tuple[str, Span], ...] = ()
    unit: str | None = None
    mark: str = ""
    kind: str = "number"
    end: int = 0
    place: Locale = ENGLISH

    @property
    def value(self) -> Decimal:
        """The value in the unit shown; of a range, its lower end."""
        return _decimal(-self.figures[0].value if self.negative else self.figures[0].value)

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """The exact values, with their sign."""
        return tuple(-each.value if self.negative else each.value for each in self.figures)

    @property
    def is_range(self) -> bool:
        """Whether it shows two ends."""
        return len(self.figures) == 2

    @property
    def decimals(self) -> int:
        """How many decimals the first number shows."""
        return self.figures[0].decimals

    @property
    def scale(self) -> Decimal:
        """What the scale word multiplies by."""
        return self.figures[-1].scale


def _decimal(value: Fraction) -> Decimal:
    return WORK.divide(Decimal(value.numerator), Decimal(value.denominator))


def parse(text: str, lang: str = "en") -> Shown | None:
    """Read one displayed number; None where the text is not exactly one.

    Examples
    --------
    >>> shown = parse("over $2.5 billion")
    >>> shown.value, shown.unit, shown.qualifiers[0][0]
    (Decimal('2500000000'), 'USD', 'over')
    >>> parse("30–40%").ends, parse("COVID-19")
    ((Fraction(30, 1), Fraction(40, 1)), None)
    """
    return next(iter(readings(text, lang)), None)


def readings(text: str, lang: str = "en") -> tuple[Shown, ...]:
    """Return all that a displayed number can mean, the likeliest first."""
    if len(text) > LONGEST:
        return ()
    # Units are part of the key because a project can add to them at any time.
    return _readings(text, lang, len(units.nouns()))


@lru_cache(maxsize=8192)
def _readings(text: str, lang: str, known: int) -> tuple[Shown, ...]:
    stripped = text.strip()
    if not stripped:
        return ()
    places = (locale(lang),) if locale(lang) == ENGLISH else (locale(lang), ENGLISH)
    for place in places:
        reader = Reader(stripped, words(lang), place, whole=True)
        found = [shown for shown in reader.forms(0) if shown.end == len(stripped)]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


@lru_cache(maxsize=64)
def _digits(decimal: str, groups: str, spaced: bool) -> re.Pattern[str]:
    point = re.escape(decimal)
    between = "".join(re.escape(each) for each in groups + (" \u00a0" if spaced else ""))
    return re.compile(
        rf"(?P<grouped>[0-9]{{1,3}}(?P<group>[{between}])[0-9]{{3}}(?![0-9])(?:(?P=group)[0-9]{{3}}(?![0-9]))*)"
        rf"(?:{point}(?P<part>[0-9]+))?(?![0-9])"
        rf"|(?P<whole>[0-9]+)(?:{point}(?P<after>[0-9]+))?|{point}(?P<only>[0-9]+)"
    )


class Reader:
    """Reads forms at places of one text.

    Parameters
    ----------
    text
        The text.
    known
        The words of its language.
    place
        How its digits are written.
    whole
        Whether the text is meant to be one form: then plain spaces group digits and any noun may follow.
    """

    def __init__(self, text: str, known: Words, place: Locale, whole: bool = False) -> None:
        self.text, self.known, self.place, self.whole = text, known, place, whole
        self.digits = _digits(place.decimal, place.groups, whole)

    def forms(self, at: int) -> Iterator[Shown]:
        """Give every form that starts at a place, the likeliest first."""
        qualifiers: list[tuple[str, Span]] = []
        while len(qualifiers) < 2 and (found := self.known.qualifier.match(self.text, at)):
            if found[0][0].isalpha() and not self.whole:
                break
            kind = self.known.qualifiers.get(found[0]) or self._qualifier(found[0])
            end = self._past_space(found.end())
            qualifiers.append((kind, (at, end)))
            at = end
        for shown in self._signed(at):
            yield from self._finished(shown, tuple(qualifiers))

    def _qualifier(self, text: str) -> str:
        plain = " ".join(text.lower().split())
        return next((kind for word, kind in self.known.qualifiers.items() if word.lower() == plain), "approx")

    def _signed(self, at: int) -> Iterator[Shown]:
        if self.whole and self.text.startswith("(", at):
            for shown in self._spans(at + 1, at + 1):
                end = shown.end
                if self.text.startswith(")", end) and shown.sign_at == NOWHERE:
                    closed = replace(shown, negative=True, parentheses=True, end=end + 1)
                    yield closed
                    yield from self._after_parenthesis(closed)
            return
        between = _BETWEEN.match(self.text, at) if self.whole else None
        if between:
            yield from (shown for shown in self._spans(between.end(), at, _AND) if shown.is_range)
            yield from (shown for shown in self._spans(between.end(), at) if shown.is_range)
            return
        yield from self._spans(at, at)

    def _after_parenthesis(self, shown: Shown) -> Iterator[Shown]:
        if shown.unit is None:
            for scale, scale_at, unit, mark, unit_at, end in self._tails(shown.end, "digits", False):
                if end > shown.end:
                    figure = replace(
                        shown.figures[0],
                        scale=scale,
                        scale_at=scale_at,
                        unit=unit,
                        mark=mark,
                        unit_at=unit_at,
                    )
                    yield replace(shown, figures=(figure,), unit=unit, mark=mark, end=end)

    def _finished(self, shown: Shown, before: tuple[tuple[str, Span], ...]) -> Iterator[Shown]:
        qualifiers = (*before, *shown.qualifiers)
        shown = replace(shown, place=self.place, qualifiers=qualifiers)
        yield shown
        after = _SUFFIX.match(self.text, shown.end) if self.whole else None
        if after:
            kind = SUFFIXES[" ".join(after[0].split())]
            yield replace(shown, qualifiers=(*qualifiers, (kind, after.span())), end=after.end())

    def _spans(self, at: int, start: int, joint: re.Pattern[str] = _RANGE) -> Iterator[Shown]:
        """Give ranges and single numbers from a place on; the longest first in running text is up to the caller."""
        years = _YEARS.match(self.text, at)
        if years:
            first, last = years["first"], years["first"][:2] + years["last"]
            if last > first:
                figures = (
                    Figure(at, years.end("first"), Fraction(int(first))),
                    Figure(years.start("last"), years.end(), Fraction(int(last))),
                )
                yield Shown(self.text, figures, kind="year", end=years.end())
        for first in self._one(at):
            yield first
            between = joint.match(self.text, first.end)
            if between and first.figures[0].style not in ("ordinal", "nth") and not first.qualifiers:
                for second in self._one(between.end()):
                    joined = self._joined(first, second)
                    if joined:
                        yield joined

    def _joined(self, first: Shown, second: Shown) -> Shown | None:
        a, b = first.figures[0], second.figures[0]
        if first.negative != second.negative and second.negative:
            return None
        if first.negative and not second.negative:
            return None
        a_bare, b_bare = a.unit is None, b.unit is None
        if a_bare and a.scale_at == NOWHERE:
            a = replace(a, scale=b.scale, unit=b.unit, mark=b.mark)
        elif a_bare:
            a = replace(a, unit=b.unit, mark=b.mark)
        elif b_bare and a.mark == MONEY and a.unit_at[1] <= a.start:
            b = replace(b, unit=a.unit, mark=a.mark)
            if a.scale_at == NOWHERE:
                a = replace(a, scale=b.scale)
        elif a.mark == MONEY and a.unit_at[1] <= a.start and a.scale_at == NOWHERE:
            a = replace(a, scale=b.scale)
        if a.unit != b.unit:
            return None
        is_year = all(self._is_year(figure) for figure in (a, b)) and a.unit is None
        kind = "year" if is_year and not first.negative else "range"
        sign = first.sign_at
        return Shown(
            self.text,
            (a, b),
            first.negative,
            sign,
            False,
            second.qualifiers,
            b.unit,
            b.mark,
            kind,
            second.end,
        )

    def _is_year(self, figure: Figure) -> bool:
        plain = figure.style == "digits" and not figure.decimals and not figure.group
        if not plain or figure.scale_at != NOWHERE or figure.scale != 1:
            return False
        return bool(_YEAR.fullmatch(self.text[figure.start : figure.end])) and 1500 <= figure.number < 2200

    def _one(self, at: int) -> Iterator[Shown]:
        """Give every reading of one number with sign, currency, scale, unit and plus."""
        text = self.text
        sign = _SIGN.match(text, at)
        sign_at = sign.span() if sign else NOWHERE
        here = sign.end() if sign else at
        money: tuple[str, ...] = ()
        money_at = NOWHERE
        currency = self.known.sign.match(text, here)
        if currency:
            money, money_at = self.known.currencies[currency[0]], currency.span()
            here = self._past_space(currency.end())
            if not sign and (later := _SIGN.match(text, here)):
                sign, sign_at, here = later, later.span(), later.end()
        negative = sign is not None and sign[0] != "+"
        for figure in self._numbers(here):
            for scale, scale_at, unit, mark, unit_at, end in self._tails(
                figure.end, figure.style, bool(money)
            ):
                if money and unit is not None:
                    continue
                sized = replace(figure, scale=scale, scale_at=scale_at)
                meant = [(code, MONEY, money_at) for code in money] or [(unit, mark, unit_at)]
                for name, what, where in meant:
                    full = replace(sized, unit=name, mark=what, unit_at=where)
                    yield from self._plus(full, negative, sign_at, end)

    def _plus(self, figure: Figure, negative: bool, sign_at: Span, end: int) -> Iterator[Shown]:
        ordinal = figure.style in ("ordinal", "nth")
        kind = "ordinal" if ordinal else "word" if figure.style in ("words", "part") else "number"
        if kind == "number" and sign_at == NOWHERE and figure.unit is None and self._is_year(figure):
            kind = "year"
        base = Shown(
            self.text, (figure,), negative, sign_at, unit=figure.unit, mark=figure.mark, kind=kind, end=end
        )
        plus = _PLUS.match(self.text, end)
        if plus and not ordinal:
            marked = replace(base, qualifiers=(("at-least", plus.span()),), end=plus.end())
            if kind == "year":
                marked = replace(marked, kind="number")
            yield from self._after_plus(marked, figure)
            yield marked
        yield base

    def _after_plus(self, shown: Shown, figure: Figure) -> Iterator[Shown]:
        """Take a unit after the plus: ``162+ devices``."""
        if figure.unit is not None:
            return
        for scale, scale_at, unit, mark, unit_at, end in self._tails(shown.end, figure.style, False):
            if unit is not None and scale == 1:
                full = replace(figure, unit=unit, mark=mark, unit_at=unit_at)
                yield replace(shown, figures=(full,), unit=unit, mark=mark, end=end)
            elif scale != 1 and unit is None and figure.scale_at == NOWHERE and mark == "":
                full = replace(figure, scale=scale, scale_at=scale_at)
                yield replace(shown, figures=(full,), end=end)

    # What follows a number

    def _tails(
        self, at: int, style: str, money: bool
    ) -> Iterator[tuple[Decimal, Span, str | None, str, Span, int]]:
        """Give scale, unit and end of what may follow a number, the fullest first."""
        if style in ("ordinal", "nth"):
            yield Decimal(1), NOWHERE, None, "", NOWHERE, at
            return
        scaled = self._scale(at, money)
        options: list[tuple[Decimal, Span, int]] = [(Decimal(1), NOWHERE, at)]
        if scaled:
            options.insert(0, scaled)
        for scale, scale_at, end in options:
            for unit, mark, span in self._units(end, style):
                yield scale, scale_at, unit, mark, span, span[1]
            yield scale, scale_at, None, "", NOWHERE, end

    def _scale(self, at: int, money: bool) -> tuple[Decimal, Span, int] | None:
        gap = _LINK.match(self.text, at)
        assert gap is not None
        for start in dict.fromkeys((at, gap.end())):
            found = self.known.scale.match(self.text, start)
            if not found:
                continue
            apart = start > at
            if apart and found[0] in LETTERS and (self.text[at] in "-‐‑" or not (money or self.whole)):
                continue
            return self.known.scales[found[0]], (at, found.end()), found.end()
        if money:
            start = gap.end() if gap.end() > at and self.text[at] not in "-‐‑" else at
            if self.text.startswith("m", start) and not self.text[start + 1 : start + 2].isalnum():
                return Decimal(10) ** 6, (at, start + 1), start + 1
        elif self.text.startswith("m", at) and not self.text[at + 1 : at + 2].isalnum():
            return Decimal(10) ** 6, (at, at + 1), at + 1
        return None

    def _units(self, at: int, style: str) -> Iterator[tuple[str, str, Span]]:
        """Give each unit that may follow, its mark, and where it stands with the space before it."""
        text = self.text
        gap = _LINK.match(text, at)
        assert gap is not None
        linked = text[at : gap.end()] in ("-", "‐", "‑")
        for start in dict.fromkeys((gap.end(), at)):
            found = self.known.mark.match(text, start)
            if found and self._mark_fits(found, start > at, linked, style):
                mark = self.known.marks[found[0]]
                yield MARK_UNITS[mark], mark, (at, found.end())
            money = self.known.money.match(text, start)
            if money and not linked:
                for code in self.known.currencies[money[0]]:
                    yield code, MONEY, (at, money.end())
            time = self.known.time.match(text, start)
            if time:
                yield self.known.times[time[0]], TIME, (at, time.end())
            yield from self._nouns(start, at)

    def _mark_fits(self, found: re.Match[str], apart: bool, linked: bool, style: str) -> bool:
        word = found[0]
        if word in ("×", "x", "✕", "✖"):
            rest = self.text[found.end() : found.end() + 3].lstrip()
            return not linked and not rest[:1].isdigit()
        if word in ("fold", "fach", "fache"):
            return linked or not apart
        if linked and word not in ("percent", "point", "percentage-point", "per-cent", "percentage point"):
            return False
        return apart or linked or not word[0].isalpha() or (len(word) <= 4 and style == "digits")

    def _nouns(self, start: int, at: int) -> Iterator[tuple[str, str, Span]]:
        """Give the units named by the one, two or three words at a place, the longest first."""
        if start == at and not self.text[at - 1 : at].isdigit():
            return
        ends = []
        here = start
        for _ in range(3):
            word = _NOUN.match(self.text, here) or (
                re.compile(r"sq\.").match(self.text, here) if here == start else None
            )
            if not word:
                break
            ends.append(word.end())
            gap = _LINK.match(self.text, word.end())
            if not gap or gap.end() == word.end():
                break
            here = gap.end()
        for end in reversed(ends):
            words_here = " ".join(re.sub(r"[-‐‑]", " ", self.text[start:end]).split())
            name = units.noun(words_here) or (self._unit(words_here) if self.whole else None)
            if name is None or name in units.CURRENCIES:
                continue
            measured = name not in units.nouns()
            if self.whole or measured:
                yield name, TIME if measured else NOUN, (at, end)

    def _unit(self, word: str) -> str | None:
        """Return a unit that the registry knows by just this name, without guessing at prefixes and signs."""
        name = word.replace(" ", "_")
        for candidate in (name, name.removesuffix("s")):
            try:
                if len(candidate) > 3 and units.canonical(candidate)[1] == candidate:
                    return candidate
            except units.UnknownUnit:
                continue
        return None

    # The number itself

    def _numbers(self, at: int) -> Iterator[Figure]:
        """Give the readings of the digits or words at a place."""
        if at >= len(self.text):
            return
        character = self.text[at]
        if character.isdigit() or character.isnumeric() or character in ".,":
            yield from self._in_digits(at)
        elif character.isalpha():
            yield from self._in_words(at)

    def _in_digits(self, at: int) -> Iterator[Figure]:
        text = self.text
        nth = _NTH.match(text, at)
        if nth:
            yield Figure(at, nth.end(), Fraction(int(nth["digits"])), style="ordinal")
            return
        ten = _TEN.match(text, at)
        if ten:
            figure = _powered(at, ten.end(), Fraction(1), 0, ten["power"], "power", "")
            if figure:
                yield figure
            return
        glyph = _GLYPH.match(text, at)
        if glyph:
            value = Fraction(*VULGAR[glyph["glyph"]]) + int(glyph["whole"] or 0)
            yield Figure(at, glyph.end(), value, style="vulgar")
            return
        fraction = _FRACTION.match(text, at)
        if fraction and int(fraction["below"]) > 0:
            top, below = int(fraction["top"]), int(fraction["below"])
            if not fraction["whole"] or top < below:
                value = Fraction(top, below) + int(fraction["whole"] or 0)
                yield Figure(at, fraction.end(), value, style="fraction")
            return
        found = self.digits.match(text, at)
        if not found or len(found[0]) > MOST_DIGITS:
            return
        whole = re.sub(r"[^0-9]", "", found["grouped"] or found["whole"] or "0")
        part = found["part"] or found["after"] or found["only"] or ""
        number = Fraction(int(whole + part), 10 ** len(part))
        group = found["group"] or ""
        times_ten = _TENS_POWER.match(text, found.end())
        power = times_ten or _EXPONENT.match(text, found.end())
        if power:
            style: Style = "power" if times_ten else "exponent"
            figure = _powered(at, power.end(), number, len(part), power["power"], style, group)
            if figure:
                yield figure
            return
        yield Figure(at, found.end(), number, len(part), "digits", group)

    def _in_words(self, at: int) -> Iterator[Figure]:
        text = self.text
        part = read_part(text, at)
        if part:
            yield Figure(at, part[0], part[1], style="part")
        nth = read_ordinal(text, at)
        if nth:
            yield Figure(at, nth[0], Fraction(nth[1]), style="nth")
        cardinal = read_words(text, at)
        if cardinal:
            yield Figure(at, cardinal[0], cardinal[1], style="words")
        article = _A.match(text, at)
        if article and self.known.scale.match(text, self._past_space(article.end())):
            value = Fraction(1, 2) if article["half"] else Fraction(1)
            yield Figure(at, article.end(), value, style="part" if article["half"] else "words")

    def _past_space(self, at: int) -> int:
        gap = _SPACE.match(self.text, at)
        return gap.end() if gap else at


def _powered(
    start: int, end: int, number: Fraction, decimals: int, power: str, style: Style, group: str
) -> Figure | None:
    exponent = int(power.lstrip("^").translate(RAISED).replace("−", "-"))
    if abs(exponent) > _MOST_POWER:
        return None
    return Figure(start, end, number, decimals, style, group, exponent=exponent)
