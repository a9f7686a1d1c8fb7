"""Forms of statistics that two outputs explain, or that a formula states: proposed, written, and agreed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support import analyses
from tests.support.commands import call
from tieout import suggest
from tieout.ledger import Ledger

READ = analyses.READ


def code_of(root: Path) -> list[str]:
    book = json.loads((root / "penguins.ipynb").read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]


def prose_of(root: Path) -> str:
    book = json.loads((root / "penguins.ipynb").read_text(encoding="utf-8"))
    return "".join(book["cells"][0]["source"])


CASES = {
    "an estimate and its room": (
        "The mean body mass is 4,031 ± 709 g.",
        ("penguins.mass.mean()", "penguins.mass.std()"),
        "[4,031 ± 709 g](tie:penguins.mass.mean)",
        't.record("penguins.mass.sd", penguins.mass.std()',
    ),
    "with its standard error": (
        "The mean body mass is 4,031 g (± 268 g).",
        ("penguins.mass.mean()", "penguins.mass.sem()"),
        "[4,031 g (± 268 g)](tie:penguins.mass.mean)",
        't.record("penguins.mass.se", penguins.mass.sem()',
    ),
    "a range": (
        "The body mass is 3,250–5,210 g.",
        ("penguins.mass.min()", "penguins.mass.max()"),
        "[3,250–5,210 g](tie:penguins.mass.range)",
        't.interval("penguins.mass.range", t.record("penguins.mass.min", penguins.mass.min()',
    ),
    "a percentile": (
        "The 95th percentile of the mass is 5,087 g.",
        ("penguins.mass.quantile(0.95)", "penguins.mass.quantile(0.9)", "penguins.mass.max() - 123.4"),
        "The 95th percentile of the mass is [5,087 g](tie:penguins.mass.quantile.p95)",
        't.record("penguins.mass.quantile.p95", penguins.mass.quantile(0.95)',
    ),
    "a count of all, in words": (
        "Of the birds, two of 7 penguins are male by sex.",
        ("len(penguins)", "len(penguins[penguins.sex == 'male'])"),
        "[two of 7](tie:penguins.share)",
        't.share(int(len(penguins[penguins.sex == \'male\'])), int(len(penguins)))',
    ),
    "a formula": (
        r"All penguins were measured, and $\bar{x} = 4{,}031.43$ is the mass.",
        ("len(penguins)", "penguins.mass.mean()"),
        r"[$\bar{x} = 4{,}031.43$](tie:penguins.mass.mean)",
        'label="Mean of mass", like="4,031.43")',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_form_is_tied_and_what_it_states_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    prose, outputs, tied, line = CASES[name]
    root = analyses.project(tmp_path / "report", f"#:# Penguins\n\n{prose}", READ, *outputs)
    said = call(root, capsys, "suggest", "--no-execute", "--write")
    assert tied in prose_of(root), said.out
    assert any(line in code for code in code_of(root)), code_of(root)
    cells = [f"#:{prose_of(root)}", *code_of(root)]
    with pytest.MonkeyPatch.context() as patch:
        shown: list[dict[str, object]] = []
        patch.setattr("tieout.authoring.session.emit", lambda data, *_: shown.append(data))
        names: dict[str, object] = {}
        patch.chdir(root)
        for cell in cells[1:]:
            exec(cell, names)
    assert shown


@pytest.mark.parametrize(
    ("prose", "outputs"),
    [
        ("The mean body mass is 4,031 ± 709 g.", ("penguins.mass.mean()", "penguins.flipper.std() + 696.74")),
        ("The mean body mass is 4,031 ± 710 g.", ("penguins.mass.mean()", "penguins.mass.std()")),
        ("The body mass is 3,250–5,210 g.", ("penguins.mass.min()", "penguins.mass.mean() + 1178.5714")),
        ("The 90th percentile of the mass is 5,087 g.", ("penguins.mass.quantile(0.95)",
                                                        "penguins.mass.quantile(0.9)")),
    ],
)  # fmt: skip
def test_outputs_of_other_things_make_no_form(tmp_path: Path, prose: str, outputs: tuple[str, ...]) -> None:
    root = analyses.project(tmp_path / "report", f"#:# Penguins\n\n{prose}", READ, *outputs)
    assert [each for each in suggest.suggest(Ledger.load(root)) if each.records] == []


def test_a_cell_that_only_shows_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What records a value stands in the cell that computed it, before what that one shows."""
    root = analyses.project(
        tmp_path / "report",
        "#:# Penguins\n\nGentoos have a mean mass of 5,005 g, and the mean mass of Adelies is 3,600 g.",
        READ,
        'means = penguins.groupby("species")[["mass", "flipper"]].mean()\nlen(means)',
        "print(means.index[0])",
        "means",
    )
    assert call(root, capsys, "suggest", "--no-execute", "--write").status == 0
    assert "[5,005 g](tie:" in prose_of(root)
    *_, computing, printing, showing = code_of(root)
    assert (printing, showing) == ("print(means.index[0])", "means")
    assert computing.splitlines()[-1] == "len(means)"
    assert computing.count("t.record(") == 2


