"""Names of groups beside numbers that code picks by another: by tally, mask, query, crossed table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
df = pd.DataFrame({
    "species": ["Adelie"] * 5 + ["Gentoo"] * 4 + ["Chinstrap"] * 3,
    "sex": ["female", "male", "female"] * 4,
    "island": ["Biscoe", "Dream", "Torgersen"] * 4,
    "site": ["Old Ford", "Mill Weir", "Quarry"] * 4,
    "mass": [3700, 3800, 3650, 3900, 3600, 5000, 5100, 5200, 4900, 3700, 3750, 3850],
    "arm": ["patch", "counselling"] * 6,
})
t.record("n.a", df.species.value_counts()["Adelie"], "Penguins")
t.record("n.b", df.species.value_counts()["Gentoo"], "Penguins again")
counts = df["species"].value_counts()
t.record("n.c", counts["Chinstrap"], "Third")
t.record("n.d", counts.loc["Adelie"], "First")
t.record("m.a", df[df.sex == "female"].mass.mean(), "Mean mass one", unit="gram")
t.record("m.b", df[df.sex == "male"].mass.mean(), "Second mass", unit="gram")
fem = df[df["sex"] == "female"]
men = df[df["sex"] == "male"]
t.record("f.n", len(fem), "Counted")
t.record("f.m", len(men), "Rest")
t.record("q.a", df.query("arm == 'patch'").mass.median(), "Median one")
t.record("q.b", df.query("arm == 'counselling'").mass.median(), "Other median")
pivot = df.pivot_table(index="island", columns="sex", values="mass")
t.record("p.a", pivot.loc["Biscoe", "female"], "Weight there")
t.record("p.b", pivot["male"]["Dream"], "Of them")
t.record("c.a", pd.crosstab(df.island, df.sex).loc["Biscoe", "female"], "Found")
t.record("c.b", pd.crosstab(df.island, df.sex).loc["Torgersen", "female"], "Spotted")
heavy = df.groupby("site").apply(lambda g: (g.mass > 3800).mean() * 100, include_groups=False)
t.record("s.a", heavy.loc["Old Ford"], "Share one", unit="percent")
t.record("s.b", heavy.loc["Mill Weir"], "Part", unit="percent")
by = df.groupby("site").agg(n=("mass", "size"), mass=("mass", "mean"))
t.record("b.a", by.loc["Quarry", "n"], "Visits")
t.record("b.b", by.loc["Mill Weir", "mass"], "Visits a")
t.record("b.c", by.loc["Old Ford", "mass"], "Visits b")
t.record("l.a", by.nlargest(3, "mass")["mass"]["Mill Weir"], "Largest")
t.record("l.b", by.nlargest(3, "mass")["mass"]["Old Ford"], "Second")
t.record("u.a", df["mass"].mean(), "Mean")
t.record("u.b", df["mass"].std(), "Deviation")
"""
a, b, c = "[5](tie:n.a)", "[4](tie:n.b)", "[3](tie:n.c)"
d, ma, mb = "[5](tie:n.d)", "[4,225 g](tie:m.a)", "[4,087.5 g](tie:m.b)"
fn, fm, qa = "[8](tie:f.n)", "[4](tie:f.m)", "[3,725](tie:q.a)"
qb, pa, pb = "[3,875](tie:q.b)", "[4,100](tie:p.a)", "[4,087.5](tie:p.b)"
ca, cb, sa = "[4](tie:c.a)", "[4](tie:c.b)", "[50%](tie:s.a)"
sb, ba, bb = "[25%](tie:s.b)", "[4](tie:b.a)", "[4,087.5](tie:b.b)"
bc, la, lb = "[4,100](tie:b.c)", "[4,087.5](tie:l.a)", "[4,100](tie:l.b)"
RIGHT = [
    f"There were {a} of them, but Gentoos were fewer.", f"The {a} birds breed earlier than Gentoos.",
    f"{a} birds of the smallest sort were ringed while Gentoo chicks hatched.",
    f"Where Gentoos nest, the smaller ones numbered {a}.", f"{a} birds share the island with Gentoos.",
    f"Of the smaller ones {a} were ringed and Gentoos were left alone.",
    f"At the Gentoo site the others numbered {a}.", f"Smaller than Gentoos, they numbered {a}.",
    f"The sort with {a} birds is lighter, as Gentoos are heavy.",
    f"It took {a} small birds to match the Gentoos.", f"Next to Gentoos stood {a} small birds.",
    f"The hens weighed {ma} and so less than the male birds.", f"The hens, lighter than males, weighed {ma}.",
    f"The hens weighed {ma}, which males exceed.", f"Hens ({ma}) are lighter, male birds ({mb}) heavier.",
    f"Upstream, {sa} were heavy, and downstream at Mill Weir {sb}.",
    f"There were {a} Adelies and {b} Gentoos.",
    f"Of the penguins {a} were Adelie, {b} Gentoo and {c} Chinstrap.",
    f"Chinstraps ({c}) were rarer than Gentoos ({b}).", f"Gentoos were fewer than Adelies, with {b} birds.",
    f"The most common species had {d} birds, more than Gentoo or Chinstrap.",
    f"The rarest species had {c} birds.", f"Females weighed {ma}, more than the {mb} of males.",
    f"Females weighed {ma} and males {mb}.", f"Unlike males, they weighed {ma}.",
    f"The {fn} females outnumbered the {fm} males.", f"Only {fm} of the birds were male.",
    f"Women made up {fn} of them.", f"Male birds ({fm}) are rarer than female birds ({fn}).",
    f"The median was {qa} with the patch and {qb} with counselling.",
    f"Patch users had a median of {qa}, against {qb} for those with counselling alone.",
    f"Counselling added little: the patch alone gave {qa}.", f"On Biscoe, females weighed {pa}.",
    f"On Biscoe females weighed {pa} and on Dream males weighed {pb}.",
    f"There were {ca} females on Biscoe and {cb} on Torgersen.",
    f"At Old Ford {sa} were heavy, at Mill Weir {sb}.",
    f"Half of those at Old Ford ({sa}) but a quarter at Mill Weir ({sb}) were heavy.",
    f"The share at Mill Weir was lower than at Old Ford: {sb} against {sa}.", f"Quarry had {ba} visits.",
    f"Mill Weir comes last with {la}, Old Ford second with {lb}.",
    f"Unlike Mill Weir, Old Ford had heavy ones, with {lb}.",
    "Among all birds the mean was [4,179](tie:u.a), the females' lower.",
    "All in all [4,179](tie:u.a) is close to Gentoo values.",
    f"Between Mill Weir ({bb}) and Old Ford ({bc}) lie 400 g.",
    f"Moving from Old Ford to Mill Weir, mass falls to {bb}.",
    f"The smaller of the two, not the Gentoo, counted {a}.",
    f"Compared with Gentoos, Adelies were common ({a}).",
    f"The lighter sex weighed {mb}, {ma} being that of females.",
    f"Hens weighed {ma}; cocks, or male birds, {mb}.", f"The arm without counselling had a median of {qa}.",
    f"Without the patch the median was {qb}.", f"They were female in {fn} cases, else male.",
    f"Upstream of Mill Weir, at Old Ford, {sa} were heavy.",
    f"| Species | n |\n|---|---|\n| Adelie | {a} |\n| Gentoo | {b} |",
    f"| | female |\n|---|---|\n| Biscoe | {ca} |\n| Torgersen | {cb} |",
]  # fmt: skip
WRONG = [
    f"There were {b} Adelies and {a} Gentoos.", f"Of the penguins {a} were Gentoo.",
    f"Chinstraps numbered {b}.", f"There were {d} Gentoos.", f"Females weighed {mb}.",
    f"Males weighed {ma} on average.", f"The {fm} females were few.", f"Only {fn} of the birds were male.",
    f"Patch users had a median of {qb}.", f"The median with counselling was {qa}.",
    f"On Dream {ca} females were counted.", f"There were {cb} females on Biscoe.",
    f"At Old Ford {sb} were heavy.", f"At Mill Weir {sa} were heavy.", f"Old Ford had a mean of {bb}.",
    f"Old Ford comes last with {la}.", f"On Biscoe, males weighed {pa}.",
    f"There were {ca} males on Biscoe.", f"Mill Weir had {ba} visits.",
    f"| Species | n |\n|---|---|\n| Gentoo | {a} |\n| Adelie | {b} |",
    f"| | female |\n|---|---|\n| Torgersen | {ca} |\n| Biscoe | {cb} |",
]  # fmt: skip

