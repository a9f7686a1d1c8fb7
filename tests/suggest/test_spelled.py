"""Texts that cells show with numbers in them: f-strings at the end of a cell, named, with separators."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import analyses
from tests.support.commands import call
from tieout import suggest
from tieout.ledger import Ledger

READ = analyses.READ


def surely(root: Path) -> dict[str, str]:
    found = suggest.suggest(Ledger.load(root))
    return {each.number.text: each.likely.evidence.expression for each in found if each.likely}


@pytest.mark.parametrize(
    "cell",
    [
        'f"{len(heavy)} heavy birds"',
        'said = f"{len(heavy)} heavy birds"\nprint(said)',
        'print("All:", f"{len(heavy)} heavy birds", sep=" / ")',
        'print(len(heavy), "heavy birds", sep=" ")',
    ],
)
def test_a_text_with_a_number_in_it_explains_the_number(tmp_path: Path, cell: str) -> None:
    prose = "#:# Mass\n\nWe saw 4 heavy birds."
    cells = (READ, "heavy = penguins[penguins.mass > 3760]", cell)
    assert surely(analyses.project(tmp_path / "report", prose, *cells)) == {"4": "len(heavy)"}


def test_a_text_is_no_evidence_where_its_variable_is_another_when_it_is_printed(tmp_path: Path) -> None:
    prose = "#:# Mass\n\nWe saw 4 heavy birds."
    made = "heavy = penguins[penguins.mass > 3760]"
    cell = f'{made}\nsaid = f"{{len(heavy)}} heavy birds"\nheavy = penguins\nprint(said)'
    assert surely(analyses.project(tmp_path / "report", prose, READ, cell)) == {}


def test_what_a_cell_ends_with_is_shown_as_before_with_the_line_that_records_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = "#:# Mass\n\nWe saw 4 heavy birds."
    cells = (READ, "heavy = penguins[penguins.mass > 3760]", 'f"{len(heavy)} heavy birds"')
    root = analyses.project(tmp_path / "report", prose, *cells)
    call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps")
    text = (root / "penguins.ipynb").read_text("utf-8")
    assert text.index("t.record(") < text.index('f\\"{len(heavy)}')
    assert call(root, capsys, "execute").status == 0
    assert call(root, capsys, "check", "prose").status == 0
