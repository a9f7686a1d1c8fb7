"""The engine's words by language: before numbers, over callouts, around a page.

They stand in `languages.csv`. A language that is not there has English words; `language:` in `_quarto.yml` or
in a chapter's header sets any.
"""

from __future__ import annotations

import csv
import datetime
import functools
from collections.abc import Mapping
from pathlib import Path

from babel.dates import format_date

from tieout.numerals import cldr

# Regions that say a word otherwise than their language.
REGIONS = {"pt-pt": {"sec": "Secção"}, "fr-ca": {"author": "Auteur(-trice)"}}

SAME = {"no": "nb", "iw": "he"}  # languages that have two codes


def words(lang: str) -> dict[str, str]:
    """Return the words of a language by key, English ones where it has none.

    Examples
    --------
    >>> words("fr-CA")["tbl"], words("tlh")["next"]
    ('Tableau', 'Next')
    """
    known, own = _table(), lang.partition("-")[0].lower()
    found = known.get(SAME.get(own, own), known["en"])
    return {**found, **REGIONS.get(lang.lower(), {})}


def own_name(lang: str) -> str:
    """Return what a language calls itself; its tag where nobody knows.

    Examples
    --------
    >>> own_name("uk"), own_name("en"), own_name("tlh")
    ('Українська', 'English', 'tlh')
    """
    known = cldr.known(lang)
    name = known.get_language_name(lang) if known else None
    return name[:1].upper() + name[1:] if name else lang


def written_date(day: datetime.date, lang: str) -> str:
    """Return a day as a language writes it in full, as English does where it is not known.

    Examples
    --------
    >>> written_date(datetime.date(2026, 11, 23), "de")
    '23. November 2026'
    """
    return format_date(day, "long", locale=cldr.known(lang) or "en")


@functools.cache
def _table() -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_name("languages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {lang: {row["key"]: row[lang] for row in rows} for lang in rows[0] if lang != "key"}
