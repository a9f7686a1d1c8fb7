"""Superlatives against the stored table of their number: only what is the other extreme is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import analyses
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.notebooks.execute import execute

READ = """\
import pandas as pd
import tieout as t

sites = pd.DataFrame({"visits": [868, 385, 609], "wait": [80.9, 67.2, 71.4], "left": [28, 9, 12]})
sites["satisfaction"] = [6.96, 7.61, 7.04]
sites["ctr"], sites["rate2"] = [5.31, 1.22, 3.09], [0.1, 0.2, 0.3]
sites.index = ["North", "River", "Hill"]"""
SITES = """\
t.record("visits.north", sites.loc["North", "visits"], "Visits, North")
t.record("visits.river", sites.loc["River", "visits"], "Visits, River")
t.record("wait.north", sites.loc["North", "wait"], "Wait, North", unit="minute")
t.record("wait.river", sites.loc["River", "wait"], "Wait, River", unit="minute")
t.record("left.north", sites.loc["North", "left"], "Left, North")
t.record("ctr.river", sites.loc["River", "ctr"], "Ctr, River", like="1.22")
t.record("rev.hill", sites.loc["Hill", "rate2"], "Rate2, Hill", like="0.3")
t.record("score.river", sites.loc["River", "satisfaction"], "Satisfaction, River")
sites"""
MONTHS = """\
monthly = pd.DataFrame({"orders": [180, 166, 315], "revenue": [8378.0, 9744.0, 17291.0]})
monthly.index = ["2025-01", "2025-02", "2025-11"]
t.record("revenue.jan", monthly.loc["2025-01", "revenue"], "Revenue, 2025-01", unit="EUR")
t.record("orders.nov", monthly.loc["2025-11", "orders"], "Orders, 2025-11")
monthly"""
PIVOT = """\
clicks = pd.DataFrame({"Q1": [542, 2282, 2864], "Q2": [534, 2407, 3166], "Q3": [575, 2192, 2943]})
clicks.index = ["Affiliate", "Email", "Search"]
t.record("clicks.affiliate", clicks.loc["Affiliate", "Q3"], "Clicks, Affiliate, Q3")
clicks"""
PARTS = """\
parts = pd.DataFrame({"wind": [22.3, 37.2], "solar": [43.4, 30.2], "gas": [34.3, 32.6]})
parts.index = ["2019", "2024"]
t.record("wind.2024", parts.loc["2024", "wind"], "Wind, 2024", unit="percent", like="37.2%")
t.record("gas.2019", parts.loc["2019", "gas"], "Gas, 2019", unit="percent", like="34.3%")
parts"""
SPREAD = """\
prices = pd.DataFrame({"price": [72.4, 102.8, 67.8], "std": [7.8, 58.4, 7.7], "effect": [3.2, 9.1, 4.4]})
prices["F"] = [362.5, 116.7, 65.6]
prices.index = ["Feb", "Apr", "Jul"]
t.record("price.apr", prices.loc["Apr", "price"], "Price, Apr", unit="EUR", like="€102.8")
t.record("std.apr", prices.loc["Apr", "std"], "Standard deviation, Apr", like="58.4")
t.record("f.feb", prices.loc["Feb", "F"], "F, Feb", like="362.5")
prices"""
GROWTH = """\
sold = pd.DataFrame({"big": [8.0, 10.9, 14.8, 20.0], "mid": [6.0, 7.7, 9.9, 12]})
sold["small"] = [3.1, 3.5, 4.2, 4.9]
sold.index = ["2022", "2023", "2024", "2025"]
growth = sold.pct_change().mul(100)
t.record("growth.big", growth.loc["2023", "big"], "Big, 2023", unit="percent", like="36.3%")
t.record("growth.small", growth.loc["2024", "small"], "Small, 2024", unit="percent", like="20.0%")
growth.dropna()"""
PLAYERS = """\
players = pd.DataFrame({"age": [25.5, 26.3, 25.4], "goals": [50, 292, 121], "fee": [0.4, 0.8, 0.5]})
players.index = ["defender", "forward", "midfielder"]
t.record("age.forward", players.loc["forward", "age"], "Age, forward", like="26.3")
t.record("goals.forward", players.loc["forward", "goals"], "Goals, forward")
t.record("fee.forward", players.loc["forward", "fee"], "Fee, forward", like="0.8")
players"""
BIG, SMALL, OLD = "[36.3%](tie:growth.big)", "[20.0%](tie:growth.small)", "[26.3](tie:age.forward)"
GOALS = """\
by_month = pd.DataFrame({"per_match": [4.07, 2.52, 2.30], "crowd": [9456, 9488, 8596]})
by_month.index = ["August", "September", "October"]
yields = pd.Series([3.1, 4.8, 2.2], index=["2021", "2022", "2023"])
t.record("goals.most", by_month.per_match.max(), "Most goals per match", like="4.07")
t.record("goals.least", by_month["per_match"].min(), "Fewest goals per match", like="2.30")
t.record("yield.most", yields.max(), "Most of all", like="4.8")
by_month"""
AUGUST, OCTOBER, YIELD = "[4.07](tie:goals.most)", "[2.30](tie:goals.least)", "[4.8](tie:yield.most)"
WIND, F = "[37.2%](tie:wind.2024)", "[362.5](tie:f.feb)"
NORTH, RIVER = "[868](tie:visits.north)", "[385](tie:visits.river)"
LONG, SHORT = "[80.9 minutes](tie:wait.north)", "[67.2 minutes](tie:wait.river)"
TRUE = [
    f"Goals peaked in August, at {AUGUST} per match.",
    f"Goals were rarest in October with {OCTOBER}.",
    f"It was {AUGUST} in Aug.",
    f"Goals did not peak in July, and came to {AUGUST}.",
    f"After it was low in July, it came to {AUGUST} goals.",
    f"The yield was {YIELD} in 2022.",
    f"In the series that began in 2021 the most was {YIELD}.",
    f"The big grew fastest in each year ({BIG} in 2023).",
    f"The small grew slowest ({SMALL} in 2024).",
    f"The small grew fastest in the last year ({SMALL} in 2024).",
    f"Forwards were also the oldest group, with a mean age of {OLD}.",
    "Forwards scored most goals, [292](tie:goals.forward).",
    "Forwards improved least at home, [292](tie:goals.forward).",
    "Forwards had the highest fees, with a median of [0.8](tie:fee.forward).",
    f"North had the most, {NORTH}.",
    f"North was the most frequent site, with {NORTH} visits.",
    f"Wind became the largest source in 2024, with {WIND}.",
    "Gas was the largest source after solar in 2019, with [34.3%](tie:gas.2019).",
    "Prices swung most in April, when the deviation was [58.4](tie:std.apr).",
    "The dearest month was April, at [€102.8](tie:price.apr).",
    f"Nitrogen had by far the largest effect (F = {F}).",
    f"Patients of North waited longest by the mean, {LONG}.",
    f"North is the busiest of the sites, with {NORTH} visits.",
    f"River is the smallest site, with {RIVER} visits.",
    f"River is the largest site by the water, with {SHORT}.",
    f"North was not the quietest, with {NORTH} visits.",
    f"The patients of North waited longest: {LONG}.",
    f"After North, River is the busiest, with {RIVER} visits.",
    "North is the smallest in area, with [28](tie:left.north) who left.",
    "River scored best ([7.61](tie:score.river)).",
    "Revenue bottomed out in January at [€8,378](tie:revenue.jan).",
    "November was the month with the most orders ([315](tie:orders.nov)).",
    "Hill had the highest revision, [0.3](tie:rev.hill).",
    "River had the lowest click rate, [1.22](tie:ctr.river).",
    "Affiliates peaked in the third quarter with [575](tie:clicks.affiliate).",
    "The third quarter was the one with the most clicks ([575](tie:clicks.affiliate)).",
]
FALSE = [
    f"The big grew slowest in each year ({BIG} in 2023).",
    f"Forwards were also the youngest group, with a mean age of {OLD}.",
    "Forwards scored fewest goals, [292](tie:goals.forward).",
    "Forwards had the lowest fees, with a median of [0.8](tie:fee.forward).",
    f"North had the fewest, {NORTH}.",
    f"North was the least frequent site, with {NORTH} visits.",
    f"Wind became the smallest source in 2024, with {WIND}.",
    "Prices swung least in April, when the deviation was [58.4](tie:std.apr).",
    "The cheapest month was April, at [€102.8](tie:price.apr).",
    f"Nitrogen had by far the smallest effect (F = {F}).",
    f"Patients of North waited shortest by the mean, {LONG}.",
    f"North is the quietest of the sites, with {NORTH} visits.",
    f"River is the largest site, with {RIVER} visits.",
    f"The patients of North waited shortest: {LONG}.",
    f"The wait was longest at River, with {SHORT}.",
    "River scored worst ([7.61](tie:score.river)).",
    "River had the highest click rate, [1.22](tie:ctr.river).",
    "Revenue peaked in January at [€8,378](tie:revenue.jan).",
    "November was the month with the fewest orders ([315](tie:orders.nov)).",
]

DATED = [
    f"Goals peaked in July, at {AUGUST} per match.",
    f"Goals were rarest in September with {OCTOBER}.",
    f"The most was {AUGUST} in October.",
    f"The yield was {YIELD} in 2021.",
]
NAMED = "Defenders scored [292](tie:goals.forward) goals."


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rules under which each sentence is named, all of them in one book."""
    said = [*TRUE, *FALSE, *DATED, NAMED]
    folder = tmp_path_factory.mktemp("superlatives") / "report"
    root = analyses.project(
        folder,
        *(f"#:{each}" for each in said),
        READ,
        SITES,
        MONTHS,
        PIVOT,
        PARTS,
        SPREAD,
        GROWTH,
        PLAYERS,
        GOALS,
        "yields",
    )
    execute(root / "penguins.ipynb", root)
    found: dict[str, list[str]] = {text: [] for text in said}
    for each in prose.check(Ledger.load(root)).problems:
        text = next((text for text in said if text.split("[")[0] and _stands(root, each.where, text)), "")
        if text and each.rule != "untied":
            found[text].append(each.rule)
    return found


def _stands(root: Path, where: str, text: str) -> bool:
    cells = json.loads((root / "penguins.ipynb").read_text(encoding="utf-8"))["cells"]
    return "".join(cells[int(where.split()[1]) - 1]["source"]) == text


@pytest.mark.parametrize("text", TRUE)
def test_a_superlative_that_may_be_true_is_silent(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_the_other_superlative_is_named(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == ["rank"]


def test_another_row_is_named_in_the_plural_too(rules: dict[str, list[str]]) -> None:
    assert rules[NAMED] == ["meant"]


@pytest.mark.parametrize("text", DATED)
def test_an_extreme_of_another_month_than_its_row_is_named(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == ["dated"]
