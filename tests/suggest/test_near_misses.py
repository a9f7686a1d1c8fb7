"""Numbers that nothing explains and that nearly say an output: the slip is named, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import analyses
from tests.support.commands import call
from tieout import suggest
from tieout.ledger import Ledger

READ = analyses.READ


def nearly(root: Path) -> dict[str, str]:
    return {each.number.text: each.nearly for each in suggest.suggest(Ledger.load(root))}


VISITORS = 'visitors = 12308\nprint("Visitors:", visitors)'
MASS = 'mass = 23.549\nprint("Mean mass:", mass)'


@pytest.mark.parametrize(
    ("said", "cell", "hint"),
    [
        (
            "We had 12,803 visitors",
            VISITORS,
            "12,308 is computed in cell 4, as visitors; two digits are exchanged",
        ),
        ("We had 13,208 visitors", VISITORS, "two digits are exchanged"),
        ("We had 123,308 visitors", VISITORS, "a digit is too many"),
        ("We had 1,308 visitors", VISITORS, "a digit is missing"),
        ("We had 12,908 visitors", VISITORS, "one digit is another"),
        ("We had 123,080 visitors", VISITORS, "this is ten times as large"),
        ("The mean mass is 23.6", MASS, "23.5 is computed in cell 4, as mass; this was rounded twice"),
        ("The mean mass is 23.54", MASS, "this was cut off, and not rounded"),
        ("We had 13,209 visitors", VISITORS, ""),
        ("We had 38 visitors", VISITORS, ""),
        ("We had 12,309 visitors", VISITORS, ""),
    ],
)
def test_a_slip_is_named_and_never_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, cell: str, hint: str
) -> None:
    root = analyses.project(tmp_path / "report", f"#:# Year\n\n{said}.", READ, cell)
    (found,) = nearly(root).values()
    assert hint in found if hint else not found
    before = (root / "penguins.ipynb").read_bytes()
    out = call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps").out
    assert hint in out
    assert (root / "penguins.ipynb").read_bytes() == before


def test_a_slip_of_an_output_that_is_recorded_names_its_id(tmp_path: Path) -> None:
    line = 't.record("visits.all", visitors, "Visitors")'
    prose = "#:# Year\n\nWe had 12,803 visitors."
    root = analyses.project(tmp_path / "report", prose, READ, "visitors = 12308", "visitors")
    text = (root / "penguins.ipynb").read_text("utf-8")
    (root / "penguins.ipynb").write_text(
        text.replace(
            '"visitors = 12308"',
            '"visitors = 12308\\n",\n    '
            + f'"{line}"'.replace('"visits.all"', '\\"visits.all\\"').replace('"Visitors"', '\\"Visitors\\"'),
        ),
        "utf-8",
    )
    assert nearly(root)["12,803"] == "12,308 is visits.all; two digits are exchanged"


def test_a_bound_far_off_is_said_of_something_else(tmp_path: Path) -> None:
    prose = "#:# Birds\n\nIt took nearly 20 hours, and over 3 days."
    root = analyses.project(tmp_path / "report", prose, READ, "birds = 18\nbirds", "days = 3.4\ndays")
    assert [each.outputs for each in suggest.suggest(Ledger.load(root))] == [(), ()]


@pytest.mark.parametrize("said", ["over 4,030 g", "more than 4,000 g", "at most 4,032 g"])
def test_a_bound_that_is_true_is_no_slip(tmp_path: Path, said: str) -> None:
    prose = f"#:# Mass\n\nThe mean mass is {said}."
    root = analyses.project(tmp_path / "report", prose, READ, "penguins.mass.mean()")
    (found,) = suggest.suggest(Ledger.load(root))
    assert not found.nearly and found.likely is not None and not found.records
    assert found.likely.line.endswith('like="4,031 g")')
