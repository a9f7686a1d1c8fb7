"""What is said around a tied number is changed, kind by kind: a share of each has to be caught."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.corruption import sayings, wordings
from tests.corruption.sayings import Said
from tests.support import pages
from tieout.ledger import Ledger
from tieout.prose import Passage, surroundings
from tieout.wording.exchanged import Namesakes
from tieout.wording.suspicions import Suspicions

ROOT = Path(__file__).resolve().parents[2]
# What survives: a minus before words; a comparison that could be with the number before it.
FLOORS = {
    "signs": 0.98, "scales": 1.0, "units": 0.99, "comparisons": 0.99, "qualifiers": 0.99, "directions": 1.0,
}  # fmt: skip
# Words decide only where they touch ties: what is said further away is left alone. Years between two others
# (*from 2020 to 2024*) are not compared with anything.
WORDS = {"comparisons": 0.65, "ranks": 0.4, "keys": 0.95, "names": 1.0, "years": 0.35}


@pytest.fixture(scope="module")
def said() -> list[Said]:
    """Hold every tied number of the report's prose."""
    return list(sayings.ties(ROOT))


def test_nothing_that_the_report_says_is_refused(said: list[Said]) -> None:
    assert said and [each.place for each in said if each.is_caught] == []


@pytest.mark.parametrize("kind", sayings.KINDS, ids=lambda kind: kind.__name__)
def test_what_is_said_of_a_number_is_weighed(
    said: list[Said], kind: Callable[[Said], Iterator[Said]], record_property: Callable[[str, object], None]
) -> None:
    tried = [changed for each in said for changed in kind(each) if changed.context != each.context]
    survived = [each.place for each in tried if not each.is_caught]
    title = (kind.__doc__ or kind.__name__).rstrip(".")
    record_property("corruption", (title, len(tried), len(tried) - len(survived)))
    assert tried
    assert len(survived) <= (1 - FLOORS[kind.__name__]) * len(tried), survived


@pytest.fixture(scope="module")
def ledgers(tmp_path_factory: pytest.TempPathFactory) -> list[Ledger]:
    """Hold the report, and the pages of other reports."""
    root = pages.create(tmp_path_factory.mktemp("pages"), "en", pages.read("en"))
    return [Ledger.load(ROOT), Ledger.load(root)]


@pytest.mark.parametrize("kind", wordings.KINDS, ids=lambda kind: kind.__name__)
def test_what_words_say_of_ties_is_weighed(
    ledgers: list[Ledger],
    kind: Callable[[Passage, Ledger], Iterator[Passage]],
    record_property: Callable[[str, object], None],
) -> None:
    tried = caught = 0
    for ledger in ledgers:
        weighed = Suspicions(ledger)
        for passage in ledger.sources.passages:
            for changed in kind(passage, ledger) if passage.output is None else ():
                tried += 1
                caught += wordings.is_caught(changed, weighed)
    record_property("corruption", ((kind.__doc__ or "").rstrip("."), tried, caught))
    assert tried
    assert caught >= WORDS[kind.__name__] * tried, (caught, tried)


def test_an_entry_exchanged_for_a_namesake_is_suspicious(
    record_property: Callable[[str, object], None],
) -> None:
    ledger = Ledger.load(ROOT)
    namesakes = Namesakes.of(ledger)
    tried = caught = 0
    for passage in ledger.sources.passages:
        for tie in passage.scan.ties if passage.output is None else ():
            entry = ledger.entries.get(tie.id)
            if entry is None or entry.quantity is None or tie.column:
                continue
            context = surroundings(passage.scan, tie)
            assert not namesakes.suspicion(entry, context), tie.key
            for other in namesakes.groups.get((entry.quantity.value, entry.quantity.unit), ()):
                tried += other != entry.id
                caught += other != entry.id and namesakes.suspicion(ledger[other], context) != ""
    record_property("corruption", ("Entries exchanged for one of the same value", tried, caught))
    assert caught >= 0.4 * tried  # the other clauses name neither, or both
