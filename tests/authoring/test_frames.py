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
from tieout.notebooks import ENTRY, MARKDOWN, RELATION
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


@pytest.mark.parametrize(
    ("column", "texts"),
    [
        ([4.12, 4.0, 5.8], ["4.12", "4.00", "5.80"]),  # rounded to two decimals
        ([4.0, 5.0], ["4", "5"]),
        ([4.123456, 4.0], ["4.123456", "4"]),  # each to its own digits
        ([4.1, 5.2], ["4.1", "5.2"]),
    ],
)
def test_a_rounded_column_has_one_number_of_decimals(
    column: list[float], texts: list[str], shown: list[dict[str, Any]]
) -> None:
    t.table(pd.DataFrame({"x": column}), ids="d.{column}.{index}")
    rows = [line.split("|")[1:-1] for line in shown[-1][MARKDOWN].splitlines()][2:]
    assert [cell.partition("]")[0].strip(" [") for (cell,) in rows] == texts


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


DESCRIBED = "import pandas as pd\nimport tieout as t\nframe = pd.DataFrame({'2007': [1.0, 2.0, 3.0, 4.5]})\n"


@pytest.mark.parametrize(
    "index", ["describe()", "set_index(pd.Index([1952, 1957, 1962, 1967], name='Year'))"]
)
def test_names_of_rows_and_columns_that_are_numbers_are_names(tmp_path: Path, index: str) -> None:
    """Such as those of quartiles and years: nothing asks for ties there, and the list of waivers is short."""
    code = f"{DESCRIBED}t.table(frame.{index}, ids='v.{{column}}.{{index}}')"
    name, id = ("25%", "v.2007.25") if "describe" in index else ("1957", "v.2007.1957")
    shown = "1.75" if "describe" in index else "2"
    text = f"#:# Frames\n\nIt is [{shown}](tie:{id})."
    ledger = Ledger.load(projects.create(tmp_path / "report", {"index.ipynb": [text, code]}))
    report = prose.check(ledger)
    assert not report.problems
    listed = [note for note in report.notes if f"“{name}”" in note]
    assert len(listed) == 1 and listed[0].endswith("(the name of a row)") and "“2007”" not in listed[0]
    assert len(report.notes) == len(listed) + 1


PLACES = pd.DataFrame(
    {
        "People": [12, 30, 6, 48],
        "Share": [25.0, 62.5, 12.5, 100.0],
        "2020": [0.1, 0.2, 0.4, 0.7],
        "2024": [0.3, 0.1, 0.5, 0.9],
        "Change": [200.0, -50.0, 25.0, None],
        "SD": [1.5, 2.5, 3.5, 9.0],
    },
    index=["Kyiv", "Lviv", "Odesa", "Total"],
)
UNITS = {"Share": "percent", "Change": "percent"}


def relations(shown: list[dict[str, Any]]) -> list[str]:
    return [data[RELATION]["id"] for data in shown if RELATION in data]


def test_totals_shares_and_changes_of_a_table_are_relations(shown: list[dict[str, Any]]) -> None:
    t.table(PLACES, ids="{index}.{column}", unit=UNITS)
    rows = ("kyiv", "lviv", "odesa")
    assert relations(shown) == [
        "total.people.whole", "total.share.whole", "total.2020.whole", "total.2024.whole",
        *(f"{row}.share.share" for row in rows), *(f"{row}.change.change" for row in rows),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "column", "value", "named"),
    [("Total", "People", 49, "total.people.whole"), ("Lviv", "Share", 61.5, "lviv.share.share"),
     ("Odesa", "Change", 52.0, "odesa.change.change")],
)  # fmt: skip
def test_the_cell_that_the_others_contradict_is_named(
    tmp_path: Path, row: str, column: str, value: float, named: str
) -> None:
    frame = pd.concat([PLACES, PLACES.iloc[:1].rename({"Kyiv": "Dnipro"})]) if column == "Change" else PLACES
    frame = frame.drop(index="Total") if column == "Change" else frame
    said = (
        f"frame = pd.DataFrame({frame.astype(object).where(frame.notna(), None).to_dict('list')!r},"
        f" index={[*frame.index]!r})"
    )
    code = (
        f"import pandas as pd\nimport tieout as t\n{said}\nframe.loc[{row!r}, {column!r}] = {value}\n"
        f"t.table(frame, ids='{{index}}.{{column}}', unit={UNITS!r})"
    )
    ledger = Ledger.load(projects.create(tmp_path, {"index.ipynb": ["#:# Home", code]}))
    failing = [each.relation.id for each in ledger.outcomes if each.status == "fails"]
    assert named in failing and not [each for each in failing if each.partition(".")[0] not in named]


def test_names_alone_make_no_relation(shown: list[dict[str, Any]]) -> None:
    frame = pd.DataFrame(
        {"SD": [1.5, 2.5, 9.0], "Share of voice": [3.0, 4.0, 5.0], "Species": [20, 25, 30]},
        index=["a", "b", "Overall"],
    )
    t.table(frame, ids="{column}.{index}", unit={"Share of voice": "percent"})
    means = pd.DataFrame({"le": [60.0, 70.0, 65.1]}, index=["a", "b", "Mean"])
    t.table(means, ids="m.{column}.{index}")
    assert relations(shown) == []
