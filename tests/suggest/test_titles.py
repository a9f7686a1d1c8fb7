"""What outputs are called in the ledger: no sign, no code, and of two groups both."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path

import pytest

from tests.suggest.test_combined import project
from tests.suggest.test_computed import suggested
from tests.support import analyses
from tieout.suggest.arithmetic import computed
from tieout.suggest.combined import Combination
from tieout.suggest.evidence import Evidence
from tieout.suggest.labels import label_of
from tieout.suggest.titles import titled

READ = analyses.READ


def output(code: str, **more: object) -> Evidence:
    """Return an output that code gives."""
    return Evidence(1, (1, 1), code, Decimal("1.5"), frozenset(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "title"),
    [
        (output("t.statistic", label="t", test="ttest_ind", table="stats.ttest_ind(before, after)"),
         "t-test of before and after, t statistic"),
        (output("t.pvalue", label="p", test="ttest_ind", table="stats.ttest_ind(before, after)"),
         "t-test of before and after, p-value"),
        (output("t.statistic", label="t", test="ttest_ind"), "t-test, t statistic"),
        (output("r", label="r", test="pearsonr", is_unpacked=True, table="pearsonr(df.wait_min, df.age)"),
         "Correlation of wait minutes and age"),
        (output("p", label="p", test="pearsonr", is_unpacked=True, table="pearsonr(df.wait_min, df.age)"),
         "Correlation of wait minutes and age, p-value"),
        (output("before.mean() - after.mean()", label="difference"),
         "Difference of mean of before and mean of after"),
        (output("len(seen)", label="seen"), "Seen"),
        (output("len(rated)", label="n rated"), "Number of rated"),
        (output("len(df)", label="Heavy penguins"), "Heavy penguins"),
        (output("t", label="t"), "T"),  # a temperature, for all that is known
    ],
)  # fmt: skip
def test_a_sign_or_a_word_that_says_nothing_is_no_title(found: Evidence, title: str) -> None:
    assert titled(found) == title


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("(seen.wait_min > 60).sum()", "Number with wait over 60 minutes"),
        ("(seen.wait_min <= 30).mean()", "Share with wait of at most 30 minutes"),
        ("(df.year >= 2020).mean()", "Share with year of at least 2020"),
        ("(df.sex == 'male').mean()", "Share with sex male"),
        ("(df.sex != 'male').mean()", "Share with sex other than male"),
        ("((df.age < 30) & (df.sex == 'male')).sum()", "Number with age under 30 and sex male"),
        ("(~df.done & df.seen).sum()", "Number with a condition met"),
    ],
)
def test_a_condition_is_said_in_words(code: str, said: str) -> None:
    found = computed(ast.parse(code, mode="eval").body, label_of)
    assert found is not None and found[1] == said


@pytest.mark.parametrize(
    ("first", "second", "label"),
    [
        ('by.loc["Old Town", "mean"]', 'by.loc["North", "mean"]',
         "Difference of mean of wait minutes, Old Town and North"),
        ('(pd.crosstab(df.young, df.no_show, normalize="index") * 100).loc["young", 1]',
         '(pd.crosstab(df.young, df.no_show, normalize="index") * 100).loc["old", 1]',
         "Difference of share, no show 1, young and old"),
    ],
)  # fmt: skip
def test_what_compares_two_groups_names_both(first: str, second: str, label: str) -> None:
    table = 'seen.groupby("site").wait_min.agg(["count", "mean"])'
    row = "no show 1" if "crosstab" in first else ""
    one, other = (output(code, row=row, table=table) for code in (first, second))
    assert Combination("difference", one, other, "", True).label == label


def test_an_interval_is_not_called_by_its_variable(tmp_path: Path) -> None:
    made = "class ci:\n    low, high = 3912.4, 4150.2\n\n\nprint(f'95% CI: [{ci.low:.1f}, {ci.high:.1f}]')"
    root = project(tmp_path, "The mass has a 95% confidence interval of 3,912 to 4,150 g.", READ, made)
    (found,) = [each for each in suggested(root).values() if each.likely]
    assert found.likely is not None
    assert '"penguins.ci", ci.low, ci.high, "Confidence interval", unit="gram"' in found.likely.line


def test_a_share_of_a_count_says_of_which_group(tmp_path: Path) -> None:
    by = 'by = penguins.groupby("species").mass.agg(["count", "mean"])\nby'
    prose = "Of Adelie there are 3, or 43% of all penguins."
    found = suggested(project(tmp_path, prose, READ, "len(penguins)", by))["43%"]
    assert found.likely is not None and '"Share, Adelie")' in found.likely.line
