"""Names of groups at numbers of other groups: in a clause, on both sides of two numbers, in a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tests.support.sentences import rules_of
from tieout.checks import prose
from tieout.ledger import Ledger

LEDGER = """import tieout as t
t.record("mean.own.renter", 203.0, "Mean of renter", unit="USD")
t.record("mean.own.owner", 361.75, "Mean of owner", unit="USD")
t.record("visits.good", 7309, "Good")
t.record("visits.fair", 1560, "Fair")
t.record("visits.poor", 302, "Poor")
t.record("free.mean", 3.12, "Mean visits with free care")
t.record("paid.mean", 2.55, "Mean visits with cost sharing")
t.record("irr.physlm", 1.3, "Rate ratio of physical limitation")
t.record("irr.disea", 1.04, "Rate ratio of chronic disease")
t.record("malignant.radius", 17.46, "Malignant, mean radius")
t.record("benign.radius", 12.15, "Benign, mean radius")
t.record("malignant.area", 978.4, "Malignant, mean area")
t.record("ratio.area", 2.1, "Ratio, mean area")
t.record("n.benign", 357, "Number, benign")
t.record("n.malignant", 212, "Number, malignant")
t.record("clinton.republican", 58, "Clinton, Republican")
t.record("clinton.democrat", 467, "Clinton, Democrat")
t.record("dole.democrat", 21, "Dole, Democrat")
t.record("dole.republican.share", 86.2, "Dole, Republican", unit="percent")
t.record("dole.democrat.share", 4.3, "Dole, Democrat", unit="percent")
t.record("age.dole", 48.1, "Mean age of Dole voters", unit="year")
t.record("age.clinton", 46.3, "Mean age of Clinton voters", unit="year")
t.record("ci", 4.2, "Width")
t.record("low.income", 12, "Share of low incomes", unit="percent")
t.record("steps.trial", 2103, "Trial")
t.record("steps.paid", 356, "Paid")
t.record("goals.cole", 15, "Goals, Cole")
t.record("per90.cole", 0.72, "Per90, Cole", like="0.72")
t.record("per90.todd", 0.80, "Per90, Todd", like="0.80")
t.record("high.income", 15, "Share of high incomes", unit="percent")
"""
RENTERS, OWNERS = "[\\$203.00](tie:mean.own.renter)", "[\\$361.75](tie:mean.own.owner)"
GOOD, FAIR, POOR = "[7,309](tie:visits.good)", "[1,560](tie:visits.fair)", "[302](tie:visits.poor)"
FREE, PAID = "[3.12](tie:free.mean)", "[2.55](tie:paid.mean)"
BENIGN, MALIGNANT = "[357](tie:n.benign)", "[212](tie:n.malignant)"
MOST, FEW = "[86.2%](tie:dole.republican.share)", "[4.3%](tie:dole.democrat.share)"
OLD, YOUNG, CI = "[48.1 years](tie:age.dole)", "[46.3 years](tie:age.clinton)", "([4.2](tie:ci))"
TABLE = f"| | Renters | Owners |\n|---|---|---|\n| Mean | {RENTERS} | {OWNERS} |"
VOTES = "| | Clinton |\n|---|---|\n| Democrats | [467](tie:clinton.democrat) |"
TRUE = [
    f"Renters spent {RENTERS}.", f"Owners spent {OWNERS}, renters {RENTERS}.",
    f"Unlike renters they spent {OWNERS}.", f"They spent less than owners, {RENTERS}.",
    f"They spent {OWNERS} and {RENTERS}, owners and renters.",
    f"It was {OWNERS}, against {RENTERS} for renters.",
    f"It was good in {GOOD}, fair in {FAIR} and poor in {POOR}.", f"A good {FAIR} were fair.",
    f"A good {POOR} said so.", f"Of a good many, only {POOR} said so.",
    f"Free care led to {FREE} visits, cost sharing to {PAID}.",
    f"With cost sharing it fell from {FREE} to {PAID}.",
    f"People with cost sharing made {PAID} visits, those without {FREE}.",
    "Malignant ones are [2.1](tie:ratio.area) times as large.",
    "In malignant tumours the radius was [17.46](tie:malignant.radius), "
    "and the area [978.4](tie:malignant.area).",
    f"There were {BENIGN} benign and {MALIGNANT} malignant ones.",
    f"{BENIGN} were benign, {MALIGNANT} malignant.",
    f"{MOST} of Republicans but only {FEW} of Democrats did.",
    f"Republicans did ({MOST}), Democrats not ({FEW}).",
    f"More Republicans than Democrats did: {MOST} against {FEW}.",
    f"Few Democrats, but {MOST} of Republicans did.",
    "[467](tie:clinton.democrat) chose Clinton and [21](tie:dole.democrat) Dole.",
    "[467](tie:clinton.democrat) preferred him to Dole, [21](tie:dole.democrat) to Clinton.",
    f"Dole was ahead among Republicans, at 95%, and fell from {FEW} there.",
    f"Dole voters were {OLD} old {CI}, Clinton voters {YOUNG} {CI}.",
    "[2,103](tie:steps.trial) started a trial and [356](tie:steps.paid) bought.",
    "Per 90 minutes Todd was better: [0.80](tie:per90.todd) goals to Cole with [0.72](tie:per90.cole).",
    "High rents go with [12%](tie:low.income).", TABLE, VOTES,
    TABLE.replace("| Renters |",
    "| Renters (owners below) |"), TABLE.replace("| Owners |", "| Unlike renters |"),
]  # fmt: skip
FALSE = [
    f"Renters spent {OWNERS}.", f"A renter spent {OWNERS}.", f"Owners spent {RENTERS} on average.",
    f"It was fair in {GOOD}.",
    f"It was good in just {POOR}.", f"People with cost sharing made {FREE} visits.",
    "The chronic disease has a rate ratio of [1.30](tie:irr.physlm).",
    "Benign tumours had a mean radius of [17.46](tie:malignant.radius).",
    f"Clinton got {MOST} of Republicans.", f"Only {MALIGNANT} benign ones were found.",
    f"It was fair in {GOOD}, good in {FAIR}.", f"There were {BENIGN} malignant and {MALIGNANT} benign ones.",
    f"{MOST} of Democrats but only {FEW} of Republicans did.",
    "[467](tie:clinton.democrat) expected to vote for Dole and [21](tie:dole.democrat) for Clinton.",
    f"Clinton voters were {OLD} old {CI}, Dole voters {YOUNG} {CI}.",
    f"Clinton voters ({OLD}, width [4.2](tie:ci)) and Dole voters ({YOUNG}, width [4.2](tie:ci)) differ.",
    VOTES.replace("Democrats", "Republicans"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these texts, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("groups"), [*TRUE, *FALSE], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_a_number_beside_the_name_of_its_group_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_a_number_beside_the_name_of_another_group_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["meant"]


def test_columns_of_a_table_under_each_others_heads_are_named(tmp_path: Path) -> None:
    turned = TABLE.replace("Renters | Owners", "Owners | Renters")
    root = projects.create(tmp_path / "book", {"index.ipynb": ["#:# A", f"#:{turned}", LEDGER]})
    assert [each.id for each in prose.check(Ledger.load(root)).problems] == [
        "mean.own.renter",
        "mean.own.owner",
    ]


APART = """import tieout as t
t.record("score.normal", 109.3, "Score of the normal")
t.record("score.overweight", 165.0, "Score of the overweight")
t.record("score.obese", 213.3, "Score of the obese")
t.record("obese.sum", 99, "Patients of 30 and more")
t.record("group.overweight.n", 155, "Number, group overweight")
"""
OBESE, OVERWEIGHT = "[99](tie:obese.sum)", "[155](tie:group.overweight.n)"


def test_numbers_of_groups_that_only_ids_or_other_labels_name_stand_crosswise_too(tmp_path: Path) -> None:
    right = [
        f"Of these {OBESE} patients were obese, and another {OVERWEIGHT} were overweight.",
        f"Of these {OBESE}, more than of the overweight, and {OVERWEIGHT} were less heavy than the obese.",
        f"{OBESE} patients, not the overweight, and {OVERWEIGHT} who were nearly obese came.",
    ]
    wrong = [
        f"Of these {OBESE} patients were overweight, and another {OVERWEIGHT} were obese.",
        f"{OBESE} patients, the overweight, and {OVERWEIGHT} obese ones came.",
    ]
    found = rules_of(tmp_path, [*right, *wrong], APART)
    assert found == {text: ["meant"] if text in wrong else [] for text in found}
