"""The house: rooms that CONTRIBUTING names, on the stair that `make lint` holds, with tests beside them."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.conftest import LONGEST

TOP = {"__init__", "__main__", "check", "cli", "formats", "preview", "problems", "publish"}


def rooms_named(root: Path) -> list[str]:
    """The rooms and files of CONTRIBUTING's table, from the top."""
    text = (root / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = text[text.index("| room, from the top |") :].split("\n\n", 1)[0]
    return re.findall(r"`([a-z]+)(?:/|\.py)`", "\n".join(row.split("|")[1] for row in table.splitlines()[2:]))


def stair(root: Path) -> list[set[str]]:
    """The layers that imports are held to, from the top."""
    config = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = [each for each in config["tool"]["importlinter"]["contracts"] if each["type"] == "layers"]
    return [{name.strip() for name in layer.split("|")} for layer in layers["layers"]]


def test_the_rooms_that_contributing_names_are_the_folders_and_files(root: Path) -> None:
    package = root / "src" / "tieout"
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    files = {path.stem for path in package.glob("*.py")}
    assert files == TOP
    assert set(rooms_named(root)) == folders | (files - {"__init__", "__main__"})


def test_the_stair_of_the_contracts_is_the_order_of_the_table(root: Path) -> None:
    floors = {name: floor for floor, names in enumerate(stair(root)) for name in names}
    named = rooms_named(root)
    assert set(named) == set(floors) - {"__main__"}
    assert [floors[name] for name in named] == sorted(floors[name] for name in named)


@pytest.mark.parametrize("kind", ["layers", "acyclic_siblings"])
def test_both_contracts_are_there(root: Path, kind: str) -> None:
    config = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert kind in {each["type"] for each in config["tool"]["importlinter"]["contracts"]}


def test_each_room_says_in_one_line_what_it_is_for(root: Path) -> None:
    for path in (root / "src" / "tieout").glob("*/__init__.py"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert re.match(r'"""[A-Z].*[.:]', first), path


# Tests of several rooms at once: in a browser, and of every change there can be; measurements.
ACROSS = {"bench", "browser", "corruption", "support"}


def test_tests_mirror_the_rooms(root: Path) -> None:
    rooms = {path.parent.name for path in (root / "src" / "tieout").glob("*/__init__.py")}
    assert {path.parent.name for path in (root / "tests").glob("*/__init__.py")} == rooms | ACROSS
    tested = {path.parent.name for path in (root / "tests").glob("*/test_*.py")}
    assert tested == rooms | ACROSS - {"bench", "support"}


def test_the_files_of_tests_that_come_first_are_there(root: Path) -> None:
    assert [name for name in LONGEST if not (root / "tests" / name).is_file()] == []
