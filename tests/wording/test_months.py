"""Months of years before numbers that code picks by another one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tests.support.sentences import rules_of
from tieout.checks import prose
from tieout.ledger import Ledger

LEDGER = """import pandas as pd
import tieout as t
months = ["2023-02", "2023-06", "2023-10", "2024-02", "2024-06"]
monthly = pd.DataFrame({"mean": [40.4, 33.4, 23.3, 31.7, 25.0], "size": [80, 70, 89, 60, 55]}, index=months)
t.record("m.2023-02", monthly.loc["2023-02", "mean"], "Mean of 2023-02", unit="minute", like="40.4 minutes")
t.record("m.2023-06", monthly.loc["2023-06", "mean"], "Mean of 2023-06", unit="minute", like="33.4 minutes")
t.record("m.2023-10", monthly.loc["2023-10", "mean"], "Mean of 2023-10", unit="minute", like="23.3 minutes")
t.record("m.2024-06", monthly.loc["2024-06", "mean"], "Mean of 2024-06", unit="minute", like="25.0 minutes")
t.record("n.2023-10", monthly.loc["2023-10", "size"], "Patients of 2023-10")
t.record("rate.2022", 0.126, "Rate in 2022", like="12.6%")
t.record("rate.2023", 0.131, "Rate in 2023", like="13.1%")
t.record("change", monthly.loc["2024-06", "mean"] / monthly.loc["2023-06", "mean"] - 1, "Change", like="25%")
"""
feb, june, october = (
    "[40.4 minutes](tie:m.2023-02)",
    "[33.4 minutes](tie:m.2023-06)",
    "[23.3 minutes](tie:m.2023-10)",
)
later, n, change = "[25.0 minutes](tie:m.2024-06)", "[89](tie:n.2023-10)", "[25%](tie:change)"
RIGHT = [
    "The rate was [12.6%](tie:rate.2022) before and [13.1%](tie:rate.2023) in 2023.",
    f"The worst month was February 2023, with a mean wait of {feb}.", f"In June 2024 it was {later}.",
    f"In June 2024 it was {later}, a quarter shorter than the {june} of a year earlier.",
    f"In June 2023 it was {june}, and a year later {later}.",
    f"In June 2023 the mean was {june}, in June 2024 {later}.",
    f"Since June 2023 it has fallen to {later}.", f"After January 2023 the mean rose to {feb}.",
    f"In June 2023 we did not see {later} but more.", f"From June 2023 it fell by {change}.",
    f"The busiest month was October 2023, when {n} patients were seen.",
    f"In January 2023 it was lower than the {feb} of the next month.",
    f"In January 2023 the new rules came, and by February {feb} was reached.",
    
    f"In October 2023, the first month of the new system, the mean was {october}.",
    f"In June 2023 the wait was {later} twelve months on.",
    f"The year of which June 2023 is a part had {n} in October.",
]  # fmt: skip
WRONG = [
    f"The worst month was January 2023, with a mean wait of {feb}.", f"In June 2023 it was {later}.",
    f"In June 2023 it was {later}, a quarter shorter than the {june} of a year earlier.",
    f"In February 2024 the mean wait was {feb}.",
    f"The busiest month was November 2023, when {n} patients were seen.",
    f"The best month was October 2024, with a mean of {october}.", f"In Oct 2022, {n} patients were seen.",
    f"Waits fell: in June 2023 the mean was {later}.", f"During July 2024 they waited {later}.",
    f"The peak was in March 2023: {feb}.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("months"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_months_of_a_year_that_code_picks_are_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_other_months_of_a_year_are_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["dated"]


def test_the_month_that_is_named_is_the_one_before_the_number(tmp_path: Path) -> None:
    """Another stands nearer, behind it, and is of the next number."""
    code = 'import tieout as t\nt.record("use", 40853, "Use in February", unit="kWh")'
    said = "#:March is the most expensive month with [40,853 kWh](tie:use) per school, and July the cheapest."
    root = projects.create(tmp_path / "book", {"index.ipynb": ["#:# A", said, code]})
    (found,) = [each for each in prose.check(Ledger.load(root)).problems if each.rule == "dated"]
    assert "is said of March" in found.what
