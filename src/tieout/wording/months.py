"""Months of years before numbers of other ones: *in June 2023 it was 25.0* of ``monthly.loc["2024-06"]``.

The one date of a clause counts that stands before the number: at its beginning, *in June 2023*, or as what
something was, *the worst month was January 2023, with*.
"""

from __future__ import annotations

import re

from tieout.ledger import Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.numerals.calendar import MONTH, MONTHS
from tieout.wording.meant import own_words
from tieout.wording.timed import picked_times

_MONTH = rf"(?P<month>{MONTH})"
_DATE = lazily(rf"\b{_MONTH} (?P<year>(?:19|20)\d\d)\b(?![–-]\d)")
_ANY = lazily(rf"\b{_MONTH}(?! (?:be|we|I|it|you|they|not)\b)|\b(?:19|20)\d\d\b")
_LEADS = lazily(
    r"(?:^|[;:(,] ?|\b(?:and|but|while) )(?:[Ii]n|[Dd]uring|[Ff]or)(?: the month of)? $"
    r"|\b(?:months?|peak|low|high|record|maximum|minimum|one|worst|best) (?:is|was|came)(?: again)?(?: in)? $"
)
_WORDS = lazily(
    r"(?:,? (?:with|at|when|by)|,|:| \(|:? ?)"
    r"(?: ?(?!(?:than|from|to|since|after|before|until|till|by|against|over"
    r"|compared|which|that|who|whose|like|unlike|as|on|its|next|later|earlier|previous|following|preceding|last"
    r"|again|and|but|while|if|ago|followed|up|down|would|should|could|might|may|will|expected|planned|published"
    r"|reported|announced|opened|started|founded|launched|introduced|half|twice|double)\b)[^\W\d_][\w’'-]*){0,8}"
    r"[ (]*$"
)
_ELSEWHERE = lazily(
    r"\b(?:later|earlier|ago|afterwards?|next|following|previous|preceding|since|now|meanwhile|so far|to date"
    r"|(?:year|quarter|month|season|week|day)s? (?:before|prior|after)|on|until"
    r"|(?:in|by) (?:the|a|an|its|that|this) [a-z]+)\b",
    re.IGNORECASE,
)


# Days: *July 24, 2022*, *24 July*; and of an entry, by its label, its id or its code.
_DAY = lazily(
    rf"\b(?:(?P<month>{MONTH}) (?P<day>[1-3]?\d)(?:st|nd|rd|th)?(?:, (?P<year>[12]\d{{3}}))?"
    rf"|(?P<date>[1-3]?\d)(?:st|nd|rd|th)? (?P<of>{MONTH})(?: (?P<in>[12]\d{{3}}))?)(?![\w–-]|[.,]\d)"
)
_OWN_DAY = lazily(r"(?<!\d)([12]\d{3})-(0[1-9]|1[0-2])-([0-3]\d)(?!\d)")
_OTHER_DAY = lazily(
    r"\b(?:later|earlier|ago|before|after\w*|since|until|till|previous|next|following|than|from|between|to|through"
    r"|ahead|behind|back|again|then|like|unlike|published|reported|announced)\b",
    re.IGNORECASE,
)


def misdayed(entry: Entry, context: Context) -> str:
    """Return in words why a number is said of a day that one part of its own date is not; empty where not.

    Only that is read which names one day: *on June 24, 2022* of the 24th of July.
    """
    own = {*_OWN_DAY.findall(entry.label)} or {*_OWN_DAY.findall(entry.id)}
    clause = " ".join(" | ".join(context.clause).split())
    days = list(_DAY.finditer(clause))
    if len(own) != 1 or len(days) != 1 or is_denied(context) or _OTHER_DAY.search(clause):
        return ""
    year, month, day = map(int, own.pop())
    said = days[0]
    name = said["month"] or said["of"]
    known = [MONTHS[month - 1][:3] == name[:3], day == int(said["day"] or said["date"])]
    if (told := said["year"] or said["in"]) is not None:
        known.append(year == int(told))
    own_day = f"{MONTHS[month - 1]} {day}, {year}"
    return f"is said of {said[0]}, and the entry is of {own_day}" if known.count(False) == 1 else ""


def mismonthed(entry: Entry, context: Context) -> str:
    """Return in words why a number is said of another month of a year than its own; empty where it is not."""
    own, before = picked_times(entry), own_words(context)
    dates = list(_DATE.finditer(before))
    if not {"month", "year"} <= set(own) or len(dates) != 1 or is_denied(context) or "|" in context.after:
        return ""
    (date,) = dates
    rest = before[: date.start()] + before[date.end() :]
    behind = re.split(r"[,;:(.]", " ".join(context.clause[1].split()))[0]
    if _ANY.search(rest) or _ANY.search(behind) or _ELSEWHERE.search(behind):
        return ""
    if not _LEADS.search(before[: date.start()]) or not _WORDS.fullmatch(before[date.end() :]):
        return ""
    month = next(each for each in MONTHS if each[:3] == date["month"][:3])
    if (month, date["year"]) == (own["month"], own["year"]):
        return ""
    return f"is said of {month} {date['year']}, and its code picks {own['month']} {own['year']}"
