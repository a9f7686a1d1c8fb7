"""Portions in words are held against the percentage that stands beside them."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
for value in (24, 37, 47, 52, 60, 65, 76):
    t.record(f"share.x{value}", value, f"Share {value}", unit="percent")
t.record("ratio", 0.37, "Ratio")
t.record("points", 37, "Points", unit="percentage_point")
"""
P = {value: f"[{value}%](tie:share.x{value})" for value in (24, 37, 47, 52, 60, 65, 76)}
TRUE = [
    f"More than one in three people came ({P[37]}).", f"Almost one in two of them came ({P[47]}).",
    f"Hardly one in two came and paid ({P[37]}).",
    f"Almost half of the sample ({P[47]}) came.", f"Nearly half of them, {P[47]}, came.",
    f"Half ({P[52]}) came.",
    f"More than half of the people in poor health ({P[60]}) came.", f"Just over half ({P[52]}) came.",
    f"A little under half ({P[47]}) came.", f"About half ({P[52]}) came.", f"Over a third ({P[37]}) came.",
    f"Two thirds ({P[65]}) came.", f"About two thirds ({P[65]}) came.", f"A quarter ({P[24]}) came.",
    f"Three quarters ({P[76]}) came, fewer than half ({P[47]}) left.", f"Most of them ({P[60]}) came.",
    f"A small minority ({P[24]}) came.", f"The vast majority of users ({P[76]}) came.",
    f"Not even half ({P[60]}) came.", f"Half of the sites had some ({P[24]}).",
    f"Half of the sites used it ({P[24]}).",
    f"Most sites reported use ({P[24]}).", f"Half of them, and {P[24]} of all, came.",
    f"The upper half ({P[24]}) came.", f"More than half ({P[24]} of all) came.",
    f"At most half ({P[24]}) came.",
    "Half ([37 percentage points](tie:points)) of it went.", f"It is most common among women ({P[24]}).",
    f"One half-hour ({P[24]}) is short.", f"Most common is this ({P[24]}).",
]  # fmt: skip
FALSE = [
    f"Less than one in three people came ({P[37]}).", f"Almost one in two of them came ({P[37]}).",
    f"One in five came ({P[37]}).",
    f"More than half of the sample ({P[47]}) came.", f"More than half ({P[37]}) came.",
    f"Half ({P[60]}) came.",
    f"Fewer than half ({P[60]}) came.", f"Almost half ({P[37]}) came.", f"Almost half ({P[52]}) came.",
    f"Two thirds of them ({P[52]}) came.", f"A quarter ({P[37]}) came.", f"Most ({P[37]}) came.",
    f"Most of the patients ({P[37]}) came.", f"Most patients ({P[37]}) came.", f"A majority, {P[47]}, came.",
    f"A minority of them ({P[60]}) came.", "Over half ([37%](tie:ratio)) came.",
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("portions"), [*TRUE, *FALSE], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_a_portion_that_is_near_enough_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize("text", FALSE)
def test_a_portion_that_is_another_is_named(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == ["portion"]
