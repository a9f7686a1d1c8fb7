"""Cells that begin with ``%%time`` or ``%%capture`` are read as if these lines were not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.suggest.test_computed import surely
from tests.support import analyses
from tests.support.commands import call
from tieout.suggest.cells import is_captured, statements

COUNTED = 'print(f"{len(penguins)} birds were weighed")'
TOOK = ["CPU times: user 2.7 ms, sys: 4 μs, total: 2.8 ms\n", "Wall time: 2.9 ms\n"]


def project(folder: Path, prose: str, magic: str, code: str) -> Path:
    """Write a project whose second cell of code begins with a magic, with what IPython prints under it."""
    root = analyses.project(folder / "report", f"#:# Birds\n\n{prose}", analyses.READ, code)
    path = root / "penguins.ipynb"
    book = json.loads(path.read_text("utf-8"))
    cell = book["cells"][-1]
    cell["source"] = [f"{magic}\n", *cell["source"]]
    outputs = [{"output_type": "stream", "name": "stdout", "text": TOOK}] if magic == "%%time" else []
    cell["outputs"][1:1] = outputs
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return root


def test_a_timed_cell_is_read_and_how_long_it_took_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(tmp_path, "We weighed 7 birds in 2.9 hours.", "%%time", COUNTED)
    assert surely(root) == {"7": "len(penguins)"}
    call(root, capsys, "suggest", "--no-execute", "--write")
    source = "".join(json.loads((root / "penguins.ipynb").read_text("utf-8"))["cells"][-1]["source"])
    assert source.startswith("%%time\n") and "record(" in source


@pytest.mark.parametrize("magic", ["%%timeit", "%%bash", "%%writefile a.py", "%%timing"])
def test_cells_of_other_magics_are_not_read(tmp_path: Path, magic: str) -> None:
    assert surely(project(tmp_path, "We weighed 7 birds.", magic, COUNTED)) == {}
    assert statements(f"{magic}\nx = 1") is None


def test_a_captured_cell_gives_names_and_shows_nothing() -> None:
    assert len(statements("%%capture out\nfit = model.fit()") or ()) == 1
    assert is_captured("%%capture\n1") and not is_captured("%%time\n1")
