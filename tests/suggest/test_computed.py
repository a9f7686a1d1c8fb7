"""Numbers of ordinary notebooks: which output explains one, and what is written where only one can."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import analyses, projects
from tests.support.commands import call
from tieout import suggest
from tieout.ledger import Ledger
from tieout.notebooks import Notebook
from tieout.notebooks.execute import execute
from tieout.suggest.gathered import evidence
from tieout.suggest.labels import label_of
from tieout.workspace import Workspace

READ = analyses.READ


def suggested(root: Path) -> dict[str, suggest.Suggestion]:
    return {each.number.text: each for each in suggest.suggest(Ledger.load(root))}


def surely(root: Path) -> dict[str, str]:
    """What is written, by the number: the expression that explains it."""
    return {text: each.records.evidence.expression for text, each in suggested(root).items() if each.records}


def shown(folder: Path, *cells: str) -> dict[str, str]:
    """The numbers of a notebook's outputs by the expression that gives them."""
    folder.mkdir(exist_ok=True)
    (folder / "penguins.csv").write_text(analyses.TABLE, encoding="utf-8")
    path = folder / "a.ipynb"
    path.write_text(analyses.run(folder, READ, *cells), encoding="utf-8")
    return {each.expression: str(each.number) for each in evidence(Notebook.load(path))}


def test_every_form_of_output_is_evidence(tmp_path: Path) -> None:
    found = shown(
        tmp_path,
        "len(penguins)",
        "penguins.mass.mean()",
        "penguins.shape",
        "len(penguins), penguins.mass.max()",
        'print("Heaviest:", penguins.mass.max(), "g")',
        "print(f\"Share of males {(penguins.sex == 'male').mean():.1%}, of all {len(penguins)} birds\")",
        "penguins.species.value_counts()",
        'penguins.groupby(["species", "sex"]).mass.mean()',
        'penguins.groupby("species")[["mass", "flipper"]].agg(["mean", "max"])',
        'penguins.groupby("species")[["mass", "flipper"]].mean()',
        '{"least": penguins.mass.min()}',
    )
    assert found["len(penguins)"] == "7"
    assert found["penguins.mass.mean()"].startswith("4031.4")
    assert found["penguins.shape[1]"] == "5"
    assert found["penguins.mass.max()"] == "5210"
    assert found["(penguins.sex == 'male').mean()"] == "0.286"
    assert found['penguins.species.value_counts().loc["Adelie"]'] == "3"
    assert found['penguins.groupby(["species", "sex"]).mass.mean().loc[("Adelie", "female")]'] == "3525.0"
    both = 'penguins.groupby("species")[["mass", "flipper"]].agg(["mean", "max"])'
    assert found[f'{both}.loc["Gentoo", ("mass", "mean")]'] == "5005.0"
    assert (
        found['penguins.groupby("species")[["mass", "flipper"]].mean().loc["Gentoo", "flipper"]']
        == "213.500000"
    )
    for expression in found:
        names: dict[str, object] = {}
        exec(f"import os\nos.chdir({str(tmp_path)!r})\n{READ}", names)
        value = eval(expression, names)
        assert abs(float(value) - float(found[expression])) < 0.01 * abs(float(value)), expression


@pytest.mark.parametrize(
    "code",
    [
        "import numpy as np\nrng = np.random.default_rng(1)\nrng.normal()",
        "penguins.sample(3, random_state=1).mass.mean()",
        "def share():\n    return 0.5\n\nshare()",
        "[4].pop()",
        "penguins.head()",
        "for n in [1, 2]:\n    print('n', n)",
        "print(1); print(2)",
        "x = 1; x",
    ],
)
def test_what_may_be_another_number_the_next_time_is_none(tmp_path: Path, code: str) -> None:
    assert shown(tmp_path, code) == {}


PROSE = """#:# Penguins

We measured 7 penguins: 3 Adelies and 2 Gentoos. The average mass is 4,031 g.

Gentoos weigh 5,005 g on average, Adelies 3,600 g.
"""
CELLS = (READ, "len(penguins)", "penguins.species.value_counts()", "penguins.mass.mean()",
         'penguins.groupby("species")[["mass", "flipper"]].mean()')  # fmt: skip


