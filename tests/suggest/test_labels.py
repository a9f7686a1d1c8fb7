"""What readers see of a record: no label says more of an expression than is true."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.suggest.test_computed import FITTING, suggested
from tests.support import analyses
from tieout.suggest.grouped import label_of_group
from tieout.suggest.labels import id_of, label_of, of_term

READ = analyses.READ


@pytest.mark.parametrize(
    ("code", "label", "id"),
    [
        ("a.mass.mean() / 2.85", "Mean of mass, divided by 2.85", "x.mass.divided"),
        ("a.mass.mean() * 3", "Mean of mass, times 3", "x.mass.multiplied"),
        ("a.mass.mean().div(3)", "Mean of mass, divided by 3", "x.mass.divided"),
        ("float(a.mass.mean() - 430)", "Mean of mass, less 430", "x.mass.less"),
        ("1 - a.mass.mean()", "1, less mean of mass", "x.mass.rest"),
        ("-a.mass.mean()", "Mean of mass, with the other sign", "x.mass.negative"),
        ("a.mass.mean() ** 2", "Value of a.mass.mean() ** 2", "x.mass.value"),
        ("np.sqrt(a.mass.mean())", "Square root of mean of mass", "x.sqrt.mass"),
        (
            "big.mass.max() - big.mass.min()",
            "Difference of largest of mass and smallest of mass",
            "x.big.mass.difference",
        ),
        ("heavy / len(birds)", "Ratio of heavy to number of birds", "x.heavy.birds.ratio"),
        ("(p1 / p0 - 1) * 100", "Change of p1 against p0", "x.p1.p0.change"),
        (
            "(big.left - big.right).mean()",
            "Mean of difference of left and right",
            "x.left.right.difference.mean",
        ),
        ("(left / right).loc['north']", "Ratio of left to right, north", "x.left.right.north.ratio"),
        ("(growth < 0).mean()", "Share with growth under 0", "x.growth.share"),
        ("(growth < 0).sum()", "Number with growth under 0", "x.growth.n"),
        ("growth.idxmax()", "Where growth is largest", "x.growth.idxmax"),
        ("a.mass.mean() * 100", "Mean of mass", "x.mass.mean"),
        ("a.mass.mean() / 1000", "Mean of mass", "x.mass.mean"),
        ("a.species.value_counts().loc['Adelie']", "Number, species Adelie", "x.species.adelie.n"),
        ("a.species.value_counts(normalize=True).loc['b']", "Share, species b", "x.species.share"),
        ("a.groupby('sex').size().loc['male']", "Number, male", "x.male.n"),
        ("a.describe().loc['75%', 'mass']", "Upper quartile of mass", "x.mass.p75"),
        ("growth.describe().loc['count']", "Count", "x.growth.count"),
        ("test.statistic", "Statistic of test", "x.test.statistic"),
        (
            "test.confidence_interval().low",
            "Lower limit of confidence interval",
            "x.test.confidence-interval.low",
        ),
        ("stats.pearsonr(a.mass, a.flipper)", "Correlation", "x.pearsonr"),
    ],
)
def test_what_computes_further_is_not_called_what_it_computes_with(code: str, label: str, id: str) -> None:
    node = ast.parse(code, mode="eval").body
    assert (label_of(node), id_of("x", node)) == (label, id)


def test_terms_of_models_are_slopes_where_they_are() -> None:
    terms = ("infl", "body_mass", "C(group)[T.b]", "a:b", "np.log(x)", "Intercept", "const")
    assert [of_term(term) for term in terms] == [
        "Slope of infl", "Slope of body mass", "Coefficient of group b", "Coefficient of a:b",
        "Coefficient of np.log(x)", "Intercept", "Intercept",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("made", "said", "label"),
    [
        ('by = penguins.groupby("species")[["mass", "flipper"]].mean()\nby', "5,005", "Mean of mass, Gentoo"),
        (
            'by = penguins.groupby("species")[["mass", "flipper"]].mean().round(1)\nby',
            "5,005",
            "Mean of mass, Gentoo",
        ),
        (
            'by = penguins.groupby("species")[["mass"]].mean()\nby["mass"] = by.mass + 1\nby',
            "5,006",
            "Mass, by, Gentoo",
        ),
        (
            'by = penguins.groupby("species")[["mass"]].mean()\nfor n in [2]:\n    by = by * n\nby',
            "10,010",
            "Mass, by, Gentoo",
        ),
        ('by = penguins.groupby("species")[["mass"]].agg("max")\nby', "5,210", "Mass, by, Gentoo"),
    ],
)
def test_a_table_of_one_statistic_says_it_until_it_is_changed(
    tmp_path: Path, made: str, said: str, label: str
) -> None:
    prose = f"#:# Penguins\n\nThe mass of the Gentoo is {said}."
    (offered,) = suggested(analyses.project(tmp_path / "report", prose, READ, made))[said].outputs
    assert f'label="{label}"' in offered.line


GROUPS = (
    READ
    + """
