"""Numbers that agree with an output by chance: shares, levels, p-values, cells and units of another kind."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tests.suggest.test_computed import suggested
from tests.support import analyses
from tests.support.commands import call
from tieout.suggest.evidence import Evidence

FIELD = """\
import pandas as pd

class stats:
    @staticmethod
    def pearsonr(a, b):
        return 0.474, 1e-17

    @staticmethod
    def spearmanr(a, b):
        return 0.841, 3.5e-78

yields = [4, 6]
field = pd.DataFrame({"revenue": [971.4, 1453.2], "margin": [971.4, 1233.3]}, index=[0, 180])
field.index.name = "nitrogen"
sites = pd.DataFrame({"site": ["Lindau", "Moorfeld"], "rain": [612, 488]})
best = pd.Series({"plot": 88, "nitrogen": 180, "ears": 541})
price = pd.DataFrame({"mean": [72.35, 183.83]}, index=[2019, 2022])
share = pd.DataFrame({"wind": [22.3, 37.2]}, index=[2019, 2024])
wind = {2019: 10.98, 2024: 17.37}
league = pd.DataFrame({"won": [22, 19], "drawn": [5, 7], "points": [71, 64]}, index=["Calder", "Harwick"])
league["home"] = [1.42, 0.37]
scorers = pd.DataFrame({"player": ["Dan Cole", "Al Todd"], "goals": [15, 14]}, index=[116, 19])
one, other = 0.944, 0.571"""
MEANS = 'print(f"forwards {one:.2f}, midfielders {other:.2f}")'
GROWTH = 'print(f"Wind {wind[2024] / wind[2019] - 1:+.0%}")'
TESTS = """\
r, p = stats.pearsonr(yields, yields)
rho, p_rho = stats.spearmanr(yields, yields)
print(f"yield and protein: r = {r:.2f}, p = {p:.3f}")
print(f"nitrogen and protein: rho = {rho:.2f}, p = {p_rho:.1e}")"""
AGAIN = 'p = 0.19\nprint(f"between varieties: p = {p:.2f}")'


def likely(folder: Path, prose: str, *cells: str) -> dict[str, str]:
    """What is tied, surely or likely, by the number: the line that records it."""
    root = analyses.project(folder / "report", f"#:# Field\n\n{prose}", FIELD, *cells)
    return {text: each.likely.line for text, each in suggested(root).items() if each.likely}


def test_a_share_printed_as_percentage_is_no_number_of_per_cent(tmp_path: Path) -> None:
    found = likely(tmp_path, "Wind grew by 58%. Its losses were under 1% of wind.", GROWTH)
    assert found.keys() == {"58%"} and "percent" not in found["58%"]


def test_a_p_value_is_not_that_of_another_statistic(tmp_path: Path) -> None:
    prose = "Yield and protein rose together (*r* = 0.47, *p* < .001), as all that nitrogen moves."
    found = likely(tmp_path, prose, AGAIN, TESTS)
    assert found.keys() == {"0.47", ".001"} and '"penguins.pearsonr.p", p,' in found[".001"]


def test_a_level_of_a_table_is_no_value_of_one_thing(tmp_path: Path) -> None:
    table = "| Nitrogen (kg/ha) | Revenue |\n|--:|--:|\n| 0 | 971.4 |\n| 180 | 1453.2 |"
    prose = f"With 180 kg/ha of nitrogen the revenue was 1,453.2.\n\n{table}"
    found = likely(tmp_path, prose, "field", "best")
    assert not found.keys() & {"180 kg/ha", "180"} and "1453.2" in found


@pytest.mark.parametrize(
    ("prose", "column"), [("The margin was 971.4.", "margin"), ("Its revenue was 971.4.", "revenue")]
)
def test_of_equal_cells_of_a_row_that_of_the_named_column_counts(
    tmp_path: Path, prose: str, column: str
) -> None:
    prose = f"Without nitrogen, at 0 kg, this is so. {prose.removesuffix('.')} without nitrogen."
    assert f'"{column}"]' in likely(tmp_path, prose, "field")["971.4"]


def test_a_row_counted_from_nought_is_called_by_its_name(tmp_path: Path) -> None:
    found = likely(tmp_path, "Rain was highest at Lindau (612 mm).", "sites")
    assert "Lindau" in found["612 mm"]


def test_what_money_is_per_belongs_to_its_unit(tmp_path: Path) -> None:
    found = likely(tmp_path, "The mean was €183.83 per MWh in 2022, and it was €72.35 in 2019.", "price")
    assert 'unit="EUR / megawatt_hour"' in found["€183.83"]
    assert 'unit="EUR"' in found["€72.35"]


def test_the_corner_of_a_table_says_the_unit_of_columns_of_years(tmp_path: Path) -> None:
    table = "| Share (%) | 2019 | 2024 |\n|---|--:|--:|\n| Wind | 22.3 | 37.2 |"
    found = likely(tmp_path, f"In 2024 the share of wind was 37.2%.\n\n{table}", "share")
    assert 'unit="percent"' in found["22.3"] and 'unit="percent"' in found["37.2"]


def test_a_number_in_another_unit_than_recorded_is_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = 't.record("penguins.rain", sites.loc[0, "rain"], "Rain at Lindau")\nsites'
    prose = "Rain was highest at Lindau (612 mm)."
    root = analyses.project(
        tmp_path / "report", f"#:# Field\n\n{prose}", f"import tieout as t\n{FIELD}", record
    )
    call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps")
    assert "[612 mm](tie:" not in (root / "penguins.ipynb").read_text(encoding="utf-8")


def test_a_name_given_another_value_lends_no_digits() -> None:
    def shown(number: str) -> Evidence:
        return Evidence(1, (1, 1), "p", Decimal(number), frozenset(), is_cut=True)

    assert shown("0.19").or_finer(shown("0.1904")).number == Decimal("0.1904")
    assert shown("0.19").or_finer(shown("0.0004")).number == Decimal("0.19")


@pytest.mark.parametrize(
    ("prose", "number"),
    [
        ("They drew a lot, 12 ahead of Calder and Harwick.", "12"),  # no sum of 5 and 7
        ("They won the title, 19 clear of Harwick.", "19"),
        ("They lost to Harwick by a difference of 0.37.", "0.37"),
        ("There were few cards, of which 22 went to visitors.", "22"),  # a cell without a word of the text
    ],
)
def test_a_cell_is_no_distance_and_no_number_that_nothing_names(
    tmp_path: Path, prose: str, number: str
) -> None:
    assert number not in likely(tmp_path, prose, "league")


def test_what_lies_between_two_numbers_is_their_difference(tmp_path: Path) -> None:
    prose = "Forwards had 0.94 against 0.57 of midfielders, a difference of 0.37."
    assert "one - other" in likely(tmp_path, prose, "league", MEANS)["0.37"]


def test_rows_picked_from_a_table_are_called_by_their_names(tmp_path: Path) -> None:
    found = likely(tmp_path, "Al Todd had 14 goals and Dan Cole 15.", "scorers")
    assert ".loc[19, " in found["14"] and "Dan Cole" in found["15"]


@pytest.mark.parametrize(("column", "number"), [("mrr_keur", "€17.9 million"), ("mrr", "")])
def test_a_column_says_in_thousands_by_its_name(tmp_path: Path, column: str, number: str) -> None:
    code = f'months = pd.DataFrame({{"{column}": [8000, 9938, 6466], "year": [2022, 2022, 2021]}})'
    code += f'\nyear = months.groupby("year").{column}.sum()\nyear'
    found = likely(tmp_path, "Revenue came to €17.9 million in 2022.", code)
    assert list(found) == [number] * bool(number)
    assert all('unit="thousand EUR"' in line for line in found.values())


def test_of_one_value_in_two_scales_that_printed_in_the_one_said_counts(tmp_path: Path) -> None:
    code = "q = pd.DataFrame({'mrr_keur': [7943.4, 8337.2]}, index=['Q3', 'Q4'])\nq"
    printed = "last = q.mrr_keur.iloc[-1]\nprint(f'Q4 revenue: EUR {last / 1000:.2f} million')"
    found = likely(tmp_path, "Revenue came to €8.34 million in Q4.", code, printed)
    assert "last / 1000" in found["€8.34 million"]
