"""Dates, quarters and times of day: read in the forms that people write, compared, and written in these.

What is recorded is a date as ISO 8601 has it: `2024-03-12`, `2024-03-12T14:30`, `2024-03`, `2024Q1`, `14:30`.
A form that says less is true of it, and every part that it says has to be the same.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tieout.machine.patterns import lazily
from tieout.numerals.cldr import date_pattern, known, primary
from tieout.numerals.locales import GAP
from tieout.numerals.words import suffix

_YEAR = r"(?P<year>[12][0-9]{3})"
_DAY_ALONE = r"(?P<day>[0-3]?[0-9])(?![0-9])"
_DAY = r"(?P<day>[0-3]?[0-9])(?:(?P<ending>st|nd|rd|th)|\.)?(?![0-9])"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])(?![0-9])"
_CLOCK = (
    r"(?P<hour>[01]?[0-9]|2[0-3])(?:(?:[:.]|[ ]?h[ ]?)(?P<minute>[0-5][0-9])"
    r"(?::(?P<second>[0-5][0-9])(?:[.,][0-9]+)?)?"
    r"|(?=[ \u00a0\u202f]?[ap]\.?[ ]?m\b))"
    rf"(?:{GAP}(?P<half>[AaPp])\.?[ ]?[Mm]\.?|{GAP}(?:Uhr|h|o’clock|o'clock))?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_ISO_DAY = r"(?P<year>[12][0-9]{3})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])"
_NAMED_QUARTER = r"(?P<nth>first|second|third|fourth)"
_QUARTERS = ("first", "second", "third", "fourth")
_JOINT = rf"(?:T|,?{GAP}(?:at|um|o|à|о)?{GAP})"
_ON = rf"(?:,?{GAP}(?:on|am|le)?{GAP})"
_NOON = 12
_POINTED = lazily(r"[0-9]+\.[0-9]+")
_FIELDS = ("year", "quarter", "month", "day", "hour", "minute", "second")


@dataclass(frozen=True)
class Moment:
    """What a form says of a moment, and where it says each part.

    Parameters
    ----------
    parts
        The numbers of `year`, `quarter`, `month`, `day`, `hour`, `minute`, `second` that it says.
    weekday
        The day of the week that it names, Monday being 0; None for none.
    spans
        Where each part stands.
    """

    parts: Mapping[str, int]
    weekday: int | None
    spans: Mapping[str, tuple[int, int]]

    def is_of(self, other: Moment) -> bool:
        """Whether all that it says is so of another."""
        own = other.whole
        return all(own.get(name) == value for name, value in self.parts.items()) and (
            self.weekday is None or self.weekday == own.get("weekday")
        )

    @property
    def whole(self) -> Mapping[str, int]:
        """Its parts, with the quarter and the weekday that follow from them."""
        found = dict(self.parts)
        if "month" in found:
            found.setdefault("quarter", (found["month"] + 2) // 3)
        if {"year", "month", "day"} <= found.keys():
            day = datetime.date(found["year"], found["month"], found["day"])
            found["weekday"] = day.weekday()
        if "hour" in found:
            found.setdefault("second", 0)
        return found


def moments(text: str, lang: str = "en") -> tuple[Moment, ...]:
    """Return what a text can mean as a date or a time, the likeliest first; empty for what is none.

    Examples
    --------
    >>> [dict(each.parts) for each in moments("12 March 2024")]
    [{'year': 2024, 'month': 3, 'day': 12}]
    >>> [dict(each.parts) for each in moments("2:30 p.m.")], moments("31 February 2024")
    ([{'hour': 14, 'minute': 30}], ())
    """
    return _moments(text, lang)


def is_moment(shown: str, text: str, lang: str = "en") -> bool:
    """Whether a form shows a moment that is recorded.

    Examples
    --------
    >>> [is_moment(form, "2024-03-12") for form in ("12 March 2024", "March 2024", "Q1 2024", "13 March")]
    [True, True, True, False]
    """
    recorded = _recorded(text)
    return recorded is not None and any(form.is_of(recorded) for form in moments(shown, lang))


def rewritten(shown: str, text: str, lang: str = "en") -> str | None:
    """Return a recorded moment in the form of another; None where that says what is not recorded.

    Examples
    --------
    >>> rewritten("Tuesday, 12 March 2024", "2025-11-02"), rewritten("2:30 p.m.", "09:05")
    ('Sunday, 2 November 2025', '9:05 a.m.')
    """
    recorded = _recorded(text)
    if recorded is None:
        return None
    whole = recorded.whole
    for form in moments(shown, lang):
        if not form.parts.keys() <= whole.keys() or (form.weekday is not None and "weekday" not in whole):
            continue
        new = shown
        for name, (start, end) in sorted(form.spans.items(), key=lambda each: -each[1][0]):
            new = new[:start] + _written(name, shown[start:end], whole, lang, form) + new[end:]
        if is_moment(new, text, lang):
            return new
    return None


@lru_cache(maxsize=2048)
def _moments(text: str, lang: str) -> tuple[Moment, ...]:
    if not re.search(r"\d", text):
        return ()
    found = (
        moment
        for pattern in _patterns(lang)
        if (match := pattern.fullmatch(text.strip())) and (moment := _read(match, lang)) is not None
    )
    lead = len(text) - len(text.lstrip())
    return tuple(
        Moment(each.parts, each.weekday, {name: (a + lead, b + lead) for name, (a, b) in each.spans.items()})
        for each in found
    )


def _read(match: re.Match[str], lang: str) -> Moment | None:
    groups = {name: value for name, value in match.groupdict().items() if value}
    parts = {name: int(groups[name]) for name in _FIELDS if name in groups and groups[name].isdigit()}
    if "name" in groups:
        parts["month"] = _named(groups["name"], lang, "months")
    if "nth" in groups:
        parts["quarter"] = _QUARTERS.index(groups["nth"].lower()) + 1
    if "half" in groups:
        if not 1 <= parts["hour"] <= _NOON:
            return None
        parts["hour"] = parts["hour"] % _NOON + _NOON * (groups["half"].lower() == "p")
        parts.setdefault("minute", 0)
    weekday = _named(groups["weekday"], lang, "days") if "weekday" in groups else None
    try:
        datetime.date(parts.get("year", 2000), parts.get("month", 1), parts.get("day", 1))
    except ValueError:
        return None
    spans = {name: match.span(name) for name in groups}
    return Moment({name: parts[name] for name in _FIELDS if name in parts}, weekday, spans)


@lru_cache(maxsize=64)
def _names(lang: str, kind: str) -> Mapping[str, tuple[int, str, str]]:
    """Return the names of months (from 1) or days (from 0) in lower case: number, context and width."""
    found: dict[str, tuple[int, str, str]] = {}
    for each in dict.fromkeys((lang, "en")):
        own = known(each)
        for context, widths in getattr(own, kind).items() if own else ():
            for width in ("wide", "abbreviated"):
                for number, name in widths.get(width, {}).items():
                    if not name.isdigit():
                        found.setdefault(name.rstrip(".").casefold(), (number, context, width))
    if kind == "months":
        found.setdefault("sept", (9, "format", "abbreviated"))
    return found


def _named(name: str, lang: str, kind: str) -> int:
    return _names(lang, kind)[name.rstrip(".").casefold()][0]


def _recorded(text: str) -> Moment | None:
    """Return the moment that a recorded text is; digits with a point are a version, or a number."""
    found = moments(text)
    return found[0] if found and not _POINTED.fullmatch(text.strip()) else None


def _written(name: str, own: str, whole: Mapping[str, int], lang: str, form: Moment) -> str:
    """Return one part of a moment as a form has it."""
    if name in ("name", "weekday"):
        kind, field = ("months", "month") if name == "name" else ("days", "weekday")
        _, context, width = _names(lang, kind)[own.rstrip(".").casefold()]
        spoken = next(each for each in (lang, "en") if _speaks(each, kind, own))
        place = known(spoken)
        assert place is not None
        text = str(getattr(place, kind)[context][width][whole[field]])
        return text.rstrip(".") + "." * own.endswith(".") if width == "abbreviated" else text
    if name == "nth":
        word = _QUARTERS[whole["quarter"] - 1]
        return word.capitalize() if own[0].isupper() else word
    if name == "ending":
        return suffix(whole["day"])
    if name == "half":
        letter = "p" if whole["hour"] >= _NOON else "a"
        return letter.upper() if own.isupper() else letter
    value = whole[name]
    if name == "hour" and "half" in form.spans:
        value = (value - 1) % _NOON + 1
    fixed = name in ("minute", "second") or own.startswith("0")
    wide = len(own) == len("00") and ("half" if name == "hour" else "name") not in form.spans
    return f"{value:02d}" if fixed or (wide and name in ("month", "day", "hour")) else str(value)


def _speaks(lang: str, kind: str, name: str) -> bool:
    own = known(lang)
    bare = name.rstrip(".").casefold()
    return own is not None and any(
        bare == each.rstrip(".").casefold()
        for widths in getattr(own, kind).values()
        for names in widths.values()
        for each in names.values()
    )


@lru_cache(maxsize=64)
def _patterns(lang: str) -> tuple[re.Pattern[str], ...]:
    """Return the forms of a language, each a whole one: dates, then quarters, times, and dates with times."""
    dates = list(_dates(lang))
    quarters = [
        rf"[QTК](?P<quarter>[1-4])(?:{GAP}|/|-){_YEAR}", rf"{_YEAR}(?:{GAP}|-)?Q(?P<quarter>[1-4])",
        rf"(?:the{GAP})?{_NAMED_QUARTER}{GAP}quarter{GAP}(?:of{GAP})?{_YEAR}",
        rf"(?P<quarter>[1-4])Q{GAP}{_YEAR}",
        rf"(?P<quarter>[1-4])\.{GAP}(?:Quartal|квартал){GAP}{_YEAR}",
    ]  # fmt: skip
    both = [f"{date}{_JOINT}{_CLOCK}" for date in dates] + [f"{_CLOCK}{_ON}{date}" for date in dates]
    return tuple(re.compile(form, re.IGNORECASE) for form in (*dates, *quarters, _CLOCK, *both))


def _dates(lang: str) -> Iterator[str]:
    months = "|".join(re.escape(name) for name in sorted(_names(lang, "months"), key=len, reverse=True))
    days = "|".join(re.escape(name) for name in sorted(_names(lang, "days"), key=len, reverse=True))
    month = rf"(?P<name>{months})\.?"
    weekday = rf"(?:(?P<weekday>{days})\.?,?{GAP}(?:the{GAP})?)?"
    yield _ISO_DAY
    yield r"(?P<year>[12][0-9]{3})-(?P<month>0[1-9]|1[0-2])"
    yield rf"{weekday}(?:the{GAP})?{_DAY}{GAP}(?:of{GAP}|de{GAP})?{month}(?:,?{GAP}(?:de{GAP})?{_YEAR})?"
    yield rf"{weekday}{month}{GAP}{_DAY}(?:,?{GAP}{_YEAR})?"
    yield rf"{month}(?:,|{GAP}of)?{GAP}{_YEAR}"
    yield _YEAR
    yield rf"{_DAY_ALONE}\.{_MONTH}\.{_YEAR}"
    own = known(lang)
    pattern = str(own.date_formats["short"].pattern) if own else date_pattern(lang)
    month_first = primary(lang) == "en" and pattern.lower().lstrip("'").startswith("m")
    first, second = (_MONTH, _DAY_ALONE) if month_first else (_DAY_ALONE, _MONTH)
    yield rf"{first}/{second}/{_YEAR}"
