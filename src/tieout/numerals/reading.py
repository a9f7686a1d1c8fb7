"""Reads one displayed number: which value it shows, how finely, in which unit, and where each part stands.

A form can mean two things (``5 m`` is five million or five metres), so reading gives all that it can mean;
the quantity that it is compared with decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from tieout.machine.patterns import lazily
from tieout.numbers import PERCENT, PURE, units
from tieout.numerals import spans, statistics
from tieout.numerals.cldr import MARKS, MINUSES, Locale
from tieout.numerals.compounds import whole as whole_unit
from tieout.numerals.figures import digits_pattern, figures
from tieout.numerals.fitting import numerator, per
from tieout.numerals.formulas import plain_tex, stated_start
from tieout.numerals.locales import (
    APPROX,
    GAP,
    LEAST,
    MONEY,
    MULTIPLE,
    NEARLY,
    OVER,
    SHARE,
    SUFFIXES,
    UNDER,
    Words,
    places,
    plain_digits,
    words,
)
from tieout.numerals.shown import NOUN, NOWHERE, Figure, Shown, Span
from tieout.numerals.tails import tails

LONGEST = 160

_SPACE = lazily(GAP)
_SIGN = lazily(rf"[{MARKS}]*[+{MINUSES}][{MARKS}]*")
_RANGE = lazily(rf"{GAP}[-–‒‑‐]{GAP}|{GAP}(?:to|bis){GAP}")
_ANY_RANGE = lazily(rf"{_RANGE.pattern}|{GAP}до{GAP}")
_AND = lazily(rf"{GAP}(?:and|і|й|та){GAP}")
_BETWEEN = lazily(rf"(?:between|між){GAP}", re.IGNORECASE)
_PLUS = lazily(r"\+(?![\d+])")
_SUFFIX = lazily("|".join(rf"{GAP}{GAP.join(word.split())}\b" for word in SUFFIXES if word != "+"))
_ACID = lazily(rf"pH(?:{GAP}of)?{GAP}(?=[0-9])")
_TIMES_WORD = lazily(
    r"(?:(?:doubl|tripl|trebl|quadrupl)(?:es?|ed|ing)|halv(?:es?|ed|ing)|twice(?:\s(?:as\s(?:many|much)|as|the))?)(?!\w)",
    re.IGNORECASE,
)
_TIMES = {
    "doubl": Fraction(2), "twice": Fraction(2), "tripl": Fraction(3), "trebl": Fraction(3),
    "quadrupl": Fraction(4), "halv": Fraction(1, 2),
}  # fmt: skip
_HALVED = lazily(r"halv(?:es?|ed|ing)\b", re.IGNORECASE)
_TURNED = {OVER: UNDER, UNDER: OVER, NEARLY: APPROX}
_YEAR = lazily(r"[12][0-9]{3}")
_YEARS = lazily(r"(?P<first>[12][0-9]{3})[-–/](?P<last>[0-9]{2})(?![0-9])")


def parse(text: str, lang: str = "en") -> Shown | None:
    """Read one displayed number; None where the text is not exactly one.

    Examples
    --------
    >>> shown = parse("over $2.5 billion")
    >>> f"{shown.value:f}", shown.unit, shown.qualifiers[0][0]
    ('2500000000', 'USD', 'over')
    >>> parse("30–40%").ends, parse("COVID-19")
    ((Fraction(30, 1), Fraction(40, 1)), None)
    """
    return next(iter(readings(text, lang)), None)


def readings(text: str, lang: str = "en") -> tuple[Shown, ...]:
    """Return all that a displayed number can mean, the likeliest first."""
    if len(text) > LONGEST:
        return ()
    # Units are part of the key because a project can add to them at any time.
    return _readings(text, lang, units.additions())


_COUNTED, _REACH = re.compile(r"(?<![^\W_])[Nn]\s?=\s?\Z"), 5  # *N = 1862* is no year


@lru_cache(maxsize=8192)
def _readings(text: str, lang: str, known: int) -> tuple[Shown, ...]:
    text = text.strip()
    plain = plain_digits(text, lang)
    for place in places(lang):
        if (plain == text) != place.digits.isascii() and any(map(str.isdecimal, text)):
            continue
        reader = Reader(plain, words(lang), place, whole=True)
        found = dict.fromkeys(shown for shown in reader.forms(0) if not plain[shown.end :].strip(MARKS))
        if found:
            return tuple(sorted(found, key=_is_millions_per))
    return _of_formula(text, lang)


def _is_millions_per(shown: Shown) -> bool:
    """Whether a form may be metres per second just as well, *5 m/s*, and those are likelier."""
    first, last = shown.figures[0].scale_at
    return shown.text[max(first, 0) : last].strip() == "m" and (shown.unit or "").startswith("1 / ")


def _of_formula(text: str, lang: str) -> tuple[Shown, ...]:
    """Return the readings of the number that a formula states, or a name: ``n = 999``, ``OR 1.45``."""
    plain = plain_tex(text)
    named = statistics.PLAIN.match(plain)
    start = named.end() if named else stated_start(plain)
    for place in places(lang) if start is not None or plain != text else ():
        reader = Reader(plain, words(lang), place, whole=True)
        first = start if start is not None else len(plain) - len(plain.lstrip())
        found = dict.fromkeys(shown for shown in reader.forms(first) if shown.end == len(plain.rstrip()))
        if found:
            return tuple(found)
    return ()


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
        Whether the text is meant to be one form: then words may qualify it, plain spaces part thousands, and
        any noun may follow.
    """

    def __init__(self, text: str, known: Words, place: Locale, whole: bool = False) -> None:
        self.text, self.known, self.place, self.whole = text, known, place, whole
        self.digits = digits_pattern(place, whole)
        self.percent = place.percent[0]

    def forms(self, at: int) -> Iterator[Shown]:
        """Give every form that starts at a place, the likeliest first."""
        qualifiers: list[tuple[str, Span]] = []
        while len(qualifiers) < 2 and (found := self.known.qualifier.match(self.text, at)):
            if found[0][0].isalpha() and not self.whole:
                break
            end = self._past_space(found.end())
            qualifiers.append((self.known.meaning(found[0]), (at, end)))
            at = end
        level = spans.LEVEL.match(self.text, at)
        for shown in (*self._leveled(level), *self._signed(at)) if level else self._signed(at):
            words = qualifiers
            if _HALVED.match(self.text, shown.figures[0].start):  # *more than halved* leaves less than half
                words = [(_TURNED.get(word, word), at) for word, at in qualifiers]
            shown = replace(shown, place=self.place, qualifiers=(*words, *shown.qualifiers))
            yield shown
            behind = spans.LEVEL_BEHIND.match(self.text, shown.end) if shown.is_range else None
            if behind and shown.level is None:
                yield replace(shown, level=spans.level_of(behind), end=behind.end())
            after = _SUFFIX.match(self.text, shown.end) if self.whole else None
            if after:
                kind = SUFFIXES[" ".join(after[0].split())]
                yield replace(shown, qualifiers=(*shown.qualifiers, (kind, after.span())), end=after.end())

    def _past_space(self, at: int) -> int:
        gap = _SPACE.match(self.text, at)
        return gap.end() if gap else at

    def _leveled(self, level: re.Match[str]) -> Iterator[Shown]:
        """Give the ranges behind a level of confidence."""
        for shown in (*self._signed(level.end()), *self._spans(level.end(), spans.COMMA)):
            if shown.is_range:
                yield replace(shown, level=spans.level_of(level))

    def _bracketed(self, at: int) -> Iterator[Shown]:
        """Give the ranges in brackets, with the unit that stands behind them."""
        for shown in spans.bracketed(self.text, at, self._one, self.whole):
            yield from self._with_span_tail(shown)

    def _with_span_tail(self, shown: Shown) -> Iterator[Shown]:
        if shown.unit is None:
            for tail in tails(self.text, shown.end, "digits", self.known, False, self.whole):
                if tail.end > shown.end and tail.scale_at == NOWHERE and tail.unit is not None:
                    yield spans.with_unit(shown, tail.unit, tail.mark, (shown.end, tail.end))
        yield shown

    def _signed(self, at: int) -> Iterator[Shown]:
        yield from self._bracketed(at)
        if self.whole and self.text.startswith("(", at):
            for shown in self._spans(at + 1, _RANGE):
                if self.text.startswith(")", shown.end) and shown.sign_at == NOWHERE and not shown.is_range:
                    closed = replace(shown, negative=True, parentheses=True, end=shown.end + 1)
                    yield from self._with_tail(closed)
            return
        between = _BETWEEN.match(self.text, at) if self.whole else None
        if between:
            for joint in (_AND, _RANGE):
                yield from (shown for shown in self._spans(between.end(), joint) if shown.is_range)
            return
        yield from self._spans(at, _ANY_RANGE if self.whole else _RANGE)

    def _spans(self, at: int, joint: re.Pattern[str]) -> Iterator[Shown]:
        """Give single numbers and ranges from a place on."""
        years = _YEARS.match(self.text, at)
        if years and int(years["last"]) > int(years["first"][2:]):
            last = int(years["first"][:2] + years["last"])
            ends = (
                Figure(at, years.end("first"), _whole(years["first"])),
                Figure(years.start("last"), years.end(), _whole(str(last))),
            )
            yield Shown(self.text, ends, kind="year", end=years.end())
        for first in self._one(at):
            yield first
            between = joint.match(self.text, first.end)
            if between and first.kind != "ordinal" and not first.qualifiers:
                for second in self._one(between.end()):
                    joined = self._joined(first, second) or self._crossing(first, second, between[0])
                    if joined:
                        yield joined
            for roomy in spans.roomy(self.text, first, self._one):
                yield from self._with_span_tail(roomy)

    def _crossing(self, first: Shown, second: Shown, between: str) -> Shown | None:
        """Make a range whose ends have signs of their own: *−0.3 to 0.5*."""
        if not (first.negative or second.negative) or "-" in between:
            return None
        joined = spans.joined_ends(first, second)
        return joined if joined and joined.ends[0] <= joined.ends[1] else None

    def _joined(self, first: Shown, second: Shown) -> Shown | None:
        """Make a range of two numbers; what only one of them has, scale or unit, both share."""
        a, b = first.figures[0], second.figures[0]
        if first.negative or second.negative or second.kind == "ordinal":
            return None
        if a.unit is None:
            if b.unit_first:
                return None
            scale = a.scale if a.scale_at != NOWHERE else b.scale
            a = replace(a, unit=b.unit, mark=b.mark, scale=scale, per=b.per)
        elif a.unit_first:
            if b.unit is None:
                b = replace(b, unit=a.unit, mark=a.mark)
            elif numerator(b.unit) == PURE:  # `$2–3 per person`
                unit = units.canonical(f"{a.unit}{per(b.unit)}")[1]
                a, b = replace(a, unit=unit, per=b.per), replace(b, unit=unit, mark=a.mark)
            if a.scale_at == NOWHERE:
                a = replace(a, scale=b.scale)
        if a.unit != b.unit:
            return None
        is_year = a.unit is None and not first.negative and self._is_year(a) and self._is_year(b)
        kind = "year" if is_year else "range"
        return replace(
            first, figures=(a, b), qualifiers=second.qualifiers, unit=b.unit, mark=b.mark, kind=kind,
            end=second.end,
        )  # fmt: skip

    def _is_year(self, figure: Figure) -> bool:
        written = self.text[figure.start : figure.end]
        plain = figure.scale == 1 and figure.style == "digits" and not figure.decimals and not figure.group
        return plain and bool(_YEAR.fullmatch(written)) and 1500 <= figure.number < 2200

    def _one(self, at: int) -> Iterator[Shown]:
        """Give every reading of one number with sign, currency, scale, unit and plus."""
        sign = _SIGN.match(self.text, at)
        here = sign.end() if sign else at
        before: list[tuple[str, str]] = []
        before_at = NOWHERE
        currency = self.known.sign.match(self.text, here)
        if currency:
            before = [(code, MONEY) for code in self.known.currencies[currency[0]]]
            before_at = currency.span()
        elif self.percent and self.text.startswith(self.percent.strip(), here):
            before, before_at = [(PERCENT, SHARE)], (here, here + len(self.percent.strip()))
        if before:
            here = self._past_space(before_at[1])
            if not sign and (sign := _SIGN.match(self.text, here)):
                here = sign.end()
        acid = _ACID.match(self.text, here)
        if acid:  # the one unit that stands before its number
            for figure in figures(self.text, acid.end(), self.digits, self.known):
                full = replace(figure, unit="pH_value", mark=NOUN, unit_at=acid.span())
                yield from self._closed(full, sign, figure.end)
        times = _TIMES_WORD.match(self.text, here) if self.whole and not before and not sign else None
        if times:
            stem = times[0].lower()
            size = next(size for word, size in _TIMES.items() if stem.startswith(word))
            word = Figure(
                here,
                times.end(),
                size,
                style="part",
                unit=PURE,
                mark=MULTIPLE,
                unit_at=(times.end(), times.end()),
            )
            yield from self._closed(word, None, times.end())
        for figure in figures(self.text, here, self.digits, self.known, self.whole):
            for tail in tails(self.text, figure.end, figure.style, self.known, bool(before), self.whole):
                sized = replace(
                    figure, scale=tail.scale, scale_at=tail.scale_at, unit=tail.unit, mark=tail.mark,
                    unit_at=tail.unit_at, per=tail.behind.per,
                )  # fmt: skip
                meant = [
                    replace(sized, unit=whole_unit(unit, tail.behind), mark=mark, unit_at=before_at)
                    for unit, mark in before
                    if whole_unit(unit, tail.behind)
                ]
                for full in meant if before else [sized]:
                    yield from self._closed(full, sign, tail.end)

    def _closed(self, figure: Figure, sign: re.Match[str] | None, end: int) -> Iterator[Shown]:
        """Give a number, and before it the same with the plus that follows it."""
        ordinal = figure.style in ("ordinal", "nth")
        kind = "ordinal" if ordinal else "word" if figure.style in ("words", "part") else "number"
        year = kind == "number" and not sign and figure.unit is None and self._is_year(figure)
        year = year and not _COUNTED.search(self.text, max(0, figure.start - _REACH), figure.start)
        shown = Shown(
            self.text, (figure,), sign is not None and "+" not in sign[0], sign.span() if sign else NOWHERE,
            unit=figure.unit, mark=figure.mark, kind=kind, end=end,
        )  # fmt: skip
        plus = _PLUS.match(self.text, end)
        if plus and not ordinal:
            marked = replace(shown, qualifiers=((LEAST, plus.span()),), end=plus.end())
            yield from self._with_tail(marked)
        yield replace(shown, kind="year") if year else shown

    def _with_tail(self, shown: Shown) -> Iterator[Shown]:
        """Give a number with the scale and unit after its plus or parenthesis: ``162+ devices``."""
        figure = shown.figures[0]
        if figure.unit is None or figure.mark == MONEY:
            for tail in tails(
                self.text, shown.end, "digits", self.known, figure.unit is not None, self.whole
            ):
                scaled = tail.scale_at != NOWHERE
                if tail.end == shown.end or (scaled and figure.scale_at != NOWHERE):
                    continue
                full = figure
                if scaled:
                    full = replace(full, scale=tail.scale, scale_at=tail.scale_at)
                if tail.unit is not None:
                    full = replace(full, unit=tail.unit, mark=tail.mark, unit_at=tail.unit_at)
                full = replace(full, per=full.per * tail.behind.per)
                yield replace(shown, figures=(full,), unit=full.unit, mark=full.mark, end=tail.end)
        yield shown


def _whole(digits: str) -> Fraction:
    return Fraction(int(digits))
