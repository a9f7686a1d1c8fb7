"""Months, weekdays, quarters and years beside numbers of other ones: *in March 310* of ``monthly["Feb"]``.

Which one a number is of is known from the label that its code picks it by, or from its own. Which one a
sentence says is read where the name touches the number (*March's 310*, *310 in March*, *March: 310*) or
begins its clause (*In March the clinic saw 310*). A sentence that names the own one too, and not as another
number's, is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from tieout.ledger import PERIOD, Entry
from tieout.machine.patterns import lazily
from tieout.numerals import Context, is_denied
from tieout.numerals.calendar import MONTH, MONTHS
from tieout.wording.keys import Key, keys
from tieout.wording.tabled import around_cell

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NTH = ("first", "second", "third", "fourth")
_QUARTER = rf"(?:(?:the )?(?:{'|'.join(_NTH)}) quarter(?! of the)|Q[1-4])"
_OF_YEAR = r"(?:(?: of)? (?:19|20)\d\d)?(?![\w-])"
_YEAR = r"(?<![\d.,$€£–-])(?:19|20)\d\d(?![\d–/-]|[.,]\d)"
_NAMES = {
    "month": rf"(?!May (?:be|we|I|it|you|they|not)\b){MONTH}{_OF_YEAR}",
    "weekday": rf"(?:{'|'.join(_DAYS)})s?(?![\w-])",
    "quarter": rf"{_QUARTER}{_OF_YEAR}",
    "year": _YEAR,
}
_ISO = lazily(r"((?:19|20)\d\d)(?:-?Q([1-4])|-(0[1-9]|1[0-2])(?:-([0-3]\d))?)?(?:[ T]00:00.*)?")
_BY = {
    "month": lazily("month$", re.IGNORECASE),
    "weekday": lazily("weekday|day_?of_?week", re.IGNORECASE),
    "quarter": lazily("quarter$", re.IGNORECASE),
    "year": lazily("year$", re.IGNORECASE),
}
_FULL = lazily("|".join((*MONTHS, *_DAYS)), re.IGNORECASE)  # as parts of ids
# What is made of two months is of neither.
_MADE = lazily(r"\b(?:difference|change|ratio|sum|growth|gap|since|until|between)\b", re.IGNORECASE)
_ONE, _OTHER = "\x01", "\x02"
_NUMBER = rf"[{_ONE}{_OTHER}]"
_HEDGE = r"(?:(?:about|around|only|just|some|nearly|almost|over|as many as|a total of|an average of) )?"
# What stands between a name and its number may not set it against another one.
_APART = (
    r"than|from|since|after|before|until|till|by|and|but|or|as|like|of|if|while|when|against|versus|vs|above|below"
    r"|over|under|beat|beats|beaten|broke|passed|exceeded|surpassed|overtook|topped|outdid|matched|equalled"
    r"|compared|record|previous|earlier|last|prior|usual|twice|double|half|times|followed|restored|recovered|within"
    r"|near|close|short|towards?|back|regained|reported|published|announced|forecast|expected|planned|booked"
    r"|on|again|that|which|who|where|its|their|those|these|out|aim\w*|hop(?:e|es|ed|ing)|want\w*|targets?|goals?"
    r"|would|should|could|might|may|will|promised|projected|predicted"
)
# *310 patients treated in March* may have come in another month, *310 grew in March* is of the month before.
_DONE = (
    r"\w+ed|born|built|made|sold|seen|lent|paid|sent|bought|won|lost|taken|given|begun|written"
    r"|rose|grew|fell|went|sank|shrank|became|leapt|slid|ris(?:es|ing)|grow(?:s|ing)|falls|falling|it|they|we|he|she"
)
_PRICES = r" (?:prices|dollars|euros|pounds|money|terms|values)\b"
_WORD = rf"(?!(?:{_APART})\b)[^\W\d_][\w’'-]*"
_WORDS = rf"(?:{_WORD} ){{0,6}}"
_IS = r"(?:was|is|had|has|saw|sees|brought|recorded|came|stood|reached|counted|totalled|averaged|hit)"
_PREPOSITION = r"(?:in|of|for|during|on|was in|came in)"
_ELSEWHERE = lazily(
    r"\b(?:later|earlier|ago|afterwards?|next|following|previous|preceding|since|now|meanwhile"
    r"|end of|close of|beginning of|start of|weeks?|fortnight|cumulative\w*|so far|to date|seasonally"
    r"|(?:year|quarter|month|season|day)s? (?:before|prior))\b",
    re.IGNORECASE,
)
_AND = r"(?:, (?:and )?| and | or |/|[–-]| to | through )"
# What stands before a name that is of no number behind it: *higher than in February (412 against 310)*.
_SET_AGAINST = lazily(
    r"\b(?:than|as|like|unlike|from|to|since|until|till|after|before|by|through|with|against|over|versus|vs\.?"
    r"|above|below|beyond|(?:that|those|twice|double|half)(?: \w+)? of"
    r"|(?:up|down|more|less|rise|fall|increase|decrease|improvement|drop|gain) on)(?: in| on| the| of)* $"
    r"|\b(?:founded|opened|established|launched|started|published|introduced|created|adopted|closed|passed"
    r"|released|reported|signed|born|built|sold|made|begun)(?: up| again)? (?:in|on|during) (?:the )?$",
    re.IGNORECASE,
)


def mistimed(entry: Entry, context: Context) -> str:
    """Return in words why a number is said of another month, weekday, quarter or year; empty where not."""
    own = own_times(entry)
    if not own or is_denied(context):
        return ""
    around = around_cell(context)
    found = _said(context, own) if around is None else filter(None, map(_only, around))
    for kind, name in found:
        if kind in own and not (around and own[kind] in _named(kind, " | ".join(around))):
            return f"is said of {name}, and the entry is of {own[kind]}"
    return ""


def own_times(entry: Entry) -> Mapping[str, str]:
    """Return which month, weekday, quarter and year a number is of, by the kind; empty where not known."""
    found = _picked(entry)
    called = f"{entry.label} {entry.id}"
    if not found and not _MADE.search(called):
        parts = [*entry.label.split(", ")[1:], *filter(_FULL.fullmatch, entry.id.split(".")[1:])]
        for kind, name in (each for part in parts for each in times(Key(part, ""))):
            found.setdefault(kind, set()).add(name)
    if PERIOD in entry.cells or re.search(r"(?<!\d)[12]\d{3}(?!\d)", called):
        found.pop("year", None)  # which the check of years reads
    return {kind: min(names) for kind, names in found.items() if len(names) == 1}


def picked_times(entry: Entry) -> Mapping[str, str]:
    """Return which month, weekday, quarter and year code picks a number by, by the kind."""
    return {kind: min(names) for kind, names in _picked(entry).items() if len(names) == 1}


def _picked(entry: Entry) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, name in (each for key in keys(entry) for each in times(key)):
        found.setdefault(kind, set()).add(name)
    return found


def is_time(key: Key) -> bool:
    """Whether code picks by a month, a weekday, a quarter or a year."""
    return next(times(key), None) is not None


def times(key: Key) -> Iterator[tuple[str, str]]:
    """Give the times that code picks by, each with its kind: *month*, *August*."""
    by = [kind for kind, pattern in _BY.items() if pattern.search(key.column)]
    if isinstance(key.value, int):
        if 1900 <= key.value < 2100 and (not by or "year" in by):
            yield "year", str(key.value)
        elif by == ["month"] or sorted(by) == ["month", "year"]:
            yield from [("month", MONTHS[key.value - 1])] if 1 <= key.value <= 12 else []
        elif by == ["weekday"]:
            yield from [("weekday", _DAYS[key.value])] if 0 <= key.value <= 6 else []
        elif by == ["quarter"] or sorted(by) == ["quarter", "year"]:
            yield from [("quarter", f"Q{key.value}")] if 1 <= key.value <= 4 else []
    elif moment := _ISO.fullmatch(key.value):
        yield "year", moment[1]
        if moment[2]:
            yield "quarter", f"Q{moment[2]}"
        if moment[3]:
            yield "month", MONTHS[int(moment[3]) - 1]
    elif only := _only(key.value):
        yield only


def _only(text: str) -> tuple[str, str] | None:
    """Return the time that a text names and nothing else: the month of *Feb 2022*; None for none."""
    text = text.strip(" *\\")
    for kind, pattern in _NAMES.items():
        if re.fullmatch(pattern, text.title() if kind in ("month", "weekday") and len(text) > 3 else text):
            return kind, _canonical(kind, text)
    days = [day for day in _DAYS if text == day[:3] != "Sun"]
    return ("weekday", days[0]) if days else None


@lru_cache(maxsize=1024)
def _canonical(kind: str, text: str) -> str:
    """Return a name as others are compared with it: *February* of *Feb 2022*, *Q1* of *first quarter*."""
    text = text.strip()
    if kind == "month":
        return next(month for month in MONTHS if month[:3].lower() == text[:3].lower())
    if kind == "weekday":
        return text.removesuffix("s").title()
    if kind == "quarter":
        word = next((at for at, nth in enumerate(_NTH, 1) if nth in text.lower()), 0)
        return f"Q{word or text[1]}"
    return text


def _said(context: Context, own: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give the times that a sentence says of a number, where it says the own ones nowhere, or of others."""
    text, at = _marked(context)
    for kind, name in own.items():
        if kind == "month" and re.search(r"\bquarters?\b", text):
            continue
        said = _bound(text, at, kind)
        if said is None or said == name:
            continue
        places = [each.start() for each in re.finditer(_OTHER, text)]
        if name not in _named(kind, text) or name in {_bound(text, place, kind) for place in places}:
            yield kind, said


