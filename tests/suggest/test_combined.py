"""What several outputs say together, and what the code alone says: F of a model, differences, limits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.suggest.test_forms_suggested import code_of, prose_of
from tests.support import analyses
from tests.support.commands import call
from tieout import suggest
from tieout.ledger import Ledger
from tieout.notebooks import Notebook
from tieout.notebooks.execute import execute
from tieout.suggest.gathered import evidence

READ = analyses.READ
SUMMARY = """\
                            OLS Regression Results
==============================================================================
Dep. Variable:                      y   R-squared:                       0.642
Model:                            OLS   Adj. R-squared:                  0.619
Method:                 Least Squares   F-statistic:                     27.49
Time:                        13:42:39   Prob (F-statistic):           2.45e-10
No. Observations:                  50   AIC:                             185.5
Df Residuals:                      46   BIC:                             193.2
Df Model:                           3
Covariance Type:            nonrobust
==============================================================================
                 coef    std err          t      P>|t|      [0.025      0.975]
------------------------------------------------------------------------------
urban          0.0046      0.013      0.349      0.729      -0.022       0.031
==============================================================================
"""
FITTED = f"""\
class Summary:
    def __repr__(self):
        return {SUMMARY!r}


class Fit:
    fvalue, df_model, df_resid, f_pvalue = 27.4912, 3.0, 46.0, 2.45e-10
    rsquared, rsquared_adj = 0.6419, 0.6186

    def summary(self):
        return Summary()


fit = Fit()"""
TESTED = """\
class TtestResult:
    statistic, pvalue, df = 4.13017, 0.000144, 48.0

    def __repr__(self):
        return "TtestResult(statistic=np.float64(4.13017), pvalue=np.float64(0.000144), df=np.float64(48.0))"


class stats:
    @staticmethod
    def ttest_ind(a, b):
        return TtestResult()


