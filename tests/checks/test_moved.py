"""Changes against the numbers beside them and the code they are of; symbols of other statistics; periods."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t

class stats:
    @staticmethod
    def ttest_ind(a, b):
        return 5.64, 0.0001

    @staticmethod
    def f_oneway(a, b):
        return 8.07, 0.0003

    @staticmethod
    def pearsonr(a, b):
        return -0.61, 0.0001

yearly = pd.DataFrame({"value": [48.21, 52.39], "orders": [2279, 2511]}, index=[2024, 2025])
for year in (2024, 2025):
    t.record(f"orders.{year}", yearly.loc[year, "orders"], f"Orders, {year}")
t.record("orders.april", 213, "Orders, April")
t.record("orders.june", 166, "Orders, June")
t.record("orders.drop", 47, "Difference of orders")
t.record("orders.relative", -0.2207, "Relative change of orders", like="-22%")
t.record("value.more", yearly.loc[2025, "value"] - yearly.loc[2024, "value"], "More in value", like="4.18")
growth = yearly.pct_change().loc[2025]
t.record("growth.value", yearly.pct_change().loc[2025, "value"], "2025, value", like="8.7%")
t.record("wait.left", 185.8, "Wait, left", unit="minute", like="185.8 minutes")
t.record("wait.stayed", 72.1, "Wait, stayed", unit="minute", like="72.1 minutes")
t.record("wait.more", 113.7, "Wait", unit="minute", like="113.7 minutes")
t.record("wait.p75", 103, "Upper quartile of wait", unit="minute", like="103 minutes")
t_value, p = stats.ttest_ind(1, 2)
f, p_f = stats.f_oneway(1, 2)
r, p_r = stats.pearsonr(1, 2)
t.record("test.t", t_value, "T", like="5.64")
t.record("test.f", f, "F", like="8.07")
t.record("test.r", r, "Pearson r", like="-0.61")
t.record("test.eta2", 0.19, "Effect of site", like="0.19")
t.record("test.p", 0.80, "p of fare", like="0.80")
t.record("or.below", 0.533, "Odds ratio below one", like="53%")
t.record("wait.february", 95.6, "Mean of wait, month 2", unit="minute", like="95.6 minutes")
t.record("wait.may", 65.2, "Mean of wait, month 5", unit="minute", like="65.2 minutes")
t.record("wind.jan", 1802, "Wind, last, Jan")
t.record("price.2022", 183.83, "Price, 2022", like="183.83")
t.record("price.2020", 64.90, "Price, 2020", like="64.90")
t.record("ph.moor", 5.2, "Soil pH, Moor", like="5.2")
t.record("ph.lind", 6.3, "Soil pH, Lind", like="6.3")
t.record("ph.stein", 7.1, "Soil pH, Stein", like="7.1")
t.record("site.p", 0.0007, "P-value of site", like="0.0007")
t.record("sales.2025q1", 27.8, "Sales, 2025Q1", unit="thousand EUR", like="€27.8 thousand")
t.record("aov.growth", 8.7, "2025, aov", unit="percent", like="8.7%")
t.record("orders.growth", 10.2, "2025, orders", unit="percent", like="10.2%")
for site, visits in (("St Anne's", 609), ("Riverside", 385), ("North Gate", 868)):
    t.record(f"visits.{site[:2].lower()}", visits, f"Visits, {site}")
for sex, score in (("female", 7.87), ("male", 7.36)):
    t.record(f"score.{sex}", score, f"Score, {sex}", like="7.87")
"""
FELL = "Orders fell from [213](tie:orders.april) in April to [166](tie:orders.june) in June,"
WAITED = "They waited [185.8 minutes](tie:wait.left) on average, [113.7 minutes](tie:wait.more)"
TRUE = [
    f"{FELL} a decrease of [47](tie:orders.drop) orders.",
    f"{FELL} a decrease of [47](tie:orders.drop) orders or [22%](tie:orders.relative).",
    "In 2025 we took [2,511](tie:orders.2025) orders, up from [2,279](tie:orders.2024) the year before.",
    "It came to [2,511](tie:orders.2025), compared with [2,279](tie:orders.2024) in 2024.",
    "It was [4.18](tie:value.more) more than a year earlier.",
    "It rose by [8.7%](tie:growth.value).",
    f"{WAITED} longer than those who stayed ([72.1](tie:wait.stayed)).",
    "For another quarter it took [103 minutes](tie:wait.p75) or more.",
    "They differ (t = [5.64](tie:test.t)).", "They differ (F(2, 10) = [8.07](tie:test.f)).",
    "It fell (r = [−0.61](tie:test.r)), a large effect (η² = [0.19](tie:test.eta2)).",
    "It is not associated with the fare (p = [0.80](tie:test.p)).",
    "Waiting lowered the odds by [53%](tie:or.below).",
    "Waits fell from [95.6 minutes](tie:wait.february) in February to [65.2](tie:wait.may) in May.",
    "The first quarter was the weakest of 2025 ([€27.8 thousand](tie:sales.2025q1)).",
    "The average order value rose by [8.7%](tie:aov.growth).",
    "St Anne's had [609](tie:visits.st) visits and Riverside [385](tie:visits.ri).",
    "Women gave [7.87](tie:score.female) and men [7.36](tie:score.male).",
    "In January 2024 wind farms delivered [1,802](tie:wind.jan) of them.",
    "It averaged [183.83](tie:price.2022) in 2022, nearly three times the [64.90](tie:price.2020) of 2020.",
    "The soil of Moor is also the most acid, with a pH of [5.2](tie:ph.moor).",
    "The effect differed between sites (p = [0.0007](tie:site.p)): here it was smaller, there only half.",
]  # fmt: skip
FALSE = [
    (f"{FELL} an increase of [47](tie:orders.drop) orders.", "turned"),
    (f"{FELL} an increase of [47](tie:orders.drop) orders or [22%](tie:orders.relative).", "turned"),
    ("We took [2,511](tie:orders.2025) orders, down from [2,279](tie:orders.2024).", "turned"),
    ("It was [4.18](tie:value.more) less than a year earlier.", "turned"),
    ("It fell by [8.7%](tie:growth.value).", "turned"),
    (f"{WAITED} shorter than those who stayed ([72.1](tie:wait.stayed)).", "turned"),
    ("They differ (z = [5.64](tie:test.t)).", "meant"),
    ("They differ (χ²(2) = [8.07](tie:test.f)).", "meant"),
    ("It fell (ρ = [−0.61](tie:test.r)).", "meant"),
    ("It is a large effect (R² = [0.19](tie:test.eta2)).", "meant"),
    ("It is strongly associated with the fare (p = [0.80](tie:test.p)).", "significance"),
    ("Waiting raised the odds by [53%](tie:or.below).", "qualifier"),
    ("Waits were longest in January, at [95.6 minutes](tie:wait.february).", "dated"),
    ("The second quarter was the weakest of 2025 ([€27.8 thousand](tie:sales.2025q1)).", "dated"),
    ("There were [609](tie:visits.st) visits at Riverside.", "meant"),
    ("There were [385](tie:visits.ri) visits at St Anne's.", "meant"),
    ("In March 2024 wind farms delivered [1,802](tie:wind.jan) of them.", "dated"),
    ("It was nearly three times the [64.90](tie:price.2020) of 2022.", "dated"),
    (
        "The effect did not differ between sites (p = [0.0007](tie:site.p)): there it was only half.",
        "significance",
    ),
    ("Men gave [7.87](tie:score.female) and women [7.36](tie:score.male).", "meant"),
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    said = [*TRUE, *(text for text, _ in FALSE)]
    return rules_of(tmp_path_factory.mktemp("moved"), said, LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_what_is_right_is_silent(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize(("text", "rule"), FALSE)
def test_what_is_wrong_is_named(text: str, rule: str, rules: dict[str, list[str]]) -> None:
    assert rule in rules[text]
