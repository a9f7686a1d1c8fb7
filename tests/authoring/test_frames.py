"""A whole frame is recorded and shown: every number has an id, and prose can tie to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import tieout as t
from tests.support import projects
from tieout.authoring import display, session
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.notebooks import ENTRY, MARKDOWN
from tieout.problems import InputError

FRAME = pd.DataFrame(
    {"Mass (g)": [4201.75, float("nan")], "Flipper": [172, -231], "Note": ["a", None]},
    index=pd.Index(["Adélie", "Gen too"], name="Species"),
)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    bundles: list[dict[str, Any]] = []
    for module in (display, session):
        monkeypatch.setattr(module, "emit", lambda data, metadata=None: bundles.append(data))
    return bundles


def test_each_number_is_recorded_and_tied_and_what_is_none_stays(shown: list[dict[str, Any]]) -> None:
    units = {"Mass (g)": "gram", "Flipper": "millimeter"}
    t.table(FRAME, ids="p.{column}.{index}", unit=units, like={"Mass (g)": "4,202"})
    entries = {data[ENTRY]["id"]: data[ENTRY] for data in shown if ENTRY in data}
    assert list(entries) == ["p.mass.adelie", "p.flipper.adelie", "p.flipper.gen-too"]
    assert entries["p.mass.adelie"]["label"] == "Mass (g), Adélie"
    assert entries["p.mass.adelie"]["interval"] == ["4201.25", "4202.25"]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in shown[-1][MARKDOWN].splitlines()]
    assert rows[0] == ["Species", "Mass (g)", "Flipper", "Note"]
    assert rows[2] == [
        "Adélie", "[4,202](tie:p.mass.adelie)", "[172 millimeters](tie:p.flipper.adelie)", "a"
    ]  # fmt: skip
    assert rows[3] == ["Gen too", "", "[−231 millimeters](tie:p.flipper.gen-too)", ""]


def test_rows_without_names_are_called_by_their_first_text_or_number(shown: list[dict[str, Any]]) -> None:
    t.table(FRAME.reset_index(drop=True), ids="a.{index}.{column}", columns=["Flipper"])
    t.table(pd.DataFrame({"x": [1, 2]}), ids="b.{column}.{index}")
    ids = [data[ENTRY]["id"] for data in shown if ENTRY in data]
    assert ids == ["a.a.mass", "a.a.flipper", "a.2.flipper", "b.x.1", "b.x.2"]


def test_rows_of_several_levels_have_all_their_names(shown: list[dict[str, Any]]) -> None:
    frame = pd.DataFrame({"n": [1, 2], "w": ["x", "y"], "v": ["p", "q"]}).set_index(["w", "v"])
    t.table(frame, ids="c.{column}.{index}")
    assert [data[ENTRY]["id"] for data in shown if ENTRY in data] == ["c.n.x-p", "c.n.y-q"]


@pytest.mark.parametrize(
    ("frame", "ids", "words"),
    [
        (FRAME, "p.{column}", "would both be p.flipper"),
        (FRAME, "p.{row}", "names {row}"),
        (pd.DataFrame({"日本": [1]}), "p.{column}.{index}", "no letters"),
        ([{"a": 1}], "p.{column}.{index}", "data frame"),
    ],
)
def test_ids_that_cannot_be_are_refused(frame: Any, ids: str, words: str, shown: list[Any]) -> None:
    with pytest.raises(InputError, match=words):
        t.table(frame, ids=ids)


def test_prose_ties_to_the_cells_of_a_frame(tmp_path: Path) -> None:
    cells = [
        "#:# Frames\n\nAdélie penguins have [4,202 g](tie:p.mass.adelie), and [4.2 kg](tie:p.mass.adelie).",
        "import pandas as pd\nimport tieout as t\n"
        "frame = pd.DataFrame({'Mass (g)': [4201.75]}, index=pd.Index(['Adélie'], name='Species'))\n"
        "t.table(frame, ids='p.{column}.{index}', unit='gram', like='4,202')",
    ]
    root = projects.create(tmp_path / "report", {"index.ipynb": cells})
    report = prose.check(Ledger.load(root))
    assert not report.errors
    (root / "index.ipynb").write_text((root / "index.ipynb").read_text().replace("[4,202](", "[4,203]("))
    assert prose.check(Ledger.load(root)).errors