def test_the_one_output_that_fits_is_tied_and_recorded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = analyses.project(tmp_path / "report", PROSE, *CELLS)
    means = 'penguins.groupby("species")[["mass", "flipper"]].mean().loc'
    assert surely(root) == {
        "4,031 g": "penguins.mass.mean()",
        "5,005 g": f'{means}["Gentoo", "mass"]',
        "3,600 g": f'{means}["Adelie", "mass"]',
    }
    before = json.loads((root / "penguins.ipynb").read_text(encoding="utf-8"))
    said = call(root, capsys, "suggest", "--no-execute", "--write")
    assert said.status == 0
    after = json.loads((root / "penguins.ipynb").read_text(encoding="utf-8"))
    code = "\n".join("".join(cell["source"]) for cell in after["cells"] if cell["cell_type"] == "code")
    given = 'label="Mean of mass", unit="gram", like="4,031 g"'
    line = f't.record("penguins.mass.mean", penguins.mass.mean(), {given})'
    assert f"{line}\npenguins.mass.mean()" in code
    prose = "".join(after["cells"][0]["source"])
    assert "[4,031 g](tie:penguins.mass.mean)" in prose
    assert re.sub(r"\[([^]]*)\]\(tie:[^)]*\)", r"\1", prose) == "".join(before["cells"][0]["source"])
    names: dict[str, object] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setattr("tieout.authoring.session.emit", lambda *_: None)
        exec(code, names)


TWO = (READ, "penguins.mass.mean() - 430", "penguins.mass.mean() - 430.1")


def wrong(*claims: str) -> list[tuple[str, Sequence[str]]]:
    return [(claim, CELLS) for claim in claims]


@pytest.mark.parametrize(
    ("prose", "cells"),
    [
        *wrong(
            "Gentoos weigh 3,600 g and Adelies 5,005 g.",  # exchanged
            "Adelies, Gentoos and Chinstraps weigh 3,600, 5,005 and 3,705 g.",  # which is whose is not known
            "The median mass is 4,031 g.",  # another statistic
            "The heaviest has 4,031 g.",
            "A year has 7 parts and 3 others.",  # small numbers agree with much
            "The flight took 3,600 seconds.",  # nothing speaks for it
            "Chinstraps weigh 5,005 g on average.",  # another row
            "The flippers are 5,005 mm long in Gentoos.",  # another column
        ),
        ("The average mass is 3,601 g.", TWO),
    ],
)  # fmt: skip
def test_a_number_that_another_output_could_be_is_never_tied(
    tmp_path: Path, prose: str, cells: Sequence[str]
) -> None:
    root = analyses.project(tmp_path / "report", f"#:# Penguins\n\n{prose}", *cells)
    assert surely(root) == {}


def test_what_is_not_sure_is_listed_with_its_lines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = analyses.project(
        tmp_path / "report",
        "#:# Mass\n\nThe mass is 4,031 g.",
        READ,
        "penguins.mass.mean()",
        "penguins.mass.mean() + 0.05",
    )
    before = (root / "penguins.ipynb").read_bytes()
    said = call(root, capsys, "suggest", "--no-execute", "--write").out
    assert "which output is it? record the right one:" in said
    assert 't.record("penguins.mass.mean", penguins.mass.mean(), label="Mean of mass", unit="gram"' in said
    assert "No tie to change." in said
    assert (root / "penguins.ipynb").read_bytes() == before


SUMMARY = """\
                            OLS Regression Results
==============================================================================
Dep. Variable:                   mass   R-squared:                       0.759
Model:                            OLS   Adj. R-squared:                  0.758
No. Observations:                 342   AIC:                             5063.
==============================================================================
                 coef    std err          t      P>|t|      [0.025      0.975]
------------------------------------------------------------------------------
Intercept  -5780.8314    305.815    -18.903      0.000   -6382.358   -5179.305
flipper       49.6856      1.518     32.722      0.000      46.699      52.672
==============================================================================
"""


