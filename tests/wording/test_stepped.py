"""What rose and fell between two ties of a series, and whose number it is in its table."""

from __future__ import annotations

import pytest

from tests.support import analyses
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.notebooks.execute import execute

READ = """\
import pandas as pd
import tieout as t

year = pd.DataFrame({"demand": [49.54, 47.15, 48.18], "nuclear": [11.74, 11.85, 1.48]})
year["gas"] = [16.91, 13.29, 11.84]
year.index = [2019, 2020, 2021]"""
YEARS = """\
t.record("demand.first", year.loc[2019, "demand"], "Demand, 2019", unit="terawatt_hour")
t.record("demand.second", year.loc[2020, "demand"], "Demand, 2020", unit="terawatt_hour")
t.record("demand.third", year.loc[2021, "demand"], "Demand, 2021", unit="terawatt_hour")
t.record("nuclear.second", year.loc[2020, "nuclear"], "Nuclear, 2020", unit="terawatt_hour")
t.record("gas.third", year.loc[2021, "gas"], "Gas, 2021", unit="terawatt_hour")
year"""
CAUSES = """\
cause = pd.DataFrame({"minutes": [158.4, 49.9, 90.1], "outages": [8, 4, 3]})
cause.index = ["weather", "animals", "equipment"]
t.record("minutes.weather", cause.loc["weather", "minutes"], "Minutes, weather", unit="minute")
cause"""
FIT = """\
class fit:
    params = pd.Series({"trend": 74.7, "C(n)[T.60]": 1.38, "C(n)[T.120]": 2.22})

t.record("trend", fit.params["trend"], "Trend", unit="gigawatt_hour")
t.record("n60", fit.params["C(n)[T.60]"], "B, C(n)[T.60]", like="1.38")
t.record("n120", fit.params["C(n)[T.120]"], "B, C(n)[T.120]", like="2.22")
growth = year["demand"].pct_change() * 100
t.record("growth", (year["demand"].pct_change() * 100).loc[2021], "Demand, 2021", unit="percent", like="2.2%")
t.record("winter", 4584, "Demand in winter", unit="gigawatt_hour")
t.record("rest", 3774, "Demand in the rest", unit="gigawatt_hour")
t.record("more", 0.2146, "Change of demand", like="21%")
t.record("median", pd.Series([-0.7, -0.68, -0.1]).median(), "Median change", unit="percent", like="-0.68%")
t.record("highest", pd.Series([7356, 5369]).max(), "Maximum", unit="megawatt")"""
FIRST, SECOND = "[49.54 TWh](tie:demand.first)", "[47.15 TWh](tie:demand.second)"
THIRD = "[48.18 TWh](tie:demand.third)"
WINTER = "In winter it averaged [4,584 GWh](tie:winter)"
REST = "than in the rest of the year ([3,774 GWh](tie:rest))."
TRUE = [
    f"Sites rose by 3, from {FIRST}, and those that passed by 2, to {SECOND}.",
    f"Demand fell from {FIRST} to {SECOND}.",
    f"Demand did not rise from {FIRST} to {SECOND}.",
    f"In 2019 it was {FIRST}. Demand dropped to {SECOND} in 2020, recovered to {THIRD} in 2021.",
    f"Revenue per head fell from {FIRST} without reform to {SECOND}.",
    "Nuclear output peaked at [11.85 TWh](tie:nuclear.second) in 2020.",
    "In 2020 it had [47.15 TWh](tie:demand.second) gas and [11.85 TWh](tie:nuclear.second).",
    "With gas scarce, nuclear output was [11.85 TWh](tie:nuclear.second).",
    "It was longest for those caused by weather, [158.4 minutes](tie:minutes.weather).",
    "Outages by weather last [158.4 minutes](tie:minutes.weather).",
    "It took three times that of animals, [158.4 minutes](tie:minutes.weather).",
    "Output rises by [74.7 GWh](tie:trend) a year.",
    "A year less lowers output by [74.7 GWh](tie:trend).",
    "It was [1.38](tie:n60) higher at 60 kg.",
    "In 2021 it grew by [2.2%](tie:growth).",
    f"{WINTER}, [21%](tie:more) more {REST}",
    "The median change of demand on the same month of the year before was [−0.68%](tie:median).",
    "The mean load was moderate, the maximum [7,356 MW](tie:highest).",
    "The more than doubled load of January is no maximum of [7,356 MW](tie:highest).",
]
FALSE = [
    f"Demand rose from {FIRST} without reform to {SECOND}.",
    f"In 2019 it was {FIRST}. Demand climbed to {SECOND} in 2020.",
    "Gas output peaked at [11.85 TWh](tie:nuclear.second) in 2020.",
    "It was longest for those caused by animals, [158.4 minutes](tie:minutes.weather).",
    "Output falls by [74.7 GWh](tie:trend) a year.",
    "It was [1.38](tie:n60) lower at 60 kg.",
    "In 2021 it grew by [2.2](tie:growth) percentage points.",
    f"{WINTER}, [21%](tie:more) less {REST}",
    "The mean change of demand on the same month of the year before was [−0.68%](tie:median).",
    "The load was moderate, the minimum [7,356 MW](tie:highest).",
]


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The rules under which each sentence is named, all of them in one book."""
    said = [*TRUE, *FALSE]
    folder = tmp_path_factory.mktemp("stepped") / "report"
    root = analyses.project(folder, *(f"#:{each}" for each in said), READ, YEARS, CAUSES, FIT)
    execute(root / "penguins.ipynb", root)
    report = prose.check(Ledger.load(root))
    found: dict[str, list[str]] = {each: [] for each in said}
    for problem in report.problems:
        if problem.rule != "untied":
            place = int(problem.where.split()[1]) - 1
            found[said[place]].append(f"{problem.rule}: {problem.what}")
    return found


@pytest.mark.parametrize("sentence", TRUE)
def test_what_is_true_is_not_named(sentence: str, rules: dict[str, list[str]]) -> None:
    assert rules[sentence] == []


@pytest.mark.parametrize("sentence", FALSE)
def test_what_is_turned_or_of_another_is_named(sentence: str, rules: dict[str, list[str]]) -> None:
    assert rules[sentence]
