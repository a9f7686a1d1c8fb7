"""Tables that code prints: their columns say what is the most of them, in which month, and how it grew."""

from __future__ import annotations

import pytest

from tests.support.sentences import rules_of_run
from tieout.wording.printed import printed

READ = """\
import pandas as pd
import tieout as t

shops = pd.DataFrame(
    {"2022": [265.9, 333.7, 407.3], "2023": [335.6, 352.7, 406.9], "change_pct": [26.2, 5.7, -0.1]},
    pd.Index(["Mill", "Abbey", "Canal"], name="shop"))
monthly = pd.Series([300.4, 255.2, 241.8, 240.5, 309.6],
    pd.Index(["2022-12-01", "2023-01-01", "2023-02-01", "2023-08-01", "2023-12-01"], name="month"),
    name="sales")
print(shops, monthly.round(0), 7.5, sep="\\n")"""
RECORDED = """\
t.record("mill", shops.loc["Mill", "change_pct"], "Change, Mill", unit="percent")
t.record("canal", shops.loc["Canal", "2023"], "Sales, Canal")
t.record("december", monthly.loc["2023-12-01"], "Sales, December 2023", like="310")
t.record("august", monthly.loc["2023-08-01"], "Sales, August 2023", like="240.5")
t.record("wait.p90", 27.5, "Wait of nine", unit="hour")
t.record("wait.median", 4.2, "Median wait", unit="hour")"""
MILL, CANAL, DECEMBER, AUGUST = (
    "[26.2%](tie:mill)",
    "[406.9](tie:canal)",
    "[310](tie:december)",
    "[240.5](tie:august)",
)
P90, MEDIAN = "[27.5 hours](tie:wait.p90)", "[4.2 hours](tie:wait.median)"
RIGHT = [
    f"Mill was the quickest, up {MILL}.", f"Mill grew fastest, by {MILL}.", f"Mill grew {MILL}.",
    f"Growth was strongest at Mill ({MILL}).", f"Mill is the slowest to open, and grew by {MILL}.",
    f"Nobody but Mill grew least, then most, by {MILL}.", f"Mill saw the sharpest growth, {MILL}.",
    f"Canal is the largest shop, at {CANAL}.", f"December was the best month, at {DECEMBER}.",
    f"December was the hardest month for staff, at {DECEMBER} a day.",
    f"The weakest month of 2023 was August, at {AUGUST}.",
    f"August was the weakest month, at {AUGUST}.", f"Nine in ten waited up to {P90}.",
    f"The 90th percentile was {P90}, the median far less.",
    f"The slowest tenth waited over {P90} at the median.",
    f"The median wait was {MEDIAN}.", f"Half waited {MEDIAN}, and the 90th percentile is far off.",
]  # fmt: skip
WRONG = [
    (f"Mill was the slowest, up {MILL}.", "rank"), (f"Mill grew least, by {MILL}.", "rank"),
    (f"Growth was weakest at Mill ({MILL}).", "rank"), (f"Mill saw the weakest growth, {MILL}.", "rank"),
    (f"December was the worst month, at {DECEMBER}.", "rank"),
    (f"The weakest month of 2023 was December, at {DECEMBER}.", "rank"),
    (f"August was the best month, at {AUGUST}.", "rank"), (f"The median wait was {P90}.", "meant"),
    (f"The 90th percentile was {MEDIAN}.", "meant"), (f"Half of them waited up to {P90}.", "meant"),
]  # fmt: skip


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    texts = [*RIGHT, *(text for text, _ in WRONG)]
    return rules_of_run(tmp_path_factory.mktemp("printed"), texts, READ, RECORDED)


@pytest.mark.parametrize("text", RIGHT)
def test_what_printed_tables_bear_out_is_left_alone(text: str, rules: dict[str, list[str]]) -> None:
    assert rules[text] == []


@pytest.mark.parametrize(("text", "rule"), WRONG)
def test_what_printed_tables_have_otherwise_is_suspicious(
    text: str, rule: str, rules: dict[str, list[str]]
) -> None:
    assert rule in rules[text]


def test_a_table_that_goes_on_below_is_one() -> None:
    text = "      one  two  \\\nrow             \nA       1    2   \nB       3    4   \n\n"
    text += "      six  \nrow        \nA       5  \nB       6  \n"
    rows = (("A", "1", "2", "5"), ("B", "3", "4", "6"))
    assert list(printed(text)) == [(("one", "two", "six"), rows, "row")]


@pytest.mark.parametrize(
    "text",
    [
        "      n\nA     1\n..   ..\nB     3\n",
        "a  b   \nx  p    1\n   q    2\ny  p    3\n", "1.5  2.5\n3.5  4.5\n",
        "A     1\nB     2\n", "      n  n\nA     1  2\nB     3  4\n",
        "No table  here, but 2  words\n", "", "\\\n",
    ],
)  # fmt: skip
def test_what_is_cut_or_no_plain_table_is_none(text: str) -> None:
    assert list(printed(text)) == []