SHOWN = f"<class 'statsmodels.iolib.summary.Summary'>\n{SUMMARY}"  # in a last line
MODEL = f"""\
class Summary:
    def __repr__(self):
        return {SHOWN!r}


class Fit:
    summary = Summary


fit = Fit()"""


def test_the_parts_of_a_model_are_one_family(tmp_path: Path) -> None:
    """The summary as statsmodels writes it; what it stands for is recorded once."""
    prose = """#:# Penguins

Mass rises with flipper length: a millimetre adds 49.69 g, with a standard error of 1.518 g. The model
explains 75.9% of the variance."""
    root = analyses.project(tmp_path / "report", prose, MODEL, "fit.summary()")
    found = suggested(root)
    keys = {text: each.records.key for text, each in found.items() if each.records}
    assert keys == {
        "49.69 g": "penguins.fit.flipper",
        "1.518 g": "penguins.fit.flipper.se",
        "75.9%": "penguins.fit.rsquared",
    }
    plan = suggest.plan_suggestions(Workspace.load(root), list(found.values()))
    assert plan.diff().count('t.record("penguins.fit.flipper", fit, term="flipper"') == 1
    assert 'unit="gram", like="49.69 g")' in plan.diff()


def test_a_part_without_the_unit_of_its_estimate_is_left_to_a_person(tmp_path: Path) -> None:
    prose = "#:# Penguins\n\nA millimetre of flipper adds 49.69 g (standard error 1.518)."
    root = analyses.project(tmp_path / "report", prose, MODEL, "fit.summary()")
    plan = suggest.plan_suggestions(Workspace.load(root), suggest.suggest(Ledger.load(root)))
    assert "49.69 g](tie:" in plan.diff() and "1.518](tie:" not in plan.diff()
    assert [problem.id for problem in plan.problems] == ["penguins.fit.flipper.se"]


SPREAD = """#:# Clinic

Flippers are 192.1 mm long on average (SD 13.7) and go from 181 to 217 mm. They are longest in Gentoo (213.5,
SD 4.9, n = 2) and shortest in Adelie (187.3, SD 7.1, n = 3).
"""


def test_a_number_in_parentheses_is_of_what_stands_before_them(tmp_path: Path) -> None:
    table = 'penguins.groupby("species").flipper.agg(["mean", "std", "count"])'
    root = analyses.project(tmp_path / "report", SPREAD, READ, "penguins.flipper.describe()", table)
    found = surely(root)
    assert {text: found.get(text, "").partition(".loc")[2] for text in ("213.5", "4.9", "187.3", "7.1")} == {
        "213.5": '["Gentoo", "mean"]', "4.9": '["Gentoo", "std"]',
        "187.3": '["Adelie", "mean"]', "7.1": '["Adelie", "std"]',
    }  # fmt: skip


def test_a_number_is_found_where_it_stands_and_not_in_a_longer_one(tmp_path: Path) -> None:
    """A deviation of 13.7 is no smallest value of 13, though 14 rounds it and the sentence names both."""
    prose = "#:# Clinic\n\nFlippers have a spread of SD 13.7 and go from 13 to 217 mm."
    cells = (READ, "penguins.flipper.std()", "penguins.flipper.min() - 168", "penguins.flipper.max()")
    root = analyses.project(tmp_path / "report", prose, *cells)
    assert surely(root).get("13") != "penguins.flipper.std()"
    first = suggested(root)["13"].outputs[0]
    assert first.evidence.expression == "penguins.flipper.min() - 168" and first.fits


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("49.69 points (95% CI 46.70 to\n52.67, *t* = 32.72, *p* < 0.001)", "--write"),
        ("95% CI 46.70 to 52.67", "--perhaps"),
    ],
)
def test_what_a_model_gives_is_tied_as_one_and_points_are_no_percentages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, option: str
) -> None:
    prose = f"#:# Clinic\n\nA millimetre of flipper adds this to the score: {said}."
    root = analyses.project(tmp_path / "report", prose, MODEL, "fit.summary()")
    call(root, capsys, "suggest", "--no-execute", option)
    text = (root / "penguins.ipynb").read_text(encoding="utf-8")
    tied = "".join(json.loads(text)["cells"][0]["source"])
    assert f"[{said}](tie:penguins.fit.flipper)" in tied
    assert text.count("t.record(") == 1 and "percentage" not in text