penguins["heavy"] = ["yes", "no", "no", "yes", "no", "no", "yes"]
penguins["month"] = [1, 2, 2, 8, 8, 3, 3]"""
)


@pytest.mark.parametrize(
    ("made", "prose", "said", "label"),
    [
        ('by = penguins.groupby("heavy").mass.mean()\nby', "The mean of heavy yes is {}.", "4,290",
         "Mean of mass, heavy yes"),
        ('by = penguins.groupby("month").mass.max()\nby', "The largest in August is {}.", "5,210",
         "Largest of mass, August"),
        ('penguins.groupby(["heavy", "month"]).mass.sum()', "In all, heavy no and month 2 have {}.", "7,050",
         "Total of mass, heavy no, February"),
        ('by = penguins.groupby("heavy").agg(most=("mass", "max"))\nby', "The most of heavy yes is {}.",
         "5,210", "Largest of mass, heavy yes"),
        ('by = penguins.groupby("heavy").agg(most=("mass", "max"))\nby.sort_values("most")',
         "The most of heavy yes is {}.", "5,210", "Largest of mass, heavy yes"),
        ('by = penguins.groupby("heavy").mass.mean()\nby = by + 1\nby', "The mean of heavy yes is {}.",
         "4,291", "Yes"),
    ],
)  # fmt: skip
def test_a_group_is_called_by_its_column_where_its_value_says_nothing_and_a_month_by_its_name(
    tmp_path: Path, made: str, prose: str, said: str, label: str
) -> None:
    text = f"#:# Penguins\n\n{prose.format(said)}"
    (offered,) = suggested(analyses.project(tmp_path / "report", text, GROUPS, made))[said].outputs
    assert f'label="{label}"' in offered.line


@pytest.mark.parametrize(
    ("code", "made", "label"),
    [
        ("by.loc[1.0, 'mean']", "a.groupby('quit').kg.agg(['mean', 'std'])", "Mean of kg, quit 1"),
        ("by.loc['yes', '25%']", "a.groupby('quit').kg.describe()", "Lower quartile of kg, quit yes"),
        ("by.loc['2022-04-01']", "a.set_index('date').kg.resample('MS').sum()", "Total of kg, April 2022"),
        ("by.loc['2022-04-01']", "a.set_index('date').kg.resample('W').sum()", ""),
        ("by.loc['no', 3]", "a.pivot_table(index='quit', columns='month', values='kg')",
         "Mean of kg, quit no, March"),
        ("by['Adelie']", "a.groupby('species')['mass'].median()", "Median of mass, Adelie"),
        ("by.loc['no', 'kg']", "a.groupby('quit')[['kg', 'age']].mean()", "Mean of kg, quit no"),
        ("by.loc['no', 'kg']", "a.groupby(['quit', 'sex'])[['kg', 'age']].mean()", ""),
        ("by.sort_values('n').loc['A', 'n']", "a.groupby(site).agg(n=('kg', 'size'))", "Number, site A"),
        ("by.sort_values('n').loc['Ghent', 'kg']", "a.groupby(site).agg(kg=('kg', 'max'))",
         "Largest of kg, Ghent"),
        ("by[name]", "a.groupby('species')['mass'].median()", ""),
        ("by['no']", "a.set_index('quit').kg", ""),
    ],
)  # fmt: skip
def test_a_cell_says_of_which_column_and_group_it_is_where_its_code_says_so(
    code: str, made: str, label: str
) -> None:
    assert label_of_group(ast.parse(code, mode="eval").body, made) == label


def test_a_record_of_a_coefficient_says_so(tmp_path: Path) -> None:
    prose = "#:# Clinic\n\nEach urban clinic lowers the odds by 0.709."
    found = suggested(analyses.project(tmp_path / "report", prose, FITTING, "fit.summary()"))
    assert 'term="urban", label="Slope of urban"' in found["0.709"].outputs[0].line
