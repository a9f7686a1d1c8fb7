"""Right sentences in forms that a rule of words could take for wrong ones, and their wrong neighbours."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of_run

READ = """\
import pandas as pd
import tieout as t

sales = pd.DataFrame({"revenue": [430, 483, 478]}, index=[2022, 2023, 2024])
items = pd.DataFrame({"items": [0.29, 0.27, 0.07], "share": [0.1401, 0.45, 0.1404]})
items["waste"] = [0.076, 0.08, 0.128]
items.index = ["bun", "bread", "cake"]
delays = pd.DataFrame({"delay": [17.2, 21.4, 11.8, 15.9]}, index=["Athens", "Dublin", "Oslo", "Vienna"])
delays"""
RECORD = """\
t.record("rev.2022", sales.revenue[2022], "Revenue, 2022", unit="EUR")
t.record("rev.2023", sales.revenue[2023], "Revenue, 2023", unit="EUR")
t.record("rev.2024", sales.revenue[2024], "Revenue, 2024", unit="EUR")
t.record("growth.23", sales.revenue[2023] / sales.revenue[2022] - 1, "Revenue growth, 2023", like="12.3%")
t.record("growth.24", sales.revenue[2024] / sales.revenue[2023] - 1, "Revenue growth, 2024", like="1.0%")
t.record("buns.change", -0.2, "Change in buns sold, 2022 to 2024", like="-20%")
t.record("bun.items", items["items"]["bun"], "Share of buns in items sold", like="29%")
t.record("bun.share", items.share["bun"], "Share of buns in revenue", like="14%")
t.record("cake.share", items.loc["cake", "share"], "Share of cake in revenue", like="14%")
t.record("waste.bun", items.loc["bun", "waste"], "Share of buns wasted", like="7.6%")
t.record("waste.cake", items.loc["cake", "waste"], "Share of cakes wasted", like="12.8%")
t.record("delay.dublin", delays.loc["Dublin", "delay"], "Mean delay to Dublin", unit="min", like="21.4 min")
t.record("delay.oslo", delays.loc["Oslo", "delay"], "Mean delay to Oslo", unit="min", like="11.8 min")
t.record("delay.max", 52.2, "Longest delay", unit="min", like="52 min")
t.record("all", 0.114, "Turnover", like="11.4%")
t.record("support", 0.159, "Turnover, Support", like="15.9%")
t.record("high", -27.25, "Mean change in LDL, high dose", unit="mg/dL", like="27.2 mg/dL")
t.record("low", -14.0, "Mean change in LDL, low dose", unit="mg/dL", like="14.0 mg/dL")
t.record("upper", -25.85, "Upper limit of the change, high dose", unit="mg/dL", like="25.9 mg/dL")
t.record("age", 51.5, "Mean age", unit="year", like="51.5 years")
t.record("age.sd", 17.4, "Standard deviation of age", unit="year", like="17.4 years")
t.record("warming", 0.5, "Rise of temperature", unit="delta_degC", digits=1)
t.record("rent", 800, "Median rent", unit="EUR")
t.record("sqm", 17.59, "Rent per square metre", unit="EUR", like="17.59 EUR")
t.record("new", 0.411, "Conversion, new", like="41.1%")
t.record("lower", 0.34, "Conversion, new, lower limit", like="34.0%")
t.record("upper.new", 0.484, "Conversion, new, upper limit", like="48.4%")
t.record("gain", 6.1, "Conversion, new minus old", unit="percentage point", like="6.1 percentage points")
t.record("least", -3.9, "Lower limit of the gain", unit="percentage point", like="-3.9 percentage points")
t.record("in.2023", 0.75, "Income, 2023", unit="million EUR")
t.record("in.2019", 0.70, "Income, 2019", unit="million EUR", like="€0.70 million")
t.record("visits", 360, "Visits")
t.record("r", -0.4, "Effect of age, correlation", like="-0.4")"""
slipped, grew = "[1.0%](tie:growth.24)", "[12.3%](tie:growth.23)"
r22, r23, r24 = "[430 EUR](tie:rev.2022)", "[483 EUR](tie:rev.2023)", "[478 EUR](tie:rev.2024)"
high, low = "[27.2 mg/dL](tie:high)", "[14.0 mg/dL](tie:low)"
TRUE = [
    f"Revenue rose by {grew} in 2023, to {r23}, and slipped by {slipped} in the year after.",
    f"Revenue rose in 2023 and slipped by {slipped} in 2024.",
    f"Revenue peaked at {r23} in 2023 before easing to {r24}.",
    f"Revenue was {r23} in 2023 and is {r24} now.",
    f"In 2024 it fell for the first time, if only by {slipped}.",
    f"The fall under the high dose was about twice that under the low dose ({high} against {low}).",
    f"The high dose lowered LDL most, by {high} (the limit being [25.9 mg/dL](tie:upper)).",
    "LDL decreased in both arms, by [14.0](tie:low) and [27.2 mg/dL](tie:high).",
    "Although [29%](tie:bun.items) of all items sold are buns, they bring only [14%](tie:bun.share) of the"
    " money.",
    "Buns lost a fifth of their sales ([20%](tie:buns.change)).",
    "If cakes were wasted no more than buns ([7.6%](tie:waste.bun)), we would throw away far less than"
    " [12.8%](tie:waste.cake) of them.",
    "Turnover was [11.4%](tie:all), higher in Support ([15.9%](tie:support)).",
    "With [21.4 min](tie:delay.dublin), Dublin has the longest delays, [11.8 min](tie:delay.oslo) being the"
    " shortest (Oslo).",
    "Delays of up to [52 min](tie:delay.max) occurred.",
    "Delays were at most [52 min](tie:delay.max).",
    "The mean (SD) age was [51.5](tie:age) ([17.4](tie:age.sd)) years.",
    "Revenue (EUR): [430](tie:rev.2022) in 2022; [483](tie:rev.2023) in 2023.",
    "Share in revenue (%): bun [14](tie:bun.share), cake [14](tie:cake.share).",
    "The water is now half a degree ([0.5](tie:warming)) warmer.",
    "The median rent is [€800](tie:rent) per month.",
    "Rent is [€17.59](tie:sqm) per square metre.",
    "Conversion was [41.1%](tie:new) (95% CI [34.0](tie:lower) to [48.4](tie:upper.new)).",
    "Conversion was [41.1](tie:new) vs [11.4%](tie:all).",
    "The gain was [6.1](tie:gain) percentage points, with limits from [−3.9](tie:least) on.",
    "Some [360](tie:visits) visits were made.",
    "Income came to [€0.75 million](tie:in.2023) in 2023, up from [€0.70 million](tie:in.2019) in 2019.",
    "We ran the test over [360](tie:visits) visits.",
    "| Product | Revenue (%) |\n|---|---|\n| Cake | [14](tie:cake.share) |\n| Bun | [14](tie:bun.share) |",
]  # fmt: skip
FALSE = [
    f"Revenue rose by {slipped} in 2024, less than expected.",
    f"Revenue changed by {slipped} in 2024.",
    f"In 2023 revenue was {r22} and costs were the same.",
    f"It fell to {low}.",
    "They fell with age, r = [0.4](tie:r).",
    "Revenue: [430](tie:rev.2022) in 2022.",
    "Share in revenue: bun [14](tie:bun.share).",
    "Turnover was [11.4%](tie:all), higher than in Support ([15.9%](tie:support)).",
    "Buns lost a third of their sales ([20%](tie:buns.change)).",
    "Oslo has the longest delays, [11.8 min](tie:delay.oslo).",
    "Delays were less than [52 min](tie:delay.max).",
    "Delays of up to [50 min](tie:delay.max) occurred.",
    "Delays of at least [53 min](tie:delay.max) occurred.",
    "The median rent is [€800](tie:rent) per square metre.",
    "Rent is [€17.59](tie:sqm) per hour.",
    "Conversion was [41.1](tie:new).",
    "Conversion was [11.4%](tie:all), against 31 and [34](tie:lower).",
    "Income came to [€0.75 million](tie:in.2023) in 2023, down from [€0.70 million](tie:in.2019) in 2019.",
    "We counted well over [360](tie:visits) visits.",
    "Dublin has delays of [11.8 min](tie:delay.oslo).",
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rules under which each sentence is named, all of them in one book."""
    return rules_of_run(tmp_path_factory.mktemp("cautious"), [*TRUE, *FALSE], READ, RECORD)


@pytest.mark.parametrize("text", TRUE)
def test_a_right_sentence_passes_in_whatever_form(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_its_wrong_neighbour_is_named(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text]