@pytest.mark.parametrize(
    ("said", "share"), [("2 of them (28.6%)", "28.6%"), ("2 (29%)", "29%"), ("2 of them (38.6%)", None)]
)
def test_a_percentage_in_parentheses_is_the_share_of_the_count_before_it(
    tmp_path: Path, said: str, share: str | None
) -> None:
    cells = (READ, "len(penguins)", "len(penguins[penguins.sex == 'male'])", "penguins.mass.mean()")
    root = analyses.project(tmp_path / "report", f"#:# Clinic\n\nBy sex, {said} were male.", *cells)
    offered = {text: found.likely for text, found in suggested(root).items() if found.likely}
    code = {text: each.line.partition(", ")[2] for text, each in offered.items() if "%" in text}
    line = "t.share(int(len(penguins[penguins.sex == 'male'])), int(len(penguins))), \"Share of male\")"
    assert code == ({share: line} if share else {})


def test_the_only_output_that_agrees_is_tied_where_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = "#:# Clinic\n\nGentoos were 30 points heavier, and 4,031 of 9,999 came."
    cells = (READ, "penguins.mass.diff().abs().min() - 20", "penguins.mass.mean()")
    root = analyses.project(tmp_path / "report", prose, *cells)
    before = (root / "penguins.ipynb").read_bytes()
    assert "No tie to change." in call(root, capsys, "suggest", "--no-execute", "--write").out
    assert (root / "penguins.ipynb").read_bytes() == before
    assert ": [30 points](tie:" in call(root, capsys, "suggest").out
    call(root, capsys, "suggest", "--no-execute", "--perhaps")
    assert "[30 points](tie:" in (root / "penguins.ipynb").read_text(encoding="utf-8")


REGRESSED = [
    ("With all predictors together (n = 50, pseudo R² = 0.64), it holds.", "50", "int(fit.nobs)"),
    ("We visited 50 clinics.", "50", "len(clinics)"),
]
OF_FITS = """\
class Fit:
    nobs, rsquared, params = 50.0, 0.642, pd.Series({"urban": -0.709})

    def summary(self):
        return type("Summary", (), {"__repr__": lambda self: SUMMARY})()


clinics = range(50)
fit = Fit()"""
OF_SUMMARY = """\
No. Observations:                   50   Pseudo R-squ.:                  0.642
==============================================================================
                 coef    std err          t      P>|t|      [0.025      0.975]
------------------------------------------------------------------------------
urban         -0.7090      0.013      0.349      0.747      -0.771      -0.648
==============================================================================
"""
FITTING = READ + f"\nSUMMARY = {OF_SUMMARY!r}\n" + OF_FITS


@pytest.mark.parametrize(("prose", "said", "expression"), REGRESSED)
def test_the_n_of_a_regression_is_that_of_its_fit(
    tmp_path: Path, prose: str, said: str, expression: str
) -> None:
    cells = (FITTING, "len(clinics)", "fit.summary()")
    root = analyses.project(tmp_path / "report", f"#:# Clinic\n\n{prose}", *cells)
    assert surely(root)[said] == expression


@pytest.mark.parametrize(
    ("prose", "said", "code"),
    [
        ("Of all, 74.7% came.", "74.7%", None),
        ("Being urban has no effect (p = 0.747).", "0.747", "fit"),
        ("Each urban clinic lowers the odds by 0.709.", "0.709", "fit"),
        ("Each urban clinic pays 0.709.", "0.709", None),
        ("Clinics have twice as many visits.", "twice as", None),
        ("The table has 7 rows and 5 columns.", "5", "penguins.shape[1]"),
    ],
)
def test_what_a_number_cannot_be_is_not_offered_and_what_it_says_is(
    tmp_path: Path, prose: str, said: str, code: str | None
) -> None:
    """A share is no p-value, a ratio no quartile; what lowers has a coefficient below zero."""
    cells = (FITTING, "fit.summary()", "penguins.shape", "penguins.mass.min() / 1625", "penguins.describe()")
    root = analyses.project(tmp_path / "report", f"#:# Clinic\n\n{prose}", *cells)
    offered = [each.evidence.expression for each in suggested(root)[said].outputs]
    assert offered[:1] == ([code] if code else [])


