"""Two directions beside a correlation."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
t.record("rating", -0.68, "Wait and rating", like="−0.68")
t.record("spend", 0.45, "Advertising and sales")
t.record("slope", -1.3, "Slope of yield on salinity", like="−1.3")
t.record("share", 0.31, "Share of the variance")
"""
DOWN, UP, SLOPE = "[−0.68](tie:rating)", "[0.45](tie:spend)", "[−1.3](tie:slope)"
RIGHT = [
    f"Older fields have higher yields (b = {SLOPE} for young ones).",
    f"Sales rose with the new rules (r = {DOWN}).",
    f"Older fields have higher yields (b = {SLOPE}).",
    f"Sales went negatively with price (r = −0.2) and positively with advertising (r = {UP}).",
    f"Ratings are negatively related to waits (r = {DOWN}).",
    f"Longer waits get lower ratings (r = {DOWN}).", f"Larger budgets bring more sales (r = {UP}).",
    f"Ratings go down as waits go up (r = {DOWN}).", f"As waits go up, ratings go down (r = {DOWN}).",
    f"Ratings go up as waits go down (r = {DOWN}).",
    f"The longer the wait, the lower the rating (r = {DOWN}).",
    f"Longer waits go with lower ratings (r = {DOWN}).", f"Ratings fall with longer waits (r = {DOWN}).",
    f"Shorter waits are associated with higher ratings (r = {DOWN}).",
    f"Sales rise with advertising (r = {UP}).",
    f"Sales rise as advertising rises (r = {UP}).", f"More advertising means higher sales (r = {UP}).",
    f"Less advertising goes with lower sales (r = {UP}).", f"Yield falls with salinity (b = {SLOPE}).",
    f"Ratings do not go up as waits go up (r = {DOWN}).",
    f"Nobody expects that ratings go up as waits go up (r = {DOWN}).",
    f"One might think that higher waits go with higher ratings (r = {DOWN}).",
    f"Waits rose in winter and ratings went with them (r = {DOWN}).",
    "Sales fell with the old campaign, and advertising explains a part ([31%](tie:share)).",
    f"Ratings rose as waits fell, with a correlation of {DOWN}.",
    f"Fewer advertisements are linked to fewer sales (r = {UP}).",
    f"Larger clinics have more patients; ratings and waits differ (r = {DOWN}).",
]  # fmt: skip
WRONG = [
    f"Sales went positively with price (r = 0.2) and negatively with advertising (r = {UP}).",
    f"More advertising brings fewer sales (r = {UP}).", f"Longer waits get higher ratings (r = {DOWN}).",
    f"Ratings go up as waits go up (r = {DOWN}).", f"As waits go up, ratings go up (r = {DOWN}).",
    f"Ratings go down as waits go down (r = {DOWN}).",
    f"The longer the wait, the higher the rating (r = {DOWN}).",
    f"Longer waits go with higher ratings (r = {DOWN}).", f"Ratings rise with longer waits (r = {DOWN}).",
    f"Longer waits are associated with higher ratings (r = {DOWN}).",
    f"Sales fall with advertising (r = {UP}).",
    f"Sales fall as advertising rises (r = {UP}).", f"More advertising means lower sales (r = {UP}).",
    f"Ratings rose as waits rose, with a correlation of {DOWN}.",
    f"Ratings went up sharply as mean waits increased (Spearman's ρ = {DOWN}).",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("paired"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_directions_that_fit_a_correlation_are_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_directions_against_a_correlation_are_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["turned"]
