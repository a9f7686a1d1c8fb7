"""All checks by name: run in order of the data's way, on one ledger, each mistake said once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support import projects
from tieout import check, publish
from tieout.checks import outputs, source
from tieout.ledger import Ledger
from tieout.problems import InputError, Report
from tieout.workspace import Workspace

NAMES = ["data", "source", "outputs", "ledger", "prose", "citations", "relations", "site"]
TEXT = "# Home\n\nIt reached [\\$2.5 billion](tie:market.2024) [@agency2026].\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    cells = [f"#:{TEXT}", projects.MULTIPLE, "#:It grows [7.6-fold](tie:market.multiple)."]
    return projects.create(tmp_path / "project", {"index.ipynb": cells})


def test_all_checks_run_in_the_order_of_the_data(project: Path) -> None:
    assert publish.build(Workspace.load(project), "pandoc", execute=False).site
    steps: list[str] = []
    reports = check.run(Workspace.load(project), execute=False, progress=steps.append)
    assert [report.check for report in reports] == NAMES
    assert steps == ["Checking " + ", ".join(NAMES)]
    assert [report.check for report in reports if not report.ok] == ["source"], (
        "its index is another report's"
    )


def test_checks_that_are_named_run_alone_and_in_order(project: Path) -> None:
    reports = check.run(Workspace.load(project), ["prose", "data", "prose"])
    assert [report.check for report in reports] == ["data", "prose"]
    assert all(report.ok for report in reports)


def test_the_ledger_is_computed_once_for_all(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[Workspace] = []
    of = Ledger.of.__func__  # type: ignore[attr-defined]

    def counted(cls: type[Ledger], workspace: Workspace) -> Ledger:
        computed.append(workspace)
        return of(cls, workspace)  # type: ignore[no-any-return]

    monkeypatch.setattr(Ledger, "of", classmethod(counted))
    workspace = Workspace.load(project)
    check.run(workspace, ["ledger", "prose", "relations", "site"])
    assert computed == [workspace]


@pytest.mark.parametrize(
    ("name", "hint"), [("prosa", "did you mean prose?"), ("x", "checks are data, source")]
)
def test_an_unknown_name_is_refused(project: Path, name: str, hint: str) -> None:
    with pytest.raises(InputError, match=f"no check called '{name}'") as caught:
        check.run(Workspace.load(project), ["data", name])
    assert caught.value.problems[0].hint.startswith(hint)


def test_a_project_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"_quarto\.yml"):
        check.run(Workspace.load(tmp_path))


def test_input_that_cannot_be_read_fails_its_checks_and_the_others_go_on(project: Path) -> None:
    """The check that finds the mistake first tells it; those that need the file say that they do."""
    projects.change(project / "data" / "facts.csv", "exact", "precise")
    reports = {report.check: report for report in check.run(Workspace.load(project), execute=False)}
    told = [str(problem) for report in reports.values() for problem in report.problems]
    assert sum("'precise' is not a qualifier" in line for line in told) == 1
    assert any("'precise'" in problem.what for problem in reports["data"].problems)
    assert reports["outputs"].ok
    for name in ("ledger", "prose", "relations"):
        (problem,) = reports[name].problems
        assert not reports[name].ok
        assert problem.what == f"the check {name} could not be done: what it needs cannot be read"


def test_a_broken_notebook_is_said_once(project: Path) -> None:
    projects.change(project / "index.ipynb", '"nbformat": 4', '"nbformat": 3')
    with pytest.raises(InputError, match="is a notebook of format 3") as caught:
        check.run(Workspace.load(project), execute=False)
    assert len(caught.value.problems) == 1


def test_what_is_asked_for_reaches_its_check(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    def look(name: str) -> Any:
        def check(*arguments: Any) -> Report:
            asked[name] = arguments
            return Report(name)

        return check

    monkeypatch.setattr(source, "check", look("source"))
    monkeypatch.setattr(outputs, "check", look("outputs"))
    text = project / "text.txt"
    workspace = Workspace.load(project)
    check.run(workspace, ["source", "outputs"], text=text, execute=False)
    assert asked == {
        "source": (workspace, text),
        "outputs": (workspace, False),
    }
