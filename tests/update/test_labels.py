"""What readers see of a record: no label says more of an expression than is true."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support import analyses
from tests.update.test_computed import FITTING, suggested
from tieout.update.labels import id_of, label_of, of_term

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
        ("(growth < 0).mean()", "Share with growth < 0", "x.growth.share"),
        ("(growth < 0).sum()", "Number with growth < 0", "x.growth.n"),
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


def test_a_record_of_a_coefficient_says_so(tmp_path: Path) -> None:
    prose = "#:# Clinic\n\nEach urban clinic lowers the odds by 0.709."
    found = suggested(analyses.project(tmp_path / "report", prose, FITTING, "fit.summary()"))
    assert 'term="urban", label="Slope of urban"' in found["0.709"].outputs[0].line