def test_each_of_several_quantiles_is_found_alone_and_together_they_are_a_range(tmp_path: Path) -> None:
    prose = "#:# Penguins\n\nThe median mass is 3,800 g, the middle half 3,625–4,355 g (IQR)."
    for code in ("penguins.mass.quantile([.25, .5, .75])", "np.percentile(penguins.mass, [25, 50, 75])"):
        cells = (f"import numpy as np\n{READ}", code)
        root = analyses.project(tmp_path / str(len(code)), prose, *cells)
        found = suggested(root)
        assert found["3,800 g"].records and "50%" in found["3,800 g"].records.evidence.words
        (offered,) = found["3,625–4,355 g"].outputs
        assert offered.code.startswith("t.interval(") and "Interquartile range of mass" in offered.code


def test_the_ends_of_the_middle_half_are_found_where_the_median_follows(tmp_path: Path) -> None:
    prose = "#:# Penguins\n\nHalf of them weigh between 3,625 g and 4,355 g, and the median is 3,800 g."
    root = analyses.project(tmp_path / "report", prose, READ, "penguins.mass.quantile([.25, .5, .75])")
    found = {
        text: [one.evidence.expression for one in each.outputs] for text, each in suggested(root).items()
    }
    assert found["3,625 g"] == ["penguins.mass.quantile(0.25)"]
    assert found["4,355 g"] == ["penguins.mass.quantile(0.75)"]


def test_an_end_of_a_range_that_is_tied_too_is_recorded_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = "#:# Penguins\n\nThe lower quartile of the mass is 3,625 g, the middle half 3,625–4,355 g (IQR)."
    root = analyses.project(tmp_path / "report", prose, READ, "penguins.mass.quantile([.25, .75])")
    assert call(root, capsys, "suggest", "--no-execute", "--write").status == 0
    book = (root / "penguins.ipynb").read_text(encoding="utf-8")
    assert book.count("(tie:") == 2 and book.count('t.record(\\"penguins.mass.quantile.p25\\"') == 1


def test_a_bound_of_a_p_value_is_recorded_as_one(tmp_path: Path) -> None:
    prose = "#:# Penguins\n\nMass goes with flippers: ρ = 0.883, p < .01. Sex has none: p > .05."
    cells = ("rho, p = 0.8829, 0.0083", 'print(f"rho {rho:.3f} p {p:.2g}")', "p_sex = 0.41", "p_sex")
    found = suggested(analyses.project(tmp_path / "report", prose, *cells))
    assert [each.line for each in found[".01"].outputs] == [
        't.record("penguins.p", p, label="p-value", like="< .01")'
    ]
    assert [each.evidence.expression for each in found[".05"].outputs] == ["p_sex"]


@pytest.mark.parametrize("words", ["weighs 0.36 less", "is 0.36 lighter than others", "falls by 0.36"])
def test_a_number_below_zero_is_found_where_words_say_its_sign(tmp_path: Path, words: str) -> None:
    cells = ("difference = -0.3596", "difference", "rise = 0.3611", "rise")
    root = analyses.project(tmp_path / "report", f"#:# Penguins\n\nA bird {words}.", *cells)
    assert suggested(root)["0.36"].outputs[0].evidence.expression == "difference"


