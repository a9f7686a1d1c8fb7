"""Facts from a data set: each is compared with its cell, and no index of a text is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import projects
from tieout.checks import data, source
from tieout.data import adding
from tieout.data.sourcetext import place
from tieout.problems import Report
from tieout.workspace import Workspace

HEAD = "id,label,value,unit,qualifier,period,source,locator,stated\n"
GERMAN = "Art;Insel;Masse (g)\nAdelie;Torgersen;3.750,5\nGentoo;Biscoe;5.210\nChinstrap;Dream;\n"


def project(folder: Path, *facts: str) -> Path:
    root = projects.create(folder / "report", {"index.md": "# Home\n\nText.\n"}, facts=HEAD + "".join(facts))
    (root / "data" / "penguins.csv").write_bytes(GERMAN.encode("latin-1"))
    adding.add(root, root / "data" / "penguins.csv")
    return root


def row(locator: str, value: str = "3750.5", unit: str = "gram", stated: str = "") -> str:
    quality = "exact" if unit != "text" else ""
    return f'mass,"Mass, Adelie",{value},{unit},{quality},,agency2026,"{locator}",{stated}\n'


def checked(root: Path) -> Report:
    return source.check(Workspace.load(root))


@pytest.mark.parametrize(
    ("locator", "value", "unit"),
    [
        ("penguins.csv#1,Masse (g)", "3750.5", "gram"),
        ("penguins#Art=Adelie,Masse (g)", "3750.50", "gram"),
        ("penguins.csv#2,Masse (g)", "5210", "gram"),
        ("penguins.csv#Insel=Dream,Art", "Chinstrap", "text"),
    ],
)
def test_a_fact_is_what_its_cell_holds(tmp_path: Path, locator: str, value: str, unit: str) -> None:
    root = project(tmp_path, row(locator, value, unit))
    report = checked(root)
    assert report.ok, [str(each) for each in report.problems]
    assert [(each.label, each.passed, each.total) for each in report.counts] == [
        ("cells as the facts say", 1, 1)
    ]
    assert data.check(Workspace.load(root)).ok


@pytest.mark.parametrize(
    ("locator", "value", "said"),
    [
        ("penguins.csv#1,Masse (g)", "3750", "holds '3750.5', and the value is '3750'"),
        ("penguins.csv#3,Masse (g)", "3750", "is empty"),
        ("penguins.csv#4,Masse (g)", "3750", "has 3 rows of data"),
        ("penguins.csv#1,Masse", "3750", "did you mean Masse (g)?"),
        ("penguin.csv#1,Masse (g)", "3750", "did you mean penguins.csv?"),
        ("other.csv#1,a", "3750", "tieout data --add data/other.csv"),
        ("penguins.csv#Art=Adelei,Masse (g)", "3750", "did you mean Adelie?"),
        ("penguins.csv#Adelie,Masse (g)", "3750", "write a number, or a column and its value"),
    ],
)
def test_what_is_not_in_its_cell_is_named_with_its_line(
    tmp_path: Path, locator: str, value: str, said: str
) -> None:
    report = checked(project(tmp_path, row(locator, value)))
    (problem,) = report.errors
    assert said in str(problem)
    assert (problem.path, problem.line) == ("data/facts.csv", 2)


def test_facts_of_texts_ask_for_their_index_and_cells_are_looked_up_beside(tmp_path: Path) -> None:
    of_text = "size,Size,162,1,exact,,agency2026,1:p2,162\n"
    report = checked(project(tmp_path, of_text, row("penguins.csv#1,Masse (g)", "3751")))
    assert {each.rule for each in report.errors} == {"no-index", "source"}


def test_a_place_of_either_kind_has_its_form(tmp_path: Path) -> None:
    """A form is written for a place in a text; a cell states the value."""
    both = '"1:p2 | penguins.csv#2,Masse (g)"'.strip('"')
    root = project(tmp_path, row(both, "5210", stated='"5,210 g"'))
    fact = Workspace.load(root).facts["mass"]
    assert fact.stated == ("5,210 g", "5210")


def test_readers_are_told_the_row_and_the_column() -> None:
    assert place("penguins.csv#12,mass") == "penguins.csv, row 12, column mass"
    assert place("penguins.csv#Art=Adelie,Masse (g)") == "penguins.csv, row with Art Adelie, column Masse (g)"
