"""Quarters, growth, odds and units beside a number: what is right is silent, what is wrong is named."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of

LEDGER = """import tieout as t
for quarter, rate in (("2008q1", 4.9), ("2009q2", 9.2), ("2009q3", 9.6)):
    t.record(f"unemp.{quarter}", rate, f"Unemployment, {quarter.upper()}", unit="percent")
t.record("unemp.2009q3.difference", 4.7, "Difference of unemployment", unit="percentage_point")
for year, rate in (("1936", 39.9), ("1938", -36.9), ("1954", -0.8)):
    t.record(f"total.growth.year-{year}", rate, f"Year {year}", unit="percent")
t.record("yoy.last", -2.5, "Last quarter", unit="percent")
for firm, change in (("ibm", 567), ("chrysler", 328), ("goodyear", 85)):
    t.record(f"change.pivot.{firm}", change, f"Change, {firm}", unit="percent")
t.record("or.income", 1.349, "OR, income", like="1.349")
t.record("or.party", 0.681, "OR, party", like="0.681")
for mode, income in (("car", 42.2), ("air", 41.7), ("train", 23.1)):
    t.record(f"income.{mode}", income, f"Income, {mode}", unit="thousand USD", like="42.2 thousand dollars")
for firm in ("steel", "match"):
    t.record(f"small.{firm}", 0.2, f"Share of {firm}", unit="percent")
for mode, share in (("car", 28.1), ("air", 27.6)):
    t.record(f"share.{mode}", share, f"Share, {mode}", unit="percent")
t.record("capital", 135.7, "Capital", unit="million USD", like="$135.7 million")
"""
TABLE = "| Firm | 1954 (\\$m) |\n|---|--:|\n| IBM | [{}](tie:capital) |"
TRUE = [
    "In the third quarter of 2009, it stood at [9.6%](tie:unemp.2009q3), up from"
    " [4.9%](tie:unemp.2008q1) in Q1 2008: [4.7 percentage points](tie:unemp.2009q3.difference) more.",
    "It was [9.2%](tie:unemp.2009q2) in Q2 2009, and a quarter later [9.6%](tie:unemp.2009q3).",
    "It was up [39.9%](tie:total.growth.year-1936) in 1936.",
    "It fell by [36.9%](tie:total.growth.year-1938) in 1938.",
    "1954 brought a slight decline ([−0.8%](tie:total.growth.year-1954)).",
    "1954 brought a negative growth ([−0.8%](tie:total.growth.year-1954)).",
    "By then the decline had eased to [2.5%](tie:yoy.last).",
    "It shrank in 1938 ([36.9%](tie:total.growth.year-1938)).",
    "IBM grew fastest, by [567%](tie:change.pivot.ibm).",
    "Goodyear was the slowest, with [85%](tie:change.pivot.goodyear).",
    "The odds of flying rose with income (OR [1.349](tie:or.income)).",
    "The odds of flying rose with income (OR [1.349](tie:or.income)) and"
    " fell with the size (OR [0.681](tie:or.party)).",
    "By car it was [42.2 thousand dollars](tie:income.car), by air [41.7](tie:income.air) and by train"
    " [23.1](tie:income.train).",
    "Steel and match came to [0.2%](tie:small.steel) each.",
    "Nearly all went by car, and [28%](tie:share.air) flew.", TABLE.format("135.7"),
]  # fmt: skip
FALSE = [
    ("In the second quarter of 2009, it stood at [9.6%](tie:unemp.2009q3), up from [4.9%](tie:unemp.2008q1).",
     "dated"),
    ("Of all [28.1%](tie:share.car) went by car, and [27.6](tie:share.air) flew.", "disagrees"),
    ("It was [4.9%](tie:unemp.2008q1) in Q2 2008.", "dated"),
    ("It was down [39.9%](tie:total.growth.year-1936) in 1936.", "qualifier"),
    ("1954 brought a slight rise ([−0.8%](tie:total.growth.year-1954)).", "qualifier"),
    ("By then the growth had eased to [2.5%](tie:yoy.last).", "qualifier"),
    ("It grew in 1938 ([36.9%](tie:total.growth.year-1938)).", "disagrees"),
    ("IBM grew slowest, by [567%](tie:change.pivot.ibm).", "rank"),
    ("The odds of flying fell with income (OR [1.349](tie:or.income)).", "qualifier"),
    ("The odds rose with income (OR [1.349](tie:or.income)) and rose"
     " with the size (OR [0.681](tie:or.party)).",
     "qualifier"),
    ("By car it was [42.2 thousand dollars](tie:income.car), by air [47.1](tie:income.air).", "disagrees"),
    (TABLE.format("153.7"), "disagrees"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("changes"), [*TRUE, *(text for text, _ in FALSE)], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_what_is_rightly_said_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize(("text", "rule"), FALSE)
def test_what_is_wrongly_said_is_named(text: str, rule: str, found: dict[str, list[str]]) -> None:
    assert found[text] == [rule]