def test_the_n_of_a_group_is_the_count_of_its_row(tmp_path: Path) -> None:
    prose = "#:# Penguins\n\nAdelies weigh least (M = 3,600, n = 3)."
    cells = (READ, 'penguins.groupby("species").mass.agg(["mean", "count"])', "penguins.sex.nunique() + 1")
    offered = suggested(analyses.project(tmp_path / "report", prose, *cells))["3"].outputs
    assert offered[0].evidence.expression.endswith('.loc["Adelie", "count"]')


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("(pt * 100).loc[4.0]", "Pt"),
        ("df.groupby('religious')['any_affair'].mean().mul(100)", "Mean of any affair"),
        ("np.exp(m.params).loc['rate_marriage']", "Rate marriage"),
        ("df.shape[1]", "Number of columns"),
        ("int(fit.nobs)", "Observations"),
        ("fit.prsquared", "Pseudo R²"),
        ("df.wage.quantile(0.75)", "Upper quartile of wage"),
        ("df.wage.quantile(0.5)", "Median of wage"),
        ("np.percentile(df.wage, 90)", "90th percentile of wage"),
        ("p", "p-value"),
        ("p_wage", "p-value of wage"),
        ("df.groupby('species').body_mass_g.mean().loc['Adelie']", "Mean of body mass, Adelie"),
    ],
)
def test_labels_are_of_columns_and_rows_and_not_of_methods(code: str, label: str) -> None:
    assert label_of(ast.parse(code, mode="eval").body) == label


ROUNDED = [
    ("penguins.describe().round(2)", 'penguins.describe().loc["std", "mass"]'),
    ("penguins.describe().T.round(2).T", 'penguins.describe().T.T.loc["std", "mass"]'),
    ("penguins.mass.std().round(2)", "penguins.mass.std()"),
    ("round(penguins.mass.std(), 2)", "penguins.mass.std()"),
    ("np.round(penguins.mass.std(), 2)", "penguins.mass.std()"),
    ("penguins.mass.describe().round(2)['std']", "penguins.mass.describe()['std']"),
    ("table = penguins.describe().round(2)\ntable", 'penguins.describe().loc["std", "mass"]'),
    ('print(f"Spread {penguins.mass.std():.2f}")', "penguins.mass.std()"),
    ('print(f"Spread {round(penguins.mass.std(), 2)}")', "penguins.mass.std()"),
]
SPREAD_READ = "import numpy as np\n" + READ + "\npenguins['mass'] = penguins.mass / 100"


@pytest.mark.parametrize(("code", "expression"), ROUNDED, ids=[code for code, _ in ROUNDED])
def test_what_was_rounded_to_be_shown_is_recorded_unrounded(
    tmp_path: Path, code: str, expression: str
) -> None:
    """The prose alone rounds: 6.85 of a table tells not whether it is 6.8 or 6.9."""
    prose = "#:# Clinic\n\nThe mass has a standard deviation (spread) of 7.1."
    root = analyses.project(tmp_path / "report", prose, SPREAD_READ, code)
    found = suggested(root)["7.1"].outputs[0]
    assert found.evidence.expression == expression and 'like="7.1"' in found.line


@pytest.mark.parametrize(
    ("said", "made", "other"),
    [
        ("6.8", "table = penguins.mass / 1000 + 3.1", ""),  # exactly half-way: both are true
        ("6.9", "table = penguins.mass / 1000 + 3.1", ""),
        ("6.8", "table = (penguins.mass / 1000 + 3.1).round(2)", "6.9"),
        ("6.9", "table = (penguins.mass / 1000 + 3.1).round(2)", "6.8"),
        ("6.8", "rounded = (penguins.mass / 1000 + 3.1).round(2)\ntable = rounded.head(3)", "6.9"),
        ("6.85", "table = (penguins.mass / 1000 + 3.1).round(2)", ""),
    ],
)
def test_a_value_that_was_rounded_half_way_explains_neither_neighbour(
    tmp_path: Path, said: str, made: str, other: str
) -> None:
    prose = f"#:# Clinic\n\nThe mass is {said} on this scale."
    root = analyses.project(tmp_path / "report", prose, READ, made, "table.loc[0]")
    found = suggested(root)[said]
    assert [each.other for each in found.outputs] == [other]
    assert not other or (found.likely is None and f"shown as 6.85, rounded, it may be {other}" in str(found))


def test_a_finer_display_of_an_output_goes_before_a_rounded_one(tmp_path: Path) -> None:
    found = shown(tmp_path, "penguins.mass.describe().round(1)", "penguins.mass.describe()")
    assert found['penguins.mass.describe().loc["mean"]'] == "4031.428571"


