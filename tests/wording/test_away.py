"""Words of direction away from their number, and before two numbers of which one alone has its unit."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
import pandas as pd
old, new, low = 4480.0, 5020.0, 3820.0
sales = pd.Series([old, new])
t.record("growth", 100 * (new / old - 1), "Growth of sales", unit="percent", like="12%")
t.record("change", 100 * sales.pct_change().iloc[1], "Change of sales", unit="percent", like="12%")
t.record("fall", 100 * (low / old - 1), "Change of visits", unit="percent", like="−15%")
t.record("sales.old", old, "Sales before")
t.record("sales.new", new, "Sales after")
t.record("visits.old", 4.48, "Visits before")
t.record("visits.new", 3.82, "Visits after", unit="milligram / liter", like="3.82 mg/L")
t.record("or.dep", 0.86, "Odds ratio of dependence")
t.record("or.patch", 2.98, "Odds ratio of the patch")
"""
g, c, f = "[12%](tie:growth)", "[12%](tie:change)", "[−15%](tie:fall)"
so, sn, vo = "[4,480](tie:sales.old)", "[5,020](tie:sales.new)", "[4.48](tie:visits.old)"
vn, od, op = "[3.82 mg/L](tie:visits.new)", "[0.86](tie:or.dep)", "[2.98](tie:or.patch)"
fp = "[15%](tie:fall)"
RIGHT = [
    f"Sales grew over the year, by {g}.", f"Sales rose over the year, by {c}.",
    f"Visits fell over the year, by {fp}.", f"Over the year there was a rise in sales of {g}.",
    f"We saw a rise, in all shops together, of {g}.",
    f"Visits dropped over the year, by {fp}, after a rise the year before.",
    f"Sales fell at first and then rose, by {g} over the year.",
    f"Sales, which had fallen the year before, rose by {g}.", f"Costs fell while sales rose, by {g}.",
    f"Costs fell and sales grew, over the whole year, by {g}.", f"While costs fell, sales were up, by {g}.",
    f"Sales did not fall over the year, but rose by {g}.",
    f"Sales fell short of the plan by a little, and grew by {g}.",
    f"Prices fell, and demand, as one would expect, grew, by {g}.", f"Falling prices raised sales by {g}.",
    f"A fall in prices raised sales, over the year, by {g}.", f"The fall in prices led to a growth of {g}.",
    f"Unemployment fell in the year of the {g} growth.",
    f"It dropped to 3% in the year when sales rose by {g}.", f"Sales climbed from {so} to {sn}.",
    f"Sales rose from {so}, and in the end reached {sn}.",
    f"Sales climbed, from {so} at the start, to reach {sn}.", f"Visits dropped from {vo} to {vn}.",
    f"Visits dropped over the year from {vo} to reach {vn}.",
    f"The drop was steepest here, from {vo} to {vn}.", f"The mean fell to {vn}, from {vo} the year before.",
    f"A drop, from {vo} to {vn}, followed.",
    f"Each point of dependence lowered the odds of quitting by about 14% (OR {od}).",
    f"The patch raised the odds of quitting (OR {op}).",
    f"The patch increased the odds of quitting by a lot (odds ratio {op}).",
    f"Fewer points of dependence raised the odds of quitting (OR {od}).",
    f"Dependence did not raise the odds of quitting (OR {od}).",
    f"Dependence lowered, and the patch raised, the odds (OR {op}).",
    f"One more point reduced the odds of success (OR {od}), and the patch raised them (OR {op}).",
    f"Without the patch the odds were lower (OR {op}).",
    f"Not smoking in the house raised the odds of success; dependence had an odds ratio of {od}.",
    f"Sales would have fallen, without the new shop, by {g}.",
    f"Sales rose, and costs fell, by {g} and 3%.", f"Had sales fallen, by {g} say, we would have closed.",
    f"A rise or fall of {g} is usual.", f"A fall in visits of {fp} was seen.",
    f"Visits fell by a sixth, or {fp}.",
]  # fmt: skip
WRONG = [
    f"Sales fell over the year, by {g}.", f"Sales fell over the year, by {c}.",
    f"Sales dropped again, in all shops together, by {c}.",
    f"Over the year there was a fall in sales of {g}.", f"We saw a fall, in all shops together, of {g}.",
    f"Sales shrank in the last year, by {g}.", f"Visits rose over the year, by {fp}.",
    f"There was a rise in visits, in all shops together, of {fp}.", f"Visits climbed from {vo} to {vn}.",
    f"The rise was steepest here, from {vo} to {vn}.",
    f"Sales dropped, from {so} at the start, to reach {sn}.",
    f"The mean rose to {vn}, from {vo} the year before.",
    f"Each point of dependence raised the odds of quitting by about 14% (OR {od}).",
    f"The patch lowered the odds of quitting (OR {op}).",
    f"Dependence increases the risk of failure (OR {od}).", f"A fall, over the year, of {g} was seen.",
    f"Sales declined over the year: by {g}.", f"Sales declined, over the year as a whole, by {g}.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("away"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_a_direction_that_is_the_number_s_own_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_the_other_direction_is_named_from_afar(text: str, found: dict[str, list[str]]) -> None:
    assert found[text]
