"""Periods that rows are called by, as people say them: *November* of ``2025-11``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tieout.numerals.calendar import MONTHS

_IN_FULL = {month[:3].lower(): month.lower() for month in MONTHS}
MAY = "monthmay"  # *May*, which is a verb too
_MONTH = re.compile(r"([12]\d{3})-(0[1-9]|1[0-2])(?:-(?:01|28|29|30|31))?")  # or its first or last day
_NUMBER = re.compile(r"month (0?[1-9]|1[0-2])", re.IGNORECASE)
_OF_YEAR = re.compile(r"quarter ([1-4])", re.IGNORECASE)
_GROUPED = re.compile(r"\.groupby\([^()\[\]]*\.dt\.(month|quarter)\)")
_SHORT = re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?")
_MAY = re.compile(r"(?<=[^\s.!?:]\s)May\b(?! [a-z]+ (?:be|have)\b)|\AMay\Z")
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_QUARTER = re.compile(
    rf"\b({'|'.join(_ORDINALS)})(?= quarter\b)(?! quarter (?:of the (?:way|people|patients))) quarter", re.I
)
_TOLD = re.compile(r"\bq[1-4]\b")
_BARE = re.compile(rf"(?<=\bthe )({'|'.join(_ORDINALS)})\b(?=\s*(?:[.,;:)(]|$|and\b|or\b|to\b))", re.I)
_MINUTES = re.compile(
    r"(?<![^\W_])((?:\w+_)?(?:wait|los|time|duration|dur|delay|stay|length|travel|trip|ride|commute|session|runtime"
    r"|play|sleep|visit|stop|dwell|idle|parking|charging|queue|response|transit|lag|elapsed|airtime|walk|exercise|call|hold|break)(?:ing|s)?)_mins?\b",
    re.IGNORECASE,
)


_DATE = re.compile(r"[\"'(]\d{4}-\d\d-\d\d[\"')]")
_BY_DATE = re.compile(r"\.loc\[\"\d{4}-\d\d-\d\d\"(?=[\],])")
_BY_MONTH = re.compile(r"\.resample\([\"'](?:MS|ME?)[\"']\)")


def is_picked(path: str, made: str) -> bool:
    """Whether a path that picks by a date surely finds it: that of a month, in what was made by months.

    Parameters
    ----------
    path
        What leads to a value: ``{}.loc["2025-11-01", "sales"]``.
    made
        The code of what it is picked from.

    Examples
    --------
    >>> [is_picked('{}.loc["2025-11-01"]', made) for made in ('sales.resample("MS").sum()', "sales")]
    [True, False]
    """
    dates = len(_DATE.findall(path))
    return not dates or (dates == 1 and bool(_BY_DATE.search(path) and _BY_MONTH.search(made)))


def in_words(text: str) -> str:
    """Return a name or a text with its quarters as ``q4``, months in full, and no minimum of *wait_min*.

    Examples
    --------
    >>> in_words("the fourth quarter"), in_words("sales in Nov."), in_words("wait_min")
    ('the q4', 'sales in november', 'wait_minutes')
    >>> in_words("more in the fourth quarter than in the third")
    'more in the q4 than in the q3'
    """
    text = _QUARTER.sub(lambda found: f"q{_ORDINALS[found[1].lower()]}", text)
    if _TOLD.search(text):
        text = _BARE.sub(lambda found: f"q{_ORDINALS[found[1].lower()]}", text)
    text = _SHORT.sub(lambda found: _IN_FULL[found[1][:3].lower()], text)
    return minutes(_MAY.sub(MAY, text))


def minutes(text: str) -> str:
    """Return a text in which minutes that names cut short stand in full: *wait_minutes* of *wait_min*."""
    return _MINUTES.sub(r"\1_minutes", text)


def in_period(row: str, made: str) -> str:
    """Return what a row is called that stands for a month or a quarter and is named for the date it is of.

    Examples
    --------
    >>> in_period("date 4", "df.groupby(df.date.dt.quarter).sales.sum()"), in_period("kind 4", "df.kind")
    ('quarter 4', 'kind 4')
    """
    by, number = _GROUPED.findall(made), re.fullmatch(r"[^\W\d]\w* (\d{1,2})", row)
    return f"{by[0]} {number[1]}" if len(by) == 1 and number else row


def labels_of(label: str, row: str = "") -> Iterator[str]:
    """Give what the label of a row is called by: *2025* and *november* of ``2025-11``, or of ``2025-11-01``.

    ``row`` is what a mere number is called with the name of its index: *month 5*.

    Examples
    --------
    >>> [*labels_of("2025-11-01")], [*labels_of("5", "month 5")], [*labels_of("north")]
    (['2025', 'november'], ['monthmay'], ['north'])
    """
    if quarter := _OF_YEAR.fullmatch(row):
        yield f"q{quarter[1]}"
        return
    dated, numbered = _MONTH.fullmatch(label), _NUMBER.fullmatch(row)
    found = dated[2] if dated else numbered[1] if numbered else ""
    if dated or not found:
        yield dated[1] if dated else label
    if found:
        month = MONTHS[int(found) - 1].lower()
        yield MAY if month == "may" else month


def in_full(row: str) -> str:
    """Return what a row is called, with the month that it says by its number.

    Examples
    --------
    >>> in_full("month 8"), in_full("class 8")
    ('August', 'class 8')
    """
    found = _NUMBER.fullmatch(row)
    return MONTHS[int(found[1]) - 1] if found else row
