"""Variables that are given another value: each number is tied to the value that it is, where that is."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.suggest.test_computed import suggested
from tests.support import analyses
from tests.support.commands import call
from tieout.notebooks import Notebook
from tieout.suggest.gathered import gathered

STATS = """\
import pandas as pd

class stats:
    @staticmethod
    def pearsonr(a, b):
        return (0.474, 0.0312) if a is b else (0.613, 0.0021)

    @staticmethod
    def spearmanr(a, b):
        return 0.841, 0.0047

    @staticmethod
    def ttest_ind(a, b):
        return 2.61, 0.0123

yields, rain, sun = [4.0, 6.0, 7.5], [5.0, 7.0, 9.5], [1.0, 2.0]
table = pd.DataFrame({"mass": [3.21, 4.87, 5.93], "age": [1, 2, 3]})"""
PEARSON = 'r, p = stats.pearsonr(yields, yields)\nprint(f"r = {r:.2f}, p = {p:.3f}")'
SPEARMAN = 'r, p = stats.spearmanr(yields, rain)\nprint(f"rho = {r:.2f}, p = {p:.4f}")'
PROSE = "Pearson's correlation was 0.47 (*p* = 0.031), Spearman's rank correlation was 0.84 (*p* = 0.0047)."


class _Tieout:
    """Stands for Tieout where the code of a notebook is run: keeps what is recorded."""

    def __init__(self) -> None:
        self.held: dict[str, float] = {}

    def record(self, id: str, value: float, *_: object, **__: object) -> None:
        assert id not in self.held
        self.held[id] = float(value)

    def interval(self, id: str, low: float, high: float, *_: object, **__: object) -> None:
        assert id not in self.held
        self.held[id] = float(low)

    @staticmethod
    def share(count: int, of: int) -> float:
        return count / of


def likely(folder: Path, prose: str, *cells: str) -> dict[str, str]:
    """What is tied, surely or likely, by the number: the line that records it."""
    root = analyses.project(folder / "report", f"#:# Field\n\n{prose}", STATS, *cells)
    return {text: each.likely.line for text, each in suggested(root).items() if each.likely}


def written(
    folder: Path, capsys: pytest.CaptureFixture[str], prose: str, *cells: str
) -> dict[str, tuple[str, float]]:
    """What is tied, by the number: the id, and the value that the notebook then records under it."""
    root = analyses.project(folder / "report", f"#:# Field\n\n{prose}", STATS, *cells)
    call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps")
    book = json.loads((root / "penguins.ipynb").read_text(encoding="utf-8"))
    names: dict[str, Any] = {"t": _Tieout()}
    text = ""
    for cell in book["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            exec(source.replace("import tieout as t", ""), names)
        else:
            text += source
    held = names["t"].held
    return {said: (id, held[id]) for said, id in re.findall(r"\[([^\[\]]+)\]\(tie:([^()]+)\)", text)}


def test_each_value_is_recorded_in_its_cell_under_an_id_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = written(tmp_path, capsys, PROSE, PEARSON, SPEARMAN)
    assert found == {
        "0.47": ("penguins.pearsonr.r", 0.474),
        "0.031": ("penguins.pearsonr.p", 0.0312),
        "0.84": ("penguins.spearmanr.r", 0.841),
        "0.0047": ("penguins.spearmanr.p", 0.0047),
    }


def test_of_one_test_twice_what_it_is_of_tells_the_ids_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = PEARSON.replace("yields)", "rain)")
    prose = "The correlation was 0.474 with itself. The correlation of yields and rain was 0.613."
    cells = (PEARSON.replace(".2f", ".3f"), again.replace(".2f", ".3f"))
    found = written(tmp_path, capsys, prose, *cells)
    assert found["0.474"] == ("penguins.pearsonr.r", 0.474)
    assert found["0.613"] == ("penguins.pearsonr.yields.rain.r", 0.613)


def test_a_label_says_what_the_cell_computes(tmp_path: Path) -> None:
    found = likely(tmp_path, PROSE, PEARSON, SPEARMAN)
    assert 'label="Correlation of yields, p-value"' in found["0.031"]
    assert 'label="Rank correlation of yields and rain, p-value"' in found["0.0047"]


def test_equal_digits_are_told_apart_by_words_or_left(tmp_path: Path) -> None:
    first = 'm = table.mass.mean()\nprint(f"{m:.1f}")'
    second = 'm = table.mass.median()\nprint(f"{m:.1f}")'
    cells = (first.replace("mean()", "mean() + 0.19"), second)  # both are 4.9 when they are printed
    assert likely(tmp_path, "It was 4.9 in the end.", *cells) == {}
    (tmp_path / "named").mkdir()
    found = likely(tmp_path / "named", "The median mass was 4.9 kg.", *cells)
    assert "4.9 kg" not in found or "median" in found["4.9 kg"]


def test_equal_counts_of_two_values_are_left_to_the_author(tmp_path: Path) -> None:
    cells = ("n = len(yields)\nprint(f'n = {n}')", "n = len(rain)\nprint(f'n = {n}')")
    assert likely(tmp_path, "There were 3 of them, n = 3.", *cells) == {}


def test_two_values_of_one_cell_are_recorded_behind_the_calls_that_print_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert written(tmp_path, capsys, PROSE, f"{PEARSON}\n{SPEARMAN}")["0.031"][1] == 0.0312
    (tmp_path / "too").mkdir()
    assert written(tmp_path / "too", capsys, PROSE, f"{PEARSON}\n{SPEARMAN}")["0.0047"][1] == 0.0047


def test_the_same_made_of_the_same_is_one_output(tmp_path: Path) -> None:
    (tmp_path / "penguins.csv").write_text(analyses.TABLE, encoding="utf-8")
    path = tmp_path / "a.ipynb"
    mean = 'm = penguins.mass.mean()\nprint(f"mean {m:.1f}")'
    path.write_text(analyses.run(tmp_path, analyses.READ, mean, "penguins.head()", mean), encoding="utf-8")
    assert [each.known_as for each in gathered(Notebook.load(path)).evidence] == ["m"]


def values(folder: Path, *cells: str) -> dict[str, list[str]]:
    """The numbers of a notebook's outputs, all the values of each expression in their order."""
    folder.mkdir(exist_ok=True)
    path = folder / "a.ipynb"
    path.write_text(analyses.run(folder, STATS, *cells), encoding="utf-8")
    found: dict[str, list[str]] = {}
    for each in gathered(Notebook.load(path)).evidence:
        found.setdefault(each.expression, []).append(str(each.number))
    return found


