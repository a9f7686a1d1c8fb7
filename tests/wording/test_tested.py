"""Names of tests, statistics and sizes of effects against the code that made a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.sentences import rules_of

# Stand-ins for SciPy's functions, called as analysts call them.
LEDGER = """import pandas as pd
import tieout as t

class stats:
    ttest_ind = staticmethod(lambda a, b, equal_var=True: (12.38, 0.0004))
    mannwhitneyu = staticmethod(lambda a, b: (9886.0, 0.0003))
    spearmanr = staticmethod(lambda a, b: (-0.82, 0.0002))

df = pd.DataFrame({"age": [19, 40, 50, 79], "score": [1, 2, 4, 9]})
a, b = df.age, df.score
t_value, p = stats.ttest_ind(a, b, equal_var=False)
t.record("welch.t", t_value, "T")
t.record("welch.p", p, "P-value")
same, p_same = stats.ttest_ind(a, b)
t.record("student", same + 0.1, "Test of both")
u, p_u = stats.mannwhitneyu(a, b)
t.record("u", u, "Statistic of ranks")
rho, p_rho = stats.spearmanr(a, b)
t.record("rho", rho, "Association")
t.record("r", df.corr().loc["age", "score"], "R, age")
t.record("age", df.age.mean(), "Age")
t.record("age.median", round(df.age.median(), 1), "Age of one")
t.record("above", (df.age > df.age.median()).mean(), "Old ones")
t.record("spread", df.age.std(), "Spread of age")
t.record("d", 1.62, "D")
t.record("small", 0.1, "Distance")
t.record("mae", 47.5, "MAE")
t.record("range", 60, "Range of age")
"""
WELCH, P, STUDENT, U = (
    "[12.38](tie:welch.t)",
    "[0.0004](tie:welch.p)",
    "[12.48](tie:student)",
    "[9886](tie:u)",
)
RHO, R, AGE, MEDIAN = "[-0.82](tie:rho)", "[0.969](tie:r)", "[47.0](tie:age)", "[45.0](tie:age.median)"
ABOVE, SPREAD, D, SMALL = "[50%](tie:above)", "[24.9](tie:spread)", "[1.62](tie:d)", "[0.1](tie:small)"
MAE, RANGE = "[47.5](tie:mae)", "[60](tie:range)"
TRUE = [
    f"They differ (Welch's t = {WELCH}, p = {P}).", f"They differ (t = {WELCH}).",
    f"Student's t is {STUDENT}.",
    f"Unlike the Mann–Whitney test, Welch's gave t = {WELCH}.", f"Mann–Whitney's U is {U}.",
    f"A rank-sum test gave {U}.", f"Students were tested (t = {WELCH}).",
    f"We did not use Mann–Whitney: t = {WELCH}.",
    f"Spearman's rho is {RHO}.", f"They are related (ρ = {RHO}).", f"Pearson's r is {R}.",
    f"It is related (r = {R}).",
    f"Paired measurements go together (r = {R}).", f"The mean age is {AGE}.", f"They are {AGE} old.",
    f"The median age is {MEDIAN}.", f"Of all, {ABOVE} are above the median.",
    f"The median one is among the {ABOVE}.",
    f"SD {SPREAD}, with a mean of {AGE}.",
    f"Age was {AGE} on average (SD {SPREAD}).", f"A large effect (d = {D}).",
    f"A small effect (d = {SMALL}).",
    f"It is not a small effect (d = {D}).", f"A moderate effect (d = {SMALL}).",
    f"The mean absolute error is {MAE}.", f"The root mean squared error is more than the MAE of {MAE}.",
    f"They were of all ages (range {RANGE}).",
    f"Of those in the interquartile range none, the range is {RANGE}.",
]  # fmt: skip
FALSE = [
    (f"They differ (Mann–Whitney U = {WELCH}).", "meant"), (f"They differ (Student's t = {WELCH}).", "meant"),
    (f"Welch's t is {STUDENT}.", "meant"), (f"They differ (Mann-Whitney test, p = {P}).", "meant"),
    (f"They are related (Pearson's r = {RHO}).", "meant"), (f"Kendall's tau is {RHO}.", "meant"),
    (f"It is related (Spearman ρ = {R}).", "meant"), (f"The Kruskal–Wallis test gave {U}.", "meant"),
    (f"The median age is {AGE}.", "meant"), (f"The mean age is {MEDIAN}.", "meant"),
    (f"They were {AGE} old (SE {SPREAD}).", "meant"), (f"A small effect (d = {D}).", "portion"),
    (f"This is a large effect (Cohen's d = {SMALL}).", "portion"), (f"The RMSE is {MAE}.", "meant"),
    (f"The root mean squared error is {MAE}.", "meant"), (f"They were of all ages (IQR {RANGE}).", "meant"),
]  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what is said of each of these sentences, which stand in one book."""
    return rules_of(tmp_path_factory.mktemp("tested"), [*TRUE, *(text for text, _ in FALSE)], LEDGER)


@pytest.mark.parametrize("text", TRUE)
def test_what_the_code_did_is_left_alone(text: str, found: dict[str, list[str]]) -> None:
    assert found[text] == []


@pytest.mark.parametrize(("text", "rule"), FALSE)
def test_what_the_code_did_not_do_is_named(text: str, rule: str, found: dict[str, list[str]]) -> None:
    assert found[text] == [rule]


def test_tests_are_known_by_their_ukrainian_names(tmp_path: Path) -> None:
    right = [
        "Коефіцієнт Спірмена дорівнює [−0,82](tie:rho).",
        "За критерієм Велча t = [12,38](tie:welch.t).",
        "Медіана віку — [45,0](tie:age.median).",
    ]
    wrong = [
        "Коефіцієнт Пірсона дорівнює [−0,82](tie:rho).",
        "За критерієм Манна — Вітні [12,38](tie:welch.t).",
        "Середній вік — [45,0](tie:age.median).",
    ]
    found = rules_of(tmp_path, [*right, *wrong], LEDGER, "uk")
    assert found == {text: ["meant"] if text in wrong else [] for text in found}
