"""What the words around a number say of it: of which test, of which row, and which number it adds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.suggest.test_combined import TESTED
from tests.suggest.test_computed import suggested, surely
from tests.support import analyses
from tieout.suggest import summaries
from tieout.suggest.expressions import initials, split_words

READ = analyses.READ
UNPACKED = """\
class stats:
    @staticmethod
    def ttest_ind(a, b):
        return 12.384, 1.2e-24

male = penguins[penguins.sex == "male"].mass
t, p = stats.ttest_ind(male, penguins.mass)
print(f"t = {t:.2f}, p = {p:.2g}")"""


def likely(folder: Path, prose: str, *cells: str) -> dict[str, str]:
    root = analyses.project(folder / "report", f"#:# Penguins\n\n{prose}", READ, *cells)
    return {text: each.likely.key for text, each in suggested(root).items() if each.likely}


@pytest.mark.parametrize(
    "prose",
    [
        "Mass goes with flipper length in male penguins (r = 0.44, p < 0.001).",
        "Male penguins were heavier in mass (F(1, 30) = 8.2, p < 0.001).",
        "The mass of male penguins differs (95% CI 5.4 to 8.3, p < 0.001).",
        "The mass of male penguins differs (Mann-Whitney U = 41, p < 0.001).",
    ],
)
def test_a_small_p_beside_another_statistic_is_of_no_t_test(tmp_path: Path, prose: str) -> None:
    assert "0.001" not in likely(tmp_path, prose, UNPACKED)


def test_a_small_p_beside_its_statistic_is_of_its_test(tmp_path: Path) -> None:
    found = likely(tmp_path, "Male penguins were heavier (Welch's t = 12.38, p < 0.001).", UNPACKED)
    assert found["0.001"] == "penguins.ttest-ind.p"


def test_the_room_of_another_number_in_brackets_says_nothing_of_a_mean(tmp_path: Path) -> None:
    table = 'penguins.groupby("sex").mass.agg(["mean", "std"]).round(1)'
    prose = "Their mass was lower in females: 3837.5 g (SD 679.9) against 4480.0 g (SD 1032.4) in males."
    found = likely(tmp_path, prose, table)
    assert found["4480.0 g"] == "penguins.mean.mass.male" and found["1032.4"] == "penguins.std.mass.male"


def test_a_pronoun_stands_for_whom_the_sentence_before_names(tmp_path: Path) -> None:
    table = 'penguins.groupby("sex").mass.agg(["mean", "std"]).round(1)'
    prose = "Males have long bills. Their mass was higher, 4480.0 g against 3837.5 g in females."
    assert likely(tmp_path, prose, table)["4480.0 g"] == "penguins.mean.mass.male"


def test_two_counts_of_a_sentence_that_says_so_are_added(tmp_path: Path) -> None:
    sums = 'print("Males:", 123 * len(penguins))\nprint("Females:", 31 * len(penguins))'
    found = likely(tmp_path, "There were 861 males and 217 females, so 1,078 in all.", sums)
    assert found["1,078"].endswith(".sum")
    assert "1,078" not in likely(tmp_path / "2", "There were 861 males, 217 females; 1,078 ate.", sums)


@pytest.fixture(autouse=True)
def folders(tmp_path: Path) -> None:
    (tmp_path / "2").mkdir()


def test_two_ways_to_one_share_are_one_share(tmp_path: Path) -> None:
    code = 'female = penguins.sex == "female"\nprint("Females:", female.sum())\npenguins.sex.value_counts()'
    found = likely(tmp_path, "Of 7 penguins, 4 were female (57.1%).", "len(penguins)", code)
    assert found["57.1%"].endswith(".share")


def test_a_whole_number_printed_without_a_sign_is_no_percentage(tmp_path: Path) -> None:
    code = 'print(f"The least: {penguins.mass.min() / 100:.0f} units")'
    assert "32%" not in likely(tmp_path, "The least penguins were 32% of all.", code)
    signed = 'share = penguins.mass.min() / 100\nprint(f"The least: {share:.0f}% of all")'
    assert "32%" in likely(tmp_path / "2", "The least were 32% of all.", signed)


def test_a_table_of_a_summary_is_read_as_the_summary(tmp_path: Path) -> None:
    text = """\
==============================================================================
                 coef    std err          t      P>|t|      [0.025      0.975]