def test_a_function_gives_its_own_names_alone_a_value(tmp_path: Path) -> None:
    code = "def f(x):\n    p = 0.99\n    return p\n\nq = f(1)"
    look = 'print(f"p = {p:.4f}")'
    assert values(tmp_path, PEARSON, code, look)["p"] == ["0.0312"]
    inside = "def f(x):\n    global p\n    p = 0.99\n\nf(1)"
    assert values(tmp_path, PEARSON, inside, look)["p"] == ["0.031", "0.9900"]


def test_a_name_that_a_function_gives_a_value_is_recorded_where_it_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    path = tmp_path / "a" / "a.ipynb"
    cells = ("def f():\n    global p\n    p = 0.0312\n", "p = 0.5", "f()\nx = 3", "p")
    path.write_text(analyses.run(tmp_path / "a", *cells), encoding="utf-8")
    assert [each.place for each in gathered(Notebook.load(path)).evidence] == [(3, 1)]


@pytest.mark.parametrize(
    "code",
    [
        "if len(yields) > 2:\n    p = 0.2\nelse:\n    p = 0.3",
        "for p in (0.1, 0.2):\n    pass",
        "p += 0.1688",
        "p *= 6.4103",
        "with open('penguins.csv', 'w') as file:\n    p = 0.2",
        "try:\n    p = 0.2\nexcept ValueError:\n    p = 0.3",
        "_, (r, p) = 1, (3, 0.2)",
        "p = q = 0.2",
        "p: float = 0.2",
        "print(p := 0.2)",
    ],
)
def test_whatever_gives_a_value_gives_another_one(tmp_path: Path, code: str) -> None:
    assert [float(each) for each in values(tmp_path, PEARSON, code, 'print(f"p = {p:.2f}")')["p"]] == [
        0.031, 0.2,
    ]  # fmt: skip


def test_a_value_given_in_a_branch_has_the_words_of_what_gives_it(tmp_path: Path) -> None:
    branch = "if len(yields) > 2:\n    r, p = stats.spearmanr(yields, rain)\nprint(f'p = {p:.4f}')"
    path = tmp_path / "a.ipynb"
    path.write_text(analyses.run(tmp_path, STATS, PEARSON, branch), encoding="utf-8")
    first, second = (each for each in gathered(Notebook.load(path)).evidence if each.expression == "p")
    assert (first.test, second.test) == ("pearsonr", "spearmanr")
    assert "rain" in second.words - first.words


def test_a_loop_that_changes_what_it_prints_is_no_evidence_behind_it(tmp_path: Path) -> None:
    code = "for least in [2, 5]:\n    table = table[table.mass > least]\n    print(least, table.mass.max())"
    assert values(tmp_path, code) == {}


