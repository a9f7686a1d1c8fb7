"""Small numbers that are names, whole numbers that count, cells of tables: what is not proposed for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.suggest.test_computed import suggested, surely
from tests.suggest.test_forms_suggested import code_of, prose_of
from tests.support import analyses
from tests.support.commands import call
from tieout import suggest
from tieout.ledger import Ledger

READ = f"{analyses.READ}\npenguins['brood'] = [0, 0, 0, 1, 1, 2, 2]"
CROSS = f"{READ}\nheavy = penguins.mass > 4000\ntab = pd.crosstab(penguins.brood, heavy)"
COUNTS = "penguins.brood.value_counts()"
BY = 'by = penguins.groupby("brood")[["mass", "flipper"]].mean()\nby.round(1)'


def project(folder: Path, prose: str, *cells: str) -> Path:
    return analyses.project(folder / "report", f"#:# Penguins\n\n{prose}", *cells)


def offered(root: Path) -> dict[str, list[str]]:
    return {
        text: [each.evidence.expression for each in found.outputs] for text, found in suggested(root).items()
    }


def likely(root: Path) -> dict[str, str]:
    return {text: each.likely.evidence.expression for text, each in suggested(root).items() if each.likely}


@pytest.mark.parametrize(
    "prose",
    [
        "Mass is heavy in class 0 (5,005 g) and 3,600 in the rest.",
        "Brood 0 is the lightest in mass, brood 1 the heaviest.",
        "Broods 0 and 1 differ in mass.",
        "On day 0 and in week 2, mass was measured; of item 1, too.",
        "| brood | mass |\n|---|---|\n| 0 | heavy |\n| 1 | light |",
        "| class | mass |\n|---|---|\n| 0 | heavy |\n| 1 | light |",
    ],
)
def test_a_number_that_is_a_name_is_proposed_for_nothing(tmp_path: Path, prose: str) -> None:
    found = suggested(project(tmp_path, prose, CROSS, "tab", COUNTS, BY))
    assert all(
        not each.outputs and not each.candidates for text, each in found.items() if text in ("0", "1", "2")
    )


@pytest.mark.parametrize(
    "prose", ["Of mass that is heavy in brood 0 there were 0.", "The heavy mass is 2 for brood 1."]
)
def test_a_single_digit_is_never_sure_for_a_cell_that_nothing_names(tmp_path: Path, prose: str) -> None:
    root = project(tmp_path, prose, CROSS, "tab")
    assert surely(root) == {} and likely(root) == {}


def test_a_single_digit_that_an_output_rounds_to_by_chance_is_no_likely_one(tmp_path: Path) -> None:
    root = project(tmp_path, "Men (sex 1) earn more.", READ, "penguins.mass.mean() / 2850")
    assert offered(root)["1"] and likely(root) == {}


def test_a_cell_is_sure_where_the_words_of_row_and_column_say_it(tmp_path: Path) -> None:
    table = "pd.crosstab(penguins.species, penguins.sex.fillna('none'))"
    prose = "Gentoo penguins by species and sex: the count of male Gentoo is 1, and 3 birds came."
    assert likely(project(tmp_path, prose, READ, table)).get("1", "").endswith('.loc["Gentoo", "male"]')


def test_a_count_is_that_of_the_tally_and_no_cell_of_a_cross_table(tmp_path: Path) -> None:
    more = "penguins = pd.concat([penguins] * 12)"
    cells = (f"{READ}\n{more}", COUNTS, "tab = pd.crosstab(penguins.brood, penguins.mass > 9000)\ntab")
    prose = "| brood | birds | mass |\n|---|---|---|\n| 0 | 36 | 1 |\n| 1 | 24 | 1 |"
    found = likely(project(tmp_path, prose, *cells))
    assert found["36"] == "penguins.brood.value_counts().loc[0]"


@pytest.mark.parametrize(
    ("prose", "said"),
    [
        ("Growth averaged 3,800 a year (median 3,700).", "3,800"),
        ("Mass (M = 3,800, SD = 709) varies.", "3,800"),
        ("The mean mass is 3,800, and the median another.", "3,800"),
        ("The standard error of the mass is 709.", "709"),
        ("It was filled with 4,031 chemical measurements.", "4,031"),
        ("The median mass is 4,355.", "4,355"),
    ],
)
def test_another_statistic_and_a_count_of_things_are_not_offered(
    tmp_path: Path, prose: str, said: str
) -> None:
    root = project(tmp_path, prose, analyses.READ, "penguins.mass.describe()")
    assert offered(root)[said] == []


@pytest.mark.parametrize(
    ("prose", "said", "row"),
    [
        ("Mass (Mdn = 3,800) varies.", "3,800", "50%"),
        ("The upper quartile of the mass is 4,355.", "4,355", "75%"),
        ("A median of 3,800 measurements was made of mass.", "3,800", "50%"),
        ("Mass averaged 4,031.", "4,031", "mean"),
        ("Their mass means that 4,355 is passed by few.", "4,355", "75%"),
        ("The median of mass is well known; on average, 4,031 it is.", "4,031", "mean"),
    ],
)
def test_the_rows_of_a_description_are_known_as_statistics(
    tmp_path: Path, prose: str, said: str, row: str
) -> None:
    root = project(tmp_path, prose, analyses.READ, "penguins.mass.describe()")
    assert offered(root)[said] == [f'penguins.mass.describe().loc["{row}"]']


def test_the_statistic_of_an_expression_is_its_own_and_not_that_of_its_variables(tmp_path: Path) -> None:
    code = f"{BY.partition(chr(10))[0]}\nprint(by.mass.median())\nprint(by.mass.max())"
    found = offered(project(tmp_path, "Mass averaged 3,705 g.", READ, code))
    assert found["3,705 g"] == []


UNITS = """Broods weigh 5,005 g (brood 1, mean mass).

