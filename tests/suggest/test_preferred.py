"""Which of several outputs of about one value a number means; what is made of outputs that are not stated."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.test_computed import suggested, surely
from tests.support import analyses

SHOP = """\
import pandas as pd

class stats:
    @staticmethod
    def pearsonr(a, b):
        return -0.612, 4e-9

    @staticmethod
    def spearmanr(a, b):
        return 0.384, 7e-8

shop = pd.DataFrame({"count": [2080, 2100], "mean": [0.0567, 0.0643]}, index=["A", "B"])
wait = [3, 4]"""
RATES = 'ab = shop.copy()\nab["rate"] = (ab["mean"] * 100).round(2)\nab'
TESTS = """\
r, p_r = stats.pearsonr(wait, wait)
rho, p_rho = stats.spearmanr(wait, wait)
print(f"Pearson r = {r:.2f} (p = {p_r:.1g})")
print(f"Spearman rho = {rho:.2f} (p = {p_rho:.1g})")"""
TOTALS = "total = pd.Series({'spend': 13282.86, 'orders': 1071.0, 'clicks': 34085.0})\ntotal"
YEARS = """\
yearly = pd.DataFrame({"value": [48.21, 52.39], "orders": [2279, 2511]}, index=[2024, 2025])
yearly"""
KINDS = """\
kinds = pd.DataFrame({"n": [136, 252, 767, 625]}, index=["red", "blue", "green", "brown"])
kinds"""


def project(folder: Path, prose: str, *cells: str) -> Path:
    return analyses.project(folder / "report", f"#:# Shop\n\n{prose}", SHOP, *cells)


def likely(root: Path) -> dict[str, str]:
    """What is tied, surely or likely: the expression, or the line that makes it of several."""
    found = suggested(root)
    return {
        text: each.likely.code or each.likely.evidence.expression
        for text, each in found.items()
        if each.likely
    }


def test_a_share_and_the_same_in_per_cent_are_one(tmp_path: Path) -> None:
    root = project(tmp_path, "The old variant converted 5.67% and the new one 6.43%.", RATES)
    assert likely(root) == {"5.67%": 'ab.loc["A", "rate"]', "6.43%": 'ab.loc["B", "rate"]'}


def test_a_count_is_the_very_one_and_no_other_that_rounds_to_it(tmp_path: Path) -> None:
    root = project(tmp_path, "The count of the new variant is 2,100.", RATES)
    assert likely(root)["2,100"] == 'ab.loc["B", "count"]'


def test_a_p_value_is_of_the_statistic_told_before_it(tmp_path: Path) -> None:
    prose = "It fell with the wait, r = −0.61, p < 0.001, and rose with information, ρ = 0.38, p < 0.001."
    found = [each for each in suggested_in_order(project(tmp_path, prose, TESTS)) if "0.001" in each[0]]
    assert [expression for _, expression in found] == ["p_r", "p_rho"]


def suggested_in_order(root: Path) -> list[tuple[str, str]]:
    from tieout import suggest
    from tieout.ledger import Ledger

    found = [(each.number.text, each.likely) for each in suggest.suggest(Ledger.load(root))]
    return [(text, one.evidence.expression) for text, one in found if one]


@pytest.mark.parametrize(
    ("prose", "number", "line"),
    [
        (
            "The value was 52.39 in 2025, 4.18 more than a year earlier.", "4.18",
            'yearly.loc[2025, "value"] - yearly.loc[2024, "value"]',
        ),
        (
            "The spend of €13,283 led to 1,071 orders, €12.40 per order.", "€12.40",
            'total.loc["spend"] / total.loc["orders"]',
        ),
        ("Together 1,392 are green or brown.", "1,392", 'kinds.loc["green", "n"] + kinds.loc["brown", "n"]'),
        (
            "In all 1,644 are blue, green or brown.", "1,644",
            'kinds.loc["blue", "n"] + kinds.loc["green", "n"] + kinds.loc["brown", "n"]',
        ),
        ("Our ads were clicked 34,085 times; there were many clicks.", "34,085", 'total.loc["clicks"]'),
        ("We saw 4,180 of a variant, a count of 2,080 of A and a count of 2,100 of B.", "4,180", " + "),
    ],
)  # fmt: skip
def test_what_is_made_of_outputs_is_proposed(tmp_path: Path, prose: str, number: str, line: str) -> None:
    found = likely(project(tmp_path, prose, RATES, TOTALS, YEARS, KINDS))
    assert line in found.get(number, ""), found


@pytest.mark.parametrize(
    ("prose", "number"),
    [
        ("The value was 52.39 in 2025, 4.18 more than expected.", "4.18"),
        ("The spend of €13,283 led to 1,071 orders, €12.40 per click.", "€12.40"),
        ("Together 1,392 are red or brown.", "1,392"),
        ("They rose 34,085 times as much.", "34,085"),
        ("The rate of A was 57%.", "57%"),
    ],
)
def test_what_does_not_follow_is_not(tmp_path: Path, prose: str, number: str) -> None:
    found = likely(project(tmp_path, prose, RATES, TOTALS, YEARS, KINDS))
    assert number not in found, found


def test_a_percentage_is_no_number_of_minutes(tmp_path: Path) -> None:
    shown = "median_wait = pd.Series({'north': 51.0, 'south': 64.0})\nmedian_wait"
    share = "target = pd.Series([True, False])\nprint(f'Within the hour: {target.mean():.1%}')"
    root = project(tmp_path, "Within the hour 50.0% were seen, and 51% of the north.", shown, share)
    assert surely(root) == {"50.0%": "target.mean()"}
