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
    said = call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps").out
    assert "Certain" not in said and "Likely" not in said and "+The mean mass is [4,031 g](tie:" in said
    assert said.splitlines()[-1].endswith("Next: tie or waive what is left, then tieout build")


STAY = 'longest = 1184\nprint("Longest stay in minutes:", longest)'
STAYED = "#:# Stays\n\nThe longest stay took 1,184 minutes, nearly 20 hours. We waited 99 days."


def test_what_a_line_records_may_explain_more_once_it_has_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = analyses.project(tmp_path / "report", STAYED, analyses.READ, STAY)
    said = call(root, capsys, "suggest", "--write", "--perhaps")
    text = (root / "penguins.ipynb").read_text("utf-8")
    assert "1,184 minutes](tie:" in text and "20 hours](tie:" in text
    assert said.err.count("Executing penguins.ipynb") == 2, "before, and with the lines that record"
    assert said.lines[-1].startswith("2 tied; 1 number without a tie: 1 to look at. Next: tie or waive")


def test_ties_stay_where_a_notebook_fails_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    later = "import os\nmissing = os.environ['TIEOUT_NOWHERE'] if 'get_ipython' in globals() else ''"
    root = analyses.project(tmp_path / "report", STAYED, analyses.READ, STAY, later)
    said = call(root, capsys, "suggest", "--write", "--perhaps")
    assert said.status == 2 and "TIEOUT_NOWHERE" in said.err and "Traceback" not in said.text
    assert "1,184 minutes](tie:" in (root / "penguins.ipynb").read_text("utf-8")
    assert "1 tied; 2 numbers without a tie" in said.out