a = b = 1"""
BY = 'by = penguins.groupby("sex")[["mass", "flipper"]].mean()\nby'


def project(folder: Path, prose: str, *cells: str) -> Path:
    return analyses.project(folder / "report", f"#:# Penguins\n\n{prose}", *cells)


def offered(root: Path) -> dict[str, suggest.Suggestion]:
    return {each.number.text: each for each in suggest.suggest(Ledger.load(root))}


@pytest.mark.parametrize(
    ("prose", "ids"),
    [
        ("The model holds, F(3, 46) = 27.5, p < .001.", ["f", "df", "df2", "p"]),
        ("The model holds (R² = 0.642, adjusted 0.619; F(3, 46) = 27.5).", ["f", "df", "df2"]),
        ("It holds, R² = 0.642, F(3, 46) = 27.5, p < .001.", ["f", "df", "df2", "p", "r2"]),
    ],
)
def test_the_f_of_a_model_is_recorded_with_its_degrees_of_freedom(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], prose: str, ids: list[str]
) -> None:
    root = project(tmp_path, prose, FITTED, "fit.summary()")
    said = call(root, capsys, "suggest", "--no-execute", "--write").out
    assert ".fit.f)" in prose_of(root) and "[F(3" in prose_of(root).replace("[R² = 0.642, F(3", "[F(3"), said
    code = "\n".join(code_of(root))
    assert [id for id in ("f", "df", "df2", "p", "r2") if f'"penguins.fit.{id}"' in code] == ids, said


def test_another_degree_of_freedom_is_no_f_of_the_model(tmp_path: Path) -> None:
    root = project(tmp_path, "The model holds, F(3, 45) = 27.5, p < .001.", FITTED, "fit.summary()")
    assert not any(each.records for each in offered(root).values())


def test_a_test_is_tied_as_one(tmp_path: Path) -> None:
    prose = "They differ, t(48) = 4.13, p = 0.0001."
    root = project(tmp_path, prose, TESTED + "\nwelch = stats.ttest_ind(a, b)", "welch")
    found = offered(root)["t(48) = 4.13, p = 0.0001"].records
    assert found and found.key == "penguins.welch.statistic"


@pytest.mark.parametrize(
    ("prose", "text", "code"),
    [
        (
            "Males weigh 4,480 g and females 3,837.5 g, which is 17% more.",
            "17%",
            'by.loc["male", "mass"] / by.loc["female", "mass"] - 1'
            ', "Change of mean of mass, male against female"',
        ),
        (
            "Males weigh 4,480 g and females 3,837.5 g, a difference of 642.5 g.",
            "642.5 g",
            'by.loc["male", "mass"] - by.loc["female", "mass"], '
            '"Difference of mean of mass, male and female"',
        ),
        (
            "Males weigh 4,480 g and females 3,837.5 g, 642.5 g fewer.",
            "642.5 g",
            'by.loc["male", "mass"] - by.loc["female", "mass"]',
        ),
        (
            "Of males 4,480% and of females 3,837.5%: 642.5 points more.",
            "642.5 points",
            'by.loc["male", "mass"] - by.loc["female", "mass"]',
        ),
        (
            "Males weigh 4,480 g and females 3,837.5 g, 1.17 times as much.",
            "1.17 times",
            'by.loc["male", "mass"] / by.loc["female", "mass"]',
        ),
    ],
)
def test_a_comparison_of_two_outputs_of_the_sentence_is_computed_from_them(
    tmp_path: Path, prose: str, text: str, code: str
) -> None:
    root = project(tmp_path, prose, READ, BY)
    found = {each: one.likely for each, one in offered(root).items()}
    match = next((one for each, one in found.items() if each in (text, text.split()[0]) and one), None)
    assert match is not None, {each: str(one) for each, one in found.items()}
    assert code in match.line


SCALE = "by = penguins.groupby('sex')[['mass', 'flipper']].mean() / 1000\nby"


@pytest.mark.parametrize(
    ("prose", "code", "unit"),
    [
        ("Men rate 4.48 and women 3.84, a gap of 0.64 points.", SCALE, ""),
        ("Men rate 4.48 and women 3.84 of 7: 0.64 points more.", SCALE, ""),
        ("Men reach 4.48% and women 3.84%, a gap of 0.64 points.", SCALE, "percentage_point"),
        ("Men reach 4.48 and women 3.84 per cent, a gap of 0.64 points.", SCALE, "percentage_point"),
        ("Men rate 4.48 and women 3.84, a gap of 0.64 percentage points.", SCALE, "percentage_point"),
        (
            "Men reach 4.48 and women 3.84, a gap of 0.64 points.",
            SCALE.replace("/ 1000", "/ 1000).rename(columns={'mass': 'pct_mass'})").replace("= p", "= (p"),
            "percentage_point",
        ),
    ],
)
def test_points_are_percentage_points_only_where_something_says_percent(
    tmp_path: Path, prose: str, code: str, unit: str
) -> None:
    found = offered(project(tmp_path, prose, READ, code))
    (line,) = [
        each.outputs[0].line for text, each in found.items() if text.startswith("0.64") and each.outputs
    ]
    assert "-" in line and (f'unit="{unit}"' in line if unit else "unit=" not in line)


@pytest.mark.parametrize(
    "prose",
    [
        "Males weigh 4,480 g and females 3,837.5 g, which is 28% more.",
        "Males weigh 4,480 g and females 3,837.5 g. The difference is 642.5 g.",
        "Males weigh 4,480 g and have flippers of 198 mm, more than twice as much.",
    ],
)
def test_what_does_not_follow_from_the_sentence_is_no_comparison(tmp_path: Path, prose: str) -> None:
    found = offered(project(tmp_path, prose, READ, BY))
    assert all(one.likely is None for text, one in found.items() if text in ("28%", "642.5 g", "twice as"))


def test_a_count_of_a_total_with_its_noun_is_one_share(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        "In 2 of 7 birds (29%) the sex is male.",
        READ,
        "len(penguins)",
        "(penguins.sex == 'male').sum()",
    )
    found = offered(root)["2 of 7 birds (29%)"].likely
    assert found and "t.share(int((penguins.sex == 'male').sum()), int(len(penguins)))" in found.line


def test_an_estimate_and_its_error_that_are_computed_alone_are_one_number(tmp_path: Path) -> None:
    code = "class fit:\n    params = {'mass': 0.6261}\n    bse = {'mass': 0.0741}"
    printed = "print(f\"Mass {fit.params['mass']:.3f}, error {fit.bse['mass']:.3f}\")"
    root = project(tmp_path, "The slope of mass is 0.626 ± 0.074.", code, printed)
    found = offered(root)["0.626 ± 0.074"].likely
    assert found and [each.id for each in found.more] == [f"{found.id}.se"]


@pytest.mark.parametrize(
    "call_",
    [
        'print("All %d, mean %.1f g (%.0f%%)" % (len(penguins), penguins.mass.mean(), 12.0))',
        'print("All {}, mean {:.1f} g".format(len(penguins), penguins.mass.mean()))',
        'print("All {0}, mean {1:.1f} g".format(len(penguins), penguins.mass.mean()))',
        'print(f"All {len(penguins)}, mean {penguins.mass.mean():.1f} g")',
    ],
)
def test_every_way_to_print_a_number_is_evidence(tmp_path: Path, call_: str) -> None:
    (tmp_path / "penguins.csv").write_text(analyses.TABLE, encoding="utf-8")
    path = tmp_path / "a.ipynb"
    path.write_text(analyses.run(tmp_path, READ, call_), encoding="utf-8")
    found = {each.expression: str(each.number) for each in evidence(Notebook.load(path))}
    assert found["len(penguins)"] == "7"
    assert found["penguins.mass.mean()"] == "4031.4"


def test_rows_that_say_nothing_are_called_by_their_index(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        "The heavy ones weigh 5,005 g, the others 3,642 g.",
        READ + "\npenguins['heavy'] = penguins.mass > 4000",
        'penguins.groupby("heavy")[["mass"]].mean()',
    )
    keys = {text: one.outputs[0].key for text, one in offered(root).items() if one.outputs}
    assert keys["5,005 g"].endswith("heavy-true") and keys["3,642 g"].endswith("heavy-false")


def test_a_limit_in_the_code_is_named_with_its_waiver(tmp_path: Path) -> None:
    root = project(
        tmp_path, "More than 4,100 g is heavy.", READ, "heavy = penguins[penguins.mass > 4100]\nlen(heavy)"
    )
    assert 'reason="a limit in the code of cell' in str(offered(root)["4,100 g"])


def test_two_units_of_one_output_have_one_id(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An id with a number behind it would tell a reader of two things, where there is one."""
    prose = "The mean mass is 4,031.4 g.\n\nThe mean of the mass, 4031.4, is high."
    root = project(tmp_path, prose, READ, "penguins.mass.mean()")
    said = call(root, capsys, "suggest", "--no-execute", "--write")
    assert "-2" not in "".join(code_of(root)) and "4,031.4 g](tie:penguins.mass.mean)" in prose_of(root)
    assert "has to be tied by hand" in said.out + said.err or "[4031.4]" not in prose_of(root)


