"""What `tieout suggest` prints can be scanned: by what is to be done, in one line where one will do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import analyses
from tests.support.commands import call

CELLS = (
    analyses.READ,
    "penguins.mass.mean()",
    "penguins.flipper.max()",
    "penguins.mass.max()",
    "penguins.mass.max() + 1",
)
PROSE = "#:# Mass\n\nThe mean mass is 4,031 g. They reach 217.\n\nOne had 5,210. We waited 99 days."


def test_numbers_are_listed_by_what_is_to_be_done(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = analyses.project(tmp_path / "report", PROSE, *CELLS)
    lines = call(root, capsys, "suggest").out.splitlines()
    heads = [line.partition(";")[0].rstrip(":") for line in lines if not line.startswith(" ")]
    assert heads[0] == "Certain" and heads[1].startswith("Likely") and heads[2] == "Not found"
    one = "[4,031 g](tie:penguins.mass.mean) = penguins.mass.mean(), in cell 4"
    assert f"  penguins.ipynb:10: {one}" in lines
    assert "  penguins.ipynb:12: “99 days” in “We waited 99 days”" in lines
    assert lines[-1].endswith("Next: tieout suggest --write")
    assert len(lines) == len(heads) + 4, "a line for each"


def test_what_is_written_is_shown_by_the_diff_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = analyses.project(tmp_path / "report", PROSE, *CELLS)
    said = call(root, capsys, "suggest", "--write", "--perhaps").out
    assert "Certain" not in said and "Likely" not in said and "+The mean mass is [4,031 g](tie:" in said
    assert said.splitlines()[-1].endswith("Next: tie or waive what is left, then tieout build")