@pytest.mark.parametrize(
    ("said", "other", "passes"), [("6.8 years", "6.9 years", True), ("6.9 years", "6.8 years", False)]
)
def test_prose_is_held_to_the_value_before_it_was_rounded_for_display(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, other: str, passes: bool
) -> None:
    """A spread of 6.848 is shown as 6.85, which would pass as 6.8 and as 6.9: neither is certain."""
    data = "ages = pd.DataFrame({'age': [20.0, 26.848, 33.696]})"
    prose = f"#:# Clinic\n\nAges have a standard deviation of {said}."
    cells = ("import pandas as pd\n" + data, "ages.describe().round(2)")
    root = analyses.project(tmp_path / "report", prose, *cells)
    assert f"shown as 6.85, rounded, it may be {other}" in call(root, capsys, "suggest").out
    call(root, capsys, "suggest", "--no-execute", "--write", "--perhaps")
    assert 'describe().loc["std", "age"]' in (root / "penguins.ipynb").read_text("utf-8").replace('\\"', '"')
    call(root, capsys, "execute")
    said_of = call(root, capsys, "check", "prose")
    assert (said_of.status == 0) is passes, said_of.out + said_of.err
    (entry,) = Ledger.load(root).values()
    assert entry.display == "6.8 years"


INLINE = """#:# Old

There are `{python} n` penguins of `{python} f"{penguins.mass.mean():,.0f}"` g,
at most {glue:text}`most:,.0f` g. `{python} f"{n} of them"` and {glue}`none` stay.

```
`{python} n`
```
"""


def test_inline_expressions_and_glue_become_ties(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    glue = "def glue(name, value):\n    pass\n\nn = len(penguins)\nglue('most', penguins.mass.max())\nn"
    root = analyses.project(tmp_path / "report", "#:# Start", f"{READ}\n{glue}", INLINE)
    said = call(root, capsys, "suggest", "--no-execute", "--write")
    book = json.loads((root / "penguins.ipynb").read_text(encoding="utf-8"))
    prose, code = "".join(book["cells"][-1]["source"]), "".join(book["cells"][2]["source"])
    assert (
        "There are [](tie:penguins.n) penguins of [](tie:penguins.mass.mean),\nat most [](tie:penguins.most)."
        in prose
    )
    assert prose.count("`{python}") == 2 and "{glue}`none`" in prose
    lines = code.splitlines()
    assert lines[-1] == "n" and lines[-5].startswith("glue(")
    shape = 'label="{}", unit="gram", like="1,000 g")'
    assert set(lines[-4:-1]) == {
        't.record("penguins.n", n, label="N")',
        't.record("penguins.mass.mean", penguins.mass.mean(), ' + shape.format("Mean of mass"),
        't.record("penguins.most", penguins.mass.max(), ' + shape.format("Most"),
    }
    assert "it is a text with values in it" in said.err and "no cell of the notebook glues 'none'" in said.err


def test_until_then_a_build_names_each(tmp_path: Path) -> None:
    from tieout.checks import prose

    root = analyses.project(tmp_path / "report", INLINE, READ)
    problems = [each for each in prose.check(Ledger.load(root)).problems if each.rule == "inline"]
    assert len(problems) == 5
    assert all(
        each.severity == "warning" and each.path == "penguins.ipynb" and each.line for each in problems
    )
    assert "tieout suggest --write" in problems[0].hint


def test_an_id_that_nothing_has_is_named_where_tables_lie_in_data_without_a_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prose = "#:# Penguins\n\nThe mean is [4,031 g](tie:penguins.mean), not [4,031 g](tie:penguins.men)."
    line = 't.record("penguins.mean", penguins.mass.mean(), label="Mean mass", unit="gram", like="4,031 g")'
    root = analyses.project(tmp_path / "report", prose, READ)
    book = json.loads((root / "penguins.ipynb").read_text("utf-8"))
    book["cells"][-1]["source"] += f"\nimport tieout as t\n{line}"
    (root / "penguins.ipynb").write_text(json.dumps(book), encoding="utf-8")
    (root / "data").mkdir()
    (root / "data" / "other.csv").write_text("a\n1\n", encoding="utf-8")
    assert call(root, capsys, "execute").status == 0
    said = call(root, capsys, "check", "prose")
    assert "datapackage" not in said.text
    assert "penguins.men" in said.err and "did you mean penguins.mean" in said.err


RATES = 'import pandas as pd\nrates = pd.DataFrame({"rate": [0.18, 0.18282]})\nrates["rate"].mean()'
NAMELESS = 'pd.DataFrame({"gap": [3.21, 7.17]}, index=["mean", "std"])'


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("Half of them lie below 7.17.", False),
        ("The gap has a mean of 3.21 (SD 7.17).", True),
        ("The gap is noisy (SD 2.2).\nHalf of them lie below 7.17.", False),  # of another sentence
    ],
)
def test_a_spread_is_offered_where_its_sentence_speaks_of_one(
    tmp_path: Path, text: str, offers: bool
) -> None:
    root = analyses.project(tmp_path / "report", f"#:# Gaps\n\n{text}\n", READ, NAMELESS)
    assert bool(suggested(root)["7.17"].outputs) is offers