def test_outputs_of_one_value_are_not_asked_about(tmp_path: Path) -> None:
    root = project(
        tmp_path,
        "The mass ranges from 3,250 g to 5,210 g.",
        READ,
        "penguins.describe()",
        'penguins.sort_values("mass").tail(1)[["species", "mass"]].mass.max()',
    )
    found = offered(root)["5,210 g"]
    assert found.likely, str(found)
    assert json.dumps(str(found)).count("which output") == 0


def test_cells_of_a_row_of_results_are_an_interval_and_a_ratio_a_change(tmp_path: Path) -> None:
    frame = "{'OR': [1.062], 'low': [1.054], 'high': [1.071]}, ['years']"
    made = f"import pandas as pd\nodds = pd.DataFrame({frame})"
    prose = "Each year of marriage raises the odds by 6% (OR = 1.06, 95% CI 1.05–1.07)."
    found = {text: one.likely for text, one in offered(project(tmp_path, prose, made, "odds")).items()}
    line = 't.interval("penguins.odds.years.ci", odds.loc["years", "low"], odds.loc["years", "high"], '
    interval, ratio, above = (found[text] for text in ("95% CI 1.05–1.07", "1.06", "6%"))
    assert interval and interval.line == f'{line}"Confidence interval of years", level=95)'
    assert ratio and ratio.evidence.expression == 'odds.loc["years", "OR"]'
    assert above and 'odds.loc["years", "OR"] - 1' in above.line


def test_the_number_of_cases_of_a_table_is_what_it_expects(tmp_path: Path) -> None:
    made = (
        "class Chi2ContingencyResult:\n    def __repr__(self):\n        return ("
        "'Chi2ContingencyResult(statistic=np.float64(14.347), pvalue=np.float64(0.000152), dof=1, '\n"
        "            'expected_freq=array([[21.84, 20.16],\\n       [30.16, 27.84]]))')\n\n\n"
        "tested = Chi2ContingencyResult()"
    )
    root = project(tmp_path, "They depend on it, χ²(1, N = 100) = 14.3, p < .001.", made, "tested")
    found = offered(root)["χ²(1, N = 100) = 14.3, p < .001"].records
    assert found and found.key == "penguins.tested.statistic"


