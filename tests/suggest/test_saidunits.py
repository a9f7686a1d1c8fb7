"""Numbers that prose tells in another unit than the one in which the notebook shows them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.test_computed import suggested
from tests.support import analyses
from tests.support.commands import call
from tieout.notebooks.execute import execute

CELLS = (
    'import pandas as pd\n\nhoney = pd.DataFrame({"hive": ["North", "South"], "honey_g": [4312.5, 2421.7],'
    ' "Wait (min)": [95.4, 151.3]})',
    'total_kg = 6734.2\nprint(f"Total honey: {total_kg:,.1f} kg")',
    'wait = 95.4\nprint("Mean inspection", wait, "minutes")',
    'way = 12.34\nprint("Distance flown, km:", way)',
    "honey.honey_g.max()",
    'honey.set_index("hive")',
    'visits = 4.2137\nprint("Visitors (thousand):", visits)',
    "days = pd.Series([3.4, 5.1])\ndays.mean()",
    'power_kwh = 4567.1\nprint("Energy used", power_kwh)',
)
IN_ANOTHER = [
    ("Total honey came to 6.73 tonnes.", "total_kg", "kilogram"),
    ("Total honey came to 6,734 kg.", "total_kg", "kilogram"),
    ("A mean inspection took 1.6 hours.", "wait", "minute"),
    ("The distance flown was 12,340 metres.", "way", "kilometer"),
    ("The most honey was 4.31 kg.", "honey.honey_g.max()", "gram"),
    ("A wait of 2.52 hours in the South.", 'honey.set_index("hive").loc["South", "Wait (min)"]', "minute"),
    ("We had 4,214 visitors.", "visits", "thousand"),
    ("The mean is 102 hours.", "days.mean()", "day"),
    ("The energy used was 4.57 MWh.", "power_kwh", "kilowatt_hour"),
]


@pytest.mark.parametrize(("prose", "expression", "unit"), IN_ANOTHER)
def test_a_number_is_found_in_the_unit_that_the_notebook_says(
    tmp_path: Path, prose: str, expression: str, unit: str
) -> None:
    root = analyses.project(tmp_path / "report", f"#:# Hives\n\n{prose}", *CELLS)
    [found] = suggested(root).values()
    assert found.likely, str(found)
    assert (found.likely.evidence.expression, found.likely.unit) == (expression, unit)


@pytest.mark.parametrize(
    "prose",
    ["Total honey came to 6,734 tonnes.", "Total honey came to 6.7 g.", "A mean inspection took 95.4 hours.",
     "The distance flown was 12.34 metres.", "Total honey came to 6.8 tonnes."],
)  # fmt: skip
def test_the_digits_of_another_unit_are_no_tie(tmp_path: Path, prose: str) -> None:
    root = analyses.project(tmp_path / "report", f"#:# Hives\n\n{prose}", *CELLS)
    [found] = suggested(root).values()
    assert not found.outputs, str(found)


def test_one_digit_in_another_unit_is_for_the_author(tmp_path: Path) -> None:
    root = analyses.project(tmp_path / "report", "#:# Hives\n\nA mean inspection took 2 hours.", *CELLS)
    [found] = suggested(root).values()
    assert found.outputs and not found.likely


def test_what_is_tied_in_another_unit_agrees(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prose = "#:# Hives\n\nTotal honey came to 6.73 tonnes. A mean inspection took 1.6 hours."
    root = analyses.project(tmp_path / "report", prose, *CELLS)
    assert call(root, capsys, "suggest", "--no-execute", "--perhaps").status == 0
    execute(root / "penguins.ipynb", root)
    said = call(root, capsys, "check", "prose")
    assert said.status == 0 and "2 of 2" in said.out, said.out


ENERGY = """import pandas as pd

df = pd.DataFrame({"kind": ["town", "farm"] * 2, "energy_kwh": [15000.0, 820.0, 1312.4, 43.0]})"""


@pytest.mark.parametrize(
    ("cell", "expression"),
    [
        (
            'by_kind = df.groupby("kind").agg(energy=("energy_kwh", "sum"), n=("kind", "count"))\nby_kind',
            'by_kind.loc["town", "energy"]',
        ),
        ('by_kind = df.groupby("kind").energy_kwh.sum()\nby_kind', 'by_kind.loc["town"]'),
        (
            'df = df.rename(columns={"energy_kwh": "energy"})\n'
            'by_kind = df.groupby("kind")[["energy"]].sum()\nby_kind',
            'by_kind.loc["town", "energy"]',
        ),
    ],
)
def test_a_column_has_the_unit_of_what_it_was_made_of(tmp_path: Path, cell: str, expression: str) -> None:
    root = analyses.project(tmp_path / "report", "#:# Use\n\nThe energy of a town is 16.3 MWh.", ENERGY, cell)
    (found,) = suggested(root).values()
    assert found.likely is not None and found.likely.evidence.expression == expression
    assert 'unit="kilowatt_hour", like="16.3 MWh"' in found.likely.line


def test_a_column_of_counts_has_no_unit_of_what_it_counts(tmp_path: Path) -> None:
    cell = 'by_kind = df.groupby("kind").agg(energy=("energy_kwh", "count"))\nby_kind'
    data = ENERGY.replace("* 2", "* 8200").replace("43.0]", "43.0] * 4100")
    root = analyses.project(tmp_path / "report", "#:# Use\n\nThe energy of a town is 8.2 MWh.", data, cell)
    (found,) = suggested(root).values()
    assert found.likely is None
