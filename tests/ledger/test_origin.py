"""Where a number is from, in words: few files one by one, many as how many of which folder."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tieout.ledger.entries import Read
from tieout.ledger.origin import origin


def said(*files: tuple[str, int | None], lang: str = "en") -> str:
    reads = tuple(Read(path, "0" * 64, 1, rows) for path, rows in files)
    entry: Any = SimpleNamespace(kind="computed", path="a.ipynb", cell=None, reads=reads)
    chapter = SimpleNamespace(path="a.ipynb", title="Penguins")
    ledger: Any = SimpleNamespace(project=SimpleNamespace(lang=lang, chapters=(chapter,)))
    return origin(entry, ledger)


MONTHS = tuple((f"data/months/{month:02}.csv", 1_000) for month in range(1, 13))


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ((), "computed by a cell of “Penguins”"),
        ((("data/a.csv", 1),), "computed by a cell of “Penguins”, from data/a.csv (1 row)"),
        ((("data/a.csv", 344), ("b.bin", None)), "…, from data/a.csv (344 rows) and b.bin"),
        (MONTHS, "…, from 12 files of data/months (12,000 rows)"),
        (
            (*MONTHS, ("data/rates.csv", 9)),
            "…, from 12 files of data/months (12,000 rows) and data/rates.csv (9 rows)",
        ),
        ((*MONTHS, ("data/months/x.bin", None)), "…, from 13 files of data/months"),
        (tuple((f"data/{place}/a.csv", 2) for place in "abcde"), "…, from 5 files of data (10 rows)"),
        (tuple((f"{place}/a.bin", None) for place in "abcde"), "…, from 5 files"),
    ],
)
def test_files_are_named_while_they_are_few(files: tuple[tuple[str, int | None], ...], words: str) -> None:
    assert said(*files) == words.replace("…", "computed by a cell of “Penguins”")


def test_a_section_is_named_once_for_its_places() -> None:
    entry: Any = SimpleNamespace(kind="stated", source="a2026", locators=("2:p1", "2:t1:r1:c2", "3.1:p2"))
    facts = SimpleNamespace(
        package=SimpleNamespace(document=SimpleNamespace(key="a2026", name="the article")), bibliography={}
    )
    ledger: Any = SimpleNamespace(facts=facts, project=SimpleNamespace(lang="en"))
    assert origin(entry, ledger) == (
        "stated in the article, section 2, paragraph 1; table 1, row 1, column 2; section 3.1, paragraph 2"
    )


def test_it_is_said_in_the_language_of_the_edition() -> None:
    assert said(*MONTHS, lang="uk") == (
        "обчислено в клітинці розділу «Penguins», дані: data/months (файлів: 12) (рядків: 12\u00a0000)"
    )
