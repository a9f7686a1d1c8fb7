"""Rows of the PDF's ledger that one cell computed name it once, and are compared all the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.support import projects
from tests.support.shared import once
from tieout.audit import site
from tieout.ledger import Ledger

PROSE = "#:# Counts\n\nOf [162](tie:n.all), [7](tie:n.few) and [9](tie:n.more)."
RECORDED = 'import tieout as t\nt.record("n.all", 162, label="All")\nt.record("n.few", 7, label="Few")\n'
LATER = 't.record("n.more", 9, label="More")\n'
SHOWN = "#| echo: true\n"


def write(folder: Path) -> None:
    projects.published(folder, {"index.ipynb": [PROSE, RECORDED, "#:## Later", f"{SHOWN}{LATER}9"]})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "alike-rows", write)


def test_the_cell_is_named_once(book: Path) -> None:
    report = site.check(Ledger.load(book))
    assert report.ok, [str(each) for each in report.problems]
    (paper,) = (book / "_site").glob("*.pdf")
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(paper).pages).split())
    assert said.count("as the row above") == 1
    assert said.count("computed by a cell of") == 2


def test_a_row_that_is_not_as_the_one_above_is_found(book: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(book, tmp_path / "book"))
    published = root / "_site" / "ledger.json"
    ledger = json.loads(published.read_text(encoding="utf-8"))
    (few,) = [entry for entry in ledger["entries"] if entry["id"] == "n.few"]
    few["origin"] = "computed by a cell of “Elsewhere”"
    published.write_text(json.dumps(ledger), encoding="utf-8")
    said = [str(problem) for problem in site.check(Ledger.load(root)).problems]
    assert any("the row of n.few says" in problem for problem in said), said
