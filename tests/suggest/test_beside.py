"""What stands beside a number tells outputs of one value apart: rows, tests, units, other sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.test_computed import READ, suggested
from tests.support import analyses

MODES = """n = pd.Series({"train": 63, "car": 59, "air": 58, "bus": 30})
modes = pd.DataFrame({"n": n, "%": [30.0, 28.1, 27.6, 14.3]})
modes"""
INCOMES = """costs = {"income": [41.72, 42.2, 23.06], "cost": [81.0, 16.0, 42.0]}
incomes = pd.DataFrame(costs, index=["air", "car", "train"])
incomes"""
YEARS = """firms = pd.DataFrame({1935: [20.36, 317.6], 1954: [135.72, 1486.7]}, index=["IBM", "GM"])
firms"""
TESTS = """from types import SimpleNamespace

stats = SimpleNamespace(
    f_oneway=lambda *_: (81.94, 2e-6), chi2_contingency=lambda _: (10.04, 0.0066, 2, None)
)
F, p = stats.f_oneway([1, 2, 3, 4], [7, 8, 9, 12], [20, 21, 25, 26])
above, below = 2, 9
print(f"F({above}, {below}) = {F:.2f}, p = {p:.1g}")
fit = pd.DataFrame({"OR": [1.349, 0.681], "low": [1.142, 0.478], "high": [1.593, 0.971], "p": [0.0, 0.034]},
                   index=["income", "size"])
chi2, p_chi, dof, _ = stats.chi2_contingency([[12, 5, 9], [4, 15, 8]])
print(f"chi2({dof}) = {chi2:.2f}, p = {p_chi:.1g}")
fit"""
SHARES = """for income in (20, 60):
    probability = 0.231 if income == 20 else 0.499
alone, both = 0.231, 0.499
print(f"alone: {alone:.1%}, both: {both:.1%}")"""


def likely(folder: Path, prose: str, *cells: str) -> dict[str, str]:
    root = analyses.project(folder / "report", READ, f"#:# A\n\n{prose}", *cells)
    found = suggested(root)
    return {text: each.likely.line for text, each in found.items() if each.likely}


@pytest.mark.parametrize(
    ("prose", "number", "line"),
    [
        ("Most went by train (63, 30.0%), followed by the car (59, 28.1%) and the aeroplane (58, 27.6%).",
         "27.6%", '"air", "%"'),
        ("Travellers by air earned 81% more than those by train.", "81%",
         'incomes.loc["air", "income"] / incomes.loc["train", "income"] - 1'),
        ("IBM grew from $20.4 million to $135.7 million. All in millions of dollars.", "$135.7 million",
         '"IBM", 1954'),
        ("Groups differed, F(2, 9) = 81.94, p < 0.001.", "p < 0.001", "p,"),
        ("The odds fell with size (OR 0.68, 95% CI 0.48–0.97, p = 0.034).", "0.034", '"size", "p"'),
        ("Those of all had 23.1% alone and 49.9% with both: a gain of 26.8 percentage points.",
         "26.8 percentage points", "both - alone"),
        ("Three in ten went by train.", "Three in ten", '"train", "%"'),
    ],
)  # fmt: skip
def test_a_number_is_of_what_stands_beside_it(tmp_path: Path, prose: str, number: str, line: str) -> None:
    found = likely(tmp_path, prose, MODES, INCOMES, YEARS, TESTS, SHARES)
    lines = found.get(number) or found.get(number.rpartition(" ")[2])
    assert lines and line in lines, found


@pytest.mark.parametrize(
    ("prose", "number"),
    [
        ("Nearly all went by train or by car, and 28% flew.", "28%"),
        ("A flight takes 30 minutes longer than a train.", "30 minutes"),
        ("The panel covers firms over 20 years, 1935 to 1954.", "20 years"),
        ("It passed the mark of $2 billion, all in millions of dollars.", "$2 billion"),
        ("Travellers by air paid 16% more than those by car.", "16%"),
    ],
)  # fmt: skip
def test_what_agrees_by_chance_is_not_likely(tmp_path: Path, prose: str, number: str) -> None:
    total = 'total = pd.Series({"one": 1530.4, "two": 9.0})\ntotal'
    assert number not in likely(tmp_path, prose, MODES, INCOMES, YEARS, total)


def test_degrees_of_freedom_are_those_of_the_test_that_is_told(tmp_path: Path) -> None:
    found = likely(tmp_path, "They differed, χ²(2) = 10.04, p = 0.007.", TESTS)
    assert "dof" in found["2"]
