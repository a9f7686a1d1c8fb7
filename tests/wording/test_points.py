"""Percentage points and per cent, against what was recorded and the code that made it."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
old, new = 0.25, 0.15
t.record("gap", old - new, "Fall of the rate", like="10.0 percentage points")
t.record("gap.percent", (old - new) * 100, "Fall of the rate in all", unit="percent", like="10.0 points")
t.record("change", new / old - 1, "Change of the rate", like="40%")
t.record("change.percent", (new / old - 1) * 100, "Relative change", unit="percent", like="40%")
t.record("year.change-pct", -13.7, "Change pct, yearly", unit="percent", like="13.7%")
t.record("share", new, "Rate now", like="15%")
t.record("plain", old - new, "Gap of the rates", like="10%")
t.record("rating", 7.4, "Mean rating", like="7.4 points")
"""
gap, gap2, change, change2 = "(tie:gap)", "(tie:gap.percent)", "(tie:change)", "(tie:change.percent)"
RIGHT = [
    "It fell by [13.7%](tie:year.change-pct).", f"It fell by [10.0]{gap} points.",
    f"It fell by [10 points]{gap}.",
    f"It fell by [10.0 percentage points]{gap}.", f"It fell by [10]{gap} percentage points.",
    f"It fell by [10.0 percentage points]{gap2}.", 
    f"It fell by [40%]{change}.",
    f"It fell by [40]{change2} per cent.", f"It fell by [40%]{change2}.", "The rate is [15%](tie:share).",
    "It fell by [10 percentage points](tie:plain).", "The gap is [10%](tie:plain).",
    "The mean is [7.4](tie:rating).", "The mean is [7.4 points](tie:rating).",
    f"It fell by [10.0]{gap} points, or [40%]{change}.",
]  # fmt: skip
WRONG = [
    "It fell by [13.7 points](tie:year.change-pct).",
    "A fall of [13.7](tie:year.change-pct) percentage points.",
    f"It fell by [10.0%]{gap}.", f"It fell by [10.0 percent]{gap}.", f"It fell by [10.0]{gap} per cent.",
    f"It fell by [10%]{gap2}.", f"It fell by [10]{gap2}%.", f"It fell by [10 per cent]{gap}.",
    f"It fell by [40 percentage points]{change}.", f"It fell by [40]{change} percentage points.",
    f"It fell by [40 percentage points]{change2}.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("points"), [*RIGHT, *WRONG], LEDGER)


@pytest.mark.parametrize("text", RIGHT)
def test_points_and_per_cent_as_recorded_are_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", WRONG)
def test_points_called_per_cent_and_changes_called_points_are_named(
    text: str, found: dict[str, list[str]]
) -> None:
    assert found[text] == ["turned"]
