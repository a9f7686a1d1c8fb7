"""The starter: a small project that is whole, says what its columns mean, and overwrites nothing."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from tieout.checks import citations, data, outputs, prose, source
from tieout.ledger import Ledger
from tieout.problems import InputError
from tieout.project import Project
from tieout.project import starter as starting
from tieout.publish import run
from tieout.workspace import Workspace


def test_it_is_a_book_of_which_every_key_is_known(starter: Path) -> None:
    project = Project.load(starter)
    assert not project.problems
    assert [str(chapter.path) for chapter in project.chapters] == [
        "index.ipynb", "references.qmd", "findings.qmd", "ledger.qmd",
    ]  # fmt: skip


@pytest.mark.parametrize("check", [data.check, source.check, citations.check])
def test_what_needs_no_run_passes_as_written(starter: Path, check: object) -> None:
    report = check(Workspace.load(starter))  # type: ignore[operator]
    assert report.ok and not report.problems


def test_its_notebook_is_valid_and_stored_with_what_it_shows(starter: Path) -> None:
    """So that `quarto render`, which runs nothing, works at once; running it changes no byte."""
    path = starter / "index.ipynb"
    nbformat.validate(nbformat.read(path, as_version=4))
    assert outputs.check(Workspace.load(starter), execute=False).ok
    before = path.read_bytes()
    run(Workspace.load(starter))
    assert path.read_bytes() == before
    assert outputs.check(Workspace.load(starter), execute=False).ok


def test_every_column_is_explained(starter: Path) -> None:
    package = json.loads((starter / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        header = (starter / "data" / resource["path"]).read_text(encoding="utf-8").splitlines()[0]
        fields = resource["schema"]["fields"]
        assert header.split(",") == [field["name"] for field in fields]
        assert all(field["description"] for field in fields)


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    one, other = (starting.create(tmp_path / name) for name in ("one", "other"))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    assert all(path.is_file() for path in one)


def test_nothing_is_overwritten(starter: Path) -> None:
    (starter / "index.ipynb").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="not empty") as caught:
        starting.create(starter)
    assert caught.value.problems[0].hint
    assert (starter / "index.ipynb").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    assert starting.create(tmp_path)


def test_a_file_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is a file"):
        starting.create(tmp_path / "taken")


@pytest.fixture(scope="module")
def analysis(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A starter of an analysis; look, do not touch."""
    folder = tmp_path_factory.mktemp("analysis")
    starting.create(folder, "analysis")
    return folder


def test_an_analysis_is_whole_as_written(analysis: Path, root: Path) -> None:
    workspace = Workspace.load(analysis)
    assert not workspace.project.problems
    ledger = Ledger.of(workspace)
    assert {entry.kind for entry in ledger.values()} == {"computed"}
    for report in (prose.check(ledger), outputs.check(workspace, execute=False), citations.check(workspace)):
        assert report.ok and not report.problems
    data = Path("data") / "penguins.csv"
    assert (analysis / data).read_bytes() == (root / "examples" / "penguins" / data).read_bytes()


def test_running_an_analysis_changes_no_byte(tmp_path: Path) -> None:
    starting.create(tmp_path, "analysis")
    before = (tmp_path / "index.ipynb").read_bytes()
    run(Workspace.load(tmp_path))
    assert (tmp_path / "index.ipynb").read_bytes() == before
