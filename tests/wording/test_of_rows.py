"""Places, superlatives, portions and changes against the stored rows: what is right is silent."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of_run

CODE = """\
import pandas as pd
import tieout as t

shops = pd.DataFrame(
    {
        "rate": [12.44, 10.71, 9.52, 7.13, 5.96],
        "sales": [640.25, 230.5, 120.75, 110.25, 90.5],
    },
    index=pd.Index(["Bonn", "Trier", "Essen", "Kiel", "Ulm"], name="shop"),
)
shops"""
ROUNDED = "shops.round(1)"
RECORDED = """\
t.record("rate.bonn", shops.loc["Bonn", "rate"], "Rate, Bonn", unit="percent", like="12.4%")
t.record("rate.trier", shops.loc["Trier", "rate"], "Rate, Trier", unit="percent", like="10.7%")
t.record("rate.ulm", shops.loc["Ulm", "rate"], "Rate, Ulm", unit="percent", like="6.0%")
t.record("sales.bonn", shops.loc["Bonn", "sales"], "Sales, Bonn", unit="EUR", like="€640")
t.record("all", shops["sales"].sum(), "All", unit="EUR", like="€1,192")
year = {2023: 5.0, 2024: 7.5}
t.record("more", year[2024] - year[2023], "Diff", unit="gram", like="2.5 g")
t.record("ahead", shops.loc["Bonn", "rate"] - shops.loc["Trier", "rate"], "Lead", unit="gram", like="1.7 g")
t.record("profit", 345755, "Profit", unit="EUR", like="€346k")
t.record("fewer", 21924, "Saved")
t.record("rise", 93248, "Increase in profit", unit="EUR", like="€93,248")
binned = {2023: 250724, 2024: 223736}
t.record("drop", binned[2023] - binned[2024], "Drop")
t.record("sales.trier", shops.loc["Trier", "sales"], "Sales, Trier", unit="EUR", like="€230")
t.record("sales.kiel", shops.loc["Kiel", "sales"], "Sales, Kiel", unit="EUR", like="€110")"""
BONN, TRIER, ULM = "[12.4%](tie:rate.bonn)", "[10.7%](tie:rate.trier)", "[6.0%](tie:rate.ulm)"
SALES, ALL = "[€640](tie:sales.bonn)", "[€1,192](tie:all)"
RIGHT = [
    f"The second highest rate, {TRIER}, was that of Trier.", f"Trier came second with {TRIER}.",
    f"The rate was highest in Bonn, by any measure, at {BONN}.", f"It was highest in Bonn ({BONN}).",
    f"The trend is steepest in Kiel; the rate is highest in Bonn ({BONN}).",
    f"Nobody had a rate lower than Ulm, {ULM}.",
    f"Bonn sold {SALES}, which is more than half of the sales.",
    f"Bonn sold {SALES}, which is less than half of the plan.",
    f"More than half of it is Bonn's: {SALES} of {ALL}.",
    "It took [2.5 g](tie:more) more than in 2023.", "Bonn outdid Trier by [1.7 g](tie:ahead).",
    "Trier lagged Bonn by [1.7 g](tie:ahead).", "Profit was [€346k](tie:profit), up from €253k.",
    "It ranks by [€346k](tie:profit), down from rank 3.",
    "The rate went down 2.3 points, or [21,924](tie:fewer) fewer pieces.",
    "They made [€93,248](tie:rise) more.", "They made [€93,248](tie:rise) less than they had hoped for.",
    "The bins took in [26,988](tie:drop) fewer pieces than in 2023.",
    "Essen took €121 and Trier [€230](tie:sales.trier).",
    "Kiel took €110 and Trier, which is larger, [€230](tie:sales.trier).",
    "The rate was highest in Kiel, but the best sales, [€640](tie:sales.bonn), came elsewhere.",
    "More than a half was sold there: Bonn: [€640](tie:sales.bonn).",
]  # fmt: skip
WRONG = [
    (f"The third highest rate, {TRIER}, was that of Trier.", "rank"),
    (f"Trier came third with {TRIER}.", "rank"),
    (f"The rate was highest in Kiel, by any measure, at {BONN}.", "rank"),
    (f"Nobody had a rate higher than Ulm, {ULM}.", "rank"),
    (f"Bonn sold {SALES}, which is less than half of the sales.", "portion"),
    (f"Less than half of it is Bonn's: {SALES} of {ALL}.", "portion"),
    ("It took [2.5 g](tie:more) more than in 2022.", "dated"),
    ("Bonn trailed Trier by [1.7 g](tie:ahead).", "turned"),
    ("Trier outdid Bonn by [1.7 g](tie:ahead).", "turned"),
    ("Profit was [€346k](tie:profit), down from €253k.", "turned"),
    ("The rate went down 2.3 points, or [21,924](tie:fewer) more pieces.", "turned"),
    ("They made [€93,248](tie:rise) less.", "turned"),
    ("The bins took in [26,988](tie:drop) more pieces than in 2023.", "turned"),
    ("Trier took €231 and Kiel [€230](tie:sales.trier).", "meant"),
    ("Best was Kiel: [€640](tie:sales.bonn).", "meant"),
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    sentences = [*RIGHT, *(text for text, _ in WRONG)]
    return rules_of_run(tmp_path_factory.mktemp("rows"), sentences, CODE, ROUNDED, RECORDED)


@pytest.mark.parametrize("text", RIGHT)
def test_what_the_rows_bear_out_is_left_alone(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize(("text", "rule"), WRONG)
def test_what_the_rows_have_otherwise_is_suspicious(
    text: str, rule: str, rules: dict[str, list[str]]
) -> None:
    assert rules[text] == [rule]