def test_what_is_recorded_is_not_sure_while_another_output_agrees(tmp_path: Path) -> None:
    code = 'import tieout as t\nt.record("rate.kyiv", 0.18064, label="Rate of Kyiv", like="18%")'
    cells = ["#:# Rates\n\nThe rate is 18.1%.", code]
    alone = projects.create(tmp_path / "one", {"index.ipynb": cells})
    assert suggested(alone)["18.1%"].unambiguous
    both = projects.create(tmp_path / "two", {"index.ipynb": [*cells, RATES]})
    execute(both / "index.ipynb", both)
    found = suggested(both)["18.1%"]
    assert found.keys == ("rate.kyiv",) and not found.unambiguous


@pytest.mark.parametrize(
    ("prose", "text"),
    [
        ("Malignant tumours are more than twice as large as benign ones.", "twice as"),
        ("Prices tripled in a year.", "tripled"),
        ("Only 5.7% of those in good health were limited.", "5.7%"),
        ("A limit goes with 30% more visits.", "30%"),
        ("We drew on 3 surveys.", "3"),
    ],
)
def test_few_digits_alone_tie_nothing(tmp_path: Path, prose: str, text: str) -> None:
    """What is recorded agrees with much by chance: words have to say that it is meant."""
    code = (
        'import tieout as t\nt.record("rand.dof", 2, label="Degrees of freedom")\n'
        't.record("rand.median", 3, label="Median of TV news")\n'
        't.record("rand.top", 0.057, label="Ten or more", like="5.7%")\n'
        't.record("rand.dole", 0.3, label="Dole, independent", like="30%")'
    )
    said = "The degrees of freedom are 2, and ten or more were seen in 5.7%."
    root = projects.create(tmp_path / "one", {"index.ipynb": [f"#:# A\n\n{said}\n\n{prose}", code]})
    found = suggest.suggest(Ledger.load(root))
    (own,) = (each for each in found if each.number.text == text and each.number.sentence in prose)
    assert not own.unambiguous, str(own)
    assert {each.number.text for each in found if each.unambiguous} == {"2", "5.7%"}


def test_what_is_lost_is_found_without_its_sign_and_kept_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = ('change = -3.214\nprint(f"Change in weight: {change}%")', "effect = -1.2684\neffect")
    prose = "#:# Penguins\n\nThe change was a weight loss: it was down 3.2%.\n\nThe effect cost us 1.27 kg."
    root = analyses.project(tmp_path / "report", prose, READ, *cells)
    found = suggested(root)
    assert [each.likely and each.likely.evidence.expression for each in found.values()] == [
        "change",
        "effect",
    ]
    assert call(root, capsys, "suggest", "--no-execute", "--perhaps").status == 0
    execute(root / "penguins.ipynb", root)
    assert call(root, capsys, "check", "prose").status == 0
    path = root / "penguins.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("-1.2684", "-1.4312"), encoding="utf-8")
    execute(root / "penguins.ipynb", root)
    assert call(root, capsys, "update", "--yes").status == 0
    assert "cost us [1.43 kg](tie:penguins.effect)." in path.read_text(encoding="utf-8")
