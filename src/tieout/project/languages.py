"""The engine's words by language: before numbers, over callouts, around a page.

They stand in `languages.csv`. A language that is not there has English words; `language:` in `_quarto.yml` or
in a chapter's header sets any.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from pathlib import Path

# Regions that say a word otherwise than their language.
REGIONS = {"pt-pt": {"sec": "Secção"}, "fr-ca": {"author": "Auteur(-trice)"}}


def words(lang: str) -> dict[str, str]:
    """Return the words of a language by key, English ones where it has none.

    Examples
    --------
    >>> words("fr-CA")["tbl"], words("tlh")["next"]
    ('Tableau', 'Next')
    """
    known = _table()
    found = known.get(lang.partition("-")[0].lower(), known["en"])
    return {**found, **REGIONS.get(lang.lower(), {})}


@functools.cache
def _table() -> Mapping[str, Mapping[str, str]]:
    with Path(__file__).with_name("languages.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {lang: {row["key"]: row[lang] for row in rows} for lang in rows[0] if lang != "key"}
