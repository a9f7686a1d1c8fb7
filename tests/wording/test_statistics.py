"""Mean, median, largest, least and sum against what the code of a number takes."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import numpy as np
import tieout as t
df = pd.DataFrame({"site": ["a", "b"] * 5, "age": [30, 41, 35, 60, 22, 51, 47, 38, 29, 78]})
df["kg"] = range(50, 60)
t.record("a.one", df.age.mean(), "Age", like="43.1")
t.record("a.two", df.age.median(), "Age of them")
t.record("a.three", df.age.sum(), "Years")
t.record("a.four", df.age.max(), "Oldest")
t.record("a.five", df.age.min(), "Youngest")
t.record("a.six", df["age"].std(), "Spread", like="16.6")
t.record("b.one", np.median(df.age), "Ages")
t.record("b.two", df.groupby("site").age.mean()["a"], "Age at a", like="32.6")
t.record("b.three", df.groupby("site").age.median().loc["b"], "Age at b")
t.record("b.four", df.describe().loc["50%", "kg"], "Weight")
t.record("b.five", df.describe().loc["mean", "kg"], "Weight of all")
t.record("c.one", df.groupby("site").age.max().mean(), "Ends")
t.record("c.two", df.groupby("site").age.sum().max(), "Most at a site")
t.record("c.three", df.age.quantile(0.5), "Ages again")
t.record("e.one", df[df.site == "b"].age.mean(), "At b")
t.record("e.two", (df.age > 42).mean(), "Over 42")
df2 = pd.DataFrame({"median_income": [28, 32], "mean_temp": [5, 9]})
t.record("d.one", df2.median_income.mean(), "Income")
t.record("d.two", df2["median_income"].mean(), "Income of both")
t.record("d.three", df2.mean_temp.max(), "Temperature")
t.record("c.four", len(df), "People")
t.record("c.five", df.groupby("site").agg({"age": "median"}).loc["a", "age"], "Site a")
"""
a1, a2, a3 = "[43.1](tie:a.one)", "[39.5](tie:a.two)", "[431](tie:a.three)"
a4, a5, a6 = "[78](tie:a.four)", "[22](tie:a.five)", "[16.6](tie:a.six)"
b1, b2, b3 = "[39.5](tie:b.one)", "[32.6](tie:b.two)", "[51](tie:b.three)"
b4, b5, c1 = "[54.5](tie:b.four)", "[54.5](tie:b.five)", "[62.5](tie:c.one)"
c2, c3, c4 = "[268](tie:c.two)", "[39.5](tie:c.three)", "[10](tie:c.four)"
c5 = "[30](tie:c.five)"
RIGHT = [
    f"Of those at b the mean was [53.6](tie:e.one), of all {a1}.",
    "On average [0.4](tie:e.two) are over 42.", "A share of [0.4](tie:e.two), and the median is 39.5.",
    "The median person is not one of the [0.4](tie:e.two).",
    f"The average person has a tenth of it: {a3} for ten people.",
    f"The average person has 43, ten people {a3}.", f"The average of the oldest is {c1}.",
    f"On average the oldest was {c1}.", f"The highest mean was {c2}.", "Median income was [30](tie:d.one).",
    "The mean of the medians is [30](tie:d.two).", f"The average was low in all but one, at {a4}.",
    f"The average visitor reached {a4} at the end.", "Mean temperatures reached [9](tie:d.three).",
    "The warmest mean was [9](tie:d.three).", "Mean temperature was [9](tie:d.three) in the warmest month.",
    f"The median site had {a4} as a bound.", f"The maximum and minimum were {a4} and {a5}.",
    f"The minimum of the daily maximum was {a5}.", f"The mean age was {a1}.",
    f"On average they were {a1} years old.".replace(" years old"," old"),
    f"The median age was {a2}, below the mean of {a1}.", f"Half were older than {a2}.",
    f"Together they have lived {a3}.", f"The total was {a3}.", f"The maximum was {a4}, the minimum {a5}.",
    f"Ages ran from {a5} to {a4}.", f"The standard deviation was {a6}.", f"They averaged {a1} (SD {a6}).",
    f"The median was {b1}.", f"At site a the mean was {b2}.", f"At site b the median was {b3}.",
    f"The median weight was {b4}, the mean {b5}.", f"The average maximum of the sites was {c1}.",
    f"The mean of the two maxima was {c1}.", f"The largest total was {c2}.",
    f"The highest sum of any site was {c2}.", f"The middle value was {c3}.", f"In total {c4} people came.",
    f"The sample maximum on average is {c1}.", f"A median of {c5} at site a.",
    f"The oldest was {a4}, far above the average.",
    f"The average person is younger than the oldest, who is {a4}.",
    f"Compared with the mean, the median of {a2} is low.", f"The median, {a2}, is less than the mean.",
    f"The total number of years is {a3}, the mean a tenth of it.",
    f"The mean of ten is {a1}, and the maximum {a4}.", f"In all, {a3} years.".replace(" years",""),
    f"The minimum age was {a5} and the mean {a1}.", f"The youngest, at {a5}, is half the median.",
    f"No mean but a median: {a2}.", f"The mean total of the sites peaked at {c2}.",
    f"The mean minimum was low; the mean was {a1}.",
]  # fmt: skip
WRONG = [
    "Of those at b the median was [53.6](tie:e.one).", f"The median age was {a1}.",
    f"The mean age was {a2}.", f"On average they were {a2} old.", f"The maximum was {a5}.",
    f"The minimum was {a4}.", f"The mean was {a3}.", f"The mean was {a4}.", f"The average was {a4}.",
    f"The median was {a4}.", f"The mean was {a6}.", f"The mean was {b1}.",
    f"At site a the median was {b2}.", f"At site b the mean was {b3}.", f"The mean weight was {b4}.",
    f"The median weight was {b5}.", f"The mean was {c3}.", f"They averaged {a4}.",
    f"The mean at site a was {c5}.", f"The highest was {a5}.", f"The youngest was {a4}.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("statistics"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_the_statistic_that_code_takes_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_another_statistic_than_code_takes_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text]
