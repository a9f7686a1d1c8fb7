"""Words of direction against what is known of a change, of one group less another, of a correlation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tests.support.sentences import rules_of
from tieout.checks import prose
from tieout.ledger import Ledger

LEDGER = """import tieout as t
old, new, free, paid = 316.9, 370.9, 3.12, 2.55
change = new / old - 1
t.record("limit.change", 0.3, "Change of visits with a limitation")
t.record("co2", change, "CO2")
for name in ("first", "second"):
    t.record(f"odds.{name}", new / old - 1, "Odds")
t.record("fewer", 0.23, "Decrease of visits")
t.record("share", 0.17, "Share")
t.record("visits", free - paid, "Visits, difference")
t.record("ages", new - old, "Difference of ages, Dole and Clinton voters", unit="year")
t.record("rho", 0.39, "Education and income, rho")
t.record("r", -0.2, "Correlation of age")
t.record("mites", -0.36, "Honey and mites, r")
t.record("yield", 0.36, "Honey and weight")
t.record("rsq", 0.13, "Honey and mites, r squared")
t.record("size", 0.36, "Size of r", like="0.36")
t.record("rp", 0.02, "Correlation of honey and mites, p", like="0.02")
t.record("days.democrat", 3.82, "Days of Democrats", unit="day / week")
t.record("days.republican", 3.64, "Days of Republicans", unit="day")
t.record("median.democrat", 4, "Median of Democrats")
t.record("median.republican", 3, "Median of Republicans")
"""
LIMIT, CO2, AGES, RHO = (
    "[30%](tie:limit.change)",
    "[17.0%](tie:co2)",
    "[54 years](tie:ages)",
    "[0.39](tie:rho)",
)
MITES, YIELD = "[−0.36](tie:mites)", "[0.36](tie:yield)"
DAYS = "[3.82 days a week](tie:days.democrat) (median [4](tie:median.democrat))"
OTHERS = "([3.64 days](tie:days.republican), median [3](tie:median.republican))"
TRUE = [
    f"A limitation goes with {LIMIT} more visits.", f"It went up, by {LIMIT}.", f"CO2 rose by {CO2}.",
    f"CO2 did not fall by {CO2}.", f"Less of it lowered the odds by {CO2}.",
    f"The other way round, it was {CO2} lower in the old year than in the new.",
    f"It would have to fall by {CO2}.", f"One step down, it fell by {CO2}.",
    f"Compared with Clinton voters, those of the other were {AGES} older.",
    f"It was {CO2} lower in 1960.", "They fell by [23%](tie:fewer).", "It makes [17%](tie:share) lower.",
    "Those with free care made [0.57](tie:visits) more visits.",
    "The paid ones made [0.57](tie:visits) fewer visits than the free ones.",
    f"Dole voters were {AGES} older, but not much.", f"Clinton voters were {AGES} younger.",
    f"Dole and Clinton voters are {AGES} apart; they are older.", f"Someone is {AGES} younger.",
    f"They are positively correlated (ρ = {RHO}).", f"They are not negatively correlated (ρ = {RHO}).",
    f"We expected a negative correlation, and had ρ = {RHO}.",
    "It is negatively associated (r = [−0.2](tie:r)).",
    f"Honey and mites correlate negatively ({MITES}).", f"They correlate positively (r = {YIELD}).",
    f"Mites correlate positively with age, and negatively with honey (r = {MITES}).",
    f"It shows a positive correlation of {YIELD}.", f"A negative relationship (r = {MITES}).",
    f"The correlation of honey with mites is negative ({MITES}).",
    f"They do not correlate positively ({MITES}).",
    "They correlate negatively (R² = [0.13](tie:rsq)).", "They correlate negatively (p = [0.02](tie:rp)).",
    "They correlate negatively (r = −0.36, p = [0.02](tie:rp)).",
    "They correlate negatively (|r| = [0.36](tie:size)).",
    f"Democrats watched on {DAYS}, more than Republicans {OTHERS}.",
    "Republicans watched on [3.64 days](tie:days.republican) (median [3](tie:median.republican)), less than "
    "Democrats ([3.82 days a week](tie:days.democrat)).",
]  # fmt: skip
FALSE = [
    (f"A limitation goes with {LIMIT} fewer visits.", "turned"),
    (f"With a limitation visits are {LIMIT} lower.", "turned"),
    (f"CO2 fell by {CO2}.", "turned"), ("It lowered them by [17%](tie:odds.first).", "turned"),
    ("Those with free care made [0.57](tie:visits) fewer visits.", "turned"),
    (f"Dole voters were {AGES} younger, but not much.", "turned"),
    (f"Clinton voters were {AGES} older.", "turned"),
    (f"They are negatively correlated (ρ = {RHO}).", "turned"),
    ("It has a positive correlation with age (r = [−0.2](tie:r)).", "turned"),
    ("Honey and mites correlate positively ([r = −0.36](tie:mites)).", "turned"),
    (f"Honey correlates weakly but positively with mites (r = {MITES}).", "turned"),
    (f"Honey is positively related to mites ({MITES}).", "turned"),
    (f"There is a positive correlation of {MITES}.", "turned"),
    (f"There is a negative correlation of {YIELD}.", "turned"),
    (f"They correlate negatively with r = {YIELD}.", "turned"),
    (f"There is a negative relationship (r = {YIELD}).", "turned"),
    (f"The correlation of honey with mites is positive ({MITES}).", "turned"),
    (f"Democrats watched on {DAYS}, less than Republicans {OTHERS}.", "qualifier"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("turned"), [*TRUE, *(text for text, _ in FALSE)], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_the_direction_that_is_known_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize(("text", "rule"), FALSE)
def test_the_other_direction_is_named(text: str, rule: str, found: dict[str, list[str]]) -> None:
    assert found[text] == [rule]


def test_code_that_cannot_be_read_says_nothing(tmp_path: Path) -> None:
    book = [
        "#:# A",
        f"#:CO2 fell by {CO2}.",
        LEDGER.replace("import tieout as t", "import tieout as t\nchange = 1"),
    ]
    ledger = Ledger.load(projects.create(tmp_path / "book", {"index.ipynb": book}))
    assert prose.check(ledger).problems == []
