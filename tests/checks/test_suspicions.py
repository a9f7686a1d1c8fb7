"""What is right in its digits and wrong in its words is named: another entry, rank, year, month or work."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import pages
from tieout.checks import prose
from tieout.ledger import Ledger

PROSE = """\
# Regions

Kyiv has the largest share, [36%](tie:region.kyiv.share), and Lviv comes second with
[22%](tie:region.lviv.share) [@agency2026].

The market reached [\\$2.5 billion](tie:market.2024) in [2024](tie:market.2024:year) [@agency2026].

June brought [9.8 GWh](tie:sun.june).

The storks of the delta left [22%](tie:storks.late) of their nests late [@birds2025].
"""
FACTS = [
    ("region.kyiv.share", "Share of Kyiv", "36", "percent", "rounded", "2024", "agency2026"),
    ("region.lviv.share", "Share of Lviv", "22", "percent", "rounded", "2024", "agency2026"),
    ("region.odesa.share", "Share of Odesa", "14", "percent", "rounded", "2024", "agency2026"),
    ("market.2024", "Market, 2024", "2.5", "billion USD", "rounded", "2024", "agency2026"),
    ("market.2030", "Market, 2030", "2.5", "billion USD", "projected", "2030", "agency2026"),
    ("sun.june", "Yield in June", "9.8", "GWh", "rounded", "2024", "agency2026"),
    ("storks.late", "Nests that storks left late", "22", "percent", "rounded", "2024", "birds2025"),
]
WRONG = [
    ("largest", "smallest", "rank"), ("the largest", "the second-largest", "rank"),
    ("comes second", "comes third", "rank"),
    ("[2024](tie:market.2024:year)", "[2030](tie:market.2030:year)", "dated"),
    ("[2024](tie:market.2024:year)", "2030", "dated"), ("June brought", "July brought", "dated"),
    ("tie:region.lviv.share", "tie:storks.late", "exchanged"),
    ("tie:storks.late", "tie:region.lviv.share", "exchanged"),
    ("[@birds2025]", "[@agency2026]", "cited"), ("[@agency2026]", "[@birds2025]", "cited"),
]  # fmt: skip


def warnings(root: Path, text: str) -> list[str]:
    page = pages.Page("one", text, tuple(FACTS), ())
    report = prose.check(Ledger.load(pages.create(root, "en", [page])))
    return [each.rule for each in report.problems if each.rule != "untied"]


def test_what_is_as_the_ledger_has_it_is_not_suspicious(tmp_path: Path) -> None:
    assert warnings(tmp_path, PROSE) == []


@pytest.mark.parametrize(("old", "new", "rule"), WRONG)
def test_what_the_words_say_otherwise_is_named(old: str, new: str, rule: str, tmp_path: Path) -> None:
    assert old in PROSE
    assert warnings(tmp_path, PROSE.replace(old, new, 1))[0] == rule


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Kyiv has the largest share", "Kyiv is one of the largest, with a share of"),
        ("Kyiv has the largest share", "Lviv, not the smallest city, and Kyiv have"),
        ("Kyiv has the largest share", "In the smallest flats of Kyiv it is"),
        ("[@agency2026].\n\nJune", "in line with earlier work [@birds2025].\n\nJune"),
        ("in [2024](tie:market.2024:year)", "after laws of 2030 had been announced"),
        ("June brought", "In June, better than July,"),
    ],
)
def test_what_may_be_meant_otherwise_is_left_alone(old: str, new: str, tmp_path: Path) -> None:
    assert old in PROSE
    assert warnings(tmp_path, PROSE.replace(old, new, 1)) == []
