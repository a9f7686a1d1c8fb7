"""Days, months and years, comparisons, portions and sizes, beside the numbers of an ordinary analysis."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of_run

READ = """\
import pandas as pd
import tieout as t

lines = pd.DataFrame({"2022": [46.0, 26.0, 28.0], "2023": [43.0, 24.0, 33.0], "change_pct": [-6, -8, 18]},
    pd.Index(["bread", "cakes", "pastry"], name="line"))
lines"""
SHOPS = """\
shops = pd.DataFrame({"lower": [30, 8], "lower middle": [25, 12], "upper": [10, 43]}, ["women", "men"]).T
shops"""
RECORDED = """\
monthly = pd.Series([310, 240, 260], pd.Index(["2023-12-01", "2023-08-01", "2023-07-01"], name="month"))
table = pd.DataFrame({"change": [9.0, -1.3]}, pd.Index(["June", "May"], name="month"))
days = pd.Series([4961], ["2022-07-24"])
t.record("bread.2023", lines.loc["bread", "2023"], "Bread, 2023", unit="percent")
t.record("cakes.2023", lines.loc["cakes", "2023"], "Cakes, 2023", unit="percent")
t.record("august", monthly.loc["2023-08-01"], "Sales, August 2023")
t.record("change", monthly.loc["2023-12-01"] / monthly.loc["2023-08-01"] - 1, "Change", like="29%")
t.record("june", table.loc["June", "change"], "Change, June", unit="percent")
t.record("day", days.loc["2022-07-24"], "Rides, 2022-07-24")
t.record("trips.2022", 602, "Trips, 2022")
t.record("trips.2023", 624, "Trips, 2023")
t.record("mean", 258, "Mean month")
t.record("median", 254, "Median month")
t.record("gap.2023", 19.8, "Gap in 2023", unit="percent")
t.record("end", 1475, "At ends of weeks")
t.record("mid", 580, "In the middle")
t.record("both", 70, "Both")
t.record("all", 102, "All")
t.record("women", 36, "Women in it", unit="percent")
t.record("lower.women", shops.loc["lower", "women"], "Women, lower")
t.record("member.rides", 11.1, "Member rides", unit="percent")
t.record("casual.rides", -11.0, "Casual rides", unit="percent")"""
BREAD, CAKES, AUGUST, MORE = (
    "[43%](tie:bread.2023)",
    "[24%](tie:cakes.2023)",
    "[240](tie:august)",
    "[29%](tie:change)",
)
JUNE, DAY, MEAN, MEDIAN = "[9%](tie:june)", "[4,961](tie:day)", "[258](tie:mean)", "[254](tie:median)"
THEN, NOW, GAP = "[602](tie:trips.2022)", "[624](tie:trips.2023)", "[19.8%](tie:gap.2023)"
END, MID, BOTH, ALL = "[1,475](tie:end)", "[580](tie:mid)", "[70](tie:both)", "[102](tie:all)"
WOMEN, LOWER, RIDES = "[36%](tie:women)", "[30](tie:lower.women)", "[11.1%](tie:member.rides)"
RIGHT = [
    f"Bread, still the largest line, has {BREAD}.",
    f"Bread is the largest line, but its share fell to {BREAD}.",
    f"Cakes, the smallest line, have {CAKES}.", f"Bread is the smallest line by growth, and had {BREAD}.",
    f"It was worse than in August, which was the weakest at {AUGUST}.",
    f"July was the next, and August at {AUGUST}.",
    f"It was {MORE} above August.", f"It was {MORE} more than in August.",
    f"August was {MORE} below December.",
    f"June was the best month, up {JUNE}.", f"May was worst; June was the only month to grow, by {JUNE}.",
    f"On July 24, 2022, there were {DAY}.", f"The day after July 23 there were {DAY}.",
    f"On 24 July it was {DAY}.",
    f"It took {NOW} trips between April and October 2023, and {THEN} from April to October 2022.",
    f"It was {MEDIAN}, a shade under the mean of {MEAN}.",
    f"It was {MEAN}, well over the median of {MEDIAN}.",
    f"It widened from {GAP} in 2023 to 25.3% in 2024.", f"It narrowed from {GAP} in 2023 to 12.3%.",
    f"They made {END} tours, two and a half times their usual average of about {MID}.",
    f"Both made more than two thirds of all cases ({BOTH} of {ALL}).",
    f"Most of them ({BOTH} of {ALL}) came.",
    f"There women are in the minority, at {WOMEN}.", f"Men are in the majority there, with {WOMEN} women.",
    f"In the lower part are {LOWER}.", f"In the lower part are {LOWER}, more than in the lower middle.",
    f"Members, whose rides jumped {RIDES}, did it.",
    f"Casual riders, who love sun, left the {RIDES} to members.",
]  # fmt: skip
WRONG = [
    (f"Bread, still the smallest line, has {BREAD}.", "rank"),
    (f"Bread is the smallest line, but its share fell to {BREAD}.", "rank"),
    (f"It was worse than in July, which was the weakest at {AUGUST}.", "dated"),
    (f"It was {MORE} below August.", "turned"), (f"August was {MORE} above December.", "turned"),
    (f"April was the only month to grow, by {JUNE}.", "dated"),
    (f"On June 24, 2022, there were {DAY}.", "dated"),
    (f"It took {NOW} trips between April and October 2022.", "dated"),
    (f"It was {MEDIAN}, a shade over the mean of {MEAN}.", "qualifier"),
    (f"It narrowed from {GAP} in 2023 to 25.3% in 2024.", "turned"),
    (f"They made {END} tours, one and a half times their usual average of about {MID}.", "qualifier"),
    (f"Both made more than three quarters of all cases ({BOTH} of {ALL}).", "portion"),
    (f"There women are in the majority, at {WOMEN}.", "portion"),
    (f"In the lower middle part are {LOWER}.", "meant"),
    (f"Casual riders, whose rides jumped {RIDES}, did it, while member rides fell.", "meant"),
]  # fmt: skip


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    texts = [*RIGHT, *(text for text, _ in WRONG)]
    return rules_of_run(tmp_path_factory.mktemp("apart"), texts, READ, SHOPS, RECORDED)


@pytest.mark.parametrize("text", RIGHT)
def test_what_is_so_is_left_alone(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize(("text", "rule"), WRONG)
def test_what_is_not_so_is_named(text: str, rule: str, rules: dict[str, list[str]]) -> None:
    assert rule in rules[text]