------------------------------------------------------------------------------
Intercept   -114.7801     28.295     -4.057      0.000    -170.391     -59.169
flipper        6.8575      0.723      9.490      0.000       5.437       8.278
=============================================================================="""
    fit = f'class Summary:\n    tables = ["", """{text}"""]\n\nclass Fit:\n    def summary(self):\n'
    fit += "        return Summary()\n\nfit = Fit()\nprint(fit.summary().tables[1])"
    found = likely(tmp_path, "Each mm of flipper adds 6.86 g (95% CI 5.44 to 8.28, p < 0.001).", fit)
    assert set(found.values()) <= {"penguins.fit.flipper", "penguins.fit.flipper.p"} and len(found) > 1


def test_a_p_in_brackets_is_of_the_estimate_right_before_them(tmp_path: Path) -> None:
    """Not of the other term that its sentence names, whose p-value is as small."""
    text = """\
==============================================================================
                 coef    std err          t      P>|t|      [0.025      0.975]
------------------------------------------------------------------------------
Intercept   -114.7801     28.295     -4.057      0.000    -170.391     -59.169
flipper        6.8575      0.723      9.490      0.000       5.437       8.278
bill_mm       -3.9241      0.412     -9.525      0.000      -4.732      -3.116
=============================================================================="""
    fit = f'class Fit:\n    def summary(self):\n        return """{text}"""'
    fit += "\n\nfit = Fit()\nprint(fit.summary())"
    (tmp_path / "1").mkdir()
    prose = "Each mm of flipper adds 6.86 g, and a longer beak takes 3.92 g away (p < 0.001)."
    assert likely(tmp_path / "1", prose, fit)["0.001"] == "penguins.fit.bill-mm.p"
    prose = "Each mm of flipper adds 6.86 g (p < 0.001), and a longer beak takes 3.92 g away."
    assert likely(tmp_path / "2", prose, fit)["0.001"] == "penguins.fit.flipper.p"


def test_a_table_of_a_summary_in_a_last_line_is_read_from_its_markup() -> None:
    """The text of it is the name of its class alone."""
    head = "".join(f"<th>{each}</th>" for each in ("coef", "std err", "t", "P>|t|", "[0.025", "0.975]"))
    cells = "".join(f"<td> {each}</td>" for each in ("6.8575", "0.723", "9.490", "0.000", "5.437", "8.278"))
    table = f'<table class="simpletable"><tr><td></td>{head}</tr><tr><th>flipper</th>{cells}</tr></table>'
    found = {each.part: (each.term, f"{each.number}") for each in summaries.of_table(table)}
    assert found[""] == ("flipper", "6.8575") and found["p"] == ("flipper", "0.000")
    assert found["low"] == ("flipper", "5.437")
    assert not list(summaries.of_table("<table><tr><th>a</th></tr><tr><td>1</td></tr></table>"))


def test_a_number_of_what_the_code_records_already_is_still_explained(tmp_path: Path) -> None:
    text = 'class t:\n    record = print\n\nr2 = 0.4512\nt.record("fit.r2", r2)\nprint("R2:", r2)'
    found = likely(tmp_path, "It explains 45% of the variance (R² = 0.451).", text)
    assert set(found.values()) <= {"fit.r2"}


def test_initials_are_of_words_beside_each_other() -> None:
    assert "bp" in initials("each mm of blood pressure") and "bmi" in initials("the body mass index")
    assert not initials("of a is to") and "sd" not in initials("some data")
    assert "rsquared" in split_words("R² = 0.45") and "rsquared" in split_words("R2")


def test_a_row_that_is_called_for_short_is_named_in_full(tmp_path: Path) -> None:
    code = 'pd.DataFrame({"r": [0.586, 0.441], "p": [0.0, 0.0]}, index=["bmi", "bp"])'
    prose = "Body mass index correlated (r = 0.586), as did blood pressure (r = 0.441, p < 0.001)."
    found = likely(tmp_path, prose, code)
    assert found["0.586"].endswith("bmi") and found["0.441"].endswith("bp") and "bp" in found["0.001"]


def test_a_value_halfway_that_only_a_statistic_names_is_not_sure(tmp_path: Path) -> None:
    code = 'age = penguins.mass / 8.3\nprint(f"Age: {age.median():.1f} (mean {age.mean() - .2:.1f})")'
    root = analyses.project(tmp_path / "report", "#:# Errors\n\nThey erred by 485 on average.", READ, code)
    assert surely(root) == {} and TESTED


def test_a_word_that_links_others_is_none_that_output_and_sentence_share(tmp_path: Path) -> None:
    """*Per* of ``per_site``: a mean of mass by 440 is no 8.2 per square metre."""
    code = 'per_site = penguins.groupby("species").mass.mean() / 440\nper_site.round(2)'
    prose = "Per square metre it is small, at 8.4 throughout. It was 8.2 per square metre."
    assert likely(tmp_path, prose, "penguins.describe()", code) == {}
