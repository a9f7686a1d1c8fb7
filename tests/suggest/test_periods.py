"""Numbers of months, quarters and groups of a table, whose row their sentence names as people do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.test_computed import suggested, surely
from tests.support import analyses
from tests.support.commands import call
from tieout.adopt.adopt import adopt
from tieout.suggest.expressions import split_words

READ = 'import pandas as pd\n\nvisits = pd.read_csv("visits.csv")'
TABLE = """\
month,day,triage,wait_min,seen
2025-01,1,1,8,1
2025-01,2,2,23,1
2025-02,1,3,59,0
2025-02,2,3,61,1
2025-11,1,2,83,1
2025-11,2,1,14,0
2025-11,3,3,41,1
2025-12,1,3,95,1
2025-12,2,2,33,1
"""
MONTHLY = """\
monthly = visits.groupby("month").agg(visits=("day", "count"), wait=("wait_min", "sum"))
monthly.tail(4)"""
TRIAGE = """\
by_triage = visits.groupby("triage")[["wait_min"]].median()
by_triage["n"] = visits["triage"].value_counts()
by_triage"""
QUARTERS = """\
quarterly = pd.DataFrame({"sales": [242, 262, 223, 369], "yoy": [14.5, 12.0, 41.1, 15.7]})
quarterly.index = ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
quarterly"""


def written(folder: Path, prose: str, *cells: str) -> dict[str, str]:
    """What is tied for certain, by the number: the expression that explains it."""
    root = folder / "report"
    root.mkdir()
    (root / "visits.csv").write_text(TABLE, encoding="utf-8")
    text = analyses.run(root, f"#:# Visits\n\n{prose}", READ, *cells)
    (root / "penguins.ipynb").write_text(text, encoding="utf-8")
    adopt(root).write()
    return surely(root)


def test_months_are_named_as_people_say_them(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        "In November we had 3 visits with 138 minutes in all. The wait was 128 in December, and 120 in\n"
        "February.",
        MONTHLY,
    )
    assert found["138 minutes"] == 'monthly.loc["2025-11", "wait"]'
    assert found["128"] == 'monthly.loc["2025-12", "wait"]'
    assert found["120"] == 'monthly.loc["2025-02", "wait"]'


def test_the_ends_of_raw_data_are_no_evidence(tmp_path: Path) -> None:
    assert written(tmp_path, "The longest visit of November took 95 minutes.", "visits.tail(3)") == {}


def test_a_quarter_is_told_from_the_others_of_its_year(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        "Sales were 369 in the fourth quarter and 242 in the first quarter.\n"
        "In the third quarter they were 41.1% above the year before.",
        QUARTERS,
    )
    assert found["369"] == 'quarterly.loc["2025Q4", "sales"]'
    assert found["242"] == 'quarterly.loc["2025Q1", "sales"]'
    assert found["41.1%"] == 'quarterly.loc["2025Q3", "yoy"]'


def test_a_column_put_in_later_is_of_what_made_it(tmp_path: Path) -> None:
    found = written(
        tmp_path, "Triage 3 accounts for 4 visits. The median wait in triage 3 was 60 minutes.", TRIAGE
    )
    counted = suggested(tmp_path / "report")["4"].outputs
    assert [each.evidence.expression for each in counted] == ['by_triage.loc[3, "n"]']
    assert found["60 minutes"] == 'by_triage.loc[3, "wait_min"]'


def test_minutes_are_no_minimum() -> None:
    assert set(split_words("wait_min los_min temp_min")) == {"wait", "minute", "los", "temp", "min"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("in the fourth quarter", {"in", "the", "q4"}),
        ("2025Q3", {"2025", "q3"}),
        ("It may rain", {"it", "may", "rain"}),
        ("to 65 in May", {"to", "65", "in", "monthmay"}),
        ("the third quartile", {"the", "75%", "quartile"}),
        ("more in the fourth quarter than in the third.", {"more", "in", "the", "q4", "than", "q3"}),
        ("the fourth quarter of the third year", {"the", "q4", "of", "third", "year"}),
    ],
)
def test_periods_have_one_word(text: str, words: set[str]) -> None:
    assert set(split_words(text)) == words


def test_respectively_is_of_the_groups_and_not_of_all(tmp_path: Path) -> None:
    prose = "In groups 1 and 3 the median wait was 11 and 60 minutes respectively."
    found = written(tmp_path, prose, 'visits["wait_min"].describe()', TRIAGE)
    assert "describe" not in found.get("60 minutes", "")
    assert suggested(tmp_path / "report")["60 minutes"].outputs[0].evidence.expression.startswith("by_triage")


def test_a_table_goes_by_one_name_before_and_after_lines_that_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = "waits = visits.groupby('month')[['wait_min', 'day']].mean().round(1)\nwaits"
    prose = "In November the wait was 46 minutes on average. They waited 64 in December (mean)."
    written(tmp_path, prose, made)
    root = tmp_path / "report"
    call(root, capsys, "suggest", "--no-execute", "--write")
    call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps")
    code = (root / "penguins.ipynb").read_text(encoding="utf-8")
    assert code.count("t.record(") == 2 and "waits.loc[" not in code


@pytest.mark.parametrize(("rule", "is_known"), [("MS", True), ("ME", True), ("W", False)])
def test_months_of_a_table_by_dates_are_named_too(tmp_path: Path, rule: str, is_known: bool) -> None:
    made = f'monthly = dated.resample("{rule}")[["wait_min"]].sum()\nmonthly'
    dated = 'dated = visits.set_index(pd.to_datetime(visits.month + "-01"))'
    found = written(tmp_path, "In November 2025 the wait was 138 minutes.", dated, made)
    day = "01" if rule == "MS" else "30"
    assert found.get("138 minutes", "") == (f'monthly.loc["2025-11-{day}", "wait_min"]' if is_known else "")


@pytest.mark.parametrize(
    "shown",
    ['monthly.idxmax().strftime("%B %Y"), monthly.max())', 'f"{monthly.idxmax():%B %Y}", monthly.max())'],
)
def test_a_number_behind_a_printed_month_is_known_by_the_words_before(tmp_path: Path, shown: str) -> None:
    dated = 'dated = visits.set_index(pd.to_datetime(visits.month + "-01")).wait_min'
    cell = 'monthly = dated.groupby(level=0).sum()\nprint("Longest monthly wait:", ' + shown
    found = written(tmp_path, "The longest monthly wait was 138 minutes.", dated, cell)
    assert found["138 minutes"] == "monthly.max()"


BY_DATE = """import pandas as pd

