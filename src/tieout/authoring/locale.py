"""How a chart writes numbers and dates: as the language of the book does, by CLDR, in Vega's own terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import babel

from tieout.authoring.language import spoken
from tieout.numerals import cldr

_ENGLISH = "en"
_DOLLAR = "$"
_SUNDAY_FIRST = (6, 0, 1, 2, 3, 4, 5)  # babel begins with Monday
# What CLDR's letters are in the patterns of d3.
_FIELDS = {
    "y": "%Y", "yy": "%y", "yyyy": "%Y", "M": "%-m", "MM": "%m", "MMM": "%b", "MMMM": "%B", "L": "%-m",
    "LL": "%m", "LLL": "%b", "LLLL": "%B", "d": "%-d", "dd": "%d", "E": "%a", "EEE": "%a", "EEEE": "%A",
    "H": "%-H", "HH": "%H", "h": "%-I", "hh": "%I", "m": "%M", "mm": "%M", "s": "%S",
    "ss": "%S", "a": "%p", "G": "",
}  # fmt: skip
# What a specification is put together from.
_PARTS = ("layer", "concat", "hconcat", "vconcat", "spec")
_PART = re.compile(r"'(?P<quoted>[^']*)'|(?P<field>[A-Za-z])(?P=field)*|(?P<other>[^A-Za-z']+)")


def language() -> str:
    """Return the language of the notebook that runs here; English outside of any project."""
    return spoken().lang


@lru_cache(maxsize=16)
def locale_of(lang: str) -> dict[str, Any] | None:
    """Return what Vega is told of a language, as ``config.locale``; None for English and what is not known.

    Examples
    --------
    >>> found = locale_of("de")
    >>> found["number"]["decimal"], found["number"]["thousands"], found["time"]["date"], locale_of("en-GB")
    (',', '.', '%d.%m.%Y', None)
    """
    own = cldr.known(lang)
    if own is None or cldr.primary(lang) == _ENGLISH:
        return None
    return {"number": _number(lang), "time": _time(own)}


def _number(lang: str) -> dict[str, Any]:
    place = cldr.places(lang)[0]
    last, others = place.sizes
    money = ["", f"{place.money}{_DOLLAR}"]
    if place.money_first:
        money = [f"{_DOLLAR}{place.money}", ""]
    found: dict[str, Any] = {
        "decimal": place.decimal,
        "thousands": place.group,
        "grouping": [last] if last == others else [last, *[others] * 8],
        "currency": money,
        "minus": place.minus,
        "percent": place.percent[1] or place.percent[0],
    }
    if not place.digits.isascii():
        found["numerals"] = list(place.digits)
    return found


def _time(own: babel.Locale) -> dict[str, Any]:
    days, months = own.days["format"], own.months["format"]
    periods = own.day_periods.get("format", {}).get("wide", {})
    date, time = (_pattern(each.pattern) for each in (own.date_formats["short"], own.time_formats["medium"]))
    date = date.replace("%y", "%Y")
    return {
        "dateTime": str(own.datetime_formats["medium"]).replace("{1}", date).replace("{0}", time),
        "date": date,
        "time": time,
        "periods": [str(periods.get(name, name.upper())) for name in ("am", "pm")],
        "days": [str(days["wide"][day]) for day in _SUNDAY_FIRST],
        "shortDays": [str(days["abbreviated"][day]) for day in _SUNDAY_FIRST],
        "months": [str(months["wide"][month]) for month in range(1, 13)],
        "shortMonths": [str(months["abbreviated"][month]) for month in range(1, 13)],
    }


def say_dates(spec: dict[str, Any], lang: str) -> None:
    """Let the axes of a specification write dates as the language does: ``12. Mai``, not ``Mai 12``.

    What an author has said of an axis stays, and so does a specification without dates.
    """
    own = cldr.known(lang)
    if own is None or cldr.primary(lang) == _ENGLISH:
        return
    channels = list(_channels(spec))
    if not channels:
        return
    day, full, month, clock = (_skeleton(own, name) for name in ("MMMd", "yMMMd", "yMMM", "Hm"))
    config = spec.setdefault("config", {})
    config.setdefault("timeFormat", full)
    ticks = {"year": "%Y", "quarter": "%B", "month": "%B", "week": day, "date": day, "hours": clock,
             "minutes": clock, "seconds": ":%S", "milliseconds": ".%L"}  # fmt: skip
    config.setdefault("axisTemporal", {}).setdefault("format", ticks)
    units = {
        "yearmonthdate": full,
        "monthdate": day,
        "yearmonth": month,
        "hoursminutes": clock,
        "hours": clock,
    }
    for name, channel in channels:
        form = units.get(str(channel.get("timeUnit")).removeprefix("utc"))
        axis = channel.get("axis", {})
        if form and name in ("x", "y") and isinstance(axis, dict):
            channel["axis"] = {"format": form, **axis}


def _channels(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the channels of all encodings of a specification that show dates, with their names."""
    if isinstance(node, list):
        for each in node:
            yield from _channels(each)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "encoding" and isinstance(value, dict):
                yield from (
                    (name, each)
                    for name, each in value.items()
                    if isinstance(each, dict) and (each.get("type") == "temporal" or "timeUnit" in each)
                )
            elif key in _PARTS:
                yield from _channels(value)


def _skeleton(own: babel.Locale, name: str) -> str:
    """Return how a language writes some fields of a date, for d3."""
    return _pattern(str(own.datetime_skeletons[name].pattern))


def _pattern(cldr_pattern: str) -> str:
    """Return a pattern of CLDR as one of d3: ``dd.MM.yy`` as ``%d.%m.%y``."""
    written = []
    for part in _PART.finditer(cldr_pattern):
        if part["field"]:
            written.append(_FIELDS.get(part[0], ""))
        else:
            written.append((part["quoted"] or part["other"] or "").replace("%", "%%"))
    return "".join(written).strip()
