"""Sentences as analysts write them of a trial and a ward, right ones and wrong ones of many kinds."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

CODE = """\
import pandas as pd
import tieout as t

response = pd.Series({"treatment": 0.58, "placebo": 0.31})
stays = pd.DataFrame({"kind": [1, 1, 0, 0], "nights": [6.1, 6.0, 5.0, 4.9]})
t.record("n.women", 239, "Women")
t.record("share.women", 0.747, "Share of women", like="75%")
t.record("change", -7.5, "Mean change in score, treatment")
t.record("change.diff", -4.3, "Difference in change, treatment minus placebo")
t.record("ratio", 1.86, "Odds ratio of response, treatment against placebo")
t.record("risk", response["treatment"] / response["placebo"], "Response, treatment to placebo", like="1.9")
t.record("low", 1.2, "Odds ratio, lower end of the 95% interval")
t.record("high", 2.9, "Odds ratio, upper end of the 95% interval")
t.record("age", 53.8, "Mean age", unit="year")
t.record("age.sd", 11.0, "Standard deviation of age", unit="year")
t.record("r2", 0.07, "Pseudo R squared")
t.record("events", 46, "Patients with adverse events")
t.record("left", 29, "Patients who dropped out")
t.record("left.share", 0.09, "Share who dropped out", like="9%")
t.record("leeds", 153, "Patients, Leeds")
t.record("leeds.share", 0.48, "Share of patients, Leeds", like="48%")
t.record("dundee", 40, "Patients, Dundee")
t.record("baseline", 24.3, "Mean score at baseline")
t.record("week12", 18.9, "Mean score at week 12")
t.record("n.2022", 94, "Stays in 2022")
t.record("n.2023", 216, "Stays in 2023")
t.record("nights.change", -0.2, "Change in mean stay, 2022 to 2023")
t.record("january", 56, "Admissions in January")
t.record("most", 56, "Admissions in the busiest month")
emergency, planned = stays[stays.kind == 1], stays[stays.kind == 0]
gap = emergency.nights.mean() - planned.nights.mean()
t.record("gap", gap, "Difference in nights, emergency minus planned")
t.record("visits", len(stays), "Stays")
t.record("long", (stays.nights > 5).sum(), "Stays of more than five nights")
t.record("north", 0.66, "Share satisfied, north", like="66%")
t.record("both", stays.nights[0] - stays.nights[2], "Carbon, compost minus untreated")
t.record("yield", 7.0, "Yield with compost, t/ha")
t.record("acid", 6.5, "Mean pH")
t.record("grown", 290 / 99, "New customers, 2023 over 2021", like="2.9")
t.record("five", 156, "People who ride on five days or more")
t.record("share.gap", 0.24, "Difference of shares", like="24%")
t.record("orders", 1854, "Orders")
t.record("customers", 600, "Customers")
cards = pd.Series([1.9, 1.54])
t.record("cards", cards[1] - cards[0], "Cards per match, home minus away")
t.record("sunny", 2465, "Mean consumption with solar panels")
t.record("dark", 3304, "Mean consumption of other homes")
t.record("saving", 839, "Saving with solar panels")
t.record("rise", 0.21, "Growth in goals, 2021 to 2023", like="21%")
t.record("four", 153, "Households of four or more")
t.record("r", 0.38, "Correlation of shots and goals")
t.record("missed", 7.4, "Days absent, Fir")
t.record("million", 3.05, "Cost of a school, million")
t.record("lent", 360, "Loans")
t.record("central", 180, "Loans, Central")
t.record("weeks", 94, "Loans of more than 21 days")
t.record("absence", -0.95, "Correlation of absence and score")
t.record("old", 0.97, "Share of geriatrics among the old", like="97%")"""
CHANGE, DIFF, SD = "[7.5](tie:change)", "[4.3](tie:change.diff)", "[11.0](tie:age.sd)"
LEEDS, DUNDEE, RATIO = "[153](tie:leeds)", "[40](tie:dundee)", "[1.86](tie:ratio)"
LOW, HIGH = "[1.2](tie:low)", "[2.9](tie:high)"
TRUE = [
    f"Symptoms improved by {CHANGE} points.",
    f"Patients on placebo improved by {DIFF} points less than those who were treated.",
    f"They were [53.8](tie:age) years old on average (SD {SD}).",
    f"Leeds contributed {LEEDS} patients, nearly half of all ([48%](tie:leeds.share)).",
    f"Leeds enrolled almost four times as many patients ({LEEDS}) as Dundee ({DUNDEE}).",
    f"Treatment nearly doubled the odds of response ({RATIO}).",
    f"The odds ratio is {RATIO} (95% CI {LOW} to {HIGH}).",
    "Stays became slightly shorter in 2023, by [0.2](tie:nights.change) nights.",
    "January is the busiest month, with [56](tie:january) admissions.",
    "No month has more than [56](tie:most) admissions.",
    "In all, [239](tie:n.women) of the participants were women, far more than men.",
    "Of the [46](tie:events) patients with side effects none dropped out.",
    "The score fell from [24.3](tie:baseline) at baseline to [18.9](tie:week12) at week 12.",
    "Nearly all of them ([97%](tie:old)) are in geriatrics.",
    "Half of stays, [2](tie:long), took more than five nights.",
    "Of those in the north half of stays, [2](tie:long), and more, were long.",
    "Two thirds of people are satisfied ([66%](tie:north)).",
    "In all, [29](tie:left) trips were cancelled, fewer than one in ten ([9%](tie:left.share)).",
    "Compost raised carbon by [1.1](tie:both) points.",
    "Untreated plots hold [1.1](tie:both) points less carbon than composted ones.",
    "With compost it was [7.0](tie:yield) t/ha at pH [6.5](tie:acid), and pH&nbsp;[6.5](tie:acid) without.",
    "New customers nearly tripled ([2.9](tie:grown)).",
    "Rates differ by [24](tie:share.gap) points.",
    "The shop took [1,854](tie:orders) orders.",
    "Pupils at Fir miss [7.4](tie:missed) days.",
    "A school costs [3.05](tie:million) million.",
    "They lent [360](tie:lent) items, half of them ([180](tie:central)) at Central.",
    "In all, [94](tie:weeks) lasted more than three weeks.",
    "Absence and scores are negatively correlated ([−0.95](tie:absence)).",
    "Visitors see more cards, by [0.36](tie:cards) a match.",
    "Homes with panels on the roof need [2,465](tie:sunny), those without far more.",
    "Panels save [839](tie:saving) a year.",
    "Without solar panels a home draws [3,304](tie:dark) instead of [2,465](tie:sunny).",
    "With panels they need little, and without solar panels more, instead of [2,465](tie:sunny) now.",
    "Goals rose by [21%](tie:rise) from 2021 to 2023.",
    "Four people or more live in [153](tie:four) homes.",
    "Sides that shoot more score more (r = [0.38](tie:r)).",
    "Fewer than one in ten, [9%](tie:left.share), dropped out.",
    "Emergency patients stay [1.1](tie:gap) nights longer than planned ones.",
    "Planned patients go home sooner than emergencies, by [1.1](tie:gap) nights.",
    "Treated patients were [1.9](tie:risk) times more likely to respond than those on placebo.",
    "The model explains little of the variation: pseudo R² is [0.07](tie:r2).",
]
FALSE = [
    f"Leeds enrolled twice as many patients ({LEEDS}) as Dundee ({DUNDEE}).",
    f"Treatment halved the odds of response ({RATIO}).",
    f"The odds ratio is {RATIO} (95% CI {HIGH} to {LOW}).",
    f"The odds ratio is {RATIO} (90% CI {LOW} to {HIGH}).",
    "In all, [239](tie:n.women) of the participants were men.",
    "Men made up [75%](tie:share.women) of the participants.",
    "In all, [46](tie:events) patients dropped out.",
    "Here [29](tie:left) patients had an adverse event.",
    "The mean score was [18.9](tie:week12) at baseline.",
    "Stays tripled, from [94](tie:n.2022) in 2022 to [216](tie:n.2023) in 2023.",
    "Hardly any of them ([97%](tie:old)) are in geriatrics.",
    "More than one in ten, [9%](tie:left.share), dropped out.",
    "Emergency patients stay [1.1](tie:gap) nights shorter than planned ones.",
    "Planned patients stay longer than emergencies, by [1.1](tie:gap) nights.",
    "Treated patients were [1.9](tie:risk) times less likely to respond than those on placebo.",
    "The model explains most of the variation: pseudo R² is [0.07](tie:r2).",
    f"The variance of age is {SD} years.",
    "A quarter of stays, [2](tie:long), took more than five nights.",
    "Fewer than half of people are satisfied ([66%](tie:north)).",
    "Compost lowered carbon by [1.1](tie:both) points.",
    "Untreated plots hold [1.1](tie:both) points more carbon than composted ones.",
    "New customers doubled ([2.9](tie:grown)).",
    "Here [156](tie:five) people ride on three days or more.",
    "A majority of [9%](tie:left.share) dropped out.",
    "The shop has [1,854](tie:orders) customers.",
    "They lent [360](tie:lent) items, a quarter of them ([180](tie:central)) at Central.",
    "In all, [94](tie:weeks) lasted more than 14 days.",
    "Absence and scores are positively correlated ([−0.95](tie:absence)).",
    "A school costs [3.05](tie:million) billion.",
    "Homes without solar panels need [2,465](tie:sunny).",
    "Panels cost households [839](tie:saving) a year.",
    "Goals rose by [21%](tie:rise) from 2022 to 2023.",
    "Three people or more live in [153](tie:four) homes.",
    "Sides that shoot more score less (r = [0.38](tie:r)).",
    f"Leeds enrolled twice as many patients as Dundee ({LEEDS} against {DUNDEE}).",
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rules under which each sentence is named, all of them in one book."""
    return rules_of(tmp_path_factory.mktemp("read"), [*TRUE, *FALSE], CODE)


@pytest.mark.parametrize("text", TRUE)
def test_a_right_sentence_is_left_alone(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_a_wrong_sentence_is_named(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text]
