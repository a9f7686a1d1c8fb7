"""The guides in docs/ are done, block by block, in empty folders."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import analyses, example, notebooks, projects
from tests.support.commands import call, run_tieout
from tieout.adopt.adopt import adopt
from tieout.checks import prose
from tieout.ledger import Ledger
from tieout.project.starter import create

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


@pytest.fixture
def guide(root: Path, request: pytest.FixtureRequest) -> dict[str, list[str]]:
    """The blocks of the guide that a test is about, by language, in order."""
    text = (root / "docs" / request.param).read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for language, block in BLOCK.findall(text):
        found.setdefault(language, []).append(block)
    return found


def report(folder: Path, *cells: str) -> Path:
    """Write a notebook and adopt it."""
    notebooks.write(folder / "index.ipynb", *cells)
    adopt(folder).write()
    return folder


def source(folder: Path, name: str = "index.ipynb") -> str:
    book = json.loads((folder / name).read_text(encoding="utf-8"))
    return "\n".join("".join(cell["source"]) for cell in book["cells"])


MASSES = "species,mass\n" + "Adelie,3701\n" * 151 + "Gentoo,5076\n" * 123 + "Chinstrap,3733\n" * 68


@pytest.mark.parametrize("guide", ["analysis.md"], indirect=True)
def test_an_ordinary_notebook_becomes_a_report(
    guide: dict[str, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its four commands, in their order; what `suggest` writes is what the guide shows."""
    computed, grouped, line = guide["python"]
    draft, tied, ledger = guide["markdown"]
    folder = tmp_path / "penguins"
    folder.mkdir()
    (folder / "penguins.csv").write_text(MASSES, encoding="utf-8")
    text = analyses.run(folder, f"#:# Penguins\n\n{draft}", computed, grouped)
    (folder / "draft.ipynb").write_text(text, encoding="utf-8")
    commands = [row.partition("#")[0].split()[1:] for row in guide["sh"][0].splitlines()]
    assert [command[0] for command in commands] == ["adopt", "suggest", "build", "check"]
    assert call(folder, capsys, *commands[0], "--yes").status == 0
    assert (folder / "ledger.qmd").read_text(encoding="utf-8").split()[-2:] == ledger.split()[-2:]
    assert call(folder, capsys, *commands[1]).status == 0
    assert line.strip() in source(folder, "draft.ipynb")
    assert tied.strip() in source(folder, "draft.ipynb")
    done = run_tieout("build", "--engine", "pandoc", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "4 of 4 numbers tied" in done.stderr
    checked = call(folder, capsys, *commands[3])
    assert checked.status == 0, checked.text


@pytest.mark.parametrize("guide", ["analysis.md"], indirect=True)
def test_a_report_written_by_hand_builds(guide: dict[str, list[str]], tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text(guide["yaml"][0], encoding="utf-8")
    (tmp_path / "ledger.qmd").write_text(guide["markdown"][-1], encoding="utf-8")
    notebooks.write(tmp_path / "index.ipynb", "#:# Penguins\n\nWords.")
    assert Ledger.load(tmp_path).project.problems == ()
    assert not prose.check(Ledger.load(tmp_path)).errors


SALES = "month,orders,revenue\n2026-04-01,1012,25300\n2026-05-01,1105,28177.50\n"


@pytest.mark.parametrize("guide", ["monthly.md"], indirect=True)
def test_next_month_is_two_commands(
    guide: dict[str, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sales.csv").write_text(SALES, encoding="utf-8")
    report(tmp_path, f"#:# Sales\n\n{guide['markdown'][0]}", guide["python"][0])
    run = call(tmp_path, capsys, "execute")
    assert run.status == 0, run.err
    assert not prose.check(Ledger.load(tmp_path)).errors
    (tmp_path / "sales.csv").write_text(f"{SALES}2026-06-01,1234,32207.40\n", encoding="utf-8")
    assert call(tmp_path, capsys, "execute").status == 0
    assert {problem.id for problem in prose.check(Ledger.load(tmp_path)).errors} == {
        "month", "orders", "orders.before", "orders.change", "basket",
    }  # fmt: skip
    assert call(tmp_path, capsys, "update", "--yes").status == 0
    said = source(tmp_path)
    for shown in ("[June 2026]", "[1,234]", "[1,105](tie:orders.before)", "[11.7%]", "[€26.10]"):
        assert shown in said
    assert not prose.check(Ledger.load(tmp_path)).errors


@example.needs_libraries
@pytest.mark.parametrize("guide", ["regression.md"], indirect=True)
def test_a_regression_is_a_family(
    guide: dict[str, list[str]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    create(tmp_path, "analysis")
    told = [f"#:# Model\n\n{block}" for block in guide["markdown"]]
    notebooks.write(tmp_path / "index.ipynb", guide["python"][0], told[0], guide["python"][1], told[1])
    run = call(tmp_path, capsys, "execute")
    assert run.status == 0, run.err
    report = prose.check(Ledger.load(tmp_path))
    assert [str(problem) for problem in report.errors] == []
    assert str(report.counts[1]) == "16 of 16 numbers of the prose tied or waived"


def rows(text: str) -> Sequence[tuple[str, list[str]]]:
    table = re.findall(r"^\| `(t\.record\(.*?\))` \| (.*) \|$", text, re.M)
    return [(code, re.findall(r"`([^`]+)`", said)) for code, said in table]


def test_what_the_guide_says_of_units_and_forms_is_true(root: Path, tmp_path: Path) -> None:
    text = (root / "docs" / "numbers.md").read_text(encoding="utf-8")
    found = rows(text)
    assert len(found) == 8
    cells = []
    for number, (code, forms) in enumerate(found):
        id = f"a{number}"
        cells.append(f"import tieout as t\n{code.replace(chr(34) + 'a' + chr(34), chr(34) + id + chr(34))}")
        cells.append("#:" + "\n\n".join(f"It is [{form}](tie:{id})." for form in forms))
    waived = next(block for language, block in BLOCK.findall(text) if language == "markdown")
    root = projects.create(tmp_path / "small", {"index.ipynb": ["#:# Home", *cells, f"#:{waived}"]})
    report = prose.check(Ledger.load(root))
    assert [str(problem) for problem in report.errors] == []
    assert any("a key of the telephone" in note for note in report.notes)