def test_two_loops_over_the_same_items_record_each_their_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def loop(test: str) -> str:
        made = f"    r, p = stats.{test}(yields, table[v])"
        return f'for v in ["mass", "age"]:\n{made}\n    print(f"{{v}}: {{r:.3f}}, p {{p:.4f}}")'

    prose = "The correlation with mass was 0.613. The rank correlation with mass was 0.841."
    found = written(tmp_path, capsys, prose, loop("pearsonr"), loop("spearmanr"))
    assert {said: value for said, (_, value) in found.items()} == {"0.613": 0.613, "0.841": 0.841}


def test_what_is_recorded_by_hand_is_its_own_value_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    by_hand = f'{PEARSON}\nt.record("penguins.by.hand", p, "p-value")'
    prose = PROSE.replace("(*p* = 0.031)", "(*p* = 0.031, by hand)")
    found = written(tmp_path, capsys, prose, by_hand.replace("r, p", "import tieout as t\nr, p", 1), SPEARMAN)
    assert found["0.0047"] == ("penguins.spearmanr.p", 0.0047)
    assert found.get("0.031", ("penguins.by.hand", 0.0312)) == ("penguins.by.hand", 0.0312)


def test_a_table_that_is_cut_down_gives_other_counts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = ("print(f'{len(table)} plots')", "table = table[table.mass > 4]", "print(f'{len(table)} plots')")
    found = written(tmp_path, capsys, "Of 3 plots the heavier 2 plots were kept.", *cells)
    assert {said: value for said, (_, value) in found.items()} == {"3": 3.0, "2": 2.0}
    assert values(tmp_path / "b", *cells)["len(table)"] == ["3", "2"]


def test_a_table_that_gets_columns_is_the_same(tmp_path: Path) -> None:
    cells = ("len(table)", "table = table.assign(x=1)", "table['z'] = 2", "len(table)", "table.mass.mean()")
    assert values(tmp_path, *cells)["len(table)"] == ["3"]


def test_two_values_that_are_never_at_one_place_are_not_combined(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = 'm = table.mass.max()\nprint(f"largest {m:.2f}")'
    second = 'm = table.mass.min()\nprint(f"smallest {m:.2f}")'
    prose = "The largest mass was 5.93 and the smallest was 3.21, a difference of 2.72."
    found = written(tmp_path, capsys, prose, first, second)
    assert "2.72" not in found
    assert found["5.93"][1] == 5.93 and found["3.21"][1] == 3.21


def test_intervals_of_the_same_two_names_are_told_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def cell(column: str) -> str:
        made = f"lo, hi = min(table.{column}), max(table.{column})"
        return f'{made}\nprint(f"{column} 95% CI: {{lo:.2f}} to {{hi:.2f}}")'

    prose = "For mass it is wide (95% CI 3.21 to 5.93), for age too (95% CI 1.00 to 3.00)."
    found = written(tmp_path, capsys, prose, cell("mass"), cell("age"))
    assert [value for _, value in found.values()] == [3.21, 1.0]
    assert len({id for id, _ in found.values()}) == 2


def test_what_changes_unseen_is_recorded_where_it_is_shown(tmp_path: Path) -> None:
    change = "def clean(frame):\n    frame.loc[0, 'mass'] = 9.5\n\nclean(table)\ncount = 1"
    path = tmp_path / "a.ipynb"
    cells = (STATS, "table.mass.min()", change, "table.mass.min()\nlen(table)", "table.mass.min()")
    path.write_text(analyses.run(tmp_path, *cells), encoding="utf-8")
    found = [
        (each.expression, str(each.number), each.cell) for each in gathered(Notebook.load(path)).evidence
    ]
    mass = "table.mass.min()"
    assert found == [(mass, "3.21", 1), ("len(table)", "3", 3), (mass, "4.87", 4)]


@pytest.mark.parametrize("option", ["fig-cap: {}", 'tbl-cap: "{}"', "fig-alt: '{}'", "fig-cap: |\n#|   {}"])
def test_numbers_of_captions_are_tied_like_those_of_prose(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    figure = f"#| label: fig-a\n#| {option.format('Mass of plots, 4.67 on average')}\nx = 3"
    root = analyses.project(tmp_path / "report", "#:# Field", STATS, "table.mass.mean()", figure)
    assert call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps").status == 0
    cells = json.loads((root / "penguins.ipynb").read_text(encoding="utf-8"))["cells"]
    assert "".join(cells[-1]["source"]) == figure.replace("4.67", "[4.67](tie:penguins.mass.mean)")
    assert '"penguins.mass.mean"' in "".join(cells[-2]["source"])
