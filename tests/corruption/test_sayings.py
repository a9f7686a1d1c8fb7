"""What is said around a tied number is changed, kind by kind: a share of each has to be caught."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.corruption import sayings
from tests.corruption.sayings import Said
from tieout.checks.exchanged import Namesakes
from tieout.ledger import Ledger
from tieout.prose import surroundings

ROOT = Path(__file__).resolve().parents[2]
# What survives: *over −162* and *up to* more than there is are true; a minus before a range is not read.
FLOORS = {"signs": 0.9, "scales": 0.95, "units": 0.95, "comparisons": 0.6, "directions": 0.95}


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
    assert caught
