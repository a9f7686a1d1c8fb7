"""A row of the PDF's ledger that is longer than a page goes on on the next, and is compared as a whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support import projects
from tests.support.shared import once
from tieout.audit import site
from tieout.ledger import Ledger

LABEL = "Places: " + ", ".join(f"place {number}" for number in range(1000, 1400))
PROSE = "#:# Long\n\nOf [162](tie:n) and [7](tie:x) devices."
RECORDED = f'import tieout as t\nt.record("n", 162, label={LABEL!r})\nt.record("x", 7, label="After it")\n'


def write(folder: Path) -> None:
    projects.published(folder, {"index.ipynb": [PROSE, RECORDED]})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "long-rows", write)


def test_nothing_of_it_is_lost(book: Path) -> None:
    report = site.check(Ledger.load(book))
    counts = {each.label: (each.passed, each.total) for each in report.counts}
    assert report.ok
    assert counts["rows of the PDF's ledger"] == (8, 8)


def test_a_digit_of_it_that_the_ledger_does_not_say_is_found(book: Path, tmp_path: Path) -> None:
    root = Path(shutil.copytree(book, tmp_path / "book"))
    for name in ("_site/ledger.json", "index.ipynb"):
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(text.replace("place 1399", "place 1398"), encoding="utf-8")
    said = [str(problem) for problem in site.check(Ledger.load(root)).problems]
    assert any("the row of n says" in problem for problem in said), said
