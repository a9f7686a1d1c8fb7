"""What is right in its digits and wrong in its words is named: another entry, rank, year, month or work."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from tests.support import pages, projects
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.numbers.lineage import Leaf, Op
from tieout.numerals import Context
from tieout.wording.cited import sources
from tieout.wording.significance import insignificant

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


FIRMS = """import pandas as pd
import tieout as t
firms = ["General Motors", "US Steel", "Chrysler", "Diamond Match"]
invested = {"invest": [608.0, 410.5, 86.1, 3.1], "value": [4333.8, 1971.8, 693.2, 70.9]}
t.table(pd.DataFrame(invested, firms), ids="firm.{index}.{column}")
years = pd.DataFrame({"invest": [1480.0, 133.3, 0.9, 2200.0]}, ["max", "50%", "min", "count"])
t.table(years, ids="all.{column}.{index}")
t.record("invest.max", 1486.7, "Largest investment")
t.record("invest.min", 0.93, "Smallest of invest")
t.record("firm.ratio.invest", 1.5, "Ratio of invest", unit="1")
"""
MOTORS, CHRYSLER = "[608](tie:firm.general-motors.invest)", "[86.1](tie:firm.chrysler.invest)"
MATCH = "[3.1](tie:firm.diamond-match.invest)"
MOST, LEAST = "[1,486.7](tie:invest.max)", "[0.93](tie:invest.min)"
TRUE = [
    f"The largest is General Motors, with {MOTORS}.", f"General Motors invested the most, {MOTORS}.",
    f"Diamond Match invested the least ({MATCH}).",
    f"The smallest investment was that of Diamond Match, {MATCH}.",
    f"Diamond Match had the smallest investment, {MATCH}.",  # smaller than any, but for a ratio of two
    f"The largest single figure is {MOST}.", f"The lowest investment is {LEAST}.",
    # Of something else, or of fewer.
    f"The largest firm, Chrysler, invested {CHRYSLER}.", f"In the largest city Chrysler invested {CHRYSLER}.",
    f"Not the largest, Chrysler invested {CHRYSLER}.", f"Chrysler, one of the largest, invested {CHRYSLER}.",
    f"The most efficient firm was Chrysler, with {CHRYSLER}.",
    f"The largest of the three small firms is Chrysler, with {CHRYSLER}.",
    f"After the largest, Chrysler comes with {CHRYSLER}.", f"Most firms invested {CHRYSLER}.",
    f"For the smallest firm the maximum was {MOST}.", f"In the smallest firms it was {MOST}.",
    f"The largest fall was to {LEAST}.", "The lowest investment was [0.9](tie:all.invest.min).",
    "The highest investment was [1,480](tie:all.invest.max).",
]  # fmt: skip
FALSE = [
    f"The largest is Chrysler, with {CHRYSLER}.", f"Chrysler invested the most, {CHRYSLER}.",
    f"Chrysler had the highest investment, {CHRYSLER}.", f"Chrysler invested the least ({CHRYSLER}).",
    f"The smallest investment was that of Chrysler, {CHRYSLER}.",
    f"Chrysler invested {CHRYSLER}, the largest.",
    f"The smallest single figure is {MOST}.", f"The largest investment is {LEAST}.",
]  # fmt: skip


@pytest.fixture(scope="module")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the warnings of each of these sentences, which stand in one book."""
    said = [*TRUE, *FALSE]
    root = tmp_path_factory.mktemp("ranked") / "book"
    chapter = projects.create(root, {"index.ipynb": ["#:# Firms", *(f"#:{each}" for each in said), FIRMS]})
    report = prose.check(Ledger.load(chapter))
    assert not report.errors, [str(each) for each in report.errors]
    found: dict[str, list[str]] = {text: [] for text in said}
    for each in report.problems:
        found[said[int(each.where.split()[1]) - 2]].append(each.rule)  # the first cell is the title
    return found


