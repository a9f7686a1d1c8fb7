"""Months, weekdays, quarters and years beside numbers that code, or a table, picks by another one."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
dates = pd.date_range("2022-01-01", periods=6, freq="MS")
values = [350, 310, 412, 388, 290, 275]
monthly = pd.Series(values, index=dates)
periods = pd.Series(values, index=dates.to_period("M"))
named = pd.Series(values, index=["Jan", "Feb", "Mar", "Apr", "May", "Jun"])
full = pd.Series(values, index=["January", "February", "March", "April", "May", "June"])
days = pd.DataFrame({"date": pd.date_range("2022-01-01", periods=150), "rain": 2.5})
days["rain"] = days.rain + days.date.dt.month
by_month = days.groupby(days.date.dt.month).rain.mean()
weekly = pd.Series([12, 18, 25], index=["Monday", "Tuesday", "Saturday"])
quarters = pd.Series([1000, 1200, 1500], index=["Q1", "Q2", "Q3"])
yearly = pd.Series([5000, 5600, 6100], index=[2019, 2020, 2021])
t.record("visits.a", monthly.loc["2022-01-01"], "Visits")
t.record("visits.b", monthly.loc["2022-02-01"], "Visits a")
t.record("visits.c", int(monthly.loc["2022-03-01"]), "Visits b")
t.record("visits.d", periods.loc["2022-04"], "Visits in total")
t.record("vis.a", named["Jan"], "Visits c")
t.record("vis.b", named["Feb"], "Visits d")
t.record("vis.c", named["Mar"], "Visits e")
t.record("v.b", full.loc["February"], "Visits f")
t.record("rain.b", by_month[2], "Rain")
t.record("rain.c", days.groupby(days.date.dt.month).rain.mean().loc[3], "Rain there")
t.record("week.a", weekly["Saturday"], "Loans")
t.record("week.b", weekly.loc["Monday"], "Loans a")
t.record("sales.a", quarters["Q1"], "Sales")
t.record("sales.b", quarters["Q2"], "Sales a")
t.record("members.a", yearly[2020], "Members")
t.record("members.b", yearly.loc[2021], "Members a")
t.record("v.february", 317, "Something")
index = 100 * named / named["Jan"]
t.record("index", index.max(), "Index", like="118")
t.record("wet", len(days[days.date.dt.month != 4]) / 120, "Wet days")
t.record("sum", int(monthly.loc["2022-01":"2022-03"].sum()), "Visits g")
t.record("rest", len(days[(days.date.dt.month == 1) | (days.rain > 100)]) / 15.5, "Rest")
t.record("gap", named["Mar"] - named["Jan"], "Gap")
t.record("rain.mask", days[(days.date.dt.month == 3) & (days.rain > 0)].rain.mean(), "Rain of a day")
t.record("rain.query", days.assign(month=days.date.dt.month).query("month == 3").rain.mean(), "Rain a day")
t.record("stamp", monthly[pd.Timestamp(2022, 3, 1)], "Visits h")
for day, n in weekly.items():
    t.record(f"daily.{day.lower()}", int(n) * 3, f"Visits in all, {day}")
t.table(pd.DataFrame({"stays": [31, 41, 51]}, index=dates[:3]), ids="w.{column}.{index}")
t.table(pd.DataFrame({"nights": [32, 42, 52]}, index=dates[:3].to_period("M")), ids="w.{column}.{index}")
"""
J, F, M, A = "[350](tie:visits.a)", "[310](tie:visits.b)", "[412](tie:visits.c)", "[388](tie:visits.d)"
j, f, m, f2 = "[350](tie:vis.a)", "[310](tie:vis.b)", "[412](tie:vis.c)", "[310](tie:v.b)"
r2, r3 = "[4.5](tie:rain.b)", "[5.5](tie:rain.c)"
sat, mon = "[25](tie:week.a)", "[12](tie:week.b)"
q1, q2 = "[1,000](tie:sales.a)", "[1,200](tie:sales.b)"
y20, y21 = "[5,600](tie:members.a)", "[6,100](tie:members.b)"
RIGHT = [
    f"From {F} it grew in March to {M}.", f"The {F} grew in March to {M}.", f"The {F} was revised in March.",
    f"The {F} went in March to {M}.", f"In the 12 months to March the low was {F}.",
    f"The {F} of February was published in March.", f"In March 2022 {M} came, and in February 2022 {F}.",
    f"In March 2021 it was 300, and a year later {M}.", f"February’s figure, {F}, appeared in March.",
    f"The {F} is the low from which visits rose in March.", f"The {F} had been forgotten by March.",
    f"After {F}, March brought {M}.", f"With {F} behind it, the clinic began March with hope.",
    f"In March visits recovered from {F}.", f"In March, visits were {M}, after a February of {F}.",
    f"Founded in 1995, with {y21} members at its height, it is large.",
    f"Visits were higher than in February ({M} against 310).", f"That is double that of February ({M}).",
    f"A rise on February ({M} against 310).", f"It was opened in March ({F} visits then).",
    f"In March there were not {F} visits but more.", f"Up on February: {M}.",
    f"In March visits grew a third on {F}.", f"Better than on Saturday, with {mon}.",
    f"Better than in Q1, at {q2}.",
    "In February there were [41](tie:w.stays.2022-02-01-00-00-00) stays, more than in January.",
    "In March the index peaked at [118](tie:index).", "In May the wet days, [1](tie:wet), were few.",
    "In January to March there were [1,072](tie:sum).", "In April the rest was [2](tie:rest).",
    "In March it was [62](tie:gap) more than in January.", "On 1 March the rain was [5.5](tie:rain.mask).",
    "On Saturday there were [75](tie:daily.saturday).",
    f"Of the {y21} members born in 1990, most live here.", f"In 2019 prices, the {y21} members paid more.",
    f"In March the clinic saw {M} patients.", f"Visits went from {F} in February to {M} in March.",
    f"Visits rose from {J} in January to {M} in March.",
    f"In January, February and March: {J}, {F} and {M}.",
    f"The counts for January, February and March were {J}, {F} and {M} respectively.",
    f"Since March, when it was {M}, it has fallen; April had {A}.",
    f"By the end of March, {M} people had come.", f"March's {M} was above February's {F}.",
    f"Compared with January, visits in February were lower at {F}.",
    f"After a slow February, the clinic saw {M} patients.",
    f"After the slow February the clinic recovered to {M}.",
    f"Unlike in February, {M} patients came in the third month.",
    f"Between January and March visits rose to {M}.",
    f"The clinic closed for a week in February; it saw {M} patients in the month after.",
    f"A year that began with {j} visits in January ended weakly.",
    f"In February there were {f} visits, {m} in March.",
    f"There were {f} visits in February and {m} in March.",
    f"There were {m} visits in March (February: {f}).", f"March ({m}) was busier than February ({f}).",
    f"March, at {m}, was busier than January.", f"The peak of {m} came in March.",
    f"It rained {r2} in February, {r3} in March.",
    f"Loans peaked on Saturday at {sat}, against {mon} on Monday.",
    f"On Saturdays {sat} books are lent, on Mondays {mon}.",
    f"From Monday to Saturday loans doubled to {sat}.",
    f"In the first quarter sales were {q1}, in the second {q2}.", f"Q1 brought {q1}, Q2 {q2}.",
    f"Sales of {q2} in Q2 beat the {q1} of Q1.", f"In 2020 there were {y20} members, in 2021 {y21}.",
    f"Membership grew from {y20} in 2020 to {y21} a year later.",
    f"From 2019 to 2021 membership rose to {y21}.",
    f"In February, visits fell to {f2}, from {J} in January.",
    f"The survey of March covers {F} visits of the month before.",
    f"February was quiet, with {F} visits, before March brought {M}.",
    f"In May we counted again: February had {F}.",
    f"In March, visits were up by a third on February’s {F}.",
    f"In March, after {F} in February, visits rose.",
    f"In March the clinic passed the {F} of the month before.",
    f"A report published in June gives {F} for February.",
    f"With {F} visits, it was the slowest month until May.",
    f"In April it reopened, and had {A} visits, more than the {F} it had two months earlier.",
    f"In March the clinic saw 102 more than the {F} it had seen in the month before.",
    f"The March to May average was above the {F}.",
    f"We march on: {F} visits may not be enough, and may fall.",
    f"In January it was {J}; it then dropped by the next month to {F}.",
    f"Until March, the low of {F} stood.", f"By March the {F} of February had been forgotten.",
    f"Of the {F} visits in February, most were in the first week; March saw more.",
    f"March saw a third more visits than February’s {F}.",
    f"Not March but February was the low point, with {F} visits.",
    f"The figures for March are not yet in; {F} is that of February.",
    f"March, the month of the storm, had {M} visits, and February {F}.",
    f"In March we changed the rota. Visits had been {F} in February.",
    f"When the March figures came in, visits were down to {F}.",
    f"In March, staff looked back at {F} visits.",
    f"The clinic was closed in the last week of April, and still saw {A} patients.",
    f"The April of the strike saw {A} visits.", f"(February: {f}; March: {m}.)",
    f"{j}, {f} and {m} visits in January, February and March.",
    f"January and February together had fewer visits than twice {M}.",
    f"Between them, January ({J}) and February ({F}) had more than March.",
    f"On average it was higher in March than in February ({F}).",
    f"Visits in March were higher than in February ({M} against {F}).",
    f"Visits in March were higher than in February: {M} against {F}.",
    f"Visits were higher in March than in February, at {M}.",
    f"Visits in February ({F}) were lower than in March ({M}) and in January ({J}).",
    f"In March, as the weather improved, {M} people came.", f"In March, up from {F}, {M} people came.",
    f"In March the number of visits rose by a third, from {F} to {M}.",
    f"The spring began well: {M} visits in March, {A} in April.",
    f"The spring began well, with {M} and {A} visits in March and April.",
    f"The spring began well, with {M} and {A} visits in March and April respectively.",
    f"April’s {A} fell short of March’s {M}.", f"Visits in April fell short of March’s {M}.",
    f"From February on, {F} was the number to beat.", f"Between February and April, visits rose to {A}.",
    f"The February dip ({F}) was made up by April ({A}).",
    f"For March {M} visits were reported, for April {A}.",
    f"By April the March number of {M} had not been reached again.",
    f"January had {J} visits and was followed by {F} in the next month.",
    f"January was better than February, with {J} visits.",
    f"January was better than February with its {F} visits.", f"May be it was {F}; may be not.",
    f"April, our nurse, counted {F} visits.",
    f"Loans on Saturday ({sat}) are twice those on Monday ({mon}).",
    f"Saturday, unlike Monday, had {sat} loans.",
    f"The library opened on Monday, and by Saturday it had lent {sat} books that day.",
    f"Monday is quiet with {mon} loans, Saturday is not with {sat}.",
    f"Except on Saturday, loans stay near {mon}.",
    f"Apart from Saturday with {sat} loans, no day reached 20.", f"Q2 beat Q1 by a fifth, with {q2}.",
    f"Sales in Q2 were a fifth above the {q1} of the first quarter.",
    f"Sales rose in Q2 from {q1} to {q2}.", f"In Q2 sales rose from {q1} to {q2}.",
    f"The first quarter of the sample spent {q2}.", f"In 2021, membership was {y21}, up from {y20}.",
    f"In 2021 membership rose from {y20} to {y21}.", f"In 2019 we set out to reach {y21} members.",
    f"Founded in 1995, the club had {y21} members.", f"The 2021 report counts {y20} members for 2020.",
    f"In its 2021 report, the club gave {y20} members for the year before.",
    f"A survey in 2022 found {y21} members in 2021.", f"Membership, {y20} in 2020, was {y21} in 2021.",
    f"It took until 2021 to pass {y20}.", f"Since 2019, membership has risen to {y21}.",
    f"Membership has grown since 2019 and stood at {y21} in 2021.",
    f"After the launch in 2019, there were {y20} members within a year.",
    f"In 2019 the club opened, and had {y20} members after a year.",
    f"In 2021, the club, founded in 1995 with 12 people, had {y21} members.",
    f"| Month | Visits |\n|---|---|\n| February | {F} |\n| March | {M} |",
    f"| | February | March |\n|---|---|---|\n| Visits | {f} | {m} |",
    f"| Month | Visits | February before |\n|---|---|---|\n| March | {M} | {F} |",
]  # fmt: skip
WRONG = [
    "In February the rain was [5.5](tie:rain.mask).", "In April it was [5.5](tie:rain.query).",
    "In April [412](tie:stamp) came.",
    "In March there were [317](tie:v.february).", "On Monday there were [75](tie:daily.saturday).",
    "In March there were [41](tie:w.stays.2022-02-01-00-00-00) stays.",
    "In January [52](tie:w.nights.2022-03) nights.", f"| Month | Visits |\n|---|---|\n| March | {F} |",
    f"| | Mar | Feb |\n|---|---|---|\n| Visits | {f} | {m} |", f"March’s {F} was above February’s {M}.",
    f"The dip came in April ({F}).", f"Visits fell to {F} in March.",
    f"In March, just {F} visits were counted.", f"Saturday ({mon}) was busiest.",
    f"Sales in Q2 ({q1}) were low.", f"During April, {J} people came.",
    f"The busiest month was April, with {M} visits.", f"The busiest month was April ({M}).",
    f"The busiest month, April, had {M} visits.", f"In March the clinic saw {F} patients.",
    f"In February the clinic saw {M} patients.", f"Visits peaked in April, at {M}.",
    f"There were {J} visits in February.", f"The clinic had {f} visits in March.",
    f"March ({f}) was quiet.", f"In June it was {f2}.", f"Visits rose from {J} in March to {M} in January.",
    f"It rained {r2} in March.", f"In March it rained {r2}.", f"On Mondays {sat} books are lent.",
    f"Loans peaked on Friday at {sat}.", f"In the second quarter sales were {q1}.",
    f"Sales were {q2} in Q1.", f"Q3 brought {q2}.", f"In 2021 there were {y20} members.",
    f"Membership was {y21} in 2019.", f"In January, February and March: {J}, {M} and {F}.",
    f"January’s {F} was low.", f"The peak of {m} came in May.", f"April had {M} visits.",
    f"In March there were {f} visits, {m} in February.", f"February saw {A} visits.",
    f"March was busiest with {J} visits.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these texts, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("timed"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_a_number_beside_its_own_time_or_that_of_another_number_is_left_alone(
    text: str, found: dict[str, list[str]]
) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_a_number_that_is_said_of_another_time_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert "dated" in found[text]
