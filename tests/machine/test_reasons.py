"""Why a step is done: what of it has changed is named, as people call it."""

from pathlib import Path

import pytest

from tieout.machine.reasons import ELSE, NEW, Reasons
from tieout.machine.steps import Steps
from tieout.machine.store import Store

PARTS = {"its text": "It was 5.", "market.2024": {"value": 5}, "@fig-a": {"number": "1"}, "one.md": ["a"]}


def why(store: Store, **changed: object) -> str:
    """Take a step with some parts changed, as another command would."""
    reasons = Reasons(store)
    said = reasons.why("page", "one.md", {**PARTS, **changed})
    reasons.keep()
    return said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, ELSE),
        ({"its text": "It was 6."}, "its text has changed"),
        ({"its text": "x", "@fig-a": None}, "its text and @fig-a have changed"),
        ({"market.2025": 1}, "market.2025 has changed"),
        (dict.fromkeys(PARTS, 0), "its text, market.2024, @fig-a and 1 more have changed"),
    ],
)
def test_the_parts_that_changed_are_named_and_many_counted(
    tmp_path: Path, changed: dict[str, object], said: str
) -> None:
    assert why(Store(tmp_path)) == NEW
    assert why(Store(tmp_path), **changed) == said
    assert Reasons(Store(tmp_path)).why("page", "two.md", PARTS) == NEW


def test_the_order_of_what_a_part_holds_is_no_change(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert why(store, chapter={"a": 1, "b": 2}) == NEW
    assert why(store, chapter={"b": 2, "a": 1}) == ELSE


def test_a_step_says_why_it_is_done(tmp_path: Path) -> None:
    for number, said in ((1, NEW), (2, "the rate has changed")):
        steps = Steps(Store(tmp_path))
        steps.take("sum", [number], lambda: 1, "one.md", {"the rate": number})
        steps.reasons.keep()
        assert [each.why for each in steps.done] == [said]