def _named(kind: str, text: str) -> set[str]:
    return {_canonical(kind, found[0]) for found in re.finditer(_NAMES[kind], text)}


def _marked(context: Context) -> tuple[str, int]:
    """Return the sentence of a number with a sign for it and for other ties, and where its own stands."""
    before, after = context.clause
    begins = len(context.before) - len(before)
    for each in sorted(context.near, key=lambda near: -near.start):
        start, end = each.start - begins, each.end - begins
        if each.side == "before" and start >= 0:
            before = f"{before[:start]}{_OTHER}{before[end:]}"
        elif each.side == "after" and each.end <= len(after):
            after = f"{after[: each.start]}{_OTHER}{after[each.end :]}"
    before, after = (re.sub(r"\s+", " ", part) for part in (before, after))
    return f"{before}{_ONE}{after}", len(before)


@lru_cache(maxsize=4096)
def _bound(text: str, at: int, kind: str) -> str | None:
    """Return the time that a sentence says of the number at a place; None where that is not certain."""
    before, after = text[:at], text[at + 1 :]
    if told := _subject(kind).search(before):
        return _canonical(kind, told["name"] or told["which"])
    if (listed := _listed(text, at, kind)) is not None:
        return listed
    behind, touching, beginning = _patterns(kind)
    found = [each for each in (behind.match(after), touching.search(before)) if each]
    if not found and not _ELSEWHERE.search(text):
        found = [each for each in (beginning.search(before),) if each]
    joined = re.compile(rf"{_NAMES[kind]}{_AND}(?:the )?$")  # *in January and February*
    ahead = [each for each in found if each.string is before and before[each.end("name")] not in "’'"]
    leads = [before[: each.start("name")] for each in ahead]
    if any(joined.search(lead) or _SET_AGAINST.search(lead) for lead in leads):
        return None
    said = {_canonical(kind, each["name"]) for each in found}
    return said.pop() if len(said) == 1 else None