s = pd.DataFrame({"date": pd.date_range("2024-01-01", periods=12, freq="MS"), "sales": range(110, 122)})"""


@pytest.mark.parametrize(
    ("said", "by", "expression"),
    [
        ("In the fourth quarter sales were 360", "quarter", "by_date.loc[4]"),
        ("Sales of Q2 were 342", "quarter", "by_date.loc[2]"),
        ("In May sales were 114", "month", "by_date.loc[5]"),
    ],
)
def test_periods_that_are_called_by_the_date_they_are_of_are_found(
    tmp_path: Path, said: str, by: str, expression: str
) -> None:
    cell = f"by_date = s.groupby(s.date.dt.{by}).sales.sum()\nby_date"
    root = analyses.project(tmp_path / "report", f"#:# Sales\n\n{said}.", BY_DATE, cell)
    (found,) = suggested(root).values()
    assert found.likely is not None and found.likely.evidence.expression == expression


def test_rows_are_compared_whose_year_is_that_of_all(tmp_path: Path) -> None:
    prose = "#:# Sales\n\nFrom January to May the number of sales rose by 3.6%."
    cell = 'by_date = s.groupby(s.date.dt.to_period("M"))[["sales"]].sum()\nby_date'
    root = analyses.project(tmp_path / "report", prose, BY_DATE, cell)
    (found,) = suggested(root)["3.6%"].outputs
    assert 'by_date.loc["2024-05", "sales"] / by_date.loc["2024-01", "sales"] - 1' in found.code


def test_a_quarter_is_named_by_its_number_alone_behind_another(tmp_path: Path) -> None:
    prose = "#:# Sales\n\nIn the fourth quarter sales were 18 higher than in the second."
    cell = 'by_date = s.groupby(s.date.dt.quarter)[["sales"]].sum()\nby_date'
    root = analyses.project(tmp_path / "report", prose, BY_DATE, cell)
    (found,) = suggested(root)["18"].outputs
    assert 'by_date.loc[4, "sales"] - by_date.loc[2, "sales"]' in found.code
