"""What cells print without words: read as one text of all their calls, where it has one reading alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.suggest.test_combined import TESTED
from tests.suggest.test_computed import shown, suggested, surely
from tests.support import analyses
from tieout import suggest
from tieout.ledger import Ledger
from tieout.suggest.printing import pattern, readings

READ = analyses.READ


def test_lines_of_their_own_are_of_the_calls_in_their_order(tmp_path: Path) -> None:
    adelie = 'penguins.mass[penguins.species == "Adelie"]'
    code = f"{TESTED}\na = {adelie}\nprint(a.max() - a.min())\nt = stats.ttest_ind(a, a)\nprint(t)\nprint()\n"
    code += "print(len(a), 1)"
    found = shown(tmp_path, code)
    assert found["a.max() - a.min()"] == "550" and found["len(a)"] == "3"
    assert found["t"] == "48.0"  # the last part of the test


def test_several_values_of_one_call_are_told_apart(tmp_path: Path) -> None:
    code = "p0, p1 = 178.25, 307.26\nprint(p0, p1, (p1 / p0 - 1) * 100, f'{p1 / p0:6.2f}', (p0, 2))"
    found = shown(tmp_path, code)
    assert found["p0"] == "178.25" and found["p1"] == "307.26" and found["p1 / p0"] == "1.72"
    assert found["(p1 / p0 - 1) * 100"].startswith("72.3")


@pytest.mark.parametrize("beside", ["", "print(len(penguins))\n", "print('Mass', 1.5)\n"])
def test_a_printed_series_is_read_as_one_that_is_shown(tmp_path: Path, beside: str) -> None:
    by = 'penguins.groupby("species").mass.mean()'
    code = f"{beside}print(penguins.mass.describe())\nprint({by})\nprint(penguins.mass.max(), 2)\n"
    code += f"print({by}.round(1))"
    found = shown(tmp_path, code)
    assert found['penguins.mass.describe().loc["50%"]'] == "3800.000000"
    assert found[f'{by}.loc["Gentoo"]'] == "5005.0" and found["penguins.mass.max()"] == "5210"


@pytest.mark.parametrize(
    "code",
    [
        "for n in penguins.mass[:2]:\n    print(n)\nprint(penguins.mass.max())",  # who prints first?
        "def show(x):\n    print(x)\n\nshow(3)\nprint(penguins.mass.max())",
        "name, kind = 'a 1', ''\nprint(name, penguins.mass.max(), kind)",
        "print(f'{penguins.mass.max()}{penguins.mass.min()}')\nprint(1)",
        "print(penguins)\nprint(penguins.mass)\nprint(penguins)",
        "print(penguins.mass.max(), end=' ')\nprint(penguins.mass.min())",
    ],
)
def test_what_has_no_or_two_readings_is_none(tmp_path: Path, code: str) -> None:
    assert "penguins.mass.max()" not in shown(tmp_path, code)


def test_a_table_between_numbers_hides_none_of_them(tmp_path: Path) -> None:
    found = shown(tmp_path, "print(len(penguins))\nprint(penguins)\nprint(penguins.mass.max())")
    assert found["len(penguins)"] == "7" and found["penguins.mass.max()"] == "5210"


def test_readings_are_one_or_none() -> None:
    def read(text: str, *calls: str) -> list[list[str]] | None:
        given = [ast.parse(f"print({call})", mode="eval").body for call in calls]
        return readings([each.args for each in given if isinstance(each, ast.Call)], text)

    assert read("1.5\nR(a=f(1), b=2)\n", "x", "t") == [["1.5"], ["R(a=f(1), b=2)"]]
    assert read("1 2\n", "x, y") == [["1", "2"]]
    assert read("n: 3\n", "f'n: {x}'") == [["3"]]
    assert read("12\n", "f'{x}{y}'") is None
    assert read("1 2 3\n", "x, y") is None
    assert read("a b\nc d\ne f\n", "x", "y") is None
    assert read("1\n" * 30_000, "x") is None


INTERVAL = """\
class Interval:
    low, high = -0.6544, -0.4515

    def __repr__(self):
        return "ConfidenceInterval(low=np.float64(-0.6544), high=np.float64(-0.4515))"


class Result:
    statistic = -0.5613

    def confidence_interval(self):
        return Interval()


