"""Superlatives of numbers that are the other extreme, and of the least and the most that code takes."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import pandas as pd
import tieout as t
tv = pd.DataFrame(
    {"mean": [3.82, 3.64, 3.54], "std": [2.1, 2.3, 3.08]}, index=["Democrat", "Republican", "Independent"]
)
t.table(tv, ids="tv.{index}.{column}")
t.record("mean.independent", 3.5402, "Mean of Independent", unit="day")
t.record("mean.democrat", 3.82, "Mean of Democrat", unit="day")
t.record("std.independent", 3.08, "Standard deviation, Independent")
for place, share in enumerate((1.5, 29.7, 95.4)):
    t.record(f"pid-{place}.dole", share, f"Dole voters of party {place}", unit="percent")
ages = pd.Series([19, 91])
t.record("age.least", ages.min(), "Range")
t.record("age.most", int(ages.max()), "Range, end")
"""
LEAST, MOST, WIDE = (
    "[3.54 days](tie:mean.independent)",
    "[3.82 days](tie:mean.democrat)",
    "[3.08](tie:std.independent)",
)
STRONG, WEAK = "[95.4%](tie:pid-2.dole)", "[1.5%](tie:pid-0.dole)"
TRUE = [
    f"Independents watched the least, {LEAST}, but varied the most (SD {WIDE}).",
    f"They watched the most: {MOST}.",
    f"Democrats watched the most ({MOST}).", f"They varied the most (mean {LEAST}).",
    f"The most faithful watched {LEAST}.", f"The most read paper came to {LEAST}.",
    f"Of the most, {LEAST} is little.", f"They did not watch the most, only {LEAST}.",
    f"Those of the largest group watched {LEAST}.", f"The tallest group watched {LEAST}.",
    f"Support for Dole was highest among strong Republicans, at {STRONG}.",
    f"Support for Dole was lowest among strong Democrats, at {WEAK}.",
    f"Turnout was highest among strong Democrats, with {WEAK} of them.",
    f"The largest share of Dole voters was {STRONG}.", f"The second largest share of Dole was {WEAK}.",
    "The youngest was [19](tie:age.least) and the oldest [91](tie:age.most).",
    "Of those, the oldest (youngest: [19](tie:age.least)) was [91](tie:age.most).",
]  # fmt: skip
FALSE = [
    f"Independents watched the most, {LEAST}.", f"They varied the least (SD {WIDE}).",
    f"They watched the most, at {LEAST}.",
    f"Support for Dole was lowest among strong Republicans, at {STRONG}.",
    f"The smallest dole was that of Republicans, {STRONG}.",
    "The oldest was [19](tie:age.least), and the young came later.",
    "They were many, and the youngest was [91](tie:age.most).",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("extremes"), [*TRUE, *FALSE], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_what_may_be_an_extreme_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_the_other_extreme_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["rank"]
