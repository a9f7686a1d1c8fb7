"""Changes against the numbers beside them and the code they are of; symbols of other statistics; periods."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of
from tieout.wording.traced import traced

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
share = pd.DataFrame({"Big": [45.8, 54.4], "Small": [20.1, 13.1]}, index=["2021Q1", "2024Q4"])
last, prev = 8337.2, 7943.4
t.record("share.small", share.loc["2024Q4", "Small"], "Share, Small", unit="percent", like="13.1%")
t.record("share.more", share.loc["2024Q4", "Big"] - share.loc["2021Q1", "Big"], "Difference of Big",
         unit="percentage_point", like="8.6 points")
t.record("above", yearly.loc[2025, "value"] / yearly.loc[2024, "value"] - 1, "Change of value", like="9%")
t.record("quarter", last / prev - 1, "On the quarter", like="5.0%")
halves = pd.DataFrame({"change": [9, -15]}, index=["King", "Ill"])
t.record("change.king", halves.loc["King", "change"], "Change, halves, King")
t.record("change.ill", halves.loc["Ill", "change"], "Change, halves, Ill")
t.record("loss.king", 12, "Loss of King")
t.record("days.std", 9.9, "Standard deviation of days", like="9.9")
t.record("days.mean", 15.7, "Mean of days", unit="day", like="15.7 days")
by = pd.DataFrame({"kind": ["a", "a", "b"], "fee": [1.0, 2.0, 9.0]})
by = by.assign(size=1)
kinds = by.groupby("kind").agg(fee=("fee", "median"), n=("fee", "size"))
t.record("fee.a", kinds.round(2).loc["a", "fee"], "Fee, kinds, a", like="1.5")
coef = pd.DataFrame({"b": [0.21], "se": [0.08]}, index=["C(kind)[T.keeper]"])
t.record("coef.se", coef.loc["C(kind)[T.keeper]", "se"], "Se, coef, C(kind)[T.keeper]", like="0.08")
for year, profit in ((2021, 686), (2022, 409), (2023, 3878)):
    t.record(f"profit.{year}", profit, f"Profit, {year}", unit="thousand EUR", like="€686 thousand")
for year, mites in ((2022, 3.43), (2023, 3.16)):
    t.record(f"mites.{year}", mites, f"Mites, {year}", like="3.43")
for sex, score in (("female", 7.87), ("male", 7.36)):
    t.record(f"score.{sex}", score, f"Score, {sex}", like="7.87")
"""
FELL = "Orders fell from [213](tie:orders.april) in April to [166](tie:orders.june) in June,"
WAITED = "They waited [185.8 minutes](tie:wait.left) on average, [113.7 minutes](tie:wait.more)"
MITES, BEFORE = "[3.16](tie:mites.2023)", "[3.43](tie:mites.2022)"
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
    "It fell from 20.1% to [13.1%](tie:share.small).",
    "It rose from 20.1% to [13.1%](tie:share.small) in the table.",
    "The big gained [8.6 points](tie:share.more).", "The small lost to the big [8.6 points](tie:share.more).",
    "It was [9%](tie:above) above that of 2024.", "In 2024 it was [9%](tie:above) below that of 2025.",
    "Revenue was [5.0%](tie:quarter) more than in the third quarter.",
    "King gained most, with a gain of [9](tie:change.king).", "Ill took a loss of [15](tie:change.ill).",
    "King took a loss of [12](tie:loss.king).",
    "They paid after [15.7 days](tie:days.mean) on average (SD [9.9](tie:days.std)).",
    "In 2022 it fell by half, from [€686 thousand](tie:profit.2021) to [€409 thousand](tie:profit.2022).",
    "The fee of a had a median of [1.5](tie:fee.a).", "It is larger (SE [0.08](tie:coef.se)).",
    f"In 2023 we counted {MITES} mites per 100 bees, down from {BEFORE} in 2022.",
    f"It was 3.16 per 1,000 people, down from {BEFORE}.",
    f"It was {MITES} of every 100 000 bees, down from {BEFORE}.",
    f"It was 3.16 out of 10, down from {BEFORE}.",
    f"For each 10 hives it was 3.16, down from {BEFORE}.", f"It was {MITES} in 2023, down from {BEFORE}.",
    f"It came to 3.16 in May 2023, down from {BEFORE} in 2022.",
    f"They fell in 2023, for every 100 bees, down from {BEFORE}.",
    f"The rate fell from 3.43 per 100 bees in 2022 to {MITES}.",
    "It was lowest in 2022 and has since come to [€3878 thousand](tie:profit.2023).",
]  # fmt: skip
FALSE = [
    (f"{FELL} an increase of [47](tie:orders.drop) orders.", "turned"),
    (f"{FELL} an increase of [47](tie:orders.drop) orders or [22%](tie:orders.relative).", "turned"),
    ("We took [2,511](tie:orders.2025) orders, down from [2,279](tie:orders.2024).", "turned"),
    (f"In 2023 we counted {MITES} mites per 100 bees, up from {BEFORE} in 2022.", "turned"),
    (f"It was {MITES} in 2023, up from {BEFORE}.", "turned"),
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
    ("It rose from 20.1% to [13.1%](tie:share.small).", "turned"),
    ("The big lost [8.6 points](tie:share.more).", "turned"),
    ("It was [9%](tie:above) below that of 2024.", "turned"),
    ("Revenue was [5.0%](tie:quarter) less than in the third quarter.", "turned"),
    ("King took a loss of [9](tie:change.king).", "turned"),
    ("They paid after [15.7 days](tie:days.mean) on average (SE [9.9](tie:days.std)).", "meant"),
    ("The fee of a had a mean of [1.5](tie:fee.a).", "meant"),
    ("It is larger (SD [0.08](tie:coef.se)).", "meant"),
    ("In 2023 the profit was [€686 thousand](tie:profit.2021).", "dated"),
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


def test_the_code_of_a_cell_with_magics_is_read() -> None:
    assert len(traced("%%time\n%matplotlib inline\nt.record('a', n)").calls) == 1