hue = Result()
print(hue.statistic, hue.confidence_interval())"""


def test_the_interval_of_a_test_is_one_and_may_lie_below_zero(tmp_path: Path) -> None:
    prose = "#:# Hue\n\nIt falls with acid: r = −.56 (95% CI −.65 to −.45), or so (99% CI −.65 to −.45)."
    found = suggested(analyses.project(tmp_path / "report", prose, INTERVAL))
    (offered,) = found["95% CI −.65 to −.45"].outputs
    ends = "hue.confidence_interval().low, hue.confidence_interval().high"
    assert offered.line == f't.interval("penguins.hue.ci", {ends}, "Confidence interval of hue", level=95)'
    assert found["99% CI −.65 to −.45"].outputs == ()


def test_the_tests_within_a_longer_expression_are_found(tmp_path: Path) -> None:
    prose = "#:# Penguins\n\nThe groups differ by 1.47 (95% CI 1.29 to 1.64), t(48) = 4.13, p < .001."
    cells = (TESTED, "t_mass = stats.ttest_ind(a, b)\nprint(t_mass)")
    root = analyses.project(tmp_path / "report", prose, *cells)
    assert surely(root) == {"t(48) = 4.13, p < .001": "t_mass"}
    assert 'label="t-test, t mass"' in suggested(root)["t(48) = 4.13, p < .001"].outputs[0].line


BY = 'penguins.groupby("species").agg(heavy=("mass", "mean"), n=("mass", "size"))'


def test_a_printed_frame_is_read_as_one_that_is_shown(tmp_path: Path) -> None:
    cross = "pd.crosstab(penguins.species, penguins.mass > 4000)"
    code = f"print({BY}.round(1).sort_values('n'))\nprint('Birds:', len(penguins))\nprint({cross})"
    found = shown(tmp_path, code)
    assert found[f'{BY}.round(1).sort_values(\'n\').loc["Gentoo", "heavy"]'] == "5005.0"
    assert found[f'{cross}.loc["Adelie", False]'] == "3" and found["len(penguins)"] == "7"


def test_two_printed_tallies_are_not_taken_for_one(tmp_path: Path) -> None:
    code = "heavy = penguins.mass > 4000\nprint(heavy.value_counts())\n"
    code += "print(penguins.species.value_counts(normalize=True))"
    found = shown(tmp_path, code)
    assert found["heavy.value_counts().loc[False]"] == "5"
    assert not any("species" in each and "False" in each for each in found)


def test_words_that_only_join_are_no_label(tmp_path: Path) -> None:
    root = analyses.project(
        tmp_path / "report",
        "#: The birds are 7 in all.",
        READ,
        "print('kept', penguins.mass.max(), 'of', len(penguins))",
    )
    said = [str(each) for each in suggest.suggest(Ledger.load(root))]
    assert said and not any('label="Of"' in each for each in said)


MASS = 'penguins.groupby("species").get_group("{}").mass'


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            'for kind, own in penguins.groupby("species"):\n    print(f"{kind}: mean {own.mass.mean():.1f}")',
            {f"{MASS.format('Gentoo')}.mean()": "5005.0", f"{MASS.format('Adelie')}.mean()": "3600.0"},
        ),
        (
            'for kind, own in penguins.groupby("species"):\n    m = own.mass.max()\n    print(kind, m)',
            {f"{MASS.format('Gentoo')}.max()": "5210", f"{MASS.format('Chinstrap')}.max()": "3910"},
        ),
        (
            "print('masses')\nfor name in ['mass', 'flipper']:\n"
            "    print(f'{name}: {penguins[name].max():.0f}')",
            {'penguins["mass"].max()': "5210", 'penguins["flipper"].max()': "217"},
        ),
        (
            "a, b = penguins.mass[:3], penguins.mass[3:5]\n"
            "for name, own in [('first', a), ('second', b)]:\n"
            "    print(f'{name} n={len(own)} mean {own.mean():.0f}')",
            {"len(a)": "3", "b.mean()": "5005"},
        ),
        (
            "def own(x):\n    return x.max(), x.min()\n\n"
            "for name in ['mass']:\n    high, low = own(penguins[name])\n    print(f'{name}: {high}')",
            {'high["mass"]': "5210"},
        ),
        ("for n in (1, 2):\n    if n > 1:\n        print(n * 1000)\n", {}),
    ],
)
def test_a_loop_that_only_prints_is_read_as_its_turns(
    tmp_path: Path, code: str, expected: dict[str, str]
) -> None:
    found = {each.replace("'", '"'): value for each, value in shown(tmp_path, code).items()}
    assert found.items() >= expected.items(), found
    assert expected or not any(each.startswith(("high", "n ")) for each in found)


def test_a_sign_before_a_value_is_no_name_of_it() -> None:
    call = ast.parse('print(f"Loans: {a:,} -> {b:,}")', mode="eval").body
    assert isinstance(call, ast.Call)
    _, parts, _, _ = pattern(call.args)
    assert [label for _, label, _ in parts] == ["Loans", ""]
