"""No false alarms: pages of ordinary reports are true, and nothing of them is refused or suspected."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import pages
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.prose import untied


@pytest.mark.parametrize(("lang", "count"), [("en", 20), ("uk", 1), ("de", 1)])
def test_ordinary_pages_raise_no_alarm(
    lang: str, count: int, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    every = pages.read(lang)
    assert len(every) == count
    ledger = Ledger.load(pages.create(tmp_path, lang, every))
    report = prose.check(ledger)
    alarms = [str(each) for each in report.problems if each.rule != "untied"]
    record_property("corruption", (f"Pages of prose without a false alarm, {lang}", len(every), len(every)))
    assert alarms == []
    agreeing = next(each for each in report.counts if each.label == "ties agree")
    assert agreeing.passed == agreeing.total >= 14 * count


@pytest.mark.parametrize("lang", ["en", "uk", "de"])
def test_what_counts_nothing_is_no_numeral(lang: str) -> None:
    for page in pages.read(lang):
        found = [" ".join(each.text.split()) for each in untied(page.prose, lang)]
        assert found == list(page.untied), page.name
