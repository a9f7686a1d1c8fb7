"""What a turn of a loop makes is recorded within the loop: intervals of one's own functions above all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.suggest.test_computed import shown, suggested
from tests.support import analyses
from tests.support.commands import call
from tieout.ledger import Ledger

READ = analyses.READ
CI = "def ci(x):\n    return x.mean(), x.mean() - 2 * x.std(), x.mean() + 2 * x.std()"
LOOP = """\
for name, group in penguins.groupby("sex"):
    m, lo, hi = ci(group.mass)
    print(f"{name}: {m:.1f} [{lo:.1f}, {hi:.1f}]")"""
PROSE = "Females weigh 3837.5 g (95% CI 2477.7 to 5197.3), males 4480.0 g (2415.2 to 6544.8)."


def code_of(root: Path) -> str:
    cells = json.loads((root / "penguins.ipynb").read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def test_intervals_of_a_function_of_ones_own_are_recorded_in_its_loop(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = analyses.project(tmp_path / "report", f"#:# Mass\n\n{PROSE}", READ, CI, LOOP)
    call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps")
    line = '    t.interval(f"penguins.{name}.ci", lo, hi, f"Confidence interval, {name}", level=95)'
    assert code_of(root).count(line) == 1
    again = code_of(root)
    call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps")
    assert code_of(root) == again
    assert call(root, capsys, "build", "--to", "html").status == 0
    ledger = Ledger.load(root)
    assert {"penguins.female.ci", "penguins.male.ci"} <= ledger.keys()
    ties = [(tie.shown, tie.id) for passage in ledger.sources.passages for tie in passage.scan.ties]
    assert ("95% CI 2477.7 to 5197.3", "penguins.female.ci") in ties
    assert ("2415.2 to 6544.8", "penguins.male.ci") in ties


def test_any_loop_is_read_whose_lines_say_its_item(tmp_path: Path) -> None:
    code = """\
rows = []
for v in penguins.columns[2:4]:
    r = penguins[v].corr(penguins.mass + penguins.flipper)
    rows.append(r)
    print(f"{v}: r = {r:.3f}")"""
    found = shown(tmp_path, code)
    assert {"r['mass']", "r['flipper']"} <= found.keys()


@pytest.mark.parametrize(
    "code",
    [
        "for v in ['mass', 'flipper'][:2]:\n    m = penguins[v].mean()\n    print(f'{m:.1f}')",  # whose?
        "for k in [1, 1, 2][:2]:\n    m = penguins.mass.mean()\n    print(f'{k} {m:.1f}')",  # two of one name
        "for v in penguins.columns[2:4]:\n    m = penguins[v].mean()\n    print(v, m)\n    print(m)",
        "for v in penguins.columns[2:4]: m = penguins[v].mean(); print(f'{v}: {m:.1f}')",
        "for v in penguins.columns[2:4]:\n\tm = penguins[v].mean()\n\tprint(f'{v}: {m:.1f}')",
        "for v in ['a/b', 'c/d'][:2]:\n    m = penguins.mass.mean()\n    print(f'{v}: {m:.1f}')",  # is no id
    ],
)
def test_a_loop_whose_lines_do_not_is_not(tmp_path: Path, code: str) -> None:
    assert shown(tmp_path, code) == {}


def test_names_with_spaces_make_ids(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = """\
for place in ["New York", "Ohio"][:2]:
    m = penguins.mass.mean() + len(place)
    print(f"{place}: {m:.1f}")"""
    root = analyses.project(tmp_path / "report", "#:# Mass\n\nIt was 4039.4 in New York.", READ, code)
    found = suggested(root)["4039.4"].likely
    assert found and found.key == "penguins.new-york.m"
    assert found.line.startswith("t.record(f\"penguins.{place.lower().replace(' ', '-')}.m\", m, ")


def test_what_another_output_has_too_is_not_recorded_in_the_loop(tmp_path: Path) -> None:
    table = 'penguins.groupby("sex").mass.mean()'
    root = analyses.project(tmp_path / "report", f"#:# Mass\n\n{PROSE}", READ, CI, LOOP, table)
    found = suggested(root)["3837.5 g"].likely
    assert found and found.evidence.turn is None
