"""Recognises what has digits and is no number: addresses, identifiers, dates, phone numbers, versions."""

from __future__ import annotations

import re
from functools import lru_cache

from tieout.machine.patterns import lazily
from tieout.numerals.cldr import date_pattern, months, primary
from tieout.numerals.locales import GAP

# East Asian script has no spaces: digits in it are numbers of their own.
EAST = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff"
LETTER = rf"[^\W\d_{EAST}]"
LABELS = ("arxiv", "isbn", "issn", "orcid", "pmid", "pmcid", "sha256", "sha1", "md5", "rfc", "urn", "cve")
DECADE = lazily(r"[12][0-9]{3}s(?!\w)")

_DAY = r"[0-3]?[0-9](?:st|nd|rd|th)?(?![0-9])"
_YEAR = r"[12][0-9]{3}"
_FIELD = lazily(r"'([^']*)'|([A-Za-z]+)|(.)")
_STAGE = r"(?:[-+.]?(?:rc|alpha|beta|dev|post|a|b)\.?[0-9]{0,9})?(?![\w-])"
_SIGN = r"[^\s<>\"\ufffc—“”]"
_ADDRESSES = (
    (re.compile(rf"(?:[a-z][a-z0-9+.-]{{1,9}}://|www\.){_SIGN}+"), "url"),
    (re.compile(rf"[\w-]{{1,40}}(?:\.[\w-]{{1,40}}){{0,4}}\.[a-z]{{2,6}}/{_SIGN}*"), "url"),
    (re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"), "url"),
    (re.compile(rf"(?:doi:\s?)?10\.[0-9]{{4,9}}/{_SIGN}+", re.IGNORECASE), "doi"),
    (
        re.compile(
            rf"(?:{'|'.join(LABELS)}):?[ ]?"
            r"(?=[\w:./-]{0,80}[0-9])[\w:./-]+",
            re.IGNORECASE,
        ),
        "code",
    ),
)
_OTHERS = (
    (
        re.compile(
            r"[12][0-9]{3}-(?:0[1-9]|1[0-2])-[0-3][0-9]"
            r"(?:[T ][0-2][0-9]:[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,9})?)?"
            r"(?:Z|[+-][0-2][0-9]:?[0-5][0-9])?)?"
            r"(?![\w-])"
        ),
        "date",
    ),
    (re.compile(r"[0-3]?[0-9]\.[01]?[0-9]\.[12][0-9]{3}(?![\w]|\.[0-9])"), "date"),
    (re.compile(r"[0-3]?[0-9]/[0-3]?[0-9]/(?:[12][0-9]{3}|[0-9]{2})(?![\w/])"), "date"),
    (re.compile(r"[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![\w:])"), "date"),
    (
        re.compile(
            # Groups of three after it make it a grouped number with a plus, until a person says otherwise.
            r"(?!\+[0-9]{1,3}(?:[ \u00a0][0-9]{3})+(?![ \u00a0]?[0-9]))"
            r"\+[1-9][0-9]{0,2}(?:[ \u00a0.-]?(?:\([0-9]{2,4}\)|[0-9]{2,4})){2,5}(?![\w-]|[.,][0-9])"
        ),
        "phone",
    ),
    (re.compile(r"(?:\([0-9]{3}\)[ ]?|[0-9]{3}-)[0-9]{3}-[0-9]{4}(?![\w-])"), "phone"),
    (re.compile(rf"[vV]\.?[0-9]+(?:\.[0-9]+)*{_STAGE}"), "version"),
    (re.compile(rf"[0-9]+(?:\.[0-9]+){{2,}}{_STAGE}"), "version"),
    (re.compile(r"[0-9]+(?:[-‐‑][0-9]+){2,}[-‐‑]?[Xx]?(?!\w)"), "code"),
    (DECADE, "year"),
)
_TRAILING = ".,;:!?)]}'\"”’»*_"
_PHONE_DIGITS = 9


def structural(text: str, at: int, lang: str = "en") -> tuple[int, str] | None:
    """Return where something that only looks like a number ends, and its kind; None where there is none.

    Dates and decades, which are to be tied as years are, are told here too.
    """
    for pattern, kind in _ADDRESSES:
        found = pattern.match(text, at)
        if found:
            return at + len(_trimmed(found[0])), kind
    for pattern, kind in (*_dates(lang), *_OTHERS):
        found = pattern.match(text, at)
        if found and (kind != "phone" or sum(map(str.isdigit, found[0])) >= _PHONE_DIGITS):
            return found.end(), kind
    return None


@lru_cache(maxsize=64)
def _dates(lang: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return the patterns of dates with the month's name, in English and in the language."""
    english = "|".join(("Sept", *months("en")))
    patterns = [rf"{_DAY}{GAP}(?:{english})\.?,?{GAP}{_YEAR}", rf"(?:{english})\.?{GAP}{_DAY},?{GAP}{_YEAR}"]
    names = "|".join(map(re.escape, months(lang)))
    if names and primary(lang) != "en":
        patterns.append(rf"{_DAY}\.?{GAP}(?:{names})\.?{GAP}{_YEAR}")
        patterns.append(_as_dated(date_pattern(lang), names))
    return tuple((re.compile(pattern + r"(?!\w)"), "date") for pattern in patterns)


def _as_dated(pattern: str, names: str) -> str:
    """Return CLDR's pattern of a date as one of `re`, up to its last number."""
    fields = {"d": _DAY, "dd": _DAY, "y": _YEAR, "M": "[01]?[0-9]", "MM": "[01]?[0-9]"}
    parts = []
    for literal, field, other in _FIELD.findall(pattern):
        if field and field not in fields and set(field) != {"M"}:
            return "(?!)"
        named = rf"(?:{names})\.?"
        parts.append(
            fields.get(field, named) if field else GAP if other.isspace() else re.escape(literal or other)
        )
    last = max((place for place, part in enumerate(parts) if part in (*fields.values(), named)), default=-1)
    return "".join(parts[: last + 1]) or "(?!)"


def is_east(character: str) -> bool:
    """Whether a character belongs to a script without spaces between words."""
    return bool(character) and (
        "⺀" <= character <= "鿿" or "가" <= character <= "힯" or "豈" <= character <= "﫿"
    )


def _trimmed(address: str) -> str:
    """Take the punctuation of the sentence off an address."""
    end = len(address)
    unopened = address.count(")") - address.count("(")
    while end and address[end - 1] in _TRAILING:
        if address[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return address[:end]