@lru_cache(maxsize=8)
def _subject(kind: str) -> re.Pattern[str]:
    """Return what says which time a number is of, whatever that is set against.

    *Above August, which was the weakest at 240.5*; *April was the only month to shrink, by 1.3*.
    """
    name, clause = _NAMES[kind], r"(?:^|[;:—] ?|, |\b(?:and|but|while) )"
    words = rf"(?:(?!(?:{_APART})\b)[^\W\d_][\w’'-]* ){{0,6}}"
    return re.compile(
        rf"(?<!\w)(?P<which>{name}), which (?:was|is) {words}{_HEDGE}$"
        rf"|{clause}(?P<name>{name}) (?:was|is) the {words}[^\W\d_]+,"
        rf" (?:by|at|with|up|down)(?: by)? {_HEDGE}$"
    )


@lru_cache(maxsize=8)
def _patterns(kind: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return what is matched behind a number, right before it, and from where its clause begins."""
    name = f"(?P<name>{_NAMES[kind]})"
    behind = (
        rf"\)?(?: ?%)?(?: (?!(?:{_DONE})\b){_WORD}){{0,3}}? {_PREPOSITION} (?:early |late |mid-)?{name}"
        rf"(?!{_AND}(?:the )?{_NAMES[kind]}|[’']|{_PRICES})"
    )
    links = rf"(?:[’']s? (?:{_WORD} ){{0,2}}| \(|: ?|,? (?:at|with) | (?:{_IS} )?)"
    begins = r"(?:^|[;:—(] ?|, |\b(?:and|but|while) )"
    leading = rf"(?:(?:[Ii]n|[Dd]uring|[Ff]or|[Oo]n) )?(?:the )?{name},? "
    return (
        re.compile(behind),
        re.compile(rf"(?<!\w){name}{links}{_HEDGE}$"),
        re.compile(rf"{begins}{leading}{_WORDS}{_HEDGE}$"),
    )


def _listed(text: str, at: int, kind: str) -> str | None:
    """*In January, February and March: 350, 310 and 412*: as many names as numbers, in their order."""
    names = list(re.finditer(_NAMES[kind], text))
    numbers = [found.start() for found in re.finditer(_NUMBER, text)]
    if len(names) < 2 or len(names) != len(numbers) or names[-1].end() > numbers[0]:
        return None
    gaps = [text[one.end() : two.start()] for one, two in pairwise(names)]
    between = [text[one + 1 : two] for one, two in pairwise(numbers)]
    if not all(re.fullmatch(r",? (?:and )?", gap) for gap in (*gaps, *between)):
        return None
    return _canonical(kind, names[numbers.index(at)][0])