def test_an_index_of_whole_floats_leads_to_its_rows(tmp_path: Path) -> None:
    code = READ + "\npenguins['grade'] = [1.0, 1.0, 2.0, 5.0, 5.0, 5.0, 2.0]"
    shown = "penguins.groupby('grade').mass.agg(['mean', 'max'])"
    root = project(tmp_path, "Of grade 5 the greatest mass is 5,210 g.", code, shown)
    found = offered(root)["5,210 g"].likely
    assert found and found.key.endswith("grade-5") and '.loc[5.0, "max"]' in found.line


def test_a_range_of_two_tables_is_proposed_once(tmp_path: Path) -> None:
    outputs = ("penguins.mass.quantile(.25)", "penguins.mass.quantile(.75)", "penguins[['mass']].describe()")
    root = project(tmp_path, "The interquartile range of the mass is 3,625–4,355 g.", READ, *outputs)
    assert len(offered(root)["3,625–4,355 g"].outputs) == 1


@pytest.mark.parametrize(
    ("prose", "number", "line"),
    [
        (
            "The mean is 12.36 (95% CI 9.81 to 14.91).",
            "95% CI 9.81 to 14.91",
            't.interval("penguins.m.ci", low, high, "Confidence interval of mean", level=95)',
        ),
        (
            "Of all, 57% of the 7 are Gentoo.",
            "57%",
            'counts.loc["Gentoo"]), int(len(penguins))), "Share of Gentoo")',
        ),
        ("Some 57% are Gentoo.", "57%", ""),  # of how many is not said: never tied by itself
        ("The odds ratio is 1.35, which is 35% higher odds.", "35%", "ratio - 1"),
    ],
)
def test_what_outputs_make_elsewhere_is_proposed(tmp_path: Path, prose: str, number: str, line: str) -> None:
    made = (
        "m, low, high, ratio = 12.358, 9.814, 14.912, 1.352\ncounts = pd.Series([4, 3], ['Gentoo', 'Adelie'])"
    )
    mean = "print(f'Mean {m:.2f} (95% CI {low:.2f} to {high:.2f})')"
    outputs = (mean, "print(f'Odds ratio {ratio:.2f}')", "counts", "len(penguins)")
    one = offered(project(tmp_path, prose, f"{READ}\nimport pandas as pd\n{made}", *outputs))[number]
    assert one.outputs and bool(one.likely) == bool(line), str(one)
    assert line in (one.likely.line if one.likely else ""), str(one)


@pytest.mark.parametrize(
    ("prose", "number"),
    [
        ("The medians were 3800 and 5000.", "3800"),  # of which of them is not said
        ("People of level 2 had 4031.4 g.", "4031.4 g"),
        ("Some 57% of the mass is water.", "57%"),  # 57 of them are no 57%
        ("About 57 million people live there.", "57 million"),
        ("The masses are 0.04 apart.", "0.04"),  # the p-value of something
    ],
)
def test_what_is_something_else_is_not_tied(tmp_path: Path, prose: str, number: str) -> None:
    made = "few, pu = 57, 0.0412\nprint(f'They differ, p = {pu:.2f}')"
    outputs = ("penguins.mass.median()", "penguins.mass.mean()", "print(few, 'penguins')", made)
    found = offered(project(tmp_path, prose, READ, "few = 57", *outputs))
    assert not found[number].likely, str(found[number])


@pytest.mark.parametrize(
    ("printed", "prose", "number", "label"),
    [
        (
            "f'{n:,.0f} penguins: {heavy} of them heavy'",
            "In all, 1,289 penguins were seen.",
            "1,289",
            "Penguins",
        ),
        ("f'{n:,.0f} penguins: {heavy} of them heavy'", "Of all, 551 are heavy.", "551", "Heavy"),
        ("f'penguins under 1,000: {heavy}'", "There are 551 penguins.", "551", "Penguins under 1,000"),
        ("f'Range: {heavy} to {n}'", "The range starts at 551.", "551", "Heavy"),
        ("f'penguins over {n} days'", "They were seen on 1,289 days.", "1,289 days", "N"),
    ],
)
def test_a_printed_value_has_the_words_that_are_its_own(
    tmp_path: Path, printed: str, prose: str, number: str, label: str
) -> None:
    found = offered(project(tmp_path, prose, "n, heavy = 1289, 551", f"print({printed})"))
    assert f'label="{label}"' in str(found[number]), str(found[number])