# Groups whose names are words that are said of much else.
WORDS = """import pandas as pd
import tieout as t
df = pd.DataFrame({
    "arm": ["control", "treatment"] * 10, "mode": ["car", "train", "bike", "car"] * 5,
    "time": ["lunch", "dinner"] * 10, "area": ["urban", "rural", "urban", "rural", "urban"] * 4,
    "result": ["win", "loss", "win", "win"] * 5, "days": range(20), "price": range(10, 30),
})
t.record("d.a", df[df.arm == "control"].days.mean(), "Stay of some", unit="day", like="9 days")
t.record("d.b", df[df.arm == "treatment"].days.mean(), "Mean stay", unit="day", like="10 days")
t.record("k.a", df["mode"].value_counts()["car"], "Commuters")
t.record("k.b", df["mode"].value_counts()["train"], "Riders")
t.record("e.a", df.groupby("time").price.mean()["lunch"], "Price of a meal")
t.record("e.b", df.groupby("time").price.max()["dinner"], "Most paid")
t.record("u.a", df.groupby("area").price.mean()["urban"], "Rent")
t.record("u.b", df.groupby("area").price.mean()["rural"], "Rents")
t.record("w.a", df.query("result == 'win'").days.max(), "Longest run")
t.record("w.b", len(df.query("result == 'loss'")), "Games")
"""
da, db, ka = "[9 days](tie:d.a)", "[10 days](tie:d.b)", "[10](tie:k.a)"
kb, ea, eb = "[5](tie:k.b)", "[19](tie:e.a)", "[29](tie:e.b)"
ua, ub, wa = "[19.5](tie:u.a)", "[19.5](tie:u.b)", "[19](tie:w.a)"
wb = "[5](tie:w.b)"
RIGHT_WORDS = [
    f"Since the train is late, {ka} people drive.", f"The train being slow, {ka} people drive instead.",
    f"Controls stayed {da}.", f"Winners ran up to {wa}.", f"Where the train runs, {kb} use it.",
    f"People who have no train drive: {ka}.", f"Trains are full; {ka} drive.",
    f"Untreated patients stayed {da} before treatment began.", f"Untreated patients stayed {da}.",
    f"Those who got the drug stayed {db}, controls {da}.",
    f"The treatment group stayed {db}, one more than the control group.",
    f"Patients under treatment stayed {db} on average.", f"Patients without treatment stayed {da}.",
    f"With no treatment, the stay was {da}.", f"The usual stay was {da}; treatment added one.",
    f"The placebo group stayed {da}, and treatment added one.",
    f"Of 20, {ka} drove and {kb} took the train.",
    f"There were {ka} drivers, twice as many as train riders.",
    f"Twenty people commute: {ka} drive, others come by train or bike.",
    f"Drivers ({ka}) outnumber those on the train ({kb}).", f"Train riders numbered {kb}.",
    f"Ten people, {ka}, could take the train but drive.", f"A midday meal costs {ea}, and dinner more.",
    f"A midday meal costs {ea}, less than dinner.", f"At noon it was {ea}; dinner was dearer.",
    f"The most paid was {eb} for dinner.", f"The most that guests paid in the evening was {eb}.",
    f"Lunch costs {ea}, dinner up to {eb}.", f"In towns the rent was {ua}, in rural areas {ub}.",
    f"City rents were {ua}, and rural ones {ub}.", f"Town dwellers paid {ua} and moved to rural areas.",
    f"Rents were no higher in town ({ua}) than in rural areas ({ub}).",
    f"Outside towns it was {ub}, not far from the urban median.",
    f"The longest run was {wa} games without a loss.", f"They had {wb} defeats.",
    f"Of the defeats, {wb} in all, none could be turned into a win.",
    f"The team lost {wb} games, and each loss hurt.", f"A run of {wa} came after a loss.",
    f"After a loss, the run was {wa}.",
]  # fmt: skip
WRONG_WORDS = [
    f"The control group stayed {db}.", f"Patients in the treatment arm stayed {da}.",
    f"Treatment led to a stay of {da}.", f"Only {kb} came by car.", f"In all {ka} people take the train.",
    f"Lunch cost at most {eb}.", f"Dinner costs {ea} on average.", f"In rural areas the rent was {ua}.",
    f"The urban rent was {ub}.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these texts, which stand in two books."""
    folder: Path = tmp_path_factory.mktemp("coded")
    (folder / "words").mkdir()
    return rules_of(folder, [*RIGHT, *WRONG], LEDGER) | rules_of(
        folder / "words", [*RIGHT_WORDS, *WRONG_WORDS], WORDS
    )


@pytest.mark.parametrize("text", [*RIGHT, *RIGHT_WORDS])
def test_a_number_beside_the_group_that_its_code_picks_is_left_alone(
    text: str, found: dict[str, list[str]]
) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", [*WRONG, *WRONG_WORDS])
def test_a_number_beside_another_group_than_its_code_picks_is_named(
    text: str, found: dict[str, list[str]]
) -> None:
    assert set(found[text]) == {"meant"}
