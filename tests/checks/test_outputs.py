"""The outputs check: no cell unrun, out of order or silent, no figure adrift, no stored digit changed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.support.notebooks import workspace, write
from tieout.checks import outputs, stored
from tieout.checks.outputs import check
from tieout.machine.limits import Limits
from tieout.machine.processes import TooMuch
from tieout.notebooks import ENTRY, RELATION, SVG, VEGALITE, Notebook, gate
from tieout.notebooks.execute import execute
from tieout.problems import Problem

SPEC = {
    "usermeta": {"label": "fig-NAME"},
    "datasets": {"d": [{"value": 18.9}, {"value": 2.5}]},
    "mark": "bar",
}
BUNDLES: list[dict[str, Any]] = [
    {
        ENTRY: {"id": "market.multiple", "value": "7.56", "interval": ["7.39", "7.73"]},
        "text/plain": "tie:m = 7.56",
    },
    {RELATION: {"id": "market.cagr", "left": {"const": "42.5"}}, "text/plain": "tie:relation 42.5"},
    {"text/markdown": "| a | b |\n| :- | -: |\n| x | [18.9](tie:m) |", "text/plain": "a  b\nx  18.9"},
    {SVG: "<svg>\n<text>18.9</text>\n</svg>\n", VEGALITE: SPEC, "text/plain": "chart fig-NAME"},
    {"image/png": "iVBORw0KGgo18", "text/plain": "a picture"},
]
MOVES = {
    "entry": (ENTRY, '"value": "7.56"', '"value": "7.66"'),
    "interval": (ENTRY, '"7.73"', '"7.74"'),
    "relation": (RELATION, '"const": "42.5"', '"const": "42.6"'),
    "table": ("text/markdown", "[18.9](tie:m)", "[18.8](tie:m)"),
    "target": ("text/markdown", "[18.9](tie:m)", "[18.9](tie:n)"),
    "plain": ("text/plain", "x  18.9", "x  18.7"),
    "picture": (SVG, "<text>18.9</text>", "<text>19.9</text>"),
    "chart": (VEGALITE, '"value": 18.9', '"value": 18.8'),
    "png": ("image/png", "iVBORw0KGgo18", "iVBORw0KGgo19"),
    "stream": ("stdout", "printed 3.5", "printed 3.6"),
}


def code(name: str) -> str:
    """A cell that shows every kind of output."""
    shown = repr(BUNDLES).replace("fig-NAME", f"fig-{name}")
    lines = [
        "from IPython.display import display",
        f"for bundle in {shown}:",
        "    display(bundle, raw=True)",
    ]
    return "\n".join([*lines, "print('printed 3.5')"])


Moved = dict[str, list[Problem]]


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An executed notebook; in each cell but the first one stored character was changed."""
    root = tmp_path_factory.mktemp("project")
    (root / "_quarto.yml").write_text("project: {type: book}\n", encoding="utf-8")
    path = write(root / "a.ipynb", *map(code, ("same", *MOVES)))
    execute(path, root)
    book = json.loads(path.read_text(encoding="utf-8"))
    for cell, (_, before, after) in zip(book["cells"][1:], MOVES.values(), strict=True):
        outputs = json.dumps(cell["outputs"])
        assert before in outputs
        cell["outputs"] = json.loads(outputs.replace(before, after, 1))
    path.write_text(json.dumps(book, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def moved(changed: Path) -> Moved:
    """What the check says of each cell."""
    figures = {file: file.read_bytes() for file in (changed.parent / "figures").iterdir()}
    report = check(workspace(changed.parent, [changed]), execute=True)
    assert {file: file.read_bytes() for file in (changed.parent / "figures").iterdir()} == figures
    cells = {f"part-{number}": name for number, name in enumerate(("same", *MOVES))}
    by_name: Moved = {name: [] for name in cells.values()}
    for problem in report.problems:
        (id,) = [id for id in cells if f"({id})" in str(problem)]
        by_name[cells[id]].append(problem)
    return by_name


def test_what_did_not_change_passes(moved: Moved) -> None:
    assert moved["same"] == []


@pytest.mark.parametrize("name", MOVES)
def test_a_changed_digit_in_a_stored_output_never_passes(name: str, moved: Moved, changed: Path) -> None:
    mime, _, after = MOVES[name]
    (problem,) = [problem for problem in moved[name] if problem.rule == "moved"]
    assert mime in problem.what
    assert problem.where.startswith("cell ")
    lines = changed.read_text(encoding="utf-8").splitlines()
    assert problem.line and after in lines[problem.line - 1]
    assert "stored" in problem.what and "now" in problem.what


@pytest.mark.parametrize("name", ["picture", "chart"])
def test_a_figure_unlike_its_file_never_passes(name: str, moved: Moved) -> None:
    suffix = {"picture": "svg", "chart": "json"}[name]
    (problem,) = [problem for problem in moved[name] if problem.rule == "figure-differs"]
    assert f"figures/fig-{name}.{suffix} is not what the cell stores" in problem.what


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "_quarto.yml").write_text("project: {type: book}\n", encoding="utf-8")
    return tmp_path


def ran(count: int | None, source: str, *outputs: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {
        "cell_type": "code",
        "execution_count": count,
        "id": f"ran-{count}",
        "metadata": metadata,
        "outputs": list(outputs),
        "source": source.splitlines(keepends=True),
    }


def shown(**data: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": data}


def test_figures_missing_and_orphaned_and_made_twice_are_named(project: Path) -> None:
    output = shown(**{SVG: "<svg/>\n", VEGALITE: {**SPEC, "usermeta": {"label": "fig-a"}}})
    path = write(project / "a.ipynb", ran(1, "#| label: fig-b\n1", output), ran(2, "1", output))
    (project / "figures").mkdir()
    (project / "figures" / "fig-old.svg").write_text("<svg/>", encoding="utf-8")
    report = check(workspace(project, [path]), execute=False)
    assert "1 of 3 figures equal to their files" in map(str, report.counts)
    problems = report.problems
    rules = {problem.rule for problem in problems}
    assert rules == {"figure-missing", "orphan", "duplicate", "label"}
    (orphan,) = [problem for problem in problems if problem.rule == "orphan"]
    assert orphan.path == "figures/fig-old.svg"


def test_figures_that_no_notebook_makes_are_named_each_before_a_build(project: Path) -> None:
    path = write(project / "a.ipynb", ran(1, "1"))
    (project / "figures").mkdir()
    for number in range(8):
        (project / "figures" / f"fig-{number}.svg").write_text("<svg/>", encoding="utf-8")
    problems = stored.check(workspace(project, [path])).problems
    assert [problem.path for problem in problems] == [f"figures/fig-{number}.svg" for number in range(8)]
    assert not any("more cells" in problem.what for problem in problems)


PASSED = ran(1, "x = 1")
GATED = {
    "not-executed": [ran(None, "x = 1")],
    "order": [ran(2, "x = 1"), ran(1, "y = 2")],
    "gap": [ran(1, "x = 1"), ran(3, "y = 2")],
    "error-output": [ran(1, "1/0", {"output_type": "error", "ename": "E", "evalue": "v", "traceback": []})],
    "no-output": [ran(1, "import tieout as t\nt.table([])")],
}


@pytest.mark.parametrize("name", GATED)
def test_the_gate_names_what_nbval_passes(name: str, project: Path) -> None:
    path = write(project / "a.ipynb", *GATED[name])
    problems = check(workspace(project, [path]), execute=False).errors
    assert {problem.rule for problem in problems} == {{"gap": "order"}.get(name, name.split()[0])}
    assert all(problem.path == "a.ipynb" and problem.line and problem.hint for problem in problems)


@pytest.mark.parametrize(
    ("counts", "rules"),
    [
        ((None, 2, 3), ["not-executed"]),  # cleared after it had run
        ((None, 1, 2), ["not-executed"]),  # put in later
        ((1, 7, 8), ["order"]),
        ((2, 1, 3), ["order", "order", "order"]),
    ],
)
def test_a_cell_out_of_order_is_no_fault_of_those_after_it(
    counts: tuple[int | None, ...], rules: list[str]
) -> None:
    cells = [ran(count, "x = 1") for count in counts]
    book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    assert [problem.rule for problem in gate(Notebook.parse(json.dumps(book)))] == rules


def test_the_gate_counts_what_a_cell_shows() -> None:
    def rules(source: str, *outputs: dict[str, Any]) -> list[str]:
        cells = [ran(1, "import tieout"), ran(2, source, *outputs)]
        book = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        return [problem.rule for problem in gate(Notebook.parse(json.dumps(book)))]

    entry = shown(**{ENTRY: {}})
    two = 'a = tieout.record("a", 1)\nb = tieout.record("b", 1)'
    assert rules(two, entry, entry) == []
    assert rules(two, entry) == ["no-output"]
    assert rules("for x in []:\n    tieout.record('a', x)") == []
    assert rules("def f():\n    return tieout.table([])") == []
    assert rules("tieout.figure('fig-a', c); tieout.tree('fig-b', c)") == ["no-output"]
    assert rules("%time tieout.table([])") == []


def test_nothing_is_not_a_pass(project: Path) -> None:
    assert not check(workspace(project, []), execute=False).ok
    assert not check(workspace(project, [write(project / "a.ipynb", "#:prose")]), execute=True).ok


def test_a_broken_notebook_is_a_problem_among_others(project: Path) -> None:
    (project / "a.ipynb").write_text("{", encoding="utf-8")
    path = write(project / "b.ipynb", PASSED)
    report = check(workspace(project, [project / "a.ipynb", path]), execute=True)
    assert [problem.path for problem in report.problems] == ["a.ipynb"]
    assert str(report.counts[-1]) == "1 of 1 cells gave the same again"


def test_cells_that_fail_or_kill_the_kernel_when_run_again_are_named(project: Path) -> None:
    failing = write(project / "a.ipynb", ran(1, "x = 1"), ran(2, "1/0"))
    dying = write(project / "b.ipynb", ran(1, "x = 1"), ran(2, "import os\nos._exit(1)"), ran(3, "y = 1"))
    report = check(workspace(project, [failing, dying]), execute=True)
    first, second = report.problems
    assert first.path == "a.ipynb" and "fails when it runs again: ZeroDivisionError" in first.what
    assert second.path == "b.ipynb" and "the kernel died" in second.what
    assert report.counts[-1].passed == 2 and report.counts[-1].total == 5


def test_a_kernel_that_dies_once_is_run_again_and_that_is_said(project: Path, tmp_path: Path) -> None:
    once = f"import os\nif not os.path.exists(mark := {str(tmp_path / 'mark')!r}):\n"
    once += "    open(mark, 'w').close()\n    os._exit(1)"
    path = write(project / "a.ipynb", ran(1, "x = 1"), ran(2, once), ran(3, "y = 1"))
    report = check(workspace(project, [path]), execute=True)
    assert report.problems == [] and report.counts[-1].passed == 3
    assert "a.ipynb was run twice: its kernel died the first time" in report.notes


def test_a_run_has_the_time_of_each_cell_and_of_the_start(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = []

    def ended(*_command: Any, limits: Limits, **_more: Any) -> None:
        given.append(limits)
        raise TooMuch("took more than its time")

    monkeypatch.setattr(outputs, "run", ended)
    path = write(project / "a.ipynb", ran(1, "x = 1"), ran(2, "y = 2"), "#:words")
    (problem,) = outputs._replay(project, Notebook.load(path), 30, 10**9)[0]
    assert [(each.seconds, each.memory) for each in given] == [(30 * 3, 10**9)]
    assert (problem.path, problem.rule) == ("a.ipynb", "limit") and "took more than its time" in problem.what


OUT_OF_THE_COMPARISON = (
    "#| volatile: a clock\nimport time\nprint(time.time_ns())",
    "# NBVAL_IGNORE_OUTPUT\nprint(time.time_ns())",
    "object()",
    "%%time\n1 + 1",
)


def test_what_every_run_has_of_its_own_is_counted_and_stops_nothing(project: Path) -> None:
    path = write(project / "a.ipynb", *OUT_OF_THE_COMPARISON)
    execute(path, project)
    report = check(workspace(project, [path]), execute=True)
    assert not report.errors
    assert [problem.rule for problem in report.problems] == ["unchecked", "unchecked"]
    counts = {count.label: (count.passed, count.total) for count in report.counts}
    assert counts["cells gave the same again"] == (2, 2)
    assert "2 cells are taken out of the comparison" in report.notes


def test_no_number_is_recorded_where_nothing_is_compared(project: Path) -> None:
    entry = shown(**{"application/vnd.tieout.entry+json": {"id": "a"}})
    path = write(project / "a.ipynb", ran(1, "#| volatile: a clock\nx", entry))
    (problem,) = check(workspace(project, [path]), execute=False).errors
    assert problem.rule == "unchecked-entry"


def test_what_moved_in_a_long_line_is_cut_out_of_it() -> None:
    long = "x" * 400
    _, line, words = outputs._moved(f"a\n{long}1{long}", f"a\n{long}2{long}")
    assert line == 2
    assert re.fullmatch(r"stored '…x+1x*…', now '…x+2x*…'", words)
    _, line, words = outputs._moved("a\nb1\nc", "a\nb2\nc")
    assert (line, words) == (2, "stored 'b1…', now 'b2…'")
