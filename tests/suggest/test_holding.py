"""What variables hold is asked of a kernel: once, without a change to the notebook, and never taken stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import analyses
from tests.support.commands import call

LOOKING = "Looking into the variables of penguins.ipynb"
MADE = 'heavy = penguins.mass.quantile(0.9)\nprint("Done.")'
PROSE = "#:# Mass\n\nOne in ten is a heavy one of 4,964 g.\n\nThe mean mass is 4,031 g."


def test_numbers_that_no_cell_shows_are_tied_by_what_variables_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = (analyses.READ, MADE, "penguins.mass.mean()")
    root = analyses.project(tmp_path / "report", *cells, PROSE)
    said = call(root, capsys, "suggest", "--write")
    text = (root / "penguins.ipynb").read_text("utf-8")
    assert "[4,964 g](tie:penguins.heavy)" in text and 't.record(\\"penguins.heavy\\", heavy' in text
    assert "tieout.notebooks" not in text, "nothing of what was asked stays"
    assert said.err.count(LOOKING) == 1, "lines that record change no variable"
    assert LOOKING not in call(root, capsys, "suggest", "--write").err
    data = root / "penguins.csv"
    data.write_text(data.read_text("utf-8").replace("5210", "5310"), "utf-8")
    assert LOOKING in call(root, capsys, "suggest", "--write").err
    assert LOOKING not in call(root, capsys, "suggest").err, "without --write nothing runs"


def test_a_notebook_that_fails_has_its_stored_outputs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = analyses.project(tmp_path / "report", analyses.READ, "penguins.mass.mean()", PROSE)
    path = root / "penguins.ipynb"
    path.write_text(path.read_text("utf-8").replace("penguins.csv", "missing.csv", 1), "utf-8")
    said = call(root, capsys, "suggest", "--write")
    assert said.status == 2 and LOOKING not in said.err
    assert "[4,031 g](tie:" in path.read_text("utf-8")


def test_a_notebook_whose_numbers_are_tied_is_not_run_for_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = analyses.project(tmp_path / "report", analyses.READ, MADE, "#:# Mass\n\nNothing is counted.")
    assert LOOKING not in call(root, capsys, "suggest", "--write").err


def test_what_a_notebook_prints_by_itself_hides_no_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = 'get_ipython().events.register("post_run_cell", lambda *_: print("ran"))'
    root = analyses.project(tmp_path / "report", analyses.READ, PROSE)
    path = root / "penguins.ipynb"
    book = json.loads(path.read_text("utf-8"))
    last = book["cells"][-1]
    cells = [{**book["cells"][0], "id": name, "source": [code]} for name, code in (("a", hook), ("b", MADE))]
    book["cells"][-1:] = [*cells, last]
    path.write_text(json.dumps(book, indent=1), "utf-8")
    call(root, capsys, "suggest", "--write")
    assert "[4,964 g](tie:penguins.heavy)" in path.read_text("utf-8")
