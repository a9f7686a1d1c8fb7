"""Years and months beside numbers of other ones: *$2.5 billion in 2030*, of an entry that is of 2024.

A year is suspicious where a sibling of the entry, called as it is but for one part of the id, is of that
year, or where the entry is called by another one; a month where the entry is called by another one, which its
clause does not name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tieout.ledger import PERIOD, Entry, Ledger
from tieout.machine.patterns import lazily
from tieout.numerals import Context, months, primary
from tieout.numerals.calendar import MONTH, MONTHS

_AFTER = lazily(
    r"\)?(?:(?: (?!than|and|from|to|since|after|before|until)[a-z-]+){0,2} (?:in|for|by) "
    r"(?P<year>[12]\d{3})(?!\d)"
    # *624,428 trips between April and October 2022*
    rf"|(?: (?!than|and|from|to|since|after|before|until|but)[a-z’'-]+){{0,6}} (?:between|from|in) {MONTH}"
    rf"(?: (?:and|to|through) {MONTH})? (?P<span>[12]\d{{3}})(?!\d)"
    r"| of (?P<of>[12]\d{3})(?=[.;:,)]|$))"  # *three times the €64.90 of 2020*
)
_BEFORE = lazily(
    r"\b[Ii]n (?P<year>[12]\d{3})(?! (?:dollar|euro|price))(?:,| )"
    r"(?: ?(?!than|and|from|since|after|before|until|but)[a-z’'-]+){0,8} $(?P<of>)"
)
_CALENDAR = lazily(
    r"(?P<said>(?<!than )\b(?:[Ii]n|[Ff]or|[Dd]uring|was|is|were|year) |\()?"
    r"(?<![\d.,–-])(?P<year>[12]\d{3})(?!\d|[.,]\d|[–-]\d)"
    r"(?P<of> (?:[A-Za-z]+ )?(?:dollars?|euros?|prices?|census|law|report|survey))?"
)
# *In 2000 it stood at 369, a year later at 371*.
_LATER = lazily(
    r"\b(?:later|earlier|ago|afterwards?|next|following|previous|preceding|since(?! [12]\d{3})|now|meanwhile"
    r"|(?:year|quarter|month|week|season|day)s? (?:before|prior|after)|then|subsequent(?:ly)?"
    r"|(?:before|after|until) (?:\w+ly )?\w+ing)\b",
    re.IGNORECASE,
)
# What follows is of a number that it is set against: *€131,548, compared with €109,861 in 2024*.
_SET_AGAINST = lazily(
    r",? \b(?:(?:compared (?:with|to)|against|versus|vs|(?:up|down) from|instead of|rather than|than)\b"
    r"|(?:after|following) (?:about |around |some |only |just )?[$€£]?\d).*"
)
# *In 2022 it fell from 686 to 409*: the first of the two is of some time before.
_FROM = lazily(r"\bfrom (?:about |around |some |nearly |almost |over |under )?$")
_TO = lazily(r"[^.;:]{0,40}?\bto\b")
# *In 2023 it was 3.16, down from 3.43*; *from 3.43 in 2022 to 3.16*: the year is the other number's.
_OF_OTHER = lazily(r"\b(?:(?:up|down) from|from\b[^;:]* in [12]\d{3} to) (?:about |around |nearly )?$")
_OF_NEXT = lazily(r"^\)? (?:in|for) [12]\d{3}\b")
_NEAR = 6
_WITHIN = lazily(r"(?:\b[Ii]n|\b[Oo]f|\b[Ff]or|\b[Dd]uring|\()\s?$")
_NUMBERED = lazily(r"(?<!\d)(?:[12]\d{3}-(0[1-9]|1[0-2])|\bmonth[ -](0?[1-9]|1[0-2]))(?!\d)", re.IGNORECASE)
_MADE = lazily(r"\b(?:difference|change|ratio|sum|growth)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Dates:
    """The years of the siblings of every entry, and the months of a language."""

    siblings: Mapping[str, Mapping[str, str]]
    months: re.Pattern[str] | None
    lang: str

    @classmethod
    def of(cls, ledger: Ledger) -> Dates:
        """Find the entries of a ledger that are called alike and are of different years."""
        held: dict[tuple[object, ...], dict[str, str]] = defaultdict(dict)
        places: dict[str, list[tuple[object, ...]]] = defaultdict(list)
        for entry in ledger.values():
            period, parts = _period(entry), entry.id.split(".")
            if entry.quantity is None or not period.isdigit():
                continue
            for place in range(len(parts)):
                key = (*parts[:place], "", *parts[place + 1 :], entry.quantity.unit, entry.path)
                held[key].setdefault(period, entry.id)
                places[entry.id].append(key)
        siblings = {
            id: {period: other for key in keys for period, other in held[key].items()}
            for id, keys in places.items()
        }
        names = [
            re.escape(name) for name in months(ledger.project.lang) if len(name) > 2 and name.lower() != "may"
        ]
        pattern = re.compile(rf"\b(?:{'|'.join(names)})\b") if names else None
        return cls(siblings, pattern, primary(ledger.project.lang))

    def misdated(self, entry: Entry, context: Context) -> str:
        """Return in words why a year or a month beside a number is not its own; empty where it may be."""
        before, after = (re.sub(r"\s+", " ", part) for part in context.clause)
        period = _period(entry)
        last = max(
            (near.end for near in context.near if near.side == "before" and not _is_year(near.text)),
            default=0,
        )
        own = re.sub(r"\s+", " ", context.before[max(last, len(context.before) - len(context.clause[0])) :])
        if last and (theirs := _AFTER.match(own)):
            own = own[theirs.end() :]  # the year of the number before it
            before = before[: len(before) - len(own)].removesuffix(theirs[0]) + own
        is_other = _OF_OTHER.search(before) or (_FROM.search(own) and _TO.match(after))
        if is_other and not _AFTER.match(after):
            return ""
        found = _AFTER.match(after) or (None if _AFTER.search(after) else _BEFORE.search(own))
        year = "" if found is None else found["year"] or found["of"] or found.groupdict().get("span") or ""
        if year and period.isdigit() and year != period:
            other = self.siblings.get(entry.id, {}).get(year)
            if other:
                return f"is said of {year}, and the entry is of {period}; {other} is of {year}"
        if not _OF_NEXT.search(_behind_next(context)):  # *12% before and 13% in 2023*
            year = year or self._only_year(f"{before} | {_SET_AGAINST.sub('', after)}", period)
        if PERIOD not in entry.cells and period and year and year != period:
            called = entry.label if period in entry.label else entry.id
            return f"is said of {year}, and the entry is called “{called}”"
        return self._misnamed(entry, before, after)

    def _only_year(self, clause: str, own: str) -> str:
        """Return the one year that an English clause names, and not an entry's own; empty for several."""
        if self.lang != "en" or own in clause or _LATER.search(clause):
            return ""
        found = list(_CALENDAR.finditer(clause))
        years = {each["year"] for each in found}
        surely = all(each["said"] and not each["of"] for each in found)
        return years.pop() if len(years) == 1 and surely else ""

    def _numbered(self, entry: Entry) -> set[str]:
        """Return the English names of the month that a label says by its number: *month 2*, *2025-11*."""
        found = set(_NUMBERED.findall(entry.label)) or set(_NUMBERED.findall(entry.id))
        numbers = {int(each[0] or each[1]) for each in found}
        if self.lang != "en" or len(numbers) != 1 or _MADE.search(f"{entry.id} {entry.label}"):
            return set()
        name = MONTHS[numbers.pop() - 1]
        return {name, name[:3], name[:4]} if name != "May" else set()  # a verb too

    def _of_number(self, entry: Entry, before: str, after: str) -> str:
        """*In January 95.6* of an entry of month 2, which its clause does not name."""
        assert self.months is not None
        called, clause = self._numbered(entry), f"{before} | {after}"
        if not called or _LATER.search(clause) or called & set(self.months.findall(clause)):
            return ""
        near = f"{' '.join(before.split()[-_NEAR:])} | {' '.join(after.split()[:_NEAR])}"
        said = {found[0] for found in self.months.finditer(near) if _WITHIN.search(near[: found.start()])}
        return f"is said of {said.pop()}, and the entry is called “{entry.label}”" if len(said) == 1 else ""

    def _misnamed(self, entry: Entry, before: str, after: str) -> str:
        if self.months is None:
            return ""
        called = {_short(name) for name in self.months.findall(entry.label)}
        if len(called) > 1:
            return ""
        if not called:
            return self._of_number(entry, before, after)
        near = f"{' '.join(before.split()[-_NEAR:])} | {' '.join(after.split()[:_NEAR])}"
        beside, ahead = self.months.findall(near), self.months.findall(before)
        if not beside or called & {_short(name) for name in (*ahead, *self.months.findall(after))}:
            return ""
        return f"is said of {ahead[-1] if ahead else beside[0]}, and the entry is called “{entry.label}”"


def _period(entry: Entry) -> str:
    """Return when an entry is of: as its row says, or else the one year in its label, or in its id."""
    if PERIOD in entry.cells:
        return entry.cells[PERIOD]
    for called in (entry.label, entry.id):
        years = set(re.findall(r"(?<![\d.,])[12]\d{3}(?!\d|[.,]\d)", called))
        if years:
            return years.pop() if len(years) == 1 else ""
    return ""


def _behind_next(context: Context) -> str:
    """Return what stands right behind the next number of a clause; empty where there is none."""
    near, after = context.next, context.clause[1]
    return re.sub(r"\s+", " ", after[near.end :]) if near is not None and near.end <= len(after) else ""


def _short(month: str) -> str:
    """Return what a month's name begins with, which its short form has too: *Jan* of *January*."""
    return month[:4] if month.lower().startswith("jui") else month[:3]  # *juin* and *juillet*


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"[12]\d{3}", text.strip()))
