"""Numbers of one sentence that make each other sure: the ends of a change, words and what stands behind them.

And numbers in full of a column in thousands.
"""

from __future__ import annotations

from pathlib import Path

from tests.suggest.test_computed import suggested
from tests.support import analyses

YEARLY = 'pd.DataFrame({"price": [413.288, 421.179], "sold": [581, 603]}, index=[2022, 2023])'
SHARE = 'late = 0.0981\nprint(f"Share late: {late:.1%}")'
LABEL = 'title = "price (thousand euros)"\n'


def certain(folder: Path, prose: str, *cells: str) -> dict[str, str]:
    root = analyses.project(folder / "report", f"#:# Homes\n\n{prose}", analyses.READ, *cells)
    return {text: each.records.key for text, each in suggested(root).items() if each.records}


def test_the_ends_of_a_change_that_is_sure_are_sure(tmp_path: Path) -> None:
    prose = "The price went up from 413.3 in 2022 to 421.2 in 2023, an increase of 1.9%."
    found = certain(tmp_path, prose, YEARLY)
    assert {"413.3", "421.2", "1.9%"} <= found.keys()
    assert found["413.3"] != found["421.2"]


def test_an_end_of_few_digits_is_no_surer_for_it(tmp_path: Path) -> None:
    frame = 'pd.DataFrame({"price": [20, 23], "n": [23, 20]}, index=["early", "late"])'
    assert "23" not in certain(tmp_path, "It went up from 20 to 23, 3 more.", frame)


def test_a_number_in_full_is_found_in_a_column_that_is_said_to_be_in_thousands(tmp_path: Path) -> None:
    frame = 'prices = pd.DataFrame({"price": [417.31, 404.02]}, index=["mean", "median"])\nprices'
    text = "#:# Homes\n\nA home cost 417,300 euros on average."
    root = analyses.project(tmp_path / "report", text, analyses.READ, LABEL + frame)
    (found,) = (each for each in suggested(root).values() if each.likely)
    assert found.likely and found.likely.unit == "thousand EUR"
    assert 'unit="thousand EUR", like="417,300 euros"' in found.likely.line
    other = analyses.project(tmp_path / "other", text, analyses.READ, frame)
    assert not any(each.likely for each in suggested(other).values()), "nothing says so"


def test_words_are_as_sure_as_the_number_in_brackets_behind_them(tmp_path: Path) -> None:
    found = certain(tmp_path, "Fewer than one in ten (9.8%) were late, the share of all.", SHARE)
    assert found["one in ten"] == found["9.8%"]


def test_what_is_recorded_plain_is_told_in_no_thousands(tmp_path: Path) -> None:
    """The build would refuse it: the line that records it gives no unit."""
    code = 'slope = 3.8089\nt.record("slope", slope)\nprint("Slope:", slope)'
    text = "#:# Homes\n\nEach square metre adds 3.81 thousand, the slope."
    fake = "class t:\n    record = print"
    root = analyses.project(tmp_path / "report", text, analyses.READ, fake, code)
    assert not suggested(root)["3.81 thousand"].likely
    root = analyses.project(tmp_path / "other", text, analyses.READ, 'slope = 3.8089\nprint("Slope:", slope)')
    assert suggested(root)["3.81 thousand"].likely


def test_a_difference_in_thousands_has_the_unit_of_what_it_compares(tmp_path: Path) -> None:
    frame = 'homes = pd.DataFrame({"price": [492.03, 364.92]}, index=["Harbour", "Hillside"])\nhomes'
    prose = "In Harbour a price was 492.0 thousand euros, 127.1 thousand more than on Hillside (364.9)."
    root = analyses.project(tmp_path / "report", f"#:# Homes\n\n{prose}", analyses.READ, frame)
    found = suggested(root)["127.1 thousand"].likely
    assert found and 'unit="thousand EUR"' in found.line