def lines_of(root: Path) -> list[str]:
    found = [each.likely for each in suggest.suggest(Ledger.load(root))]
    return [each.line for each in found if each is not None]


def test_data_in_millions_are_recorded_in_millions(tmp_path: Path) -> None:
    code = 'print(penguins.groupby("species").agg(sales=("mass", "mean")).round(1))'
    prose = "#: All sales are in millions of dollars. Gentoo made \\$5.0 billion of sales, by the mean."
    (line,) = lines_of(analyses.project(tmp_path / "report", prose, READ, code))
    assert 'unit="million USD", like="$5.0 billion"' in line


TESTED = """\
class stats:
    ttest_ind = staticmethod(lambda a, b: (1.65, 0.099))
    chi2_contingency = staticmethod(lambda table: (4.02, 0.045, 1, table))
"""


def test_no_result_of_one_test_is_a_member_of_another(tmp_path: Path) -> None:
    unpacked = "chi2, p, dof, _ = stats.chi2_contingency(0)\nt, p_mass = stats.ttest_ind(0, 0)\n"
    printed = "print(f'chi2({dof}) = {chi2:.2f}, p = {p:.3f}')\nprint(f't = {t:.2f}, p = {p_mass:.3f}')"
    prose = "#: They differ (t = 1.65), and so do the kinds (χ² = 4.02, p = 0.045)."
    found = lines_of(analyses.project(tmp_path / "report", prose, READ, TESTED, unpacked + printed))
    ids = sorted(each.split('"')[1] for each in found)
    assert ids == ["penguins.chi2-contingency.chi2", "penguins.chi2-contingency.p", "penguins.ttest-ind.t"]
    assert not any('label=")"' in each for each in found)


def test_what_is_recorded_and_not_run_yet_is_recorded_once(tmp_path: Path) -> None:
    root = analyses.project(tmp_path / "report", "#: The mean mass is 4,031 g.", READ, "penguins.mass.mean()")
    book = root / "penguins.ipynb"
    for _ in range(2):  # the second time beside an untied copy of the sentence
        ledger = Ledger.load(root)
        suggest.plan_suggestions(ledger.workspace, suggest.suggest(ledger), likely=True).write()
        text = book.read_text(encoding="utf-8")
        book.write_text(text.replace("[4,031 g](tie:penguins.mass.mean)", "4,031 g"), encoding="utf-8")
    assert book.read_text(encoding="utf-8").count("t.record(") == 1


def test_a_ratio_of_two_rows_is_not_that_of_a_third(tmp_path: Path) -> None:
    code = 'penguins.groupby("species").flipper.mean() / 100'
    rows = "#: Gentoo birds eat 1.94 times as much as Adelie birds."
    assert lines_of(analyses.project(tmp_path / "report", rows, READ, code)) == []


def test_rows_of_one_value_are_not_told_apart_by_chance(tmp_path: Path) -> None:
    prose = "#: They have a spread of 16.4 in all."
    code = "pd.Series({'old': 16.4, 'new': 16.4})"
    assert lines_of(analyses.project(tmp_path / "report", prose, READ, code)) == []