| brood | mean mass, g |
|---|---|
| 0 | 3,600 |
| 1 | 5,005 |"""


@pytest.mark.parametrize("runs", [("--perhaps",), ("--write", "--perhaps")])
def test_what_stands_in_prose_and_table_is_recorded_once_with_its_unit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], runs: tuple[str, ...]
) -> None:
    root = project(tmp_path, UNITS, READ, BY)
    for option in runs:
        call(root, capsys, "suggest", "--no-execute", option)
        call(root, capsys, "execute")
    code, prose = "\n".join(code_of(root)), prose_of(root)
    assert code.count('by.loc[1, "mass"]') == 1 and 'unit="gram", like="5,005 g"' in code
    assert "[5,005 g](tie:penguins.mass.by.brood-1)" in prose
    assert "| [5,005](tie:penguins.mass.by.brood-1) |" in prose
    assert "| 0 | [3,600](tie:penguins.mass.by.brood-0) |" in prose
    assert "3 of 3 ties agree" in call(root, capsys, "check", "prose").out
    assert (
        'a name, and counts nothing; waive it: [1]{.waived reason="a name"}'
        in call(root, capsys, "suggest").out
    )


def test_what_is_recorded_already_is_not_recorded_again_in_another_unit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = "The mean mass is 4,031 g.\n\nThe mean of mass, 4,031, is high."
    root = project(tmp_path, prose, READ, "penguins.mass.mean()")
    for option in ("--write", "--perhaps"):
        call(root, capsys, "suggest", "--no-execute", option)
        call(root, capsys, "execute")
    assert "\n".join(code_of(root)).count("t.record(") == 1
    assert prose_of(root).count("](tie:") == 1


def test_entries_of_the_ledger_are_no_names_and_no_other_statistic(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = "The median of the mass ratio is 1.4. Week 1 had 13 siblings and 1 loss. On average, it is 1.4."
    root = project(tmp_path, prose, READ)
    book = json.loads((root / "penguins.ipynb").read_text("utf-8"))
    book["cells"][-1]["source"] += (
        "\nimport tieout as t\nt.record('penguins.ratio.p50', 1.4, label='Median of mass ratio', like='1.4')"
        "\nt.record('penguins.week.std', 0.96, label='Deviation of week, brood', like='0.96')"
        "\nt.record('penguins.other', 13.05, label='Of others', like='13.05')"
    )
    (root / "penguins.ipynb").write_text(json.dumps(book), encoding="utf-8")
    assert call(root, capsys, "execute").status == 0
    found = [(each.number.text, each.keys) for each in suggest.suggest(Ledger.load(root))]
    assert found == [("1.4", ("penguins.ratio.p50",)), *((text, ()) for text in ("1", "13", "1", "1.4"))]


def test_degrees_of_freedom_and_limits_are_no_entries_that_round_to_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = "The ratio of mass is high, χ²(2) = 11.4. Some penguins are heavier than 40%."
    root = project(tmp_path, prose, READ, "heavy = penguins[penguins.mass / 100 > 40]")
    book = json.loads((root / "penguins.ipynb").read_text("utf-8"))
    book["cells"][-1]["source"] += (
        "\nimport tieout as t\nt.record('penguins.ratio', 2.15, label='Ratio of mass', like='2.15')"
        "\nt.record('penguins.fit.df', 2, label='Degrees of freedom of the ratio')"
        "\nt.record('penguins.share', 39.7, label='Share of heavier penguins', unit='percent', like='39.7%')"
    )
    (root / "penguins.ipynb").write_text(json.dumps(book), encoding="utf-8")
    assert call(root, capsys, "execute").status == 0
    found = {each.number.text: each for each in suggest.suggest(Ledger.load(root))}
    assert found["2"].keys == found["40%"].keys == ()
    assert found["40%"].code and "a limit in the code" in found["40%"].code[0]


def test_what_people_run_or_visit_is_counted_and_no_name(tmp_path: Path) -> None:
    prose = "#:# Sites\n\nWe run 3 islands. In run 3 it failed."
    root = analyses.project(tmp_path / "report", prose, READ, "penguins.island.nunique()")
    counted, named = suggest.suggest(Ledger.load(root))
    assert counted.likely is not None and not counted.is_name and named.is_name


def test_of_a_length_and_counts_of_columns_the_length_is_recorded(tmp_path: Path) -> None:
    prose = "#:# All\n\nThere are 700 birds left, and no other."
    cells = ("birds = pd.concat([penguins] * 100)", "len(birds)", 'birds[["mass", "flipper"]].describe()')
    root = analyses.project(tmp_path / "report", prose, READ, *cells)
    (found,) = suggest.suggest(Ledger.load(root))
    assert [each.evidence.expression for each in found.outputs] == ["len(birds)"] and found.likely


def test_a_part_in_words_says_that_it_is_a_share(tmp_path: Path) -> None:
    made = 'shares = pd.DataFrame({"share": [0.2, 0.747], "n": [3, 11]}, index=["north", "south"])\nshares'
    prose = "A fifth of them live in the north. The south has 11 islands, three quarters of all."
    root = analyses.project(tmp_path / "report", f"#:# All\n\n{prose}", READ, made)
    said = {text: each.likely for text, each in suggested(root).items()}
    assert said["A fifth"] and said["A fifth"].evidence.expression == 'shares.loc["north", "share"]'
    assert (
        said["three quarters"]
        and said["three quarters"].evidence.expression == 'shares.loc["south", "share"]'
    )
