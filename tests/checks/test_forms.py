"""One entry, one form: places that show an entry with different digits are named, and others are not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support import projects
from tieout.checks import forms, prose
from tieout.ledger import Ledger
from tieout.notebooks import VEGALITE
from tieout.problems import Problem

CELL = f"{projects.MULTIPLE}t.record('growth', 0.4445, label='Growth of all')\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("forms")
    return projects.create(root, {"index.md": "# Home\n", "two.ipynb": ["#:# Two\n", CELL]})


def unlike(folder: Path, text: str, *rows: dict[str, Any]) -> list[Problem]:
    (folder / "index.md").write_text(f"# Home\n\n{text}\n", encoding="utf-8")
    drawn = projects.code("1", {VEGALITE: {"datasets": {"d": list(rows)}}}) if rows else "1 + 1"
    (folder / "two.ipynb").write_text(
        projects.run(folder, "#:# Two\n\nIt grew [7.6-fold](tie:market.multiple).", CELL, drawn)
    )
    return [each for each in prose.check(Ledger.load(folder)).problems if each.rule == "forms"]


@pytest.mark.parametrize(
    "text",
    [
        "It grew [44.5%](tie:growth), or [44%](tie:growth).",
        "It grew [44%](tie:growth).\n\n| Growth |\n|---|\n| [44.5%](tie:growth) |",
    ],
)
def test_roundings_that_do_not_make_one_number_are_named_with_both_places(folder: Path, text: str) -> None:
    (found,) = unlike(folder, text)
    assert found.severity == "warning"
    assert found.line and found.hint
    assert ":" in found.what and "elsewhere" in found.what


def test_a_chart_that_rounds_otherwise_is_named(folder: Path) -> None:
    row = {"id": "growth", "value": 0.4445, "text": "44.5%"}
    text = "It grew [44%](tie:growth)."
    (found,) = unlike(folder, text, row)
    assert {"44%", "44.5%"} <= set(found.what.replace("“", "”").split("”"))
    assert not unlike(folder, text, row | {"text": "44%"})
    assert unlike(folder, text, row | {"text": "44%", "tooltip": "44.5%"})


@pytest.mark.parametrize(
    "text",
    [
        r"It reached [\$2.5 billion](tie:market.2024), then [\$3 billion](tie:market.2024).",
        "It grew [40.1%](tie:market.cagr).\n\n| Growth |\n|---|\n| [40%](tie:market.cagr) |",
        "It grew [8-fold](tie:market.multiple).", "It grew [44%](tie:growth), or [44.45%](tie:growth).",
        r"It reached [\$2.5 billion](tie:market.2024), or [\$2,500 million](tie:market.2024).",
        r"It reached [\$2.5 billion](tie:market.2024), over [\$2 billion](tie:market.2024).",
        "It grew [40.1%](tie:market.cagr), nearly [41%](tie:market.cagr), or [two fifths](tie:market.cagr).",
        "There are [162](tie:devices.count), over [160](tie:devices.count), about [160](tie:devices.count).",
    ],
)  # fmt: skip
def test_one_value_rounded_further_or_said_in_another_style_is_left_alone(folder: Path, text: str) -> None:
    assert unlike(folder, text) == []


def test_the_report_shows_every_entry_alike(root: Path) -> None:
    ledger = Ledger.load(root)
    shown = [each for passage in ledger.sources.passages for each in forms.displays(passage, ledger)]
    assert len(shown) > 300
    assert [str(each) for each in forms.unlike(ledger, [*shown, *forms.drawn(ledger)])] == []


def test_numbers_written_as_english_does_are_named_once_in_a_book_of_another_language(tmp_path: Path) -> None:
    tie = "Es wuchs um [{}](tie:market.cagr), um [{}](tie:market.cagr)."
    folder = projects.create(
        tmp_path, {"index.md": f"# Start\n\n{tie.format('40.1 %', '40.1%')}\n"}, lang="de"
    )
    (found,) = (each for each in prose.check(Ledger.load(folder)).problems if each.rule == "forms")
    assert "“40.1 %”" in found.what and "1 more" in found.what and "40,1 %" in found.hint
    (folder / "index.md").write_text(f"# Start\n\n{tie.format('40,1 %', '40,1 %')}\n", encoding="utf-8")
    assert not [each for each in prose.check(Ledger.load(folder)).problems if each.rule == "forms"]
