"""*Ahead of* and *behind* of two numbers set in order, and of a difference: the wrong way round is named."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
wins = {"home": 46.1, "away": 32.2}
t.record("leads.search", 2600, "Leads, search")
t.record("leads.ads", 1900, "Leads, ads")
t.record("time.smith", 58.2, "Time, Smith", unit="s")
t.record("time.jones", 59.1, "Time, Jones", unit="s")
t.record("jobless.poland", 3.1, "Unemployed, Poland", unit="percent")
t.record("jobless.spain", 11.9, "Unemployed, Spain", unit="percent")
t.record("wins.apart", wins["home"] - wins["away"], "Difference of wins", unit="percentage_point",
         like="13.9 percentage points")
"""
SEARCH, ADS = "[2,600](tie:leads.search)", "[1,900](tie:leads.ads)"
WINS = "[13.9 percentage points](tie:wins.apart)"
SMITH, JONES = "[58.2 s](tie:time.smith)", "[59.1 s](tie:time.jones)"
POLAND, SPAIN = "[3.1%](tie:jobless.poland)", "[11.9%](tie:jobless.spain)"
TRUE = [
    f"Search brought most leads, {SEARCH}, ahead of ads with {ADS}.",
    f"Search came first with {SEARCH} in 2024, well ahead of ads ({ADS}).",
    f"With {ADS} leads, ads came last, behind search with {SEARCH}.",
    f"Ads had the second most leads, {ADS}, behind search with {SEARCH}.",
    f"Smith was first in {SMITH}, ahead of Jones with {JONES}.",
    f"Poland did best at {POLAND}, ahead of Spain with {SPAIN}.",
    f"The lowest rate was that of Poland at {POLAND}, ahead of Spain ({SPAIN}).",
    f"Search was not first with {SEARCH}, behind ads with {ADS}.",
    f"The most leads came late, {SEARCH}, behind schedule, with {ADS} left.",
    f"Home wins were ahead of away wins by {WINS}.",
    f"Away wins were behind home wins by {WINS}.",
    f"Away wins were {WINS} behind home wins.",
]
FALSE = [
    f"Search brought most leads, {SEARCH}, behind ads with {ADS}.",
    f"Search came first with {SEARCH} in 2024, just behind ads ({ADS}).",
    f"Ads had the most leads, {ADS}, ahead of search with {SEARCH}.",
    f"Home wins were behind away wins by {WINS}.",
    f"Away wins were {WINS} ahead of home wins.",
]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("ahead"), [*TRUE, *FALSE], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_what_may_be_ahead_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_what_is_ahead_is_not_behind(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["turned"]