@pytest.mark.parametrize("text", TRUE)
def test_what_may_be_the_largest_is_not_suspicious(text: str, ranked: dict[str, list[str]]) -> None:
    assert ranked[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_what_is_not_the_largest_of_its_table_is_named(text: str, ranked: dict[str, list[str]]) -> None:
    assert ranked[text] == ["rank"]


SAID = """import tieout as t
t.record("a", 30.5, "Age, with")
t.record("b", 28.4, "Age, without")
t.record("gap", 2.1, "Years between them", unit="year")
t.record("sd", 7.2, "Standard deviation of age")
t.record("n", 3952, "Women with children")
t.record("few", 0.208, "Share of the others")
t.record("many", 0.392, "Share of mothers")
t.record("p.large", 0.31, "p-value of education")
t.record("p.small", 0.0004, "p-value of religion")
t.record("q1", 0.52, "First quartile")
t.record("q3", 2.18, "Third quartile")
t.record("driest", 1913, "Driest year")
t.record("low", 456, "Smallest of volume")
t.record("high", 1370, "Largest of volume")
t.record("points", 18.5, "Difference of shares", unit="percentage_point")
t.interval("points.ci", 16.2, 20.7, "CI of the difference", unit="percentage_point", level=95)
t.record("sem", 14.7, "Standard error of volume, after")
"""
LARGE, SMALL = "p = [0.31](tie:p.large)", "p = [.0004](tie:p.small)"
AGES = "([30.5](tie:a), SD [7.2](tie:sd), against [28.4](tie:b))"
MORE = (
    "among those with children ([39.2%](tie:many), n = [3,952](tie:n)) than among others ([20.8%](tie:few))."
)
RIGHT = [
    f"They were [2.1 years](tie:gap) older {AGES}.", f"It was more common {MORE}",
    f"Education does not have a significant slope ({LARGE}).", f"Religion is significant ({SMALL}).",
    f"Education ({LARGE}) is no significant part of it, and religion ({SMALL}) is.",
    f"It is significant at that level ({LARGE}).", f"Not only is it significant ({SMALL}), it is large.",
    f"Nobody would call it significant ({LARGE}).", f"It isn't significantly other ({LARGE}).",
    f"Religion is not significant after correction ({SMALL}).", f"The groups differ ({SMALL}).",
    f"They did not differ ({LARGE}).", f"There was no difference ({LARGE}).",
    f"The hypothesis that there was no difference is rejected ({SMALL}).",
    f"Nothing says that they differed ({LARGE}).", f"They may have differed ({LARGE}).",
    f"It was no different, and religion differed ({SMALL}).", f"It made no difference which ({SMALL}).",
    f"They differed in one and not in the other ({LARGE}).",
    f"There were no differences in age, but religion differed ({SMALL}).",
    "Half lie between [0.52](tie:q1) and [2.18](tie:q3).",
    "The gap between [2.18](tie:q3) and [0.52](tie:q1) is wide.",
    "The driest year was [1913](tie:driest).", "The latest flood came after the driest, [1913](tie:driest).",
    "It has a minimum of [456](tie:low) and a maximum of [1,370](tie:high).",
    "It has a lowest value of [456](tie:low) and a highest of [1,370](tie:high).",
    "The standard error of the later mean is [14.7](tie:sem).",
    "They are [18.5 percentage points](tie:points) apart ([95% CI 16.2 to 20.7](tie:points.ci)).",
]  # fmt: skip
TURNED = [
    (f"They were [2.1 years](tie:gap) younger {AGES}.", "qualifier"),
    (f"It was less common {MORE}", "qualifier"),
    (f"Education has a significant slope ({LARGE}).", "significance"),
    (f"Religion is not significant ({SMALL}).", "significance"),
    (f"Its slope is insignificant ({SMALL}).", "significance"),
    (f"The groups did not differ ({SMALL}).", "significance"),
    (f"There was no difference ({SMALL}).", "significance"),
    (f"There is no evidence of a difference ({SMALL}).", "significance"),
    (f"The groups differed in income ({LARGE}).", "significance"),
    ("Half lie between [2.18](tie:q3) and [0.52](tie:q1).", "qualifier"),
    ("The wettest year was [1913](tie:driest).", "rank"),
    ("It is wide, and the smallest value is [1,370](tie:high).", "rank"),
    ("It has a highest value of [456](tie:low).", "rank"),
    ("The standard deviation of the later mean is [14.7](tie:sem).", "meant"),
]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    said = [*RIGHT, *(text for text, _ in TURNED)]
    root = tmp_path_factory.mktemp("held") / "book"
    root = projects.create(root, {"index.ipynb": ["#:# A", *(f"#:{each}" for each in said), SAID]})
    found: dict[str, list[str]] = {text: [] for text in said}
    for each in prose.check(Ledger.load(root)).problems:
        found[said[int(each.where.split()[1]) - 2]].append(each.rule)
    return found


@pytest.mark.parametrize("text", RIGHT)
def test_words_that_fit_the_numbers_beside_them_are_left_alone(text: str, held: dict[str, list[str]]) -> None:
    assert held[text] == []


@pytest.mark.parametrize("p", ["p = 3.4 × 10⁻¹³⁶", "p = 3.3e-52"])
def test_a_tiny_p_value_is_said_whole(p: str) -> None:
    said = insignificant(p, Context("It is not significant (", ")."))
    assert said == f"is called not significant, and {p} is at 5%"


@pytest.mark.parametrize(("text", "rule"), TURNED)
def test_words_against_the_numbers_beside_them_are_named(
    text: str, rule: str, held: dict[str, list[str]]
) -> None:
    assert set(held[text]) == {rule}
