"""What is right in its digits and wrong in its words is named: another entry, rank, year, month or work."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.support import pages
from tieout.checks import prose
from tieout.checks.cited import sources
from tieout.ledger import Ledger
from tieout.numbers.lineage import Leaf, Op

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
    ("[2024](tie:market.2024:year)", "2030", "dated"),
    # What comes after it takes the year away from nothing.
    ("The market reached [\\$2.5 billion](tie:market.2024) in [2024](tie:market.2024:year)",
     "In 2030 it reached [\\$2.5 billion](tie:market.2024), or [22%](tie:region.lviv.share)", "dated"),
    ("June brought", "July brought", "dated"),
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


ORDINALS = [
    ("first", 1), ("second", 2), ("third", 3), ("fourth", 4), ("fifth", 5), ("sixth", 6), ("seventh", 7),
    ("2nd", 2), ("3rd", 3), ("4th", 4), ("5th", 5), ("last", 8),
]  # fmt: skip


@pytest.mark.parametrize(("off", "rules"), [(0, set()), (1, {"rank"})])
def test_every_ordinal_counts(off: int, rules: set[str], tmp_path: Path) -> None:
    rest = ("percent", "rounded", "2024", "agency2026")
    cities = [
        (f"city.c{place}.share", f"Share of city {place}", str(90 - 10 * place), *rest)
        for place in range(1, 9)
    ]
    said = [
        f"It ranks {word}, with [{90 - 10 * at}%](tie:city.c{at}.share)."
        for word, place in ORDINALS
        for at in [place % 8 + 1 if off else place]
    ]
    page = pages.Page(
        "one", "# Ranks\n\n" + "\n\n".join([*said, "It is so [@agency2026]."]) + "\n", tuple(cities), ()
    )
    report = prose.check(Ledger.load(pages.create(tmp_path, "en", [page])))
    found = [each for each in report.problems if each.rule == "rank"]
    assert {each.rule for each in found} == rules
    assert len(found) == (len(ORDINALS) if off else 0)


def test_what_an_entry_rests_on_is_found_through_unknown_and_repeated_inputs(tmp_path: Path) -> None:
    page = pages.Page("one", PROSE, tuple(FACTS), ())
    ledger = Ledger.load(pages.create(tmp_path, "en", [page]))
    assert sources(ledger, "no.such") == frozenset()
    doubled = dataclasses.replace(
        ledger.entries["market.2024"],
        source="",
        formula=Op("add", (Leaf("storks.late"), Leaf("storks.late"), Leaf("no.such"))),
    )
    ledger = dataclasses.replace(ledger, entries={**ledger.entries, "market.2024": doubled})
    assert sources(ledger, "market.2024") == {"birds2025"}