def test_a_line_that_a_loop_did_not_print_is_read_beside_its_lines(tmp_path: Path) -> None:
    loop = "for each in (1, 2):\n    print(each, 'a')\nt, pt = -14.94, 5.19e-44\n"
    loop += "print(f't = {t:.2f}, p = {pt:.3g}')"
    found = offered(project(tmp_path, "They differ (t = −14.94, p = 5.19e-44).", "pass", loop))
    assert found["−14.94"].likely and found["5.19e-44"].likely


def test_two_limits_that_are_not_printed_together_are_no_interval(tmp_path: Path) -> None:
    outputs = "print(f'Low {low:.2f}')", "print(f'High {high:.2f}')"
    prose = "The mean is somewhere (95% CI 9.81 to 14.91)."
    found = offered(project(tmp_path, prose, "low, high = 9.814, 14.912", *outputs))
    assert not found["95% CI 9.81 to 14.91"].outputs


def test_the_command_says_how_many_it_tied_and_how_many_are_left(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = "The mean mass is 4,031.4 g, the greatest 5,210 g. There were 77 visits, and 3800 steps."
    root = project(
        tmp_path, prose, READ, "penguins.mass.mean()", "penguins.mass.max()", "penguins.mass.median()"
    )
    said = call(root, capsys, "suggest").out.splitlines()[-1]
    assert said.startswith("4 numbers without a tie: ") and "certain (--write)" in said
    certain = int(said.split(": ")[1].split(" ")[0])
    said = call(root, capsys, "suggest", "--no-execute", "--write").out.splitlines()[-1]
    assert said.startswith(f"{certain} tied; {4 - certain} number")
    assert len(offered(root)) == 4 - certain


@pytest.mark.parametrize(
    ("prose", "text", "is_tied"),
    [
        ("Three in five penguins are heavy (60.3%).", "Three in five", True),
        ("About a third of the penguins are heavy (60.3%).", "a third", False),
        ("They are more than twice as heavy as light penguins (2.63).", "twice as", False),
    ],
)
def test_words_before_their_number_are_tied_to_the_same(
    tmp_path: Path, prose: str, text: str, is_tied: bool
) -> None:
    made = "print(f'heavy penguins: {heavy:.1%}')\nprint(f'light penguins: {2 + heavy + 0.03:.2f}')"
    found = offered(project(tmp_path, prose, "heavy = 0.6026", made))
    one = next(each for key, each in found.items() if text in key)
    share = found["60.3%"].likely if is_tied else None
    assert (one.likely and one.likely.id) == (share and share.id)


@pytest.mark.parametrize(
    ("prose", "is_offered"),
    [("The share weighed was 100%.", True), ("The first is heavier, by 100%, or 100% more.", False)],
)
def test_a_share_is_no_comparison(tmp_path: Path, prose: str, is_offered: bool) -> None:
    share = 'share_weighed = penguins.mass.gt(0).mean()\nprint(f"{penguins.mass.gt(0).mean():.0%}")'
    *_, last = suggest.suggest(Ledger.load(project(tmp_path, prose, READ, share)))
    assert any(".mean(" in each.evidence.expression for each in last.outputs) == is_offered, last


def test_columns_that_have_a_word_before_their_limit_are_an_interval(tmp_path: Path) -> None:
    frame = "{'or': [2.976], 'or_low': [1.958], 'or_high': [4.5251]}, ['patch']"
    made = f"import pandas as pd\nmodel = pd.DataFrame({frame})"
    prose = "The odds ratio of the patch was 2.98 (95% CI 1.96–4.53)."
    one = offered(project(tmp_path, prose, made, "model"))["95% CI 1.96–4.53"].likely
    assert one and 'model.loc["patch", "or_low"], model.loc["patch", "or_high"]' in one.line


@pytest.mark.parametrize(
    ("prose", "number", "is_level"),
    [
        ("The gap was narrowest among Adelies, 54.5% against 42.4%.", "54.5%", True),
        ("The gap was narrowest among Adelies, 42.4% versus 54.5%.", "54.5%", True),
        ("The gap of Adelies was 54.5% against 42.4% for others.", "54.5%", False),
        ("Adelies had a gap of 42.4% against 54.5% for others.", "54.5%", False),
    ],
)
def test_two_levels_are_no_gap_between_them(tmp_path: Path, prose: str, number: str, is_level: bool) -> None:
    made = "import pandas as pd\nrates = pd.DataFrame({'seen': [54.5, 61.2]}, ['Adelie', 'Gentoo'])"
    found = offered(project(tmp_path, prose, made, "rates"))[number]
    assert bool(found.outputs) == is_level


@pytest.mark.parametrize(
    ("prose", "share"),
    [
        ("Gentoos account for 13 of the 21, or 62%.", ""),  # of all there are 13
        ("Gentoos account for 11 of the 21, or 52%.", "11 of the 21"),
        ("We saw 11 of 21 (52%) Gentoos.", "11 of 21 (52%)"),
        ("We saw that 11 of the 21 have no name, or 52%.", ""),  # a row of which nothing is said
        ("We saw that 21 of the 30, or 70%, are heavy.", "21 of the 30"),
    ],
)
def test_a_part_of_fewer_was_not_counted_among_more(tmp_path: Path, prose: str, share: str) -> None:
    kinds, masses = "['Gentoo'] * 13 + ['Adelie'] * 17", "[5] * 11 + [3] * 2 + [4] * 10 + [3] * 7"
    made = f"import pandas as pd\nbirds = pd.DataFrame({{'kind': {kinds}, 'mass': {masses}}})"
    made += "\nbirds['ring'] = ['red'] * 13 + ['blue'] * 17"
    rings = "rings = birds.groupby('ring').mass.agg(['max', 'count'])\nrings"
    cells = (made, "heavy = birds[birds.mass > 3]", "birds.kind.value_counts()", "heavy.kind.value_counts()")
    outputs = (rings, "print(f'Heavy: {len(heavy)}')", "print(f'All: {len(birds)}')")
    found = offered(project(tmp_path, prose, *cells, *outputs))
    shares = [text for text, one in found.items() if one.likely and ".share(" in one.likely.line]
    assert [text for text in shares if " of " in text] == [share] * bool(share)


def test_an_entry_for_which_nothing_speaks_gives_way_to_an_output_that_words_name(tmp_path: Path) -> None:
    made = "import pandas as pd\nbirds = pd.Series([12.5, 16.0, 17.5])\nlow, high = 16.04, 35.42"
    recorded = 't.record("birds.median", birds.median(), "Birds in a nest", like="16.0")'
    limits = "print(f'bootstrap interval {low:.1f} to {high:.1f}')"
    prose = "The bootstrap interval of the difference runs from 16.0 to 35.4 and excludes zero."
    root = project(tmp_path, prose, made, f"import tieout as t\n{recorded}", limits)
    execute(root / "penguins.ipynb", root)
    found = offered(root)["16.0"]
    assert not found.candidates and [each.evidence.expression for each in found.outputs] == ["low"]


def test_quartiles_that_were_printed_as_a_list_are_those_of_their_own_rows(tmp_path: Path) -> None:
    made = READ + '\nknown = penguins.dropna(subset=["sex"])'
    printed = 'print("Median:", known.flipper.median(), " IQR", known.flipper.quantile([.25, .75]).tolist())'
    prose = "The median flipper of the known was 194 mm (IQR 188–206)."
    one = offered(project(tmp_path, prose, made, printed))["188–206"].likely
    lines = [each.line for each in (one, *one.more)] if one else []
    assert "known.flipper.quantile(0.25)" in " ".join(lines), lines


@pytest.mark.parametrize("said", ["5.2 points", "5.2 percentage points"])
def test_points_of_two_shares_are_percentage_points(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str
) -> None:
    prose = f"#:# Ages\n\nOf the older 8.4% were late, against 13.6% of the younger, {said} less."
    made = "old, young = pd.Series([1] * 84 + [0] * 916), pd.Series([1] * 136 + [0] * 864)"
    shown = 'print(f"old late {old.mean():.1%}; younger late {young.mean():.1%}")'
    root = analyses.project(tmp_path / "report", prose, "import pandas as pd", made, shown)
    call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps")
    assert f"[{said}](tie:" in (root / "penguins.ipynb").read_text("utf-8")
    assert call(root, capsys, "execute").status == 0
    done = call(root, capsys, "check", "prose")
    assert done.status == 0 and "3 of 3 ties agree" in done.out, done.err
    assert "No number to change" in call(root, capsys, "update").text
    built = call(root, capsys, "build", "--engine", "pandoc", "--to", "html")
    assert built.status == 0 and "3 of 3 numbers tied" in built.text, built.err
